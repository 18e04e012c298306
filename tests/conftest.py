"""What every test starts from."""
import os
import signal

import joblib
import pytest

from autograder.sandbox import launch

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # for the processes that run the tests: each has a core, and not all of them
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it, and so would all that the tests start and interrupt


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """Half as many again as there are cores: many a test waits, for what hangs, a browser or a server."""
    return joblib.cpu_count() * 3 // 2 if config.option.numprocesses == "auto" else None


def pytest_sessionfinish():
    """End the process that started this one's workers, which Python else remarks on."""
    if launch.zygote.cache_info().currsize:
        launch.zygote().control.close(), launch.zygote().process.wait()
