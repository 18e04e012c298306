"""Practice: problems drawn with fresh numbers, answered at the prompt, told from the known slips, and worked.

A project's page `practice.py` holds its families. A family is a function of a numpy Generator that draws one Problem;
its docstring is the title. Whatever it draws, every slip must differ from the right answer: else it is drawn again.
"""
import importlib.util
import inspect
import sys
import textwrap
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

import numpy as np

from autograder.answers import Unreadable, judge, kind, real, typed

WIDTH = 78
LEAVE, SHOW = ("q", "quit", "exit"), ("", "?")


class NoPractice(Exception):
    """One sentence: there is nothing to practise under that name."""


@dataclass(frozen=True)
class Problem:
    """One problem with its numbers. `answers` says what an answer is."""
    given: dict          # the drawn numbers
    question: str        # each of its lines is wrapped by itself
    answer: object
    slips: dict          # {what a tutor says: the wrong answer that this slip gives}
    solution: str        # the steps with these numbers; the answer itself is printed below them
    variables: str = ""  # the letters an answer may hold, of x and y
    up_to: str = ""      # what is free: the "constant" of an integral, the "scale" of a direction

    @property
    def form(self):
        """One line on what to type, where it is not just a number."""
        what, *size = kind(self.answer)
        if what == "matrix":
            rows, columns = size
            example = "; ".join(" ".join(str(r * columns + c + 1) for c in range(columns)) for r in range(rows))
            return f"Type a {rows} by {columns} matrix row by row, such as {example}."
        return {"set": "Type all of them in any order, such as 1, 3.",
                "vector": f"Type {sum(size)} numbers, such as {(*range(1, 1 + sum(size)),)}" + ("; any multiple is right." if self.up_to == "scale" else "."),
                "number": f"Type an expression in {' and '.join(self.variables)}, such as 3x^2 or 2x*cos(x)." * bool(self.variables)}[what]


# ---- what a page of families is written with -----------------------------------------------------------------------

def whole(rng, low, high, but=()):
    """A whole number from low to high, both included, other than those in `but`."""
    return pick(rng, *(n for n in range(low, high + 1) if n not in but))


def pick(rng, *choices):
    return choices[int(rng.integers(len(choices)))]


def factor(c):
    """A number as it stands before a letter or after a sign: 3, (-2), (1/2)."""
    return str(c) if c >= 0 and Fraction(c).denominator == 1 else f"({c})"


def terms(coefficients, names):
    """A sum with its signs as one writes them: 2x - y + 5 from [2, -1, 5] and ["x", "y", ""]."""
    text = ""
    for c, name in zip(coefficients, names):
        if c:
            text += (" - " if c < 0 else " + ") + (str(abs(c)) if not name else "" if abs(c) == 1 else factor(abs(c))) + name
    return ("-" * (text[1:2] == "-") + text[3:]) or "0"


def polynomial(coefficients, x="x"):
    """3x^2 - x + 5 from [3, -1, 5]."""
    return terms(coefficients, [f"{x}^{n}" if n > 1 else x * n for n in reversed(range(len(coefficients)))])


def dot(a, b):
    """2*3 + (-1)*5: a sum of products in numbers."""
    return " + ".join(f"{factor(u)}*{factor(v)}" for u, v in zip(a, b))


def grid(rows):
    """A matrix as indented lines, its columns aligned."""
    wide = [max(len(typed(v)) for v in column) for column in zip(*rows)]
    return "\n".join("    [ " + "  ".join(typed(v).rjust(w) for v, w in zip(row, wide)) + " ]" for row in rows)


# ---- drawing -------------------------------------------------------------------------------------------------------

def having(folder):
    """The numbers of the projects in the folder that have a page."""
    return sorted(page.parent.name.split("-")[0] for page in folder.glob("*/practice.py"))


def load(project):
    """{name: family} of the project's page, in its order."""
    page = project.folder / "practice.py"
    if not page.exists():
        others = having(project.folder.parent)
        raise NoPractice(f"Project {project.number} has no practice problems" + (f"; projects {', '.join(others)} have some." if others else "."))
    spec = importlib.util.spec_from_file_location(f"practice_{project.slug}", page)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: f for name, f in vars(module).items() if inspect.isfunction(f) and f.__module__ == spec.name and not name.startswith("_")}


