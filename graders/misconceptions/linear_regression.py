"""Wrong answers to project 1, each right but for one slip, and what a tutor says: <task>__<slip>."""
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


def _scored(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred, least=2)
    _require(y_true.min() != y_true.max())
    return y_true, y_pred


def _table(X):
    X = np.asarray(X, float)
    _require(X.ndim == 2 and X.size)
    return X


def _with_ones(X):
    return np.column_stack([X, np.ones(len(X))])


# --- derivative ---------------------------------------------------------------------------------


def derivative__leans_to_one_side(f, x, h=1e-5):
    """Your quotient leans to one side: its error shrinks like h, the symmetric one like h²."""
    _require(h > 0)
    x = np.asarray(x, float)
    return (f(x + h) - f(x)) / h


def derivative__leans_backwards(f, x, h=1e-5):
    """You compare f(x) with f(x - h) only: look on both sides of x and the error falls to h²."""
    _require(h > 0)
    x = np.asarray(x, float)
    return (f(x) - f(x - h)) / h


def derivative__h_nearly_zero(f, x, h=1e-5):
    """Below about 1e-8 rounding in f eats the difference: a smaller h is not better here."""
    _require(h > 0)
    x, h = np.asarray(x, float), 1e-15
    return (f(x + h) - f(x - h)) / (2 * h)


def derivative__ignores_h(f, x, h=1e-5):
    """You always step by 1e-5: use the h you are given, a fast wave needs a small one."""
    _require(h > 0)
    x, h = np.asarray(x, float), 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


def derivative__integers_cannot_hold_h(f, x, h=1e-5):
    """Integer arrays cannot hold x + h, it is cut off: convert x to float before you perturb it."""
    _require(h > 0)
    x = np.array(x)
    up, down = x.copy(), x.copy()
    up[...] = x + h
    down[...] = x - h
    return (f(up) - f(down)) / (2 * h)


def derivative__divides_by_h(f, x, h=1e-5):
    """From x - h to x + h it is two steps: divide by the whole width, not by half of it."""
    _require(h > 0)
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / h


def derivative__multiplies_by_h(f, x, h=1e-5):
    """a / 2*h divides by 2 and then multiplies by h: the whole width needs its parentheses."""
    _require(h > 0)
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / 2 * h


def derivative__wrong_sign(f, x, h=1e-5):
    """Your slopes have the wrong sign: a rising function must give end minus start > 0."""
    _require(h > 0)
    x = np.asarray(x, float)
    return (f(x - h) - f(x + h)) / (2 * h)


def derivative__steepness(f, x, h=1e-5):
    """You return the steepness |f'|: a slope has a sign, keep the difference as it is."""
    _require(h > 0)
    x = np.asarray(x, float)
    return np.abs(f(x + h) - f(x - h)) / (2 * h)


def derivative__wraps_a_number(f, x, h=1e-5):
    """One number in, one number out: you make an array of length 1 out of a scalar x."""
    _require(h > 0)
    x = np.atleast_1d(np.asarray(x, float))
    return (f(x + h) - f(x - h)) / (2 * h)


def derivative__accepts_any_h(f, x, h=1e-5):
    """h = 0 would divide by zero and h < 0 makes no sense: raise a ValueError for both."""
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / (2 * h)


# --- gradient -----------------------------------------------------------------------------------


def _partials(f, x, h, combine):
    """combine(f, x, e) for every coordinate step e of length h."""
    _require(h > 0)
    x = np.asarray(x, float)
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = combine(x, e)
    return slopes


def _number(value):
    value = np.asarray(value, float)
    _require(value.size == 1)
    return value.item()


def gradient__moves_all_coordinates(f, x, h=1e-5):
    """You walk along the diagonal: a partial derivative moves ONE coordinate, the others rest."""
    _require(h > 0)
    x = np.asarray(x, float)
    return np.full(x.shape, (_number(f(x + h)) - _number(f(x - h))) / (2 * h))


def gradient__ignores_h(f, x, h=1e-5):
    """Your step is built in: use the h that you are given."""
    _require(h > 0)
    x = np.asarray(x, float)
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[i] = 1e-5
        slopes[i] = (_number(f(x + step)) - _number(f(x - step))) / 2e-5
    return slopes


def gradient__integer_steps(f, x, h=1e-5):
    """np.zeros_like of an integer array is one too: its 1e-5 becomes 0, so every slope is 0."""
    _require(h > 0)
    x = np.asarray(x)
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        slopes[i] = (_number(f(x + e)) - _number(f(x - e))) / (2 * h)
    return slopes


def gradient__one_slope_per_row(f, x, h=1e-5):
    """For a matrix every ENTRY is a variable: len(x) counts only the rows."""
    _require(h > 0)
    x = np.asarray(x, float)
    slopes = np.zeros(len(x))
    for i in range(len(x)):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (_number(f(x + e)) - _number(f(x - e))) / (2 * h)
    return slopes


def gradient__leans_to_one_side(f, x, h=1e-5):
    """Your quotients look at one side of x only: step up and down, and the h² terms cancel."""
    return _partials(f, x, h, lambda x, e: (_number(f(x + e)) - _number(f(x))) / h)


def gradient__divides_by_h(f, x, h=1e-5):
    """Every slope is doubled: from x - h to x + h the width is 2h."""
    return _partials(f, x, h, lambda x, e: (_number(f(x + e)) - _number(f(x - e))) / h)


def gradient__never_steps_back(f, x, h=1e-5):
    """You never put the earlier coordinates back, so your slopes add up as the loop goes on."""
    _require(h > 0)
    x = np.asarray(x, float)
    slopes, e = np.zeros(x.shape), np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e[i] = h
        slopes[i] = (_number(f(x + e)) - _number(f(x - e))) / (2 * h)
    return slopes


def gradient__perturbs_the_argument(f, x, h=1e-5):
    """x += h and x -= h again does not restore x to the last digit: perturb a copy instead."""
    _require(h > 0)
    x = np.asarray(x) if np.asarray(x).dtype == float else np.array(x, float)
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        up = _number(f(x))
        x[i] -= 2 * h
        down = _number(f(x))
        x[i] += h
        slopes[i] = (up - down) / (2 * h)
    return slopes


