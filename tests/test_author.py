"""What a new project still lacks, in one list: `make test ARGS="-k author"`."""
import ast
import difflib
import importlib
import re
import tomllib

import pytest

from autograder import manifest, reset
from autograder.solution import definition_of, definitions
from tests import author
from tests.corpus import PROJECTS, answers, drawing, stubs, uses


def folders():
    return sorted(p.parent for p in (manifest.ROOT / "projects").glob("*/project.toml"))


def told(sentences):
    if sentences:
        pytest.fail("\n".join(sentences), pytrace=False)


def test_author_has_numbered_the_projects():
    try:
        assert {*manifest.projects().values()} == {*folders()}
    except manifest.ManifestError as e:
        told([str(e)])


@pytest.mark.parametrize("folder", folders(), ids=lambda f: f.name)
def test_author_has_written_everything(folder):
    told(author.owed(folder) or (lacking(manifest.read(folder / "project.toml")) if PROJECTS else ["First give every project a number of its own."]))


def lacking(project):
    """What can be said of a project only once all its pages can be read."""
    handout = (project.folder / "README.md").read_text(encoding="utf-8")
    return [*manifest_faults(project, re.findall(r"^## (\d+)\. ", handout, re.M)), *starter_faults(project), *handout_faults(project, handout),
            *check_faults(project), *corpus_faults(project)]


def manifest_faults(project, sections):
    """What project.toml says otherwise than the other pages."""
    page = author.shown(project.folder / "project.toml")
    for task in project.tasks.values():
        yield from (f"{page}, task {task.name}: {said}" for said in task_faults(project, task, sections))
    if project.points != 100:
        yield f"{page}: the tasks are worth {project.points} points, not 100."
    order = [sections.index(t.section) for t in project.tasks.values() if t.section in sections]
    if order != sorted(order):
        yield f"{page} names the tasks in another order than the handout's sections."


def task_faults(project, task, sections):
    points = [author.said(mark)["points"] for _, mark in author.checks(project) if mark.args[0].value == task.name]
    if sum(points) != task.points:
        yield f"it is worth {task.points}, and its checks {sum(points)} together."
    if len(points) < 2:
        yield "one check alone is all or nothing: write a second one."
    if len(task.hints) != 3:
        yield f"it has {len(task.hints)} hints and needs 3."
    if odd := {*task.objectives} - syllabus():
        yield f"{min(odd)} is no code of projects/syllabus.toml."
    if not {code[:2] for code in task.objectives} & {"LA", "CA", "PS"}:
        yield "none of its objectives is a topic (LA, CA or PS and a number)."
    if task.section not in sections:
        yield f"section = {task.section!r}, and the handout has the headings ## {'. ## '.join(sections)}."
    if more := uses(project.slug)[task.name] & project.tasks.keys() - {*project.before(task.name)}:
        yield f"its solution calls {min(more)}: add it to after = [...]."
    if odd := [name for name in task.forbids if unknown(name)]:
        yield f"it forbids {odd[0]}, which there is not."


def syllabus():
    groups = tomllib.loads((manifest.ROOT / "projects" / "syllabus.toml").read_text(encoding="utf-8"))
    return {code for titles in groups.values() for code in titles}


def unknown(name):
    """Is it a dotted name of an installed module that does not have it?"""
    root, *rest = name.split(".")
    if not root or not rest:
        return False
    try:
        thing = importlib.import_module(root)
        for part in rest:
            thing = getattr(thing, part, None) or importlib.import_module(f"{thing.__name__}.{part}")
    except ModuleNotFoundError as e:
        return e.name != root  # what is not installed cannot be looked at
    return False


