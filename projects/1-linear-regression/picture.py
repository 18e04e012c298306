"""Three learning rates on one surface."""
import numpy as np

from autograder.desk.picture import RED, panels

NEEDS = ["mse_loss", "mse_gradient", "gradient_descent", "normal_equation", "max_stable_learning_rate"]
STEPS = 40
LEVELS = 15 * 2 ** (np.arange(25) / 3)  # of the loss, three to each doubling


def draw(student, load):
    """Gradient descent on the loss of a line, mpg against weight, at three shares of the stability limit."""
    cars = load("auto_mpg")
    X, y = (cars["weight"][:, None] - 2000) / 1000, cars["mpg"]
    limit = float(student.max_stable_learning_rate(X))
    best_w, best_b = student.normal_equation(X, y)
    best = np.append(best_w, best_b)
    slope = lambda v: np.append(*student.mse_gradient(X, y, v[:1], v[1]))
    w, b = np.linspace(-26, 11, 38), np.linspace(-2, 52, 37)
    loss = np.array([[student.mse_loss(y, X[:, 0] * wi + bi) for wi in w] for bi in b])
    figure, axes = panels(1, 3, (10.5, 4), sharey=True)
    ends = []
    for ax, share in zip(axes, (0.05, 0.5, 0.98)):
        path = np.asarray(student.gradient_descent(slope, [6.0, 6.0], share * limit, STEPS))
        surface = ax.contourf(w, b, loss, levels=LEVELS, norm="log", extend="max")
        surface.set_edgecolor("face")  # else an SVG shows white seams
        ax.plot(*path.T, "o-", color="white", markeredgecolor="black", markeredgewidth=0.5, markersize=4.5, linewidth=1)
        ax.plot(*best, "*", color=RED, markeredgecolor="white", markersize=17)
        ax.set(title=f"{share:g} of the limit: learning rate {share * limit:.3g}", xlabel="w, mpg per 1000 pounds", xlim=w[[0, -1]], ylim=b[[0, -1]])
        ends.append(f"{student.mse_loss(y, X[:, 0] * path[-1, 0] + path[-1, 1]):.1f}")
    axes[0].set(ylabel="b, mpg of a car of 2000 pounds")
    figure.colorbar(surface, ax=axes, label="loss, mpg²", ticks=LEVELS[::3], format="%.0f")
    return figure, (f"Gradient descent on the squared error of a line through {len(y)} cars, fuel economy against weight, {STEPS} steps each from the same start. "
                    f"At 0.05 of the stability limit {limit:.3g} it creeps (loss {ends[0]} at the end), at half of the limit it goes straight down the valley "
                    f"({ends[1]}), at 0.98 it jumps from wall to wall ({ends[2]}). The star is the normal equation: w = {best[0]:.2f}, b = {best[1]:.2f}.")