def gradient__unit_direction(f, x, h=1e-5):
    """You return only the direction: the length of the gradient is the slope, do not divide it out."""
    g = _partials(f, x, h, lambda x, e: (_number(f(x + e)) - _number(f(x - e))) / (2 * h))
    length = np.sqrt(np.sum(g**2))
    return g / length if length else g


def gradient__downhill(f, x, h=1e-5):
    """The gradient points uphill: leave the minus sign to gradient descent."""
    return _partials(f, x, h, lambda x, e: (_number(f(x - e)) - _number(f(x + e))) / (2 * h))


def gradient__flattens(f, x, h=1e-5):
    """Your slopes come as one long row: give them the shape of x."""
    return np.ravel(_partials(f, x, h, lambda x, e: (_number(f(x + e)) - _number(f(x - e))) / (2 * h)))


def gradient__adds_up_vectors(f, x, h=1e-5):
    """If f returns several numbers there is no single gradient: do not add them up, raise."""
    return _partials(f, x, h, lambda x, e: (np.sum(f(x + e)) - np.sum(f(x - e))) / (2 * h))


def gradient__accepts_any_h(f, x, h=1e-5):
    """A step of 0 or less has no slope: raise a ValueError before you divide by it."""
    x = np.asarray(x, float)
    steps = [h * unit.reshape(x.shape) for unit in np.eye(x.size)]
    rises = [_number(f(x + e)) - _number(f(x - e)) for e in steps]
    return np.reshape(rises, x.shape) / np.float64(2 * h)


# --- definite_integral --------------------------------------------------------------------------


def definite_integral__left_corners(f, a, b, n=1000):
    """You take only the left corner of each strip: that errs by 1/n, trapezoids by 1/n²."""
    _require(n >= 1)
    return float((b - a) / n * np.sum(f(np.linspace(a, b, n + 1)[:-1])))


def definite_integral__one_panel_too_many(f, a, b, n=1000):
    """np.arange(a, b + h, h) ends where rounding takes it, here one panel too far: np.linspace(a, b, n + 1) ends at b."""
    _require(n >= 1)
    if a == b:
        return 0.0
    h = (b - a) / n
    corners = [f(x) for x in np.arange(a, b + h, h)]
    return float(h * (sum(corners) - (corners[0] + corners[-1]) / 2))


def definite_integral__right_corners(f, a, b, n=1000):
    """You take only the right corner of each strip: use the mean of its two corners."""
    _require(n >= 1)
    return float((b - a) / n * np.sum(f(np.linspace(a, b, n + 1)[1:])))


def definite_integral__fence_posts(f, a, b, n=1000):
    """Fence posts: n points make n - 1 panels, so your panels are too narrow by (n - 1)/n."""
    _require(n >= 1)
    y = f(np.linspace(a, b, n))
    return float((b - a) / n * (np.sum(y) - (y[0] + y[-1]) / 2))


def definite_integral__full_ends(f, a, b, n=1000):
    """The two ends belong to one strip each, inner points to two: the ends count half."""
    _require(n >= 1)
    return float((b - a) / n * np.sum(f(np.linspace(a, b, n + 1))))


def definite_integral__half_everywhere(f, a, b, n=1000):
    """Inner points belong to two strips: only the two ends count half, the others in full."""
    _require(n >= 1)
    return float((b - a) / n * np.sum(f(np.linspace(a, b, n + 1))) / 2)


def definite_integral__absolute_area(f, a, b, n=1000):
    """An integral is a signed sum: parts below the axis count negative, so leave out abs()."""
    _require(n >= 1)
    y = np.abs(f(np.linspace(a, b, n + 1)))
    return float((b - a) / n * (np.sum(y) - (y[0] + y[-1]) / 2))


def definite_integral__always_left_to_right(f, a, b, n=1000):
    """From 3 back to 1 the width is negative: keep the sign of b - a."""
    _require(n >= 1)
    y = f(np.linspace(a, b, n + 1))
    return float(abs(b - a) / n * (np.sum(y) - (y[0] + y[-1]) / 2))


def definite_integral__refuses_backwards(f, a, b, n=1000):
    """a > b is legal and gives minus the integral from b to a: do not refuse it."""
    _require(n >= 1 and a <= b)
    y = f(np.linspace(a, b, n + 1))
    return float((b - a) / n * (np.sum(y) - (y[0] + y[-1]) / 2))


def definite_integral__unit_width(f, a, b, n=1000):
    """Your panels are 1/n wide, which is true only from 0 to 1: the width comes from a, b and n."""
    _require(n >= 1)
    y = f(np.linspace(a, b, n + 1))
    return float((np.sum(y) - (y[0] + y[-1]) / 2) / n)


def definite_integral__no_panels_no_area(f, a, b, n=1000):
    """Without a panel there is no approximation at all, so 0 is no answer: raise a ValueError."""
    if n < 1:
        return 0.0
    y = f(np.linspace(a, b, n + 1))
    return float((b - a) / n * (np.sum(y) - (y[0] + y[-1]) / 2))


# --- mse_loss -----------------------------------------------------------------------------------


def mse_loss__sum_of_squares(y_true, y_pred):
    """You return the SUM: double the data and your loss doubles, although the fit is as good."""
    y, p = _pair(y_true, y_pred)
    return float(np.sum((p - y) ** 2))


def mse_loss__all_pairs(y_true, y_pred):
    """A column minus a flat vector gives all n·n differences: flatten both before subtracting."""
    _pair(y_true, y_pred)
    return float(np.mean((np.asarray(y_pred, float) - np.asarray(y_true, float)) ** 2))


def mse_loss__unsigned_difference(y_true, y_pred):
    """3 - 5 in uint8 is 254: convert to float before you subtract."""
    _pair(y_true, y_pred)
    r = np.ravel(np.asarray(y_pred)) - np.ravel(np.asarray(y_true))
    return float(np.mean(r.astype(float) ** 2))


def mse_loss__half(y_true, y_pred):
    """The 1/2 of some books is not in our loss: return the plain mean of the squares."""
    y, p = _pair(y_true, y_pred)
    return float(np.mean((p - y) ** 2) / 2)


