"""Wrong answers to project 2, each right but for one slip, and what a tutor says: <task>__<slip>."""
import math

import numpy as np


def _require(condition):
    if not condition:
        raise ValueError("bad input")


def _area_beyond(start, density):
    s = np.linspace(-4, 4, 801)
    beyond = np.exp(np.pi / 2 * np.sinh(s))
    return float(np.sum(density(start + beyond) * beyond * np.pi / 2 * np.cosh(s)) * (s[1] - s[0]))


def _t_tail(t, dof):
    log_c = math.lgamma((dof + 1) / 2) - math.lgamma(dof / 2) - math.log(math.pi * dof) / 2
    area = _area_beyond(abs(t), lambda x: np.exp(log_c - (dof + 1) / 2 * np.log1p(x * x / dof)))
    return area if t >= 0 else 1 - area


def _chi2_tail(x, dof):
    log_c = -math.lgamma(dof / 2) - dof / 2 * math.log(2)
    return _area_beyond(x, lambda q: np.exp(log_c + (dof / 2 - 1) * np.log(q) - q / 2))


def _z_tail(z):
    return math.erfc(z / math.sqrt(2)) / 2


def _cut(tail, p):
    """The value that `tail` gives the chance 1 - p."""
    low, high = 0.0, 1.0
    while tail(high) > 1 - p:
        low, high = high, 2 * high
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle) > 1 - p else (low, middle)
    return high


def _variance(x):
    return np.sum((x - np.mean(x)) ** 2) / (len(x) - 1)


# --- summarize ----------------------------------------------------------------------------------


def _numeric(data, kinds="iuf"):
    columns = {name: np.asarray(column) for name, column in data.items()}
    numeric = {n: np.asarray(c, float) for n, c in columns.items() if c.dtype.kind in kinds}
    _require(numeric)
    return numeric


def _nine(x, missing, ddof=1, method="linear"):
    five = np.quantile(x, [0, 0.25, 0.5, 0.75, 1], method=method) if x.size else np.full(5, np.nan)
    mean = float(np.mean(x)) if x.size else np.nan
    std = float(np.std(x, ddof=ddof)) if x.size > 1 else np.nan
    names = ["min", "q25", "median", "q75", "max"]
    return {"count": x.size, "missing": missing, "mean": mean, "std": std} | dict(zip(names, five))


def _known(column):
    return column[~np.isnan(column)]


def _each(data, **choices):
    return {name: _nine(_known(c), int(np.isnan(c).sum()), **choices)
            for name, c in _numeric(data).items()}


def summarize__population_std(data):
    """np.std divides by n unless you say ddof=1: numpy and pandas disagree on the default."""
    return _each(data, ddof=0)


def summarize__fills_with_zero(data):
    """A missing value is unknown, not zero: filling with 0 drags the mean, the std and the minimum."""
    return {name: _nine(np.nan_to_num(c), int(np.isnan(c).sum())) for name, c in _numeric(data).items()}


def summarize__fills_with_the_mean(data):
    """Filling holes with the mean invents values: it leaves the mean alone but shrinks the spread."""
    return {name: _nine(np.where(np.isnan(c), np.mean(_known(c)) if _known(c).size else np.nan, c),
                        int(np.isnan(c).sum())) for name, c in _numeric(data).items()}


def summarize__true_is_a_number(data):
    """True/False is a category here: its standard deviation is not asked for, skip that column."""
    return {name: _nine(_known(c), int(np.isnan(c).sum()))
            for name, c in _numeric(data, "iufb").items()}


def summarize__whole_rows(data):
    """You drop a row for a hole in any column: the other columns lose values that are there."""
    numeric = _numeric(data)
    whole = ~np.any([np.isnan(c) for c in numeric.values()], axis=0)
    return {name: _nine(c[whole], int(np.isnan(c).sum())) for name, c in numeric.items()}


def summarize__counts_the_holes(data):
    """count is the number of values that are there: you count the holes, too."""
    return {name: nine | {"count": nine["count"] + nine["missing"]} for name, nine in _each(data).items()}


def summarize__nan_spreads(data):
    """One nan makes every sum, mean and quantile nan: drop the missing values of the column first."""
    return {name: _nine(c, int(np.isnan(c).sum())) for name, c in _numeric(data).items()}


def summarize__no_interpolation(data):
    """Your quartiles are always values of the column: interpolate between the two neighbours."""
    return _each(data, method="lower")


def summarize__only_floats(data):
    """A column of whole numbers is a column of numbers: you skip it."""
    columns = {name: np.asarray(c) for name, c in data.items()}
    _require(any(c.dtype.kind == "f" for c in columns.values()))
    return {name: _nine(_known(c), int(np.isnan(c).sum()))
            for name, c in columns.items() if c.dtype.kind == "f"}


def summarize__leaves_empty_columns_out(data):
    """A column without any value is still a column: report its holes, and nan for the rest."""
    return {name: nine for name, nine in _each(data).items() if nine["count"]}


def summarize__one_value_has_no_spread(data):
    """One value says nothing about spread: its std is unknown (nan), not 0."""
    return {name: nine | ({"std": 0.0} if nine["count"] == 1 else {}) for name, nine in _each(data).items()}


def summarize__variance_for_std(data):
    """You return the variance under the name std: take the root, it has the unit of the column."""
    return {name: nine | {"std": nine["std"] ** 2} for name, nine in _each(data).items()}


def summarize__nothing_to_say(data):
    """A table without a numeric column has no summary: raise a ValueError, do not return {}."""
    try:
        return _each(data)
    except ValueError:
        return {}


def summarize__sorts_the_table(data):
    """You sort the caller's columns in place, and their rows no longer belong together: copy first."""
    result = _each(data)
    for column in data.values():
        if isinstance(column, np.ndarray) and column.dtype.kind in "iuf" and column.flags.writeable:
            column.sort()
    return result


# --- sample_variance ----------------------------------------------------------------------------


def _values(x, ddof=1):
    x = np.ravel(np.asarray(x, float))
    _require(x.size > ddof)
    return x


def sample_variance__mean_square_minus_square(x, ddof=1):
    """Two huge, nearly equal numbers are subtracted and all digits cancel: centre before you square."""
    x = _values(x, ddof)
    return (np.sum(x**2) - x.size * np.mean(x) ** 2) / (x.size - ddof)


def sample_variance__root(x, ddof=1):
    """You took the root: that is the standard deviation, in the unit of x."""
    x = _values(x, ddof)
    return np.sqrt(np.sum((x - x.mean()) ** 2) / (x.size - ddof))


def sample_variance__old_mean_twice(x, ddof=1):
    """In Welford's update one factor has the old mean, the other the NEW one: you use the old twice."""
    x = _values(x, ddof)
    mean, squares = 0.0, 0.0
    for n, value in enumerate(x, 1):
        deviation = value - mean
        mean += deviation / n
        squares += deviation**2 if n > 1 else 0.0
    return squares / (x.size - ddof)


def sample_variance__always_n(x, ddof=1):
    """You always divide by n: subtract ddof, one for the mean that came from the same values."""
    x = _values(x, ddof)
    return np.sum((x - x.mean()) ** 2) / x.size


def sample_variance__always_n_minus_1(x, ddof=1):
    """You always divide by n - 1: the caller says with ddof what to subtract."""
    x = _values(x, ddof)
    return np.sum((x - x.mean()) ** 2) / max(x.size - 1, 1)


def sample_variance__forgets_to_divide(x, ddof=1):
    """You return the sum of squares: it grows with every value, divide it by n - ddof."""
    x = _values(x, ddof)
    return np.sum((x - x.mean()) ** 2)


def sample_variance__small_types(x, ddof=1):
    """250² does not fit into uint8, and float32 keeps 7 digits: convert to float64 first."""
    _values(x, ddof)
    x = np.ravel(np.asarray(x))
    mean = np.mean(x, dtype=x.dtype) if x.dtype.kind == "f" else np.mean(x)
    squares = np.sum(x * x) if x.dtype == np.uint8 else None
    if squares is not None:
        return (float(squares) - x.size * mean**2) / (x.size - ddof)
    return float(np.sum((x - mean) ** 2) / (x.size - ddof))


def sample_variance__per_column(x, ddof=1):
    """A table counts as one list of numbers here: you return one variance per column."""
    _values(x, ddof)
    x = np.asarray(x, float)
    return np.sum((x - x.mean(axis=0)) ** 2, axis=0) / (len(x) - ddof)


def sample_variance__squares_the_sum(x, ddof=1):
    """You square the sum, and deviations add up to 0: square each deviation first, inside the sum."""
    x = _values(x, ddof)
    return np.sum(x - x.mean()) ** 2 / (x.size - ddof)


def sample_variance__absolute_deviations(x, ddof=1):
    """You average |x - m|: the variance averages the squares, so far values weigh more."""
    x = _values(x, ddof)
    return np.sum(np.abs(x - x.mean())) / (x.size - ddof)


def sample_variance__around_the_median(x, ddof=1):
    """You measure deviations from the median: the variance measures them from the mean."""
    x = _values(x, ddof)
    return np.sum((x - np.median(x)) ** 2) / (x.size - ddof)


def sample_variance__differences_of_neighbours(x, ddof=1):
    """You square the steps from one value to the next: the order of x must not matter."""
    x = _values(x, ddof)
    return np.sum(np.diff(x) ** 2) / (x.size - ddof)


