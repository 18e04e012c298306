"""The learner's desk: hints one at a time, our solution after his own, the stub back without a loss."""
import json
import re
import resource
import signal
import subprocess
import sys

import nbformat
import pytest

from autograder import cli, reset
from autograder.desk import beside, notebook
from autograder.solution import definition_of, replaced
from tests.checkout import ROOT, checkout, copy_of_the_repository, newer
from tests.corpus import PROJECTS, answers, stubs, submission

SLUG = "linear_regression"
PROJECT = PROJECTS[SLUG]
SOLUTION, STUBS = PROJECT.solution.read_text(), stubs(SLUG)
MINE = "def mse_loss(y_true, y_pred):\n    return float(np.mean((np.ravel(y_true) - np.ravel(y_pred)) ** 2.0))  # mine"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    return checkout(tmp_path / "checkout", monkeypatch)


def say(capsys, *arguments):
    """(exit status, what was printed) of a command."""
    status = cli.main(list(map(str, arguments)))
    out, err = capsys.readouterr()
    assert len(err.splitlines()) <= 1
    return status, out + err


# -- hints ---------------------------------------------------------------------------------------------------------------
def test_three_hints_then_the_section(desk, capsys):
    for number, text in enumerate(PROJECT.tasks["gradient"].hints, 1):
        said = say(capsys, "hint", 1, "gradient")[1]
        assert f"hint {number} of 3" in said
        assert "".join(text.split()) in "".join(said.split())
    for _ in range(2):
        said = " ".join(say(capsys, "hint", 1, "gradient")[1].split())
        assert "projects/1-linear-regression/README.md, section 4: Slopes in every direction" in said
        assert all(" ".join(text.split()) in said for text in PROJECT.tasks["gradient"].hints)
    assert "hint 1 of 3" in say(capsys, "hint", 1, "mse_loss")[1]
    assert json.loads((desk / ".progress/hints.json").read_text()) == {"linear_regression.gradient": 4, "linear_regression.mse_loss": 1}


@pytest.mark.parametrize("text", ["not json", "[]", '{"linear_regression.gradient": "two"}', '{"linear_regression.gradient": -7}'])
def test_a_damaged_memory_begins_again(text, desk, capsys):
    (desk / ".progress").mkdir()
    (desk / ".progress/hints.json").write_text(text)
    assert "hint 1 of 3" in say(capsys, "hint", 1, "gradient")[1]


@pytest.mark.parametrize("slug", PROJECTS)
def test_every_section_has_a_heading(slug):
    from autograder.desk.handout import place
    assert [t.name for t in PROJECTS[slug].tasks.values() if not re.search(r"section \d+: \S", place(PROJECTS[slug], t))] == []


# -- the solution --------------------------------------------------------------------------------------------------------
def test_the_solution_waits_for_full_points_or_giving_up(desk, capsys):
    refused = say(capsys, "solution", 1, "mse_loss")
    assert refused[0] == 2 and "0 of 6 points" in refused[1] and "GIVE_UP=1" in refused[1]
    assert not (desk / ".progress/given_up.json").exists()
    status, shown = say(capsys, "solution", 1, "mse_loss", "--give-up")
    assert status == 0 and "ours, solutions/linear_regression.py" in shown
    assert json.loads((desk / ".progress/given_up.json").read_text()).keys() == {"linear_regression.mse_loss"}
    assert say(capsys, "solution", 1, "mse_loss")[0] == 0, "he has said it once"
    assert say(capsys, "solution", 1, "mse_gradient")[0] == 2


def test_after_full_points_it_is_shown_and_nothing_is_remembered(desk, capsys):
    PROJECT.starter.write_text(replaced(STUBS, "mse_loss", definition_of(SOLUTION, "mse_loss")))
    assert say(capsys, "solution", 1, "mse_loss", "--give-up")[0] == 0
    assert not (desk / ".progress/given_up.json").exists()
    PROJECT.starter.write_text(replaced(STUBS, "mse_loss", "def mse_loss(a, b):\n    return 0.0"))
    assert say(capsys, "solution", 1, "mse_loss")[0] == 2, "what counts is what is there now"


def test_a_classroom_has_no_solutions(desk, capsys):
    (desk / "solutions").unlink()
    status, said = say(capsys, "solution", 1, "mse_loss", "--give-up")
    assert status == 2 and "There are no solutions here" in said


