"""Project 1: linear regression from calculus.

Eleven functions that lead from the slope of a curve to a fitted model. Each docstring says
exactly what its function must do; the handout projects/1-linear-regression/README.md derives
it. Grade your work with `make project-1`.

Everywhere: rows of X are observations, array arguments may be lists or integers, computing is
done in float64, and no argument is ever changed.
"""
import numpy as np


def predict(X, w, b):
    """Return the predictions Xw + b of a linear model. (Solved: read it as a model of style.)

    X: (n, d) features; w: (d,) weights, one per column of X; b: number, the intercept.
    Returns an array of shape (n,), in the unit of the target.
    Raises ValueError if X is not 2-D or w does not have d entries.

    Example: X = [[0], [1], [2]], w = [1.5], b = 1 gives [1, 2.5, 4].
    """
    X, w = np.asarray(X, float), np.asarray(w, float)
    if X.ndim != 2 or w.shape != X.shape[1:]:
        raise ValueError(f"each column of X needs one weight: X is {X.shape}, w is {w.shape}")
    return X @ w + b


def mse_loss(y_true, y_pred):
    """Return the mean squared error (1/n) Σ (y_pred_i - y_true_i)².

    y_true, y_pred: array-likes of n numbers, each of shape (n,) or (n, 1), of any number type.
    Returns a float, in the square of the target's unit. There is no factor 1/2.
    Raises ValueError if the lengths differ or n = 0.

    Example: y_true = [1, 3, 4], y_pred = [0, 1, 2] gives (1 + 4 + 4)/3 = 3.
    """
    raise NotImplementedError


def derivative(f, x, h=1e-5):
    """Return the derivative f'(x) by the central difference (f(x+h) - f(x-h)) / (2h).

    f: function of a float, or elementwise of a float array; x: number or array-like of any
    shape, integers allowed; h: step > 0, in the unit of x.
    Returns float64 of the shape of x, with an error of at most h² max|f'''| / 6 plus rounding.
    Raises ValueError if h <= 0. Do without np.gradient.

    Example: f(x) = x³ at x = 2 with h = 0.5 gives 12.25 (exact slope 12, error h² = 0.25).
    """
    raise NotImplementedError


def gradient(f, x, h=1e-5):
    """Return all partial derivatives of f at x by central differences.

    Entry i is (f(x + h e_i) - f(x - h e_i)) / (2h), where e_i is 1 at index i and 0 elsewhere.
    f: function of an array of the shape of x that returns one number; x: array-like of any
    shape (vector, matrix, tensor), integers allowed, never changed; h: step > 0.
    Returns a float64 array of the shape of x. Do without np.gradient.
    Raises ValueError if h <= 0 or f returns more than one number.

    Example: f(x) = x0² + 2 x0 x1 + 3 x1² at x = [1, 1] gives [4, 8].
    """
    raise NotImplementedError


def gradient_descent(grad, x0, lr, n_steps):
    """Return the path of gradient descent: path[0] = x0, path[t+1] = path[t] - lr grad(path[t]).

    grad: function from shape (d,) to shape (d,); x0: (d,) start, integers allowed; lr: learning
    rate > 0; n_steps: number of steps >= 0.
    Returns a float64 array of shape (n_steps + 1, d) that holds every point, the start included.
    Raises ValueError if lr <= 0 or n_steps < 0.

    Example: f(x) = x², so grad(x) = 2x, from [4] with lr = 0.1 and two steps gives
    [[4], [3.2], [2.56]].
    """
    raise NotImplementedError


def mse_gradient(X, y, w, b):
    """Return the gradient of the loss L(w, b) = (1/n) Σ (x_i·w + b - y_i)² by w and by b.

    x_i is row i of X. Derive the two formulas on paper; numerical differentiation is not allowed.
    X: (n, d); y: (n,) or (n, 1); w: (d,); b: number.
    Returns the pair (dw, db): dw of shape (d,) holds dL/dw_j, the number db is dL/db.
    Raises ValueError if X, y and w do not fit together.

    Example: X = [[0], [1], [2]], y = [1, 3, 4], w = [1], b = 0 gives ([-4], -10/3).
    """
    raise NotImplementedError


