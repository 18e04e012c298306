"""Practice: every family against an oracle that knows other ways, every slip told from the right answer, and whole sittings."""
import importlib
import io
import os
import pty
import re
import select
import signal
import subprocess
import sys
import textwrap
import time
from fractions import Fraction
from itertools import islice
from types import SimpleNamespace

import numpy as np
import pytest
import sympy
from sympy.parsing.sympy_parser import convert_xor, implicit_multiplication, parse_expr, standard_transformations

from autograder.answers import Unreadable, entries, judge, kind, typed
from autograder.manifest import ROOT, project, projects
from autograder.practice import WIDTH, NoPractice, Problem, draw, load, pick, polynomial, practise, sitting, terms, whole

PAGES = [page for page in map(project, projects()) if (page.folder / "practice.py").exists()]
FAMILIES = [pytest.param(page, name, id=f"{page.number}-{name}") for page in PAGES for name in load(page)]
GRAMMAR = (*standard_transformations, convert_xor, implicit_multiplication)
SPOTS = [{"x": sympy.Rational(7, 5), "y": sympy.Rational(3, 4)}, {"x": sympy.Rational(1, 3), "y": sympy.Rational(9, 5)}]


def draws(page, name, n=200, seed=0):
    family, rng = load(page)[name], np.random.default_rng(seed)
    return [draw(family, rng, set()) for _ in range(n)]


def by_sympy(value):
    """One entry of an answer as sympy reads it; the text is ours, so that its parser may evaluate it."""
    if isinstance(value, str):
        return parse_expr(value, transformations=GRAMMAR, local_dict={"arctan": sympy.atan, **{v: sympy.Symbol(v) for v in "xy"}})
    return sympy.Rational(value) if isinstance(value, Fraction) else sympy.sympify(value)


def equal(a, b):
    """Whether two sympy expressions agree: exactly, or to 25 digits, at two places if they hold letters."""
    if a.is_Rational and b.is_Rational:
        return a == b
    for spot in SPOTS:
        u, v = (sympy.N(e, 30, subs={s: spot[s.name] for s in e.free_symbols}) for e in (a, b))
        if abs(u - v) > sympy.Float("1e-25") * (1 + abs(v)):
            return False
    return True


def flat(value):
    if isinstance(value, (set, frozenset)):
        return sorted(map(by_sympy, value))
    if isinstance(value, (list, sympy.MatrixBase)):
        return [by_sympy(v) for row in (value if isinstance(value, list) else value.tolist()) for v in row]
    return [by_sympy(v) for v in value] if isinstance(value, tuple) else [by_sympy(value)]


def agrees(problem, truth):
    got, want = flat(problem.answer), flat(truth)
    if problem.up_to == "constant":
        got = [g.diff(sympy.Symbol("x")) for g in got]
    if problem.up_to == "scale":
        k = next(i for i, v in enumerate(want) if v != 0)
        got, want = [g * want[k] for g in got], [v * got[k] for v in want]
        if not any(v != 0 for v in want):
            return False
    return len(got) == len(want) and all(map(equal, got, want))


def test_there_are_enough_families():
    assert {page.number for page in PAGES} >= {1, 3, 4, 5}
    for page in PAGES:
        assert len(load(page)) >= 12, page.slug


@pytest.mark.parametrize("page, name", FAMILIES)
def test_two_hundred_draws(page, name):
    """An oracle that goes another way agrees; the answer is right, and each slip gets its own sentence, however (in the first 40) they are typed."""
    oracle, known = getattr(importlib.import_module(f"tests.oracles.{page.slug}"), name), set()
    for n, problem in enumerate(draws(page, name)):
        forms = None if n < 40 else 1
        if (key := repr(problem.given)) in known:
            continue
        known.add(key)
        assert agrees(problem, oracle(**problem.given)), (problem.given, problem.answer)
        assert len(problem.slips) >= 2
        for line in islice(spellings(problem), forms):
            assert judge(problem, line)[0] == "right", (line, problem.answer)
        for sentence, wrong in problem.slips.items():
            for line in islice(spellings(problem, wrong), forms):
                assert judge(problem, line) == ("slip", sentence), (line, problem.answer)
    assert len(known) >= 15, f"{name} draws only {len(known)} different problems"


