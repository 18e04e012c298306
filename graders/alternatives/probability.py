"""Right answers to project 4 that look unusual: <task>__<how>. A fair grader gives them full points."""
import math

import numpy as np


def _require(condition):
    if not condition:
        raise ValueError("bad input")


def _trapezoids(x, y):
    return sum((x[i + 1] - x[i]) * (y[i] + y[i + 1]) / 2 for i in range(len(x) - 1))


def _grid(successes, trials, grid, prior):
    t = np.asarray(grid, float)
    prior = np.ones(t.shape) if prior is None else np.asarray(prior, float)
    _require(0 <= successes <= trials and t.ndim == 1 and t.size > 1 and t[0] >= 0 and t[-1] <= 1)
    _require(np.all(np.diff(t) > 0) and prior.shape == t.shape and np.all(prior >= 0))
    return t, prior


def _tables(X_train, y_train, X_test, alpha):
    X, T, y = np.asarray(X_train, float), np.asarray(X_test, float), np.asarray(y_train)
    _require(alpha > 0 and X.ndim == T.ndim == 2 and y.shape == X.shape[:1] and X.shape[1] == T.shape[1] and len(X))
    return X, y, T


def _sample(x):
    x = np.asarray(x, float)
    _require(x.ndim == 1 and x.size >= 2 and x.min() != x.max())
    return x


def _chain(P):
    P = np.asarray(P, float)
    _require(P.ndim == 2 and P.shape[0] == P.shape[1] and np.all(P >= 0))
    _require(np.all(np.abs(P.sum(axis=1) - 1) <= 1e-9))
    return P


# --- binomial_pmf -------------------------------------------------------------------------------


def binomial_pmf__exact_fractions(k, n, p):
    """Counts with whole numbers: math.comb and Fraction never overflow. A 0-d array for a number."""
    _require(n >= 0 and n == int(n) and 0 <= p <= 1)
    from fractions import Fraction
    a, b = Fraction(float(p)).limit_denominator(10**6).as_integer_ratio()

    def pmf(i):
        if isinstance(i, list):
            return [pmf(j) for j in i]
        i = int(i)
        return math.comb(n, i) * a**i * (b - a) ** (n - i) / b**n if 0 <= i <= n else 0.0

    return np.array(pmf(np.asarray(k).tolist()))


def binomial_pmf__sums_of_logarithms(k, n, p):
    """Adds log 1 + log 2 + ... in one cumulative sum instead of calling lgamma."""
    _require(n >= 0 and n == int(n) and 0 <= p <= 1)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    k = np.asarray(k).astype(int)
    i = np.clip(k, 0, n)
    log_pmf = log_factorial[n] - log_factorial[i] - log_factorial[n - i]
    log_pmf = log_pmf + (i * math.log(p) if p > 0 else np.where(i > 0, -np.inf, 0))
    log_pmf = log_pmf + ((n - i) * math.log1p(-p) if p < 1 else np.where(i < n, -np.inf, 0))
    return np.where(i == k, np.exp(log_pmf), 0)


# --- normal_cdf ---------------------------------------------------------------------------------


def normal_cdf__erf_or_erfc(x, mu=0.0, sigma=1.0):
    """Uses erf in the middle and erfc in the left tail only; returns a list for a list."""
    _require(sigma > 0)

    def area(v):
        if isinstance(v, list):
            return [area(w) for w in v]
        z = (v - mu) / sigma / math.sqrt(2)
        return math.erfc(-z) / 2 if z < -0.5 else (1 + math.erf(z)) / 2

    return area(np.asarray(x, float).tolist())


def normal_cdf__continued_fraction(x, mu=0.0, sigma=1.0):
    """No error function at all: a power series in the middle, Laplace's continued fraction outside."""
    _require(sigma > 0)

    def area(v):
        z = (v - mu) / sigma
        height = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        if abs(z) < 2.5:
            term = total = z
            for k in range(3, 101, 2):
                term *= z * z / k
                total += term
            return 0.5 + height * total
        tail = 0.0
        for k in range(200, 0, -1):
            tail = k / (abs(z) + tail)
        tail = height / (abs(z) + tail)
        return tail if z < 0 else 1 - tail

    return np.vectorize(area, otypes=[float])(x)


# --- expectation --------------------------------------------------------------------------------


def expectation__simpson(pdf, g, a, b, n=10000):
    """Simpson's rule on twice as many points: another rule of higher order."""
    x = np.linspace(a, b, 2 * n + 1)
    weights = np.ones(2 * n + 1)
    weights[1:-1:2], weights[2:-1:2] = 4, 2
    weights *= (b - a) / (6 * n)
    _require(abs(weights @ pdf(x) - 1) <= 1e-3)
    return np.array(weights @ (g(x) * pdf(x)))


