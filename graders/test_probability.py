"""The checks of project 4. Each check is one claim about one task, worth whole points.

Every check begins with a case that fits on paper: where it fails, that case is the counterexample.
"""
import math
from fractions import Fraction

import numpy as np
import pytest

from autograder.catalogue import load
from autograder.checks import between, close, keeps, refuses, task


@pytest.fixture(scope="session")
def wet_days():
    """1461 days in Seattle, 1 = it rained."""
    return (load("seattle_weather")["precipitation"] > 0).astype(int)


@pytest.fixture(scope="session")
def mails():
    """4601 mails: which of 48 words they hold, 0 or 1, and which of them are spam."""
    table = load("spambase")
    names = [name for name in table if name.startswith("word_freq_")]
    return {name.removeprefix("word_freq_"): table[name] > 0 for name in names}, table["spam"].astype(int)


@pytest.fixture(scope="session")
def births():
    return load("us_births")


def outcomes(n, a, b):
    """The weights of 0..n successes for p = a/b, as exact integers; they add up to b^n."""
    return [math.comb(n, k) * a**k * (b - a) ** (n - k) for k in range(n + 1)]


# --- binomial_pmf -------------------------------------------------------------------------------


@task("binomial_pmf", points=3)
def test_few_trials(student, rng):
    """counts the orders of k successes and weights them"""
    close(student.binomial_pmf([0, 1, 2], 2, 0.3), [0.49, 0.42, 0.09])
    close(student.binomial_pmf(1, 3, 0.2), 3 * 0.2 * 0.8**2)
    for n in (6, 13):
        a = int(rng.integers(1, 10))
        exact = [w / 10**n for w in outcomes(n, a, 10)]
        close(student.binomial_pmf(np.arange(n + 1), n, a / 10), exact)  # the contract's 1e-9


@task("binomial_pmf", points=2)
def test_thousands_of_trials(student, rng):
    """is right to 1e-9 for up to 5000 trials"""
    close(student.binomial_pmf(1000, 2000, 0.5), math.comb(2000, 1000) / 2**2000)
    for n, a in [(150, 9), (2000, 3), (5000, 4)]:
        ks = [0, *rng.integers(0, n + 1, 3).tolist(), n * a // 10, n]
        exact = [math.comb(n, k) * a**k * (10 - a) ** (n - k) / 10**n for k in ks]
        # Below 1e-300 a float loses digits; there any answer as small as that is right.
        close(student.binomial_pmf(ks, n, a / 10), exact, atol=1e-300)


@task("binomial_pmf", points=2)
def test_certain_and_impossible(student):
    """is exact where a success is certain, impossible, or never tried"""
    close(student.binomial_pmf([0, 1, 2], 2, 0.0), [1, 0, 0])
    close(student.binomial_pmf([0, 1, 2], 2, 1.0), [0, 0, 1])
    close(student.binomial_pmf(0, 0, 0.3), 1.0)
    close(student.binomial_pmf(0, 5, 0), 1.0)
    close(student.binomial_pmf(5, 5, 1), 1.0)


@task("binomial_pmf", points=1)
def test_counts_that_cannot_be(student):
    """is 0 for fewer than 0 or more than n successes"""
    close(student.binomial_pmf(3, 2, 0.3), 0.0)
    close(student.binomial_pmf([-1, 0, 3], 2, 0.3), [0, 0.49, 0])
    close(student.binomial_pmf([-7, 12], 4, 0.6), [0, 0])
    close(student.binomial_pmf([-1, 3, 4], 3, 1), [0, 1, 0])


@task("binomial_pmf", points=1)
def test_shape_of_k(student):
    """has the shape of k: a number for a number, a table for a table"""
    close(student.binomial_pmf(1, 2, 0.3), 0.42)
    close(student.binomial_pmf([1], 2, 0.3), [0.42])
    close(student.binomial_pmf(np.array([[0, 1], [2, 3]], dtype=np.uint8), 2, 0.3), [[0.49, 0.42], [0.09, 0]])


@task("binomial_pmf", points=1)
def test_pmf_refuses(student):
    """refuses a negative or broken n and a p outside [0, 1]"""
    refuses(student.binomial_pmf, 0, -1, 0.3)
    refuses(student.binomial_pmf, 1, 2.5, 0.3)
    refuses(student.binomial_pmf, 1, 2, -0.1)
    refuses(student.binomial_pmf, 1, 2, 1.5)
    keeps(student.binomial_pmf, np.array([-1.0, 0.0, 1.0, 4.0]), 3, 0.3)


# --- normal_cdf ---------------------------------------------------------------------------------


def normal(z):
    """P(Z <= z) without erf: a power series near 0, Laplace's continued fraction in the tails."""
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    if abs(z) < 3:
        term = total = z
        for k in range(3, 120, 2):
            term *= z * z / k
            total += term
        return 0.5 + density * total
    tail = 0.0
    for k in range(300, 0, -1):
        tail = k / (abs(z) + tail)
    tail = density / (abs(z) + tail)
    return tail if z < 0 else 1 - tail


@task("normal_cdf", points=3)
def test_areas_of_the_bell(student, rng):
    """is the area left of x for any mu and sigma"""
    close(student.normal_cdf([10, 14], mu=10, sigma=2), [0.5, 0.9772498680518208])
    close(student.normal_cdf([-1.0, 0.0, 1.96]), [normal(-1), 0.5, normal(1.96)])
    mu, sigma, z = rng.uniform(-5, 5), rng.uniform(2, 9), rng.uniform(-2.5, 4, 6)
    exact = [normal(v) for v in z]
    close(student.normal_cdf(mu + sigma * z, mu, sigma), exact)  # the contract's 1e-9


@task("normal_cdf", points=2)
def test_left_tail(student):
    """keeps its digits far out in the left tail"""
    close(student.normal_cdf(-9), normal(-9))  # 1.13e-19
    z = np.array([-3.0, -5.0, -7.0, -12.0, -20.0])
    close(student.normal_cdf(z), [normal(v) for v in z])
    close(student.normal_cdf(100 + 15 * z, 100, 15), [normal(v) for v in z])


@task("normal_cdf", points=2)
def test_mirror_and_shape(student, rng):
    """mirrors at mu, and has the shape of x"""
    close(student.normal_cdf(3, mu=3, sigma=5), 0.5)
    d = rng.uniform(0.1, 2, (2, 3))
    right = close(student.normal_cdf(3 + d, 3, 0.5), [[normal(2 * v) for v in row] for row in d])
    left = close(student.normal_cdf(3 - d, 3, 0.5), [[normal(-2 * v) for v in row] for row in d])
    close(left + right, np.ones((2, 3)))
    close(student.normal_cdf([4], 3, 0.5), [normal(2)])


@task("normal_cdf", points=1)
def test_cdf_refuses(student):
    """refuses sigma <= 0 and leaves x unchanged"""
    refuses(student.normal_cdf, 1.0, 0.0, 0.0)
    refuses(student.normal_cdf, 1.0, 0.0, -2.0)
    keeps(student.normal_cdf, np.array([1.0, 2.0]), 1.0, 2.0)


# --- expectation --------------------------------------------------------------------------------


bell = lambda x: np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)  # no def: of a lambda the learner sees the formula


