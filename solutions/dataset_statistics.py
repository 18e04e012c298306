"""Project 2: statistics of Kaggle data sets.

Thirteen functions that lead from the mean of a column to a verdict on a whole table. Each
docstring says exactly what its function must do; the handout
projects/2-dataset-statistics/README.md derives it. Grade your work with `make project-2`.

Everywhere: array arguments may be lists, integers or floats, computing is done in float64, and no
argument is ever changed. A table is a dict of equally long columns. Missing is nan in a column of
numbers and "" in a column of text. The four functions at the top are solved: call them.
"""
import math

import numpy as np


def area_beyond(start, density):
    """Return the area under a density from `start` to infinity. (Solved.)

    With x = start + exp(π/2 sinh s) the integrand dies out so fast at both ends that the trapezoid
    rule on 801 points is good to nine digits.
    density: elementwise function of a float array that falls to 0; start: number, its unit.
    """
    s = np.linspace(-4, 4, 801)
    beyond = np.exp(np.pi / 2 * np.sinh(s))
    slope = beyond * np.pi / 2 * np.cosh(s)
    return float(np.sum(density(start + beyond) * slope) * (s[1] - s[0]))


def t_tail(t, dof):
    """Return P(T > t) for Student's t distribution with `dof` degrees of freedom. (Solved.)

    t: any number; dof: number > 0, whole or not. Example: t = 1 and dof = 1 gives 0.25.
    """
    log_c = math.lgamma((dof + 1) / 2) - math.lgamma(dof / 2) - math.log(math.pi * dof) / 2
    area = area_beyond(abs(t), lambda x: np.exp(log_c - (dof + 1) / 2 * np.log1p(x * x / dof)))
    return area if t >= 0 else 1 - area


def t_quantile(p, dof):
    """Return the t with P(T <= t) = p for Student's t distribution, found by bisection. (Solved.)

    p: between 0 and 1; dof: number > 0. Example: p = 0.975 and dof = 3 gives 3.182.
    """
    if p < 0.5:
        return -t_quantile(1 - p, dof)
    low, high = 0.0, 1.0
    while t_tail(high, dof) > 1 - p:
        low, high = high, 2 * high
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_tail(middle, dof) > 1 - p else (low, middle)
    return high


def chi2_tail(x, dof):
    """Return P(Q > x) for the chi-square distribution with `dof` degrees of freedom. (Solved.)

    x: number >= 0; dof: number > 0. Example: x = 2 and dof = 2 gives exp(-1) = 0.3679.
    """
    log_c = -math.lgamma(dof / 2) - dof / 2 * math.log(2)
    return area_beyond(x, lambda q: np.exp(log_c + (dof / 2 - 1) * np.log(q) - q / 2))


def summarize(data):
    """Return nine numbers for each numeric column of a table.

    data: dict of equally long columns. Columns of True/False and of text are no numbers: skipped.
    Returns {column: {"count", "missing", "mean", "std", "min", "q25", "median", "q75", "max"}}, in
    any order. Missing values are left out column by column; count is what remains. std divides
    by count - 1, in the unit of the column; the quartiles lie at position q (count - 1) of the
    sorted values, between neighbours by linear interpolation. What a column has too few values
    for is nan: its std below two values, everything but count and missing below one.
    Raises ValueError if no column is numeric.

    Example: {"x": [2, 4, 4, nan, 10], "name": ["a", "b", "", "d", "e"]} gives {"x": {"count": 4,
    "missing": 1, "mean": 5, "std": 3.464, "min": 2, "q25": 3.5, "median": 4, "q75": 5.5,
    "max": 10}}.
    """
    columns = {name: np.asarray(column) for name, column in data.items()}
    numeric = {name: np.asarray(c, float) for name, c in columns.items() if c.dtype.kind in "iuf"}
    if not numeric:
        raise ValueError(f"none of the columns {list(columns)} holds numbers")
    summary = {}
    for name, column in numeric.items():
        x = column[~np.isnan(column)]
        five = np.quantile(x, [0, 0.25, 0.5, 0.75, 1]) if x.size else np.full(5, np.nan)
        summary[name] = {
            "count": x.size,
            "missing": column.size - x.size,
            "mean": float(x.mean()) if x.size else np.nan,
            "std": float(x.std(ddof=1)) if x.size > 1 else np.nan,
            **dict(zip(["min", "q25", "median", "q75", "max"], five.tolist())),
        }
    return summary


