"""The tests of the graders: of every project that is here, by its corpora."""
import ast
import csv
import re

import numpy as np
import pytest

from autograder import catalogue, run, screen
from autograder.grading import Grading
from autograder.solution import definition_of, replaced
from tests import author
from tests.corpus import PROJECTS, answers, drawing, reached, stubs, submission

projects = pytest.mark.parametrize("slug", PROJECTS)
CHUNKS = 4


def grade(slug, text, **options):
    return run.grade(PROJECTS[slug], text=text, **options)


def verdicts(report):
    return {f"{task['name']}: {check['name']}": check["verdict"] for task in report["tasks"] for check in task["checks"]}


def points(report):
    return {task["name"]: task["points"] for task in report["tasks"]}


def full(slug):
    return {task.name: task.points for task in PROJECTS[slug].tasks.values()}


@projects
def test_untouched_starter_is_not_started(slug):
    report = grade(slug, stubs(slug))
    assert set(verdicts(report).values()) == {"not started"}
    assert report["points"] == 0


def test_one_check_alone_can_be_run_again_and_again():
    """As watch does after a save that touches one task."""
    project = PROJECTS["linear_regression"]
    for _ in range(2):
        grading = Grading(project, "solution.py", project.solution.read_text(), in_process=True)
        _, found = run.check(project, grading, keep=lambda task, item: item.name == "test_loss_of_columns")
        assert [f.verdict for *_, f in found.values()] == ["passed"]


def statistical(item):
    """Can chance alone fail this check?"""
    return item.get_closest_marker("task").kwargs.get("false_fail", 0) > 0


