"""The checks of project 1. Each check is one claim about one task, worth whole points.

Every check begins with a case that fits on paper: where it fails, that case is the counterexample.
"""
import numpy as np
import pytest

from autograder.catalogue import load
from autograder.checks import between, close, keeps, refuses, task

POUND = 0.45359237  # kg


@pytest.fixture(scope="session")
def cars():
    """392 cars: (horsepower, weight in tonnes, model year) and mpg; six cars lack horsepower."""
    table = load("auto_mpg")
    known = np.isfinite(table["horsepower"])
    tonnes = table["weight"] * POUND / 1000
    X = np.column_stack([table["horsepower"], tonnes, table["model year"]])
    return X[known], table["mpg"][known]


def with_ones(X):
    return np.column_stack([X, np.ones(len(X))])


def loss(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2)


def least_squares(X, y):
    """The best (w, b), by an SVD and not by the normal equation."""
    theta = np.linalg.lstsq(with_ones(X), y, rcond=None)[0]
    return theta[:-1], theta[-1]


# --- derivative ---------------------------------------------------------------------------------


@task("derivative", points=2)
def test_slope_of_a_parabola(student):
    """gives the exact slope of a parabola, even with a coarse step"""
    # For a parabola the central difference has no truncation error, so only rounding is left:
    # with h = 1e-5 it is below 1e-9, and one-sided quotients err by h = 1e-5.
    close(student.derivative(lambda x: x**2, 3.0, h=0.5), 6.0)
    close(student.derivative(lambda x: x**2, 3.0), 6.0, atol=1e-8)
    close(student.derivative(lambda x: 5 - 2 * x - x**2, -1.5), 1.0, atol=1e-8)


@task("derivative", points=3)
def test_error_of_the_slope(student, rng):
    """errs by at most h² max|f'''| / 6, whatever f and h are"""
    # 1.1 leaves room for rounding, 1e-16 / h; a one-sided quotient errs 100 times the bound.
    close(student.derivative(lambda x: x**3, 2.0, h=0.01), 12.0, bound=1.1 * 0.01**2)
    x = rng.uniform(-1, 1, 6)
    bound = 1.1 * 0.01**2 / 6
    close(student.derivative(np.exp, x, h=0.01), np.exp(x), bound=bound * np.exp(1.01))
    close(student.derivative(np.sin, x, h=0.01), np.cos(x), bound=bound)
    # This wave is 0.006 long: a step of your own choice (1e-5) errs 100 times as much as h = 1e-6.
    slope = 1000 * np.cos(1000 * x)
    bound = 1.1 * 1e-6**2 / 6 * 1000**3
    close(student.derivative(lambda x: np.sin(1000 * x), x, h=1e-6), slope, bound=bound)
    close(student.derivative(lambda x: 3 * x - 2 * x**2, 2.0), -5.0, atol=1e-8)
    x = rng.uniform(0, 3, 5)
    slope = 3 * np.cos(x) - 2 * np.exp(-x) * -1
    # Truncation h² max|f'''| / 6 is 1e-10, rounding 1e-16 |f| / h is 1e-10.
    close(student.derivative(lambda x: 3 * np.sin(x) - 2 * np.exp(-x), x), slope, atol=1e-8)


@task("derivative", points=1)
def test_slope_in_the_shape_of_x(student):
    """has the shape of x"""
    # Parabolas again: rounding only, 1e-16 * 25 / 1e-5 = 3e-10.
    close(student.derivative(lambda x: x**2, [1.0, 2.0]), [2.0, 4.0], atol=1e-8)
    close(student.derivative(lambda x: x**2, 5.0), 10.0, atol=1e-8)
    table = np.arange(6.0).reshape(2, 3)
    close(student.derivative(lambda x: x**2, table), 2 * table, atol=1e-8)


@task("derivative", points=1)
def test_slope_at_integers(student):
    """takes integers as x"""
    # For x³ the truncation is h² = 1e-10, rounding 1e-16 * 8 / 1e-5 = 2e-10; cut integers err by 1.
    close(student.derivative(lambda x: x**3, np.array([1, 2])), [3.0, 12.0], atol=1e-7)
    close(student.derivative(lambda x: x**3, 2), 12.0, atol=1e-7)


@task("derivative", points=1)
def test_step_must_be_positive(student):
    """refuses a step h <= 0 and leaves x unchanged"""
    refuses(student.derivative, np.sin, 1.0, h=0)
    refuses(student.derivative, np.sin, 1.0, h=-0.1)
    keeps(student.derivative, np.sin, np.array([0.1, 0.2, 0.3]))


# --- gradient -----------------------------------------------------------------------------------


