"""The pytest side: the fixtures of a page of checks, and what each check earned."""
from pathlib import Path

import cloudpickle
import pytest

from autograder import manifest
from autograder.grading import Grading


class Checks:
    """Hooks and fixtures for one grading; made from the command line where a page is run by plain pytest."""

    def __init__(self, grading=None, submission=None, seed=0, tasks=None):
        self.grading, self.submission, self.seed, self.tasks = grading, submission, seed, tasks
        self.findings, self.problems = {}, []  # node id -> (task, points, seconds, title, finding); our own faults

    @pytest.fixture
    def student(self):
        """The learner's module: every attribute is a call into a process of its own."""

    @pytest.fixture
    def rng(self):
        """A numpy Generator, seeded by the run's seed and the check's name."""

    def grading_of(self, path):
        """The grading that a page of checks belongs to."""
        slug = path.stem.removeprefix("test_")
        if self.grading is None or self.grading.project.slug != slug:
            project = manifest.project(slug)
            file = Path(self.submission or project.starter)
            name = str(file.relative_to(manifest.ROOT)) if file.is_relative_to(manifest.ROOT) else str(file)
            self.pytest_unconfigure()
            self.grading = Grading(project, name, file.read_text(encoding="utf-8"), seed=self.seed)
        return self.grading

    def pytest_collection_modifyitems(self, items):
        """With `tasks`, only the checks of those."""
        if self.tasks is not None:
            items[:] = [i for i in items if (mark := i.get_closest_marker("task")) and mark.args[0] in self.tasks]

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem):
        mark = pyfuncitem.get_closest_marker("task")
        if mark is None:
            return None
        cloudpickle.register_pickle_by_value(pyfuncitem.module)  # the page's functions travel by value, never by import
        title = " ".join((pyfuncitem.function.__doc__ or pyfuncitem.name).split())
        others = {n: pyfuncitem.funcargs[n] for n in pyfuncitem._fixtureinfo.argnames}

        def run(student, rng):
            given = {"student": student, "rng": rng}
            pyfuncitem.obj(**{n: given.get(n, v) for n, v in others.items()})

        grading = self.grading_of(pyfuncitem.path)
        finding = grading.judge(pyfuncitem.name, mark.args[0], mark.kwargs.get("seconds"), run)
        self.findings[pyfuncitem.nodeid] = (mark.args[0], mark.kwargs["points"], title, finding)
        if finding.verdict != "passed":
            pytest.fail(f"{mark.args[0]} {title}: {finding.verdict}\n" + "\n".join(finding.lines), pytrace=False)
        return True

    def pytest_runtest_logreport(self, report):
        if report.failed and report.nodeid not in self.findings:
            self.problems.append(f"{report.nodeid}: {str(report.longrepr).strip().splitlines()[-1]}")

    def pytest_collectreport(self, report):
        if report.failed:
            self.problems.append(f"{report.nodeid}: {str(report.longrepr).strip().splitlines()[-1]}")

    def pytest_unconfigure(self):
        if self.grading:
            self.grading.close()


def pytest_addoption(parser):
    parser.addoption("--submission", help="the file to grade, instead of the starter module of the page")
    parser.addoption("--seed", type=int, default=0, help="the seed of the random inputs")


def pytest_configure(config):
    config.pluginmanager.register(Checks(None, config.getoption("--submission"), config.getoption("--seed")))
