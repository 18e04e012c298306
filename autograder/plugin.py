"""The pytest side: the fixtures of a page of checks, and what each check earned."""
from pathlib import Path

import cloudpickle
import pytest

from autograder import manifest
from autograder.grading import Grading

FALSE_FAIL = 1e-6  # the largest chance with which a statistical check may fail a right answer


class Checks:
    """Hooks and fixtures of a page of checks; made from the command line where it is run by plain pytest."""

    def __init__(self, submission=None, seed=0, fails=True):
        self.fails = fails  # pytest is to show what failed: not where the findings are all that is asked for
        self.grading, self.submission, self.seed = None, submission, seed
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

    def begin(self, grading, items):
        """A new submission: the dict of findings and the list of our own faults that its checks are going to fill."""
        self.grading, self.findings, self.problems = grading, {}, _slips(grading.project, items)
        return self.findings, self.problems

    def pytest_collection_finish(self, session):
        self.items = session.items

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
        if self.fails and finding.verdict != "passed":
            pytest.fail(f"{mark.args[0]} {title}: {finding.verdict}\n" + "\n".join(finding.lines), pytrace=False)
        return True

    def pytest_runtest_logreport(self, report):
        if report.failed and report.nodeid not in self.findings:
            self.problems.append(f"{report.nodeid}: {_reason(report)}")

    def pytest_collectreport(self, report):
        if report.failed:
            self.problems.append(f"{report.nodeid}: {_reason(report)}")

    def pytest_unconfigure(self):
        if self.grading:
            self.grading.close()


def _reason(report):
    crash = getattr(report.longrepr, "reprcrash", None)
    return (crash.message if crash else str(report.longrepr)).strip().splitlines()[-1 if not crash else 0]


def _slips(project, items):
    """What is wrong with the marks of a page of checks, in sentences."""
    worth, found = dict.fromkeys(project.tasks, 0), []
    for item in items:
        mark = item.get_closest_marker("task")
        if mark is None:
            found.append(f"{item.nodeid} serves no task; decorate it with @task(name, points=...)")
        elif not mark.args or mark.args[0] not in project.tasks:
            found.append(f"{item.nodeid} serves {mark.args[0] if mark.args else 'nothing'!r}, which is no task of project.toml")
        elif type(points := mark.kwargs.get("points")) is not int or points < 1:
            found.append(f"{item.nodeid} needs points=, a whole number")
        elif not 0 <= mark.kwargs.get("false_fail", 0) <= FALSE_FAIL:
            found.append(f"{item.nodeid} fails a right answer with a chance of {mark.kwargs['false_fail']:g}; at most {FALSE_FAIL:g} is fair")
        else:
            worth[mark.args[0]] += points
    found += [f"the checks of {name} are worth {points}, project.toml says {project.tasks[name].points}"
              for name, points in worth.items() if points != project.tasks[name].points and not found]
    return found


def pytest_addoption(parser):
    parser.addoption("--submission", help="the file to grade, instead of the starter module of the page")
    parser.addoption("--seed", type=int, default=0, help="the seed of the random inputs")


def pytest_configure(config):
    config.pluginmanager.register(Checks(config.getoption("--submission"), config.getoption("--seed")))
