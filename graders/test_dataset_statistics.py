"""The checks of project 2. Each check is one claim about one task, worth whole points.

Every check begins with a case that fits on paper: where it fails, that case is the counterexample.
"""
import datetime
import itertools
import math

import numpy as np
import pytest

from autograder.catalogue import load
from autograder.checks import between, close, keeps, numbers, refuses, task

NAN = math.nan
SIZES = ["culmen_length_mm", "culmen_depth_mm", "flipper_length_mm", "body_mass_g"]
NODES, WEIGHTS = np.polynomial.legendre.leggauss(200)
NINE = ["count", "missing", "mean", "std", "min", "q25", "median", "q75", "max"]


@pytest.fixture(scope="session")
def penguins():
    """344 penguins of three species; two were not measured, eleven have no known sex."""
    return load("penguins")


@pytest.fixture(scope="session")
def measured(penguins):
    """The four sizes of the 342 penguins that were measured, and their species."""
    X = np.column_stack([penguins[name] for name in SIZES])
    known = np.isfinite(X[:, 0])
    return X[known], penguins["species"][known]


@pytest.fixture(scope="session")
def houses():
    """21,613 houses: bedrooms, living area in square feet, price in dollars."""
    table = load("king_county_houses")
    return np.column_stack([table[name] for name in ("bedrooms", "sqft_living", "price")])


@pytest.fixture(scope="session")
def births():
    """The births of the 3,652 days from 1994 to 2003."""
    return load("us_births")


def skewed(rng, *shape):
    """Random data whose mean, median and quantiles all differ, far from 0."""
    return 3 + rng.exponential(2, size=shape)


def stray(p, n):
    """How far a count of n events of chance p may be from np, but for a chance of 1e-7.

    Bernstein: P(|K - np| >= d) <= 2 exp(-d²/2 / (np(1 - p) + d/3)), solved for d.
    """
    L = math.log(2e7)
    return L / 3 + math.sqrt(L**2 / 9 + 2 * L * n * p * (1 - p))


def two_tails(t, dof):
    """P(|T| >= |t|): with t = √dof tan θ Student's density becomes cos(θ)^(dof - 1).

    The 200 Gauss points leave a relative error of 200^(-2 dof) at the far end: use it for dof >= 2.
    """
    def area(low):
        half = (math.pi / 2 - low) / 2
        return half * WEIGHTS @ np.cos(low + half * (NODES + 1)) ** (dof - 1)

    return area(math.atan(abs(t) / math.sqrt(dof))) / area(0.0)


# --- summarize ----------------------------------------------------------------------------------


def nine(summary, column):
    """The nine numbers of a column, in the order of the docstring."""
    return [summary[column][name] for name in NINE]


@task("summarize", points=2)
def test_summary_of_five_cells(student, rng):
    """gives count, missing, mean, std, min, quartiles, max"""
    summary = student.summarize({"x": [2, 4, 4, NAN, 10]})
    close(nine(summary, "x"), [4, 1, 5, math.sqrt(12), 2, 3.5, 4, 5.5, 10])
    x = skewed(rng, 8)
    five = [sorted(x)[0], *(np.percentile(x, [25, 50, 75])), sorted(x)[-1]]
    close(nine(student.summarize({"x": x}), "x"), [8, 0, x.mean(), math.sqrt(np.cov(x)), *five])


@task("summarize", points=2)
def test_summary_of_penguins(student, penguins):
    """leaves out missing values column by column"""
    summary = student.summarize({"a": [1.0, NAN, 5.0], "b": [NAN, 2.0, 4.0]})
    close(nine(summary, "a"), [2, 1, 3, math.sqrt(8), 1, 2, 3, 4, 5])
    close(nine(summary, "b"), [2, 1, 3, math.sqrt(2), 2, 2.5, 3, 3.5, 4])
    table = {name: np.array(penguins[name]) for name in SIZES}
    table["body_mass_g"][penguins["sex"] == ""] = NAN  # more holes, in other rows
    summary = student.summarize(table)
    for name, column in table.items():
        five = np.nanquantile(column, [0, 0.25, 0.5, 0.75, 1])
        holes = int(np.isnan(column).sum())
        expected = [344 - holes, holes, np.nanmean(column), np.nanstd(column, ddof=1), *five]
        close(nine(summary, name), expected)


@task("summarize", points=2)
def test_summary_of_numbers_only(student, penguins):
    """has all columns of numbers, not text or True/False"""
    table = {"rooms": [1, 2, 6], "sold": [True, False, True], "town": ["a", "", "c"]}
    summary = student.summarize(table)
    assert set(summary) == {"rooms"}, f"it has the columns {sorted(summary)}, expected rooms only"
    close(nine(summary, "rooms"), [3, 0, 3, math.sqrt(7), 1, 1.5, 2, 4, 6])
    summary = student.summarize(penguins)
    assert set(summary) == set(SIZES), f"of the penguins it has the columns {sorted(summary)}"


@task("summarize", points=1)
def test_summary_of_few_values(student):
    """says nan for what a column has too few values for"""
    summary = student.summarize({"one": [7.0, NAN], "none": [NAN, NAN]})
    close([summary["one"][name] for name in NINE if name != "std"], [1, 1, 7, 7, 7, 7, 7, 7])
    close([summary["none"][name] for name in ("count", "missing")], [0, 2])
    for column, name in [("one", "std"), *(("none", name) for name in NINE[2:])]:
        what = f"the {name} of the column {column!r}"
        value = numbers(summary[column][name], what)
        assert math.isnan(value), f"{what} is {float(value):g}, expected nan"


@task("summarize", points=1)
def test_summary_needs_numbers(student):
    """refuses a table without numbers, changes nothing"""
    keeps(student.summarize, {"x": np.array([4.0, 2.0, NAN]), "n": np.array([3, 1, 2])})
    refuses(student.summarize, {"town": ["a", "b"], "sold": [True, False]})


# --- sample_variance ----------------------------------------------------------------------------


@task("sample_variance", points=2)
def test_variance_of_four_values(student, rng):
    """is the sum of the squared deviations over n - ddof"""
    close(student.sample_variance([2, 4, 4, 10]), 12.0)
    close(student.sample_variance([2, 4, 4, 10], ddof=0), 9.0)
    close(student.sample_variance([2, 4, 4, 10], ddof=2), 18.0)
    x = skewed(rng, 7)
    mean = sum(x) / 7
    squares = sum((v - mean) ** 2 for v in x)
    close(student.sample_variance(x), squares / 6)
    close(student.sample_variance(x, ddof=0), squares / 7)


