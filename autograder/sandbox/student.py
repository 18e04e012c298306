"""The learner's module as a grader sees it: attributes that are calls into the worker, answers that are plain data."""
import builtins
import copy
import difflib
import functools
import importlib
import re
import signal
import time
from dataclasses import dataclass, field

import numpy as np

from autograder.sandbox import jail, process, wire, worker
from autograder.sandbox.objects import Opaque, Remote

GIGABYTE = 1 << 30
STARTUP = 60.0  # seconds until the worker is there: ours, not the learner's
IMPORTING = 4  # times the limit of a check: libraries load from a cold disk
KEPT = 128 << 20  # bytes of answers that one grading remembers for the diagnosis
GONE = "(too large to be kept)"


class Raised(Exception):
    """The learner's code raised; also an instance of the built-in exception that it raised, so `except ValueError` works."""

    def __init__(self, report):
        self.type, self.message = str(report["type"])[:100], str(report["message"])[:2000]
        self.bases = [str(b)[:100] for b in report["bases"][:50]]
        self.frames = [(_line(line), str(function)[:200], str(text)[:200]) for line, function, text in report["frames"][-12:]]
        super().__init__(f"{self.type}: {self.message}")

    line = property(lambda self: self.frames[-1][0] if self.frames else None)


class Died(BaseException):
    """The worker is gone. A BaseException: no `except Exception` hides it and Hypothesis does not shrink it."""

    def __init__(self, verdict, sentence, line=None):
        super().__init__(sentence)
        self.verdict, self.line = verdict, line


class Missing(AttributeError):
    """The module does not define this name."""


@dataclass
class Submission:
    """A file to grade. `name` is what the learner sees; what was found out about it is remembered."""

    name: str
    source: str
    tasks: dict  # task -> names that it may not use
    scanned: dict | None = None
    table: dict = field(default_factory=dict)  # what it defines once imported: name -> is it callable
    broken: BaseException | None = None
    layers: list = field(default_factory=list)
    room: int = KEPT
    cells: list = field(default_factory=list)  # of a notebook: (number of the cell, its lines), in the order of the source

    def place(self, line):
        """A line of the source in the learner's words."""
        for number, lines in self.cells:
            if line <= lines:
                return f"cell {number}, line {line}"
            line -= lines
        return f"line {line}"

    def where(self, line):
        """The file and the line in it, as editors know them."""
        return self.name if not line else f"{self.name} {self.place(line)}" if self.cells else f"{self.name}:{line}"


@dataclass
class Call:
    """One request and what came of it."""

    mode: str
    target: object
    name: str
    args: tuple
    kwargs: dict
    value: object = None
    error: BaseException | None = None
    changed: list = field(default_factory=list)
    seconds: float = 0.0


class Session:
    """One worker and the conversation with it; it may serve several checks, one after the other."""

    def __init__(self, submission, task, memory=2 * GIGABYTE, patch=(), reference="", fork=True):
        self.submission, self.fork = submission, fork
        self.config = {"name": submission.name, "source": submission.source, "cells": submission.cells, "tasks": list(submission.tasks), "scan": None, "memory": memory, "cpu": 120,
                       "forbids": submission.tasks.get(task, ()), "patch": list(patch), "reference": reference}
        self.worker = self.table = self.dead = None
        self.begin(5.0)

    def begin(self, seconds):
        """A new check, with a time limit of its own."""
        self.left = self.limit = seconds
        self.calls, self.heard, self.remotes = [], self.worker.out_size() if self.worker else 0, {}

    def open(self):
        """Start the worker, read the source if that is still to do, and import the module."""
        if self.table is not None:
            return
        s = self.submission
        if self.dead or s.broken:
            raise (self.dead or s.broken).with_traceback(None)
        self.config["scan"] = s.tasks if s.scanned is None else None
        try:
            s.layers = self.connect(time.monotonic() + STARTUP)
            with _Clock(self, IMPORTING * self.limit) as deadline:
                if s.scanned is None:
                    s.scanned, _ = self.answer(deadline)
                table, _ = self.answer(deadline)
                if len(table) > 5000:
                    raise wire.ProtocolError(f"a module of {len(table):,} names")
                s.table = self.table = {str(name): bool(called) for name, called in table.items()}
            self.left = self.limit  # the import is not charged to the check
        except (Raised, Died, Opaque) as e:
            if getattr(e, "verdict", "") != "error":  # a fault of the machine says nothing about the module
                s.broken = e
            raise

    def connect(self, deadline):
        try:
            self.worker = process.Worker(self.config, deadline, self.fork and jail.LINUX)
        except (OSError, EOFError) as e:
            raise Died("error", f"the worker could not be started ({type(e).__name__}: {e})") from None
        return self.worker.layers

    def ask(self, mode, target, name, args=(), kwargs={}):
        """A request to the module (target None), to an operator, or to an object that lives there."""
        self.open()
        if target is None and name not in self.table:
            near = difflib.get_close_matches(name, self.table, 1)
            raise Missing(f"{self.submission.name} does not define {name}" + (f": is {near[0]} meant to be it?" if near else ""))
        call = Call(mode, target, name, copy.deepcopy(args), copy.deepcopy(kwargs))
        self.calls.append(call)
        left = self.left
        try:
            with _Clock(self, self.left) as deadline:
                self.request(wire.dumps((mode, target, name, args, kwargs)), deadline)
                value, notes = self.answer(deadline, self.remote if target is not None or mode == "object" else None)
                call.changed = [k for k in notes.get("changed", ()) if k in (*range(len(args)), *kwargs)]
            call.value = value if self.submission.room > 0 else GONE
            return value
        except (Raised, Died, Opaque) as e:
            call.error = e
            raise
        finally:
            call.seconds = left - self.left

    def request(self, parts, deadline):
        wire.send(self.worker.socket, parts, deadline)

    def receive(self, deadline):
        return wire.receive(self.worker.socket, deadline)

    def answer(self, deadline, handle=None):
        parts = self.receive(deadline)
        self.submission.room -= sum(map(len, parts)) + 20 * len(parts[0])  # objects made of text are about as much larger
        status, value, notes = wire.decode(parts, handle)
        if status == "ok":
            return value, notes
        raise Opaque(f"it returned {str(value)[:300]}") if status == "opaque" else raised(value)

    def remote(self, number, name):
        return self.remotes.setdefault(int(number), Remote(self, int(number), str(name)[:80]))

    def printed(self):
        return self.worker.printed(self.heard) if self.worker else ""

    def close(self):
        if self.worker:
            self.worker.close()
            self.worker = None


