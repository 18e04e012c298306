"""What of a notebook's cells makes a module: functions, and the imports and constants that the tasks lead to. Nothing else is ever run.

Happens in the worker, because parsing hostile source can crash an interpreter. Lines keep their numbers.
"""
import ast
import builtins
import re

from autograder.sandbox import rules

DEFINITIONS = ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef
IMPORTS = ast.Import, ast.ImportFrom
MAGIC = re.compile(r"\s*[%!?]|\s*[\w.*]+\?{1,2}\s*$|\s*[\w, .\[\]'\"]+=\s*[%!]")  # %time f(), !ls, ?f, f?, files = !ls
KEPT = re.compile(r"\s*(def|class|async|import|from)\b")
PYTHON = re.compile(r"%%(time|capture)\b")  # magics of a whole cell that run it as Python, in the notebook's own namespace
PURE = re.compile(r"(numpy|math|fractions|itertools|functools)\.(?!load|genfromtxt|fromfile|memmap|save)")


def module(source, sizes, wanted):
    """The module as a syntax tree, from code cells one below the other that have `sizes` lines each: what the `wanted` names need, and
    plain functions (one may be a task with a slip in its name). SyntaxError for a cell that does not parse, with its line in the source."""
    lines, start, body = source.split("\n"), 0, []
    for size in sizes:
        body += [ast.increment_lineno(node, start) for node in parse(lines[start:start + size], start)]
        start += size
    alias = rules.aliases(ast.walk(ast.Module(body, [])))
    needed, kept, before = {*wanted, "*"}, [], None
    while before != (before := len(needed)):
        kept = [n for n in body if _binds(n) & needed and _plain(n, alias)]
        needed = needed.union(*map(_uses, kept))
    for node in kept:
        if isinstance(node, IMPORTS):
            node.names = [a for a in node.names if _bound(a) in needed]
    kept = [n for n in body if n in kept or isinstance(n, ast.FunctionDef) and not _evaluated(n) or _future(n)]
    return ast.Module(sorted(kept, key=lambda n: not _future(n)), [])  # cells may have a future anywhere, a module at its top only


def parse(lines, start=0):
    """The statements of one cell, its magics left out."""
    lines = list(lines)
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].startswith("%%"):
        if not PYTHON.match(lines[first]):
            return []
        lines[first] = ""
    while True:
        try:
            return ast.parse("\n".join(lines)).body
        except SyntaxError as e:
            at = (e.lineno or 0) - 1
            if not any(map(KEPT.match, lines)):  # a scratch cell
                return []
            if not 0 <= at < len(lines) or not MAGIC.match(lines[at]):
                e.lineno = start + min(max(at, 0), len(lines) - 1) + 1
                raise
            continued, lines[at] = lines[at].endswith("\\"), re.match(r"\s*", lines[at])[0] + "pass"
            while continued and at + 1 < len(lines):
                at += 1
                continued, lines[at] = lines[at].endswith("\\"), ""


def _binds(node):
    """The names that a statement of the top level gives a value, where it is a definition, an import or an assignment to names alone."""
    if isinstance(node, DEFINITIONS):
        return {node.name}
    if isinstance(node, IMPORTS):
        return set(map(_bound, node.names))
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) and node.value else []
    targets = [e for t in targets for e in (t.elts if isinstance(t, ast.Tuple) else [t])]
    return {t.id for t in targets} if all(isinstance(t, ast.Name) for t in targets) else set()


def _bound(alias):
    return alias.asname or alias.name.split(".")[0]


def _future(node):
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _evaluated(function):
    """The names that Python looks up where it meets a definition, before any call: in decorators, defaults and annotations."""
    parts = [*function.decorator_list, function.args, *([function.returns] if function.returns else [])]
    return [n for part in parts for n in ast.walk(part) if isinstance(n, ast.Name)]


def _uses(node):
    """The names that a statement takes from the module."""
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
    own = {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
    if isinstance(node, DEFINITIONS):
        shared = {name for n in ast.walk(node) if isinstance(n, ast.Global) for name in n.names}
        own |= {n.id for n in names if isinstance(n.ctx, ast.Store)} - shared
    return {n.id for n in names if not isinstance(n.ctx, ast.Store)} - own


def _plain(node, alias):
    """Does a statement only define, import, or compute a constant: no call but of numpy and its like, outside of lambdas?"""
    if isinstance(node, IMPORTS):
        return node.names[0].name != "*" or node.module in ("numpy", "math")
    if isinstance(node, DEFINITIONS):
        return True
    todo = [node.value]
    while todo:
        n = todo.pop()
        if isinstance(n, ast.Call):
            name = rules.dotted(n.func, alias) or ""
            if not (PURE.match(name) or hasattr(builtins, name) and name not in ("open", "input", "print", "eval", "exec", "__import__")):
                return False
        todo += [] if isinstance(n, ast.Lambda) else ast.iter_child_nodes(n)
    return True