def text_of(text, width=200, file="starter/x.py"):
    lines = beside.lines(PROJECT, PROJECT.tasks["mse_gradient"], ROOT / file, text, width)
    return [line for _, line in lines]


@pytest.mark.parametrize("his, said", [
    (definition_of(SOLUTION, "mse_gradient"), ["nothing in method: the same functions, as many loops, as many lines"]),
    ("def mse_gradient(X, y, w, b):\n    for row in X:\n        z = np.linalg.solve(row, w).dot(y)\n    return z",
     ["only yours uses dot, linalg.solve", "only ours uses @, asarray, mean, ravel", "yours has 1 loop, ours no loop", "yours has 4 lines of code, ours 6"]),
    ("def mse_gradient(X, y, w, b):\n    from numpy import mean as m\n    return m(X @ y)", ["only ours uses asarray, ravel", "yours has 3 lines of code, ours 6"]),
])
def test_differences_are_those_of_the_texts(his, said):
    shown = text_of(replaced(SOLUTION, "mse_gradient", his))
    assert [line.strip() for line in shown[shown.index("What differs") + 1:]] == said


def test_a_helper_of_his_own_is_shown_and_what_the_starter_gave_is_not():
    shown = "\n".join(text_of(submission(SLUG, "alternatives", next(n for s, n in answers("alternatives") if n.startswith("mse_gradient__")))))
    assert "def _rows" in shown and "def predict" not in shown


@pytest.mark.parametrize("width, side_by_side", [(120, True), (119, False)])
def test_two_columns_where_there_is_room(width, side_by_side):
    lines = text_of(SOLUTION, width)
    assert any(line.count("def mse_gradient") == 2 for line in lines) is side_by_side
    assert max(map(len, lines)) <= width


def test_hostile_text_stays_text():
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", "\n".join(text_of("def mse_gradient(X):\n    '''x\x1b[2J'''\n    return '\x1b]0;x\x07\x1b[31m'\n")))


def test_a_notebook_is_shown_too():
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 +"), nbformat.v4.new_code_cell("%time\ndef mse_gradient(X):\n    return 42")])
    assert "    return 42" in "\n".join(text_of(nbformat.writes(book), file="starter/x.ipynb"))


# -- the stub back -------------------------------------------------------------------------------------------------------
def kept(desk):
    return {p.name: p.read_text() for p in (desk / ".progress/kept").glob("*")} if (desk / ".progress/kept").exists() else {}


@pytest.mark.parametrize("around", [
    lambda text: text, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, lambda text: text.replace("def mse_loss", "@staticmethod\ndef mse_loss"),
    lambda text: "# form feed \x0c\n# line separator \u2028\n" + text, lambda text: "def mse_loss():\n    return 1\n\n\n" + text,
], ids=["plain", "CRLF", "BOM", "decorated", "odd line ends", "defined twice"])
def test_the_stub_is_back_and_the_text_is_kept(around, desk, capsys):
    before = around(replaced(STUBS, "mse_loss", MINE))
    PROJECT.starter.write_bytes(before.encode())
    status, said = say(capsys, "reset", 1, "mse_loss")
    assert status == 0
    after = PROJECT.starter.read_bytes().decode()
    lines = after.replace("\r\n", "\n").removeprefix("\ufeff")
    assert definition_of(STUBS, "mse_loss").strip() in lines and "# mine" not in lines
    assert around(STUBS).replace("@staticmethod\n", "") == after
    (name, text), = kept(desk).items()
    assert MINE in text and name in said
    assert re.fullmatch(r"linear_regression\.mse_loss\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.py", name)


@pytest.mark.parametrize("slug", PROJECTS)
def test_every_task_of_every_project_can_be_reset(slug, desk):
    project = PROJECTS[slug]
    project.starter.write_text(project.solution.read_text())
    for task in project.tasks:
        reset.reset(project, task)
    assert project.starter.read_text() == stubs(slug)


def test_two_in_one_second_are_both_kept(desk, capsys):
    for n in range(3):
        PROJECT.starter.write_text(replaced(STUBS, "mse_loss", MINE + str(n)))
        assert say(capsys, "reset", 1, "mse_loss")[0] == 0
    assert sorted(text.strip()[-1] for text in kept(desk).values()) == ["0", "1", "2"]


