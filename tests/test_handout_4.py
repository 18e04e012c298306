"""Every number, figure, equation and answer of handout 4, recomputed from our solutions and the data that ship here."""
import functools
import itertools
import math
import re
from fractions import Fraction

import numpy as np
import pytest
import sympy

from autograder import manifest
from autograder.catalogue import load
from solutions import probability as ours

PROJECT = manifest.project(4)
HANDOUT = (PROJECT.folder / "README.md").read_text(encoding="utf-8")
SECTIONS = {m[1]: m[2] for m in re.finditer(r"(?ms)^## (\d+)\. (.*?)(?=^## |\Z)", HANDOUT)}


def says(section, *texts):
    """The section holds these words, whatever the line breaks."""
    here = " ".join(SECTIONS[str(section)].split())
    for text in texts:
        assert " ".join(text.split()) in here, f"section {section} does not say: {text}"


def percent(text):
    """86.6 % with a space, as the handout prints it."""
    return text.replace("%", " %")


@functools.cache
def weather():
    return load("seattle_weather")


@functools.cache
def wet_days():
    return (weather()["precipitation"] > 0).astype(int)


@functools.cache
def rain_chain():
    steps = np.zeros((2, 2))
    np.add.at(steps, (wet_days()[:-1], wet_days()[1:]), 1)
    return steps / steps.sum(axis=1, keepdims=True)


@functools.cache
def mails():
    table = load("spambase")
    return {n.removeprefix("word_freq_"): table[n] > 0 for n in table if n.startswith("word_freq_")}, table["spam"].astype(int)


def rates(word):
    """P(word | spam) and P(word | no spam)."""
    words, spam = mails()
    return np.mean(words[word][spam == 1]), np.mean(words[word][spam == 0])


@functools.cache
def births():
    return load("us_births")


@functools.cache
def airports():
    """Names, counts of flights between them, and the chain of equation (25)."""
    flights = load("us_air_routes_2008")
    names = np.unique([flights["origin"], flights["destination"]])
    counts = np.zeros((len(names), len(names)))
    np.add.at(counts, (np.searchsorted(names, flights["origin"]), np.searchsorted(names, flights["destination"])), flights["count"])
    P = np.where(counts.sum(axis=1, keepdims=True) > 0, counts, 1)
    P = P / P.sum(axis=1, keepdims=True)
    return names, counts, 0.85 * P + 0.15 / len(names)


# --- the figures --------------------------------------------------------------------------------


def bar(value, unit):
    return "█" * round(value / unit)


def figure_weeks():
    weeks = wet_days()[:1456].reshape(208, 7).sum(axis=1)
    coin = 208 * ours.binomial_pmf(np.arange(8), 7, wet_days().mean())
    lines = ["wet days   weeks   the coin says"]
    for k, (counted, expected) in enumerate(zip(np.bincount(weeks, minlength=8), coin)):
        lines += [f"{k:>8}   {counted:>5}   {expected:>13.1f}   {bar(counted, 2)}", " " * 35 + "░" * max(1, round(expected / 2))]
    return "\n".join(line.rstrip() for line in lines)


def figure_ppv():
    lines = ["prevalence   P(ill | positive)"]
    for prevalence in (0.001, 0.01, 0.05, 0.2, 0.5):
        value = ours.positive_predictive_value(prevalence, 0.9, 0.95)
        lines.append(f"{prevalence:>10}   {value:.3f}   {bar(value, 0.02)}")
    return "\n".join(lines)


def figure_posterior():
    t = np.linspace(0, 1, 61)
    lines = []
    for s, n in [(0, 0), (1, 1), (7, 10), (70, 100), (700, 1000)]:
        density = ours.grid_posterior(s, n, t)
        height = np.floor(density / density.max() * 7.999).astype(int)
        lines.append(f"{s:>4} of {n:<4} {''.join('▁▂▃▄▅▆▇█'[h] for h in height)}")
    return "\n".join(lines)


def figure_words():
    lines = ["word        in spam   elsewhere   ratio"]
    for word in ("remove", "money", "free", "you", "hp", "george"):
        spam, rest = rates(word)
        lines.append(f"{word:<10} {spam:>8.3f}   {rest:>9.3f}   {spam / rest:>5.{2 if spam / rest < 3 else 1}f}")
    return "\n".join(lines)


def figure_births():
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    number, day = births()["births"], births()["day_of_week"]
    means = [number[day == d + 1].mean() for d in range(7)]
    return "\n".join(f"{name:<10} {mean:>6.0f}   {bar(mean, 250)}" for name, mean in zip(names, means))


def figure_chain():
    lines = ["days   from dry   from wet"]
    for days in range(8):
        dry, wet = np.linalg.matrix_power(rain_chain(), days)[:, 1]
        lines.append(f"{days:>4}   {dry:>8.3f}   {wet:>8.3f}   {'░' * round(40 * dry)}{'█' * (round(40 * wet) - round(40 * dry))}")
    return "\n".join(lines)