def starter_faults(project):
    """Where the starter is more, or other, than the solution without its bodies."""
    page, other = author.shown(project.starter), author.shown(project.solution)
    ours = stubs(project.slug)
    for task in project.tasks:
        newest = next(reset.written(project, task, [project.starter.read_text(encoding="utf-8")]), None)  # a learner's own work is not judged
        right = definition_of(ours, task)
        if newest is None and not (manifest.ROOT / ".git" / "shallow").exists() and (manifest.ROOT / ".git").exists():
            yield f"{page}: {task} holds an answer, and so does every version that git knows: cut its body to `raise NotImplementedError`."
        elif newest and shape(newest) != shape(right):
            first = next(f"{a.strip()!r} for {b.strip()!r}" for a, b in zip([*shape(newest), ""], [*shape(right), ""]) if a != b)
            yield f"{page}: the signature or docstring of {task} differs from that in {other}: {first}. Make them the same."
        elif not ast.get_docstring(ast.parse(right).body[0]):
            yield f"{other}: {task} has no docstring, and that is the specification."


def shape(definition):
    return ast.unparse(ast.parse(definition)).split("\n")


def handout_faults(project, handout):
    """Tasks, points and sections as the handout tells them."""
    page = author.shown(project.folder / "README.md")
    parts = dict(re.findall(r"^## (\d+)\. [^\n]+\n(.*?)(?=^## |\Z)", handout, re.M | re.S))
    if [*parts] != [str(n + 1) for n in range(len(parts))]:
        yield f"{page}: its sections are not numbered from 1 without a gap: {', '.join(parts)}."
    tests = manifest.ROOT / "tests" / f"test_handout_{project.number}.py"
    if "\ndef test_every_equation_has_its_check(" not in tests.read_text(encoding="utf-8"):
        yield f"{author.shown(tests)} lacks test_every_equation_has_its_check, which holds the handout's \\tag{{n}} against its tests: copy that of project 4."
    for task in project.tasks.values():
        if (row := f"| `{task.name}` | {task.points} | {task.section} |") not in handout:
            yield f"{page}: the table of tasks lacks the row {row}"
        if f"`{task.name}`" not in "".join(re.findall(r"\*\*Tasks?\*\*.*", parts.get(task.section, ""))):
            yield f"{page}: section {task.section} does not end in a line **Task** `{task.name}`."


def check_faults(project):
    """What is wrong with the sentences and the chances of single checks."""
    random = drawing(project.slug)
    for check, mark in author.checks(project):
        where, sentence = f"{author.shown(project.grader)}:{check.lineno} {check.name}", ast.get_docstring(check) or ""
        if not sentence or "\n" in sentence or len(sentence) > 78 or sentence.endswith("."):
            yield f"{where}: its docstring is the sentence that the learner reads (one line, at most 78 characters, no full stop)."
        if mark.args[0].value in random and "false_fail" not in author.said(mark):
            yield f"{where}: {mark.args[0].value} draws random numbers; say false_fail=, the chance that a right answer fails (0 where chance cannot move it)."


def corpus_faults(project):
    """What the wrong and the unusual answers lack."""
    for kind, least in (("misconceptions", 2), ("alternatives", 1)):
        page, known = getattr(project, kind), [n for s, n in answers(kind) if s == project.slug]
        lines = {n: node for n, node, _ in definitions(page.read_text(encoding="utf-8")) if n in known}
        for task in project.tasks:
            if (there := sum(n.startswith(task + "__") for n in known)) < least:
                yield f"{author.shown(page)}: {task} has {there} and needs {least} at least."
        for name, node in lines.items():
            if (task := name.split("__")[0]) not in project.tasks:
                near = difflib.get_close_matches(task, project.tasks, 1)
                yield f"{author.shown(page)}:{node.lineno} {name} belongs to no task" + (f": is {near[0]}__ meant?" if near else ".")
            elif not ast.get_docstring(node):
                yield f"{author.shown(page)}:{node.lineno} {name} has no docstring: it is what a good tutor would say."


# -- the list itself -------------------------------------------------------------------------------
TOML, STARTER, SOLUTION, CHECKS, WRONG, UNUSUAL, HANDOUT = (
    "projects/1-linear-regression/project.toml", "starter/linear_regression.py", "solutions/linear_regression.py", "graders/test_linear_regression.py",
    "graders/misconceptions/linear_regression.py", "graders/alternatives/linear_regression.py", "projects/1-linear-regression/README.md")
