"""Right answers to project 1 that look unusual: <task>__<how>. A fair grader gives them full points."""
import numpy as np


def _require(condition):
    if not condition:
        raise ValueError("bad input")


def _flat(y):
    return np.ravel(np.asarray(y, float))


def _pair(y_true, y_pred, least=1):
    y_true, y_pred = _flat(y_true), _flat(y_pred)
    _require(y_true.size == y_pred.size >= least)
    return y_true, y_pred


def _rows(X, y):
    X, y = np.asarray(X, float), _flat(y)
    _require(X.ndim == 2 and len(X) == y.size)
    return X, y


def _with_ones(X):
    return np.column_stack([X, np.ones(len(X))])


# --- derivative ---------------------------------------------------------------------------------


def derivative__five_points(f, x, h=1e-5):
    """Richardson: two central differences, h and h/2, combined so that the h² error cancels, too."""
    _require(h > 0)
    x = np.asarray(x, float)
    wide = (f(x + h) - f(x - h)) / (2 * h)
    narrow = (f(x + h / 2) - f(x - h / 2)) / h
    return (4 * narrow - wide) / 3


def derivative__number_by_number(f, x, h=1e-5):
    """Calls f with one python float at a time and returns nested lists, or a float for a scalar x."""
    _require(h > 0)

    def slopes(x):
        if isinstance(x, list):
            return [slopes(v) for v in x]
        return float((f(x + h) - f(x - h)) / (2 * h))

    return slopes(np.asarray(x, float).tolist())


def derivative__width_as_computed(f, x, h=1e-5):
    """Divides by the width that the rounded points really have, which is 2h up to rounding."""
    _require(h > 0)
    right, left = np.asarray(x, float) + h, np.asarray(x, float) - h
    return np.asarray(f(right) - f(left)) / (right - left)


# --- gradient -----------------------------------------------------------------------------------


def gradient__list_of_lists(f, x, h=1e-5):
    """Walks over a flat copy, moves it in place (its own, not the caller's) and returns nested lists."""
    _require(h > 0)
    x = np.array(x, float)
    slopes = []
    for i in range(x.size):
        middle = x.flat[i]
        values = []
        for moved in (middle + h, middle - h):
            x.flat[i] = moved
            values.append(np.asarray(f(x), float))
        x.flat[i] = middle
        _require(values[0].size == 1)
        slopes.append(float((values[0] - values[1]).reshape(())) / (2 * h))
    return np.reshape(slopes, x.shape).tolist()


def gradient__unit_vectors(f, x, h=1e-5):
    """A comprehension over the rows of the identity matrix, each as a derivative along a line."""
    _require(h > 0)
    x = np.asarray(x, float)
    along = lambda e, t: np.asarray(f(x + t * e.reshape(x.shape)), float)
    rises = [along(e, h) - along(e, -h) for e in np.eye(x.size)]
    _require(all(rise.size == 1 for rise in rises))
    return np.reshape([rise.item() / (2 * h) for rise in rises], x.shape)


def gradient__five_points(f, x, h=1e-5):
    """The five-point formula, of fourth order: more exact than asked for."""
    _require(h > 0)
    x = np.asarray(x, float)
    slopes = np.empty_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        rise = 8 * (np.asarray(f(x + e)) - f(x - e)) - (np.asarray(f(x + 2 * e)) - f(x - 2 * e))
        _require(rise.size == 1)
        slopes[i] = rise.item() / (12 * h)
    return slopes


# --- definite_integral --------------------------------------------------------------------------


def definite_integral__midpoints(f, a, b, n=1000):
    """The midpoint rule: its error bound is half of the trapezoid's."""
    _require(n >= 1)
    h = (b - a) / n
    return h * np.sum(f(a + h * (np.arange(n) + 0.5)))


def definite_integral__simpson(f, a, b, n=1000):
    """Simpson's rule on every panel: (2 midpoint + trapezoid) / 3, exact up to cubics."""
    _require(n >= 1)
    x = np.linspace(a, b, n + 1)
    ends, middles = f(x), f((x[1:] + x[:-1]) / 2)
    return np.asarray((b - a) / n * np.sum(ends[1:] + ends[:-1] + 4 * middles) / 6)


def definite_integral__loop(f, a, b, n=1000):
    """Adds one trapezoid after the other and calls f with python floats."""
    _require(n >= 1)
    h, total = (b - a) / n, 0.0
    for i in range(n):
        total += (f(a + i * h) + f(a + (i + 1) * h)) / 2 * h
    return float(total)


# --- mse_loss -----------------------------------------------------------------------------------


