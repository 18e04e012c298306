"""Which stub a reset puts back, told from the history of the file."""
import subprocess

import pytest

from autograder import manifest
from autograder.reset import untouched

OLD = 'def double(x):\n    """Twice x."""\n    raise NotImplementedError\n'
NEW = OLD.replace("Twice", "Return twice")
WRITTEN = NEW.replace("raise NotImplementedError", "return 2 * x")


@pytest.mark.parametrize("versions, stub", [
    ([OLD], OLD),
    ([OLD, NEW], NEW),
    ([OLD, NEW, WRITTEN, "def double(x:\n"], NEW),
    ([OLD, WRITTEN, "x = 1\n"], OLD),
    ([WRITTEN], None),
    ([], None),
])
def test_newest_committed_stub(tmp_path, monkeypatch, versions, stub):
    monkeypatch.setattr(manifest, "ROOT", tmp_path)
    git = lambda *a: subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x", *a], cwd=tmp_path, check=True, capture_output=True)
    file = tmp_path / "algebra.py"
    git("init", "-q")
    for text in versions:
        file.write_text(text)
        git("add", "algebra.py")
        git("commit", "-qm", "next")
    assert untouched(file, "double") == stub


def test_outside_a_checkout_there_is_no_stub(tmp_path, monkeypatch):
    monkeypatch.setattr(manifest, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert untouched(tmp_path / "algebra.py", "double") is None
