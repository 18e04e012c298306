"""Project 4: probability.

Eleven functions that lead from counting to reasoning: distributions, Bayes' rule in four forms,
a likelihood, an exact test and a chain that forgets where it began. Each docstring says exactly
what its function must do; the handout projects/4-probability/README.md derives it. Grade your
work with `make project-4`.

Everywhere: array arguments may be lists or integers, computing is done in float64, logarithms
are natural, no argument is ever changed, and no legal input gives nan or infinity.
"""
import math

import numpy as np


def area(x, heights):
    """Return the area under the points (x_i, heights_i) by trapezoids. (Solved: a model of style.)

    It is Σ (x_{i+1} - x_i) (heights_i + heights_{i+1}) / 2; the spacing of x may be irregular.
    x: (m,) strictly increasing; heights: (m,) values of a function at x. Returns a float.
    Raises ValueError unless x and heights are two equally long vectors.

    Example: x = [0, 1, 3], heights = [2, 4, 0] gives 3 + 4 = 7.
    """
    x, heights = np.asarray(x, float), np.asarray(heights, float)
    if x.ndim != 1 or x.shape != heights.shape:
        raise ValueError(f"each point needs one height: x is {x.shape}, heights are {heights.shape}")
    return float(np.sum(np.diff(x) * (heights[:-1] + heights[1:]) / 2))


def binomial_pmf(k, n, p):
    """Return P(K = k) = n! / (k! (n - k)!) p^k (1 - p)^(n - k), K = number of successes in n trials.

    k: whole number or array-like of any shape, also outside 0..n; n: whole number >= 0; p:
    probability of a success, 0 and 1 included.
    Returns a float, or an array of the shape of k: 0 where k < 0 or k > n. The relative error is
    at most 1e-9 up to n = 5000, where n! overflows and p^k underflows.
    Raises ValueError if n is negative or not whole, or p is outside [0, 1].

    Example: k = [0, 1, 2], n = 2, p = 0.3 gives [0.49, 0.42, 0.09].
    """
    if n < 0 or n != int(n) or not 0 <= p <= 1:
        raise ValueError(f"need a whole n >= 0 and 0 <= p <= 1, got n = {n}, p = {p}")
    k = np.asarray(k, float)
    inside = (k >= 0) & (k <= n)
    if p in (0, 1):  # log p or log (1 - p) is -inf, but the outcome is certain
        return np.where(k == n * p, 1.0, 0.0)[()]
    lgamma = np.vectorize(math.lgamma, otypes=[float])
    k = np.where(inside, k, 0)
    log_pmf = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * np.log(p) + (n - k) * np.log1p(-p)
    return np.where(inside, np.exp(log_pmf), 0.0)[()]


def normal_cdf(x, mu=0.0, sigma=1.0):
    """Return P(X <= x) for a normal X with mean mu and standard deviation sigma.

    With z = (x - mu) / sigma it is the integral of exp(-t²/2) / sqrt(2π) from -infinity to z.
    x: number or array-like of any shape; mu: number; sigma: the STANDARD DEVIATION, > 0.
    Returns a float, or an array of the shape of x. The relative error is at most 1e-9 for
    z >= -20, far in the left tail as well. math.erf and math.erfc are allowed.
    Raises ValueError if sigma <= 0.

    Example: x = [10, 14], mu = 10, sigma = 2 gives [0.5, 0.97725].
    """
    if not sigma > 0:
        raise ValueError(f"sigma must be positive, got {sigma}")
    z = (np.asarray(x, float) - mu) / sigma
    return np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2))[()] / 2


def expectation(pdf, g, a, b, n=10000):
    """Return E[g(X)], the integral of g(x) pdf(x) from a to b, for an X with density pdf on [a, b].

    pdf, g: functions of a float array that return an array of its shape; a < b: finite numbers; n:
    number of strips.
    Returns a float in the unit of g. For smooth functions and the default n the absolute error is
    at most 1e-5 (1 + |value|). The result is not divided by the area under pdf.
    Do without np.trapezoid.
    Raises ValueError if the integral of pdf from a to b differs from 1 by more than 1e-3.

    Example: pdf(x) = 1/2 and g(x) = x² on [0, 2] give 4/3.
    """
    x = np.linspace(a, b, n + 1)
    total = area(x, pdf(x))
    if not abs(total - 1) <= 1e-3:
        raise ValueError(f"a density has area 1, this one has {total} between {a} and {b}")
    return area(x, g(x) * pdf(x))