@task("expectation", points=3)
def test_mean_of_a_ramp(student, rng):
    """weights g with the density"""
    close(student.expectation(lambda x: x / 2, lambda x: x, 0, 2), 4 / 3, rtol=1e-5, atol=1e-5)
    close(student.expectation(lambda x: x / 2, lambda x: x**2, 0, 2), 2.0, rtol=1e-5, atol=1e-5)
    # The contract grants 1e-5 (1 + |value|), here and below.
    a, width = rng.uniform(1, 3), rng.uniform(1, 4)
    ramp = lambda x: 2 * (x - a) / width**2
    close(student.expectation(ramp, lambda x: x, a, a + width), a + 2 / 3 * width, rtol=1e-5, atol=1e-5)
    close(student.expectation(ramp, lambda x: 3 - x, a, a + width), 3 - a - 2 / 3 * width, rtol=1e-5, atol=1e-5)


@task("expectation", points=2)
def test_waiting_time(student, rng):
    """is right for waiting times, whose density starts at its peak"""
    # On [0, 60] a left sum errs by half a strip of the peak, 3e-3, the trapezoid rule by 3e-6.
    for g, value in [(lambda x: x, 1.0), (lambda x: x**2, 2.0), (lambda x: np.exp(-x), 0.5)]:
        close(student.expectation(lambda x: np.exp(-x), g, 0, 60), value, rtol=1e-5, atol=1e-5)
    rate = rng.uniform(0.8, 1.2)
    pdf, value = lambda x: rate * np.exp(-rate * x), rate / (rate + 1)
    close(student.expectation(pdf, lambda x: np.exp(-x), 0, 40), value, rtol=1e-5, atol=1e-5)


@task("expectation", points=2)
def test_mean_of_a_square(student, rng):
    """applies g before it averages"""
    value = 1 - np.log(3) / 2
    close(student.expectation(lambda x: x / 2, lambda x: 1 / (1 + x), 0, 2), value, rtol=1e-5, atol=1e-5)
    close(student.expectation(bell, lambda x: np.exp(x / 2), -10, 12), np.exp(1 / 8), rtol=1e-5, atol=1e-5)
    s = rng.uniform(0.4, 1.0)
    close(student.expectation(bell, lambda x: np.exp(s * x), -10, 12), np.exp(s**2 / 2), rtol=1e-5, atol=1e-5)
    close(student.expectation(bell, lambda x: x, -10, 12), 0.0, rtol=1e-5, atol=1e-5)
    close(student.expectation(bell, lambda x: x**4, -10, 12), 3.0, rtol=1e-5, atol=1e-5)


@task("expectation", points=2)
def test_not_a_density(student):
    """refuses a pdf whose area is off 1 by more than 1e-3"""
    refuses(student.expectation, lambda x: x, lambda x: x, 0, 2)
    refuses(student.expectation, lambda x: x / 4, lambda x: x, 0, 2)
    refuses(student.expectation, lambda x: 0.502 * x, lambda x: x, 0, 2)
    refuses(student.expectation, bell, lambda x: x, 0, 9)
    refuses(student.expectation, lambda x: 1 - x, lambda x: x, 0, 2)


@task("expectation", points=1)
def test_nearly_a_density(student):
    """takes a pdf whose area is off 1 by less, as it is"""
    # Area 1.0005. Divided by it, the value would change by 7e-4, far beyond the 2e-5 of the contract.
    close(student.expectation(lambda x: 0.50025 * x, lambda x: x, 0, 2), 1.0005 * 4 / 3, rtol=1e-5, atol=1e-5)
    close(student.expectation(lambda x: 0.49975 * x, lambda x: x**2, 0, 2), 0.9995 * 2, rtol=1e-5, atol=1e-5)


# --- simulate_monty_hall ------------------------------------------------------------------------

# Hoeffding: the share of wins in n games leaves [p - t, p + t] with probability at most 2 exp(-2 n t²).
# With n = 20000 and t = 0.025 that is 2.8e-11 per simulation. Ten of them: a right answer fails
# with probability below 3e-10. Every known wrong answer is off by 0.05 or more somewhere.
GAMES, SLACK = 20000, 0.025
LEAVING = "switching means to leave one's door, not to choose among all closed doors"
CAREFUL = "the host never opens the car's door, and the player moves to a closed one"
ONE_DOOR = "the host opens ONE door, not all but one"


def wins(fraction, p, rivals):
    """The fraction of wins is near p. Near a rival {probability: rule} instead, the broken rule is named."""
    got = between(fraction, 0, 1, "the fraction of wins")
    for q, rule in rivals.items():
        said = f"it wins {got:.3f} of the games, expected about {p:.3f}: {rule}"
        assert abs(got - p) <= SLACK or abs(got - q) > SLACK, said
    close(fraction, p, rtol=0, atol=SLACK)


@task("simulate_monty_hall", points=2, seconds=20, false_fail=2e-10)  # 20000 games in a loop, with rng.choice, take 1 s
def test_three_doors(student, rng):
    """wins 1/3 of the games by staying and 2/3 by switching"""
    for _ in range(2):
        seed = int(rng.integers(2**31))
        wins(student.simulate_monty_hall(GAMES, False, seed), 1 / 3, {})
        wins(student.simulate_monty_hall(GAMES, True, seed), 2 / 3, {1 / 2: LEAVING, 1 / 3: CAREFUL})


