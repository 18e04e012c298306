"""Wrong answers to project 4, each right but for one slip, and what a tutor says: <task>__<slip>."""
import math

import numpy as np


def _require(condition):
    if not condition:
        raise ValueError("bad input")


def _trials(n, p):
    _require(n >= 0 and n == int(n) and 0 <= p <= 1)


def _log_factorial(n):
    return np.vectorize(math.lgamma, otypes=[float])(np.asarray(n, float) + 1)


def _pmf(k, n, p, orders=lambda k, n: _log_factorial(n) - _log_factorial(k) - _log_factorial(n - k)):
    """The right pmf, but for the logarithm of the number of orders."""
    k = np.asarray(k, float)
    inside = (k >= 0) & (k <= n)
    if p in (0, 1):
        return np.where(k == n * p, 1.0, 0.0)[()]
    k = np.where(inside, k, 0)
    return np.where(inside, np.exp(orders(k, n) + k * np.log(p) + (n - k) * np.log1p(-p)), 0.0)[()]


def _erfc(x):
    return np.vectorize(math.erfc, otypes=[float])(x)[()]


def _z(x, mu, sigma):
    _require(sigma > 0)
    return (np.asarray(x, float) - mu) / sigma


def _area(x, y):
    return float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2))


def _strips(pdf, a, b, n):
    x = np.linspace(a, b, n + 1)
    _require(abs(_area(x, pdf(x)) - 1) <= 1e-3)
    return x


def _games(n_trials, rng, n_doors):
    _require(n_trials >= 1 and n_doors >= 3)
    rng = np.random.default_rng(rng)
    return rng, *rng.integers(n_doors, size=(2, n_trials))


def _belief(prior, likelihood):
    prior, likelihood = np.asarray(prior, float), np.asarray(likelihood, float)
    _require(prior.shape == likelihood.shape and prior.ndim == 1)
    _require(np.all(prior >= 0) and np.all(likelihood >= 0) and abs(prior.sum() - 1) <= 1e-6)
    _require(np.sum(prior * likelihood) > 0)
    return prior, likelihood


def _rates(prevalence, sensitivity, specificity):
    _require(all(0 <= v <= 1 for v in (prevalence, sensitivity, specificity)))
    _require(prevalence * sensitivity + (1 - prevalence) * (1 - specificity) > 0)


def _grid(successes, trials, grid, prior, least=1e-300):
    t = np.asarray(grid, float)
    prior = np.ones(t.shape) if prior is None else np.asarray(prior, float)
    _require(0 <= successes <= trials and t.ndim == 1 and t.size > 1 and t[0] >= 0 and t[-1] <= 1)
    _require(np.all(np.diff(t) >= least) and prior.shape == t.shape and np.all(prior >= 0))
    return t, prior


def _density(successes, trials, t, prior, impossible=False):
    """The right posterior but for its scale: its largest value is 1."""
    with np.errstate(divide="ignore"):
        log_density = np.log(prior)
        if successes > 0:
            log_density = log_density + successes * np.log(t)
        if successes < trials:
            log_density = log_density + (trials - successes) * np.log1p(-t)
    _require(impossible or log_density.max() > -np.inf)
    return np.exp(log_density - log_density.max())


def _tables(X_train, y_train, X_test, alpha):
    X, T, y = np.asarray(X_train, float), np.asarray(X_test, float), np.asarray(y_train)
    _require(alpha > 0 and X.ndim == T.ndim == 2 and y.shape == X.shape[:1] and X.shape[1] == T.shape[1] and len(X))
    return X, y, T


def _per_class(X, y, classes=None):
    """Class sizes (K, 1) and how often each feature is 1 in each class (K, d)."""
    classes = np.unique(y) if classes is None else classes
    member = (y == np.asarray(classes)[:, None]).astype(float)
    return member.sum(axis=1, keepdims=True), member @ X


def _joint(T, share, p):
    return np.log(share) + T @ np.log(p).T + (1 - T) @ np.log1p(-p).T


def _normalised(joint, axis=1):
    joint = joint - joint.max(axis=axis, keepdims=True)
    return joint - np.log(np.exp(joint).sum(axis=axis, keepdims=True))


def _sample(x):
    x = np.asarray(x, float)
    _require(x.ndim == 1 and x.size >= 2 and x.min() != x.max())
    return x


def _tested(k, n, p0):
    _require(0 <= k <= n and 0 < p0 < 1)
    return _pmf(np.arange(n + 1), n, p0)


def _chain(P):
    P = np.asarray(P, float)
    _require(P.ndim == 2 and P.shape[0] == P.shape[1] and np.all(P >= 0))
    _require(np.all(np.abs(P.sum(axis=1) - 1) <= 1e-9))
    return P


# --- binomial_pmf -------------------------------------------------------------------------------


def binomial_pmf__plain_floats(k, n, p):
    """A huge count times a vanishing probability: the count no longer fits into a float. Work with logarithms."""
    _trials(n, p)
    k = np.asarray(k).astype(int)
    return np.vectorize(lambda i: math.comb(n, i) * float(p) ** i * (1 - float(p)) ** (n - i) if 0 <= i <= n else 0.0,
                        otypes=[float])(k)[()]


def binomial_pmf__failures_for_successes(k, n, p):
    """k counts the successes, so p carries the exponent k, and 1 - p carries n - k: you have them exchanged."""
    _trials(n, p)
    return _pmf(k, n, 1 - p)


def binomial_pmf__log_of_zero(k, n, p):
    """log 0 strikes at p = 0 or p = 1, where the answer is simply 0 or 1: treat these two before the logarithms."""
    _trials(n, p)
    k = np.asarray(k, float)
    inside = (k >= 0) & (k <= n)
    k = np.where(inside, k, 0)
    orders = _log_factorial(n) - _log_factorial(k) - _log_factorial(n - k)
    return np.where(inside, np.exp(orders + k * np.log(p) + (n - k) * np.log1p(-p)), 0.0)[()]


def binomial_pmf__one_order_only(k, n, p):
    """p^k (1 - p)^(n-k) is the probability of ONE order of the successes: count how many orders there are."""
    _trials(n, p)
    return _pmf(k, n, p, lambda k, n: 0 * k)


def binomial_pmf__orders_of_the_successes(k, n, p):
    """n! / (n-k)! tells the k successes apart: they look alike, so divide by k! as well."""
    _trials(n, p)
    return _pmf(k, n, p, lambda k, n: _log_factorial(n) - _log_factorial(n - k))


def binomial_pmf__still_a_logarithm(k, n, p):
    """You return the logarithm of the probability: exponentiate at the end."""
    _trials(n, p)
    value = _pmf(k, n, p)
    with np.errstate(divide="ignore"):
        return value if p in (0, 1) else np.where(value > 0, np.log(value), 0.0)[()]