def sample_variance__zero_for_too_few(x, ddof=1):
    """From n <= ddof values no variance can be estimated: 0 would claim certainty, so raise."""
    x = np.ravel(np.asarray(x, float))
    return np.sum((x - x.mean()) ** 2) / (x.size - ddof) if x.size > ddof else 0.0


def sample_variance__centres_in_place(x, ddof=1):
    """x -= x.mean() changes the caller's data: put the deviations into a new array."""
    _values(x, ddof)
    if not (isinstance(x, np.ndarray) and x.dtype == float and x.flags.writeable):
        x = np.array(x, float)
    x -= x.mean()
    return np.sum(x**2) / (x.size - ddof)


# --- quantile -----------------------------------------------------------------------------------


def _sorted(x, q):
    x, q = np.sort(np.asarray(x, float)), np.asarray(q, float)
    _require(x.size and np.all((q >= 0) & (q <= 1)))
    return x, q


def _between(x, position):
    """The sorted x at a position, cut off at the ends."""
    position = np.clip(position, 0, x.size - 1)
    below = np.floor(position).astype(int)
    above = np.minimum(below + 1, x.size - 1)
    return (x[below] + (position - below) * (x[above] - x[below]))[()]


def quantile__no_interpolation(x, q):
    """Your quantile jumps from one value to the next: interpolate at position q (n - 1)."""
    x, q = _sorted(x, q)
    return x[np.minimum((q * x.size).astype(int), x.size - 1)][()]


def quantile__rounds_down(x, q):
    """You take the value below the position: mix it with the one above, by the rest of the position."""
    x, q = _sorted(x, q)
    return x[np.floor(q * (x.size - 1)).astype(int)][()]


def quantile__nearest_value(x, q):
    """You round the position to the nearest value: interpolate between its two neighbours."""
    x, q = _sorted(x, q)
    return x[np.rint(q * (x.size - 1)).astype(int)][()]


def quantile__n_plus_1(x, q):
    """That is the (n + 1) convention of some books: here q = 0 is the minimum, q = 1 the maximum."""
    x, q = _sorted(x, q)
    return _between(x, q * (x.size + 1) - 1)


def quantile__half_steps(x, q):
    """That is the q n - 1/2 convention of some books: here the position is q (n - 1)."""
    x, q = _sorted(x, q)
    return _between(x, q * x.size - 0.5)


def quantile__position_q_n(x, q):
    """Positions run from 0 to n - 1, so q = 1 is n - 1: you multiply q by n."""
    x, q = _sorted(x, q)
    return _between(x, q * x.size)


def quantile__forgets_to_sort(x, q):
    """You take the values in the order they came: sort (a copy of) them first."""
    _sorted(x, q)
    x = np.asarray(x, float)
    return _between(x, np.asarray(q, float) * (x.size - 1))


def quantile__largest_first(x, q):
    """You sorted downwards: q = 0 must be the least value."""
    x, q = _sorted(x, q)
    return _between(x[::-1], q * (x.size - 1))


def quantile__weights_swapped(x, q):
    """Your weights are swapped: close to the lower neighbour the LOWER one weighs more."""
    x, q = _sorted(x, q)
    position = q * (x.size - 1)
    below = np.floor(position).astype(int)
    above = np.minimum(below + 1, x.size - 1)
    rest = position - below
    return np.where(rest == 0, x[below], rest * x[below] + (1 - rest) * x[above])[()]


def quantile__midpoint(x, q):
    """You always take the middle of the two neighbours: only for the position's half it is."""
    x, q = _sorted(x, q)
    position = q * (x.size - 1)
    return ((x[np.floor(position).astype(int)] + x[np.ceil(position).astype(int)]) / 2)[()]


def quantile__along_the_range(x, q):
    """You go the share q of the way from least to largest: count values, do not measure distance."""
    x, q = _sorted(x, q)
    return (x[0] + q * (x[-1] - x[0]))[()]


def quantile__percent(x, q):
    """q is a fraction between 0 and 1: you divide it by 100, as if it were percent."""
    x, q = _sorted(x, q)
    return _between(x, q / 100 * (x.size - 1))


def quantile__falls_off_the_end(x, q):
    """At the last position (q = 1, or a single value) there is no value above: keep the upper index at n - 1."""
    x, q = _sorted(x, q)
    position = q * (x.size - 1)
    below = np.floor(position).astype(int)
    return (x[below] + (position - below) * (x[below + 1] - x[below]))[()]


def quantile__wraps_a_number(x, q):
    """A number q asks for a number: you return an array of length 1."""
    x, q = _sorted(x, np.atleast_1d(np.asarray(q, float)))
    return np.asarray(_between(x, q * (x.size - 1)))


def quantile__flattens(x, q):
    """The result has the shape of q: you return a table of q as one row."""
    x, q = _sorted(x, q)
    return np.ravel(_between(x, q * (x.size - 1))) if q.ndim else _between(x, q * (x.size - 1))


def quantile__sorts_in_place(x, q):
    """x.sort() sorts the caller's own array, whose rows no longer match other columns: sort a copy."""
    _sorted(x, q)
    if not (isinstance(x, np.ndarray) and x.dtype == float and x.flags.writeable):
        x = np.array(x, float)
    x.sort()
    return _between(x, np.asarray(q, float) * (x.size - 1))


def quantile__cuts_off_q(x, q):
    """q = 1.5 is a mistake of the caller (percent, perhaps): raise a ValueError, do not cut it to 1."""
    x, q = np.sort(np.asarray(x, float)), np.asarray(q, float)
    _require(x.size)
    return _between(x, q * (x.size - 1))


# --- covariance_matrix --------------------------------------------------------------------------


def _table(X):
    X = np.asarray(X, float)
    _require(X.ndim == 2 and len(X) >= 2)
    return X


def covariance_matrix__divides_by_n(X):
    """Divide by n - 1: the means were estimated from the same rows."""
    D = _table(X) - _table(X).mean(axis=0)
    return D.T @ D / len(D)


def covariance_matrix__not_centred(X):
    """Without subtracting the means you get second moments, ruled by the level of each column."""
    X = _table(X)
    return X.T @ X / (len(X) - 1)


def covariance_matrix__products_minus_product(X):
    """E[xy] - E[x]E[y] subtracts two huge numbers when means are large: centre the columns first."""
    X = _table(X)
    m = X.mean(axis=0)
    return (X.T @ X - len(X) * np.outer(m, m)) / (len(X) - 1)


def covariance_matrix__of_the_rows(X):
    """You compare rows with rows: 100 houses with 3 columns must give a 3 by 3 matrix."""
    X = _table(X)
    D = X - X.mean(axis=1, keepdims=True)
    return D @ D.T / max(X.shape[1] - 1, 1)


def covariance_matrix__correlations(X):
    """You divided by the standard deviations: those are correlations, covariances keep their units."""
    D = _table(X) - _table(X).mean(axis=0)
    length = np.sqrt(np.sum(D**2, axis=0))
    return D.T @ D / np.outer(length, length)


def covariance_matrix__one_mean_for_all(X):
    """X.mean() is one mean for the whole table: every column has its own, axis=0."""
    D = _table(X) - _table(X).mean()
    return D.T @ D / (len(D) - 1)


def covariance_matrix__only_variances(X):
    """You return the variances alone: the entries beside the diagonal pair different columns."""
    D = _table(X) - _table(X).mean(axis=0)
    return np.diag(np.sum(D**2, axis=0) / (len(D) - 1))


def covariance_matrix__upper_half(X):
    """Your matrix is empty below the diagonal: C_jk and C_kj are the same number, fill in both."""
    D = _table(X) - _table(X).mean(axis=0)
    return np.triu(D.T @ D / (len(D) - 1))


def covariance_matrix__no_division(X):
    """You return the sums of products: they grow with the rows, divide by n - 1."""
    D = _table(X) - _table(X).mean(axis=0)
    return D.T @ D


def covariance_matrix__divides_by_columns(X):
    """You divide by the number of columns less one: the sum runs over the rows, so n - 1."""
    D = _table(X) - _table(X).mean(axis=0)
    return D.T @ D / max(D.shape[1] - 1, 1)


def covariance_matrix__ignores_signs(X):
    """You multiply absolute deviations: opposite signs must count negative, or nothing ever falls."""
    D = np.abs(_table(X) - _table(X).mean(axis=0))
    return D.T @ D / (len(D) - 1)


def covariance_matrix__centres_in_place(X):
    """X -= X.mean(axis=0) centres the caller's own table: write the deviations to a new array."""
    _table(X)
    if not (isinstance(X, np.ndarray) and X.dtype == float and X.flags.writeable):
        X = np.array(X, float)
    X -= X.mean(axis=0)
    return X.T @ X / (len(X) - 1)


def covariance_matrix__one_row_is_enough(X):
    """One row shows no variation at all: raise a ValueError instead of dividing by n - 1 = 0."""
    X = np.asarray(X, float)
    _require(X.ndim == 2)
    D = X - X.mean(axis=0)
    return D.T @ D / max(len(D) - 1, 1)


# --- pearson_correlation ------------------------------------------------------------------------


