"""The checkpoint: what the syllabus promises, which tasks show it, and which of them hold."""
import tomllib

import pytest

from autograder import manifest, screen, syllabus
from tests.corpus import PROJECTS

CODES = {code for group in tomllib.loads((manifest.ROOT / "projects/syllabus.toml").read_text()).values() for code in group}


@pytest.mark.parametrize("slug", PROJECTS)
def test_every_objective_of_a_task_is_in_the_syllabus(slug):
    assert {o for t in PROJECTS[slug].tasks.values() for o in t.objectives} - CODES == set()


def report_of(passed):
    return lambda project: {"tasks": [{"name": n, "status": "passed" if n in passed else "partial"} for n in project.tasks]}


def test_a_goal_is_done_when_its_tasks_have_passed():
    project = PROJECTS["linear_regression"]
    chain = {t.name for t in project.tasks.values() if "CA2" in t.objectives}
    first = next(n for n in project.tasks if n in chain)
    for passed, done, following in ((set(), 0, (1, first)), (chain, len(chain), None), (chain - {first}, len(chain) - 1, (1, first))):
        goal = next(g for group in syllabus.goals([project], report_of(passed)).values() for g in group if g.code == "CA2")
        assert (len(goal.done), len(goal.shown_by), goal.next) == (done, len(chain), following)


def test_nothing_holds_before_the_first_grading():
    goals = syllabus.goals(list(PROJECTS.values()), lambda project: None)
    assert [g.code for group in goals.values() for g in group if g.done] == []


def test_the_screen_is_one_screen():
    lines = screen.checkpoint(syllabus.goals(list(PROJECTS.values()), lambda project: None))
    assert len(lines) <= screen.LINES
    assert max(len(text) for _, text in lines) <= screen.COLUMNS


def test_every_topic_has_four_tasks():
    tasks = [task for project in PROJECTS.values() for task in project.tasks.values()]
    shown = {code: sum(code in task.objectives for task in tasks) for code in CODES}
    assert {code: n for code, n in shown.items() if n < 4} == {}