@projects
@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("seeds", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_solution_earns_all_on_every_seed(slug, seeds, chunk):
    """The whole page on the first seed; in process on the others, the checks that draw their inputs, but for the statistical ones (see below)."""
    project = PROJECTS[slug]
    if chunk == 0:
        assert points(grade(slug, project.solution.read_text())) == full(slug)
    for seed in range(chunk or CHUNKS, seeds, CHUNKS):
        grading = Grading(project, "solution.py", project.solution.read_text(), seed=seed, in_process=True)
        _, found = run.check(project, grading, keep=lambda task, item: "rng" in item.fixturenames and not statistical(item))
        assert {(seed, name): f.lines for name, (*_, f) in found.items() if f.verdict != "passed"} == {}


@projects
@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("seeds", [50, pytest.param(1000, marks=pytest.mark.slow)])
def test_statistical_checks_hold_on_every_seed(slug, seeds, chunk):
    """A check of false-fail chance 1e-6 fails once in a thousand runs of a thousand; one that is wrong about its chance fails here."""
    project = PROJECTS[slug]
    by_chance = any(author.said(mark).get("false_fail") for _, mark in author.checks(project))
    for seed in range(chunk, seeds, CHUNKS) if by_chance else ():
        grading = Grading(project, "solution.py", project.solution.read_text(), seed=seed, in_process=True)
        _, found = run.check(project, grading, keep=lambda task, item: statistical(item))
        assert {(seed, name): f.lines for name, (*_, f) in found.items() if f.verdict != "passed"} == {}


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("slug, name", answers("alternatives"))
def test_unusual_right_answer_earns_all(slug, name, seed):
    """Seed 1 with all tasks that build on it."""
    task = name.split("__")[0]
    report = grade(slug, submission(slug, "alternatives", name), seed=seed, tasks=reached(slug, task) if seed else {task})
    assert {c: v for c, v in verdicts(report).items() if v != "passed"} == {}
    worst = max((check["margin"], check["name"]) for task in report["tasks"] for check in task["checks"])
    assert worst[0] <= 0.5, f"{worst[1]}: a right answer uses {worst[0]:.2f} of the tolerance; widen it or say why not"


TOO_SLOW = re.compile("__(a_pass_for_each|follows_every_way)")  # right but for the time limit, and only a worker has one


def mistakes():
    """Every known mistake: the first of each task isolated and with all tasks that build on it, the others so in the slow tests only."""
    seen = set()
    for slug, name in answers("misconceptions"):
        first = (key := (slug, name.split("__")[0])) not in seen
        seen.add(key)
        yield pytest.param(slug, name, first, id=f"{slug}-{name}")
        if not first:
            yield pytest.param(slug, name, True, id=f"{slug}-{name}-and what builds on it", marks=pytest.mark.slow)


@pytest.mark.parametrize("slug, name, whole", list(mistakes()))
def test_known_mistake_costs_its_task_only_and_is_named(slug, name, whole):
    task = name.split("__")[0]
    touched = reached(slug, task) if whole else {task}
    report = grade(slug, submission(slug, "misconceptions", name), tasks=touched, in_process=not whole and not TOO_SLOW.search(name))
    lost = {t: p for t, p in points(report).items() if t in touched and p < full(slug)[t]}
    assert lost, f"{name} earns full points: no check notices it"
    assert list(lost) == [task]
    failed = [check for t in report["tasks"] if t["name"] == task for check in t["checks"] if check["verdict"] != "passed"]
    named = {check["diagnosis"]["misconception"] for check in failed if check["diagnosis"]} - {None}
    if {check["verdict"] for check in failed} <= {"failed"}:
        assert named == {name}, "it is not told from its neighbours"
    shown = [text for _, text in screen.graded(PROJECTS[slug], report)]
    assert len(shown) <= screen.LINES and max(map(len, shown)) <= screen.COLUMNS
    first = next((c for c in failed if c["verdict"] == "failed" and c["diagnosis"]), None)
    if first and failed[0] is first:
        assert " ".join(first["diagnosis"]["text"].split()) in " ".join(" ".join(shown).split()), "the sentence is cut"
    beside = [c for c in failed if 1 < c["margin"] < 2]
    assert not beside or any(c["margin"] >= 2 or c["margin"] <= 1 for c in failed), f"only {beside[0]['name']} notices, by a hair: tighten its tolerance"


@pytest.mark.parametrize("slug, task", [(slug, task) for slug in PROJECTS for task in drawing(slug)])
def test_chance_from_elsewhere_than_rng_costs_points(slug, task):
    """This mistake is no misconception: those answer alike when they are replayed."""
    text = PROJECTS[slug].solution.read_text()
    node = ast.parse(definition_of(text, task)).body[0]
    node.body.insert(1, ast.parse("rng = None").body[0])
    assert points(grade(slug, replaced(text, task, ast.unparse(node)), tasks={task}))[task] < full(slug)[task]


@projects
@pytest.mark.slow
def test_every_check_is_failed_by_a_known_mistake(slug):
    """A check that no wrong answer fails proves nothing."""
    failed, checks = set(), set()
    for _, name in (answer for answer in answers("misconceptions") if answer[0] == slug):
        found = verdicts(grade(slug, submission(slug, "misconceptions", name), tasks={name.split("__")[0]}))
        checks |= found.keys()
        failed |= {check for check, verdict in found.items() if verdict != "passed"}
    assert checks - failed == set()


@projects
def test_solution_earns_all_on_data_from_kaggle(slug, tmp_path, monkeypatch, capfd):
    """Kaggle's copies are spelled otherwise: quoted cells, Windows line ends, 3.0 for 3, NA for missing."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path)), monkeypatch.setenv("AUTOGRADER_SOURCE", "kaggle")
    for dataset in map(catalogue.find, PROJECTS[slug].datasets):
        if dataset.kaggle:
            dataset.cached.parent.mkdir(parents=True, exist_ok=True)
            header, *rows = catalogue.read(dataset, "embedded")
            with open(dataset.cached, "w", newline="") as out:
                csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([header, *catalogue.folded(rows)])
            assert dataset.cached.read_bytes() != dataset.snapshot.read_bytes()
    assert points(grade(slug, PROJECTS[slug].solution.read_text(), in_process=True)) == full(slug)
    assert "embedded snapshot" not in capfd.readouterr().err.replace("has no copy on Kaggle: using the embedded snapshot", "")


@projects
def test_random_inputs_differ_between_seeds(slug):
    """A check that draws the same numbers for every seed could be answered by heart."""
    project, calls = PROJECTS[slug], []
    for seed in (0, 1):
        grading = Grading(project, "solution.py", project.solution.read_text(), seed=seed, in_process=True)
        _, found = run.check(project, grading, keep=lambda _, item: "rng" in item.fixturenames)
        calls.append({name: [c.args for c in finding.calls] for name, (*_, finding) in found.items()})
    differ = [name for name in calls[0] if not np.array_equal(repr(calls[0][name]), repr(calls[1][name]))]
    tasks = {found[name][0] for name in differ}
    assert tasks == set(project.tasks), f"no random input in {set(project.tasks) - tasks}"
