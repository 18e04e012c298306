"""The data sets: what the catalogue promises, and the one way to read them.

    cars = load("auto_mpg")
    cars["mpg"]           # numbers: float64, a missing cell is nan
    cars["car name"]      # text: a missing cell is ""

Every read is proved first. The snapshot, the file in datasets/, must have the catalogue's SHA-256; a copy from
Kaggle must have its fingerprint: then it holds the same values, cell by cell.
"""

import csv
import difflib
import functools
import gzip
import hashlib
import io
import os
import re
import sys
import tomllib
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

DATASETS = Path(__file__).resolve().parents[1] / "datasets"
MISSING = frozenset(["", "NA", "?", "."])
SOURCES = ("embedded", "kaggle")


class DataError(Exception):
    """Data that cannot be trusted or found: one sentence for the learner."""


@dataclass(frozen=True)
class Dataset:
    """One entry of the catalogue."""

    name: str
    folder: Path
    file: str
    rows: int
    columns: int
    licence: str
    source: str
    changes: str
    sha256: str                         # of the snapshot's bytes
    fingerprint: str                    # of its cells, see fingerprint()
    kaggle: str = ""                    # owner/slug; empty: Kaggle has no such file
    kaggle_file: str = ""
    kaggle_version: int | None = None   # None: the newest

    @property
    def snapshot(self) -> Path:
        return self.folder / self.file

    @property   # where Kaggle's copy is kept
    def cached(self) -> Path:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        version = f"-v{self.kaggle_version}" if self.kaggle_version else ""
        return Path(home) / "math-for-ai-engineering" / "datasets" / f"{self.name}{version}.csv"


def catalogue(folder: Path = DATASETS) -> dict[str, Dataset]:
    """The entries of catalogue.toml by name, in its order."""
    page = folder / "catalogue.toml"
    try:
        entries = tomllib.loads(page.read_text("utf-8"))["datasets"]
        return {name: Dataset(name=name, folder=folder, **entry) for name, entry in entries.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(page, error) from None


def excerpt(names, folder: Path = DATASETS) -> bytes:
    """catalogue.toml with the entries of these names only."""
    head, *entries = re.split(r"(?m)^(?=\[datasets\.)", (folder / "catalogue.toml").read_text("utf-8"))
    kept = [e for e in entries if e[len("[datasets."):e.index("]")] in names]
    return "".join([head, *(kept or ["[datasets]"])]).rstrip("\n").encode() + b"\n"


def find(name: str, folder: Path = DATASETS) -> Dataset:
    """The entry called `name`."""
    known = catalogue(folder)
    if name in known:
        return known[name]
    near = difflib.get_close_matches(str(name), known, n=1)
    advice = f"did you mean {near[0]!r}?" if near else f"the catalogue has {', '.join(known)}."
    raise DataError(f"No data set is called {name!r}: {advice}")


def chosen(source: str | None) -> str:
    """The source to read: what the caller says, else AUTOGRADER_SOURCE, else the snapshots."""
    source = source or os.environ.get("AUTOGRADER_SOURCE") or "embedded"
    if source not in SOURCES:
        raise DataError(f"No source of data is called {source!r}: choose {' or '.join(SOURCES)}.")
    return source


def load(name: str, source: str | None = None, folder: Path = DATASETS) -> dict[str, np.ndarray]:
    """The columns of a data set by name, read-only: float64 if every present cell is a number, else text."""
    return dict(_columns(_proved(find(name, folder), chosen(source))))


def verify(names=None, folder: Path = DATASETS) -> list[str]:
    """What is wrong with the snapshots (of the given names, else all): a sentence each. It parses nothing."""
    try:
        datasets = catalogue(folder).values() if names is None else [find(name, folder) for name in names]
    except DataError as error:
        return [str(error)]
    return [problem for dataset in datasets if (problem := fault(dataset))]


def fault(dataset: Dataset) -> str:
    """What is wrong with one snapshot, "" if nothing is."""
    try:
        _snapshot(dataset)
    except DataError as error:
        return str(error)
    return ""


def read(dataset: Dataset, source: str = "embedded") -> list[list[str]]:
    """The proved cells of a data set, the header first. Every reader of data comes through here or `load`.

    A copy from Kaggle that is absent or fails its proof is never used: the snapshot is, and stderr says so.
    """
    return parse(_proved(dataset, source))


@functools.lru_cache(16)
def prove(dataset: Dataset, data: bytes) -> list[list[str]]:
    """The cells of a CSV file from elsewhere, if they are the data set's, value by value."""
    cells = parse(data)
    shaped = len(cells) == dataset.rows + 1 and {*map(len, cells)} == {dataset.columns}
    if not shaped or fingerprint(cells) != dataset.fingerprint:
        raise DataError(f"This copy of {dataset.name} does not hold the published values.")
    return cells


def parse(data: bytes) -> list[list[str]]:
    """The cells of a CSV file, row by row; blank lines hold none."""
    try:
        return [row for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) if row]
    except (UnicodeDecodeError, csv.Error):
        raise DataError("This is no CSV file.") from None


