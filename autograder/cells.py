"""A notebook's code as it lies in its file: read as data, nothing parsed and nothing run."""
import json
import stat

MOST = 16 << 20  # bytes of a notebook: it holds pictures


class BadNotebook(Exception):
    """One sentence that says why a file is no notebook that can be read."""


def code(text, name):
    """(source, cells): all code cells one below the other, and for each (its number among all cells from 1, how many lines it has)."""
    try:
        book = json.loads(text)
    except (ValueError, RecursionError) as e:
        line = f" (line {e.lineno})" if isinstance(e, json.JSONDecodeError) else ""
        raise BadNotebook(f"{name} is not a notebook: it is not JSON{line}; save it again from Jupyter.") from None
    if isinstance(book, dict) and ("worksheets" in book or book.get("nbformat") in (1, 2, 3)):
        raise BadNotebook(f"{name} is a notebook of an old format; open it in Jupyter and save it, which makes it format 4.")
    cells = book.get("cells") if isinstance(book, dict) else None
    if not isinstance(cells, list):
        raise BadNotebook(f"{name} is not a notebook: it has no list of cells; save it again from Jupyter.")
    sources = {n: _source(cell, f"{name}: cell {n}") for n, cell in enumerate(cells, 1) if not isinstance(cell, dict) or cell.get("cell_type") == "code"}
    if not sources:
        raise BadNotebook(f"{name} has no code cell, so there is nothing to grade.")
    return "\n".join(sources.values()), [(n, source.count("\n") + 1) for n, source in sources.items()]


def _source(cell, which):
    source = cell.get("source") if isinstance(cell, dict) else None
    parts = source if isinstance(source, list) else [source]
    if not all(isinstance(part, str) for part in parts):
        raise BadNotebook(f"{which} is damaged: its source is not text; save the notebook again from Jupyter.")
    text = "".join(parts).replace("\r\n", "\n").replace("\r", "\n")  # the ends of lines that Python counts
    return text.encode("utf-8", "replace").decode()  # half a surrogate is no text


def current(project):
    """The file that the learner works in: his notebook where it is newer than his module. A clone has just written both: then the one
    with fewer stubs."""
    times = {file: file.stat().st_mtime for file in (project.starter, project.notebook) if file.is_file()}
    newest = [file for file in times if max(times.values()) - times[file] <= 1]
    return min(newest, key=stubs, default=project.starter) if len(newest) != 1 else newest[0]


def passed_over(project, file):
    """The other of the two files, where it may be what the learner means; None. A module as it came is not."""
    if file == project.notebook:
        return project.starter if project.starter.is_file() and stubs(project.starter) < stubs(file) else None
    return project.notebook if file == project.starter and project.notebook.exists() else None


def stubs(file):
    """How much of a file is still to be written; 0 for what cannot be read: whoever reads it next says why."""
    try:
        plain = stat.S_ISREG(file.lstat().st_mode) and file.stat().st_size <= MOST
        return file.read_bytes().count(b"NotImplementedError") if plain else 0
    except OSError:
        return 0