def simulate_monty_hall(n_trials, switch, rng=None, n_doors=3):
    """Return the fraction of n_trials simulated games that the player wins.

    One game: a car behind one of n_doors doors, uniform; the player chooses a door, uniform; the
    host, who knows, opens ONE door that is neither the chosen one nor the car's; the player stays
    (switch = False) or moves to one of the other closed doors, uniform (switch = True).
    n_trials: whole number >= 1; rng: None, int seed or np.random.Generator, the only source of
    chance: begin with rng = np.random.default_rng(rng).
    Returns a float, a multiple of 1/n_trials. The same int seed gives the same result.
    Do without np.random.choice, np.random.randint and their like, which do not know rng.
    Raises ValueError if n_trials < 1 or n_doors < 3.

    Example: switch = True with 3 doors wins about 2/3 of many games.
    """
    if n_trials < 1 or n_doors < 3:
        raise ValueError(f"need n_trials >= 1 and n_doors >= 3, got {n_trials} and {n_doors}")
    rng = np.random.default_rng(rng)
    car, first = rng.integers(n_doors, size=(2, n_trials))
    if not switch:
        return float(np.mean(first == car))
    # The host never opens the car's door: if the first choice is wrong, it is one of n_doors - 2.
    finds_it = rng.integers(n_doors - 2, size=n_trials) == 0
    return float(np.mean((first != car) & finds_it))


def bayes_update(prior, likelihood):
    """Return the posterior P(h | data) = prior_h likelihood_h / Σ prior likelihood.

    prior: (k,) probabilities of k hypotheses; likelihood: (k,) values P(data | h) >= 0, on any
    common positive scale.
    Returns an array of shape (k,) with sum 1.
    Raises ValueError if the shapes differ, an entry is negative, the prior does not sum to 1
    within 1e-6, or the data are impossible under every hypothesis.

    Example: prior = [0.5, 0.5], likelihood = [0.75, 0.5] gives [0.6, 0.4].
    """
    prior, likelihood = np.asarray(prior, float), np.asarray(likelihood, float)
    if prior.shape != likelihood.shape or prior.ndim != 1:
        raise ValueError(f"each hypothesis needs one likelihood: {prior.shape}, {likelihood.shape}")
    if np.any(prior < 0) or np.any(likelihood < 0) or not abs(prior.sum() - 1) <= 1e-6:
        raise ValueError("the prior must sum to 1, and nothing may be negative")
    joint = prior * likelihood
    if not joint.sum() > 0:
        raise ValueError("the data are impossible under every hypothesis")
    return joint / joint.sum()


def positive_predictive_value(prevalence, sensitivity, specificity):
    """Return P(ill | positive), the share of the ill among those who test positive.

    prevalence: P(ill); sensitivity: P(positive | ill); specificity: P(negative | healthy); all
    numbers in [0, 1].
    Returns a float.
    Raises ValueError if an argument is outside [0, 1] or nobody can test positive.

    Example: prevalence 0.01, sensitivity 0.9, specificity 0.95 gives 90/585 = 2/13.
    """
    for rate in (prevalence, sensitivity, specificity):
        if not 0 <= rate <= 1:
            raise ValueError(f"a rate lies between 0 and 1, got {rate}")
    ill, _ = bayes_update([prevalence, 1 - prevalence], [sensitivity, 1 - specificity])
    return float(ill)


def grid_posterior(successes, trials, grid, prior=None):
    """Return the posterior density of a success probability t, given successes in trials, on a grid.

    It is proportional to t^successes (1 - t)^(trials - successes) prior(t), with 0^0 = 1, and its
    integral over the grid, by trapezoids as in area(), is 1.
    grid: (m,) strictly increasing values in [0, 1], m >= 2, of any spacing, perhaps with 0 and 1;
    prior: (m,) density >= 0 at the grid, on any scale, perhaps 0 in places; None means flat.
    Returns an array of shape (m,). No underflow up to 5000 trials, wherever the grid lies.
    Do without np.trapezoid.
    Raises ValueError unless 0 <= successes <= trials, grid and prior are as said, and some point
    of the grid has a positive posterior.

    Example: 1 success in 1 trial, grid [0, 0.5, 1] gives [0, 1, 2].
    """
    t = np.asarray(grid, float)
    prior = np.ones(t.shape) if prior is None else np.asarray(prior, float)
    if not 0 <= successes <= trials:
        raise ValueError(f"need 0 <= successes <= trials, got {successes} and {trials}")
    if t.ndim != 1 or t.size < 2 or t[0] < 0 or t[-1] > 1 or not np.all(np.diff(t) > 0):
        raise ValueError("the grid must increase within [0, 1]")
    if prior.shape != t.shape or not np.all(prior >= 0):
        raise ValueError(f"need {t.size} prior densities >= 0, got shape {prior.shape}")
    with np.errstate(divide="ignore"):  # log 0 = -inf is meant: exp makes it 0 again
        log_density = np.log(prior)
        if successes > 0:  # else 0 log 0 would be nan
            log_density += successes * np.log(t)
        if successes < trials:
            log_density += (trials - successes) * np.log1p(-t)
    if log_density.max() == -np.inf:
        raise ValueError("no point of the grid can explain the data")
    density = np.exp(log_density - log_density.max())
    return density / area(t, density)


