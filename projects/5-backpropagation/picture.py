"""A net learns to bend."""
import numpy as np

from autograder.desk.picture import BLACK, BLUE, GREEN, ORANGE, RED, panels

NEEDS = ["softmax", "train_mlp", "adam_step", "newton_minimize"]
EPOCHS = (1, 10, 60, 1000)
RAVINE, START = np.array([1.0, 50.0]), np.array([10.0, 1.0])  # of the handout: (x0² + 50 x1²) / 2


def draw(student, load):
    """Where a net draws the border of one species of penguins after more and more epochs; three ways down a ravine."""
    penguins = load("penguins")
    bill = np.column_stack([penguins["culmen_length_mm"], penguins["culmen_depth_mm"]])
    known = np.isfinite(bill).all(axis=1)
    bill, y = bill[known], (penguins["species"][known] == "Chinstrap").astype(int)
    middle, spread = bill.mean(axis=0), bill.std(axis=0)
    X = (bill - middle) / spread
    length, depth = np.linspace(31, 61, 91), np.linspace(12.5, 22.5, 81)
    grid = (np.stack(np.meshgrid(length, depth), axis=-1).reshape(-1, 2) - middle) / spread

    figure, axes = panels(2, 3, (11, 7))
    losses, chances = [], None
    for ax, epochs in zip(axes[:, :2].flat, EPOCHS):
        params, history = student.train_mlp(X, y, 16, 0.5, epochs, 0)
        losses.append(history[-1])
        chances = np.asarray(student.softmax(student.network_scores(grid, params)))[:, 1].reshape(81, 91)
        surface = ax.contourf(length, depth, chances, np.linspace(0, 1, 11), cmap="PuOr", vmin=-0.3, vmax=1.3)
        surface.set_edgecolor("face")
        ax.contour(length, depth, chances, [0.5], colors=BLACK, linewidths=1.5)
        ax.plot(*bill[y == 0].T, "o", color=ORANGE, markeredgecolor=BLACK, markeredgewidth=0.4, markersize=4, label="Adelie, Gentoo")
        ax.plot(*bill[y == 1].T, "^", color=BLUE, markeredgecolor=BLACK, markeredgewidth=0.4, markersize=5, label="Chinstrap")
        ax.set(title=f"epoch {epochs}: loss {losses[-1]:.3f}", xlabel="length of the bill, mm", ylabel="depth of the bill, mm")
    axes[0, 0].legend(loc="lower left")
    figure.colorbar(surface, ax=axes[1, 1], label="P(Chinstrap)")
    right = float(np.mean((np.asarray(student.softmax(student.network_scores(X, params)))[:, 1] > 0.5) == y))

    way = axes[0, 2]
    way.semilogx(np.arange(1, len(history) + 1), history, color=BLUE)
    way.plot(EPOCHS, losses, "o", color=BLACK)
    way.set(title="The loss on its way", xlabel="epoch", ylabel="loss, nats", ylim=(0, None), xticks=EPOCHS, xticklabels=EPOCHS)
    ends = _race(axes[1, 2], student)
    return figure, (f"A network with 16 hidden units learns to tell {y.sum()} Chinstrap penguins from {(y == 0).sum()} others by length and depth of their bills. "
                    f"Its border after {', '.join(map(str, EPOCHS))} epochs, at losses of {', '.join(f'{loss:.2f}' for loss in losses)}: it bends more and more, and at the end "
                    f"{right:.1%} of the birds are on their side. "
                    f"Last panel: in a ravine plain descent is {ends[0]:.2g} from the bottom after 40 steps, Adam {ends[1]:.2g}, and Newton's method is there after one.")


