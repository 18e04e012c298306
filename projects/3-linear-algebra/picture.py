"""Eigenvectors become visible."""
import numpy as np
from sklearn.datasets import load_sample_image

from autograder.desk.picture import BLACK, COLOURS, panels

NEEDS = ["pca", "low_rank_approximation"]
RANKS = (1, 5, 20, 60)
MARKERS = "o^sDvP*X<>"


def draw(student, load):
    """A photo from a few singular patterns; the digits on two principal components; twelve components as images."""
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
