"""Every number, figure and equation of handout 6, recomputed from our solutions, independent oracles and the data that ship here."""
import contextlib
import functools
import io
import itertools
import math
import re
from fractions import Fraction

import numpy as np
import pytest
import sympy
from scipy import integrate, stats
from sklearn import metrics

from autograder import manifest
from autograder.catalogue import load
from solutions import checkpoint as ours

PROJECT = manifest.project(6)
HANDOUT = (PROJECT.folder / "README.md").read_text(encoding="utf-8")
SECTIONS = {m[1]: m[2] for m in re.finditer(r"(?ms)^## (\d+)\. (.*?)(?=^## |\Z)", HANDOUT)}
N = 1797


def says(section, *texts):
    """The section holds these words, whatever the line breaks."""
    here = " ".join(SECTIONS[str(section)].split())
    for text in texts:
        assert " ".join(text.split()) in here, f"section {section} does not say: {text}"


def percent(share, digits=1):
    """86.6 % with a space, as the handout prints it."""
    return f"{share:.{digits}%}".replace("%", " %")


# --- the data and the network of the handout ----------------------------------------------------


@functools.cache
def digits():
    table = load("digits")
    return np.column_stack([table[name] for name in table if name != "label"]), table["label"].astype(int)


@functools.cache
def prepared():
    """The split with the seed 0: 20 standardised scores of both sets, and the labels."""
    X, y = digits()
    train, test = ours.stratified_split(y, rng=0)
    A, B = ours.pca_fit_transform(X[train], X[test], 20)
    return A / A.std(axis=0), y[train], B / A.std(axis=0), y[test]


@functools.cache
def network(**options):
    A, y, *_ = prepared()
    return ours.train_classifier(A, y, **options)


@functools.cache
def probabilities(**options):
    return ours.predict_proba(network(**options), prepared()[2])


def guesses(**options):
    return probabilities(**options).argmax(axis=1)


def loss(params, X, y):
    return -np.mean(np.log(ours.predict_proba(params, X)[np.arange(len(y)), y]))


@functools.cache
def distances():
    """Squared distances of all pairs of digits, infinite from a digit to itself."""
    X, _ = digits()
    D = (X**2).sum(axis=1)[:, None] + (X**2).sum(axis=1) - 2 * X @ X.T
    np.fill_diagonal(D, np.inf)
    return D


@functools.cache
def neighbour():
    """What the nearest training digit says about each test digit."""
    _, y = digits()
    train, test = ours.stratified_split(y, rng=0)
    return y[train][distances()[np.ix_(test, train)].argmin(axis=1)]


@functools.cache
def by_order_and_at_random():
    """What the program of section 1 prints, run with our solutions in place of the learner's."""
    program = re.search(r"(?s)```python\n(.*?)```", SECTIONS["1"])[1].replace("from starter.checkpoint", "from solutions.checkpoint")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "handout", "exec"), {})
    return [float(line) for line in out.getvalue().split()]


@functools.cache
def pixel_network():
    X, y = digits()
    train, _ = ours.stratified_split(y, rng=0)
    return ours.train_classifier(X[train] / 16, y[train])


@functools.cache
def turned():
    """A three, and the same three after steps towards the label 8 until the network calls it an eight."""
    X, y = digits()
    _, test = ours.stratified_split(y, rng=0)
    params = pixel_network()
    row = next(i for i in np.sort(test) if y[i] == 3 and ours.predict_proba(params, X[i:i + 1] / 16)[0, 3] > 0.99)
    x, steps = X[row:row + 1] / 16, 0
    while ours.predict_proba(params, x).argmax() != 8:
        g = ours.input_gradient(params, x, [8])
        x, steps = np.clip(x - 0.1 * g / np.sqrt(np.sum(g**2)), 0, 1), steps + 1
    return row, steps, 16 * x[0]


# --- the figures --------------------------------------------------------------------------------


def bar(value, unit):
    return "█" * round(value / unit)


def figure_order():
    found = by_order_and_at_random()
    names = [*(f"rows {b[0]:>4} to {b[-1]:>4}" for b in np.array_split(np.arange(N), 4)), *(f"random, seed {s}" for s in range(4))]
    return "\n".join(f"{name:<17} {percent(1 - v):>6} wrong   {bar(1 - v, 0.002)}" for name, v in zip(names, found))