def _race(ax, student):
    """Plain steps, Adam and Newton in the ravine; how far the first two are from the bottom at the end."""
    slope = lambda x: RAVINE * x
    plain, adam = [START], [START]
    m = v = np.zeros(2)
    for t in range(1, 41):
        plain.append(plain[-1] - 0.035 * slope(plain[-1]))
        theta, m, v = map(np.asarray, student.adam_step(adam[-1], slope(adam[-1]), m, v, t, 0.5))
        adam.append(theta)
    newton = np.asarray(student.newton_minimize(slope, lambda x: np.diag(RAVINE), START, 1))
    x, z = np.linspace(-3, 11, 60), np.linspace(-1.3, 1.6, 60)
    ax.contour(x, z, (RAVINE[0] * x**2 + RAVINE[1] * z[:, None] ** 2) / 2, np.array([1, 4, 10, 20, 35, 50]), colors="#AAAAAA", linewidths=0.8)
    for path, mark, colour, name in ((plain, "s-", RED, "plain, 40 steps"), (adam, "o-", BLUE, "Adam, 40 steps"), (newton, "D--", GREEN, "Newton, 1 step")):
        ax.plot(*np.transpose(path), mark, color=colour, markersize=3.5, linewidth=1.2, label=name)
    ax.set(title="Three ways down a ravine", xlabel="$x_0$", ylabel="$x_1$", xlim=(-3, 11), ylim=(-1.3, 1.9))
    ax.legend(loc="upper left", ncols=2)
    return [np.linalg.norm(path[-1]) for path in (plain, adam)]


def illustrate(load):
    """The graph of (a + b) ab with its slopes, and three gates that add up to a bend."""
    figure, (left, right) = panels(1, 2, (10.5, 3.9), width_ratios=[1.35, 1])
    nodes = {"a = 2": (0, 1, 21), "b = 3": (0, 0, 16), "u = a + b = 5": (1.2, 1, 6), "v = a b = 6": (1.2, 0, 5), "L = u v = 30": (2.4, 0.5, 1)}
    place = {name[0]: spot[:2] for name, spot in nodes.items()}
    for start, end, slope, along in (("a", "u", 1, 0.38), ("b", "u", 1, 0.3), ("a", "v", 3, 0.3), ("b", "v", 2, 0.38), ("u", "L", 6, 0.5), ("v", "L", 5, 0.5)):
        (x0, y0), (x1, y1) = place[start], place[end]
        left.annotate("", (x1, y1), (x0, y0), arrowprops={"arrowstyle": "-|>", "color": BLUE, "shrinkA": 26, "shrinkB": 56 if y0 == y1 else 34, "linewidth": 1.6})
        left.text(x0 + along * (x1 - x0), y0 + along * (y1 - y0), f"×{slope}", color=BLUE, fontsize=11, ha="center", va="center", bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
    for name, (x, y, total) in nodes.items():
        left.text(x, y, name, ha="center", va="center", fontsize=11, bbox={"boxstyle": "round,pad=0.5", "facecolor": "#FFF4DC", "edgecolor": BLACK})
        left.text(x, y + (0.19 if y == 1 else -0.19), f"slope of L: {total}", ha="center", va="center", fontsize=10, color=RED)
    left.set(xlim=(-0.4, 2.9), ylim=(-0.35, 1.35), title="Forward: values. Backward: slopes, added where ways meet")
    left.axis("off")
    x = np.linspace(-3, 3, 400)
    gates = [(1, -1.5, "-"), (-2, 0, "--"), (1, 1.5, "-.")]
    for (weight, shift, style), colour in zip(gates, (BLUE, ORANGE, GREEN)):
        right.plot(x, weight * np.maximum(x - shift, 0), style, color=colour, label=f"{weight} relu(x {'-' if shift > 0 else '+'} {abs(shift)})".replace("+ 0", "- 0"))
    right.plot(x, sum(w * np.maximum(x - s, 0) for w, s, _ in gates), color=BLACK, linewidth=2.5, label="their sum")
    right.set(title="Three gates add up to a hat", xlabel="x", ylabel="output", ylim=(-6.5, 7.5))
    right.legend(loc="upper left")
    return figure, ("Left: the graph of L = (a + b) times ab at a = 2, b = 3: u = 5, v = 6, L = 30. Each arrow carries the slope of its step, and the products of all ways back to a "
                    "add up to 21, those to b to 16. Right: three shifted and weighted relu gates, each a line with one bend, and their sum, a hat.")