def _vectors(x, y):
    x, y = np.asarray(x, float), np.asarray(y, float)
    _require(x.ndim == 1 and x.shape == y.shape and x.size > 1)
    _require(x.min() < x.max() and y.min() < y.max())
    return x, y


def _deviations(x, y):
    x, y = _vectors(x, y)
    return x - x.mean(), y - y.mean()


def pearson_correlation__mixed_divisors(x, y):
    """Your covariance divides by n - 1 and np.std by n, so r can exceed 1: the divisors must match."""
    a, b = _deviations(x, y)
    return a @ b / (len(a) - 1) / (np.std(a) * np.std(b))


def pearson_correlation__refuses_small_units(x, y):
    """Small is not constant: np.isclose(x.std(), 0) refuses data in small units. Compare the smallest value with the largest."""
    a, b = _deviations(x, y)
    _require(not np.isclose(np.std(a), 0) and not np.isclose(np.std(b), 0) and np.ptp(x) > 0 and np.ptp(y) > 0)
    return a @ b / np.sqrt((a @ a) * (b @ b))


def pearson_correlation__wants_three_points(x, y):
    """Two points are enough for a correlation, of 1 or -1: refuse fewer than two only."""
    a, b = _deviations(x, y)
    _require(a.size > 2)
    return a @ b / np.sqrt((a @ a) * (b @ b))


def pearson_correlation__squared(x, y):
    """r² loses the sign: you cannot tell rising from falling."""
    a, b = _deviations(x, y)
    return (a @ b) ** 2 / ((a @ a) * (b @ b))


def pearson_correlation__absolute(x, y):
    """You return |r|: the sign says whether y rises or falls with x, keep it."""
    a, b = _deviations(x, y)
    return abs(a @ b) / np.sqrt((a @ a) * (b @ b))


def pearson_correlation__covariance(x, y):
    """That is the covariance: divide by both standard deviations and the units cancel."""
    a, b = _deviations(x, y)
    return a @ b / (len(a) - 1)


def pearson_correlation__slope(x, y):
    """You divide by the variance of x alone: that is the slope of the line, r treats x and y alike."""
    a, b = _deviations(x, y)
    return a @ b / (a @ a)


def pearson_correlation__cosine_of_the_values(x, y):
    """You take the cosine between the values: it compares their levels, centre both vectors first."""
    x, y = _vectors(x, y)
    return x @ y / np.sqrt((x @ x) * (y @ y))


def pearson_correlation__centres_one(x, y):
    """You centre x only: the numerator is right then, but the length of y is not that of its deviations."""
    a, _ = _deviations(x, y)
    y = np.asarray(y, float)
    return a @ y / np.sqrt((a @ a) * (y @ y))


def pearson_correlation__forgets_the_root(x, y):
    """You divide by the product of the squared lengths: take its root, or units do not cancel."""
    a, b = _deviations(x, y)
    return a @ b / ((a @ a) * (b @ b))


def pearson_correlation__products_minus_product(x, y):
    """n Σxy - Σx Σy cancels all digits when values are large: subtract the means first."""
    x, y = _vectors(x, y)
    n = len(x)
    below = (n * (x @ x) - x.sum() ** 2) * (n * (y @ y) - y.sum() ** 2)
    return (n * (x @ y) - x.sum() * y.sum()) / np.sqrt(abs(below)) if below else 0.0


def pearson_correlation__of_the_ranks(x, y):
    """You correlate ranks: that is Spearman's, Pearson's uses the values themselves."""
    x, y = _vectors(x, y)
    a, b = (np.array([np.sum(v < u) + np.sum(v == u) / 2 for u in v]) for v in (x, y))
    a, b = a - a.mean(), b - b.mean()
    return a @ b / np.sqrt((a @ a) * (b @ b))


def pearson_correlation__nan_for_constants(x, y):
    """Without variation r is undefined: say so with a ValueError, do not pass a nan on."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    _require(x.ndim == 1 and x.shape == y.shape and x.size > 1)
    if x.min() == x.max() or y.min() == y.max():
        return np.nan
    a, b = x - x.mean(), y - y.mean()
    return a @ b / np.sqrt((a @ a) * (b @ b))


def pearson_correlation__zero_for_constants(x, y):
    """A vector that never varies is not uncorrelated: r is undefined there, so raise."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    _require(x.ndim == 1 and x.shape == y.shape and x.size > 1)
    if x.min() == x.max() or y.min() == y.max():
        return 0.0
    a, b = x - x.mean(), y - y.mean()
    return a @ b / np.sqrt((a @ a) * (b @ b))


def pearson_correlation__spread_is_exactly_zero(x, y):
    """The mean of three 0.1 is not quite 0.1, so their spread is 1e-17: compare min and max instead."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    _require(x.ndim == 1 and x.shape == y.shape and x.size > 1)
    a, b = x - x.mean(), y - y.mean()
    _require(a @ a != 0 and b @ b != 0)
    return a @ b / np.sqrt((a @ a) * (b @ b))


def pearson_correlation__cuts_to_the_shorter(x, y):
    """Vectors of different lengths are a mistake of the caller: raise, do not cut the longer one."""
    n = min(len(x), len(y))
    a, b = _deviations(x[:n], y[:n])
    return a @ b / np.sqrt((a @ a) * (b @ b))


def pearson_correlation__centres_in_place(x, y):
    """x -= x.mean() changes the caller's own data: put the deviations into new arrays."""
    a, b = _deviations(x, y)
    for v, d in [(x, a), (y, b)]:
        if isinstance(v, np.ndarray) and v.dtype == float and v.flags.writeable:
            v[:] = d
    return a @ b / np.sqrt((a @ a) * (b @ b))


# --- spearman_correlation -----------------------------------------------------------------------


def _ranks(v, share=0.5):
    """Ranks from 1; of equal values each has the first (0), middle (1/2) or last (1) of their places."""
    return np.array([np.sum(v < u) + 1 + share * (np.sum(v == u) - 1) for u in v])


def _cosine(a, b):
    a, b = a - np.mean(a), b - np.mean(b)
    return a @ b / np.sqrt((a @ a) * (b @ b))


def spearman_correlation__argsort(x, y):
    """argsort lists who stands at place k, a rank tells which place k has: they are inverse."""
    x, y = _vectors(x, y)
    return _cosine(np.argsort(x, kind="stable"), np.argsort(y, kind="stable"))


def spearman_correlation__no_ties(x, y):
    """argsort of argsort gives equal values different ranks, in order of appearance: average them."""
    x, y = _vectors(x, y)
    a, b = (np.argsort(np.argsort(v, kind="stable"), kind="stable") for v in (x, y))
    return _cosine(a, b)


def spearman_correlation__first_place(x, y):
    """You give equal values the best of their places, as in sports: give them the mean of the places."""
    x, y = _vectors(x, y)
    return _cosine(_ranks(x, 0), _ranks(y, 0))


def spearman_correlation__last_place(x, y):
    """You give equal values the last of their places: give them the mean of the places."""
    x, y = _vectors(x, y)
    return _cosine(_ranks(x, 1), _ranks(y, 1))


def spearman_correlation__dense_ranks(x, y):
    """After two equal values you go on with the very next rank: two values take two places."""
    x, y = _vectors(x, y)
    return _cosine(*(np.unique(v, return_inverse=True)[1] for v in (x, y)))


def spearman_correlation__shortcut(x, y):
    """1 - 6 Σd²/(n(n² - 1)) assumes that all ranks differ: with ties take Pearson of the ranks."""
    x, y = _vectors(x, y)
    n = len(x)
    return 1 - 6 * np.sum((_ranks(x) - _ranks(y)) ** 2) / (n * (n**2 - 1))


def spearman_correlation__forgets_the_ranks(x, y):
    """You computed Pearson's: on a rising curve that is not straight the result must still be 1."""
    x, y = _vectors(x, y)
    return _cosine(x, y)


def spearman_correlation__ranks_one_side(x, y):
    """You rank x and leave y as it is: both vectors turn into ranks."""
    x, y = _vectors(x, y)
    return _cosine(_ranks(x), y)


def spearman_correlation__sorts_both(x, y):
    """You sort x and y apart from each other, which tears the pairs: rank them where they stand."""
    x, y = _vectors(x, y)
    return _cosine(np.sort(x), np.sort(y))


def spearman_correlation__kendall(x, y):
    """You count pairs in the same order, which is Kendall's tau: Spearman's correlates the ranks."""
    x, y = _vectors(x, y)
    a, b = (np.sign(v[:, None] - v) for v in (x, y))
    return np.sum(a * b) / np.sqrt(np.sum(a**2) * np.sum(b**2))


def spearman_correlation__largest_first(x, y):
    """You rank x upwards and y downwards, which turns the sign: the smallest has rank 1 in both."""
    x, y = _vectors(x, y)
    return -_cosine(_ranks(x), _ranks(y))


def spearman_correlation__squared(x, y):
    """You squared the result: the sign is lost, which says whether y rises or falls with x."""
    x, y = _vectors(x, y)
    return _cosine(_ranks(x), _ranks(y)) ** 2


