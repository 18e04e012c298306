"""A module's text cut into its definitions: our solution's parts stand in for a learner's earlier tasks."""
import ast
import functools
import io


@functools.cache
def definitions(source):
    """[(name or None, node, text)] of the statements at a module's top level; decorators belong to their function."""
    lines = lines_of(source)
    return [(getattr(n, "name", None), n, "".join(lines[slice(*extent(n))])) for n in ast.parse(source).body]


def definition_of(source, name):
    """The text that defines `name`, or None."""
    return next((text for known, _, text in definitions(source) if known == name), None)


def replaced(source, name, text, preamble=""):
    """The module with the definition of `name` replaced by `text`, and `preamble` put before it."""
    node = next(n for known, n, _ in definitions(source) if known == name)
    lines, (first, last) = lines_of(source), extent(node)
    return "".join(lines[:first]) + preamble + text.rstrip("\n") + "\n" + "".join(lines[last:])


def reference(project, tasks):
    """The solution with no task in it but `tasks`: what a task builds on, and never the task itself."""
    source = project.solution.read_text(encoding="utf-8")
    return "".join(text for name, _, text in definitions(source) if name not in project.tasks or name in tasks)


def stub(definition):
    """A function or class cut to its signatures and docstrings, each body `raise NotImplementedError`."""
    lines, tree = definition.splitlines(), ast.parse(definition).body[0]
    functions = [tree] if isinstance(tree, ast.FunctionDef) else [n for n in tree.body if isinstance(n, ast.FunctionDef)]
    for function in reversed(functions):
        first = function.body[0]
        said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        lines[first.end_lineno if said else first.lineno - 1:function.end_lineno] = [" " * first.col_offset + "raise NotImplementedError"]
    return "\n".join(lines)


def lines_of(source):
    """The lines that the parser counts: a form feed ends none."""
    return list(io.StringIO(source))


def extent(node):
    """The lines of a definition, its decorators among them: those from the first number on and before the last."""
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) - 1, node.end_lineno
