"""What a task may not use: found in the source, with the line, and refused while it runs, whatever spelling led there.

Both happen in the worker, because parsing hostile source can crash an interpreter. It is a house rule, not a lock.
A forbidden name is dotted ("numpy.linalg.inv", "scipy" with all below it, another task), ".dot" for any method of
that name, or "@" for the operator.
"""
import ast
import functools
import importlib.abc
import itertools
import sys
import types


class NotAllowed(Exception):
    """The task asks not to use this name."""


def scan(source, filename, tasks):
    """What the module defines, and where `tasks` ({name: forbidden names}) break their rules, without running it.

    Returns {"defines": {name: {"line", "args", "stub"}}, "leads_to": {task: [task, ...]}, "forbidden": {task: [[line, name], ...]}};
    SyntaxError if broken.
    """
    tree = ast.parse(source, filename) if isinstance(source, str) else source
    below = {node: [*ast.walk(node)] for node in tree.body}
    top = {}  # what the module binds at its top level, by name
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            top[node.name] = node
        elif isinstance(node, ast.Assign):
            top.update({t.id: node for t in node.targets if isinstance(t, ast.Name)})
    alias = aliases(itertools.chain(*below.values()))
    defines = {name: {"line": node.lineno, "args": _arguments(node), "stub": is_stub(node)} for name, node in top.items()}
    mentions = {name: {n.id for n in below[node] if isinstance(n, ast.Name)} & top.keys() for name, node in top.items()}
    leads_to = {task: sorted(_reached(task, mentions) & tasks.keys()) for task in tasks if task in top}
    uses = {name: set(_uses(below[node], alias)) for name, node in top.items()}
    forbidden = {task: sorted({(line, name) for own in _reached(task, mentions, tasks) for line, used in uses[own] for name in names if _matches(used, name)})
                 for task, names in tasks.items() if task in top}
    return {"defines": defines, "leads_to": leads_to, "forbidden": {task: [list(h) for h in hits] for task, hits in forbidden.items() if hits}}


def _arguments(node):
    return [a.arg for a in (*node.args.posonlyargs, *node.args.args)] if hasattr(node, "args") else []


def is_stub(node):
    """Nothing below the docstring but `raise NotImplementedError`, `pass` or `...`."""
    body = getattr(node, "body", None) or [node]
    if isinstance(node, ast.ClassDef):
        methods = [n for n in body if isinstance(n, ast.FunctionDef)]
        return bool(methods) and all(map(is_stub, methods))
    rest = [n for n in body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
    return all(isinstance(n, ast.Pass) or isinstance(n, ast.Raise) and "NotImplementedError" in ast.dump(n) for n in rest)


def aliases(nodes):
    """{local name: dotted name} from imports and from plain assignments such as `la = np.linalg`."""
    alias, nodes = {}, [n for n in nodes if isinstance(n, (ast.Import, ast.ImportFrom, ast.Assign))]
    for node in nodes:
        if isinstance(node, ast.Import):
            alias.update({a.asname or a.name.split(".")[0]: a.name if a.asname else a.name.split(".")[0] for a in node.names})
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            alias.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            target = dotted(node.value, alias)
            if target and target.split(".")[0] in {v.split(".")[0] for v in alias.values()}:
                alias[node.targets[0].id] = target
    return alias


def dotted(node, alias):
    """The dotted name that an expression spells, through aliases, getattr and import functions; else None."""
    if isinstance(node, ast.Name):
        return alias.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        base = dotted(node.value, alias)
        return base and f"{base}.{node.attr}"
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[-1], ast.Constant):
        function, text = dotted(node.func, alias), str(node.args[-1].value)
        if function in ("__import__", "importlib.import_module"):
            return text
        if function == "getattr" and len(node.args) == 2:
            base = dotted(node.args[0], alias)
            return base and f"{base}.{text}"
    return None


def _reached(name, mentions, without=()):
    """A name and those of the module's own names that its definition leads to; `mentions` is {name: names in its definition}."""
    seen, todo = set(), {name}
    while todo:
        seen |= todo
        todo = set().union(*(mentions[own] for own in todo)) - seen - {*without}
    return seen


def _uses(nodes, alias):
    """(line, name) for every import, dotted name, method and @ among the nodes of a definition; its own variables left out."""
    own = {n.arg for n in nodes if isinstance(n, ast.arg)}
    own |= {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)} - alias.keys()
    for n in nodes:
        if isinstance(n, ast.Import):
            yield from ((n.lineno, a.name) for a in n.names)
        elif isinstance(n, ast.ImportFrom) and n.module:
            yield from ((n.lineno, f"{n.module}.{a.name}") for a in n.names)
        elif isinstance(n, (ast.BinOp, ast.AugAssign)) and isinstance(n.op, ast.MatMult):
            yield n.lineno, "@"
        elif isinstance(n, (ast.Name, ast.Attribute, ast.Call)):
            if isinstance(n, ast.Attribute):
                yield n.lineno, "@" if n.attr.endswith("matmul__") else f".{n.attr}"
            name = dotted(n, alias)
            if name and name.split(".")[0] not in own:
                yield n.lineno, name


def _matches(used, name):
    return used == name or used.startswith(name + ".")


# -- at run time ----------------------------------------------------------------------------------
def block(names, module):
    """Make the forbidden names raise NotAllowed, in `module` and wherever else they are reachable."""
    packages = {}
    for name, loaded in list(sys.modules.items()):
        packages.setdefault(name.split(".")[0], [module]).append(loaded)
    for name in names:
        owner, _, attribute = name.rpartition(".")
        if not owner and attribute in vars(module) and not isinstance(vars(module)[attribute], types.ModuleType):
            setattr(module, attribute, _refuse(name))
        elif name in sys.modules:
            _empty(name, module)
        elif owner in sys.modules and hasattr(sys.modules[owner], attribute):
            real = getattr(sys.modules[owner], attribute)
            for holder in packages[owner.split(".")[0]]:
                if getattr(holder, "__dict__", {}).get(attribute) is real:  # numpy.linalg._linalg.inv and its like
                    setattr(holder, attribute, _refuse(name, isinstance(real, type)))
            _replace(module, {id(real): name})
    sys.meta_path.insert(0, _Guard(names))


def _empty(package, module):
    """Every function of a package that is already loaded refuses."""
    loaded = [m for n, m in list(sys.modules.items()) if _matches(n, package) and isinstance(m, types.ModuleType)]
    real = {id(v): f"{package}.{k}" for m in loaded for k, v in vars(m).items() if callable(v) and k[0] != "_"
            and not (isinstance(v, type) and issubclass(v, BaseException))}  # `except LinAlgError` stays possible
    for m in (*loaded, module):
        _replace(m, real)


def _replace(module, real):
    for key, value in list(vars(module).items()):
        if id(value) in real:
            setattr(module, key, _refuse(real[id(value)], isinstance(value, type)))


@functools.cache
def _refuse(name, is_class=False):
    def refuse(*_, **__):
        raise NotAllowed(f"{name} is not allowed here")

    return type(name.split(".")[-1], (), {"__new__": refuse}) if is_class else refuse  # numpy asks isinstance(x, RandomState)


class _Guard(importlib.abc.MetaPathFinder):
    """Refuses the import of a forbidden package that was not loaded when the module was."""

    def __init__(self, names):
        self.names = names

    def find_spec(self, name, path=None, target=None):
        for forbidden in self.names:
            if _matches(name, forbidden):
                raise NotAllowed(f"{forbidden} is not allowed here")