OWN_TESTS = "tests/test_handout_1.py"


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """Project 1 alone, in a folder of its own, as if it were being written."""
    for name in (TOML, STARTER, SOLUTION, CHECKS, WRONG, UNUSUAL, HANDOUT, OWN_TESTS, "projects/syllabus.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((manifest.ROOT / name).read_bytes())
    monkeypatch.setattr(manifest, "ROOT", tmp_path)
    return tmp_path


def listed(copy, monkeypatch):
    monkeypatch.setattr("tests.corpus.PROJECTS", author.projects())
    folder = copy / "projects/1-linear-regression"
    return author.owed(folder) or lacking(manifest.read(folder / "project.toml"))


def test_nothing_is_missing_of_a_complete_project(copy, monkeypatch):
    (copy / STARTER).write_text(stubs("linear_regression"))  # whatever a learner has in his
    assert listed(copy, monkeypatch) == []


@pytest.mark.parametrize("page", [STARTER, SOLUTION, CHECKS, WRONG, UNUSUAL, HANDOUT, OWN_TESTS])
def test_a_missing_page_is_named(copy, monkeypatch, page):
    (copy / page).unlink()
    assert [s for s in listed(copy, monkeypatch) if s.startswith(f"{page} is missing")]


@pytest.mark.parametrize("page, old, new, said", [
    (WRONG, "def mse_loss__", "def (mse_loss__", f"{WRONG}:"),
    (SOLUTION, "def mse_loss(", "def mean_squares(", f"{SOLUTION} does not define mse_loss"),
    (STARTER, "def mse_loss(", "def mean_squares(", f"{STARTER} does not define mse_loss"),
    (STARTER, '"""Return the mean', '"""Returns the mean', f"{STARTER}: the signature or docstring of mse_loss differs"),
    (CHECKS, '@task("mse_loss", points=2)', "", "serves no task"),
    (CHECKS, '@task("mse_loss"', '@task(name="mse_loss"', "write the task first and as plain text"),
    (CHECKS, '@task("mse_loss"', '@task("mse_lost"', "serves 'mse_lost', which is no task of project.toml"),
    (CHECKS, "points=2)", "points=2 * 1)", "points= is a plain whole number"),
    (CHECKS, "points=2)", "points=3)", "together"),
    (CHECKS, '"""is the mean of the squared', '"""is.\n\nthe mean of the squared', "its docstring is the sentence that the learner reads"),
    (TOML, "points = 6", "points = 7", "the tasks are worth 101 points, not 100"),
    (TOML, 'section = "2"', 'section = "1a"', "section = '1a', and the handout has the headings"),
    (TOML, '"standardize", "gradient_descent"]', '"standardize"]', "its solution calls gradient_descent: add it to after"),
    (TOML, 'objectives = ["', 'objectives = ["PS9", "', "PS9 is no code of projects/syllabus.toml"),
    (TOML, "forbids = [", 'forbids = ["numpy.lgo", ', "it forbids numpy.lgo, which there is not"),
    (HANDOUT, "| `mse_loss` | 6 |", "| `mse_loss` | 5 |", "the table of tasks lacks the row | `mse_loss` | 6 |"),
    (HANDOUT, "## 2. ", "## 12. ", "not numbered from 1 without a gap"),
    (HANDOUT, "**Task** `mse_loss`", "`mse_loss`", "does not end in a line **Task** `mse_loss`"),
    (OWN_TESTS, "def test_every_equation_has", "def test_no_equation_has", "lacks test_every_equation_has_its_check"),
    (WRONG, "def mse_loss__", "def mse_lost__", "belongs to no task: is mse_loss__ meant?"),
])
def test_each_slip_of_an_author_is_named(copy, monkeypatch, page, old, new, said):
    (copy / STARTER).write_text(stubs("linear_regression"))
    text = (copy / page).read_text()
    assert old in text
    (copy / page).write_text(text.replace(old, new, 1))
    assert [s for s in listed(copy, monkeypatch) if said in s]


def test_names_that_may_be_forbidden():
    assert unknown("numpy.lgo") and unknown("numpy.linalg.invert") and not any(map(unknown, ["numpy.linalg.inv", "torch.nn", "@", ".dot", "scipy", "sum"]))
