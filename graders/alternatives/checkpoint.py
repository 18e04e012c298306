"""Right answers to project 6 that look unusual, and why they are right: <task>__<how>."""
import math

import numpy as np


def _probabilities(params, X):
    X = np.asarray(X, float)
    W1 = np.asarray(params["W1"], float)
    if X.ndim != 2 or X.shape[1] != W1.shape[0]:
        raise ValueError("X and W1 do not fit")
    Z = X @ W1 + params["b1"]
    scores = np.where(Z > 0, Z, 0) @ np.asarray(params["W2"], float) + params["b2"]
    return Z, np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))


def stratified_split__lists_by_hand(y, test_fraction=0.25, rng=None):
    """Plain lists, in the order of the classes, and always rounded down: the test set may have up to one fewer."""
    if test_fraction <= 0 or test_fraction >= 1:
        raise ValueError("no fraction")
    rng, train, test = np.random.default_rng(rng), [], []
    for label in sorted(set(np.asarray(y).tolist())):
        rows = [i for i, c in enumerate(np.asarray(y).tolist()) if c == label]
        rng.shuffle(rows)
        taken = int(test_fraction * len(rows))
        test += rows[:taken]
        train += rows[taken:]
    return [sorted(train), sorted(test)]


def stratified_split__ranks_of_random_numbers(y, test_fraction=0.25, rng=None):
    """A random number for every row; those with the smallest ones of each class, rounded up, are tested."""
    if not 0 < test_fraction < 1:
        raise ValueError("no fraction")
    y, luck = np.asarray(y), np.random.default_rng(rng).random(len(y))
    order = np.lexsort((luck, y))
    start = np.searchsorted(y[order], y[order])
    size = np.array([np.sum(y == c) for c in y[order]])
    tested = np.arange(len(y)) - start < np.ceil(test_fraction * size - 1e-9)
    return order[~tested].tolist(), order[tested].tolist()


def pca_fit_transform__eigenvectors(X_train, X_test, k):
    """Eigenvectors of the covariance matrix instead of singular vectors; the signs are made positive, once for both sets."""
    A, B = np.array(X_train, float), np.array(X_test, float)
    if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[1] or k < 1 or k > min(A.shape[0] - 1, A.shape[1]):
        raise ValueError("k or the columns do not fit")
    mean = A.mean(axis=0)
    V = np.linalg.eigh((A - mean).T @ (A - mean))[1][:, ::-1][:, :k]
    V = V * np.where(V[np.abs(V).argmax(axis=0), np.arange(k)] < 0, -1, 1)
    return [(A - mean) @ V, (B - mean) @ V]


def pca_fit_transform__u_times_sigma(X_train, X_test, k):
    """The training scores are U Σ already; only the test rows are projected."""
    A, B = np.asarray(X_train, float), np.asarray(X_test, float)
    if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[1] or not 1 <= k <= min(len(A) - 1, A.shape[1]):
        raise ValueError("k or the columns do not fit")
    U, s, Vt = np.linalg.svd(A - A.mean(axis=0), full_matrices=False)
    return (U * s)[:, :k], (B - A.mean(axis=0)) @ Vt[:k].T


def predict_proba__one_sample_at_a_time(params, X):
    """Loops over samples, units and classes, and returns lists."""
    X, d = np.asarray(X, float), len(params["W1"])
    if X.ndim != 2 or X.shape[1] != d:
        raise ValueError("X and W1 do not fit")
    rows = []
    for x in X:
        h = [max(0.0, sum(x[i] * params["W1"][i][j] for i in range(d)) + params["b1"][j]) for j in range(len(params["b1"]))]
        s = [sum(h[j] * params["W2"][j][c] for j in range(len(h))) + params["b2"][c] for c in range(len(params["b2"]))]
        w = [math.exp(v - max(s)) for v in s]
        rows.append([v / sum(w) for v in w])
    return rows


def predict_proba__logaddexp(params, X):
    """Normalises logarithms: e^(s - log Σ e^s), with numpy's logaddexp, which does not overflow either."""
    return _probabilities(params, X)[1]