def spellings(problem, value=None):
    """Some ways in which a learner types an answer."""
    value = problem.answer if value is None else value
    what, parts = kind(value)[0], entries(value)
    yield typed(value)
    if what == "number" and not problem.variables:
        exact = by_sympy(value)
        yield f"p = {typed(value)}"
        yield f"{float(exact):.6g}"
        yield f"({typed(value)}) * 2 / 2"
    elif what == "number":
        yield f" {typed(value)} ".replace("^", "**").replace("*(", " * (")
        if problem.up_to == "constant":
            yield f"{typed(value)} + C"
    elif what == "vector":
        yield "[" + "; ".join(parts) + "]"
        yield " ".join(p.replace(" ", "") for p in parts)
        if problem.up_to == "scale":
            yield ", ".join(f"-3*({p})" for p in parts)
    elif what == "matrix":
        yield "; ".join(", ".join(map(typed, row)) for row in value)
        yield "[" + " ".join("[" + " ".join(map(typed, row)) + "]" for row in value) + "]"
    else:
        yield " ".join(reversed(parts))


@pytest.mark.parametrize("page, name", FAMILIES)
def test_what_is_printed_fits(page, name):
    title = load(page)[name].__doc__
    assert title and len(title) <= 60 and not title.endswith(".")
    for problem in draws(page, name, 30, seed=3):
        for text, least, most in [(problem.question, 1, 8), (problem.solution, 2, 8)]:
            lines = [part for line in text.split("\n") for part in textwrap.wrap(line, WIDTH, break_long_words=False)]
            assert least <= len(lines) <= most and max(map(len, lines)) <= WIDTH, text
            assert text.isascii() and not re.search(r"\+ -\d|- -\d|--|\b1 [xyz]\b|\.\.$|None|Fraction|Rational", text), text
        for sentence in problem.slips:
            assert sentence.isascii() and sentence.endswith(".") and len(sentence) <= 150
        for number in numbers(problem.given):
            shown = {str(abs(number)), f"{float(abs(number)):g}", f"{float(100 * abs(number)):g}%"}
            assert abs(number) in (0, 1) or any(re.search(rf"(?<![\d.]){re.escape(s)}(?!\d)", problem.question) for s in shown), (number, problem.question)


def numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    return [n for v in value for n in numbers(v)] if isinstance(value, (list, tuple)) else [] if isinstance(value, str) else [value]


# ---- typed answers -------------------------------------------------------------------------------------------------

def asked(answer, **more):
    return Problem(given={}, question="?", answer=answer, slips={}, solution="", **more)


@pytest.mark.parametrize("answer, right, unclear, wrong", [
    (Fraction(3, 8), "3/8 6/16 .375 0.375 37.5% 3.75e-1 0.3750 3*2^-3 3*2**-3 binomial(3,2)/8 3!/16 -(-3/8) \u22123/-8", ".38 0.4", "3/7 0.376 -0.375 375 37.5 0.3751 38"),
    (Fraction(2, 3), "2/3 0.667 0.666 66.7% 0.66667 .6666", "0.67 .7", "0.668 0.665 0.66 1 0"),
    (120, "120 5! 1.2e2 120.0 100+20 [120] {120} [[120]]", "", "12 119 121 120.1 119.9"),
    ("3*sqrt(2)/2", "3/sqrt(2) sqrt(9/2) 2.12 2.1213 1.5sqrt(2) 3(2^(1/2))/2", "2.1", "2.13 3/2 sqrt(2)"),
    ("exp(-1)", "exp(-1) e^-1 1/e .368 0.3678 36.8% 1/exp(1)", ".37", "e 0.369"),
])
def test_numbers(answer, right, unclear, wrong):
    for verdict, lines in [("right", right), ("unclear", unclear), ("wrong", wrong)]:
        for line in lines.split():
            assert judge(asked(answer), line)[0] == verdict, line


