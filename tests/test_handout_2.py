"""Handout 2 tells no lies: every numbered equation holds, every worked number and picture is what our functions give."""
import itertools
import math
import re
from collections import Counter

import numpy as np
import pytest
import sympy as sp
from scipy import special, stats

from autograder.catalogue import load
from autograder.manifest import ROOT
from solutions import dataset_statistics as ours

HANDOUT = (ROOT / "projects/2-dataset-statistics/README.md").read_text(encoding="utf-8")
SAMPLE = np.array([2.0, 4.0, 4.0, 10.0])

rng = np.random.default_rng(2)
X, Y, A = rng.exponential(size=(9, 3)), rng.exponential(size=6), rng.normal(size=3)


def says(*sentences):
    """The handout contains these sentences, whatever its line breaks."""
    assert not [s for s in sentences if " ".join(s.split()) not in " ".join(HANDOUT.split())]


def draws(*lines):
    """The handout contains these lines one after the other, blank for blank."""
    assert "\n".join(lines) + "\n" in HANDOUT


def near(a, b, tolerance=1e-9):
    return np.allclose(a, b, rtol=tolerance, atol=tolerance)


def deviations(x):
    return np.asarray(x, float) - np.mean(x)


# -- the equations -------------------------------------------------------------------------------
def mean():
    return near(ours.summarize({"y": Y})["y"]["mean"], sum(Y) / 6)


def variance():
    return near(ours.sample_variance(Y), sum(deviations(Y) ** 2) / 5)


def expanded_squares():
    values = sp.symbols("x1:5")
    m = sum(values) / 4
    return sp.expand(sum((v - m) ** 2 for v in values) - sum(v**2 for v in values) + 4 * m**2) == 0


def lost_degree_of_freedom():
    """Every sample of three from a population of four, drawn with replacement."""
    sums = [sum(deviations(drawn) ** 2) for drawn in itertools.product(SAMPLE, repeat=3)]
    n, mu, variance = sp.symbols("n mu sigma2")
    identity = sp.expand(n * (variance + mu**2) - n * (variance / n + mu**2) - (n - 1) * variance) == 0
    return near(np.mean(sums), (3 - 1) * np.var(SAMPLE)) and identity


def mixed_neighbours():
    s = np.sort(Y)
    for q in (0.0, 0.13, 0.5, 0.77):
        i, t = divmod(q * 5, 1)
        if not near(ours.quantile(Y, q), (1 - t) * s[int(i)] + t * s[int(i) + 1]):
            return False
    return True


def product_of_deviations():
    D = X - X.mean(axis=0)
    return near(ours.covariance_matrix(X), D.T @ D / 8)


def variance_of_a_mixture():
    return near(ours.sample_variance(X @ A), A @ ours.covariance_matrix(X) @ A)


def slopes_from_covariances():
    C = ours.covariance_matrix(X)
    alone = np.polyfit(X[:, 0], X[:, 2], 1)[0]
    together = np.linalg.lstsq(np.column_stack([X[:, :2], np.ones(9)]), X[:, 2], rcond=None)[0][:2]
    return near(C[0, 2] / C[0, 0], alone) and near(C[:2, :2] @ together, C[:2, 2])


def cosine():
    a, b = deviations(X[:, 0]), deviations(X[:, 1])
    r = a @ b / (np.linalg.norm(a) * np.linalg.norm(b))
    sums = sum(a * b) / math.sqrt(sum(a**2) * sum(b**2))
    return near(ours.pearson_correlation(X[:, 0], X[:, 1]), r) and near(r, sums)


def cauchy_schwarz():
    a1, a2, b1, b2 = sp.symbols("a1 a2 b1 b2", real=True)
    gap = (a1**2 + a2**2) * (b1**2 + b2**2) - (a1 * b1 + a2 * b2) ** 2
    square = sp.expand(gap - (a1 * b2 - a2 * b1) ** 2) == 0
    pairs = rng.normal(size=(100, 2, 5))
    return square and all(abs(a @ b) <= np.linalg.norm(a) * np.linalg.norm(b) for a, b in pairs)


