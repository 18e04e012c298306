"""Three learning rates on one surface."""
import numpy as np

from autograder.desk.picture import BLACK, BLUE, GREEN, ORANGE, RED, SKY, panels

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
    paths = {share: np.asarray(student.gradient_descent(slope, [6.0, 6.0], share * limit, STEPS)) for share in (0.05, 0.5, 0.98)}
    ends = [f"{student.mse_loss(y, X[:, 0] * w + b):.1f}" for w, b in (path[-1] for path in paths.values())]
    w, b = np.linspace(-26, 11, 38), np.linspace(-2, 52, 37)
    loss = np.array([[student.mse_loss(y, X[:, 0] * wi + bi) for wi in w] for bi in b])
    figure, axes = panels(1, 3, (10.5, 4), sharey=True)
    for ax, (share, path) in zip(axes, paths.items()):
        surface = ax.contourf(w, b, loss, levels=LEVELS, norm="log", extend="max")
        surface.set_edgecolor("face")  # else an SVG shows white seams
        ax.plot(*path.T, "o-", color="white", markeredgecolor="black", markeredgewidth=0.5, markersize=4.5, linewidth=1)
        ax.plot(*best, "*", color=RED, markeredgecolor="white", markersize=17)
        ax.set(title=f"{share:g} of the limit: learning rate {share * limit:.3g}", xlabel="w, mpg per 1000 pounds", xlim=w[[0, -1]], ylim=b[[0, -1]])
    axes[0].set(ylabel="b, mpg of a car of 2000 pounds")
    figure.colorbar(surface, ax=axes, label="loss, mpg²", ticks=LEVELS[::3], format="%.0f")
    return figure, (f"Gradient descent on the squared error of a line through {len(y)} cars, fuel economy against weight, {STEPS} steps each from the same start. "
                    f"At 0.05 of the stability limit {limit:.3g} it creeps (loss {ends[0]} at the end), at half of the limit it goes straight down the valley "
                    f"({ends[1]}), at 0.98 it jumps from wall to wall ({ends[2]}). The star is the normal equation: w = {best[0]:.2f}, b = {best[1]:.2f}.")


def illustrate(load):
    """The three flats and two lines, the secants that become a tangent, and the error of a slope against the step."""
    figure, (left, middle, right) = panels(1, 3, (10.5, 3.5))
    rooms, prices = np.array([0, 1, 2]), np.array([1, 3, 4])
    x = np.linspace(-0.2, 2.2, 2)
    left.vlines(rooms, rooms, prices, color=RED, linestyle=":", linewidth=2, label="residuals -1, -2, -2")
    left.plot(x, x, color=ORANGE, linestyle="--", label="w = 1, b = 0: loss 3")
    left.plot(x, 1.5 * x + 7 / 6, color=BLUE, label="w = 1.5, b = 7/6: loss 1/18")
    left.plot(rooms, prices, "o", color=BLACK, markersize=7)
    left.set(title="Three flats, two lines", xlabel="rooms", ylabel="price, 100,000", xticks=rooms, ylim=(-0.5, 7.2))
    left.legend(loc="upper left")

    x = np.linspace(1.2, 2.8, 100)
    middle.plot(x, x**3, color=BLACK, linewidth=2, label="$x^3$")
    for ends, slope, colour, style, name in (((2, 2.5), 15.25, ORANGE, "--", "one side: 15.25"), ((1.5, 2.5), 12.25, BLUE, "-.", "both sides: 12.25"),
                                             ((2, 2), 12, GREEN, "-", "tangent: 12")):
        middle.plot(x, ends[0] ** 3 + slope * (x - ends[0]), color=colour, linestyle=style, label=name)
        middle.plot(ends, np.power(ends, 3), "o", color=colour)
    middle.set(title="Slope at 2, with h = 0.5", xlabel="x", ylabel="f(x)", ylim=(-3, 24))
    middle.legend(loc="upper left")

    h = 10.0 ** np.arange(-15, 0.1, 0.3)
    one, both = (np.exp(1 + h) - np.e) / h, (np.exp(1 + h) - np.exp(1 - h)) / (2 * h)
    right.loglog(h, np.abs(one - np.e) + 1e-16, "s--", color=ORANGE, markersize=3.5, label="one side")
    right.loglog(h, np.abs(both - np.e) + 1e-16, "o-", color=BLUE, markersize=3.5, label="both sides")
    right.axvline(1e-5, color=SKY, linewidth=3, zorder=0, label="h = 0.00001")
    right.set(title="Error of the slope of $e^x$ at 1", xlabel="step h", ylabel="error", ylim=(1e-12, 1e5), xticks=[1e-15, 1e-10, 1e-5, 1])
    right.legend(loc="upper center")
    return figure, ("Left: three flats as points, the bad line w = 1, b = 0 with its residuals -1, -2, -2, and the best line w = 1.5, b = 7/6. "
                    "Middle: the curve x cubed with a secant on one side of 2, slope 15.25, a secant on both sides, slope 12.25, and the tangent, slope 12. "
                    "Right: the error of both quotients against the step on logarithmic axes, two Vs, the one of both sides far lower near h = 0.00001.")
