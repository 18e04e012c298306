"""Which mistake it was: relations of got to expected, and replayed calls."""
import math
from types import SimpleNamespace

import numpy as np
import pytest

from autograder import diagnosis
from autograder.grading import Finding
from autograder.report import by_chance
from autograder.sandbox.student import Remote, Session, Student, Submission

EXPECTED = np.array([1.25, -3.5, 7.75])
SQUARE = np.array([[1.0, 2.0], [3.0, 4.5]])


@pytest.mark.parametrize("got, expected, words", [
    (2 * EXPECTED, EXPECTED, "is 2 times"), (EXPECTED / 2, EXPECTED, "is 1/2 times"), (-EXPECTED, EXPECTED, "sign is turned"),
    (7 * EXPECTED, EXPECTED, "n = 7"), (EXPECTED / 7, EXPECTED, "1/n"), (EXPECTED * 7 / 6, EXPECTED, "n/(n-1)"), (EXPECTED * 3.5, EXPECTED, "n/2"),
    (EXPECTED**2, EXPECTED, "the square of"), (np.sqrt(EXPECTED**2) ** 0.5, np.abs(EXPECTED), "square root"), (SQUARE.T, SQUARE, "transpose"),
    (EXPECTED[::-1], EXPECTED, "reverse"), (EXPECTED + 0.5, EXPECTED, "off by the same amount, 0.5"), (EXPECTED[:, None], EXPECTED, "flat"),
    (EXPECTED + [0, 0, 1e-6], EXPECTED, "Nearly right"), (np.float32(EXPECTED / 3), EXPECTED / 3, "Nearly right"),
    (np.trunc(EXPECTED), EXPECTED, "integer"), (np.radians(EXPECTED), EXPECTED, "degrees to radians"), (SQUARE[:1].T, SQUARE[:1], "transpose"),
    (np.array([0.3]), np.array(0.3), "not an array"), (np.array(-2.5), np.array(2.5), "sign"),
])
def test_relation_is_named(got, expected, words):
    assert words in diagnosis.relation(got, expected, 7)


@pytest.mark.parametrize("got, expected", [
    (EXPECTED + [0, 0, 1e-3], EXPECTED), (np.zeros(3), EXPECTED), (EXPECTED, np.zeros(3)), (np.array([1.1, 2.0]), np.array([1.0, 2.0])),
    (np.full(3, np.nan), EXPECTED), (np.ones(4), EXPECTED), (np.array("x"), EXPECTED), (2.1 * EXPECTED, EXPECTED),
])
def test_nothing_is_claimed_where_nothing_is_known(got, expected):
    assert diagnosis.relation(got, expected, 7) == ""


MODULE = """
class Value:
    def __init__(self, data, parents=()):
        self.data, self.parents, self.grad = data, parents, 0.0
    def __mul__(self, other):
        return Value(self.data + other.data, (self, other))
    def backward(self):
        for parent in self.parents:
            parent.grad += 1.0

def first(node):
    return node.parents[-1].data

def scale(x):
    return [3 * v for v in x]
"""


class Adds:
    """Your product adds."""

    def __init__(self, data, parents=()):
        self.data, self.parents, self.grad = data, parents, 0.0

    def __mul__(self, other):
        return type(self)(self.data + other.data, (self, other))

    def backward(self):
        for parent in self.parents:
            parent.grad += 1.0


class Multiplies(Adds):
    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other))


@pytest.fixture
def session():
    session = Session(Submission("starter/x.py", MODULE, {}), "Value")
    yield session
    session.close()


def test_objects_are_replayed_operation_by_operation(session):
    student = Student(session)
    two, five = student.objects.Value(2.0), student.objects.Value(5.0)
    product = two * five
    assert isinstance(product, Remote)
    product.backward()
    assert (two.grad, product.data) == (1.0, 7.0)
    finding = Finding("failed", calls=session.calls)
    assert list(diagnosis.agreements(session.calls, "Value", Adds)) == [True] * 7
    assert list(diagnosis.agreements(session.calls, "Value", Multiplies)) == [True] * 6 + [False]
    assert diagnosis.diagnose("Value", [finding], {"Value__adds": Adds, "Value__right": Multiplies})[id(finding)][0] == "Value__adds"


class Turns(Adds):
    """Your parents are in the wrong order."""

    def __mul__(self, other):
        return type(self)(self.data + other.data, (other, self))


class Lacks:
    """Nothing is left of a Value but its number."""

    def __init__(self, data):
        self.data = data


def test_an_object_that_lacks_what_was_asked_of_it_is_another_mistake(session):
    student = Student(session)
    student.objects.Value(2.0).backward()
    assert list(diagnosis.agreements(session.calls, "Value", Lacks)) == [True, False, False]