def expectation__midpoints(pdf, g, a, b, n=10000):
    """Midpoints of the strips: every piece of probability is weighed with g at its centre. A numpy scalar."""
    width = (b - a) / n
    x = a + width * (np.arange(n) + 0.5)
    chance = pdf(x) * width
    _require(abs(chance.sum() - 1) <= 1e-3)
    return chance @ g(x)


def expectation__gauss(pdf, g, a, b, n=10000):
    """Ignores n: Gauss-Legendre on 200 pieces, whose accuracy no strip count reaches."""
    nodes, weights = np.polynomial.legendre.leggauss(8)
    edges = np.linspace(a, b, 201)
    half = (edges[1:] - edges[:-1])[:, None] / 2
    x, w = ((edges[1:] + edges[:-1])[:, None] / 2 + half * nodes).ravel(), (half * weights).ravel()
    _require(abs(w @ pdf(x) - 1) <= 1e-3)
    return float(w @ (g(x) * pdf(x)))


# --- simulate_monty_hall ------------------------------------------------------------------------


def simulate_monty_hall__game_by_game(n_trials, switch, rng=None, n_doors=3):
    """Plays every game door by door, as in the studio; a python loop and lists."""
    _require(n_trials >= 1 and n_doors >= 3)
    rng = np.random.default_rng(rng)
    wins = 0
    for _ in range(n_trials):
        car, choice = int(rng.integers(n_doors)), int(rng.integers(n_doors))
        can_open = [door for door in range(n_doors) if door not in (car, choice)]
        opened = can_open[int(rng.random() * len(can_open))]
        if switch:
            closed = [door for door in range(n_doors) if door not in (opened, choice)]
            choice = closed[int(rng.random() * len(closed))]
        wins += choice == car
    return wins / n_trials


def simulate_monty_hall__coin_of_the_right_bias(n_trials, switch, rng=None, n_doors=3):
    """One draw per game with the probability from the tree: wins are counted, so it is a simulation."""
    _require(n_trials >= 1 and n_doors >= 3)
    p = (n_doors - 1) / (n_doors * (n_doors - 2)) if switch else 1 / n_doors
    return np.random.default_rng(rng).binomial(n_trials, p) / n_trials


def simulate_monty_hall__car_behind_door_zero(n_trials, switch, rng=None, n_doors=3):
    """By symmetry the car may always stand behind door 0. Returns a numpy scalar."""
    _require(n_trials >= 1 and n_doors >= 3)
    rng = np.random.default_rng(rng)
    first = rng.integers(0, n_doors, n_trials)
    moved = rng.permuted(np.tile(np.arange(n_doors - 2), (n_trials, 1)), axis=1)[:, 0]
    return np.mean((first != 0) & (moved == 0)) if switch else np.mean(first == 0)


# --- bayes_update -------------------------------------------------------------------------------


def bayes_update__loop_of_floats(prior, likelihood):
    """Plain python floats and a list."""
    prior, likelihood = [float(p) for p in prior], [float(v) for v in likelihood]
    _require(len(prior) == len(likelihood) and min(prior + likelihood) >= 0 and abs(sum(prior) - 1) <= 1e-6)
    joint = [p * v for p, v in zip(prior, likelihood)]
    _require(sum(joint) > 0)
    return [j / sum(joint) for j in joint]


def bayes_update__by_odds(prior, likelihood):
    """Scales the likelihood by its largest value first, and multiplies with a diagonal matrix."""
    prior, likelihood = np.asarray(prior, float), np.asarray(likelihood, float)
    _require(prior.shape == likelihood.shape and prior.ndim == 1)
    _require(prior.min() >= 0 and likelihood.min() >= 0 and abs(1 - np.sum(prior)) <= 1e-6)
    _require(likelihood @ prior > 0)
    joint = np.diag(likelihood / likelihood.max()) @ prior
    return tuple(joint / joint.sum())


# --- positive_predictive_value ------------------------------------------------------------------


def positive_predictive_value__by_odds(prevalence, sensitivity, specificity):
    """Posterior odds = prior odds times likelihood ratio, written without a division by zero."""
    _require(all(0 <= rate <= 1 for rate in (prevalence, sensitivity, specificity)))
    ill, healthy = prevalence * sensitivity, (1 - prevalence) * (1 - specificity)
    _require(ill + healthy > 0)
    return 1.0 if healthy == 0 else (ill / healthy) / (1 + ill / healthy)


