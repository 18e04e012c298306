"""The checks of project 6. Each check is one claim about one task, worth whole points.

Every check begins with a case that fits on paper: where it fails, that case is the counterexample.
Chance: where a claim is statistical, false_fail says how rarely a right answer fails it.
"""
import itertools
import math

import numpy as np
import pytest

from autograder.catalogue import load
from autograder.checks import between, close, keeps, numbers, refuses, task


@pytest.fixture(scope="session")
def digits():
    """1797 handwritten digits of 8 by 8 pixels, a row each, and which digit they are."""
    table = load("digits")
    return np.column_stack([table[name] for name in table if name != "label"]), table["label"].astype(int)


def seed(rng):
    return int(rng.integers(2**31))


def near(value, exact, allowed, rivals, what):
    """The value is that far from the exact one at most. Near a rival {value: rule} instead, the broken rule is named."""
    got = between(value, 0, 1 + 1e-9, what)
    for rival, rule in rivals.items():
        assert abs(got - exact) <= allowed or abs(got - rival) > allowed, f"{what} is {got:.4g}, expected about {exact:.4g}:\n{rule}"
    close(value, exact, rtol=0, atol=allowed)


# --- stratified_split ---------------------------------------------------------------------------


def sets(split, n):
    """The two sets as arrays of row numbers: together they hold each of 0..n-1 once."""
    train, test = split
    for part in (train, test):
        assert np.asarray(part).dtype.kind in "iu" or not np.size(part), "the row numbers are no integers: X[train] takes nothing else"
    close(np.sort(np.concatenate([np.ravel(numbers(train)), np.ravel(numbers(test))])), np.arange(n), what="the rows of both sets, sorted")
    train, test = (close(part, np.zeros(np.size(part)), atol=np.inf, what="each set").astype(int) for part in (train, test))
    return train, test


@task("stratified_split", points=2, false_fail=0)
def test_every_row_once(student, rng):
    """puts every row into exactly one of the two sets"""
    y = [7, 7, 7, 7, 3, 3, 3, 3]
    sets(student.stratified_split(y, 0.25, 0), 8)
    for _ in range(5):
        y = rng.integers(-3, 4, int(rng.integers(20, 60)))
        sets(student.stratified_split(y, rng.uniform(0.1, 0.9), seed(rng)), len(y))


@task("stratified_split", points=3, false_fail=0)
def test_share_of_every_class(student, rng, digits):
    """gives every class its share of the test set"""
    def fair(y, fraction):
        y = np.asarray(y)
        _, test = sets(student.stratified_split(y, fraction, seed(rng)), len(y))
        for c in np.unique(y).tolist():
            size, tested = int(np.sum(y == c)), int(np.sum(np.isin(test, np.flatnonzero(y == c))))
            assert abs(tested - fraction * size) <= 1 + 1e-9, (  # the contract's 1
                f"{tested} of the {size} rows of class {c} are tested, {fraction * size:g} (1 more or less) are asked for:\nis every class split for itself?")

    fair([7, 7, 7, 7, 3, 3, 3, 3], 0.25)
    for _ in range(10):
        fair(rng.permutation(np.repeat([5, 0, 2], [8, 40, 152])), 0.25)
    for fraction in (0.1, 0.5, 0.8):
        fair(np.repeat([-1, 4, 12], [152, 8, 40]), fraction)
    fair(digits[1], 0.25)


@task("stratified_split", points=2, false_fail=4e-12)
def test_drawn_at_random(student, rng):
    """draws the members of every class at random, the same for a seed"""
    y = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    # A row stays out of 100 test sets with probability (3/4)^100 = 3e-13.
    seeds = rng.integers(2**31, size=100).tolist()
    chosen = [sets(student.stratified_split(y, 0.25, s), 12)[1] for s in seeds]
    never = sorted(set(range(12)) - {int(i) for test in chosen for i in test})
    assert not never, f"row {never[0]} of the labels {y} is in no test set for 100 seeds: who is tested must be left to chance"
    # How far it is from each tested row of class 0 to the next, round the end. No such list of gaps has a chance above 2/7: 30 agree once in 1e15.
    gaps = set()
    for s in seeds[:30]:
        rows = np.sort([i for i in sets(student.stratified_split(y, 0.5, s), 12)[1] if i < 8])
        gaps.add(tuple(sorted((np.roll(rows, -1) - rows) % 8)))
    assert len(gaps) > 1, (
        f"for 30 seeds the tested rows of class 0 have the same gaps, {', '.join(map(str, next(iter(gaps))))}:\n"
        "one pattern that is moved about is not drawn at random, what stands together stays together")
    again = sets(student.stratified_split(y, 0.25, seeds[0]), 12)[1]
    close(np.sort(again), np.sort(chosen[0]), what="the test set of the same seed once more")
    sets(student.stratified_split(y, 0.25, np.random.default_rng(seeds[0])), 12)
    sets(student.stratified_split(y), 12)


@task("stratified_split", points=1, false_fail=0)
def test_split_refuses(student):
    """refuses fractions that are none, and leaves y alone"""
    for fraction in (0, 1, -0.25, 1.5):
        refuses(student.stratified_split, [0, 0, 1, 1], fraction, 0)
    sets(keeps(student.stratified_split, np.array([2, 0, 2, 0, 2, 0]), 0.5, 0), 6)


# --- pca_fit_transform --------------------------------------------------------------------------


def scores(A, B, k):
    """The scores of both sets by the eigenvectors of the covariance matrix of A."""
    mean = A.mean(axis=0)
    _, V = np.linalg.eigh(np.cov(A, rowvar=False))
    V = V[:, ::-1][:, :k]
    return (A - mean) @ V, (B - mean) @ V


def alike(pair, train, test, atol=1e-9):
    """The scores of both sets are these, but for the sign of each column, one sign for both sets."""
    Z_train, Z_test = pair
    got = close(Z_train, np.zeros(train.shape), atol=np.inf, what="Z_train")
    signs = np.where(np.sum(got * train, axis=0) < 0, -1, 1)
    close(Z_train, train * signs, rtol=1e-7, atol=atol, what="Z_train")  # the contract's 1e-7
    close(Z_test, test * signs, rtol=1e-7, atol=atol, what="Z_test")


PAPER = np.array([[0.0, 1.0], [2.0, 1.0], [4.0, 1.0]])


@task("pca_fit_transform", points=3)
def test_three_points_on_a_line(student, rng):
    """measures both sets along the axes of the training rows"""
    alike(student.pca_fit_transform(PAPER, [[5.0, 9.0]], 1), np.array([[-2.0], [0.0], [2.0]]), np.array([[3.0]]))
    # Variances 36, 9, 1, ...: neighbours differ by factors, so that rounding turns no axis by more than 1e-13.
    for n, m, d, k in [(30, 5, 4, 2), (8, 11, 5, 3), (20, 4, 3, 3), (4, 3, 5, 3)]:  # the last two: as many as there are
        turn = np.linalg.qr(rng.normal(size=(d, d)))[0]
        draw = lambda rows: (rng.normal(size=(rows, d)) * 6.0 / 2.0 ** np.arange(d)) @ turn + 10 * np.arange(1, d + 1)
        A, B = draw(n), draw(m) + 3
        alike(student.pca_fit_transform(A, B, k), *scores(A, B, k))


