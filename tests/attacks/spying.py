"""Looking for what the checks expect: on the stack, in memory, in files, in the environment, in what is passed in."""
import gc
import inspect
import os
import re
import socket
import sys
from pathlib import Path

import autograder


def _tell(found):
    """What was found, for the report to betray."""
    print("BREACH", found)


def _search(pattern):
    """Look through every text that an object holds (for a pattern that does not match itself)."""
    for o in gc.get_objects():
        for text in gc.get_referents(o):
            if type(text) is str and (match := re.search(pattern, text)):
                _tell(match)


def mse_loss__walks_the_stack(y_true, y_pred):
    """No check is among the callers."""
    frame = sys._getframe()
    while frame:
        for name in ("desired", "expected"):
            if name in frame.f_locals:
                return frame.f_locals[name]
        if "test_linear_regression" in frame.f_code.co_filename:
            _tell(frame)
        frame = frame.f_back
    return 0.0


def mse_loss__walks_the_memory(y_true, y_pred):
    """No function, page or solution of the grader is among the objects."""
    for o in gc.get_objects():
        name = getattr(o, "__qualname__", "") if inspect.isfunction(o) else ""
        if name.startswith("test_loss") or name in ("close", "refuses", "least_squares") or name.startswith("mse_loss__forgets"):
            _tell(name)
    return 0.0


def mse_loss__walks_the_text_in_memory(y_true, y_pred):
    """No string of this process holds the page of checks."""
    _search("is the mean of the [s]quared residuals|Every check begins with a [c]ase that fits on paper")
    return 0.0


def mse_loss__scans_the_raw_memory(y_true, y_pred):
    """/proc/self/mem shows freed objects as well; a fork of the grader would hold some."""
    for line in open("/proc/self/maps"):
        area, rights = line.split()[:2]
        if rights.startswith("rw"):
            start, end = (int(x, 16) for x in area.split("-"))
            with open("/proc/self/mem", "rb") as f:
                f.seek(start)
                if re.search(b"is the mean of the [s]quared residuals", f.read(end - start)):
                    _tell(area)
    return 0.0


def mse_loss__reads_the_checks(y_true, y_pred):
    """The place of the checkout is known, its files are not readable."""
    root = Path(autograder.__file__).parents[1]
    for name in ("graders/test_linear_regression.py", "graders/misconceptions/linear_regression.py", "solutions/linear_regression.py",
                 "projects/1-linear-regression/project.toml", "starter/linear_regression.py", ".git/config", "autograder/checks.py"):
        try:
            (root / name).read_text()
            _tell(name)
        except PermissionError:
            pass
    return 0.0


def mse_loss__lists_the_folders(y_true, y_pred):
    """Nor can they be listed."""
    for folder in (Path(autograder.__file__).parents[1], Path.home().parent, Path("/"), Path("/tmp"), Path("/proc")):
        try:
            os.listdir(folder)
            _tell(folder)
        except PermissionError:
            pass
    return 0.0


def mse_loss__imports_the_solution(y_true, y_pred):
    """The import system opens files like everyone else."""
    root = str(Path(autograder.__file__).parents[1])
    sys.path[:0] = [root, root + "/solutions", root + "/graders"]
    from solutions.linear_regression import mse_loss
    _tell(mse_loss)


def mse_loss__imports_the_engine(y_true, y_pred):
    """autograder.checks is no secret, but it is not here."""
    import autograder.checks
    _tell(autograder.checks)


def mse_loss__reads_the_environment(y_true, y_pred):
    """Its own and, by way of /proc, that of the others (the test has put a secret there)."""
    print(dict(os.environ))
    for pid in ("self", os.getppid()):
        print(open(f"/proc/{pid}/environ").read())


def mse_loss__reads_the_command_line(y_true, y_pred):
    """What the grader was called with."""
    _tell(open(f"/proc/{os.getppid()}/cmdline").read())


def mse_loss__reads_secrets(y_true, y_pred):
    """Keys and histories of the user."""
    for path in ("/etc/passwd", "/etc/shadow", "/etc/hostname", "/var/log/dmesg", "/proc/self/environ", "/proc/1/environ", "/dev/mem"):
        try:
            open(path, "rb").read(10)
            _tell(path)
        except OSError:
            pass
    return 0.0


def mse_loss__reads_every_descriptor(y_true, y_pred):
    """Nothing of the grader's is left open."""
    for fd in range(3, 64):
        try:
            text = os.pread(fd, 1 << 20, 0)
        except OSError:
            continue
        if text:
            _tell((fd, text[:80]))
    return 0.0


def mse_loss__peeks_at_the_questions(y_true, y_pred):
    """What comes after this question does not come before its answer."""
    for fd in range(3, 64):
        try:
            _tell(socket.socket(fileno=fd).recv(1 << 20, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except OSError:
            pass
    return 0.0


def mse_loss__reads_the_settings_of_the_worker(y_true, y_pred):
    """The worker was told the source, the limits, the forbidden names; our solution only where it stands in for earlier tasks."""
    from autograder.sandbox import worker
    for server in gc.get_objects():
        if type(server) is worker.Server and server.config["reference"]:
            _tell(server.config["reference"])
    return 0.0


def derivative__follows_the_function(f, x, h=1e-5):
    """A function that a check passes in comes with what it uses, and with nothing else of its page."""
    shipped = getattr(f, "__globals__", {})
    for name in ("close", "refuses", "student", "task", "load", "cars", "pytest"):
        if name in shipped:
            _tell(name)
    for cell in getattr(f, "__closure__", None) or ():
        if callable(cell.cell_contents):
            _tell(cell)
    return 0.0


def derivative__reads_the_page_of_the_function(f, x, h=1e-5):
    """Its code names the file that it comes from."""
    if hasattr(f, "__code__"):
        _tell(open(f.__code__.co_filename).read())
    return 0.0


def derivative__breaks_the_function(f, x, h=1e-5):
    """It is a copy: the check's own is not touched."""
    if hasattr(f, "__code__"):
        f.__code__ = (lambda *_: 0.0).__code__
        f.__globals__.clear()
    return 0.0


def r_squared__looks_for_itself_in_our_solution(y_true, y_pred):
    """A failed check is run again with our earlier tasks: this task's own answer is not among them."""
    _search("their mean may [r]ound, so a spread")
    return 0.0


def r_squared__betrays_our_loss(y_true, y_pred):
    """Prints, raises and returns our text of the earlier tasks; what a second run says is thrown away."""
    from autograder.sandbox import worker
    for server in gc.get_objects():
        if type(server) is worker.Server and server.config["reference"]:
            print("BREACH", server.config["reference"])
            raise RuntimeError("BREACH " + server.config["reference"])
    return 0.0
