"""Nothing that a submission does gains it a point, costs it more than the task it happens in, or stops the grading.

The attacks are kept as code in tests/attacks/. Each is a function `<task>__<what>` that takes the place of that task in our
own solution; the number after its arrow is what the task still earns (none: 0). It may call `right`, our own answer. A function
`module__<what>` is called at the end of a submission whose mse_loss is wrong. An attack that gets hold of something that it must
not have prints BREACH; what else must not happen is in `harmless` and `sound`.
"""
import ast
import ctypes
import functools
import json
import os
import re
import secrets
import signal
import sys
import tempfile
import time
from pathlib import Path

import pytest

from autograder import diagnosis, manifest, run
from autograder.sandbox import launch, student
from autograder.solution import replaced

PROJECT = manifest.project("linear_regression")
OURS = PROJECT.solution.read_text()
TASKS = ["derivative", "mse_loss", "standardize", "r_squared"]  # enough for the attacks, and quick
VERDICTS = {"passed", "failed", "not started", "timed out", "crashed", "forbidden", "skipped"}
PAGES = sorted((Path(__file__).parent / "attacks").glob("*.py"))
HARMFUL = re.compile(r"[^\n\x20-\x7e\xa0-\u061b\u061d-\u1fff\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
                     r"|^\s*::|##\[", re.M)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")


# -- submissions ----------------------------------------------------------------------------------
def attacks(*pages):
    """{page.name: (page, function)} of the attacks on these pages, all pages by default."""
    return {f"{page.stem}.{node.name}": (page, node) for page in PAGES if not pages or page.stem in pages
            for node in ast.parse(page.read_text()).body if _is_attack(node)}


def _is_attack(node):
    return isinstance(node, ast.FunctionDef) and "__" in node.name.strip("_")


def submission(page, attack):
    """Our solution with the attack in it."""
    source, task = page.read_text(), attack.name.split("__")[0]
    shared = [ast.get_source_segment(source, n) for n in ast.parse(source).body if not _is_attack(n)]
    own = ast.get_source_segment(source, attack)
    if task == "module":
        wrong = replaced(OURS, "mse_loss", "def mse_loss(y_true, y_pred):\n    return 0.0")
        return "\n\n".join([wrong, *shared, own, f"{attack.name}()\n"])
    if "right(" in own:
        node = next(n for n in ast.parse(OURS).body if getattr(n, "name", None) == task)
        shared.append(ast.get_source_segment(OURS, node).replace(f"def {task}(", "def right("))
    return replaced(OURS, task, own.replace(attack.name, task, 1), preamble="\n\n".join(shared) + "\n\n")


# -- what must not happen -------------------------------------------------------------------------
MARK, SECRET = f"/nowhere/{secrets.token_hex(8)}", secrets.token_hex(16)


@pytest.fixture(scope="module", autouse=True)
def surroundings():
    """A secret in the environment, and a mark on the PATH of every process that we start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADE_TOKEN", SECRET)
        patch.setenv("PATH", os.environ["PATH"] + os.pathsep + MARK)
        launch.zygote.cache_clear()
        yield
        launch.zygote.cache_clear()


ENDS = 120  # seconds: far more than any grading here takes on a machine that others use too, far less than a loop that none ends


@pytest.fixture
def harmless(tmp_path, monkeypatch, capfd):
    """Grade a text; see that nothing is left, changed or printed, that it ends in time, and that the report is sound."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def grade(text, **options):
        before, start = watched(), time.monotonic()
        report = run.grade(PROJECT, text=text, **{"seconds": 2, "tasks": TASKS, **options})
        assert time.monotonic() - start < ENDS, "it took too long"
        assert list(tmp_path.iterdir()) == [], "a temporary folder is left"
        assert processes() == [], "a process is left"
        assert watched() == before, "a file was changed"
        assert "".join(capfd.readouterr()) == "", "the grader itself printed"
        sound(report)
        return {t["name"]: t["points"] for t in report["tasks"]}

    return grade