def rare(k):
    return math.comb(8, k) * math.comb(192, 50 - k) / math.comb(200, 50)


def figure_rare():
    lines = ["rare ones in the test set   probability"]
    return "\n".join(lines + [f"{k:>25}   {rare(k):>11.3f}   {bar(rare(k), 0.01)}".rstrip() for k in range(7)])


EPOCHS = (1, 2, 5, 10, 20, 50, 100)


def figure_curve():
    A, y, B, t = prepared()
    lines = ["epochs   training loss   test loss   right of 450"]
    for e in EPOCHS:
        p = network(n_epochs=e)
        right = np.sum(guesses(n_epochs=e) == t)
        lines.append(f"{e:>6}   {loss(p, A, y):>13.4f}   {loss(p, B, t):>9.4f}   {right:>12}   {bar(450 - right, 2)}")
    return "\n".join(lines)


def figure_confusion():
    C = ours.confusion_matrix(prepared()[3], guesses(), 10)
    lines = ["        " + "".join(f"{j:>4}" for j in range(10)) + "   <- said"]
    return "\n".join(lines + [f"true {i:>2} " + "".join(f"{c or '.':>4}" for c in row) for i, row in enumerate(C)])


def figure_roc():
    """The staircase of the five samples: false-positive rate to the right in sixths of its length, true-positive rate upwards."""
    rows = [[" "] * 25 for _ in range(5)]
    for x in range(25):
        tpr = np.interp(x / 24, [0, 1 / 3, 2 / 3, 1], [0.5, 0.5, 1, 1])
        for level in range(5):
            if level / 4 < tpr:
                rows[level][x] = "▒"
            if abs(level / 4 - tpr) <= 1 / 8:
                rows[level][x] = "█"
    marks = {4: "1  ", 2: "1/2", 0: "0  "}
    lines = [f"{marks.get(level, '   ')} |{''.join(rows[level])}" for level in range(4, -1, -1)]
    return "\n".join([*lines, "    +" + "-" * 25, "     0      1/3     2/3     1"])


def figure_reliability():
    P, t = probabilities(weight_decay=0.01), prepared()[3]
    sure, right = P.max(axis=1), P.argmax(axis=1) == t
    lines = ["confidence    samples   mean confidence   right"]
    for b in range(2, 10):
        held = (sure > b / 10) & (sure <= (b + 1) / 10)
        if held.any():
            m, r = sure[held].mean(), right[held].mean()
            lines.append(f"{b / 10:.1f} to {(b + 1) / 10:.1f}    {held.sum():>7}   {m:>15.3f}   {r:>5.3f}   {'█' * round(20 * min(m, r))}{'░' * (round(20 * max(m, r)) - round(20 * min(m, r)))}")
    return "\n".join(lines)


def figure_bootstrap():
    right = guesses() == prepared()[3]
    rng = np.random.default_rng(0)
    counts = np.array([right[rng.integers(450, size=450)].sum() for _ in range(2000)])
    lines = ["right of 450   resamples"]
    for low in range(420, 450, 3):
        held = np.sum((counts >= low) & (counts < low + 3))
        lines.append(f"{low} to {low + 2}   {held:>9}   {bar(held, 10)}".rstrip())
    return "\n".join(lines)


def image(x):
    """An image of 8 by 8 pixels from 0 to 16 as lines of shades."""
    return ["".join(" ░▒▓█"[min(4, int(v / 16 * 4.999))] * 2 for v in row) for row in np.reshape(x, (8, 8))]


def figure_pixels():
    X, _ = digits()
    row, _, eight = turned()
    g = ours.input_gradient(pixel_network(), X[row:row + 1] / 16, [8])[0].reshape(8, 8)
    top = np.abs(g).max()
    signs = ["".join("++" if v < -top / 3 else "--" if v > top / 3 else " ." for v in r) for r in g]
    lines = [f"{'the digit':<20}{'ink that helps an 8':<22}after the steps"]
    return "\n".join([*lines, *(f"{a:<20}{b:<22}{c}".rstrip() for a, b, c in zip(image(X[row]), signs, image(eight)))])


