"""Which mistake it was: the learner's calls replayed against known wrong answers, and relations of got to expected."""
import builtins
import copy
import difflib
import functools
import importlib.util
import operator
import re
import warnings

import numpy as np

from autograder import show
from autograder.sandbox.student import Remote
from autograder.sandbox.worker import same

EXACT = 1e-12  # relative; the same formula in another order of its sums
SAME = 1e-6  # relative; answers of one formula agree to 1e-9, those of different formulas differ by more


@functools.cache
def page(path):
    """What a page of ours defines; nothing where there is none (a classroom template)."""
    if not path.exists():
        return {}
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)


def misconceptions(path):
    """{task: {name: function}} of a page of wrong answers."""
    found = {}
    for name, f in page(path).items():
        if callable(f) and "__" in name.strip("_"):
            found.setdefault(name.split("__")[0], {})[name] = f
    return found


def diagnose(task, findings, known, ours={}):
    """{index of a failed finding: misconception} where one, and only one, explains it; `ours` makes the objects of other tasks.

    A misconception explains a finding if its answers coincide with the learner's on every call of it, and it is told
    from its neighbours by the calls of the task it coincides with: half of those of the failed findings, more in all than any other.
    """
    findings = [f for f in findings if f.calls]
    failed = sorted((f for f in findings if f.verdict == "failed"), key=lambda f: sum(call.seconds for call in f.calls))  # the first tries them all
    score, result, counted = {}, {}, {}
    for finding in failed:
        explained = any(all(counts[id(f)] == len(f.calls) for f in failed) for counts in counted.values())
        others = {} if explained else known  # one mistake for all that failed: no other is looked for
        candidates = [name for name in {**others, **counted} if (counted[name][id(finding)] == len(finding.calls) if name in counted
                                                                 else all(agreements(finding.calls, task, known[name], ours)))]
        for name in set(candidates) - score.keys():
            counts = counted[name] = {id(f): len(f.calls) if f is finding else sum(agreements(f.calls, task, known[name], ours)) for f in findings}
            often = 2 * sum(counts[id(f)] for f in failed) >= sum(len(f.calls) for f in failed)
            score[name] = sum(counts.values()) if often else 0
        best = [name for name in candidates if score[name] and score[name] == max(score[n] for n in candidates)]
        if len(best) == 1 and explains(finding.calls, task, known[best[0]], ours.get(task)):
            result[id(finding)] = best[0], " ".join((known[best[0]].__doc__ or "").split())
    return result


def agreements(calls, task, wrong, ours={}):
    """For each of these calls, whether the wrong answer does what the learner's did; the quick ones first where no object leads from one to the next."""
    kept = {}
    for call in calls if any(call.mode != "call" for call in calls) else sorted(calls, key=lambda call: call.seconds):
        function = wrong if call.name == task else ours.get(call.name) if call.mode == "object" else None
        if call.target is None and function is None:
            yield True  # another task's function: not this mistake's affair
            continue
        args, kwargs = _local(copy.deepcopy(call.args), kept), _local(copy.deepcopy(call.kwargs), kept)  # it may write in place
        owner = {None: None, "operator": operator, "builtins": builtins}.get(call.target, kept.get(call.target))

        def replayed():
            what = function if owner is None else getattr(owner, call.name)
            return what if call.mode == "get" else what(*args, **kwargs)

        value, error = answered(replayed)
        yield _agree(call, value, error, kept) and bool(call.changed) != same([args, kwargs], [call.args, call.kwargs])


def answered(function):
    """(what it gives, None), or (None, what it raises)."""
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(), None
    except Exception as e:
        return None, e


def explains(calls, task, wrong, right):
    """Is what the learner's function did, in one of these calls, nearer to the wrong answer than to the right one?

    The wrong one is known to coincide. So does an inexact right answer, with every mistake that these calls do not show.
    """
    if right is None or any(call.name != task or call.mode != "call" or call.target is not None or call.changed or call.error is not None for call in calls):
        return True
    for call in calls:
        mistaken, meant = (lambda f=f: f(*copy.deepcopy(call.args), **copy.deepcopy(call.kwargs)) for f in (wrong, right))
        value, error = answered(meant)
        if error is not None or not alike(call.value, value):
            return True
        if not alike(call.value, value, EXACT) and alike(call.value, answered(mistaken)[0], EXACT):
            return True
    return False


