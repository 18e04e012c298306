"""Who handed in what: the submissions in a folder or zip file, as the platforms export them. Everything in them is read as data, nothing is unpacked."""
import io
import itertools
import json
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder import run, show

NAMES = [re.compile(pattern, re.S) for pattern in (  # who, the platform's number for him, the name that he gave the file
    r"(?P<student>.+?)_(?:LATE_)?(?P<canvas>\d+)_\d+_(?P<file>.+)",  # Canvas
    r"(?P<student>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)",  # Moodle
    r".+?_(?P<student>[^_]+)_attempt_[\d-]+_(?P<file>.+)",  # Blackboard
)]
METADATA = "submission_metadata.yml"  # Gradescope: whose folder is which
SKIPPED = {"__pycache__", "__MACOSX", "venv", "node_modules"}  # and what begins with a dot
CODE = (".py", ".ipynb")
MOST = {".py": run.MOST, ".ipynb": 16 << 20, ".zip": 32 << 20, METADATA: 1 << 20}  # bytes; notebooks hold pictures
MOST_FILES, MOST_CANDIDATES = 10_000, 10


class NoClass(Exception):
    """One sentence that says why there is nothing to grade, and what to do."""


class Unusable(Exception):
    """What is wrong with a submission, as the end of a sentence that begins with its file."""


@dataclass(frozen=True)
class File:
    """A file, folder or link, wherever it lies."""

    path: PurePosixPath
    mode: int
    size: int = 0
    read: object = None  # read(n) returns at most n bytes
    disk: Path | None = None


@dataclass
class Entry:
    """One student's submission: the text to grade, or the problem because of which there is none."""

    student: str
    number: str = ""
    canvas: bool = False  # is the number Canvas' own?
    file: str = ""
    text: str | None = None
    problem: str = ""
    disk: Path | None = None  # where the file lies, unless it is in a zip file


def gather(source, project, skip=()):
    """The submissions in a folder or zip file, sorted by student. Paths in `skip` are none."""
    source = Path(source)
    if (source / "starter").is_dir() and any((source / name).is_dir() for name in ("projects", "graders")):
        raise NoClass(f"{run.shown(source)} is one checkout; name the folder that holds them, "
                      f"or use `python -m autograder grade {project.number} --submission {run.shown(source)}`.")
    try:
        results = {book.parent.resolve() for book in source.glob("*/gradebook.csv") if (book.parent / "records/seed").is_file()}  # of an earlier grading
        files = list(on_disk(source, {*skip, *results}) if source.is_dir() else in_zip(source.read_bytes()))
    except FileNotFoundError:
        raise NoClass(f"{run.shown(source)} does not exist; SUBMISSIONS= names the folder or zip file with the submissions.") from None
    except (OSError, Unusable) as e:
        raise NoClass(f"{run.shown(source)} {e if isinstance(e, Unusable) else 'cannot be read'}; name a folder of submissions, or one zip file of them.") from None
    base, owners = _gradescope(files)
    groups = {}
    for file in files:
        if base in (PurePosixPath(), *file.path.parents) and file.path.name != METADATA and file.path != base:
            top, *below = file.path.relative_to(base).parts
            student, number, canvas, name = owners.get(top) or _who(top, project.slug, bool(below) or stat.S_ISDIR(file.mode))
            groups.setdefault((student, number, canvas), []).append((PurePosixPath(*below) if below else PurePosixPath(name or top), file))
    if not groups:
        raise NoClass(f"{run.shown(source)} holds no submission.")
    entries = [_entry(*who, members, project.slug) for who, members in groups.items()]
    return _distinct(sorted(entries, key=lambda e: (e.student.casefold(), e.number)))


def on_disk(top, skip=()):
    """What lies below a folder; links are not followed."""
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(f for f in folders if _counts(f) and Path(folder, f).resolve() not in skip)
        for name in [*folders, *sorted(filter(_counts, files))]:
            path = Path(folder, name)
            try:
                mode, size = path.lstat().st_mode, path.lstat().st_size
            except OSError:  # a path may be too long for the system; whoever reads it says so
                mode, size = stat.S_IFREG, 0
            yield File(PurePosixPath(path.relative_to(top).as_posix()), mode, size, lambda n, path=path: _read(path, n), path)


