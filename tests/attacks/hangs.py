"""Never coming back, in Python and in C, with and without signals."""
import os
import re
import signal
import threading
import time


def mse_loss__loops(y_true, y_pred):
    """An endless loop."""
    while True:
        pass


def mse_loss__loops_on_integers(y_true, y_pred) -> 5:
    """Only the check with uint8 waits for ever."""
    while getattr(y_true, "dtype", None) == "uint8":
        pass
    return right(y_true, y_pred)


def mse_loss__hangs_in_c(y_true, y_pred):
    """One bytecode that takes hours: no Python signal handler runs meanwhile."""
    return 3 ** 10**9 % 7


def mse_loss__blocks_signals(y_true, y_pred):
    """Only SIGKILL gets through."""
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    time.sleep(1e6)


def mse_loss__swallows_everything(y_true, y_pred):
    """Catches whatever is thrown into it."""
    while True:
        try:
            time.sleep(1e6)
        except BaseException:
            pass


def mse_loss__regular_expression(y_true, y_pred):
    """Exponential backtracking."""
    return re.match("(a+)+b", "a" * 60)


def mse_loss__large_algebra(y_true, y_pred):
    """Minutes inside LAPACK."""
    return np.linalg.svd(np.ones((4000, 4000)))


def mse_loss__deadlock(y_true, y_pred):
    """Waits for itself."""
    lock = threading.Lock()
    with lock, lock:
        return 0.0


def mse_loss__stops_itself(y_true, y_pred):
    """A stopped process neither answers nor ends."""
    os.kill(os.getpid(), signal.SIGSTOP)


def mse_loss__text_of_an_exception(y_true, y_pred):
    """The hang is in __str__, after the call has failed."""
    raise type("Slow", (Exception,), {"__str__": lambda self: time.sleep(1e6)})


def module__loops():
    """An endless import costs one time limit, not one per check."""
    while True:
        pass
