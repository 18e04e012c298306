"""Changing what decides a grade. None of these destroys anything where it succeeds: it prints BREACH."""
import os
import tempfile
from pathlib import Path

import autograder

ROOT = Path(autograder.__file__).parents[1]
PAGE, OURS = ROOT / "graders/test_linear_regression.py", ROOT / "solutions/linear_regression.py"


def _breach(do, *args, **kwargs):
    """Report it if this is possible."""
    try:
        do(*args, **kwargs)
    except OSError:
        return
    print("BREACH", do, args)


def mse_loss__opens_for_writing(y_true, y_pred):
    """The page of checks, our solution, the learner's own file, the engine, the repository."""
    for path in (PAGE, OURS, ROOT / "starter/linear_regression.py", ROOT / "autograder/checks.py", ROOT / ".git/config", "/tmp/x", "/etc/hosts"):
        _breach(open, path, "ab")
    return 0.0


def mse_loss__truncates(y_true, y_pred):
    """To the length that it has."""
    _breach(os.truncate, PAGE, PAGE.stat().st_size)
    return 0.0


def mse_loss__renames(y_true, y_pred):
    """To the name that it has, and into its own folder."""
    _breach(os.rename, ROOT / "no such file", ROOT / "graders/conftest.py")
    _breach(os.link, PAGE, "page.py")
    _breach(os.rename, PAGE, PAGE.with_suffix(".py "))
    return 0.0


def mse_loss__removes(y_true, y_pred):
    """A folder that is not empty cannot be removed anyhow: what matters is the reason."""
    try:
        os.rmdir(ROOT / "graders")
    except OSError as e:
        if e.errno != 13:
            print("BREACH", e)
    return 0.0


def mse_loss__plants_startup_code(y_true, y_pred):
    """Where the next interpreter would run it."""
    import numpy
    for folder in (ROOT, ROOT / "graders", ROOT / "starter", ROOT / ".git/hooks", Path(numpy.__file__).parents[1], Path("/tmp"), Path("/dev/shm")):
        _breach(os.mkdir, folder / "sitecustomize")
    return 0.0


def mse_loss__changes_modes_and_times(y_true, y_pred):
    """Landlock leaves these open; seccomp does not."""
    page = PAGE.stat()
    _breach(os.chmod, PAGE, page.st_mode)
    _breach(os.chown, PAGE, page.st_uid, page.st_gid)
    _breach(os.utime, PAGE, ns=(page.st_atime_ns, page.st_mtime_ns))
    _breach(os.setxattr, PAGE, "user.grade", b"6")
    return 0.0


def mse_loss__changes_attributes_of_the_library(y_true, y_pred):
    """The interpreter's files may be read, and a descriptor for reading is all that these need."""
    import ctypes
    import fcntl
    libc = ctypes.CDLL(None, use_errno=True)
    with open(os.__file__) as f:
        _breach(fcntl.ioctl, f, 0x80086601, bytes(8))  # FS_IOC_GETFLAGS; SETFLAGS is its neighbour
        for number, arguments in {199: (f.fileno(), b"user.grade"), 261: (-100, os.__file__.encode(), None)}.items():
            if libc.syscall(number, *arguments) == 0 or ctypes.get_errno() != 1:  # fremovexattr, futimesat on x86_64
                print("BREACH", number, ctypes.get_errno())
    return 0.0


def mse_loss__links_out_of_its_folder(y_true, y_pred):
    """The folder is deleted afterwards, what the links lead to is not."""
    os.symlink(ROOT, "checkout")
    os.symlink(PAGE, "page")
    _breach(open, "page")
    _breach(os.listdir, "checkout/graders")
    return 0.0


def mse_loss__makes_its_folder_stubborn(y_true, y_pred):
    """A folder without rights is deleted like any other."""
    os.makedirs("a/b/c")
    try:
        os.chmod("a/b", 0)
    except OSError:
        pass
    os.mkfifo("a/pipe")
    return 0.0


def mse_loss__leaves_its_folder(y_true, y_pred):
    """Other temporary folders, and those of other workers."""
    for folder in ("/tmp", "..", "/var/tmp", "/dev/shm"):
        _breach(tempfile.mkdtemp, dir=folder)
    return 0.0


def mse_loss__removes_its_folder(y_true, y_pred):
    """Then it has none."""
    os.rmdir(os.getcwd())
    return 0.0


def mse_loss__enters_namespaces_and_mounts(y_true, y_pred):
    """chroot, unshare, mount: even with the name of root."""
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    for call in (lambda: libc.unshare(0x10000000), lambda: libc.chroot(b"."), lambda: libc.mount(b"none", b".", b"tmpfs", 0, None)):
        if call() == 0 or ctypes.get_errno() != 1:
            print("BREACH", ctypes.get_errno())
    return 0.0


def module__deletes_its_source():
    """The file that is graded is not here: there is only its text."""
    _breach(os.unlink, __file__)
    _breach(os.unlink, ROOT / "starter/no such file")
