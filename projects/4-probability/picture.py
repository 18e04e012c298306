"""Belief sharpens, chance settles."""
import numpy as np

from autograder.desk.picture import BLACK, BLUE, ORANGE, RED, SKY, panels

NEEDS = ["grid_posterior", "stationary_distribution"]
KINDS = ["drizzle", "fog", "rain", "snow", "sun"]
DAYS = 10


def draw(student, load):
    """How sure we are of P(wet tomorrow | wet today) after more and more days; how Seattle's weather forgets a snowy day."""
    weather = load("seattle_weather")
    wet = weather["precipitation"] > 0
    again = wet[1:][wet[:-1]]  # whether a wet day was followed by another, in order
    grid = np.linspace(0, 1, 801)
    figure, (left, middle, right) = panels(1, 3, (11.5, 3.9), width_ratios=[1.25, 1.15, 1])
    for n, shade in zip((0, 3, 10, 50, 200, len(again)), np.linspace(0.7, 0, 6)):
        k = int(again[:n].sum())
        density = np.asarray(student.grid_posterior(k, n, grid))
        left.plot(grid, density, color=_mix(BLUE, shade), label=f"{k} of {n}", linewidth=1.4 + 1.2 * (shade == 0))
    peak = float(grid[np.argmax(density)])
    left.set(title="Belief about P(wet tomorrow | wet today)", xlabel="probability", ylabel="posterior density", xlim=(0, 1), ylim=(0, None))
    left.legend(title="wet days that\nfollowed a wet one", loc="upper left")

    now, then = (np.searchsorted(KINDS, weather["weather"][part]) for part in (slice(None, -1), slice(1, None)))
    P = np.zeros((5, 5))
    np.add.at(P, (now, then), 1)
    P /= P.sum(axis=1, keepdims=True)
    settled = np.asarray(student.stationary_distribution(P))
    walk = np.array([np.linalg.matrix_power(P, t)[KINDS.index("snow")] for t in range(DAYS + 1)])
    chart = middle.imshow(walk.T, aspect="auto", vmin=0, vmax=1)
    middle.set(title="From snow today to the weather of later days", xlabel="days from today", yticks=range(5), yticklabels=KINDS)
    figure.colorbar(chart, ax=middle, label="probability")
    days = np.bincount(np.searchsorted(KINDS, weather["weather"]), minlength=5) / len(wet)
    right.barh(range(5), settled, color=ORANGE, label="stationary distribution")
    right.plot(days, range(5), "D", color=BLACK, markersize=6, label=f"share of {len(wet):,} days")
    right.set(title="... settles here, whatever today is", xlabel="probability", yticks=range(5), yticklabels=KINDS)
    right.invert_yaxis()
    right.legend(loc="upper right")
    return figure, (f"Left: the posterior density of the chance that a wet day in Seattle is followed by another, flat before any data and sharp at {peak:.3f} "
                    f"after {len(again)} wet days. Middle: the distribution of the weather {DAYS} days ahead, starting in snow, soon no longer changes. "
                    f"Right: the stationary distribution of the same chain, sun {settled[4]:.3f} and rain {settled[2]:.3f}, next to the share of all days, "
                    f"{days[4]:.3f} and {days[2]:.3f}.")


def _mix(colour, white):
    """The colour with this share of white in it."""
    return tuple(1 - (1 - int(colour[i:i + 2], 16) / 255) * (1 - white) for i in (1, 3, 5))


def illustrate(load):
    """Ten thousand people and a test, the binomial distribution, and a chain that forgets where it began."""
    figure, (left, middle, right) = panels(1, 3, (10.5, 3.8), width_ratios=[1, 1, 1.1])
    rows, columns = np.mgrid[:45, :13]
    for which, colour, mark, name in ((columns < 2, RED, "s", "ill: 90"), (columns >= 2, SKY, "o", "healthy: 495")):
        left.plot(columns[which], rows[which], mark, color=colour, markersize=4, label=name)
    left.set(title="The 585 of 10,000 who test positive", xlabel="P(ill | positive) = 90/585 = 2/13", xticks=[], yticks=[], ylim=(-1, 53))
    left.legend(loc="upper center", ncols=2)

    k, n, p = np.arange(7), 6, 0.3
    pmf = np.array([1, 6, 15, 20, 15, 6, 1]) * p**k * (1 - p) ** (n - k)
    for label, x in zip(middle.bar(k, pmf, color=BLUE), pmf):
        middle.annotate(f"{x:.3f}", (label.get_x() + 0.4, x), (0, 2), textcoords="offset points", ha="center", fontsize=9)
    middle.set(title="Six tries with probability 0.3", xlabel="successes", ylabel="probability", xticks=k)

    wet = load("seattle_weather")["precipitation"] > 0
    stays, comes = (wet[1:][wet[:-1] == today].mean() for today in (True, False))
    for start, colour, mark, name in ((1.0, BLUE, "o-", "wet today"), (0.0, RED, "s--", "dry today")):
        path = [start]
        for _ in range(7):
            path.append(path[-1] * stays + (1 - path[-1]) * comes)
        right.plot(path, mark, color=colour, label=name)
    limit = comes / (1 - stays + comes)
    right.axhline(limit, color=BLACK, linestyle=":", label=f"stationary: {limit:.4f}")
    right.set(title="How long the chain remembers", xlabel="days from today", ylabel="probability of a wet day", ylim=(0, 1.05))
    right.legend(loc="upper right")
    return figure, ("Left: the 585 people of ten thousand who test positive as dots in 13 columns, 2 of them ill: of 100 ill people the test finds 90, of 9900 healthy ones it alarms 495. Middle: the "
                    "probabilities of 0 to 6 successes in six tries. Right: what the chain of wet and dry days says about Seattle, after a wet and after a dry day; within "
                    f"a week both reach its stationary {limit:.4f}.")