def sample_variance(x, ddof=1):
    """Return the variance Σ (x_i - m)² / (n - ddof), where m is the mean of the n values.

    x: array-like of any shape, treated as one list of n numbers of any real type, small integers
    and float32 included; ddof: what to subtract from n, usually 1.
    Returns a float, in the square of the unit of x, with a relative error of at most 1e-6 even for
    values like 1e9 + 1, 1e9 + 2, ... Do without np.var, np.std and np.cov.
    Raises ValueError if n <= ddof.

    Example: x = [2, 4, 4, 10] has m = 5 and gives (9 + 1 + 1 + 25)/3 = 12; ddof = 0 gives 9.
    """
    x = np.ravel(np.asarray(x, float))
    if x.size <= ddof:
        raise ValueError(f"{x.size} values are too few for ddof = {ddof}")
    return float(np.sum((x - x.mean()) ** 2) / (x.size - ddof))


def quantile(x, q):
    """Return the q-quantile of x: the value at position q (n - 1) of the n sorted values.

    Positions count from 0. Between two positions the value is interpolated linearly.
    x: (n,) finite numbers, n >= 1, in any order; q: number or array-like of numbers in [0, 1].
    Returns a number for a number q, else an array of the shape of q, in the unit of x.
    Do without np.quantile, np.percentile and np.median.
    Raises ValueError if x is empty or any q lies outside [0, 1].

    Example: x = [8, 1, 4, 2] and q = 0.25 is position 0.75, so 1 + 0.75 (2 - 1) = 1.75.
    """
    x, q = np.sort(np.asarray(x, float)), np.asarray(q, float)
    if x.size == 0 or not np.all((0 <= q) & (q <= 1)):
        raise ValueError("need at least one value and every q between 0 and 1")
    position = q * (x.size - 1)
    below = np.floor(position).astype(int)
    above = np.minimum(below + 1, x.size - 1)  # at q = 1 there is nothing above
    value = x[below] + (position - below) * (x[above] - x[below])
    return value if q.ndim else float(value)


def covariance_matrix(X):
    """Return the covariance matrix C_jk = Σ_i (X_ij - m_j)(X_ik - m_k) / (n - 1) of the columns.

    X: (n, d), one row per observation, n >= 2; m_j is the mean of column j.
    Returns a symmetric array of shape (d, d); entry j, k has the unit of column j times that of
    column k. It is accurate to a millionth of the columns' spreads even if their means are 1e8.
    Do without np.cov and np.corrcoef.
    Raises ValueError if X is not 2-D or has fewer than two rows.

    Example: X = [[1, 1], [2, 5], [3, 3]] gives [[1, 1], [1, 4]].
    """
    X = np.asarray(X, float)
    if X.ndim != 2 or len(X) < 2:
        raise ValueError(f"X must be a table with at least two rows, got shape {X.shape}")
    deviations = X - X.mean(axis=0)
    return deviations.T @ deviations / (len(X) - 1)