def mse_loss__loop(y_true, y_pred):
    """A generator over python floats and a division by n: no numpy in the formula."""
    y, p = _pair(y_true, y_pred)
    return sum((b - a) ** 2 for a, b in zip(y.tolist(), p.tolist())) / len(y)


def mse_loss__scalar_product(y_true, y_pred):
    """r·r / n as a 0-d array: the squared length of the residual vector, divided by n."""
    y, p = _pair(y_true, y_pred)
    r = y - p
    return np.asarray(r @ r / r.size)


def mse_loss__variance_and_bias(y_true, y_pred):
    """The mean square is the variance of the residuals plus the square of their mean."""
    y, p = _pair(y_true, y_pred)
    return np.var(p - y) + np.mean(p - y) ** 2


# --- mse_gradient -------------------------------------------------------------------------------


def mse_gradient__row_by_row(X, y, w, b):
    """Sums the gradients of the single squares in a loop and returns lists."""
    X, y = _rows(X, y)
    _require(X.shape[1:] == np.shape(w))
    n, d = X.shape
    dw, db = [0.0] * d, 0.0
    for i in range(n):
        r = sum(X[i, j] * w[j] for j in range(d)) + b - y[i]
        dw = [dw[j] + 2 * r * X[i, j] / n for j in range(d)]
        db += 2 * r / n
    return [dw, db]


def mse_gradient__with_ones(X, y, w, b):
    """Takes b as the weight of a column of ones and splits the joint gradient in two."""
    X, y = _rows(X, y)
    _require(X.shape[1:] == np.shape(w))
    Z = _with_ones(X)
    g = 2 * np.mean(Z * (Z @ np.append(np.asarray(w, float), b) - y)[:, None], axis=0)
    return g[:-1], g[-1]


def mse_gradient__expanded(X, y, w, b):
    """From the expanded square: 2 (S w + m b - X'y/n) with the second moments S and the means m."""
    X, y = _rows(X, y)
    w = np.asarray(w, float)
    _require(X.shape[1:] == w.shape)
    S, m = np.einsum("ni,nj->ij", X, X) / len(X), X.mean(axis=0)
    return tuple([2 * (S @ w + m * b - np.einsum("ni,n->i", X, y) / len(X)), 2 * (m @ w + b - y.mean())])


# --- standardize --------------------------------------------------------------------------------


def standardize__column_by_column(X):
    """A loop over columns that builds Z transposed and returns lists."""
    X = np.asarray(X, float)
    _require(X.ndim == 2 and len(X))
    columns, means, stds = [], [], []
    for column in X.T:
        m = float(np.mean(column))
        s = float(np.mean((column - m) ** 2)) ** 0.5
        s = 1.0 if s <= 1e-12 * max(1.0, abs(m)) else s
        columns.append((column - m) / s)
        means.append(m)
        stds.append(s)
    return np.transpose(columns).tolist(), means, stds


def standardize__length_of_columns(X):
    """The std is the length of the centred column over root n; only the varying columns are divided."""
    X = np.array(X, float)
    _require(X.ndim == 2 and len(X))
    mean = X.mean(axis=0)
    X -= mean
    std = np.linalg.norm(X, axis=0) / np.sqrt(len(X))
    varies = std > 1e-12 * np.maximum(1, abs(mean))
    X[:, varies] /= std[varies]
    std[~varies] = 1
    return [X, mean, std]


# --- gradient_descent ---------------------------------------------------------------------------


def gradient_descent__table_first(grad, x0, lr, n_steps):
    """Allocates the whole table and fills it row by row."""
    _require(lr > 0 and n_steps >= 0)
    path = np.zeros((n_steps + 1, len(x0)))
    path[0] = x0
    for t in range(n_steps):
        path[t + 1] = path[t] - lr * np.asarray(grad(path[t]))
    return path


def gradient_descent__lists(grad, x0, lr, n_steps):
    """Plain lists of floats all the way; grad still gets an array."""
    _require(lr > 0 and n_steps >= 0)
    path = [[float(v) for v in x0]]
    while len(path) <= n_steps:
        slope = grad(np.array(path[-1]))
        path.append([v - lr * float(g) for v, g in zip(path[-1], slope)])
    return path


def gradient_descent__sum_of_steps(grad, x0, lr, n_steps):
    """Moves its own copy of x0 in place, stores the steps, and adds them up at the end."""
    _require(lr > 0 and n_steps >= 0)
    x = np.array(x0, float)
    steps = [x.copy()]
    for _ in range(n_steps):
        steps.append(-lr * np.asarray(grad(x.copy()), float))
        x += steps[-1]
    return np.cumsum(steps, axis=0)