@task("gradient", points=3)
def test_gradient_of_a_quadratic_form(student, rng):
    """of the quadratic form xᵀAx is (A + Aᵀ)x, exactly"""
    A = np.array([[1.0, 2.0], [0.0, 3.0]])
    close(student.gradient(lambda x: x @ A @ x, [1.0, 1.0], h=0.5), [4.0, 8.0])
    close(student.gradient(lambda x: x @ A @ x, [1.0, 1.0]), [4.0, 8.0], atol=1e-7)
    B, x = rng.normal(size=(4, 4)), rng.normal(size=4)
    # No truncation for a quadratic form; rounding 1e-16 |f| / h is 1e-9, one-sided errors are 1e-5.
    close(student.gradient(lambda x: x @ B @ x, x), (B + B.T) @ x, atol=1e-7)
    # This wave is 0.006 long: a step of your own choice (1e-5) errs 100 times as much as h = 1e-6.
    slope, bound = 1000 * np.cos(1000 * x), 1.1 * 1e-6**2 / 6 * 1000**3 * np.ones(4) + 1e-8
    close(student.gradient(lambda x: np.sum(np.sin(1000 * x)), x, h=1e-6), slope, bound=bound)


@task("gradient", points=2)
def test_gradient_of_a_product(student, rng):
    """moves one coordinate at a time"""
    # Linear in each coordinate, so only rounding is left: 1e-16 * 30 / 1e-5 = 7e-10.
    close(student.gradient(lambda x: x[0] * x[1] * x[2], [2.0, 3.0, 5.0]), [15, 10, 6], atol=1e-7)
    a, b, c = x = rng.uniform(1, 2, 3)
    close(student.gradient(lambda x: x[0] * x[1] * x[2], x), [b * c, a * c, a * b], atol=1e-7)


@task("gradient", points=2)
def test_gradient_by_a_matrix(student, rng):
    """has one slope for every entry of a matrix or tensor"""
    # Linear and quadratic: rounding only, 1e-9.
    A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    close(student.gradient(lambda X: np.sum(A * X), np.ones((2, 3))), A, atol=1e-7)
    T = rng.normal(size=(2, 3, 2))
    close(student.gradient(lambda X: np.sum(T * X**2), np.ones((2, 3, 2))), 2 * T, atol=1e-7)


@task("gradient", points=1)
def test_gradient_at_integers(student):
    """takes integers as x"""
    # Quadratic: rounding only, 1e-16 * 30 / 1e-5 = 7e-10.
    close(student.gradient(lambda x: x[0] ** 2 + 3 * x[1], [2, 1]), [4.0, 3.0], atol=1e-7)
    x = np.array([[1, 2], [3, 4]])
    close(student.gradient(lambda x: np.sum(x**2), x), 2.0 * x, atol=1e-7)


@task("gradient", points=2)
def test_gradient_leaves_x_alone(student, rng):
    """leaves x unchanged, refuses h <= 0 and an f of several values"""
    keeps(student.gradient, lambda x: np.sum(x**2), np.array([0.1, 0.7, 1.3]))
    keeps(student.gradient, lambda x: np.sum(x**2), rng.normal(size=(5, 4)))
    refuses(student.gradient, np.sum, [1.0, 2.0], h=0)
    refuses(student.gradient, np.sum, [1.0, 2.0], h=-1e-5)
    refuses(student.gradient, lambda x: x**2, [1.0, 2.0])


# --- definite_integral --------------------------------------------------------------------------


@task("definite_integral", points=2)
def test_area_under_a_parabola(student):
    """errs by at most the trapezoid bound on four panels under x²"""
    # The bound of the contract with max|f''| = 2: 1.1 * 2 / (12 * 4²) for [0, 1].
    close(student.definite_integral(lambda x: x**2, 0, 1, n=4), 1 / 3, bound=2.2 / 192)
    bound = 1.1 * 2**3 * 2 / (12 * 4**2)
    close(student.definite_integral(lambda x: x**2, 1, 3, n=4), 26 / 3, bound=bound)


@task("definite_integral", points=2)
def test_error_of_the_area(student):
    """errs by at most 1.1 (b - a)³ max|f''| / (12 n²)"""
    for n in (3, 10, 50, 1000):
        bound = 1.1 / (12 * n**2)  # left sums err by (f(b) - f(a))(b - a) / 2n, at least twice that
        area = student.definite_integral(np.exp, 0.0, 1.0, n=n)
        close(area, np.e - 1, bound=bound * np.e)
        area = student.definite_integral(np.sin, 0.5, 2.5, n=n)
        close(area, np.cos(0.5) - np.cos(2.5), bound=bound * 8)
    close(student.definite_integral(np.cos, 0, 1), np.sin(1), bound=1.1 / 12e6)


@task("definite_integral", points=1)
def test_area_under_a_line(student, rng):
    """is exact for a straight line, even with one panel"""
    close(student.definite_integral(lambda x: 2 * x + 1, 1, 3, n=1), 10.0)
    close(student.definite_integral(lambda x: 2 * x + 1, 1, 3, n=7), 10.0)
    close(student.definite_integral(lambda x: x, 1, 1.3, n=3), 0.345)  # three steps of 0.1 do not end at 1.3 exactly
    m, a, b = rng.uniform(1, 2), *rng.uniform(0, 5, 2)
    area = m * (b**2 - a**2) / 2 + 3 * (b - a)
    close(student.definite_integral(lambda x: m * x + 3, a, b, n=3), area, atol=1e-9)  # rounding