def test_objects_that_come_in_a_tuple_are_replayed_too(session):
    student = Student(session)
    product = student.objects.Value(2.0) * student.objects.Value(5.0)
    assert [parent.data for parent in product.parents] == [2.0, 5.0]
    assert list(diagnosis.agreements(session.calls, "Value", Adds)) == [True] * 6
    assert list(diagnosis.agreements(session.calls, "Value", Turns)) == [True] * 4 + [False] * 2


def test_objects_of_an_earlier_task_are_made_by_our_solution(session):
    student = Student(session)
    assert student.first(student.objects.Value(2.0) * student.objects.Value(5.0)) == 5.0
    last, first = lambda node: node.parents[-1].data, lambda node: node.parents[0].data
    assert list(diagnosis.agreements(session.calls, "first", last, {"Value": Adds})) == [True] * 4
    assert list(diagnosis.agreements(session.calls, "first", first, {"Value": Adds})) == [True] * 3 + [False]
    assert not all(diagnosis.agreements(session.calls, "first", last)), "without our solution there is nothing to replay"


@pytest.mark.parametrize("a, b", [(1.0, np.inf), (np.inf, 1.0), (np.inf, -np.inf), (np.nan, 1.0), (1.0, np.nan)])
def test_no_number_is_like_infinity_or_nan(a, b):
    assert not diagnosis.alike(a, b) and diagnosis.alike([a, b], [a, b])


def test_two_candidates_that_cannot_be_told_apart_are_not_claimed(session):
    Student(session).scale([1.0, 2.0])
    finding = Finding("failed", calls=session.calls)
    def tripled(x):
        """You triple."""
        return 3 * np.asarray(x)
    known = {"scale__a": tripled, "scale__b": lambda x: [3 * v for v in x]}
    assert diagnosis.diagnose("scale", [finding], known) == {}
    assert diagnosis.diagnose("scale", [finding], {"scale__a": tripled}) == {id(finding): ("scale__a", "You triple.")}


def test_a_mistake_that_differs_in_one_call_is_not_claimed(session):
    student = Student(session)
    student.scale([1.0]), student.scale([2.0, 3.0])
    assert diagnosis.diagnose("scale", [Finding("failed", calls=session.calls)], {"scale__first": lambda x: [3 * x[0]]}) == {}


@pytest.mark.parametrize("relations, kept", [
    (["twice", "", ""], False), (["twice", "twice", ""], True), (["n = 3 times", "n = 5 times", ""], True), (["twice", "half", ""], False)])
def test_one_number_may_agree_by_chance(relations, kept):
    found = [Finding("failed", relation=text, single=True) for text in relations]
    assert by_chance(found[0], found) != kept
    found[0].single = False
    assert not by_chance(found[0], found)


@pytest.mark.parametrize("body, words", [
    ("[1.0] - [2.0]", "begin with np.asarray"), ("[1.0] * 0.5", "begin with np.asarray"), ("[1.0] > 0", "begin with np.asarray"), ("rows[:, 0]", "begin with np.asarray"),
    ("[1.0].mean()", "begin with np.asarray"), ("np.ones(2) ^ 2.0", "A power is **"), ("math.sqrt(np.ones(2))", "one number at a time"),
    ("math.comb(np.ones(2), 1)", "one number at a time"), ("mean([1.0])", "np.mean"), ("np.asarry(1)", "Is np.asarray meant?"),
    ("len([1]) + 'a'", ""), ("len([1], [2])", ""), ("np.ravel([1], [2])", ""), ("nowhere", ""), ("np.nothing_like_it_at_all", ""), ("[1.0] + 'a'", ""), ("{}['x']", ""),
])
def test_advice_is_given_only_where_it_is_true(body, words):
    """The messages are Python's and numpy's own."""
    with pytest.raises(Exception) as caught:
        eval(body, {"np": np, "math": math, "rows": [[1.0]]})
    said = diagnosis.advice(caught.type.__name__, str(caught.value), body)
    assert words in said and bool(words) == bool(said)


@pytest.mark.parametrize("values, names", [([1 + 1e-8, 4 + 1e-8], 0), ([2.0, 4.0], 1), ([2.0 + 1e-8, 4.0], 1)])
def test_an_inexact_right_answer_is_no_mistake_that_these_inputs_do_not_show(values, names):
    """The wrong answer is right for 1 and 2 but for the first, where it is 2."""
    calls = [SimpleNamespace(name="f", mode="call", target=None, args=[x], kwargs={}, value=v, error=None, changed=(), seconds=0.0) for x, v in zip([1.0, 2.0], values)]
    wrong, right = lambda x: x * x + (x == 1.0) * (values[0] >= 2), lambda x: x * x
    finding = Finding("failed", calls=calls)
    assert len(diagnosis.diagnose("f", [finding], {"f__wrong": wrong}, {"f": right})) == names