@task("simulate_monty_hall", points=2, seconds=20, false_fail=2e-10)
def test_more_doors(student, rng):
    """opens one door only, however many there are"""
    for doors in (4, 5, 10):
        seed = int(rng.integers(2**31))
        switched = (doors - 1) / (doors * (doors - 2))
        rivals = {1 - 1 / doors: ONE_DOOR, 1 / doors: CAREFUL}
        wins(student.simulate_monty_hall(GAMES, True, seed, n_doors=doors), switched, rivals)
        wins(student.simulate_monty_hall(GAMES, False, seed, n_doors=doors), 1 / doors, {})


@task("simulate_monty_hall", points=1, false_fail=6e-16)
def test_a_count_of_games(student, rng):
    """is a count over n_trials, and its chance comes from rng only"""
    for switch in (True, False):
        once = between(student.simulate_monty_hall(1, switch, 1), 0, 1, "the fraction of wins")
        close(once, round(once), what="the fraction of wins in one game")
    first = student.simulate_monty_hall(7, True, 1)
    close(first, round(7 * between(first, 0, 1, "the fraction of wins")) / 7, what="as a multiple of 1/7")
    # No number of wins in 2000 games is likelier than 1/sqrt(2π 2000 (2/3)(1/3)) = 1/53: that ten
    # right answers agree has a probability of (1/53)^9 = 3e-16.
    seeds = rng.integers(2**31, size=10).tolist()
    shares = []
    for seed in seeds:
        shares.append(between(student.simulate_monty_hall(2000, True, seed), 0, 1, "the fraction of wins"))
    assert len(set(shares)) > 1, "ten seeds gave one and the same result: rng is not used"
    for i in range(3):
        close(student.simulate_monty_hall(2000, True, seeds[i]), shares[i], what="the same seed once more")
    generator = np.random.default_rng(seeds[0])
    between(student.simulate_monty_hall(50, True, generator), 0, 1, "the fraction of wins with a Generator")
    fresh = {between(student.simulate_monty_hall(2000, True), 0, 1, "the fraction of wins without an rng") for _ in range(10)}
    assert len(fresh) > 1, "ten calls without an rng gave one and the same result: None asks for fresh chance"


@task("simulate_monty_hall", points=1, false_fail=0)
def test_monty_refuses(student):
    """refuses fewer than one game or three doors"""
    refuses(student.simulate_monty_hall, 0, True, 1)
    refuses(student.simulate_monty_hall, -5, False, 1)
    refuses(student.simulate_monty_hall, 10, True, 1, n_doors=2)
    refuses(student.simulate_monty_hall, 10, False, 1, n_doors=2)
    refuses(student.simulate_monty_hall, 10, False, 1, n_doors=1)


# --- bayes_update -------------------------------------------------------------------------------


@task("bayes_update", points=3)
def test_two_bowls(student, rng):
    """weighs the evidence with what was known before"""
    close(student.bayes_update([0.5, 0.5], [0.75, 0.5]), [0.6, 0.4])
    close(student.bayes_update([0.2, 0.8], [0.9, 0.1]), [9 / 13, 4 / 13])
    close(student.bayes_update([1, 0], [0.2, 0.7]), [1, 0])
    close(student.bayes_update([0.5, 0.5], [0.0, 0.7]), [0, 1])
    close(student.bayes_update([0.3333333, 0.3333333, 0.3333333], [1, 2, 3]), [1 / 6, 1 / 3, 1 / 2])  # 1 within 1e-6
    weights, likelihood = rng.integers(1, 50, 5).tolist(), rng.integers(0, 50, 5).tolist()
    likelihood[2] += 1  # possible under one hypothesis at least
    joint = [w * v for w, v in zip(weights, likelihood)]
    prior = np.array(weights) / sum(weights)
    close(student.bayes_update(prior, likelihood), [j / sum(joint) for j in joint], rtol=1e-12)  # five roundings


@task("bayes_update", points=2)
def test_two_observations(student, rng):
    """gives the same for two observations one by one, swapped, at once"""
    close(student.bayes_update([0.6, 0.4], [0.75, 0.5]), [9 / 13, 4 / 13])
    prior, once, twice = rng.dirichlet([2, 3, 4, 5]), rng.uniform(0.1, 1, 4), rng.uniform(0.1, 1, 4)
    both = prior * once * twice / np.sum(prior * once * twice)
    for one, other in [(once, twice), (twice, once)]:
        half_way = close(student.bayes_update(prior, one), prior * one / np.sum(prior * one), rtol=1e-12)
        close(student.bayes_update(half_way, other), both, rtol=1e-12)
    close(student.bayes_update(prior, once * twice), both, rtol=1e-12)


@task("bayes_update", points=1)
def test_scale_of_the_likelihood(student):
    """does not depend on the scale of the likelihood"""
    close(student.bayes_update([0.2, 0.8], [90, 10]), [9 / 13, 4 / 13])
    close(student.bayes_update([0.2, 0.8], [9e-200, 1e-200]), [9 / 13, 4 / 13])


@task("bayes_update", points=1)
def test_words_of_a_mail(student, mails):
    """finds the share of spam among the mails that hold a word"""
    close(student.bayes_update([0.75, 0.25], [0.125, 0.5]), [3 / 7, 4 / 7])
    words, spam = mails
    prior = [np.mean(spam == 0), np.mean(spam == 1)]
    for word in ("george", "money", "remove", "you"):
        likelihood = [np.mean(words[word][spam == kind]) for kind in (0, 1)]
        share = np.mean(spam[words[word]])  # counted, not computed
        close(student.bayes_update(prior, likelihood), [1 - share, share])


@task("bayes_update", points=1)
def test_bayes_refuses(student):
    """refuses what is no prior or impossible, and changes nothing"""
    refuses(student.bayes_update, [0.5, 0.5], [0.1, 0.2, 0.3])
    refuses(student.bayes_update, [0.5, 0.5], [0.3])
    refuses(student.bayes_update, [0.5, 0.6], [0.1, 0.2])
    refuses(student.bayes_update, [0.5, 0.4], [0.1, 0.2])
    refuses(student.bayes_update, [1.5, -0.5], [0.1, 0.2])
    refuses(student.bayes_update, [0.5, 0.5], [0.1, -0.2])
    refuses(student.bayes_update, [0.5, 0.5], [0.2, -0.1])
    refuses(student.bayes_update, [1.0, 0.0], [0.0, 0.7])
    keeps(student.bayes_update, np.array([0.25, 0.75]), np.array([0.75, 0.5]))


# --- positive_predictive_value ------------------------------------------------------------------


@task("positive_predictive_value", points=2)
def test_ten_thousand_people(student, rng):
    """is the share of the ill among 10,000 people who test positive"""
    close(student.positive_predictive_value(0.01, 0.9, 0.95), 90 / 585)
    ill, found, cleared = rng.integers(1, 1000), rng.uniform(0.5, 1), rng.uniform(0.5, 1)
    sick_positive, well_positive = ill * found, (10000 - ill) * (1 - cleared)
    exact = sick_positive / (sick_positive + well_positive)
    close(student.positive_predictive_value(ill / 10000, found, cleared), exact, rtol=1e-9)  # 1 - cleared rounds


@task("positive_predictive_value", points=2)
def test_a_word_as_a_test(student, mails):
    """finds the share of spam among mails with a word, as counted"""
    close(student.positive_predictive_value(0.4, 0.75, 0.875), 0.8)
    words, spam = mails
    for word in ("money", "free", "you", "hp"):
        here = words[word]
        found, cleared = np.mean(here[spam == 1]), np.mean(~here[spam == 0])
        close(student.positive_predictive_value(np.mean(spam), found, cleared), np.mean(spam[here]))


@task("positive_predictive_value", points=1)
def test_nobody_or_everybody(student):
    """is right where nobody or everybody is ill, or the test is perfect"""
    close(student.positive_predictive_value(0, 0.9, 0.95), 0.0)
    close(student.positive_predictive_value(1, 0.9, 0.95), 1.0)
    close(student.positive_predictive_value(0.01, 0.9, 1), 1.0)
    close(student.positive_predictive_value(0.01, 0, 0.95), 0.0)
    close(student.positive_predictive_value(0.3, 1, 0), 0.3)


@task("positive_predictive_value", points=1)
def test_rates_out_of_range(student):
    """refuses rates outside [0, 1] and a test that is never positive"""
    refuses(student.positive_predictive_value, 1.2, 0.9, 0.95)
    refuses(student.positive_predictive_value, -0.1, 0.9, 0.95)
    refuses(student.positive_predictive_value, 0.01, 90, 0.95)
    refuses(student.positive_predictive_value, 0.01, 1.5, 0.95)
    refuses(student.positive_predictive_value, 0.01, 0.9, 95)
    refuses(student.positive_predictive_value, 0.01, 0.0, 1.0)
    refuses(student.positive_predictive_value, 0.0, 0.9, 1.0)


# --- grid_posterior -----------------------------------------------------------------------------


def polynomial_posterior(successes, trials, ticks, of, prior=None):
    """The posterior on the grid ticks/of, in integers: no logarithm, no rounding, its own trapezoids."""
    weights = [1] * len(ticks) if prior is None else prior
    u = [t**successes * (of - t) ** (trials - successes) * w for t, w in zip(ticks, weights)]
    twice = sum((ticks[i + 1] - ticks[i]) * (u[i] + u[i + 1]) for i in range(len(ticks) - 1))
    return np.array(ticks) / of, [2 * of * v / twice for v in u]


@task("grid_posterior", points=2)
def test_coin_on_a_grid(student):
    """is the Beta density for a flat prior"""
    close(student.grid_posterior(1, 1, [0.25, 0.5, 0.75]), [1, 2, 3])
    close(student.grid_posterior(1, 2, [0.25, 0.5, 0.75]), [12 / 7, 16 / 7, 12 / 7])
    t = np.linspace(0, 1, 2001)[1:-1]  # without the ends, where the density is 0
    for s, n in [(7, 10), (2, 12)]:
        beta = (n + 1) * math.comb(n, s) * t**s * (1 - t) ** (n - s)
        density = close(student.grid_posterior(s, n, t), beta, rtol=1e-3)  # trapezoids err by 1e-5
        mean = np.sum(np.diff(t) * (t[1:] * density[1:] + t[:-1] * density[:-1]) / 2)
        close(mean, (s + 1) / (n + 2), rtol=1e-4, what="the posterior mean")


@task("grid_posterior", points=2)
def test_irregular_grid(student, rng):
    """has area 1 on a grid of any spacing"""
    grid, exact = polynomial_posterior(1, 2, [1, 2, 5, 9], 10)
    close(student.grid_posterior(1, 2, grid), exact)
    for n in (5, 40):
        ticks = [1, 2, *sorted(rng.choice(np.arange(3, 90), 12, replace=False).tolist()), 95]
        s = int(rng.integers(1, n))
        grid, exact = polynomial_posterior(s, n, ticks, 100)
        close(student.grid_posterior(s, n, grid), exact)  # the contract's 1e-9


@task("grid_posterior", points=1)
def test_ends_of_the_grid(student):
    """takes 0 and 1 on the grid: with no success, t = 0 is possible"""
    # The absolute 1e-9 forgives a 0 that was moved to 1e-12 to avoid log 0.
    close(student.grid_posterior(0, 1, [0, 0.5, 1]), [2, 1, 0], atol=1e-9)
    close(student.grid_posterior(2, 2, [0, 0.5, 1]), [0, 2 / 3, 8 / 3], atol=1e-9)
    close(student.grid_posterior(0, 0, [0, 0.5, 1]), [1, 1, 1])
    close(student.grid_posterior(0, 3, [0, 0.5], [1, 1]), [32 / 9, 4 / 9])


