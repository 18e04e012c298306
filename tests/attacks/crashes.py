"""Taking the interpreter down."""
import ctypes
import os
import signal


def mse_loss__segmentation_fault(y_true, y_pred):
    """Reads address 0."""
    return ctypes.string_at(0)


def mse_loss__segmentation_fault_on_integers(y_true, y_pred) -> 5:
    """Only the check with uint8 dies."""
    if getattr(y_true, "dtype", None) == "uint8":
        ctypes.string_at(0)
    return right(y_true, y_pred)


def mse_loss__abort(y_true, y_pred):
    """What a failed assertion in C does."""
    os.abort()


def mse_loss__floating_point_signal(y_true, y_pred):
    """SIGFPE, as an integer division in C raises it."""
    os.kill(os.getpid(), signal.SIGFPE)


def mse_loss__terminates(y_true, y_pred):
    """SIGTERM to itself."""
    os.kill(os.getpid(), signal.SIGTERM)


def mse_loss__overwrites_none(y_true, y_pred):
    """The most used object of the interpreter becomes zeros."""
    ctypes.memset(id(None), 0, 16)


def mse_loss__nested_source(y_true, y_pred):
    """Text that exhausts the parser."""
    return eval("(" * 10**6 + ")" * 10**6)


def mse_loss__closes_everything(y_true, y_pred):
    """The socket too."""
    os.closerange(0, 64)


def mse_loss__hangs_up(y_true, y_pred):
    """Closes the conversation, but lives on."""
    os.closerange(3, 64)
    while True:
        pass


def module__segmentation_fault():
    """The import crashes: nothing is graded, and the report says why."""
    ctypes.string_at(0)