def sound(problem):
    """Whether each slip, typed exactly, is told by its own sentence, and to three digits never passes for right."""
    try:
        return all(judge(problem, typed(wrong)) == ("slip", sentence)
                   and (problem.variables or kind(wrong) != ("number",) or judge(problem, f"{real(typed(wrong)):.3g}")[0] != "right")
                   for sentence, wrong in problem.slips.items())
    except Unreadable:
        return False


def draw(family, rng, seen):
    """A sound problem whose numbers are not in `seen`, and are from now on; None when a hundred draws gave none."""
    for _ in range(100):
        problem = family(rng)
        key = family.__name__, repr(problem.given)
        if key not in seen and sound(problem):
            seen.add(key)
            return problem


def sitting(families, rng):
    """(family, problem) without end and without repeating numbers: round after round through the families, each in a new order."""
    seen, left = set(), list(families)
    while left:
        for n in rng.permutation(len(left))[::-1]:
            if problem := draw(left[n], rng, seen):
                yield left[n], problem
            else:
                left[n] = None
        left = [f for f in left if f]


# ---- at the prompt -------------------------------------------------------------------------------------------------

class Desk:
    """Where lines come from and go to: a terminal, which gets a prompt, or a pipe, which gets none."""

    def __init__(self, lines, out):
        self.lines, self.out, self.terminal = lines, out, lines.isatty()
        if hasattr(lines, "reconfigure"):
            lines.reconfigure(errors="replace")  # bytes that are no text make an unreadable answer, not a traceback

    def say(self, *texts):
        for line in "\n".join(texts).split("\n"):
            indent = " " * (len(line) - len(line.lstrip()))
            print(textwrap.fill(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False), file=self.out)
        self.out.flush()

    def line(self):
        if self.terminal:
            print("> ", end="", file=self.out, flush=True)
        line = piece = self.lines.readline(9999)
        while piece and piece[-1] != "\n":  # the rest of an endless line, without keeping it
            piece = self.lines.readline(9999)
        if not line:
            raise EOFError
        return line.strip()


def practise(project, family=None, seed=None, lines=None, out=None):
    """Pose problems of the project, or of its one family, until q or the end of `lines`. Returns 0; raises NoPractice."""
    families = load(project)
    if family and family not in families:
        near = get_close_matches(family, families, 1)
        raise NoPractice(f"Project {project.number} has no family {family!r}; " + (f"did you mean {near[0]}?" if near else f"it has {', '.join(families)}."))
    desk, score = Desk(lines or sys.stdin, out or sys.stdout), Counter()
    try:
        desk.say("Type a number such as 3/8, 0.375, 37.5% or sqrt(2)/2, or what the question asks for. An empty line or ? shows the solution, q ends.")
        for which, problem in sitting([families[family]] if family else families.values(), np.random.default_rng(seed)):
            score[pose(desk, inspect.getdoc(which), problem)] += 1
        desk.say("", "There are no more numbers to draw.")
    except (EOFError, KeyboardInterrupt):
        desk.say("")
    total, late = sum(score.values()), score["late"]
    desk.say(f"{total} problem{'s' * (total != 1)}, {score['right'] + late} right" + f", {late} of them at the second try" * bool(late) + ".")
    return 0


def pose(desk, title, problem):
    """Ask until it is settled, then work it: "right", "late" (right at the second try) or "missed"."""
    desk.say("", title, "-" * len(title), problem.question, *filter(None, [problem.form]))
    result = "missed"
    tries = ["right", "late"]
    while tries:
        line = desk.line()
        if line.lower() in LEAVE:
            raise EOFError
        if line in SHOW:
            break
        try:
            verdict, sentence = judge(problem, line)
        except Unreadable as e:
            verdict, sentence = "unclear", str(e)
        if verdict == "right":
            result, tries = tries[0], []
        elif verdict != "unclear":
            sentence += " Try once more." * (len(tries) > 1)
            tries = tries[1:]
        desk.say(sentence)
    answer = typed(problem.answer)
    about = "" if problem.variables or kind(problem.answer) != ("number",) or answer.lstrip("-").isdigit() else f", about {real(answer):.4g}"
    desk.say("", problem.solution, f"Answer: {answer}{about}.")
    return result
