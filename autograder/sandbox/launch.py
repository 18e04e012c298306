"""Getting a worker: forked from a warm zygote (Linux, milliseconds) or a fresh interpreter (anywhere, tenths of a second).

The zygote is a fresh interpreter, not a fork of the grader: no expected value was ever in its memory.
"""
import contextlib
import functools
import gc
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from autograder.sandbox import jail

ROOT = str(Path(__file__).resolve().parents[2])
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")}


def _python(code, **popen):
    """A fresh interpreter with no secrets in its environment, ignorant of the current folder and the user's settings."""
    kept = {k: os.environ[k] for k in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if k in os.environ}
    env = {**kept, **ONE_THREAD, "MPLBACKEND": "Agg", "PYTHONBREAKPOINT": "0"}
    boot = f"import sys; sys.path.insert(0, {ROOT!r}); from autograder.sandbox import launch; {code}"
    return subprocess.Popen([sys.executable, "-s", "-P", "-c", boot], env=env, **popen)


class Zygote:
    """The trusted side's grip on the process that forks workers."""

    def __init__(self):
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.asked = 0
        quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        self.process = _python(f"launch.hatch({theirs.fileno()})", pass_fds=[theirs.fileno()], **quiet)
        theirs.close()

    def start(self, *files):
        return self._ask([], [f.fileno() for f in files])

    def end(self, pid, patience, ask):
        return self._ask([pid, patience, ask])

    def _ask(self, message, files=()):
        """Questions have numbers: an alarm may cut one short, and its late answer is not the answer to the next."""
        self.asked += 1
        try:
            socket.send_fds(self.control, [json.dumps([self.asked, *message]).encode()], files)
            while answer := self.control.recv(100):
                number, result = json.loads(answer)
                if number == self.asked:
                    return result
            raise OSError("the process that starts workers has ended")
        except OSError:
            zygote.cache_clear()  # the next worker comes from a new one
            raise


@functools.cache
def zygote():
    """The zygote of this process: started once, gone with it because its socket closes."""
    return Zygote()


def warm():
    """Start the zygote now, so that it imports numpy while this process imports pytest."""
    if jail.LINUX:
        zygote()


def hatch(control):
    """The zygote's life: import, then fork a worker for each request, and clean up after each."""
    import numpy.linalg, numpy.random  # noqa: E401

    from autograder.sandbox import worker
    sys.path.remove(ROOT)
    jail.readable()  # found out once, not in every worker
    gc.collect(), gc.freeze()
    jail.adopt_orphans()
    control = socket.socket(fileno=control)
    workers = set()
    while True:
        message, files, *_ = socket.recv_fds(control, 1 << 12, 3)
        if not message:
            return
        number, *message = json.loads(message)
        if files:
            answer = os.fork()
            if answer == 0:
                control.close()
                worker.begin(socket.socket(fileno=files[0]), *files[1:])
            workers.add(answer)
            for f in files:
                os.close(f)
        else:
            answer = _end(*message)
            workers.discard(message[0])
            _end_strays(workers)
        control.send(json.dumps([number, answer]).encode())


def _end(pid, patience, ask):
    """Wait `patience` seconds for a worker to end, then kill its process group; its exit code, negative for a signal."""
    limit = time.monotonic() + patience
    if ask:
        os.kill(pid, signal.SIGUSR1)
    while not (done := os.waitpid(pid, os.WNOHANG))[0] and time.monotonic() < limit:
        time.sleep(0.001)
    for kill in (os.killpg, os.kill):  # the group may not exist yet
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
            break
    return os.waitstatus_to_exitcode(done[1] if done[0] else os.waitpid(pid, 0)[1])


def _end_strays(workers):
    """End what workers have left behind, where there is no seccomp: their orphans have become our children."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    while strays := set(map(int, children.read_text().split() if children.exists() else ())) - workers:
        for stray in strays:
            os.kill(stray, signal.SIGKILL), os.waitpid(stray, 0)


class Forked:
    def __init__(self, out, trace):
        self.socket, theirs = socket.socketpair()
        self.zygote = zygote()
        with theirs:
            self.pid = self.zygote.start(theirs, out, trace)

    def end(self, patience, ask):
        return self.zygote.end(self.pid, patience, ask)


class Spawned:
    """A fresh interpreter that calls back over the loopback interface and proves by a token that it is ours."""

    def __init__(self, out, trace):
        token = secrets.token_bytes(16)
        with socket.create_server(("127.0.0.1", 0)) as server:
            session = {} if os.name == "nt" else {"start_new_session": True}
            self.process = _python(f"launch.call_back({server.getsockname()[1]})", stdin=subprocess.PIPE, stdout=out, stderr=trace, **session)
            self.process.stdin.write(token)
            self.process.stdin.close()
            server.settimeout(30)
            while True:
                self.socket, _ = server.accept()
                self.socket.settimeout(5)
                with contextlib.suppress(OSError):
                    if secrets.compare_digest(self.socket.recv(16, socket.MSG_WAITALL), token):
                        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                        break
                self.socket.close()

    def end(self, patience, ask):
        if ask and hasattr(signal, "SIGUSR1"):
            self.process.send_signal(signal.SIGUSR1)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL) if os.name == "posix" else self.process.kill()
        return self.process.wait()


def call_back(port):
    """The fresh interpreter's life."""
    from autograder.sandbox import worker
    sys.path.remove(ROOT)
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(sys.stdin.buffer.read(16))
    worker.begin(sock, 1, os.dup(2))
