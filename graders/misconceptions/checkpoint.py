"""Wrong answers to project 6, each right but for one slip, and what a tutor says: <task>__<slip>."""
import math

import numpy as np


def _require(condition):
    if not condition:
        raise ValueError("bad input")


def _softmax(scores, axis=1):
    weights = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return weights / weights.sum(axis=axis, keepdims=True)


def _labels(y, test_fraction):
    _require(0 < test_fraction < 1)
    return np.asarray(y)


def _by_class(y, test_fraction, rng, members=lambda rows, rng: rng.permutation(rows), size=lambda f, n: round(f * n)):
    """A right split, but for the order of a class's members and how many of them are taken."""
    y, rng = _labels(y, test_fraction), np.random.default_rng(rng)
    train, test = [], []
    for label in np.unique(y):
        rows = members(np.flatnonzero(y == label), rng)
        taken = size(test_fraction, len(rows))
        test.append(rows[:taken])
        train.append(rows[taken:])
    return np.concatenate(train), np.concatenate(test)


def _tables(X_train, X_test, k):
    A, B = np.asarray(X_train, float), np.asarray(X_test, float)
    _require(A.ndim == B.ndim == 2 and A.shape[1] == B.shape[1] and 1 <= k <= min(len(A) - 1, A.shape[1]))
    return A, B


def _axes(A):
    return np.linalg.svd(A, full_matrices=False)[2]


def _net(params, X):
    """The table, and the parameters as float arrays."""
    X, p = np.asarray(X, float), {name: np.asarray(value, float) for name, value in params.items()}
    _require(X.ndim == 2 and X.shape[1] == len(p["W1"]))
    return X, p


def _scores(params, X):
    X, p = _net(params, X)
    return np.maximum(X @ p["W1"] + p["b1"], 0) @ p["W2"] + p["b2"]


def _train(X, y, hidden, n_epochs, weight_decay, rng, *, start=1.0, lr=0.05, batch=64, momentum=0.9, uphill=1.0, classes=None, cut=True, tear=False):
    """A right training, but for the slip that an option makes."""
    X, y, rng = np.asarray(X, float), np.asarray(y).astype(int), np.random.default_rng(rng)
    _require(X.ndim == 2 and y.shape == X.shape[:1])
    Y = np.eye(classes or y.max() + 1)[y]
    sizes = {"W1": (X.shape[1], hidden), "b1": hidden, "W2": (hidden, Y.shape[1]), "b2": Y.shape[1]}
    p = {name: start * rng.normal(size=size) / math.sqrt(size[0]) if name[0] == "W" else np.zeros(size) for name, size in sizes.items()}
    speed = {name: 0.0 for name in p}
    with np.errstate(all="ignore"):
        for _ in range(n_epochs):
            for rows in np.array_split(rng.permutation(len(X)), len(X) // (batch or len(X) + 1) + 1):
                x = X[rng.permutation(rows)] if tear else X[rows]
                H = x @ p["W1"] + p["b1"]
                H = np.maximum(H, 0) if cut else H
                D2 = (_softmax(H @ p["W2"] + p["b2"]) - Y[rows]) / len(rows)
                D1 = D2 @ p["W2"].T * (H > 0 if cut else 1)
                slope = {"W1": x.T @ D1 + weight_decay * p["W1"], "b1": D1.sum(axis=0), "W2": H.T @ D2 + weight_decay * p["W2"], "b2": D2.sum(axis=0)}
                for name in p:
                    speed[name] = momentum * speed[name] - uphill * lr * slope[name]
                    p[name] = p[name] + speed[name]
    return p


def _pairs(y_true, y_pred, n_classes):
    t, p = np.asarray(y_true).astype(int), np.asarray(y_pred).astype(int)
    _require(t.ndim == 1 and t.shape == p.shape)
    _require(0 <= min(t.min(), p.min()) and max(t.max(), p.max()) < n_classes)
    return t, p


def _scored(y_true, scores):
    y, s = np.asarray(y_true, float), np.asarray(scores, float)
    _require(y.ndim == 1 and y.shape == s.shape and 0 < y.sum() < len(y))
    return y, s


def _curve(y, s, by=None):
    """The corners of the ROC curve: rates of false and of true positives, one group of equal scores after the other."""
    groups = np.unique(-s if by is None else by, return_inverse=True)[1]
    positive, negative = np.bincount(groups, weights=y), np.bincount(groups, weights=1 - y)
    return np.r_[0, np.cumsum(negative)] / negative.sum(), np.r_[0, np.cumsum(positive)] / positive.sum()


def _under(x, y):
    return float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2))


def _judged(probs, y, n_bins):
    probs, y = np.asarray(probs, float), np.asarray(y).astype(int)
    _require(probs.ndim == 2 and y.shape == probs.shape[:1] and n_bins >= 1)
    return probs, y


def _binned(sure, right, n_bins, left_closed=False):
    """Per bin: how many samples, the sum of the right ones, the sum of the confidences."""
    b = np.floor(sure * n_bins) if left_closed else np.clip(np.ceil(sure * n_bins) - 1, 0, n_bins - 1)
    b = b.astype(int)
    return [np.bincount(b, weights=w, minlength=n_bins)[:n_bins] for w in (np.ones(len(sure)), right, sure)]


def _confident(probs, y):
    return probs.max(axis=1), (probs.argmax(axis=1) == y).astype(float)


def _compared(y_true, y_pred, n_boot, confidence, rng):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    _require(t.ndim == 1 and t.shape == p.shape and len(t) >= 2 and n_boot >= 1 and 0 < confidence < 1)
    return t, p, np.random.default_rng(rng)


def _resampled(right, n_boot, rng):
    return right[rng.integers(len(right), size=(n_boot, len(right)))].mean(axis=1)


