"""Notebooks: built from the handout and the starter, rebuilt without losing a cell, graded by what they define, run by a real kernel."""
import json
import os
import re
import subprocess
import sys

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import cells, cli, run
from autograder.desk import notebook
from autograder.sandbox import extract
from autograder.solution import definition_of, definitions
from tests.checkout import checkout, copy_of_the_repository, newer
from tests.corpus import PROJECTS, stubs

SLUG = "linear_regression"
SOLUTION, STUBS = PROJECTS[SLUG].solution.read_text(), stubs(SLUG)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    return checkout(tmp_path / "checkout", monkeypatch)


def book_of(*sources):
    """The text of a notebook whose cells these are; those that begin with a space are Markdown."""
    return nbformat.writes(new_notebook(cells=[new_markdown_cell(s) if s.startswith(" ") else new_code_cell(s) for s in sources]))


def solved(**changed):
    """Our solution as cells: what stands before the tasks, then cell 2 and so on for the definitions in their order; some with other text."""
    pieces = definitions(SOLUTION)
    top = "".join(text for name, _, text in pieces if not name)
    return [top, *(changed.get(name, text.rstrip("\n")) for name, _, text in pieces if name)]


def grade(text, **options):
    return run.grade(PROJECTS[SLUG], "starter/linear_regression.ipynb", text=text, **options)


def first_check(report, task):
    return next(t for t in report["tasks"] if t["name"] == task)["checks"][0]


def number_of(task):
    return 1 + [name for name, *_ in definitions(SOLUTION) if name].index(task) + 1


# -- reading -------------------------------------------------------------------------------------------------------------
def defined(*sources, wanted=("task",)):
    """What remains of some cells: {name: value} after running it."""
    source, sizes = "\n".join(sources), [s.count("\n") + 1 for s in sources]
    namespace = {}
    exec(compile(extract.module(source, sizes, wanted), "notebook", "exec"), namespace)
    return {k: v for k, v in namespace.items() if k != "__builtins__"}


BOOM = "raise SystemExit('this was run')"
NOT_RUN = {
    "a call": ["def f(): pass", "f()\nprint('x')\nopen('x', 'w')"], "a loop": ["for i in range(9):\n    " + BOOM], "a condition": ["if True:\n    " + BOOM],
    "magics": ["%matplotlib inline\n!echo don't (\nfiles = !ls\n?open\nopen??\nt = %timeit -o f()\ndef f():\n    pass"],
    "a magic of several lines": ["!pip install \\\n  this \\\n  that\ndef f(): pass"],
    "a cell in another language": ["%%bash\nls (("], "a cell that is timed over and over": ["%%timeit\n" + BOOM],
    "an import of plots alone": ["import math, nothing_like_that as plt\nfrom nothing_like_that import *", "def task(x): return math.pi", "def f(): plt.plot(3)"],
    "a function that is defined with a plot": ["import nothing_like_that as plt", "def f(x, ax=plt.gca()): pass\ndef g(x: plt.Axes): pass"],
    "plotting": ["import nothing_like_that as plt\nfig, ax = plt.subplots()\nax.plot([1])", "def f(): pass"],
    "a constant that nobody uses": ["x = 1 / 0"], "a global that only looks used": ["X = 1 / 0", "def f(X):\n    y = X\n    return y", "y = 1 / 0"],
    "a constant that reads a file": ["import numpy as np\ndata = np.loadtxt('nowhere.csv')", "def f():\n    return data"],
    "a constant that a function computes": ["def g():\n    " + BOOM + "\nx = g()", "def f():\n    return x"], "scratch that does not parse": ["1 +", "def f(): pass"],
}


@pytest.mark.parametrize("what", NOT_RUN)
def test_of_a_notebook_nothing_else_is_run(what):
    assert defined(*NOT_RUN[what]).keys() <= {"f", "g", "np", "task", "math"}


