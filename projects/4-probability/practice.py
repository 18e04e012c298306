"""Practice of project 4: one family of probability problems per function. `make practice PROJECT=4` draws from them."""
from fractions import Fraction
from math import comb, perm

from autograder.practice import Problem, factor, pick, whole


def _percent(p):
    return f"{float(100 * p):g}%"


def two_dice(rng):
    """The total of two dice"""
    a, b = pick(rng, 4, 6, 8), pick(rng, 6, 8, 10, 12)
    s = whole(rng, 4, a + b - 2)
    ways = [sum(1 <= total - i <= b for i in range(1, a + 1)) for total in range(2, a + b + 1)]  # ways[0] is for the total 2
    good = sum(ways[s - 2:])
    return Problem(
        given={"a": a, "b": b, "s": s},
        question=f"In a board game you roll one die with {a} faces and one with {b} faces, both fair, each numbered from 1. "
                 f"You cross the river with a total of at least {s}. What is the probability that you cross?",
        answer=Fraction(good, a * b),
        slips={"You treat all totals as equally likely; count the pairs of faces behind each total.": Fraction(a + b - s + 1, a + b - 1),
               f"At least {s} includes {s} itself.": Fraction(good - ways[s - 2], a * b),
               f"That is the chance of exactly {s}; larger totals cross as well.": Fraction(ways[s - 2], a * b)},
        solution=f"All {a}*{b} = {a * b} pairs of faces are equally likely.\n"
                 f"Pairs with totals {s} to {a + b}: {' + '.join(map(str, ways[s - 2:]))} = {good}.\n"
                 f"P = {good}/{a * b}.")


def hand_of_cards(rng):
    """A hand without replacement"""
    n, k = whole(rng, 8, 12), whole(rng, 2, 4)
    red = whole(rng, 3, n - 4)
    j = whole(rng, 1, min(k, red) - (k == red or k > 2))
    hands, p = comb(n, k), Fraction(red, n)
    good = comb(red, j) * comb(n - red, k - j)
    return Problem(
        given={"n": n, "red": red, "k": k, "j": j},
        question=f"A small deck holds {n} cards; {red} of them are red, the others black. You are dealt {k} cards at once. "
                 f"What is the probability that exactly {j} of them {'is' if j == 1 else 'are'} red?",
        answer=Fraction(good, hands),
        slips={"You put each card back before the next: dealt cards are gone, so the chances change from card to card.": comb(k, j) * p**j * (1 - p)**(k - j),
               "You fixed the order, red cards first; the red ones may come at any places of the hand.": Fraction(good, hands * comb(k, j)),
               "You chose the red cards only; the rest of the hand has to be chosen from the black ones.": Fraction(comb(red, j), hands)},
        solution=f"There are binomial({n}, {k}) = {hands} hands, all equally likely.\n"
                 f"{j} of {red} red: binomial({red}, {j}) = {comb(red, j)}; {k - j} of {n - red} black: binomial({n - red}, {k - j}) = "
                 f"{comb(n - red, k - j)}.\n"
                 f"P = {comb(red, j)}*{comb(n - red, k - j)}/{hands} = {good}/{hands}.")


def free_throws(rng):
    """Several independent tries"""
    b = pick(rng, 3, 4, 5)
    p, n = Fraction(whole(rng, 1, b - 1), b), whole(rng, 3, 5 if b < 5 else 4)
    most = pick(rng, True, False)
    k = whole(rng, 1, n - 2) if most else whole(rng, 2, n - 1)
    pmf = [comb(n, i) * p**i * (1 - p)**(n - i) for i in range(n + 1)]
    wanted = range(k + 1) if most else range(k, n + 1)
    words = f"at {'most' if most else 'least'} {k}"
    return Problem(
        given={"n": n, "p": p, "k": k, "words": "at most" if most else "at least"},
        question=f"A player hits each free throw with probability {p}, independently of the others. He throws {n} times. "
                 f"What is the probability that he hits {words} {'time' if k == 1 else 'times'}?",
        answer=sum(pmf[i] for i in wanted),
        slips={f"That is exactly {k}: add the other counts that {words} includes.": pmf[k],
               "You forgot in how many orders the hits can come: binomial(n, i) for each count i.": sum(p**i * (1 - p)**(n - i) for i in wanted),
               f"You left out {k} itself: {words} includes it.": sum(pmf[i] for i in wanted) - pmf[k]},
        solution=f"P(i hits) = binomial({n}, i) * ({p})^i * ({1 - p})^({n} - i).\n"
                 + "\n".join(f"i = {i}: {comb(n, i)} * ({p})^{i} * ({1 - p})^{n - i} = {pmf[i]}" for i in wanted)
                 + "\nAdd these.")