# --- fit_linear_regression ----------------------------------------------------------------------


def _standard(X):
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = np.where(std <= 1e-12 * np.maximum(1, np.abs(mean)), 1.0, std)
    return (X - mean) / std, mean, std


def fit_linear_regression__from_the_mean(X, y, lr=0.1, n_steps=2000):
    """Centred columns decouple the intercept: c is the mean of y, only the weights descend."""
    X, y = _rows(X, y)
    Z, mean, std = _standard(X)
    v = np.zeros(Z.shape[1])
    for _ in range(n_steps):
        v = v - lr * 2 / len(y) * (Z @ v + y.mean() - y) @ Z
    return list(v / std), y.mean() - np.sum(v * mean / std)


def fit_linear_regression__momentum(X, y, lr=0.1, n_steps=2000):
    """Nesterov's momentum instead of plain descent: faster, and the same minimum."""
    X, y = _rows(X, y)
    Z, mean, std = _standard(X)
    Z = _with_ones(Z)
    theta = ahead = np.zeros(Z.shape[1])
    for _ in range(n_steps):
        new = ahead - lr * 2 / len(y) * Z.T @ (Z @ ahead - y)
        ahead = new + 0.8 * (new - theta)
        theta = new
    w = theta[:-1] / std
    return w, theta[-1] - w @ mean


# --- normal_equation ----------------------------------------------------------------------------


def _design(X, y):
    X, y = _rows(X, y)
    Z = _with_ones(X)
    _require(np.linalg.matrix_rank(Z) == Z.shape[1])
    return Z, y


def normal_equation__orthogonal_columns(X, y):
    """QR: with Z = QR the normal equation is R θ = Qᵀy, and its condition number is not squared."""
    Z, y = _design(X, y)
    Q, R = np.linalg.qr(Z)
    theta = np.linalg.solve(R, Q.T @ y)
    return theta[:-1].tolist(), theta[-1]


def normal_equation__singular_values(X, y):
    """The pseudo-inverse from the SVD; the rank is read off the singular values."""
    X, y = _rows(X, y)
    Z = _with_ones(X)
    _require(len(Z) >= Z.shape[1])
    U, s, Vt = np.linalg.svd(Z, full_matrices=False)
    _require(s[-1] > 1e-12 * s[0])
    theta = Vt.T @ (U.T @ y / s)
    return theta[:-1], theta[-1]


def normal_equation__through_the_means(X, y):
    """Centres first, solves for the weights alone, and lets the line pass through the means."""
    Z, y = _design(X, y)
    X = Z[:, :-1]
    D = X - X.mean(axis=0)
    w = np.linalg.solve(D.T @ D, D.T @ (y - y.mean()))
    return [w, np.asarray(y.mean() - X.mean(axis=0) @ w)]


# --- r_squared ----------------------------------------------------------------------------------


def r_squared__loop(y_true, y_pred):
    """Sums in python, and asks with a set whether the targets vary."""
    y, p = (v.tolist() for v in _pair(y_true, y_pred, least=2))
    _require(len(set(y)) > 1)
    middle = sum(y) / len(y)
    return 1 - sum((a - c) ** 2 for a, c in zip(y, p)) / sum((a - middle) ** 2 for a in y)


def r_squared__mean_squares(y_true, y_pred):
    """The mean squared error over the population variance: both divide by n, so n cancels."""
    y, p = _pair(y_true, y_pred, least=2)
    _require(np.ptp(y) > 0)
    return np.asarray(1 - np.mean((y - p) ** 2) / np.var(y))


# --- max_stable_learning_rate -------------------------------------------------------------------


def _checked_design(X):
    X = np.asarray(X, float)
    _require(X.ndim == 2 and X.size)
    return _with_ones(X)


def max_stable_learning_rate__singular_value(X):
    """n over the square of the largest singular value of [X, 1]."""
    Z = _checked_design(X)
    return len(Z) / np.linalg.norm(Z, 2) ** 2


def max_stable_learning_rate__rows(X):
    """ZZᵀ (n by n) has the same eigenvalues as ZᵀZ, apart from zeros."""
    Z = _checked_design(X)
    return np.asarray(len(Z) / np.linalg.eigvalsh(Z @ Z.T).max())


def max_stable_learning_rate__power_iteration(X):
    """Squares H again and again until only its steepest direction is left, then measures it."""
    Z = _checked_design(X)
    H = 2 / len(Z) * Z.T @ Z
    power = H / np.trace(H)
    for _ in range(60):
        power = power @ power
        power /= np.trace(power)
    return float(2 / np.trace(H @ power))