def folded(cells: list[list[str]]) -> list[list[str]]:
    """The cells in one spelling each: 3.0 for 3, 3.0 and 3e0 (repr of the float), NA for every missing cell."""
    spelling = {cell: _spelling(cell) for cell in set(chain.from_iterable(cells))}
    return [[spelling[cell] for cell in row] for row in cells]


def fingerprint(cells: list[list[str]]) -> str:
    """SHA-256 of the folded cells: U+001F between the cells, a line feed after each row, the header first."""
    return hashlib.sha256("".join("\x1f".join(row) + "\n" for row in folded(cells)).encode()).hexdigest()


def _spelling(cell: str) -> str:
    if cell in MISSING:
        return "NA"
    try:
        return repr(float(cell))
    except ValueError:
        return cell


def _proved(dataset: Dataset, source: str) -> bytes:
    if source == "kaggle" and not dataset.kaggle:
        _say(f"{dataset.name} has no copy on Kaggle: using the embedded snapshot.")
    elif source == "kaggle":
        try:
            data = dataset.cached.read_bytes()
            prove(dataset, data)
            return data
        except (OSError, DataError) as error:
            state = "not in the cache" if isinstance(error, FileNotFoundError) else "damaged in the cache"
            _say(f"Kaggle's copy of {dataset.name} is {state} (`make datasets SOURCE=kaggle` fetches it): "
                 "using the embedded snapshot.")
    data = _snapshot(dataset)
    return gzip.decompress(data) if dataset.file.endswith(".gz") else data


@functools.lru_cache(16)  # one process grades many submissions; each read is proved, and equal bytes have equal columns
def _columns(data: bytes) -> dict[str, np.ndarray]:
    header, *rows = parse(data)
    return {column: _array(cells) for column, cells in zip(header, zip(*rows))}


def _array(cells: tuple[str, ...]) -> np.ndarray:
    try:   # each distinct spelling once: columns repeat themselves, and float() is slow
        value = {cell: np.nan if cell in MISSING else float(cell) for cell in set(cells)}
        array = np.fromiter(map(value.__getitem__, cells), float, len(cells))
    except ValueError:
        array = np.array(["" if cell in MISSING else cell for cell in cells], dtype=str)
    array.flags.writeable = False
    return array


def _snapshot(dataset: Dataset) -> bytes:
    try:
        data = dataset.snapshot.read_bytes()
    except OSError as error:
        raise _damaged(dataset.snapshot, error) from None
    if hashlib.sha256(data).hexdigest() != dataset.sha256:
        raise _damaged(dataset.snapshot, "its SHA-256 is not the published one")
    return data


def _damaged(path: Path, reason) -> DataError:
    shown = f"{path.parent.name}/{path.name}"
    return DataError(f"{shown} is damaged ({getattr(reason, 'strerror', None) or reason}): "
                     f"`git checkout -- {shown}` restores it.")


@functools.cache
def _say(sentence: str) -> None:
    """Once per process on stderr, however often the data is read."""
    print(sentence, file=sys.stderr)