FIGURES = {name.removeprefix("figure_"): f for name, f in list(globals().items()) if name.startswith("figure_")}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_drawn_by_our_solutions(name):
    assert f"```text\n{FIGURES[name]()}\n```" in HANDOUT


def test_no_figure_is_left_out():
    assert HANDOUT.count("```text") == len(FIGURES) and "{{" not in HANDOUT


# --- the worked numbers -------------------------------------------------------------------------


def test_section_1_order_and_chance():
    found = by_order_and_at_random()
    order, chance = found[:4], found[4:]
    says(1, f"between {min(order):.3f} and {max(order):.3f}, on average {np.mean(order):.3f}; at random it is {np.mean(chance):.3f}")
    assert 1.8 < (1 - np.mean(order)) / (1 - np.mean(chance)) < 2.2  # "halves the errors"
    says(1, f"About {np.mean(chance):.0%}".replace("%", " %"), f"Closer to {np.mean(order):.0%}".replace("%", " %"))


def test_section_1_neighbours_in_the_file():
    _, y = digits()
    near = np.mean(np.abs(distances().argmin(axis=1) - np.arange(N)) <= 50)
    i, j = np.nonzero((y[:, None] == y) & ~np.eye(N, dtype=bool))
    says(1, f"for {percent(near, 0)} of the digits it stands within 50 rows", f"stand so close in {percent(np.mean(np.abs(i - j) <= 50), 0)} of the cases")


def test_section_2():
    assert round(rare(0), 3) == 0.095 and 8 * 50 / 200 == 2  # "in one split of ten", "you hope for 2"
    says(2, "200 samples, 8 of them of a rare class, and a quarter")


def test_section_3():
    X, y = digits()
    train, _ = ours.stratified_split(y, rng=0)
    variances = np.linalg.eigvalsh(np.cov(X[train], rowvar=False))[::-1]
    says(3, f"20 of the 64 directions carry {percent(variances[:20].sum() / variances.sum())} of the variance of the training digits")
    for test, score in (([[5, 9]], 3), ([[2, 1]], 0)):
        Z, T = ours.pca_fit_transform([[0, 1], [2, 1], [4, 1]], test, 1)
        assert np.ravel(Z * np.sign(Z[2])).tolist() == [-2, 0, 2] and float(T[0, 0] * np.sign(Z[2, 0])) == score
    says(3, "Their scores are -2, 0, 2, and the test row (5, 9) has the score 3.")


PAPER = {"W1": [[1, 2], [1, -1]], "b1": [0, 0], "W2": [[1, 0], [0, 1]], "b2": [0, 0]}


def test_section_4():
    P = ours.predict_proba(PAPER, [[1, 3]])[0]
    uncut = 1 / (1 + math.exp(-5))
    says(4, f"$1/(1 + e^{{-4}}) = {P[0]:.3f}$ and {P[1]:.3f}. Without the cut they would be {uncut:.3f} and {1 - uncut:.3f}")
    assert (np.array([[1, 3]]) @ PAPER["W1"]).tolist() == [[4, -1]]


def test_section_5_what_97_percent_means():
    _, _, _, t = prepared()
    right = int(np.sum(guesses() == t))
    says(5, f"it is {right} of 450, that is {percent(right / 450)}", "64 rows say nearly the same as 1347")
    assert len(prepared()[1]) == 1347
    A, y, B, _ = prepared()
    test_losses = [loss(network(n_epochs=e), B, t) for e in EPOCHS]
    assert max(test_losses[4:]) - min(test_losses[4:]) < 0.001  # "stand still after 20 epochs"


@pytest.mark.parametrize("decay", [0, 0.0001, 0.01, 0.1])
def test_section_5_decay(decay):
    p = network(weight_decay=decay)
    length = math.sqrt(np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2))
    says(5, f"| {decay:g} | {length:.1f} | {np.sum(guesses(weight_decay=decay) == prepared()[3])} |" if decay != 0.0001 else
         f"| 0.0001 | {length:.1f} | {np.sum(guesses(weight_decay=decay) == prepared()[3])} |")