@task("pca_fit_transform", points=2)
def test_test_rows_do_not_take_part(student, rng):
    """learns nothing from the test rows, neither mean nor axes"""
    for far in ([[5.0, 9.0]], [[-90.0, 70.0], [3.0, -80.0]]):
        far = np.array(far)
        alike(student.pca_fit_transform(PAPER, far, 1), np.array([[-2.0], [0.0], [2.0]]), far[:, :1] - 2)
    A = rng.normal(size=(12, 3)) * [5, 2, 1]
    B = np.array([[0.0, 0.0, 400.0]]) + rng.normal(size=(2, 3))
    alike(student.pca_fit_transform(A, B, 2), *scores(A, B, 2))


@task("pca_fit_transform", points=2)
def test_mirrored_rows(student, rng):
    """gives opposite scores to rows mirrored at the training mean"""
    mirrored = [[4, 1], [2, 1], [0, 1]]
    Z_train, Z_test = student.pca_fit_transform(PAPER, mirrored, 1)
    Z_train = close(Z_train, np.zeros((3, 1)), atol=np.inf, what="Z_train")
    close(Z_test, -Z_train, atol=1e-9, what="Z_test")
    A = rng.normal(size=(15, 4)) * [9, 4, 2, 1] + [3, -8, 1, 20]
    for B, sign in [(2 * A.mean(axis=0) - A, -1), (A, 1)]:
        Z_train, Z_test = student.pca_fit_transform(A, B, 3)
        Z_train = close(Z_train, np.zeros((15, 3)), atol=np.inf, what="Z_train")
        close(Z_test, sign * Z_train, rtol=1e-7, atol=1e-9, what="Z_test")


@task("pca_fit_transform", points=2)
def test_digits_in_twenty_numbers(student, rng, digits):
    """turns 64 pixels into 20 scores, the one of largest variance first"""
    A, B = np.array([[0, 0, 1], [0, 2, 1], [6, 0, 1], [6, 2, 1]]), np.array([[3, 5, 1]])
    alike(student.pca_fit_transform(A, B, 2), np.array([[-3.0, -1], [-3, 1], [3, -1], [3, 1]]), np.array([[0.0, 4]]))
    rows = rng.permutation(1797)
    A, B = digits[0][rows[:400]], digits[0][rows[400:450]]
    # The least gap between neighbouring variances here is about 1e-3 of the largest: axes are right to 1e-12.
    alike(student.pca_fit_transform(A, B, 20), *scores(A, B, 20), atol=1e-6)


@task("pca_fit_transform", points=1)
def test_pca_refuses(student):
    """refuses a k out of range and sets that differ in their columns"""
    for k in (0, 3, -1):
        refuses(student.pca_fit_transform, PAPER, [[5.0, 9.0]], k)
    refuses(student.pca_fit_transform, [[1.0, 2.0, 5.0], [3.0, 1.0, 2.0]], [[1.0, 2.0, 3.0]], 2)
    refuses(student.pca_fit_transform, [[0.0, 1.0], [2.0, 1.0], [4.0, 3.0], [5.0, 0.0]], [[5.0, 9.0]], 3)
    refuses(student.pca_fit_transform, PAPER, [[5.0, 9.0, 1.0]], 1)
    refuses(student.pca_fit_transform, PAPER, [[5.0]], 1)
    keeps(student.pca_fit_transform, PAPER.copy(), np.array([[5.0, 9.0], [0.0, 1.0]]), 1)


# --- predict_proba ------------------------------------------------------------------------------


def network(rng, d, h, K, scale=1.0):
    """Random parameters; about half of the hidden units are off for a random row."""
    sizes = {"W1": (d, h), "b1": (h,), "W2": (h, K), "b2": (K,)}
    return {name: scale * rng.normal(size=size) for name, size in sizes.items()}


def forward(params, X):
    """Hidden layer before max(., 0), and log-probabilities, row by row and with math.exp."""
    Z1 = np.array([[sum(x[i] * params["W1"][i][j] for i in range(len(x))) + b for j, b in enumerate(params["b1"])] for x in X])
    logs = []
    for z in Z1:
        s = [sum(max(v, 0.0) * params["W2"][j][k] for j, v in enumerate(z)) + b for k, b in enumerate(params["b2"])]
        top = max(s)
        logs.append([v - top - math.log(sum(math.exp(u - top) for u in s)) for v in s])
    return Z1, np.array(logs)


SMALL = {"W1": np.array([[1.0, 2.0], [1.0, -1.0]]), "b1": np.zeros(2), "W2": np.eye(2), "b2": np.zeros(2)}


@task("predict_proba", points=2)
def test_one_row_on_paper(student, rng):
    """gives the probabilities of the classes for every row"""
    close(student.predict_proba(SMALL, [[1, 3]]), [[1 / (1 + math.exp(-4)), 1 / (1 + math.exp(4))]])
    close(student.predict_proba(SMALL, [[0, 0]]), [[0.5, 0.5]])
    for n, d, h, K in [(5, 3, 4, 2), (1, 2, 7, 3)]:
        params, X = network(rng, d, h, K), rng.normal(size=(n, d))
        close(student.predict_proba(params, X), np.exp(forward(params, X)[1]))


@task("predict_proba", points=1)
def test_biases_count(student, rng):
    """adds both biases, the first before the hidden layer is cut at 0"""
    close(student.predict_proba(SMALL | {"b2": np.array([math.log(3), 0])}, [[0, 0]]), [[0.75, 0.25]])
    close(student.predict_proba(SMALL | {"b1": np.array([-4, 0])}, [[1, 3]]), [[0.5, 0.5]])
    params = network(rng, 3, 5, 4)
    close(student.predict_proba(params, np.zeros((2, 3))), np.exp(forward(params, np.zeros((2, 3)))[1]))


@task("predict_proba", points=1)
def test_as_many_rows_as_classes(student, rng):
    """treats every row for itself, also where there are as many as classes"""
    params = SMALL | {"W2": np.diag([1, 0])}
    close(student.predict_proba(params, [[math.log(3), 0], [0, 0]]), [[0.75, 0.25], [0.5, 0.5]])
    params, X = network(rng, 4, 4, 4), rng.normal(size=(4, 4))
    close(student.predict_proba(params, X), np.exp(forward(params, X)[1]))


@task("predict_proba", points=1)
def test_huge_scores(student, rng):
    """survives scores of 10,000"""
    close(student.predict_proba(SMALL, [[10000, 0]]), [[0, 1]], atol=1e-300)  # W1 doubles the second
    close(student.predict_proba(SMALL | {"b2": np.full(2, -10000)}, [[0, 0]]), [[0.5, 0.5]])
    params, X = network(rng, 3, 6, 4, scale=40), rng.normal(size=(5, 3))
    # Scores of size 1e4 are rounded by 1e-12, and so are the probabilities, relatively; tiny ones may be 0.
    close(student.predict_proba(params, X), np.exp(forward(params, X)[1]), rtol=1e-9, atol=1e-300)


@task("predict_proba", points=1)
def test_proba_refuses(student, rng):
    """refuses an X that has not the columns of W1, and changes nothing"""
    params = network(rng, 3, 4, 2)
    refuses(student.predict_proba, SMALL, [1, 3])
    refuses(student.predict_proba, SMALL, [[1, 3, 2]])
    refuses(student.predict_proba, params, np.ones((4, 2)))
    keeps(student.predict_proba, params, rng.normal(size=(2, 3)))