def processes():
    """The processes with our mark, but for zygotes: children of this process that wait for orders."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            zygote = parent == os.getpid() and b"launch.hatch" in (folder / "cmdline").read_bytes()
            if MARK.encode() in (folder / "environ").read_bytes() and not zygote:
                found.append(folder.name)
        except OSError:
            pass
    return found


INTRUDERS = ("conftest.py", "sitecustomize.py", "usercustomize.py", "pytest.ini", "tox.ini", "setup.cfg")


def watched():
    """Size, time and mode of the files that decide the grade, and whatever was planted beside them."""
    p, root = PROJECT, manifest.ROOT
    files = [p.starter, p.solution, p.grader, p.misconceptions, p.alternatives, p.folder / "project.toml", *(root / "autograder").rglob("*.py")]
    files += [path for folder in ("", "graders", "starter") for name in INTRUDERS if (path := root / folder / name).exists()]
    return {str(f): (s.st_size, s.st_mtime_ns, s.st_mode) for f in files for s in [f.stat()]}


def sound(report):
    """The report is whole, adds up, crosses JSON, and its texts are safe to show."""
    text = json.dumps(report, allow_nan=False)
    assert json.loads(text) == report
    assert "BREACH" not in text and SECRET not in text
    checks = [c for t in report["tasks"] for c in t["checks"]]
    assert report["points"] == sum(c["points"] for c in checks) <= report["max_points"] == 100
    for check in checks:
        assert check["verdict"] in VERDICTS, check
        assert check["points"] == (check["max_points"] if check["verdict"] == "passed" else 0)
        assert check["line"] is None or type(check["line"]) is int and 0 <= check["line"] < 10**7
        assert len(check["message"]) < 4000 and len(check["printed"]) < 6000
    for words in strings(report):
        assert not HARMFUL.search(words), words


def strings(x):
    """Every text in a report."""
    if isinstance(x, dict):
        x = [*x, *x.values()]
    return [x] if isinstance(x, str) else [s for y in x for s in strings(y)] if isinstance(x, list) else []


# -- the attacks ----------------------------------------------------------------------------------
def prove(name, grade, **options):
    """The attack earns what it says, and the other tasks all that they are worth."""
    page, attack = ALL[name]
    task = attack.name.split("__")[0]
    options = {"tasks": {task, "mse_loss"} & PROJECT.tasks.keys() | {"r_squared"}, **options}
    points = grade(submission(page, attack), **options)
    if task == "module":
        assert points["mse_loss"] == 0
    else:
        graded = options["tasks"] or PROJECT.tasks
        assert {t: points[t] for t in graded} == {t: PROJECT.tasks[t].points for t in graded} | {task: attack.returns.value if attack.returns else 0}


ALL = attacks()


@functools.cache
def layers():
    """What protects a worker on this machine."""
    session = student.Session(student.Submission("f.py", "", {}), "f")
    session.open(), session.close()
    return set(session.submission.layers)


@pytest.mark.parametrize("name", ALL)
def test_attack(name, harmless):
    if ALL[name][0].stem in ("files", "network", "processes", "spying") and not layers() >= {"landlock", "seccomp"}:
        pytest.skip("this kernel does not have both layers")
    prove(name, harmless)


@pytest.mark.parametrize("name", [pytest.param(list(attacks(p.stem))[0], marks=[pytest.mark.slow] * (n > 1)) for n, p in enumerate(PAGES)])
def test_attack_on_the_whole_project(name, harmless):
    prove(name, harmless, tasks=None, seconds=3)  # honest tasks too: time enough for them on a machine that stalls


SECCOMP = "memory.mse_loss__memory_outside_the_address_space"  # the one of these that only seccomp refuses
ACCIDENTS = [n for n in attacks("exits", "crashes", "forging", "memory", "output", "protocol", "state", "text") if n != SECCOMP]
ORPHANS = ["processes.mse_loss__outlives", "output.mse_loss__makes_the_output_file_unreadable", "processes.mse_loss__has_powers"]


@pytest.mark.parametrize("name", ACCIDENTS[::30])
def test_attack_on_a_fresh_interpreter(name, harmless):
    """The worker is spawned, as it is where there is no fork."""
    prove(name, harmless, fork=False)


@pytest.fixture
def no_layers(monkeypatch):
    """A kernel without Landlock and without seccomp: old, foreign, or in a container."""
    python = launch._python
    weaker = "launch.jail._landlock = launch.jail._seccomp = lambda *_: False; "
    monkeypatch.setattr(launch, "_python", lambda code, **popen: python(weaker + code, **popen))
    launch.zygote.cache_clear()
    yield
    launch.zygote.cache_clear()


@pytest.mark.parametrize("name", [*ACCIDENTS[4::9], *ORPHANS])
def test_attack_without_kernel_layers(name, harmless, no_layers):
    """An accident costs no more there, and what a fork leaves behind is ended."""
    prove(name, harmless)


@pytest.mark.slow
@pytest.mark.parametrize("fork", [True, False])
@pytest.mark.parametrize("name", ACCIDENTS)
def test_every_accident_without_kernel_layers(name, fork, harmless, no_layers):
    prove(name, harmless, fork=fork)


# -- sources that are an attack by themselves -----------------------------------------------------
SOURCES = {
    "empty": "", "only a comment": "# later", "zero bytes": "\0" * 100, "no Python": "%PDF-1.7 \x80\x81", "open bracket": OURS + "\n(",
    "brackets": "(" * 100_000, "closed brackets": "x = " + "[" * 5000 + "]" * 5000, "signs": "x = " + "-" * 200_000 + "1", "dots": "x = y" + ".a" * 100_000,
    "sums": "x = " + "1 + " * 100_000 + "1", "else if": "if x: pass\n" + "elif x: pass\n" * 50_000, "indents": "".join(" " * i + "if 1:\n" for i in range(1000)),
    "digits": "x = " + "9" * 100_000, "many names": "".join(f"a{i} = 0\n" for i in range(100_000)), "one long line": "x = '" + "a" * 10**6 + "'",
    "power": "x = 9 ** 9 ** 9", "formatted": "x = f'" + "{" * 300 + "1" + "}" * 300 + "'", "encoding": "# coding: utf-7\n+AFs-", "lambda": "lambda: " * 50_000 + "0",
    "hostile name": "def mse_loss(y_true, y_pred): return 0.0\nif 0:\n    ::error::x\n", "star": "from os import *\n_exit(0)",
}


@pytest.mark.parametrize("name", SOURCES)
def test_source_that_is_hard_to_read(name, harmless):
    """The worker reads it, so the worker is what breaks."""
    assert set(harmless(SOURCES[name]).values()) == {0}


def test_honest_submission(harmless):
    """None of all this costs an honest learner a point."""
    for options in ({}, {"fork": False, "seconds": 5}):
        assert sum(harmless(OURS, tasks=None, **options).values()) == 100


# -- files beside the submission ------------------------------------------------------------------
TRAP = "import os, pathlib\npathlib.Path(__file__).with_suffix('.sprung').touch()\nos._exit(3)\n"
PLANTED = {name: TRAP for name in "conftest sitecustomize usercustomize numpy json pytest cloudpickle catalogue autograder/__init__ autograder/checks "
           "graders/conftest graders/test_linear_regression solutions/linear_regression starter/conftest starter/numpy starter/autograder".split()}
SETTINGS = {"pytest.ini": "[pytest]\naddopts = --collect-only\n", "tox.ini": "[pytest]\naddopts = --version\n", "setup.cfg": "[tool:pytest]\naddopts = -k nothing\n",
            "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-p no:python'\n", ".env": "PYTHONPATH=.\n", "starter/pytest.ini": "[pytest]\naddopts = --co\n"}


def test_planted_files(tmp_path, monkeypatch, capfd):
    """What lies beside a submission is neither imported nor read, though the grading is started there; the report names it."""
    for name, text in {**{f"{n}.py": t for n, t in PLANTED.items()}, **SETTINGS, "starter/linear_regression.py": OURS}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path / "starter")
    report = run.grade(PROJECT, tmp_path / "starter/linear_regression.py")
    sound(report)
    assert report["points"] == 100
    assert list(tmp_path.rglob("*.sprung")) == []
    assert {"conftest.py", "sitecustomize.py", "pytest.ini", "graders/test_linear_regression.py", "starter/numpy.py"} <= set(report["graders"]["modified"])
    assert "".join(capfd.readouterr()) == ""


# -- the machinery itself -------------------------------------------------------------------------
@pytest.fixture
def session():
    """Sessions with a module of one function."""
    opened = []

    def start(body, **options):
        s = student.Session(student.Submission("f.py", f"import os, time\nimport numpy as np\ndef f(x):\n    {body}\n", {}), "f", **options)
        opened.append(s)
        return s

    yield start
    for s in opened:
        s.close()


def test_layers_are_told_before_the_source_is_read(session):
    s = session("return x")
    assert student.Student(s).f(1) == 1
    assert s.submission.layers[0] == "process" and set(s.submission.layers) <= {"process", "limits", "landlock", "seccomp"}


def test_grader_hides(session):
    """No process of the same user may read the grader's memory once a worker has been started."""
    student.Student(session("return x")).f(1)
    assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0  # PR_GET_DUMPABLE