def test_section_5_zeros_stay():
    A, y, *_ = prepared()
    zeros = {"W1": np.zeros((20, 32)), "b1": np.zeros(32), "W2": np.zeros((32, 10)), "b2": np.zeros(10)}
    assert loss(zeros, A, y) == pytest.approx(math.log(10))
    slopes = by_equation_9(zeros, A, y, 0.0)
    assert not slopes["W1"].any() and not slopes["W2"].any()


def test_section_6():
    C = ours.confusion_matrix([0, 0, 0, 1, 1, 2], [0, 1, 1, 1, 1, 2], 3)
    for i, row in enumerate(C):
        says(6, f"| true {i} | {row[0]} | {row[1]} | {row[2]} |")
    assert (np.trace(C), C[1, 1] / C[1].sum(), C[1, 1] / C[:, 1].sum()) == (4, 1, 2 / 4)
    C = ours.confusion_matrix(prepared()[3], guesses(), 10)
    says(6, f"of the {C[8].sum()} eights {C[8, 8]} are found (recall {C[8, 8] / C[8].sum():.3f}), and of the {C[:, 8].sum()} digits called 8 only {C[8, 8]} are "
            f"(precision {C[8, 8] / C[:, 8].sum():.3f})")
    assert C[8, 1] == 3


def test_section_7():
    assert ours.roc_auc([1, 1, 0, 0, 0], [0.9, 0.4, 0.6, 0.4, 0.1]) == 4.5 / 6 == 0.75
    X, y = digits()
    t, both = prepared()[3], y < 2
    says(7, f"tells the eights from the rest with {metrics.roc_auc_score(t == 8, probabilities()[:, 8]):.3f}")
    ink, middle = X[both].sum(axis=1), X[both].reshape(-1, 8, 8)[:, 3:5, 3:5].sum(axis=(1, 2))
    ones, zeros = np.sum(y == 1), np.sum(y == 0)
    chance = 1.96 * math.sqrt((ones + zeros + 1) / (12 * ones * zeros))  # of the rank sum, over the pairs
    says(7, f"with {ones} ones and {zeros} zeros chance alone gives from {0.5 - chance:.2f} to {0.5 + chance:.2f}")
    says(7, f"ink tell a 1 from a 0? {metrics.roc_auc_score(y[both], ink):.3f}", f"four pixels of the middle does it with {metrics.roc_auc_score(y[both], middle):.3f}")


def test_section_8():
    value = ours.expected_calibration_error([[0.95, 0.05], [0.85, 0.15], [0.65, 0.35]], [0, 0, 1])
    says(8, f"$(0.05 + 0.15 + 0.65)/3 = {value:.3f}$")
    t = prepared()[3]
    says(8, f"The network of section 5 has {ours.expected_calibration_error(probabilities(), t):.3f}")
    P = probabilities(weight_decay=0.01)
    says(8, f"it gets {np.sum(P.argmax(axis=1) == t)} instead of {np.sum(guesses() == t)} right, nearly the same, but its error is {ours.expected_calibration_error(P, t):.3f}")
    held = (P.max(axis=1) > 0.7) & (P.max(axis=1) <= 0.8)
    assert (P.argmax(axis=1) == t)[held].all()
    says(8, f"of the {held.sum()} digits about which it is {percent(P.max(axis=1)[held].mean(), 0)} sure, all are right")


def test_section_9_the_interval():
    right = guesses() == prepared()[3]
    low, high = stats.binom(450, right.mean()).ppf([0.025, 0.975]) / 450
    says(9, f"from {low:.3f} to {high:.3f}")
    found = ours.bootstrap_accuracy_ci(prepared()[3], guesses(), rng=0)
    assert found == pytest.approx((low, high), abs=1.5 / 450)


