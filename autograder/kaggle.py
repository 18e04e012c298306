"""The second source of the same data: Kaggle, by its official client, and the screen of `make datasets`.

The client waits for ever, believes what it receives, trusts its own leftovers and leaves the interpreter when it
likes. So it runs as a child process with a deadline, in a folder of its own, and nothing that it says is printed.
Only a file that proves to hold the catalogue's values is moved into the cache.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from autograder.catalogue import DATASETS, DataError, Dataset, catalogue, chosen, fault, folded, parse, prove, read

CLIENT = [sys.executable, "-P", "-m", "kaggle", "datasets", "download"]   # -P: no file of the learner's shadows it
LARGEST = 64 * 2**20   # bytes; ten times our largest set, and no danger to memory

# The last line of the client's complaint, what it means, and whether the next set would end the same way.
MEANINGS = [
    (r"max retries|connection|resolve|proxy|timed out|incompleteread", "Kaggle cannot be reached", True),
    (r"^$|\b401 Client Error|unauthenticated|unauthorized|credentials", "Kaggle refused the credentials "
     "(renew or remove them: kaggle.com/settings/api)", True),
    (r"\b403 Client Error|forbidden|denied|permission", "Kaggle forbids it (open kaggle.com/datasets/{slug} once)",
     False),
    (r"\b404 Client Error|not found", "Kaggle has no {file} in {slug}", False),
    (r"\b429 Client Error|too many requests|rate limit", "Kaggle is rate limiting (try later)", True),
    (r"\b5\d\d Server Error|internal error", "Kaggle has trouble of its own (try later)", True),
    (r"no module named", "the kaggle client is not installed (pip install kaggle six)", True),
    (r"expecting value|JSONDecodeError", "a web page answered in Kaggle's place (a network that wants a login?)", True),
    (r"does not match expected size", "the download was cut short", False),
]


class NotFetched(Exception):
    """Why there is no copy from Kaggle; `final`: asking for the next set would end the same way."""

    def __init__(self, reason: str, final: bool = False):
        super().__init__(reason)
        self.final = final


def datasets_command(source: str | None = None, out=print, deadline: float = 120.0, folder: Path = DATASETS) -> int:
    """Verify the snapshots and, for kaggle, fetch within `deadline` seconds: a line per set, a sentence per problem.

    Returns 0, or 1 if a snapshot is damaged or a copy could not be fetched.
    """
    try:
        datasets, source = catalogue(folder).values(), chosen(source)
    except DataError as error:
        out(str(error))
        return 1
    end, asking, problems = time.monotonic() + deadline, True, []
    line = "{:<18}  {:>10}  {:<20}  {}".format
    out(line("data set", "size", "licence", "state"))
    for dataset in datasets:
        state = "snapshot verified"
        if damage := fault(dataset):
            state = "snapshot DAMAGED"
            problems.append(damage)
        elif source == "kaggle":
            try:
                state = obtain(dataset, end - time.monotonic() if asking else None) or state
            except NotFetched as reason:
                asking = not reason.final
                problems.append(f"{reason}: using the embedded snapshots." if reason.final else
                                f"{dataset.name}: {reason}: using the embedded snapshot.")
        out(line(dataset.name, f"{dataset.rows} x {dataset.columns}", dataset.licence, state))
    for problem in problems:
        out(problem)
    return 1 if problems else 0


def obtain(dataset: Dataset, seconds: float | None) -> str:
    """Make sure of a proved copy in the cache and say how; "" if there is none. None seconds: do not ask Kaggle."""
    if not dataset.kaggle:
        return "snapshot, not on Kaggle"
    with suppress(OSError, DataError):
        prove(dataset, dataset.cached.read_bytes())
        return "Kaggle, cached"
    if seconds is None:
        return ""
    fetch(dataset, seconds)
    return "Kaggle, fetched"


def fetch(dataset: Dataset, seconds: float) -> None:
    """Put a proved copy of Kaggle's file into the cache, or raise NotFetched. Nothing else stays behind."""
    cache = dataset.cached.parent
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".fetch-", dir=cache, ignore_cleanup_errors=True) as box:
            _run_client(dataset, box, seconds)
            data = _contents(dataset, box)
            try:
                prove(dataset, data)
            except DataError:
                raise NotFetched(f"Kaggle's file is not ours ({_difference(dataset, data)})") from None
            proved = Path(box, "proved")
            proved.write_bytes(data)
            os.replace(proved, dataset.cached)
    except OSError as error:
        raise NotFetched(f"{cache} cannot be used ({error.strerror or error})", final=True) from None


def _run_client(dataset: Dataset, box: str, seconds: float) -> None:
    slug = f"{dataset.kaggle}/{dataset.kaggle_version}" if dataset.kaggle_version else dataset.kaggle
    with subprocess.Popen([*CLIENT, slug, "-f", dataset.kaggle_file, "-p", box, "-q"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, errors="replace",
                          start_new_session=True) as child:
        try:
            _, complaint = child.communicate(timeout=max(seconds, 0))
        except subprocess.TimeoutExpired:
            raise NotFetched("Kaggle did not deliver before the deadline", final=True) from None
        finally:
            if child.poll() is None:   # also after Ctrl-C, which does not reach a session of its own
                _kill(child)
    if child.returncode:
        raise _meaning(dataset, complaint)


def _kill(child: subprocess.Popen) -> None:
    with suppress(ProcessLookupError):
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _meaning(dataset: Dataset, complaint: str) -> NotFetched:
    last = (complaint.strip().splitlines() or [""])[-1]
    for pattern, sentence, final in MEANINGS:
        if re.search(pattern, last, re.IGNORECASE):
            return NotFetched(sentence.format(slug=dataset.kaggle, file=dataset.kaggle_file), final)
    return NotFetched(f"the kaggle client failed ({_shown(last)})")


def _contents(dataset: Dataset, box: str) -> bytes:
    """The CSV that the client left in its folder, bare or the only such member of a zip, under whatever name."""
    files = [path for path in Path(box).iterdir() if path.is_file()]
    if len(files) != 1 or files[0].stat().st_size > LARGEST:
        raise NotFetched("the kaggle client left no usable file")
    data = files[0].read_bytes()
    if data.lstrip()[:1] == b"<":
        raise NotFetched("a web page came in the place of the data (a network that wants a login?)", final=True)
    if data[:2] != b"PK":
        return data
    try:
        with zipfile.ZipFile(files[0]) as archive:   # read() checks the CRC; nothing is unpacked to disk
            member, = (m for m in archive.infolist() if PurePosixPath(m.filename).name == dataset.kaggle_file)
            if member.file_size > LARGEST:
                raise ValueError
            return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError):
        raise NotFetched(f"Kaggle's zip file is damaged, or without {dataset.kaggle_file}") from None


def _difference(dataset: Dataset, data: bytes) -> str:
    """The first place where a download and the snapshot part, for the maintainer who has to judge it."""
    try:
        ours, theirs = folded(read(dataset)), folded(parse(data))
    except DataError:
        return "no CSV file"
    return next(f"line {number}, column {column}: {_shown(got)} instead of {_shown(want)}"
                for number, rows in enumerate(zip_longest(ours, theirs, fillvalue=[]), 1)
                for column, (want, got) in enumerate(zip_longest(*rows, fillvalue="nothing"), 1) if want != got)


def _shown(text: str) -> str:
    """Text from the network, made fit for a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)[:60]