KEPT = {
    "a constant": (["EPS = 1e-9", "def task(x):\n    return x + EPS"], 1 + 1e-9),
    "a constant of constants": (["A, B = 2, 3", "C = A * B", "def helper(): return C\ndef task(x): return helper()"], 6),
    "numpy's constants": (["import numpy as np\nfrom math import pi", "I = np.eye(3); TAU = 2 * pi", "def task(x):\n    return I.sum() + TAU"], 3 + 6.283185307179586),
    "a lambda": (["task = lambda x: x + 1"], 2), "another name": (["def f(x): return x", "task = f"], 1), "a decorator": (["import functools", "@functools.cache\ndef task(x): return x"], 1),
    "the last definition": (["def task(x): return 0", "def task(x): return 5"], 5), "a global": (["n = 0", "def task(x):\n    global n\n    n += x\n    return n"], 1),
    "beside a plot": (["import math\nEPS = 2; plt.plot(EPS)", "def task(x): return EPS"], 2), "a later future": (["def task(x: Nobody): return x", "from __future__ import annotations"], 1),
    "a timed cell": (["%%time\ndef task(x): return 7"], 7), "numpy's names at large": (["from numpy import *", "def task(x): return sum([x, 2])"], 3), "another's help": (["def tsk(x): return 3", "def task(x): return tsk(x)"], 3),
    "a class": (["class Base:\n    n = 3\nclass task(Base):\n    def __new__(cls, x): return cls.n"], 3),
    "a continued line": (["x = (7\n     % 4)\n%time 3\ndef task(_): return x"], 3),
}


@pytest.mark.parametrize("what", KEPT)
def test_what_a_definition_needs_is_kept(what):
    sources, expected = KEPT[what]
    assert defined(*sources)["task"](1) == pytest.approx(expected)