def ranks(values):
    values = np.asarray(values, float)
    return np.array([np.sum(values < v) + (np.sum(values == v) + 1) / 2 for v in values])


def average_ranks():
    v, w = rng.integers(0, 5, size=(2, 12))
    expected = ours.pearson_correlation(ranks(v), ranks(w))
    return near(ranks(v), stats.rankdata(v)) and near(ours.spearman_correlation(v, w), expected)


def shortcut(v, w):
    n, d = len(v), ranks(v) - ranks(w)
    return 1 - 6 * sum(d**2) / (n * (n**2 - 1))


def shortcut_without_ties():
    return near(shortcut(Y, X[:6, 0]), ours.spearman_correlation(Y, X[:6, 0]))


def variance_of_a_mean():
    means = [np.mean(drawn) for drawn in itertools.product(SAMPLE, repeat=3)]
    return near(np.var(means), np.var(SAMPLE) / 3)


def distribution_of_t():
    """Among 20,000 samples of four from a normal population |T| exceeds the table's 3.182 in 5 percent."""
    samples = np.random.default_rng(0).normal(5, 3, size=(20_000, 4))
    T = (samples.mean(axis=1) - 5) / (samples.std(axis=1, ddof=1) / 2)
    return abs(np.mean(np.abs(T) > ours.t_quantile(0.975, 3)) - 0.05) < 6 * math.sqrt(0.05 * 0.95 / 20_000)


def density_of_t():
    for nu in (1.0, 3.0, 7.5, 40.0):
        constant = math.gamma((nu + 1) / 2) / (math.sqrt(math.pi * nu) * math.gamma(nu / 2))
        density = lambda t: constant * (1 + t**2 / nu) ** (-(nu + 1) / 2)
        if not near(ours.area_beyond(0.0, density), 0.5) or not near(ours.area_beyond(1.3, density), ours.t_tail(1.3, nu)):
            return False
    return True


def t_interval():
    m, error = Y.mean(), math.sqrt(ours.sample_variance(Y) / 6)
    low, high = ours.mean_confidence_interval(Y)
    return near([(m - low) / error, (high - m) / error], ours.t_quantile(0.975, 5))


def error_of_a_resampled_mean():
    means = [np.mean(drawn) for drawn in itertools.product(SAMPLE, repeat=4)]
    return near(np.std(means), math.sqrt(np.var(SAMPLE) / 4))


def welch_parts():
    x, y = X[:, 0], Y
    return ours.sample_variance(x) / 9, ours.sample_variance(y) / 6, ours.welch_t_test(x, y)


def welch_t():
    a, b, (t, _, _) = welch_parts()
    return near(t, (X[:, 0].mean() - Y.mean()) / math.sqrt(a + b)) and near(t, stats.ttest_ind(X[:, 0], Y, equal_var=False)[0])


def welch_degrees():
    a, b, (_, dof, _) = welch_parts()
    return near(dof, (a + b) ** 2 / (a**2 / 8 + b**2 / 5))


def both_tails():
    _, _, (t, dof, p) = welch_parts()
    return near(p, 2 * ours.t_tail(abs(t), dof)) and near(p, special.stdtr(dof, -abs(t)) + 1 - special.stdtr(dof, abs(t)))


def observed_labels_count():
    """For groups so far apart that no relabelling is drawn that differs as much, k = 0."""
    return near(ours.permutation_test(np.arange(20), 100 + np.arange(20), 199, rng=0), (1 + 0) / (1 + 199))


TABLE = np.array([[5, 9, 2], [7, 3, 8]])


def expected_counts():
    E = np.outer(TABLE.sum(axis=1), TABLE.sum(axis=0)) / TABLE.sum()
    return near(E, stats.contingency.expected_freq(TABLE)) and near(E.sum(axis=0), TABLE.sum(axis=0))


def chi_square():
    E = stats.contingency.expected_freq(TABLE)
    chi2, dof, p = ours.chi_square_test(TABLE)
    return near(chi2, sum((TABLE[i, j] - E[i, j]) ** 2 / E[i, j] for i in range(2) for j in range(3))) and \
        near([chi2, dof, p], stats.chi2_contingency(TABLE, correction=False)[:1] + (2, special.chdtrc(2, chi2)))