def figure_pagerank():
    names, _, G = airports()
    rank = ours.stationary_distribution(G)
    return "\n".join(f"{names[i]}   {rank[i]:.4f}   {bar(rank[i], 0.0015)}" for i in np.argsort(-rank)[:8])


FIGURES = {name.removeprefix("figure_"): f for name, f in list(globals().items()) if name.startswith("figure_")}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_drawn_by_our_solutions(name):
    assert f"```text\n{FIGURES[name]()}\n```" in HANDOUT


def test_no_figure_is_left_out():
    assert HANDOUT.count("```text") == len(FIGURES) and "{{" not in HANDOUT


# --- the worked numbers -------------------------------------------------------------------------


def test_section_1():
    pmf = ours.binomial_pmf(np.arange(7), 6, 0.3)
    says(1, f"There are $\\binom{{6}}{{2}} = {math.comb(6, 2)}$ orders")
    says(1, "are " + ", ".join(f"{v:.3f}" for v in pmf), f"0.09 \\cdot {0.7**4:.4f} = {15 * 0.09 * 0.7**4:.3f}$")
    assert math.isclose(pmf.sum(), 1)
    says(1, f"orders has {len(str(math.comb(2000, 1000)))} digits", f"about $10^{{{math.log10(0.5) * 2000:.0f}}}$")
    says(1, f"an ordinary number, {ours.binomial_pmf(1000, 2000, 0.5):.4f}")
    with pytest.raises(OverflowError):
        float(math.comb(2000, 1000))
    assert 0.5**2000 == 0
    says(1, f"on {wet_days().sum()} of {len(wet_days())} days, a share of {wet_days().mean():.3f}")
    weeks = wet_days()[:1456].reshape(208, 7).sum(axis=1)
    coin = 208 * ours.binomial_pmf(np.arange(8), 7, wet_days().mean())
    says(1, "Of the 208 whole weeks", "nine times as frequent", "wet throughout 21 times")
    assert round(np.sum(weeks == 0) / coin[0]) == 9 and round(np.sum(weeks == 7) / coin[7]) == 21


def test_section_2():
    inside = [1 - 2 * ours.normal_cdf(-z) for z in (1, 2, 3)]
    says(2, percent(f"{inside[0]:.1%} of the area lies within one $\\sigma$ of $\\mu$, {inside[1]:.1%} within two, {inside[2]:.1%} within three"))
    says(2, f"$\\Phi(2) = {ours.normal_cdf(14, 10, 2):.3f}$")
    lost = [abs((1 + math.erf(z / math.sqrt(2))) / 2 / ours.normal_cdf(z) - 1) for z in (-7, -8, -9)]
    assert 1e-7 < lost[0] < 1e-4 and 1e-3 < lost[1] < 0.1 and lost[2] == 1  # "five are left", "hardly two", none
    says(2, f"the true value is ${ours.normal_cdf(-9) * 1e19:.2f} \\cdot 10^{{-19}}$")
    warmest = weather()["temp_max"]
    mu, sigma = ours.fit_normal_mle(warmest)
    says(2, f"have mean {mu:.2f} °C and standard deviation {sigma:.2f} °C")
    cool, frost, heat = ours.normal_cdf(10, mu, sigma), ours.normal_cdf(0, mu, sigma), ours.normal_cdf(mu - (35 - mu), mu, sigma)
    says(2, percent(f"{cool:.1%} of the days stay below 10 °C; counted, {np.mean(warmest < 10):.1%} do"))
    says(2, f"{1461 * frost:.0f} of the {len(warmest)} days stay below 0 °C; counted, {np.sum(warmest < 0)} do")
    says(2, f"And {1461 * heat:.0f} days above 35 °C; counted, {np.sum(warmest > 35)}.")


def test_section_3():
    one = lambda x: np.ones_like(x)
    wait = lambda x: np.exp(-x)
    assert [round(ours.expectation(one, g, 0, 1), 6) for g in (lambda x: x, lambda x: x**2)] == [0.5, 0.333333]
    assert [round(ours.expectation(wait, g, 0, 60), 4) for g in (lambda x: x, lambda x: x**2)] == [1, 2]
    says(3, "$E[X] = 1/2$, $E[X^2] = 1/3$", "$E[X] = 1$ and $E[X^2] = 2$", "$1/3 - 1/4 = 1/12$", "$2 - 1 = 1$")
    assert 2 / (1 / 30 + 1 / 60) == pytest.approx(40) and (30 + 60) / 2 == 45
    says(3, "averages 40 km/h, not 45", "10,000 strips of 0.006", "half a strip, 0.003", "err by 0.000003")
    x = np.linspace(0, 60, 10001)
    assert round(0.006 * np.sum(wait(x[:-1])) - 1, 3) == 0.003 and round(ours.area(x, wait(x)) - 1, 6) == 0.000003