@pytest.mark.parametrize("answer, line, sentence", [
    ((1, 2), "(1, 2, 3)", "2 numbers are asked, I read 3."),
    ((1, 2), "1/2", "2 numbers are asked, I read 1."),
    ((1, 2), "banana", "I do not know 'banana' here; type a number."),
    ([(1, 2), (3, 4)], "1 2 3; 4 5 6", "2 rows of 2 numbers are asked, I read 2 rows of 3."),
    ([(1, 2), (3, 4)], "7", "2 rows of 2 numbers are asked, I read 1 row of 1."),
    ([(1, 2), (3, 4)], "1 2; 3", "2 rows of 2 numbers are asked, I read rows of different lengths."),
    ({1, 3}, "1, three", "I do not know 'three' here; type a number."),
    (3, "2*three", "I do not know 'three' here; type a number."),
    (3, "[1, 2]", "One answer is asked; a decimal is written with a point, as in 0.375."),
    (3, "1 2; 3 4", "One answer is asked; a decimal is written with a point, as in 0.375."),
])
def test_a_line_that_is_no_answer_is_told_why(answer, line, sentence):
    with pytest.raises(Unreadable, match=f"^{re.escape(sentence)}$"):
        judge(asked(answer), line)


def test_a_decimal_is_told_what_it_stands_for():
    assert judge(asked(Fraction(1, 3)), "0.333")[1] == "Right to the digits you typed; exactly it is 1/3."


@pytest.mark.parametrize("answer, more, right, wrong", [
    ("2x*cos(x^2)", {"variables": "x"}, ["2*x*cos(x^2)", "2x cos(x^2)", "cos(x**2)*2x", "f' = 2xcos(x\u00b2)", "x(2cos(x x))"], ["2x*sin(x^2)", "2x", "0"]),
    ("x^3/3", {"variables": "x", "up_to": "constant"}, ["x^3/3 + C", "(x^3 - 5)/3", "x**3/3"], ["x^3", "x^2/3", "C"]),
    ("3x^2 y", {"variables": "xy"}, ["3 x^2 y", "3xxy", "x^2*y*3"], ["3x y^2", "3x^2"]),
    ((1, Fraction(1, 2)), {}, ["(1, 1/2)", "[1 .5]", "1; 0.5", "[[1],[1/2]]", "w = 1, b = 1/2", "(w, b) = (1, 1/2)", "1 1/2", "( 2 - 1 , 1 / 2 )"], ["(1/2, 1)", "(1, 0.51)"]),
    ((1, -2), {"up_to": "scale"}, ["(1, -2)", "(-2, 4)", "(sqrt(2), -sqrt(8))", "(0.447, -0.894)"], ["(1, 2)", "(0, 1)", "(2, 1)"]),
    ([(1, 2), (3, 4)], {}, ["[[1,2],[3,4]]", "1 2; 3 4", "1, 2; 3, 4", "[1 2; 3 4]", "[[1 2] [3 4]]", "A = [[1, 2], [3, 4]]", "(1, 2), (3, 4)"], ["1 3; 2 4"]),
    ({1, 3}, {}, ["1, 3", "{3, 1}", "3 1", "[1, 3]", "3, 1, 1", "t = 1, t = 3"], ["1", "1, 2", "1, 2, 3"]),
])
def test_other_answers(answer, more, right, wrong):
    for verdict, lines in [("right", right), ("wrong", wrong)]:
        for line in lines:
            assert judge(asked(answer, **more), line)[0] == verdict, line


HOSTILE = ["", '__import__("os")', "__import__('os').system('true')", "9**9**9", "9^9^9^9", "(" * 10_000, "(" * 150, "[" * 190, "-" * 10_000 + "1", "2^" * 95 + "2", "1e999999999", "1e99^99",
           "100!!", "999999!", "binomial(99999, 5)", "0/0", "1/0", "log(0)", "exp(1e9)", "exp(exp(exp(exp(9))))", "0^-1", "tan(1e300)", "\x00", "\x1b[31m1", "\u0663", "\U0001f600", "\u202e1", "½", "lambda: 0",
           "x" * 150, "1 2 3", "1,,2", ",", ";", "()", "[]", "{}", ")(", "1)", "=", "sin", "sin 2", "sqrt()", "binomial(5)", "1/2x", "0x10", "1_000", "2 3", "*", "!", "%", "x.y", "'a'", "a", "i", "nan", "inf", "e-2", ".", "\ud800", "1" * 190]