def positive_predictive_value__a_million_people(prevalence, sensitivity, specificity):
    """Counts people in a table and returns a 0-d array."""
    for rate in (prevalence, sensitivity, specificity):
        _require(rate >= 0 and rate <= 1)
    people = 1e6 * np.outer([prevalence, 1 - prevalence], [1, 1])
    people *= [[sensitivity, 1 - sensitivity], [1 - specificity, specificity]]
    _require(people[:, 0].sum() > 0)
    return np.array(people[0, 0] / people[:, 0].sum())


# --- grid_posterior -----------------------------------------------------------------------------


def grid_posterior__moves_the_ends(successes, trials, grid, prior=None):
    """Avoids log 0 by moving 0 and 1 inwards by a hair, too little to see."""
    t, prior = _grid(successes, trials, grid, prior)
    safe = np.clip(t, 1e-300, 1 - 1e-16)
    with np.errstate(divide="ignore"):
        log_density = np.log(prior) + successes * np.log(safe) + (trials - successes) * np.log1p(-safe)
    ends = (t == 0) & (successes > 0) | (t == 1) & (successes < trials)
    log_density = np.where(ends, -np.inf, log_density)
    _require(np.isfinite(log_density.max()))
    u = np.exp(log_density - log_density.max())
    return u / _trapezoids(t, u)


def grid_posterior__toss_by_toss(successes, trials, grid, prior=None):
    """Learns toss by toss, successes spread evenly, and rescales each time so that nothing underflows: a list."""
    t, u = _grid(successes, trials, grid, prior)
    for toss in range(trials):
        success = (toss + 1) * successes // trials > toss * successes // trials
        u = u * (t if success else 1 - t)
        _require(u.max() > 0)
        u = u / u.max()
    _require(u.max() > 0)
    return (u / float(_trapezoids(t, u))).tolist()


def grid_posterior__ratios_of_logs(successes, trials, grid, prior=None):
    """Powers of t divided by their largest value, number by number in python."""
    t, prior = _grid(successes, trials, grid, prior)

    def log_weight(v, w):
        if w == 0 or (v == 0 and successes) or (v == 1 and trials > successes):
            return -math.inf
        return math.log(w) + (successes * math.log(v) if successes else 0) + \
            ((trials - successes) * math.log(1 - v) if trials > successes else 0)

    logs = [log_weight(v, w) for v, w in zip(t.tolist(), prior.tolist())]
    top = max(logs)
    _require(top > -math.inf)
    u = [math.exp(v - top) for v in logs]
    area = _trapezoids(t.tolist(), u)
    return [v / area for v in u]


# --- bernoulli_naive_bayes ----------------------------------------------------------------------


def bernoulli_naive_bayes__row_by_row(X_train, y_train, X_test, alpha=1.0):
    """Two python loops over mails and classes, math.log and lists."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    result = []
    for x in T:
        joint = []
        for c in sorted(set(y.tolist())):
            rows = X[y == c]
            p = (rows.sum(axis=0) + alpha) / (len(rows) + 2 * alpha)
            joint.append(math.log(len(rows) / len(X)) + float(np.sum(np.log(np.where(x == 1, p, 1 - p)))))
        total = max(joint) + math.log(sum(math.exp(j - max(joint)) for j in joint))
        result.append([j - total for j in joint])
    return result


def bernoulli_naive_bayes__linear_classifier(X_train, y_train, X_test, alpha=1.0):
    """Naive Bayes as a linear model: weights are log odds, the intercept holds all absent words."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    classes, index = np.unique(y, return_inverse=True)
    Y = np.eye(len(classes))[index]
    n = Y.sum(axis=0)
    p = (X.T @ Y + alpha) / (n + 2 * alpha)  # (d, K)
    scores = T @ (np.log(p) - np.log(1 - p)) + np.log(1 - p).sum(axis=0) + np.log(n / len(X))
    return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)