def _middle(shares, confidence):
    low, high = np.quantile(shares, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _gains(y_true, pred_a, pred_b, rng):
    y, a, b = map(np.asarray, (y_true, pred_a, pred_b))
    _require(y.ndim == 1 and y.shape == a.shape == b.shape)
    return (a == y).astype(int) - (b == y).astype(int), np.random.default_rng(rng)


def _flipped(gain, n_permutations, rng):
    gain = gain[gain != 0]
    return rng.choice([-1, 1], size=(n_permutations, len(gain))) @ gain


def _counts(hits_a, n_a, hits_b, n_b):
    _require(0 <= hits_a <= n_a and 0 <= hits_b <= n_b)


def _backward(params, X, y):
    """Hidden layer, probabilities, one row of the unit matrix per label, and the parameters."""
    X, p = _net(params, X)
    y = np.asarray(y).astype(int)
    _require(y.shape == X.shape[:1])
    H = np.maximum(X @ p["W1"] + p["b1"], 0)
    P = _softmax(H @ p["W2"] + p["b2"])
    return H, P, np.eye(P.shape[1])[y], p


# --- stratified_split ---------------------------------------------------------------------------


def stratified_split__one_split_of_all_rows(y, test_fraction=0.25, rng=None):
    """Rare classes may be missing in the test set: split class by class, not all rows at once."""
    y = _labels(y, test_fraction)
    rows = np.random.default_rng(rng).permutation(len(y))
    taken = round(test_fraction * len(y))
    return rows[taken:], rows[:taken]


def stratified_split__draws_twice(y, test_fraction=0.25, rng=None):
    """You draw both sets independently: some rows are in both, and the model is tested on what it has seen."""
    y, rng = _labels(y, test_fraction), np.random.default_rng(rng)
    train, test = [], []
    for label in np.unique(y):
        rows = np.flatnonzero(y == label)
        taken = round(test_fraction * len(rows))
        test.append(rng.permutation(rows)[:taken])
        train.append(rng.permutation(rows)[taken:])
    return np.concatenate(train), np.concatenate(test)


def stratified_split__rows_as_floats(y, test_fraction=0.25, rng=None):
    """Your row numbers are floats: np.append and np.concatenate make floats of an empty array's neighbours. Begin with an empty list."""
    y, rng = _labels(y, test_fraction), np.random.default_rng(rng)
    train, test = np.array([]), np.array([])
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        taken = round(test_fraction * len(rows))
        train, test = np.append(train, rows[taken:]), np.append(test, rows[:taken])
    return train, test


def stratified_split__labels_for_rows(y, test_fraction=0.25, rng=None):
    """You return labels. Row numbers are asked for, so that X and y can be cut the same way."""
    train, test = _by_class(y, test_fraction, rng)
    return np.asarray(y)[train], np.asarray(y)[test]


def stratified_split__numbers_within_the_class(y, test_fraction=0.25, rng=None):
    """Your numbers count within a class. Translate them into rows of y: np.flatnonzero(y == label) holds those."""
    return _by_class(y, test_fraction, rng, members=lambda rows, rng: rng.permutation(len(rows)))


def stratified_split__first_members(y, test_fraction=0.25, rng=None):
    """You always take the first members of each class: nothing is left to chance, and what stands together stays together."""
    return _by_class(y, test_fraction, rng, members=lambda rows, rng: rows)


def stratified_split__one_block_of_each_class(y, test_fraction=0.25, rng=None):
    """Only the place of your block is left to chance: neighbours stay together. Shuffle the members of each class."""
    return _by_class(y, test_fraction, rng, members=lambda rows, rng: np.roll(rows, rng.integers(len(rows))))


def stratified_split__always_the_same_seed(y, test_fraction=0.25, rng=None):
    """Your split is the same for every seed: begin with rng = np.random.default_rng(rng), not with a seed of your own."""
    return _by_class(y, test_fraction, 42)


def stratified_split__sets_exchanged(y, test_fraction=0.25, rng=None):
    """You return the test set first: the training set comes first, and test_fraction is the share of the second."""
    return _by_class(y, test_fraction, rng)[::-1]


def stratified_split__equal_numbers(y, test_fraction=0.25, rng=None):
    """You take equally many of every class. Stratified means equal SHARES: of a large class more, of a rare one fewer."""
    classes = np.unique(np.asarray(y))
    return _by_class(y, test_fraction, rng, size=lambda f, n: min(n - 1, max(1, round(f * len(np.asarray(y)) / len(classes)))))


def stratified_split__with_replacement(y, test_fraction=0.25, rng=None):
    """You draw with replacement: a row may be in the test set twice, and the sets no longer add up to all rows."""
    y, rng = _labels(y, test_fraction), np.random.default_rng(rng)
    test = np.concatenate([rng.choice(i, round(test_fraction * len(i))) for i in (np.flatnonzero(y == c) for c in np.unique(y))])
    return np.setdiff1d(np.arange(len(y)), test), test


def stratified_split__takes_any_fraction(y, test_fraction=0.25, rng=None):
    """You accept fractions such as 1 or 1.5: nothing would be left to train on. Raise ValueError."""
    return _by_class(y, min(max(test_fraction, 1e-9), 1 - 1e-9), rng)


# --- pca_fit_transform --------------------------------------------------------------------------


def pca_fit_transform__fits_on_both(X_train, X_test, k):
    """The test rows helped to choose mean and axes: that is data leakage. Fit on the training rows only."""
    A, B = _tables(X_train, X_test, k)
    mean = np.vstack([A, B]).mean(axis=0)
    V = _axes(np.vstack([A, B]) - mean)[:k]
    return (A - mean) @ V.T, (B - mean) @ V.T


def pca_fit_transform__mean_of_both(X_train, X_test, k):
    """Your axes are right, but the mean is that of all rows: the test rows shift the training scores. Use the training mean."""
    A, B = _tables(X_train, X_test, k)
    V = _axes(A - A.mean(axis=0))[:k]
    mean = np.vstack([A, B]).mean(axis=0)
    return (A - mean) @ V.T, (B - mean) @ V.T


def pca_fit_transform__test_not_centred(X_train, X_test, k):
    """Your training rows are shifted, your test rows are not: subtract the same mean from both."""
    A, B = _tables(X_train, X_test, k)
    V = _axes(A - A.mean(axis=0))[:k]
    return (A - A.mean(axis=0)) @ V.T, B @ V.T


def pca_fit_transform__own_mean_for_the_test(X_train, X_test, k):
    """You centre the test rows with their own mean: a single test row gets zeros. Use the TRAINING mean."""
    A, B = _tables(X_train, X_test, k)
    V = _axes(A - A.mean(axis=0))[:k]
    return (A - A.mean(axis=0)) @ V.T, (B - B.mean(axis=0)) @ V.T


def pca_fit_transform__not_centred(X_train, X_test, k):
    """Without centring, your first axis points from the origin to the mean. Subtract the training mean first."""
    A, B = _tables(X_train, X_test, k)
    V = _axes(A)[:k]
    return A @ V.T, B @ V.T


def pca_fit_transform__axes_not_centred(X_train, X_test, k):
    """Your axes come from uncentred data: the first points to the mean, not along the largest variance."""
    A, B = _tables(X_train, X_test, k)
    V = _axes(A)[:k]
    return (A - A.mean(axis=0)) @ V.T, (B - A.mean(axis=0)) @ V.T


def pca_fit_transform__sign_per_set(X_train, X_test, k):
    """A component has ONE sign for all data. You fix it for each set by itself, and so turn one of them round."""
    A, B = _tables(X_train, X_test, k)
    V = _axes(A - A.mean(axis=0))[:k]
    Z = [(T - A.mean(axis=0)) @ V.T for T in (A, B)]
    return tuple(z * np.where(z[np.abs(z).argmax(axis=0), np.arange(k)] < 0, -1, 1) for z in Z)


def pca_fit_transform__axes_for_each_set(X_train, X_test, k):
    """Your test rows are measured along axes of their own: the scores of the two sets cannot be compared."""
    A, B = _tables(X_train, X_test, k)
    V, W = (np.linalg.svd(T - A.mean(axis=0))[2][:k] for T in (A, B))
    return (A - A.mean(axis=0)) @ V.T, (B - A.mean(axis=0)) @ W.T


def pca_fit_transform__columns_of_vt(X_train, X_test, k):
    """The third thing that svd returns is V transposed: its components stand in ROWS. You took columns."""
    A, B = _tables(X_train, X_test, k)
    V = np.linalg.svd(A - A.mean(axis=0))[2][:, :k]
    return (A - A.mean(axis=0)) @ V, (B - A.mean(axis=0)) @ V


def pca_fit_transform__least_variance(X_train, X_test, k):
    """eigh sorts upwards: your axes are those of the SMALLEST variance. Take the last ones, largest first."""
    A, B = _tables(X_train, X_test, k)
    V = np.linalg.eigh(np.cov(A, rowvar=False))[1][:, :k]
    return (A - A.mean(axis=0)) @ V, (B - A.mean(axis=0)) @ V


def pca_fit_transform__standardised_scores(X_train, X_test, k):
    """You divide the scores by their standard deviation. That may come later; here the scores are asked for as they are."""
    A, B = _tables(X_train, X_test, k)
    V = _axes(A - A.mean(axis=0))[:k]
    Z = (A - A.mean(axis=0)) @ V.T
    return Z / Z.std(axis=0), (B - A.mean(axis=0)) @ V.T / Z.std(axis=0)


def pca_fit_transform__leaves_one_out(X_train, X_test, k):
    """k may be as large as min(n - 1, d): then no variance is left out, and that is legal."""
    A, B = _tables(X_train, X_test, k)
    _require(k < min(len(A) - 1, A.shape[1]))
    V = _axes(A - A.mean(axis=0))[:k]
    return (A - A.mean(axis=0)) @ V.T, (B - A.mean(axis=0)) @ V.T


def pca_fit_transform__takes_any_k(X_train, X_test, k):
    """Centred, n rows span n - 1 directions at most: a k above min(n - 1, d), or below 1, must raise ValueError."""
    A, B = np.asarray(X_train, float), np.asarray(X_test, float)
    _require(A.ndim == B.ndim == 2 and A.shape[1] == B.shape[1])
    V = _axes(A - A.mean(axis=0))[: max(k, 0)]
    return (A - A.mean(axis=0)) @ V.T, (B - A.mean(axis=0)) @ V.T


# --- predict_proba ------------------------------------------------------------------------------


def predict_proba__no_hidden_cut(params, X):
    """The network was trained with max(Z, 0) in its hidden layer: without it the scores are others."""
    X, p = _net(params, X)
    return _softmax((X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"])


def predict_proba__scores(params, X):
    """Scores are no probabilities: apply softmax to every row."""
    return _scores(params, X)


def predict_proba__sigmoids(params, X):
    """The classes exclude each other and share one unit of probability: rows must add up to 1. Softmax, not sigmoids."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-_scores(params, X)))


def predict_proba__softmax_of_columns(params, X):
    """Your COLUMNS add up to 1: softmax belongs to each sample, along its row."""
    return _softmax(_scores(params, X), axis=0)


def predict_proba__overflows(params, X):
    """e^1000 is infinity and infinity / infinity is nan. Subtract the row's largest score first, as softmax does."""
    with np.errstate(all="ignore"):
        weights = np.exp(_scores(params, X))
        return weights / weights.sum(axis=1, keepdims=True)


def predict_proba__cuts_the_scores(params, X):
    """Only the hidden layer is cut at 0. Your scores are cut too, and negative ones are lost."""
    return _softmax(np.maximum(_scores(params, X), 0))


def predict_proba__no_first_bias(params, X):
    """b1 is missing: it decides when a hidden unit wakes up."""
    return _softmax(_scores({**params, "b1": np.zeros(len(params["b1"]))}, X))


def predict_proba__no_second_bias(params, X):
    """b2 is missing: it holds the scores of the classes where all hidden units are off."""
    return _softmax(_scores({**params, "b2": np.zeros(len(params["b2"]))}, X))


def predict_proba__bias_after_the_cut(params, X):
    """You add b1 after the cut at 0. It belongs inside: max(X W1 + b1, 0)."""
    X, p = _net(params, X)
    return _softmax((np.maximum(X @ p["W1"], 0) + p["b1"]) @ p["W2"] + p["b2"])


def predict_proba__takes_a_single_row(params, X):
    """You accept one flat row. X is a table, a sample per row: anything else must raise ValueError."""
    X = np.atleast_2d(np.asarray(X, float))
    return _softmax(_scores(params, X))


# --- train_classifier ---------------------------------------------------------------------------


def train_classifier__starts_at_zero(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """With all weights at 0 no slope reaches them, and hidden units never wake up: start from small random numbers."""
    return _train(X, y, hidden, n_epochs, weight_decay, rng, start=0.0)


def train_classifier__no_decay(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """The argument weight_decay has no effect: add weight_decay * W to the slope of each weight matrix."""
    return _train(X, y, hidden, n_epochs, 0.0, rng)


def train_classifier__ignores_n_epochs(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """You always train for 100 epochs: n_epochs says how often all rows are used."""
    return _train(X, y, hidden, 100, weight_decay, rng)


def train_classifier__decays_once(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """You shrink the weights once, after the training. The decay belongs to the slope of every step."""
    p = _train(X, y, hidden, n_epochs, 0.0, rng)
    return {**p, "W1": p["W1"] * (1 - 0.05 * weight_decay), "W2": p["W2"] * (1 - 0.05 * weight_decay)}


def train_classifier__one_short_step_an_epoch(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """One step of length 0.01 per epoch is far too little: use small batches, many steps in an epoch, or longer steps."""
    return _train(X, y, hidden, n_epochs, weight_decay, rng, lr=0.01, batch=None, momentum=0.0)


def train_classifier__uphill(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """You add the slope: every step makes the loss larger. Step against it."""
    return _train(X, y, hidden, n_epochs, weight_decay, rng, uphill=-0.02, momentum=0.0)


def train_classifier__grows_the_weights(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """Your decay makes the weights grow: the sign is turned. Its slope +weight_decay * W is subtracted with the rest."""
    return _train(X, y, hidden, n_epochs, -weight_decay, rng)


def train_classifier__always_the_same_seed(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """All seeds give the same network: use the argument rng, not a seed of your own."""
    return _train(X, y, hidden, n_epochs, weight_decay, 7)


def train_classifier__rows_and_labels_torn(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """You shuffle rows and labels separately: the network learns noise. Shuffle row numbers, use them for both."""
    return _train(X, y, hidden, n_epochs, weight_decay, rng, tear=True)


def train_classifier__always_ten_classes(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """Ten classes are built in. Take the number of classes from y: its largest label plus one."""
    return _train(X, y, hidden, n_epochs, weight_decay, rng, classes=10)


def train_classifier__width_built_in(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """The argument hidden has no effect: it is the number of columns of W1."""
    return _train(X, y, 32, n_epochs, weight_decay, rng)


def train_classifier__steps_too_long(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """Your steps are so long that they leap over the valley and up the other side. Try a tenth of their length."""
    return _train(X, y, hidden, n_epochs, weight_decay, rng, lr=20.0, momentum=0.0)


def train_classifier__no_hidden_cut(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """You train without max(Z, 0), but predict with it: the parameters belong to another network."""
    return _train(X, y, hidden, n_epochs, weight_decay, rng, cut=False)


def train_classifier__shuffles_in_place(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """You shuffle the caller's own X and y. Shuffle row numbers instead and leave the arguments alone."""
    A, b = np.asarray(X), np.asarray(y)
    _require(A.ndim == 2 and b.shape == A.shape[:1])
    order = np.random.default_rng(1).permutation(len(A))
    A[:], b[:] = A[order], b[order]
    return _train(A, b, hidden, n_epochs, weight_decay, rng)


# --- confusion_matrix ---------------------------------------------------------------------------


def confusion_matrix__transposed(y_true, y_pred, n_classes):
    """Rows must be the TRUE classes, columns the predictions: yours are exchanged."""
    p, t = _pairs(y_true, y_pred, n_classes)
    return np.bincount(t * n_classes + p, minlength=n_classes**2).reshape(n_classes, n_classes)


def confusion_matrix__size_from_labels(y_true, y_pred, n_classes):
    """A class that is missing in this sample still needs its row and column: the size is n_classes."""
    t, p = _pairs(y_true, y_pred, n_classes)
    classes = np.unique([t, p])
    return np.sum((t == classes[:, None, None]) & (p == classes[None, :, None]), axis=2)


def confusion_matrix__counts_once(y_true, y_pred, n_classes):
    """C[t, p] += 1 with arrays counts a repeated pair once only. Use np.add.at, np.bincount or a loop."""
    C = np.zeros((n_classes, n_classes))
    C[_pairs(y_true, y_pred, n_classes)] += 1
    return C


def confusion_matrix__shares(y_true, y_pred, n_classes):
    """You divide every row by its sum. Counts are asked for: shares hide how many samples stand behind them."""
    C = np.zeros((n_classes, n_classes))
    np.add.at(C, _pairs(y_true, y_pred, n_classes), 1)
    return C / np.maximum(C.sum(axis=1, keepdims=True), 1)


def confusion_matrix__errors_only(y_true, y_pred, n_classes):
    """You leave out the right predictions: they belong on the diagonal."""
    t, p = _pairs(y_true, y_pred, n_classes)
    C = np.zeros((n_classes, n_classes))
    np.add.at(C, (t[t != p], p[t != p]), 1)
    return C


def confusion_matrix__negative_labels_wrap(y_true, y_pred, n_classes):
    """Label -1 lands in your last class, because numpy counts negative indices from the end. Refuse it."""
    t, p = np.asarray(y_true).astype(int), np.asarray(y_pred).astype(int)
    _require(t.ndim == 1 and t.shape == p.shape and max(t.max(), p.max()) < n_classes)
    C = np.zeros((n_classes, n_classes))
    np.add.at(C, (t, p), 1)
    return C


def confusion_matrix__any_cell_of_the_list(y_true, y_pred, n_classes):
    """Counting t·K + p in one list hides labels that are out of range: 0·K + K is the cell of (1, 0). Compare them first."""
    t, p = np.asarray(y_true).astype(int), np.asarray(y_pred).astype(int)
    _require(t.ndim == 1 and t.shape == p.shape)
    return np.bincount(t * n_classes + p, minlength=n_classes**2).reshape(n_classes, n_classes)


def confusion_matrix__stops_at_the_shorter(y_true, y_pred, n_classes):
    """zip stops at the shorter list and says nothing: unequal lengths must raise ValueError."""
    n = min(len(y_true), len(y_pred))
    C = np.zeros((n_classes, n_classes))
    np.add.at(C, _pairs(y_true[:n], y_pred[:n], n_classes), 1)
    return C


# --- roc_auc ------------------------------------------------------------------------------------


def roc_auc__ties_lost(y_true, scores):
    """A tie is neither won nor lost, it counts one half. (Rectangles below a slanted piece of the curve lose it as well.)"""
    y, s = _scored(y_true, scores)
    return float((s[y == 1][:, None] > s[y == 0]).mean())


def roc_auc__ties_won(y_true, scores):
    """You count a tie as won: constant scores must give 0.5. (Rectangles above a slanted piece do the same: use trapezoids.)"""
    y, s = _scored(y_true, scores)
    return float((s[y == 1][:, None] >= s[y == 0]).mean())


def roc_auc__low_to_high(y_true, scores):
    """You get 1 minus the area: your threshold walks from low to high, or the axes are exchanged. Begin with the highest score."""
    y, s = _scored(y_true, scores)
    return _under(*_curve(y, -s))


def roc_auc__one_by_one(y_true, scores):
    """Equal scores pass the threshold together. You take them one by one, so the order of the rows decides."""
    y, s = _scored(y_true, scores)
    order = np.argsort(-s, kind="stable")
    return _under(np.r_[0, np.cumsum(1 - y[order])] / np.sum(1 - y), np.r_[0, np.cumsum(y[order])] / y.sum())


def roc_auc__accuracy(y_true, scores):
    """That is the accuracy at the threshold 0.5. The area asks about ALL thresholds, and scores may be any numbers."""
    y, s = _scored(y_true, scores)
    return float(np.mean((s > 0.5) == (y == 1)))


def roc_auc__thresholds_from_0_to_1(y_true, scores):
    """Your thresholds run through 0 ... 1 in fixed steps. Scores may be any numbers: let them be the thresholds."""
    y, s = _scored(y_true, scores)
    return _under(*_curve(y, s, by=-np.clip(np.floor(s * 100), -1, 100)))


def roc_auc__all_pairs(y_true, scores):
    """You divide by all pairs of samples. Only pairs of a positive and a negative are asked about."""
    y, s = _scored(y_true, scores)
    wins = (s[y == 1][:, None] > s[y == 0]).sum() + 0.5 * (s[y == 1][:, None] == s[y == 0]).sum()
    return float(wins / (len(y) * (len(y) - 1) / 2))


def roc_auc__half_for_a_missing_class(y_true, scores):
    """With one class only there is no curve: raise ValueError instead of inventing 0.5."""
    y, s = np.asarray(y_true, float), np.asarray(scores, float)
    _require(y.ndim == 1 and y.shape == s.shape)
    return _under(*_curve(y, s)) if 0 < y.sum() < len(y) else 0.5


# --- expected_calibration_error -----------------------------------------------------------------


def expected_calibration_error__edges_begin_a_bin(probs, y, n_bins=10):
    """A confidence on an edge belongs to the bin that ends there: the bins are (0, 1/n], (1/n, 2/n], and so on."""
    probs, y = _judged(probs, y, n_bins)
    sure, right = _confident(probs, y)
    b = np.minimum((sure * n_bins).astype(int), n_bins - 1)
    return float(np.sum(np.abs(np.bincount(b, right) - np.bincount(b, sure))) / len(y))


def expected_calibration_error__plain_mean(probs, y, n_bins=10):
    """A bin of two samples counts as much as one of two hundred: weight every bin by its share of the samples."""
    probs, y = _judged(probs, y, n_bins)
    n, right, sure = _binned(*_confident(probs, y), n_bins)
    used = n > 0
    return float(np.mean(np.abs(right - sure)[used] / n[used]))


def expected_calibration_error__mean_of_all_bins(probs, y, n_bins=10):
    """You divide by the number of bins, empty ones too: weight every bin by its share of the samples."""
    probs, y = _judged(probs, y, n_bins)
    n, right, sure = _binned(*_confident(probs, y), n_bins)
    return float(np.mean(np.abs(right - sure) / np.maximum(n, 1)))


def expected_calibration_error__empty_bins(probs, y, n_bins=10):
    """An empty bin has no mean: 0/0 is nan, and nan spoils the sum. Leave bins without samples out."""
    probs, y = _judged(probs, y, n_bins)
    n, right, sure = _binned(*_confident(probs, y), n_bins)
    with np.errstate(all="ignore"):
        return float(np.sum(n / len(y) * np.abs(right / n - sure / n)))


def expected_calibration_error__drops_full_confidence(probs, y, n_bins=10):
    """Confidence 1 falls out of your last bin: that bin includes its right edge."""
    probs, y = _judged(probs, y, n_bins)
    n, right, sure = _binned(*_confident(probs, y), n_bins, left_closed=True)
    return float(np.abs(right - sure).sum() / len(y))


def expected_calibration_error__signed(probs, y, n_bins=10):
    """One bin's excess pays for another's lack: take the absolute gap of every bin before you add."""
    probs, y = _judged(probs, y, n_bins)
    n, right, sure = _binned(*_confident(probs, y), n_bins)
    return float((sure - right).sum() / len(y))


def expected_calibration_error__per_sample(probs, y, n_bins=10):
    """You take the gap of every single sample: a coin that says 50 % would never be calibrated. Average in bins first."""
    probs, y = _judged(probs, y, n_bins)
    sure, right = _confident(probs, y)
    return float(np.mean(np.abs(sure - right)))


def expected_calibration_error__middle_of_the_bin(probs, y, n_bins=10):
    """You compare with the middle of the bin. Compare with the MEAN confidence of the samples in it."""
    probs, y = _judged(probs, y, n_bins)
    n, right, _ = _binned(*_confident(probs, y), n_bins)
    return float(np.abs(right - n * (np.arange(n_bins) + 0.5) / n_bins).sum() / len(y))


def expected_calibration_error__largest_gap(probs, y, n_bins=10):
    """That is the largest gap of all bins. The weighted mean of the gaps is asked for."""
    probs, y = _judged(probs, y, n_bins)
    n, right, sure = _binned(*_confident(probs, y), n_bins)
    return float(np.max(np.abs(right - sure) / np.maximum(n, 1)))


def expected_calibration_error__squares(probs, y, n_bins=10):
    """You square the gaps: small ones nearly vanish. The absolute gaps are averaged."""
    probs, y = _judged(probs, y, n_bins)
    n, right, sure = _binned(*_confident(probs, y), n_bins)
    return float(np.sum((right - sure) ** 2 / np.maximum(n, 1)) / len(y))


def expected_calibration_error__class_one(probs, y, n_bins=10):
    """You look at the probability of class 1. The confidence is the LARGEST probability, right or wrong its class."""
    probs, y = _judged(probs, y, n_bins)
    n, right, sure = _binned(probs[:, 1], (y == 1).astype(float), n_bins)
    return float(np.abs(right - sure).sum() / len(y))


def expected_calibration_error__probability_of_the_truth(probs, y, n_bins=10):
    """You take the probability of the TRUE class for the confidence: the classifier cannot know it. Take the largest."""
    probs, y = _judged(probs, y, n_bins)
    n, right, sure = _binned(probs[np.arange(len(y)), y], _confident(probs, y)[1], n_bins)
    return float(np.abs(right - sure).sum() / len(y))


def expected_calibration_error__perfect_without_bins(probs, y, n_bins=10):
    """Without bins your loop does nothing, and 0.0 looks like perfect calibration: refuse n_bins < 1."""
    probs, y = _judged(probs, y, max(n_bins, 1))
    sure, right = _confident(probs, y)
    held = [(sure * n_bins > b) & (sure * n_bins <= b + 1) for b in range(n_bins)]
    return float(sum(rows.mean() * abs(right[rows].mean() - sure[rows].mean()) for rows in held if rows.any()))


def expected_calibration_error__one_bin(probs, y, n_bins=10):
    """You compare the whole accuracy with the whole mean confidence. Do it bin by bin: n_bins has no effect."""
    probs, y = _judged(probs, y, n_bins)
    sure, right = _confident(probs, y)
    return float(abs(sure.mean() - right.mean()))


# --- bootstrap_accuracy_ci ----------------------------------------------------------------------


def bootstrap_accuracy_ci__tears_pairs(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """You tear label and prediction apart: the accuracy falls to chance. Draw row numbers, use them for both."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    n = len(t)
    return _middle(np.mean(t[rng.integers(n, size=(n_boot, n))] == p[rng.integers(n, size=(n_boot, n))], axis=1), confidence)


def bootstrap_accuracy_ci__all_outside_on_each_side(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """Two tails share what is left out: 0.025 and 0.975 for 95 %. You leave out 5 % on each side."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    shares = _resampled(t == p, n_boot, rng)
    return float(np.quantile(shares, 1 - confidence)), float(np.quantile(shares, confidence))


def bootstrap_accuracy_ci__without_replacement(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """Drawn without replacement, n of n rows are always the same rows: nothing varies. Draw WITH replacement."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    return float(np.mean(t == p)), float(np.mean(t == p))


def bootstrap_accuracy_ci__always_95(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """The argument confidence has no effect: your quantiles are always 0.025 and 0.975."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    return _middle(_resampled(t == p, n_boot, rng), 0.95)


def bootstrap_accuracy_ci__least_and_largest(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """The least and the largest share contain ALL resamples, not 95 % of them, and grow with n_boot: take quantiles."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    shares = _resampled(t == p, n_boot, rng)
    return float(shares.min()), float(shares.max())


def bootstrap_accuracy_ci__normal_formula(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """Accuracy plus and minus 1.96 standard errors is no percentile interval: it may pass 1. Take quantiles of the shares."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    shares = _resampled(t == p, n_boot, rng)
    half = 1.959964 * shares.std()
    return float(np.mean(t == p) - half), float(np.mean(t == p) + half)


def bootstrap_accuracy_ci__mirrored(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """You mirror the quantiles at the accuracy. The percentile interval takes them as they are."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    low, high = _middle(_resampled(t == p, n_boot, rng), confidence)
    return 2 * float(np.mean(t == p)) - high, 2 * float(np.mean(t == p)) - low


def bootstrap_accuracy_ci__half_of_the_rows(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """You draw fewer than n rows: smaller samples vary more, and the interval gets too wide. Draw n of n."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    right = t == p
    return _middle(right[rng.integers(len(t), size=(n_boot, max(len(t) // 2, 1)))].mean(axis=1), confidence)


def bootstrap_accuracy_ci__error_rate(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """That is the interval of the error rate. The accuracy counts what is RIGHT."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    return _middle(_resampled(t != p, n_boot, rng), confidence)


def bootstrap_accuracy_ci__none_is_a_seed(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """Without an rng you always draw the same rows: None asks for fresh chance, and default_rng(None) gives it."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, 0 if rng is None else rng)
    return _middle(_resampled(t == p, n_boot, rng), confidence)


def bootstrap_accuracy_ci__always_the_same_seed(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """All seeds give the same interval: use the argument rng, not a seed of your own."""
    t, p, _ = _compared(y_true, y_pred, n_boot, confidence, rng)
    return _middle(_resampled(t == p, n_boot, np.random.default_rng(0)), confidence)


def bootstrap_accuracy_ci__always_2000(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """The argument n_boot has no effect: you always draw 2000 times."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    return _middle(_resampled(t == p, 2000, rng), confidence)


def bootstrap_accuracy_ci__wants_three_rows(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """Two rows are enough: the contract asks for n >= 2."""
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    _require(len(t) > 2)
    return _middle(_resampled(t == p, n_boot, rng), confidence)


def bootstrap_accuracy_ci__stretches_one_prediction(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """numpy stretches a single prediction over all rows: compare the lengths yourself."""
    t, p, rng = _compared(y_true, np.resize(y_pred, np.shape(y_true)) if np.size(y_pred) == 1 else y_pred, n_boot, confidence, rng)
    return _middle(_resampled(t == p, n_boot, rng), confidence)


def bootstrap_accuracy_ci__takes_percent(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """You accept a confidence of 0, 1 or 95: it must lie between 0 and 1, else raise ValueError."""
    confidence = confidence / 100 if confidence > 1 else min(max(confidence, 1e-9), 1 - 1e-9)
    t, p, rng = _compared(y_true, y_pred, n_boot, confidence, rng)
    return _middle(_resampled(t == p, n_boot, rng), confidence)


# --- paired_permutation_test --------------------------------------------------------------------


def paired_permutation_test__mixes_rows(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """Both saw the SAME rows: exchange within a row. You shuffle all of them together and lose most of the power."""
    y, a, b = map(np.asarray, (y_true, pred_a, pred_b))
    gain, rng = _gains(y_true, pred_a, pred_b, rng)
    pool, n = np.r_[a == y, b == y].astype(int), len(y)
    found = np.sum(np.abs(2 * rng.hypergeometric(pool.sum(), 2 * n - pool.sum(), n, n_permutations) - pool.sum()) >= abs(gain.sum()))
    return float((1 + found) / (1 + n_permutations))


def paired_permutation_test__swaps_everything(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """Exchanging ALL rows at once gives d or -d, both as extreme as yours: p is always 1. Exchange every row for itself."""
    gain, rng = _gains(y_true, pred_a, pred_b, rng)
    d = rng.choice([-1, 1], size=n_permutations) * gain.sum()
    return float((1 + np.sum(np.abs(d) >= abs(gain.sum()))) / (1 + n_permutations))


def paired_permutation_test__strictly_larger(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """You count only larger differences. "At least as extreme" includes equality."""
    gain, rng = _gains(y_true, pred_a, pred_b, rng)
    return float((1 + np.sum(np.abs(_flipped(gain, n_permutations, rng)) > abs(gain.sum()))) / (1 + n_permutations))


def paired_permutation_test__one_sided(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """You count only differences in favour of A. Two-sided: B could have been as far ahead, compare absolute values."""
    gain, rng = _gains(y_true, pred_a, pred_b, rng)
    return float((1 + np.sum(_flipped(gain, n_permutations, rng) >= gain.sum())) / (1 + n_permutations))


def paired_permutation_test__may_be_zero(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """Your p can be 0, which no finite number of permutations shows: the real data count as one of them, (1 + k)/(1 + B)."""
    gain, rng = _gains(y_true, pred_a, pred_b, rng)
    return float(np.mean(np.abs(_flipped(gain, n_permutations, rng)) >= abs(gain.sum())))


def paired_permutation_test__other_tail(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """You count the differences that are LESS extreme: p is near 1 where it should be near 0."""
    gain, rng = _gains(y_true, pred_a, pred_b, rng)
    return float((1 + np.sum(np.abs(_flipped(gain, n_permutations, rng)) <= abs(gain.sum()))) / (1 + n_permutations))


def paired_permutation_test__normal_formula(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """The normal approximation is far off for few disagreements: flip coins, or add up binomial probabilities."""
    gain, _ = _gains(y_true, pred_a, pred_b, rng)
    return math.erfc(abs(gain.sum()) / math.sqrt(2 * max(np.sum(gain != 0), 1)))


def paired_permutation_test__bootstrap(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """You draw rows again, centred at your d: a test exchanges the names A and B within the rows that are there."""
    gain, rng = _gains(y_true, pred_a, pred_b, rng)
    n = len(gain)
    d = gain[rng.integers(n, size=(n_permutations, n))].sum(axis=1)
    return float((1 + np.sum(np.abs(d - gain.sum()) > abs(gain.sum()))) / (1 + n_permutations))


def paired_permutation_test__predictions_for_answers(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """You compare the predicted labels as numbers. What counts is whether each is RIGHT."""
    _gains(y_true, pred_a, pred_b, rng)
    gain, rng = np.subtract(pred_a, pred_b, dtype=float), np.random.default_rng(rng)
    d = rng.choice([-1, 1], size=(n_permutations, len(gain))) @ gain
    return float((1 + np.sum(np.abs(d) >= abs(gain.sum()))) / (1 + n_permutations))


def paired_permutation_test__stretches_short_ones(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """You cut unequal lengths to the shortest: some row then has no partner. Raise ValueError."""
    n = min(map(len, (y_true, pred_a, pred_b)))
    gain, rng = _gains(y_true[:n], pred_a[:n], pred_b[:n], rng)
    return float((1 + np.sum(np.abs(_flipped(gain, n_permutations, rng)) >= abs(gain.sum()))) / (1 + n_permutations))


# --- probability_a_beats_b ----------------------------------------------------------------------


def probability_a_beats_b__compares_rates(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """A higher observed rate is no certainty, small samples mislead: answer with a probability between 0 and 1."""
    _counts(hits_a, n_a, hits_b, n_b)
    a, b = hits_a / max(n_a, 1), hits_b / max(n_b, 1)
    return 1.0 if a > b else 0.0 if a < b else 0.5


def probability_a_beats_b__trials_for_misses(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """The second parameter of Beta counts MISSES: n - hits + 1, not n + 1."""
    _counts(hits_a, n_a, hits_b, n_b)
    rng = np.random.default_rng(rng)
    return float(np.mean(rng.beta(hits_a + 1, n_a + 1, n_draws) > rng.beta(hits_b + 1, n_b + 1, n_draws)))


def probability_a_beats_b__same_seed_twice(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """Two generators of one seed give the same luck to both: draw A and B from ONE generator, one after the other."""
    _counts(hits_a, n_a, hits_b, n_b)
    a, b = (np.random.default_rng(rng).beta(h + 1, n - h + 1, n_draws) for h, n in ((hits_a, n_a), (hits_b, n_b)))
    return float(np.mean(a > b))


def probability_a_beats_b__no_prior(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """Beta(hits, misses) is no flat start: after 1 of 1 you would be certain. Add 1 to both parameters."""
    _counts(hits_a, n_a, hits_b, n_b)
    rng = np.random.default_rng(rng)
    a, b = (rng.beta(max(h, 1e-3), max(n - h, 1e-3), n_draws) for h, n in ((hits_a, n_a), (hits_b, n_b)))
    return float(np.mean(a > b))


def probability_a_beats_b__half_a_hit(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """You add 1/2 to hits and misses: that is Jeffreys' prior. The flat one of this task adds 1."""
    _counts(hits_a, n_a, hits_b, n_b)
    rng = np.random.default_rng(rng)
    a, b = (rng.beta(h + 0.5, n - h + 0.5, n_draws) for h, n in ((hits_a, n_a), (hits_b, n_b)))
    return float(np.mean(a > b))


def probability_a_beats_b__parameters_exchanged(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """Your densities belong to the error rates: the first parameter of Beta counts hits, the second misses."""
    _counts(hits_a, n_a, hits_b, n_b)
    rng = np.random.default_rng(rng)
    return float(np.mean(rng.beta(n_a - hits_a + 1, hits_a + 1, n_draws) > rng.beta(n_b - hits_b + 1, hits_b + 1, n_draws)))


def probability_a_beats_b__b_beats_a(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """That is the probability that B beats A."""
    _counts(hits_a, n_a, hits_b, n_b)
    rng = np.random.default_rng(rng)
    return float(np.mean(rng.beta(hits_a + 1, n_a - hits_a + 1, n_draws) < rng.beta(hits_b + 1, n_b - hits_b + 1, n_draws)))


def probability_a_beats_b__b_is_certain(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """You compare A's draws with one fixed value for B. B's accuracy is uncertain too: draw it as well."""
    _counts(hits_a, n_a, hits_b, n_b)
    rng = np.random.default_rng(rng)
    return float(np.mean(rng.beta(hits_a + 1, n_a - hits_a + 1, n_draws) > (hits_b + 1) / (n_b + 2)))


def probability_a_beats_b__new_answers(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """You draw one new answer from each and compare those. Compare the accuracies that were drawn."""
    _counts(hits_a, n_a, hits_b, n_b)
    rng = np.random.default_rng(rng)
    a, b = (rng.random(n_draws) < rng.beta(h + 1, n - h + 1, n_draws) for h, n in ((hits_a, n_a), (hits_b, n_b)))
    return float(np.mean(a > b))


def probability_a_beats_b__mends_the_counts(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """You mend counts that cannot be, such as 3 hits of 2: whoever made that slip will never know. Refuse them."""
    rng = np.random.default_rng(rng)
    a, b = (rng.beta(h + 1, n - h + 1, n_draws) for h, n in ((min(max(hits_a, 0), n_a), n_a), (min(max(hits_b, 0), n_b), n_b)))
    return float(np.mean(a > b))


def probability_a_beats_b__normal_formula(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """The normal curve is a fair picture for many rows, not for few: draw from the Beta densities."""
    _counts(hits_a, n_a, hits_b, n_b)
    (m, v), (w, u) = (((h + 1) / (n + 2), (h + 1) * (n - h + 1) / (n + 2) ** 2 / (n + 3)) for h, n in ((hits_a, n_a), (hits_b, n_b)))
    return 0.5 * math.erfc(-(m - w) / math.sqrt(2 * (v + u)))


# --- input_gradient -----------------------------------------------------------------------------


def input_gradient__mean_loss(params, X, y):
    """You keep the 1/n of the mean loss. Each row is asked about its OWN loss: other rows must not shrink it."""
    H, P, Y, p = _backward(params, X, y)
    return ((P - Y) @ p["W2"].T * (H > 0)) @ p["W1"].T / len(P)


def input_gradient__predicted_class(params, X, y):
    """You use the predicted class. The loss belongs to the TRUE label: misclassified samples get the wrong slopes."""
    H, P, _, p = _backward(params, X, y)
    return ((P - np.eye(P.shape[1])[P.argmax(axis=1)]) @ p["W2"].T * (H > 0)) @ p["W1"].T


def input_gradient__mean_for_every_row(params, X, y):
    """You give every row the mean of all gradients. Each sample has its own: no average."""
    H, P, Y, p = _backward(params, X, y)
    g = ((P - Y) @ p["W2"].T * (H > 0)) @ p["W1"].T
    return np.tile(g.mean(axis=0), (len(g), 1))


def input_gradient__no_mask(params, X, y):
    """Hidden units that are off pass nothing back: multiply by (Z1 > 0) between W2 and W1."""
    H, P, Y, p = _backward(params, X, y)
    return (P - Y) @ p["W2"].T @ p["W1"].T


def input_gradient__mask_of_the_slope(params, X, y):
    """Your mask looks at the sign of the incoming slope. It belongs to the forward value: Z1 > 0."""
    H, P, Y, p = _backward(params, X, y)
    D = (P - Y) @ p["W2"].T
    return (D * (D > 0)) @ p["W1"].T


def input_gradient__mask_lets_zero_through(params, X, y):
    """A unit exactly at 0 has the slope 0 here: the mask is Z1 > 0, not Z1 >= 0."""
    H, P, Y, p = _backward(params, X, y)
    return ((P - Y) @ p["W2"].T * (np.asarray(X, float) @ p["W1"] + p["b1"] >= 0)) @ p["W1"].T


def input_gradient__turned_round(params, X, y):
    """The sign is turned: the slope of the loss begins with P - Y, not Y - P."""
    H, P, Y, p = _backward(params, X, y)
    return ((Y - P) @ p["W2"].T * (H > 0)) @ p["W1"].T


def input_gradient__label_forgotten(params, X, y):
    """You send P back and forget to subtract 1 at the true class: log-softmax has the slope P - Y."""
    H, P, Y, p = _backward(params, X, y)
    return (P @ p["W2"].T * (H > 0)) @ p["W1"].T


def input_gradient__score_of_the_class(params, X, y):
    """That is the slope of the true class's score. The loss goes through softmax, which mixes all classes: P - Y."""
    H, P, Y, p = _backward(params, X, y)
    return (-Y @ p["W2"].T * (H > 0)) @ p["W1"].T


def input_gradient__of_the_probability(params, X, y):
    """That is the slope of -P, without the logarithm: divide by the probability of the true class."""
    H, P, Y, p = _backward(params, X, y)
    own = (P * Y).sum(axis=1, keepdims=True)
    return (own * (P - Y) @ p["W2"].T * (H > 0)) @ p["W1"].T


def input_gradient__a_pass_for_each_feature(params, X, y):
    """You go through the network once for every feature. Going backwards once gives the slopes by all of them."""
    H, P, Y, p = _backward(params, X, y)
    X, gradient = np.asarray(X, float), np.zeros(np.shape(X))
    for j in range(X.shape[1]):
        nudge = np.zeros(X.shape)
        nudge[:, j] = 1
        gradient[:, j] = ((P - Y) * ((nudge @ p["W1"] * (H > 0)) @ p["W2"])).sum(axis=1)
    return gradient


def input_gradient__one_row_for_many_labels(params, X, y):
    """With one row numpy lends it to every label: compare the number of labels with that of the rows first."""
    X, p = _net(params, X)
    H = np.maximum(X @ p["W1"] + p["b1"], 0)
    P = _softmax(H @ p["W2"] + p["b2"])
    return ((P - np.eye(P.shape[1])[np.asarray(y).astype(int)]) @ p["W2"].T * (H > 0)) @ p["W1"].T


def input_gradient__squared_error(params, X, y):
    """That is the slope of Σ (P - Y)². The loss here is the cross-entropy, -log P of the true class."""
    H, P, Y, p = _backward(params, X, y)
    D = 2 * P * ((P - Y) - (P * (P - Y)).sum(axis=1, keepdims=True))
    return (D @ p["W2"].T * (H > 0)) @ p["W1"].T