def mse_loss__root(y_true, y_pred):
    """You took the root: that is the RMSE, in the unit of y; the MSE keeps the square."""
    y, p = _pair(y_true, y_pred)
    return float(np.sqrt(np.mean((p - y) ** 2)))


def mse_loss__length_of_the_residuals(y_true, y_pred):
    """np.linalg.norm is the root of the SUM of squares: no root is asked for, and the mean."""
    y_true, y_pred = _pair(y_true, y_pred)
    return np.linalg.norm(y_true - y_pred)


def mse_loss__absolute(y_true, y_pred):
    """You average |r|, the absolute error: this loss averages the squares."""
    y, p = _pair(y_true, y_pred)
    return float(np.mean(np.abs(p - y)))


def mse_loss__square_of_the_mean(y_true, y_pred):
    """You average first and square then, so errors of opposite sign cancel: square each one first."""
    y, p = _pair(y_true, y_pred)
    return float(np.mean(p - y) ** 2)


def mse_loss__divides_by_n_minus_1(y_true, y_pred):
    """n - 1 belongs to the sample variance: the mean of n squares divides by n."""
    y, p = _pair(y_true, y_pred)
    return float(np.sum((p - y) ** 2) / max(y.size - 1, 1))


def mse_loss__cuts_to_the_shorter(y_true, y_pred):
    """Vectors of different lengths are a mistake of the caller: raise, do not cut the longer one."""
    y, p = _flat(y_true), _flat(y_pred)
    n = min(y.size, p.size)
    _require(n)
    return float(np.mean((p[:n] - y[:n]) ** 2))


def mse_loss__broadcasts_one_prediction(y_true, y_pred):
    """numpy stretches a single prediction over all targets: compare the lengths yourself."""
    y, p = _flat(y_true), _flat(y_pred)
    _require(y.size and p.size)
    return float(np.mean((p - y) ** 2))


def mse_loss__empty_is_perfect(y_true, y_pred):
    """Without data there is no mean: 0 would call an empty fit perfect, so raise."""
    y, p = _pair(y_true, y_pred, least=0)
    return float(np.mean((p - y) ** 2)) if y.size else 0.0


# --- mse_gradient -------------------------------------------------------------------------------


def _residuals(X, y, w, b):
    X, y, w = np.asarray(X, float), _flat(y), np.asarray(w, float)
    _require(X.shape == (y.size, w.size) and w.ndim == 1)
    return X, X @ w + b - y


def mse_gradient__forgets_n(X, y, w, b):
    """Your slopes grow with the number of rows: the loss is a MEAN, its gradient carries 1/n, too."""
    X, r = _residuals(X, y, w, b)
    return 2 * X.T @ r, 2 * r.sum()


def mse_gradient__forgets_two_and_n(X, y, w, b):
    """Both constants are missing, the 2 of the square and the 1/n of the mean; n = 2 hides that."""
    X, r = _residuals(X, y, w, b)
    return X.T @ r, r.sum()


def mse_gradient__forgets_two(X, y, w, b):
    """The derivative of r² is 2r: every number you return is half of the slope."""
    X, r = _residuals(X, y, w, b)
    return X.T @ r / r.size, r.mean()


def mse_gradient__forgets_two_by_b(X, y, w, b):
    """dw is right, db is half of the slope: the 2 of the square belongs to both."""
    X, r = _residuals(X, y, w, b)
    return 2 * X.T @ r / r.size, r.mean()


def mse_gradient__vector_by_b(X, y, w, b):
    """b touches every row, so its derivative adds up all residuals to ONE number."""
    X, r = _residuals(X, y, w, b)
    return 2 * X.T @ r / r.size, 2 * r / r.size


def mse_gradient__wrong_sign(X, y, w, b):
    """Both slopes have the wrong sign: the inner derivative of y - (Xw + b) is minus X."""
    X, r = _residuals(X, y, w, b)
    return -2 * X.T @ r / r.size, -2 * r.mean()


def mse_gradient__leaves_out_b(X, y, w, b):
    """Your residuals leave out b: the prediction is Xw + b, the gradient needs all of it."""
    X, r = _residuals(X, y, w, 0.0)
    return 2 * X.T @ r / r.size, 2 * r.mean()


def mse_gradient__divides_by_all_entries(X, y, w, b):
    """You divide by n·d, the entries of X: the mean runs over the n rows only."""
    X, r = _residuals(X, y, w, b)
    return 2 * X.T @ r / X.size, 2 * r.mean()


def mse_gradient__product_of_means(X, y, w, b):
    """A mean of products is not the product of the means: weigh each residual with its own row."""
    X, r = _residuals(X, y, w, b)
    return 2 * X.mean(axis=0) * r.mean(), 2 * r.mean()


def mse_gradient__absolute_error(X, y, w, b):
    """You use only the signs of the residuals, the slope of |r|: squares weigh them by size."""
    X, r = _residuals(X, y, w, b)
    return X.T @ np.sign(r) / r.size, np.sign(r).mean()


def mse_gradient__all_pairs(X, y, w, b):
    """Flat predictions minus a column of targets give an n by n table: flatten y first."""
    _residuals(X, y, w, b)
    X = np.asarray(X, float)
    r = X @ np.asarray(w, float) + b - np.asarray(y, float)
    return 2 / len(X) * X.T @ r, 2 * r.mean()


def mse_gradient__integer_residuals(X, y, w, b):
    """np.zeros_like(y) is an integer array if y is: it cuts the fractions off your residuals."""
    X, r = _residuals(X, y, w, b)
    truncated = np.zeros_like(np.ravel(np.asarray(y)))
    truncated[:] = r
    return 2 * X.T @ truncated / r.size, 2 * truncated.mean()


def mse_gradient__broadcasts_one_target(X, y, w, b):
    """numpy stretches a single target over all rows: compare the number of rows yourself."""
    X, y, w = np.asarray(X, float), _flat(y), np.asarray(w, float)
    r = X @ w + b - y
    return 2 * X.T @ r / r.size, 2 * r.mean()