@task("sample_variance", points=2)
def test_variance_far_from_zero(student, rng):
    """does not change when 1e9 is added to every value"""
    close(student.sample_variance([4, 7, 13, 16]), 30.0)
    # The values are exact, their mean rounds by 1e-7: squared and added up that is 1e-13 of 30.
    close(student.sample_variance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]), 30.0, rtol=1e-6)
    x = 1e9 + rng.normal(size=50)
    exact = np.cov(x - 1e9)  # this subtraction is exact
    close(student.sample_variance(x), exact, rtol=1e-6)
    close(student.sample_variance(-x), exact, rtol=1e-6)


@task("sample_variance", points=2)
def test_variance_of_small_types(student):
    """computes in float64, whatever type x has"""
    close(student.sample_variance(np.array([250, 10, 100], dtype=np.uint8)), 14700.0)
    x = np.array([0.1, 0.2, 0.4], dtype=np.float32)
    a, b, c = (float(v) for v in x)
    exact = (((a - b) ** 2 + (a - c) ** 2 + (b - c) ** 2) / 3) / 2  # from the pairs: no mean needed
    close(student.sample_variance(x), exact)  # 1e-16; in float32 it is 1e-7


@task("sample_variance", points=1)
def test_variance_of_a_table(student, houses):
    """takes a table as one list, in squared units"""
    close(student.sample_variance([[2, 4], [4, 10]]), 12.0)
    close(student.sample_variance([[20, 40], [40, 100]]), 1200.0)
    price = houses[:, 2]
    spread = np.cov(price)
    close(student.sample_variance(price), spread)
    close(student.sample_variance(price / 1000), spread / 1e6)


@task("sample_variance", points=1)
def test_variance_needs_values(student):
    """refuses n <= ddof and leaves x unchanged"""
    keeps(student.sample_variance, np.array([2.0, 4.0, 4.0, 10.0]))
    refuses(student.sample_variance, [5.0])
    refuses(student.sample_variance, [], ddof=0)
    refuses(student.sample_variance, [1.0, 2.0], ddof=2)
    close(student.sample_variance([5.0], ddof=0), 0.0)


# --- quantile -----------------------------------------------------------------------------------


@task("quantile", points=2)
def test_quantiles_of_four_values(student):
    """lies at position q (n - 1) of the sorted values"""
    close(student.quantile([8, 1, 4, 2], 0.25), 1.75)
    close(student.quantile([1, 2, 4, 8], 0.5), 3.0)
    close(student.quantile([1, 2, 4, 8], 0.9), 6.8)
    close(student.quantile([5, 1, 3], 0.5), 3.0)
    close(student.quantile([7], 0.3), 7.0)


@task("quantile", points=2)
def test_quantiles_of_prices(student, rng, houses):
    """is right for random data and 21,613 prices"""
    close(student.quantile([10, 20], 0.3), 13.0)
    for n in (2, 5, 12, 40):
        x = skewed(rng, n)
        for q in (0.1, 1 / 3, 0.5, 0.99):
            close(student.quantile(x, q), np.quantile(x, q), rtol=1e-12)  # three roundings: 1e-15
    price = houses[:, 2]
    close(student.quantile(price, 0.5), 450_000.0)
    close(student.quantile(price, 0.99), 1_964_400.0)


@task("quantile", points=1)
def test_quantiles_at_the_ends(student, rng):
    """runs from the least to the largest value, and mirrors"""
    close(student.quantile([4, 1, 9], 0), 1.0)
    close(student.quantile([4, 1, 9], 1), 9.0)
    x = skewed(rng, 6)
    for q in (0, 0.2, 0.45, 1):
        close(student.quantile(-x, q), -np.percentile(x, 100 * (1 - q)), rtol=1e-12)


@task("quantile", points=1)
def test_quantiles_in_the_shape_of_q(student, rng):
    """has the shape of q"""
    close(student.quantile([1, 2, 4, 8], [0.8, 0.25]), [5.6, 1.75])
    q = rng.uniform(size=(2, 3))
    x = skewed(rng, 9)
    close(student.quantile(x, q), np.quantile(x, q))
    close(student.quantile(x, [0.4]), [np.quantile(x, 0.4)])


@task("quantile", points=2)
def test_quantile_leaves_x_alone(student):
    """leaves x unsorted, refuses empty x and q > 1"""
    keeps(student.quantile, np.array([8.0, 1.0, 4.0, 2.0]), 0.5)
    refuses(student.quantile, [], 0.5)
    refuses(student.quantile, [1.0, 2.0], 1.5)
    refuses(student.quantile, [1.0, 2.0], -0.1)
    refuses(student.quantile, [1.0, 2.0], [0.5, 50])


# --- covariance_matrix --------------------------------------------------------------------------


@task("covariance_matrix", points=2)
def test_covariances_of_three_rows(student):
    """holds the covariance of every pair of columns"""
    X = [[1, 2, 3], [5, 2, 1]]
    close(student.covariance_matrix(X), [[8, 0, -4], [0, 0, 0], [-4, 0, 2]], atol=1e-12)
    close(student.covariance_matrix([[1, 1], [2, 5], [3, 3]]), [[1, 1], [1, 4]])


@task("covariance_matrix", points=2)
def test_covariances_of_mixtures(student, rng):
    """turns into AᵀCA when the columns are mixed by A"""
    close(student.covariance_matrix([[2, 1], [10, 5], [6, 3]]), [[16, 8], [8, 4]])
    for n, d in [(6, 3), (3, 5), (40, 2)]:
        X, A = skewed(rng, n, d), rng.normal(size=(d, 2))
        C = [[sum((a - a.mean()) * (b - b.mean())) / (n - 1) for a in X.T] for b in X.T]
        close(student.covariance_matrix(X), C, atol=1e-12)  # rounding of sums of size 10
        close(student.covariance_matrix(X @ A), A.T @ C @ A, rtol=1e-8, atol=1e-12)