@task("definite_integral", points=2)
def test_area_below_the_axis(student):
    """is negative below the axis and from right to left, and adds up"""
    close(student.definite_integral(lambda x: x - 2, 0, 2, n=2), -2.0)
    close(student.definite_integral(lambda x: x, -2, 1, n=3), -1.5)
    bound = 1.1 * 5**3 / (12 * 100**2)
    close(student.definite_integral(np.sin, 0, 5, n=100), 1 - np.cos(5), bound=bound)
    close(student.definite_integral(lambda x: x, 3, 1, n=2), -4.0)
    close(student.definite_integral(np.exp, 2, 2, n=5), 0.0, atol=1e-12)  # zero up to rounding
    parts = [student.definite_integral(np.exp, a, b, n=100) for a, b in [(0, 2), (2, 1)]]
    bound = 1.1 * (2**3 * np.exp(2) + np.exp(2)) / (12 * 100**2)
    close(parts, [np.exp(2) - 1, np.e - np.exp(2)], bound=bound)


@task("definite_integral", points=1)
def test_integral_needs_a_panel(student):
    """refuses n < 1"""
    refuses(student.definite_integral, np.exp, 0, 1, n=0)
    refuses(student.definite_integral, np.exp, 0, 1, n=-4)


# --- mse_loss -----------------------------------------------------------------------------------


@task("mse_loss", points=2)
def test_loss_of_three_points(student, rng):
    """is the mean of the squared residuals"""
    close(student.mse_loss([1.0, 3.0, 4.0], [0.0, 1.0, 2.0]), 3.0)
    for n in (1, 5, 40):
        y, p = rng.normal(size=(2, n))
        # Sums of 40 squares round by 1e-14 at most.
        close(keeps(student.mse_loss, y, p), sum((y[i] - p[i]) ** 2 for i in range(n)) / n, rtol=1e-12)


@task("mse_loss", points=1)
def test_loss_of_columns(student, rng):
    """treats a column (n, 1) and a flat vector (n,) alike"""
    column = np.array([[1.0], [3.0], [4.0]])
    close(student.mse_loss(column, [0.0, 1.0, 2.0]), 3.0)
    close(student.mse_loss([0.0, 1.0, 2.0], column), 3.0)
    close(student.mse_loss(column, column + 2), 4.0)
    y, p = rng.normal(size=(2, 8))
    close(student.mse_loss(y[:, None], p), np.mean((y - p) ** 2))


@task("mse_loss", points=1)
def test_loss_of_integers(student):
    """takes small unsigned integers without wrapping round"""
    y, p = np.array([3, 200], dtype=np.uint8), np.array([5, 100], dtype=np.uint8)
    close(student.mse_loss(y, p), 5002.0)
    close(student.mse_loss(p, y), 5002.0)
    close(student.mse_loss([1, 2], [4, 6]), 12.5)


@task("mse_loss", points=1)
def test_loss_of_repeated_rows(student, cars):
    """stays the same when every row is repeated, and is a squared unit"""
    close(student.mse_loss([0, 0], [1, 3]), 5.0)
    close(student.mse_loss([0, 0, 0, 0], [1, 1, 3, 3]), 5.0)
    close(student.mse_loss([0, 0], [10, 30]), 500.0)
    _, mpg = cars
    guess = np.full(mpg.size, mpg.mean())  # its loss is the variance
    close(student.mse_loss(mpg, guess), np.var(mpg))
    close(student.mse_loss(np.tile(mpg, 2), np.tile(guess, 2)), np.var(mpg))


@task("mse_loss", points=1)
def test_loss_refuses(student):
    """refuses vectors of different lengths and empty ones"""
    refuses(student.mse_loss, [1.0, 2.0, 3.0], [1.0, 2.0])
    refuses(student.mse_loss, [1.0, 2.0, 3.0], [2.0])
    refuses(student.mse_loss, [], [])


# --- mse_gradient -------------------------------------------------------------------------------


@task("mse_gradient", points=3)
def test_gradient_of_three_points(student):
    """is right on three points"""
    dw, db = student.mse_gradient([[0.0], [1.0], [2.0]], [1.0, 3.0, 4.0], [1.0], 0.0)
    close(dw, [-4.0], what="dw")
    close(db, -10 / 3, what="db")
    X = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 1.0]])
    dw, db = student.mse_gradient(X, [0.0, 1.0, 2.0], [1.0, 2.0], 1.0)  # residuals 2, 2, 3
    close(dw, [16 / 3, 10 / 3], what="dw")
    close(db, 14 / 3, what="db")


@task("mse_gradient", points=1)
def test_rows_of_zeros(student):
    """owes nothing in dw to a row of zeros, however large its residual"""
    dw, db = student.mse_gradient([[0.0], [1.0]], [1e8, 3.0], [1.0], 0.0)  # residuals -1e8, -2; differences of a loss of 5e15 tell nothing
    close(dw, [-2.0], what="dw")
    close(db, -100_000_002.0, what="db")