def pearson_correlation(x, y):
    """Return r = Σ a_i b_i / √(Σ a_i² Σ b_i²), where a = x - mean(x) and b = y - mean(y).

    x, y: (n,) numbers in any units, n >= 2.
    Returns a float without unit between -1 and 1, with a relative error of at most 1e-6 even if 1e8
    is added to x or y. Do without np.corrcoef and np.cov.
    Raises ValueError if the lengths differ, n < 2, or all entries of x or all of y are equal.

    Example: x = [1, 2, 3], y = [1, 3, 2] gives 1 / √(2 · 2) = 0.5.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    if x.shape != y.shape or x.ndim != 1 or x.size < 2:
        raise ValueError(f"need two equally long vectors, got shapes {x.shape} and {y.shape}")
    if x.min() == x.max() or y.min() == y.max():  # their mean may round: a spread of 0 is no test
        raise ValueError("the correlation is undefined: one vector does not vary")
    a, b = x - x.mean(), y - y.mean()
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))


def simpsons_paradox(data, x, y, group):
    """Return the correlation of two columns over all rows and in each group: (r, groups, turned).

    r is Pearson's correlation of data[x] and data[y]; groups is a dict {value of data[group]: their
    correlation in the rows with that value}; turned is True if the correlation of every group has
    the opposite sign of r (0 has no sign), else False.
    data: dict of equally long columns; x, y: names of two columns of numbers; group: name of a
    column of text or numbers. Rows with a missing value in one of these three columns are left
    out; missing values in other columns do not matter. Do without np.corrcoef and np.cov.
    Raises ValueError where a correlation is undefined: fewer than two rows left in all or in a
    group, or no variation of x or of y there.

    Example: {"x": [1, 2, 3, 4], "y": [3, 4, 1, 2], "g": ["a", "a", "b", "b"]} gives
    (-0.6, {"a": 1, "b": 1}, True).
    """
    label = np.asarray(data[group])
    a, b = (np.asarray(data[name], float) for name in (x, y))
    known = (label != "") if label.dtype.kind == "U" else ~np.isnan(label)
    known &= ~np.isnan(a) & ~np.isnan(b)
    a, b, label = a[known], b[known], label[known]
    r = pearson_correlation(a, b)
    groups = {g.item(): pearson_correlation(a[label == g], b[label == g]) for g in np.unique(label)}
    return r, groups, all(r * r_group < 0 for r_group in groups.values())


def spearman_correlation(x, y):
    """Return Pearson's correlation of the ranks of x and y.

    The smallest value has rank 1, the largest n; equal values share the mean of their ranks.
    x, y: (n,) numbers in any units, n >= 2.
    Returns a float without unit between -1 and 1. Do without np.corrcoef.
    Raises ValueError if the lengths differ, n < 2, or all entries of x or all of y are equal.

    Example: x = [3, 1, 4, 1, 5] has the ranks 3, 1.5, 4, 1.5, 5; with y = [1, 2, 3, 4, 5], which
    are their own ranks, the result is 4/√(9.5 · 10) = 0.4104.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)

    def rank(v):
        values, place, count = np.unique(v, return_inverse=True, return_counts=True)
        return (np.cumsum(count) - (count - 1) / 2)[place]

    return pearson_correlation(rank(x), rank(y))


def mean_confidence_interval(x, confidence=0.95):
    """Return the two-sided t interval m ± t s/√n for the mean of the population x was drawn from.

    m is the mean and s the standard deviation (n - 1) of x; t is the (1 + confidence)/2 quantile
    of Student's t distribution with n - 1 degrees of freedom: t_quantile, at the top, has it.
    x: (n,) numbers, n >= 2; confidence: a fraction between 0 and 1, both excluded.
    Returns the pair (low, high), in the unit of x.
    Raises ValueError if n < 2 or confidence is outside (0, 1).

    Example: x = [2, 4, 4, 10] has m = 5, s/√n = 1.732 and t = 3.182, so (-0.51, 10.51).
    """
    x = np.ravel(np.asarray(x, float))
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a fraction between 0 and 1, got {confidence}")
    if x.size < 2:
        raise ValueError(f"an interval needs at least two values, got {x.size}")
    standard_error = math.sqrt(sample_variance(x) / x.size)
    half = t_quantile((1 + confidence) / 2, x.size - 1) * standard_error
    return float(x.mean() - half), float(x.mean() + half)