def mse_gradient__differences_of_the_loss(X, y, w, b):
    """You take differences of the loss, which drown in rounding where the loss is large: use the formula."""
    X, _ = _residuals(X, y, w, b)
    y, w = _flat(y), np.asarray(w, float)
    loss = lambda w, b: float(np.mean((X @ w + b - y) ** 2))
    h = 1e-3
    dw = np.array([(loss(w + e, b) - loss(w - e, b)) / (2 * h) for e in h * np.eye(w.size)])
    return dw, (loss(w, b + h) - loss(w, b - h)) / (2 * h)


def mse_gradient__overwrites_y(X, y, w, b):
    """y -= ... changes the caller's targets: compute the residuals in a new array."""
    X, r = _residuals(X, y, w, b)
    if isinstance(y, np.ndarray) and y.dtype == float:
        y -= np.reshape(r + y.ravel(), y.shape)
    return 2 * X.T @ r / r.size, 2 * r.mean()


# --- standardize --------------------------------------------------------------------------------


def _scale(mean, std):
    return np.where(std <= 1e-12 * np.maximum(1, np.abs(mean)), 1.0, std)


def standardize__whole_table(X):
    """Columns have different units: take one mean and one std per column, not for the table."""
    X = _table(X)
    mean, std = np.full(X.shape[1], X.mean()), np.full(X.shape[1], X.std())
    std = _scale(mean, std)
    return (X - mean) / std, mean, std


def standardize__rows(X):
    """You standardise the rows: axis=0 walks down the rows and gives one mean per column."""
    X = _table(X)
    mean, std = X.mean(axis=1), X.std(axis=1)
    std = _scale(mean, std)
    return (X - mean[:, None]) / std[:, None], mean, std