@task("mse_gradient", points=2)
def test_equals_the_slope_of_the_loss(student, rng):
    """equals the numerical slope of the loss in every direction"""
    h = 1e-3  # the loss is quadratic: central differences only round, by 1e-16 L / h = 1e-11
    for n, d in [(4, 2), (7, 3), (50, 5)]:
        X, y, w, b = rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d), rng.normal()
        dw, db = student.mse_gradient(X, y, w, b)
        slopes = [(loss(X, y, w + e, b) - loss(X, y, w - e, b)) / (2 * h) for e in h * np.eye(d)]
        close(dw, slopes, atol=1e-8, what="dw")
        close(db, (loss(X, y, w, b + h) - loss(X, y, w, b - h)) / (2 * h), atol=1e-8, what="db")


@task("mse_gradient", points=2)
def test_gradient_of_repeated_rows(student, cars):
    """does not grow with the number of rows, and is 0 at the best fit"""
    for copies in (1, 10):
        X, y = np.full((copies, 1), 2.0), np.full(copies, 1.0)
        dw, db = student.mse_gradient(X, y, [1.0], 0.0)
        close(dw, [4.0], what="dw")
        close(db, 2.0, what="db")
    X, mpg = cars
    w, b = least_squares(X, mpg)
    dw, db = student.mse_gradient(X, mpg, w, b)
    # Terms of size 1e3 cancel here, so rounding leaves 1e-11; one mpg more gives a slope of 200.
    close(dw, np.zeros(3), atol=1e-8, what="dw")
    close(db, 0.0, atol=1e-8, what="db")
    dw, db = student.mse_gradient(X, mpg, w, b + 1)
    close(dw, 2 * X.mean(axis=0), what="dw")
    close(db, 2.0, what="db")


@task("mse_gradient", points=2)
def test_gradient_of_a_column_of_targets(student, rng):
    """takes y as a column, too, and gives d slopes by w and one by b"""
    y = np.array([[1.0], [3.0], [4.0]])
    dw, db = student.mse_gradient([[0.0], [1.0], [2.0]], y, [1.0], 0.0)
    close(dw, [-4.0], what="dw")
    close(db, -10 / 3, what="db")
    X, y = rng.normal(size=(6, 2)), rng.normal(size=6)
    dw, db = student.mse_gradient(X, y[:, None], [0.0, 0.0], 0.0)  # all residuals are -y
    close(dw, [-sum(2 * X[i, j] * y[i] for i in range(6)) / 6 for j in (0, 1)], atol=1e-12, what="dw")
    close(db, -2 * y.mean(), atol=1e-12, what="db")  # rounding of six terms of size 1


@task("mse_gradient", points=1)
def test_gradient_of_integer_data(student):
    """takes integers and leaves its arguments unchanged"""
    X, y = np.array([[0], [1], [2]]), np.array([1, 3, 4])
    dw, db = keeps(student.mse_gradient, X, y, np.array([0.5]), 0.25)  # residuals -3/4, -9/4, -11/4
    close(dw, [-31 / 6], what="dw")
    close(db, -23 / 6, what="db")
    keeps(student.mse_gradient, X / 2, y / 2, np.array([0.5]), 0.25)


@task("mse_gradient", points=1)
def test_gradient_of_misfits(student):
    """refuses X, y and w that do not fit together"""
    X = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0]])
    refuses(student.mse_gradient, X, [1.0], [1.0, 1.0], 0.0)
    refuses(student.mse_gradient, X, [1.0, 2.0], [1.0, 1.0], 0.0)
    refuses(student.mse_gradient, X, [1.0, 2.0, 3.0], [1.0, 1.0, 1.0], 0.0)


# --- standardize --------------------------------------------------------------------------------


@task("standardize", points=2)
def test_columns_of_two_rows(student):
    """uses the mean and the population std of each column"""
    Z, mean, std = student.standardize([[1, 10], [3, 30]])
    close(Z, [[-1, -1], [1, 1]], what="Z")
    close(mean, [2, 20], what="mean")
    close(std, [1, 10], what="std")
    Z, mean, std = student.standardize([[0], [0], [0], [4]])
    close(Z, np.array([[-1], [-1], [-1], [3]]) / np.sqrt(3), what="Z")
    close(std, [np.sqrt(3)], what="std")


@task("standardize", points=2)
def test_standard_cars(student, cars):
    """gives the cars' columns mean 0 and std 1, in any unit"""
    X, _ = cars
    Z, mean, std = student.standardize(X)
    Z = close(Z, np.column_stack([(column - column.mean()) / column.std() for column in X.T]))
    close(Z * close(std, X.std(axis=0)) + close(mean, X.mean(axis=0)), X)
    other_units = X * np.array([1e-3, 1e4, 12.0]) + np.array([1.0, 0.0, -900.0])
    Z2, _, _ = student.standardize(other_units)
    close(Z2, Z, atol=1e-9)  # rounding 1e-16 mean / std, at most 1e-14


