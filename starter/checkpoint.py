"""Project 6: the checkpoint.

Eleven functions that train a classifier of handwritten digits and judge it: split, reduce, train,
measure, doubt, look inside. Each docstring says exactly what its function must do; the handout
projects/6-checkpoint/README.md derives it. Grade your work with `make project-6`.

Everywhere: rows are samples, array arguments may be lists, integers or whole numbers kept as
floats, computing is done in float64, logarithms are natural, no argument is ever changed, and
chance comes from the argument rng only (None, an int seed or a np.random.Generator: begin with
rng = np.random.default_rng(rng)). Helper functions of your own are welcome; so is what you wrote
for project 5, copied into this file.
"""
import numpy as np


def softmax(scores):
    """Return e^s_k / Σ_j e^s_j for every row of scores. (Solved: read it as a model of style.)

    scores: (n, K) real numbers of any size. Returns (n, K) probabilities; every row sums to 1.
    The largest score of a row is subtracted first: that changes no probability, and no e^s can
    overflow any more.
    Raises ValueError unless scores is a table.

    Example: the row [0, log 3] gives [1/4, 3/4].
    """
    scores = np.asarray(scores, float)
    if scores.ndim != 2:
        raise ValueError(f"scores need a row for each sample, got shape {scores.shape}")
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def stratified_split(y, test_fraction=0.25, rng=None):
    """Return the row numbers (train, test) of a random split in which every class has its share.

    y: (n,) whole-number labels, of any values and in any order. Of a class with n_c members the
    test set gets test_fraction n_c, up to 1 more or less; which members, rng decides.
    Returns two integer arrays of row numbers, in any order: no row is in both, and together they
    hold each of 0..n-1 exactly once. The same int seed gives the same split.
    Raises ValueError unless 0 < test_fraction < 1.

    Example: y = [7, 7, 7, 7, 3, 3, 3, 3] gives for instance train [0, 1, 3, 4, 6, 7], test [2, 5].
    """
    raise NotImplementedError


def pca_fit_transform(X_train, X_test, k):
    """Return the scores (Z_train, Z_test) of both sets on the first k components of X_train.

    The mean m of the columns and the components V (the unit directions of largest variance, one
    per row of V) come from X_train ONLY; Z = (X - m) V^T for both sets. The sign of a component is
    free, but it is one sign, for both sets.
    X_train: (n, d); X_test: (m, d), m >= 1; k: whole number, 1 <= k <= min(n - 1, d).
    Returns arrays (n, k) and (m, k). np.linalg is allowed.
    Raises ValueError if k is out of range or the two sets differ in d.

    Example: X_train = [[0, 1], [2, 1], [4, 1]], X_test = [[5, 9]], k = 1 gives [[-2], [0], [2]] and
    [[3]], or the same with all signs turned.
    """
    raise NotImplementedError


def predict_proba(params, X):
    """Return the class probabilities of every row of X by a network with one hidden layer.

    Z1 = X W1 + b1, H = max(Z1, 0), Z2 = H W2 + b2, P = softmax of every row of Z2.
    params: dict with W1 (d, h), b1 (h,), W2 (h, K), b2 (K,); X: (n, d), a sample per row.
    Returns (n, K); every row sums to 1. Scores up to ±10,000 give no nan and no infinity.
    Raises ValueError if X is not a table with d columns.

    Example: W1 = [[1, 2], [1, -1]], b1 = [0, 0], W2 = [[1, 0], [0, 1]], b2 = [0, 0], X = [[1, 3]]
    gives H = [[4, 0]] and P = [[0.98201, 0.01799]].
    """
    raise NotImplementedError


def train_classifier(X, y, hidden=32, n_epochs=100, weight_decay=1e-4, rng=0):
    """Return the parameters of a network of predict_proba, trained on the rows of X and their labels.

    To be made small: L = mean cross-entropy of the rows + weight_decay/2 (ΣW1² + ΣW2²). An epoch
    uses every row once. Start, step length, batches and method (momentum, Adam, ...) are yours.
    X: (n, d) standardised features; y: (n,) labels 0..K-1, each of them present; hidden: width h
    of the hidden layer; n_epochs: whole number >= 1; weight_decay >= 0.
    Returns a dict with W1 (d, h), b1 (h,), W2 (h, K), b2 (K,), all finite.
    Asked for, with the defaults: three well separated blobs are told apart. On 3/4 of the digits
    (20 standardised scores) within 20 s a training loss (cross-entropy) below 0.2, and at least 93 %
    of the other digits right (the 95 % interval must reach 0.93). weight_decay = 0.1 gives weights at
    least 1 % smaller than 0 (the root of ΣW1² + ΣW2²). The same int seed gives the same parameters,
    another seed gives others.
    Raises ValueError unless X is (n, d) and y (n,).

    Example: X = [[-1], [1]], y = [0, 1], n_epochs = 1000: predict_proba then gives row 0 to class 0
    with a probability above 1/2.
    """
    raise NotImplementedError