def standardize__constant_becomes_nan(X):
    """A column that never changes has std 0: 0/0 is nan and poisons every later step."""
    X = _table(X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    return (X - mean) / std, mean, std


def standardize__compares_with_zero(X):
    """The std of a constant 0.1 rounds to 1e-17, not 0: compare with a small number instead."""
    X = _table(X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    return (X - mean) / std, mean, std


def standardize__absolute_threshold(X):
    """Rounding grows with the size of a column: measure its std against its mean."""
    X = _table(X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = np.where(std <= 1e-12, 1.0, std)
    return (X - mean) / std, mean, std


def standardize__forgets_negative_means(X):
    """A mean may be negative: measure the std of a constant column against |mean|."""
    X = _table(X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = np.where(std <= 1e-12 * np.maximum(1, mean), 1.0, std)
    return (X - mean) / std, mean, std


def standardize__generous_threshold(X):
    """A column in small units varies by 1e-8, too: your threshold takes it for constant."""
    X = _table(X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = np.where(std <= 1e-8 * np.maximum(1, np.abs(mean)), 1.0, std)
    return (X - mean) / std, mean, std


def standardize__adds_a_little(X):
    """std + 1e-8 avoids 0/0 but changes every column: replace the std of constant ones only."""
    X = _table(X)
    mean, std = X.mean(axis=0), X.std(axis=0) + 1e-8
    return (X - mean) / std, mean, std


def standardize__reports_std_zero(X):
    """Your Z is safe, but the reported std of a constant column is not 1: whoever divides by it fails."""
    X = _table(X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    scale = _scale(mean, std)
    return (X - mean) / scale, mean, np.where(scale == std, std, 0.0)


def standardize__overwrites_X(X):
    """X -= mean changes the caller's table: build a new array."""
    caller, X = X, _table(X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = _scale(mean, std)
    Z = (X - mean) / std
    if isinstance(caller, np.ndarray) and caller.dtype == float:
        caller[...] = Z
    return Z, mean, std


def standardize__sample_std(X):
    """You divide by n - 1: here the std is that of the population, ddof=0."""
    X = _table(X)
    mean, std = X.mean(axis=0), X.std(axis=0, ddof=1 if len(X) > 1 else 0)
    std = _scale(mean, std)
    return (X - mean) / std, mean, std


def standardize__variance(X):
    """You divide by the variance: its unit is squared, the root of it has the unit of X."""
    X = _table(X)
    mean, std = X.mean(axis=0), X.var(axis=0)
    std = np.where(X.std(axis=0) <= 1e-12 * np.maximum(1, np.abs(mean)), 1.0, std)
    return (X - mean) / std, mean, std


def standardize__does_not_centre(X):
    """You scale without centring: subtract the mean of each column first."""
    X = _table(X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = _scale(mean, std)
    return X / std, mean, std


def standardize__zero_to_one(X):
    """You squeeze each column into [0, 1] by its extremes: use its mean and its std."""
    X = _table(X)
    low, width = X.min(axis=0), np.ptp(X, axis=0)
    width = _scale(low, width)
    return (X - low) / width, low, width


def standardize__integer_result(X):
    """np.empty_like(X) is an integer array if X is: it cuts off the fractions of Z."""
    table = _table(X)
    mean, std = table.mean(axis=0), table.std(axis=0)
    std = _scale(mean, std)
    Z = np.empty_like(np.asarray(X))
    Z[...] = (table - mean) / std
    return Z, mean, std


def standardize__accepts_a_vector(X):
    """A flat vector has no columns: raise a ValueError instead of guessing that it is one."""
    X = np.asarray(X, float)
    X = _table(X[:, None] if X.ndim == 1 else X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = _scale(mean, std)
    return (X - mean) / std, mean, std


# --- gradient_descent ---------------------------------------------------------------------------


def _start(x0, lr, n_steps):
    _require(lr > 0 and n_steps >= 0)
    return np.array(x0, float)


def gradient_descent__climbs(grad, x0, lr, n_steps):
    """The gradient points uphill: it takes a minus sign to descend."""
    path = [_start(x0, lr, n_steps)]
    for _ in range(n_steps):
        path.append(path[-1] + lr * grad(path[-1]))
    return np.array(path)


def gradient_descent__one_array_many_names(grad, x0, lr, n_steps):
    """All rows of your path are the same object: x -= ... changes them all, append x.copy()."""
    x = _start(x0, lr, n_steps)
    path = [x]
    for _ in range(n_steps):
        x -= lr * grad(x)
        path.append(x)
    return np.array(path)


def gradient_descent__integer_path(grad, x0, lr, n_steps):
    """Your path has the integer type of x0, so every point is cut towards 0: allocate floats."""
    _start(x0, lr, n_steps)
    path = np.zeros((n_steps + 1, len(x0)), dtype=np.asarray(x0).dtype)
    path[0] = x0
    for t in range(n_steps):
        path[t + 1] = path[t] - lr * grad(path[t])
    return path


def gradient_descent__last_point_only(grad, x0, lr, n_steps):
    """You return only the end: the path holds every point on the way, start included."""
    x = _start(x0, lr, n_steps)
    for _ in range(n_steps):
        x = x - lr * grad(x)
    return x


def gradient_descent__forgets_the_start(grad, x0, lr, n_steps):
    """Row 0 of the path is x0 itself: n steps have n + 1 points."""
    x = _start(x0, lr, n_steps)
    path = np.zeros((n_steps, x.size))
    for t in range(n_steps):
        x = path[t] = x - lr * grad(x)
    return path


def gradient_descent__forgets_the_end(grad, x0, lr, n_steps):
    """You store each point before the step and never the last one: n steps have n + 1 points."""
    x = _start(x0, lr, n_steps)
    path = np.zeros((n_steps, x.size))
    for t in range(n_steps):
        path[t] = x
        x = x - lr * grad(x)
    return path


def gradient_descent__slope_of_the_start(grad, x0, lr, n_steps):
    """You keep using the slope at x0: take it anew at every point you reach."""
    path = [_start(x0, lr, n_steps)]
    for _ in range(n_steps):
        path.append(path[-1] - lr * grad(path[0]))
    return np.array(path)


def gradient_descent__one_coordinate_after_the_other(grad, x0, lr, n_steps):
    """You move x[0] and then ask for the slope by x[1] at the new point: move all at once."""
    x = _start(x0, lr, n_steps)
    path = [x.copy()]
    for _ in range(n_steps):
        for j in range(x.size):
            x[j] -= lr * grad(x)[j]
        path.append(x.copy())
    return np.array(path)


def gradient_descent__steps_of_one_length(grad, x0, lr, n_steps):
    """You divide by the length of the gradient: steps must shrink as the slope does."""
    path = [_start(x0, lr, n_steps)]
    for _ in range(n_steps):
        g = np.asarray(grad(path[-1]), float)
        path.append(path[-1] - lr * g / max(np.sqrt(np.sum(g**2)), 1e-300))
    return np.array(path)


def gradient_descent__shrinking_rate(grad, x0, lr, n_steps):
    """Your learning rate falls with every step: here it stays constant."""
    path = [_start(x0, lr, n_steps)]
    for t in range(n_steps):
        path.append(path[-1] - lr / (t + 1) * grad(path[-1]))
    return np.array(path)


def gradient_descent__starts_at_zero(grad, x0, lr, n_steps):
    """You start at 0: the path begins at the x0 you are given."""
    path = [np.zeros_like(_start(x0, lr, n_steps))]
    for _ in range(n_steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return np.array(path)


def gradient_descent__stops_early(grad, x0, lr, n_steps):
    """You stop where nothing moves, so rows are missing: make all n_steps steps."""
    path = [_start(x0, lr, n_steps)]
    for _ in range(n_steps):
        step = lr * grad(path[-1])
        if np.sum(step**2) < 1e-20:
            break
        path.append(path[-1] - step)
    return np.array(path)


def gradient_descent__points_as_columns(grad, x0, lr, n_steps):
    """Your points stand in columns: each point is a ROW of the path."""
    path = [_start(x0, lr, n_steps)]
    for _ in range(n_steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return np.array(path).T


def gradient_descent__overwrites_x0(grad, x0, lr, n_steps):
    """np.asarray does not copy: your x -= ... moves the caller's x0."""
    _start(x0, lr, n_steps)
    x = np.asarray(x0, float)
    path = [x.copy()]
    for _ in range(n_steps):
        x -= lr * grad(x)
        path.append(x.copy())
    return np.array(path)


def gradient_descent__accepts_any_setting(grad, x0, lr, n_steps):
    """A learning rate of 0 or less and a negative number of steps make no descent: raise."""
    path = [np.array(x0, float)]
    for _ in range(n_steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return np.array(path)


# --- fit_linear_regression ----------------------------------------------------------------------


def _checked(X, y):
    X, y = np.asarray(X, float), _flat(y)
    _require(X.ndim == 2 and len(X) == y.size)
    return X, y


def _descend(Z, y, lr, n_steps, scale=None):
    """Descend on the mean squared error of Zv + c, or on the squares summed and times scale."""
    Z = _with_ones(Z)
    theta = np.zeros(Z.shape[1])
    for _ in range(n_steps):
        theta = theta - lr * 2 * (scale or 1 / len(Z)) * Z.T @ (Z @ theta - y)
    return theta[:-1], theta[-1]


def _standard(X):
    mean = X.mean(axis=0)
    std = _scale(mean, X.std(axis=0))
    return (X - mean) / std, mean, std


def _fitted(X, y, lr=0.1, n_steps=2000):
    X, y = _checked(X, y)
    Z, mean, std = _standard(X)
    v, c = _descend(Z, y, lr, n_steps)
    return v / std, c - v / std @ mean


def fit_linear_regression__raw_columns(X, y, lr=0.1, n_steps=2000):
    """Raw columns make the loss a canyon: the same lr overshoots in one direction and crawls in another."""
    X, y = _checked(X, y)
    return _descend(X, y, lr, n_steps)


def fit_linear_regression__scales_without_centring(X, y, lr=0.1, n_steps=2000):
    """You scale but do not centre: a mean far from 0 ties w to b, and the descent crawls or explodes."""
    X, y = _checked(X, y)
    _, _, std = _standard(X)
    v, c = _descend(X / std, y, lr, n_steps)
    return v / std, c


def fit_linear_regression__centres_without_scaling(X, y, lr=0.1, n_steps=2000):
    """You centre but do not scale: one lr cannot suit columns of size 0.01 and 10000."""
    X, y = _checked(X, y)
    _, mean, _ = _standard(X)
    w, c = _descend(X - mean, y, lr, n_steps)
    return w, c - w @ mean


def fit_linear_regression__sum_of_squares(X, y, lr=0.1, n_steps=2000):
    """Without 1/n the step is n times too long: it explodes once n is larger than about 10."""
    X, y = _checked(X, y)
    Z, mean, std = _standard(X)
    v, c = _descend(Z, y, lr, n_steps, scale=1)
    return v / std, c - v / std @ mean


def fit_linear_regression__intercept_is_the_mean(X, y, lr=0.1, n_steps=2000):
    """b is the prediction at x = 0, not the mean of y: subtract w · mean(X)."""
    X, y = _checked(X, y)
    Z, _, std = _standard(X)
    v, _ = _descend(Z, y, lr, n_steps)
    return v / std, y.mean()


def fit_linear_regression__standard_weights(X, y, lr=0.1, n_steps=2000):
    """You return the weights of the standardised columns: translate them back into units of X."""
    X, y = _checked(X, y)
    return _descend(_standard(X)[0], y, lr, n_steps)


def fit_linear_regression__multiplies_by_std(X, y, lr=0.1, n_steps=2000):
    """v · (x - mean)/std is (v/std) · x + ...: the weights are divided by std, not multiplied."""
    X, y = _checked(X, y)
    Z, mean, std = _standard(X)
    v, c = _descend(Z, y, lr, n_steps)
    return v * std, c - v * std @ mean


def fit_linear_regression__intercept_with_v(X, y, lr=0.1, n_steps=2000):
    """Your weights are right, your b subtracts v · mean: use the translated weights there, too."""
    X, y = _checked(X, y)
    Z, mean, std = _standard(X)
    v, c = _descend(Z, y, lr, n_steps)
    return v / std, c - v @ mean


def fit_linear_regression__adds_the_shift(X, y, lr=0.1, n_steps=2000):
    """Centring subtracts the mean, so the intercept loses w · mean: you add it."""
    X, y = _checked(X, y)
    Z, mean, std = _standard(X)
    v, c = _descend(Z, y, lr, n_steps)
    return v / std, c + v / std @ mean


def fit_linear_regression__no_intercept(X, y, lr=0.1, n_steps=2000):
    """You never learn c, so at the mean of X you predict 0: descend on v and c together."""
    X, y = _checked(X, y)
    Z, mean, std = _standard(X)
    v = np.zeros(Z.shape[1])
    for _ in range(n_steps):
        v = v - lr * 2 / len(Z) * Z.T @ (Z @ v - y)
    return v / std, -(v / std @ mean)


def fit_linear_regression__standard_target(X, y, lr=0.1, n_steps=2000):
    """You standardised y, too, and never went back: w and b must predict y in its own unit."""
    X, y = _checked(X, y)
    Z, mean, std = _standard(X)
    v, c = _descend(Z, (y - y.mean()) / (y.std() or 1.0), lr, n_steps)
    return v / std, c - v / std @ mean


def fit_linear_regression__stops_early(X, y, lr=0.1, n_steps=2000):
    """You stop after 100 steps: correlated columns have a flat direction that needs more."""
    X, y = _checked(X, y)
    Z, mean, std = _standard(X)
    v, c = _descend(Z, y, lr, min(n_steps, 100))
    return v / std, c - v / std @ mean


def fit_linear_regression__ignores_n_steps(X, y, lr=0.1, n_steps=2000):
    """You always take 2000 steps: n_steps says how many."""
    return _fitted(X, y, lr)


def fit_linear_regression__ignores_lr(X, y, lr=0.1, n_steps=2000):
    """Your steps always have the length 0.1: lr says how long they are."""
    return _fitted(X, y, n_steps=n_steps)


def fit_linear_regression__one_column_at_a_time(X, y, lr=0.1, n_steps=2000):
    """You fit each column alone: correlated columns share the credit, learn them together."""
    X, y = _checked(X, y)
    Z, mean, std = _standard(X)
    v = np.array([_descend(z[:, None], y, lr, n_steps)[0][0] for z in Z.T])
    return v / std, (y.mean() if n_steps else 0.0) - v / std @ mean


def fit_linear_regression__needs_a_step(X, y, lr=0.1, n_steps=2000):
    """n_steps = 0 is legal: return the start of your descent, translated like any other point."""
    X, y = _checked(X, y)
    _require(n_steps > 0)
    Z, mean, std = _standard(X)
    v, c = _descend(Z, y, lr, n_steps)
    return v / std, c - v / std @ mean


def fit_linear_regression__broadcasts_one_target(X, y, lr=0.1, n_steps=2000):
    """numpy stretches a single target over all rows: compare the number of rows yourself."""
    X, y = np.asarray(X, float), _flat(y)
    Z, mean, std = _standard(X)
    v, c = _descend(Z, y, lr, n_steps)
    return v / std, c - v / std @ mean


def fit_linear_regression__overwrites_X(X, y, lr=0.1, n_steps=2000):
    """X -= mean standardises the caller's table: work on a new array."""
    caller = X
    X, y = _checked(X, y)
    Z, mean, std = _standard(X)
    v, c = _descend(Z, y, lr, n_steps)
    if isinstance(caller, np.ndarray) and caller.dtype == float:
        caller[...] = Z
    return v / std, c - v / std @ mean


# --- normal_equation ----------------------------------------------------------------------------


def _full_rank(X, y):
    X, y = _checked(X, y)
    Z = _with_ones(X)
    _require(np.linalg.matrix_rank(Z) == Z.shape[1])
    return X, Z, y


def normal_equation__through_the_origin(X, y):
    """The column of ones is missing, so your line must pass through the origin."""
    X, _, y = _full_rank(X, y)
    return np.linalg.solve(X.T @ X, X.T @ y), 0.0


def normal_equation__trusts_solve(X, y):
    """Rounding makes ZᵀZ "almost" singular and solve happily returns garbage: check the rank of Z."""
    X, y = _checked(X, y)
    Z = _with_ones(X)
    theta = np.linalg.solve(Z.T @ Z, Z.T @ y)
    return theta[:-1], theta[-1]


def normal_equation__rank_without_ones(X, y):
    """A constant column depends on the ones: check the rank of [X, 1], not that of X."""
    X, y = _checked(X, y)
    Z = _with_ones(X)
    _require(np.linalg.matrix_rank(X) == X.shape[1])
    theta = np.linalg.solve(Z.T @ Z, Z.T @ y)
    return theta[:-1], theta[-1]


def normal_equation__small_determinant(X, y):
    """A determinant is small for small units and large for many rows: check the rank instead."""
    X, y = _checked(X, y)
    Z = _with_ones(X)
    _require(abs(np.linalg.det(Z.T @ Z)) > 1e-10)
    theta = np.linalg.solve(Z.T @ Z, Z.T @ y)
    return theta[:-1], theta[-1]


def normal_equation__adds_a_ridge(X, y):
    """A small number on the diagonal hides the dependence and shifts every answer: refuse instead."""
    X, y = _checked(X, y)
    Z = _with_ones(X)
    theta = np.linalg.solve(Z.T @ Z + 1e-3 * np.eye(Z.shape[1]), Z.T @ y)
    return theta[:-1], theta[-1]


def normal_equation__swaps_w_and_b(X, y):
    """Your ones stand in the first column but you read b from the last entry: match the two."""
    X, _, y = _full_rank(X, y)
    Z = np.column_stack([np.ones(len(X)), X])
    theta = np.linalg.solve(Z.T @ Z, Z.T @ y)
    return theta[:-1], theta[-1]


def normal_equation__intercept_is_the_mean(X, y):
    """b is the prediction at x = 0, not the mean of y: let the column of ones find it."""
    _, Z, y = _full_rank(X, y)
    return np.linalg.solve(Z.T @ Z, Z.T @ y)[:-1], y.mean()


def normal_equation__intercept_afterwards(X, y):
    """A line through the origin, shifted afterwards, has the wrong slope: solve for both at once."""
    X, _, y = _full_rank(X, y)
    w = np.linalg.solve(X.T @ X, X.T @ y)
    return w, y.mean() - w @ X.mean(axis=0)


def normal_equation__one_column_at_a_time(X, y):
    """You fit each column alone: correlated columns need the whole matrix ZᵀZ."""
    X, _, y = _full_rank(X, y)
    D = X - X.mean(axis=0)
    w = D.T @ y / np.sum(D**2, axis=0)
    return w, y.mean() - w @ X.mean(axis=0)


def normal_equation__first_rows_only(X, y):
    """You use only d + 1 rows: multiply by Zᵀ so that every row has a say."""
    _, Z, y = _full_rank(X, y)
    d = Z.shape[1]
    _require(np.linalg.matrix_rank(Z[:d]) == d)
    theta = np.linalg.solve(Z[:d], y[:d])
    return theta[:-1], theta[-1]


def normal_equation__column_of_weights(X, y):
    """A column y gives a column of weights: flatten y, w has the shape (d,)."""
    _, Z, _ = _full_rank(X, y)
    theta = np.linalg.solve(Z.T @ Z, Z.T @ np.asarray(y, float))
    return theta[:-1], theta[-1]


def normal_equation__wants_more_rows(X, y):
    """d + 1 points are just enough for d weights and b: refuse only fewer."""
    _, Z, y = _full_rank(X, y)
    _require(len(Z) > Z.shape[1])
    theta = np.linalg.solve(Z.T @ Z, Z.T @ y)
    return theta[:-1], theta[-1]


def normal_equation__overwrites_y(X, y):
    """y -= mean centres the caller's targets: work on a new array."""
    caller = y
    _, Z, y = _full_rank(X, y)
    theta = np.linalg.solve(Z.T @ Z, Z.T @ y)
    if isinstance(caller, np.ndarray) and caller.dtype == float:
        caller -= caller.mean()
    return theta[:-1], theta[-1]


# --- r_squared ----------------------------------------------------------------------------------


def _spread(values):
    return np.sum((values - values.mean()) ** 2)


def r_squared__squared_correlation(y_true, y_pred):
    """Correlation ignores a wrong level or scale of the predictions: R² punishes both."""
    y, p = _scored(y_true, y_pred)
    together = np.sum((y - y.mean()) * (p - p.mean()))
    return together**2 / (_spread(y) * _spread(p)) if _spread(p) else 0.0


def r_squared__refuses_small_units(y_true, y_pred):
    """Small is not constant: np.isclose(variance, 0) refuses targets in small units. Compare the smallest target with the largest."""
    y, p = _scored(y_true, y_pred)
    _require(not np.isclose(np.var(y), 0))
    return 1 - np.sum((y - p) ** 2) / _spread(y)


def r_squared__spread_of_predictions(y_true, y_pred):
    """The numerator is symmetric, the denominator is not: it must use the spread of y_true."""
    y, p = _scored(y_true, y_pred)
    return 1 - np.sum((y - p) ** 2) / (_spread(p) or 1.0)


def r_squared__explained_share(y_true, y_pred):
    """Explained over total spread equals R² only for least-squares fits: use the residuals."""
    y, p = _scored(y_true, y_pred)
    return np.sum((p - y.mean()) ** 2) / _spread(y)


def r_squared__unexplained_share(y_true, y_pred):
    """You return the share that is left over: R² is 1 minus that, a perfect model scores 1."""
    y, p = _scored(y_true, y_pred)
    return np.sum((y - p) ** 2) / _spread(y)


def r_squared__never_negative(y_true, y_pred):
    """A model worse than the mean earns a negative score: do not clip it at 0."""
    y, p = _scored(y_true, y_pred)
    return max(0.0, 1 - np.sum((y - p) ** 2) / _spread(y))


def r_squared__squares_without_mean(y_true, y_pred):
    """You compare with predicting 0: the yardstick is predicting the mean, so subtract it."""
    y, p = _scored(y_true, y_pred)
    return 1 - np.sum((y - p) ** 2) / np.sum(y**2)


def r_squared__mixed_divisors(y_true, y_pred):
    """You divide one sum by n and the other by n - 1: use the same divisor, or none."""
    y, p = _scored(y_true, y_pred)
    return 1 - np.mean((y - p) ** 2) / np.var(y, ddof=1)


def r_squared__roots(y_true, y_pred):
    """You compare standard deviations: R² compares squares, leave out the roots."""
    y, p = _scored(y_true, y_pred)
    return 1 - np.sqrt(np.sum((y - p) ** 2) / _spread(y))


def r_squared__absolute_deviations(y_true, y_pred):
    """You add up absolute deviations: the 2 in R² means squares, above and below."""
    y, p = _scored(y_true, y_pred)
    return 1 - np.sum(np.abs(y - p)) / np.sum(np.abs(y - y.mean()))


def r_squared__all_pairs(y_true, y_pred):
    """A column minus a flat vector gives all n·n differences: flatten both before subtracting."""
    _scored(y_true, y_pred)
    y, p = np.asarray(y_true, float), np.asarray(y_pred, float)
    return 1 - np.sum((y - p) ** 2) / _spread(y)


def r_squared__flattens_only_the_targets(y_true, y_pred):
    """A column of predictions below flat targets gives an n by n table: flatten both."""
    y, _ = _scored(y_true, y_pred)
    return 1 - np.sum((y - np.asarray(y_pred, float)) ** 2) / _spread(y)


def r_squared__wants_three_points(y_true, y_pred):
    """Two points are enough: both sums exist as soon as the targets differ."""
    y, p = _scored(y_true, y_pred)
    _require(y.size > 2)
    return 1 - np.sum((y - p) ** 2) / _spread(y)


def r_squared__constant_scores_zero(y_true, y_pred):
    """Targets that do not vary leave nothing to explain: R² is 0/0 there, raise a ValueError."""
    y, p = _pair(y_true, y_pred, least=2)
    return 1 - np.sum((y - p) ** 2) / _spread(y) if y.min() < y.max() else 0.0


def r_squared__spread_exactly_zero(y_true, y_pred):
    """Three times 0.1 has a mean that is not quite 0.1: ask whether all targets are equal."""
    y, p = _pair(y_true, y_pred, least=2)
    _require(_spread(y) != 0)
    return 1 - np.sum((y - p) ** 2) / _spread(y)


def r_squared__broadcasts_one_prediction(y_true, y_pred):
    """numpy stretches a single prediction over all targets: compare the lengths yourself."""
    y, p = _flat(y_true), _flat(y_pred)
    _require(y.size >= 2 and y.min() != y.max())
    return 1 - np.sum((y - p) ** 2) / _spread(y)


# --- max_stable_learning_rate -------------------------------------------------------------------


def _hessian(X):
    Z = _with_ones(_table(X))
    return 2 / len(Z) * Z.T @ Z


def max_stable_learning_rate__one_over(X):
    """1/λ is the safe step of the books: -1 < 1 - lr λ allows twice as much."""
    return 1 / np.linalg.eigvalsh(_hessian(X))[-1]


def max_stable_learning_rate__forgets_two_over_n(X):
    """Your curvature is that of half the SUM of squares: the Hessian of the mean is (2/n) ZᵀZ."""
    return 2 / np.linalg.eigvalsh(_hessian(X) * len(X) / 2)[-1]


def max_stable_learning_rate__forgets_n(X):
    """Your limit falls with the number of rows: the loss is a mean, its curvature carries 1/n."""
    return 2 / np.linalg.eigvalsh(_hessian(X) * len(X))[-1]


def max_stable_learning_rate__forgets_two(X):
    """The second derivative of r² is 2, so the Hessian is twice yours and the limit half."""
    return 2 / np.linalg.eigvalsh(_hessian(X) / 2)[-1]


def max_stable_learning_rate__flattest_direction(X):
    """The steepest direction, the LARGEST eigenvalue, explodes first, not the flattest."""
    return 2 / np.linalg.eigvalsh(_hessian(X))[0]


def max_stable_learning_rate__no_ones(X):
    """b is a parameter, too: give X its column of ones before you ask for the curvature."""
    X = _table(X)
    return 2 / np.linalg.eigvalsh(2 / len(X) * X.T @ X)[-1]


def max_stable_learning_rate__standardises(X):
    """The limit is asked for X as it is: do not standardise it first."""
    return 2 / np.linalg.eigvalsh(_hessian(_standard(_table(X))[0]))[-1]


def max_stable_learning_rate__covariance(X):
    """Centring X removes what couples w and b: the curvature comes from ZᵀZ, not the covariance."""
    X = _table(X)
    D = X - X.mean(axis=0)
    return 2 / max(np.linalg.eigvalsh(2 / len(X) * D.T @ D)[-1], 2.0)


def max_stable_learning_rate__singular_value(X):
    """You used the singular value of Z: the eigenvalue of ZᵀZ is its square."""
    Z = _with_ones(_table(X))
    return 2 / (2 / len(Z) * np.linalg.norm(Z, 2))


def max_stable_learning_rate__trace(X):
    """The trace adds up all eigenvalues: your limit is safe but too low, use the largest one."""
    return 2 / np.trace(_hessian(X))


def max_stable_learning_rate__frobenius(X):
    """np.linalg.norm(H) is the Frobenius norm: for the largest eigenvalue ask for that one."""
    return 2 / np.linalg.norm(_hessian(X))


def max_stable_learning_rate__diagonal(X):
    """The diagonal knows the axes only: the steepest direction lies between them."""
    return 2 / np.max(np.diag(_hessian(X)))


def max_stable_learning_rate__centres_in_place(X):
    """X -= X.mean(axis=0) changes the caller's table: copy it first. And here the mean is part of the curvature."""
    table = _table(X)
    if isinstance(X, np.ndarray):
        X -= table.mean(axis=0)
    H = 2 / len(table) * _with_ones(table).T @ _with_ones(table)
    return 2 / np.linalg.eigvalsh(H)[-1]


def max_stable_learning_rate__accepts_a_vector(X):
    """A flat vector has no columns: raise a ValueError instead of guessing that it is one."""
    X = np.asarray(X, float)
    return 2 / np.linalg.eigvalsh(_hessian(X[:, None] if X.ndim == 1 else X))[-1]