@task("covariance_matrix", points=1)
def test_covariances_far_from_zero(student, rng):
    """does not change when 1e8 is added to a column"""
    X = np.array([[1.0, 1.0], [2.0, 5.0], [3.0, 3.0]])
    close(student.covariance_matrix(X + [1e8, 0]), [[1, 1], [1, 4]], rtol=1e-6)
    X = rng.normal(size=(20, 3)) + [1e8, -1e8, 0]
    # Rounding of X at 1e8 is 1e-8 and belongs to the data; of the means another 1e-8.
    close(student.covariance_matrix(X), np.cov((X - [1e8, -1e8, 0]).T), rtol=1e-6, atol=1e-6)


@task("covariance_matrix", points=2)
def test_covariances_of_houses(student, houses):
    """tells what a bedroom is worth"""
    close(student.covariance_matrix([[0, 1], [2, 9], [4, 5]]), [[4, 4], [4, 16]])
    usual = houses[houses[:, 0] != 33]  # without the house of 1,620 square feet and 33 bedrooms
    C = close(student.covariance_matrix(usual), np.cov(usual.T))
    Z = np.column_stack([usual[:, :2], np.ones(len(usual))])
    slopes = np.linalg.lstsq(Z, usual[:, 2], rcond=None)[0][:2]  # by SVD, with an intercept
    close(np.linalg.solve(C[:2, :2], C[:2, 2]), slopes, rtol=1e-6)  # squares the condition number
    close(C[0, 2] / C[0, 0], 127_548, rtol=1e-5)  # the published number is rounded


@task("covariance_matrix", points=1)
def test_covariance_refuses(student):
    """refuses vectors and single rows, changes nothing"""
    keeps(student.covariance_matrix, np.array([[1.0, 1.0], [2.0, 5.0], [3.0, 3.0]]))
    refuses(student.covariance_matrix, [1.0, 2.0, 3.0])
    refuses(student.covariance_matrix, [[1.0, 2.0]])
    refuses(student.covariance_matrix, np.ones((2, 2, 2)))


# --- pearson_correlation ------------------------------------------------------------------------


@task("pearson_correlation", points=2)
def test_correlation_of_three_points(student, rng):
    """is the cosine between the deviations"""
    close(student.pearson_correlation([1, 2, 3], [1, 3, 2]), 0.5)
    close(student.pearson_correlation([1, 2, 3, 4], [4, 3, 2, 1]), -1.0, rtol=1e-12)
    close(student.pearson_correlation([1, 2], [5, 3]), -1.0, rtol=1e-12)
    close(student.pearson_correlation([0, 1, 2], [1, 0, 1]), 0.0, atol=1e-12)
    for n in (3, 5, 30):
        x, y = skewed(rng, 2, n)
        a, b = x - sum(x) / n, y - sum(y) / n
        r = sum(a * b) / (math.sqrt(sum(a**2)) * math.sqrt(sum(b**2)))
        close(student.pearson_correlation(x, y), r, atol=1e-12)


@task("pearson_correlation", points=2)
def test_correlation_in_other_units(student, rng):
    """ignores units and zero, turns its sign with x"""
    close(student.pearson_correlation([10, 20, 30], [-1, -3, -2]), -0.5)
    close(student.pearson_correlation([1e-9, 2e-9, 3e-9], [1, 3, 2]), 0.5)
    close(student.pearson_correlation([1e8 + 1, 1e8 + 2, 1e8 + 3], [1, 3, 2]), 0.5, rtol=1e-6)
    small = np.array([200, 250, 225], dtype=np.uint8)
    close(student.pearson_correlation(small, np.array([1, 2, 3], dtype=np.uint8)), 0.5)
    x, y = skewed(rng, 2, 12)
    r = np.corrcoef(x, y)[0, 1]
    close(student.pearson_correlation(1.8 * x + 32, y / 1000), r, atol=1e-12)
    close(student.pearson_correlation(-x, y + 1e8), -r, rtol=1e-6, atol=1e-6)  # y rounds by 1e-8


@task("pearson_correlation", points=1)
def test_correlation_of_penguins(student, measured):
    """is -0.235 for the bills of 342 penguins"""
    close(student.pearson_correlation([0, 0, 4, 4], [3, 5, 0, 4]), -2 / math.sqrt(14))
    X, _ = measured
    r = np.corrcoef(X.T)
    close(student.pearson_correlation(X[:, 0], X[:, 1]), r[0, 1])
    close(student.pearson_correlation(X[:, 3], X[:, 2]), r[2, 3])


@task("pearson_correlation", points=2)
def test_correlation_refuses(student):
    """refuses constants and unequal lengths"""
    keeps(student.pearson_correlation, np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0]))
    refuses(student.pearson_correlation, [5, 5, 5], [1, 2, 3])
    refuses(student.pearson_correlation, [1, 2, 3], [0.1, 0.1, 0.1])  # their mean is not quite 0.1
    refuses(student.pearson_correlation, [1, 2, 3, 4], [1, 3, 2])
    refuses(student.pearson_correlation, [1], [2])


# --- spearman_correlation -----------------------------------------------------------------------


def ranks(v):
    """Average ranks, counted value by value."""
    return np.array([np.sum(v < a) + (np.sum(v == a) + 1) / 2 for a in v])


@task("spearman_correlation", points=2)
def test_ranks_with_a_tie(student):
    """gives equal values the mean of their ranks"""
    close(student.spearman_correlation([3, 1, 4, 1, 5], [1, 2, 3, 4, 5]), 4 / math.sqrt(95))
    close(student.spearman_correlation([1, 2, 3, 4, 5], [3, 1, 4, 1, 5]), 4 / math.sqrt(95))
    close(student.spearman_correlation([7, 7, 9], [2, 3, 4]), math.sqrt(3) / 2)


@task("spearman_correlation", points=1)
def test_ranks_of_a_permutation(student):
    """ranks: it does not list who stands where"""
    close(student.spearman_correlation([20, 40, 10, 30], [20, 10, 40, 30]), -0.8)
    close(student.spearman_correlation([2.5, 9, 1, 4], [9, 1, 4, 2.5]), -0.8)


