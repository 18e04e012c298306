"""The command line: exit status, the report, and one sentence for everything that cannot be done."""
import json
import os
import shutil
import subprocess
import sys

import pytest

from autograder import manifest

ROOT = manifest.ROOT
SOLUTION = ROOT / "solutions/linear_regression.py"


def command(*arguments, **environment):
    env = {k: v for k, v in os.environ.items() if k not in ("CI", "AUTOGRADER_SOURCE")}
    return subprocess.run([sys.executable, "-m", "autograder", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, env=env | environment)


def test_report_record(tmp_path):
    out = tmp_path / "out.json"
    done = command("grade", 1, "--submission", SOLUTION, "--json", out)
    report = json.loads(out.read_text())
    assert (done.returncode, done.stderr) == (0, "")
    assert report["schema"] == "autograder/report/v1"
    assert (report["project"], report["number"], report["points"], report["max_points"]) == ("linear_regression", 1, 100, 100)
    assert report["isolation"][:2] == ["process", "limits"]
    assert report["submission"]["file"] == "solutions/linear_regression.py"
    assert {"name", "title", "status", "points", "max_points", "checks"} == report["tasks"][0].keys()
    assert {"name", "title", "verdict", "points", "max_points", "message", "diagnosis", "hint", "file", "line", "seconds"} <= report["tasks"][0]["checks"][0].keys()
    assert all(type(c[k]) is int for t in report["tasks"] for c in [t, *t["checks"]] for k in ("points", "max_points"))


def test_report_on_standard_output_is_nothing_but_the_report():
    done = command("grade", 1, "--submission", SOLUTION, "--json", "-")
    assert json.loads(done.stdout)["points"] == 100


def test_less_than_full_points_is_exit_status_1(tmp_path):
    file = tmp_path / "linear_regression.py"
    file.write_text("x = 1\n")
    assert command("grade", 1, "--submission", file).returncode == 1


def test_zip_file_is_named_as_one(tmp_path):
    file = tmp_path / "erin.zip"
    file.write_bytes(b"PK\x03\x04\xff")
    assert command("grade", 1, "--submission", file).stderr.endswith("erin.zip is a zip file: unpack it, or use make class.\n")


@pytest.mark.parametrize("arguments, words", [
    (["grade", 77], "There is no project '77'"),
    (["grade", 1, "--submission", "nowhere.py"], "nowhere.py does not exist"),
    (["grade", 1, "--submission", "tests"], "The submission has no linear_regression.py and no linear_regression.ipynb"),
    (["grade", 1, "--submission", "datasets/digits.csv.gz"], "not UTF-8"),
    (["grade", 1, "--submission", "solutions/linear_regression.py", "--require-isolation", "vacuum"], "does not give the required isolation (vacuum)"),
    (["grade", 1, "--submission", "solutions/linear_regression.py", "--json", "nowhere/out.json"], "nowhere/out.json cannot be written"),
    (["hint", 1, "gradiant"], "did you mean gradient?"),
    (["reset", 1], "Say which: make reset-1 TASK=mse_loss"),
    (["practice"], "Say which: make practice PROJECT=1, "),
    (["class", "", ""], "Say which: make class PROJECT=1 SUBMISSIONS=folder."),
    (["class", 2, ""], "Say which: make class PROJECT=2 SUBMISSIONS=folder."),
    (["class", 1, "."], "is one checkout; name the folder that holds them, or use `python -m autograder grade 1 --submission "),
    (["classroom", ""], "Say which: make classroom PROJECT=1."),
])
def test_what_cannot_be_done_is_one_sentence_and_exit_status_2(arguments, words):
    done = command(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.parametrize("arguments", [["map"], ["practice", 3], ["grade", 1, "--submission", SOLUTION, "--all"]])
def test_a_reader_that_has_seen_enough_is_no_fault(arguments):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-m", "autograder", *map(str, arguments)], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


def test_in_process_reaches_the_debugger_and_is_no_grade_of_record(tmp_path):
    file = tmp_path / "linear_regression.py"
    file.write_text(SOLUTION.read_text() + "\nprint('seen at once')\n")
    done = command("grade", 1, "--submission", file, "--in-process")
    assert "seen at once" in done.stdout
    assert "not a grade of record" in done.stdout
    assert done.returncode == 0


def test_breakpoint_works_in_process(tmp_path):
    file = tmp_path / "linear_regression.py"
    file.write_text("def mse_loss(y_true, y_pred):\n    seen = 40 + 2\n    breakpoint()\n    return seen\n")
    done = subprocess.run([sys.executable, "-m", "autograder", "grade", "1", "--submission", file, "--in-process"], cwd=ROOT, input="p seen\nq\n" * 9,
                          capture_output=True, text=True)
    assert "(Pdb) 42" in done.stdout
    assert "Traceback" not in done.stderr


def test_no_heavy_library_on_the_way_of_a_project_that_does_not_use_it():
    code = ("import sys; from autograder import cli; cli.main(['grade', '1', '--submission', 'solutions/linear_regression.py']);"
            "print(sorted({'pandas', 'scipy', 'sklearn', 'matplotlib', 'sympy', 'hypothesis', 'kaggle'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_in_process_cannot_satisfy_a_teacher(tmp_path):
    assert command("grade", 1, "--submission", SOLUTION, "--in-process", "--require-isolation", "process").returncode == 2


@pytest.fixture
def checkout(tmp_path):
    """A copy of the repository that a test may damage."""
    copy = tmp_path / "copy"
    ignored = shutil.ignore_patterns(".git", "__pycache__", ".progress", ".venv", "*.gz")
    shutil.copytree(ROOT, copy, ignore=ignored)
    return copy


def inside(checkout, *arguments):
    env = {k: v for k, v in os.environ.items() if k != "CI"}
    return subprocess.run([sys.executable, "-m", "autograder", *arguments], cwd=checkout, capture_output=True, text=True, env=env)


def test_damaged_snapshot_is_named_with_the_command_that_restores_it(checkout):
    data = checkout / "datasets/auto-mpg.csv"
    data.write_text(data.read_text().replace("18.0,8,307.0", "18.0,8,308.0", 1))
    done = inside(checkout, "grade", "1")
    assert done.returncode == 2
    assert "datasets/auto-mpg.csv" in done.stderr and "git checkout -- datasets/auto-mpg.csv" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("old, new, words", [
    ('name = "gradient"', 'nome = "gradient"', "project.toml"), ("[[task]]", "[[task", "not valid TOML"),
    ('after = ["derivative"]', 'after = ["derivativ"]', "is not a task above it"),
])
def test_broken_manifest_is_named(checkout, old, new, words):
    toml = next(checkout.glob("projects/1-*/project.toml"))
    toml.write_text(toml.read_text().replace(old, new, 1))
    done = inside(checkout, "grade", "1")
    assert done.returncode == 2
    assert words in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("page", ["", "raise RuntimeError('broken page')\n", "def test_nothing(): pass\n", "def test_(: pass\n"])
def test_a_page_without_checks_is_an_error_and_no_grade(checkout, page):
    (checkout / "graders/test_linear_regression.py").write_text(page)
    done = inside(checkout, "grade", "1")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_changed_graders_beside_a_submission_are_reported(checkout, tmp_path):
    (checkout / "graders/test_linear_regression.py").write_text("def test_x(): pass\n")
    (checkout / "conftest.py").write_text("")
    shutil.copy(SOLUTION, checkout / "starter/linear_regression.py")
    (checkout / "starter/numpy.py").write_text("raise SystemExit")
    done = command("grade", 1, "--submission", checkout / "starter/linear_regression.py", "--json", "-")
    report = json.loads(done.stdout)
    assert report["points"] == 100
    assert {"graders/test_linear_regression.py", "conftest.py", "starter/numpy.py"} <= set(report["graders"]["modified"])