def hash_table(rng):
    """A birthday problem in a hash table"""
    n = whole(rng, 3, 5)
    d = whole(rng, n + 2, {3: 30, 4: 20, 5: 11}[n])
    differ = Fraction(perm(d, n), d**n)
    return Problem(
        given={"slots": d, "keys": n},
        question=f"A hash table has {d} slots. {n} keys are put in, each into a slot drawn at random, independently. "
                 "What is the probability that at least two keys land in the same slot?",
        answer=1 - differ,
        slips={"That is the chance that all slots differ; you want the opposite.": differ,
               f"You added the chances of the {comb(n, 2)} pairs, but several pairs can collide at once and are counted twice.": Fraction(comb(n, 2), d),
               "You compare with the first key only; any two keys may share a slot.": 1 - Fraction(d - 1, d)**(n - 1)},
        solution="Count the opposite: every key finds an empty slot.\n"
                 f"P(all differ) = {' * '.join(f'{d - i}/{d}' for i in range(n))} = {differ}.\n"
                 f"P(some two share) = 1 - {differ}.")


def medical_test(rng):
    """What a positive test says"""
    prior = Fraction(1, pick(rng, 10, 20, 25, 40, 50, 100))
    hit, alarm = Fraction(whole(rng, 14, 19), 20), Fraction(whole(rng, 1, 5), 20)
    both, all_positive = prior * hit, prior * hit + (1 - prior) * alarm
    return Problem(
        given={"ill": prior, "hit": hit, "alarm": alarm},
        question=f"{_percent(prior)} of the people in a town have an illness. A test is positive for {_percent(hit)} of the ill "
                 f"and also for {_percent(alarm)} of the healthy. Someone drawn at random tests positive. What is the probability that this "
                 f"person is ill?",
        answer=both / all_positive,
        slips={"That is P(positive given ill), the test's sensitivity; the question turns it round.": hit,
               f"You forgot how rare the illness is: only {_percent(prior)} are ill before the test.": hit / (hit + alarm),
               "That is P(ill and positive); divide it by the chance of any positive test.": both,
               "You left out the weight of the healthy: they are most of the town.": both / (both + alarm)},
        solution=f"Ill and positive: {prior} * {hit} = {both}.\n"
                 f"Healthy and positive: {1 - prior} * {alarm} = {(1 - prior) * alarm}.\n"
                 f"P(ill given positive) = ({both}) / ({both} + {(1 - prior) * alarm}).")


def two_bowls(rng):
    """Which bowl did they come from?"""
    a, b = whole(rng, 3, 8), whole(rng, 1, 5)
    c, d = whole(rng, 2, 6), whole(rng, 2, 8)
    one, two = Fraction(a * (a - 1), (a + b) * (a + b - 1)), Fraction(c * (c - 1), (c + d) * (c + d - 1))
    first = Fraction(a, a + b), Fraction(c, c + d)
    return Problem(
        given={"a": a, "b": b, "c": c, "d": d},
        question=f"Bowl A holds {a} vanilla and {b} chocolate cookies, bowl B holds {c} vanilla and {d} chocolate ones. You pick a bowl "
                 "with a fair coin and eat two cookies from it, one after the other. Both are vanilla. What is the probability that it was bowl A?",
        answer=one / (one + two),
        slips={"You used one cookie only; the second one tells more.": first[0] / sum(first),
               "You put the first cookie back; it is eaten, so one vanilla cookie less is left.": first[0]**2 / (first[0]**2 + first[1]**2),
               "You compare how many vanilla cookies there are; compare how likely each bowl gives two of them.": Fraction(a, a + c),
               "That is P(both vanilla) from bowl A; divide by its sum over both bowls.": one},
        solution=f"Two vanilla from A: {a}/{a + b} * {a - 1}/{a + b - 1} = {one}.\n"
                 f"Two vanilla from B: {c}/{c + d} * {c - 1}/{c + d - 1} = {two}.\n"
                 f"The coin gives both bowls 1/2, which cancels: P(A) = ({one}) / ({one} + {two}).")