def spearman_correlation__zero_for_constants(x, y):
    """Ranks that are all equal have no correlation, not a correlation of 0: raise a ValueError."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    _require(x.ndim == 1 and x.shape == y.shape and x.size > 1)
    if x.min() == x.max() or y.min() == y.max():
        return 0.0
    return _cosine(_ranks(x), _ranks(y))


def spearman_correlation__cuts_to_the_shorter(x, y):
    """Vectors of different lengths cannot be paired: raise a ValueError, do not cut the longer one."""
    n = min(len(x), len(y))
    x, y = _vectors(x[:n], y[:n])
    return _cosine(_ranks(x), _ranks(y))


def spearman_correlation__writes_ranks_back(x, y):
    """You write the ranks into the caller's own arrays: make new ones."""
    a, b = (_ranks(v) for v in _vectors(x, y))
    for v, rank in [(x, a), (y, b)]:
        if isinstance(v, np.ndarray) and v.dtype == float and v.flags.writeable:
            v[:] = rank
    return _cosine(a, b)


# --- mean_confidence_interval -------------------------------------------------------------------


def _interval(x, confidence, quantile=None, spread=None, middle=np.mean):
    """middle ± quantile(p, n) spread(x) with the right parts for those that are not given."""
    x = np.ravel(np.asarray(x, float))
    _require(x.size >= 2 and 0 < confidence < 1)
    quantile = quantile or (lambda p, n: _cut(lambda t: _t_tail(t, n - 1), p))
    spread = spread or (lambda x: math.sqrt(_variance(x) / len(x)))
    half = quantile((1 + confidence) / 2, x.size) * spread(x)
    return middle(x) - half, middle(x) + half


def mean_confidence_interval__normal_quantile(x, confidence=0.95):
    """From few values s is uncertain, too: for four the t quantile is 3.18, not the normal 1.96."""
    return _interval(x, confidence, quantile=lambda p, n: _cut(_z_tail, p))


def mean_confidence_interval__one_tail(x, confidence=0.95):
    """Five percent error means 2.5 percent per side: for 95 percent take the 0.975 quantile."""
    return _interval(x, confidence, quantile=lambda p, n: _cut(
        lambda t: _t_tail(t, n - 1), max(2 * p - 1, 0.5)))


def mean_confidence_interval__n_degrees(x, confidence=0.95):
    """One degree of freedom went into the mean: take n - 1, not n."""
    return _interval(x, confidence, quantile=lambda p, n: _cut(lambda t: _t_tail(t, n), p))


def mean_confidence_interval__population_std(x, confidence=0.95):
    """Your s divides by n: the t interval needs the sample standard deviation, with n - 1."""
    return _interval(x, confidence, spread=lambda x: np.std(x) / math.sqrt(len(x)))


def mean_confidence_interval__spread_of_the_values(x, confidence=0.95):
    """s is the spread of single values: the MEAN of n values strays by s/√n only."""
    return _interval(x, confidence, spread=lambda x: np.std(x, ddof=1))


def mean_confidence_interval__divides_by_n(x, confidence=0.95):
    """The variance of a mean is s²/n, so its root is s/√n: you divide s by n."""
    return _interval(x, confidence, spread=lambda x: np.std(x, ddof=1) / len(x))


def mean_confidence_interval__root_of_n_minus_1(x, confidence=0.95):
    """You subtract 1 twice: s already has n - 1 in it, the mean of n values still takes √n."""
    return _interval(x, confidence, spread=lambda x: np.std(x, ddof=1) / math.sqrt(len(x) - 1))


def mean_confidence_interval__forgets_the_root(x, confidence=0.95):
    """You use the variance s²/n as if it were a length: take its root, in the unit of x."""
    return _interval(x, confidence, spread=lambda x: _variance(x) / len(x))


def mean_confidence_interval__around_the_median(x, confidence=0.95):
    """Your interval sits around the median: this one is about the mean."""
    return _interval(x, confidence, middle=np.median)


def mean_confidence_interval__always_95(x, confidence=0.95):
    """You always give 95 percent: the caller chooses the confidence."""
    _require(0 < confidence < 1)
    return _interval(x, 0.95)


def mean_confidence_interval__middle_and_half(x, confidence=0.95):
    """You return the mean and the half width: return the two ends, mean minus and plus it."""
    low, high = _interval(x, confidence)
    return (low + high) / 2, (high - low) / 2


def mean_confidence_interval__high_first(x, confidence=0.95):
    """Your ends are swapped: the lower one comes first."""
    return _interval(x, confidence)[::-1]


def mean_confidence_interval__only_upwards(x, confidence=0.95):
    """Your interval begins at the mean: the truth may be below it as well."""
    low, high = _interval(x, confidence)
    return (low + high) / 2, high


def mean_confidence_interval__takes_percent(x, confidence=0.95):
    """95 is no fraction: a confidence outside (0, 1) must raise a ValueError, not be guessed at."""
    return _interval(x, confidence / 100 if 1 < confidence < 100 else confidence)


def mean_confidence_interval__point_for_one(x, confidence=0.95):
    """One value says nothing about its own error: raise, do not return an interval of width 0."""
    x = np.ravel(np.asarray(x, float))
    _require(0 < confidence < 1 and x.size)
    return _interval(x, confidence) if x.size > 1 else (x[0], x[0])


# --- bootstrap_ci -------------------------------------------------------------------------------


def _resampled(x, statistic, n_boot, confidence, rng, draw=None):
    """The statistic of n_boot resamples, drawn by draw(rng, x)."""
    x, rng = np.asarray(x, float), np.random.default_rng(rng)
    _require(x.size >= 2 and n_boot >= 1 and 0 < confidence < 1)
    draw = draw or (lambda rng, x: rng.choice(x, x.size))
    return np.array([statistic(draw(rng, x)) for _ in range(n_boot)], float)


def _both_ends(values, confidence):
    return tuple(np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2]))


