"""Small slips put into our own solution one at a time: which of them does no check notice?

make mutants PROJECT=4 [TASK=bayes_update] prints every slip that earns full points all the same. Some are no mistakes (a default that no
check relies on, a guard that numpy has too); each other one is a missing line in the page of checks, and often a misconception to keep.
"""
import argparse
import ast
import copy
import warnings

from autograder import manifest, run
from autograder.solution import definition_of, replaced
from tests import author
from tests.corpus import PROJECTS

COMPARED = {ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,)}
COMPUTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.MatMult: ast.Mult, ast.FloorDiv: ast.Div}
WRAPPERS = {"abs", "np.abs", "sorted", "np.sort", "np.ravel", "np.maximum", "np.minimum", "np.sqrt", "np.exp", "np.log"}
METHODS = {"copy", "ravel", "mean", "sum", "max", "min"}
OTHER_WAY = {"mean": "sum", "sum": "mean", "max": "min", "min": "max"}


def slips(node):
    """What may stand in the place of one node of a solution."""
    put = lambda **new: _with(node, **new)
    match node:
        case ast.Compare():
            yield from (put(ops=[*node.ops[:i], new(), *node.ops[i + 1:]]) for i, op in enumerate(node.ops) for new in COMPARED.get(type(op), ()))
        case ast.BinOp() | ast.AugAssign():
            if new := COMPUTED.get(type(node.op)):
                yield put(op=new())
            if isinstance(node, ast.BinOp) and not isinstance(node.op, (ast.Pow, ast.MatMult)):
                yield from (node.left, node.right)
        case ast.Constant(value=int() as n) if not isinstance(n, bool):
            yield from (ast.Constant(other) for other in (n + 1, n - 1))
        case ast.Constant(value=float() as x) if x:
            yield from (ast.Constant(other) for other in (10 * x, x / 10))
        case ast.BoolOp():
            yield put(op=ast.And() if isinstance(node.op, ast.Or) else ast.Or())
            for i in range(len(node.values)):
                rest = node.values[:i] + node.values[i + 1:]
                yield put(values=rest) if len(rest) > 1 else rest[0]
        case ast.If():
            yield from (put(test=ast.Constant(value)) for value in ([False, True] if node.orelse else [False]))
        case ast.IfExp():
            yield from (node.body, node.orelse)
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield node.operand
        case ast.Attribute(attr="T"):
            yield node.value
        case ast.Subscript(slice=ast.Slice()):
            yield node.value
        case ast.Call():
            if ast.unparse(node.func) in WRAPPERS and node.args:
                yield node.args[0]
            if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS and ast.unparse(node.func.value) != "np":
                yield node.func.value
                if other := OTHER_WAY.get(node.func.attr):
                    yield put(func=_with(node.func, attr=other))
            yield from (put(keywords=node.keywords[:i] + node.keywords[i + 1:]) for i in range(len(node.keywords)))


def _with(node, **new):
    node = copy.copy(node)
    for name, value in new.items():
        setattr(node, name, value)
    return node


def mutants(definition):
    """(line, what stands there, what is put in its place, the definition with it) for each slip in a function or class."""
    tree = ast.parse(definition)
    spared = {id(n) for part in ast.walk(tree) if isinstance(part, (ast.arguments, ast.Raise)) for n in ast.walk(part)}  # defaults, and words
    for node in ast.walk(tree):
        for new in slips(node) if id(node) not in spared else ():
            rest = copy.deepcopy(tree, {id(node): node})  # a tree of its own, but for the one node to find in it
            yield node.lineno, ast.unparse(node), ast.unparse(new), ast.unparse(_Swap(node, new).visit(rest))


class _Swap(ast.NodeTransformer):
    def __init__(self, old, new):
        self.old, self.new = old, new

    def visit(self, node):
        return self.new if node is self.old else self.generic_visit(node)


def judged(project, task):
    """(line of the solution, what stands there, what was put in its place, does it cost points?) for each slip in one task."""
    ours = project.solution.read_text(encoding="utf-8")
    definition = definition_of(ours, task)
    above = ours[:ours.index(definition)].count("\n")
    for line, old, new, text in mutants(definition):
        report = run.grade(project, text=replaced(ours, task, text + "\n"), tasks={task}, in_process=True, seed=0, seconds=1)
        yield above + line, old, new, any(t["points"] < t["max_points"] for t in report["tasks"] if t["name"] == task)


def _short(code):
    return " ".join(code.split())[:50]


def main():
    parser = argparse.ArgumentParser(prog="tests.mutants", description=__doc__.split("\n")[0])
    parser.add_argument("project"), parser.add_argument("task", nargs="?")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")  # a slip may divide by 0
    try:
        project = PROJECTS[manifest.project(arguments.project or "").slug]
        tasks = [project.task(arguments.task).name] if arguments.task else project.tasks
    except manifest.ManifestError as e:
        parser.exit(2, f"{e}\n")
    except KeyError:
        parser.exit(2, 'This project lacks something before it can be tested: make test ARGS="-k author" says what.\n')
    for task in tasks:
        made = noticed = 0
        for line, old, new, costs in judged(project, task):
            made, noticed = made + 1, noticed + costs
            if not costs:
                print(f"{author.shown(project.solution)}:{line}  {_short(old)}  ->  {_short(new)}", flush=True)
        print(f"{task}: {noticed} of {made} slips cost points", flush=True)


if __name__ == "__main__":
    main()
