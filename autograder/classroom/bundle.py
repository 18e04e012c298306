"""The teacher's bundle: the grader of one project with all that it needs, started by Classroom 50 or by Gradescope."""
import json
import re
import shutil
from pathlib import Path

from autograder import manifest
from autograder.classroom.template import AS_THEY_ARE, grading_part

HERE = Path(__file__).parent
PACKAGES = {"cloudpickle", "numpy", "pytest"}  # what grading imports


def export(project, folder):
    """Write the bundle into a new folder. Classroom 50 starts autograder.py in it, Gradescope setup.sh and run_autograder."""
    grading_part(project, folder / "grader", AS_THEY_ARE, project.misconceptions.exists())
    lock = (manifest.ROOT / "requirements.lock").read_text(encoding="utf-8")
    (folder / "packages.lock").write_text(needed(lock, PACKAGES), encoding="utf-8")
    shutil.copyfile(HERE / "launcher.py", folder / "autograder.py")
    shutil.copytree(HERE / "gradescope", folder, dirs_exist_ok=True)


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