def fridays():
    births = load("us_births")
    count = {(y, m, d): n for y, m, d, n in zip(*(births[c] for c in ("year", "month", "date_of_month", "births")))}
    friday = {(y, m) for y, m, d, w in zip(*(births[c] for c in ("year", "month", "date_of_month", "day_of_week"))) if (d, w) == (13, 5)}
    return births, count, sorted(friday)


def neighbouring_fridays():
    births, count, months = fridays()
    d = [count[*month, 13] - (count[*month, 6] + count[*month, 20]) / 2 for month in months]
    return near(ours.friday_the_13th(births)[0], d)


def paired_t():
    d, t, p = ours.friday_the_13th(load("us_births"))
    return near(t, d.mean() / (d.std(ddof=1) / math.sqrt(len(d)))) and near([t, p], stats.ttest_1samp(d, 0), 1e-8)


EQUATIONS = dict(enumerate([
    mean, variance, expanded_squares, lost_degree_of_freedom, mixed_neighbours, product_of_deviations, variance_of_a_mixture,
    slopes_from_covariances, cosine, cauchy_schwarz, average_ranks, shortcut_without_ties, variance_of_a_mean, distribution_of_t,
    density_of_t, t_interval, error_of_a_resampled_mean, welch_t, welch_degrees, both_tails, observed_labels_count,
    expected_counts, chi_square, neighbouring_fridays, paired_t], start=1))


def test_every_equation_has_its_check():
    assert [int(n) for n in re.findall(r"\\tag\{(\d+)\}", HANDOUT)] == list(EQUATIONS)


@pytest.mark.parametrize("number", EQUATIONS)
def test_equation(number):
    assert EQUATIONS[number]()


# -- the solved functions at the top of the module -------------------------------------------------
def test_tails_and_quantiles_have_nine_digits():
    for dof in (1, 1.3, 2, 4, 15, 144.2, 21_612):
        for t in (0, 0.1, 1.5, 5, 13, -2):
            assert abs(ours.t_tail(t, dof) / stats.t.sf(t, dof) - 1) < 1e-10
        for p in (0.6, 0.9, 0.975, 0.995, 0.025):
            assert abs(ours.t_quantile(p, dof) / stats.t.ppf(p, dof) - 1) < 1e-9
    for dof in (1, 2, 4, 6, 50):
        for x in (0, 0.1, 1, 16.67, 299.6):
            assert abs(ours.chi2_tail(x, dof) / stats.chi2.sf(x, dof) - 1) < 1e-9


def test_examples_of_the_solved_functions():
    assert near([ours.t_tail(1, 1), ours.t_quantile(0.975, 3), ours.chi2_tail(2, 2)], [0.25, 3.1824463052842, math.exp(-1)])


# -- worked numbers and pictures -------------------------------------------------------------------
@pytest.fixture(scope="module")
def houses():
    return load("king_county_houses")


@pytest.fixture(scope="module")
def penguins():
    return load("penguins")


def test_prices(houses):
    price, rooms = houses["price"], houses["bedrooms"]
    summary = ours.summarize({"price": price, "bedrooms": rooms})
    says(f"{len(price):,} houses", f"the mean price is {summary['price']['mean']:,.0f} dollars and the median {summary['price']['median']:,.0f}",
         f"Only {100 * np.mean(price > price.mean()):.0f} percent of all houses cost more than the mean")
    odd = rooms == 33
    area, paid = houses["sqft_living"][odd].item(), houses["price"][odd].item()
    says(f"The largest number of bedrooms is {summary['bedrooms']['max']:.0f}, in a house of {area:,.0f} square feet that sold for {paid:,.0f}",
         f"33 rooms of {area / 33:.0f} square feet each")
    edges = [0, 200, 400, 600, 800, 1000, 1200, 1500, 2000, 8000]
    draws("price in 1000 dollars", *(f"{a:5} to {b:4}  " + "#" * round(n / 200) for a, b, n in zip(edges, edges[1:], np.histogram(price / 1000, edges)[0])))


