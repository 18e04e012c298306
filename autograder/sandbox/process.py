"""One worker seen from the trusted side: a socket, a private folder, and files that collect what it says."""
import contextlib
import os
import shutil
import subprocess
import tempfile

from autograder.sandbox import jail, launch, wire


class Worker:
    """One process that runs the learner's code, seen from the trusted side; raises TimeoutError, EOFError or OSError."""

    def __init__(self, config, deadline, fork=jail.LINUX):
        jail.hide()
        self.private, self.process = tempfile.mkdtemp(prefix="autograder-"), None
        try:
            self.out, self.trace = (tempfile.TemporaryFile(buffering=0) for _ in range(2))
            self.process = (launch.Forked if fork else launch.Spawned)(self.out, self.trace)
            self.socket = self.process.socket
            wire.send(self.socket, wire.dumps({**config, "private": self.private}), deadline)
            self.layers = wire.decode(wire.receive(self.socket, deadline))
        except BaseException:
            self.stop()
            raise

    def stop(self, patience=0.0, ask=False):
        """End the worker; a dying one may take `patience` seconds. `ask`: first have it write down where it is."""
        try:
            if self.process:
                self.socket.close()
                process, self.process = self.process, None
                return process.end(patience, ask)
        except OSError:  # who should have ended it is gone, and with it all its children
            pass
        finally:
            try:
                _remove(self.private)
            except BaseException:  # an alarm, which rings once
                _remove(self.private)
                raise
        return None

    def close(self):
        """End it and forget what it said."""
        self.stop()
        self.out.close(), self.trace.close()

    def printed(self, since=0, limit=4000):
        """What the learner's code printed after byte `since`: the first and the last half of `limit` characters."""
        size = self.out_size()
        if size - since <= limit:
            return _read(self.out, limit, since)
        return f"{_read(self.out, limit // 2, since)}\n... ({size - since:,} bytes printed) ...\n{_read(self.out, limit // 2, size - limit // 2)}"

    def out_size(self):
        return os.fstat(self.out.fileno()).st_size

    def traced(self):
        """The interpreter's own note of where it was when it hung or crashed."""
        return _read(self.trace, 20_000, 0)


def _read(file, count, start):
    """Part of a file whose position the (idle) worker shares: put back at the end for its next words."""
    try:
        file.seek(start)
        data = file.read(count)
        file.seek(0, os.SEEK_END)
    except OSError:  # its flags are shared too: without seccomp the worker can make the file unreadable
        return ""
    return data.decode("utf-8", "replace")


def _remove(folder):
    """Delete a folder, even one with a thousand others in each other, or without rights."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    for command in (["rm", "-rf"], ["chmod", "-R", "u+rwx"], ["rm", "-rf"]) if os.name == "posix" else ():
        if os.path.exists(folder):
            subprocess.run([*command, folder], stderr=subprocess.DEVNULL)