def test_two_sessions_at_once(session):
    """The end of one worker is not the end of another."""
    a, b = session("return 2 * x"), session("return 3 * x")
    assert student.Student(a).f(1) == 2 and student.Student(b).f(1) == 3
    a.close()
    assert student.Student(b).f(2) == 6


def test_alarm_while_a_worker_ends(session):
    """A question to the zygote that was cut short does not mix up the next ones."""
    class Ring(BaseException):
        pass

    def ring(*_):
        raise Ring

    old = signal.signal(signal.SIGALRM, ring)
    try:
        s = session("os.close(os.dup(0)); time.sleep(60)")
        s.open()
        private = s.worker.private
        s.begin(0.1)
        signal.setitimer(signal.ITIMER_REAL, 0.13)  # 0.03 s after the time is up the zygote still waits for the worker's note
        with pytest.raises((Ring, student.Died)):
            student.Student(s).f(1)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    s.close()  # on a slow machine it rang before the time was up
    assert not os.path.exists(private)
    assert [student.Student(session("return x")).f(i) for i in range(3)] == [0, 1, 2]


def test_death_of_the_zygote(session):
    """Whoever is in the middle of a call loses it; the next worker comes from a new zygote."""
    s = session("time.sleep(x)")
    student.Student(s).f(0)
    launch.zygote().process.kill()
    with pytest.raises(student.Died):
        student.Student(s).f(60)
    assert student.Student(session("return x")).f(1) == 1


