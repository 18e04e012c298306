"""Builds a project's notebook from its handout and the starter's functions, and rebuilds it without losing a cell of the learner's.

A cell that we made carries its part and a checksum of what we wrote. As long as he has not touched it, a rebuild renews it; whatever
else he has written, changed or moved stays as and where it is.
"""
import os
import re
import warnings
import zlib

from nbformat import reads, v4, writes

from autograder import atomic, cells, run
from autograder.desk import handout
from autograder.reset import stubs
from autograder.solution import definitions

ABOUT = """*This notebook holds the handout of project {number} and its tasks. Save it, then run the last cell to be graded.
Graded are your definitions, with the imports and constants that they use; no other cell is run for that, so try, plot and print wherever you like.*"""
GRADE = """# Save the notebook first: what is saved is graded. The same as `make project-{number}` at a terminal.
import pathlib, subprocess, sys
here = pathlib.Path.cwd()
root = next(folder for folder in (here, *here.parents) if (folder / "autograder").is_dir())
print(subprocess.run([sys.executable, "-m", "autograder", "grade", "{number}", "--submission", "{notebook}"], cwd=root,
                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace").stdout)"""


class CannotBuild(Exception):
    """One sentence that says why no notebook was written."""


def build(project):
    """Write the project's notebook; (its path, how many cells of the learner's are kept)."""
    path, fresh = project.notebook, _fresh(project)
    times = None
    try:
        if path.exists():
            old = _existing(path)
            book = v4.upgrade(old)  # to the minor version in which cells have ids
            if path.stat().st_mtime_ns <= project.starter.stat().st_mtime_ns:
                times = path.stat().st_atime_ns, path.stat().st_mtime_ns  # he works in the module: that stays so
        else:
            kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
            book = v4.new_notebook(metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
        kept = sum(not _ours(cell) for cell in book.cells)
        book.cells = merged(book.cells, fresh, project.tasks)
        atomic.write(path, writes(book) + "\n")
        if times:
            os.utime(path, ns=times)
    except OSError as e:
        raise CannotBuild(f"{run.shown(path)} cannot be written ({e.strerror}).") from None
    return path, kept


def _existing(path):
    try:
        text = run.read(path)
        cells.code(text, run.shown(path))
    except (run.CannotGrade, cells.BadNotebook) as e:
        raise CannotBuild(f"{str(e).rstrip('.')}. It was not touched; move it away for a new one.") from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what an editor left out (ids) is put in
        return reads(text, as_version=4)


def merged(existing, fresh, tasks):
    """The existing cells in their order, ours renewed where they are untouched; a missing one of ours stands after the one it follows."""
    new = {_part(cell): cell for cell in fresh}
    result = [_renewed(cell, new[_part(cell)]) if _part(cell) in new else cell for cell in existing
              if cell.cell_type == "code" or not _ours(cell) or _part(cell) in new]
    code = "\n".join(cell.source for cell in existing if cell.cell_type == "code")
    at = 0
    for cell in fresh:
        here = [i for i, c in enumerate(result) if _part(c) == _part(cell)]
        task = _part(cell).removeprefix("task-")
        if not here and not (task in tasks and re.search(rf"^\s*(def|class)\s+{task}\b|^{task}\s*=", code, re.M)):  # he defines it elsewhere
            result.insert(at, cell)
            here = [at]
        at = here[-1] + 1 if here else at
    taken = set()
    for cell in result:  # a copied cell has the name of its twin, where an editor left it so
        while cell.id in taken:
            cell.id = f"{cell.id[:62]}-2"
        taken.add(cell.id)
    return result


def _renewed(cell, fresh):
    if not _ours(cell):
        return cell
    cell.source, cell.metadata["autograder"] = fresh.source, fresh.metadata["autograder"]
    return cell


def _part(cell):
    """Which part of ours a cell was made as; "" for a cell of the learner's."""
    mark = cell.metadata.get("autograder")
    return str(mark.get("part", "")) if isinstance(mark, dict) else ""


def _ours(cell):
    """Is it as we made it?"""
    return bool(_part(cell)) and cell.metadata["autograder"].get("made") == _sum(cell.source)


def _sum(source):
    return f"{zlib.crc32(source.encode()):08x}"


def _fresh(project):
    """Our cells: the handout's sections, each task behind the section that derives it, what stands between the tasks at the top."""
    try:
        pieces = definitions(run.read(project.starter))
    except run.CannotGrade as e:
        raise CannotBuild(e) from None
    except SyntaxError as e:
        raise CannotBuild(f"{run.shown(project.starter)} does not parse (line {e.lineno}): mend that line first.") from None
    texts = {name: text for name, _, text in pieces if name in project.tasks}
    texts = {task: texts.get(task) or next(stubs(project, task), f"# {task}") for task in project.tasks}
    top = "\n\n\n".join(text.strip() for name, _, text in pieces if name not in project.tasks)
    made = []
    for n, section in enumerate(handout.sections(project)):
        made.append(_cell("markdown", f"handout-{section.number or re.sub(r'[^a-zA-Z0-9]+', '-', section.heading) or 'start'}", _linked(section.text, project)))
        if n == 0:
            made.append(_cell("markdown", "about", ABOUT.format(number=project.number)))
            made.append(_cell("code", "top", top))
        made += [_cell("code", f"task-{t.name}", texts.pop(t.name)) for t in project.tasks.values() if t.section == section.number and t.name in texts]
    made += [_cell("code", f"task-{task}", text) for task, text in texts.items()]
    return [*made, _cell("code", "grade", GRADE.format(number=project.number, notebook=f"starter/{project.notebook.name}"))]


def _cell(kind, part, source):
    source = source.strip("\n")
    return getattr(v4, f"new_{kind}_cell")(source, id=part[:64], metadata={"autograder": {"part": part, "made": _sum(source)}})


def _linked(text, project):
    """The handout's links to files lead there from the starter's folder, too."""
    return re.sub(r'(\]\(|src=")(?=[\w./-]+\.(?:png|svg|md|py|toml|csv)\b)', rf"\1../projects/{project.folder.name}/", text)
