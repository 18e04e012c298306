"""Makes .venv with the locked packages. Runs on any Python 3, before there are any packages."""
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK, STAMP = ROOT / "requirements.lock", VENV / "ready"
TESTS_LOCK, TESTS_STAMP = ROOT / "tests" / "requirements.lock", VENV / "ready-for-tests"  # a learner needs neither browser driver nor linters


def ready():
    """Is there an environment that holds the locked packages?"""
    return _fits() or not VENV.exists() and _has_locked("numpy", "pytest", "cloudpickle")


def _fits(stamp=STAMP, lock=LOCK):
    return stamp.exists() and stamp.read_text() == lock.read_text()


def _has_locked(*names):
    """Has this interpreter the very versions of the lock?"""
    try:
        return all(f"\n{name}=={importlib.metadata.version(name)} " in LOCK.read_text() for name in names)
    except importlib.metadata.PackageNotFoundError:
        return False


def inside():
    """Does this interpreter have the packages already?"""
    return Path(sys.prefix).resolve() == VENV.resolve() or not STAMP.exists()


def environment():
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def install(tests=False):
    """Make .venv, with what the tests need if asked; 0, or 2 after one sentence. Uses uv: the one that is there, or one that pip brings."""
    if tests and not TESTS_LOCK.exists():
        return _refuse("The tests are not part of a classroom template; the repository that it was made from has them.")
    uv = shutil.which("uv")
    if _fits():
        STAMP.touch()
    else:
        if sys.version_info < (3, 11) and not uv:
            return _refuse("Python 3.11 or newer is needed, this is %d.%d: install one, or uv, and type the command again." % sys.version_info[:2])
        print("Setting up .venv with the locked packages (once; about a minute) ...", file=sys.stderr, flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        if status := _run(_bare_environment(uv)) or _run([_installation(uv, LOCK)]):
            return status
        STAMP.write_text(LOCK.read_text())
    if tests and not _fits(TESTS_STAMP, TESTS_LOCK):
        print("Adding what the tests need to .venv (once) ...", file=sys.stderr, flush=True)
        if status := _run([_installation(uv, TESTS_LOCK)]):
            return status
        TESTS_STAMP.write_text(TESTS_LOCK.read_text())
    elif tests:
        TESTS_STAMP.touch()
    return 0


def _bare_environment(uv):
    if uv:
        yield [uv, "venv", "-q", "--python", sys.executable if sys.version_info >= (3, 11) else ">=3.11", str(VENV)]
        return
    yield [sys.executable, "-m", "venv", str(VENV)]  # pip is slow with the whole lock: it brings uv, whose hashes are in the lock too
    wanted = VENV / "uv.txt"
    wanted.write_text(re.search(r"^uv==(?:.*\\\n)*.*", LOCK.read_text(), re.M)[0])
    yield [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", str(wanted)]


def _installation(uv, lock):
    return [uv or str(BIN / "uv"), "pip", "install", "-q", "--python", str(PYTHON), "--require-hashes", "--compile-bytecode",
            "-r", str(lock)]  # a worker may not write what it compiled, and would compile it again each time


def _run(steps):
    for step in steps:
        try:
            done = subprocess.run(step, capture_output=True, text=True)
        except OSError as e:
            return _refuse(f"Setting up failed: {step[0]}: {e.strerror}.")
        if done.returncode:
            reason = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
            return _refuse(f"Setting up failed at `{' '.join(step[:4])} ...`: {reason[-1].strip()}\n"
                           "It needs a network, once; then type the command again.")
    return 0


def _refuse(sentence):
    print(sentence, file=sys.stderr)
    return 2