def test_grading_does_not_keep_large_answers(session):
    """A right answer may be large; two hundred of them are not kept."""
    s = session("return np.zeros(1_500_000)")
    s.begin(60)
    for i in range(20):
        assert student.Student(s).f(i).nbytes == 12_000_000
    assert sum(getattr(c.value, "nbytes", 0) for c in s.calls) <= student.KEPT


def test_start_of_the_worker_is_not_charged(session, monkeypatch):
    """A machine that is slow to start an interpreter costs the learner no time."""
    connect = student.Session.connect
    monkeypatch.setattr(student.Session, "connect", lambda *args: (time.sleep(0.5), connect(*args))[1])
    s = session("return x")
    s.begin(0.4)
    assert student.Student(s).f(1) == 1


def test_worker_that_cannot_be_started_is_our_fault(session, monkeypatch):
    monkeypatch.setattr(launch.Zygote, "start", lambda *_: (_ for _ in ()).throw(OSError("no memory")))
    with pytest.raises(student.Died, match="no memory") as e:
        student.Student(session("return x")).f(1)
    assert e.value.verdict == "error"


def test_what_hangs_in_process_times_out():
    """Where the learner asked for a debugger there is no worker to end: the alarm rings in his code."""
    report = run.grade(PROJECT, text=replaced(OURS, "mse_loss", "def mse_loss(y_true, y_pred):\n    while True:\n        pass\n"), seconds=0.1, tasks={"mse_loss"}, in_process=True)
    assert [c["verdict"] for c in report["tasks"][0]["checks"]] == ["timed out", "timed out", "skipped", "skipped", "skipped"]


def test_what_takes_too_long_to_explain_is_wrong_all_the_same(monkeypatch):
    """The verdict stands before the explanation: a slow machine, or a monstrous answer, makes no fault of ours of it."""
    def hang(*_):
        while True:
            pass

    monkeypatch.setattr(diagnosis, "relation", hang)
    report = run.grade(PROJECT, text=replaced(OURS, "mse_loss", "def mse_loss(y_true, y_pred):\n    return 0.0\n"), seconds=0.3, tasks={"mse_loss"})
    first = report["tasks"][0]["checks"][0]
    assert (first["verdict"], first["message"]) == ("failed", "what came back took too long to explain")
