"""What a page of checks is written with: `close` and its kin refuse what a bare assert lets through."""
import numpy as np
import pytest

from autograder import checks
from autograder.checks import Wrong, between, close

HOSTILE = {
    "nothing": None, "empty list": [], "empty array": np.array([]), "True": True, "array of True": np.array([True]), "nan": np.nan,
    "infinity": np.inf, "text": "5.0", "complex": 5 + 0j, "object": object(), "ragged": [[1], [1, 2]], "one in a list": [5.0],
    "column": np.array([[5.0]]), "dict": {"a": 5.0}, "bytes": b"5", "True in a list": [True, 5.0],
}


@pytest.mark.parametrize("what", HOSTILE)
def test_close_refuses(what):
    with pytest.raises(Wrong):
        close(HOSTILE[what], 5.0)


@pytest.mark.parametrize("actual", [np.nan, [], [1.0], True, None, [np.nan, 1.0], np.ones((2, 1)), np.ones((2, 2)), 1.0])
def test_close_refuses_for_a_vector(actual):
    with pytest.raises(Wrong):
        close(actual, np.array([1.0, 1.0]))


@pytest.mark.parametrize("actual", [5, 5.0, np.float64(5), np.int32(5), np.array(5.0), np.float32(5)])
def test_close_accepts_any_form_of_a_number(actual):
    assert close(actual, 5.0) == 5.0


@pytest.mark.parametrize("actual", [[1, 2], (1.0, 2.0), np.array([1, 2]), [np.float64(1), np.array(2.0)], np.array([1, 2], object).astype(float)])
def test_close_accepts_any_form_of_a_vector(actual):
    assert close(actual, [1.0, 2.0]).tolist() == [1.0, 2.0]


@pytest.mark.parametrize("actual, desired, sentence", [
    (np.ones((3, 1)), np.ones(3), "it has shape (3, 1), expected (3,)"),
    ([1.0, 2.0, 9.0, 7.0], [1.0, 2.0, 3.0, 4.0], "the first difference is at [2]: 9, expected 3"),
    ([[1.0, np.nan]], [[1.0, 2.0]], "it has nan at [0, 1], where a finite number is expected"),
    (2.0, 3.0, "2, expected 3"),
    (1.00000001, 1.0, "1.00000001, expected 1"),
    (None, 3.0, "it is None: is there a `return`?"),
])
def test_close_names_the_first_wrong_element(actual, desired, sentence):
    with pytest.raises(Wrong) as caught:
        close(actual, desired)
    assert caught.value.sentence == sentence


@pytest.mark.parametrize("error, passes", [(0.9e-3, True), (1.1e-3, False)])
def test_the_tolerance_is_where_it_says(error, passes):
    checks.margins.clear()
    for tolerance in ({"rtol": 1e-3}, {"atol": 1e-3, "rtol": 0}):
        if passes:
            close(1 + error, 1.0, **tolerance)
        else:
            with pytest.raises(Wrong):
                close(1 + error, 1.0, **tolerance)
    assert checks.margins == pytest.approx([error / 1e-3] * 2, rel=1e-6)


@pytest.mark.parametrize("actual, passes", [(0.5, True), (0, True), (1, True), (1.1, False), (np.nan, False), (None, False), ([0.5, 0.5], False), (True, False)])
def test_between(actual, passes):
    if passes:
        between(actual, 0, 1, "the share")
    else:
        with pytest.raises(Wrong, match="the share"):
            between(actual, 0, 1, "the share")
