"""What a page of checks is written with. `close` and its kin refuse what a bare assert lets through."""
import numpy as np
import pytest

from autograder import show
from autograder.sandbox.student import Raised

task = pytest.mark.task  # @task("mse_gradient", points=4): one claim about one task; optional seconds=20, and false_fail=1e-7 where the answer draws random numbers

margins = []  # error / tolerance of every comparison of the current check


class Wrong(AssertionError):
    """A claim that does not hold: one sentence, and what was got and expected where that can be shown."""

    def __init__(self, sentence, got=None, expected=None, what=""):
        super().__init__(sentence)
        self.sentence, self.got, self.expected, self.what = sentence, got, expected, what


def close(actual, desired, *, rtol=1e-9, atol=0.0, bound=None, what=""):
    """`actual` has the shape of `desired` and |actual - desired| <= atol + rtol |desired| everywhere.

    `bound` is given instead of a tolerance where a theorem limits the error and a right answer may reach it. Walks kind, shape, finiteness, value, and names the first wrong element. Any form of the same numbers is accepted:
    float, numpy scalar, 0-d array, list, tuple, integers. Returns `actual` as a float64 array.
    """
    desired = np.asarray(desired, float)
    got = numbers(actual, what)
    subject = f"{what} has" if what else "it has"
    if got.shape != desired.shape:
        raise Wrong(f"{subject} shape {got.shape}, expected {desired.shape}", got, desired, what)
    if not np.isfinite(got).all():
        first = tuple(int(i) for i in np.argwhere(~np.isfinite(got))[0])
        raise Wrong(f"{subject} {show.number(got[first])}{_at(first)}, where a finite number is expected", got, desired, what)
    error, allowed = np.abs(got - desired), np.broadcast_to(atol + rtol * np.abs(desired) if bound is None else bound, desired.shape)
    with np.errstate(all="ignore"):
        used = float(np.max(np.where(error == 0, 0, error / allowed), initial=0))
    if bound is None or used > 1:
        margins.append(used)
    wrong = np.argwhere(~(error <= allowed))
    if len(wrong):
        first = tuple(int(i) for i in wrong[0])
        digits = 6 if show.number(got[first]) != show.number(desired[first]) else 12
        where = f"the first difference is at {_at(first)[4:]}: " if first else ""
        pair = f"{show.number(got[first], digits)}, expected {show.number(desired[first], digits)}"
        raise Wrong(f"{what + ': ' if what else ''}{where}{pair}", got, desired, what)
    return got


def numbers(actual, what=""):
    """What came back as a float64 array; Wrong if it is not made of real numbers."""
    subject = what or "it"
    if actual is None:
        raise Wrong(f"{subject} is None: is there a `return`?")
    if isinstance(actual, np.ndarray) and actual.dtype.kind in "iuf":
        return actual.astype(float)
    shape, cells = show.table(actual)
    odd = next((c for c in cells if isinstance(c, (bool, np.bool_)) or not isinstance(c, show.REAL)), None)
    if odd is not None or None in cells:
        kind = "True or False" if isinstance(odd, (bool, np.bool_)) else "None" if odd is None else f"a {type(odd).__name__}"
        raise Wrong(f"{subject} {'is' if shape == () else 'holds'} {kind} where real numbers are expected", actual)
    if shape is None:
        raise Wrong(f"{subject} is a nested list with rows of different lengths")
    try:
        return np.array(cells, float).reshape(shape)
    except OverflowError:
        raise Wrong(f"{subject} holds a whole number that is too large for any float") from None


def between(actual, low, high, what):
    """`actual` is one finite number with low <= actual <= high; `what` names it."""
    got = numbers(actual, what)
    if got.size != 1:
        raise Wrong(f"{what} has shape {got.shape}, expected one number", got)
    got = float(got.reshape(()))
    if not low <= got <= high:
        bounds = f"at most {show.number(high)}" if low == -np.inf else f"at least {show.number(low)}" if high == np.inf else \
            f"between {show.number(low)} and {show.number(high)}"
        raise Wrong(f"{what} is {show.number(got)}, expected {bounds}")
    return got


def refuses(function, *args, error=ValueError, **kwargs):
    """The call raises `error` or a subclass of it."""
    try:
        value = function(*args, **kwargs)
    except Raised as e:
        if isinstance(e, error):
            return
        if e.type in ("NotImplementedError", "NotAllowed"):
            raise
        raise Wrong(f"it raised {show.one_line(f'{e.type}: {e.message}', 60)}, expected {error.__name__}") from None
    raise Wrong(f"it returned {show.value(value, 50)}, expected {error.__name__}")


def keeps(function, *args, **kwargs):
    """The call leaves its arguments as they were; returns its value."""
    value = function(*args, **kwargs)
    call = function._session.calls[-1]
    if call.changed:
        names = function._session.submission.scanned["defines"].get(call.name, {}).get("args", [])
        first = call.changed[0]
        raise Wrong(f"it changed its argument {names[first] if isinstance(first, int) and first < len(names) else first} in place")
    return value


def identical(a, b):
    """Are two objects that stayed with the learner one and the same? Asked of Python there, not of the objects."""
    return a._session.ask("call", "operator", "is_", (a, b))


def _at(index):
    return "" if not index else f" at [{', '.join(map(str, index))}]"