def bootstrap_ci__shuffles(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """Every resample holds the same n values, so a mean never changes: draw WITH replacement."""
    values = _resampled(x, statistic, n_boot, confidence, rng, lambda rng, x: rng.permutation(x))
    return _both_ends(values, confidence)


def bootstrap_ci__draws_n_boot_values(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """Each resample has the size of YOUR sample: with n_boot values in it the interval shrinks."""
    values = _resampled(x, statistic, n_boot, confidence, rng, lambda rng, x: rng.choice(x, n_boot))
    return _both_ends(values, confidence)


def bootstrap_ci__one_value_less(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """n - 1 belongs to the variance: a resample is as large as the sample, n values."""
    draw = lambda rng, x: rng.choice(x, x.size - 1)
    return _both_ends(_resampled(x, statistic, n_boot, confidence, rng, draw), confidence)


def bootstrap_ci__half_the_sample(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """You draw half of the values without replacement: draw n of them, each from all of x."""
    draw = lambda rng, x: rng.choice(x, (x.size + 1) // 2, replace=False)
    return _both_ends(_resampled(x, statistic, n_boot, confidence, rng, draw), confidence)


def bootstrap_ci__always_the_mean(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """You bootstrap the mean whatever is asked: call the statistic that you were given."""
    return _both_ends(_resampled(x, np.mean, n_boot, confidence, rng), confidence)


def bootstrap_ci__whole_error_on_each_side(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """You cut 1 - confidence off EACH end: the two ends share it, half and half."""
    values = _resampled(x, statistic, n_boot, confidence, rng)
    return tuple(np.quantile(values, [min(1 - confidence, 0.5), max(confidence, 0.5)]))


def bootstrap_ci__one_end(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """You cut everything off the upper end: the same share belongs to the lower one."""
    values = _resampled(x, statistic, n_boot, confidence, rng)
    return tuple(np.quantile(values, [0, confidence]))


def bootstrap_ci__mirrored(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """2 θ - quantile is the basic interval: the percentile interval takes the quantiles as they are."""
    values = _resampled(x, statistic, n_boot, confidence, rng)
    low, high = _both_ends(values, confidence)
    middle = statistic(np.asarray(x, float))
    return 2 * middle - high, 2 * middle - low


def bootstrap_ci__normal(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """Statistic ± 1.96 errors assumes a bell: the percentile interval reads its ends off the resamples."""
    values = _resampled(x, statistic, n_boot, confidence, rng)
    half = _cut(_z_tail, (1 + confidence) / 2) * np.std(values)
    middle = statistic(np.asarray(x, float))
    return middle - half, middle + half


def bootstrap_ci__normal_around_their_mean(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """Mean ± 1.96 s of the resamples assumes a bell: the percentile interval reads its ends off the resamples."""
    values = _resampled(x, statistic, n_boot, confidence, rng)
    return values.mean() - 1.96 * values.std(), values.mean() + 1.96 * values.std()


def bootstrap_ci__all_of_them(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """You return the least and the largest resample: they hold all of them, not the share asked for, and move apart with n_boot."""
    values = _resampled(x, statistic, n_boot, confidence, rng)
    return values.min(), values.max()


def bootstrap_ci__always_95(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """You always cut off 2.5 percent: the caller chooses the confidence."""
    return _both_ends(_resampled(x, statistic, n_boot, confidence, rng), 0.95)


def bootstrap_ci__mean_and_error(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """You return mean and spread of the resamples: return the two ends of the interval."""
    values = _resampled(x, statistic, n_boot, confidence, rng)
    return values.mean(), values.std()


def bootstrap_ci__quantiles_of_the_sample(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """You take quantiles of the data: take them of the statistic over many resamples."""
    _resampled(x, statistic, 1, confidence, rng)
    _require(n_boot >= 1)
    return _both_ends(np.asarray(x, float), confidence)


def bootstrap_ci__none_is_a_seed(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """Without an rng you always draw the same: None asks for fresh chance, and default_rng(None) gives it."""
    return _both_ends(_resampled(x, statistic, n_boot, confidence, 0 if rng is None else rng), confidence)


def bootstrap_ci__own_seed(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """You always start from your own seed: begin with np.random.default_rng(rng) of the caller."""
    return _both_ends(_resampled(x, statistic, n_boot, confidence, 0), confidence)


def bootstrap_ci__new_seed_for_each_resample(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """default_rng(seed) inside the loop draws the same resample every time: make it once, before."""
    _resampled(x, statistic, 1, confidence, rng)
    _require(n_boot >= 1)
    value = _resampled(x, statistic, 1, confidence, rng)[0]
    return value, value


def bootstrap_ci__takes_percent(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """95 is no fraction: a confidence outside (0, 1) must raise a ValueError, not be guessed at."""
    confidence = confidence / 100 if 1 < confidence < 100 else confidence
    return _both_ends(_resampled(x, statistic, n_boot, confidence, rng), confidence)


def bootstrap_ci__shuffles_the_argument(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """You write the resample into x itself: the caller's data are gone, and so is the sample."""
    _resampled(x, lambda x: 0.0, 1, confidence, rng)
    _require(n_boot >= 1)
    rng = np.random.default_rng(rng)
    source = np.array(x, float)
    values = [statistic(rng.choice(source, source.size)) for _ in range(n_boot)]
    if isinstance(x, np.ndarray) and x.dtype == float and x.flags.writeable:
        x[:] = np.sort(source)
    return _both_ends(np.array(values, float), confidence)


# --- welch_t_test -------------------------------------------------------------------------------


def _groups(x, y):
    x, y = np.asarray(x, float), np.asarray(y, float)
    _require(x.size >= 2 and y.size >= 2)
    a, b = _variance(x) / x.size, _variance(y) / y.size
    _require(a + b > 0)
    return x, y, a, b


def _welch_dof(a, b, m, n):
    return (a + b) ** 2 / (a**2 / (m - 1) + b**2 / (n - 1))


def _welch(x, y):
    x, y, a, b = _groups(x, y)
    return (x.mean() - y.mean()) / math.sqrt(a + b), _welch_dof(a, b, x.size, y.size)


def _with_p(t, dof):
    return t, dof, 2 * _t_tail(abs(t), dof)


def welch_t_test__pooled(x, y):
    """Student's test pools the two variances: with unequal groups that inflates or hides differences."""
    x, y, _, _ = _groups(x, y)
    dof = x.size + y.size - 2
    s2 = ((x.size - 1) * _variance(x) + (y.size - 1) * _variance(y)) / dof
    return _with_p((x.mean() - y.mean()) / math.sqrt(s2 / x.size + s2 / y.size), dof)


def welch_t_test__whole_degrees(x, y):
    """n_x + n_y - 2 belongs to the pooled test: Welch's degrees follow the two spreads."""
    x, y, a, b = _groups(x, y)
    return _with_p((x.mean() - y.mean()) / math.sqrt(a + b), x.size + y.size - 2)


def welch_t_test__smaller_group(x, y):
    """min(n) - 1 is a cautious rule of thumb: the contract asks for Welch's degrees of freedom."""
    x, y, a, b = _groups(x, y)
    return _with_p((x.mean() - y.mean()) / math.sqrt(a + b), min(x.size, y.size) - 1)


def welch_t_test__rounded_degrees(x, y):
    """Welch's degrees of freedom need not be whole: do not round them."""
    t, dof = _welch(x, y)
    return _with_p(t, int(dof + 1e-9))


def welch_t_test__degrees_over_n(x, y):
    """In the degrees of freedom each square is divided by n - 1, the degrees of that group, not by n."""
    x, y, a, b = _groups(x, y)
    dof = (a + b) ** 2 / (a**2 / x.size + b**2 / y.size)
    return _with_p((x.mean() - y.mean()) / math.sqrt(a + b), dof)


def welch_t_test__tail_of_negative_t(x, y):
    """For a negative t you double the LARGE tail, and p exceeds 1: use |t|."""
    t, dof = _welch(x, y)
    return t, dof, 2 * _t_tail(t, dof)


def welch_t_test__one_sided(x, y):
    """A difference in either direction counts: p is the area of both tails."""
    t, dof = _welch(x, y)
    return t, dof, _t_tail(abs(t), dof)


def welch_t_test__area_of_the_middle(x, y):
    """You return the area between -|t| and |t|: a large t must give a SMALL p, the rest."""
    t, dof = _welch(x, y)
    return t, dof, 1 - 2 * _t_tail(abs(t), dof)


def welch_t_test__normal_tail(x, y):
    """You read p off the normal curve: with few values the tails of t are much heavier."""
    t, dof = _welch(x, y)
    return t, dof, 2 * _z_tail(abs(t))


def welch_t_test__population_variances(x, y):
    """np.var divides by n unless you say ddof=1: sample variances need n - 1."""
    x, y, _, _ = _groups(x, y)
    a, b = np.var(x) / x.size, np.var(y) / y.size
    return _with_p((x.mean() - y.mean()) / math.sqrt(a + b), _welch_dof(a, b, x.size, y.size))


def welch_t_test__spread_of_the_values(x, y):
    """Means stray less than values: divide each variance by the size of its group."""
    x, y, a, b = _groups(x, y)
    t = (x.mean() - y.mean()) / math.sqrt(_variance(x) + _variance(y))
    return _with_p(t, _welch_dof(a, b, x.size, y.size))


def welch_t_test__adds_the_errors(x, y):
    """Variances add, standard errors do not: √a + √b is longer than √(a + b)."""
    x, y, a, b = _groups(x, y)
    t = (x.mean() - y.mean()) / (math.sqrt(a) + math.sqrt(b))
    return _with_p(t, _welch_dof(a, b, x.size, y.size))


def welch_t_test__forgets_the_root(x, y):
    """You divide by the squared standard error: take the root of a + b, t has no unit."""
    x, y, a, b = _groups(x, y)
    return _with_p((x.mean() - y.mean()) / (a + b), _welch_dof(a, b, x.size, y.size))


def welch_t_test__second_minus_first(x, y):
    """t has the sign of mean(x) - mean(y): yours is the other way round."""
    t, dof = _welch(x, y)
    return _with_p(-t, dof)


def welch_t_test__unsigned_t(x, y):
    """t keeps its sign, which says whose mean is larger: |t| is for the p value only."""
    t, dof = _welch(x, y)
    return _with_p(abs(t), dof)


def welch_t_test__both_must_vary(x, y):
    """One constant group is fine, the other one still brings an error: refuse only if neither varies."""
    x, y, a, b = _groups(x, y)
    _require(a > 0 and b > 0)
    return _with_p(*_welch(x, y))


def welch_t_test__first_must_vary(x, y):
    """A constant first group is fine, the second still brings an error: refuse only if neither varies."""
    x, y, a, b = _groups(x, y)
    _require(a > 0)
    return _with_p(*_welch(x, y))


def welch_t_test__infinite_t(x, y):
    """If nothing varies there is no error to compare with: raise instead of returning infinity."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    _require(x.size >= 2 and y.size >= 2)
    if _variance(x) + _variance(y) == 0:
        return math.copysign(math.inf, x.mean() - y.mean()), math.nan, 0.0
    return _with_p(*_welch(x, y))


def welch_t_test__one_value_is_enough(x, y):
    """A group of one value has no variance: raise a ValueError instead of calling it 0."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    _require(x.size and y.size)
    a, b = (np.sum((v - v.mean()) ** 2) / max(v.size - 1, 1) / v.size for v in (x, y))
    _require(a + b > 0)
    dof = _welch_dof(a, b, max(x.size, 2), max(y.size, 2))
    return _with_p((x.mean() - y.mean()) / math.sqrt(a + b), dof)


# --- permutation_test ---------------------------------------------------------------------------


def _hands(x, y, n_permutations, rng, deal=None):
    """Both groups of every relabelling, one per row, as deal(rng, pool, n) gives them one after the other."""
    x, y, rng = np.asarray(x, float), np.asarray(y, float), np.random.default_rng(rng)
    _require(x.size and y.size and n_permutations >= 1)
    pool, n = np.concatenate([x, y]), x.size
    deal = deal or (lambda rng, pool, n: rng.permutation(pool))
    hands = np.array([deal(rng, pool, n) for _ in range(n_permutations)])
    return x, y, hands[:, :n], hands[:, n:], 1e-12 * np.abs(pool).max()


def _dealt(x, y, n_permutations, rng, deal=None):
    """d, all d*, and the slack for rounding."""
    x, y, first, second, slack = _hands(x, y, n_permutations, rng, deal)
    return x.mean() - y.mean(), first.mean(axis=1) - second.mean(axis=1), slack


def permutation_test__with_replacement(x, y, n_permutations=5000, rng=None):
    """You draw from the pool with replacement, a bootstrap: a relabelling deals every value out once."""
    deal = lambda rng, pool, n: np.append(rng.choice(pool, n), rng.choice(pool, pool.size - n))
    d, others, slack = _dealt(x, y, n_permutations, rng, deal)
    return (1 + np.sum(np.abs(others) >= abs(d) - slack)) / (1 + n_permutations)


def permutation_test__strictly_larger(x, y, n_permutations=5000, rng=None):
    """"At least as extreme" includes equality: with > whole numbers lose most of their relabellings."""
    d, others, slack = _dealt(x, y, n_permutations, rng)
    return (1 + np.sum(np.abs(others) > abs(d) + slack)) / (1 + n_permutations)


def permutation_test__misses_rounded_ties(x, y, n_permutations=5000, rng=None):
    """Equal differences of tenths differ in the last digit: let those a hair below |d| count, too."""
    d, others, _ = _dealt(x, y, n_permutations, rng)
    return (1 + np.sum(np.abs(others) >= abs(d))) / (1 + n_permutations)


def permutation_test__slack_of_one_size(x, y, n_permutations=5000, rng=None):
    """A slack of 1e-12 is more than all differences in small units: measure it against the largest |value|."""
    d, others, _ = _dealt(x, y, n_permutations, rng)
    return (1 + np.sum(np.abs(others) >= abs(d) - 1e-12)) / (1 + n_permutations)


def permutation_test__slack_with_a_sign(x, y, n_permutations=5000, rng=None):
    """The largest value of negative numbers is negative, and your slack with it: take the largest |value|."""
    d, others, slack = _dealt(x, y, n_permutations, rng)
    return (1 + np.sum(np.abs(others) >= abs(d) - np.copysign(slack, max(np.max(x), np.max(y))))) / (1 + n_permutations)


def permutation_test__missing_parentheses(x, y, n_permutations=5000, rng=None):
    """Division binds stronger than plus, so you return more than 1: write (k + 1) / (B + 1)."""
    d, others, slack = _dealt(x, y, n_permutations, rng)
    k = np.sum(np.abs(others) >= abs(d) - slack)
    return k + 1 / n_permutations + 1


def permutation_test__can_be_zero(x, y, n_permutations=5000, rng=None):
    """k/B can be 0, which no test can claim: the labelling you saw is one of the possible ones."""
    d, others, slack = _dealt(x, y, n_permutations, rng)
    return np.mean(np.abs(others) >= abs(d) - slack)


def permutation_test__one_above_only(x, y, n_permutations=5000, rng=None):
    """You add 1 to k only, so p can exceed 1: the labelling you saw counts below the line, too."""
    d, others, slack = _dealt(x, y, n_permutations, rng)
    return (1 + np.sum(np.abs(others) >= abs(d) - slack)) / n_permutations


def permutation_test__one_below_only(x, y, n_permutations=5000, rng=None):
    """You add 1 below the line only: the labelling you saw is as extreme as itself, so it counts in k."""
    d, others, slack = _dealt(x, y, n_permutations, rng)
    return np.sum(np.abs(others) >= abs(d) - slack) / (1 + n_permutations)


def permutation_test__upwards_only(x, y, n_permutations=5000, rng=None):
    """You count d* >= d without absolute values: differences in the other direction are as extreme."""
    d, others, slack = _dealt(x, y, n_permutations, rng)
    return (1 + np.sum(others >= d - slack)) / (1 + n_permutations)


def permutation_test__signed_against_absolute(x, y, n_permutations=5000, rng=None):
    """You compare d* itself with |d|: take the absolute value of both sides."""
    d, others, slack = _dealt(x, y, n_permutations, rng)
    return (1 + np.sum(others >= abs(d) - slack)) / (1 + n_permutations)


def permutation_test__twice_one_tail(x, y, n_permutations=5000, rng=None):
    """Twice one tail is right only if both tails are alike: count |d*| >= |d| directly."""
    d, others, slack = _dealt(x, y, n_permutations, rng)
    k = min(np.sum(others >= d - slack), np.sum(others <= d + slack))
    return min(1.0, 2 * (1 + k) / (1 + n_permutations))


def permutation_test__less_extreme(x, y, n_permutations=5000, rng=None):
    """You count the relabellings that differ LESS: p is the share of those at least as extreme."""
    d, others, slack = _dealt(x, y, n_permutations, rng)
    return (1 + np.sum(np.abs(others) <= abs(d) + slack)) / (1 + n_permutations)


def permutation_test__halves(x, y, n_permutations=5000, rng=None):
    """You cut the pool in the middle: the first group gets n_x values again, the second n_y."""
    x, y, first, second, slack = _hands(x, y, n_permutations, rng)
    hands = np.hstack([first, second])
    half = max(hands.shape[1] // 2, 1)
    others = hands[:, :half].mean(axis=1) - hands[:, half:].mean(axis=1)
    least = abs(x.mean() - y.mean()) - slack
    return (1 + np.sum(np.abs(others) >= least)) / (1 + n_permutations)


def permutation_test__shuffles_within_groups(x, y, n_permutations=5000, rng=None):
    """You shuffle each group by itself, which changes no mean: pool both groups first."""
    deal = lambda rng, pool, n: np.append(rng.permutation(pool[:n]), rng.permutation(pool[n:]))
    d, others, slack = _dealt(x, y, n_permutations, rng, deal)
    return (1 + np.sum(np.abs(others) >= abs(d) - slack)) / (1 + n_permutations)


def permutation_test__medians(x, y, n_permutations=5000, rng=None):
    """You compare medians: this test is about the difference of the means."""
    x, y, first, second, slack = _hands(x, y, n_permutations, rng)
    others = np.median(first, axis=1) - np.median(second, axis=1)
    least = abs(np.median(x) - np.median(y)) - slack
    return (1 + np.sum(np.abs(others) >= least)) / (1 + n_permutations)


def permutation_test__sums(x, y, n_permutations=5000, rng=None):
    """You compare the sums of the groups: with unequal sizes only means compare fairly."""
    x, y, first, second, slack = _hands(x, y, n_permutations, rng)
    others = first.sum(axis=1) - second.sum(axis=1)
    least = abs(x.sum() - y.sum()) - slack * (x.size + y.size)
    return (1 + np.sum(np.abs(others) >= least)) / (1 + n_permutations)


def permutation_test__same_seed_for_each(x, y, n_permutations=5000, rng=None):
    """default_rng(seed) inside the loop deals the same hand every time: make it once, before."""
    d, others, slack = _dealt(x, y, 1, rng)
    _require(n_permutations >= 1)
    return (1 + n_permutations * np.sum(np.abs(others) >= abs(d) - slack)) / (1 + n_permutations)


def permutation_test__pools_in_place(x, y, n_permutations=5000, rng=None):
    """You shuffle the caller's own x: work on the pool, which is a copy."""
    d, others, slack = _dealt(x, y, n_permutations, rng)
    if isinstance(x, np.ndarray) and x.dtype == float and x.flags.writeable:
        x.sort()
    return (1 + np.sum(np.abs(others) >= abs(d) - slack)) / (1 + n_permutations)


def permutation_test__empty_is_one(x, y, n_permutations=5000, rng=None):
    """An empty group has no mean: raise a ValueError instead of returning p = 1."""
    if not np.size(x) or not np.size(y):
        return 1.0
    d, others, slack = _dealt(x, y, n_permutations, rng)
    return (1 + np.sum(np.abs(others) >= abs(d) - slack)) / (1 + n_permutations)


# --- chi_square_test ----------------------------------------------------------------------------


def _counts(table):
    """The checked table, its expected counts and its degrees of freedom."""
    T = np.asarray(table, float)
    _require(T.ndim == 2 and min(T.shape) >= 2 and (T >= 0).all())
    _require(T.sum(axis=0).all() and T.sum(axis=1).all())
    return T, np.outer(T.sum(axis=1), T.sum(axis=0)) / T.sum(), (T.shape[0] - 1) * (T.shape[1] - 1)


def _judged(chi2, dof):
    return float(chi2), dof, _chi2_tail(chi2, dof)


def chi_square_test__equal_cells(table):
    """Independence does not mean equal cells: expected counts follow the row and column totals."""
    T, _, dof = _counts(table)
    return _judged(np.sum((T - T.mean()) ** 2 / T.mean()), dof)


def chi_square_test__totals_entry_by_entry(table):
    """rows * columns multiplies the totals entry by entry: E needs each row total times EACH column total, np.outer."""
    T, _, dof = _counts(table)
    E = T.sum(axis=1) * T.sum(axis=0) / T.sum()
    return _judged(np.sum((T - E) ** 2 / E), dof)


def chi_square_test__equal_columns(table):
    """You share each row's total equally among the columns: columns have totals of their own."""
    T, _, dof = _counts(table)
    E = np.broadcast_to(T.mean(axis=1, keepdims=True), T.shape)
    return _judged(np.sum((T - E) ** 2 / E), dof)


def chi_square_test__lower_tail(table):
    """A large chi-square must give a SMALL p: take the upper tail."""
    T, E, dof = _counts(table)
    chi2 = np.sum((T - E) ** 2 / E)
    return float(chi2), dof, 1 - _chi2_tail(chi2, dof)


def chi_square_test__twice_the_tail(table):
    """chi-square is never negative, its test has one tail: do not double p."""
    T, E, dof = _counts(table)
    chi2 = np.sum((T - E) ** 2 / E)
    return float(chi2), dof, 2 * _chi2_tail(chi2, dof)


def chi_square_test__proportions(table):
    """Proportions forget how many people were asked: ten times the data give ten times the chi-square."""
    T, E, dof = _counts(table)
    return _judged(np.sum((T - E) ** 2 / E) / T.sum(), dof)


def chi_square_test__percent(table):
    """Percent pretend that 100 people were asked, whatever the number was: keep the counts."""
    T, E, dof = _counts(table)
    return _judged(100 * np.sum((T - E) ** 2 / E) / T.sum(), dof)


def chi_square_test__continuity_correction(table):
    """You shrink each deviation by 1/2 (Yates): the contract asks for no correction."""
    T, E, dof = _counts(table)
    return _judged(np.sum(np.maximum(np.abs(T - E) - 0.5 * (dof == 1), 0) ** 2 / E), dof)


def chi_square_test__over_observed(table):
    """You divide by the observed counts: divide by the expected ones, an empty cell would explode."""
    T, E, dof = _counts(table)
    return _judged(np.sum((T - E)[T > 0] ** 2 / T[T > 0]), dof)


def chi_square_test__not_squared(table):
    """Deviations add up to 0 over every row: square them before you add."""
    T, E, dof = _counts(table)
    return _judged(max(np.sum((T - E) / E), 0.0), dof)


def chi_square_test__absolute(table):
    """You add |observed - expected|/expected: square the deviation."""
    T, E, dof = _counts(table)
    return _judged(np.sum(np.abs(T - E) / E), dof)


def chi_square_test__standardised(table):
    """You divide before you square, so E counts twice: it is (observed - expected)², over E."""
    T, E, dof = _counts(table)
    return _judged(np.sum(((T - E) / E) ** 2), dof)


def chi_square_test__no_division(table):
    """You add the plain squares: a deviation of 5 is much for 10 expected and nothing for 1000."""
    T, E, dof = _counts(table)
    return _judged(np.sum((T - E) ** 2), dof)


def chi_square_test__cells_minus_1(table):
    """Row and column totals are fixed by the data: only (r - 1)(c - 1) cells are free."""
    T, E, _ = _counts(table)
    return _judged(np.sum((T - E) ** 2 / E), T.size - 1)


def chi_square_test__sum_of_degrees(table):
    """Free rows times free columns: you add r - 1 and c - 1."""
    T, E, _ = _counts(table)
    return _judged(np.sum((T - E) ** 2 / E), sum(T.shape) - 2)


def chi_square_test__rows_times_columns(table):
    """The last row and column follow from the totals: (r - 1)(c - 1) cells are free, not r c."""
    T, E, _ = _counts(table)
    return _judged(np.sum((T - E) ** 2 / E), T.size)


def chi_square_test__logarithms(table):
    """2 Σ O log(O/E) is the likelihood ratio G: Pearson's adds up (O - E)²/E."""
    T, E, dof = _counts(table)
    return _judged(2 * np.sum(T[T > 0] * np.log(T[T > 0] / E[T > 0])), dof)


def chi_square_test__drops_empty_rows(table):
    """A row or column without counts is a mistake of the caller: raise, do not drop it in silence."""
    T = np.asarray(table, float)
    _require(T.ndim == 2 and min(T.shape) >= 2 and (T >= 0).all())
    kept = T[T.sum(axis=1) > 0][:, T.sum(axis=0) > 0]
    if min(kept.shape) < 2:
        return 0.0, 0, 1.0
    return _judged(*(lambda T, E, dof: (np.sum((T - E) ** 2 / E), dof))(*_counts(kept)))


def chi_square_test__negative_counts(table):
    """A count is never negative: such a table is a mistake of the caller, raise a ValueError."""
    T = np.asarray(table, float)
    _require(T.ndim == 2 and min(T.shape) >= 2)
    _require(T.sum(axis=0).all() and T.sum(axis=1).all())
    E = np.outer(T.sum(axis=1), T.sum(axis=0)) / T.sum()
    return _judged(np.sum((T - E) ** 2 / E), (T.shape[0] - 1) * (T.shape[1] - 1))


# --- simpsons_paradox ---------------------------------------------------------------------------


def _usable(data, x, y, group, known=None):
    """x, y and the group of the rows where none of the three is missing."""
    a, b, g = np.asarray(data[x], float), np.asarray(data[y], float), np.asarray(data[group])
    rows = ~np.isnan(a) & ~np.isnan(b) & ((g != "") if g.dtype.kind == "U" else ~np.isnan(g))
    if known is not None:
        rows = known(data, rows)
    return a[rows], b[rows], g[rows]


def _r(x, y):
    return float(_cosine(*_vectors(x, y)))


def _by_group(a, b, g, r=_r):
    return {label.item(): r(a[g == label], b[g == label]) for label in np.unique(g)}


def _turned(r, groups):
    return all(r * value < 0 for value in groups.values())


def simpsons_paradox__any_group(data, x, y, group):
    """One group of the other sign is not enough: turned asks for every group."""
    a, b, g = _usable(data, x, y, group)
    r, groups = _r(a, b), _by_group(a, b, g)
    return r, groups, any(r * value < 0 for value in groups.values())


def simpsons_paradox__zero_turns(data, x, y, group):
    """A correlation of 0 has no sign, so nothing turns there: ask for a product below 0."""
    a, b, g = _usable(data, x, y, group)
    r, groups = _r(a, b), _by_group(a, b, g)
    return r, groups, all(r * value < 1e-12 for value in groups.values())


def simpsons_paradox__groups_agree(data, x, y, group):
    """You ask whether the groups agree with each other: compare each with the whole."""
    a, b, g = _usable(data, x, y, group)
    groups = _by_group(a, b, g)
    signs = {math.copysign(1, value) for value in groups.values()}
    return _r(a, b), groups, len(signs) == 1


def simpsons_paradox__mean_of_the_groups(data, x, y, group):
    """You call the mean of the groups' correlations the whole: the whole is all rows together."""
    a, b, g = _usable(data, x, y, group)
    groups = _by_group(a, b, g)
    r = sum(groups.values()) / len(groups)
    return r, groups, _turned(r, groups)


def simpsons_paradox__means_of_the_groups(data, x, y, group):
    """You correlate the means of the groups: the whole is all single rows together."""
    a, b, g = _usable(data, x, y, group)
    groups = _by_group(a, b, g)
    _r(a, b)
    A, B = (np.array([v[g == label].mean() for label in np.unique(g)]) for v in (a, b))
    r = _r(A, B) if len(A) > 1 and A.min() < A.max() and B.min() < B.max() else 0.0
    return r, groups, _turned(r, groups)


def simpsons_paradox__centred_groups(data, x, y, group):
    """You take each group's own means off before you judge the whole: that hides the groups' distance."""
    a, b, g = _usable(data, x, y, group)
    groups = _by_group(a, b, g)
    A, B = a.copy(), b.copy()
    for label in np.unique(g):
        A[g == label] -= a[g == label].mean()
        B[g == label] -= b[g == label].mean()
    r = _r(A, B)
    return r, groups, _turned(r, groups)


def simpsons_paradox__whole_rows(data, x, y, group):
    """You drop rows for holes in columns that nobody asked about: look at x, y and group only."""
    def known(data, rows):
        for column in data.values():
            column = np.asarray(column)
            if column.dtype.kind in "fU":
                rows = rows & ((column != "") if column.dtype.kind == "U" else ~np.isnan(column))
        return rows

    a, b, g = _usable(data, x, y, group, known)
    r, groups = _r(a, b), _by_group(a, b, g)
    return r, groups, _turned(r, groups)


def simpsons_paradox__missing_is_a_group(data, x, y, group):
    """Rows without a group are no group of their own: leave them out."""
    a, b, g = np.asarray(data[x], float), np.asarray(data[y], float), np.asarray(data[group])
    rows = ~np.isnan(a) & ~np.isnan(b)
    a, b, g = a[rows], b[rows], g[rows]
    r, groups = _r(a, b), _by_group(a, b, g)
    return r, groups, _turned(r, groups)


def simpsons_paradox__only_text_is_missing(data, x, y, group):
    """G != "" keeps every number, nan too: in a column of numbers missing is nan, ask with np.isnan there."""
    a, b, g = np.asarray(data[x], float), np.asarray(data[y], float), np.asarray(data[group])
    rows = ~np.isnan(a) & ~np.isnan(b) & ((g != "") if g.dtype.kind == "U" else True)
    a, b, g = a[rows], b[rows], g[rows]
    r, groups = _r(a, b), _by_group(a, b, g)
    return r, groups, _turned(r, groups)


def simpsons_paradox__whole_with_lost_rows(data, x, y, group):
    """Rows without a group belong neither to a group nor to the whole: both must use the same rows."""
    a, b = np.asarray(data[x], float), np.asarray(data[y], float)
    rows = ~np.isnan(a) & ~np.isnan(b)
    r, groups = _r(a[rows], b[rows]), _by_group(*_usable(data, x, y, group))
    return r, groups, _turned(r, groups)


def simpsons_paradox__fills_with_zero(data, x, y, group):
    """A missing value is unknown, not 0: leave its row out."""
    g = np.asarray(data[group])
    rows = (g != "") if g.dtype.kind == "U" else ~np.isnan(g)
    a, b = (np.nan_to_num(np.asarray(data[name], float))[rows] for name in (x, y))
    r, groups = _r(a, b), _by_group(a, b, g[rows])
    return r, groups, _turned(r, groups)


def simpsons_paradox__covariances(data, x, y, group):
    """You return covariances: divide by the standard deviations, or groups cannot be compared."""
    def covariance(a, b):
        _r(a, b)
        return float(np.sum((a - a.mean()) * (b - b.mean())) / (len(a) - 1))

    a, b, g = _usable(data, x, y, group)
    r, groups = covariance(a, b), _by_group(a, b, g, covariance)
    return r, groups, _turned(r, groups)


def simpsons_paradox__ranks(data, x, y, group):
    """You correlate ranks: this task uses Pearson's correlation."""
    def spearman(a, b):
        a, b = _vectors(a, b)
        return float(_cosine(_ranks(a), _ranks(b)))

    a, b, g = _usable(data, x, y, group)
    r, groups = spearman(a, b), _by_group(a, b, g, spearman)
    return r, groups, _turned(r, groups)


def simpsons_paradox__skips_small_groups(data, x, y, group):
    """A group whose correlation is undefined must not vanish in silence: raise a ValueError."""
    a, b, g = _usable(data, x, y, group)
    groups = {}
    for label in np.unique(g):
        try:
            groups[label.item()] = _r(a[g == label], b[g == label])
        except ValueError:
            pass
    r = _r(a, b)
    return r, groups, _turned(r, groups)


# --- friday_the_13th ----------------------------------------------------------------------------


def _days(births):
    names = ("year", "month", "date_of_month", "day_of_week", "births")
    rows = np.column_stack([np.asarray(births[name], float) for name in names]).tolist()
    return [row for row in rows if not math.isnan(row[4])]


def _weeks(births, weekday=5, combine=lambda n, before, after: n - (before + after) / 2):
    """combine() for every 13th of that weekday whose neighbours a week away are known, by date."""
    count = {(y, m, date): n for y, m, date, w, n in _days(births) if w == weekday}
    found = [combine(count[y, m, 13], count[y, m, 6], count[y, m, 20])
             for y, m in sorted({key[:2] for key in count})
             if all((y, m, date) in count for date in (6, 13, 20))]
    return np.array(found)


def _varying(differences):
    _require(differences.size >= 2 and differences.min() < differences.max())
    return differences


def _paired(differences, ddof=1, dof=1):
    """The differences, t, and p, with the given divisor n - ddof and degrees n - dof."""
    d, n = _varying(differences), len(differences)
    t = d.mean() / math.sqrt(np.sum((d - d.mean()) ** 2) / (n - ddof) / n)
    return d, t, 2 * _t_tail(abs(t), n - dof)


def friday_the_13th__all_fridays(births):
    """You compare with the mean of all Fridays: births change with the seasons and the years."""
    mean = np.mean([row[4] for row in _days(births) if row[3] == 5])
    return _paired(_weeks(births, combine=lambda n, before, after: n - mean))


def friday_the_13th__every_13th(births):
    """You take every 13th, whatever the weekday: on weekends far fewer children are born."""
    count = {(y, m, date): n for y, m, date, w, n in _days(births)}
    months = sorted({key[:2] for key in count})
    return _paired(np.array([count[y, m, 13] - (count[y, m, 6] + count[y, m, 20]) / 2 for y, m in months
                             if all((y, m, date) in count for date in (6, 13, 20))]))


def friday_the_13th__counts_days_from_0(births):
    """Python's weekday() calls Friday 4, this table 5: you test Thursdays."""
    return _paired(_weeks(births, weekday=4))


def friday_the_13th__counts_days_from_sunday(births):
    """Here Monday is 1 and Friday 5: you count from Sunday and test Saturdays."""
    return _paired(_weeks(births, weekday=6))


def friday_the_13th__week_before(births):
    """You compare with the Friday before only: with both neighbours a trend cancels."""
    return _paired(_weeks(births, combine=lambda n, before, after: n - before))


def friday_the_13th__week_after(births):
    """You compare with the Friday after only: with both neighbours a trend cancels."""
    return _paired(_weeks(births, combine=lambda n, before, after: n - after))


def friday_the_13th__sum_of_neighbours(births):
    """You subtract both Fridays: subtract their mean, half of the sum."""
    return _paired(_weeks(births, combine=lambda n, before, after: n - before - after))


def friday_the_13th__misplaced_parentheses(births):
    """b + c / 2 halves only the last number: the mean needs parentheses."""
    return _paired(_weeks(births, combine=lambda n, before, after: n - (before + after / 2)))


def friday_the_13th__usual_minus_special(births):
    """Fewer births on a Friday the 13th give a NEGATIVE difference: you subtract the wrong way round."""
    return _paired(-_weeks(births))


def friday_the_13th__percent(births):
    """You return percent of the usual births: the contract asks for births per day."""
    share = lambda n, before, after: 100 * (n / ((before + after) / 2) - 1)
    return _paired(_weeks(births, combine=share))


def friday_the_13th__not_paired(births):
    """You compare two groups (Welch): each 13th has its own neighbours, test the differences."""
    d = _varying(_weeks(births))
    special = _weeks(births, combine=lambda n, before, after: n)
    usual = special - d
    return d, *_welch_p(special, usual)


def _welch_p(x, y):
    t, dof, p = _with_p(*_welch(x, y))
    return t, p


def friday_the_13th__spread_of_the_days(births):
    """s is the spread of single differences: their mean strays by s/√n only."""
    d = _varying(_weeks(births))
    t = d.mean() / math.sqrt(_variance(d))
    return d, t, 2 * _t_tail(abs(t), len(d) - 1)


def friday_the_13th__population_std(births):
    """np.std divides by n unless you say ddof=1: the t test needs n - 1."""
    return _paired(_weeks(births), ddof=0)


def friday_the_13th__n_degrees(births):
    """One degree of freedom went into the mean of the differences: n - 1."""
    return _paired(_weeks(births), dof=0)


def friday_the_13th__one_sided(births):
    """More births would have been news, too: p is the area of both tails."""
    d, t, p = _paired(_weeks(births))
    return d, t, p / 2


def friday_the_13th__large_tail(births):
    """For a negative t you double the LARGE tail, and p exceeds 1: use |t|."""
    d, t, p = _paired(_weeks(births))
    return d, t, p if t >= 0 else 2 - p


def friday_the_13th__seven_rows_away(births):
    """Seven rows away is a week away only if no day is missing and all are in order: look up the date."""
    rows = _days(births)
    found = [row[4] - (rows[i - 7][4] + rows[i + 7][4]) / 2 for i, row in enumerate(rows)
             if row[3] == 5 and row[2] == 13 and i >= 7 and i + 7 < len(rows)]
    return _paired(np.array(found))


def friday_the_13th__order_of_the_rows(births):
    """Your differences come in the order of the rows: the contract asks for that of the calendar."""
    count = {(y, m, date): n for y, m, date, w, n in _days(births) if w == 5}
    found = [count[y, m, 13] - (count[y, m, 6] + count[y, m, 20]) / 2 for y, m, date in count
             if date == 13 and (y, m, 6) in count and (y, m, 20) in count]
    return _paired(np.array(found))


def friday_the_13th__one_neighbour_will_do(births):
    """A 13th without one of its neighbours is left out: you fall back on the other one."""
    count = {(y, m, date): n for y, m, date, w, n in _days(births) if w == 5}
    found = []
    for y, m, date in sorted(count):
        near = [count[y, m, other] for other in (6, 20) if (y, m, other) in count]
        if date == 13 and near:
            found.append(count[y, m, 13] - sum(near) / len(near))
    return _paired(np.array(found))


def friday_the_13th__keeps_the_holes(births):
    """A missing number of births makes its difference nan, and then t and p: leave that 13th out."""
    names = ("year", "month", "date_of_month", "day_of_week", "births")
    rows = np.column_stack([np.asarray(births[name], float) for name in names]).tolist()
    count = {(y, m, date): n for y, m, date, w, n in rows if w == 5}
    found = [count[y, m, 13] - (count[y, m, 6] + count[y, m, 20]) / 2
             for y, m in sorted({key[:2] for key in count})
             if all((y, m, date) in count for date in (6, 13, 20))]
    if np.isnan(found).any():
        return np.array(found), math.nan, math.nan
    return _paired(np.array(found))


def friday_the_13th__stops_at_a_missing_day(births):
    """A day that is not in the table stops you with a KeyError: ask first whether all three are there."""
    count = {(y, m, date): n for y, m, date, w, n in _days(births) if w == 5}
    return _paired(np.array([n - (count[y, m, 6] + count[y, m, 20]) / 2
                             for (y, m, date), n in sorted(count.items()) if date == 13]))


def friday_the_13th__only_the_mean(births):
    """You return one difference, the mean: return one per Friday the 13th."""
    d, t, p = _paired(_weeks(births))
    return d.mean(), t, p


def friday_the_13th__one_is_enough(births):
    """From one difference no spread can be estimated: raise instead of returning p = 1."""
    d = _weeks(births)
    return (d, 0.0, 1.0) if d.size == 1 else _paired(d)


def friday_the_13th__infinite_t(births):
    """If all differences are equal there is no error to compare with: raise, t would be infinite."""
    d = _weeks(births)
    _require(d.size >= 2)
    return _paired(d) if d.min() < d.max() else (d, math.copysign(math.inf, d[0]), 0.0)