# --- train_classifier ---------------------------------------------------------------------------


def trained(params, d, h, K):
    """The parameters as float arrays of the right shapes."""
    shapes = {"W1": (d, h), "b1": (h,), "W2": (h, K), "b2": (K,)}
    assert isinstance(params, dict) and shapes.keys() <= params.keys(), "what comes back must be a dict with the keys W1, b1, W2 and b2"
    return {name: close(params[name], np.zeros(shape), atol=np.inf, what=name) for name, shape in shapes.items()}


def logs(params, X):
    scores = np.maximum(X @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def loss(params, X, y):
    """The mean cross-entropy, without the decay."""
    return float(-np.mean(logs(params, X)[np.arange(len(y)), y]))


def learning(student, X, y, epochs=(1, 10, 100), **options):
    """The parameters after the last of these epochs, and what the learning curve looked like: its numbers, and what they tell."""
    d, h, K = X.shape[1], 32, int(y.max()) + 1
    losses = []
    for n_epochs in epochs:
        params = trained(student.train_classifier(X, y, n_epochs=n_epochs, **options), d, h, K)
        losses.append(loss(params, X, y))
    first, _, last = losses
    guessing = math.log(K)
    told = next(words for holds, words in [
        (not np.isfinite(losses).all(), "it is no number any more: the steps are too long"),
        (max(losses) - min(losses) < 0.01 * guessing, f"it stays at {first:.3g}: no slope reaches the weights (are they all 0?)"),
        (last > 1.05 * first, "it rises: the steps go uphill, or are too long, or labels and rows are torn apart"),
        (first > 3 * guessing, f"guessing has {guessing:.3g}: the first steps were far too long"),
        (abs(last - guessing) < 0.05 * guessing, "it ends where guessing does: do the labels belong to the rows?"),
        (last > 0.2, "it falls too slowly: the steps are too short, or too few"),
        (True, "it falls as it should"),
    ] if holds)
    return params, f"the training loss after {', '.join(map(str, epochs))} epochs: {', '.join(f'{v:.3g}' for v in losses)}\n{told}"


def blobs(rng, n=300):
    """Three round clouds far apart, standardised: a straight line between any two tells them apart."""
    y = rng.permutation(np.repeat([0, 1, 2], n // 3))
    X = np.array([[0.0, 6.0], [6.0, -3.0], [-6.0, -3.0]])[y] + rng.normal(size=(n, 2))
    return (X - X.mean(axis=0)) / X.std(axis=0), y


def standardised(digits, rng):
    """3/4 of the digits as 20 standardised scores with their labels, and the other quarter: (A, y_A, B, y_B)."""
    X, y = digits
    test = np.concatenate([rng.permutation(np.flatnonzero(y == c))[: round(np.sum(y == c) / 4)] for c in range(10)])
    train = rng.permutation(np.setdiff1d(np.arange(len(y)), test))
    A, B = scores(X[train], X[test], 20)
    return A / A.std(axis=0), y[train], B / A.std(axis=0), y[test]


def wilson(hits, n):
    """The 95 % interval of a probability after hits in n (Wilson)."""
    z, p = 1.96, hits / n
    middle, half = p + z * z / 2 / n, z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


@task("train_classifier", points=3, seconds=20, false_fail=1e-13)
def test_three_blobs(student, rng):
    """tells three well separated blobs apart"""
    params, curve = learning(student, np.array([[-1.0], [1.0]]), np.array([0, 1]), (10, 100, 1000))
    p = math.exp(logs(params, np.array([[-1.0]]))[0, 0])
    assert p > 0.5, f"row 0 goes to class 0 with probability {p:.3g}, more than 1/2 is asked for\n{curve}"
    X, y = blobs(rng)
    params, curve = learning(student, X, y, rng=seed(rng))
    right = int(np.sum(logs(params, X).argmax(axis=1) == y))
    # A centre is 5 standard deviations from the next line. Even a line 4 away errs in one of 16,000 points: in 6 of 300 once in 1e13.
    assert right >= 295, f"{right} of 300 points go to their own blob, at least 295 are asked for\n{curve}"


@task("train_classifier", points=5, seconds=25, false_fail=2e-7)  # 20 s of the contract for 100 epochs, and 11 epochs for the curve
def test_digits_it_has_not_seen(student, rng, digits):
    """reads 93 % of unseen digits, loss below 0.2"""
    A, y_A, B, y_B = standardised(digits, rng)
    params, curve = learning(student, A, y_A, rng=seed(rng))
    right = int(np.sum(logs(params, B).argmax(axis=1) == y_B))
    low, high = wilson(right, len(y_B))
    # Ours reaches 0.97 and 0.003. Where the true accuracy is 0.96, the interval misses 0.93 with probability 2e-7.
    assert loss(params, A, y_A) < 0.2 and high >= 0.93, (
        f"{100 * right / len(y_B):.1f} % of {len(y_B)} unseen digits are right (95 % interval: {100 * low:.1f} to {100 * high:.1f})\n{curve}")


@task("train_classifier", points=2, seconds=20, false_fail=0)
def test_decay_makes_weights_small(student, rng, digits):
    """gets weights smaller by 1 % or more with weight_decay = 0.1 than with 0"""
    A, y, *_ = standardised(digits, rng)
    A, y, chance, norms = A[:300], y[:300], seed(rng), []
    for decay in (0, 0.1):
        params = trained(student.train_classifier(A, y, n_epochs=40, weight_decay=decay, rng=chance), 20, 32, 10)
        norms.append(math.sqrt(np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)))
    # Ours shrinks to 0.34, Adam with 0.3 % of the decay in each step to 0.93; one that shrinks its weights once, at the end, stays at 0.995.
    assert norms[1] <= 0.99 * norms[0], f"the length of all weights is {norms[0]:.6g} without decay and {norms[1]:.6g} with 0.1: 1 % less is asked for"


@task("train_classifier", points=2, seconds=20, false_fail=0)
def test_training_comes_from_the_seed(student, rng):
    """gives the same parameters for the same seed, others for another"""
    X, y = blobs(rng, 60)
    one, other = seed(rng), seed(rng)
    first, again, third = (trained(student.train_classifier(X, y, hidden=5, n_epochs=3, rng=s), 2, 5, 3) for s in (one, one, other))
    for name in first:
        close(again[name], first[name], what=f"{name} for the same seed once more")
    gap = float(np.max(np.abs(third["W1"] - first["W1"])))
    assert gap > 0, f"the seeds {one} and {other} give the same W1: start weights and shuffles must come from rng"
    longer = trained(student.train_classifier(X, y, hidden=5, n_epochs=4, rng=one), 2, 5, 3)
    assert np.max(np.abs(longer["W1"] - first["W1"])) > 0, "W1 is the same after 3 epochs and after 4: is n_epochs used?"
    trained(student.train_classifier(X, y, hidden=5, n_epochs=3, rng=np.random.default_rng(one)), 2, 5, 3)
    default = [trained(student.train_classifier(X, y, hidden=5, n_epochs=3), 2, 5, 3) for _ in range(2)]
    close(default[1]["W1"], default[0]["W1"], what="W1 without an rng, once more (the default is the seed 0)")


@task("train_classifier", points=2, seconds=20, false_fail=0)
def test_training_contract(student, rng):
    """has the shapes that were asked for, refuses others, changes nothing"""
    trained(student.train_classifier([[-1], [1]], [0, 1], hidden=3, n_epochs=2), 1, 3, 2)
    refuses(student.train_classifier, [[-1.0], [1.0]], [0, 1, 1])
    refuses(student.train_classifier, [-1.0, 1.0], [0, 1])
    X, y = rng.normal(size=(130, 4)), rng.permutation(np.arange(130) % 5)
    params = keeps(student.train_classifier, X, y, hidden=6, n_epochs=2, rng=0)
    trained(params, 4, 6, 5)


# --- confusion_matrix ---------------------------------------------------------------------------


@task("confusion_matrix", points=2)
def test_four_samples(student, rng):
    """counts pairs, the true class in the row"""
    close(student.confusion_matrix([0, 0, 1, 1], [0, 1, 1, 1], 2), [[1, 1], [0, 2]])
    close(student.confusion_matrix([0, 1, 2, 2, 2, 1], [0, 2, 2, 2, 1, 2], 3), [[1, 0, 0], [0, 0, 2], [0, 1, 2]])
    t, p = rng.integers(0, 4, (2, 60))
    close(student.confusion_matrix(t, p, 4), [[sum((t == i) & (p == j)) for j in range(4)] for i in range(4)])


@task("confusion_matrix", points=1)
def test_pairs_that_come_again(student, rng):
    """counts a pair as often as it comes"""
    close(student.confusion_matrix([1, 1, 1], [0, 0, 0], 2), [[0, 0], [3, 0]])
    n = int(rng.integers(20, 90))
    close(student.confusion_matrix([2] * n + [0], [1] * n + [0], 3), [[1, 0, 0], [0, 0, 0], [0, n, 0]])


@task("confusion_matrix", points=1)
def test_classes_that_never_occur(student, rng):
    """keeps the row and the column of a class that never occurs"""
    close(student.confusion_matrix([0, 1], [0, 0], 3), [[1, 0, 0], [1, 0, 0], [0, 0, 0]])
    close(student.confusion_matrix([1, 3], [3, 3], 5), [[0] * 5, [0, 0, 0, 1, 0], [0] * 5, [0, 0, 0, 1, 0], [0] * 5])
    K = int(rng.integers(4, 9))
    close(student.confusion_matrix([K - 2], [1], K), [[int(i == K - 2 and j == 1) for j in range(K)] for i in range(K)])


@task("confusion_matrix", points=1)
def test_digits_by_their_ink(student, digits):
    """finds which digits are taken for which when only ink is weighed"""
    close(student.confusion_matrix([1.0, 0.0, 1.0], [0.0, 0.0, 1.0], 2), [[1, 0], [1, 1]])
    X, y = digits
    ink = X.sum(axis=1)
    mean = np.array([ink[y == c].mean() for c in range(10)])
    guess = np.abs(ink[:, None] - mean).argmin(axis=1)
    C = close(student.confusion_matrix(y, guess, 10), np.histogram2d(y, guess, bins=np.arange(11) - 0.5)[0])
    close(C.sum(axis=1), [np.sum(y == c) for c in range(10)], what="the sum of each row")


@task("confusion_matrix", points=1)
def test_confusion_refuses(student):
    """refuses unequal lengths and labels out of range, changes nothing"""
    refuses(student.confusion_matrix, [0, 1, 1], [0, 1], 2)
    refuses(student.confusion_matrix, [0, 2], [0, 1], 2)
    refuses(student.confusion_matrix, [0, 1], [0, 2], 2)
    refuses(student.confusion_matrix, [0, 1], [2, 1], 2)  # these two would find room in a flat table of K² counts
    refuses(student.confusion_matrix, [1, 1], [1, -1], 2)
    refuses(student.confusion_matrix, [0, -1], [0, 1], 2)
    refuses(student.confusion_matrix, [0, 1], [-1, 1], 2)
    keeps(student.confusion_matrix, np.array([0, 1, 1]), np.array([1, 1, 0]), 2)


# --- roc_auc ------------------------------------------------------------------------------------


def duels(y, s):
    """The share of pairs (positive, negative) that the positive wins, a tie half: one after the other."""
    pairs = list(itertools.product([v for c, v in zip(y, s) if c], [v for c, v in zip(y, s) if not c]))
    return sum(1.0 if p > q else 0.5 if p == q else 0.0 for p, q in pairs) / len(pairs)


@task("roc_auc", points=3)
def test_two_against_three(student, rng):
    """is the share of pairs in which the positive scores higher"""
    close(student.roc_auc([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.1]), 3 / 4)
    close(student.roc_auc([0, 1, 0], [-1, 5, 7]), 1 / 2)
    close(student.roc_auc([0, 0, 1, 1], [1, 2, 3, 4]), 1.0)
    for n in (7, 40):
        y = rng.permutation(np.arange(n) % 3 == 0).astype(int)
        s = rng.normal(size=n)
        close(student.roc_auc(y, s), duels(y, s))


@task("roc_auc", points=3)
def test_ties_are_half(student, rng):
    """counts a tie one half, whatever the order of the samples"""
    close(student.roc_auc([1, 0], [0.5, 0.5]), 0.5)
    close(student.roc_auc([1, 1, 0, 0, 0], [0.9, 0.4, 0.6, 0.4, 0.1]), 0.75)
    y, s = np.array([1, 0, 1, 0, 0, 1]), np.array([2, 2, 2, 1, 2, 3])
    for order in (slice(None), slice(None, None, -1)):
        close(student.roc_auc(y[order], s[order]), 7 / 9)
    close(student.roc_auc([0, 1, 0, 1, 1], [7, 7, 7, 7, 7]), 0.5)
    y, s = rng.permutation(np.arange(30) % 2), rng.integers(0, 4, 30)
    for order in (np.arange(30), np.lexsort((y, s)), np.lexsort((-y, s))):
        close(student.roc_auc(y[order], s[order]), duels(y, s))


@task("roc_auc", points=2)
def test_only_the_order_counts(student, rng):
    """depends on the order of the scores, not on their size"""
    close(student.roc_auc([1, 0, 1, 0], [4, 3, 2, 1]), 0.75)
    close(student.roc_auc([1, 0, 1, 0], [4e9, 3e-9, -2e9, -3e9]), 0.75)
    y, s = rng.permutation(np.arange(25) % 2), rng.integers(-6, 6, 25).astype(float)
    exact = duels(y, s)
    for changed, value in [(np.exp(s), exact), (s**3 - 100, exact), (-s, 1 - exact), (1e6 * s, exact)]:
        close(student.roc_auc(y, changed), value)


@task("roc_auc", points=1)
def test_ones_by_their_ink(student, digits):
    """says how well the amount of ink tells a 1 from a 0"""
    X, y = digits
    few = np.flatnonzero(y < 2)[:6]
    close(student.roc_auc(y[few], X[few].sum(axis=1)), duels(y[few], X[few].sum(axis=1)))
    both = np.flatnonzero(y < 2)
    for column in (X[both].sum(axis=1), X[both, 28], X[both, 0]):  # all ink; one pixel in the middle; a pixel that is 0 everywhere
        close(student.roc_auc(y[both], column), duels(y[both], column))


@task("roc_auc", points=1)
def test_auc_refuses(student):
    """refuses a missing class and unequal lengths, changes nothing"""
    refuses(student.roc_auc, [1, 1], [0.2, 0.4])
    refuses(student.roc_auc, [0, 0, 0], [0.2, 0.4, 0.1])
    refuses(student.roc_auc, [0, 1], [0.2, 0.4, 0.1])
    keeps(student.roc_auc, np.array([0, 1, 0]), np.array([0.3, 0.1, 0.2]))


# --- expected_calibration_error -----------------------------------------------------------------


def gaps(probs, y, n_bins):
    """The calibration error sample by sample and bin by bin."""
    total = 0.0
    for b in range(n_bins):
        held = [(max(row), int(np.argmax(row)) == c) for row, c in zip(probs, y) if b < max(row) * n_bins <= b + 1]
        if held:
            total += len(held) / len(y) * abs(sum(r for _, r in held) / len(held) - sum(s for s, _ in held) / len(held))
    return total


def sure(*confidences):
    """Rows of two probabilities, the first of them this one."""
    return [[p, 1 - p] for p in confidences]


def cautious(probs, n_bins):
    """These rows without those whose confidence lies within 1e-6 of an inner edge of a bin: rounding may decide there."""
    steps = probs.max(axis=1) * n_bins
    return probs[np.abs(steps - np.round(steps)) > 1e-6]


@task("expected_calibration_error", points=3)
def test_three_bins_of_one(student, rng):
    """is the gap between confidence and share of right ones, bin by bin"""
    close(student.expected_calibration_error([[0.95, 0.05], [0.15, 0.85], [0.35, 0.65]], [0, 1, 0]), 0.85 / 3)
    close(student.expected_calibration_error(sure(0.75, 0.75, 0.75, 0.75), [0, 0, 0, 1]), 0.0, atol=1e-12)
    for n_bins in (10, 7):
        probs = cautious(rng.dirichlet([1.5, 1, 1], 60), n_bins)
        y = rng.integers(0, 3, len(probs))
        close(student.expected_calibration_error(probs, y, n_bins), gaps(probs, y, n_bins))


@task("expected_calibration_error", points=2)
def test_bins_by_their_share(student, rng):
    """weights a bin by its share of the samples, an empty one not at all"""
    close(student.expected_calibration_error(sure(0.95, 0.95, 0.95, 0.55), [0, 0, 0, 1]), (3 * 0.05 + 0.55) / 4)
    close(student.expected_calibration_error(sure(0.65), [0], n_bins=50), 0.35)
    probs = cautious(np.array(sure(*rng.uniform(0.9, 1, 40), *rng.uniform(0.5, 0.6, 3))), 10)
    y = rng.integers(0, 2, len(probs))
    close(student.expected_calibration_error(probs, y), gaps(probs, y, 10))


@task("expected_calibration_error", points=2)
def test_full_confidence(student, rng):
    """counts full confidence in the last bin"""
    close(student.expected_calibration_error([[1, 0], [0, 1]], [0, 0]), 0.5)
    close(student.expected_calibration_error([[1, 0], [0.05, 0.95]], [1, 1]), abs(0.5 - 0.975))
    close(student.expected_calibration_error([[0, 0, 1], [1, 0, 0]], [2, 0], n_bins=4), 0.0, atol=1e-12)
    right = rng.integers(0, 2, 20)
    close(student.expected_calibration_error(np.eye(2)[np.zeros(20, int)], right), np.mean(right))


@task("expected_calibration_error", points=1)
def test_too_sure_and_too_timid(student, rng):
    """does not let one bin's excess pay for another's lack"""
    close(student.expected_calibration_error(sure(0.75, 0.65), [1, 0]), (0.75 + 0.35) / 2)
    p, q = rng.uniform(0.52, 0.58), rng.uniform(0.91, 0.99)
    close(student.expected_calibration_error(sure(p, q), [0, 1]), (1 - p + q) / 2)


@task("expected_calibration_error", points=1)
def test_few_bins_and_many_classes(student, rng):
    """takes the largest of many probabilities, in any number of bins"""
    probs = [[0.2, 0.35, 0.45], [0.6, 0.3, 0.1], [0.1, 0.75, 0.15]]
    close(student.expected_calibration_error(probs, [2, 1, 1], n_bins=1), abs(2 / 3 - 0.6))
    close(student.expected_calibration_error(probs, [2, 1, 1], n_bins=2), (0.55 + abs(1 - 0.6 - 0.75)) / 3)
    close(student.expected_calibration_error(sure(0.75, 0.6), [0, 1], n_bins=4), 0.175)  # 0.75 is an edge without rounding: it ends its bin
    for n_bins in (1, 3, 40):
        probs = cautious(rng.dirichlet(np.ones(5), 80), n_bins) if n_bins > 1 else rng.dirichlet(np.ones(5), 80)
        y = rng.integers(0, 5, len(probs))
        close(student.expected_calibration_error(probs, y, n_bins), gaps(probs, y, n_bins))


@task("expected_calibration_error", points=1)
def test_calibration_refuses(student):
    """refuses shapes that do not fit and less than one bin, changes nothing"""
    refuses(student.expected_calibration_error, sure(0.75, 0.65), [1, 0, 1])
    refuses(student.expected_calibration_error, [0.75, 0.25], [1, 0])
    refuses(student.expected_calibration_error, sure(0.75, 0.65), [1, 0], n_bins=0)
    keeps(student.expected_calibration_error, np.array(sure(0.75, 0.65)), np.array([1, 0]))


# --- bootstrap_accuracy_ci ----------------------------------------------------------------------


def quantile(n, hits, q):
    """The q-quantile of the number of right ones among n rows drawn with replacement of which hits are right."""
    if q <= 0 or q >= 1:
        return 0 if q <= 0 else n
    total, p = 0.0, hits / n
    for k in range(n + 1):
        total += math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) + k * math.log(p) + (n - k) * math.log1p(-p))
        if total >= q:
            return k
    return n


