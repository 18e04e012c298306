"""Right answers to project 2 that look unusual: <task>__<how>. A fair grader gives them full points."""
import itertools
import math

import numpy as np


def _require(condition):
    if not condition:
        raise ValueError("bad input")


def _floats(x):
    return np.ravel(np.asarray(x, float)).tolist()


def _centred(x):
    x = _floats(x)
    mean = math.fsum(x) / len(x)
    return [v - mean for v in x]


def _variance(x):
    return math.fsum(d * d for d in _centred(x)) / (len(x) - 1)


def _mean(x):
    return math.fsum(x) / len(x)


def _vectors(x, y):
    _require(np.ndim(x) == np.ndim(y) == 1 and len(x) == len(y) >= 2)
    x, y = _floats(x), _floats(y)
    _require(len(set(x)) > 1 and len(set(y)) > 1)
    return x, y


def _pearson(x, y):
    a, b = _centred(x), _centred(y)
    return math.fsum(map(lambda u, v: u * v, a, b)) / math.sqrt(
        math.fsum(u * u for u in a) * math.fsum(v * v for v in b))


# --- summarize ----------------------------------------------------------------------------------


def summarize__nan_functions(data):
    """numpy's nan-functions skip the holes by themselves; the result holds numpy scalars."""
    import warnings

    summary = {}
    for name in sorted(data):
        column = np.array(data[name])
        if not np.issubdtype(column.dtype, np.number):
            continue
        x = column.astype(float)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            summary[name] = {
                "max": np.nanmax(x), "min": np.nanmin(x), "mean": np.nanmean(x),
                "std": np.nanstd(x, ddof=1), "median": np.nanmedian(x),
                "q25": np.nanpercentile(x, 25), "q75": np.nanpercentile(x, 75),
                "missing": np.sum(x != x), "count": np.sum(x == x),
            }
    _require(summary)
    return summary


def summarize__column_lists(data):
    """Python lists and the statistics module, whose inclusive quartiles are the interpolated ones."""
    import statistics

    summary = {}
    for name, column in data.items():
        cells = np.asarray(column).tolist()
        if np.asarray(column).dtype.kind not in "iuf":
            continue
        x = sorted(float(v) for v in cells if v == v)
        if len(x) > 1:
            quartiles, std = statistics.quantiles(x, n=4, method="inclusive"), statistics.stdev(x)
        else:
            quartiles, std = (x or [math.nan]) * 3, math.nan
        least, largest, mean = (x[0], x[-1], _mean(x)) if x else (math.nan,) * 3
        parts = [len(x), len(cells) - len(x), mean, std, least, *quartiles, largest]
        summary[name] = dict(zip(
            ("count", "missing", "mean", "std", "min", "q25", "median", "q75", "max"), parts))
    _require(len(summary) > 0)
    return summary


# --- sample_variance ----------------------------------------------------------------------------


def sample_variance__welford(x, ddof=1):
    """Welford's update in one pass: one factor has the old mean, the other the new one."""
    x = _floats(x)
    _require(len(x) > ddof)
    mean, squares = 0.0, 0.0
    for n, value in enumerate(x, 1):
        old = value - mean
        mean += old / n
        squares += old * (value - mean)
    return squares / (len(x) - ddof)


def sample_variance__shifted(x, ddof=1):
    """Sums of squares after the first value was taken off every value: a variance ignores shifts."""
    x = np.asarray(x, np.longdouble).ravel()
    _require(x.size > ddof)
    d = x - x[0]
    return np.array((d @ d - d.sum() ** 2 / d.size) / (d.size - ddof), dtype=float)


# --- quantile -----------------------------------------------------------------------------------


def quantile__interp(x, q):
    """np.interp draws the line through (place, sorted value); a number comes back as a 0-d array."""
    x, q = np.sort(np.asarray(x, float)), np.asarray(q, float)
    _require(x.size > 0 and np.all(q >= 0) and np.all(q <= 1))
    return np.asarray(np.interp(q * (x.size - 1), np.arange(x.size), x))


def quantile__nested_lists(x, q):
    """Python's sorted, one number at a time, nested lists for nested q; mixes with weights."""
    s = sorted(_floats(x))

    def one(q):
        if isinstance(q, list):
            return [one(part) for part in q]
        _require(s and 0 <= q <= 1)
        place = q * (len(s) - 1)
        i = min(int(place), max(len(s) - 2, 0))
        t = place - i
        return (1 - t) * s[i] + t * s[min(i + 1, len(s) - 1)]

    return one(np.asarray(q, float).tolist())


# --- covariance_matrix --------------------------------------------------------------------------