@task("standardize", points=2)
def test_constant_columns(student, rng):
    """centres a constant column, reports its std as 1, and no other's"""
    Z, mean, std = student.standardize([[5, 1], [5, 3]])
    close(Z, [[0, -1], [0, 1]], what="Z")
    close(mean, [5, 2], what="mean")
    close(std, [1, 1], what="std")
    Z, mean, std = student.standardize([[0.1], [0.1], [0.1]])
    close(std, [1], what="std")
    close(Z, [[0], [0], [0]], atol=1e-12, what="Z")  # 0.1 minus its rounded mean is 1e-17
    for n in (3, 6, 7, 10, 30):  # std rounds to 1e-17 for 0.1 and to 1e-11 for 123456.7
        wave = 1e-9 * rng.permutation(n)  # varies, though little
        X = np.column_stack([np.full(n, 0.1), wave, np.full(n, 123456.7), np.full(n, -123456.7)])
        Z, mean, std = student.standardize(X)
        close(std, [1.0, wave.std(), 1.0, 1.0], what="std")
        close(Z, np.column_stack([np.zeros(n), (wave - wave.mean()) / wave.std(), np.zeros((n, 2))]),
              atol=1e-9)  # centring 123456.7 leaves 1e-10 at most
        close(mean, [0.1, wave.mean(), 123456.7, -123456.7], what="mean")


@task("standardize", points=2)
def test_standardize_leaves_X_alone(student):
    """leaves X unchanged, refuses what is no table or has no rows"""
    keeps(student.standardize, np.array([[1.0, 10.0], [3.0, 30.0]]))
    keeps(student.standardize, np.array([[1, 10], [3, 30]]))
    refuses(student.standardize, [1.0, 2.0, 3.0])
    refuses(student.standardize, np.empty((0, 2)))
    refuses(student.standardize, np.ones((2, 2, 2)))


# --- gradient_descent ---------------------------------------------------------------------------


@task("gradient_descent", points=3)
def test_path_down_a_parabola(student, rng):
    """gives the whole path down a parabola, start included"""
    close(student.gradient_descent(lambda x: 2 * x, [4.0], 0.1, 2), [[4.0], [3.2], [2.56]])
    a, x0 = rng.uniform(0.5, 2, 3), rng.uniform(1, 3, 3)
    powers = (1 - 2 * 0.05 * a) ** np.arange(31)[:, None]
    # The closed form x_t = (1 - 2 lr a)^t x_0; thirty roundings are 1e-14.
    close(student.gradient_descent(lambda x: 2 * a * x, x0, 0.05, 30), powers * x0)


@task("gradient_descent", points=2)
def test_path_of_coupled_coordinates(student, rng):
    """moves all coordinates at once, each by the slope at the old point"""
    def coupled(x):  # slopes of (x0 + x1)² + x0² / 2
        return np.array([3 * x[0] + 2 * x[1], 2 * x[0] + 2 * x[1]])

    path = [[1, 0], [0.7, -0.2], [0.53, -0.3]]
    close(student.gradient_descent(coupled, [1.0, 0.0], 0.1, 2), path)

    def quartic(x):  # slopes of (x0² + x1²)² + x0 x1
        return 4 * (x @ x) * x + x[::-1]

    path = [rng.uniform(0.5, 1, 2)]
    for _ in range(20):
        path.append(path[-1] - 0.02 * quartic(path[-1]))
    # Twenty roundings of numbers below 1.
    close(student.gradient_descent(quartic, path[0], 0.02, 20), path, atol=1e-12)


@task("gradient_descent", points=2)
def test_rows_of_the_path(student):
    """has n_steps + 1 rows, even with no step and where nothing moves"""
    close(student.gradient_descent(lambda x: 2 * x, [4.0, 1.0], 0.1, 0), [[4.0, 1.0]])
    close(student.gradient_descent(lambda x: 2 * x, [0.0, 0.0], 0.1, 3), np.zeros((4, 2)))
    close(student.gradient_descent(lambda x: 2 * x, [4.0, 1.0], 0.5, 2), [[4, 1], [0, 0], [0, 0]])


@task("gradient_descent", points=1)
def test_path_from_integers(student):
    """takes integers as the start"""
    close(student.gradient_descent(lambda x: 2 * x, np.array([4]), 0.1, 2), [[4.0], [3.2], [2.56]])
    close(student.gradient_descent(lambda x: x, [2, -2], 0.25, 1), [[2, -2], [1.5, -1.5]])


@task("gradient_descent", points=2)
def test_start_of_the_path(student, rng):
    """leaves x0 unchanged, refuses lr <= 0 and n_steps < 0"""
    keeps(student.gradient_descent, lambda x: 2 * x, np.array([4.0]), 0.1, 2)
    keeps(student.gradient_descent, lambda x: 2 * x, rng.normal(size=5), 0.1, 4)
    refuses(student.gradient_descent, lambda x: 2 * x, [4.0], 0.0, 2)
    refuses(student.gradient_descent, lambda x: 2 * x, [4.0], -0.1, 2)
    refuses(student.gradient_descent, lambda x: 2 * x, [4.0], 0.1, -1)


# --- fit_linear_regression ----------------------------------------------------------------------


