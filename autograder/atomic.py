"""Writes a file whole or not at all: whoever reads it, and whoever owns it, never meets half of it."""
import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path


def write(path, text):
    """Put `text` in the place of a file; OSError, and the file as it was, where that cannot be done."""
    path = Path(path).resolve()  # the file itself, not a link to it
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    handle, new = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush(), os.fsync(file.fileno())  # a full disk says so here
        if path.exists():
            shutil.copymode(path, new)
        else:
            os.chmod(new, 0o666 & ~_umask())
        os.replace(new, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(new)
        raise


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask
