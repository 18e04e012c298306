"""The student template of one project: a repository that grades itself and gives no answer away."""
import json
import shutil
import string
import subprocess
from pathlib import Path

from autograder import catalogue, manifest
from autograder.solution import definition_of, replaced, stub

WRITTEN = Path(__file__).parent / "student"  # README.md and AGENTS.md of the template
CONTAINER = ".devcontainer/devcontainer.json"
AS_THEY_ARE = ("Makefile", "pyproject.toml", "requirements.lock", ".gitignore", ".github/workflows/grade.yml", "projects/syllabus.toml",
               "graders/conftest.py", "datasets/LICENSES.md", "datasets/.gitattributes")


class CannotExport(Exception):
    """One sentence that says why nothing was written."""


def export(project, folder, with_misconceptions=False):
    """Write the template into a new folder."""
    grading_part(project, folder, AS_THEY_ARE, with_misconceptions)
    shutil.copytree(project.folder, folder / "projects" / project.folder.name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    readme = string.Template((WRITTEN / "README.md").read_text(encoding="utf-8"))
    (folder / "README.md").write_text(readme.substitute(
        title=project.title, folder=project.folder.name, slug=project.slug, number=project.number, count=len(project.tasks),
        task=next(iter(project.tasks))), encoding="utf-8")
    shutil.copy(WRITTEN / "AGENTS.md", folder)
    container = json.loads((manifest.ROOT / CONTAINER).read_text(encoding="utf-8"))
    container["customizations"]["codespaces"]["openFiles"] = ["README.md", f"starter/{project.starter.name}"]
    (folder / CONTAINER).parent.mkdir()
    (folder / CONTAINER).write_text(json.dumps(container, indent=2) + "\n", encoding="utf-8")


def grading_part(project, folder, files, with_misconceptions):
    """What grading one project takes: the engine, the page of checks, the manifest, the data, the untouched starter; and some files as they are."""
    if with_misconceptions and not project.misconceptions.exists():
        raise CannotExport(f"There are no misconceptions of project {project.number} here (graders/misconceptions/{project.slug}.py); export without them.")
    if absent := next((page for page in (project.starter, project.grader, project.folder / "README.md") if not page.exists()), None):
        raise CannotExport(f"{absent.relative_to(manifest.ROOT)} is missing: write it before you hand the project out.")
    parts = [project.grader, project.folder / "project.toml", *(catalogue.find(name).snapshot for name in project.datasets)]
    for path in [*parts, *[project.misconceptions] * with_misconceptions, *(manifest.ROOT / name for name in files)]:
        target = folder / path.relative_to(manifest.ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    shutil.copytree(manifest.ROOT / "autograder", folder / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "datasets").mkdir(exist_ok=True)
    (folder / "datasets/catalogue.toml").write_bytes(catalogue.excerpt(project.datasets))
    (folder / "starter").mkdir()
    (folder / "starter" / project.starter.name).write_text(untouched(project), encoding="utf-8")


def untouched(project):
    """The starter as it was last committed, with a stub for every task: what the teacher tried in his own copy stays with him."""
    try:
        committed = subprocess.run(["git", "show", f"HEAD:./starter/{project.starter.name}"], cwd=manifest.ROOT, capture_output=True, text=True, encoding="utf-8")
        source = committed.stdout if committed.returncode == 0 else ""
    except OSError:
        source = ""
    source = source or project.starter.read_text(encoding="utf-8")
    for task in project.tasks:
        if text := definition_of(source, task):
            source = replaced(source, task, stub(text))
    return source
