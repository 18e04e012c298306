"""The files that decide a grade, and which of them a submission's own repository has changed."""
import hashlib
from pathlib import Path

from autograder import manifest

KINDS = ("autograder/**/*.py", "graders/**/*.py", "projects/*/project.toml", "datasets/*", "Makefile", "pyproject.toml", "requirements.lock",
         ".github/workflows/*")
INTRUDERS = ("conftest.py", "sitecustomize.py", "usercustomize.py", "pytest.ini", "tox.ini", "setup.cfg")


def fingerprint(project):
    """One hash over what decides the points of a project: its page of checks and its manifest."""
    digest = hashlib.sha256()
    for path in (project.grader, project.folder / "project.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def modified(submission):
    """The protected files that differ between this checkout and the one that the submission lies in, planted ones included."""
    root = next((p for p in Path(submission).resolve().parents if (p / "starter").is_dir() or (p / "graders").is_dir()), None)
    if root is None or root == manifest.ROOT:
        return []
    ours, theirs = _files(manifest.ROOT), _files(root)
    changed = {name for name, path in theirs.items() if name not in ours or ours[name].read_bytes() != path.read_bytes()}
    if (root / "graders").is_dir():
        changed |= ours.keys() - theirs.keys()
    planted = {p.name for name in INTRUDERS for p in [root / name] if p.exists()}
    planted |= {f"starter/{p.name}" for p in (root / "starter").glob("*.py") if not (manifest.ROOT / "starter" / p.name).exists()}
    return sorted(changed | planted)


def _files(root):
    found = {p.relative_to(root).as_posix(): p for kind in KINDS for p in root.glob(kind) if p.is_file()}
    return {name: p for name, p in found.items() if "__pycache__" not in name}
