"""The files that decide a grade, and which of them a submission's own repository has changed."""
import hashlib
import os
import stat
from pathlib import Path

from autograder import catalogue, manifest, show

SINGLE = ("Makefile", "pyproject.toml", "requirements.lock")
FOLDERS = ("autograder", "graders", "projects", "datasets", ".github")
PLATFORM = {".github/workflows/autograde.yaml"}  # Classroom 50 puts it into every student's repository
IMPORTABLE = (".py", ".pyc", ".pth", ".so", ".pyd")
SETTINGS = {"pytest.ini", "tox.ini", "setup.cfg", ".pytest.ini", "uv.toml", "pip.conf"}
MOST = 200  # names: who changes more has changed everything


def deciding(project):
    """The files, as paths within the repository, that decide the points of a project."""
    own = [project.grader, project.folder / "project.toml", *(catalogue.find(name).snapshot for name in project.datasets),
           manifest.ROOT / "datasets/catalogue.toml"]
    return {*SINGLE, *(p.relative_to(manifest.ROOT).as_posix() for p in own), *(n for n in _listed(manifest.ROOT) if n.startswith("autograder/"))}


def fingerprint(project):
    """One hash over what decides the points of a project: its page of checks and its manifest."""
    digest = hashlib.sha256()
    for path in (project.grader, project.folder / "project.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def modified(project, submission):
    """The protected files that differ between this checkout and the one in which the submission is the starter module, planted ones included.

    Nothing there is followed or run: links count as changes, and a file is read only where it has the size of ours.
    """
    folder = Path(os.path.abspath(submission)).parent
    root = folder.parent
    if folder.name != "starter" or root.resolve() == manifest.ROOT:
        return []
    theirs = _listed(root)
    changed = {name for name in theirs - PLATFORM if not _same(project, root, name)} | _planted(root)
    if (root / "graders").exists() or (root / "autograder").exists():
        changed |= deciding(project) - theirs
    names = [show.one_line(name, 200) for name in sorted(changed, key=lambda name: (not name.startswith(("graders", "projects", "autograder")), name))]
    return names[:MOST] + [f"and {len(names) - MOST:,} more"] * (len(names) > MOST)


def _listed(root):
    """The protected files below a folder; a link is listed as itself."""
    found = {name for name in SINGLE if os.path.lexists(root / name)}
    for top in FOLDERS:
        if (root / top).is_symlink() or (root / top).is_file():
            found.add(top)
            continue
        for folder, folders, files in os.walk(root / top):
            folders[:] = [f for f in folders if f != "__pycache__"]
            links = [f for f in folders if os.path.islink(os.path.join(folder, f))]
            found |= {os.path.relpath(os.path.join(folder, f), root).replace(os.sep, "/") for f in [*files, *links]}
    return {name for name in found if not name.startswith("projects/") or name.endswith("/project.toml")}


def _same(project, root, name):
    """Is this file ours, byte for byte (of the catalogue, the excerpt that a template has will do)?"""
    try:
        theirs, ours = root / name, (manifest.ROOT / name).read_bytes()
        known = [ours, catalogue.excerpt(project.datasets)] if name == "datasets/catalogue.toml" else [ours]
        found = theirs.lstat()
        return stat.S_ISREG(found.st_mode) and found.st_size in map(len, known) and theirs.read_bytes() in known
    except OSError:
        return False


def _planted(root):
    """What Python or pytest would pick up from beside the files, and we do not have there."""
    return {f"{prefix}{entry.name}{'/' * entry.is_dir()}" for folder, prefix in ((root, ""), (root / "starter", "starter/")) if folder.is_dir()
            for entry in folder.iterdir() if not os.path.lexists(manifest.ROOT / prefix / entry.name)
            and (entry.suffix in IMPORTABLE or entry.name in SETTINGS or entry.is_dir() and any(entry.glob("__init__.*")))}