def ends(pair, n, hits, confidence, n_boot, chance=None):
    """Both ends are quantiles of the binomial distribution, but for the chance in n_boot shares.

    The share of the n_boot counts that are at most k hardly ever differs from its probability F(k) by more than 6
    standard deviations, so the ends lie between the quantiles at q - 6 sd and q + 6 sd. How rarely they do not, added
    up from binomial probabilities, is the checks' false_fail.
    """
    low, high = pair
    tail = (1 - confidence) / 2
    for value, q, twice, what in [(low, tail, 2 * tail, "the lower end"), (high, 1 - tail, 1 - 2 * tail, "the upper end")]:
        got = between(value, -1e-9, 1 + 1e-9, what)
        least, most = ([quantile(n, hits, at + sign * 6 * math.sqrt(at * (1 - at) / n_boot)) / n for at in (q, twice)] for sign in (-1, 1))
        right, doubled = (a - 1e-9 <= got <= b + 1e-9 for a, b in zip(least, most))
        assert right or not doubled or n < 100, f"{what} is {got:.4g}, the quantile {twice:.4g} of the shares, not {q:.4g}:\ntwo tails share what is left out"
        assert right or chance is None or got > chance + 0.12, f"{what} is {got:.4g}, as if one guessed:\nare labels and predictions drawn separately?"
        between(got, least[0], most[0], what)