def bernoulli_naive_bayes__extended_table(X_train, y_train, X_test, alpha=1.0):
    """Doubles the table, [x, 1 - x], and adds 2 rows of pseudo-mails per class by hand."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    both, asked = np.hstack([X, 1 - X]), np.hstack([T, 1 - T])
    columns = []
    for c in np.unique(y):
        counts = both[y == c].sum(axis=0) + alpha
        halves = counts.reshape(2, -1)
        columns.append(asked @ np.log(halves / halves.sum(axis=0)).ravel() + np.log(np.mean(y == c)))
    joint = np.stack(columns, axis=1)
    top = joint.max(axis=1)[:, None]
    return joint - top - np.log(np.sum(np.exp(joint - top), axis=1))[:, None]


# --- fit_normal_mle -----------------------------------------------------------------------------


def fit_normal_mle__climbs(x):
    """Climbs the likelihood in mu and log sigma by turns, from the median and the range. Returns a list."""
    x = _sample(x)
    middle, unit = np.median(x), np.ptp(x)
    z = (x - middle) / unit
    mu, log_sigma = 0.0, 0.0
    for _ in range(200):
        r = (z - mu) * math.exp(-log_sigma)
        mu += math.exp(log_sigma) * r.mean()
        log_sigma += ((r**2).mean() - 1) / (2 * max((r**2).mean(), 1))
    return [middle + unit * mu, unit * math.exp(log_sigma)]


def fit_normal_mle__one_pass(x):
    """Welford's running mean and sum of squares, one number after the other."""
    mean, squares = 0.0, 0.0
    for i, v in enumerate(_sample(x).tolist(), 1):
        step = v - mean
        mean += step / i
        squares += step * (v - mean)
    return mean, math.sqrt(squares / i)


# --- binomial_test ------------------------------------------------------------------------------


def binomial_test__whole_numbers(k, n, p0=0.5):
    """Compares exact integers; the slack is exact too."""
    _require(0 <= k <= n and 0 < p0 < 1)
    from fractions import Fraction
    a, b = Fraction(p0).limit_denominator(10**6).as_integer_ratio()
    weights = [math.comb(n, i) * a**i * (b - a) ** (n - i) for i in range(n + 1)]
    return sum(w for w in weights if w * 10**7 <= weights[k] * (10**7 + 1)) / b**n


def binomial_test__everything_but(k, n, p0=0.5):
    """1 minus the outcomes that are more probable, where that is not a small difference; a numpy scalar."""
    _require(0 <= k <= n and 0 < p0 < 1)
    log_pmf = np.array([math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p0)
                        + (n - i) * math.log1p(-p0) for i in range(n + 1)])
    rare = log_pmf <= log_pmf[k] + math.log1p(1e-7)
    kept = np.exp(log_pmf)[rare].sum()
    return np.float64(kept if kept < 0.5 else min(1, 1 - np.exp(log_pmf)[~rare].sum()))


def binomial_test__walks_outwards(k, n, p0=0.5):
    """Builds the probabilities by the ratio of neighbours, from the peak outwards."""
    _require(0 <= k <= n and 0 < p0 < 1)
    peak = min(n, int((n + 1) * p0))
    weights = {peak: 1.0}
    for i in range(peak, n):
        weights[i + 1] = weights[i] * (n - i) * p0 / ((i + 1) * (1 - p0))
    for i in range(peak, 0, -1):
        weights[i - 1] = weights[i] * i * (1 - p0) / ((n - i + 1) * p0)
    total = math.fsum(weights.values())
    return min(1.0, math.fsum(w for w in weights.values() if w <= weights[k] * (1 + 1e-7)) / total)


# --- stationary_distribution --------------------------------------------------------------------


def stationary_distribution__eigenvector(P):
    """The eigenvector of P transposed whose eigenvalue is nearest to 1, scaled by its own sum."""
    values, vectors = np.linalg.eig(_chain(P).T)
    pi = np.real(vectors[:, np.argmin(np.abs(values - 1))])
    return pi / pi.sum()


def stationary_distribution__least_squares(P):
    """All n + 1 equations at once by least squares; returns a list."""
    P = _chain(P)
    A = np.vstack([P.T - np.eye(len(P)), np.ones(len(P))])
    return np.linalg.lstsq(A, np.append(np.zeros(len(P)), 1), rcond=None)[0].tolist()


def stationary_distribution__squares_of_a_lazy_chain(P):
    """A chain that rests half of the time has the same pi and no period: square it 60 times."""
    P = (_chain(P) + np.eye(len(P))) / 2
    for _ in range(60):
        P = P @ P
        P = P / P.sum(axis=1, keepdims=True)
    return P[0]


def stationary_distribution__removes_states(P):
    """State reduction (Grassmann, Taksar, Heyman): eliminates the states one by one without a subtraction."""
    A = _chain(P).copy()
    n = len(A)
    for k in range(n - 1, 0, -1):
        A[:k, k] /= A[k, :k].sum()
        A[:k, :k] += np.outer(A[:k, k], A[k, :k])
    pi = np.ones(n)
    for k in range(1, n):
        pi[k] = pi[:k] @ A[:k, k]
    return pi / pi.sum()
