"""The grade of record: whatever a student changes in his repository, the points stay and the report names it."""
import json
import os
import subprocess
import sys

import pytest

from autograder import manifest, protected, run
from tests.corpus import half_done

ROOT = manifest.ROOT
PROJECT = manifest.project(1)
STARTER = f"starter/{PROJECT.starter.name}"
GRADER = "graders/test_linear_regression.py"
NOTHING = "def test_nothing(student): pass\n"
STOLEN = "import os, sys; sys.stderr.write(repr(dict(os.environ))); raise SystemExit('taken over')\n"


@pytest.fixture(scope="module")
def honest():
    """The points of the half-done submission, by check."""
    return points(run.grade(PROJECT, text=half_done(PROJECT.slug)))


def points(report):
    return {f"{task['name']}.{check['name']}": check["points"] for task in report["tasks"] for check in task["checks"]}


@pytest.fixture
def checkout(tmp_path):
    """A student's repository: the files of this one, and his half-done starter."""
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True).stdout.split("\n")
    for name in names:
        if (ROOT / name).is_file() and not name.startswith(("solutions/", "tests/")):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / STARTER).write_text(half_done(PROJECT.slug), encoding="utf-8")
    return tmp_path


def write(name, text):
    return lambda root: ((root / name).parent.mkdir(parents=True, exist_ok=True), (root / name).write_text(text))


def link(name, target):
    def change(root):
        folder = root / name
        folder.rename(folder.with_name("elsewhere")) if folder.is_dir() and not folder.is_symlink() else folder.unlink(missing_ok=True)
        folder.symlink_to(target)
    return change


FORGERIES = {  # file that must be named: what the student does
    GRADER: write(GRADER, NOTHING),
    "graders/misconceptions/linear_regression.py": write("graders/misconceptions/linear_regression.py", STOLEN),
    "autograder/report.py": write("autograder/report.py", STOLEN),
    "autograder/__init__.py": write("autograder/__init__.py", STOLEN),
    "autograder/sandbox/planted.json": write("autograder/sandbox/planted.json", "{}"),
    "graders/conftest.py": write("graders/conftest.py", STOLEN),
    "conftest.py": write("conftest.py", STOLEN),
    "sitecustomize.py": write("sitecustomize.py", STOLEN),
    "usercustomize.py": write("usercustomize.py", STOLEN),
    "numpy.py": write("numpy.py", STOLEN),
    "venv.py": write("venv.py", STOLEN),
    "pytest.ini": write("pytest.ini", "[pytest]\naddopts = --collect-only\n"),
    "starter/numpy.py": write("starter/numpy.py", STOLEN),
    "starter/pytest/": write("starter/pytest/__init__.py", STOLEN),
    "starter/sitecustomize.py": write("starter/sitecustomize.py", STOLEN),
    "pyproject.toml": write("pyproject.toml", "[tool.pytest.ini_options]\naddopts = '--collect-only'\n"),
    "Makefile": write("Makefile", "project-1:\n\t@echo 100/100\n"),
    "requirements.lock": write("requirements.lock", "numpy==0.0.1\n"),
    "datasets/auto-mpg.csv": write("datasets/auto-mpg.csv", "mpg\n1\n"),
    "datasets/catalogue.toml": write("datasets/catalogue.toml", "schema = 1\n"),
    "projects/1-linear-regression/project.toml": write("projects/1-linear-regression/project.toml", "number = 1\n"),
    "projects/0-mine/project.toml": write("projects/0-mine/project.toml", "number = 1\n"),
    ".github/workflows/grade.yml": write(".github/workflows/grade.yml", "on: push\n"),
    ".github/workflows/mine.yml": write(".github/workflows/mine.yml", "on: push\n"),
    "autograder/run.py": lambda root: (root / "autograder/run.py").unlink(),
    "graders": link("graders", "/"),
    "autograder": link("autograder", "elsewhere"),
    "datasets": link("datasets", "loop"),
    "autograder/wire": link("autograder/wire", "/dev/zero"),
    "autograder/sandbox/wire.py": link("autograder/sandbox/wire.py", str(ROOT / "autograder/sandbox/wire.py")),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_a_student_changes_leaves_the_points_and_is_named(name, checkout, honest):
    FORGERIES[name](checkout)
    report = run.grade(PROJECT, checkout)
    assert points(report) == honest
    assert name in report["graders"]["modified"]


def test_an_honest_checkout_names_nothing(checkout, honest):
    report = run.grade(PROJECT, checkout)
    assert report["graders"]["modified"] == []
    assert points(report) == honest


def test_the_platforms_own_workflow_is_no_change(checkout):
    write(".github/workflows/autograde.yaml", "on: push\n")(checkout)
    assert run.grade(PROJECT, checkout)["graders"]["modified"] == []


def test_a_huge_file_costs_no_time_and_is_named(checkout):
    with open(checkout / GRADER, "wb") as f:
        f.truncate(1 << 40)  # a file with holes; reading it would take minutes
    assert protected.modified(PROJECT, checkout / STARTER) == [GRADER]


def test_thousands_of_planted_files_do_not_flood_the_report(checkout):
    for n in range(3000):
        write(f"graders/{n}\n::error::x.py", "")(checkout)
    named = protected.modified(PROJECT, checkout / STARTER)
    assert len(named) == protected.MOST + 1 and named[-1] == f"and {3000 - protected.MOST:,} more"
    assert not any("\n" in name for name in named)


def test_a_folder_named_starter_in_starter_hides_nothing(checkout):
    write("starter/starter/x.py", "")(checkout)
    write(GRADER, NOTHING)(checkout)
    assert GRADER in run.grade(PROJECT, checkout / STARTER)["graders"]["modified"]


def folder_for_starter(root):
    (root / STARTER).unlink()
    (root / STARTER).mkdir()


def pipe_for_starter(root):
    (root / STARTER).unlink()
    os.mkfifo(root / STARTER)


@pytest.mark.parametrize("change, words", [
    (link(STARTER, "/etc/passwd"), "is a symbolic link"),
    (link(STARTER, str(PROJECT.solution)), "is a symbolic link"),
    (link("starter", str(ROOT / "solutions")), "is a symbolic link"),
    (folder_for_starter, "is not a file"),
    (pipe_for_starter, "is not a file"),
    (write(STARTER, "x = 1\n" * 300_000), "more than 1 MB"),
    (lambda root: (root / STARTER).unlink(), "has no linear_regression.py"),
    (lambda root: (root / STARTER).write_bytes(b"\xff\xfe"), "not UTF-8"),
])
def test_what_is_no_plain_file_is_refused_in_one_sentence(change, words, checkout):
    change(checkout)
    done = subprocess.run([sys.executable, "-m", "autograder", "grade", "1", "--submission", checkout], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr and len(done.stderr.strip().splitlines()) == 1


NOTEBOOK = STARTER.replace(".py", ".ipynb")
MODULE_AT_THE_TOP = PROJECT.starter.name


def test_a_notebook_is_taken_as_the_module_is(checkout, honest):
    (checkout / STARTER).write_text(PROJECT.starter.read_text(encoding="utf-8"), encoding="utf-8")
    cell = {"cell_type": "code", "source": half_done(PROJECT.slug), "metadata": {}, "outputs": [], "execution_count": None}
    (checkout / NOTEBOOK).write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}), encoding="utf-8")
    write(GRADER, NOTHING)(checkout)
    report = run.grade(PROJECT, checkout)
    assert (report["submission"]["file"], report["graders"]["modified"]) == (NOTEBOOK, [GRADER])
    assert points(report) == honest