def doors(rng):
    """Monty Hall with more doors"""
    n = whole(rng, 3, 8)
    cars = whole(rng, 1, n - 2)
    opened = whole(rng, 1, n - 1 - cars)
    left = n - 1 - opened
    return Problem(
        given={"doors": n, "cars": cars, "opened": opened},
        question=f"Behind {n} doors stand {cars} car{'s' * (cars > 1)} and {n - cars} goats. You point at a door. The host, who knows where "
                 f"everything is, "
                 f"opens {opened} of the other doors, always with goats behind. Now you switch to one of the other closed doors, "
                 "at random if there are several. What is the probability that you win a car?",
        answer=Fraction(cars * (n - 1), n * left),
        slips={"That is the chance if you stay with your first door.": Fraction(cars, n),
               f"The {n - opened} closed doors are not equally likely: the host could not open yours, so it learnt nothing from him.": Fraction(cars, n - opened)}
        | ({"You forgot that with a car behind your first door one car less is left to find.": Fraction(cars, left)} if cars < left else {}),
        solution=f"First door a goat, chance {n - cars}/{n}: all {cars} of {cars} are among the {left} closed others, you win with "
                 f"{Fraction(cars, left)}.\n"
                 f"First door a car, chance {cars}/{n}: {cars - 1} among the {left} others, you win with {Fraction(cars - 1, left)}.\n"
                 f"P = {Fraction(n - cars, n)}*{Fraction(cars, left)} + {Fraction(cars, n)}*{Fraction(cars - 1, left)}.")


def gambler(rng):
    """A random walk with two ends"""
    p, goal = pick(rng, *(Fraction(*q) for q in [(1, 3), (2, 3), (1, 4), (3, 4), (2, 5), (3, 5)])), whole(rng, 3, 6)
    start = whole(rng, 1, goal - 1)
    r = (1 - p) / p
    win = (1 - r**start) / (1 - r**goal)
    return Problem(
        given={"p": p, "start": start, "goal": goal},
        question=f"You have {start} token{'s' * (start > 1)}. Each round you win one with probability {p}, else you lose one. You play "
                 f"until you have "
                 f"{goal} or none. What is the probability that you reach {goal}?",
        answer=win,
        slips={"That is right for a fair game only; here the two directions have different chances.": Fraction(start, goal),
               "That is the chance to be ruined; you want the opposite.": 1 - win,
               f"You count only {goal - start} wins in a row; the walk may also go back and forth.": p**(goal - start)},
        solution=f"Let h(i) be the chance from i tokens: h(0) = 0, h({goal}) = 1, h(i) = {p} h(i+1) + {1 - p} h(i-1).\n"
                 f"So each step of h is r = ({1 - p})/({p}) = {r} times the one before, and h(i) = (1 - r^i)/(1 - r^{goal}).\n"
                 f"h({start}) = (1 - {factor(r)}^{start}) / (1 - {factor(r)}^{goal}).")


def weather(rng):
    """A few days ahead"""
    days, a = whole(rng, 2, 3), Fraction(whole(rng, 1, 9), 10)
    b = Fraction(whole(rng, 1, 9, but=(10 * a,)), 10)
    rain, chain = Fraction(0), []
    for _ in range(days):
        chain.append(f"(1 - {rain})*{a} + {rain}*{1 - b}")
        rain = (1 - rain) * a + rain * (1 - b)
        chain[-1] += f" = {rain}"
    sun = Fraction(0)  # the same with the two kinds of days exchanged
    for _ in range(days):
        sun = (1 - sun) * b + sun * (1 - a)
    return Problem(
        given={"days": days, "to_rain": a, "to_sun": b},
        question=f"After a sunny day it rains with probability {float(a)}; after a rainy day the sun shines with probability {float(b)}. "
                 f"Today is sunny. What is the probability of rain {days} days from now?",
        answer=rain,
        slips={"That is the chance for tomorrow; go on from there.": a,
               "You start from a rainy day and ask for sun: the two chances are exchanged.": sun,
               "You count only the days that stay sunny until the last one; it may rain earlier, too.": (1 - a)**(days - 1) * a,
               "That is the chance that it rains at least once until then.": 1 - (1 - a)**days},
        solution="Carry the chance of rain forward: new = (1 - old)*P(rain after sun) + old*P(rain after rain). Today it is 0.\n"
                 + "\n".join(f"Day {i}: {step}" for i, step in enumerate(chain, 1)))