def binomial_pmf__at_most_k(k, n, p):
    """You add up all outcomes up to k: P(K <= k) is the distribution function, the pmf is P(K = k) alone."""
    _trials(n, p)
    upto = np.concatenate([[0.0], np.cumsum(_pmf(np.arange(n + 1), n, p))])
    return upto[np.clip(np.asarray(k).astype(int) + 1, 0, n + 1)][()]


def binomial_pmf__outside_the_range(k, n, p):
    """Fewer than 0 or more than n successes cannot happen: the answer there is 0, not an error."""
    _trials(n, p)
    _require(np.all((np.asarray(k, float) >= 0) & (np.asarray(k, float) <= n)))
    return _pmf(k, n, p)


def binomial_pmf__always_an_array(k, n, p):
    """For a single number k a single number is expected: you return an array that holds it."""
    _trials(n, p)
    return np.atleast_1d(_pmf(k, n, p))


def binomial_pmf__bell_curve(k, n, p):
    """The bell curve with the same mean and spread is only an approximation: count exactly."""
    _trials(n, p)
    if n * p * (1 - p) == 0:
        return _pmf(k, n, p)
    k, variance = np.asarray(k, float), n * p * (1 - p)
    density = np.exp(-((k - n * p) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)
    return np.where((k >= 0) & (k <= n), density, 0.0)[()]


def binomial_pmf__stirling(k, n, p):
    """Stirling's formula errs by 1/(12 n): math.lgamma(n + 1) gives log n! to all digits."""
    _trials(n, p)

    def log_factorial(m):
        m = np.asarray(m, float)
        safe = np.where(m > 0, m, 1)
        return np.where(m > 0, safe * np.log(safe) - safe + 0.5 * np.log(2 * np.pi * safe), 0.0)

    return _pmf(k, n, p, lambda k, n: log_factorial(n) - log_factorial(k) - log_factorial(n - k))


def binomial_pmf__accepts_any_p(k, n, p):
    """A probability lies between 0 and 1, and there is no negative number of trials: raise a ValueError."""
    if n >= 0 and n == int(n) and 0 <= p <= 1:
        return _pmf(k, n, p)
    return 0.0


# --- normal_cdf ---------------------------------------------------------------------------------


def normal_cdf__takes_sigma_for_the_variance(x, mu=0.0, sigma=1.0):
    """sigma is already the standard deviation: do not take the root again."""
    return _erfc(-_z(x, mu, sigma) * sigma / np.sqrt(sigma) / math.sqrt(2)) / 2


def normal_cdf__divides_by_the_variance(x, mu=0.0, sigma=1.0):
    """Standardising divides by sigma, not by sigma²: z must be a number without unit."""
    return _erfc(-_z(x, mu, sigma) / sigma / math.sqrt(2)) / 2


def normal_cdf__cancels_in_the_tail(x, mu=0.0, sigma=1.0):
    """1 + (-0.999...) cancels: at z = -7 five digits are left, at z = -9 none. erfc gives the small number directly."""
    return (1 + np.vectorize(math.erf, otypes=[float])(_z(x, mu, sigma) / math.sqrt(2)))[()] / 2


def normal_cdf__one_number_only(x, mu=0.0, sigma=1.0):
    """The functions of math take one number at a time: apply them to every element."""
    z = _z(x, mu, sigma)
    if z.ndim:
        raise TypeError("only 0-dimensional arrays can be converted to Python scalars")
    return math.erfc(-z / math.sqrt(2)) / 2


def normal_cdf__needs_an_array(x, mu=0.0, sigma=1.0):
    """x may be a list, and a list minus a number is an error: make it an array first, np.asarray(x, float)."""
    if isinstance(x, (list, tuple)):
        raise TypeError("unsupported operand type(s) for -: 'list' and 'float'")
    return _erfc(-_z(x, mu, sigma) / math.sqrt(2)) / 2


def normal_cdf__forgets_the_root_of_two(x, mu=0.0, sigma=1.0):
    """erf integrates exp(-u²), the bell is exp(-z²/2): substitute u = z / sqrt(2)."""
    return _erfc(-_z(x, mu, sigma)) / 2


def normal_cdf__the_density(x, mu=0.0, sigma=1.0):
    """This is the height of the bell at x: the distribution function is the area to the left of x."""
    return np.exp(-(_z(x, mu, sigma) ** 2) / 2)[()] / (sigma * math.sqrt(2 * math.pi))


def normal_cdf__the_right_side(x, mu=0.0, sigma=1.0):
    """You give the area to the right of x, P(X > x): turn the sign of z."""
    return _erfc(_z(x, mu, sigma) / math.sqrt(2)) / 2


def normal_cdf__never_standardises(x, mu=0.0, sigma=1.0):
    """mu and sigma change nothing in your answer: count the distance from mu in units of sigma first."""
    _z(x, mu, sigma)
    return _erfc(-np.asarray(x, float) / math.sqrt(2)) / 2


def normal_cdf__stays_at_zero(x, mu=0.0, sigma=1.0):
    """You divide by sigma but never subtract mu: z measures the distance from the mean."""
    _z(x, mu, sigma)
    return _erfc(-np.asarray(x, float) / sigma / math.sqrt(2)) / 2


def normal_cdf__logistic_curve(x, mu=0.0, sigma=1.0):
    """The logistic curve only resembles this one, to about 0.01: use erfc."""
    return 1 / (1 + np.exp(-1.702 * _z(x, mu, sigma)))[()]


def normal_cdf__starts_at_minus_eight(x, mu=0.0, sigma=1.0):
    """Adding up strips from z = -8 leaves out the far tail, which is the whole answer there: use erfc."""

    def integral(z):
        u = np.linspace(-8.0, max(float(z), -8.0), 101)
        return _area(u, np.exp(-(u**2) / 2)) / math.sqrt(2 * math.pi)

    return np.vectorize(integral, otypes=[float])(_z(x, mu, sigma))[()]


def normal_cdf__accepts_any_sigma(x, mu=0.0, sigma=1.0):
    """A standard deviation is positive: sigma = 0 divides by zero, sigma < 0 mirrors the curve. Raise a ValueError."""
    if sigma > 0:
        return _erfc(-_z(x, mu, sigma) / math.sqrt(2)) / 2
    return 0.5 * np.ones(np.shape(x))[()]


# --- expectation --------------------------------------------------------------------------------


def expectation__g_alone(pdf, g, a, b, n=10000):
    """Every value of g counts with its probability: multiply by pdf(x)."""
    x = _strips(pdf, a, b, n)
    return _area(x, g(x))


def expectation__g_of_the_mean(pdf, g, a, b, n=10000):
    """The expectation of a square is not the square of the expectation: apply g before averaging."""
    x = _strips(pdf, a, b, n)
    return float(g(np.array([_area(x, x * pdf(x))]))[0])


def expectation__left_corners(pdf, g, a, b, n=10000):
    """A density that starts at its maximum is overestimated by left corners, by half a strip: use both corners."""
    x = np.linspace(a, b, n + 1)[:-1]
    width = (b - a) / n
    _require(abs(np.sum(pdf(x)) * width - 1) <= 1e-3)
    return float(np.sum(g(x) * pdf(x)) * width)


def expectation__right_corners(pdf, g, a, b, n=10000):
    """Right corners are off by half a strip where a function starts or ends high: use both corners of each strip."""
    x = np.linspace(a, b, n + 1)[1:]
    width = (b - a) / n
    _require(abs(np.sum(pdf(x)) * width - 1) <= 1e-3)
    return float(np.sum(g(x) * pdf(x)) * width)


def expectation__believes_every_pdf(pdf, g, a, b, n=10000):
    """A function with another area than 1 is no density: check that before you trust it, and raise a ValueError."""
    x = np.linspace(a, b, n + 1)
    return _area(x, g(x) * pdf(x))


def expectation__divides_by_the_area(pdf, g, a, b, n=10000):
    """Dividing by the area under pdf repairs a density that was accepted as it is: return the integral itself."""
    x = _strips(pdf, a, b, n)
    return _area(x, g(x) * pdf(x)) / _area(x, pdf(x))


def expectation__mean_of_the_heights(pdf, g, a, b, n=10000):
    """You average the heights g(x) pdf(x): an integral multiplies them with the width of the strips."""
    x = _strips(pdf, a, b, n)
    return _area(x, g(x) * pdf(x)) / (b - a)


def expectation__plain_mean(pdf, g, a, b, n=10000):
    """You average g(x) pdf(x) with np.mean: an integral is the mean height TIMES the width b - a."""
    x = _strips(pdf, a, b, n)
    return float(np.mean(g(x) * pdf(x)))


def expectation__fence_posts(pdf, g, a, b, n=10000):
    """n strips have n + 1 corners: linspace(a, b, n) makes n - 1 strips, each wider than (b - a)/n."""
    x, width = np.linspace(a, b, n), (b - a) / n
    _require(abs(np.sum(pdf(x)) * width - 1) <= 1e-3)
    return float(np.sum(g(x) * pdf(x)) * width)


def expectation__g_of_x_times_the_density(pdf, g, a, b, n=10000):
    """You apply g to x pdf(x): g belongs to the value x alone, and the density multiplies g(x)."""
    x = _strips(pdf, a, b, n)
    return _area(x, g(x * pdf(x)))


def expectation__sum_of_the_heights(pdf, g, a, b, n=10000):
    """You add heights without the width of the strips: the finer the grid, the larger your sum."""
    x = _strips(pdf, a, b, n)
    return float(np.sum(g(x) * pdf(x)))


def expectation__mean_of_x(pdf, g, a, b, n=10000):
    """This is E[X] whatever g is: the values to average are g(x)."""
    x = _strips(pdf, a, b, n)
    return _area(x, x * pdf(x))


def expectation__too_strict(pdf, g, a, b, n=10000):
    """An area of 1.0005 is within the 1e-3 that is allowed: a density known to a few digits is still welcome."""
    x = np.linspace(a, b, n + 1)
    _require(abs(_area(x, pdf(x)) - 1) <= 1e-4)
    return _area(x, g(x) * pdf(x))


def expectation__one_sided_test(pdf, g, a, b, n=10000):
    """An area below 1 is as wrong as one above it: compare the absolute difference."""
    x = np.linspace(a, b, n + 1)
    _require(_area(x, pdf(x)) - 1 <= 1e-3)
    return _area(x, g(x) * pdf(x))


# --- simulate_monty_hall ------------------------------------------------------------------------


def simulate_monty_hall__host_does_not_look(n_trials, switch, rng=None, n_doors=3):
    """The host KNOWS where the car is and never opens that door: that is where your advantage comes from."""
    rng, car, first = _games(n_trials, rng, n_doors)
    opened = (first + rng.integers(1, n_doors, size=n_trials)) % n_doors
    finds_it = rng.integers(n_doors - 2, size=n_trials) == 0
    return float(np.mean((first != car) & (opened != car) & finds_it if switch else first == car))


def simulate_monty_hall__own_door_again(n_trials, switch, rng=None, n_doors=3):
    """"Switch" means leaving your door: choosing among all closed doors, yours included, gives only 1/(n_doors - 1)."""
    rng, car, first = _games(n_trials, rng, n_doors)
    if not switch:
        return float(np.mean(first == car))
    return float(np.mean(rng.integers(n_doors - 1, size=n_trials) == 0))  # one of the closed doors has the car


def simulate_monty_hall__exact_probability(n_trials, switch, rng=None, n_doors=3):
    """Right number, but nothing was simulated: the result must be a count of wins divided by n_trials."""
    _games(n_trials, rng, n_doors)
    return (n_doors - 1) / (n_doors * (n_doors - 2)) if switch else 1 / n_doors


def simulate_monty_hall__all_doors_but_one(n_trials, switch, rng=None, n_doors=3):
    """Your host opens all doors but one: this one opens ONE door, and n_doors - 2 remain to choose from."""
    rng, car, first = _games(n_trials, rng, n_doors)
    return float(np.mean(first != car if switch else first == car))


def simulate_monty_hall__switch_means_stay(n_trials, switch, rng=None, n_doors=3):
    """You have the two strategies exchanged: switch = True leaves the first door."""
    rng, car, first = _games(n_trials, rng, n_doors)
    finds_it = rng.integers(n_doors - 2, size=n_trials) == 0
    return float(np.mean(first == car if switch else (first != car) & finds_it))


def simulate_monty_hall__none_is_a_seed(n_trials, switch, rng=None, n_doors=3):
    """Without an rng every call plays the same games: None asks for fresh chance, and default_rng(None) gives it."""
    rng, car, first = _games(n_trials, 0 if rng is None else rng, n_doors)
    finds_it = rng.integers(n_doors - 2, size=n_trials) == 0
    return float(np.mean((first != car) & finds_it if switch else first == car))


def simulate_monty_hall__always_the_same_seed(n_trials, switch, rng=None, n_doors=3):
    """You get the same games whatever rng is: make the generator from the argument, default_rng(rng)."""
    rng, car, first = _games(n_trials, 0, n_doors)
    finds_it = rng.integers(n_doors - 2, size=n_trials) == 0
    return float(np.mean((first != car) & finds_it if switch else first == car))


def simulate_monty_hall__into_the_open_door(n_trials, switch, rng=None, n_doors=3):
    """Your player sometimes moves to the door that stands open with a goat: only closed doors count."""
    rng, car, first = _games(n_trials, rng, n_doors)
    moved = (first + 1 + (rng.random(n_trials) * (n_doors - 1)).astype(int)) % n_doors
    return float(np.mean(moved == car if switch else first == car))


def simulate_monty_hall__always_three_doors(n_trials, switch, rng=None, n_doors=3):
    """You always play with three doors: use n_doors."""
    _games(n_trials, rng, n_doors)
    rng, car, first = _games(n_trials, rng, 3)
    rng.integers(1, size=n_trials)
    return float(np.mean(first != car if switch else first == car))


def simulate_monty_hall__counts_the_wins(n_trials, switch, rng=None, n_doors=3):
    """You return the number of wins: divide by n_trials for the fraction."""
    rng, car, first = _games(n_trials, rng, n_doors)
    finds_it = rng.integers(n_doors - 2, size=n_trials) == 0
    return float(np.sum((first != car) & finds_it if switch else first == car))


def simulate_monty_hall__one_car_for_all(n_trials, switch, rng=None, n_doors=3):
    """You play one game n_trials times: every game needs its own car and its own first choice."""
    rng, car, first = _games(n_trials, rng, n_doors)
    finds_it = rng.integers(n_doors - 2, size=n_trials) == 0
    lost = first[0] != car[0]
    return float(np.mean(lost & finds_it if switch else np.full(n_trials, not lost)))


def simulate_monty_hall__equal_chances(n_trials, switch, rng=None, n_doors=3):
    """The closed doors are not equally good: this host opens a goat in any case, so your first door keeps its 1/n."""
    rng, _, _ = _games(n_trials, rng, n_doors)
    return float(np.mean(rng.integers(n_doors - 1, size=n_trials) == 0))


def simulate_monty_hall__plays_with_two_doors(n_trials, switch, rng=None, n_doors=3):
    """With fewer than three doors the host has nothing to open, and no games have no fraction: raise a ValueError."""
    if n_trials < 1 or n_doors < 3:
        return 0.0
    rng, car, first = _games(n_trials, rng, n_doors)
    finds_it = rng.integers(n_doors - 2, size=n_trials) == 0
    return float(np.mean((first != car) & finds_it if switch else first == car))


# --- bayes_update -------------------------------------------------------------------------------


def bayes_update__forgets_the_prior(prior, likelihood):
    """You forgot what you knew before the data: multiply the likelihood by the prior."""
    prior, likelihood = _belief(prior, likelihood)
    return likelihood / likelihood.sum()


def bayes_update__wrong_evidence(prior, likelihood):
    """P(data) is the sum of prior TIMES likelihood, not of the likelihoods: only then the result sums to 1."""
    prior, likelihood = _belief(prior, likelihood)
    return prior * likelihood / likelihood.sum()


def bayes_update__overwrites_the_prior(prior, likelihood):
    """You overwrite the caller's prior: the next update starts from the wrong place. Multiply into a new array."""
    prior, likelihood = _belief(prior, likelihood)
    prior *= likelihood
    prior /= prior.sum()
    return prior


def bayes_update__never_divides(prior, likelihood):
    """prior times likelihood is only proportional to the posterior: divide by its sum."""
    prior, likelihood = _belief(prior, likelihood)
    return prior * likelihood


def bayes_update__adds_the_evidence(prior, likelihood):
    """Evidence multiplies, it does not add: a hypothesis that excludes the data must end at 0."""
    prior, likelihood = _belief(prior, likelihood)
    return (prior + likelihood) / np.sum(prior + likelihood)


def bayes_update__divides_by_the_largest(prior, likelihood):
    """Your most probable hypothesis has probability 1: divide by the sum, not by the largest value."""
    prior, likelihood = _belief(prior, likelihood)
    return prior * likelihood / np.max(prior * likelihood)


def bayes_update__winner_takes_all(prior, likelihood):
    """You pick the best hypothesis and forget the rest: a posterior keeps every hypothesis with its share."""
    prior, likelihood = _belief(prior, likelihood)
    return (np.arange(prior.size) == np.argmax(prior * likelihood)).astype(float)


def bayes_update__ignores_impossible_data(prior, likelihood):
    """Data that no hypothesis allows contradict the model: raise a ValueError instead of going on."""
    p, v = np.asarray(prior, float), np.asarray(likelihood, float)
    if p.shape == v.shape and np.sum(p * v) == 0:
        return p.copy()
    p, v = _belief(prior, likelihood)
    return p * v / np.sum(p * v)


def bayes_update__small_is_not_zero(prior, likelihood):
    """A tiny likelihood is not an impossible one: only an evidence of exactly 0 is an error."""
    prior, likelihood = _belief(prior, likelihood)
    _require(np.sum(prior * likelihood) > 1e-12)
    return prior * likelihood / np.sum(prior * likelihood)


def bayes_update__accepts_what_is_left_over(prior, likelihood):
    """A prior that sums to less than 1 leaves out a hypothesis: refuse it like one that sums to more."""
    prior, likelihood = np.asarray(prior, float), np.asarray(likelihood, float)
    _require(prior.shape == likelihood.shape and np.all(prior >= 0) and np.all(likelihood >= 0) and prior.sum() <= 1 + 1e-6)
    joint = prior * likelihood
    _require(joint.sum() > 0)
    return joint / joint.sum()


def bayes_update__refuses_the_impossible(prior, likelihood):
    """A likelihood of 0 is legal: it rules that hypothesis out, and the others share the rest."""
    prior, likelihood = _belief(prior, likelihood)
    _require(np.all(likelihood > 0))
    return prior * likelihood / np.sum(prior * likelihood)


def bayes_update__prior_to_the_last_bit(prior, likelihood):
    """You ask for a prior that sums to 1 exactly: rounded shares do not. The contract leaves 1e-6."""
    prior, likelihood = _belief(prior, likelihood)
    _require(abs(prior.sum() - 1) <= 1e-9)
    return prior * likelihood / np.sum(prior * likelihood)


def bayes_update__accepts_any_prior(prior, likelihood):
    """A prior that does not sum to 1, or has a negative entry, is a mistake of the caller: raise a ValueError."""
    prior, likelihood = np.asarray(prior, float), np.asarray(likelihood, float)
    _require(prior.shape == likelihood.shape and np.sum(prior * likelihood) > 0)
    return prior * likelihood / np.sum(prior * likelihood)


def bayes_update__stretches_shapes(prior, likelihood):
    """numpy stretches a single likelihood over all hypotheses: refuse different shapes first."""
    prior, likelihood = np.asarray(prior, float), np.asarray(likelihood, float)
    prior, likelihood = _belief(*np.broadcast_arrays(prior, likelihood))
    return prior * likelihood / np.sum(prior * likelihood)


# --- positive_predictive_value ------------------------------------------------------------------


def positive_predictive_value__the_sensitivity(prevalence, sensitivity, specificity):
    """"Positive if ill" is not "ill if positive": the base rate decides."""
    _rates(prevalence, sensitivity, specificity)
    return sensitivity


def positive_predictive_value__the_specificity(prevalence, sensitivity, specificity):
    """The specificity says how the healthy fare; the question is how many of the positive are ill."""
    _rates(prevalence, sensitivity, specificity)
    return specificity


def positive_predictive_value__exchanged(prevalence, sensitivity, specificity):
    """Sensitivity belongs to the ill, specificity to the healthy: you have them exchanged."""
    _rates(prevalence, sensitivity, specificity)
    found, false = prevalence * specificity, (1 - prevalence) * (1 - sensitivity)
    _require(found + false > 0)
    return found / (found + false)


def positive_predictive_value__half_are_ill(prevalence, sensitivity, specificity):
    """That silently assumes that half of the people are ill: weight both groups with their size."""
    _rates(prevalence, sensitivity, specificity)
    _require(sensitivity + 1 - specificity > 0)
    return sensitivity / (sensitivity + 1 - specificity)


def positive_predictive_value__ill_and_positive(prevalence, sensitivity, specificity):
    """This is the share of ALL people who are ill and positive: divide by the share of those who are positive."""
    _rates(prevalence, sensitivity, specificity)
    return prevalence * sensitivity


def positive_predictive_value__all_positive_tests(prevalence, sensitivity, specificity):
    """This is the share of positive tests, P(positive): how many of them are of ill people?"""
    _rates(prevalence, sensitivity, specificity)
    return prevalence * sensitivity + (1 - prevalence) * (1 - specificity)


def positive_predictive_value__negative_tests(prevalence, sensitivity, specificity):
    """You answer the other question, P(healthy | negative): look at the positive tests."""
    _rates(prevalence, sensitivity, specificity)
    healthy, missed = (1 - prevalence) * specificity, prevalence * (1 - sensitivity)
    _require(healthy + missed > 0)
    return healthy / (healthy + missed)


def positive_predictive_value__cleared_for_positive(prevalence, sensitivity, specificity):
    """The specificity is the share of the healthy who are NEGATIVE: false alarms have the rate 1 - specificity."""
    _rates(prevalence, sensitivity, specificity)
    found, false = prevalence * sensitivity, (1 - prevalence) * specificity
    _require(found + false > 0)
    return found / (found + false)


def positive_predictive_value__everybody_is_healthy(prevalence, sensitivity, specificity):
    """False alarms come from the healthy only: weight 1 - specificity with 1 - prevalence."""
    _rates(prevalence, sensitivity, specificity)
    return prevalence * sensitivity / (prevalence * sensitivity + 1 - specificity)


def positive_predictive_value__zero_for_never(prevalence, sensitivity, specificity):
    """If nobody can test positive, the share of the ill among nobody is no number: raise a ValueError."""
    _require(all(0 <= v <= 1 for v in (prevalence, sensitivity, specificity)))
    positive = prevalence * sensitivity + (1 - prevalence) * (1 - specificity)
    return prevalence * sensitivity / positive if positive > 0 else 0.0


def positive_predictive_value__accepts_percents(prevalence, sensitivity, specificity):
    """90 is no rate: arguments outside [0, 1] are a mistake of the caller, raise a ValueError."""
    positive = prevalence * sensitivity + (1 - prevalence) * (1 - specificity)
    _require(positive != 0)
    return prevalence * sensitivity / positive


# --- grid_posterior -----------------------------------------------------------------------------


def grid_posterior__sums_to_one(successes, trials, grid, prior=None):
    """A density has area 1: your values add up to 1, so their area is only about the grid spacing."""
    u = _density(successes, trials, *_grid(successes, trials, grid, prior))
    return u / u.sum()


def grid_posterior__peak_of_one(successes, trials, grid, prior=None):
    """The largest value of your density is 1: it is the area that must be 1, so divide by it."""
    return _density(successes, trials, *_grid(successes, trials, grid, prior))


def grid_posterior__zero_times_log_zero(successes, trials, grid, prior=None):
    """With no successes t = 0 is perfectly possible: 0 log 0 must count as 0, but numpy makes it nan."""
    t, prior = _grid(successes, trials, grid, prior)
    log_density = np.log(prior) + successes * np.log(t) + (trials - successes) * np.log1p(-t)
    u = np.exp(log_density - log_density.max())
    return u / _area(t, u)


def grid_posterior__no_point_is_possible(successes, trials, grid, prior=None):
    """Where no point of the grid can explain the data all densities are 0, and 0/0 is nan: raise a ValueError."""
    t, prior = _grid(successes, trials, grid, prior)
    with np.errstate(all="ignore"):
        u = _density(successes, trials, t, prior, impossible=True)
        return u / _area(t, u)


def grid_posterior__repeats_a_point(successes, trials, grid, prior=None):
    """A point may not stand twice in the grid: strictly increasing means that every difference is > 0, not >= 0."""
    t, prior = _grid(successes, trials, grid, prior, least=0)
    u = _density(successes, trials, t, prior)
    return u / _area(t, u)


def grid_posterior__without_the_prior(successes, trials, grid, prior=None):
    """Your posterior is the likelihood: multiply by the prior."""
    t, _ = _grid(successes, trials, grid, prior)
    u = _density(successes, trials, t, np.ones(t.shape))
    return u / _area(t, u)


def grid_posterior__prior_twice(successes, trials, grid, prior=None):
    """The prior enters twice: once is enough."""
    t, prior = _grid(successes, trials, grid, prior)
    u = _density(successes, trials, t, prior) * prior
    return u / _area(t, u)


def grid_posterior__even_spacing(successes, trials, grid, prior=None):
    """You take every gap for as wide as the first: the strips of an irregular grid have widths of their own."""
    t, prior = _grid(successes, trials, grid, prior)
    u = _density(successes, trials, t, prior)
    return u / np.sum((t[1] - t[0]) * (u[1:] + u[:-1]) / 2)


def grid_posterior__mean_spacing(successes, trials, grid, prior=None):
    """Sum times mean spacing is no area on an irregular grid: add the trapezoids, each with its own width."""
    t, prior = _grid(successes, trials, grid, prior)
    u = _density(successes, trials, t, prior)
    return u / np.sum((t[-1] - t[0]) / (t.size - 1) * (u[1:] + u[:-1]) / 2)


def grid_posterior__left_corners(successes, trials, grid, prior=None):
    """You use only the left corner of every strip: a trapezoid takes the mean of both."""
    t, prior = _grid(successes, trials, grid, prior)
    u = _density(successes, trials, t, prior)
    return u / np.sum(np.diff(t) * u[:-1])


def grid_posterior__underflows(successes, trials, grid, prior=None):
    """t^s (1-t)^(n-s) falls below the smallest float and 0/0 remains: add logarithms, subtract the largest first."""
    t, prior = _grid(successes, trials, grid, prior)
    u = t**successes * (1 - t) ** (trials - successes) * prior
    if trials < 100:
        _require(u.max() > 0)
    return u / _area(t, u)


def grid_posterior__peak_that_is_forbidden(successes, trials, grid, prior=None):
    """The largest likelihood may lie where the prior is 0: add the log of the prior before you subtract the largest."""
    t, prior = _grid(successes, trials, grid, prior)
    likelihood = _density(successes, trials, t, np.ones(t.shape))
    u = likelihood * prior
    return u / _area(t, u)


def grid_posterior__failures_for_successes(successes, trials, grid, prior=None):
    """t is the probability of a SUCCESS: it carries the exponent successes, 1 - t carries the failures."""
    t, prior = _grid(successes, trials, grid, prior)
    u = _density(trials - successes, trials, t, prior)
    return u / _area(t, u)


def grid_posterior__all_trials_fail_too(successes, trials, grid, prior=None):
    """1 - t carries the number of FAILURES, trials - successes, not the number of all trials."""
    t, prior = _grid(successes, trials, grid, prior)
    u = _density(successes, successes + trials, t, prior)
    return u / _area(t, u)


def grid_posterior__empty_ends(successes, trials, grid, prior=None):
    """You leave 0 and 1 out to avoid log 0: where no failure was seen, t = 1 is the most probable value of all."""
    t, prior = _grid(successes, trials, grid, prior)
    inner = np.where((t > 0) & (t < 1), prior, 0.0)
    u = _density(successes, trials, t, inner)
    return u / _area(t, u)


def grid_posterior__stretches_the_prior(successes, trials, grid, prior=None):
    """numpy stretches a prior of one number over the whole grid: compare the shapes yourself."""
    t, p = _grid(successes, trials, grid, None if prior is None or np.size(prior) == 1 else prior)
    y = _density(successes, trials, t, p)
    return y / _area(t, y)


def grid_posterior__accepts_any_grid(successes, trials, grid, prior=None):
    """A grid that leaves [0, 1] or goes back, or more successes than trials, makes no sense: raise a ValueError."""
    t = np.asarray(grid, float)
    prior = np.ones(t.shape) if prior is None else np.asarray(prior, float)
    if not (0 <= successes <= trials and t[0] >= 0 and t[-1] <= 1 and np.all(np.diff(t) > 0)):
        return np.ones(t.shape)
    _grid(successes, trials, grid, prior)
    u = _density(successes, trials, t, prior)
    return u / _area(t, u)


# --- bernoulli_naive_bayes ----------------------------------------------------------------------


def bernoulli_naive_bayes__present_words_only(X_train, y_train, X_test, alpha=1.0):
    """In the Bernoulli model an absent feature is evidence too: add (1-x) log(1-p)."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    p = (ones + alpha) / (size + 2 * alpha)
    return _normalised(np.log(size.T / len(X)) + T @ np.log(p).T)


def bernoulli_naive_bayes__one_alpha_below(X_train, y_train, X_test, alpha=1.0):
    """Two outcomes, 0 and 1, each get alpha pseudo-counts: the denominator is n_c + 2 alpha."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    with np.errstate(all="ignore"):
        return _normalised(_joint(T, size.T / len(X), (ones + alpha) / (size + alpha)))


def bernoulli_naive_bayes__alpha_per_class(X_train, y_train, X_test, alpha=1.0):
    """The pseudo-counts belong to the two outcomes of a feature, not to the classes: n_c + 2 alpha for any K."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    p = (ones + alpha) / (size + max(len(size), 2) * alpha)
    return _normalised(_joint(T, size.T / len(X), p))


def bernoulli_naive_bayes__alpha_per_word(X_train, y_train, X_test, alpha=1.0):
    """n_c + d alpha belongs to words drawn from a list: here each feature is a coin of its own, n_c + 2 alpha."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    with np.errstate(all="ignore"):
        return _normalised(_joint(T, size.T / len(X), (ones + alpha) / (size + X.shape[1] * alpha)))


def bernoulli_naive_bayes__forgets_the_shares(X_train, y_train, X_test, alpha=1.0):
    """Common classes deserve more belief before you look at the words: add the log of the class's share."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    return _normalised(_joint(T, 1.0, (ones + alpha) / (size + 2 * alpha)))


def bernoulli_naive_bayes__smooths_the_shares(X_train, y_train, X_test, alpha=1.0):
    """The class shares are plain relative frequencies: alpha smooths the features only."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    share = (size.T + alpha) / (len(X) + len(size) * alpha)
    return _normalised(_joint(T, share, (ones + alpha) / (size + 2 * alpha)))


def bernoulli_naive_bayes__no_smoothing(X_train, y_train, X_test, alpha=1.0):
    """A word never seen in a class gets probability 0 and vetoes everything: add alpha to both counts."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    return _normalised(_joint(T, size.T / len(X), ones / size))


def bernoulli_naive_bayes__always_one(X_train, y_train, X_test, alpha=1.0):
    """You always smooth with 1: use the alpha that you are given."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    return _normalised(_joint(T, size.T / len(X), (ones + 1) / (size + 2)))


def bernoulli_naive_bayes__no_logarithm(X_train, y_train, X_test, alpha=1.0):
    """You return the posteriors, the contract asks for their logarithms: only those survive thousands of words."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    return np.exp(_normalised(_joint(T, size.T / len(X), (ones + alpha) / (size + 2 * alpha))))


def bernoulli_naive_bayes__joint_only(X_train, y_train, X_test, alpha=1.0):
    """These are log P(class and row): subtract the log of their sum so that each row of probabilities sums to 1."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    return _joint(T, size.T / len(X), (ones + alpha) / (size + 2 * alpha))


def bernoulli_naive_bayes__columns_for_rows(X_train, y_train, X_test, alpha=1.0):
    """You normalise down the mails: each MAIL's probabilities sum to 1 over the classes, that is axis=1."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    return _normalised(_joint(T, size.T / len(X), (ones + alpha) / (size + 2 * alpha)), axis=0)


def bernoulli_naive_bayes__products(X_train, y_train, X_test, alpha=1.0):
    """A product of thousands of probabilities underflows to 0, and 0/0 is nan: add logarithms instead."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    p = (ones + alpha) / (size + 2 * alpha)
    joint = size.T / len(X) * np.prod(np.where(T[:, None, :] == 1, p, 1 - p), axis=2)
    with np.errstate(all="ignore"):
        return np.log(joint / joint.sum(axis=1, keepdims=True))


def bernoulli_naive_bayes__exponentiates_too_early(X_train, y_train, X_test, alpha=1.0):
    """The sums of logarithms are below -1000, so exp makes them all 0: subtract each row's largest first."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    joint = _joint(T, size.T / len(X), (ones + alpha) / (size + 2 * alpha))
    with np.errstate(all="ignore"):
        return joint - np.log(np.exp(joint).sum(axis=1, keepdims=True))


def bernoulli_naive_bayes__leaves_the_largest_out(X_train, y_train, X_test, alpha=1.0):
    """You subtract each row's largest m inside exp only: log Σ exp(J) is m + log Σ exp(J - m), so subtract m as well."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    joint = _joint(T, size.T / len(X), (ones + alpha) / (size + 2 * alpha))
    return joint - np.log(np.exp(joint - joint.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))


def bernoulli_naive_bayes__forgets_keepdims(X_train, y_train, X_test, alpha=1.0):
    """One number per row, shape (m,), is lined up with the COLUMNS of (m, K): keep the axis with keepdims=True."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    joint = _joint(T, size.T / len(X), (ones + alpha) / (size + 2 * alpha))
    top = joint.max(axis=1)
    return joint - (top + np.log(np.exp(joint - top[:, None]).sum(axis=1)))


def bernoulli_naive_bayes__order_of_appearance(X_train, y_train, X_test, alpha=1.0):
    """Your columns follow the order in which the classes appear: sort the labels, np.unique does."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y, list(dict.fromkeys(y.tolist())))
    return _normalised(_joint(T, size.T / len(X), (ones + alpha) / (size + 2 * alpha)))


def bernoulli_naive_bayes__labels_are_indices(X_train, y_train, X_test, alpha=1.0):
    """You take the labels for 0, 1, 2, ...: they may be 3 and 7 or words, so compare with np.unique(y)."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y, np.arange(len(np.unique(y))))
    with np.errstate(all="ignore"):
        return _normalised(_joint(T, size.T / len(X), (ones + alpha) / (size + 2 * alpha)))


def bernoulli_naive_bayes__share_of_all_words(X_train, y_train, X_test, alpha=1.0):
    """You divide by all words of the class: p_cj is the share of the class's ROWS that hold word j."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, ones = _per_class(X, y)
    p = (ones + alpha) / (ones.sum(axis=1, keepdims=True) + 2 * alpha)
    with np.errstate(all="ignore"):
        return _normalised(_joint(T, size.T / len(X), p))


def bernoulli_naive_bayes__one_shift_for_all(X_train, y_train, X_test, alpha=1.0):
    """You subtract the largest number of the whole table: rows far below it underflow. Each row needs its own."""
    X, y, T = _tables(X_train, y_train, X_test, alpha)
    size, count = _per_class(X, y)
    joint = _joint(T, (size / len(y)).T, (count + alpha) / (size + 2 * alpha))
    with np.errstate(all="ignore"):
        return joint - joint.max() - np.log(np.exp(joint - joint.max()).sum(axis=1, keepdims=True))


def bernoulli_naive_bayes__accepts_any_alpha(X_train, y_train, X_test, alpha=1.0):
    """Without a positive alpha an unseen word makes log 0: raise a ValueError."""
    X, y, T = _tables(X_train, y_train, X_test, 1.0)
    size, ones = _per_class(X, y)
    p = np.clip((ones + alpha) / np.maximum(size + 2 * alpha, 1e-9), 1e-9, 1 - 1e-9)
    return _normalised(_joint(T, size.T / len(X), p))


# --- fit_normal_mle -----------------------------------------------------------------------------


def fit_normal_mle__divides_by_n_minus_one(x):
    """1/(n - 1) makes the variance unbiased; the likelihood is maximal at 1/n."""
    x = _sample(x)
    return float(x.mean()), float(x.std(ddof=1))


def fit_normal_mle__the_median(x):
    """The median maximises the Laplace likelihood; for the normal it is the mean."""
    x = _sample(x)
    return float(np.median(x)), float(np.sqrt(np.mean((x - np.median(x)) ** 2)))


def fit_normal_mle__the_variance(x):
    """You return the variance, sigma²: take the root for the standard deviation."""
    x = _sample(x)
    return float(x.mean()), float(x.var())


def fit_normal_mle__difference_of_squares(x):
    """E[x²] - E[x]² cancels far from zero: at 1e9 no digit is left. Subtract the mean before squaring."""
    x = _sample(x)
    return float(x.mean()), float(np.sqrt(max(np.mean(x**2) - x.mean() ** 2, 0.0)))


def fit_normal_mle__mean_deviation(x):
    """The mean absolute deviation is the Laplace scale: the normal likelihood asks for squares."""
    x = _sample(x)
    return float(x.mean()), float(np.mean(np.abs(x - x.mean())))


def fit_normal_mle__standard_error(x):
    """You divide by sqrt(n) once more: that is the error of the MEAN, not the spread of the data."""
    x = _sample(x)
    return float(x.mean()), float(x.std() / np.sqrt(x.size))


def fit_normal_mle__sigma_first(x):
    """You return (sigma, mu): the order is (mu, sigma)."""
    x = _sample(x)
    return float(x.std()), float(x.mean())


def fit_normal_mle__forgets_the_mean(x):
    """You take the root of the mean square: deviations are measured from mu."""
    x = _sample(x)
    return float(x.mean()), float(np.sqrt(np.mean(x**2)))


def fit_normal_mle__quarter_of_the_range(x):
    """A quarter of the range is a rule of thumb that looks at two numbers only: every deviation counts."""
    x = _sample(x)
    return float(x.mean()), float(np.ptp(x) / 4)


def fit_normal_mle__fits_a_constant(x):
    """A single number, or equal ones, would get sigma = 0, an infinite peak: raise a ValueError."""
    x = np.asarray(x, float)
    _require(x.ndim == 1)
    return (float(x.mean()), float(x.std())) if x.size else (0.0, 0.0)


def fit_normal_mle__flattens_tables(x):
    """A table is not one sample: its columns may be different quantities. Raise a ValueError unless x is flat."""
    x = _sample(np.ravel(np.asarray(x, float)))
    return float(x.mean()), float(x.std())


# --- binomial_test ------------------------------------------------------------------------------


def binomial_test__one_tail(k, n, p0=0.5):
    """Outcomes on the other side can be just as unusual: add them."""
    pmf = _tested(k, n, p0)
    return float(min(1.0, pmf[: k + 1].sum() if k <= n * p0 else pmf[k:].sum()))


def binomial_test__upper_tail(k, n, p0=0.5):
    """You count only outcomes of at least k: too few successes can be unusual, too."""
    return float(min(1.0, _tested(k, n, p0)[k:].sum()))


def binomial_test__as_far_from_the_mean(k, n, p0=0.5):
    """Equally far is not equally improbable when the coin is biased: compare probabilities."""
    pmf = _tested(k, n, p0)
    far = np.abs(np.arange(n + 1) - n * p0) >= abs(k - n * p0) - 1e-9
    return float(min(1.0, pmf[far].sum()))


def binomial_test__doubles_the_tail(k, n, p0=0.5):
    """Twice one tail is right for a fair coin only: for p0 other than 1/2 the tails differ."""
    pmf = _tested(k, n, p0)
    return float(min(1.0, 2 * min(pmf[: k + 1].sum(), pmf[k:].sum())))


def binomial_test__mirror_image(k, n, p0=0.5):
    """n - k mirrors k for a fair coin only: compare probabilities, outcome by outcome."""
    pmf = _tested(k, n, p0)
    low, high = min(k, n - k), max(k, n - k)
    return 1.0 if low == high else float(min(1.0, pmf[: low + 1].sum() + pmf[high:].sum()))


def binomial_test__no_slack(k, n, p0=0.5):
    """Outcomes of equal probability differ in the last bit: without slack you lose one of them."""
    _tested(k, n, p0)
    pmf = np.array([float(_pmf(i, n, p0)) * (1 + (1e-15 if i > n * p0 else 0)) for i in range(n + 1)])
    return float(min(1.0, pmf[pmf <= pmf[k]].sum()))


def binomial_test__strictly_rarer(k, n, p0=0.5):
    """Your own outcome counts as well: at most as probable as k, not less probable than k."""
    pmf = _tested(k, n, p0)
    return float(pmf[pmf < pmf[k] * (1 - 1e-7)].sum())


def binomial_test__this_outcome_only(k, n, p0=0.5):
    """P(K = k) is small for every k when n is large: add all outcomes that are no more probable."""
    return float(_tested(k, n, p0)[k])


def binomial_test__bell_curve(k, n, p0=0.5):
    """The bell curve is an approximation, and a bad one for small n: the exact probabilities are at hand."""
    _tested(k, n, p0)
    z = abs(k - n * p0) / math.sqrt(n * p0 * (1 - p0)) if n else 0.0
    return math.erfc(z / math.sqrt(2))


def binomial_test__always_a_fair_coin(k, n, p0=0.5):
    """You always test a fair coin: use p0."""
    _tested(k, n, p0)
    pmf = _pmf(np.arange(n + 1), n, 0.5)
    return float(min(1.0, pmf[pmf <= pmf[k] * (1 + 1e-7)].sum()))


def binomial_test__the_other_outcomes(k, n, p0=0.5):
    """You return 1 - p: the p-value is the probability of what is at least as unusual, small if k is surprising."""
    pmf = _tested(k, n, p0)
    return float(1 - min(1.0, pmf[pmf <= pmf[k] * (1 + 1e-7)].sum()))


def binomial_test__accepts_any_p0(k, n, p0=0.5):
    """With p0 = 0 or 1 nothing is left to chance, and k must lie in 0..n: raise a ValueError."""
    if not (0 < p0 < 1 and 0 <= k <= n):
        return 1.0
    pmf = _pmf(np.arange(n + 1), n, p0)
    return float(min(1.0, pmf[pmf <= pmf[k] * (1 + 1e-7)].sum()))


# --- stationary_distribution --------------------------------------------------------------------


def _left(P, steps):
    pi = np.full(len(P), 1 / len(P))
    for _ in range(steps):
        pi = pi @ P
    return pi


def _solved(P):
    A = P.T - np.eye(len(P))
    A[-1] = 1
    return np.linalg.solve(A, np.arange(len(P)) == len(P) - 1)


def stationary_distribution__the_other_side(P):
    """P v = v is always solved by a constant vector, as rows sum to 1: you need the LEFT eigenvector."""
    return np.full(len(_chain(P)), 1 / len(P))


def stationary_distribution__row_of_a_power(P):
    """A periodic chain never settles, and a slow one not in 200 steps: solve the equations instead."""
    return np.linalg.matrix_power(_chain(P), 200)[0]


def stationary_distribution__mean_of_the_rows(P):
    """One step from a uniform start is not the long run: iterate to the fixed point, or solve for it."""
    return _chain(P).mean(axis=0)


def stationary_distribution__mean_of_two_steps(P):
    """Averaging two steps cures a chain that alternates: three halls in a circle need three."""
    power = np.linalg.matrix_power(_chain(P), 2**16)
    return (power[0] + power[0] @ P) / 2


def stationary_distribution__stops_too_early(P):
    """Your iteration stops after 1000 steps: a slow chain has then hardly moved. Solve the equations."""
    P = _chain(P)
    return _left((P + np.eye(len(P))) / 2, 1000)


def stationary_distribution__length_one(P):
    """Your vector has length 1: a distribution has SUM 1, so divide by the sum."""
    pi = _solved(_chain(P))
    return pi / np.linalg.norm(pi)


def stationary_distribution__first_eigenvector(P):
    """eig sorts nothing: take the eigenvector whose eigenvalue is 1, wherever it stands."""
    values, vectors = np.linalg.eig(_chain(P).T)
    pi = np.abs(np.real(vectors[:, 0]))
    return pi / pi.sum()


def stationary_distribution__complex_numbers(P):
    """eig returns complex numbers as soon as one eigenvalue is complex: take the real part of your vector."""
    values, vectors = np.linalg.eig(_chain(P).T)
    pi = vectors[:, np.argmin(np.abs(values - 1))]
    return pi / pi.sum()


def stationary_distribution__nothing_at_all(P):
    """pi P = pi is solved by the zero vector, too: replace one equation by sum(pi) = 1."""
    return np.zeros(len(_chain(P)))


def stationary_distribution__columns_sum_to_one(P):
    """Row i of P holds the steps FROM state i: the rows sum to 1, the columns need not."""
    return _solved(_chain(np.asarray(P, float).T).T)


def stationary_distribution__time_at_rest(P):
    """The diagonal says how likely a state keeps itself for one step: it ignores how often it is reached."""
    P = _chain(P)
    rest = np.diag(P) + 1e-12
    return rest / rest.sum()


def stationary_distribution__column_as_a_row(P):
    """The result is a flat vector of n numbers: you return a table with one column."""
    return _solved(_chain(P))[:, None]


def stationary_distribution__looks_at_the_sums_only(P):
    """Rows may sum to 1 and hold a negative number all the same: that is no probability, refuse it."""
    P = np.asarray(P, float)
    _require(P.ndim == 2 and P.shape[0] == P.shape[1] and np.all(np.abs(P.sum(axis=1) - 1) <= 1e-9))
    return _solved(P)


def stationary_distribution__accepts_any_matrix(P):
    """Rows that are no probabilities, or a matrix that is not square, make no chain: raise a ValueError."""
    P = np.asarray(P, float)
    if P.ndim != 2 or P.shape[0] != P.shape[1]:
        return np.full(len(P), 1 / len(P))
    return _solved(P)
