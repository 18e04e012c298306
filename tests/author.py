"""What an author still owes before a project can be tested at all, in sentences that name the page, the line and what to do."""
import ast
from pathlib import Path

from autograder import manifest


def projects():
    """{slug: Project} of the projects whose pages can be read; what is wrong with the others, `owed` says."""
    try:
        folders = manifest.projects().values()
    except manifest.ManifestError:
        return {}
    return {project.slug: project for folder in folders if not owed(folder) for project in [manifest.read(folder / "project.toml")]}


def owed(folder):
    """Why the project in this folder cannot be tested: sentences, none for a project that can."""
    try:
        project = manifest.read(folder / "project.toml")
    except manifest.ManifestError as e:
        return [str(e)]
    pages = {"the answers": project.solution, "the answers with each body cut to `raise NotImplementedError`": project.starter, "the checks": project.grader,
             "wrong answers": project.misconceptions, "unusual right answers": project.alternatives, "the handout": project.folder / "README.md",
             "a check for each numbered equation of the handout": manifest.ROOT / "tests" / f"test_handout_{project.number}.py"}
    absent = [f"{shown(page)} is missing: it holds {what}." for what, page in pages.items() if not page.exists()]
    return absent or [s for page in pages.values() if page.suffix == ".py" for s in _unreadable(page)] or _unmarked(project) or _undefined(project)


def shown(page):
    return str(Path(page).relative_to(manifest.ROOT))


def checks(project):
    """[(definition of a check, its @task as a call)] of a project's page."""
    found = [n for n in ast.parse(project.grader.read_text(encoding="utf-8")).body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")]
    return [(n, next((d for d in n.decorator_list if ast.unparse(d).startswith("task(")), None)) for n in found]


def said(mark):
    """{keyword: value} of a @task whose values are plain."""
    return {k.arg: ast.literal_eval(k.value) for k in mark.keywords}


def _unreadable(page):
    try:
        ast.parse(page.read_text(encoding="utf-8"))
    except SyntaxError as e:
        yield f"{shown(page)}:{e.lineno} does not parse: {e.msg}."
    except UnicodeDecodeError:
        yield f"{shown(page)} is not UTF-8 text: save it as UTF-8."


def _unmarked(project):
    """The checks whose @task cannot be understood."""
    found = []
    for check, mark in checks(project):
        where = f"{shown(project.grader)}:{check.lineno} {check.name}"
        if mark is None:
            found.append(f'{where} serves no task: write @task("{next(iter(project.tasks))}", points=1) above it.')
        elif len(mark.args) != 1 or not isinstance(mark.args[0], ast.Constant):
            found.append(f'{where}: write the task first and as plain text, as in @task("{next(iter(project.tasks))}", points=1).')
        elif mark.args[0].value not in project.tasks:
            found.append(f"{where} serves {mark.args[0].value!r}, which is no task of project.toml: it has {', '.join(project.tasks)}.")
        elif "points" not in {k.arg for k in mark.keywords} or not all(isinstance(k.value, ast.Constant) for k in mark.keywords):
            found.append(f"{where}: points= is a plain whole number, and so are seconds= and false_fail= plain numbers, where they are given.")
    return found


def _undefined(project):
    """The tasks that the solution or the starter does not define."""
    for page in (project.solution, project.starter):
        there = {n.name for n in ast.parse(page.read_text(encoding="utf-8")).body if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
        if lacking := [task for task in project.tasks if task not in there]:
            return [f"{shown(page)} does not define {', '.join(lacking)}, which project.toml names as {'tasks' if len(lacking) > 1 else 'a task'}."]
    return []
