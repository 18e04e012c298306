"""A slip in a project.toml is one sentence that names the file, the task and what belongs there."""
import pytest

from autograder import manifest

GOOD = '''number = 7
slug = "fourier_series"
title = "Fourier series"

[[task]]
name = "wave"
title = "A wave"
points = 60
hints = ["a", "b", "c"]
section = "1"

[[task]]
name = "sum_of_waves"
title = "A sum of waves"
points = 40
after = ["wave"]
hints = ["a", "b", "c"]
section = "2"
'''


def read(folder, text):
    path = folder / "7-fourier-series" / "project.toml"
    path.parent.mkdir()
    path.write_text(text)
    return manifest.read(path)


def test_a_good_one_is_read(tmp_path):
    project = read(tmp_path, GOOD)
    assert list(project.tasks) == ["wave", "sum_of_waves"]
    assert project.points == 100
    assert project.before("sum_of_waves") == ["wave"]


@pytest.mark.parametrize("old, new, said", [
    ("points = 60", 'points = "60"', "task wave: points = '60' where a whole number belongs"),
    ("points = 60", "points = true", "task wave: points = True where a whole number belongs"),
    ("points = 60", "points = 59.5", "task wave: points = 59.5 where a whole number belongs"),
    ('title = "A wave"', "title = 3", "task wave: title = 3 where a text belongs"),
    ('after = ["wave"]', 'after = "wave"', "task sum_of_waves: after = 'wave' where a list belongs"),
    ('after = ["wave"]', "after = [1]", "task sum_of_waves: after holds 1, which is no text"),
    ('after = ["wave"]', 'after = ["ways"]', "comes after 'ways', which is not a task above it"),
    ('name = "sum_of_waves"', 'name = "wave"', "task wave: there are two tasks of that name"),
    ("number = 7", 'number = "7"', "number = '7' where a whole number belongs"),
    ("number = 7", "number = 8", "belongs into the folder 8-fourier-series"),
    ('slug = "fourier_series"', 'slug = "fourier"', "belongs into the folder 7-fourier"),
    ('section = "1"', 'sektion = "1"', "task wave: it has 'sektion', which nothing reads: is section meant?"),
    ('name = "wave"\n', "", "task without a name: it has no name"),
    ('title = "A wave"\n', "", "task wave: it has no title"),
    ("number = 7\n", "", "it has no number"),
    ("number = 7\n", 'number = 7\nfolder = "elsewhere"\n', "it has 'folder', which nothing reads"),
    ("[[task]]", "[[task]", "not valid TOML"),
])
def test_a_slip_is_named(tmp_path, old, new, said):
    with pytest.raises(manifest.ManifestError) as e:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert said in str(e.value)
    assert "project.toml" in str(e.value)


@pytest.mark.parametrize("tasks", ["task = 3", 'task = ["wave"]', 'task = {name = "wave"}'])
def test_tasks_that_are_no_tables(tmp_path, tasks):
    with pytest.raises(manifest.ManifestError, match=r"begin each task with a line \[\[task\]\]"):
        read(tmp_path, GOOD.split("[[task]]")[0] + tasks)


def test_no_task_at_all(tmp_path):
    with pytest.raises(manifest.ManifestError, match="names no task"):
        read(tmp_path, GOOD.split("[[task]]")[0])


@pytest.mark.parametrize("folders, said", [
    (["6-waves", "6-tides"], "projects/6-tides and projects/6-waves have the same number"),
    (["waves"], "its name has no number: call it 7-waves"),
])
def test_folders_that_nothing_would_find(tmp_path, monkeypatch, folders, said):
    monkeypatch.setattr(manifest, "ROOT", tmp_path)
    for folder in folders:
        (tmp_path / "projects" / folder).mkdir(parents=True)
        (tmp_path / "projects" / folder / "project.toml").write_text(GOOD)
    with pytest.raises(manifest.ManifestError, match=said):
        manifest.projects()


def test_ten_comes_after_nine(tmp_path, monkeypatch):
    monkeypatch.setattr(manifest, "ROOT", tmp_path)
    for folder in ("10-tides", "9-waves"):
        (tmp_path / "projects" / folder).mkdir(parents=True)
        (tmp_path / "projects" / folder / "project.toml").write_text(GOOD)
    assert list(manifest.projects()) == [9, 10]