def test_the_sample():
    nine = ours.summarize({"x": SAMPLE})["x"]
    says(f"its mean is {nine['mean']:g}, its median {nine['median']:g}", f"the standard deviation $s = {nine['std']:.2f}$",
         f"it is 36/3 = {ours.sample_variance(SAMPLE):g}", f"Dividing by $n$ gives {ours.sample_variance(SAMPLE, ddof=0):g}",
         f"the three quartiles are {nine['q25']:g}, {nine['median']:g}, {nine['q75']:g}")
    assert list(deviations(SAMPLE)) == [-3, -1, -1, 5]
    pairs = list(itertools.product(SAMPLE, repeat=2))
    by_n, by_less = (np.mean([ours.sample_variance(pair, ddof) for pair in pairs]) for ddof in (0, 1))
    says(f"in all {len(pairs)} ways. Dividing by $n$ gives {by_n:g} on average, dividing by $n - 1$ gives {by_less:g}")


def test_numerical_warning():
    values = np.array([4.0, 7.0, 13.0, 16.0])
    far = values + 1e9
    says(f"(divided by $n$) is {ours.sample_variance(values, ddof=0):g}.", f"mean of the squares minus square of the mean gives {np.mean(far**2) - np.mean(far) ** 2:g}",
         f"and gives {ours.sample_variance(far, ddof=0):g}.")


def test_quantiles():
    rows = [[float(cell) if "/" not in cell else int(cell[0]) / int(cell[2]) for cell in row.split()[1:]]
            for row in re.search(r"```\n(q .*\nposition.*\nvalue.*)\n```", HANDOUT)[1].splitlines()]
    assert near(ours.quantile([1, 2, 4, 8], rows[0]), rows[2]) and near(np.multiply(rows[0], 3), rows[1])
    assert near(ours.quantile(-Y, 0.3), -ours.quantile(Y, 0.7))


def test_covariances(houses):
    small = np.array([[1, 1], [2, 5], [3, 3]])
    assert near(ours.covariance_matrix(small), [[1, 1], [1, 4]]) and near(small - small.mean(axis=0), [[-1, -2], [0, 2], [1, 0]])
    table = np.column_stack([houses[c] for c in ("bedrooms", "sqft_living", "price")])
    slopes = []
    for rows in (table, table[table[:, 0] != 33]):
        C = ours.covariance_matrix(rows)
        slopes.append((C[0, 2] / C[0, 0], *np.linalg.solve(C[:2, :2], C[:2, 2])))
    (whole, *_), (alone, room, foot) = slopes
    says(f"the price rises by {whole:,.0f} dollars per bedroom", f"with 33 bedrooms: {alone:,.0f}.", f"Each square foot is worth {foot:.1f} dollars, and a bedroom **{room:,.0f}**")
    says(f'a bedroom is "worth" {room:,.0f} dollars', "by five percent")
    assert 0.045 < alone / whole - 1 < 0.055


def test_correlations(penguins):
    assert near(ours.pearson_correlation([1, 2, 3], [1, 3, 2]), math.cos(math.radians(60)))
    assert sum(deviations([0.1, 0.1, 0.1]) ** 2) != 0  # "the mean of 0.1, 0.1, 0.1 is not quite 0.1"
    r, groups, turned = ours.simpsons_paradox(penguins, "culmen_length_mm", "culmen_depth_mm", "species")
    known = np.isfinite(penguins["culmen_length_mm"])
    assert turned
    says(f"The bills of {known.sum()} penguins: longer bills are less deep, $r = {r:.3f}$", f"| all | {known.sum()} | {r:.3f} |")
    draws(*(f"| {g} | {np.sum(known & (penguins['species'] == g))} | {groups[g]:+.3f} |" for g in ("Adelie", "Chinstrap", "Gentoo")))