def queue(rng):
    """A queue in the long run"""
    u, v = (Fraction(whole(rng, 1, 5), 10) for _ in "uv")
    d, e = (Fraction(whole(rng, 1, 4), 10) for _ in "de")
    weights = [1, u / d, u / d * v / e]
    return Problem(
        given={"u": u, "v": v, "d": d, "e": e},
        question="A printer has 0, 1 or 2 jobs in its queue. In each minute it goes from 0 to 1 job with probability "
                 f"{float(u)}, from 1 to 2 with {float(v)}, from 1 to 0 with {float(d)}, from 2 to 1 with {float(e)}; else nothing changes. "
                 "In the long run, which share of the time does it have 2 jobs?",
        answer=weights[2] / sum(weights),
        slips={"The three states are not equally likely: that is the right eigenvector (1, 1, 1); you need the left one.": Fraction(1, 3),
               "The shares must add up to 1: divide by the sum of the three weights.": weights[2],
               "You turned the ratios round: that is the share of 2 jobs if arrivals and departures are exchanged.": 1 / weights[2] / (1 + 1 / weights[1] + 1 / weights[2])},
        solution="In the long run as many minutes lead up across each gap as lead down.\n"
                 f"Gap 0-1: {float(u)} s0 = {float(d)} s1, so s1 = {weights[1]} s0. Gap 1-2: {float(v)} s1 = {float(e)} s2, so s2 = "
                 f"{weights[2]} s0.\n"
                 f"The shares add up to 1: s2 = ({weights[2]}) / (1 + {weights[1]} + {weights[2]}).")


def better_die(rng):
    """The expected larger die"""
    a, b = whole(rng, 3, 12), whole(rng, 3, 20)
    a, b = min(a, b), max(a, b)
    low = Fraction(sum(min(i, j) for i in range(1, a + 1) for j in range(1, b + 1)), a * b)
    high = Fraction(a + b + 2, 2) - low
    return Problem(
        given={"a": a, "b": b},
        question=f"You roll a fair die with faces 1 to {a} and one with faces 1 to {b}, and keep the larger of the two numbers. What is its "
                 f"expected value?",
        answer=high,
        slips={"You took the larger of the two expected values; the expected larger value is more than that.": Fraction(b + 1, 2),
               "That is the expected smaller number.": low,
               "That is the expected sum; only the larger number counts.": Fraction(a + b + 2, 2)},
        solution=f"P(both at most m) = (m/{a})*(m/{b}) for m up to {a}" + (f", and m/{b} above that.\n" if b > a else ".\n")
                 + f"E[larger] = sum over m from 0 to {b - 1} of P(larger > m) = {b} - sum of P(both at most m).\n"
                 + f"The sum is (1 + 4 + ... + {a}^2)/{a * b}" + (f" + the sum of m/{b} for m from {a + 1} to {b - 1}" if b > a + 1 else "")
                 + (f" - 1 (m = {b} is not in it)" if b == a else "") + f" = {b - high}.\nE[larger] = {b} - {b - high}.")


def lottery(rng):
    """The variance of a prize"""
    values = sorted(rng.choice(range(0, 13), 3, replace=False).tolist())
    i, j = whole(rng, 1, 8), 0
    j = whole(rng, 1, 9 - i)
    chances = [Fraction(c, 10) for c in (i, j, 10 - i - j)]
    mean = sum(p * v for p, v in zip(chances, values))
    square = sum(p * v * v for p, v in zip(chances, values))
    plain = Fraction(sum(values), 3)
    return Problem(
        given={"values": values, "chances": chances},
        question="A wheel of fortune pays " + ", ".join(f"{v} euros with probability {float(p)}" for v, p in zip(values, chances)) + ". What is the variance of the payment?",
        answer=square - mean**2,
        slips={"That is E[X^2]; subtract the square of the mean.": square,
               "You gave all three payments the same weight; use their probabilities.": sum((v - plain)**2 for v in values) / 3,
               "You subtracted the mean, not its square.": square - mean,
               "That is the mean, not the variance.": mean},
        solution=f"E[X] = {' + '.join(f'{float(p)}*{v}' for p, v in zip(chances, values))} = {mean}.\n"
                 f"E[X^2] = {' + '.join(f'{float(p)}*{v * v}' for p, v in zip(chances, values))} = {square}.\n"
                 f"Var X = E[X^2] - E[X]^2 = {square} - ({mean})^2.")


