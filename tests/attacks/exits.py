"""Leaving: every way to end the process, or to look as if grading were over."""
import atexit
import os
import signal
import sys


def mse_loss__ends_the_process(y_true, y_pred):
    """os._exit runs no handler and no `finally`."""
    os._exit(0)


def mse_loss__ends_the_process_on_integers(y_true, y_pred) -> 5:
    """Only one check passes uint8: it alone is lost, the worker of the next one is new."""
    if getattr(y_true, "dtype", None) == "uint8":
        os._exit(0)
    return right(y_true, y_pred)


def mse_loss__sys_exit(y_true, y_pred):
    """SystemExit with a success code."""
    sys.exit(0)


def mse_loss__keyboard_interrupt(y_true, y_pred):
    """Looks like Ctrl-C, on which pytest stops."""
    raise KeyboardInterrupt


def mse_loss__own_base_exception(y_true, y_pred):
    """No `except Exception` catches it."""
    raise type("Stop", (BaseException,), {})("enough")


def mse_loss__generator_exit(y_true, y_pred):
    """A BaseException that Python itself swallows in places."""
    raise GeneratorExit


def mse_loss__exception_that_cannot_be_shown(y_true, y_pred):
    """Its text ends the process."""
    raise type("Loud", (Exception,), {"__str__": lambda self: os._exit(0)})


def mse_loss__exception_with_a_hostile_type(y_true, y_pred):
    """The name and the ancestors of its type cannot be read."""
    class Meta(type):
        __mro__ = property(lambda cls: 1 / 0)
        __name__ = property(lambda cls: 1 / 0)

    raise Meta("Odd", (Exception,), {})


def mse_loss__pytest_exit(y_true, y_pred):
    """pytest.exit ends the whole session."""
    import pytest
    pytest.exit("all done", returncode=0)


def mse_loss__pytest_skip(y_true, y_pred):
    """A skipped check must not count as a passed one."""
    import pytest
    pytest.skip("not today")


def mse_loss__last_words(y_true, y_pred):
    """A handler that speaks on the socket when the interpreter ends."""
    atexit.register(lambda: os.write(3, b'\x01\0\0\0\x0f\0\0\0\0\0\0\0["ok", 3.0, {}]'))
    sys.exit()


def mse_loss__kills_itself(y_true, y_pred):
    """A worker may signal itself, and itself only."""
    os.kill(os.getpid(), signal.SIGKILL)


def module__ends_the_process():
    """The import never returns: nothing can be graded, and that is what the report says."""
    os._exit(0)


def module__sys_exit():
    """What a script does at its end."""
    sys.exit(0)


def module__raises():
    """An error at top level."""
    raise RuntimeError("half written")
