"""Handout 1 tells no lies: every numbered equation holds, every worked number is what our functions give."""
import re

import numpy as np
import pytest
import sympy as sp

from autograder.catalogue import load
from autograder.manifest import ROOT
from solutions import linear_regression as ours

HANDOUT = (ROOT / "projects/1-linear-regression/README.md").read_text(encoding="utf-8")
POUND = 0.45359237  # kg
FLATS, PRICES = np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 4.0])

x, y, w, b, h, t, eta, lam = sp.symbols("x y w b h t eta lambda", real=True)
rng = np.random.default_rng(1)
X, Y, W, B = rng.normal(1, 1, (7, 3)), rng.normal(size=7), rng.normal(size=3), 0.7  # random data for matrix formulas
Z = np.column_stack([X, np.ones(7)])
HESSIAN = 2 / 7 * Z.T @ Z
THETA = np.append(*ours.normal_equation(X, Y))


def says(*sentences):
    """The handout contains these sentences, whatever its line breaks."""
    assert not [s for s in sentences if " ".join(s.split()) not in " ".join(HANDOUT.split())]


def near(a, b, tolerance=1e-9):
    return np.allclose(a, b, rtol=tolerance, atol=tolerance)


def taylor(expression, order):
    """The expansion of an expression in f(x + h) and f(x - h), where f is any polynomial of degree 6."""
    return sp.expand(sp.series(expression, h, 0, order).removeO())


COEFFICIENTS = sp.symbols("c0:7")
POLYNOMIAL = sp.Lambda(x, sum(c * x**k for k, c in enumerate(COEFFICIENTS)))
SLOPES = [sp.diff(POLYNOMIAL(x), x, k) for k in range(4)]


def line_of_numbers():
    return near(ours.predict(FLATS, [1.0], 0.0), [1 * v + 0 for v in (0, 1, 2)])


def two_forms_of_the_loss():
    r = ours.predict(X, W, B) - Y
    return near(sum(v**2 for v in r) / 7, r @ r / 7) and near(ours.mse_loss(Y, ours.predict(X, W, B)), r @ r / 7)


def expansion():
    return all(sp.expand(taylor(POLYNOMIAL(x + s * h), 4) - (SLOPES[0] + s * h * SLOPES[1] + h**2 / 2 * SLOPES[2] + s * h**3 / 6 * SLOPES[3])) == 0
               for s in (1, -1))


def one_side():
    return sp.expand(taylor((POLYNOMIAL(x + h) - POLYNOMIAL(x)) / h, 2) - SLOPES[1] - h / 2 * SLOPES[2]) == 0


def both_sides():
    return sp.expand(taylor((POLYNOMIAL(x + h) - POLYNOMIAL(x - h)) / (2 * h), 3) - SLOPES[1] - h**2 / 6 * SLOPES[3]) == 0


def partial_derivatives():
    f = lambda v: np.sin(v[0]) * v[1] ** 2
    exact = [np.cos(0.3) * 4, 2 * np.sin(0.3) * 2]
    step = 1e-5 * np.eye(2)
    quotients = [(f(np.array([0.3, 2]) + e) - f(np.array([0.3, 2]) - e)) / 2e-5 for e in step]
    return near(quotients, exact, 1e-8) and near(ours.gradient(f, [0.3, 2.0]), exact, 1e-8)


def quadratic_form():
    A, v = sp.Matrix(3, 3, sp.symbols("a:9")), sp.Matrix(sp.symbols("v:3"))
    form = (v.T * A * v)[0]
    return sp.expand(sp.Matrix([sp.diff(form, u) for u in v]) - (A + A.T) * v) == sp.zeros(3, 1)


def chain_rule():
    r = w * x + b - y
    return sp.expand(sp.diff(r**2, w) - 2 * r * x) == 0 and sp.expand(sp.diff(r**2, b) - 2 * r) == 0


def sums_of_residuals():
    xs, ys = sp.symbols("x1:5"), sp.symbols("y1:5")
    r = [w * u + b - v for u, v in zip(xs, ys)]
    loss = sum(v**2 for v in r) / 4
    return sp.expand(sp.diff(loss, w) - sp.Rational(2, 4) * sum(v * u for u, v in zip(xs, r))) == 0 and \
        sp.expand(sp.diff(loss, b) - sp.Rational(2, 4) * sum(r)) == 0