@task("spearman_correlation", points=2)
def test_ranks_of_random_ties(student, rng):
    """equals Pearson's on average ranks, with ties"""
    close(student.spearman_correlation([1, 1, 2, 2], [1, 2, 2, 3]), math.sqrt(0.5))
    for n in (8, 15, 40):
        x, y = rng.integers(0, n // 3, size=(2, n))
        x[:2], y[:2] = (0, 5), (5, 0)  # so that both vary
        expected = np.corrcoef(ranks(x), ranks(y))[0, 1]
        close(student.spearman_correlation(x, y), expected, atol=1e-12)


@task("spearman_correlation", points=1)
def test_ranks_of_curves(student, rng):
    """is 1 on rising curves and ignores outliers"""
    close(student.spearman_correlation([1, 2, 3, 4], [1, 8, 27, 1000]), 1.0, rtol=1e-12)
    close(student.spearman_correlation([1, 2, 3, 4], [-1, -2, -3, -4000]), -1.0, rtol=1e-12)
    x, y = skewed(rng, 2, 9)
    r = np.corrcoef(ranks(x), ranks(y))[0, 1]
    close(student.spearman_correlation(np.exp(x), -(y**3)), -r, atol=1e-12)


@task("spearman_correlation", points=1)
def test_ranks_of_penguins(student, measured):
    """is right for flippers and masses of penguins"""
    close(student.spearman_correlation([181, 186, 195], [3750, 3800, 3250]), -0.5)
    X, _ = measured
    expected = np.corrcoef(ranks(X[:, 2]), ranks(X[:, 3]))[0, 1]
    close(student.spearman_correlation(X[:, 2], X[:, 3]), expected)


@task("spearman_correlation", points=1)
def test_ranks_refuse(student):
    """refuses constants and unequal lengths"""
    keeps(student.spearman_correlation, np.array([3.0, 1.0, 2.0]), np.array([9.0, 8.0, 7.0]))
    refuses(student.spearman_correlation, [5, 5, 5], [1, 2, 3])
    refuses(student.spearman_correlation, [1, 2, 3], [0.1, 0.1, 0.1])
    refuses(student.spearman_correlation, [1, 2, 3, 4], [1, 3, 2])
    refuses(student.spearman_correlation, [1], [2])


# --- mean_confidence_interval -------------------------------------------------------------------


def student_quantile(p, dof):
    """The t with P(T <= t) = p, from the closed forms that exist for 1, 2 and 4 degrees of freedom."""
    root = math.sqrt(4 * p * (1 - p))
    if dof == 1:
        return math.tan(math.pi * (p - 0.5))
    if dof == 2:
        return 2 * (p - 0.5) * math.sqrt(2) / root
    return 2 * math.sqrt(math.cos(math.acos(root) / 3) / root - 1)


@task("mean_confidence_interval", points=2)
def test_interval_of_four_values(student):
    """reaches t s/√n to both sides of the mean"""
    half = 3.182446305284263 * math.sqrt(3)  # 3.182 is t(0.975) of any table for 3 degrees
    close(student.mean_confidence_interval([2, 4, 4, 10]), [5 - half, 5 + half])
    half = math.tan(0.475 * math.pi)
    close(student.mean_confidence_interval([0, 2]), [1 - half, 1 + half])


@task("mean_confidence_interval", points=3)
def test_interval_at_other_confidences(student, rng):
    """is as wide as the confidence asks for"""
    close(student.mean_confidence_interval([1, 3], confidence=0.5), [1.0, 3.0])  # t(0.75) is 1
    for n, confidence in itertools.product((2, 3, 5), (0.8, 0.9, 0.95, 0.99)):
        x = skewed(rng, n)
        half = student_quantile((1 + confidence) / 2, n - 1) * math.sqrt(np.cov(x) / n)
        interval = student.mean_confidence_interval(x, confidence)
        close(interval, [x.mean() - half, x.mean() + half], atol=1e-9 * half)  # for an end near 0


@task("mean_confidence_interval", points=2)
def test_interval_of_house_prices(student, houses):
    """is 540,088 ± 4,895 dollars for houses"""
    half = 31.82446305284263 * math.sqrt(3)
    close(student.mean_confidence_interval([980, 960, 960, 900]), [950 - half, 950 + half])
    price, z, dof = houses[:, 2], 1.959963984540054, 21612
    # Fisher's expansion of t in 1/dof; what it leaves out is below 1e-13.
    t = z + (z**3 + z) / (4 * dof) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * dof**2)
    half = t * math.sqrt(np.cov(price) / len(price))
    close(student.mean_confidence_interval(price), [price.mean() - half, price.mean() + half])


@task("mean_confidence_interval", points=1)
def test_interval_refuses(student):
    """refuses n < 2 or a confidence of 95"""
    keeps(student.mean_confidence_interval, np.array([2.0, 4.0, 4.0, 10.0]))
    refuses(student.mean_confidence_interval, [3.0])
    for confidence in (0, 1, 95, -0.5):
        refuses(student.mean_confidence_interval, [2, 4, 4, 10], confidence=confidence)


# --- bootstrap_ci -------------------------------------------------------------------------------


@task("bootstrap_ci", points=2, false_fail=0)
def test_size_of_a_resample(student, rng):
    """gives your statistic n values, as many as x has"""
    close(student.bootstrap_ci([3, 5, 9], np.size, n_boot=50, rng=0), [3, 3])
    close(student.bootstrap_ci([2, 2, 2], np.sum, n_boot=50, rng=1), [6, 6])
    n, seed = (int(v) for v in rng.integers(5, 50, 2))
    close(student.bootstrap_ci(skewed(rng, n), np.size, 20, 0.5, seed), [n, n])


@task("bootstrap_ci", points=2, false_fail=6e-8)
def test_ends_that_chance_cannot_move(student, rng):
    """cuts the same share off both ends"""
    # How often a resample of [0, 0, 0, 1] has k ones is binomial with p = 1/4: at most 0, 1, 2, 3
    # ones in 31.6, 73.8, 94.9, 99.6 %. So 2.5 % and 97.5 % lie at 0 and 3 ones. For the upper end
    # to move, 50 or fewer of 2000 resamples must have 3 ones or more (5.1 %: chance 5e-9).
    seed = int(rng.integers(1000))
    close(student.bootstrap_ci([0, 0, 0, 1], np.mean, rng=seed), [0, 0.75])
    # 10 % and 90 % lie at 0 and 2 ones: 1800 or fewer with at most 2 has a chance below 1e-17.
    close(student.bootstrap_ci([0, 0, 0, 1], np.mean, confidence=0.8, rng=seed), [0, 0.5])
    # The largest of 5 draws from 1..5 is at most 2 in 1.02 %, at most 3 in 7.8 % and 5 in 67 %: the
    # lower end moves if 49 or more of 2000 have at most 2 (chance 5e-8).
    close(student.bootstrap_ci([5, 4, 3, 2, 1], np.max, rng=seed), [3, 5])
    # The mean of two draws from 0 and 8 is 0, 4 or 8 with chances 1/4, 1/2, 1/4. For an end to move,
    # 51 or fewer of 2000 must lie at one of them (chance below 1e-100).
    close(student.bootstrap_ci([0, 8], np.mean, 2000, 0.95, seed), [0, 8])
    close(student.bootstrap_ci([3, 3], np.mean, 1, rng=seed), [3, 3])


