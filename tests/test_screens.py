"""Every screen of `make project-1`, as it was last looked at. After a wanted change: UPDATE_SCREENS=1 make test ARGS=tests/test_screens.py"""
import io
import os
from pathlib import Path

import pytest

from autograder import run, screen
from autograder.solution import replaced
from tests.corpus import PROJECTS, stubs, submission

PROJECT = PROJECTS["linear_regression"]
SOLUTION, STUBS = PROJECT.solution.read_text(), stubs("linear_regression")
GOLDEN = Path(__file__).parent / "screens"


def put(task, body):
    return replaced(SOLUTION, task, body)


def half():
    """The first three tasks are done, the rest are stubs."""
    cut = "\ndef gradient_descent("
    return SOLUTION[:SOLUTION.index(cut)] + STUBS[STUBS.index(cut):]


SCREENS = {
    "fresh": lambda: STUBS,
    "half_done": half,
    "wrong_answer": lambda: submission(PROJECT.slug, "misconceptions", "mse_gradient__forgets_two"),
    "scaled_by_an_unknown_mistake": lambda: put("mse_loss", "def mse_loss(a, b):\n    return 2 * np.mean((np.ravel(a) - np.ravel(b)) ** 2.0)"),
    "wrong_shape": lambda: put("mse_loss", "def mse_loss(a, b):\n    return [np.mean((np.ravel(a) - np.ravel(b)) ** 2.0)]"),
    "nothing_returned": lambda: put("mse_loss", "def mse_loss(a, b):\n    loss = 0"),
    "exception": lambda: put("mse_loss", "def mse_loss(a, b):\n    print('here')\n    return (a - b).mean()"),
    "crash": lambda: put("standardize", "def standardize(X):\n    import ctypes\n    return ctypes.string_at(0)"),
    "hang": lambda: put("mse_loss", "def mse_loss(a, b):\n    while True: pass"),
    "exit": lambda: put("mse_loss", "def mse_loss(a, b):\n    import os\n    os._exit(0)"),
    "not_allowed": lambda: put("normal_equation", "def normal_equation(X, y):\n    t = np.linalg.lstsq(np.c_[X, np.ones(len(X))], y)[0]\n    return t[:-1], t[-1]"),
    "fault_in_an_earlier_task": lambda: put("standardize", "def standardize(X):\n    X = np.asarray(X, float)\n    return X, X.mean(0), X.std(0)"),
    "syntax_error": lambda: SOLUTION.replace("def mse_loss(", "def mse_loss(:", 1),
    "import_error": lambda: "import nunpy\n" + SOLUTION,
    "missing_function": lambda: SOLUTION.replace("def mse_loss(", "def mse_los(", 1),
    "everything_right": lambda: SOLUTION,
}


def lines(name, every=False):
    report = run.grade(PROJECT, text=SCREENS[name](), seconds=1.0 if name == "hang" else None)
    out = io.StringIO()
    screen.show(screen.graded(PROJECT, report, every=every), out)
    return out.getvalue()


@pytest.mark.parametrize("name", SCREENS)
def test_screen(name):
    shown, golden = lines(name), GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_SCREENS"):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert shown.splitlines() == golden.read_text(encoding="utf-8").splitlines()
    assert len(shown.splitlines()) <= 24
    assert max(map(len, shown.splitlines())) <= 80


def test_all_failures_are_shown_on_request():
    assert lines("crash", every=True).count("crashed the interpreter") == sum(name.startswith("test_") for name in failing("crash"))


def failing(name):
    report = run.grade(PROJECT, text=SCREENS[name]())
    return [c["name"] for t in report["tasks"] for c in t["checks"] if c["verdict"] not in ("passed", "not started")]


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False), monkeypatch.setenv("TERM", "xterm")
    terminal, pipe = Terminal(), io.StringIO()
    screen.show([("good", "yes")], terminal), screen.show([("good", "yes")], pipe)
    assert (terminal.getvalue(), pipe.getvalue()) == ("\x1b[32myes\x1b[0m\n", "yes\n")
    monkeypatch.setenv("NO_COLOR", "1")
    quiet = Terminal()
    screen.show([("good", "yes")], quiet)
    assert quiet.getvalue() == "yes\n"


@pytest.mark.parametrize("name", ["wrong_answer", "fresh"])
def test_readable_without_unicode(name):
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    screen.show(screen.graded(PROJECT, run.grade(PROJECT, text=SCREENS[name]())), out)
    out.seek(0)
    text = out.read()
    assert "?" not in text.replace("stuck?", "").replace("right?", "")
    assert max(map(len, text.splitlines())) <= 84


def test_one_task_on_request():
    report = run.grade(PROJECT, text=STUBS.replace("def mse_loss(", "def mse_loss(y_true, y_pred):\n    return 0\n\n\ndef _rest(", 1))
    text = lambda task: "\n".join(line for _, line in screen.graded(PROJECT, report, task=task))
    assert "mse_loss: " in text(None) and "mse_loss: " in text("mse_loss")
    assert "mse_loss: " not in text("standardize") and "Next: standardize" in text("standardize")


@pytest.mark.parametrize("name, kept", [("wrong_answer", "10 tasks complete"), ("wrong_shape", "10 tasks complete"), ("half_done", None)])
def test_where_room_is_short_the_list_of_tasks_makes_room_for_the_failure(name, kept):
    """In a low window, as `make watch-1` has it."""
    report = run.grade(PROJECT, text=SCREENS[name]())
    tall, low = ([text for _, text in screen.graded(PROJECT, report, rows=rows)] for rows in (40, 16))
    start = tall.index("")
    assert low[low.index(""):] == tall[start:], "the failure is whole"
    if kept:
        assert len(low) <= 16 and sum(kept in line for line in low) == 1