def reaches_the_least_loss(X, y, w, b):
    """Fail unless (w, b) has the least loss but for the millionth that the contract grants.

    In standard units that millionth moves no weight by more than e = sqrt(1e-6 * 20 * least): the
    smallest eigenvalue of a correlation matrix of condition 20 is at least 1/20.
    """
    best_w, best_b = least_squares(X, y)
    least = loss(X, y, best_w, best_b)
    e = np.sqrt(20e-6 * least)
    w = close(w, best_w, rtol=0.02)  # the data are such that e is below 2 % of every weight
    b = close(b, best_b, rtol=0, atol=e * (1 + np.sum(np.abs(X.mean(axis=0)) / X.std(axis=0))))
    between(loss(X, y, w, b) / least - 1, -1e-9, 1e-6, "the gap to the least loss, relative to it,")


@task("fit_linear_regression", points=3)
def test_line_through_three_points(student):
    """finds the best line through three points"""
    w, b = student.fit_linear_regression([[0.0], [1.0], [2.0]], [1.0, 3.0, 4.0])
    # A loss within a millionth of the least one, 1/18, allows 3e-4 in w and b.
    close(w, [1.5], rtol=5e-4, what="w")
    close(b, 7 / 6, rtol=5e-4, what="b")
    w, b = student.fit_linear_regression([[3], [5], [7], [9]], [0, 1, 0, 3])
    close(w, [0.4], rtol=5e-3, what="w")  # here the least loss is 0.7, which allows 4e-4 in w and 3e-3 in b
    close(b, -1.4, rtol=5e-3, what="b")


@task("fit_linear_regression", points=2)
def test_line_in_other_units(student):
    """finds the same line whatever the unit and the zero of X"""
    for unit, zero in [(0.1, 0.0), (10.0, 0.0), (1.0, 5.0), (1.0, 2000.0)]:
        X = np.array([[0.0], [1.0], [2.0]]) * unit + zero
        w, b = student.fit_linear_regression(X, [1.0, 3.0, 4.0])
        # As above: 5e-4 of the weight, which the intercept multiplies by the distance to 0.
        close(w, [1.5 / unit], rtol=5e-4, what="w")
        close(b, 7 / 6 - 1.5 * zero / unit, rtol=0, atol=1e-3 * (1 + zero), what="b")


@task("fit_linear_regression", points=3)
def test_columns_of_all_sizes(student, rng):
    """reaches the least loss for columns of size 0.01 to 10000"""
    n = 60
    Q, _ = np.linalg.qr(with_ones(rng.normal(size=(n, 3)))[:, ::-1])
    C = np.linalg.cholesky([[1, 0.85, 0], [0.85, 1, 0], [0, 0, 1]])  # correlations: condition 12.3
    U = np.sqrt(n) * Q[:, 1:] @ C.T
    y = 3 + U @ [1.5, 1.0, -2.0] + 0.3 * rng.normal(size=n)
    for scale, mean in [([1, 1, 1], 0), ([1, 0.2, 2], 0.5), ([0.01, 1, 1e4], [1, -20, 5e4])]:
        X = U * np.array(scale) + mean
        w, b = student.fit_linear_regression(X, y)
        reaches_the_least_loss(X, y, w, b)


@task("fit_linear_regression", points=2)
def test_cars_by_descent(student, cars):
    """reaches the least loss for the fuel economy of 392 cars"""
    X, mpg = cars
    X = X[:, :2] * np.array([1.0, 1000.0])  # horsepower and kg: condition 13.8 when standardised
    w, b = student.fit_linear_regression(X, mpg)
    reaches_the_least_loss(X, mpg, w, b)


@task("fit_linear_regression", points=1)
def test_steps_of_the_fit(student):
    """gives finite numbers without a step; more and longer steps come further"""
    X, y = np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 4.0])
    losses = []
    for lr, n_steps in ((0.05, 0), (0.05, 5), (0.05, 500), (1e-9, 500)):
        w, b = student.fit_linear_regression(X, y, lr=lr, n_steps=n_steps)
        w, b = close(w, [0.0], atol=1e9), close(b, 0.0, atol=1e9)  # any finite numbers will do
        losses.append(loss(X, y, w, b))
    # After 5 steps of 0.05 a third of the error in w is left, after 500 nothing; 500 steps of 1e-9 go nowhere.
    between(losses[2], 0, losses[1] - 1e-3, "the loss after 500 steps of 0.05, below that after 5,")
    between(losses[2], 0, losses[3] - 1e-3, "the loss after 500 steps of 0.05, below that after 500 of 1e-9,")


@task("fit_linear_regression", points=1)
def test_fit_of_misfits(student):
    """refuses X and y of different lengths and leaves both unchanged"""
    X, y = np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 4.0])
    refuses(student.fit_linear_regression, X, [1.0, 3.0])
    refuses(student.fit_linear_regression, X, [1.0])
    keeps(student.fit_linear_regression, X, y, n_steps=3)


# --- normal_equation ----------------------------------------------------------------------------


@task("normal_equation", points=3)
def test_solution_for_three_points(student):
    """finds the best line through three points"""
    w, b = student.normal_equation([[0.0], [1.0], [2.0]], [1.0, 3.0, 4.0])
    close(w, [1.5], what="w")
    close(b, 7 / 6, what="b")
    w, b = student.normal_equation([[3], [5], [7], [9]], [0, 1, 0, 3])
    close(w, [0.4], what="w")
    close(b, -1.4, what="b")