def train_classifier__adam(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """Adam in batches of 32, its step 0.001, one flat vector of parameters, the decay applied to the weights directly."""
    X, y, rng = np.asarray(X, float), np.asarray(y).astype(int), np.random.default_rng(rng)
    if X.ndim != 2 or y.ndim != 1 or len(X) != len(y):
        raise ValueError("X and y do not fit")
    (n, d), K = X.shape, int(y.max()) + 1
    cuts = np.cumsum([d * hidden, hidden, hidden * K])
    theta = rng.normal(size=cuts[-1] + K) * np.r_[np.full(cuts[0], d**-0.5), np.zeros(hidden), np.full(hidden * K, hidden**-0.5), np.zeros(K)]
    weights = np.r_[np.ones(cuts[0]), np.zeros(hidden), np.ones(hidden * K), np.zeros(K)]
    m, v, t = np.zeros(theta.size), np.zeros(theta.size), 0
    for _ in range(n_epochs):
        order = rng.permutation(n)
        for i in range(0, n, 32):
            b, t = order[i:i + 32], t + 1
            W1, b1, W2, b2 = np.split(theta, cuts)
            H = np.maximum(X[b] @ W1.reshape(d, hidden) + b1, 0)
            S = H @ W2.reshape(hidden, K) + b2
            D = np.exp(S - S.max(axis=1, keepdims=True))
            D /= D.sum(axis=1, keepdims=True)
            D[np.arange(len(b)), y[b]] -= 1
            D /= len(b)
            E = D @ W2.reshape(hidden, K).T * (H > 0)
            g = np.concatenate([(X[b].T @ E).ravel(), E.sum(axis=0), (H.T @ D).ravel(), D.sum(axis=0)])
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            theta = theta - 0.001 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8) - 0.003 * weight_decay * weights * theta
    W1, b1, W2, b2 = np.split(theta, cuts)
    return {"b1": b1, "b2": b2, "W1": W1.reshape(d, hidden), "W2": W2.reshape(hidden, K)}