def confusion_matrix(y_true, y_pred, n_classes):
    """Return the counts C[i, j] = number of samples of TRUE class i that were predicted as j.

    y_true, y_pred: (n,) labels 0..K-1; n_classes: K.
    Returns whole numbers of shape (K, K); a class that never occurs keeps its row and column.
    Raises ValueError if the lengths differ or a label is outside 0..K-1.

    Example: y_true = [0, 0, 1, 1], y_pred = [0, 1, 1, 1], n_classes = 3 gives
    [[1, 1, 0], [0, 2, 0], [0, 0, 0]].
    """
    raise NotImplementedError


def roc_auc(y_true, scores):
    """Return the area under the ROC curve.

    It is the integral of the true-positive rate over the false-positive rate as the threshold falls,
    by trapezoids over groups of equal scores; and it is the share of pairs (positive, negative) in
    which the positive scores higher, where a tie counts one half.
    y_true: (n,) zeros and ones; scores: (n,) real numbers of any size.
    Returns a float between 0 and 1.
    Raises ValueError if the lengths differ or one of the two classes is missing.

    Example: y_true = [1, 1, 0, 0, 0], scores = [0.9, 0.4, 0.6, 0.4, 0.1] gives 4.5/6 = 0.75.
    """
    raise NotImplementedError


def expected_calibration_error(probs, y, n_bins=10):
    """Return the mean gap between how sure the classifier is and how often it is right.

    A sample's confidence is its largest probability; it is right if that is the probability of its
    true class. The confidences fall into n_bins equal bins (0, 1/n_bins], (1/n_bins, 2/n_bins], ...,
    so confidence 1 belongs to the last. The answer is Σ_b (n_b/n) |right_b - sure_b|, where bin b
    holds n_b samples, right_b is the share of right ones and sure_b the mean confidence; an empty
    bin adds nothing.
    probs: (n, K) probabilities; y: (n,) true labels 0..K-1; n_bins: whole number >= 1.
    Returns a float between 0 and 1.
    Raises ValueError if the shapes do not fit or n_bins < 1.

    Example: probs = [[0.95, 0.05], [0.15, 0.85], [0.35, 0.65]], y = [0, 1, 0] gives
    (0.05 + 0.15 + 0.65)/3 = 0.28333: three bins with one sample each.
    """
    raise NotImplementedError


def bootstrap_accuracy_ci(y_true, y_pred, n_boot=2000, confidence=0.95, rng=None):
    """Return the percentile bootstrap interval (low, high) of the accuracy.

    n_boot times: draw n rows with replacement, a row being a label WITH its prediction, and take
    the share of right predictions. low and high are the quantiles (1 - confidence)/2 and
    (1 + confidence)/2 of these n_boot shares.
    y_true, y_pred: (n,) labels, n >= 2; n_boot: whole number >= 1; 0 < confidence < 1.
    Returns two floats. The same int seed gives the same interval.
    Raises ValueError if the lengths differ, n < 2, n_boot < 1 or confidence is outside (0, 1).

    Example: 9 of 10 right gives about (0.7, 1.0): in 10 rows drawn again 7 to 10 are right.
    """
    raise NotImplementedError


def paired_permutation_test(y_true, pred_a, pred_b, n_permutations=5000, rng=None):
    """Return the two-sided p-value of "A and B are equally good", two classifiers of the same rows.

    d is the accuracy of A minus that of B. n_permutations times, exchange the two predictions of
    every row with probability 1/2, each row for itself, and take d*. Then
    p = (1 + number of |d*| >= |d|) / (1 + n_permutations). The exact probability of |d*| >= |d|,
    from the binomial distribution, is accepted too.
    y_true, pred_a, pred_b: (n,) labels.
    Returns a float, 0 < p <= 1; identical predictions give 1. The same int seed gives the same p.
    Raises ValueError if the lengths differ.

    Example: A alone is right in 3 rows, B alone in none, the rest is shared: p is about 2/8.
    """
    raise NotImplementedError


def probability_a_beats_b(hits_a, n_a, hits_b, n_b, n_draws=100000, rng=None):
    """Return P(a > b | data), the probability that A's true accuracy a is larger than B's.

    Before the data every accuracy from 0 to 1 is equally credible, and A and B were tested on
    different rows, so they are independent: after hits right answers of n, an accuracy has the
    density Beta(hits + 1, n - hits + 1).
    hits_a, n_a, hits_b, n_b: whole numbers, 0 <= hits <= n; n_draws: number of random draws.
    Returns a float with an error of at most 5 sqrt(p (1 - p) / n_draws) + 1e-4; a numerical
    integral is as welcome as draws. The same int seed gives the same result.
    Raises ValueError unless 0 <= hits <= n for both.

    Example: 1 of 1 against 0 of 1 gives about 5/6.
    """
    raise NotImplementedError


def input_gradient(params, X, y):
    """Return the gradient of each sample's own loss by its own features.

    Row i is dL_i/dx_i, where L_i = -log P[i, y_i] with P of predict_proba: the loss of sample i
    alone, no mean over the samples. The derivative of max(z, 0) at z = 0 counts as 0.
    params: as in predict_proba; X: (n, d); y: (n,) true labels 0..K-1.
    Returns (n, d).
    Raises ValueError if X is not a table with d columns or y is not (n,).

    Example: params and X of predict_proba, y = [1]: [[0.98201, 0.98201]], more of either feature
    makes the loss larger.
    """
    raise NotImplementedError