def test_ranks():
    x, places = [3, 1, 4, 1, 5], [1, 2, 3, 4, 5]
    assert list(ranks(x)) == [3, 1.5, 4, 1.5, 5]
    says(f"it is only {ours.pearson_correlation(places, np.exp(places)):.3f}", f"= {ours.spearman_correlation(x, places):.3f}$", f"here it says {shortcut(x, places):.3f}")
    assert near(ours.spearman_correlation(places, np.exp(places)), 1) and near(ours.spearman_correlation(x, places), 4 / math.sqrt(95))


def test_intervals(houses):
    error = math.sqrt(ours.sample_variance(SAMPLE) / 4)
    low, high = ours.mean_confidence_interval(SAMPLE)
    says(f"$s/\\sqrt{{n}} = {2 * error:.2f}/2 = {error:.3f}$", f"from {low:.2f} to {high:.2f}")
    draws("| t | " + " | ".join(f"{ours.t_quantile(0.975, n - 1):.3f}" for n in (2, 3, 4, 5, 10, 30)) + f" | {ours.t_quantile(0.975, 1e6):.3f} |")
    price = houses["price"]
    low, high = ours.mean_confidence_interval(price)
    says(f"For the {len(price):,} prices, taken as a sample of all sales that there might have been: {price.mean():,.0f} ± {(high - low) / 2:,.0f}")
    picture = []
    for five in price[:100].reshape(20, 5):
        low, high = ours.mean_confidence_interval(five)
        row = [" "] * 65
        for column in range(max(0, round(low / 2e4)), min(64, round(high / 2e4)) + 1):
            row[column] = "-"
        row[round(price.mean() / 2e4)] = "|"
        picture.append("".join(row).rstrip() if low <= price.mean() <= high else f"{''.join(row):67}missed")
    draws(*picture)


