"""Eigenvectors become visible."""
import numpy as np

from autograder.desk.picture import BLACK, BLUE, COLOURS, GREEN, ORANGE, RED, SKY, panels

NEEDS = ["pca", "low_rank_approximation"]
RANKS = (1, 5, 20, 60)
MARKERS = "o^sDvP*X<>"


def draw(student, load):
    """A photo from a few singular patterns; the digits on two principal components; twelve components as images."""
    from sklearn.datasets import load_sample_image  # two seconds that a picture which waits is not worth
    photo = load_sample_image("china.jpg")[::2, ::2].mean(axis=2)  # by danielbuechele, CC BY 2.0; black is 0, white is 255
    digits = load("digits")
    label = digits["label"].astype(int)
    pixels = np.column_stack([digits[name] for name in digits if name != "label"])
    components, variances, scores = map(np.asarray, student.pca(pixels, 12))
    total = pixels.var(axis=0, ddof=1).sum()

    figure, axes = panels(4, 8, (11, 8.6), height_ratios=[1.25, 1, 1, 1])
    errors, cells = [], axes[0, 0].get_gridspec()
    for ax in [*axes[0], *axes[1:, :4].flat]:
        ax.remove()
    film = cells[0, :].subgridspec(1, 5)
    for n, k in enumerate((*RANKS, None)):
        ax, copy = figure.add_subplot(film[n]), np.asarray(student.low_rank_approximation(photo, k)) if k else photo
        errors.append(np.sqrt(np.mean((copy - photo) ** 2)))
        ax.imshow(copy, cmap="gray", vmin=0, vmax=255)
        ax.set(title=f"rank {k}: {k * (sum(photo.shape) + 1) / photo.size:.0%} stored" if k else f"the photo: {photo.size:,} numbers", xticks=[], yticks=[],
               xlabel=f"typical error {errors[-1]:.0f} of 255" if k else "danielbuechele, CC BY 2.0")
    _plane(figure.add_subplot(cells[1:, :4]), scores, label, variances / total)
    for n, (ax, component) in enumerate(zip(axes[1:, 4:].flat, components)):
        limit = np.abs(component).max()
        ax.imshow(component.reshape(8, 8), cmap="PuOr", vmin=-limit, vmax=limit)
        ax.set(xticks=[], yticks=[], title=f"component {n + 1}" if n < 4 else "", xlabel=f"{variances[n] / total:.1%} of variance")
    return figure, (f"Top: a photo of {photo.shape[0]} by {photo.shape[1]} grey values from its first {', '.join(map(str, RANKS))} singular patterns, with typical "
                    f"errors of {', '.join(f'{e:.0f}' for e in errors[:-1])} of 255: blurred bands first, then a temple. Left: {len(label)} images of handwritten digits on "
                    f"their first two principal components, {variances[:2].sum() / total:.1%} of the variance, where most kinds of digit form a cloud of their own. "
                    f"Right: the first twelve principal components as images of 8 by 8 pixels.")


def _plane(ax, scores, label, share):
    """The digits on the first two components: a colour, a marker, and at the middle of each cloud its number."""
    for digit in range(10):
        cloud = scores[label == digit, :2]
        ax.plot(*cloud.T, MARKERS[digit], color=[*COLOURS, "#888888", "#7F3C00"][digit], markersize=4.5, markeredgecolor=BLACK, markeredgewidth=0.3, alpha=0.8, rasterized=True)
    for digit in range(10):
        ax.text(*np.median(scores[label == digit, :2], axis=0), digit, fontsize=15, fontweight="bold", ha="center", va="center",
                bbox={"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": BLACK, "alpha": 0.9})
    ax.set(title=f"{len(label)} handwritten digits on two components", xlabel=f"first component, units of ink ({share[0]:.1%} of the variance)",
           ylabel=f"second component, units of ink ({share[1]:.1%})")


def illustrate(load):
    """A matrix turns the unit circle into an ellipse; repeated multiplication turns every vector to the eigenvector."""
    A, S = np.array([[3.0, 0.0], [4.0, 5.0]]), np.array([[2.0, 1.0], [1.0, 2.0]])
    U, s, Vt = np.linalg.svd(A)
    U, Vt = U * np.sign(Vt[:, :1]).T, Vt * np.sign(Vt[:, :1])  # both v_i to the right
    circle = np.array([np.cos(t := np.linspace(0, 2 * np.pi, 200)), np.sin(t)])
    figure, (left, middle, right) = panels(1, 3, (10.5, 3.7))
    for ax, curve, arrows, names in ((left, circle, Vt, ("$v_1$", "$v_2$")), (middle, A @ circle, (U * s).T, ("$\\sigma_1 u_1$", "$\\sigma_2 u_2$"))):
        ax.plot(*curve, color=BLACK, linewidth=1)
        for arrow, colour, name, place in zip(arrows, (BLUE, ORANGE), names, ((5, 3), (6, -12))):
            _arrow(ax, arrow, colour, name, place)
    left.set(title="The unit circle", xlim=(-1.6, 1.6), ylim=(-1.6, 1.6))
    middle.set(title="... after A = [[3, 0], [4, 5]]", xlim=(-7.5, 7.5), ylim=(-7.5, 7.5))
    middle.text(0.03, 0.97, f"$\\sigma_1$ = {s[0]:.3f}\n$\\sigma_2$ = {s[1]:.3f}", transform=middle.transAxes, va="top")
    v = np.array([1.0, 0.0])
    for step, colour in enumerate((SKY, ORANGE, RED, BLUE)):
        _arrow(right, v, colour)
        right.plot([], [], color=colour, linewidth=3, label=f"step {step}: v·Sv = {v @ S @ v:.4f}".rstrip("0").rstrip("."))
        v = S @ v / np.linalg.norm(S @ v)
    right.plot([0, 1.1], [0, 1.1], ":", color=GREEN, linewidth=2, label="eigenvector, eigenvalue 3")
    right.set(title="Powers of S = [[2, 1], [1, 2]]", xlim=(-0.05, 1.85), ylim=(-0.05, 1.85))
    right.legend(loc="upper left")
    for ax in (left, middle, right):
        ax.set(aspect="equal", xlabel="first coordinate", ylabel="second coordinate")
    return figure, ("Left: the unit circle with two perpendicular directions v1 and v2. Middle: the matrix with the rows (3, 0) and (4, 5) makes of it an ellipse; v1 and v2 "
                    f"become its half-axes, of length {s[0]:.3f} and {s[1]:.3f}, the singular values. Right: power iteration turns (1, 0) step by step to the diagonal, "
                    "the eigenvector of the matrix with the rows (2, 1) and (1, 2), and the Rayleigh quotient goes to its eigenvalue 3.")


def _arrow(ax, tip, colour, name="", place=(0, 0)):
    ax.annotate("", tip, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 2.2, "shrinkA": 0, "shrinkB": 0})
    ax.annotate(name, tip, place, textcoords="offset points", color=colour, fontsize=12)
