"""After a save only what it may have changed is graded, and the report is the one that grading everything gives."""
import functools

import pytest

from autograder import run
from autograder.desk import changes
from autograder.grading import Grading
from autograder.solution import definition_of, replaced
from tests.corpus import PROJECTS, answers, submission

PROJECT = PROJECTS["linear_regression"]
SOLUTION = PROJECT.solution.read_text()


def edited(task, old="):\n", new="):\n    # another line\n", source=SOLUTION):
    """The module after an edit within one task."""
    return replaced(source, task, definition_of(source, task).replace(old, new, 1))


@functools.cache
def graded(source):
    return run.grade(PROJECT, text=source, in_process=True)


def forget(report):
    """A report without what no two gradings share."""
    seconds = [report, *(check for task in report["tasks"] for check in task["checks"])]
    return [entry.update(seconds=0) for entry in seconds] and report


WRONG = submission(PROJECT.slug, "misconceptions", next(name for slug, name in answers("misconceptions") if slug == PROJECT.slug and name.startswith("mse_gradient__")))
EDITS = {  # what a save did: (before, after)
    "a comment in a task": (SOLUTION, edited("r_squared")),
    "a mistake": (SOLUTION, WRONG),
    "a mistake mended": (WRONG, SOLUTION),
    "a line above another task's mistake": (WRONG, edited("mse_loss", source=WRONG)),
    "an import gone": (SOLUTION, SOLUTION.replace("import numpy as np\n", "", 1)),
    "a task gone": (SOLUTION, replaced(SOLUTION, "r_squared", "")),
    "a task written twice": (SOLUTION, SOLUTION + "\n\ndef r_squared(y_true, y_pred):\n    return 0.5\n"),
    "a helper of a name that is looked up": (SOLUTION.replace("def mse_loss", "def own():\n    return 1.0\n\n\ndef mse_loss", 1),
                                             SOLUTION.replace("def mse_loss", "def own():\n    return 2.0\n\n\ndef mse_loss", 1)),
}


@pytest.mark.parametrize("what", EDITS)
def test_report_is_that_of_grading_everything(what):
    old, new = EDITS[what]
    kept = changes.kept(PROJECT, graded(old), old, new)
    assert forget(run.grade(PROJECT, text=new, kept=kept, in_process=True)) == forget(graded(new))


@pytest.mark.parametrize("old, new, graded", [
    (SOLUTION, edited("r_squared"), {"r_squared"}),
    (SOLUTION, SOLUTION.replace("import numpy as np", "import numpy as np\nimport math", 1), {*PROJECT.tasks}),
    (SOLUTION, SOLUTION + "\n# the end\n", {*PROJECT.tasks}),  # a save that touches nothing is a wish to see all again
    (SOLUTION, "def mse_loss(:\n", {*PROJECT.tasks}),
    (WRONG, edited("r_squared", source=WRONG), {"r_squared", "mse_gradient"}),  # what is wrong moves with its lines
])
def test_untouched_right_tasks_are_kept(old, new, graded):
    report = {"tasks": [{"name": name, "status": "failed" if old is WRONG and name == "mse_gradient" else "passed", "checks": []} for name in PROJECT.tasks]}
    assert changes.kept(PROJECT, report, old, new).keys() == PROJECT.tasks.keys() - graded


@pytest.mark.parametrize("how", ["own()", "globals()['own']()", "__import__('submission').own()"])
def test_what_a_task_leads_to_is_seen_however_it_is_named(how):
    old = edited("r_squared", "):\n", f"):\n    {how}\n") + "\n\ndef own():\n    return 1.0\n"
    report = {"tasks": [{"name": name, "status": "passed", "checks": []} for name in PROJECT.tasks]}
    assert changes.kept(PROJECT, report, old, old.replace("return 1.0\n", "return 2.0\n")).keys() == PROJECT.tasks.keys() - {"r_squared"}


@pytest.mark.parametrize("slug", PROJECTS)
def test_checks_call_no_task_that_they_do_not_name(slug):
    """What is kept rests on this."""
    project = PROJECTS[slug]
    _, found = run.check(project, Grading(project, "solution.py", project.solution.read_text(), in_process=True))
    called = {task: set() for task in project.tasks}
    for task, _, _, finding in found.values():
        called[task] |= {call.name for call in finding.calls if call.target is None}
    named = changes._called(project)
    assert {task: names - {task} for task, names in called.items() if names - {task} - named[task]} == {}
    assert {task: names - {task, *project.before(task)} for task, names in called.items() if names - {task, *project.before(task)}} == {}