@task("grid_posterior", points=2)
def test_thousands_of_tosses(student, wet_days):
    """survives thousands of trials, wherever the grid lies"""
    close(student.grid_posterior(1500, 3000, [0.4, 0.5, 0.6]), [0, 10, 0], atol=1e-9)
    for s, n, start in [(int(wet_days.sum()), len(wet_days), 330), (900, 3000, 200), (5000, 5000, 800)]:
        grid, exact = polynomial_posterior(s, n, list(range(start, start + 200)), 1000)
        # 5000 log t rounds by 1e-12, what underflows beside the peak is below the absolute 1e-9.
        close(student.grid_posterior(s, n, grid), exact, rtol=1e-8, atol=1e-9)
    grid, exact = polynomial_posterior(500, 5000, list(range(40, 61)), 100)  # likelihoods below 1e-490
    close(student.grid_posterior(500, 5000, grid), exact, rtol=1e-8, atol=1e-9)


@task("grid_posterior", points=2)
def test_informed_prior(student, rng):
    """multiplies with the prior, on any scale and with zeros"""
    close(student.grid_posterior(1, 1, [0.25, 0.5, 0.75], [3, 2, 1]), [12 / 7, 16 / 7, 12 / 7])
    close(student.grid_posterior(1, 2, [0.2, 0.4, 0.6], [0, 5, 0]), [0, 5, 0])
    prior = rng.integers(0, 9, 49).tolist()
    prior[20] = 4
    grid, exact = polynomial_posterior(3, 8, list(range(1, 50)), 50, prior)
    close(student.grid_posterior(3, 8, grid, prior), exact)
    prior = [1] * 15 + [0] * 34  # the data call for 0.9, the prior forbids everything above 0.3
    grid, exact = polynomial_posterior(2700, 3000, list(range(1, 50)), 50, prior)
    close(student.grid_posterior(2700, 3000, grid, prior), exact, rtol=1e-8, atol=1e-9)


@task("grid_posterior", points=1)
def test_grid_refuses(student):
    """refuses impossible counts, grids and priors, changes nothing"""
    refuses(student.grid_posterior, 3, 2, [0, 0.5, 1])
    refuses(student.grid_posterior, -1, 2, [0, 0.5, 1])
    refuses(student.grid_posterior, 1, 2, [0, 0.5, 0.5, 1])
    refuses(student.grid_posterior, 1, 2, [0.5, 0.2, 0.1])
    refuses(student.grid_posterior, 1, 2, [0.5, 1.0, 1.5])
    refuses(student.grid_posterior, 1, 2, [-0.5, 0.0, 0.5])
    refuses(student.grid_posterior, 1, 2, [0.5])
    refuses(student.grid_posterior, 1, 2, [0, 0.5, 1], [1, 1])
    refuses(student.grid_posterior, 1, 2, [0, 0.5, 1], [1])
    refuses(student.grid_posterior, 1, 2, [0, 0.5, 1], [1, -1, 1])
    refuses(student.grid_posterior, 1, 2, [0, 1])
    keeps(student.grid_posterior, 1, 2, np.array([0.0, 0.4, 1.0]), np.array([1.0, 2.0, 3.0]))


# --- bernoulli_naive_bayes ----------------------------------------------------------------------


def by_counting(X, y, T, alpha):
    """The log posteriors, number by number with exact fractions; alpha is a Fraction or an int."""
    X, y, T = np.asarray(X).astype(int).tolist(), list(y), np.asarray(T).astype(int).tolist()
    rows = [[x for x, label in zip(X, y) if label == c] for c in sorted(set(y))]
    ones = [[sum(column) for column in zip(*members)] for members in rows]
    result = []
    for x in T:
        weights = []
        for members, seen in zip(rows, ones):
            weight = len(members)
            for value, count in zip(x, seen):
                weight *= (count if value else len(members) - count) + alpha
            weights.append(Fraction(weight) / Fraction(len(members) + 2 * alpha) ** len(x))
        result.append([log_of(w / sum(weights)) for w in weights])
    return result


def log_of(q):
    """The logarithm of a Fraction of any size; near 1 its digits are those of 1 - q."""
    if abs(1 - q) < Fraction(1, 10):
        return math.log1p(float(q - 1))
    return math.log(q.numerator) - math.log(q.denominator)


@task("bernoulli_naive_bayes", points=3)
def test_three_mails(student):
    """is right for three mails with one or two words"""
    row = np.log([9 / 11, 2 / 11])
    close(student.bernoulli_naive_bayes([[1], [1], [0]], [0, 0, 1], [[1]]), [row])
    # Absent: P(0) : P(1) = 2/3 · 1/4 : 1/3 · 2/3 = 3 : 4.
    row = np.log([3 / 7, 4 / 7])
    close(student.bernoulli_naive_bayes([[1], [1], [0]], [0, 0, 1], [[0]]), [row])
    X, y, T = [[1, 0], [1, 1], [0, 1], [0, 1]], [0, 0, 0, 1], [[1, 0], [0, 0], [0, 1], [1, 1]]
    close(student.bernoulli_naive_bayes(X, y, T), by_counting(X, y, T, 1), rtol=1e-8)


@task("bernoulli_naive_bayes", points=3)
def test_three_classes(student, rng):
    """equals exact counting for three classes of unequal size"""
    X, y, T = [[1], [1], [0], [0]], [0, 0, 1, 2], [[1], [0]]
    close(student.bernoulli_naive_bayes(X, y, T), by_counting(X, y, T, 1), rtol=1e-8)
    for n, d in [(14, 3), (40, 12)]:
        y = np.sort(np.concatenate([[0, 1, 2], rng.choice(3, n - 3, p=[0.6, 0.3, 0.1])]))
        X = (rng.random((n, d)) < 0.2 + 0.2 * y[:, None]).astype(int)
        T = (rng.random((6, d)) < 0.5).astype(float)
        # The contract's 1e-8; the absolute 1e-12 is for log posteriors next to 0.
        exact = by_counting(X, y.tolist(), T, 1)
        close(student.bernoulli_naive_bayes(X, y, T), exact, rtol=1e-8, atol=1e-12)


@task("bernoulli_naive_bayes", points=2)
def test_words_never_seen(student, rng):
    """smooths every word with alpha, one it never saw as well"""
    X, y, T = [[1, 0], [1, 0], [0, 0]], [0, 0, 1], [[1, 1], [0, 0]]
    for alpha in (1, Fraction(1, 2), 3):
        exact = by_counting(X, y, T, alpha)
        close(student.bernoulli_naive_bayes(X, y, T, alpha=float(alpha)), exact, rtol=1e-8)
    y = np.repeat([0, 1], [9, 4])
    X = (rng.random((13, 5)) < 0.3).astype(int)
    X[:, 2], X[:9, 3] = 0, 1  # one word in no mail, one in every mail of class 0
    T = rng.integers(0, 2, (4, 5))
    for alpha in (Fraction(1, 4), 2):
        exact = by_counting(X, y.tolist(), T, alpha)
        close(student.bernoulli_naive_bayes(X, y, T, float(alpha)), exact, rtol=1e-8, atol=1e-12)