def first_success(rng):
    """The first success"""
    b = pick(rng, 3, 4, 5, 6, 10)
    p, k = Fraction(whole(rng, 1, b - 1), b), whole(rng, 2, 4)
    q = 1 - p
    return Problem(
        given={"p": p, "k": k},
        question=f"A server accepts each connection attempt with probability {p}, independently of the others. You try until it accepts. "
                 f"What is the probability that you need exactly {k} attempts?",
        answer=q**(k - 1) * p,
        slips={f"The success has only one place to be, the last: do not multiply by {k}.": k * q**(k - 1) * p,
               f"That is the chance to be accepted within {k} attempts, not at the last of them.": 1 - q**k,
               f"You let {k} attempts fail; attempt {k} is the one that succeeds.": q**k * p,
               f"You have the {k - 1} failures, but not yet the success after them.": q**(k - 1)},
        solution=f"Attempts 1 to {k - 1} fail, each with {q}; then attempt {k} succeeds with {p}.\n"
                 f"P = ({q})^{k - 1} * {p}.")


def spam(rng):
    """Naive Bayes with two words"""
    share, *rates = (Fraction(n, 10) for n in (whole(rng, 2, 6), whole(rng, 3, 9), whole(rng, 1, 4), whole(rng, 1, 4), whole(rng, 3, 9)))
    prize, prize_ham, meet, meet_ham = rates
    bad, good = share * prize * (1 - meet), (1 - share) * prize_ham * (1 - meet_ham)

    def odds(x, y):
        return x / (x + y)

    return Problem(
        given={"spam": share, "prize": prize, "prize_ham": prize_ham, "meeting": meet, "meeting_ham": meet_ham},
        question=f"{_percent(share)} of your mail is spam. The word \"prize\" is in {_percent(prize)} of the spam and {_percent(prize_ham)} "
                 f"of the rest; "
                 f"\"meeting\" is in {_percent(meet)} of the spam and {_percent(meet_ham)} of the rest. Take the words as independent "
                 f"within each kind. "
                 "A mail has \"prize\" and does not have \"meeting\". What is the probability that it is spam?",
        answer=odds(bad, good),
        slips={"You ignored the missing word; that it is absent is evidence, too.": odds(share * prize, (1 - share) * prize_ham),
               f"You forgot the prior: {_percent(share)} of the mail is spam before you read it.": odds(prize * (1 - meet), prize_ham * (1 - meet_ham)),
               "You counted \"meeting\" as present; use 1 minus its probability.": odds(share * prize * meet, (1 - share) * prize_ham * meet_ham),
               "That is P(spam and these words); divide by the sum over both kinds.": bad},
        solution=f"Spam: {share} * {prize} * (1 - {meet}) = {bad}.\n"
                 f"Other: {1 - share} * {prize_ham} * (1 - {meet_ham}) = {good}.\n"
                 f"P(spam given the words) = ({bad}) / ({bad} + {good}).")


def waiting_time(rng):
    """A probability from a density"""
    b, k = whole(rng, 2, 9), whole(rng, 1, 3)
    t = whole(rng, 1, b - 1)
    below = Fraction(t, b)**(k + 1)
    return Problem(
        given={"b": b, "k": k, "t": t},
        question=f"The waiting time X for a reply lies between 0 and {b} minutes; its density is proportional to "
                 f"{'x' if k == 1 else f'x^{k}'} there. What is P(X > {t})?",
        answer=1 - below,
        slips={f"That is P(X < {t}); you want the rest of the area.": below,
               "You took the density as constant; it grows with x.": 1 - Fraction(t, b),
               f"That is the density at {t}; a probability is the area under the density.": Fraction((k + 1) * t**k, b**(k + 1)),
               "You forgot to scale the density so that its whole area is 1.": Fraction(b**(k + 1) - t**(k + 1), k + 1)},
        solution=f"The area under c x^{k} from 0 to {b} is c*{b}^{k + 1}/{k + 1} = 1, so c = {k + 1}/{b}^{k + 1} = {Fraction(k + 1, b**(k + 1))}.\n"
                 f"P(X < {t}) = c*{t}^{k + 1}/{k + 1} = ({t}/{b})^{k + 1} = {below}.\n"
                 f"P(X > {t}) = 1 - {below}.")


