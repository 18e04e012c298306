"""What one check leaves behind for the next: the worker of a task serves all its checks while nothing goes wrong."""
import builtins
import random
import sys

_calls = []


def mse_loss__tires(y_true, y_pred) -> 6:
    """Right for the first six calls of a process only: a check that fails in a used worker gets a fresh one."""
    _calls.append(1)
    return right(y_true, y_pred) if len(_calls) <= 6 else 0.0


def mse_loss__poisons_numpy_later(y_true, y_pred) -> 6:
    """The first check leaves a broken numpy to the second; that one is run again in a fresh worker."""
    value = right(y_true, y_pred)
    _calls.append(1)
    if len(_calls) == 6:
        np.asarray = np.mean = None
    return value


def mse_loss__dies_between_checks(y_true, y_pred) -> 6:
    """Ends the process after a good answer: the next check starts another."""
    import os
    import threading
    _calls.append(1)
    if len(_calls) == 6:
        threading.Timer(0.002, os._exit, [0]).start()
    return right(y_true, y_pred)


def mse_loss__remembers_its_inputs(y_true, y_pred):
    """Earlier inputs and answers are no help."""
    _calls.append((y_true, y_pred))
    return float(len(_calls))


def mse_loss__spoils_its_arguments(y_true, y_pred):
    """They are copies: the check's own arrays stay as they are."""
    for a in (y_true, y_pred):
        a[:] = [0.0] * len(a)
    return 0.0


def mse_loss__spoils_the_rest(y_true, y_pred):
    """Random state, import system and built-ins of this process: no other task feels it."""
    random.seed = builtins.len = builtins.__import__ = None
    sys.path.clear(), sys.modules.clear(), sys.meta_path.clear()
    return 0.0


def mse_loss__replaces_the_other_tasks(y_true, y_pred):
    """In this worker; the other tasks have their own."""
    globals().update(dict.fromkeys(["derivative", "gradient", "predict", "r_squared"], lambda *_: 0.0))
    return 0.0


def mse_loss__freezes_the_clock(y_true, y_pred):
    """The time limit is kept elsewhere."""
    import time
    time.monotonic = time.time = time.perf_counter = lambda: 0.0
    while time.time() < 1:
        pass