def one_step():
    path = ours.gradient_descent(lambda v: 2 * HESSIAN[:3, :3] @ v, W, 0.01, 3)
    return near(path[3], path[2] - 0.01 * 2 * HESSIAN[:3, :3] @ path[2])


def path_on_a_parabola():
    return near(ours.gradient_descent(lambda v: 2 * v, [4.0], 0.07, 9)[:, 0], [(1 - 2 * 0.07) ** k * 4 for k in range(10)])


def matrix_form():
    r = X @ W + B - Y
    dw, db = ours.mse_gradient(X, Y, W, B)
    numeric = ours.gradient(lambda v: ours.mse_loss(Y, ours.predict(X, v[:3], v[3])), np.append(W, B))
    return near(dw, 2 / 7 * X.T @ r) and near(db, 2 / 7 * sum(r)) and near(np.append(dw, db), numeric, 1e-7)


def standard_columns():
    table, m, s = ours.standardize(X)
    return near(table * s + m, X) and near(m, sum(X) / 7) and near(s**2, sum((X - m) ** 2) / 7) and \
        near(table.mean(axis=0), 0) and near(table.std(axis=0), 1)


def translation():
    table, m, s = ours.standardize(X)
    return near(table @ W + B, X @ (W / s) + B - sum(W / s * m))


def right_angles():
    return near(Z.T @ (Z @ THETA - Y), 0)


def normal_equation():
    return near(Z.T @ Z @ THETA, Z.T @ Y)


def three_flats():
    F = np.column_stack([FLATS, np.ones(3)])
    return near(F.T @ F, [[5, 3], [3, 3]]) and near(F.T @ PRICES, [11, 8]) and near([[5, 3], [3, 3]] @ np.array([1.5, 7 / 6]), [11, 8])


def second_derivatives():
    slope = lambda v: np.append(*ours.mse_gradient(X, Y, v[:3], v[3]))
    return near([(slope(THETA + e) - slope(THETA - e)) / 2 for e in np.eye(4)], HESSIAN)


def step_of_the_error():
    theta = np.append(W, B)
    stepped = theta - 0.1 * np.append(*ours.mse_gradient(X, Y, W, B))
    return near(stepped - THETA, (np.eye(4) - 0.1 * HESSIAN) @ (theta - THETA))


def modes():
    values, vectors = np.linalg.eigh(HESSIAN)
    after = np.linalg.matrix_power(np.eye(4) - 0.1 * HESSIAN, 5) @ vectors
    return near(after, (1 - 0.1 * values) ** 5 * vectors)


def stability():
    limit = ours.max_stable_learning_rate(X)
    growth = lambda lr: max(abs(np.linalg.eigvals(np.eye(4) - lr * HESSIAN)))
    return near(limit, 2 / np.linalg.eigvalsh(HESSIAN)[-1]) and growth(0.999 * limit) < 1 < growth(1.001 * limit)


def trapezoids():
    grid = np.linspace(1, 4, 6)
    strips = sum((grid[i] - grid[i - 1]) * (np.exp(grid[i - 1]) + np.exp(grid[i])) / 2 for i in range(1, 6))
    return near(ours.definite_integral(np.exp, 1, 4, n=5), strips)


def error_of_the_trapezoids():
    for f, exact in [(lambda v: v**2, 1 / 3), (lambda v: v**3, 1 / 4), (np.exp, np.e - 1)]:
        for n in (1, 4, 10):
            curvature = -(exact - ours.definite_integral(f, 0, 1, n=n)) * 12 * n**2  # f'' at some place between 0 and 1
            low, high = ours.derivative(lambda v: ours.derivative(f, v, 1e-3), np.array([0.0, 1.0]), 1e-3)
            if not low - 1e-5 <= curvature <= high + 1e-5:
                return False
    return True


def fundamental_theorem():
    area = lambda upper: ours.definite_integral(np.exp, 0, upper)
    return near(ours.derivative(area, 0.8), np.exp(0.8), 1e-6)


def score():
    p = X @ W + B
    return near(ours.r_squared(Y, p), 1 - sum((Y - p) ** 2) / sum((Y - Y.mean()) ** 2))