def calls(rng):
    """Rare events in a time window"""
    rate, minutes = whole(rng, 2, 12), pick(rng, 10, 15, 20, 30, 40, 45)
    mean = Fraction(rate * minutes, 60)
    return Problem(
        given={"rate": rate, "minutes": minutes},
        question=f"A help line gets {rate} calls an hour on average; the number of calls in any window has a Poisson distribution. "
                 f"What is the probability of at most one call in {minutes} minutes? Type it with exp( ), or as a decimal.",
        answer=f"{factor(1 + mean)}*exp(-{mean})",
        slips={f"You used the mean of a whole hour; the window is {minutes} minutes.": f"{1 + rate}*exp(-{rate})",
               "That is the chance of no call at all; one call is allowed.": f"exp(-{mean})",
               "That is the chance of exactly one call; no call counts as well.": f"{factor(mean)}*exp(-{mean})",
               "That is the opposite: two calls or more.": f"1 - {factor(1 + mean)}*exp(-{mean})"},
        solution=f"Expected calls in the window: {rate}*{minutes}/60 = {mean}.\n"
                 f"P(0) = exp(-{mean}), P(1) = {factor(mean)}*exp(-{mean}).\n"
                 "Add the two.")


def coin_posterior(rng):
    """What to expect of an unknown coin"""
    n = whole(rng, 3, 14)
    k = whole(rng, 0, n)
    return Problem(
        given={"n": n, "k": k},
        question=f"All values between 0 and 1 are equally likely for the chance p that a new ad is clicked. It is shown {n} times and clicked "
                 f"{k} time{'s' * (k != 1)}. What is the mean of the posterior distribution of p?",
        answer=Fraction(k + 1, n + 2),
        slips={"That is the top of the posterior, not its mean; the flat prior pulls the mean towards 1/2.": Fraction(k, n),
               "The flat prior counts as one click and one miss: that is two more showings, not one.": Fraction(k + 1, n + 1),
               "The flat prior counts as one click, too, not only as two showings.": Fraction(k, n + 2)},
        solution=f"The posterior is proportional to p^{k} (1 - p)^{n - k}, a beta density with parameters {k + 1} and {n - k + 1}.\n"
                 f"The mean of beta(a, b) is a/(a + b) = {k + 1}/({k + 1} + {n - k + 1}).")


def exact_test(rng):
    """A two-sided exact test"""
    b = pick(rng, 3, 4, 5)
    p, n = Fraction(whole(rng, 1, b - 1, but=(2,) if b == 4 else ()), b), whole(rng, 4, 7 if b == 3 else 5)
    k = whole(rng, 0, n)
    pmf = [comb(n, i) * p**i * (1 - p)**(n - i) for i in range(n + 1)]
    rare = [i for i in range(n + 1) if pmf[i] <= pmf[k]]
    tail = sum(pmf[k:]) if k > n * p else sum(pmf[:k + 1])
    return Problem(
        given={"p": p, "n": n, "k": k},
        question=f"A maker says that each seed sprouts with probability {p}. Of {n} seeds {k} sprout{'s' * (k == 1)}. What is the exact "
                 f"two-sided p-value: "
                 "the probability, if the maker is right, of all counts that are at most as likely as this one?",
        answer=sum(pmf[i] for i in rare),
        slips={"That is one tail only; rare counts at the other end belong to it as well.": tail,
               "You doubled one tail; the distribution is not symmetric, so look at each count.": min(2 * tail, Fraction(1)),
               f"That is the chance of exactly {k}; add the counts that are no more likely.": pmf[k]},
        solution=f"P(i) = binomial({n}, i) * ({p})^i * ({1 - p})^({n} - i).\n"
                 + ", ".join(f"P({i}) = {pmf[i]}" for i in range(n + 1))
                 + f".\nNot larger than P({k}) = {pmf[k]}: {', '.join(f'P({i})' for i in rare)}. Add these.")
