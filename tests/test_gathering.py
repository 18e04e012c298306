"""What one student hands in decides nothing about the others of his class."""
import io
import zipfile

import pytest

from autograder import manifest
from autograder.classroom import gathering, similarity
from autograder.renderers import gradebook

PROJECT = manifest.project(1)
FILE = f"{PROJECT.slug}.py"
LIST = "{0}:\n  :submitters:\n  - :name: Ann Lee\n    :email: ann@x.edu\n"


def nameless():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", "x = 1")
    return out.getvalue().replace(b"\x01\x00\x00\x00a", b"\x00\x00\x00\x00a").replace(b"\x01\x00", b"\x00\x00")


HOSTILE = {
    "a list of owners of his own": {"submission_metadata.yml": LIST.format("bob"), FILE: "x = 1"},
    "a list of folders that he has": {"submission_metadata.yml": LIST.format("inner"), f"inner/{FILE}": "x = 1"},
    "a deep list": {"submission_metadata.yml": "[" * 3000},
    "a zip file of nonsense": {"work.zip": nameless()},
    "a deep folder": {"/".join(["deep" * 30] * 20) + "/notes.txt": "x", FILE: "x = 1"},
}


@pytest.mark.parametrize("case", HOSTILE)
def test_the_others_stay_in_the_class(case, tmp_path):
    for student, files in {"ann": {FILE: "x = 1"}, "mallory": HOSTILE[case], "zoe": {FILE: "x = 2"}}.items():
        for name, content in files.items():
            (tmp_path / student / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / student / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    entries = {e.student: e for e in gathering.gather(tmp_path, PROJECT)}
    assert list(entries) == ["ann", "mallory", "zoe"]
    assert (entries["ann"].text, entries["zoe"].text) == ("x = 1", "x = 2")


@pytest.mark.parametrize("text", ["[" * 3000, "a: &a [x, x]\nb: &b [*a, *a]\n", "1: 2", "- x", "a:\n  :submitters: []", "\0"])
def test_a_list_that_is_none_names_nobody(text, tmp_path):
    (tmp_path / "list.yml").write_text(text)
    (page,) = gathering.on_disk(tmp_path)
    assert gathering._owners(page) == {}


def test_a_path_beyond_the_system_is_a_problem_of_its_own(tmp_path, monkeypatch):
    (tmp_path / "mallory").mkdir(), (tmp_path / "mallory" / FILE).write_text("x = 1")
    real = gathering.Path.lstat
    monkeypatch.setattr(gathering.Path, "lstat", lambda self: (_ for _ in ()).throw(OSError(36, "File name too long")) if self.name == FILE else real(self))
    (entry,) = gathering.gather(tmp_path, PROJECT)
    assert entry.student == "mallory"


@pytest.mark.parametrize("name", ["a;=HYPERLINK(1);b", "a|@x", "=1+1", "a; +1"])
def test_no_separator_makes_a_formula(name):
    cells = [part for separator in ";|" for part in gradebook.cell(name).split(separator)]
    assert [part for part in cells if part.lstrip().startswith(tuple("=+-@"))] == []


def test_long_lines_are_compared_in_time():
    """80,000 zeros after a percent sign kept the lexer busy for minutes."""
    assert len(similarity._bare('x = "%' + "0" * 80_000 + '"\n')) < 1000


def test_the_kind_of_a_file_with_a_long_path_is_kept(tmp_path):
    folder = tmp_path / "ann" / "/".join(["long" * 20] * 4)
    folder.mkdir(parents=True)
    (folder / f"{PROJECT.slug}.ipynb").write_text("{}")
    (entry,) = gathering.gather(tmp_path, PROJECT)
    assert entry.file.endswith(".ipynb")