WRITTEN, STUB, BOOK, STUBS = "x = 1\n", "raise NotImplementedError\n", "{}", '"raise NotImplementedError", "raise NotImplementedError"'


@pytest.mark.parametrize("files, taken", [
    ({STARTER: WRITTEN}, STARTER),
    ({STARTER: WRITTEN, NOTEBOOK: BOOK}, STARTER),
    ({STARTER: STUB, NOTEBOOK: BOOK}, NOTEBOOK),
    ({STARTER: STUB, NOTEBOOK: STUBS}, STARTER),
    ({NOTEBOOK: BOOK}, NOTEBOOK),
    ({MODULE_AT_THE_TOP: WRITTEN}, MODULE_AT_THE_TOP),
    ({MODULE_AT_THE_TOP: WRITTEN, STARTER: STUB}, STARTER),
])
def test_which_file_is_taken(files, taken, tmp_path):
    for name, text in files.items():
        write(name, text)(tmp_path)
    assert run.located(PROJECT, tmp_path) == tmp_path / taken


SPY = """
import glob, os
found = [repr(dict(os.environ))]
for path in glob.glob("/proc/[0-9]*/environ"):
    try:
        found.append(open(path).read())
    except OSError:
        pass
raise RuntimeError("it leaks" if "s3cr3t" + "-of-the-runner" in "".join(found) else "it is safe")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps other processes' environments from the worker")
@pytest.mark.parametrize("how, found", [(["--require-isolation", "landlock,seccomp"], "it is safe"), (["--in-process"], "it leaks")])
def test_no_secret_of_the_runner_reaches_student_code(how, found, checkout):
    (checkout / STARTER).write_text(SPY)
    secret = "s3cr3t-of-the-runner"
    done = subprocess.run([sys.executable, "-m", "autograder", "grade", "1", "--submission", checkout, "--json", "-", *how],
                          cwd=ROOT, capture_output=True, text=True, env={**os.environ, "GITHUB_TOKEN": secret, "ACTIONS_RUNTIME_TOKEN": secret})
    assert f"RuntimeError: {found}" in json.loads(done.stdout)["problem"]["message"]


def test_the_isolation_is_asked_for_before_the_submission_is_read():
    done = subprocess.run([sys.executable, "-m", "autograder", "grade", "1", "--submission", "nowhere.py", "--require-isolation", "vacuum"],
                          cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "required isolation (vacuum)" in done.stderr