def test_section_9_the_neighbour():
    t, a, b = prepared()[3], guesses() == prepared()[3], neighbour() == prepared()[3]
    says(9, f"It has {b.sum()} of 450 right, the network {a.sum()}", f"In {np.sum(a & ~b)} row the network alone is right, in {np.sum(b & ~a)} the neighbour")
    exact = stats.binomtest(int(np.sum(a & ~b)), int(np.sum(a != b))).pvalue
    says(9, f"$2 (1 + 11)/2048 = {exact:.3f}$", f"the chance of such a difference is {one_pot(450, a.sum(), b.sum()):.3f}")
    assert exact == 24 / 2048
    says(9, f"the right answer is {stats.binomtest(15, 20).pvalue:.3f}, the pot says {one_pot(200, 155, 145):.2f}")
    assert ours.paired_permutation_test(t, guesses(), neighbour(), rng=0) == pytest.approx(exact, abs=0.01)


def one_pot(n, hits_a, hits_b):
    """The two-sided p-value if all 2n answers are dealt out again: hypergeometric."""
    k, total = np.arange(n + 1), hits_a + hits_b
    return stats.hypergeom(2 * n, total, n).pmf(k)[np.abs(2 * k - total) >= abs(hits_a - hits_b)].sum()


def test_section_10():
    assert ours.input_gradient(PAPER, [[1, 3]], [1]) == pytest.approx(np.full((1, 2), 0.982), abs=1e-4)
    says(10, "$p - e_y = (0.982, -0.982)$", "$(0.982, 0.982)$")
    X, y = digits()
    _, test = ours.stratified_split(y, rng=0)
    right = ours.predict_proba(pixel_network(), X[test] / 16).argmax(axis=1) == y[test]
    says(10, f"(`X / 16`, no PCA): {right.sum()} of 450, as before", f"A network that gets {percent(right.mean(), 0)} right")
    row, steps, eight = turned()
    D = np.sqrt(distances()[row])
    assert y[row] == 3 and ours.predict_proba(pixel_network(), X[row:row + 1] / 16)[0, 3] > 0.9999
    says(10, f"After {steps} steps it says 8. The change has the length {np.sqrt(np.sum((eight - X[row]) ** 2)):.1f} in pixel values.",
         f"The nearest other 3 in the file is {D[y == 3].min():.1f} away, the nearest 8 is {D[y == 8].min():.1f} away")


def test_the_second_question():
    errors = [math.sqrt(hits / 450 * (1 - hits / 450) / 450) for hits in (434, 438)]
    assert f"the difference of {100 * 4 / 450:.1f} points has a standard error of $\\sqrt{{{errors[0]:.4f}^2 + {errors[1]:.4f}^2}}$, {100 * math.hypot(*errors):.1f} points." in " ".join(HANDOUT.split())
    assert percent(434 / 450) == "96.4 %" and percent(438 / 450) == "97.3 %"


# --- the numbered equations ---------------------------------------------------------------------


def random_network(seed, d=3, h=5, K=4):
    rng = np.random.default_rng(seed)
    return {"W1": rng.normal(size=(d, h)), "b1": rng.normal(size=h), "W2": rng.normal(size=(h, K)), "b2": rng.normal(size=K)}, rng.normal(size=(6, d)), rng.integers(0, K, 6)


def by_equation_9(p, X, y, decay):
    Z1 = X @ p["W1"] + p["b1"]
    H = np.maximum(Z1, 0)
    D2 = (ours.predict_proba(p, X) - np.eye(len(p["b2"]))[y]) / len(X)
    D1 = (D2 @ p["W2"].T) * (Z1 > 0)
    return {"W2": H.T @ D2 + decay * p["W2"], "W1": X.T @ D1 + decay * p["W1"], "b2": D2.sum(axis=0), "b1": D1.sum(axis=0)}


def by_equation_6(p, X, y, decay):
    P = ours.predict_proba(p, X)
    return -np.mean(np.log(P[np.arange(len(y)), y])) + decay / 2 * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2))


def test_equation_1_is_hypergeometric():
    assert [rare(k) for k in range(9)] == pytest.approx(stats.hypergeom(200, 8, 50).pmf(np.arange(9)))


def test_equation_2_gives_uncorrelated_scores():
    A = np.random.default_rng(0).normal(size=(40, 4)) * [5, 3, 2, 1] + 7
    Z, _ = ours.pca_fit_transform(A, A, 4)
    variances = np.sort(np.linalg.eigvalsh(np.cov(A, rowvar=False)))[::-1]
    assert np.cov(Z, rowvar=False) == pytest.approx(np.diag(variances), abs=1e-9)


