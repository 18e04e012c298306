"""What of a notebook's cells makes a module: definitions, and the imports and constants that these use. Nothing else is ever run.

Happens in the worker, because parsing hostile source can crash an interpreter. Lines keep their numbers.
"""
import ast
import builtins
import re

from autograder.sandbox import rules

DEFINITIONS = ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef
MAGIC = re.compile(r"\s*[%!?]|\s*[\w.*]+\?{1,2}\s*$|\s*[\w, .\[\]'\"]+=\s*[%!]")  # %time f(), !ls, ?f, f?, files = !ls
KEPT = re.compile(r"\s*(def|class|async|import|from)\b")
PYTHON = re.compile(r"%%(time|capture)\b")  # magics of a whole cell that run it as Python, in the notebook's own namespace
PURE = re.compile(r"(numpy|math|fractions|itertools|functools)\.(?!load|genfromtxt|fromfile|memmap|save)")


def module(source, sizes, wanted):
    """The module as a syntax tree, from code cells one below the other that have `sizes` lines each. `wanted` names are kept, however
    they are bound. SyntaxError for a cell that does not parse, with its line in the source."""
    lines, start, body = source.split("\n"), 0, []
    for size in sizes:
        body += [ast.increment_lineno(node, start) for node in parse(lines[start:start + size], start)]
        start += size
    alias = rules.aliases(ast.Module(body, []))
    kept = [n for n in body if isinstance(n, DEFINITIONS) or _binds(n) & {"*"} or isinstance(n, ast.ImportFrom) and n.module == "__future__"]
    needed, before = set(wanted), None
    while before != (before := len(kept)):  # a constant may use others
        needed = needed.union(*map(_uses, kept))
        kept = [n for n in body if n in kept or _binds(n) & needed and _plain(n, alias)]
    kept.sort(key=lambda n: not (isinstance(n, ast.ImportFrom) and n.module == "__future__"))  # cells may have it anywhere, a module must not
    return ast.Module(kept, [])


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
    """The names that a statement of the top level gives a value, where it is an import or an assignment to names alone."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {a.asname or a.name.split(".")[0] for a in node.names}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) and node.value else []
    targets = [e for t in targets for e in (t.elts if isinstance(t, ast.Tuple) else [t])]
    return {t.id for t in targets} if all(isinstance(t, ast.Name) for t in targets) else set()


def _uses(node):
    """The names that a statement takes from the module."""
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
    own = {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
    if isinstance(node, DEFINITIONS):
        shared = {name for n in ast.walk(node) if isinstance(n, ast.Global) for name in n.names}
        own |= {n.id for n in names if isinstance(n.ctx, ast.Store)} - shared
    return {n.id for n in names if not isinstance(n.ctx, ast.Store)} - own


def _plain(node, alias):
    """Does a statement only import, or compute a constant: no call but of numpy and its like, outside of lambdas?"""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
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