@task("bernoulli_naive_bayes", points=2)
def test_thousands_of_words(student, rng):
    """does not underflow with thousands of words"""
    T = np.array([[1] * 1500 + [0] * 1500, [1] * 3000])  # in class 0 a word has 2/3, in class 1 1/3: P(x | 0) : P(x | 1) is 1, and 2^3000
    X, y = np.vstack([np.ones((1, 3000)), np.zeros((1, 3000))]), [0, 1]
    close(student.bernoulli_naive_bayes(X, y, T), [np.log([0.5, 0.5]), [0, -3000 * np.log(2)]], rtol=1e-8, atol=1e-9)
    X, T = rng.integers(0, 2, (6, 2000)), rng.integers(0, 2, (3, 2000))
    y = [0, 0, 0, 0, 1, 1]
    # 2000 logarithms of size 1 sum with an error of 1e-12; the log posterior is a difference of sums.
    exact = by_counting(X, y, T, 1)
    close(student.bernoulli_naive_bayes(X, y, T), exact, rtol=1e-8, atol=1e-9)


@task("bernoulli_naive_bayes", points=2)
def test_spam_filter(student, mails):
    """tells spam by 48 words, and each row of probabilities sums to 1"""
    X, y, T = [[1], [0], [0]], [1, 1, 0], [[1], [0]]
    close(student.bernoulli_naive_bayes(X, y, T), by_counting(X, y, T, 1), rtol=1e-8)
    words, spam = mails
    X = np.column_stack(list(words.values())).astype(float)
    train, held_out = slice(0, None, 40), slice(1, None, 230)
    exact = by_counting(X[train], spam[train].tolist(), X[held_out], 1)
    logs = student.bernoulli_naive_bayes(X[train], spam[train], X[held_out])
    logs = close(logs, exact, rtol=1e-8, atol=1e-12)
    close(np.exp(logs).sum(axis=1), np.ones(len(logs)), what="the sum of each row of probabilities")
    logs = close(student.bernoulli_naive_bayes(X[::2], spam[::2], X[1::2]), np.zeros((2300, 2)), atol=1e6)
    right = np.mean(logs.argmax(axis=1) == spam[1::2])
    between(float(right), 0.8660, 0.8661, "the share of 2300 mails that are told apart")  # 1992 / 2300


@task("bernoulli_naive_bayes", points=1)
def test_names_of_classes(student, rng):
    """sorts the classes, whatever they are called"""
    row = np.log([9 / 11, 2 / 11])
    close(student.bernoulli_naive_bayes([[0], [1], [1]], [7, 3, 3], [[1]]), [row])
    close(student.bernoulli_naive_bayes([[0], [1], [1]], ["spam", "ham", "ham"], [[1]]), [row])
    close(student.bernoulli_naive_bayes([[1], [1]], [5, 5], [[1], [0]]), [[0], [0]], atol=1e-12)


@task("bernoulli_naive_bayes", points=1)
def test_naive_bayes_refuses(student):
    """refuses alpha <= 0 and shapes that do not fit, changes nothing"""
    X, y, T = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]), np.array([0, 0, 1]), np.array([[1.0, 0.0]])
    refuses(student.bernoulli_naive_bayes, [[1], [0]], [0, 1], [[1]], alpha=0)
    refuses(student.bernoulli_naive_bayes, [[1], [0]], [0, 1], [[1]], alpha=-1)
    refuses(student.bernoulli_naive_bayes, X, [0, 1], T)
    refuses(student.bernoulli_naive_bayes, X, y, [[1.0, 0.0, 1.0]])
    refuses(student.bernoulli_naive_bayes, X, y, [[1.0]])
    keeps(student.bernoulli_naive_bayes, X, y, T)


# --- fit_normal_mle -----------------------------------------------------------------------------


@task("fit_normal_mle", points=3)
def test_three_numbers(student, rng):
    """is the mean and the root of the mean squared deviation"""
    mu, sigma = student.fit_normal_mle([1, 2, 6])
    close(mu, 3.0, rtol=1e-6)  # the contract's 1e-6
    close(sigma, math.sqrt(14 / 3), rtol=1e-6)
    mu, sigma = student.fit_normal_mle([1, 3])
    close(mu, 2.0, rtol=1e-6)
    close(sigma, 1.0, rtol=1e-6)
    for n in (2, 6, 25):
        whole = [int(v) for v in rng.integers(0, 100, n)] + [120]
        mean = Fraction(sum(whole), n + 1)
        variance = sum((v - mean) ** 2 for v in whole) / (n + 1)
        mu, sigma = student.fit_normal_mle(whole)
        close(mu, float(mean), rtol=1e-6)
        close(sigma, math.sqrt(variance), rtol=1e-6)


@task("fit_normal_mle", points=2)
def test_no_better_neighbour(student, rng):
    """makes the sample more probable than any neighbour does"""
    for x in (np.array([0.0, 0.0, 3.0]), rng.normal(5, 2, 6), rng.exponential(3, 15)):
        mu, sigma = student.fit_normal_mle(x)
        mu, sigma = close(mu, 0.0, atol=100), close(sigma, 0.0, atol=100)
        assert float(sigma) > 0, f"sigma is {float(sigma):.6g}, expected a positive number"
        likelihood = lambda m, s: float(np.sum(-np.log(s) - (x - m) ** 2 / (2 * s**2)))
        best = likelihood(mu, sigma)
        for dm, ds in rng.normal(size=(200, 2)) * np.repeat([0.3, 0.03, 0.003, 3e-4], 50)[:, None]:
            other = likelihood(mu + dm * sigma, sigma * np.exp(ds))
            # At a true maximum the gap is n times the squared step; 1e-6 sigma of error costs 1e-11.
            assert best >= other - 1e-9, (
                f"your (mu, sigma) = ({float(mu):.6g}, {float(sigma):.6g}) has log-likelihood {best:.9g}, "
                f"but ({float(mu + dm * sigma):.6g}, {float(sigma * np.exp(ds)):.6g}) has {other:.9g}")


