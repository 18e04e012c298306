"""What a class's reports say about the class and about the checks: nothing but counting and correlation."""
import warnings
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from scipy import stats

FEW = 5  # students: a correlation over fewer says nothing


@dataclass
class Items:
    """Fed one report at a time; keeps a row of verdicts for each student and not the report."""

    names: list = field(default_factory=list)  # (task, check, title, points) of every check, in the order of the page
    students: list = field(default_factory=list)
    passed: list = field(default_factory=list)  # for each student whether each check holds
    lost: dict = field(default_factory=dict)  # task -> [students with a wrong answer], [those of them with no diagnosis]
    mistakes: dict = field(default_factory=dict)  # (task, misconception, or "" where a relation says what is wrong, the tutor's sentence) -> [students]
    words: dict = field(default_factory=dict)  # task -> what the first wrong check of those without a diagnosis said

    def add(self, student, report):
        checks = [(task, check) for task in report["tasks"] for check in task["checks"]]
        self.names = self.names or [(t["name"], c["name"], c["title"], c["max_points"]) for t, c in checks]
        self.students.append(student)
        self.passed.append([c["verdict"] == "passed" for _, c in checks])
        for task in report["tasks"]:
            wrong = [c for c in task["checks"] if c["verdict"] == "failed"]  # the other verdicts say what is wrong
            if wrong and not report["problem"]:
                self._mistaken(student, task["name"], wrong)

    def _mistaken(self, student, task, wrong):
        lost, unknown = self.lost.setdefault(task, ([], []))
        lost.append(student)
        said = [(c["diagnosis"]["misconception"] or "", c["diagnosis"]["text"]) for c in wrong if c["diagnosis"]]
        for name, text in dict([d for d in said if d[0]] or said[:1]).items():
            self.mistakes.setdefault((task, name, text), []).append(student)
        if not said:
            unknown.append(student)
            self.words.setdefault(task, Counter()).update([(wrong[0]["message"] or wrong[0]["verdict"]).splitlines()[-1]])

    def points(self):
        """The points of every student."""
        return np.array(self.passed, int).reshape(len(self.students), -1) @ [points for *_, points in self.names] if self.names else np.array([], int)

    def checks(self):
        """For every check (task, check, title, points, share of students who pass it, discrimination or None).

        Discrimination is the point-biserial correlation of passing with the points in all other checks.
        """
        passed, total = np.array(self.passed, bool), self.points()
        return [(*name, passed[:, i].mean(), discrimination(passed[:, i], total - passed[:, i] * name[3])) for i, name in enumerate(self.names)]

    def frequent(self):
        """(task, misconception or "", the tutor's sentence, students), the most frequent first."""
        return sorted(((*key, students) for key, students in self.mistakes.items()), key=lambda row: (-len(row[3]), row[:3]))

    def unexplained(self):
        """(task, students with a wrong answer, those without a diagnosis, what most of them read): where the author should look next."""
        rows = [(task, lost, unknown, self.words[task].most_common(1)[0][0]) for task, (lost, unknown) in self.lost.items() if unknown]
        return sorted(rows, key=lambda row: (len(row[2]) < len(row[1]), -len(row[2]), row[0]))


def discrimination(passed, rest):
    """Does this check tell the strong from the weak? None where it cannot be said."""
    if len(passed) < FEW or passed.all() or not passed.any() or np.ptp(rest) == 0:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(stats.pointbiserialr(passed, rest).statistic)