def in_zip(data):
    """What a zip file holds; Unusable where it cannot be trusted."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError):
        raise Unusable("is no zip file that can be opened") from None
    if len(archive.infolist()) > MOST_FILES:
        raise Unusable(f"holds more than {MOST_FILES:,} files")
    found = []
    for info in archive.infolist():
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or re.match("[A-Za-z]:", info.filename):
            raise Unusable(f"holds a path that leads out of it ({show.one_line(info.filename, 60)})")
        mode = stat.S_IFDIR if info.filename.endswith("/") else info.external_attr >> 16 if stat.S_ISLNK(info.external_attr >> 16) else stat.S_IFREG
        if path.parts and all(map(_counts, path.parts)):
            found.append(File(path, mode, info.file_size, lambda n, info=info: _member(archive, info, n)))
    return found


def _counts(name):
    return not name.startswith(".") and name not in SKIPPED


def _read(path, n):
    try:
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as f:
            return f.read(n)
    except OSError as e:
        raise Unusable(f"cannot be read: {e.strerror}") from None


def _member(archive, info, n):
    """The first n bytes of a file in a zip file, whatever size it claims to have."""
    if info.flag_bits & 1:
        raise Unusable("is encrypted")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # the others do not stop at n bytes
        raise Unusable("is compressed in an unusual way; make the zip file again")
    try:
        with archive.open(info) as f:
            return f.read(n)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise Unusable("is damaged in its zip file") from None


def _gradescope(files):
    """The folder of Gradescope's list of owners, and {folder of a submission: what _who says of others}.

    The list lies beside the folders that it names, at the top or in the one folder that is there: whatever else has its name is a student's.
    """
    tops = {file.path.parts[0] for file in files}
    for base in [PurePosixPath(), *([PurePosixPath(*tops)] if len(tops) == 1 else [])]:
        if page := next((f for f in files if f.path == base / METADATA and stat.S_ISREG(f.mode)), None):
            folders = {f.path.name for f in files if stat.S_ISDIR(f.mode) and f.path.parent == base} | {
                f.path.relative_to(base).parts[0] for f in files if base in f.path.parents and len(f.path.relative_to(base).parts) > 1}
            owners = _owners(page)
            return base, owners if owners.keys() <= folders else {}
    return PurePosixPath(), {}


def _owners(page):
    """What the list says; nothing where it is no such list."""
    import yaml  # comes with dask
    text = lambda value: str(value) if isinstance(value, (str, int)) else ""
    owners = {}
    try:
        data = _content(page, METADATA)
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(data)):  # a few lines of them stand for gigabytes
            return {}
        for folder, about in yaml.safe_load(data).items():
            by = about[":submitters"]
            owners[text(folder)] = " and ".join(text(s.get(":email")) or text(s[":name"]) for s in by), text(by[0].get(":sid")), False, ""
    except (Unusable, yaml.YAMLError, AttributeError, KeyError, TypeError, IndexError, ValueError, RecursionError):
        return {}
    return owners


def _who(top, slug, is_folder):
    """(student, number, whether that is Canvas' own, name of the file) from the name of what lies at the top."""
    for pattern in NAMES:
        if match := pattern.fullmatch(top):
            found = match.groupdict()
            number = found.get("canvas") or found.get("number", "")
            return found["student"], number, "canvas" in found, "" if is_folder else found["file"]
    stem = top if is_folder else PurePosixPath(top).stem
    return re.sub(rf"[-_. ]*{slug.replace('_', '[-_ ]')}[-_. ]*", "", stem) or stem, "", False, ""  # as GitHub names a student's repository, too


def _entry(student, number, canvas, members, slug):
    entry = Entry(student, number, canvas)
    try:
        entry.file, entry.text, entry.disk = _chosen(list(_opened(members)), slug)
    except Unusable as e:
        entry.problem = f"{e}."
    except Exception as e:  # whatever one hands in, the others are graded
        entry.problem = f"It cannot be read ({type(e).__name__})."
    return entry


def _opened(members):
    """(path, file) of a submission's files; where there is no code beside them, zip files stand for what they hold."""
    zipped = [(path, file) for path, file in members if path.suffix.lower() == ".zip" and stat.S_ISREG(file.mode)]
    if not zipped or any(path.suffix.lower() in CODE for path, _ in members):
        yield from members
        return
    for path, file in zipped[:MOST_CANDIDATES]:
        with _about(path):
            yield from ((path / inner.path, inner) for inner in in_zip(_content(file, ".zip")))


def _chosen(files, slug):
    """(name, text, place on disk) of the one file that is meant; Unusable where there is none, or more than one."""
    code = [(path, file) for path, file in files if path.suffix.lower() in CODE and not stat.S_ISDIR(file.mode)]
    named = [(p, f) for p, f in code if re.fullmatch(rf"{slug}([-_ ]?\(?\d+\)?)?", p.stem, re.I)]  # a browser's or Canvas' second copy has a number
    repository = any({"graders", "autograder"} & {*path.parts[:-1]} for path, _ in files)
    meant = [(p, f) for p, f in named if p.parent.name == "starter"] or named or ([] if repository else code)  # a whole repository has others of that name
    if not meant:
        links = [path for path, file in files if stat.S_ISLNK(file.mode)]
        others = [show.one_line(path, 40) for path, file in files if not stat.S_ISDIR(file.mode)][:3]
        raise Unusable(f"{show.one_line(links[0], 100)} is a symbolic link, which is not followed" if links else
                       f"There is no starter/{slug}.py in this repository" if repository else
                       f"There is no {slug}.py and no {slug}.ipynb" + (f" (but {', '.join(others)})" if others else ": it is empty"))
    texts = {}
    for path, file in meant[:MOST_CANDIDATES]:
        with _about(path):
            text = _text(_content(file, path.suffix.lower()))
            texts.setdefault(_slim(text) if path.suffix.lower() == ".ipynb" else text, (path, file))  # copies of one text are one
    if len(texts) == len(meant) == 2 and len({path.with_suffix("") for path, _ in meant}) == 1:  # module and notebook: the one with fewer stubs
        texts = dict([min(sorted(texts.items(), key=lambda t: t[1][0].suffix, reverse=True), key=lambda t: t[0].count("NotImplementedError"))])
    if len(texts) > 1 or len(meant) > MOST_CANDIDATES:
        raise Unusable(f"Several files could be meant ({', '.join(show.one_line(p, 60) for p, _ in meant[:4])}); leave one named {slug}.py")
    ((text, (path, file)),) = texts.items()
    return str(path), text, file.disk


class _about:
    """Begins what is Unusable with the name of the file."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        pass

    def __exit__(self, kind, error, tb):
        if kind is Unusable:
            raise Unusable(f"{show.one_line(self.path, 100)} {error}") from None


def _content(file, suffix):
    if stat.S_ISLNK(file.mode):
        raise Unusable("is a symbolic link, which is not followed")
    if not stat.S_ISREG(file.mode):
        raise Unusable("is no file")
    if file.size > MOST[suffix] or len(data := file.read(MOST[suffix] + 1)) > MOST[suffix]:
        raise Unusable(f"has more than {MOST[suffix] >> 20} MB")
    return data


def _text(data):
    try:
        return io.TextIOWrapper(io.BytesIO(data), "utf-8-sig").read()
    except UnicodeDecodeError as e:
        raise Unusable(f"is not UTF-8 text (byte {e.start}); save it as UTF-8") from None


def _slim(text):
    """A notebook without its prose and pictures, so that a class of them fits into memory; its cells keep their numbers."""
    try:
        cells = [{"cell_type": c["cell_type"], "source": c["source"] if c["cell_type"] == "code" else ""} for c in json.loads(text)["cells"]]
        return json.dumps({"nbformat": 4, "cells": cells})
    except (ValueError, TypeError, KeyError, RecursionError):  # no notebook: the grading says so
        return text


def _distinct(entries):
    """Printable names, no two alike."""
    taken = set()
    for entry in entries:
        student = unicodedata.normalize("NFC", entry.student)  # macOS writes an umlaut as two characters
        name = show.one_line(student, 80)
        numbered = [f"{show.one_line(student, 60)} ({show.one_line(entry.number, 15)})"] if entry.number else []
        entry.student = next(n for n in itertools.chain([name, *numbered], (f"{name} ({k})" for k in itertools.count(2))) if n.casefold() not in taken)
        entry.number, entry.file = show.one_line(entry.number, 40), show.one_line(entry.file[-200:], 200)  # its end says what kind it is
        taken.add(entry.student.casefold())
    return entries