def covariance_matrix__pair_by_pair(X):
    """Two loops over columns that return nested lists: no matrix product."""
    X = np.asarray(X, float)
    _require(X.ndim == 2 and X.shape[0] >= 2)
    D = [_centred(column) for column in X.T]
    return [[math.fsum(u * v for u, v in zip(a, b)) / (len(X) - 1) for b in D] for a in D]


def covariance_matrix__projected(X):
    """The centring as a matrix, I - 1/n: XᵀHX/(n - 1), as text books write it, after a first shift."""
    X = np.array(X, float)
    _require(X.ndim == 2 and len(X) >= 2)
    shifted = X - X[0]  # a covariance ignores shifts, and H alone would cancel digits
    H = shifted - np.einsum("ij->j", shifted) / len(X)
    return np.einsum("ni,nj->ij", H, H) / (len(X) - 1)


# --- pearson_correlation ------------------------------------------------------------------------


def pearson_correlation__standard_units(x, y):
    """The mean product of standard units, with n in both divisors, as a numpy scalar."""
    x, y = map(np.array, _vectors(x, y))
    a, b = ((v - v.mean()) / v.std() for v in (x, y))
    return np.mean(a * b)


def pearson_correlation__cosine_theorem(x, y):
    """From the lengths alone: |a + b|² - |a - b|² = 4 a·b for unit vectors a and b."""
    x, y = map(np.array, _vectors(x, y))
    a, b = ((v - v.mean()) / np.linalg.norm(v - v.mean()) for v in (x, y))
    return float(np.linalg.norm(a + b) ** 2 - np.linalg.norm(a - b) ** 2) / 4


def pearson_correlation__exact_sums(x, y):
    """math.fsum over python floats: no rounding in the sums."""
    return _pearson(*_vectors(x, y))


# --- spearman_correlation -----------------------------------------------------------------------


def spearman_correlation__ranks_from_signs(x, y):
    """A rank is (n + 1)/2 plus half the sum of the signs of v - every other: ties add 0."""
    x, y = map(np.array, _vectors(x, y))
    a, b = (np.sign(v[:, None] - v).sum(axis=1) for v in (x, y))  # the shift and the half cancel
    return np.asarray(a @ b / np.sqrt((a @ a) * (b @ b)))


def spearman_correlation__dictionary(x, y):
    """Collects the places of each value in a dict and gives everyone their mean."""
    x, y = _vectors(x, y)

    def rank(v):
        places = {}
        for place, value in enumerate(sorted(v), 1):
            places.setdefault(value, []).append(place)
        return [_mean(places[value]) for value in v]

    return _pearson(rank(x), rank(y))


# --- mean_confidence_interval -------------------------------------------------------------------


def mean_confidence_interval__scipy(x, confidence=0.95):
    """scipy's quantile of t, which is allowed, and a list of numpy scalars."""
    from scipy import special

    x = np.asarray(x, float)
    _require(x.size >= 2 and 0 < confidence < 1)
    t = special.stdtrit(x.size - 1, np.array([1 - confidence, 1 + confidence]) / 2)
    return list(x.mean() + t * np.sqrt(np.var(x, ddof=1) / x.size))


def mean_confidence_interval__tests_inverted(x, confidence=0.95):
    """The ends are the means that a t test would just not reject: bisection on the angle's area."""
    x = _floats(x)
    _require(len(x) >= 2 and 0 < confidence < 1)
    error, dof = math.sqrt(_variance(x) / len(x)), len(x) - 1
    nodes, weights = np.polynomial.legendre.leggauss(300)

    def area(low, high):  # t = √dof tan θ, so that the density is cos(θ)^(dof - 1)
        angle = low + (high - low) * (nodes + 1) / 2
        return (high - low) / 2 * weights @ np.cos(angle) ** (dof - 1)

    edge = min(math.pi / 2, 10 / math.sqrt(dof))  # cos^(dof - 1) is below 1e-21 beyond
    whole = area(0, edge)
    low, high = 0.0, edge
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if area(0, middle) < confidence * whole else (low, middle)
    half = math.sqrt(dof) * math.tan(low) * error
    return np.array([_mean(x) - half, _mean(x) + half])


# --- bootstrap_ci -------------------------------------------------------------------------------


