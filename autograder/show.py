"""Values and foreign text as they appear on a screen: short, on one line, and harmless."""
import re
import types

import numpy as np

WIDTH = 74
REAL = (int, float, np.integer, np.floating)


def clean(text, limit=2000):
    """Text of the learner's made safe to print anywhere: no control characters, no CI commands, bounded."""
    text = str(text)[:limit].encode("utf-8", "backslashreplace").decode()
    text = re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\u061c\ufeff]", lambda m: " " if m[0] == "\t" else "?", text)
    return re.sub(r"(?m)^(\s*):(?=:)|##(?=\[)", lambda m: m[0] + " ", text)


def one_line(text, width=WIDTH):
    """The first `width` characters with every run of white space folded."""
    text = " ".join(clean(text, 4 * width).split())
    return text if len(text) <= width else text[: width - 3] + "..."


def number(x, digits=6):
    if not isinstance(x, (int, np.integer)):
        return f"{x:.{digits}g}"
    return str(x) if abs(int(x)) < 10**15 else f"<a whole number of {int(x).bit_length()} bits>"


def value(v, width=WIDTH, digits=6):
    """A value on one line, numbers with `digits` digits; large arrays by their shape and first numbers."""
    text = _text(v, digits)
    if len(text) <= width:
        return text
    shape, cells = (v.shape, v.ravel()[:20].tolist()) if isinstance(v, np.ndarray) else table(v)
    if shape is not None and cells and all(isinstance(x, REAL) for x in cells):
        head = f"{shape} array "
        row = [number(x, digits) for x in cells[:20]]
        while len(row) > 1 and len(head + ", ".join(row)) + 7 > width:
            row.pop()
        return f"{head}[{', '.join(row)}, ...]"
    return one_line(text, width)


def some(names, most):
    """The first of these names, and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def table(v):
    """The shape of nested lists or an array, and its cells in one list, unconverted; (None, cells) if rows differ in length."""
    if isinstance(v, np.ndarray):
        return v.shape, v.ravel().tolist()
    if not isinstance(v, (list, tuple)):
        return (), [v]
    rows = [table(x) for x in v]
    cells = [c for _, row in rows for c in row]
    shapes = {shape for shape, _ in rows}
    return (len(v), *next(iter(shapes), ())) if len(shapes) < 2 and None not in shapes else None, cells


def _text(v, digits):
    if isinstance(v, np.ndarray) and v.size > 400 or isinstance(v, (list, tuple)) and len(v) > 400:
        return "x" * 400  # too long in any case
    if isinstance(v, np.ndarray):
        return _text(v.tolist(), digits)
    if isinstance(v, (list, tuple)):
        inside = ", ".join(_text(x, digits) for x in v)
        return f"[{inside}]" if isinstance(v, list) else f"({inside})"
    if isinstance(v, dict):
        return "{" + ", ".join(f"{_text(k, digits)}: {_text(x, digits)}" for k, x in v.items()) + "}"
    if isinstance(v, (bool, np.bool_)):
        return str(bool(v))
    if isinstance(v, (int, float, np.number)) and not isinstance(v, (complex, np.complexfloating)):
        return number(v, digits)
    if callable(v):
        return function(v)
    return clean(repr(v), 400)


def function(f):
    """A function by its formula where it is a lambda, else by its name."""
    if isinstance(f, types.FunctionType) and f.__name__ == "<lambda>":
        import linecache
        spots = [p for p in f.__code__.co_positions() if p[0] and p[2] is not None and p[0] == p[1]]
        line = linecache.getline(f.__code__.co_filename, f.__code__.co_firstlineno)
        lines = {p[0] for p in spots} - {f.__code__.co_firstlineno}
        if line and spots and not lines:
            columns = [p[2] for p in spots if p[3] > p[2]], [p[3] for p in spots]
            arguments = ", ".join(f.__code__.co_varnames[: f.__code__.co_argcount])
            body = line.encode()[min(columns[0]):max(columns[1])].decode()
            formula = f"{arguments} -> {body[body.find(':') + 1:].strip() if body.startswith('lambda') else body}"
            closed = zip(f.__code__.co_freevars, f.__closure__ or ())
            given = ", ".join(f"{name} = {value(cell.cell_contents, 30)}" for name, cell in closed if not callable(cell.cell_contents))
            return f"{formula} with {given}" if given else formula
    return getattr(f, "__name__", "a function")


def call(name, parameters, args, kwargs, width=WIDTH):
    """A call with its arguments' names: mse_loss(y_true=[1, 2], y_pred=[1, 4])."""
    names = parameters[: len(args)] if len(args) <= len(parameters) else [""] * len(args)
    pairs = [*zip(names, args), *kwargs.items()]
    most = 2 * width if any(map(callable, args)) else width  # a formula cut short tells nothing
    for room, digits in ((width, 12), (width, 6), (40, 6), (24, 6)):
        text = f"{clean(name, 60)}({', '.join((f'{clean(k, 30)}=' if k else '') + value(v, room, digits) for k, v in pairs)})"
        if len(text) <= most:
            return text
    return text if len(text) <= 2 * width else one_line(text, 2 * width)
