"""What a new project still lacks, in one list: `make test ARGS="-k author"`."""
import ast
import builtins
import difflib
import importlib
import re
import tomllib

import pytest

from autograder import manifest, reset
from autograder.sandbox import extract, rules
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
    where, missing = author.shown(project.folder / "project.toml"), []
    handout = (project.folder / "README.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (\d+)\. ", handout, re.M)
    marks = [author.said(mark) | {"task": mark.args[0].value} for _, mark in author.checks(project)]
    for name, task in project.tasks.items():
        ours = [m["points"] for m in marks if m["task"] == name]
        missing += [f"{where}, task {name}: {s}" for s in [
            *[f"it is worth {task.points}, and its checks {sum(ours)} together." for _ in "x" if sum(ours) != task.points],
            *["one check alone is all or nothing: write a second one." for _ in "x" if len(ours) < 2],
            *[f"it has {len(task.hints)} hints and needs 3." for _ in "x" if len(task.hints) != 3],
            *[f"{code} is no code of projects/syllabus.toml." for code in task.objectives if code not in syllabus()],
            *["none of its objectives is a topic (LA, CA or PS and a number)." for _ in "x" if not {o[:2] for o in task.objectives} & {"LA", "CA", "PS"}],
            *[f"section = {task.section!r}, and the handout has the headings ## {'. ## '.join(sections)}." for _ in "x" if task.section not in sections],
            *[f"its solution calls {other}: add it to after = [...]." for other in sorted(uses(project.slug)[name] & project.tasks.keys() - {*project.before(name)})],
            *[f"it forbids {odd}, which there is not." for odd in task.forbids if unknown(odd)]]]
    missing += [f"{where}: the tasks are worth {project.points} points, not 100."] * (project.points != 100)
    if {t.section for t in project.tasks.values()} <= {*sections}:
        order = [sections.index(t.section) for t in project.tasks.values()]
        missing += [f"{where} names the tasks in another order than the handout's sections."] * (order != sorted(order))
    return [*missing, *starter_faults(project), *handout_faults(project, handout), *check_faults(project), *corpus_faults(project)]


def syllabus():
    groups = tomllib.loads((manifest.ROOT / "projects" / "syllabus.toml").read_text(encoding="utf-8"))
    return {code for titles in groups.values() for code in titles}


def unknown(name):
    """Is it a dotted name of an installed module that does not have it?"""
    root, *rest = name.split(".")
    if not root or name == "@" or not rest or hasattr(builtins, root):
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
    ours, texts = stubs(project.slug), [project.starter.read_text(encoding="utf-8"), *reset.versions(project.starter)]
    for task in project.tasks:
        ages = [d for text in texts if (d := defined(text, task))]
        newest = next((d for d in ages if rules.is_stub(extract.parse(d.split("\n"))[0])), None)
        if newest is None and not (manifest.ROOT / ".git" / "shallow").exists() and (manifest.ROOT / ".git").exists():
            yield f"{page}: {task} holds an answer, and so does every version that git knows: cut its body to `raise NotImplementedError`."
        elif newest and (lines := [shape(newest), shape(defined(ours, task))]) and lines[0] != lines[1]:
            first = next(f"{a.strip()!r} for {b.strip()!r}" for a, b in zip([*lines[0], ""], [*lines[1], ""]) if a != b)
            yield f"{page}: the signature or docstring of {task} differs from that in {other}: {first}. Make them the same."
        elif not ast.get_docstring(ast.parse(defined(ours, task)).body[0]):
            yield f"{other}: {task} has no docstring, and that is the specification."


def defined(text, task):
    try:
        return definition_of(text, task)
    except SyntaxError:  # a learner's own work is not judged
        return None


def shape(definition):
    return ast.unparse(ast.parse(definition)).split("\n")


def handout_faults(project, handout):
    """Tasks, points and sections as the handout tells them."""
    page = author.shown(project.folder / "README.md")
    parts = dict(re.findall(r"^## (\d+)\. [^\n]+\n(.*?)(?=^## |\Z)", handout, re.M | re.S))
    if [*parts] != [str(n + 1) for n in range(len(parts))]:
        yield f"{page}: its sections are not numbered from 1 without a gap: {', '.join(parts)}."
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


@pytest.mark.parametrize("slug", PROJECTS)
def test_the_list_of_the_author_notices(slug):
    """A fault in what the list reads comes back as a sentence."""
    project = PROJECTS[slug]
    assert unknown("numpy.lgo") and not unknown("numpy.linalg.inv") and not unknown("torch.nn") and not unknown("@")
    handout = (project.folder / "README.md").read_text(encoding="utf-8")
    assert not list(handout_faults(project, handout)) and list(handout_faults(project, handout.replace("## 2. ", "## 9. ")))
