"""Puts a task's stub back and keeps what was there."""
import itertools
import json
import subprocess
import time

from autograder import atomic, cells, progress, run
from autograder.sandbox import extract, rules
from autograder.solution import definition_of, extent, lines_of, stub


class CannotReset(Exception):
    """One sentence that says why nothing was changed."""


def reset(project, task):
    """The stub of `task` is back in the file that the learner works in; the path of the copy of what was there, or None if nothing was."""
    file = cells.current(project)
    original = next(stubs(project, task), None)
    if original is None:
        raise CannotReset(f"The stub of {task} is in no version of starter/{project.starter.name} that git knows; copy it from the original repository.")
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise CannotReset(f"{run.shown(file)} is not UTF-8 text; save it as UTF-8 first.") from None
    except OSError as e:
        raise CannotReset(f"{run.shown(file)} cannot be read ({e.strerror}): `git checkout -- {run.shown(file)}` brings it back.") from None
    present, new = (_in_notebook if file.suffix == ".ipynb" else _in_module)(text, task, original, run.shown(file))
    if present == original:
        return None
    try:
        kept = _keep(f"{project.slug}.{task}", present) if present else None
        atomic.write(file, new)
    except OSError as e:
        raise CannotReset(f"Nothing was changed: {run.shown(file)}, or the copy in {progress.FOLDER.name}/kept, cannot be written ({e.strerror}).") from None
    return kept


def _in_module(text, task, original, name):
    """(what defines the task now, the module with the stub in its place)."""
    mark, text = text[:text.startswith("\ufeff")], text.removeprefix("\ufeff")
    try:
        found = _cut(text, extract.parse(text.split("\n")), task)
    except SyntaxError as e:
        raise CannotReset(f"{name} does not parse (line {e.lineno}), so the task cannot be found in it: mend that line first.") from None
    end = "\r\n" if "\r\n" in text else "\n"
    before, present, after = found or (text.rstrip() + 2 * end + end, "", "")
    return present.replace("\r\n", "\n"), mark + before + original.replace("\n", end) + end + after


def _in_notebook(text, task, original, name):
    """The same in the last cell that defines the task, of a notebook's text."""
    try:
        cells.code(text, name)
    except cells.BadNotebook as e:
        raise CannotReset(e) from None
    book = json.loads(text)
    for number, cell in reversed(list(enumerate(book["cells"], 1))):
        source = "".join(cell["source"])
        try:
            found = _cut(source, extract.parse(source.split("\n")), task) if cell["cell_type"] == "code" else None
        except SyntaxError as e:
            raise CannotReset(f"{name} cell {number} does not parse (line {e.lineno}), so the task cannot be found in it: mend that line first.") from None
        if found:
            before, present, after = found
            cell["source"] = (before + original + "\n" + after).rstrip("\n").splitlines(keepends=True)
            return present, json.dumps(book, indent=1, ensure_ascii=False) + "\n"
    raise CannotReset(f"{name} does not define {task}: make notebook-N puts the stub of a missing task into it.")


def _cut(source, nodes, task):
    """(text before, definition, text after) of the last definition of a task; None where there is none."""
    nodes = [n for n in nodes if getattr(n, "name", None) == task]
    if not nodes:
        return None
    lines, (first, last) = lines_of(source), extent(nodes[-1])
    return "".join(lines[:first]), "".join(lines[first:last]).rstrip("\r\n"), "".join(lines[last:])


def _keep(stem, text):
    folder, stem = progress.FOLDER / "kept", f"{stem}.{time.strftime('%Y-%m-%dT%H-%M-%S')}"
    folder.mkdir(parents=True, exist_ok=True)
    path = next(p for n in itertools.count(1) if not (p := folder / (f"{stem}.py" if n == 1 else f"{stem}.{n}.py")).exists())
    atomic.write(path, text + "\n")
    return path


def stubs(project, task):
    """The task's stubs in the starter's committed versions, from the newest on, and the one that our solution makes."""
    yield from written(project, task)
    if project.solution.exists():
        yield stub(definition_of(project.solution.read_text(encoding="utf-8"), task))


def written(project, task, texts=()):
    """The task in each of `texts`, and in each of the starter's committed versions from the newest on, in which it is still a stub."""
    for text in itertools.chain(texts, versions(project.starter)):
        try:
            definition = definition_of(text, task)
        except SyntaxError:
            continue
        if definition and rules.is_stub(extract.parse(definition.split("\n"))[0]):
            yield definition.rstrip("\n")


def versions(path):
    """The texts of a file in the history of its checkout, the newest first; none outside of one."""
    git = lambda *a: subprocess.run(["git", *a], cwd=path.parent, capture_output=True, encoding="utf-8", errors="replace").stdout
    try:
        for commit in git("log", "--full-history", "--format=%H", "--", path.name).split():
            yield git("show", f"{commit}:./{path.name}")
    except OSError:  # no git here
        return