def monty(n):
    return Fraction(n - 1, n * (n - 2))


def test_section_4():
    says(4, "Staying wins 1/3, switching 2/3.", "Three doors give 2/3, four 3/8, five 4/15, ten 9/80")
    assert [monty(n) for n in (3, 4, 5, 10)] == [Fraction(2, 3), Fraction(3, 8), Fraction(4, 15), Fraction(9, 80)]
    assert all(monty(n) > Fraction(1, n) for n in range(3, 50))
    for n in (3, 5):  # 5 standard deviations of 200 000 games
        assert abs(ours.simulate_monty_hall(200_000, True, 0, n) - monty(n)) < 5 * math.sqrt(0.25 / 200_000)


def test_section_5():
    assert ours.bayes_update([0.5, 0.5], [0.75, 0.5]) == pytest.approx([0.6, 0.4])
    says(5, "| first | 1/2 | 3/4 | 3/8 | 0.6 |", "| second | 1/2 | 1/2 | 1/4 | 0.4 |", "| sum | 1 | | 5/8 | 1 |")
    again = ours.bayes_update([0.6, 0.4], [0.75, 0.5])
    says(5, f"$0.6 \\cdot 0.75 : 0.4 \\cdot 0.5 = 9 : 4$, so {again[0]:.3f}")
    assert again == pytest.approx([9 / 13, 4 / 13])
    assert again == pytest.approx(ours.bayes_update([0.5, 0.5], [0.75**2, 0.5**2]))
    _, spam = mails()
    share, (in_spam, rest) = spam.mean(), rates("money")
    says(5, percent(f"{share:.1%} of the {len(spam)} mails are spam"))
    says(5, percent(f"stands in {in_spam:.1%} of the spam and in {rest:.1%} of the rest: a likelihood ratio of {in_spam / rest:.1f}"))
    odds = share / (1 - share) * in_spam / rest
    posterior = ours.bayes_update([share, 1 - share], [in_spam, rest])[0]
    says(5, f"${share:.3f} : {1 - share:.3f}$ times {in_spam / rest:.1f} are {odds:.1f} : 1, a probability of {posterior:.3f}")
    in_spam, rest = rates("george")
    posterior = ours.bayes_update([share, 1 - share], [in_spam, rest])[0]
    says(5, percent(f"stands in {in_spam:.1%} of the spam and in {rest:.1%} of the rest, and {posterior:.3f} remains"))


def test_section_6():
    says(6, "| positive | 90 | 495 | 585 |", "| negative | 10 | 9405 | 9415 |", "| sum | 100 | 9900 | 10,000 |")
    assert [100 * 0.9, 9900 * 0.05, 9900 * 0.95] == pytest.approx([90, 495, 9405])
    value = ours.positive_predictive_value(0.01, 0.9, 0.95)
    says(6, f"Of 585 positive tests 90 are right: {value:.3f}, that is 2/13")
    assert value == pytest.approx(2 / 13)
    words, spam = mails()
    found, rest = rates("money")
    value = ours.positive_predictive_value(spam.mean(), found, 1 - rest)
    says(6, f"sensitivity {found:.3f}, specificity {1 - rest:.3f}, prevalence {spam.mean():.3f}. The formula gives {value:.3f}")
    says(6, f'of {words["money"].sum()} mails with "money" {np.sum(words["money"] & (spam == 1))} are spam')


def test_section_7():
    t = np.linspace(0, 1, 2001)
    mean = ours.area(t, t * ours.grid_posterior(7, 10, t))
    says(7, f"the mean is 8/12 = {mean:.3f}", "gives 0, 1, 2: the sum is 3")
    assert mean == pytest.approx(8 / 12, abs=1e-6)
    coarse = ours.grid_posterior(1, 1, [0, 0.5, 1])
    assert coarse.tolist() == [0, 1, 2] and ours.area([0, 0.5, 1], coarse) == 1
    assert 0.5**1500 * 0.5**1500 == 0  # n = 3000 underflows


def test_section_8():
    log = ours.bernoulli_naive_bayes([[1], [1], [0]], ["a", "a", "b"], [[1], [0]])
    assert np.exp(log) == pytest.approx(np.array([[9 / 11, 2 / 11], [3 / 7, 4 / 7]]))
    says(8, "$p_a = 3/4$, $p_b = 1/3$", "= 9 : 2$", "= 3 : 4$")
    words, spam = mails()
    X = np.column_stack(list(words.values()))
    log = ours.bernoulli_naive_bayes(X[::2], spam[::2], X[1::2])
    right = log.argmax(axis=1) == spam[1::2]
    says(8, percent(f"about the other {len(right)}, with {X.shape[1]} words, the filter is right in {right.mean():.1%}"))
    says(8, percent(f'always saying "no spam" is right in {1 - spam[1::2].mean():.1%}'))
    sure = np.exp(log).max(axis=1) > 0.99
    says(8, percent(f"For {sure.mean():.1%} of the mails"), percent(f"of these it gets {right[sure].mean():.1%} right"))
    money, free = words["money"][spam == 0], words["free"][spam == 0]
    says(8, percent(f'no spam {free.mean():.0%} hold "free", of those with "money" {free[money == 1].mean():.0%}'))


