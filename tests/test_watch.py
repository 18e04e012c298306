"""`make watch-N`, driven through a pseudo-terminal as a person would."""
import json
import os
import re
import select
import signal
import subprocess
import sys
import time

import pytest

from autograder import manifest
from autograder.solution import replaced
from tests.checkout import copy_of_the_repository
from tests.corpus import PROJECTS, stubs

pty = pytest.importorskip("pty", reason="pseudo-terminals are a matter of POSIX")
import fcntl  # noqa: E402
import struct  # noqa: E402
import termios  # noqa: E402

PROJECT = PROJECTS["linear_regression"]
SOLUTION, STUBS = PROJECT.solution.read_text(), stubs("linear_regression")
RIGHT, WRONG, BROKEN = ("def mse_loss(a, b):\n    return float(np.mean((np.ravel(a) - np.ravel(b)) ** 2.0))\n",
                        "def mse_loss(a, b):\n    return 3.0\n", "def mse_loss(a, b:\n    return 3.0\n")
KEYS = "h hint   a all   n next   q quit"  # the last line of a screen
HALF = replaced(STUBS, "derivative", "def derivative(f, x, h=1e-5):\n    return 0.0\n")


class Desk:
    """A copy of the repository, a terminal of 30 lines, and `watch 1` in it."""

    def __init__(self, folder, text, *, lines=30, **environment):
        self.folder, self.starter, self.seen = copy_of_the_repository(folder), folder / "starter/linear_regression.py", ""
        self.starter.write_text(text)
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
        self.before = termios.tcgetattr(self.slave)
        env = {k: v for k, v in os.environ.items() if k not in ("CI", "NO_COLOR", "COLUMNS", "LINES")} | {"TERM": "xterm"} | environment
        self.process = subprocess.Popen([sys.executable, "-m", "autograder", "watch", "1"], cwd=folder, env=env, stdin=self.slave, stdout=self.slave,
                                        stderr=self.slave, start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))

    def hear(self, seconds=0.05):
        while select.select([self.master], [], [], seconds)[0]:
            try:
                self.seen += os.read(self.master, 1 << 16).decode("utf-8", "replace")
            except OSError:
                return

    def screen(self):
        """What stands on the screen now, without colours."""
        return re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", self.seen.rpartition("\x1b[2J")[2])

    def until(self, words, seconds=60):
        """The screen once it holds these words."""
        limit = time.monotonic() + seconds
        while words not in self.screen() or "grading ..." in self.screen():
            assert time.monotonic() < limit, f"{words!r} never came; the screen is\n{self.screen()}"
            self.hear()
        return self.screen()

    def type(self, keys):
        self.seen += "\x1b[2J"  # what comes is another screen
        os.write(self.master, keys.encode())

    def save(self, text):
        self.starter.write_text(text)

    def end(self, seconds=20):
        limit = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < limit:
            self.hear()
        self.hear()
        return self.process.wait(1)

    def restored(self):
        """Is the terminal as it was? The settings, and every mode that was switched on is off again."""
        modes = {}
        for number, letter in re.findall(r"\x1b\[\?(\d+)([hl])", self.seen):
            modes[number] = letter
        return (termios.tcgetattr(self.slave), modes) == (self.before, {"1049": "l", "25": "h", "7": "h"})


@pytest.fixture
def desk(tmp_path):
    made = []

    def open(text=HALF, **options):
        made.append(Desk(tmp_path / "copy", text, **options))
        return made[-1]

    yield open
    for d in made:
        d.process.kill(), d.process.wait()
        os.close(d.master), os.close(d.slave)


def test_a_save_is_graded_and_the_points_rise(desk):
    d = desk(replaced(STUBS, "mse_loss", WRONG))
    assert "mse_loss: " in d.until(KEYS)
    d.save(replaced(STUBS, "mse_loss", RIGHT))
    assert re.search(r"\d\d:\d\d:\d\d  \+\d points: ", d.until(" points: "))
    assert json.loads((d.folder / ".progress/project-1.json").read_text())["points"] > 0
    d.type("q")
    assert d.end() == 0
    assert d.restored()
    assert "more than when you came" in d.seen


def test_a_save_that_does_not_parse_keeps_the_last_good_state(desk):
    d = desk()
    d.until(KEYS)
    d.save(replaced(HALF, "mse_loss", BROKEN))
    shown = d.until("SyntaxError")
    assert f"starter/linear_regression.py:{1 + HALF[:HALF.index('def mse_loss')].count(chr(10))}: SyntaxError" in " ".join(shown.split())
    assert "derivative: " in shown and "cannot be imported" not in shown
    assert json.loads((d.folder / ".progress/project-1.json").read_text())["problem"] is None
    d.starter.unlink()
    assert "derivative: " in d.until("does not exist")
    d.save(HALF)
    d.until("the points are the same")


def test_a_module_that_does_not_parse_from_the_start(desk):
    d = desk(replaced(SOLUTION, "mse_loss", BROKEN))
    assert "cannot be imported" in d.until(KEYS)
    d.save(SOLUTION)
    assert "Every check holds" in d.until("100/100")
    d.type("q")
    assert d.end() == 0
    assert "more than when you came" not in d.seen


def test_keys(desk):
    first, later = (task for task in PROJECT.tasks if task in ("derivative", "mse_loss"))
    d = desk(replaced(HALF, "mse_loss", WRONG))
    assert d.until(KEYS).count("make hint-1 TASK=") == 1
    for number in (1, 2, 3):
        d.type("h")
        d.until(f"{first}, hint {number} of 3")
    d.type("h")
    d.until("all 3 hints, once more")
    d.type("a")
    assert d.until(f"{first}: ").count("make hint-1 TASK=") > 1
    d.type("a")
    assert d.until(f"{first}: ").count("make hint-1 TASK=") == 1
    for _ in range(12):
        d.type("n")
        if f"{later}: " in d.until("make hint-1 TASK="):
            break
    assert f"make hint-1 TASK={later}" in d.screen()
    d.type("\x1b[A\x1bOP\x1b[1;5Dq")
    assert d.end() == 0


@pytest.mark.parametrize("how, status", [(signal.SIGINT, 0), (signal.SIGTERM, 130), (signal.SIGHUP, 130)])
def test_a_signal_leaves_the_terminal_as_it_was(desk, how, status):
    d = desk()
    d.until(KEYS)
    d.process.send_signal(how)
    assert d.end() == status
    assert d.restored()
    assert "Traceback" not in d.seen


def test_a_signal_while_a_function_hangs_leaves_the_terminal_as_it_was(desk):
    d = desk(replaced(STUBS, "mse_loss", "def mse_loss(a, b):\n    while True: pass\n"))
    while "grading ..." not in d.seen:
        d.hear()
    time.sleep(2)
    os.write(d.master, b"\x03")
    assert d.end() == 0
    assert d.restored()


def test_a_fault_of_ours_leaves_the_terminal_as_it_was(desk):
    d = desk()
    d.until(KEYS)
    (d.folder / "projects/1-linear-regression/project.toml").unlink()
    d.save(STUBS)
    assert d.end() == 2
    assert d.restored()
    assert "A fault of ours" in d.seen and "Traceback" not in d.seen


def test_saves_are_seen_where_no_event_comes(desk):
    """watchfiles is made blind; its polling compares whole seconds, and two saves may fall into one."""
    d = desk(WATCHFILES_FORCE_POLLING="1", WATCHFILES_POLL_DELAY_MS="3600000")
    d.until(KEYS)
    d.save(replaced(HALF, "mse_loss", RIGHT))
    d.until(" points: ")
    d.save(HALF)
    d.until("-")
    d.save(replaced(HALF, "mse_loss", RIGHT))
    d.until("+")


def test_a_notebook_is_watched_too(desk):
    d = desk()
    d.until(KEYS)
    book = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "source": "import numpy as np\n" + RIGHT}]}
    d.starter.with_suffix(".ipynb").write_text(json.dumps(book))
    assert "mse_loss                     " in d.until("(starter/linear_regression.ipynb)")


@pytest.mark.parametrize("lines", [24, 12])
def test_it_fits(desk, lines):
    d = desk(HALF, lines=lines)
    d.until(KEYS)
    assert d.screen().count("\n") < lines
    fcntl.ioctl(d.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    d.seen += "\x1b[2J"
    d.process.send_signal(signal.SIGWINCH)
    d.until("make hint-1")


def test_a_narrow_window_shows_where_a_line_goes_on(desk):
    d = desk(HALF)
    d.until(KEYS)
    fcntl.ioctl(d.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    d.seen += "\x1b[2J"
    d.process.send_signal(signal.SIGWINCH)
    d.until("…")
    assert max(map(len, d.screen().splitlines())) <= 40


def test_without_a_terminal_it_grades_once():
    done = subprocess.run([sys.executable, "-m", "autograder", "watch", "1"], cwd=manifest.ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing is watched" in done.stdout.splitlines()[-1]
