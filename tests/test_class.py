"""A class is graded as each submission alone would be, whatever is handed in, whatever is killed, and wherever it runs."""
import csv
import fcntl
import io
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile

import nbformat
import numpy as np
import psutil
import pytest

from autograder import grading, manifest, run
from autograder.classroom import gathering, items, marking, results, session, similarity
from tests.corpus import answers, half_done, students, stubs, submission
from tests.test_renderers import browser  # noqa: F401

PROJECT = manifest.project(1)
SLUG, SOLUTION = PROJECT.slug, PROJECT.solution.read_text(encoding="utf-8")
WRONG = [submission(SLUG, "misconceptions", name) for slug, name in answers("misconceptions") if slug == SLUG]
HALF = half_done(SLUG)
BROKEN = {"greta", "ida", "karl", "lena"}  # of the small class: those for whom there is a reason and no grade


def zipped(*members):
    """A zip file as bytes, of (name, text) or (name, text, mode)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text, *mode in members:
            info = zipfile.ZipInfo(name)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, (mode[0] if mode else stat.S_IFREG | 0o644) << 16
            archive.writestr(info, text)
    return out.getvalue()


def put(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A small class, as a teacher may find it: good, wrong, odd, broken and hostile."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# mine"), nbformat.v4.new_code_cell(SOLUTION)])
    folder = put(tmp_path_factory.mktemp("class"), {
        "alice.py": SOLUTION, "alices_friend.py": SOLUTION, f"bob/{SLUG}.py": WRONG[0], "carol.zip": zipped((f"work/{SLUG}.py", HALF)),
        f"doejane_LATE_123_456_{SLUG}-1.py": HALF.replace("\n", "\r\n"), f"Max Moritz_77_assignsubmission_file_/{SLUG}.py": HALF + "\n# on the train\n",
        "emil.ipynb": nbformat.writes(book), "fred.py": "def predict(:\n", "greta.py": b"x = '\xff'\n", "heinz.py": "",
        "ida.zip": zipped((f"../../{SLUG}.py", SOLUTION)), "karl.zip": b"PK no zip", f"=1+1/{SLUG}.py": "import os\nos.kill(os.getppid(), 9)\nos._exit(0)\n"})
    (folder / "lena").mkdir()
    return folder


def grade_class(folder, out, *options):
    """The command in a process of its own; its exit status."""
    return subprocess.run([sys.executable, "-m", "autograder", "class", "1", folder, "--out", out, "--jobs", "2", "--seed", "0", *options], cwd=manifest.ROOT).returncode


@pytest.fixture(scope="module")
def graded(handed_in, tmp_path_factory, worker_id):
    """What came of it; graded once, whoever of the test processes is the first to ask."""
    base = tmp_path_factory.getbasetemp()
    out = (base if worker_id == "master" else base.parent) / "graded class"
    with out.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert out.exists() or grade_class(handed_in, out) == 1
    return out


def rows(out):
    return {row["student"]: row for row in csv.DictReader((out / "gradebook.csv").open(encoding="utf-8-sig", newline=""))}


def test_class_equals_grading_each_alone(handed_in, graded):
    book = rows(graded)
    for entry in gathering.gather(handed_in, PROJECT):
        row = book.pop(f"'{entry.student}" if entry.student[0] == "=" else entry.student)
        if entry.student in BROKEN:
            assert (row["points"], row["remarks"]) == ("", entry.problem)
            continue
        alone = run.grade(PROJECT, PROJECT.starter.with_suffix(entry.file[entry.file.rindex("."):]), text=entry.text)
        assert row["points"] == str(alone["points"])
        assert {t["name"]: row[t["name"]] for t in alone["tasks"]} == {t["name"]: str(t["points"]) for t in alone["tasks"]}
    assert book == {}


def test_everyone_has_a_page_and_a_name(graded):
    book = rows(graded)
    assert book.keys() == {"alice", "alices_friend", "bob", "carol", "doejane", "Max Moritz", "emil", "fred", "greta", "heinz", "ida", "karl", "lena", "'=1+1"}
    assert {s: row["number"] for s, row in book.items() if row["number"]} == {"doejane": "123", "Max Moritz": "77"}
    assert book["alice"]["points"] == book["emil"]["points"] == "100"
    assert {p.stem for p in (graded / "feedback").iterdir()} == {s.replace(" ", "-").replace("'=1+1", "1-1") for s in book}
    assert '"doejane","123","","",""' in (graded / "canvas.csv").read_text()


@pytest.mark.parametrize("student, words", [
    ("fred", "fred.py:1 cannot be imported, so nothing in it can be graded: SyntaxError: invalid syntax."),
    ("heinz", "It defines none of the functions of project 1: is it another project's?"), ("alice", "")])
def test_remark_says_why(student, words, graded):
    remarks = rows(graded)[student]["remarks"]
    assert remarks.startswith(words) and bool(remarks) == bool(words)


def test_remark_says_what_ended_or_hung(tmp_path, monkeypatch):
    monkeypatch.setattr(grading, "SECONDS", 0.5)
    entry = gathering.Entry("ends", file="ends.py", text="def mse_loss(a, b):\n    import os\n    os._exit(3)\n\ndef r_squared(a, b):\n    while True: pass\n")
    kept = marking.Records(tmp_path / "records", PROJECT, 0)
    assert marking.mark(PROJECT, [entry], kept, jobs=1) == {}
    results.write(PROJECT, [entry], kept, {}, tmp_path)
    assert rows(tmp_path)["ends"]["remarks"].startswith("Ended the process in mse_loss. Timed out in r_squared.")


def test_a_file_of_another_project_is_named(tmp_path):
    other = stubs("linear_algebra")
    entries = [gathering.Entry(name, file=f"{SLUG}.py", text=text) for name, text in (("ann", other), ("ben", PROJECT.starter.read_text(encoding="utf-8")), ("cleo", ""))]
    kept = marking.Records(tmp_path / "records", PROJECT, 0)
    assert marking.mark(PROJECT, entries, kept, jobs=1) == {}
    assert results.write(PROJECT, entries, kept, {}, tmp_path)[3] == ["ann", "cleo"]
    assert [rows(tmp_path)[name]["remarks"][:50] for name in ("ann", "ben")] == ["It defines none of the functions of project 1: is ", "Not started: no task is written yet."]


def test_page_of_one_who_is_gone_goes_and_what_the_teacher_put_there_stays(tmp_path):
    kept = marking.Records(tmp_path / "records", PROJECT, 0)
    for students in (["ann", "ben"], ["ben"]):
        results.write(PROJECT, [gathering.Entry(s, problem="It is empty.") for s in students], kept, {}, tmp_path)
        put(tmp_path / "feedback", {"mine.html": "<!doctype html>\n<p>mine", "notes.txt": "x"})
    assert {p.name for p in (tmp_path / "feedback").iterdir()} == {"ben.html", "mine.html", "notes.txt"}


def test_what_cannot_be_imported_is_counted_and_named(graded, handed_in, tmp_path):
    out = shutil.copytree(graded, tmp_path / "again")
    done = subprocess.run([sys.executable, "-m", "autograder", "class", "1", handed_in, "--out", out, "--seed", "0"], cwd=manifest.ROOT, capture_output=True, text=True)
    assert "10 of 14 submissions graded (4 not graded: " in done.stdout and "cannot be imported or have nothing of this project: =1+1, fred, heinz)" in done.stdout
    assert "a minute" not in done.stderr  # they were all there


def started(folder, out):
    return subprocess.Popen([sys.executable, "-m", "autograder", "class", "1", folder, "--out", out, "--jobs", "2", "--seed", "0"], cwd=manifest.ROOT)


def wait_for(condition, seconds=300):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.02)


def records(out):
    return {p.name: p.stat().st_mtime_ns for p in (out / "records").glob("*.json")}


def test_killed_class_goes_on_where_it_stopped(handed_in, graded, tmp_path):
    process = started(handed_in, tmp_path)
    wait_for(lambda: len(records(tmp_path)) >= 4)
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = records(tmp_path)
    assert 4 <= len(before) < len(records(graded))
    assert psutil.wait_procs(family, timeout=60)[1] == [], "graders are left behind"
    assert grade_class(handed_in, tmp_path) == 1
    assert before.items() <= records(tmp_path).items(), "it graded again what was there"
    assert (tmp_path / "gradebook.csv").read_bytes() == (graded / "gradebook.csv").read_bytes()


def test_grader_killed_by_the_system_costs_nobody_his_grade(handed_in, graded, tmp_path):
    process = started(handed_in, tmp_path)
    wait_for(lambda: records(tmp_path))
    next(p for p in psutil.Process(process.pid).children() if "loky" in " ".join(p.cmdline()) and "tracker" not in " ".join(p.cmdline())).kill()
    assert process.wait() == 1
    assert (tmp_path / "gradebook.csv").read_bytes() == (graded / "gradebook.csv").read_bytes()


def test_dask_cluster_gives_the_same_gradebook(handed_in, graded, tmp_path):
    assert grade_class(handed_in, tmp_path, "--cluster", "dask") == 1
    assert (tmp_path / "gradebook.csv").read_bytes() == (graded / "gradebook.csv").read_bytes()


@pytest.mark.parametrize("cluster, words", [("ray", "Ray is not installed"), ("dask:tcp://127.0.0.1:9", "cannot be reached"), ("slurm", "No cluster is called 'slurm'")])
def test_cluster_that_is_not_there_is_one_sentence(cluster, words, capsys, monkeypatch):
    monkeypatch.setattr(marking, "PATIENCE", 1)
    with pytest.raises(marking.NoCluster, match=words), marking.engine(cluster, 2):
        pass


def test_a_fault_in_a_grader_is_a_row(monkeypatch):
    def fault(*_, **__):
        raise ZeroDivisionError("ours")
    monkeypatch.setattr(run, "grade", fault)
    entry = gathering.Entry("a", file=f"{SLUG}.py", text="x = 1")
    assert "ZeroDivisionError" in marking.grade(SLUG, entry.file, entry.text, 0, marking.deciding(PROJECT), "key")[2]
    assert "checkout" in marking.grade(SLUG, entry.file, entry.text, 0, "other graders", "key")[2]


# -- what is handed in -------------------------------------------------------------------------------
def bomb():
    """A file of 128 MB that is a thousandth of that in its zip file."""
    return zipped((f"{SLUG}.py", b"#" * (128 << 20)))


def lying():
    """A member that claims to be small and is not."""
    data = bytearray(zipped((f"{SLUG}.py", b"#" * (8 << 20))))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24:at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def bzipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr(f"{SLUG}.py", "x = 1")
    return out.getvalue()


@pytest.mark.parametrize("files, words", [
    ({"a.zip": b""}, "no zip file that can be opened"),
    ({"a.zip": zipped((f"{SLUG}.py", SOLUTION))[:-30]}, "no zip file that can be opened"),
    ({"a.zip": bytes(b ^ (0x55 if 60 < i < 900 else 0) for i, b in enumerate(zipped((f"{SLUG}.py", SOLUTION))))}, "is damaged in its zip file"),
    ({"a.zip": zipped((f"../{SLUG}.py", SOLUTION))}, "leads out of it"),
    ({"a.zip": zipped((f"/tmp/{SLUG}.py", SOLUTION))}, "leads out of it"),
    ({"a.zip": zipped((f"..\\..\\{SLUG}.py", SOLUTION))}, "leads out of it"),
    ({"a.zip": zipped((f"C:\\{SLUG}.py", SOLUTION))}, "leads out of it"),
    ({"a.zip": zipped((f"{SLUG}.py", "../../../etc/passwd", stat.S_IFLNK | 0o777))}, "symbolic link"),
    ({"a.zip": zipped(*((f"{i}/{SLUG}.py", "") for i in range(10_001)))}, "more than 10,000 files"),
    ({"a.zip": zipped(("notes.txt", "hello"))}, f"There is no {SLUG}.py"),
    ({f"a/one/{SLUG}.py": "x = 1", f"a/two/{SLUG}.py": "x = 2"}, "Several files could be meant"),
    ({"a/homework.pdf": b"%PDF"}, "but homework.pdf"),
    ({"a.pdf": b"%PDF"}, "but a.pdf"),
    ({f"a/{SLUG}.py": "#" * (2 << 20)}, "more than 1 MB"),
    ({f"a/{SLUG}.py": "x = 1".encode("utf-16")}, "is not UTF-8"),
    (bomb, "more than 1 MB"), (lying, "is damaged in its zip file"), (bzipped, "compressed in an unusual way"),
], ids=lambda v: v.replace(" ", "-")[:30] if isinstance(v, str) else "")
def test_broken_submission_is_a_sentence(files, words, tmp_path):
    (entry,) = gathering.gather(put(tmp_path, {"a.zip": files()} if callable(files) else files), PROJECT)
    assert (entry.student, entry.text) == ("a", None)
    assert words in entry.problem
    assert entry.problem.endswith(".") and "\n" not in entry.problem


def test_links_and_devices_are_not_followed(tmp_path):
    (tmp_path / "a.py").symlink_to(PROJECT.solution)
    (tmp_path / "b").symlink_to(PROJECT.solution.parent)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / f"{SLUG}.py").symlink_to(PROJECT.solution)
    os.mkfifo(tmp_path / "d.py")
    assert ["symbolic link" in e.problem or "is no file" in e.problem for e in gathering.gather(tmp_path, PROJECT)] == [True] * 4


@pytest.mark.parametrize("files, student, number", [
    ({"ann.py": "x = 1"}, "ann", ""), ({f"ann_{SLUG}.py": "x = 1"}, "ann", ""), ({f"{SLUG}-ann.py": "x = 1"}, "ann", ""),
    ({f"{SLUG.replace('_', '-')}-ann/{SLUG}.py": "x = 1"}, "ann", ""), ({"Ju\u0308rgen/x.py": "x = 1"}, "J\u00fcrgen", ""),
    ({"ann/anything.py": "x = 1"}, "ann", ""), ({f"ann/deep/er/{SLUG} (1).py": "x = 1", "ann/other.py": ""}, "ann", ""),
    ({"ann.zip": zipped((f"{SLUG}.py", "x = 1"), ("__MACOSX/._x.py", "y"))}, "ann", ""), ({"ann/upload.zip": zipped(("a.py", "x = 1"))}, "ann", ""),
    ({f"ann_12_345_{SLUG}.py": "x = 1", "ann_12_346_notes.txt": ""}, "ann", "12"),
    ({f"Ann Lee_12_assignsubmission_file_/{SLUG}.py": "x = 1"}, "Ann Lee", "12"), ({f"Ann Lee_12_assignsubmission_file_{SLUG}.py": "x = 1"}, "Ann Lee", "12"),
    ({f"Task 1_ann_attempt_2026-11-01-10-00-00_{SLUG}.py": "x = 1"}, "ann", ""),
    ({f"ann/starter/{SLUG}.py": "x = 1", f"ann/graders/misconceptions/{SLUG}.py": "y", "ann/.git/x.py": "z"}, "ann", ""),
    ({f"ann/{SLUG}.py": "x = 1", f"ann/copy/{SLUG}.py": "x = 1"}, "ann", ""),
    ({f"ann/{SLUG}.py": "raise NotImplementedError", f"ann/{SLUG}.ipynb": "x = 1"}, "ann", ""),
    ({f"submission_7/{SLUG}.py": "x = 1", "submission_metadata.yml": "submission_7:\n  :submitters:\n  - :name: Ann Lee\n    :sid: '12'\n    :email: ann@x.edu\n"}, "ann@x.edu", "12"),
    ({f"export/submission_7/{SLUG}.py": "x = 1", "export/submission_metadata.yml": "submission_7: nonsense"}, "submission_7", ""),
])
def test_the_student_and_his_file_are_found(files, student, number, tmp_path):
    (entry,) = gathering.gather(put(tmp_path, files), PROJECT)
    assert (entry.student, entry.number, entry.text) == (student, number, "x = 1")


def test_a_repository_without_the_starter_holds_no_other_submission(tmp_path):
    (entry,) = gathering.gather(put(tmp_path, {"ann/autograder/run.py": "x = 1", f"ann/graders/test_{SLUG}.py": "x = 1"}), PROJECT)
    assert entry.text is None and entry.problem == f"There is no starter/{SLUG}.py in this repository."


def test_results_are_no_submission(tmp_path):
    put(tmp_path, {"ann.py": "x = 1", "week1/records/seed": "7", "week1/gradebook.csv": "", "week1/feedback/ben.html": "", "ben/records/seed": "7"})
    assert [e.student for e in gathering.gather(tmp_path, PROJECT)] == ["ann", "ben"]
    with pytest.raises(gathering.NoClass, match="holds the submissions; name another folder"):
        session.grade_class(PROJECT, tmp_path, tmp_path)


def test_only_canvas_own_numbers_go_into_its_import(tmp_path):
    entries = gathering.gather(put(tmp_path, {f"Ann_12_345_{SLUG}.py": "x", f"Ben_77_assignsubmission_file_/{SLUG}.py": "x"}), PROJECT)
    assert [(e.student, e.number, e.canvas) for e in entries] == [("Ann", "12", True), ("Ben", "77", False)]


def test_whole_export_may_be_one_zip_file(tmp_path):
    export = put(tmp_path, {"all.zip": zipped((f"ann/{SLUG}.py", "x = 1"), ("ben.zip", zipped((f"{SLUG}.py", "x = 2"))), ("cleo/", ""))}) / "all.zip"
    assert [(e.student, e.text) for e in gathering.gather(export, PROJECT)] == [("ann", "x = 1"), ("ben", "x = 2"), ("cleo", None)]


def test_names_are_printable_and_no_two_alike(tmp_path):
    (tmp_path / os.fsdecode(b"b\xff.py")).write_text("x")
    put(tmp_path, {"Ann_1_2_x.py": "x", "ann_3_4_x.py": "x", "a\x1b[2J.py": "x", f"ann/{SLUG}.py": "x"})
    students = [e.student for e in gathering.gather(tmp_path, PROJECT)]
    assert len({s.casefold() for s in students}) == 5
    assert all(s.isprintable() for s in students)
    assert len({name.casefold() for name in results.file_names([gathering.Entry(s) for s in [*students, "../x", "x"]]).values()}) == 7


def test_notebook_keeps_its_cells_and_not_its_pictures(tmp_path):
    cells = [nbformat.v4.new_markdown_cell("x" * 9000), nbformat.v4.new_code_cell("x = 1", outputs=[nbformat.v4.new_output("stream", text="y" * 9000)])]
    (entry,) = gathering.gather(put(tmp_path, {"a.ipynb": nbformat.writes(nbformat.v4.new_notebook(cells=cells))}), PROJECT)
    assert run.code(entry.text, "a.ipynb") == ("x = 1", [(2, 1)])
    assert len(entry.text) < 200


def test_interrupted_class_says_how_to_go_on(handed_in, tmp_path):
    process = subprocess.Popen([sys.executable, "-m", "autograder", "class", "1", handed_in, "--out", tmp_path, "--jobs", "2", "--seed", "0"], cwd=manifest.ROOT,
                               stderr=subprocess.PIPE, text=True, start_new_session=True)
    wait_for(lambda: records(tmp_path))
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert said.splitlines()[-1] == "Stopped; the same command goes on from here."
    assert "Traceback" not in said


@pytest.mark.parametrize("name, words", [("nowhere", "does not exist"), ("empty", "holds no submission"), ("file.txt", "no zip file"), ("good", "cannot be written")])
def test_folder_that_is_no_class_is_one_sentence(name, words, tmp_path, capfd):
    put(tmp_path, {"file.txt": "x", "good/ann.py": "x = 1"})
    (tmp_path / "empty").mkdir()
    assert grade_class(tmp_path / name, tmp_path / "file.txt" if name == "good" else tmp_path / "out") == 2
    assert words in capfd.readouterr().err


# -- what it shows -----------------------------------------------------------------------------------
def report(*verdicts, diagnosis=None, message="it is wrong"):
    """A record of two tasks with as many checks of 1 to n points."""
    checks = [{"name": f"test_{i}", "title": f"holds {i}", "verdict": v, "points": i if v == "passed" else 0, "max_points": i, "message": message,
               "diagnosis": None if v == "passed" else diagnosis} for i, v in enumerate(verdicts, 1)]
    half = len(checks) // 2
    return {"problem": None, "tasks": [{"name": "one", "checks": checks[:half]}, {"name": "two", "checks": checks[half:]}]}


def test_items_are_counted_and_correlated():
    rng, class_ = np.random.default_rng(0), items.Items()
    ability = rng.normal(size=60)
    passed = ability[:, None] + rng.normal(size=(60, 6)) > np.linspace(-1, 1, 6)
    for i, row in enumerate(passed):
        class_.add(f"s{i}", report(*("passed" if p else "failed" for p in row)))
    points = passed @ np.arange(1, 7)
    assert class_.points().tolist() == points.tolist()
    for i, (task, name, title, worth, share, value) in enumerate(class_.checks()):
        assert share == passed[:, i].mean()
        assert value == pytest.approx(np.corrcoef(passed[:, i], points - worth * passed[:, i])[0, 1], abs=1e-12)


@pytest.mark.parametrize("passed, rest", [([True] * 6, range(6)), ([False] * 6, range(6)), ([True, False] * 3, [4] * 6), ([True, False], [1, 2])])
def test_discrimination_that_cannot_be_said_is_not_said(passed, rest):
    assert items.discrimination(np.array(passed), np.array(rest)) is None


def test_mistakes_are_counted_by_student_and_gaps_are_named():
    class_, known = items.Items(), {"misconception": "two__slip", "text": "You slipped."}
    for student in "abc":
        class_.add(student, report("passed", "failed", "failed", "failed", diagnosis=known))
    class_.add("d", report("failed", "passed", "passed", "failed", message="first\nit is odd"))
    class_.add("f", report("passed", "passed", "passed", "failed", diagnosis={"misconception": None, "text": "The sign is turned."}))
    for i, verdict in enumerate(("crashed", "timed out", "forbidden")):
        class_.add(f"d{i}", report(verdict, verdict, verdict, verdict))
    class_.add("e", report("not started", "not started", "not started", "not started"))
    assert [(task, name, text, students) for task, name, text, students in class_.frequent() if task == "two"] == [
        ("two", "two__slip", "You slipped.", ["a", "b", "c"]), ("two", "", "The sign is turned.", ["f"])]
    assert class_.unexplained() == [("one", ["a", "b", "c", "d"], ["d"], "it is odd"), ("two", ["a", "b", "c", "d", "f"], ["d"], "it is odd")]


def test_copies_are_found_whatever_they_are_called_and_the_starter_is_no_copy():
    starter = PROJECT.starter.read_text(encoding="utf-8")
    renamed = SOLUTION.replace("theta", "parameters").replace("slopes", "steigungen").replace("# ", "# my own words: ")
    other = submission("linear_algebra", "misconceptions", next(n for s, n in answers("misconceptions") if s == "linear_algebra"))
    texts = {"a": SOLUTION, "b": renamed, "c": starter, "d": starter + "\nx = 1\n", "e": other, "f": other, "g": other, "h": WRONG[0] + other}
    groups, ours = similarity.alike(texts, starter, SOLUTION)
    assert [sorted(students) for students, *_ in groups] == [["a", "b", "e", "f", "g", "h"]]  # h holds both
    assert [sorted(students) for students, *_ in similarity.alike({s: texts[s] for s in "abcdefg"}, starter)[0]] == [["e", "f", "g"], ["a", "b"]]
    assert all(0.8 <= least <= most <= 1 for _, least, most in groups)
    assert ours[0] == ("a", 1) and {s for s, _ in ours} == {"a", "b", "h"}


def test_right_answers_that_nobody_wrote_are_no_news():
    assert similarity.alike({}, "", "x = 1") == ([], [])


def test_hostile_text_stays_text_on_every_page(tmp_path):
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    entries = [gathering.Entry(attack, file=f"{attack}.py", text=f"raise ValueError({attack!r})\n"), gathering.Entry("=cmd|' /C calc'!A0", problem=f"{attack}.")]
    kept = marking.Records(tmp_path / "records", PROJECT, 0)
    assert marking.mark(PROJECT, entries[:1], kept, jobs=1) == {}
    results.write(PROJECT, entries, kept, {}, tmp_path)
    pages = [p.read_text(encoding="utf-8") for p in [tmp_path / "index.html", *(tmp_path / "feedback").iterdir()]]
    assert len(pages) == 3
    assert "There was no wrong answer to explain." in pages[0]
    for page in pages:
        assert "<script" not in page and "<img src=x" not in page
        assert "default-src 'none'" in page and "http" not in page.replace("http-equiv", "")
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in csv.reader((tmp_path / "gradebook.csv").open(encoding="utf-8-sig")) for cell in row)


def test_jobs_share_imports_and_nothing_of_a_submission(tmp_path):
    """One process grades a module that leaves traces wherever it can, then a right one: it finds none."""
    traces = SOLUTION + "\nimport os, sys, numpy\nnumpy.mean = numpy.dot = numpy.sum = None\nsys.modules['math'] = None\nos.environ['TRACE'] = '1'\nopen('trace', 'w').write('x')\n"
    finds = SOLUTION + "\nimport os, numpy, math\nif 'TRACE' in os.environ or numpy.mean is None or os.listdir('.'):\n    raise RuntimeError('traces')\n"
    entries = [gathering.Entry(name, file=f"{SLUG}.py", text=text) for name, text in (("a", traces), ("b", finds))]
    kept = marking.Records(tmp_path, PROJECT, 0)
    assert marking.mark(PROJECT, entries, kept, jobs=1) == {}
    assert kept.read(entries[1])["points"] == 100


@pytest.mark.parametrize("scheme, width", [("light", 1200), ("dark", 360)])
def test_class_page_in_a_browser(graded, browser, scheme, width):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe
    page, said = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme), []
    page.on("console", lambda message: said.append(message.text))
    page.goto((graded / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("[...document.images].map(i => i.complete && i.naturalWidth > 500)") == [True, True]
    page.get_by_role("link", name="bob").last.click()
    assert page.url.endswith("/feedback/bob.html") and "bob" in page.inner_text("main")
    assert said == []
    page.close()
    page = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()  # the checker is a script
    page.goto((graded / "index.html").as_uri())
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []


@pytest.mark.slow
def test_a_thousand(tmp_path, size=1000):
    """Known mistakes, and two in a hundred broken or hostile; killed half way, graded on, and each as it would be alone."""
    hangs = SOLUTION.replace("def mse_loss(y_true, y_pred):\n", "def mse_loss(y_true, y_pred):\n    while True: pass\n")
    hostile = ["def predict(:\n", b"\xff\xfe", "", SOLUTION + "\nimport os\nos._exit(0)\n", hangs, b"PK\x03\x04", SOLUTION + "\nhog = [bytes(1 << 28) for _ in range(99)]\n",
               SOLUTION + "\nprint('x' * (1 << 26))\n"]
    texts = students(SLUG, size - size // 50, kinds=60) + [(hostile[i % 8], hostile[i % 8]) for i in range(size // 50)]
    folder = put(tmp_path / "class", {f"s{i:04}.{'zip' if text == hostile[5] else 'py'}": text for i, (text, _) in enumerate(texts)})
    process = started(folder, tmp_path / "out")
    wait_for(lambda: len(records(tmp_path / "out")) >= size // 2, 7200)
    process.kill(), process.wait()
    before = records(tmp_path / "out")
    assert grade_class(folder, tmp_path / "out") == 1
    assert before.items() <= records(tmp_path / "out").items()
    alone, book = {}, rows(tmp_path / "out")
    assert len(book) == size
    for i, (_, kind) in enumerate(texts):
        if isinstance(kind, bytes):
            assert book[f"s{i:04}"]["points"] == ""
            continue
        if kind not in alone:
            alone[kind] = {t["name"]: str(t["points"]) for t in run.grade(PROJECT, text=kind)["tasks"]}
        assert {name: book[f"s{i:04}"][name] for name in PROJECT.tasks} == alone[kind]


def test_a_class_keeps_the_seed_that_was_drawn_for_it(tmp_path):
    seeds = {session._seed(tmp_path / name) for name in "abcdef"}
    assert len(seeds) > 1  # six equal draws of a million have a chance of 1e-30
    assert {session._seed(tmp_path / name) for name in "abcdef"} == seeds