def test_section_9_births():
    x = births()["births"]
    mu, sigma = ours.fit_normal_mle([1, 2, 6])
    says(9, f"For the sample 1, 2, 6: $\\mu = {mu:.0f}$, $\\sigma = \\sqrt{{14/3}} = {sigma:.2f}$. The {np.std([1, 2, 6], ddof=1):.2f} with $1/(n-1)$, root of the unbiased variance {np.var([1, 2, 6], ddof=1):.0f}")
    mu, sigma = ours.fit_normal_mle(x)
    says(9, f"there were {mu:,.1f} births a day, with a standard deviation of {sigma:.1f}")
    says(9, f"a standard deviation of {math.sqrt(mu):.1f}", f"variance is {sigma**2 / mu:.0f} times as large")
    tuesdays = x[births()["day_of_week"] == 2]
    says(9, f"a variance {np.var(tuesdays, ddof=1) / tuesdays.mean():.1f} times their mean")


def test_section_9_tests():
    pmf = ours.binomial_pmf(np.arange(7), 6, 0.3)
    says(9, f"${ours.binomial_test(4, 6, 0.3):.4f} = {pmf[4]:.4f} + {pmf[5]:.4f} + {pmf[6]:.4f}$", f"would give {2 * pmf[4:].sum():.4f}")
    assert sorted(np.flatnonzero(pmf <= pmf[4] * (1 + 1e-7))) == [4, 5, 6]
    says(9, f"$(1 + 10 + 10 + 1)/1024 = {ours.binomial_test(9, 10):.4f}$")
    x, day, date = births()["births"], births()["day_of_week"], births()["date_of_month"]

    def lack(weekday):
        at = np.flatnonzero((day == weekday) & (date == 13) & (np.arange(len(x)) >= 7) & (np.arange(len(x)) < len(x) - 7))
        return x[at] - (x[at - 7] + x[at + 7]) / 2

    fridays = lack(5)
    says(9, f"There were {len(fridays)} of them. On all {np.sum(fridays < 0)} fewer", f"$2/2^{{16}} = {ours.binomial_test(16, 16):.6f}$")
    says(9, f"Mondays the 13th lack {-lack(1).mean():.0f} births")


def test_section_10():
    P = np.array([[0.9, 0.1], [0.5, 0.5]])
    row = np.array([1.0, 0.0])
    for text in ("(1, 0)", "(0.9, 0.1)", "(0.86, 0.14)", "(0.844, 0.156)"):
        says(10, text)
        assert row == pytest.approx([float(v) for v in text[1:-1].split(",")])
        row = row @ P
    assert ours.stationary_distribution(P) == pytest.approx([5 / 6, 1 / 6])
    says(10, "$(0.5, 0.1)/0.6 = (5/6, 1/6)$", "Here $\\lambda = 0.4$")
    assert ours.stationary_distribution([[0, 1], [1, 0]]) == pytest.approx([0.5, 0.5])
    P = rain_chain()
    says(10, f"a wet day with probability {P[1, 1]:.3f} and a dry day with probability {P[0, 1]:.3f}")
    says(10, f"is {ours.stationary_distribution(P)[1]:.4f}; counted, it is {wet_days().mean():.4f}", f"$\\lambda = {1 - P[0, 1] - P[1, 0]:.3f}$")
    wet = wet_days()
    week = [wet[7:][wet[:-7] == today].mean() for today in (True, False)]
    says(10, f"with probability {week[0]:.3f} seven days after a wet day, and {week[1]:.3f} seven days after a dry one")
    says(10, f"$1/{P[1, 0]:.3f} = {1 / P[1, 0]:.2f}$ days", f"would make it {1 / (1 - wet_days().mean()):.2f} days")
    names, counts, G = airports()
    says(10, f"Take {len(names)} airports")
    order = [names[i] for i in np.argsort(-ours.stationary_distribution(G))]
    arrivals = [names[i] for i in np.argsort(-counts.sum(axis=0))]
    assert order.index("SLC") == 5 and "SLC" not in arrivals[:8] and np.sum(counts.sum(axis=1) == 0) == 2


# --- the numbered equations ---------------------------------------------------------------------


def test_equation_1_by_all_sequences():
    p = Fraction(3, 10)
    for k in range(6):
        orders = [s for s in itertools.product((0, 1), repeat=5) if sum(s) == k]
        chance = sum(math.prod(p if toss else 1 - p for toss in s) for s in orders)
        assert chance == math.comb(5, k) * p**k * (1 - p) ** (5 - k) == Fraction(math.factorial(5), math.factorial(k) * math.factorial(5 - k)) \
            * p**k * (1 - p) ** (5 - k)
        assert ours.binomial_pmf(k, 5, 0.3) == pytest.approx(float(chance))