@pytest.mark.parametrize("answer, more", [(Fraction(3, 8), {}), ("2x*cos(x^2)", {"variables": "x"}), ("x", {"variables": "x", "up_to": "constant"}), ((1, 2), {}), ((1, 2), {"up_to": "scale"}),
                                          ([(1, 2), (3, 4)], {}), ({1, 3}, {})])
@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: ascii(line[:20]))
def test_what_is_no_answer_costs_one_sentence(answer, more, line):
    began = time.process_time()  # what others take of the machine is no cost of the line
    try:
        verdict, sentence = judge(asked(answer, **more), line)
    except Unreadable as e:
        verdict, sentence = "unreadable", str(e)
    assert time.process_time() - began < 1
    assert verdict in ("unreadable", "wrong") and "\n" not in sentence and len(sentence) <= 150 and sentence.isascii() and sentence.endswith(".")


# ---- drawing -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_sitting_repeats_nothing_and_visits_every_family(page):
    families = load(page)
    met = [(f.__name__, repr(p.given)) for f, p in islice(sitting(families.values(), np.random.default_rng(1)), 4 * len(families))]
    assert len(set(met)) == len(met)
    for start in range(0, len(met), len(families)):
        assert {name for name, _ in met[start:start + len(families)]} == set(families)


def three_draws(rng):
    """A family of three"""
    n = whole(rng, 1, 3)
    return Problem(given={"n": n}, question=f"{n} + {n}?", answer=2 * n, slips={"One.": n, "Two.": n * n + 1}, solution=f"{n}\n{n}")


def test_a_family_without_new_numbers_ends():
    # 1*1 + 1 = 2 is right: that draw is never posed
    assert sorted(p.given["n"] for _, p in sitting([three_draws], np.random.default_rng(0))) == [2, 3]


def test_text_of_formulas():
    assert polynomial([3, -1, 0, 5]) == "3x^3 - x^2 + 5"
    assert polynomial([-1, 0]) == "-x" and polynomial([0, 0]) == "0" and polynomial([Fraction(-3, 2), 1], "t") == "-(3/2)t + 1"
    assert terms([1, -1, Fraction(1, 2)], ["x", "y", ""]) == "x - y + 1/2"
    rng = np.random.default_rng(0)
    assert {whole(rng, 1, 4, but=(2,)) for _ in range(99)} == {1, 3, 4} and type(whole(rng, 1, 2)) is int and pick(rng, "a") == "a"


# ---- at the prompt -------------------------------------------------------------------------------------------------

DRIVER = """
import sys, pathlib, types
from autograder.practice import practise
folder = pathlib.Path(sys.argv[1])
sys.exit(practise(types.SimpleNamespace(number=3, slug="linear_algebra", folder=folder), seed=int(sys.argv[2])))
"""
ALGEBRA = next(page for page in PAGES if page.slug == "linear_algebra")


def session(lines, page=ALGEBRA, **more):
    out = io.StringIO()
    assert practise(page, seed=7, lines=io.StringIO("".join(line + "\n" for line in lines)), out=out, **more) == 0
    return out.getvalue()


def coming(page=ALGEBRA, n=3, seed=7):
    return [p for _, p in islice(sitting(load(page).values(), np.random.default_rng(seed)), n)]