@task("bootstrap_ci", points=2, seconds=20, false_fail=4e-7)
def test_interval_of_all_resamples(student, rng):
    """agrees with the list of all resamples of skewed data"""
    seed = int(rng.integers(1000))
    close(student.bootstrap_ci([4, 4, 4, 4], np.median, n_boot=9, confidence=0.6, rng=seed), [4, 4])
    x, n_boot = np.array([0.3, 1.1, 1.2, 2.9, 4.8, 9.5, 30.2]), 4000
    draws = list(itertools.combinations_with_replacement(range(7), 7))  # 1716, not equally likely
    chance = [math.factorial(7) / 7**7 / math.prod(math.factorial(d.count(i)) for i in range(7))
              for d in draws]
    for statistic, confidence in [(np.mean, 0.95), (np.std, 0.9)]:
        values = np.array([statistic(x[list(d)]) for d in draws])
        order = np.argsort(values)
        values, share = values[order], np.cumsum(np.array(chance)[order])
        left, right = student.bootstrap_ci(x, statistic, n_boot, confidence, seed)
        for end, at in [(left, (1 - confidence) / 2), (right, (1 + confidence) / 2)]:
            # An end is an order statistic, so it lies where the true share is `at` up to the stray of
            # a binomial count (four ends, so a chance of 4e-7 in all); 1 more for interpolation,
            # twice `at` for the larger variance above it.
            slack = (stray(min(2 * min(at, 1 - at), 0.5), n_boot) + 1) / n_boot
            low, high = values[np.searchsorted(share, [at - slack, at + slack])]
            between(end, low - 1e-9, high + 1e-9, f"the {100 * at:g} % end for the {statistic.__name__}")


@task("bootstrap_ci", points=2, false_fail=1e-7)
def test_bootstrap_can_be_repeated(student, rng):
    """repeats itself for the same seed, and for no other"""
    x = rng.normal(size=30)
    # Two resamples of 30 different values hold the same ones with a chance below 30!/30^30 =
    # 1.3e-12, and any of 200 resamples one of 200 others with less than 200² times that, 5e-8.
    first = numbers(student.bootstrap_ci(x, np.mean, 200, rng=1), "the interval")
    close(student.bootstrap_ci(x, np.mean, 200, rng=1), first)
    moved = first - numbers(student.bootstrap_ci(x, np.mean, 200, rng=2), "the interval")
    between(np.abs(moved).min(), 1e-14, np.inf, "the change of an end from seed 1 to seed 2")
    given = close(student.bootstrap_ci(x, np.mean, 200, rng=np.random.default_rng(1)), first, atol=2)
    close(student.bootstrap_ci(x, np.mean, 200, rng=np.random.default_rng(1)), given)
    # The mean of 30 values strays by 0.18 around theirs: 2 is more than five times as much.
    fresh, again = (close(student.bootstrap_ci(x, np.mean, 200), first, atol=2) for _ in range(2))
    between(np.abs(fresh - again).min(), 1e-14, np.inf, "the change of an end from one call without an rng to the next")


@task("bootstrap_ci", points=1, false_fail=0)
def test_bootstrap_refuses(student):
    """refuses n < 2, n_boot < 1, confidence 95"""
    keeps(student.bootstrap_ci, np.array([5.0, 1.0, 3.0, 4.0]), np.size, 3, rng=0)
    refuses(student.bootstrap_ci, [2.0], np.mean)
    refuses(student.bootstrap_ci, [2.0, 2.0], np.mean, n_boot=0)
    for confidence in (0, 1, 95):
        refuses(student.bootstrap_ci, [2.0, 2.0], np.mean, 10, confidence)


# --- welch_t_test -------------------------------------------------------------------------------


def welch(x, y):
    """t, dof and p, written out in sums; p by integrating the density over an angle."""
    (a, m), (b, n) = ((np.cov(v) / len(v), len(v)) for v in (x, y))
    t = (sum(x) / m - sum(y) / n) / math.sqrt(a + b)
    dof = (a + b) ** 2 / (a**2 / (m - 1) + b**2 / (n - 1))
    return t, dof, two_tails(t, dof)


@task("welch_t_test", points=2)
def test_welch_of_six_values(student):
    """weighs the difference by each group's spread"""
    t, dof, p = student.welch_t_test([2, 4, 4, 10], [1, 3])
    close(t, 1.5, what="t")
    close(dof, 4.0, what="dof")
    close(p, 0.208, rtol=1e-6, what="p")  # 1 - u (3 - u²)/2 with u = t/√(t² + 4) = 0.6
    t, dof, p = student.welch_t_test([0, 2], [1, 3, 5])
    close([t, dof], [-2 / math.sqrt(7 / 3), 49 / 17], what="t, dof")
    close(p, two_tails(t, 49 / 17), rtol=1e-6, what="p")


@task("welch_t_test", points=3)
def test_welch_of_unequal_groups(student, rng):
    """holds for groups of unequal size and spread"""
    t, dof, p = student.welch_t_test([1, 3], [2, 4, 4, 10])
    close([t, dof], [-1.5, 4.0], what="t, dof")
    close(p, 0.208, rtol=1e-6, what="p")
    for m, n, spread in [(4, 9, 5), (12, 5, 0.3), (6, 6, 4)]:
        x, y = skewed(rng, m), 1 + spread * skewed(rng, n)
        for first, second in [(x, y), (y, x)]:
            t, dof, p = student.welch_t_test(first, second)
            expected = welch(first, second)
            close([t, dof], expected[:2], atol=1e-12, what="t, dof")
            close(p, expected[2], rtol=1e-6, what="p")


