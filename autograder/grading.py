"""How one check is judged: in which worker, how often, and what its outcome means."""
import contextlib
import difflib
import re
import signal
import threading
import time
import zlib
from dataclasses import dataclass, field

import numpy as np
import pytest

from autograder import checks, diagnosis, show
from autograder.sandbox import student as outside
from autograder.solution import reference

SIGNATURE = re.compile(r", with gufunc signature \S{1,40}")  # in the way of numpy's sizes
SECONDS = 5.0  # of the learner's time per check: a right answer needs milliseconds


@dataclass
class Finding:
    """What a check found: its verdict, and the lines that explain it."""

    verdict: str
    lines: list = field(default_factory=list)
    line: int | None = None
    relation: str = ""
    printed: str = ""
    calls: list = field(default_factory=list)
    fault_in: list = field(default_factory=list)
    margin: float = 0.0
    ours: bool = False  # the fault is not the learner's: there is no grade
    seconds: float = 0.0
    waits: bool = False  # it needs an earlier task that is not written yet
    single: bool = False  # its relation rests on one number


class Grading:
    """The judgement of one submission."""

    def __init__(self, project, name, source, *, cells=(), seed=0, seconds=None, in_process=False, fork=True):
        self.project, self.seed, self.seconds, self.fork, self.in_process = project, seed, seconds, fork, in_process
        self.submission = outside.Submission(name, source, {t.name: list(t.forbids) for t in project.tasks.values()}, cells=list(cells))
        self.new_session = outside.LocalSession if in_process else outside.Session
        self.current, self.task, self.used = None, None, False
        self.timeouts = {}  # task -> the checks in which it took too long
        self.rescued = {}  # task -> how many of those held with our solution in place of the tasks before it
        self.findings = {}  # name of the check -> (task, points, title, Finding)

    def judge(self, name, task, seconds, run):
        """Run one check against the submission: `run(student, rng)` raises where the claim does not hold."""
        start = time.monotonic()
        self.seconds_now, self.check = self.seconds or seconds or SECONDS, name
        checks.margins.clear()
        try:
            finding = self.static(task) or self.dynamic(task, run)
        except (Exception, outside.Died) as e:  # whatever came back that we cannot even show: this check is lost, and no other
            self.close()
            finding = Finding("error", [f"what came back broke the grader ({type(e).__name__}): a fault of ours, please report it"])
        finding.seconds = time.monotonic() - start
        finding.margin = 0.0 if finding.fault_in else max(checks.margins, default=0.0)  # what ran with ours tells nothing
        return finding

    def close(self):
        if self.current:
            self.current.close()
            self.current = None

    # -- before anything runs
    def static(self, task):
        """The verdict where the source, or its import, alone decides it."""
        submission = self.submission
        if submission.scanned is None and submission.broken is None:
            with contextlib.suppress(outside.Raised, outside.Died, outside.Opaque):
                self.session(task).open()
        if submission.broken:
            return self.explain(submission.broken, self.session(task), task)
        definition = submission.scanned["defines"].get(task)
        if definition is None and task not in submission.table:
            near = difflib.get_close_matches(task, submission.table.keys() - self.project.tasks.keys(), 1)
            return Finding("not started", [f"{submission.name} does not define {task}" + (f": is {near[0]} meant to be it?" if near else "")])
        if definition and definition["stub"]:
            return Finding("not started", line=definition["line"])
        if hits := submission.scanned["forbidden"].get(task):
            line, name = hits[0]
            return Finding("forbidden", [f"{name} is not allowed here ({submission.place(line)}): this task is about doing it yourself"], line)
        if len(self.timeouts.get(task, ())) >= 2 and not self.rescued.get(task):
            return Finding("skipped", [f"{task} took too long twice: this check was not run"], definition and definition["line"])
        return None

    # -- running
    def dynamic(self, task, run):
        before = self.project.before(task) if self.project.solution.exists() else []
        if len(self.timeouts.get(task, ())) >= 2:  # an earlier task is what hangs: it is not waited for again
            return Finding("passed", fault_in=before) if self.passes_with_ours(task, before, run) else Finding("skipped")
        session, tried_before = self.session(task), self.used
        error = self.attempt(session, run)
        if error is not None and tried_before and getattr(error, "verdict", "") != "timed out":  # what earlier checks left behind must not cost this one
            self.close()
            session = self.session(task)
            error = self.attempt(session, run)
        self.used = True
        if error is None:
            return Finding("passed", calls=session.calls, printed=session.printed())
        try:
            with alarm(3 * self.seconds_now):
                finding = self.explain(error, session, task)
        except outside.Died:  # that it does not hold is known already
            finding = Finding(getattr(error, "verdict", "failed"), ["what came back took too long to explain"])
        self.close()  # the next check of what is wrong is best judged in a fresh worker at once
        if finding.verdict in ("failed", "timed out", "crashed") and self.leads_to(task, session.calls) & {*before}:
            if self.passes_with_ours(task, before, run):
                self.rescued[task] = self.rescued.get(task, 0) + (finding.verdict == "timed out")
                return Finding("passed", fault_in=before, line=finding.line)
            if finding.waits:
                finding.lines.append("with ours in its place this check does not hold either: write it, then look here again")
        return finding

    def session(self, task):
        """A worker for this task: a new one for each task, kept from check to check while nothing goes wrong."""
        if self.current is None or self.task != task:
            self.close()
            self.current, self.task, self.used = self.new_session(self.submission, task, fork=self.fork), task, False
        self.current.begin(self.seconds_now)
        return self.current

    def leads_to(self, task, calls):
        """The tasks whose code these calls run, for all that the source shows."""
        known = (self.submission.scanned or {"leads_to": {}})["leads_to"]
        return {name for start in (task, *(call.name for call in calls if call.target is None)) for name in (start, *known.get(start, ()))}

    def passes_with_ours(self, task, before, run):
        """Does the check hold once the tasks before it are ours? The worker and all that it said are thrown away."""
        self.close()
        session = self.new_session(self.submission, task, fork=self.fork, patch=before, reference=reference(self.project, before))
        session.begin(self.seconds_now)
        try:
            return self.attempt(session, run) is None
        finally:
            session.close()

    def attempt(self, session, run):
        """The exception that the check ends with, or None."""
        checks.margins.clear()
        rng = np.random.default_rng([self.seed, zlib.crc32(self.check.encode())])
        try:
            with alarm(3 * self.seconds_now):
                run(outside.Student(session), rng)
        except (Exception, outside.Died, pytest.skip.Exception, pytest.fail.Exception) as e:
            if isinstance(e, outside.Died) and e.verdict == "timed out" and not session.config["patch"]:
                self.timeouts.setdefault(self.task, set()).add(self.check)
            return e
        return None

    # -- what it means
    def explain(self, e, session, task):
        finding = Finding("failed", calls=session.calls, printed=session.printed())
        call = session.calls[-1] if session.calls else None
        defined = (self.submission.scanned or {"defines": {}})["defines"]
        finding.line = defined.get(task, {}).get("line")
        if call and call.target is None:
            finding.lines.append(show.call(call.name, defined.get(call.name, {}).get("args", []), call.args, call.kwargs))
        if self.submission.broken is e:
            finding.line = None
        if isinstance(e, outside.Died):
            finding.verdict, finding.line, finding.ours = e.verdict, e.line or finding.line, e.verdict == "error"
            finding.lines.append(str(e) + (f" in {self.submission.place(e.line)}" if e.line else ""))
        elif isinstance(e, outside.Raised):
            self._explain_raised(finding, e, task)
        elif isinstance(e, checks.Wrong):
            _explain_wrong(finding, e, call)
        elif isinstance(e, outside.Missing) and not finding.calls:
            finding.lines.append(str(e))
        elif isinstance(e, outside.Opaque):
            finding.lines.append(str(e))
        elif isinstance(e, AssertionError):
            finding.lines.append(show.clean(str(e).split("\nassert ")[0], 400))
        elif call and call.error is None and not isinstance(e, (NameError, ImportError, pytest.skip.Exception)):
            finding.lines.append(f"returned  {show.value(call.value, 64)}")
            finding.lines.append("is there a `return`?" if call.value is None else f"which the check cannot use: {show.one_line(e, 60)}")
        else:
            finding.verdict, finding.ours = "error", True
            finding.lines.append(f"{self.check} went wrong: {type(e).__name__}: {show.one_line(e, 200)}")
        if call and call.target is None:
            finding.lines += _columns(defined.get(call.name, {}).get("args", []), call)
        return finding

    def _explain_raised(self, finding, e, task):
        finding.line = e.line or finding.line
        function, text = e.frames[-1][1:] if e.frames else ("", "")
        if e.type == "NotAllowed":
            finding.verdict, finding.lines = "forbidden", [f"{show.one_line(e.message, 80)}: this task is about doing it yourself."]
        elif e.type == "NotImplementedError" and function in ("", task):
            finding.verdict, finding.lines = "not started", []
        elif e.type == "NotImplementedError" and function in self.project.tasks:
            finding.waits, finding.lines = True, [*finding.lines, f"needs {function}, which is not written yet"]
        else:
            message = SIGNATURE.sub("", e.message)
            finding.lines.append(f"raised    {show.one_line(f'{e.type}: {message}', 130)}")
            if e.type == "ModuleNotFoundError":
                finding.lines.append("only numpy is needed here: leave that import out")
            if e.type == "NameError" and self.submission.cells:
                finding.lines.append("only definitions are run here, with the imports and constants they use")
            if text:
                finding.lines.append(f"in {self.submission.place(e.line)}: {show.one_line(text, 60)}")
            finding.relation = diagnosis.advice(e.type, e.message[:300], text)