def bootstrap_ci(x, statistic, n_boot=2000, confidence=0.95, rng=None):
    """Return the bootstrap percentile interval of a statistic of x.

    It reaches from the (1 - confidence)/2 to the (1 + confidence)/2 quantile of the statistic over
    n_boot resamples. A resample holds n values, each drawn from the n values of x with replacement.
    x: (n,) numbers, n >= 2; statistic: function from an array of shape (n,) to a number; n_boot:
    number of resamples >= 1; confidence: a fraction between 0 and 1, both excluded; rng: None, a
    whole number (the same one gives the same interval) or a numpy Generator. Begin with
    rng = np.random.default_rng(rng), draw from it alone, in any way you like.
    Returns the pair (low, high), in the unit of the statistic.
    Do without np.random.choice, np.random.randint and their like, which do not know rng.
    Raises ValueError if n < 2, n_boot < 1 or confidence is outside (0, 1).

    Example: x = [0, 0, 0, 1] and the mean give (0, 0.75): of all resamples 32 % have mean 0 and
    4.7 % have mean 0.75, but only 0.4 % have mean 1.
    """
    x, rng = np.asarray(x, float), np.random.default_rng(rng)
    if x.size < 2 or n_boot < 1 or not 0 < confidence < 1:
        raise ValueError("need two values, one resample and a confidence between 0 and 1")
    values = [statistic(rng.choice(x, x.size)) for _ in range(n_boot)]
    low, high = quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def welch_t_test(x, y):
    """Return Welch's test of equal means, (t, dof, p).

    With a = s_x²/n_x and b = s_y²/n_y (sample variances): t = (mean(x) - mean(y)) / √(a + b),
    dof = (a + b)² / (a²/(n_x - 1) + b²/(n_y - 1)), p = P(|T| >= |t|), two-sided: t_tail, at the
    top, has one of its two tails.
    x: (n_x,) and y: (n_y,) numbers in one unit, at least two each. dof is not rounded.
    Raises ValueError if a group has fewer than two values, or no value varies in either group.

    Example: x = [2, 4, 4, 10], y = [1, 3] has a = 3 and b = 1, so t = 3/2, dof = 16/(3 + 1) = 4
    and p = 0.208.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    if x.size < 2 or y.size < 2:
        raise ValueError(f"both groups need two values, got {x.size} and {y.size}")
    a, b = sample_variance(x) / x.size, sample_variance(y) / y.size
    if a + b == 0:
        raise ValueError("no value varies: the standard error is 0")
    t = (x.mean() - y.mean()) / math.sqrt(a + b)
    dof = (a + b) ** 2 / (a**2 / (x.size - 1) + b**2 / (y.size - 1))
    return float(t), float(dof), 2 * t_tail(abs(t), dof)


def permutation_test(x, y, n_permutations=5000, rng=None):
    """Return the two-sided p value of a permutation test of equal means.

    p = (1 + k) / (1 + n_permutations), where k counts the random relabellings with |d*| >= |d|:
    d = mean(x) - mean(y), and d* is the same difference after all values were pooled, shuffled and
    dealt out again, n_x to the first group and n_y to the second. Equality counts, also where
    rounding hides it: let differences that fall short of |d| by 1e-12 of the largest |value| count.
    x: (n_x,), y: (n_y,) numbers in one unit, at least one each; n_permutations: number >= 1; rng:
    None, a whole number (the same one gives the same p) or a numpy Generator. Begin with
    rng = np.random.default_rng(rng), draw from it alone, in any way you like; going through all
    relabellings once instead (p = their share with |d*| >= |d|) is right, too.
    Returns a float, 0 < p <= 1.
    Do without np.random.permutation, np.random.shuffle and their like, which do not know rng.
    Raises ValueError if a group is empty or n_permutations < 1.

    Example: x = [1, 2, 3], y = [10, 11, 12] gives about 2/20: of the 20 ways to deal the values
    out, the two that separate them differ as much.
    """
    x, y, rng = np.asarray(x, float), np.asarray(y, float), np.random.default_rng(rng)
    if x.size == 0 or y.size == 0 or n_permutations < 1:
        raise ValueError("need a value in each group and at least one permutation")
    pool = np.concatenate([x, y])
    sums = np.array([rng.permutation(pool)[: x.size].sum() for _ in range(n_permutations)])
    differences = sums / x.size - (pool.sum() - sums) / y.size
    least = abs(x.mean() - y.mean()) - 1e-12 * np.abs(pool).max()
    return float((1 + np.sum(np.abs(differences) >= least)) / (1 + n_permutations))


def chi_square_test(table):
    """Return Pearson's test of independence of two categories, (chi2, dof, p).

    With the expected counts E_ij = (total of row i)(total of column j)/(grand total):
    chi2 = Σ (table_ij - E_ij)² / E_ij, dof = (r - 1)(c - 1), and p = P(Q >= chi2): chi2_tail, at
    the top, has it. No continuity correction.
    table: (r, c) counts >= 0, r and c >= 2.
    Raises ValueError if table is not 2-D or smaller than 2 × 2, a count is negative, or a row or a
    column adds up to 0.

    Example: [[30, 10], [20, 40]] has E = [[20, 20], [30, 30]]: chi2 = 16.67, dof = 1, p = 4.5e-5.
    """
    table = np.asarray(table, float)
    if table.ndim != 2 or min(table.shape) < 2 or (table < 0).any():
        raise ValueError("need a table of counts >= 0 with at least two rows and two columns")
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    if not rows.all() or not columns.all():
        raise ValueError("a row or column without counts has no expectation")
    expected = np.outer(rows, columns) / table.sum()
    chi2 = float(np.sum((table - expected) ** 2 / expected))
    dof = (len(rows) - 1) * (len(columns) - 1)
    return chi2, dof, chi2_tail(chi2, dof)


def friday_the_13th(births):
    """Return what Fridays the 13th do to the number of births: (differences, t, p).

    differences holds, in the order of the calendar, one number per Friday the 13th: its births
    minus the mean of the births on the Fridays one week before and one week after. t and p are
    their paired t test: t = m / (s/√n) with the mean m and the standard deviation s (n - 1) of the
    n differences, p = P(|T| >= |t|) with n - 1 degrees of freedom.
    births: dict of the columns year, month (1 to 12), date_of_month, day_of_week (1 is Monday, 5
    Friday, 7 Sunday) and births, one row per day, in any order. A Friday the 13th is left out if
    one of the three days has no row or its births are missing.
    Returns an array of shape (n,) of births per day, and two floats.
    Raises ValueError if n < 2 or all differences are equal.

    Example: 90 births on one Friday the 13th (and 100, 110 on the Fridays around it) and 80 on
    another (and 80, 90) give differences = [-15, -5], t = -10/5 = -2, p = 0.295.
    """
    names = ("year", "month", "date_of_month", "day_of_week", "births")
    days = np.column_stack([np.asarray(births[name], float) for name in names]).tolist()
    fridays = {(year, month, date): n for year, month, date, weekday, n in days
               if weekday == 5 and not math.isnan(n)}
    differences = np.array([  # a week before and a week after the 13th it is the same month
        fridays[year, month, 13] - (fridays[year, month, 6] + fridays[year, month, 20]) / 2
        for year, month in sorted({(year, month) for year, month, _ in fridays})
        if all((year, month, date) in fridays for date in (6, 13, 20))
    ])
    if differences.size < 2 or differences.min() == differences.max():
        raise ValueError("need two Fridays the 13th with both neighbours, and some variation")
    t = differences.mean() / math.sqrt(sample_variance(differences) / differences.size)
    return differences, float(t), 2 * t_tail(abs(t), differences.size - 1)