@task("fit_normal_mle", points=1)
def test_far_from_zero(student, rng):
    """keeps its digits at an offset of 1e9"""
    mu, sigma = student.fit_normal_mle([1e9, 1e9, 1e9 + 3])
    close(mu, 1e9 + 1, rtol=0, atol=1e-5 * math.sqrt(2))  # the contract's 1e-5 sigma
    close(sigma, math.sqrt(2), rtol=1e-5)
    x = np.round(rng.normal(size=30), 3)
    mu, sigma = student.fit_normal_mle(1e9 + x)
    close(mu - 1e9, x.mean(), rtol=0, atol=1e-5 * x.std())
    close(sigma, x.std(), rtol=1e-5)


@task("fit_normal_mle", points=1)
def test_births_of_ten_years(student, births):
    """fits ten years of births, whose variance is 317 times the mean"""
    mu, sigma = student.fit_normal_mle([8, 10, 12, 14])
    close(mu, 11.0, rtol=1e-6)
    close(sigma, math.sqrt(5), rtol=1e-6)
    mu, sigma = student.fit_normal_mle(births["births"])
    close(mu, 39722137 / 3652, rtol=1e-6)
    spread = np.sqrt(np.mean(births["births"] ** 2) - (39722137 / 3652) ** 2)  # 1858; a Poisson variable has 104
    close(sigma, spread, rtol=1e-6)
    for day in (1, 6):  # Mondays and Saturdays
        x = births["births"][births["day_of_week"] == day]
        mu, sigma = student.fit_normal_mle(x)
        close(mu, np.mean(x), rtol=1e-6)
        close(sigma, np.std(x), rtol=1e-6)


@task("fit_normal_mle", points=1)
def test_mle_refuses(student):
    """refuses a table, a single number and a constant sample"""
    refuses(student.fit_normal_mle, [5.0])
    refuses(student.fit_normal_mle, [])
    refuses(student.fit_normal_mle, [0.1, 0.1, 0.1])
    refuses(student.fit_normal_mle, [[1.0, 2.0], [3.0, 5.0]])
    keeps(student.fit_normal_mle, np.array([3.0, 1.0, 2.0]))


# --- binomial_test ------------------------------------------------------------------------------


def exact_p(k, n, a, b):
    """The p-value for p0 = a/b by counting with integers: equal probabilities are exactly equal."""
    weights = outcomes(n, a, b)
    return sum(w for w in weights if w * 10**7 <= weights[k] * (10**7 + 1)) / b**n


@task("binomial_test", points=3)
def test_ten_tosses(student, rng):
    """adds up all outcomes that are no more probable than yours"""
    close(student.binomial_test(9, 10), 22 / 1024)
    close(student.binomial_test(4, 6, 0.3), exact_p(4, 6, 3, 10))  # 0.0705
    close(student.binomial_test(0, 6, 0.3), exact_p(0, 6, 3, 10))
    for n in (7, 20, 45):
        k, a = int(rng.integers(0, n + 1)), int(rng.choice([2, 3, 7, 8]))
        close(student.binomial_test(k, n, a / 10), exact_p(k, n, a, 10), rtol=1e-7)  # the contract's


