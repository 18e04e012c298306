"""The checkpoint on one page."""
import numpy as np

from autograder.desk.picture import BLACK, BLUE, ORANGE, RED, SKY, panels

NEEDS = ["stratified_split", "pca_fit_transform", "predict_proba", "train_classifier", "confusion_matrix", "roc_auc", "expected_calibration_error",
         "bootstrap_accuracy_ci", "paired_permutation_test", "probability_a_beats_b", "input_gradient"]
SMALL, LARGE, SCORES, RESAMPLES, BINS = 4, 32, 20, 1000, 10


def draw(student, load):
    """Two classifiers of digits, one small and one large, and everything that can be asked of them."""
    digits = load("digits")
    pixels, y = np.column_stack([digits[name] for name in digits if name != "label"]), digits["label"].astype(int)
    train, test = map(np.asarray, student.stratified_split(y, 0.25, 0))
    Z, Z_test = map(np.asarray, student.pca_fit_transform(pixels[train], pixels[test], SCORES))
    Z, Z_test, truth = (Z - Z.mean(axis=0)) / Z.std(axis=0), (Z_test - Z.mean(axis=0)) / Z.std(axis=0), y[test]
    nets = {hidden: student.train_classifier(Z, y[train], hidden) for hidden in (SMALL, LARGE)}
    chances = {hidden: np.asarray(student.predict_proba(net, Z_test)) for hidden, net in nets.items()}
    said = {hidden: P.argmax(axis=1) for hidden, P in chances.items()}
    hits = {hidden: int((labels == truth).sum()) for hidden, labels in said.items()}
    p = student.paired_permutation_test(truth, said[LARGE], said[SMALL], rng=0)
    better = student.probability_a_beats_b(hits[LARGE], len(truth), hits[SMALL], len(truth), rng=0)
    better = f"{better:.4f}" if better < 0.9999 else "above 0.9999"

    figure, axes = panels(2, 3, (11.5, 7.4))
    table = np.asarray(student.confusion_matrix(truth, said[SMALL], 10))
    _counts(axes[0, 0], table)
    error = student.expected_calibration_error(chances[SMALL], truth, BINS)
    _reliability(axes[0, 1], chances[SMALL], truth, error)
    _resampled(axes[0, 2], student, truth, said, p)
    areas = [student.roc_auc((truth == digit).astype(int), chances[SMALL][:, digit]) for digit in range(10)]
    axes[1, 0].plot(areas, "o", color=BLUE, markersize=8)
    axes[1, 0].set(title=f"One digit against the rest ({SMALL} hidden units)", xlabel="digit", ylabel="area under the ROC curve", xticks=range(10), ylim=(None, 1.001))
    axes[1, 0].grid(axis="y", color="#DDDDDD")
    _credible(axes[1, 1], hits, len(truth), better)
    _blame(axes[1, 2], student, nets[LARGE], pixels, train, test, Z_test, truth, said[LARGE])
    return figure, (f"Two networks on {len(truth)} test digits: {hits[LARGE] / len(truth):.1%} right with {LARGE} hidden units, {hits[SMALL] / len(truth):.1%} with {SMALL}; paired p = {p:.2g}, "
                    f"P(the large one is better): {better}. In panels: the confusion matrix of the small one, with {table.sum() - np.trace(table)} mistakes; how often it is right "
                    f"against how sure it is, calibration error {error:.3f}; bootstrapped accuracies of both; areas under its ROC curves from {min(areas):.3f}; what is credible of "
                    "both accuracies; and test digits above the gradients of their loss.")


def _counts(ax, table):
    ax.imshow(np.sqrt(table), cmap="Blues")
    for i, j in np.argwhere(table > 0):
        ax.text(j, i, table[i, j], ha="center", va="center", fontsize=8, color="white" if i == j else BLACK)
    ax.set(title=f"Who is taken for whom ({SMALL} hidden units)", xlabel="predicted digit", ylabel="true digit", xticks=range(10), yticks=range(10))


def _reliability(ax, chances, truth, error):
    sure, right = chances.max(axis=1), chances.argmax(axis=1) == truth
    bins = np.clip(np.ceil(sure * BINS).astype(int) - 1, 0, BINS - 1)
    full = [b for b in range(BINS) if (bins == b).any()]
    middle, share = [sure[bins == b].mean() for b in full], [right[bins == b].mean() for b in full]
    ax.plot([0, 1], [0, 1], ":", color=BLACK, label="as often as it says")
    ax.vlines(middle, middle, share, color=ORANGE, linewidth=3, label="gap")
    ax.scatter(middle, share, [20 + 150 * (bins == b).mean() for b in full], color=BLUE, zorder=3, label="bin, by its size")
    ax.set(title=f"Sure and right: calibration error {error:.3f}", xlabel="mean confidence", ylabel="share that is right", xlim=(0, 1.03), ylim=(0, 1.03))
    ax.legend(loc="upper left")


def _resampled(ax, student, truth, said, p):
    for hidden, colour in ((SMALL, ORANGE), (LARGE, BLUE)):
        low, high = student.bootstrap_accuracy_ci(truth, said[hidden], rng=0)
        shares = [student.bootstrap_accuracy_ci(truth, said[hidden], 1, rng=seed)[0] for seed in range(RESAMPLES)]  # of one resample: its accuracy
        ax.hist(shares, bins=np.arange(min(shares), max(shares) + 0.004, 2 / len(truth)), color=colour, label=f"{hidden} hidden: {low:.3f} to {high:.3f}")
    ax.set(title=f"{RESAMPLES} resamples; paired p = {p:.2g}", xlabel="accuracy", ylabel="resamples", ylim=(0, ax.get_ylim()[1] * 1.35))
    ax.legend(title="95 percent interval", loc="upper center")