class LocalSession(Session):
    """No second process and no protection: the same conversation in this one, for breakpoint() in the learner's code."""

    def connect(self, deadline):
        self.inbox = []
        self.server = worker.Server(self.inbox.append, {**self.config, "forbids": (), "local": True})  # would block the checks' own oracles
        self.server.start()
        return []

    def request(self, parts, deadline):
        self.server.call([bytearray(p) for p in parts])

    def receive(self, deadline):
        return self.inbox.pop(0)


class _Clock:
    """Charge the worker's time to the check and turn its death into Died."""

    def __init__(self, session, seconds):
        self.session, self.seconds = session, seconds

    def __enter__(self):
        self.start = time.monotonic()
        return self.start + self.seconds

    def __exit__(self, kind, error, tb):
        s = self.session
        s.left -= time.monotonic() - self.start
        if error is None or isinstance(error, (Raised, Opaque)) or not isinstance(error, Exception):
            return
        verdict = "timed out" if isinstance(error, TimeoutError) else "crashed"
        if verdict == "timed out":
            s.worker and s.worker.stop(patience=0.05, ask=True)
            sentence = f"took longer than {max(s.limit, self.seconds):g} s"
        elif isinstance(error, (EOFError, OSError)) and s.worker:
            sentence = ending(s.worker.stop(patience=0.5))
        else:  # ProtocolError, or a well-formed answer with nonsense in it
            s.worker and s.worker.stop()
            sentence = f"sent back what no function returns ({type(error).__name__})"
        s.table, s.dead = None, Died(verdict, sentence, s.worker and traced_line(s.worker.traced(), s.submission.name))
        raise s.dead from None


def _line(number):
    """A line of a file, not a number that no report can hold."""
    if not 0 <= (number or 0) < 10**6:
        raise ValueError("line")
    return int(number or 0)


def traced_line(trace, name):
    """The learner's innermost line in the interpreter's note of a hang or crash."""
    found = re.search(rf'^  File "{re.escape(name)}", line (\d{{1,6}})\b', trace, re.M)
    return int(found[1]) if found else None


def ending(code):
    """How a worker ended, as the end of a sentence."""
    if code is not None and code < 0:
        name = next((s.name for s in signal.Signals if s == -code), f"signal {-code}")
        return {"SIGSEGV": "crashed the interpreter (segmentation fault)", "SIGXCPU": "used too much processor time",
                "SIGXFSZ": "wrote or printed too much (more than 16 MB)", "SIGKILL": "was stopped (it used too much memory or time)",
                "SIGABRT": "aborted the interpreter"}.get(name, f"was ended by {name}")
    return f"ended the whole process (exit code {code}), as os._exit does"


class Student:
    """`student.f(x)` calls f in the worker and returns plain data; `student.objects.Value(2.0)` keeps the object there."""

    def __init__(self, session, mode="call"):
        self._session, self._mode = session, mode

    objects = property(lambda self: Student(self._session, "object"))

    def __reduce__(self):  # inside a function that is sent there, it is the module itself
        return importlib.import_module, ("submission",)

    def __deepcopy__(self, memo):
        return self

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return Function(self._session, self._mode, name)


class Function:
    """A function of the learner's, still to be called."""

    def __init__(self, session, mode, name):
        self._session, self._mode, self.__name__ = session, mode, name

    def __call__(self, *args, **kwargs):
        return self._session.ask(self._mode, None, self.__name__, args, kwargs)

    def __reduce__(self):
        return getattr, (Student(self._session), self.__name__)

    def __deepcopy__(self, memo):
        return self


_ODD = (StopIteration, StopAsyncIteration, UnicodeError, SyntaxError, BaseExceptionGroup)  # not made from one string


@functools.cache
def _class(base):
    return Raised if base is Exception else type(base.__name__, (Raised, base), {})


def raised(report):
    """The exception to raise here for one that was raised there."""
    for name in report["bases"]:
        base = np.linalg.LinAlgError if name == "LinAlgError" else getattr(builtins, str(name), None)
        if isinstance(base, type) and issubclass(base, Exception) and not issubclass(base, _ODD):
            return _class(base)(report)
    return Raised(report)
