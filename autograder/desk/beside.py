"""Ours beside his: the two texts of one task, and what differs in method, as their syntax trees show it."""
import ast
import itertools

from autograder import cells, show
from autograder.sandbox import extract, rules
from autograder.solution import definitions, extent

WIDE = 120  # columns of a terminal that hold two texts
LOOPS = ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp
WITH_DOCSTRING = ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef


def lines(project, task, file, text, width):
    """The screen: his text of a task from `text` of `file`, ours, and the differences."""
    pieces = _pieces(file, text), definitions(project.solution.read_text(encoding="utf-8"))
    given = set.intersection(*({(name, text.strip()) for name, _, text in p} for p in pieces))  # helpers that came with the starter
    his, ours = (Answer([p for p in mine if p[0] in (None, task.name) or (p[0], p[2].strip()) not in given], project, task.name) for mine in pieces)
    heads = f"yours, {file.name}", f"ours, solutions/{project.solution.name}"
    if width >= WIDE:
        column = (width - 3) // 2
        both = itertools.zip_longest(*(_fitted(a.text, column) for a in (his, ours)), fillvalue="")
        body = [("dim", f"{heads[0]:<{column}}   {heads[1]}"), *(("", f"{a:<{column}}   {b}".rstrip()) for a, b in both)]
    else:
        body = [line for head, a in zip(heads, (his, ours)) for line in [("dim", head), *(("", t) for t in _fitted(a.text, width)), ("", "")]]
    said = differences(his, ours) if his.text else ["you have not written it"]
    return [("bold", f"{task.name}: {task.title}"), ("", ""), *body, ("", ""), ("bold", "What differs"), *(("", f"  {s}") for s in said)]


class Answer:
    """The text of one task with the functions of its own that it leads to, docstrings left out, and what it is made of."""

    def __init__(self, pieces, project, task):
        known = {name: (node, text) for name, node, text in pieces if name and (name == task or name not in project.tasks)}
        need, todo = set(), {task} & known.keys()
        while todo:
            need |= todo
            todo = {n.id for name in todo for n in ast.walk(known[name][0]) if isinstance(n, ast.Name)} & known.keys() - need
        self.text = "\n\n".join(_without_docstrings(*known[name]) for name in known if name in need)
        nodes = [n for name in need for n in ast.walk(known[name][0])]
        alias = rules.aliases(ast.walk(ast.Module([node for _, node, _ in pieces], [])))
        called = [n.func for n in nodes if isinstance(n, ast.Call)]
        dotted = {rules.dotted(f, alias) or f".{f.attr}" for f in called if isinstance(f, ast.Attribute) or isinstance(f, ast.Name) and f.id in alias}
        self.functions = {d.removeprefix("numpy.") if d.startswith("numpy.") else d.split(".")[-1] for d in dotted}  # np.mean(x) and x.mean() are one
        self.functions |= {"@" for n in nodes if isinstance(getattr(n, "op", None), ast.MatMult)}
        self.loops = sum(isinstance(n, LOOPS) for n in nodes)
        self.lines = sum(bool(line.strip()) and not line.strip().startswith("#") for line in self.text.splitlines())


def differences(his, ours):
    """Sentences about two answers; only what the texts show."""
    said = [f"only {whose} uses {', '.join(sorted(more))}" for whose, more in
            (("yours", his.functions - ours.functions), ("ours", ours.functions - his.functions)) if more]
    if his.loops != ours.loops:
        count = lambda n: f"{n} loop{'s' * (n > 1)}" if n else "no loop"
        said.append(f"yours has {count(his.loops)}, ours {count(ours.loops)}")
    if his.lines != ours.lines:
        said.append(f"yours has {his.lines} lines of code, ours {ours.lines}")
    return said or ["nothing in method: the same functions, as many loops, as many lines"]


def _pieces(file, text):
    """The definitions of a module or a notebook; a part that does not parse has none."""
    parts = [text]
    if file.suffix == ".ipynb":
        source, sizes = cells.code(text, file.name)
        rest = iter(source.split("\n"))
        parts = ["\n".join(itertools.islice(rest, size)) for _, size in sizes]
    found = []
    for part in parts:
        try:
            rows = part.split("\n")
            found += [(getattr(n, "name", None), n, "\n".join(rows[slice(*extent(n))])) for n in extract.parse(rows)]
        except SyntaxError:
            continue
    return found


def _without_docstrings(node, text):
    rows, first = text.rstrip("\n").split("\n"), extent(node)[0]
    for n in ast.walk(node):
        if isinstance(n, WITH_DOCSTRING) and len(n.body) > 1 and ast.get_docstring(n) is not None:
            said = n.body[0]
            rows[said.lineno - 1 - first:said.end_lineno - first] = [None] * (said.end_lineno - said.lineno + 1)
    return "\n".join(row for row in rows if row is not None)


def _fitted(text, width):
    """The lines of a text, made harmless, each folded at the width."""
    rows = show.clean(text.expandtabs(4), 20_000).split("\n")
    return [row[i:i + width] for row in rows for i in range(0, max(len(row), 1), width)]