EQUATIONS = dict(enumerate([
    line_of_numbers, two_forms_of_the_loss, expansion, one_side, both_sides, partial_derivatives, quadratic_form, chain_rule,
    sums_of_residuals, one_step, path_on_a_parabola, matrix_form, standard_columns, translation, right_angles, normal_equation,
    three_flats, second_derivatives, step_of_the_error, modes, stability, trapezoids, error_of_the_trapezoids, fundamental_theorem,
    score], start=1))


def test_every_equation_has_its_check():
    assert [int(n) for n in re.findall(r"\\tag\{(\d+)\}", HANDOUT)] == list(EQUATIONS)


@pytest.mark.parametrize("number", EQUATIONS)
def test_equation(number):
    assert EQUATIONS[number]()


@pytest.fixture(scope="module")
def cars():
    table = load("auto_mpg")
    known = np.isfinite(table["horsepower"])
    return {name: table[name][known] for name in ("mpg", "horsepower", "weight", "acceleration", "model year")} | {"all": len(known)}


def columns(cars, *names):
    return np.column_stack([cars[name] for name in names])


def test_three_flats():
    bad = ours.predict(FLATS, [1.0], 0.0)
    assert list(bad) == [0, 1, 2] and list(bad - PRICES) == [-1, -2, -2]
    loss = ours.mse_loss(PRICES, bad)
    dw, db = ours.mse_gradient(FLATS, PRICES, [1.0], 0.0)
    says(f"$L = (1 + 4 + 4)/3 = {loss:g}$", f"= {dw[0]:g} and dL/db")
    assert near(db, -10 / 3)
    says("(2/3)(-1 - 2 - 2) = -10/3")
    w1, b1 = 1 - 0.1 * dw[0], 0 - 0.1 * db
    says(f"$w = 1 + {-0.1 * dw[0]:g} = {w1:g}$ and $b = {b1:.3f}$, and the loss falls from {loss:g} to "
         f"{ours.mse_loss(PRICES, ours.predict(FLATS, [w1], b1)):.3f}")
    best_w, best_b = ours.normal_equation(FLATS, PRICES)
    assert near(best_w, 1.5) and near(best_b, 7 / 6)
    residuals = ours.predict(FLATS, best_w, best_b) - PRICES
    assert near(residuals, [1 / 6, -1 / 3, 1 / 6]) and near(residuals @ residuals / 3, 1 / 18)
    says("The residuals are 1/6, -1/3, 1/6", "the loss is 1/18")


def test_slopes():
    cube = lambda v: v**3
    says(f"one side gives {(cube(2.5) - cube(2)) / 0.5:g}, both sides give {ours.derivative(cube, 2.0, h=0.5):g}")
    for step, row in [(0.1, "| 0.1 | {:.2f} | {:.4f} |"), (0.001, "| 0.001 | {:.4f} | {:.8f} |")]:
        one = abs((np.exp(1 + step) - np.e) / step - np.e)
        says(row.format(one, abs(ours.derivative(np.exp, 1.0, h=step) - np.e)))
    says(f"| 0.00001 | {(np.exp(1 + 1e-5) - np.e) / 1e-5 - np.e:.6f} | below 0.000000001 |")
    assert abs(ours.derivative(np.exp, 1.0) - np.e) < 1e-9
    assert abs(ours.derivative(np.exp, 1.0, h=1e-15) - np.e) > 0.01
    assert near(ours.gradient(lambda v: v[0] ** 2 + 2 * v[0] * v[1] + 3 * v[1] ** 2, [1, 1]), [4, 8], 1e-8)
    assert near(ours.gradient_descent(lambda v: 2 * v, [4], 0.1, 2)[:, 0], [4, 3.2, 2.56])
    says("From 4 with $\\eta = 0.1$: 4, 3.2, 2.56.", "the gradient is (4, 8)")