def test_what_is_a_stub_already_is_left_alone(desk, capsys):
    before = PROJECT.starter.read_text()
    assert say(capsys, "reset", 1, "mse_loss") == (0, "mse_loss is a stub in starter/linear_regression.py.\n")
    assert (kept(desk), PROJECT.starter.read_text()) == ({}, before)


@pytest.mark.parametrize("text, words", [("def f(:\n", "does not parse (line 1)"), (None, "cannot be read"), (b"\xff\xfe", "not UTF-8")])
def test_what_cannot_be_reset_is_not_touched(text, words, desk, capsys):
    PROJECT.starter.unlink()
    if text is not None:
        PROJECT.starter.write_bytes(text if isinstance(text, bytes) else text.encode())
    status, said = say(capsys, "reset", 1, "mse_loss")
    assert status == 2 and words in said
    assert text is None or PROJECT.starter.read_bytes() == (text if isinstance(text, bytes) else text.encode())


def test_a_missing_definition_is_put_at_the_end(desk, capsys):
    PROJECT.starter.write_text("import numpy as np\nx = 1")
    assert say(capsys, "reset", 1, "mse_loss")[0] == 0
    assert PROJECT.starter.read_text() == "import numpy as np\nx = 1\n\n\n" + definition_of(STUBS, "mse_loss")


@pytest.mark.parametrize("room", [100, 2000])  # bytes that a file may have: too few for the copy; for the copy, but not for the module
def test_a_full_disk_changes_nothing(room, tmp_path):
    folder = copy_of_the_repository(tmp_path / "copy")
    starter = folder / "starter/linear_regression.py"
    starter.write_text(replaced(STUBS, "mse_loss", MINE + " " * 200))

    def full():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run([sys.executable, "-B", "-m", "autograder", "reset", "1", "mse_loss"], cwd=folder, capture_output=True, text=True, preexec_fn=full)
    assert done.returncode == 2
    assert "Nothing was changed" in done.stderr and len(done.stderr.splitlines()) == 1
    assert starter.read_text() == replaced(STUBS, "mse_loss", MINE + " " * 200)
    assert [p.name for p in starter.parent.iterdir() if p.name.startswith(".")] == []


def test_in_a_notebook(desk, capsys):
    path, _ = notebook.build(PROJECT)
    book = nbformat.read(path, as_version=4)
    cell = next(c for c in book.cells if c.source.startswith("def mse_loss"))
    stub, cell.source = cell.source, "%time 1\n" + MINE + "\nprint(mse_loss([1], [2]))"
    nbformat.write(book, path)
    newer(path, than=PROJECT.starter)
    assert say(capsys, "reset", 1, "mse_loss")[0] == 0
    again = nbformat.read(path, as_version=4)
    nbformat.validate(again)
    assert next(c.source for c in again.cells if c.source.startswith("%time")) == "%time 1\n" + stub + "\nprint(mse_loss([1], [2]))"
    assert [c.source for c in again.cells if "# mine" in c.source] == []
    assert [text.strip() for text in kept(desk).values()] == [MINE]


def git(folder, *arguments):
    subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@localhost", "-c", "init.defaultBranch=main", *arguments], cwd=folder, check=True, capture_output=True)


def test_the_stub_is_that_of_the_newest_commit_that_has_one(desk):
    mended = STUBS.replace("Return the mean squared error", "Return the mended docstring")
    git(desk / "starter", "init")
    for n, text in enumerate([STUBS, mended, "does not (parse", replaced(mended, "mse_loss", MINE)]):
        PROJECT.starter.write_text(text)
        git(desk / "starter", "add", "linear_regression.py")
        git(desk / "starter", "commit", "-m", str(n))
    assert "mended docstring" in next(reset.stubs(PROJECT, "mse_loss"))
    (desk / "solutions").unlink()
    assert "mended docstring" in next(reset.stubs(PROJECT, "mse_loss")), "from git alone"


def test_without_git_and_solutions_it_is_said(desk, capsys):
    (desk / "solutions").unlink()
    PROJECT.starter.write_text(replaced(STUBS, "mse_loss", MINE))
    status, said = say(capsys, "reset", 1, "mse_loss")
    assert status == 2 and "is in no version" in said
    assert MINE in PROJECT.starter.read_text()