@task("normal_equation", points=2)
def test_solution_equals_least_squares(student, rng):
    """equals the least-squares solution, for y flat or as a column"""
    w, b = student.normal_equation([[0.0], [1.0], [2.0]], [[1.0], [3.0], [4.0]])
    close(w, [1.5], what="w")
    close(b, 7 / 6, what="b")
    for scale in (1.0, 1e-3):
        X = scale * (rng.normal(size=(20, 3)) @ np.array([[1, 0.5, 0], [0, 1, 0], [0, 0, 1]]) + 2)
        y = X @ [1 / scale, -2 / scale, 3 / scale] + 1 + 0.1 * rng.normal(size=20)
        best_w, best_b = least_squares(X, y)
        for target in (y, y[:, None]):
            w, b = student.normal_equation(X, target)
            # The normal equation squares the condition number, up to 1e4: 1e-16 * 1e8 = 1e-8.
            close(w, best_w, rtol=1e-6, what="w")
            close(b, best_b, rtol=1e-6, atol=1e-6, what="b")


@task("normal_equation", points=2)
def test_residuals_of_the_cars(student, cars):
    """leaves residuals of 392 cars that are orthogonal to every column"""
    X, mpg = cars
    w, b = student.normal_equation(X, mpg)
    best_w, best_b = least_squares(X, mpg)
    w, b = close(w, best_w, rtol=1e-5), close(b, best_b, rtol=1e-5)  # condition 4e3, squared: 4e-9
    Z = with_ones(X)
    cosines = Z.T @ (mpg - X @ w - b) / (np.linalg.norm(Z, axis=0) * np.linalg.norm(mpg))
    close(cosines, np.zeros(4), atol=1e-8)  # rounding 1e-16 * condition² is 2e-9


@task("normal_equation", points=2)
def test_dependent_columns(student, rng):
    """refuses columns that depend on each other, in all of 40 tables"""
    # On these two, solve() returns numbers without complaint, and the same ones every time.
    refuses(student.normal_equation, [[1, 3], [2, 6], [3, 9], [4, 12]], [1, 2, 3, 5])
    refuses(student.normal_equation, [[1, 3], [2, 3], [3, 3], [4, 3]], [1, 2, 3, 5])
    for _ in range(10):  # rounding makes solve() succeed on 95 % of the first two, hence ten each
        celsius, other, y = rng.normal(15, 8, 20), rng.normal(size=20), rng.normal(size=20)
        for third in (1.8 * celsius + 32, celsius + other, 3 * celsius, np.full(20, 0.1)):
            refuses(student.normal_equation, np.column_stack([celsius, other, third]), y)


@task("normal_equation", points=1)
def test_as_many_rows_as_unknowns(student):
    """goes through d + 1 points, refuses fewer, changes nothing"""
    w, b = keeps(student.normal_equation, np.array([[1.0], [3.0]]), np.array([2.0, 8.0]))
    close(w, [3.0], what="w")
    close(b, -1.0, what="b")
    refuses(student.normal_equation, [[1.0]], [2.0])
    refuses(student.normal_equation, [[1.0, 2.0], [3.0, 5.0]], [2.0, 1.0])


# --- r_squared ----------------------------------------------------------------------------------


@task("r_squared", points=2)
def test_score_of_three_points(student, rng):
    """is 1 minus the squared residuals over the squared deviations"""
    close(student.r_squared([1.0, 2.0, 3.0], [1.0, 2.0, 4.0]), 0.5)
    close(student.r_squared([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]), 1.0)
    close(student.r_squared([1.0, 3.0], [1.0, 2.0]), 0.5)
    close(student.r_squared([1e-7, 2e-7, 3e-7], [1e-7, 2e-7, 4e-7]), 0.5)
    close(student.r_squared([1.0, 2.0, 3.0], [2.0, 2.0, 2.0]), 0.0, atol=1e-12)  # 1 - 1 may round
    y = rng.normal(3, 2, 30)
    p = y + rng.normal(size=30)
    ratio = (p - y) @ (p - y) / (30 * np.var(y))
    close(keeps(student.r_squared, y, p), 1 - ratio, atol=1e-12)  # rounding of thirty terms


@task("r_squared", points=2)
def test_score_of_a_bad_model(student, rng):
    """punishes a wrong level or scale, below 0 if need be"""
    close(student.r_squared([1.0, 2.0, 3.0], [3.0, 2.0, 1.0]), -3.0)
    y = rng.uniform(0, 1, 9)
    close(student.r_squared(y, y + 5), 1 - 9 * 25 / np.sum((y - y.mean()) ** 2))
    close(student.r_squared([0.0, 2.0, 4.0, 6.0], [1.0, 3.0, 5.0, 7.0]), 0.8)
    close(student.r_squared([0.0, 2.0, 4.0, 6.0], [0.0, 1.0, 2.0, 3.0]), 0.3)
    close(student.r_squared([0.0, 1.0, 2.0, 3.0], [0.0, 2.0, 4.0, 6.0]), -1.8)