@pytest.mark.parametrize("text, words", [
    ("not json", "is not a notebook: it is not JSON (line 1)"), ("[" * 100_000, "not JSON"), ("[]", "has no list of cells"), ('{"cells": 3}', "has no list of cells"),
    ('{"nbformat": 3, "worksheets": []}', "old format"), ('{"nbformat": 4, "cells": []}', "has no code cell"), ('{"cells": [{"cell_type": "code"}]}', "cell 1 is damaged"),
    ('{"cells": [7]}', "cell 1 is damaged"), ('{"cells": [{"cell_type": "code", "source": ["x", 7]}]}', "cell 1 is damaged"),
    (book_of(" only words"), "has no code cell"), (book_of("x = 1\n" * 300_000), "more than 1 MB of code"), (" " * (17 << 20), "more than 16 MB; clear its outputs"),
])
def test_a_bad_notebook_is_one_sentence(text, words, tmp_path, capsys):
    file = tmp_path / "x.ipynb"
    file.write_text(text)
    assert cli.main(["grade", "1", "--submission", str(file)]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("cell", ["x = " + "-" * 300_000 + "1", "x = a" + ".a" * 200_000, "def f(): pass\n" + "x = " + "not " * 100_000 + "1", "\ud800 = 1\ndef f(): pass", "\0\ndef f(): pass",
                                  "%x\n" * 20_000 + "def f(): pass"])
def test_a_hostile_cell_costs_its_own_notebook_only(cell):
    text = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": cell}]})
    assert grade(text, tasks={"mse_loss"}, seconds=1)["points"] == 0


# -- grading -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", [{}, {"in_process": True}])
def test_a_right_notebook_earns_all(how):
    noise = "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot(derivative(abs, 1))\nraise SystemExit"
    assert grade(book_of(" # a title", *solved(), noise), **how)["points"] == 100


def body(task, line):
    return definition_of(SOLUTION, task).split("\n")[0] + "\n    x = 1\n    " + line


@pytest.mark.parametrize("line, words", [
    ("return undefined", "name 'undefined' is not defined"), ("return 1 +", "SyntaxError: invalid syntax"), ("import sklearn; return 1.0", "sklearn is not allowed"),
    ("while True: pass", "took longer"), ("import ctypes; return ctypes.string_at(0)", "crashed the interpreter"), ("return predict(x)", "in cell {n}, line 3"),
])
def test_every_message_names_the_cell_and_its_line(line, words):
    n = number_of("mse_loss")
    report = grade(book_of(*solved(mse_loss=body("mse_loss", line))), tasks={"mse_loss"}, seconds=1.0)
    check = first_check(report, "mse_loss")
    said = report["problem"] or check
    assert words.format(n=n) in said["message"]
    assert said["where"] == f"starter/linear_regression.ipynb cell {n}, line 3"
    assert said["line"] is None
    assert f"cell {n}, line 3" in said["message"]
    assert not re.search(r"(?<!, )\bline \d+", said["message"])


def test_markdown_cells_count():
    report = grade(book_of(" words", *solved(mse_loss=body("mse_loss", "return undefined"))), tasks={"mse_loss"})
    assert first_check(report, "mse_loss")["where"].endswith(f"cell {number_of('mse_loss') + 1}, line 3")


def test_the_newer_file_is_graded(desk, capsys):
    project = PROJECTS[SLUG]
    project.notebook.write_text(book_of(*solved()))
    newer(project.notebook, than=project.starter)
    assert cli.main(["grade", "1"]) == 0
    assert "(starter/linear_regression.ipynb)" in capsys.readouterr().out.splitlines()[0]
    newer(project.starter, than=project.notebook)
    assert cli.main(["grade", "1"]) == 1
    assert "Not graded: linear_regression.ipynb, which is older: save it, or delete it." in capsys.readouterr().out


def test_what_is_passed_over_is_named_where_it_may_be_what_is_meant(desk, capsys):
    project = PROJECTS[SLUG]
    for module, named in [(STUBS, False), (SOLUTION, True)]:
        project.starter.write_text(module), project.notebook.write_text(book_of(*solved(mse_loss="raise NotImplementedError")))
        newer(project.notebook, than=project.starter)
        cli.main(["grade", "1"])
        assert ("Not graded: linear_regression.py, which is older" in capsys.readouterr().out) == named


def test_after_a_clone_the_one_with_fewer_stubs_is_graded(desk):
    project = PROJECTS[SLUG]
    for module, book, expected in [(STUBS, solved(), ".ipynb"), (SOLUTION, solved(mse_loss="raise NotImplementedError"), ".py"), (SOLUTION, solved(), ".py")]:
        project.starter.write_text(module), project.notebook.write_text(book_of(*book))
        os.utime(project.starter, (1e9, 1e9)), os.utime(project.notebook, (1e9, 1e9))
        assert cells.current(project).suffix == expected


# -- building ------------------------------------------------------------------------------------------------------------
@pytest.fixture(params=PROJECTS)
def built(request, desk):
    path, _ = notebook.build(PROJECTS[request.param])
    return PROJECTS[request.param], nbformat.read(path, as_version=4)


def test_a_new_notebook_is_the_handout_with_each_task_where_it_is_derived(built):
    project, book = built
    nbformat.validate(book)
    heading, found = "", {}
    for cell in book.cells:
        if cell.cell_type == "markdown" and (number := re.match(r"## (\d+)\. ", cell.source)):
            heading = number[1]
        for name in project.tasks:
            if cell.cell_type == "code" and re.search(rf"^(def|class) {name}\b", cell.source, re.M):
                found[name] = heading
    assert found == {task.name: task.section for task in project.tasks.values()}
    said = "".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    handout = (project.folder / "README.md").read_text(encoding="utf-8")
    assert [line for line in handout.splitlines() if line and line not in said and "](" not in line and "src=" not in line] == []
    links = re.findall(r"\]\((?!https?:|#)([^)\s]+)", said)
    assert [link for link in links if not (project.notebook.parent / link.split("#")[0]).exists()] == []


def test_a_new_notebook_is_graded_as_the_starter_is(built):
    project, _ = built
    report = run.grade(project, project.notebook)
    assert {t["status"] for t in report["tasks"]} == {"not started"}


@pytest.mark.parametrize("slug", PROJECTS)
def test_what_is_written_in_the_module_is_in_a_new_notebook(slug, desk):
    project = PROJECTS[slug]
    project.starter.write_text(project.solution.read_text())
    notebook.build(project)
    assert run.grade(project, project.notebook)["points"] == 100


EDITS = st.lists(st.tuples(st.sampled_from(["add", "change", "move", "delete", "split", "copy", "strip"]), st.integers(0, 40), st.integers(0, 40)), max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, handout_changes=st.booleans())
def test_a_rebuild_loses_nothing_of_the_learners(edits, handout_changes, desk):
    project = PROJECTS[SLUG]
    project.notebook.unlink(missing_ok=True)
    book = nbformat.read(notebook.build(project)[0], as_version=4)
    for n, (what, a, b) in enumerate(edits):
        here = book.cells[a % len(book.cells)] if book.cells else new_code_cell()
        if what == "add":
            book.cells.insert(b % (len(book.cells) + 1), (new_code_cell, new_markdown_cell)[a % 2](f"# his {n}"))
        elif what == "change":
            here.source += f"\n# his {n}"
        elif what == "strip":  # as some editors do
            here.metadata = nbformat.NotebookNode()
        elif what == "delete" and book.cells:
            book.cells.remove(here)
        elif book.cells:
            moved = nbformat.from_dict({**here, "id": f"moved-{n}"})
            if what == "move":
                book.cells.remove(here)
            elif what == "split":
                here.source, moved.source = here.source[:20], here.source[20:]
            book.cells.insert(b % (len(book.cells) + 1), moved)
    his = [cell.source for cell in book.cells if not notebook._ours(cell)]
    project.notebook.write_text(nbformat.writes(book))
    notebook.build(project)
    once = nbformat.read(project.notebook, as_version=4)
    kept = [cell.source for cell in once.cells]
    rest = iter(kept)
    assert [source for source in his if source not in rest] == [], "each of them, in their order"
    bytes_once = project.notebook.read_bytes()
    notebook.build(project)
    assert project.notebook.read_bytes() == bytes_once


def test_a_rebuild_renews_what_he_has_not_touched(desk):
    project = PROJECTS[SLUG]
    notebook.build(project)
    project.starter.write_text(SOLUTION)
    newer(project.starter, than=project.notebook)
    notebook.build(project)
    assert run.grade(project)["submission"]["file"] == "starter/linear_regression.py", "he works in the module: that stays so"
    assert run.grade(project, project.notebook)["points"] == 100


def test_a_task_that_he_defines_in_a_cell_of_his_own_gets_no_stub_below_it(desk):
    project = PROJECTS[SLUG]
    project.notebook.write_text(book_of(*solved()))
    notebook.build(project)
    assert run.grade(project)["points"] == 100


@pytest.mark.parametrize("text", ["not json", '{"nbformat": 3, "worksheets": []}', '{"cells": 3}'])
def test_what_is_no_notebook_is_not_overwritten(text, desk, capsys):
    project = PROJECTS[SLUG]
    project.notebook.write_text(text)
    assert cli.main(["notebook", "1"]) == 2
    assert project.notebook.read_text() == text
    assert "It was not touched" in capsys.readouterr().err


def test_a_module_that_does_not_parse_makes_no_notebook(desk, capsys):
    project = PROJECTS[SLUG]
    project.starter.write_text("x = 1\ndef f(:\n")
    assert cli.main(["notebook", "1"]) == 2
    assert "starter/linear_regression.py does not parse (line 2)" in capsys.readouterr().err
    assert not project.notebook.exists()


# -- running -------------------------------------------------------------------------------------------------------------
def test_a_kernel_runs_it_and_the_last_cell_grades(tmp_path, monkeypatch):
    """From a notebook as built to one that is worked in, saved, graded in itself and at the terminal."""
    nbclient = pytest.importorskip("nbclient")
    for name in ("JUPYTER_DATA_DIR", "JUPYTER_PATH", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):  # no kernel and no setting of this machine's
        monkeypatch.setenv(name, str(tmp_path / name))
    folder = copy_of_the_repository(tmp_path / "checkout")
    path, command = folder / "starter/linear_regression.ipynb", [sys.executable, "-m", "autograder"]
    assert subprocess.run([*command, "notebook", "1"], cwd=folder).returncode == 0
    book = nbformat.read(path, as_version=4)
    for cell in book.cells:
        if cell.cell_type == "code" and (task := re.match(r"def (\w+)", cell.source)):
            cell.source = definition_of(SOLUTION, task[1])
    book.cells.insert(-1, new_code_cell("%matplotlib inline\nprint('slope', derivative(lambda x: x**2, 3.0))\nfrom pathlib import Path\nPath('here').touch()"))
    nbformat.write(book, path)
    nbclient.NotebookClient(book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    printed = {n: "".join(o.get("text", "") for o in cell.get("outputs", [])) for n, cell in enumerate(book.cells)}
    assert "slope 6.0" in "".join(printed.values())
    assert "100/100" in printed[len(book.cells) - 1]
    nbformat.write(book, path)
    (folder / "starter/here").unlink()
    assert subprocess.run([*command, "notebook", "1"], cwd=folder).returncode == 0
    again = nbformat.read(path, as_version=4)
    assert [(c.source, c.get("outputs")) for c in again.cells] == [(c.source, c.get("outputs")) for c in book.cells]
    assert subprocess.run([*command, "grade", "1"], cwd=folder).returncode == 0
    assert not (folder / "starter/here").exists()
    assert json.loads((folder / ".progress/project-1.json").read_text())["submission"]["file"] == "starter/linear_regression.ipynb"
