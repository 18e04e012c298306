"""The grading run: one submission against one page of checks, in this process; returns the report."""
import contextlib
import functools
import io
import os
import time
from pathlib import Path

import pytest

from autograder import cells, diagnosis, manifest, protected, show
from autograder.catalogue import DataError, chosen, verify
from autograder.grading import Grading
from autograder.plugin import Checks
from autograder.report import build
from autograder.sandbox.student import STARTUP, Died, LocalSession, Session, Submission

UNUSED = ("cacheprovider", "terminal", "junitxml", "doctest", "unittest", "pastebin", "setuponly", "setupplan", "stepwise",
          "faulthandler", "unraisableexception", "threadexception", "logging", "debugging", "capture")  # parts of pytest that a grading has no use for

MOST = 1 << 20  # bytes of source


class CannotGrade(Exception):
    """One sentence that says why there is no grade and what to do."""


def grade(project, submission=None, *, seed=0, seconds=None, in_process=False, fork=True, text=None, tasks=None, kept={}):
    """The report of one submission: a file (by default the one that the learner works in), a checkout that holds one, or its `text` under the name of that file.

    With `tasks` only those are graded; the others are reported as skipped. What is `kept` of an earlier report, {task: its part}, is not graded again.
    """
    start, keep = time.monotonic(), lambda task, _: task not in kept and (tasks is None or task in tasks)
    file = located(project, Path(submission)) if submission else project.starter if text else cells.current(project)
    name = shown(file) if not submission or file == Path(submission) else file.relative_to(submission).as_posix()
    text = read(file) if text is None else text
    source, places = code(text, name) if file.suffix == ".ipynb" else (text, ())
    try:
        chosen(None)
    except DataError as e:
        raise CannotGrade(e) from None
    if problems := verify(project.datasets):
        raise CannotGrade(problems[0])
    grading, found = check(project, Grading(project, name, source, cells=places, seed=seed, seconds=seconds, in_process=in_process, fork=fork), keep)
    known, ours = diagnosis.misconceptions(project.misconceptions), diagnosis.page(project.solution)
    return build(project, grading, found, known, ours, file=name, source=text, graders=protected.fingerprint(project),
                 modified=protected.modified(project, file), seconds=time.monotonic() - start, kept=kept)


def check(project, grading, keep=None):
    """Run the page of checks, those that `keep(task, item)` wants; the grading, and {check: (task, points, title, finding)}."""
    noise = io.StringIO()
    with contextlib.ExitStack() as quiet:
        if not grading.in_process:
            quiet.enter_context(contextlib.redirect_stdout(noise)), quiet.enter_context(contextlib.redirect_stderr(noise))
        plugin, items = collected(project.grader)
        found, problems = plugin.begin(grading, items)
        wanted = [item for item in items if not problems and (keep is None or keep(item.get_closest_marker("task").args[0], item))]
        try:
            for item in wanted:
                another = next((other for other in items if other is not item), None)  # to come: what is set up for the whole page stays
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=another)
        except BaseException:
            collected.cache_clear()
            raise
        finally:
            grading.close()
    if problems:
        collected.cache_clear()
        raise CannotGrade(f"A fault of ours, not yours: {problems[0]}")
    if ours := next((f for *_, f in found.values() if f.ours), None):
        raise CannotGrade(f"A fault of ours or of this machine, not yours: {' '.join(ours.lines)}.")
    if not found:
        raise CannotGrade(f"No check was run: is {shown(project.grader)} there and whole?")
    return grading, found


@functools.cache
def collected(page):
    """The checks of a page, and the plugin that they report to: collected by pytest once, run for any number of submissions."""
    if not page.exists():
        raise CannotGrade(f"{shown(page)} is missing: it holds the checks of this project.")
    plugin = Checks(fails=False)
    arguments = [str(page), "--rootdir", str(manifest.ROOT), "-c", os.devnull, "--noconftest", "--import-mode=importlib", "--collect-only",
                 "--disable-plugin-autoload"]  # a plugin that happens to be installed has no say, and takes its time
    code = pytest.main([*arguments, *(f"-pno:{name}" for name in UNUSED)], plugins=[plugin])
    if code == pytest.ExitCode.INTERRUPTED and not plugin.problems:
        raise KeyboardInterrupt
    if plugin.problems or code != 0:
        raise CannotGrade(f"A fault of ours, not yours: {plugin.problems[0] if plugin.problems else f'pytest finds no checks in {shown(page)} ({int(code)})'}")
    return plugin, plugin.items