@task("welch_t_test", points=1)
def test_welch_of_a_constant_group(student):
    """takes one constant group, gives p = 1 for t = 0"""
    t, dof, p = student.welch_t_test([1, 2, 3], [5, 5])  # only x varies: dof = 3 - 1
    close([t, dof], [-3 * math.sqrt(3), 2.0], what="t, dof")
    close(p, 1 - math.sqrt(27 / 29), rtol=1e-6, what="p")  # closed form for dof = 2
    t, dof, p = student.welch_t_test([5, 5], [1, 2, 3])
    close([t, dof], [3 * math.sqrt(3), 2.0], what="t, dof")
    t, dof, p = student.welch_t_test([1, 2, 3], [2, 3, 4])  # equal errors: pooled or not is the same
    close([t, dof], [-math.sqrt(1.5), 4.0], what="t, dof")
    t, dof, p = student.welch_t_test([1, 2, 3, 6], [2, 4])
    close([t, p], [0.0, 1.0], rtol=1e-6, atol=1e-12, what="t, p")


@task("welch_t_test", points=1)
def test_welch_of_penguins(student, penguins):
    """finds t = 13.1 for male and female Adelie penguins"""
    close(student.welch_t_test([3, 1], [1, 1, 1, 1]), [1, 1, 0.5], rtol=1e-6, what="t, dof, p")
    mass, adelie = penguins["body_mass_g"], penguins["species"] == "Adelie"
    males, females = (mass[adelie & (penguins["sex"] == sex)] for sex in ("MALE", "FEMALE"))
    t, dof, p = student.welch_t_test(males, females)
    expected = welch(males, females)
    close([t, dof], expected[:2], what="t, dof")
    close(p, expected[2], rtol=1e-6, what="p")


@task("welch_t_test", points=1)
def test_welch_refuses(student):
    """refuses n < 2, two constant groups, changes nothing"""
    keeps(student.welch_t_test, np.array([2.0, 4.0, 4.0, 10.0]), np.array([1.0, 3.0]))
    refuses(student.welch_t_test, [1.0], [2.0, 3.0])
    refuses(student.welch_t_test, [2.0, 3.0], [1.0])
    refuses(student.welch_t_test, [2, 2, 2], [3, 3])


# --- permutation_test ---------------------------------------------------------------------------


def share_of_splits(x, y):
    """The share of all ways to deal the pool out that differ as much as x and y do."""
    pool, n = np.concatenate([x, y]), len(x)
    sums = np.array([pool[list(c)].sum() for c in itertools.combinations(range(len(pool)), n)])
    d = np.abs(sums / n - (pool.sum() - sums) / len(y))
    return np.mean(d >= d[0] - 1e-9)  # the first split is x itself


def is_about(p, chance, n_permutations):
    """p = (1 + k)/(1 + n) with a binomial k, but for a chance of 1e-7; the exact share is fine, too."""
    d = stray(chance, n_permutations) + 1
    low, high = (n_permutations * chance + side * d for side in (-1, 1))
    return between(p, max(low, 1) / (1 + n_permutations), min(1, high / n_permutations), "p")


@task("permutation_test", points=2, false_fail=0)
def test_labels_of_two_values(student, rng):
    """counts equal differences in both directions"""
    close(student.permutation_test([5, 5], [5, 5], 99, rng=0), 1.0)
    close(student.permutation_test([0], [1], 99, rng=0), 1.0)  # the only other relabelling has -d
    close(student.permutation_test([1], [0], 99, rng=0), 1.0)
    seed = int(rng.integers(1000))
    close(student.permutation_test([3, 3, 3], [3, 3], 20, seed), 1.0)
    close(student.permutation_test([2, 4], [1, 3, 5], 500, seed), 1.0)  # d = 0
    for n_permutations in (1, 2, 7):
        close(student.permutation_test([9], [4], n_permutations, seed), 1.0)
        close(student.permutation_test([4, 4], [4], n_permutations, seed), 1.0)


@task("permutation_test", points=2, false_fail=3e-7)
def test_share_of_twenty_splits(student, rng):
    """is near 2/20 for [1, 2, 3] and [10, 11, 12]"""
    seed = int(rng.integers(1000))
    is_about(student.permutation_test([1, 2, 3], [10, 11, 12], 3000, seed), 0.1, 3000)
    is_about(student.permutation_test([10, 11, 12], [1, 2, 3], 3000, seed), 0.1, 3000)
    x, y = [1, 2, 2, 3], [2, 3, 3, 3]  # many ties
    is_about(student.permutation_test(x, y, 3000, seed), share_of_splits(x, y), 3000)


@task("permutation_test", points=1, false_fail=3e-7)
def test_splits_of_unequal_groups(student, rng):
    """keeps the sizes of unequal groups"""
    seed = int(rng.integers(1000))
    x, y = [1, 9], [2, 3, 3, 4, 5, 6]
    for first, second in [([0], [1, 2, 3, 4]), (x, y), (y, x)]:
        p = student.permutation_test(first, second, 3000, seed)
        is_about(p, share_of_splits(first, second), 3000)


@task("permutation_test", points=2, false_fail=9e-9)
def test_far_apart_groups(student, rng):
    """is 1/(1 + n_permutations) for groups far apart"""
    x, y = np.arange(20), 100 + np.arange(20)
    # Two of the C(40, 20) = 1.4e11 relabellings differ as much: 199 miss them but for 3e-9.
    for first, second in [(x, y), (y, x), (x + rng.uniform(size=20), y)]:
        p = student.permutation_test(first, second, 199, int(rng.integers(1000)))
        between(p, 1e-12, 1 / 200 + 1e-12, "p of groups far apart, with 199 permutations,")


@task("permutation_test", points=1, false_fail=2e-7)
def test_equality_under_rounding(student, rng):
    """counts ties that rounding hides, in any unit and of any sign"""
    x, y = [0.1, 0.4, 0.2], [1.0, 0.6, 1.3]  # added in another order these sums round otherwise
    seed = int(rng.integers(1000))
    is_about(student.permutation_test(x, y, 3000, seed), 0.1, 3000)
    x, y = ([-1e-13 * v for v in group] for group in (x, y))
    is_about(student.permutation_test(x, y, 3000, seed), 0.1, 3000)


