"""Typed answers: read by a small grammar that runs nothing, and compared with the exact ones.

An exact answer is an int, a Fraction, a formula as text ("3 sqrt(2)", "2x cos(x^2)"), a tuple of these for a vector,
a list of tuples for a matrix, or a set: in other words what a learner types, so that one reader serves both.
"""
import cmath
import math
import re
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

LONGEST = 200
EXACT, DIGITS, COARSE, NO = 3, 2, 1, 0  # two answers agree exactly, to the digits typed, to fewer than three digits, not at all
POINTS = [dict(zip("xyc", p)) for p in [(.7310, 1.1903, .31), (1.3717, .4409, .31), (2.1193, .8317, .31), (.2891, 2.6713, .31)]]  # where formulas are compared
FUNCTIONS = {"sqrt": cmath.sqrt, "exp": cmath.exp, "log": cmath.log, "ln": cmath.log, "sin": cmath.sin, "cos": cmath.cos,
             "tan": cmath.tan, "tanh": cmath.tanh, "arctan": cmath.atan, "abs": abs, "binomial": None, "factorial": None}
CONSTANTS = {"pi": complex(math.pi), "e": complex(math.e)}
WORD = "|".join(sorted([*FUNCTIONS, *CONSTANTS], key=len, reverse=True))
TOKEN = re.compile(rf"\s*((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{{1,2}})?|{WORD}|[a-z]|\*\*|[-+*/^(),!%])")
DECIMAL = re.compile(r"[-+]?\s*(?=\.?\d)(\d*)\.?(\d*)(?:e([+-]?\d{1,2}))?\s*(%?)")
SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00d7": "*", "\u00b7": "*", "\u22c5": "*", "\u00f7": "/", "\u03c0": "pi",
                       "\u00b2": "^2", "\u00b3": "^3", "\u221a": "sqrt"})  # what a phone or a web page makes of - * / pi ^2 sqrt


class Unreadable(Exception):
    """One sentence: why a typed line is no answer. It costs no try."""


class Reader:
    """A formula by recursive descent. Its value is a Fraction as long as that is exact, else complex."""

    def __init__(self, text, names):
        self.names, self.tokens, at = names, [], 0
        while at < len(text):
            if not (m := TOKEN.match(text, at)):
                raise Unreadable(f"I cannot read {ascii(text[at:].strip()[0])}: type numbers, + - * / ^ and brackets, as in 3/8 or sqrt(2)/2.")
            at = m.end()
            if m[1].isalpha() and m[1] not in {*names, *FUNCTIONS, *CONSTANTS}:
                word = re.search("[a-z]*$", text[:at])[0] + re.match("[a-z]*", text[at:])[0]
                raise Unreadable(f"I do not know {word[:20]!r} here; type {'an expression in ' + ' and '.join(names) if names else 'a number'}.")
            self.tokens.append("^" if m[1] == "**" else m[1])
        if self.tokens.count("(") > 20:
            raise Unreadable("That has too many brackets; type it more simply.")
        self.tokens.append("")

    def value(self):
        try:
            result = self.sum()
            if self.tokens[0]:
                raise Unreadable(f"I cannot read on at {self.tokens[0]!r}; a sign may be missing before it.")
            if not cmath.isfinite(complex(result)):
                raise OverflowError
            return result
        except ZeroDivisionError:
            raise Unreadable("That divides by zero; type it again.") from None
        except (OverflowError, ValueError):
            raise Unreadable("That is too large or has no value; type it more simply.") from None

    def take(self, *signs):
        return self.tokens.pop(0) if self.tokens[0] in signs else None

    def sum(self):
        result = self.product()
        while sign := self.take("+", "-"):
            term = self.product()
            result = result + term if sign == "+" else result - term
        return result

    def product(self):
        result, divided = self.signed(), False
        while True:
            if sign := self.take("*", "/"):
                factor = self.signed()
                result, divided = result * factor if sign == "*" else result / factor, sign == "/"
            elif re.match("[a-z(]", self.tokens[0]):  # 2x, 3(x + 1), x cos(x)
                if divided:
                    raise Unreadable("That can mean two things: write (1/2)*x or 1/(2*x).")
                result *= self.power()
            else:
                return result

    def signed(self):
        sign = self.take("+", "-")
        return self.power() if sign is None else -self.signed() if sign == "-" else self.signed()

    def power(self):
        base = self.atom()
        if not self.take("^"):
            return base
        exponent = self.signed()
        if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
            if abs(exponent) * max(base.numerator.bit_length(), base.denominator.bit_length()) > 4000:
                raise OverflowError
            return base ** int(exponent)
        return complex(base) ** complex(exponent)

    def atom(self):
        token = self.tokens.pop(0) if self.tokens[0] else ""
        if not token or token in "+-*/^),!%":
            raise Unreadable(f"Something is missing {'before ' + repr(token) if token else 'at the end'}; type the whole answer.")
        if token == "(":
            result, = self.bracket(1)
        elif token in FUNCTIONS:
            if not self.take("("):
                raise Unreadable(f"{token} needs brackets, as in {token}({'5, 2' if token == 'binomial' else 'x' if self.names else '2'}).")
            arguments = self.bracket(1 + (token == "binomial"))
            result = FUNCTIONS[token](*arguments) if FUNCTIONS[token] else count(token, *arguments)
        elif token in CONSTANTS or token in self.names:
            result = complex(self.names.get(token) or CONSTANTS[token])
        else:
            result = Fraction(token)
        while sign := self.take("!", "%"):
            result = count("factorial", result) if sign == "!" else result / 100
        return result

    def bracket(self, size):
        inside = [self.sum()]
        while self.take(","):
            inside.append(self.sum())
        if not self.take(")"):
            raise Unreadable("A bracket is not closed; type it again.")
        if len(inside) != size:
            raise Unreadable("There is a comma too many or too few; a decimal is written with a point, as in 0.375.")
        return inside


