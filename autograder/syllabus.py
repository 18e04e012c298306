"""What the course covers, which tasks show it, and which of them hold: from the manifests and the last reports only."""
import tomllib
from dataclasses import dataclass

from autograder import manifest


@dataclass(frozen=True)
class Goal:
    """One outcome, objective or topic, and the tasks that show it: (project number, task name), in course order."""

    code: str
    title: str
    shown_by: tuple
    done: frozenset

    @property
    def next(self):
        return next((task for task in self.shown_by if task not in self.done), None)


def goals(projects, last):
    """{heading: [Goal]} for the syllabus; `last(project)` is the last report of a project, or None."""
    path = manifest.ROOT / "projects" / "syllabus.toml"
    try:
        groups = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as e:
        raise manifest.ManifestError(f"projects/syllabus.toml cannot be read: {e}.") from None
    passed = {(project.number, task["name"]) for project in projects for task in (last(project) or {"tasks": []})["tasks"]
              if task["status"] == "passed"}
    result = {}
    for heading, titles in groups.items():
        result[heading] = []
        for code, title in titles.items():
            shown_by = tuple((p.number, t.name) for p in projects for t in p.tasks.values() if code in t.objectives)
            if shown_by:  # a classroom template has one project only
                result[heading].append(Goal(code, title, shown_by, passed & frozenset(shown_by)))
    return result