def test_right_late_missed_and_shown():
    a, b, c = coming()
    (slip, wrong), = list(b.slips.items())[:1]
    with pytest.raises(Unreadable) as puzzled:
        judge(b, "what?")
    text = session([typed(a.answer), typed(wrong), "what?", typed(b.answer), "?"])
    flowing = " ".join(text.split())
    assert "Right. " in flowing and f"{slip} Try once more. {puzzled.value} Right." in flowing
    assert text.endswith("3 problems, 2 right, 1 of them at the second try.\n")
    for problem in (a, b, c):
        assert " ".join(problem.solution.split()) in flowing and " ".join(f"Answer: {typed(problem.answer)}".split()) in flowing


def test_two_wrong_answers_show_the_solution():
    wrong = typed(list(coming(n=1)[0].slips.values())[0])
    text = session([wrong, wrong, "q", "never read"])
    assert text.count("Try once more.") == 1 and text.count("Answer: ") == 1 and text.endswith("1 problem, 0 right.\n")


@pytest.mark.parametrize("lines", [[], ["q"], ["quit"]])
def test_leaving_at_once(lines):
    text = session(lines)
    assert text.endswith("0 problems, 0 right.\n") and "> " not in text


def test_one_family():
    assert session([""] * 3, family="rank").count("The rank of a matrix") == 4
    with pytest.raises(NoPractice, match="did you mean rank"):
        session([], family="rnak")


def test_a_project_without_a_page(tmp_path):
    with pytest.raises(NoPractice, match="^Project 9 has no practice problems.$"):
        practise(SimpleNamespace(number=9, slug="none", folder=tmp_path))
    with pytest.raises(NoPractice, match="projects 1, 3, 4.* have some.$"):
        practise(SimpleNamespace(number=9, slug="none", folder=ROOT / "projects" / "9-none"))


def test_every_family_ends_when_its_numbers_do(tmp_path):
    (tmp_path / "practice.py").write_text("from autograder.practice import Problem, whole\n\n\ndef one(rng):\n    \"\"\"One\"\"\"\n"
                                          "    return Problem({}, 'What?', 1, {'Two.': 2, 'Three.': 3}, 'Because.')\n", encoding="utf-8")
    text = session(["1"], SimpleNamespace(number=9, slug="one", folder=tmp_path))
    assert "There are no more numbers to draw.\n1 problem, 1 right.\n" in text


def test_from_a_pipe():
    a, b, _ = coming()
    lines = f"{typed(a.answer)}\n".encode() + b"\xff\xfe\n" + b"(" * 300_000 + b"\n\n" + typed(b.answer).encode()
    done = subprocess.run([sys.executable, "-c", DRIVER, str(ALGEBRA.folder), "7"], input=lines, capture_output=True, cwd=ROOT, timeout=60, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    text = done.stdout.decode("ascii")
    assert done.returncode == 0 and not done.stderr
    assert "\n> " not in text and "\x1b" not in text and max(map(len, text.splitlines())) <= 80
    assert text.endswith("2 problems, 1 right.\n")


@pytest.mark.parametrize("ending", ["q\n", "\x04", "\x03"], ids=["q", "end of input", "ctrl-C"])
def test_at_a_terminal(ending):
    a, b, _ = coming()
    master, slave = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", DRIVER, str(ALGEBRA.folder), "7"], stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, close_fds=True,
                               preexec_fn=lambda: (os.setsid(), __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0)))
    os.close(slave)
    text = ""
    try:
        for line in [typed(a.answer) + "\n", "9**9**9\n", typed(b.answer) + "\n", ending]:
            text += until(master, text.count("> ") + 1)
            os.write(master, line.encode())
        text += until(master, 99)
        assert process.wait(20) == 0
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(master)
    assert "Traceback" not in text and text.count("\r\n> ") == 4
    assert text.replace("\r", "").rstrip().endswith("2 problems, 2 right.")


def until(master, prompts, seconds=30):
    """What comes from the terminal until that many prompts have come, or its end."""
    text, end = "", time.monotonic() + seconds
    while text.count("\n> ") < 1 and time.monotonic() < end:
        if select.select([master], [], [], .2)[0]:
            try:
                piece = os.read(master, 65536).decode()
            except OSError:  # how Linux tells the end of a pseudo-terminal
                break
            if not piece:
                break
            text += piece
    return text