def _credible(ax, hits, n, better):
    grid = np.linspace(min(h / n for h in hits.values()) - 0.08, 1, 400)[:-1]
    for (hidden, h), colour, style in zip(hits.items(), (ORANGE, BLUE), ("--", "-")):
        log = h * np.log(grid) + (n - h) * np.log1p(-grid)
        density = np.exp(log - log.max())
        ax.plot(grid, density / np.trapezoid(density, grid), style, color=colour, label=f"{hidden} hidden: {h} of {n}")
    ax.set(title=f"P(large beats small | data): {better}", xlabel="true accuracy", ylabel="posterior density", ylim=(0, ax.get_ylim()[1] * 1.35))
    ax.legend(loc="upper left")


def _blame(ax, student, net, pixels, train, test, Z_test, truth, said):
    """Test digits, the first mistakes among them, above the gradient of their loss by each pixel."""
    wrong = np.flatnonzero(said != truth)[:2]
    right = [np.flatnonzero((said == truth) & (truth == digit))[:1] for digit in range(10) if digit not in truth[wrong]]
    chosen = np.concatenate([wrong, *right])[:4]
    slopes = np.asarray(student.input_gradient(net, Z_test[chosen], truth[chosen]))
    centred = pixels[train] - pixels[train].mean(axis=0)
    back = np.linalg.lstsq(centred, np.asarray(student.pca_fit_transform(pixels[train], pixels[train], SCORES)[0]), rcond=None)[0]  # the components, with the learner's signs
    blame = (slopes / (centred @ back).std(axis=0)) @ back.T
    rows = [np.hstack([np.pad(image.reshape(8, 8) / np.abs(image).max(), 1, constant_values=np.nan) for image in images]) for images in (pixels[test[chosen]], blame)]
    ax.imshow(np.vstack(rows), cmap="PuOr", vmin=-1, vmax=1)
    ax.set(title="Digits; below: where more ink raises\ntheir loss (violet) or lowers it (orange)", xlabel="true digit", yticks=[], xticks=[10 * k + 4.5 for k in range(len(chosen))],
           xticklabels=[f"{t}, said {s}" if t != s else f"{t}" for t, s in zip(truth[chosen], said[chosen])])
    ax.tick_params(axis="x", length=0, labelsize=8)
    for side in ax.spines.values():
        side.set_visible(False)


def illustrate(load):
    """A ROC curve with a tie, its area, and what a bell of chance says about 15 against 5."""
    figure, (left, middle, right) = panels(1, 3, (10.5, 3.7))
    x, y = [0, 0, 1 / 3, 2 / 3, 1], [0, 0.5, 0.5, 1, 1]
    left.fill_between(x, y, color=SKY, alpha=0.5, label="area 0.75")
    left.plot(x, y, "o-", color=BLUE)
    left.plot([0, 1], [0, 1], ":", color=BLACK, label="guessing: 0.5")
    for spot, score, place in zip(zip(x[1:], y[1:]), ("0.9", "0.6", "0.4, a tie", "0.1"), ((6, 4), (6, -14), (-52, 2), (-14, 6))):
        left.annotate(score, spot, place, textcoords="offset points")
    left.set(title="ROC curve of five scores", xlabel="false-positive rate", ylabel="true-positive rate", xlim=(-0.03, 1.08), ylim=(-0.03, 1.12))
    left.legend(loc="lower right")

    k = np.arange(21)
    chance = np.array([1.0])
    for _ in range(20):
        chance = np.convolve(chance, [0.5, 0.5])
    far = np.abs(k - 10) >= 5
    middle.bar(k[~far], chance[~far], color=SKY, label="nearer to 10")
    middle.bar(k[far], chance[far], color=RED, label=f"as far as 15: p = {chance[far].sum():.4f}")
    middle.set(title="20 rows on which only one is right", xlabel="rows that A has right", ylabel="probability, if A and B are equal", ylim=(0, 0.25))
    middle.legend(loc="upper center")

    t = np.linspace(0.2, 1, 300)[:-1]
    for hits, n, colour, style in ((9, 12, BLUE, "-"), (14, 25, ORANGE, "--")):
        density = t**hits * (1 - t) ** (n - hits)
        right.plot(t, density / np.trapezoid(density, t), style, color=colour, label=f"{hits} of {n}")
    right.set(title="Which one is better, after few cases?", xlabel="true accuracy", ylabel="posterior density", ylim=(0, 5))
    right.legend(loc="upper left")
    return figure, ("Left: the ROC curve of two positives, scores 0.9 and 0.4, and three negatives, 0.6, 0.4 and 0.1; the tie makes a slanted step, and the area is 0.75. Middle: the "
                    f"chances of 0 to 20 rows in favour of A if both are equally good; 15 or more, or 5 or fewer, have {chance[far].sum():.4f} together. Right: what 9 of 12 and 14 of 25 "
                    "right answers say about the true accuracy, two broad and overlapping bells.")