def answers(rng, n, hits):
    """Labels of three classes and predictions, hits of which are right."""
    y = rng.integers(0, 3, n)
    wrong = rng.permutation(n) >= hits
    return y, np.where(wrong, (y + rng.integers(1, 3, n)) % 3, y)


@task("bootstrap_accuracy_ci", points=3, false_fail=2e-9)
def test_ten_rows_and_more(student, rng):
    """lies where the accuracy of rows drawn again lies"""
    pair = student.bootstrap_accuracy_ci([0, 1, 0, 1, 0, 1, 0, 1, 0, 1], [0, 1, 0, 1, 0, 1, 0, 1, 0, 0], rng=seed(rng))
    ends(pair, 10, 9, 0.95, 2000, chance=1 / 2)  # (0.7, 1)
    for n, hits, n_boot in [(60, 45, 2000), (500, 300, 8000)]:
        y, p = answers(rng, n, hits)
        ends(student.bootstrap_accuracy_ci(y, p, n_boot, rng=seed(rng)), n, hits, 0.95, n_boot, chance=1 / 3)


@task("bootstrap_accuracy_ci", points=2, false_fail=7e-9)
def test_other_confidence(student, rng):
    """is narrower for less confidence, wider for more"""
    ends(student.bootstrap_accuracy_ci([1, 1, 0, 0], [1, 1, 0, 1], 4000, 0.5, rng=seed(rng)), 4, 3, 0.5, 4000)
    y, p = answers(rng, 500, 400)
    for confidence in (0.8, 0.99):
        ends(student.bootstrap_accuracy_ci(y, p, 6000, confidence, rng=seed(rng)), 500, 400, confidence, 6000)


