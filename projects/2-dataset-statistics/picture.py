"""What "95 percent" and "p" mean."""
import numpy as np

from autograder.desk.picture import BLACK, BLUE, ORANGE, RED, SKY, panels

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
