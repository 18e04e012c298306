"""Grades every text of a class once, on all cores or on a cluster; a text's report is on disk the moment it is there, and is never made again."""
import contextlib
import functools
import hashlib
import json
import os
import random
import signal
import threading
import time
from pathlib import PurePath

import joblib
from joblib.externals.loky.process_executor import TerminatedWorkerError

from autograder import manifest, run

ROUNDS = 3  # without a result, before what is left is given up: a grader that the system kills (no memory, say) costs nobody his grade

PATIENCE = 10  # seconds for a scheduler to answer


class NoCluster(Exception):
    """One sentence that says why there is no such cluster, and what to do."""


class Records:
    """The reports of one project in a folder: a file each, named by the text, by what decides its grade, and by the seed."""

    def __init__(self, folder, project, seed):
        self.folder, self.deciding, self.seed = folder, deciding(project), seed
        folder.mkdir(parents=True, exist_ok=True)

    def name(self, entry):
        digest = hashlib.sha256(PurePath(entry.file).suffix.lower().encode() + entry.text.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{digest[:32]}-{self.deciding[:16]}-{self.seed}.json"

    def read(self, entry):
        """The report of an entry's text, or None."""
        try:
            return json.loads((self.folder / self.name(entry)).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def keep(self, entry, report):
        """Write it whole or not at all."""
        draft = self.folder / f"{self.name(entry)}.part"
        draft.write_text(json.dumps(report), encoding="utf-8")
        os.replace(draft, draft.with_suffix(""))


def deciding(project):
    """One hash over what decides a grade and its words, the engine included."""
    digest = hashlib.sha256()
    own = [project.grader, project.folder / "project.toml", project.misconceptions, project.solution]
    for path in [*own, *sorted((manifest.ROOT / "autograder").rglob("*.py"))]:
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def mark(project, entries, records, jobs=-1, cluster="", advance=lambda n: None):
    """Grade what has no report yet; {name of the record: problem} of what could not be graded. `advance(n)` hears of every n entries done, first of those that were there."""
    todo, problems = {}, {}
    for entry in entries:
        todo.setdefault(records.name(entry), []).append(entry)
    advance(sum(len(todo.pop(name)) for name in [name for name, same in todo.items() if records.read(same[0])]))
    idle = 0
    while todo and idle < ROUNDS:
        before, order = len(todo), list(todo)
        random.Random(before).shuffle(order)  # whatever kills its grader is not always the first
        with engine(cluster, jobs) as options, contextlib.suppress(TerminatedWorkerError):
            calls = (joblib.delayed(grade)(project.slug, todo[n][0].file, todo[n][0].text, records.seed, records.deciding, n, os.getpid()) for n in order)
            for name, report, problem in joblib.Parallel(batch_size=1, return_as="generator_unordered", **options)(calls):
                same = todo.pop(name)
                if problem:
                    problems[name] = problem
                else:
                    records.keep(same[0], report)
                advance(len(same))
        idle = 0 if len(todo) < before else idle + 1
    return problems | dict.fromkeys(todo, "The process that graded it ended each time: grade it alone to see why.")


@contextlib.contextmanager
def engine(cluster, jobs):
    """The arguments of joblib.Parallel for "" (the cores of this machine), "dask", "dask:ADDRESS" or "ray"."""
    name, _, address = cluster.partition(":")
    with contextlib.ExitStack() as stack:
        if name == "dask":
            _connect(stack, address, jobs)
        elif name == "ray":
            _start_ray(stack)
        elif name:
            raise NoCluster(f"No cluster is called {name!r}: choose dask, dask:ADDRESS or ray.")
        yield {} if address else {"n_jobs": jobs}


def _connect(stack, address, jobs):
    from distributed import Client, LocalCluster
    try:
        here = stack.enter_context(LocalCluster(n_workers=joblib.effective_n_jobs(jobs), threads_per_worker=1, dashboard_address=None)) if not address else None
        stack.enter_context(Client(address or here, timeout=PATIENCE))
    except (OSError, ValueError) as e:
        raise NoCluster(f"The Dask scheduler at {address or 'this machine'} cannot be reached ({type(e).__name__}): is `dask scheduler` running there?") from None
    stack.enter_context(joblib.parallel_config(backend="dask"))


def _start_ray(stack):
    try:
        from ray.util.joblib import register_ray
    except ImportError:
        raise NoCluster('Ray is not installed: `.venv/bin/uv pip install --python .venv "ray[default]"` installs it.') from None
    register_ray()
    stack.enter_context(joblib.parallel_config(backend="ray"))


# -- in the workers ----------------------------------------------------------------------------------
_one_at_a_time = threading.Lock()  # a Dask worker may have several threads; a grading is a process' only one


def grade(slug, file, text, seed, expected, name, boss=0):
    """(name of the record, report, problem) of one text: one of the two is None. `boss` is the process that shares out the work."""
    with _one_at_a_time:
        _follow(boss)
        try:
            project, decided_here = _here(slug)
            if decided_here != expected:
                return name, None, "The graders of the machine that was to grade it are not these: give all machines the same checkout."
            return name, run.grade(project, project.starter.with_suffix(PurePath(file).suffix.lower()), text=text, seed=seed), None
        except run.CannotGrade as e:
            return name, None, str(e)
        except Exception as e:  # it costs this row, and no other
            return name, None, f"A fault of ours, please report it: {type(e).__name__}: {e}"


@functools.cache
def _here(slug):
    project = manifest.project(slug)
    return project, deciding(project)


@functools.cache
def _follow(boss):
    """End with the parent and not before: killed, it cannot tell its workers, which would wait for work for minutes; at Ctrl-C only it speaks."""
    def watch():
        while os.getppid() == boss:
            time.sleep(1)
        os._exit(1)

    if os.getppid() == boss:
        if threading.current_thread() is threading.main_thread():  # not so in a Dask worker, which sees to it itself
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=watch, daemon=True).start()