@task("bootstrap_accuracy_ci", points=1, false_fail=0)
def test_nothing_left_to_chance(student, rng):
    """is (1, 1) for a perfect classifier, and a point for one resample"""
    for y in ([2, 0, 1], [2, 0]):
        low, high = student.bootstrap_accuracy_ci(y, y, n_boot=50, rng=0)
        close([low, high], [1, 1])
    y = rng.integers(0, 2, 30)
    low, high = student.bootstrap_accuracy_ci(y, 1 - y, n_boot=50, rng=0)
    close([low, high], [0, 0], atol=1e-12)
    low, high = student.bootstrap_accuracy_ci(*answers(rng, 40, 25), n_boot=1, rng=seed(rng))
    share = between(low, 0, 1, "the lower end")
    close(high, share, what="the upper end for n_boot = 1")
    close(40 * share, round(40 * share), atol=1e-9, what="40 times the share of right ones in one resample of 40 rows")


@task("bootstrap_accuracy_ci", points=1, false_fail=6e-7)
def test_interval_comes_from_the_seed(student, rng):
    """gives the same interval for the same seed, others for others"""
    y, p = answers(rng, 300, 240)
    seeds = rng.integers(2**31, size=12).tolist()
    pairs = [np.array(close(student.bootstrap_accuracy_ci(y, p, 5, rng=s), [0.8, 0.8], atol=0.8)) for s in seeds]
    close(student.bootstrap_accuracy_ci(y, p, 5, rng=seeds[0]), pairs[0], what="the interval for the same seed once more")
    # The lower end for 5 resamples takes no value with probability above 1/4: 12 alike happen with less than 1e-6.
    assert len({tuple(pair.tolist()) for pair in pairs}) > 1, "12 seeds gave one and the same interval: rng is not used"
    fresh = {tuple(close(student.bootstrap_accuracy_ci(y, p, 5), [0.8, 0.8], atol=0.8)) for _ in range(12)}
    assert len(fresh) > 1, "12 calls without an rng gave one and the same interval: None asks for fresh chance"
    between(student.bootstrap_accuracy_ci(y, p, 200, rng=np.random.default_rng(seeds[0]))[0], 0.6, 0.8, "the lower end with a Generator")


@task("bootstrap_accuracy_ci", points=1, false_fail=0)
def test_bootstrap_refuses(student):
    """refuses unequal lengths, one row and impossible levels, changes nothing"""
    refuses(student.bootstrap_accuracy_ci, [0, 1, 1], [0, 1], rng=0)
    refuses(student.bootstrap_accuracy_ci, [0, 1, 1], [1], rng=0)
    refuses(student.bootstrap_accuracy_ci, [1], [1], rng=0)
    refuses(student.bootstrap_accuracy_ci, [0, 1], [0, 1], n_boot=0, rng=0)
    for confidence in (0, 1, 95):
        refuses(student.bootstrap_accuracy_ci, [0, 1], [0, 1], confidence=confidence, rng=0)
    keeps(student.bootstrap_accuracy_ci, np.array([0, 1, 1]), np.array([0, 0, 1]), n_boot=9, rng=0)


# --- paired_permutation_test --------------------------------------------------------------------


def coin(only_a, only_b):
    """P(|heads - tails| >= |only_a - only_b|) for only_a + only_b fair coins, with whole numbers."""
    n = only_a + only_b
    return sum(math.comb(n, k) for k in range(n + 1) if abs(2 * k - n) >= abs(only_a - only_b)) / 2**n


def plain(only_a, only_b, both, neither):
    """Labels 1, and two predictions with these numbers of rows in which A alone, B alone, both, neither are right."""
    counts = [only_a, only_b, both, neither]
    return np.ones(sum(counts), int), np.repeat([1, 0, 1, 0], counts), np.repeat([0, 1, 1, 0], counts)


def rivals(rng, only_a, only_b, both, neither):
    """The same with three classes, in random order."""
    _, a, b = plain(only_a, only_b, both, neither)
    order = rng.permutation(len(a))
    y = rng.integers(0, 3, len(order))
    wrong = lambda: (y + rng.integers(1, 3, len(order))) % 3
    return y, np.where(a[order] == 1, y, wrong()), np.where(b[order] == 1, y, wrong())


def one_pot(n, hits_a, hits_b):
    """P of such a difference if all 2n answers are mixed and dealt out again."""
    total = hits_a + hits_b
    ways = lambda k: math.comb(total, k) * math.comb(2 * n - total, n - k)
    return sum(ways(k) for k in range(n + 1) if abs(2 * k - total) >= abs(hits_a - hits_b)) / math.comb(2 * n, n)


def p_value(student, chance, only_a, only_b, both, neither, n_permutations=5000, generator=int, shuffle=True):
    """The p-value for rows with these numbers of right answers. The tolerance is 6 standard deviations of a
    share of n_permutations, and the +1; how rarely a right answer leaves it is the checks' false_fail."""
    y, a, b = rivals(np.random.default_rng(chance), only_a, only_b, both, neither) if shuffle else plain(only_a, only_b, both, neither)
    exact, n, m = coin(only_a, only_b), only_a + only_b + both + neither, only_a + only_b
    more = sum(math.comb(m, k) for k in range(m + 1) if abs(2 * k - m) > abs(only_a - only_b)) / 2**m
    wrong = {one_pot(n, only_a + both, only_b + both): "rows are mixed: exchange the two predictions within each row",
             more: "equality counts: \"at least as extreme\" includes differences as large as yours",
             sum(math.comb(m, k) for k in range(max(only_a, 0), m + 1)) / 2**m: "two-sided: B could have been as far ahead, compare absolute values",
             1.0: "each row is exchanged for itself, not all rows at once"}
    value = student.paired_permutation_test(y, a, b, n_permutations, generator(chance))
    near(value, exact, 6 * math.sqrt(exact * (1 - exact) / n_permutations) + 2 / n_permutations, wrong, "the p-value")


