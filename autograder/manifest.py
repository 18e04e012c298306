"""The projects as their `project.toml` files describe them."""
import difflib
import re
import tomllib
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class ManifestError(Exception):
    """One sentence that names the file, what is wrong with it, and what to do."""


@dataclass(frozen=True)
class Task:
    name: str
    title: str
    points: int
    after: list = field(default_factory=list)
    objectives: list = field(default_factory=list)
    forbids: list = field(default_factory=list)
    hints: list = field(default_factory=list)
    section: str = ""


@dataclass(frozen=True)
class Project:
    number: int
    slug: str
    title: str
    folder: Path
    tasks: dict
    datasets: list = field(default_factory=list)

    points = property(lambda self: sum(t.points for t in self.tasks.values()))
    starter = property(lambda self: ROOT / "starter" / f"{self.slug}.py")
    notebook = property(lambda self: ROOT / "starter" / f"{self.slug}.ipynb")
    solution = property(lambda self: ROOT / "solutions" / f"{self.slug}.py")
    grader = property(lambda self: ROOT / "graders" / f"test_{self.slug}.py")
    misconceptions = property(lambda self: ROOT / "graders" / "misconceptions" / f"{self.slug}.py")
    alternatives = property(lambda self: ROOT / "graders" / "alternatives" / f"{self.slug}.py")

    def before(self, task):
        """All tasks that `task` builds on, directly or not, in the order of the project."""
        need, todo = set(), [task]
        while todo:
            new = set(self.tasks[todo.pop()].after) - need
            need |= new
            todo += new
        return [t for t in self.tasks if t in need]

    def task(self, name):
        if name in self.tasks:
            return self.tasks[name]
        if not name:
            raise ManifestError(f"Say which task: TASK={next(iter(self.tasks))}, or another of project {self.number} ({', '.join(self.tasks)}).")
        near = difflib.get_close_matches(name, self.tasks, 1)
        raise ManifestError(f"Project {self.number} has no task {name!r}" + (f"; did you mean {near[0]}?" if near else f"; it has {', '.join(self.tasks)}."))


def projects():
    """{number: folder} of every project that is here, in the order of the numbers."""
    found = {}
    for folder in sorted(path.parent for path in (ROOT / "projects").glob("*/project.toml")):
        number = re.match(r"(\d+)-", folder.name)
        if not number:
            raise ManifestError(f"projects/{folder.name} holds a project.toml, but its name has no number: call it 7-{folder.name}, or whichever number is free.")
        if twin := found.get(int(number[1])):
            raise ManifestError(f"projects/{twin.name} and projects/{folder.name} have the same number: give one of them another, in its project.toml and in the folder's name.")
        found[int(number[1])] = folder
    return dict(sorted(found.items()))


def project(which):
    """The project of that number or slug."""
    known = projects()
    for number, folder in known.items():
        if str(which) in (str(number), folder.name, folder.name.split("-", 1)[1].replace("-", "_")):
            return read(folder / "project.toml")
    raise ManifestError(f"There is no project {which!r}; there are {', '.join(map(str, known)) or 'none'} (folder projects/).")


def read(path):
    """One project.toml; every slip in it is named with the file."""
    where = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        tasks = {}
        entries = data.pop("task", [])
        if type(entries) is not list or not all(type(entry) is dict for entry in entries):
            raise ManifestError(f"{where}: task is no list of tables; begin each task with a line [[task]].")
        for entry in entries:
            if problem := _misnamed(Task, entry):
                raise ManifestError(f"{where}: task {entry.get('name', 'without a name')}: {problem}.")
            task = Task(**entry)
            if problem := _mistyped(task) or task.name in tasks and "there are two tasks of that name":
                raise ManifestError(f"{where}: task {entry['name']}: {problem}.")
            tasks[task.name] = task
        if problem := _misnamed(Project, data, ours=("folder", "tasks")):
            raise ManifestError(f"{where}: {problem}.")
        result = Project(folder=path.parent, tasks=tasks, **data)
        if problem := _mistyped(result):
            raise ManifestError(f"{where}: {problem}.")
    except OSError as e:
        raise ManifestError(f"{where} cannot be read: {e.strerror}.") from None
    except tomllib.TOMLDecodeError as e:
        raise ManifestError(f"{where} is not valid TOML: {e}.") from None
    if path.parent.name != (named := f"{result.number}-{result.slug.replace('_', '-')}"):
        raise ManifestError(f"{where}: project {result.number} {result.slug!r} belongs into the folder {named}.")
    for n, task in enumerate(tasks.values()):
        for earlier in task.after:
            if earlier not in list(tasks)[:n]:
                raise ManifestError(f"{where}: task {task.name} comes after {earlier!r}, which is not a task above it.")
    if not tasks:
        raise ManifestError(f"{where} names no task; add a [[task]].")
    return result


def _misnamed(kind, entry, ours=()):
    """Which name is lacking in an entry, or not known, or None; `ours` are the fields that are not read from it."""
    known = {f.name: f.default is MISSING and f.default_factory is MISSING for f in fields(kind) if f.name not in ours}
    if odd := [name for name in entry if name not in known]:
        near = difflib.get_close_matches(odd[0], known, 1)
        return f"it has {odd[0]!r}, which nothing reads" + (f": is {near[0]} meant?" if near else "")
    return next((f"it has no {name}" for name, needed in known.items() if needed and name not in entry), None)


def _mistyped(entry):
    """What is wrong with the kind of one value, or None."""
    for known in fields(entry):
        value = getattr(entry, known.name)
        if type(value) is not known.type and known.name != "folder":
            return f"{known.name} = {value!r} where a {'whole number' if known.type is int else 'text' if known.type is str else known.type.__name__} belongs"
        if known.type is list and (odd := [v for v in value if type(v) is not str]):
            return f"{known.name} holds {odd[0]!r}, which is no text"
    return None