def bootstrap_ci__all_indices_at_once(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """One (n_boot, n) table of random places; sorts the statistics and reads off their order."""
    x, rng = np.asarray(x, float), np.random.default_rng(rng)
    _require(x.size >= 2 and n_boot >= 1 and 0 < confidence < 1)
    resamples = x[rng.integers(0, x.size, size=(n_boot, x.size))]
    values = sorted(float(statistic(row)) for row in resamples)
    at = lambda share: values[min(int(share * n_boot), n_boot - 1)]
    return [at((1 - confidence) / 2), at((1 + confidence) / 2)]


def bootstrap_ci__multinomial(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """Draws how often each value comes up (multinomial) and repeats it that often: order is free."""
    x, rng = np.asarray(x, float), np.random.default_rng(rng)
    _require(len(x) >= 2 and n_boot >= 1 and 0 < confidence < 1)
    counts = rng.multinomial(len(x), np.full(len(x), 1 / len(x)), size=n_boot)
    values = [statistic(np.repeat(x, count)) for count in counts]
    return np.percentile(values, [50 - 50 * confidence, 50 + 50 * confidence], method="nearest")


# --- welch_t_test -------------------------------------------------------------------------------


def welch_t_test__scipy_tail(x, y):
    """scipy's incomplete beta function gives both tails of t at once; returns an array."""
    from scipy import special

    x, y = _floats(x), _floats(y)
    _require(len(x) >= 2 and len(y) >= 2)
    a, b = _variance(x) / len(x), _variance(y) / len(y)
    _require(a + b > 0)
    t = (_mean(x) - _mean(y)) / math.sqrt(a + b)
    dof = 1 / ((a / (a + b)) ** 2 / (len(x) - 1) + (b / (a + b)) ** 2 / (len(y) - 1))
    return np.array([t, dof, special.betainc(dof / 2, 0.5, dof / (dof + t * t))])


def welch_t_test__distribution_function(x, y):
    """p = 2 cdf(-|t|) by scipy.special.stdtr, as a list."""
    from scipy.special import stdtr

    x, y = np.asarray(x, float), np.asarray(y, float)
    _require(min(x.size, y.size) >= 2 and (np.ptp(x) > 0 or np.ptp(y) > 0))
    a, b = np.var(x, ddof=1) / x.size, np.var(y, ddof=1) / y.size
    t = np.subtract(np.average(x), np.average(y)) / np.sqrt(a + b)
    dof = np.square(a + b) / (np.square(a) / (x.size - 1) + np.square(b) / (y.size - 1))
    return [t, dof, 2 * stdtr(dof, -np.abs(t))]


# --- permutation_test ---------------------------------------------------------------------------


def permutation_test__exact_where_possible(x, y, n_permutations=5000, rng=None):
    """Goes through all ways to choose the first group if there are few, and shuffles otherwise."""
    pool, n, m = np.array(_floats(x) + _floats(y)), len(x), len(y)
    _require(n and m and n_permutations >= 1)
    far = lambda total: abs(total / n - (pool.sum() - total) / m)
    least = far(pool[:n].sum()) - 1e-12 * np.abs(pool).max()
    if math.comb(n + m, n) <= 5000:
        return np.mean([far(sum(c)) >= least for c in itertools.combinations(pool, n)])
    rng = np.random.default_rng(rng)
    hits = 1
    for _ in range(n_permutations):
        rng.shuffle(pool)
        hits += far(pool[:n].sum()) >= least
    return hits / (n_permutations + 1)


def permutation_test__random_keys(x, y, n_permutations=5000, rng=None):
    """Random keys, sorted row by row, shuffle all relabellings in one table; compares group sums."""
    x, y, rng = np.asarray(x, float), np.asarray(y, float), np.random.default_rng(rng)
    _require(x.size and y.size and n_permutations >= 1)
    pool = np.append(x, y) - np.append(x, y).mean()  # then d is proportional to the first sum
    first = np.argsort(rng.random((n_permutations, pool.size)), axis=1)[:, : x.size]
    totals = np.abs(pool[first].sum(axis=1))
    k = np.count_nonzero(totals >= abs(pool[: x.size].sum()) - x.size * 1e-12 * np.abs(np.append(x, y)).max())
    return np.float64(k + 1) / (n_permutations + 1)


# --- chi_square_test ----------------------------------------------------------------------------


def chi_square_test__shortcut(table):
    """N (Σ O²/(row total · column total) - 1) in a loop; the tail by scipy's incomplete gamma."""
    from scipy import special

    T = np.asarray(table, float)
    _require(T.ndim == 2 and T.shape[0] > 1 and T.shape[1] > 1 and T.min() >= 0)
    rows, columns = T.sum(axis=1).tolist(), T.sum(axis=0).tolist()
    _require(all(rows) and all(columns))
    N, total = math.fsum(rows), 0.0
    for i, r in enumerate(rows):
        for j, c in enumerate(columns):
            total += T[i, j] ** 2 / (r * c)
    chi2, dof = max(N * (total - 1), 0.0), (len(rows) - 1) * (len(columns) - 1)
    return [chi2, float(dof), special.gammaincc(dof / 2, chi2 / 2)]


def chi_square_test__standardised_residuals(table):
    """The squared length of the matrix (O - E)/√E; the tail by scipy.special.chdtrc."""
    from scipy.special import chdtrc

    T = np.asarray(table, dtype=np.float64)
    _require(T.ndim == 2 and min(T.shape) >= 2 and not (T < 0).any())
    E = T.sum(axis=1, keepdims=True) @ T.sum(axis=0, keepdims=True) / T.sum()
    _require((E > 0).all())
    chi2 = np.linalg.norm((T - E) / np.sqrt(E)) ** 2
    dof = np.prod(np.subtract(T.shape, 1))
    return chi2, dof, chdtrc(dof, chi2)


# --- simpsons_paradox ---------------------------------------------------------------------------


def simpsons_paradox__row_by_row(data, x, y, group):
    """Walks through the rows, sorts them into lists and answers with a list and numpy's True."""
    rows = {}
    for a, b, g in zip(*(np.asarray(data[name]).tolist() for name in (x, y, group))):
        if g == "" or any(isinstance(v, float) and math.isnan(v) for v in (a, b, g)):
            continue
        rows.setdefault(g, []).append((a, b))
    r = _pearson(*_vectors(*zip(*[pair for pairs in rows.values() for pair in pairs])))
    groups = {g: np.float64(_pearson(*_vectors(*zip(*pairs)))) for g, pairs in rows.items()}
    return [r, groups, np.bool_(len([v for v in groups.values() if v * r < 0]) == len(groups))]


def simpsons_paradox__signs(data, x, y, group):
    """Compares signs instead of products, on a table of the usable rows."""
    label = np.array(data[group])
    codes = np.unique(label)
    A = np.array([np.asarray(data[x], float), np.asarray(data[y], float)])
    usable = np.isfinite(A).all(axis=0) & np.array([v == v and v != "" for v in label.tolist()])
    codes = [c for c in codes.tolist() if c == c and c != ""]
    correlate = lambda rows: _pearson(*_vectors(*A[:, usable & rows]))
    r = correlate(np.full(len(label), True))
    groups = {c: correlate(label == c) for c in codes if (usable & (label == c)).any()}
    return r, groups, {np.sign(v) for v in groups.values()} == {-np.sign(r)} - {0.0}


# --- friday_the_13th ----------------------------------------------------------------------------


def friday_the_13th__by_datetime(births):
    """Looks days up by datetime.date and a timedelta of a week; p by scipy, everything in lists."""
    import datetime
    from scipy import special

    columns = [np.asarray(births[c], float).tolist() for c in ("year", "month", "date_of_month", "births")]
    count = {datetime.date(int(y), int(m), int(d)): n for y, m, d, n in zip(*columns) if n == n}
    week, found = datetime.timedelta(days=7), []
    for day in sorted(count):
        if day.day == 13 and day.weekday() == 4 and day - week in count and day + week in count:
            found.append(count[day] - count[day - week] / 2 - count[day + week] / 2)
    _require(len(found) >= 2 and max(found) > min(found))
    t = _mean(found) / math.sqrt(_variance(found) / len(found))
    return [found, t, 2 * special.stdtr(len(found) - 1, -abs(t))]


def friday_the_13th__sorted_table(births):
    """Numbers the days since 1 January 1970 with numpy's calendar and looks them up in a sorted table."""
    year, month, date, weekday, n = (np.asarray(births[c], float) for c in (
        "year", "month", "date_of_month", "day_of_week", "births"))
    months = (year.astype(int) - 1970) * 12 + month.astype(int) - 1
    number = months.astype("datetime64[M]").astype("datetime64[D]").astype(int) + date.astype(int) - 1
    order = np.argsort(number)
    number, weekday, date, n = number[order], weekday[order], date[order], n[order]

    def at(days):
        place = np.minimum(np.searchsorted(number, days), len(number) - 1)
        return np.where(number[place] == days, n[place], np.nan)

    special = number[(weekday == 5) & (date == 13)]
    d = at(special) - np.mean([at(special - 7), at(special + 7)], axis=0)
    d = d[np.isfinite(d)]
    _require(d.size > 1 and np.ptp(d) > 0)
    t = np.sqrt(d.size) * d.mean() / d.std(ddof=1)
    nodes, weights = np.polynomial.legendre.leggauss(200)

    def area(low):  # t = √dof tan θ, so that the density is cos(θ)^(dof - 1)
        half = (np.pi / 2 - low) / 2
        return half * weights @ np.cos(low + half * (nodes + 1)) ** (d.size - 2)

    return d, t, area(np.arctan(abs(t) / np.sqrt(d.size - 1))) / area(0.0)