def test_equation_3_turns_every_sign():
    A = digits()[0][:100]
    Z, mirrored = ours.pca_fit_transform(A, 2 * A.mean(axis=0) - A, 20)
    assert mirrored == pytest.approx(-Z, abs=1e-9)


def test_equation_4_by_loops():
    p, X, _ = random_network(1)
    for x, row in zip(X, ours.predict_proba(p, X)):
        h = [max(0, sum(x[i] * p["W1"][i, j] for i in range(3)) + p["b1"][j]) for j in range(5)]
        z = [sum(h[j] * p["W2"][j, k] for j in range(5)) + p["b2"][k] for k in range(4)]
        assert row == pytest.approx([math.exp(v) / sum(map(math.exp, z)) for v in z])


def test_equation_5_for_any_c():
    s, c = sympy.symbols("s:4", real=True), sympy.symbols("c", real=True)
    for k in range(4):
        plain, shifted = sympy.exp(s[k]) / sum(map(sympy.exp, s)), sympy.exp(s[k] - c) / sum(sympy.exp(v - c) for v in s)
        assert sympy.simplify(plain - shifted) == 0


def test_equation_6_by_another_library():
    p, X, y = random_network(2)
    entropy = metrics.log_loss(y, ours.predict_proba(p, X), labels=range(4))
    assert by_equation_6(p, X, y, 0.3) == pytest.approx(entropy + 0.15 * (np.linalg.norm(p["W1"]) ** 2 + np.linalg.norm(p["W2"]) ** 2))


def test_equation_7_is_guessing():
    assert round(-math.log(1 / 10), 3) == 2.303


def test_equation_8_by_sympy():
    s = sympy.symbols("s:3", real=True)
    P = [sympy.exp(v) / sum(map(sympy.exp, s)) for v in s]
    for y, k in itertools.product(range(3), repeat=2):
        assert sympy.simplify(sympy.diff(-sympy.log(P[y]), s[k]) - P[k] + int(k == y)) == 0


@pytest.mark.parametrize("decay", [0.0, 0.7])
def test_equation_9_are_the_slopes_of_6(decay):
    p, X, y = random_network(3)
    assert np.abs(X @ p["W1"] + p["b1"]).min() > 1e-3  # no hidden unit near its corner
    for name, slope in by_equation_9(p, X, y, decay).items():
        for i in np.ndindex(slope.shape):
            ends = []
            for step in (1e-6, -1e-6):
                moved = {k: v.copy() for k, v in p.items()}
                moved[name][i] += step
                ends.append(by_equation_6(moved, X, y, decay))
            assert (ends[0] - ends[1]) / 2e-6 == pytest.approx(slope[i], abs=1e-7)


def test_equation_10_is_a_geometric_sum():
    t = sympy.symbols("t", integer=True, nonnegative=True)
    assert sympy.summation(sympy.Rational(9, 10) ** t, (t, 0, sympy.oo)) == 10


def test_equation_11_is_a_binomial_deviation():
    right = np.sum(guesses() == prepared()[3])
    assert stats.binom(450, right / 450).std() / 450 == pytest.approx(math.sqrt(0.964 * 0.036 / 450), rel=0.01)
    assert round(math.sqrt(0.964 * 0.036 / 450), 3) == 0.009


def test_equation_12_by_another_library():
    t, p = prepared()[3], guesses()
    C = ours.confusion_matrix(t, p, 10)
    assert np.trace(C) / C.sum() == metrics.accuracy_score(t, p)
    assert np.diag(C) / C.sum(axis=1) == pytest.approx(metrics.recall_score(t, p, average=None))
    assert np.diag(C) / C.sum(axis=0) == pytest.approx(metrics.precision_score(t, p, average=None))


def test_equation_13_area_and_pairs():
    rng = np.random.default_rng(4)
    y, s = rng.permutation(np.arange(40) % 2), rng.integers(0, 8, 40)
    fpr, tpr, _ = metrics.roc_curve(y, s)
    up, down = s[y == 1][:, None], s[y == 0]
    assert integrate.trapezoid(tpr, fpr) == pytest.approx(np.mean(up > down) + np.mean(up == down) / 2) == pytest.approx(ours.roc_auc(y, s))