@task("r_squared", points=1)
def test_score_of_the_cars(student, cars):
    """is the share of the cars' variance that weight explains"""
    column = np.array([[1.0], [2.0], [3.0]])
    close(student.r_squared(column, [1.0, 2.0, 4.0]), 0.5)
    close(student.r_squared([1.0, 2.0, 3.0], [[1.0], [2.0], [4.0]]), 0.5)
    X, mpg = cars
    tonnes = X[:, 1:2]
    w, b = least_squares(tonnes, mpg)
    score = np.corrcoef(X[:, 1], mpg)[0, 1] ** 2  # equals R² for least-squares fits
    close(student.r_squared(mpg, tonnes @ w + b), score)
    close(student.r_squared(mpg[:, None], tonnes @ w + b), score)
    close(student.r_squared(mpg / 2.352, (tonnes @ w + b) / 2.352), score)  # km per litre


@task("r_squared", points=1)
def test_score_refuses(student):
    """refuses constant targets, different lengths, a single point"""
    refuses(student.r_squared, [5.0, 5.0, 5.0], [4.0, 5.0, 6.0])
    refuses(student.r_squared, [0.1, 0.1, 0.1], [0.0, 0.1, 0.2])  # their mean is not quite 0.1
    refuses(student.r_squared, [1.0, 2.0, 3.0], [1.0, 2.0])
    refuses(student.r_squared, [1.0, 2.0, 3.0], [2.0])
    refuses(student.r_squared, [1.0], [1.0])


# --- max_stable_learning_rate -------------------------------------------------------------------


def steepest(X):
    """The largest eigenvalue of the Hessian, from the largest singular value of [X, 1]."""
    return 2 / len(X) * np.linalg.norm(with_ones(X), 2) ** 2


@task("max_stable_learning_rate", points=3)
def test_limit_for_three_points(student):
    """is right for three points"""
    close(student.max_stable_learning_rate([[0.0], [1.0], [2.0]]), 3 / (4 + np.sqrt(10)))
    close(student.max_stable_learning_rate([[3], [3]]), 0.1)  # H = [[18, 6], [6, 2]]: 20 and 0
    close(student.max_stable_learning_rate([[1.0], [-1.0], [1.0], [-1.0]]), 1.0)


@task("max_stable_learning_rate", points=3)
def test_limit_equals_two_over_curvature(student, rng, cars):
    """is 2/λ for the largest eigenvalue λ of the Hessian"""
    close(student.max_stable_learning_rate([[1, 2], [5, 4]]), 2 / (24 + np.sqrt(520)))
    for n, d in [(30, 2), (12, 4), (4, 9)]:
        X = rng.normal(1.5, 1, size=(n, d))
        close(student.max_stable_learning_rate(X), 2 / steepest(X), rtol=1e-8)  # eigenvalues: 1e-15
    close(student.max_stable_learning_rate([[3000.0], [3000.0]]), 1 / (3000**2 + 1))
    X, _ = cars
    pounds = X[:, 1:2] * 1000 / POUND
    close(student.max_stable_learning_rate(pounds), 2 / steepest(pounds), rtol=1e-8)
    close(student.max_stable_learning_rate(X), 2 / steepest(X), rtol=1e-8)


@task("max_stable_learning_rate", points=2)
def test_descent_at_the_limit(student, rng):
    """separates learning rates that converge from those that explode"""
    for X in (np.array([[0.0], [1.0], [2.0]]), rng.normal(2, 1, size=(25, 3))):
        limit = student.max_stable_learning_rate(X)
        between(limit, 1e-3, 1e3, "the limit")
        Z = with_ones(X)
        H = 2 / len(Z) * Z.T @ Z
        for factor, low, high in [(0.98, 0, 1), (1.02, 1e2, 1e300)]:
            start = error = np.ones(len(H))  # the targets are 0, so the parameters are the error
            with np.errstate(all="ignore"):
                for _ in range(300):  # (1.02 * 2 - 1)^600 = 1.6e10, so the loss must explode
                    error = error - factor * limit * H @ error
                growth = error @ H @ error / (start @ H @ start)
            between(growth, low, high, f"the growth of the loss in 300 steps of {factor} your limit")


@task("max_stable_learning_rate", points=1)
def test_limit_of_repeated_rows(student, rng):
    """does not change when every row is repeated, and falls like 1/X²"""
    for copies in (1, 5):
        close(student.max_stable_learning_rate(np.full((copies, 1), 2.0)), 0.2)
    X = rng.normal(size=(3, 8))
    close(student.max_stable_learning_rate(np.repeat(X, 4, axis=0)), 2 / steepest(X), rtol=1e-8)
    close(student.max_stable_learning_rate(1e6 * X) * 1e12, 2 / steepest(1e6 * X) * 1e12, rtol=1e-8)


@task("max_stable_learning_rate", points=1)
def test_limit_refuses(student):
    """refuses an X that is not a table or is empty, and leaves X unchanged"""
    keeps(student.max_stable_learning_rate, np.array([[0.0], [1.0], [2.0]]))
    refuses(student.max_stable_learning_rate, [1.0, 2.0, 3.0])
    refuses(student.max_stable_learning_rate, np.empty((0, 2)))
    refuses(student.max_stable_learning_rate, np.ones((2, 2, 2)))