def _explain_wrong(finding, e, call):
    if case := e.what and not finding.lines:  # of an object no call is shown: what was asked of it stands there instead
        finding.lines.append(e.what)
    small = e.got is not None and e.expected is not None
    if small:
        got, expected = (show.value(v, 64) for v in (e.got, e.expected))
        if got == expected:
            got, expected = (show.value(v, 64, 12) for v in (e.got, e.expected))
        finding.lines += [f"got       {got}" + (f"   ({e.what})" if e.what and not case else ""), f"expected  {expected}"]
        finding.relation, finding.single = diagnosis.relation(e.got, e.expected, _rows(call)), np.size(e.expected) == 1
    if not small or np.size(e.got) > 1 or np.shape(e.got) != np.shape(e.expected):
        finding.lines.append(e.sentence.removeprefix(f"{e.what}: "))


def _rows(call):
    """The n of the data: the length of the first argument that has one, 0 where there is none."""
    return next((len(a) for a in (call.args if call else ()) if isinstance(a, (list, tuple)) or isinstance(a, np.ndarray) and a.ndim), 0)


def _columns(names, call):
    """The columns of a table that is too wide for its call, a line each."""
    tables = {name: a for name, a in [*zip(names, call.args), *call.kwargs.items()] if isinstance(a, dict) and len(show.value(a, 1000)) > 40}
    return [f"{name}[{show.value(key, 20)}] = {show.value(column, 50)}" for name, table in tables.items() for key, column in list(table.items())[:8]]


@contextlib.contextmanager
def alarm(seconds):
    """A check that hangs on our side of the wall (a hostile comparison, say) ends too."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_):
        raise outside.Died("timed out", "the check as a whole took too long")

    old = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