def test_equation_14_both_forms():
    P, t = probabilities(weight_decay=0.01), prepared()[3]
    sure, right = P.max(axis=1), P.argmax(axis=1) == t
    bins = [(sure > b / 10) & (sure <= (b + 1) / 10) for b in range(10)]
    first = sum(held.mean() * abs(right[held].mean() - sure[held].mean()) for held in bins if held.any())
    second = sum(abs(np.sum(right[held] - sure[held])) for held in bins) / len(t)
    assert first == pytest.approx(second) == pytest.approx(ours.expected_calibration_error(P, t))


def test_equation_15_by_all_resamples():
    right = (1, 1, 1, 0)
    shares = [sum(right[i] for i in rows) for rows in itertools.product(range(4), repeat=4)]
    for k in range(5):
        assert Fraction(shares.count(k), 4**4) == math.comb(4, k) * Fraction(3, 4) ** k * Fraction(1, 4) ** (4 - k)


@pytest.mark.parametrize("wins, losses", [(1, 10), (3, 0), (4, 6), (2, 2)])
def test_equation_16_by_all_exchanges(wins, losses):
    m = wins + losses
    extreme = sum(abs(sum(signs)) >= abs(wins - losses) for signs in itertools.product((-1, 1), repeat=m))
    said = sum(math.comb(m, k) for k in range(m + 1) if abs(2 * k - m) >= abs(wins - losses))
    assert extreme == said
    y = [1] * m
    a, b = [1] * wins + [0] * losses, [0] * wins + [1] * losses
    assert ours.paired_permutation_test(y, a, b, rng=0) == pytest.approx(said / 2**m, abs=0.03)


def test_equation_17_has_area_1():
    a = sympy.symbols("a", positive=True)
    for h, n in [(0, 0), (1, 1), (2, 5)]:
        f = sympy.factorial(n + 1) / sympy.factorial(h) / sympy.factorial(n - h) * a**h * (1 - a) ** (n - h)
        assert sympy.integrate(sympy.expand(f), (a, 0, 1)) == 1
        assert float(f.subs(a, 0.3)) == pytest.approx(stats.beta(h + 1, n - h + 1).pdf(0.3))


@pytest.mark.parametrize("data, said", [((1, 1, 0, 1), "5/6"), ((9, 12, 14, 25), "0.85"), ((0, 0, 0, 0), "1/2")])
def test_equation_18_by_integrals(data, said):
    a, b = sympy.symbols("a b", positive=True)
    density = lambda t, h, n: sympy.factorial(n + 1) / sympy.factorial(h) / sympy.factorial(n - h) * t**h * (1 - t) ** (n - h)
    inner = sympy.integrate(sympy.expand(density(b, *data[2:])), (b, 0, a))
    value = sympy.integrate(sympy.expand(density(a, *data[:2]) * inner), (a, 0, 1))
    assert ours.probability_a_beats_b(*data, rng=0) == pytest.approx(float(value), abs=0.006)
    assert f"{float(value):.2f}" == said or str(value) == said
    says(9, said)


def test_equation_19_is_the_slope_of_one_loss():
    p, X, y = random_network(5)
    assert np.abs(X @ p["W1"] + p["b1"]).min() > 1e-3
    for x, label, row in zip(X, y, ours.input_gradient(p, X, y)):
        for i in range(3):
            ends = [-math.log(ours.predict_proba(p, [x + h * np.eye(3)[i]])[0, label]) for h in (1e-6, -1e-6)]
            assert row[i] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-7)


def test_every_equation_has_its_check():
    tags = [int(n) for n in re.findall(r"\\tag\{(\d+)\}", HANDOUT)]
    checked = [int(m[1]) for name in globals() if (m := re.match(r"test_equation_(\d+)_", name))]
    assert tags == list(range(1, len(tags) + 1)) == sorted(checked)


def test_every_displayed_equation_is_numbered():
    assert HANDOUT.count("\n$$\n") == 2 * HANDOUT.count("\\tag{")