def _local(x, kept):
    if isinstance(x, Remote):
        return kept.get(x._number)
    if isinstance(x, (list, tuple)):
        return type(x)(_local(v, kept) for v in x)
    return {k: _local(v, kept) for k, v in x.items()} if isinstance(x, dict) else x


def _agree(call, value, error, kept):
    if call.error is not None or error is not None:
        return call.error is not None and error is not None and type(error).__name__ in getattr(call.error, "bases", ())
    return _meets(call.value, value, kept)


def _meets(told, value, kept):
    """Alike, where the learner's objects are whatever stands in their place; that is kept under their numbers."""
    if isinstance(told, Remote):
        kept[told._number] = value
        return True
    if isinstance(told, (tuple, list)) and any(isinstance(t, Remote) for t in told):
        return isinstance(value, (tuple, list)) and len(told) == len(value) and all([_meets(t, v, kept) for t, v in zip(told, value)])
    return alike(told, value)


def alike(a, b, rtol=SAME):
    """Equal up to the form of numbers and a relative difference."""
    if isinstance(a, dict) or isinstance(b, dict):
        return isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys() and all(alike(a[k], b[k], rtol) for k in a)
    if isinstance(a, (tuple, list)) and isinstance(b, (tuple, list)) and len(a) == len(b) and isinstance(b, tuple):
        return all(alike(x, y, rtol) for x, y in zip(a, b))
    if isinstance(a, (str, bool, type(None))) or isinstance(b, (str, bool, type(None))):
        return type(a) is type(b) and a == b
    b = _array(b)
    if b is None or isinstance(a, (list, tuple)) and (not b.ndim or len(a) != len(b)):
        return False  # before a long list that cannot be equal is made an array
    a = _array(a)
    if a is None or a.shape != b.shape or (a.dtype.kind == "c") != (b.dtype.kind == "c"):
        return False
    scale = np.max(np.abs(b[np.isfinite(b)]), initial=0.0)
    with np.errstate(all="ignore"):
        return bool(np.all(np.isfinite(b) & (np.abs(a - b) <= rtol * np.abs(b) + 1e-12 * scale) | (a == b) | (np.isnan(a) & np.isnan(b))))


def _array(x):
    """Numbers in any form as an array; None for what is not made of numbers."""
    if isinstance(x, np.ndarray):
        return x if x.dtype.kind in "biufc" else None
    shape, cells = show.table(x)
    numeric = shape is not None and all(isinstance(c, (bool, np.bool_, complex, *show.REAL)) for c in cells)
    return np.array(cells, complex if any(isinstance(c, complex) for c in cells) else float).reshape(shape) if numeric else None


# -- exceptions ------------------------------------------------------------------------------------
LISTS = "Arguments may be lists, and lists do not compute: begin with np.asarray(..., float)."
ADVICE = [  # (type of the exception, what its message says, what its line holds, what a tutor would say)
    ("TypeError", r"bitwise_xor|for \^", "^", "A power is ** in Python; ^ compares the bits of two integers."),
    ("TypeError", r"must be real number|as an integer|arrays can be converted", "math.", "The functions of math take one number at a time, and here it is many: use numpy's, or a loop."),
    ("TypeError", r"^(?!.*\b(str|NoneType)\b)(unsupported|bad operand|can only concatenate|.* not supported between).*\b(list|tuple)\b", "", LISTS),
    ("TypeError", r"^can't multiply sequence by non-int of type '(?!str)", "", LISTS),
    ("TypeError", r"^(list|tuple) indices must be integers or slices, not tuple", "", LISTS),
    ("AttributeError", r"^'(list|tuple)' object has no attribute", "", LISTS),
    ("NameError", r"^name 'np' is not defined", "", "Begin the module with import numpy as np."),
    ("EOFError", "", "input(", "Nobody can type here: take what is needed from the arguments."),
]