@task("paired_permutation_test", points=4, false_fail=9e-9)
def test_three_to_nothing(student, rng):
    """is the chance of such a difference if A and B were equals"""
    p_value(student, seed(rng), 3, 0, 1, 0, shuffle=False)  # 2/8; in one pot 1/7
    p_value(student, seed(rng), 15, 5, 140, 40)  # 0.041; in one pot 0.30
    p_value(student, seed(rng), 3, 9, 60, 8, 20000)


@task("paired_permutation_test", points=2, false_fail=5e-9)
def test_as_extreme_counts(student, rng):
    """counts what is just as extreme, on either side"""
    p_value(student, seed(rng), 1, 0, 1, 0, shuffle=False)
    p_value(student, seed(rng), 0, 2, 0, 1, shuffle=False)
    for only_a, only_b in [(1, 4), (2, 2), (4, 1)]:
        p_value(student, seed(rng), only_a, only_b, 10, 5)


@task("paired_permutation_test", points=1, false_fail=0)
def test_twins(student, rng):
    """is 1 for identical predictions, and for equal accuracies"""
    close(student.paired_permutation_test([0, 1, 1], [0, 1, 0], [0, 1, 0], rng=seed(rng)), 1.0)
    close(student.paired_permutation_test(*rivals(rng, 4, 4, 9, 2), rng=seed(rng)), 1.0)
    close(student.paired_permutation_test([0, 0], [1, 1], [2, 1], rng=seed(rng)), 1.0)


@task("paired_permutation_test", points=1, false_fail=1e-10)
def test_never_zero(student, rng):
    """is never 0, however clear the case"""
    # All 40 coins fall alike in one of 50 permutations with probability 50 / 2^39 = 1e-10.
    between(student.paired_permutation_test([1] * 40, [1] * 40, [0] * 40, n_permutations=50, rng=seed(rng)), 2.0**-40, 1 / 51 * (1 + 1e-9), "the p-value of 40 to 0")
    for permutations in (99, 2000):
        value = student.paired_permutation_test(*rivals(rng, 60, 0, 20, 5), n_permutations=permutations, rng=seed(rng))
        between(value, 2.0**-60, 1 / (1 + permutations) * (1 + 1e-9), "the p-value of 60 to 0")


@task("paired_permutation_test", points=1, false_fail=5e-9)
def test_p_comes_from_the_seed(student, rng):
    """gives the same for a seed, and nearly so with A and B exchanged"""
    p_value(student, seed(rng), 1, 2, 0, 1, shuffle=False)
    y, a, b = rivals(rng, 14, 6, 30, 9)
    chance = seed(rng)
    one = close(student.paired_permutation_test(y, a, b, rng=chance), coin(14, 6), atol=0.1)
    close(student.paired_permutation_test(y, a, b, rng=chance), one, what="p for the same seed once more")
    for only_a, only_b in [(14, 6), (6, 14)]:
        p_value(student, chance, only_a, only_b, 30, 9, generator=np.random.default_rng)


@task("paired_permutation_test", points=1, false_fail=0)
def test_paired_refuses(student):
    """refuses unequal lengths and leaves its arguments alone"""
    refuses(student.paired_permutation_test, [0, 1, 1], [0, 1], [0, 1, 1], rng=0)
    refuses(student.paired_permutation_test, [0, 1, 1], [1], [0, 1, 1], rng=0)
    refuses(student.paired_permutation_test, [0, 1, 1], [0, 1, 1], [1], rng=0)
    refuses(student.paired_permutation_test, [0, 1, 1], [0, 1, 0], [0, 1], rng=0)
    refuses(student.paired_permutation_test, [0, 1], [0, 1, 0], [0, 1, 1], rng=0)
    keeps(student.paired_permutation_test, np.array([0, 1, 1]), np.array([0, 1, 0]), np.array([1, 1, 1]), n_permutations=20, rng=0)


# --- probability_a_beats_b ----------------------------------------------------------------------


def larger(u, v, s, t):
    """P(a > b) for a of Beta(u, v) and b of Beta(s, t), whole numbers: a finite sum."""
    B = lambda u, v: math.lgamma(u) + math.lgamma(v) - math.lgamma(u + v)
    # P(b < x) = Σ_{i >= s} C(m, i) x^i (1-x)^(m-i) with m = s + t - 1; its mean over a's density is a sum of Beta functions.
    m = s + t - 1
    return sum(math.exp(math.lgamma(m + 1) - math.lgamma(i + 1) - math.lgamma(m - i + 1) + B(u + i, v + m - i) - B(u, v)) for i in range(s, m + 1))


def wager(student, chance, hits_a, n_a, hits_b, n_b, n_draws=100000):
    """6 standard deviations of n_draws, which a right answer leaves with probability 2e-9, and the contract's 1e-4."""
    a, b = (hits_a + 1, n_a - hits_a + 1), (hits_b + 1, n_b - hits_b + 1)
    exact, higher = larger(*a, *b), hits_a * n_b - hits_b * n_a
    wrong = {larger(a[0], n_a + 1, b[0], n_b + 1): "the second parameter of Beta counts misses, n - hits + 1",
             1 - exact: "this is the probability that B's accuracy is larger, or the parameters of Beta are exchanged"}
    if higher:
        wrong[float(higher > 0)] = "this is certainty, and so few data give none: are A and B drawn from one generator, one after the other?"
    if min(hits_a, n_a - hits_a, hits_b, n_b - hits_b) > 0:
        wrong[larger(hits_a, n_a - hits_a, hits_b, n_b - hits_b)] = "the flat start adds 1 to hits and to misses"
    value = student.probability_a_beats_b(hits_a, n_a, hits_b, n_b, n_draws, chance)
    near(value, exact, 6 * math.sqrt(exact * (1 - exact) / n_draws) + 1e-4, wrong, "the probability")


