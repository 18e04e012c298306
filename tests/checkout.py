"""Checkouts of a test's own, whose files it may damage."""
import os
import shutil

from autograder import manifest, progress
from tests.corpus import PROJECTS, stubs

ROOT = manifest.ROOT


def checkout(folder, monkeypatch):
    """Make `folder` the checkout that the engine works in, in this process: fresh stubs in its starter folder, links to the rest."""
    (folder / "starter").mkdir(parents=True)
    for path in ROOT.iterdir():
        if path.name not in ("starter", ".progress", ".git", "build"):
            (folder / path.name).symlink_to(path)
    for slug in PROJECTS:
        (folder / f"starter/{slug}.py").write_text(stubs(slug), encoding="utf-8")
    monkeypatch.setattr(manifest, "ROOT", folder)
    monkeypatch.setattr(progress, "FOLDER", folder / ".progress")
    return folder


def copy_of_the_repository(folder):
    """A whole checkout of its own, for commands in another process, with fresh stubs; its path."""
    ignored = shutil.ignore_patterns(".git", "__pycache__", ".progress", ".venv", "build", "tests", "*.ipynb")
    shutil.copytree(ROOT, folder, ignore=ignored)
    for slug in PROJECTS:
        (folder / f"starter/{slug}.py").write_text(stubs(slug), encoding="utf-8")
    return folder


def newer(file, than):
    """Make a file ten seconds newer than another."""
    time = than.stat().st_mtime_ns + 10**10
    os.utime(file, ns=(time, time))