@task("permutation_test", points=1, false_fail=0)
def test_permutation_refuses(student):
    """repeats itself, refuses empty groups, keeps x"""
    x, y = np.array([5.0, 1.0, 3.0]), np.array([4.0, 2.0, 9.0])
    p = between(keeps(student.permutation_test, x, y, 3000, rng=3), 0, 1, "p")
    for _ in range(3):  # of 3000 chances drawn elsewhere as many agree once in 100 runs, not three times
        close(student.permutation_test(x, y, 3000, rng=3), p, what="p for the same seed once more")
    between(student.permutation_test(x, y, 50, rng=np.random.default_rng(4)), 0, 1, "p")
    refuses(student.permutation_test, [], [1, 2], 9)
    refuses(student.permutation_test, [1, 2], [], 9)
    refuses(student.permutation_test, [1, 2], [3, 4], 0)


# --- chi_square_test ----------------------------------------------------------------------------


def upper_tail(chi2, dof):
    """P(Q >= chi2) from the closed forms for dof = 1 and for even dof."""
    if dof == 1:
        return math.erfc(math.sqrt(chi2 / 2))
    return math.exp(-chi2 / 2) * sum((chi2 / 2) ** j / math.factorial(j) for j in range(dof // 2))


@task("chi_square_test", points=2)
def test_table_of_two_by_two(student):
    """compares counts with row · column / total"""
    chi2, dof, p = student.chi_square_test([[30, 10], [20, 40]])
    close([chi2, dof], [50 / 3, 1], what="chi2, dof")
    close(p, upper_tail(50 / 3, 1), rtol=1e-6, what="p")
    chi2, dof, p = student.chi_square_test([[10, 20, 30], [20, 20, 20]])
    close([chi2, dof], [16 / 3, 2], what="chi2, dof")
    close(p, upper_tail(16 / 3, 2), rtol=1e-6, what="p")


@task("chi_square_test", points=2)
def test_tables_of_other_sizes(student, rng):
    """grows with the counts, in tables of every size"""
    close(student.chi_square_test([[300, 100], [200, 400]])[:2], [500 / 3, 1], what="chi2, dof")
    for r, c in [(3, 4), (2, 3), (5, 3)]:
        table = rng.integers(1, 30, size=(r, c))
        expected = [[sum(row) * sum(column) / table.sum() for column in table.T] for row in table]
        chi2 = ((table - expected) ** 2 / expected).sum()
        for factor in (1, 3):
            answer = student.chi_square_test(factor * table)
            close(answer[:2], [factor * chi2, (r - 1) * (c - 1)], what="chi2, dof")
            close(answer[2], upper_tail(factor * chi2, (r - 1) * (c - 1)), rtol=1e-6, what="p")


@task("chi_square_test", points=1)
def test_table_of_independence(student):
    """is 0 with p = 1 where all rows are alike"""
    chi2, dof, p = student.chi_square_test([[10, 20], [20, 40]])
    close([chi2, dof, p], [0, 1, 1], rtol=1e-6, atol=1e-9, what="chi2, dof, p")
    chi2, dof, p = student.chi_square_test([[1, 2, 3], [4, 8, 12], [2, 4, 6]])
    close([chi2, dof, p], [0, 4, 1], rtol=1e-6, atol=1e-9, what="chi2, dof, p")


@task("chi_square_test", points=1)
def test_table_of_species_and_islands(student, penguins):
    """shows that penguin species keep to their islands"""
    close(student.chi_square_test([[0, 5], [5, 0]])[:2], [10, 1], what="chi2, dof")
    species, island = penguins["species"], penguins["island"]
    table = [[np.sum((species == s) & (island == i)) for i in np.unique(island)]
             for s in np.unique(species)]
    chi2, dof, p = student.chi_square_test(table)  # with three empty cells
    close([chi2, dof], [299.550327, 4], rtol=1e-8, what="chi2, dof")  # the published number is rounded
    close(p, upper_tail(chi2, 4), rtol=1e-6, what="p")


@task("chi_square_test", points=1)
def test_tables_to_refuse(student):
    """refuses empty rows, negative counts, single rows"""
    keeps(student.chi_square_test, np.array([[30.0, 10.0], [20.0, 40.0]]))
    refuses(student.chi_square_test, [[1, 2], [0, 0]])
    refuses(student.chi_square_test, [[1, 0], [3, 0]])
    refuses(student.chi_square_test, [[5, -1], [3, 4]])
    refuses(student.chi_square_test, [[5, 1, 7]])
    refuses(student.chi_square_test, [5, 1, 7])


# --- simpsons_paradox ---------------------------------------------------------------------------


def has_groups(groups, expected):
    """The dict of correlations has these groups and numbers."""
    assert isinstance(groups, dict), f"groups must be a dict, it is a {type(groups).__name__}"
    listed = lambda names: ", ".join(sorted(map(str, names))) or "none"
    assert set(groups) == set(expected), f"the groups are {listed(groups)}, expected {listed(expected)}"
    for name, r in expected.items():
        close(groups[name], r, atol=1e-12, what=f"group {name}")


@task("simpsons_paradox", points=2)
def test_two_groups_that_rise(student, rng):
    """correlates all rows and each group, and compares"""
    table = {"x": [1, 2, 3, 4], "y": [3, 4, 1, 2], "g": ["a", "a", "b", "b"]}
    r, groups, turned = student.simpsons_paradox(table, "x", "y", "g")
    close(r, -0.6)
    has_groups(groups, {"a": 1.0, "b": 1.0})
    assert bool(turned), "both groups rise and the whole falls, yet it says that nothing turned"
    x, y = skewed(rng, 2, 30)
    label = rng.permutation(30) % 3
    r, groups, turned = student.simpsons_paradox({"x": x, "y": y, "g": label}, "x", "y", "g")
    close(r, np.corrcoef(x, y)[0, 1], atol=1e-12)
    has_groups(groups, {g: np.corrcoef(x[label == g], y[label == g])[0, 1] for g in range(3)})
    table = {"x": [1, 2, 3, 9, 8, 7], "y": [1, 2, 9, 4, 5, 5], "g": [1, 1, 1, 2, 2, 2]}
    r, groups, turned = student.simpsons_paradox(table, "x", "y", "g")
    close(r, 13 / math.sqrt(58 * 118 / 3))
    has_groups(groups, {1: 4 / math.sqrt(19), 2: -math.sqrt(3) / 2})
    assert not bool(turned), "one of the two groups has the sign of the whole: not all turned"
    table = {"x": [1, 2, 3, 4], "y": [1, 2, 3, 5], "g": ["a", "a", "b", "b"]}
    assert not bool(student.simpsons_paradox(table, "x", "y", "g")[2]), "all rise, nothing turns"


@task("simpsons_paradox", points=1)
def test_bills_of_penguins(student, penguins):
    """turns -0.235 into +0.391, +0.654, +0.643"""
    columns = ("culmen_length_mm", "culmen_depth_mm", "species")
    r, groups, turned = student.simpsons_paradox(penguins, *columns)
    close(r, -0.23505287035555)
    expected = {"Adelie": 0.39149169183587, "Chinstrap": 0.65353620817998, "Gentoo": 0.64338394652553}
    has_groups(groups, expected)
    assert bool(turned), "every species has the opposite sign, yet it says that not all turned"


@task("simpsons_paradox", points=2)
def test_rows_with_holes(student):
    """leaves out rows without x, y or group only"""
    table = {"x": [1, 2, 3, 4, 9, NAN, 2], "y": [3, 4, 1, 2, 9, 3, NAN],
             "g": ["a", "a", "b", "b", "", "a", "b"], "other": [NAN, 1, 1, 1, 1, 1, 1]}
    r, groups, turned = student.simpsons_paradox(table, "x", "y", "g")
    close(r, -0.6)
    has_groups(groups, {"a": 1.0, "b": 1.0})
    table = {"x": [1, 2, 5, 6, 7], "y": [1, 3, 2, 1, 9], "g": [0.0, 0.0, 7.0, 7.0, NAN]}
    r, groups, turned = student.simpsons_paradox(table, "x", "y", "g")
    close(r, -1.5 / math.sqrt(17 * 2.75))
    has_groups(groups, {0.0: 1.0, 7.0: -1.0})
    assert not bool(turned), "group 7.0 has the sign of the whole: not all turned"


@task("simpsons_paradox", points=1)
def test_groups_to_refuse(student):
    """refuses groups that do not vary, changes nothing"""
    table = {"x": np.array([1.0, 2.0, 3.0, 4.0]), "y": np.array([1.0, 2.0, 2.0, 1.0]),
             "g": np.array(["a", "a", "b", "b"])}
    r, groups, turned = keeps(student.simpsons_paradox, table, "x", "y", "g")
    close(r, 0.0, atol=1e-12)
    assert not bool(turned), "a correlation of 0 has no sign to turn"
    refuses(student.simpsons_paradox, table | {"g": ["a", "a", "a", "b"]}, "x", "y", "g")
    refuses(student.simpsons_paradox, table | {"y": [1, 1, 2, 3]}, "x", "y", "g")


# --- friday_the_13th ----------------------------------------------------------------------------


def calendar(first, number, count):
    """A table of days with the columns of us_births; `count` are the births."""
    days = [first + datetime.timedelta(n) for n in range(number)]
    columns = [[d.year, d.month, d.day, d.isoweekday()] for d in days]
    names = ("year", "month", "date_of_month", "day_of_week")
    return dict(zip(names, np.array(columns, float).T)) | {"births": np.asarray(count, float)}


def fridays_the_13th(table):
    """The differences by walking through the calendar with datetime."""
    columns = (table[name] for name in ("year", "month", "date_of_month", "births"))
    count = {datetime.date(int(y), int(m), int(d)): n for y, m, d, n in zip(*columns)}
    week = datetime.timedelta(7)
    triples = [[count.get(day + shift, NAN) for shift in (0 * week, -week, week)]
               for day in sorted(count) if day.day == 13 and day.weekday() == 4]
    differences = np.array([a - (b + c) / 2 for a, b, c in triples])
    return differences[np.isfinite(differences)]


def t_of(differences):
    return differences.mean() / math.sqrt(np.cov(differences) / len(differences))


@task("friday_the_13th", points=2)
def test_two_fridays(student):
    """compares each with the Fridays next to it"""
    table = {"year": [1998] * 6, "month": [2, 2, 2, 3, 3, 3], "date_of_month": [6, 13, 20] * 2,
             "day_of_week": [5] * 6, "births": [100, 90, 110, 80, 80, 90]}
    differences, t, p = student.friday_the_13th(table)
    close(differences, [-15, -5])
    close(t, -2.0, what="t")
    close(p, 1 - 2 * math.atan(2) / math.pi, rtol=1e-6, what="p")  # the closed form for dof = 1


@task("friday_the_13th", points=2)
def test_fridays_of_ten_years(student, births):
    """finds 833 births fewer a day, t = -11.4"""
    differences, t, p = student.friday_the_13th(births)
    differences = close(differences, fridays_the_13th(births))
    between(differences.mean(), -832.85, -832.84, "the mean of your 16 differences")
    close(t, t_of(differences), what="t")
    close(p, two_tails(t, 15), rtol=1e-6, what="p")


@task("friday_the_13th", points=1)
def test_fridays_out_of_order(student, rng):
    """takes any order of days, skips incomplete ones"""
    table = {"year": [1998] * 9, "month": [3, 2, 2, 3, 11, 3, 2, 11, 11],
             "date_of_month": [13, 6, 20, 6, 20, 20, 13, 13, 6], "day_of_week": [5] * 9,
             "births": [80, 100, 110, 80, 50, 90, 90, NAN, 50]}
    close(student.friday_the_13th(table)[0], [-15, -5])
    first = datetime.date(1998, 2, 10)  # too late for the week before Friday, 13 February
    order = rng.permutation(1100)
    order = order[order != (datetime.date(1998, 11, 13) - first).days]
    table = calendar(first, 1100, rng.integers(8000, 12000, 1100))
    table = {name: column[order] for name, column in table.items()}
    expected = fridays_the_13th(table)  # three are left
    differences, t, p = student.friday_the_13th(table)
    close(differences, expected)
    close(t, t_of(expected), what="t")
    close(p, two_tails(t, 2), rtol=1e-6, what="p")


@task("friday_the_13th", points=1)
def test_fridays_to_refuse(student, rng):
    """refuses n < 2 or equal differences"""
    table = {"year": np.full(6, 1998.0), "month": np.array([2.0, 2, 2, 3, 3, 3]),
             "date_of_month": np.array([6.0, 13, 20] * 2), "day_of_week": np.full(6, 5.0),
             "births": np.array([100.0, 90, 110, 80, 80, 90])}
    keeps(student.friday_the_13th, table)
    refuses(student.friday_the_13th, {name: column[:3] for name, column in table.items()})
    refuses(student.friday_the_13th, table | {"births": np.array([9.0, 7, 9, 5, 3, 5])})
