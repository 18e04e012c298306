"""The problems of project 4 solved by counting all cases, by exact linear algebra, or by sympy; no family's formula."""
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from math import prod

import numpy as np
import sympy


def two_dice(a, b, s):
    return Fraction(sum(i + j >= s for i in range(1, a + 1) for j in range(1, b + 1)), a * b)


def hand_of_cards(n, red, k, j):
    hands = list(combinations(range(n), k))
    return Fraction(sum(sum(card < red for card in hand) == j for hand in hands), len(hands))


def _sequences(n, p):
    """Every sequence of n successes and failures with its probability."""
    for s in product((1, 0), repeat=n):
        yield s, prod(p if hit else 1 - p for hit in s)


def free_throws(n, p, k, words):
    return sum(chance for s, chance in _sequences(n, p) if (sum(s) >= k if words == "at least" else sum(s) <= k))


@cache
def hash_table(slots, keys):
    where = np.sort(np.indices((slots,) * keys, dtype=np.int8).reshape(keys, -1), axis=0)
    return Fraction(int((np.diff(where, axis=0) == 0).any(axis=0).sum()), slots**keys)


def medical_test(ill, hit, alarm):
    town = 40_000
    sick = town * ill
    positive = sick * hit, (town - sick) * alarm
    assert all(group.denominator == 1 for group in positive), "the town is too small to count heads"
    return Fraction(positive[0], sum(positive))


def two_bowls(a, b, c, d):
    weight = {}
    for bowl, (vanilla, chocolate) in {"A": (a, b), "B": (c, d)}.items():
        cookies = range(vanilla + chocolate)
        pairs = [(i, j) for i in cookies for j in cookies if i != j]
        weight[bowl] = Fraction(sum(i < vanilla and j < vanilla for i, j in pairs), len(pairs))
    return weight["A"] / sum(weight.values())


@cache
def doors(doors, cars, opened):
    """Every place of the cars, every choice of the host, every switch; the first door is door 0, which the labels allow."""
    places, win = list(combinations(range(doors), cars)), Fraction(0)
    for cars_at in places:
        hosts = list(combinations([d for d in range(1, doors) if d not in cars_at], opened))
        for host in hosts:
            switches = [d for d in range(1, doors) if d not in host]
            win += Fraction(sum(d in cars_at for d in switches), len(switches) * len(hosts))
    return win / len(places)


def gambler(p, start, goal):
    n = goal - 1  # the unknown chances from 1 to goal - 1 tokens
    A, b = sympy.eye(n), sympy.zeros(n, 1)
    for i in range(n):
        if i + 1 < n:
            A[i, i + 1] -= sympy.Rational(p)
        else:
            b[i] = sympy.Rational(p)
        if i:
            A[i, i - 1] -= 1 - sympy.Rational(p)
    return A.LUsolve(b)[start - 1]


def weather(days, to_rain, to_sun):
    step = {"sr": to_rain, "ss": 1 - to_rain, "rs": to_sun, "rr": 1 - to_sun}
    return sum(prod(step[a + b] for a, b in zip("s" + "".join(path), path)) for path in product("sr", repeat=days) if path[-1] == "r")


def queue(u, v, d, e):
    u, v, d, e = map(sympy.Rational, (u, v, d, e))
    P = sympy.Matrix([[1 - u, u, 0], [d, 1 - d - v, v], [0, e, 1 - e]])
    state, = (P.T - sympy.eye(3)).nullspace()
    return state[2] / sum(state)


def better_die(a, b):
    return Fraction(sum(max(i, j) for i in range(1, a + 1) for j in range(1, b + 1)), a * b)


def lottery(values, chances):
    """Half of the expected squared difference of two independent payments."""
    wheel = list(zip(values, chances))
    return sum(p * q * (v - w)**2 for v, p in wheel for w, q in wheel) / 2


def first_success(p, k):
    return sum(chance for s, chance in _sequences(k, p) if any(s) and s.index(1) == k - 1)


def spam(spam, prize, prize_ham, meeting, meeting_ham):
    weight = {}
    for is_spam, has_prize, has_meeting in product((True, False), repeat=3):
        p, m = (prize, meeting) if is_spam else (prize_ham, meeting_ham)
        weight[is_spam, has_prize, has_meeting] = (spam if is_spam else 1 - spam) * (p if has_prize else 1 - p) * (m if has_meeting else 1 - m)
    assert sum(weight.values()) == 1
    return weight[True, True, False] / sum(w for (_, p, m), w in weight.items() if p and not m)


def waiting_time(b, k, t):
    p = sympy.Poly(sympy.Symbol("x")**k).integrate()
    return (p.eval(b) - p.eval(t)) / (p.eval(b) - p.eval(0))


def calls(rate, minutes):
    """What is left of 1 when all larger numbers of calls are taken away."""
    mean = sympy.Rational(rate * minutes, 60)
    return 1 - sympy.exp(-mean) * sum(mean**n / sympy.factorial(n) for n in range(2, 80))


def coin_posterior(n, k):
    p = sympy.Symbol("p")
    likelihood = sympy.Poly(p**k * (1 - p)**(n - k), p)
    return (likelihood * sympy.Poly(p)).integrate().eval(1) / likelihood.integrate().eval(1)


def exact_test(p, n, k):
    chance = [Fraction(0)] * (n + 1)
    for s, c in _sequences(n, p):
        chance[sum(s)] += c
    return sum(c for c in chance if c <= chance[k])