def test_equation_2_is_the_logarithm_of_1():
    for n, k, p in [(6, 2, 0.3), (30, 11, 0.8)]:
        log = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) + k * math.log(p) + (n - k) * math.log(1 - p)
        assert math.exp(log) == pytest.approx(math.comb(n, k) * p**k * (1 - p) ** (n - k))


def test_equation_3_compares_neighbours():
    n, p = 9, Fraction(2, 7)
    pmf = [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    assert all(pmf[k + 1] / pmf[k] == Fraction(n - k, k + 1) * p / (1 - p) for k in range(n))


def test_equation_4_substitutes():
    t = np.linspace(-80, 14, 200001)
    area = ours.area(t, np.exp(-((t - 10) ** 2) / (2 * 2**2)) / (2 * math.sqrt(2 * math.pi)))
    assert area == pytest.approx(ours.normal_cdf(2), abs=1e-8) == ours.normal_cdf(14, 10, 2)


def test_equation_5_is_an_identity():
    z = sympy.symbols("z", real=True)
    slope = sympy.diff(sympy.erfc(-z / sympy.sqrt(2)) / 2, z)
    assert sympy.simplify(slope - sympy.exp(-z**2 / 2) / sympy.sqrt(2 * sympy.pi)) == 0
    assert sympy.limit(sympy.erfc(-z / sympy.sqrt(2)) / 2, z, -sympy.oo) == 0


def test_equation_6_agrees_with_the_density_of_g():
    # Y = X² of a uniform X has the density 1 / (2 sqrt(y)): the same mean by another road.
    x, y = sympy.symbols("x y", positive=True)
    assert sympy.integrate(x**2, (x, 0, 1)) == sympy.integrate(y / (2 * sympy.sqrt(y)), (y, 0, 1)) == sympy.Rational(1, 3)
    assert ours.expectation(np.ones_like, lambda x: x**2, 0, 1) == pytest.approx(1 / 3)


def test_equation_7_multiplies_out():
    x = sympy.symbols("x", positive=True)
    for density, end in [(sympy.Integer(1), 1), (sympy.exp(-x), sympy.oo)]:
        mean = lambda g: sympy.integrate(g * density, (x, 0, end))
        assert sympy.simplify(mean((x - mean(x)) ** 2) - (mean(x**2) - mean(x) ** 2)) == 0


def test_equation_8_by_the_tree():
    for n in range(3, 9):
        wins = Fraction(0)
        for car in range(n):  # you choose door 0
            goats = [d for d in range(1, n) if d != car]
            for opened in goats:
                others = [d for d in range(1, n) if d != opened]
                wins += Fraction(1, n) / len(goats) * Fraction(sum(d == car for d in others), len(others))
        assert wins == monty(n)


def test_equation_9_by_counting():
    table = np.array([[3, 5, 2], [4, 1, 6]])  # cases by hypothesis and data
    prior, likelihood = table.sum(axis=1) / table.sum(), table / table.sum(axis=1, keepdims=True)
    for column in range(3):
        assert ours.bayes_update(prior, likelihood[:, column]) == pytest.approx(table[:, column] / table[:, column].sum())


def test_equation_10_is_a_ratio_of_9():
    posterior = ours.bayes_update([0.2, 0.3, 0.5], [0.7, 0.1, 0.4])
    assert posterior[0] / posterior[1] == pytest.approx(0.7 / 0.1 * 0.2 / 0.3)


def test_equation_11_by_counting():
    for ill, found, cleared in [(100, 0.9, 0.95), (2500, 0.6, 0.7)]:
        true, false = ill * found, (10000 - ill) * (1 - cleared)
        assert ours.positive_predictive_value(ill / 10000, found, cleared) == pytest.approx(true / (true + false))


def test_equation_12_has_area_1():
    u = sympy.symbols("u", positive=True)
    prior = 3 * u**2
    z = sympy.integrate(u**2 * (1 - u) ** 3 * prior, (u, 0, 1))
    t = np.linspace(0, 1, 4001)
    density = ours.grid_posterior(2, 5, t, 3 * t**2)
    assert density == pytest.approx(t**2 * (1 - t) ** 3 * 3 * t**2 / float(z), abs=1e-5)


def test_equation_13_by_integration():
    t = sympy.symbols("t", positive=True)
    for s, n in [(0, 0), (7, 10), (2, 9)]:
        weight = sympy.expand(t**s * (1 - t) ** (n - s))
        z = sympy.integrate(weight, (t, 0, 1))
        assert z == sympy.Rational(math.factorial(s) * math.factorial(n - s), math.factorial(n + 1))
        assert sympy.integrate(sympy.expand(t * weight), (t, 0, 1)) / z == sympy.Rational(s + 1, n + 2)


def test_equation_14_is_the_logarithm_of_bayes():
    X, y = np.array([[1, 0], [1, 1], [0, 1], [0, 0], [1, 0]]), np.array([0, 0, 1, 1, 1])
    share, p = np.array([2 / 5, 3 / 5]), np.array([[3 / 4, 2 / 4], [2 / 5, 2 / 5]])
    for x in itertools.product((0, 1), repeat=2):
        likelihood = np.prod(np.where(x, p, 1 - p), axis=1)
        assert np.exp(ours.bernoulli_naive_bayes(X, y, [x])[0]) == pytest.approx(ours.bayes_update(share, likelihood))


def test_equation_15_is_a_posterior_mean():
    t, a = sympy.symbols("t a", positive=True)
    for count, n in [(0, 3), (2, 5)]:
        beta = lambda p, q: sympy.gamma(p) * sympy.gamma(q) / sympy.gamma(p + q)  # the integral of t^(p-1) (1-t)^(q-1)
        mean = beta(count + a + 1, n - count + a) / beta(count + a, n - count + a)
        assert sympy.simplify(sympy.gammasimp(mean) - (count + a) / (n + 2 * a)) == 0
        assert sympy.simplify(((count + a) / (n + 2 * a)).subs(a, 1) - sympy.Rational(count + 1, n + 2)) == 0


def test_equation_16_shifts():
    a = np.array([0.3, -2.0, 1.7])
    assert np.log(np.exp(a).sum()) == pytest.approx(a.max() + np.log(np.exp(a - a.max()).sum()))
    far = a - 5000  # the left side underflows, the right side does not
    with np.errstate(divide="ignore"):
        assert np.log(np.exp(far).sum()) == -np.inf
    assert far.max() + np.log(np.exp(far - far.max()).sum()) == pytest.approx(np.log(np.exp(a).sum()) - 5000)


def log_likelihood():
    mu, x = sympy.symbols("mu x:3", real=True)[0], sympy.symbols("x0:3", real=True)
    sigma = sympy.symbols("sigma", positive=True)
    value = -3 * sympy.log(sigma) - sum((v - mu) ** 2 for v in x) / (2 * sigma**2) - sympy.Rational(3, 2) * sympy.log(2 * sympy.pi)
    return value, mu, sigma, x


def test_equation_17_is_the_sum_of_log_densities():
    value, mu, sigma, x = log_likelihood()
    density = lambda v: sympy.exp(-((v - mu) ** 2) / (2 * sigma**2)) / (sigma * sympy.sqrt(2 * sympy.pi))
    assert sympy.simplify(sympy.expand_log(sum(sympy.log(density(v)) for v in x), force=True) - value) == 0


def test_equation_18_are_its_slopes():
    value, mu, sigma, x = log_likelihood()
    assert sympy.simplify(sympy.diff(value, mu) - sum(v - mu for v in x) / sigma**2) == 0
    assert sympy.simplify(sympy.diff(value, sigma) - (-3 / sigma + sum((v - mu) ** 2 for v in x) / sigma**3)) == 0


def test_equation_19_makes_them_vanish():
    value, mu, sigma, x = log_likelihood()
    mean = sum(x) / 3
    top = {mu: mean, sigma: sympy.sqrt(sum((v - mean) ** 2 for v in x) / 3)}
    assert sympy.simplify(sympy.diff(value, mu).subs(top)) == 0 and sympy.simplify(sympy.diff(value, sigma).subs(top)) == 0


def test_equation_20_by_exact_counting():
    for k, n, a, b in [(4, 6, 3, 10), (1, 8, 1, 3), (9, 10, 1, 2)]:
        weights = [math.comb(n, i) * a**i * (b - a) ** (n - i) for i in range(n + 1)]
        assert ours.binomial_test(k, n, a / b) == pytest.approx(sum(w for w in weights if w <= weights[k]) / b**n)


def test_equation_21_by_paths():
    P, start = np.array([[0.9, 0.1], [0.5, 0.5]]), np.array([0.3, 0.7])
    tomorrow = [sum(start[i] * P[i, j] for i in range(2)) for j in range(2)]
    assert start @ P == pytest.approx(tomorrow)


def test_equation_22_is_solved_by_our_solution():
    P = np.random.default_rng(1).dirichlet(np.ones(5), size=5)
    pi = ours.stationary_distribution(P)
    assert pi @ P == pytest.approx(pi) and pi.sum() == pytest.approx(1)


def two_states():
    a, b = sympy.symbols("a b", positive=True)
    return sympy.Matrix([[1 - a, a], [b, 1 - b]]), sympy.Matrix([[b, a]]) / (a + b), 1 - a - b


def test_equation_23_for_any_two_states():
    P, pi, _ = two_states()
    assert (pi * P - pi).applyfunc(sympy.simplify) == sympy.zeros(1, 2) and sympy.simplify(sum(pi)) == 1


def test_equation_24_for_five_steps():
    P, pi, rate = two_states()
    limit = sympy.ones(2, 1) * pi
    for t in range(6):
        assert (P**t - limit - rate**t * (sympy.eye(2) - limit)).applyfunc(sympy.simplify) == sympy.zeros(2, 2)


def test_equation_25_is_a_chain():
    _, counts, G = airports()
    assert G.sum(axis=1) == pytest.approx(np.ones(len(G))) and G.min() > 0
    leaves = counts.sum(axis=1) > 0
    P = counts[leaves] / counts[leaves].sum(axis=1, keepdims=True)
    assert G[leaves] == pytest.approx(0.85 * P + 0.15 * np.ones_like(P) / len(G))


def test_every_equation_has_its_check():
    tags = [int(n) for n in re.findall(r"\\tag\{(\d+)\}", HANDOUT)]
    checked = [int(m[1]) for name in globals() if (m := re.match(r"test_equation_(\d+)_", name))]
    assert tags == list(range(1, len(tags) + 1)) == sorted(checked)


# --- the problems -------------------------------------------------------------------------------


def share(cases, event):
    """P(event) among equally probable cases."""
    cases = list(cases)
    return Fraction(sum(map(bool, map(event, cases))), len(cases))


def dice(n):
    return itertools.product(range(1, 7), repeat=n)


def absorbed(steps, start, ends):
    """The probability of ending in each of `ends`: exact linear equations, solved by sympy."""
    states = [s for s in steps if s not in ends]
    Q = sympy.Matrix([[steps[i].get(j, 0) for j in states] for i in states])
    R = sympy.Matrix([[steps[i].get(j, 0) for j in ends] for i in states])
    return (sympy.eye(len(states)) - Q).LUsolve(R).row(states.index(start))


def waiting(steps, start):
    """The expected number of steps until the state "end"."""
    states = list(steps)
    Q = sympy.Matrix([[steps[i].get(j, 0) for j in states] for i in states])
    return (sympy.eye(len(states)) - Q).LUsolve(sympy.ones(len(states), 1))[states.index(start)]


HALF = sympy.Rational(1, 2)


def problem_1():
    return share((d for d in dice(2) if 3 in d), lambda d: sum(d) == 8)


def problem_2():
    return share((c for c in itertools.product("BG", repeat=2) if "B" in c), lambda c: c == ("B", "B"))


def problem_3():
    kinds = list(itertools.product("BG", range(7)))
    return share((c for c in itertools.product(kinds, repeat=2) if ("B", 1) in c), lambda c: c[0][0] == c[1][0] == "B")


def problem_4():
    seen = [(front, back) for card in ("RR", "WW", "RW") for front, back in (card, card[::-1])]
    return share((s for s in seen if s[0] == "R"), lambda s: s[1] == "R")


def problem_5():
    games = [(car, opened) for car in range(3) for opened in (1, 2)]  # you choose door 0
    return share((g for g in games if g[0] != g[1]), lambda g: g[0] != 0)


def problem_6():
    different = Fraction(1)
    shared = [0.0]
    for people in range(1, 60):
        different *= Fraction(366 - people, 365)
        shared.append(float(1 - different))
    first = next(n for n, p in enumerate(shared) if p > 0.5)
    number = births()["births"]
    key = 100 * births()["month"] + births()["date_of_month"]
    real = sum((number[key == k].sum() / number.sum()) ** 2 for k in np.unique(key))
    says(11, f"With 22 people the probability of a shared day is {shared[22]:.3f}, with 23 it is {shared[23]:.3f}",
         f"23 people form {math.comb(23, 2)} of them", f"with probability {real:.7f} instead of 1/365 = {1 / 365:.7f}")
    return first


def problem_7():
    full = total = 0
    for ranks in itertools.combinations_with_replacement(range(13), 5):
        counts = sorted(ranks.count(r) for r in set(ranks))
        ways = math.prod(math.comb(4, c) for c in counts)
        total, full = total + ways, full + ways * (counts == [2, 3])
    assert (full, total) == (3744, 2598960)
    return Fraction(full, total)


def problem_8():
    return share(itertools.permutations(range(5)), lambda hats: all(h != i for i, h in enumerate(hats)))


def problem_9():
    return share(itertools.product("HT", repeat=10), lambda s: "HH" not in "".join(s))


def problem_10():
    orders = ([1 if i in b else 0 for i in range(9)] for b in itertools.combinations(range(9), 3))
    return share(orders, lambda votes: all(2 * sum(votes[: i + 1]) < i + 1 for i in range(9)))


def problem_11():
    return Fraction(sum(map(max, dice(2))), 36)


def problem_12():
    return waiting({i: {i: sympy.Rational(i, 6), i + 1: sympy.Rational(6 - i, 6)} for i in range(6)}, 0)


def problem_13():
    hh = waiting({"": {"": HALF, "H": HALF}, "H": {"": HALF}}, "")
    ht = waiting({"": {"": HALF, "H": HALF}, "H": {"H": HALF}}, "")
    return hh, ht


def problem_14():
    n = 1000
    x, y = np.meshgrid((np.arange(n) + 0.5) / n, (np.arange(n) + 0.5) / n)
    low, high = np.minimum(x, y), np.maximum(x, y)
    area = np.mean((low < 0.5) & (high > 0.5) & (high - low < 0.5))
    assert abs(area - 0.25) < 2 / n  # the boundary cuts at most 2 n of the n² cells
    return Fraction(area).limit_denominator(20)


def problem_15():
    A, B, C = (3, 3, 3, 3, 3, 6), (2, 2, 2, 5, 5, 5), (1, 4, 4, 4, 4, 4)
    return tuple(share(itertools.product(p, q), lambda d: d[0] > d[1]) for p, q in [(A, B), (B, C), (C, A)])


def problem_16():
    return share(itertools.permutations(range(4)), lambda box: all(i in (box[i], box[box[i]]) for i in range(4)))


def problem_17():
    return Fraction(1, 2) / (Fraction(1, 2) + Fraction(1, 2) * share(itertools.product("HT", repeat=3), lambda s: s == ("H",) * 3))


def problem_18():
    urns = {("R", "R"): Fraction(1, 2) * Fraction(2, 3), ("B", "R"): Fraction(1, 2) * Fraction(1, 3)}
    return urns["R", "R"] / sum(urns.values())


def problem_19():
    once = ours.positive_predictive_value(0.01, 0.9, 0.95)
    twice = ours.positive_predictive_value(once, 0.9, 0.95)
    return Fraction(twice).limit_denominator(100)


def problem_20():
    people = [("blue", "blue")] * 12 + [("blue", "green")] * 3 + [("green", "green")] * 68 + [("green", "blue")] * 17
    return share((p for p in people if p[1] == "blue"), lambda p: p[0] == "blue")


def problem_21():
    t = sympy.symbols("t", positive=True)
    return sympy.integrate(t * t**7, (t, 0, 1)) / sympy.integrate(t**7, (t, 0, 1))


def problem_22():
    games = [absorbed({i: {i + 1: p, i - 1: 1 - p} for i in range(1, 5)} | {0: {}, 5: {}}, 2, [0, 5])[1]
             for p in (HALF, sympy.Rational(2, 3))]
    return tuple(games)


def problem_23():
    squares = list(itertools.product(range(8), repeat=2))
    moves = np.array([[sorted((abs(a - c), abs(b - d))) == [1, 2] for c, d in squares] for a, b in squares], float)
    assert moves.sum() == 336
    pi = ours.stationary_distribution(moves / moves.sum(axis=1, keepdims=True))
    return round(1 / pi[0])


def problem_24():
    P = sympy.Matrix([[sympy.Rational(9, 10), sympy.Rational(1, 10)], [HALF, HALF]])
    return (P**3)[0, 0]


def problem_25():
    third = sympy.Rational(1, 3)
    # From "3 left" one step leads to "2 left"; then wait for the return.
    return 1 + waiting({0: {1: 1}, 1: {0: third, 2: 2 * third}, 2: {1: 2 * third}}, 2)


def problem_26():
    assert Fraction(81, 87) > Fraction(234, 270) and Fraction(192, 263) > Fraction(55, 80)
    return Fraction(81 + 192, 87 + 263), Fraction(234 + 55, 270 + 80)


def problem_27():
    def succeeds(order):
        taken = next((v for i, v in enumerate(order) if i and v > max(order[:i])), None)
        return taken == 3

    return share(itertools.permutations(range(4)), succeeds)


def problem_28():
    return sum(Fraction(min(2**k, 1024), 2**k) for k in range(1, 400)).limit_denominator(10**6)


PROBLEMS = {m[1]: m[2] for m in re.finditer(r"(?ms)^\*\*Problem (\d+)\.\*\*(.*?)(?=^\*\*Problem |^## )", HANDOUT)}


@pytest.mark.parametrize("number", PROBLEMS)
def test_answers_are_what_counting_gives(number):
    printed = [Fraction(v) for v in re.findall(r"\*\*(.+?)\*\*", PROBLEMS[number].split("Answer:")[1])]
    found = globals()[f"problem_{number}"]()
    found = [Fraction(int(v.p), int(v.q)) if isinstance(v, sympy.Rational) else Fraction(v) for v in (found if isinstance(found, tuple) else (found,))]
    assert printed == found


def test_problems_are_numbered_and_folded():
    assert [*PROBLEMS] == [str(i) for i in range(1, len(PROBLEMS) + 1)] and len(PROBLEMS) >= 20
    for text in PROBLEMS.values():
        assert text.count("<details><summary>Solution</summary>\n\n") == text.count("\n</details>") == 1