def advice(kind, message, line):
    """What a tutor would say to an exception of this type and message that was raised in this line; "" where the message says all."""
    if found := next((said for *case, word, said in ADVICE if case[0] == kind and re.search(case[1], message) and word in line), ""):
        return found
    if kind == "NameError" and (name := re.fullmatch(r"name '(\w+)' is not defined.*", message)) and name[1] in np.__all__:
        return f"numpy's {name[1]} is written np.{name[1]}."
    if kind == "AttributeError" and (name := re.match(r"module 'numpy' has no attribute '(\w+)'", message)):
        return "".join(f"Is np.{near} meant?" for near in difflib.get_close_matches(name[1], np.__all__, 1))
    return ""


# -- relations of what came back to what was expected ---------------------------------------------
def relation(got, expected, rows):
    """One sentence on how got relates to expected, where that holds exactly; `rows` is n, the length of the data."""
    got, expected = np.asarray(got), np.asarray(expected)
    if got.dtype.kind not in "iuf":
        return ""
    if got.shape != expected.shape:  # first: of what came back only the shape of `expected` bounds the size
        return _shape_relation(got, expected)
    if not np.isfinite(got).all():
        return ""
    got = got.astype(float)
    exact = lambda a, b: np.allclose(a, b, rtol=1e-9, atol=1e-12 * np.max(np.abs(b), initial=0))
    if not expected.any() or not got.any():
        return ""
    if np.allclose(got, expected, rtol=1e-5, atol=1e-6 * np.max(np.abs(expected))):
        return "Nearly right, to a part in 100,000: is something rounded, kept in float32, or is a small number added where it does not belong?"
    if sentence := _multiple(got, expected, rows or 0, exact):
        return sentence
    if expected.size > 1 or abs(expected.reshape(-1)[0]) not in (0, 1):
        for sentence, changed in {
            "What came back is the square of what is expected.": expected**2,
            "What came back is the square root of what is expected.": np.sqrt(np.abs(expected)),
            "What came back is what is expected, converted from degrees to radians.": np.radians(expected),
            "What came back is what is expected, converted from radians to degrees.": np.degrees(expected),
        }.items():
            if exact(got, changed):
                return sentence
    if expected.ndim == 2 and expected.shape[0] == expected.shape[1] and exact(got, expected.T):
        return "What came back is the transpose of what is expected."
    if expected.ndim and len(expected) > 1 and exact(got, expected[::-1]):
        return "What came back is in reverse order."
    if expected.size > 2 and exact(got - expected, np.full(expected.shape, (got - expected).flat[0])):
        return f"Every number is off by the same amount, {show.number((got - expected).flat[0])}."
    if (expected != np.trunc(expected)).any() and exact(got, np.trunc(expected)):
        return "Every number is cut to an integer: is an integer array involved?"
    return ""


def _multiple(got, expected, n, exact):
    """The factor between the two, by n or a small number, as a sentence."""
    factors = {"-1": -1, "2": 2, "1/2": 1 / 2, "-2": -2, "-1/2": -1 / 2}
    if n > 2:
        factors |= {f"n = {n}": n, f"1/n = 1/{n}": 1 / n, f"n/(n-1) = {n}/{n - 1}": n / (n - 1), f"(n-1)/n = {n - 1}/{n}": (n - 1) / n,
                    f"n/2 = {n}/2": n / 2, f"2/n = 2/{n}": 2 / n}
    names = [name for name, factor in factors.items() if exact(got, factor * expected)]
    if names == ["-1"]:
        return "The sign is turned: what came back is -1 times what is expected."
    if names:  # n/2 and n/(n-1) are the same for n = 3: then only the number is certain
        return f"What came back is {names[0] if len(names) == 1 else show.number(factors[names[0]])} times what is expected."
    return ""


def _shape_relation(got, expected):
    if got.size == expected.size and expected.ndim == 1 and got.shape in ((expected.size, 1), (1, expected.size)):
        return f"A vector of shape ({expected.size},) is flat: {got.shape} is a matrix; flatten it with ravel()."
    if got.shape == expected.shape[::-1] and np.allclose(got, expected.T):
        return "What came back is the transpose of what is expected."
    if expected.ndim == 0 and got.size == 1:
        return "One number is expected, not an array that holds one."
    return ""
