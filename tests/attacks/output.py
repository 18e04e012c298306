"""Printing: floods, closed streams, and tricks with the files that collect what is printed."""
import fcntl
import os
import sys
import time
import warnings


def mse_loss__prints_for_ever(y_true, y_pred):
    """No pipe fills up: the output goes to a file of limited size."""
    while True:
        print("x" * 1000)


def mse_loss__floods_descriptor_1(y_true, y_pred):
    """Past sys.stdout."""
    while True:
        os.write(1, b"x" * 65536)


def mse_loss__floods_descriptor_2(y_true, y_pred):
    """The same on stderr."""
    while True:
        os.write(2, b"x" * 65536)


def mse_loss__prints_a_megabyte(y_true, y_pred) -> 6:
    """One long line does no harm: the report keeps its head and tail."""
    print("x" * 10**6)
    return right(y_true, y_pred)


def mse_loss__prints_bytes_that_are_no_text(y_true, y_pred) -> 6:
    """Not UTF-8, with zeros in between."""
    os.write(1, bytes(range(256)))
    return right(y_true, y_pred)


def mse_loss__closes_stdout(y_true, y_pred) -> 6:
    """An accident that costs nothing."""
    sys.stdout.close()
    return right(y_true, y_pred)


def mse_loss__no_stdout(y_true, y_pred) -> 6:
    """Nor does this one."""
    sys.stdout = sys.stderr = None
    return right(y_true, y_pred)


def mse_loss__stdout_that_exits(y_true, y_pred):
    """The worker flushes it after the call."""
    sys.stdout = type("Trap", (), {"flush": lambda self: os._exit(0)})()
    return 0.0


def mse_loss__empties_the_output_file(y_true, y_pred):
    """The trusted side remembers up to where it has read."""
    print("x" * 5000)
    os.ftruncate(1, 0)
    os.lseek(1, 0, os.SEEK_SET)
    return 0.0


def mse_loss__makes_the_output_file_unreadable(y_true, y_pred):
    """O_DIRECT sits on the shared file description: the trusted side's own reads would fail."""
    print("x")
    for fd in range(1, 64):
        try:
            fcntl.fcntl(fd, fcntl.F_SETFL, os.O_DIRECT)
        except OSError:
            pass
    return 0.0


def _false_trace():
    for fd in range(3, 64):
        try:
            os.lseek(fd, 0, os.SEEK_END)  # a file, not the socket
            os.write(fd, f'  File "{__file__}", line {"9" * 5000}\n'.encode())
        except OSError:
            pass
    time.sleep(1e6)


def mse_loss__false_trace(y_true, y_pred):
    """Where the interpreter notes the line of a hang, a number that no int() takes; then hangs."""
    _false_trace()


def module__false_trace():
    """The same while being imported."""
    _false_trace()


def mse_loss__warns_without_end(y_true, y_pred) -> 6:
    """Warnings are collected, not shown."""
    for i in range(1000):
        warnings.warn(f"warning {i}")
    return right(y_true, y_pred)


def mse_loss__reads_the_keyboard(y_true, y_pred):
    """There is none."""
    return float(input("loss? "))


def mse_loss__breakpoint(y_true, y_pred) -> 6:
    """A forgotten breakpoint stops nobody."""
    breakpoint()
    return right(y_true, y_pred)
