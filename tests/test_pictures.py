"""The pictures: each is drawn by the learner's functions on real data, says in words what it shows, or says which task it waits for."""
import functools
import io
import itertools
import re
import xml.etree.ElementTree as ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from autograder import manifest, run
from autograder.catalogue import DataError
from autograder.desk import picture
from autograder.solution import definition_of, replaced
from tests.test_cli import checkout, inside  # noqa: F401 (a fixture)

PAGES = {n: picture.page(manifest.project(n)) for n in manifest.projects()}
DRAWN = [n for n, page in PAGES.items() if page]


def passed(project):
    """A report that finds nothing wrong."""
    return {"tasks": [{"name": name, "status": "passed"} for name in project.tasks]}


def with_task(project, task, text):
    """Our solution with one task replaced."""
    return replaced(project.solution.read_text(), task, text)


def drawn(number, source=None):
    project = manifest.project(number)
    return picture.draw(project, "learner.py", project.solution.read_text() if source is None else source, passed(project))


@functools.cache
def drawing(number, what):
    """A Picture and its figure: what the page draws with our solution, or beside the handout."""
    figures = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(picture, "FigureCanvasAgg", lambda figure: [figures.append(figure), FigureCanvasAgg(figure)])
        return drawn(number) if what == "draw" else picture.illustration(manifest.project(number)), figures[0]


@pytest.mark.parametrize("number", DRAWN)
def test_picture_is_drawn_and_told(number):
    got, _ = drawing(number, "draw")
    pixels = np.asarray(Image.open(io.BytesIO(got.png)).convert("L"), float)
    assert pixels.shape[1] >= 1200 and pixels.shape[0] >= 400
    assert 0.02 < (pixels < 250).mean() < 0.9  # neither empty nor black
    assert [e.tag for e in ElementTree.fromstring(got.svg).iter() if e.tag.split("}")[-1] in ("script", "foreignObject", "a")] == []
    assert 100 < len(got.caption) < 900 and "nan" not in got.caption
    assert Image.open(io.BytesIO(got.png)).info["Description"] == got.caption


@pytest.mark.parametrize("what", ["draw", "illustrate"])
@pytest.mark.parametrize("number", DRAWN)
def test_numbers_on_an_axis_have_a_name(number, what):
    bare = []
    for ax, axis in ((ax, axis) for ax in drawing(number, what)[1].axes if ax.axison for axis in (ax.xaxis, ax.yaxis)):
        written = [t.get_text() for t in axis.get_ticklabels(which="major") if t.get_visible()]
        if any(re.fullmatch(r"[-−]?[\d.,]+|\$.*\$", text) for text in written) and not axis.label.get_text():
            bare.append((ax.get_title(), axis.axis_name))
    assert bare == []


@pytest.mark.parametrize("number", DRAWN)
def test_page_needs_the_tasks_that_it_calls(number):
    used = set(re.findall(r"\bstudent\.(\w+)", (manifest.project(number).folder / "picture.py").read_text()))
    assert used & manifest.project(number).tasks.keys() == set(PAGES[number].NEEDS)


@pytest.mark.parametrize("task", PAGES[1].NEEDS)
def test_the_task_that_raises_is_named(task):
    project = manifest.project(1)
    head = definition_of(project.solution.read_text(), task).split("\n")[0]
    with pytest.raises(picture.Waits, match=f"waits for task {task}: on the real data it raised ArithmeticError: on purpose"):
        drawn(1, with_task(project, task, f"{head}\n    raise ArithmeticError('on purpose')"))


@pytest.mark.parametrize("status, words", [("not started", "is not written yet"), ("partial", "does not earn all"), ("failed", "does not earn all"), ("skipped", "was not graded")])
def test_picture_waits_for_the_first_task_that_did_not_pass(status, words):
    project = manifest.project(1)
    report = {"tasks": [{"name": t, "status": status if t in ("mse_gradient", "normal_equation") else "passed"} for t in project.tasks]}
    with pytest.raises(picture.Waits, match=f"waits for task mse_gradient, which {words}"):
        picture.draw(project, "learner.py", project.solution.read_text(), report)


def test_a_wrong_function_draws_nothing():
    project = manifest.project(1)
    source = with_task(project, "mse_gradient", "def mse_gradient(X, y, w, b):\n    r = X @ w + b - y\n    return X.T @ r / len(y), r.mean()")
    with pytest.raises(picture.Waits, match="waits for task mse_gradient, which does not earn all"):
        picture.draw(project, "learner.py", source, run.grade(project, text=source, tasks=PAGES[1].NEEDS))


@pytest.mark.parametrize("body, words", [
    ("return 'nonsense'", "cannot be drawn"), ("return None", "cannot be drawn"), ("while True: pass", "took longer than 2 s"),
    ("import os; os._exit(3)", "ended the whole process"), ("return lambda: 1", "not plain data"), ("return 1.5", "cannot be drawn"),
])
def test_an_answer_that_cannot_be_drawn_is_one_sentence(monkeypatch, body, words):
    monkeypatch.setattr(picture, "SECONDS", 2.0)
    with pytest.raises(picture.Waits) as caught:
        drawn(1, with_task(manifest.project(1), "gradient_descent", f"def gradient_descent(grad, x0, lr, n_steps):\n    {body}"))
    assert words in str(caught.value) and "waits for task gradient_descent: " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_damaged_data_is_not_the_learners_fault(monkeypatch):
    def load(name):
        raise DataError(f"{name} is damaged")

    monkeypatch.setattr(picture, "load", load)
    with pytest.raises(run.CannotGrade, match="auto_mpg is damaged"):
        drawn(1)


SIGHT = {"deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],  # Machado, Oliveira and Fernandes 2009, severity 1
         "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]], "usual": np.eye(3).tolist()}


@pytest.mark.parametrize("sight", SIGHT)
def test_colours_are_told_apart(sight):
    linear = lambda c: [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in mpl.colors.to_rgb(c)]
    seen = [np.clip(np.array(SIGHT[sight]) @ linear(c), 0, 1) ** (1 / 2.2) for c in picture.COLOURS]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > 0.1


# -- the command ---------------------------------------------------------------------------------
def test_command_draws_into_build_or_says_what_it_waits_for(checkout):  # noqa: F811
    waits = inside(checkout, "picture", "1")
    assert (waits.returncode, waits.stderr) == (1, "")
    assert waits.stdout.startswith("The picture of project 1 waits for task ") and waits.stdout.count("\n") == 1
    (checkout / "starter/linear_regression.py").write_bytes((checkout / "solutions/linear_regression.py").read_bytes())
    done = inside(checkout, "picture", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert Image.open(checkout / "build/picture-1.png").format == "PNG"
    assert (checkout / "build/picture-1.svg").read_text().startswith("<?xml")
    assert "build/picture-1.png" in done.stdout and "normal equation" in done.stdout


@pytest.mark.parametrize("arguments, words", [(["1", "--out", "nowhere/x.png"], "nowhere/x.png cannot be written"), (["1", "--out", "x.bmp"], "a .png or a .svg"),
                                              (["77"], "There is no project '77'")])
def test_what_cannot_be_drawn_is_one_sentence(checkout, arguments, words):  # noqa: F811
    (checkout / "starter/linear_regression.py").write_bytes((checkout / "solutions/linear_regression.py").read_bytes())
    done = inside(checkout, "picture", *arguments)
    assert done.returncode == 2
    assert words in done.stderr and len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr
