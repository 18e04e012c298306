"""The teacher's bundle for Classroom 50: the grader of one project with all that it needs, and the assignment's entry."""
import json
import re
import shutil
from pathlib import Path

from autograder import manifest
from autograder.classroom.template import AS_THEY_ARE, grading_part

PACKAGES = {"cloudpickle", "numpy", "pytest"}  # what grading imports


def export(project, folder):
    """Write the bundle into a new folder; its contents belong into CLASSROOM/autograders/SLUG/ of the organisation's configuration."""
    grading_part(project, folder / "grader", AS_THEY_ARE, project.misconceptions.exists())
    lock = (manifest.ROOT / "requirements.lock").read_text(encoding="utf-8")
    (folder / "packages.lock").write_text(needed(lock, PACKAGES), encoding="utf-8")
    shutil.copyfile(Path(__file__).with_name("launcher.py"), folder / "autograder.py")


def needed(lock, packages):
    """The part of a lock that these packages need; its comments say who wants what."""
    blocks = [(re.match(r"[\w.-]+", block)[0], block) for block in re.split(r"(?m)^(?=\w)", lock) if re.match(r"\w", block)]
    names = set(packages)
    while new := {name for name, block in blocks if names & set(re.findall(r"# +(?:via )?([\w.-]+)", block))} - names:
        names |= new
    return "".join(block for name, block in blocks if name in names)


def assignments(project):
    """assignments.json with the entry of this assignment."""
    slug = project.slug.replace("_", "-")
    entry = {"slug": slug, "name": project.title, "mode": "individual", "autograder": "default", "feedback_pr": True,
             "template": {"owner": "YOUR-ORGANISATION", "repo": f"{slug}-template", "branch": "main"}}
    return json.dumps({"schema": "classroom50/assignments/v1", "assignments": [entry]}, indent=2) + "\n"