@task("binomial_test", points=2)
def test_biased_coin(student):
    """compares probabilities, not distances, for a biased coin"""
    close(student.binomial_test(0, 6, 0.2), 1 - 6 * 0.2 * 0.8**5)  # of 0..6 only 1 is more probable than 0
    for n, a in [(9, 2), (10, 8), (12, 1)]:
        for k in (0, n // 3, n - 1, n):
            close(student.binomial_test(k, n, a / 10), exact_p(k, n, a, 10), rtol=1e-7)


@task("binomial_test", points=2)
def test_equal_probabilities(student):
    """keeps outcomes of equal probability together in spite of rounding"""
    for n in (3, 10, 27, 64):  # p0 = 1/2: k and n - k are equally probable
        for k in (0, 1, n // 3, n - 1):
            close(student.binomial_test(k, n), exact_p(k, n, 1, 2), rtol=1e-7)
    # p0 = 1/3, n = 3m + 2: m and m + 1 are equally probable; p0 = 1/4, n = 4m + 3 likewise.
    for n, k, b in [(2, 0, 3), (5, 1, 3), (8, 3, 3), (20, 6, 3), (7, 1, 4), (11, 3, 4), (23, 5, 4)]:
        close(student.binomial_test(k, n, 1 / b), exact_p(k, n, 1, b), rtol=1e-7)


@task("binomial_test", points=1)
def test_most_probable_outcome(student):
    """is 1 for the most probable outcome, and never more than 1"""
    close(student.binomial_test(2, 6, 0.3), 1.0)
    for k, n, p0 in [(5, 10, 0.5), (0, 3, 0.1), (0, 0, 0.4), (300, 1000, 0.3)]:
        between(student.binomial_test(k, n, p0), 1 - 1e-7, 1, "the p-value of the most probable outcome")


@task("binomial_test", points=1)
def test_sixteen_fridays(student, births):
    """weighs 16 unlucky Fridays, and a thousand tosses"""
    close(student.binomial_test(16, 16), 2 / 2**16)
    number = births["births"]
    fridays = np.flatnonzero((births["day_of_week"] == 5) & (births["date_of_month"] == 13))
    fewer = int(np.sum(2 * number[fridays] < number[fridays - 7] + number[fridays + 7]))
    close(student.binomial_test(fewer, len(fridays)), exact_p(fewer, len(fridays), 1, 2), rtol=1e-7)
    for k, n, a in [(460, 1000, 5), (330, 1000, 3), (755, 1000, 8)]:
        close(student.binomial_test(k, n, a / 10), exact_p(k, n, a, 10), rtol=1e-7)


@task("binomial_test", points=1)
def test_binomial_test_refuses(student):
    """refuses k outside 0..n and a p0 that leaves nothing to chance"""
    refuses(student.binomial_test, 7, 6, 0.3)
    refuses(student.binomial_test, -1, 6, 0.3)
    refuses(student.binomial_test, 2, 6, 0.0)
    refuses(student.binomial_test, 6, 6, 1.0)
    refuses(student.binomial_test, 2, 6, 1.3)


# --- stationary_distribution --------------------------------------------------------------------


def stays(pi, P):
    """Fail unless pi is a distribution that a step with P leaves as it is, but for the contract's 1e-9."""
    pi, P = close(pi, np.full(len(P), 1 / len(P)), rtol=0, atol=10), np.asarray(P, float)
    between(float(pi.min()), -1e-12, 1, "the smallest entry of pi")  # 1e-12: rounding below 0
    close(pi.sum(), 1.0, what="the sum of pi")
    close(pi @ P, pi, rtol=0, atol=1e-9, what="pi after one step")
    return pi


@task("stationary_distribution", points=3)
def test_sunny_and_rainy(student, rng):
    """is the distribution that one step leaves as it is"""
    # pi is unique: an error e leaves |eP - e| = (1 - |λ2|) |e|, so 1e-9 there is below 1e-7 here.
    close(student.stationary_distribution([[0.9, 0.1], [0.5, 0.5]]), [5 / 6, 1 / 6], rtol=0, atol=1e-7)
    P = [[0.5, 0.5, 0], [0.25, 0.5, 0.25], [0, 1, 0]]
    close(student.stationary_distribution(P), [2 / 7, 4 / 7, 1 / 7], rtol=0, atol=1e-7)
    for n in (3, 6):
        P = rng.dirichlet(np.ones(n), size=n)
        many = np.linalg.matrix_power(0.5 * (np.eye(n) + P), 2**14)  # a lazy chain forgets its start
        close(stays(student.stationary_distribution(P), P), many[0], rtol=0, atol=1e-6)


@task("stationary_distribution", points=2)
def test_periodic_chains(student):
    """is right for chains that go round in circles"""
    close(student.stationary_distribution([[0, 1], [1, 0]]), [0.5, 0.5], rtol=0, atol=1e-7)
    circle = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    close(student.stationary_distribution(circle), np.full(3, 1 / 3), rtol=0, atol=1e-7)
    # Three balls in two urns, one changes over at every step: 1 : 3 : 3 : 1.
    urns = [[0, 1, 0, 0], [1 / 3, 0, 2 / 3, 0], [0, 2 / 3, 0, 1 / 3], [0, 0, 1, 0]]
    close(student.stationary_distribution(urns), [1 / 8, 3 / 8, 3 / 8, 1 / 8], rtol=0, atol=1e-7)
    # A round of three halls, the middle one double.
    halls = [[0, 0.25, 0.75, 0], [0, 0, 0, 1], [0, 0, 0, 1], [1, 0, 0, 0]]
    close(student.stationary_distribution(halls), [1 / 3, 1 / 12, 1 / 4, 1 / 3], rtol=0, atol=1e-7)


@task("stationary_distribution", points=1)
def test_slow_chain(student):
    """is right for a chain that hardly ever changes its state"""
    # 1 - |λ2| = 4e-4, so that 1e-9 in a step (the contract) allows 2.5e-6 here.
    slow = [[0.9999, 0.0001], [0.0003, 0.9997]]
    close(student.stationary_distribution(slow), [0.75, 0.25], rtol=0, atol=3e-6)


@task("stationary_distribution", points=2)
def test_walks_on_graphs(student, rng):
    """spends time at a corner of a graph in proportion to its edges"""
    star = [[0, 0.5, 0.5], [1, 0, 0], [1, 0, 0]]
    close(student.stationary_distribution(star), [0.5, 0.25, 0.25], rtol=0, atol=1e-7)
    n = 12
    edges = np.triu(rng.random((n, n)) < 0.3, 1) | (np.eye(n, k=1) == 1)
    weights = edges * rng.integers(1, 9, (n, n))
    weights = weights + weights.T
    P = weights / weights.sum(axis=1, keepdims=True)
    # 1 - |λ2| of such walks is above 1e-3 and 1e-9 in a step allows 1e-6.
    close(stays(student.stationary_distribution(P), P), weights.sum(axis=1) / weights.sum(), rtol=0, atol=1e-6)


@task("stationary_distribution", points=1)
def test_rain_and_airports(student, wet_days):
    """finds how often it rains in Seattle, and where air travel leads"""
    steps = np.zeros((2, 2))
    np.add.at(steps, (wet_days[:-1], wet_days[1:]), 1)  # from dry and wet days to dry and wet days
    P = steps / steps.sum(axis=1, keepdims=True)
    pi = stays(student.stationary_distribution(P), P)
    # The last of the 1461 days lacks its next one: the shares differ by less than 1e-3.
    close(pi[1], np.mean(wet_days), rtol=0, atol=1e-3, what="the share of wet days")
    flights = load("us_air_routes_2008")
    airports = np.unique([flights["origin"], flights["destination"]])
    counts = np.zeros((len(airports), len(airports)))
    start, end = (np.searchsorted(airports, flights[name]) for name in ("origin", "destination"))
    np.add.at(counts, (start, end), flights["count"])
    counts[counts.sum(axis=1) == 0] = 1  # from two airports no flight leaves: any airport is next
    P = 0.85 * counts / counts.sum(axis=1, keepdims=True) + 0.15 / len(airports)
    rank = np.full(len(airports), 1 / len(airports))
    for _ in range(200):
        rank = rank @ P  # the surfer's chain forgets its start: 0.85^200 is 1e-14
    close(stays(student.stationary_distribution(P), P), rank, rtol=0, atol=1e-8)


@task("stationary_distribution", points=1)
def test_not_a_chain(student):
    """refuses what is no transition matrix, and changes nothing"""
    refuses(student.stationary_distribution, [[0.9, 0.1], [0.5, 0.4]])
    refuses(student.stationary_distribution, [[0.9, 0.5], [0.1, 0.5]])
    refuses(student.stationary_distribution, [[1.2, -0.2], [0.5, 0.5]])
    refuses(student.stationary_distribution, [[0.5, 0.5]])
    refuses(student.stationary_distribution, [0.5, 0.5])
    keeps(student.stationary_distribution, np.array([[0.9, 0.1], [0.5, 0.5]]))