def count(name, *n):
    if any(not isinstance(k, Fraction) or k.denominator > 1 or not 0 <= k <= 100 for k in n):
        raise Unreadable(f"{name} takes whole numbers from 0 to 100.")
    return Fraction(math.comb(*map(int, n)) if name == "binomial" else math.factorial(int(n[0])))


@lru_cache(maxsize=256)
def values(text, letters=""):
    """The value of a formula, or its values at a few places if it may hold letters."""
    return [Reader(text, {v: point[v] for v in letters}).value() for point in POINTS[: 4 if letters else 1]]


def real(text):
    return complex(values(text)[0]).real


def typed(value):
    """An exact answer as a learner would type it."""
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(entries(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join("[" + ", ".join(map(typed, row)) + "]" for row in value) + "]"
    return "(" + ", ".join(map(typed, value)) + ")" if isinstance(value, tuple) else str(value)


def kind(value):
    """What is asked: ("number",), ("vector", entries), ("matrix", rows, columns) or ("set",)."""
    if isinstance(value, list):
        return "matrix", len(value), len(value[0])
    if isinstance(value, (set, frozenset)):
        return "set",
    return ("vector", len(value)) if isinstance(value, tuple) else ("number",)


def entries(value):
    """The entries of an exact answer, as text; those of a set in order."""
    if isinstance(value, list):
        return [typed(v) for row in value for v in row]
    if isinstance(value, (set, frozenset)):
        return sorted(map(typed, value), key=real)
    return [typed(v) for v in value] if isinstance(value, tuple) else [typed(value)]


def split(text, separator):
    """The text between separators (a character; " " for any white space) that stand outside all brackets."""
    depth, inside = 0, [""]
    for c in text:
        depth += (c in "([{") - (c in ")]}")
        if depth == 0 and (c.isspace() if separator == " " else c == separator):
            inside.append("")
        else:
            inside[-1] += c
    return [p.strip() for p in inside if p.strip() or separator != " "]


def parts(text, separators=";, "):
    """Nested lists of the entries in (1, 2), [[1, 2], [3, 4]], 1 2; 3 4 or {1, 3}; without any separator the text itself."""
    depths = list(accumulate((c in "([{") - (c in ")]}") for c in text))
    if len(text) > 1 and depths[-1] == 0 < min(depths[:-1]) and (text[0] != "(" or set(text) & set(",;")):
        return parts(text[1:-1].strip())
    for n, separator in enumerate(separators):
        if len(inside := split(text, separator)) > 1:
            return [parts(p, separators[n + 1:] if separator == ";" else "") for p in inside]
    return text


def read(line, like, form="", variables=""):
    """The entries that were typed, as text, where an answer of this kind is asked."""
    if len(line) > LONGEST:
        raise Unreadable(f"That is too long: an answer has at most {LONGEST} characters.")
    line = line.lower().translate(SIGNS).strip()
    if like == ("number",):
        entry = line.rpartition("=")[2].strip()
        while entry[:1] + entry[-1:] in ("[]", "{}"):
            entry = entry[1:-1].strip()
        if any(len(split(text, separator)) > 1 for text in (line, entry) for separator in ",;"):
            raise Unreadable("One answer is asked; a decimal is written with a point, as in 0.375.")
        return [entry]
    nested = parts(line.rpartition("=")[2].strip() if line.count("=") == 1 else line)
    rows = [row if isinstance(row, list) else [row] for row in (nested if isinstance(nested, list) else [nested])]
    flat = [entry for row in rows for entry in row]
    if any(isinstance(entry, list) for entry in flat):
        raise Unreadable(form)
    flat = [entry.rpartition("=")[2].strip() for entry in flat]
    widths = {len(row) for row in rows}
    if like[0] == "vector" and len(flat) != like[1] or like[0] == "matrix" and (len(rows), widths) != (like[1], {like[2]}):
        for entry in flat:  # an entry that cannot be read is the first to be told
            values(entry, variables)
        if like[0] == "vector":
            raise Unreadable(f"{like[1]} numbers are asked, I read {len(flat)}.")
        found = f"{len(rows)} row{'s' * (len(rows) > 1)} of {widths.pop()}" if len(widths) == 1 else "rows of different lengths"
        raise Unreadable(f"{like[1]} rows of {like[2]} numbers are asked, I read {found}.")
    return sorted({real(entry): entry for entry in flat}.values(), key=real) if like[0] == "set" else flat


def near(a, b):
    return a == b if isinstance(a, Fraction) and isinstance(b, Fraction) else abs(a - b) <= 1e-12 + 1e-9 * max(abs(a), abs(b))


def agreement(text, right, variables, up_to):
    """How well one entry agrees with the right one, both as text."""
    got, want = (values(t, variables + "c" * (up_to == "constant")) for t in (text, right))
    if up_to == "constant":
        got, want = ([v - column[0] for v in column] for column in (got, want))
    if all(map(near, got, want)):
        return EXACT
    if variables or not (m := DECIMAL.fullmatch(text)):
        return NO
    unit = 10.0 ** (int(m[3] or 0) - len(m[2])) / (100 if m[4] else 1)
    got, want, digits = float(got[0]), complex(want[0]).real, len((m[1] + m[2]).lstrip("0"))
    short = (abs(want) - abs(got)) / unit  # 0.667 and 0.666 both hold the digits of 2/3: one is rounded, one is cut
    if got * want < 0 or not -.5 - 1e-6 <= short < 1 - 1e-6:
        return NO
    return DIGITS if digits >= 3 else COARSE if digits and "." in text and short <= .5 + 1e-6 else NO


def compare(given, value, variables="", up_to=""):
    """How well typed entries agree with an exact answer: as well as the worst of them."""
    right = entries(value)
    if len(given) != len(right):
        return NO
    if up_to != "scale":
        return min(agreement(g, r, variables, up_to) for g, r in zip(given, right))
    got, want = ([complex(*values(t)) for t in texts] for texts in (given, right))
    if not any(got):
        raise Unreadable("The zero vector has no direction; type another one.")
    if not any(want):
        return NO
    k = max(range(len(want)), key=lambda i: abs(want[i]))
    worst = max(abs(g * want[k] - w * got[k]) for g, w in zip(got, want)) / abs(want[k]) / max(map(abs, got))
    return EXACT if worst < 1e-9 else DIGITS if worst < .005 and any("." in g for g in given) else NO


def judge(problem, line):
    """("right", "slip", "wrong" or "unclear", the sentence for the learner); Unreadable where the line is no answer."""
    given = read(line, kind(problem.answer), problem.form, problem.variables)
    free = problem.variables, problem.up_to
    well = compare(given, problem.answer, *free)
    if well >= DIGITS:
        return "right", "Right." if well == EXACT else f"Right to the digits you typed; exactly it is {typed(problem.answer)}."
    known = ((compare(given, wrong, *free), sentence) for sentence, wrong in problem.slips.items())
    how, sentence = max(known, key=lambda slip: slip[0], default=(NO, ""))
    if how >= DIGITS:
        return "slip", sentence
    return ("unclear", "Right so far: type at least three digits, or a fraction.") if well == COARSE else ("wrong", "Not right.")