def test_kept_promises(houses):
    def kept(values, t):
        samples = values[: len(values) // 5 * 5].reshape(-1, 5)
        return 100 * np.mean(np.abs(samples.mean(axis=1) - values.mean()) <= t * samples.std(axis=1, ddof=1) / math.sqrt(5))

    price, t = houses["price"], ours.t_quantile(0.975, 4)
    says(f"Of all {len(price) // 5:,} such samples only {kept(price, t):.1f} percent catch the mean", f"there {kept(np.log(price), t):.1f} percent succeed",
         f"With 1.96 instead of {t:.3f} it would be {kept(np.log(price), 1.96):.1f}")


def test_bootstrap():
    ways = Counter(float(np.mean(drawn)) for drawn in itertools.product(SAMPLE, repeat=4))
    assert sum(ways.values()) == 256
    draws(*(f"{m:4.1f}  " + "#" * ways[m] for m in sorted(ways)))
    low, high = ours.bootstrap_ci(SAMPLE, np.mean, n_boot=20_000, rng=0)
    says(f"the percentile interval goes from {low:g} to {high:g}", "which is $\\sqrt{9/4} = 1.5$", "6.4 ways each")
    assert near(0.025 * 256, 6.4)
    says("For the mean", f"slightly less than {math.sqrt(ours.sample_variance(SAMPLE) / 4):.3f}")


def test_two_groups(penguins):
    t, dof, p = ours.welch_t_test(SAMPLE, [1, 3])
    assert (t, dof) == (1.5, 4)
    says(f"$\\nu = 16/(9/3 + 1/1) = {dof:g}$ and $p = {p:.3f}$", f"If your p is {2 - p:.3f}")
    mass, species = penguins["body_mass_g"], penguins["species"]
    males, females = (mass[(species == "Adelie") & (penguins["sex"] == sex)] for sex in ("MALE", "FEMALE"))
    t, dof, p = ours.welch_t_test(males, females)
    says(f"a mean mass of {males.mean():.1f} g, females {females.mean():.1f} g", f"difference of {males.mean() - females.mean():.1f} g",
         f"$t = {t:.2f}$ with $\\nu = {dof:.1f}$ and $p = {p * 1e26:.1f} \\cdot 10^{{-26}}$")
    adelie, chinstrap = (mass[(species == s) & np.isfinite(mass)] for s in ("Adelie", "Chinstrap"))
    _, _, p = ours.welch_t_test(adelie, chinstrap)
    says(f"differ by only {chinstrap.mean() - adelie.mean():.1f} g, and $p = {p:.2f}$")
    assert 0.55 < ours.permutation_test(adelie, chinstrap, 5000, rng=0) < 0.65  # "about 0.6"


def test_twenty_splits():
    pool = np.array([1, 2, 3, 10, 11, 12])
    found = Counter()
    for chosen in itertools.combinations(pool, 3):
        found[(sum(chosen) - (39 - sum(chosen))) / 3] += 1
    assert sum(found.values()) == 20
    draws(*(f"{d:5.2f}  " + "#" * found[d] for d in sorted(found)))
    assert abs(ours.permutation_test([1, 2, 3], [10, 11, 12], 20_000, rng=0) - 2 / 20) < 6 * math.sqrt(0.09 / 20_000)
    assert 0.1 + 0.4 + 0.2 != 0.1 + 0.2 + 0.4


def test_counts(penguins):
    chi2, dof, p = ours.chi_square_test([[30, 10], [20, 40]])
    says(f"$\\chi^2 = 5 + 5 + 3.33 + 3.33 = {chi2:.2f}$ with {dof} degree of freedom, $p = {p * 1e5:.1f} \\cdot 10^{{-5}}$")
    species, island = penguins["species"], penguins["island"]
    table = [[int(np.sum((species == s) & (island == i))) for i in np.unique(island)] for s in np.unique(species)]
    draws(*(f"| {name} | {' | '.join(map(str, row))} |" for name, row in zip(np.unique(species), table)))
    chi2, dof, p = ours.chi_square_test(table)
    says(f"Species and islands of {np.sum(table)} penguins", f"$\\chi^2 = {chi2:.1f}$ with {dof} degrees of freedom, $p = {p * 1e63:.1f} \\cdot 10^{{-63}}$")


def test_fridays():
    births, count, months = fridays()
    special_days = np.array([count[*month, 13] for month in months])
    differences, t, p = ours.friday_the_13th(births)
    is_friday = births["day_of_week"] == 5
    says(f"there were {len(months)} Fridays the 13th. On average {special_days.mean():,.1f} children",
         f"On all {is_friday.sum()} Fridays of these years it was {births['births'][is_friday].mean():,.1f}",
         f"The mean difference is {differences.mean():.1f} births a day, $t = {t:.1f}$, $p = {p * 1e9:.0f} \\cdot 10^{{-9}}$, and all {np.sum(differences < 0)} differences are negative",
         f"$t$ is only {ours.welch_t_test(special_days, special_days - differences)[0]:.1f}")
    weekday = {(y, m): w for y, m, d, w in zip(*(births[c] for c in ("year", "month", "date_of_month", "day_of_week"))) if d == 13}
    by_day = {w: [count[*k, 13] - (count[*k, 6] + count[*k, 20]) / 2 for k in weekday if weekday[k] == w] for w in range(1, 8)}
    draws("| how many | " + " | ".join(str(len(by_day[w])) for w in by_day) + " |", "| mean difference | " + " | ".join(f"{np.mean(by_day[w]):.1f}" for w in by_day) + " |")
    others = [count[*k, 13] - (count[*k, 6] + count[*k, 20]) / 2 for k in weekday if weekday[k] == 1 and k != (1999, 9)]  # 6 September 1999
    early = [d for w in range(1, 5) for d in by_day[w]]
    says(f"beside Labor Day; without it the mean would be {np.mean(others):.0f}",
         f"Fridays lose {np.mean(early) - np.mean(by_day[5]):.0f} more", f"($t = {ours.welch_t_test(by_day[5], early)[0]:.1f}$)")


def test_tiny_correlation():
    t = 0.02 * math.sqrt(21_613 - 2) / math.sqrt(1 - 0.02**2)
    says(f"gives $t = {t:.2f}$", f"The test says $p = {2 * ours.t_tail(t, 21_611):.3f}$", f"$r^2 = {0.02**2:.4f}$")