def bernoulli_naive_bayes(X_train, y_train, X_test, alpha=1.0):
    """Return log P(class | row) for every row of X_test, by Bernoulli naive Bayes.

    P(c | x) is proportional to P(c) Π_j p_cj^x_j (1 - p_cj)^(1 - x_j), where P(c) is the share of
    class c in y_train, n_c its number of rows, and p_cj = (count_cj + alpha) / (n_c + 2 alpha)
    with count_cj = number of rows of class c whose feature j is 1.
    X_train: (n, d) and X_test: (m, d), entries 0 or 1; y_train: (n,) labels of any kind.
    Returns (m, K) log posteriors, one column per class in sorted order; exp of each row sums to 1.
    Works for thousands of features, where the product itself underflows.
    Raises ValueError if alpha <= 0 or the shapes do not fit together.

    Example: X_train = [[1], [1], [0]], y_train = ["a", "a", "b"], X_test = [[1]]: p_a = 3/4,
    p_b = 1/3, so P(a | 1) : P(b | 1) = 2/3 · 3/4 : 1/3 · 1/3 = 9 : 2 and the row is log([9/11, 2/11]).
    """
    X, T, y = np.asarray(X_train, float), np.asarray(X_test, float), np.asarray(y_train)
    if not alpha > 0:
        raise ValueError(f"alpha must be positive, got {alpha}")
    if X.ndim != 2 or T.ndim != 2 or y.shape != X.shape[:1] or X.shape[1] != T.shape[1] or len(X) == 0:
        raise ValueError(f"the shapes do not fit: {X.shape}, {y.shape}, {T.shape}")
    classes = np.unique(y)
    member = (y == classes[:, None]).astype(float)  # (K, n)
    size = member.sum(axis=1, keepdims=True)
    p = (member @ X + alpha) / (size + 2 * alpha)
    joint = np.log(size.T / len(X)) + T @ np.log(p).T + (1 - T) @ np.log1p(-p).T
    joint -= joint.max(axis=1, keepdims=True)
    return joint - np.log(np.exp(joint).sum(axis=1, keepdims=True))


def fit_normal_mle(x):
    """Return the (mu, sigma) under which the normal density of the sample x is largest.

    The log-likelihood to maximise is Σ [-log sigma - (x_i - mu)² / (2 sigma²)], up to a constant.
    x: (n,) numbers, n >= 2, not all equal.
    Returns the pair (mu, sigma), in the unit of x; sigma is the STANDARD DEVIATION. A numerical
    maximum within 1e-6 sigma is accepted, within 1e-5 sigma for samples at an offset of 1e9.
    Raises ValueError if x is not 1-D, has fewer than two entries or is constant.

    Example: x = [1, 2, 6] gives mu = 3 and sigma = sqrt(14/3) = 2.16.
    """
    x = np.asarray(x, float)
    if x.ndim != 1 or x.size < 2 or x.min() == x.max():
        raise ValueError("need a flat sample of at least two different numbers")
    mu = x.mean()
    return float(mu), float(np.sqrt(np.mean((x - mu) ** 2)))


def binomial_test(k, n, p0=0.5):
    """Return the exact two-sided p-value of k successes in n trials, if a success has probability p0.

    It is the sum of P(K = i) over all outcomes i with P(K = i) <= P(K = k) (1 + 1e-7); the slack
    keeps outcomes of equal probability together in spite of rounding.
    k, n: whole numbers, 0 <= k <= n <= 1000; p0: probability, 0 < p0 < 1.
    Returns a float, at most 1.
    Raises ValueError unless 0 <= k <= n and 0 < p0 < 1.

    Example: k = 9, n = 10, p0 = 0.5 gives (1 + 10 + 10 + 1) / 1024 = 22/1024.
    """
    if not 0 <= k <= n or not 0 < p0 < 1:
        raise ValueError(f"need 0 <= k <= n and 0 < p0 < 1, got {k}, {n}, {p0}")
    pmf = binomial_pmf(np.arange(n + 1), n, p0)
    return float(min(1.0, pmf[pmf <= pmf[k] * (1 + 1e-7)].sum()))


def stationary_distribution(P):
    """Return the distribution pi over the states of a Markov chain with pi P = pi.

    P_ij is the probability of a step from state i to state j. The chain is irreducible: every
    state leads to every other, so pi is unique. It may be periodic, or slow to forget its start.
    P: (n, n), entries >= 0, every row sums to 1 within 1e-9.
    Returns an array of shape (n,), >= 0 up to rounding, with sum 1 and no entry of pi P - pi above
    1e-9. numpy.linalg is allowed.
    Raises ValueError if P is not square, has a negative entry, or a row does not sum to 1.

    Example: P = [[0.9, 0.1], [0.5, 0.5]] gives [5/6, 1/6].
    """
    P = np.asarray(P, float)
    if P.ndim != 2 or P.shape[0] != P.shape[1]:
        raise ValueError(f"a transition matrix is square, got shape {P.shape}")
    if np.any(P < 0) or not np.all(np.abs(P.sum(axis=1) - 1) <= 1e-9):
        raise ValueError("every row must hold probabilities that sum to 1")
    # One of the n equations follows from the others: sum(pi) = 1 takes its place.
    A = P.T - np.eye(len(P))
    A[-1] = 1
    return np.linalg.solve(A, np.arange(len(P)) == len(P) - 1)
