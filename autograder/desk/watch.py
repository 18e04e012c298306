"""Grades again at every save, on one screen: the next failure, the last good state, and four keys.

watchfiles tells of a save at once and polls by itself where it knows that the system cannot tell (WSL). That is not all of them
(NFS, shared folders of virtual machines, other people's file systems: an event simply never comes), and its polling compares whole
seconds. So its word only ends the wait: whether there was a save is read from the files themselves, twice a second at least.
"""
import os
import shutil
import textwrap
import threading
import time

from autograder import cells, progress, run, screen
from autograder.desk import changes, handout
from autograder.desk.terminal import Terminal
from autograder.sandbox import launch

HEARTBEAT = 0.5  # seconds between two looks at the files where nobody told of a save
SETTLED = 0.02  # seconds for which a file is unchanged once an editor has written it
KEYS = "h hint   a all   n next   q quit"


def watch(project):
    """Until `q` or Ctrl-C; 0."""
    launch.warm()
    view, done = View(project), threading.Event()
    with Terminal() as terminal:
        threading.Thread(target=_listen, args=(project.starter.parent, terminal.wake, done), daemon=True).start()
        try:
            _converse(view, terminal)
        except (EOFError, KeyboardInterrupt):
            if terminal.ended:
                raise
        finally:
            done.set()
    if view.report:
        print(f"Project {project.number}: {view.report['points']}/{view.report['max_points']} points"
              + (f", {view.report['points'] - view.start} more than when you came." if view.report["points"] > view.start else "."))
    return 0


def _listen(folder, wake, done):
    from watchfiles import watch as changes
    try:
        for _ in changes(folder, watch_filter=None, debounce=50, step=10, stop_event=done, raise_interrupt=False, recursive=False):
            wake()
    except OSError:  # the system has no more watches to give: the heartbeat is left
        pass


def _converse(view, terminal):
    seen, size = None, None
    while True:
        state = _state(view.project)
        if state != seen:
            while (later := time.sleep(SETTLED) or _state(view.project)) != state:
                state = later
            terminal.say("\x1b[H\x1b[2K grading ...")
            seen, size = state, None
            view.grade()
        if size != (now := shutil.get_terminal_size()):
            size = now
            terminal.say("\x1b[H\x1b[2J")
            screen.show((style, text if len(text) <= size.columns else text[:size.columns - 1] + "…") for style, text in view.lines(size.lines - 1))
        for key in terminal.keys(HEARTBEAT):
            if key == "q":
                return
            size = None if view.press(key) else size


def _state(project):
    """What tells a save: the time, size and identity of both files."""
    def stat(file):
        try:
            s = os.stat(file)
            return s.st_mtime_ns, s.st_size, s.st_ino
        except OSError:
            return None

    return stat(project.starter), stat(project.notebook)


class View:
    """What the screen shows: a function of the last good report, of what has happened since, and of the keys."""

    def __init__(self, project):
        self.project, self.report, self.source, self.start = project, None, "", 0
        self.note, self.turn, self.mode, self.hint = ("", ""), 0, "", []

    def grade(self):
        """Take in a save; one that cannot be graded leaves everything but the note."""
        now = time.strftime("%H:%M:%S")
        try:
            source, report = self.graded()
        except run.CannotGrade as e:
            self.note = "bad", f"{now}  {e}"
            return
        problem, good = report["problem"], self.report and not self.report["problem"]
        if problem and good:
            reason = problem["message"].splitlines()[0].removeprefix("raised").strip()
            self.note = "bad", f"{now}  {problem['where']}: {reason}; below is the save before"
            return
        if not problem:
            progress.keep(report)
        gain = report["points"] - self.report["points"] if good else 0
        if not good:
            self.start = report["points"]
        self.note = ("good" if gain > 0 else "warn" if gain < 0 else "dim"), f"{now}  " + (
            f"{gain:+} points: {report['points']}" if gain else "the points are the same" if good else "graded")
        self.report, self.source, self.turn, self.mode = report, source, 0, ""

    def graded(self):
        """The source as it is now and its report; only what the save may have changed is graded."""
        file = cells.current(self.project)
        name, text = run.shown(file), run.read(file)
        source = run.code(text, name)[0] if file.suffix == ".ipynb" else text
        same = self.report and self.report["submission"]["file"] == name
        return source, run.grade(self.project, file, text=text, kept=changes.kept(self.project, self.report, self.source, source) if same else {})

    def task(self):
        """The task that the screen speaks of, or None."""
        named = [t["name"] for t, _ in screen.failed(self.report)] or [t["name"] for t in self.report["tasks"] if t["status"] != "passed"]
        return self.project.tasks[named[self.turn % len(named)]] if named else None

    def press(self, key):
        """What a key does; whether it did anything."""
        if key not in ("h", "a", "n") or self.report is None:
            return False
        if key == "n":
            self.turn, self.mode = self.turn + 1, self.mode if self.mode == "all" else ""
        elif key == "a":
            self.turn, self.mode = 0, "" if self.mode == "all" else "all"
        elif task := self.task():
            self.mode, self.hint = "hint", screen.hint(self.project, task, *progress.next_hint(self.project, task), handout.place(self.project, task))
        return True

    def lines(self, rows):
        """The screen, in at most `rows` lines."""
        note = [(self.note[0], text) for text in textwrap.wrap(self.note[1], screen.COLUMNS, subsequent_indent=" " * 10)]
        room, keys = max(rows - 2 - len(note), 1), KEYS
        if self.report is None:
            body = []
        elif self.mode == "all":
            every = screen.graded(self.project, self.report, every=True)
            pages = [every[i:i + room] for i in range(0, len(every), room)]
            body, keys = pages[self.turn % len(pages)], KEYS + f"   (page {self.turn % len(pages) + 1} of {len(pages)})" * (len(pages) > 1)
        else:
            body = self.hint if self.mode == "hint" else screen.graded(self.project, self.report, turn=self.turn, rows=room)
        return [*note, ("", ""), *body[:room], ("dim", keys)]
