"""What "95 percent" and "p" mean."""
import numpy as np

from autograder.desk.picture import BLACK, BLUE, GREEN, ORANGE, RED, SKY, panels

NEEDS = ["quantile", "bootstrap_ci", "permutation_test"]
RESAMPLES = SHUFFLES = 2000


def draw(student, load):
    """The bootstrap of a median price, and births on Fridays the 13th against what chance does to the other Fridays."""
    houses, births = load("king_county_houses"), load("us_births")
    prices = houses["price"][houses["yr_renovated"] > 0] / 1000
    median = lambda sample: student.quantile(sample, 0.5)
    low, high = student.bootstrap_ci(prices, median, RESAMPLES, 0.95, 0)
    medians = np.array([student.bootstrap_ci(prices, median, 1, 0.95, seed)[0] for seed in range(RESAMPLES)])  # of one resample: the median itself

    friday = births["day_of_week"] == 5
    unlucky = friday & (births["date_of_month"] == 13)
    x, y = births["births"][unlucky], births["births"][friday & ~unlucky]
    p = student.permutation_test(x, y, SHUFFLES, 0)
    observed, rng, pool = x.mean() - y.mean(), np.random.default_rng(0), np.concatenate([x, y])
    chance = np.array([s[:x.size].mean() - s[x.size:].mean() for s in (rng.permutation(pool) for _ in range(SHUFFLES))])  # the test tells only p

    figure, (left, right) = panels(1, 2, (10.5, 4.2))
    left.hist(medians, bins=32, color=BLUE)
    left.axvspan(low, high, color=ORANGE, alpha=0.3, zorder=0, label=f"95 percent: {low:,.0f} to {high:,.0f}")
    left.axvline(np.median(prices), color=BLACK, linestyle="--", label=f"median of the sample: {np.median(prices):,.0f}")
    left.set(title=f"Median price of {prices.size} renovated houses, {RESAMPLES} resamples", xlabel="median price, 1000 dollars", ylabel="resamples")
    bins = np.histogram_bin_edges(np.append(chance, [observed, -observed]), 60)
    far = np.abs(chance) >= abs(observed)
    right.hist([chance[~far], chance[far]], bins=bins, stacked=True, color=[SKY, RED], label=["if the date meant nothing", "as far out as observed"])
    right.axvline(observed, color=RED, linewidth=2.5)
    right.annotate(f"observed {observed:,.0f}\np = {p:.2g}", (observed, right.get_ylim()[1]), (6, -8), textcoords="offset points", va="top", color=BLACK)
    right.set(title=f"Births on {x.size} Fridays the 13th against {y.size} others, {SHUFFLES} shuffles", xlabel="difference of the mean births per day", ylabel="shuffles")
    for ax in (left, right):
        ax.set_ylim(0, ax.get_ylim()[1] * 1.25)
        ax.legend(loc="upper right")
    return figure, (f"Left: the median price of {prices.size} renovated houses in {RESAMPLES} resamples, a heap of which 95 percent lies between {low:,.0f} and {high:,.0f} "
                    f"thousand dollars. Right: {SHUFFLES} differences of mean births after the dates were shuffled, centred at 0, and the observed difference of "
                    f"{observed:,.0f} births a day far out on the left: p = {p:.2g}.")


def illustrate(load):
    """A hundred intervals of which some miss, and the penguins whose correlation turns when one looks closer."""
    figure, (left, right) = panels(1, 2, (10.5, 4))
    rng, samples = np.random.default_rng(0), 100
    x = rng.normal(0, 1, (samples, 4))
    middle, half = x.mean(axis=1), 3.182 * x.std(axis=1, ddof=1) / 2  # the 0.975 quantile of t with 3 degrees of freedom
    missed = np.abs(middle) > half
    for which, colour, name in ((~missed, SKY, "hold the truth"), (missed, RED, "miss it")):
        left.errorbar(np.flatnonzero(which), middle[which], half[which], fmt="o", color=colour, markersize=2.5, linewidth=1.2 + (colour == RED), label=f"{which.sum()} {name}")
    left.axhline(0, color=BLACK, linewidth=1)
    left.set(title="100 samples of 4, their 95 percent intervals", xlabel="sample", ylabel="mean minus truth, standard deviations", ylim=(-5, 6.5))
    left.legend(loc="upper right", ncols=2)

    penguins = load("penguins")
    length, depth = penguins["culmen_length_mm"], penguins["culmen_depth_mm"]
    known, parts = np.isfinite(length), []
    r = lambda rows: np.corrcoef(length[rows], depth[rows])[0, 1]
    for kind, colour, mark in zip(("Adelie", "Chinstrap", "Gentoo"), (BLUE, GREEN, ORANGE), "o^s"):
        rows = known & (penguins["species"] == kind)
        right.plot(length[rows], depth[rows], mark, color=colour, markersize=4, alpha=0.6, label=f"{kind}: {r(rows):+.3f}")
        parts.append(r(rows))
        _line(right, length[rows], depth[rows], colour, "-")
    _line(right, length[known], depth[known], BLACK, "--")
    right.plot([], [], "--", color=BLACK, label=f"all: {r(known):+.3f}")
    right.set(title="Penguins: the correlation turns", xlabel="length of the bill, mm", ylabel="depth of the bill, mm", ylim=(13, 24))
    right.legend(loc="upper right", ncols=2)
    return figure, (f"Left: 95 percent intervals from 100 samples of four; {missed.sum()} miss the truth. Right: depth against length of penguins' bills; the line through all falls, "
                    f"correlation {r(known):.3f}, but within each of the three species it rises, {', '.join(f'{p:.3f}' for p in parts)}.")


def _line(ax, x, y, colour, style):
    slope, intercept = np.polyfit(x, y, 1)
    ends = np.array([x.min(), x.max()])
    ax.plot(ends, slope * ends + intercept, color=colour, linestyle=style, linewidth=2.2)