def standardize(X):
    """Shift and scale every column of X to mean 0 and standard deviation 1.

    Z = (X - mean) / std with the mean and the population std (divide by n, ddof=0) of each column.
    A column is constant if std <= 1e-12 max(1, |mean|): it is only centred (to about zero) and
    its std is reported as 1.
    X: (n, d), in any units. Returns (Z, mean, std) of shapes (n, d), (d,) and (d,).
    Raises ValueError if X is not 2-D or has no rows.

    Example: X = [[1, 10], [3, 30]] gives Z = [[-1, -1], [1, 1]], mean = [2, 20], std = [1, 10].
    """
    raise NotImplementedError


def fit_linear_regression(X, y, lr=0.1, n_steps=2000):
    """Return the (w, b) that minimise the mean squared error of Xw + b, found by gradient descent.

    X: (n, d), columns of any size and unit; y: (n,); lr: learning rate; n_steps: number of steps.
    Returns (w, b), an array of shape (d,) and a number, in the units of X and y. With the default
    lr and n_steps the loss exceeds the least possible one by at most a millionth of it (if that is
    not 0), whatever the units, as long as the correlation matrix of the (fewer than ten) columns
    has a condition number of at most 20. n_steps = 0 is legal and gives finite numbers. No
    least-squares solver.
    Raises ValueError if X and y have different numbers of rows. Do without np.linalg.solve.

    Example: X = [[0], [1], [2]], y = [1, 3, 4] gives w = [1.5], b = 7/6.
    """
    raise NotImplementedError


def normal_equation(X, y):
    """Return the least-squares (w, b) by solving ZᵀZ θ = Zᵀy with Z = [X, 1] and θ = (w, b).

    X: (n, d); y: (n,) or (n, 1). Returns (w, b): an array of shape (d,) and a number.
    Raises ValueError if Z does not have full column rank d + 1 (collinear columns, a constant
    column, fewer than d + 1 rows): then there is no single answer. Do without np.linalg.lstsq.

    Example: X = [[0], [1], [2]], y = [1, 3, 4] gives w = [1.5], b = 7/6.
    """
    raise NotImplementedError


def max_stable_learning_rate(X):
    """Return the largest learning rate below which gradient descent on the MSE of Xw + b converges.

    It is 2/λ_max, where λ_max is the largest eigenvalue of the Hessian H of that loss by (w, b).
    X: (n, d), raw features: do not standardise them.
    Returns a float: every constant learning rate below it converges, every one above it diverges.
    Raises ValueError if X is not 2-D or is empty.

    Example: X = [[0], [1], [2]] has H = (2/3) [[5, 3], [3, 3]], λ_max = 4.775, so 0.4189.
    """
    raise NotImplementedError


def definite_integral(f, a, b, n=1000):
    """Return the signed integral of f from a to b, approximated on n panels of equal width.

    The trapezoid rule with h = (b - a)/n and x_i = a + i h is
    h (f(x_0)/2 + f(x_1) + ... + f(x_{n-1}) + f(x_n)/2).
    f: elementwise function of a float array; a, b: numbers; n: number of panels, >= 1.
    Returns a float. Parts below the axis count negative; a > b changes the sign; a = b gives 0.
    Any rule is accepted whose error is at most 1.1 |b - a|³ max|f''| / (12 n²).
    Raises ValueError if n < 1. Do without np.trapezoid.

    Example: x² from 0 to 1 with n = 4 gives 0.34375 (exact: 1/3).
    """
    raise NotImplementedError


def r_squared(y_true, y_pred):
    """Return R² = 1 - Σ (y_true_i - y_pred_i)² / Σ (y_true_i - mean(y_true))².

    y_true, y_pred: array-likes of n numbers, each of shape (n,) or (n, 1).
    Returns a float without unit: 1 for perfect predictions, 0 for those no better than the mean of
    y_true, below 0 (not clipped) for worse ones. Do without np.corrcoef.
    Raises ValueError if the lengths differ, n < 2, or all entries of y_true are equal.

    Example: y_true = [1, 2, 3], y_pred = [3, 2, 1] gives 1 - 8/2 = -3.
    """
    raise NotImplementedError