@task("probability_a_beats_b", points=3, false_fail=8e-9)
def test_one_against_none(student, rng):
    """is the probability that A's true accuracy is larger"""
    wager(student, seed(rng), 1, 1, 0, 1)  # 5/6
    wager(student, seed(rng), 9, 12, 14, 25)  # 0.85
    for n in (30, 400):
        n_a, n_b = (int(v) for v in rng.integers(n // 2, n, 2))
        wager(student, seed(rng), int(0.6 * n_a), n_a, int(0.55 * n_b), n_b)


@task("probability_a_beats_b", points=2, false_fail=1e-8)
def test_few_rows_say_little(student, rng):
    """stays in doubt where there are few data"""
    for data in [(0, 0, 0, 0), (1, 1, 0, 0), (2, 2, 1, 3), (0, 2, 0, 0), (3, 3, 9, 10)]:
        wager(student, seed(rng), *data)


@task("probability_a_beats_b", points=1, false_fail=8e-9)
def test_unequal_numbers(student, rng):
    """weighs a short test against a long one, whoever is named first"""
    wager(student, seed(rng), 1, 2, 30, 100)
    for data in [(4, 5, 70, 100), (70, 100, 4, 5), (430, 450, 425, 450)]:
        wager(student, seed(rng), *data, 50000)


@task("probability_a_beats_b", points=1, false_fail=4e-9)
def test_wager_comes_from_the_seed(student, rng):
    """gives the same for the same seed"""
    chance = seed(rng)
    first = between(student.probability_a_beats_b(3, 5, 2, 5, n_draws=1000, rng=chance), 0, 1, "the probability")
    close(student.probability_a_beats_b(3, 5, 2, 5, n_draws=1000, rng=chance), first, what="the same seed once more")
    between(student.probability_a_beats_b(1, 1, 0, 1, rng=chance), 0.82, 0.85, "the probability")  # 5/6, and 100,000 draws err by 0.0012
    wager(student, np.random.default_rng(chance), 3, 5, 2, 5)
    wager(student, None, 3, 5, 2, 5)


@task("probability_a_beats_b", points=1, false_fail=0)
def test_wager_refuses(student):
    """refuses more hits than trials, and less than none"""
    refuses(student.probability_a_beats_b, 3, 2, 1, 2, rng=0)
    refuses(student.probability_a_beats_b, 1, 2, 3, 2, rng=0)
    refuses(student.probability_a_beats_b, -1, 2, 1, 2, rng=0)
    refuses(student.probability_a_beats_b, 1, 2, -1, 2, rng=0)


# --- input_gradient -----------------------------------------------------------------------------


def smooth(rng, params, n, d):
    """Rows at which no hidden unit is within 0.01 of its corner: the central difference meets no kink."""
    X = rng.normal(size=(50 * n, d))
    return X[np.abs(forward(params, X)[0]).min(axis=1) > 0.01][:n]


def slopes(params, X, y, h=1e-5):
    """Central differences of each sample's own loss by its own features."""
    result = np.zeros(X.shape)
    for i, j in np.ndindex(X.shape):
        ends = [X[i] + sign * h * np.eye(X.shape[1])[j] for sign in (1, -1)]
        result[i, j] = -np.subtract(*forward(params, ends)[1][:, y[i]]) / 2 / h
    return result


@task("input_gradient", points=3)
def test_slopes_of_the_loss(student, rng):
    """equals the numerical slope of each sample's loss"""
    p = 1 / (1 + math.exp(-4))
    close(student.input_gradient(SMALL, [[1, 3]], [1]), [[p, p]])
    close(student.input_gradient(SMALL, [[1, 3]], [0]), [[p - 1, p - 1]])
    for n, d, h, K in [(1, 3, 4, 2), (4, 3, 6, 5)]:
        params = network(rng, d, h, K)
        X, y = smooth(rng, params, n, d), rng.integers(0, K, n)
        close(student.input_gradient(params, X, y), slopes(params, X, y), rtol=1e-6, atol=1e-8)  # the difference errs by 1e-9


@task("input_gradient", points=2)
def test_own_loss_only(student, rng):
    """does not change for a sample when others come along"""
    p = 1 / (1 + math.exp(-4))
    close(student.input_gradient(SMALL, [[1, 3], [1, 3]], [1, 1]), [[p, p], [p, p]])
    close(student.input_gradient(SMALL, [[1, 3], [1, 3], [0, -1]], [1, 0, 0])[:2], [[p, p], [p - 1, p - 1]])
    params = network(rng, 4, 5, 3)
    X, y = smooth(rng, params, 9, 4), rng.integers(0, 3, 9)
    all_at_once = close(student.input_gradient(params, X, y), slopes(params, X, y), rtol=1e-6, atol=1e-8)
    close(student.input_gradient(params, X[4:5], y[4:5]), all_at_once[4:5])


@task("input_gradient", points=1)
def test_square_and_switched_off(student, rng):
    """is right where all sizes are equal, and 0 where all units are off"""
    close(student.input_gradient(SMALL | {"b1": np.full(2, -9)}, [[1, 3]], [1]), [[0, 0]], atol=1e-12)
    close(student.input_gradient(SMALL, [[0, 0]], [1]), [[0, 0]], atol=1e-12)  # both units exactly at 0: the slope counts as 0
    close(student.input_gradient(SMALL, [[2, 0], [3, 1]], [0, 1]), slopes(SMALL, np.array([[2.0, 0.0], [3.0, 1.0]]), [0, 1]), rtol=1e-6, atol=1e-8)
    params = network(rng, 4, 4, 4)
    X, y = smooth(rng, params, 4, 4), rng.permutation(4)
    close(student.input_gradient(params, X, y), slopes(params, X, y), rtol=1e-6, atol=1e-8)


@task("input_gradient", points=1)
def test_step_against_it(student, rng, digits):
    """leads downhill: a small step against it makes each digit's loss smaller"""
    X, y = np.array([[1.0, 3.0]]), [1]
    for params, X, y in [(SMALL, X, y), (network(rng, 64, 12, 10, 0.2), digits[0][:20] / 16, digits[1][:20])]:
        g = close(student.input_gradient(params, X, y), np.zeros(X.shape), atol=np.inf)
        before, after = (-forward(params, x)[1][np.arange(len(y)), y] for x in (X, X - 1e-4 * g))
        worse = np.flatnonzero(after > before)
        row = int(worse[0]) if len(worse) else 0
        assert not len(worse), f"the loss of sample {row} goes from {before[row]:.9g} to {after[row]:.9g} with a step of 0.0001 against its gradient"


@task("input_gradient", points=2, seconds=2)
def test_cost_of_many_features(student, rng):
    """costs about as much as a forward pass, not one for each feature"""
    p = 1 / (1 + math.exp(-4))
    close(student.input_gradient(SMALL, [[1, 3]], [1]), [[p, p]])
    n, d = 4, 20000  # some milliseconds, and 20,000 times as many where the features are nudged one by one
    params = network(rng, d, 16, 3)
    params = params | {"W1": params["W1"] / math.sqrt(d)}
    X, y, step = rng.normal(size=(n, d)), rng.integers(0, 3, n), rng.normal(size=(n, d))
    got = close(student.input_gradient(params, X, y), np.zeros((n, d)), atol=np.inf, what="the gradient")
    # The slope along a random direction: where no unit crosses its corner the loss is smooth, and the difference errs by 1e-8.
    same = ((X + 1e-5 * step) @ params["W1"] + params["b1"] > 0) == ((X - 1e-5 * step) @ params["W1"] + params["b1"] > 0)
    smooth_rows = np.flatnonzero(same.min(axis=1))
    ends = [-logs(params, X + sign * 1e-5 * step)[np.arange(n), y] for sign in (1, -1)]
    close(np.sum(got * step, axis=1)[smooth_rows], np.subtract(*ends)[smooth_rows] / 2e-5, rtol=1e-5, atol=1e-6, what="the gradient, times a random direction")


@task("input_gradient", points=1)
def test_gradient_refuses(student, rng):
    """refuses shapes that do not fit, and changes nothing"""
    refuses(student.input_gradient, SMALL, [1, 3], [1])
    refuses(student.input_gradient, SMALL, [[1, 3, 2]], [1])
    refuses(student.input_gradient, SMALL, [[1, 3]], [1, 0])
    keeps(student.input_gradient, network(rng, 3, 4, 2), rng.normal(size=(2, 3)), np.array([1, 0]))
