"""The slips that `make mutants` puts into our solutions."""
import ast

from autograder import run
from tests.corpus import PROJECTS
from tests.mutants import judged, mutants

PROJECT = PROJECTS["linear_regression"]


def returns(body):
    """What the slips make of a function with this body."""
    return {ast.unparse(ast.parse(text).body[0].body[-1]).removeprefix("return ") for *_, text in mutants(f"def f(x, n=3):\n    {body}\n")}


def test_slips_of_arithmetic():
    assert returns("return x + 1") == {"x - 1", "x", "1", "x + 2", "x + 0"}
    assert returns("return x ** 2 / n") == {"x ** 2 * n", "x ** 2", "n", "x * 2 / n", "x ** 3 / n", "x ** 1 / n"}


def test_slips_of_conditions_and_calls():
    assert returns("return x < n or not x") == {"x < n and (not x)", "not x", "x < n", "x <= n or not x", "x > n or not x", "x < n or x"}
    assert returns("return abs(x).sum(axis=n)") == {"abs(x)", "abs(x).mean(axis=n)", "abs(x).sum()", "x.sum(axis=n)"}
    assert returns("return x.T[1:]") >= {"x[1:]", "x.T"}


def test_every_slip_in_the_loss_costs_points(monkeypatch):
    assert [slip for slip in judged(PROJECT, "mse_loss") if not slip[-1]] == []
    full = {"tasks": [{"name": "mse_loss", "points": 6, "max_points": 6}]}
    monkeypatch.setattr(run, "grade", lambda *_, **__: full)  # a page of checks that notices nothing
    lines = PROJECT.solution.read_text().split("\n")
    found = list(judged(PROJECT, "mse_loss"))
    assert found and not any(costs or old.split("\n")[0] not in lines[line - 1] for line, old, _, costs in found)