def test_canyon(cars):
    weight = columns(cars, "weight")
    table = np.column_stack([weight, np.ones(len(weight))])
    flat, steep = np.linalg.eigvalsh(2 / len(table) * table.T @ table)
    says(f"${steep / flat / 1e8:.2f} \\cdot 10^8$ times", f"(curvature {round(steep, -5):,.0f})", f"another ({flat:.2f})")
    standard, m, s = ours.standardize(FLATS)
    v, c = np.ravel(ours.normal_equation(standard, PRICES)[0])[0], PRICES.mean()
    says(f"$m = {m[0]:g}$ and $s = {s[0]:.4f}$", f"descent finds $v = {v:.4f}$ and $c = 8/3$", f"$w = {v:.4f}/{s[0]:.4f} = {v / s[0]:.1f}$")
    assert near(c, 8 / 3) and near(c - v / s[0] * m[0], 7 / 6)
    single = np.column_stack([ours.standardize(weight)[0], np.ones(len(weight))])
    assert near(2 / len(single) * single.T @ single, 2 * np.eye(2))
    limit = ours.max_stable_learning_rate(weight)
    says(f"pounds the limit is {limit:.9f}", f"{np.log(0.5) / np.log1p(-limit * flat) / 1e6:.0f} million steps to halve")


def test_eigenvalues_of_the_flats():
    table = np.column_stack([FLATS, np.ones(3)])
    flat, steep = np.linalg.eigvalsh(2 / 3 * table.T @ table)
    says(f"Its eigenvalues are {steep:.3f} and {flat:.3f}", f"2/{steep:.3f} = {ours.max_stable_learning_rate(FLATS):.4f}",
         f"shrinks by {1 - 0.1 * steep:.4f} a step, the flat one by {1 - 0.1 * flat:.4f}")


def test_dependent_temperatures():
    refused, silent = 0, 0
    for _ in range(50):
        celsius, target = rng.normal(15, 8, 20), rng.normal(size=20)
        both = np.column_stack([celsius, 1.8 * celsius + 32])
        table = np.column_stack([both, np.ones(20)])
        refused += np.linalg.matrix_rank(table) == 2
        try:
            silent += np.linalg.solve(table.T @ table, table.T @ target).size == 3
        except np.linalg.LinAlgError:
            pass
    assert refused == 50 and silent > 25  # "solve usually returns garbage without a word"


def test_areas_and_scores():
    four = ours.definite_integral(lambda v: v**2, 0, 1, n=4)
    says(f"{four:g} instead of 1/3, an error of 1/96")
    assert near(four - 1 / 3, 1 / 96)
    says(f"ours gives {ours.derivative(lambda u: ours.definite_integral(lambda v: v**2, 0, u), 1.0):.7f}")
    says(f"$1 - 8/2 = {ours.r_squared([1, 2, 3], [3, 2, 1]):g}$")


def test_cars(cars):
    mpg, weight = cars["mpg"], columns(cars, "weight")
    says(f"{cars['all']} cars of 1970 to 1982, of which {len(mpg)} have a known horsepower")
    assert (cars["model year"].min(), cars["model year"].max()) == (70, 82)
    slope, level = ours.normal_equation(weight, mpg)
    says(f"mpg = {level:.3f} - {-slope[0]:.6f} · weight", f"1000 pounds more cost {-1000 * slope[0]:.1f} miles per gallon")
    kilograms = weight * POUND
    slope_kg, level_kg = ours.normal_equation(kilograms, mpg)
    old, new = ours.max_stable_learning_rate(weight), ours.max_stable_learning_rate(kilograms)
    says(f"$w$ grows to {slope_kg[0]:.6f} mpg per kg. $b$ stays {level_kg:.3f}", f"from {old:.9f} to {new:.9f}, a factor of {new / old:.2f}")
    alone, _ = ours.normal_equation(columns(cars, "acceleration"), mpg)
    together, _ = ours.normal_equation(columns(cars, "acceleration", "weight", "model year"), mpg)
    says(f"a weight of +{alone[0]:.3f} mpg per second. With weight and model year in the table, {together[0]:.3f} is left")
    table = columns(cars, "horsepower", "weight", "model year")
    used = 235.214583 / mpg  # litres per 100 km
    scores = [ours.r_squared(target, ours.predict(data, *ours.normal_equation(data, target)))
              for data, target in [(weight, mpg), (table, mpg), (kilograms, used)]]
    says("alone scores {:.3f}; with horsepower and model year it becomes {:.3f}.".format(*scores[:2]), f"weight alone scores {scores[2]:.3f}: fuel")
    w_kg, b_kg = ours.fit_linear_regression(table, mpg)  # descent and the normal equation agree
    assert near(np.append(w_kg, b_kg), np.append(*ours.normal_equation(table, mpg)), 1e-6)