def code(text, name):
    """The source and the cells of a notebook's text; CannotGrade where it is none."""
    try:
        source, places = cells.code(text, name)
    except cells.BadNotebook as e:
        raise CannotGrade(e) from None
    if len(source) > MOST:
        raise CannotGrade(f"{name} has more than {MOST >> 20} MB of code; a submission is source code.")
    return source, places


def located(project, submission):
    """The one file that is taken from a submission: itself, or in a folder (a checkout, an upload) the file at the starter's place.

    Of module and notebook it is the one with fewer stubs, of equals the module. No link is followed.
    """
    if not submission.is_dir():
        return submission
    pairs = [(folder / project.starter.name, folder / f"{project.slug}.ipynb") for folder in (submission / "starter", submission)]
    there = next((pair for pair in pairs if any(map(os.path.lexists, pair))), ())
    if not there and not (submission / "starter").is_symlink():
        names = sorted(path.name for path in submission.iterdir() if not path.name.startswith("."))
        held = show.one_line(show.some(names, 5), 200)
        raise CannotGrade(f"The submission has no {project.starter.name} and no {project.slug}.ipynb, itself or in starter/; it has {held or 'no files'}.")
    file = min(filter(os.path.lexists, there), key=cells.stubs, default=pairs[0][0])
    for path in (file, file.parent):
        if path.is_symlink() and path != submission:
            raise CannotGrade(f"{shown(path)} is a symbolic link; a submission is a plain file.")
    return file


def insist(layers, in_process=False):
    """CannotGrade unless these layers hold a worker on this machine: found out before it reads a byte of anybody's code."""
    session = (LocalSession if in_process else Session)(Submission("nothing", "", {}), None)
    try:
        given = session.connect(time.monotonic() + STARTUP) if layers else []
    except Died as e:
        raise CannotGrade(f"A fault of this machine: {e}.") from None
    finally:
        session.close()
    if missing := [layer for layer in layers if layer not in given]:
        raise CannotGrade(f"Not graded: this machine does not give the required isolation ({', '.join(missing)}); it gives {', '.join(given) or 'none'}.")


def read(file):
    """The text of a submission; CannotGrade with one sentence where there is none."""
    try:
        if file.exists() and not file.is_file():
            raise CannotGrade(f"{shown(file)} is not a file; name the Python file to grade.")
        if file.suffix.lower() == ".zip" and file.exists():
            raise CannotGrade(f"{shown(file)} is a zip file: unpack it, or use make class.")
        most, remedy = (cells.MOST, "clear its outputs and save it") if file.suffix == ".ipynb" else (MOST, "a submission is source code")
        if file.exists() and file.stat().st_size > most:
            raise CannotGrade(f"{shown(file)} has more than {most >> 20} MB; {remedy}.")
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        back = f"; `git checkout -- {shown(file)}` brings the starter back" if file.parent == manifest.ROOT / "starter" else ""
        raise CannotGrade(f"{shown(file)} does not exist{back}.") from None
    except UnicodeDecodeError as e:
        raise CannotGrade(f"{shown(file)} is not UTF-8 text (byte {e.start}); save it as UTF-8.") from None
    except OSError as e:
        raise CannotGrade(f"{shown(file)} cannot be read: {e.strerror}.") from None


def shown(file):
    """The path as the learner knows it: from this repository's root, else from where the command runs (a platform's checkout of his)."""
    file = Path(file).absolute()
    roots = [root for root in (manifest.ROOT, Path.cwd()) if file.is_relative_to(root)]
    return show.one_line(file.relative_to(roots[0]) if roots else file, 300)