def train_classifier__all_rows_at_once(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """No batches: every epoch is one long step with momentum over all rows. Fewer steps, but better ones."""
    X, y, rng = np.asarray(X, float), np.asarray(y).astype(int), np.random.default_rng(rng)
    if X.ndim != 2 or y.shape != X.shape[:1]:
        raise ValueError("X and y do not fit")
    Y = (y[:, None] == np.arange(y.max() + 1)).astype(float)
    W1, W2 = (rng.uniform(-1, 1, size) * math.sqrt(3 / size[0]) for size in ((X.shape[1], hidden), (hidden, Y.shape[1])))
    p = [W1, np.zeros(hidden), W2, np.zeros(Y.shape[1])]
    speed = [np.zeros(v.shape) for v in p]
    for _ in range(n_epochs):
        H = np.maximum(X @ p[0] + p[1], 0)
        S = np.exp(H @ p[2] + p[3] - (H @ p[2] + p[3]).max(axis=1, keepdims=True))
        D = (S / S.sum(axis=1, keepdims=True) - Y) / len(X)
        E = D @ p[2].T * (H > 0)
        slopes = [X.T @ E + weight_decay * p[0], E.sum(axis=0), H.T @ D + weight_decay * p[2], D.sum(axis=0)]
        speed = [0.9 * s - 0.3 * g for s, g in zip(speed, slopes)]
        p = [v + s for v, s in zip(p, speed)]
    return dict(zip(("W1", "b1", "W2", "b2"), (v.tolist() for v in p)))


def train_classifier__short_steps_one_by_one(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """Plain steps of 0.1 over batches of 16 rows, no momentum, the classical way."""
    X, y, rng = np.asarray(X, float), np.asarray(y).astype(int), np.random.default_rng(rng)
    if X.ndim != 2 or y.shape != X.shape[:1]:
        raise ValueError("X and y do not fit")
    n, K = len(X), y.max() + 1
    W1, W2 = rng.normal(0, X.shape[1] ** -0.5, (X.shape[1], hidden)), rng.normal(0, hidden**-0.5, (hidden, K))
    b1, b2 = np.zeros(hidden), np.zeros(K)
    for _ in range(n_epochs):
        for b in np.array_split(rng.permutation(n), n // 16 + 1):
            Z, P = _probabilities({"W1": W1, "b1": b1, "W2": W2, "b2": b2}, X[b])
            D = (P - np.eye(K)[y[b]]) / len(b)
            E = np.where(Z > 0, D @ W2.T, 0)
            W2 = W2 - 0.1 * (np.maximum(Z, 0).T @ D + weight_decay * W2)
            b2 = b2 - 0.1 * D.sum(axis=0)
            W1 = W1 - 0.1 * (X[b].T @ E + weight_decay * W1)
            b1 = b1 - 0.1 * E.sum(axis=0)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def confusion_matrix__nested_lists(y_true, y_pred, n_classes):
    """Counts pair by pair into lists of whole numbers."""
    if len(y_true) != len(y_pred):
        raise ValueError("lengths differ")
    C = [[0] * n_classes for _ in range(n_classes)]
    for t, p in zip(y_true, y_pred):
        if not (0 <= t < n_classes and 0 <= p < n_classes):
            raise ValueError("label out of range")
        C[int(t)][int(p)] += 1
    return C


def confusion_matrix__product_of_indicators(y_true, y_pred, n_classes):
    """T^T P, where T and P have a column for each class: a matrix product counts. The counts come as floats."""
    t, p, classes = np.asarray(y_true), np.asarray(y_pred), np.arange(n_classes)
    if t.shape != p.shape or not np.isin(t, classes).all() or not np.isin(p, classes).all():
        raise ValueError("labels do not fit")
    return (t == classes[:, None]).astype(float) @ (p[:, None] == classes).astype(float)


def roc_auc__all_pairs(y_true, scores):
    """Compares every positive with every negative: the sign of the difference is 1, 0 or -1."""
    y, s = np.asarray(y_true), np.asarray(scores, float)
    if y.shape != s.shape or not 0 < np.sum(y) < y.size:
        raise ValueError("no curve")
    return 0.5 + np.sign(np.subtract.outer(s[y == 1], s[y == 0])).mean() / 2


def roc_auc__threshold_sweep(y_true, scores):
    """Lowers the threshold past a whole group of equal scores at a time and adds trapezoids; a 0-d array is a number too."""
    y, s = np.asarray(y_true, float), np.asarray(scores, float)
    if y.shape != s.shape or y.sum() == 0 or y.sum() == len(y):
        raise ValueError("no curve")
    area, x, h = 0.0, 0.0, 0.0
    for threshold in sorted(set(s.tolist()), reverse=True):
        hit = y[s == threshold]
        dx, dh = np.sum(1 - hit) / np.sum(1 - y), np.sum(hit) / np.sum(y)
        area += dx * (h + dh / 2)
        x, h = x + dx, h + dh
    return np.array(area)


def roc_auc__ranks(y_true, scores):
    """The sum of the positives' ranks, tied ones sharing their mean rank: Mann and Whitney's U."""
    y, s = np.asarray(y_true), np.asarray(scores, float)
    positives = int(np.sum(y)) if y.shape == s.shape else 0
    if positives in (0, len(y)):
        raise ValueError("no curve")
    ranks = np.array([np.sum(s < v) + (np.sum(s == v) + 1) / 2 for v in s])
    return (ranks[y == 1].sum() - positives * (positives + 1) / 2) / positives / (len(y) - positives)


def expected_calibration_error__bin_by_bin(probs, y, n_bins=10):
    """Edges by linspace, one bin after the other, the first one closed on both sides (no confidence is 0)."""
    probs, y = np.asarray(probs, float), np.asarray(y)
    if probs.ndim != 2 or len(probs) != len(y) or n_bins < 1:
        raise ValueError("shapes do not fit")
    sure, right = np.max(probs, axis=1), np.argmax(probs, axis=1) == y
    edges, total = np.linspace(0, 1, n_bins + 1), 0.0
    for low, high in zip(edges, edges[1:]):
        held = (sure > low) & (sure <= high)
        if held.any():
            total += held.mean() * abs(right[held].mean() - sure[held].mean())
    return total


def expected_calibration_error__searchsorted(probs, y, n_bins=10):
    """Finds the bins with searchsorted, and a sum that is a little above 1 by rounding stays in the last bin."""
    probs, y = np.asarray(probs, float), np.asarray(y)
    if n_bins < 1 or probs.ndim != 2 or y.shape != (len(probs),):
        raise ValueError("shapes do not fit")
    sure = probs.max(axis=1)
    gap = (probs.argmax(axis=1) == y) - sure
    sums = np.zeros(n_bins)
    np.add.at(sums, np.searchsorted(np.arange(1, n_bins) / n_bins, sure), gap / len(y))
    return np.float64(np.linalg.norm(sums, 1))


def bootstrap_accuracy_ci__binomial_draws(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """The number of right ones among n rows drawn again is binomial: draw that number itself."""
    t, p = np.asarray(y_true), np.asarray(y_pred)
    if t.shape != p.shape or t.size < 2 or n_boot < 1 or not 0 < confidence < 1:
        raise ValueError("bad input")
    shares = np.random.default_rng(rng).binomial(t.size, np.mean(t == p), n_boot) / t.size
    return np.percentile(shares, [50 - 50 * confidence, 50 + 50 * confidence])


def bootstrap_accuracy_ci__sorted_list(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """Draws row numbers, uses them for labels and predictions, and reads the two ends off the sorted list."""
    t, p, rng = np.asarray(y_true), np.asarray(y_pred), np.random.default_rng(rng)
    if t.shape != p.shape or len(t) < 2 or n_boot < 1 or confidence <= 0 or confidence >= 1:
        raise ValueError("bad input")
    shares = []
    for _ in range(n_boot):
        rows = rng.choice(len(t), len(t))
        shares.append(np.mean(t[rows] == p[rows]))
    shares.sort()
    at = (1 - confidence) / 2 * (n_boot - 1)
    return [shares[round(at)], shares[n_boot - 1 - round(at)]]


def paired_permutation_test__exact(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """Adds up binomial probabilities of the rows in which one alone is right: no chance is needed."""
    y, a, b = np.asarray(y_true), np.asarray(pred_a), np.asarray(pred_b)
    if not (y.shape == a.shape == b.shape):
        raise ValueError("lengths differ")
    wins, losses = int(np.sum((a == y) & (b != y))), int(np.sum((a != y) & (b == y)))
    n = wins + losses
    return min(1.0, sum(math.comb(n, k) for k in range(n + 1) if abs(2 * k - n) >= abs(wins - losses)) / 2**n)


def paired_permutation_test__swaps_predictions(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """Really exchanges the two predictions in random rows, and counts accuracies in a loop."""
    y, a, b, rng = np.asarray(y_true), np.asarray(pred_a), np.asarray(pred_b), np.random.default_rng(rng)
    if len(y) != len(a) or len(y) != len(b):
        raise ValueError("lengths differ")
    d, found = abs(np.sum(a == y) - np.sum(b == y)), 1
    for _ in range(n_permutations):
        swap = rng.random(len(y)) < 0.5
        one, other = np.where(swap, b, a), np.where(swap, a, b)
        found += abs(np.sum(one == y) - np.sum(other == y)) >= d
    return found / (n_permutations + 1)


def probability_a_beats_b__integral(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """Integrates density times distribution function on a grid: no chance is needed."""
    if not 0 <= hits_a <= n_a or not 0 <= hits_b <= n_b:
        raise ValueError("hits out of range")
    t = (np.arange(20000) + 0.5) / 20000
    logs = [h * np.log(t) + (n - h) * np.log1p(-t) for h, n in ((hits_a, n_a), (hits_b, n_b))]
    a, b = (np.exp(v - v.max()) / np.exp(v - v.max()).sum() for v in logs)
    return float(np.sum(a * (np.cumsum(b) - b / 2)))


def probability_a_beats_b__gamma_draws(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """A Beta variable is G/(G + H) of two gamma variables."""
    if hits_a < 0 or hits_b < 0 or hits_a > n_a or hits_b > n_b:
        raise ValueError("hits out of range")
    rng = np.random.default_rng(rng)
    g, h, u, v = (rng.gamma(shape + 1, size=n_draws) for shape in (hits_a, n_a - hits_a, hits_b, n_b - hits_b))
    return np.mean(g * (u + v) > u * (g + h))


def input_gradient__one_sample_at_a_time(params, X, y):
    """The chain rule as a product of matrices, W1 diag(Z1 > 0) W2 (p - e), one sample after the other."""
    Z, P = _probabilities(params, X)
    if np.shape(y) != (len(P),):
        raise ValueError("a label for each row")
    W1, W2 = np.asarray(params["W1"], float), np.asarray(params["W2"], float)
    return [(W1 @ np.diag((z > 0).astype(float)) @ W2 @ (p - np.eye(len(p))[int(c)])).tolist() for z, p, c in zip(Z, P, y)]


def input_gradient__einsum(params, X, y):
    """One einsum over hidden units and classes."""
    Z, P = _probabilities(params, X)
    y = np.asarray(y).astype(int)
    if y.ndim != 1 or len(y) != len(P):
        raise ValueError("a label for each row")
    D = P - (y[:, None] == np.arange(P.shape[1]))
    return np.einsum("dj,nj,jk,nk->nd", np.asarray(params["W1"], float), np.heaviside(Z, 0), np.asarray(params["W2"], float), D)
