"""The report of one submission: the record that every renderer reads."""
import hashlib
import re

from autograder import show
from autograder.diagnosis import diagnose
from autograder.grading import SECONDS, alarm
from autograder.sandbox.student import Died

SCHEMA = "autograder/report/v1"


def build(project, grading, findings, known, ours, *, file, source, graders, modified, seconds, kept={}):
    """The record (DESIGN section 5) from the findings {check: (task, points, title, Finding)}, and from what is `kept` of an earlier one."""
    by_task = {name: {} for name in project.tasks}
    for node, (task, points, title, finding) in findings.items():
        by_task[task][node.split("::")[-1]] = points, title, finding
    tasks = [kept.get(name) or _task(project, project.tasks[name], checks, known.get(name, {}), ours, grading.submission) for name, checks in by_task.items()]
    whole = {t["name"] for t in tasks if t["status"] == "passed"}
    for task in tasks:
        for check in task["checks"]:
            check["fault_in"] = [t for t in check["fault_in"] if t not in whole] or check["fault_in"]
    broken = grading.submission.broken and not grading.submission.table and next(iter(findings.values()))[3]
    return {
        "schema": SCHEMA, "project": project.slug, "number": project.number, "title": project.title,
        "points": sum(t["points"] for t in tasks), "max_points": project.points,
        "submission": {"file": file, "sha256": hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()},
        "graders": {"sha256": graders, "modified": modified},
        "isolation": list(grading.submission.layers), "seed": grading.seed, "seconds": round(seconds, 3),
        "problem": {"message": "\n".join(show.clean(line, 600) for line in broken.lines), **_at(grading.submission, broken.line)} if broken else None,  # no import, no grade
        "tasks": tasks,
    }


def _task(project, task, checks, known, ours, submission):
    found = [finding for _, _, finding in checks.values()]
    try:
        with alarm(3 * SECONDS + len(known) * sum(f.seconds for f in found)):  # what took long to run takes long to replay
            explained = diagnose(task.name, found, known, ours)
    except (Exception, Died):  # an answer too odd to be compared is nobody's known mistake
        explained = {}
    for finding in [f for f in found if by_chance(f, found)]:
        finding.relation = ""
    rows = [_check(project, task, name, points, title, finding, explained.get(id(finding)), submission)
            for name, (points, title, finding) in checks.items()]
    return {"name": task.name, "title": task.title, "status": _status([r["verdict"] for r in rows]), "points": sum(r["points"] for r in rows),
            "max_points": task.points, "checks": rows}


def by_chance(finding, found):
    """Does its relation rest on one number, in this check only? Whatever n may be there: that can be chance."""
    form = [re.sub(r"[-\d./]+", "", f.relation) for f in (finding, *found)]
    return finding.single and form.count(form[0]) <= 2


def _check(project, task, name, points, title, finding, explained, submission):
    text = {"misconception": explained[0], "text": explained[1]} if explained else \
        {"misconception": None, "text": finding.relation} if finding.relation else None
    return {"name": name, "title": title, "verdict": finding.verdict, "points": points if finding.verdict == "passed" else 0,
            "max_points": points, "message": "\n".join(show.clean(line, 600) for line in finding.lines), "diagnosis": text,
            "hint": f"make hint-{project.number} TASK={task.name}", "file": submission.name, **_at(submission, finding.line),
            "printed": show.clean(finding.printed, 4000), "fault_in": finding.fault_in, "margin": min(finding.margin, 1e6),
            "seconds": round(finding.seconds, 4)}


def _at(submission, line):
    """Where a finding is: the line of a module's file (a notebook's file has other lines), and the words for it."""
    return {"line": None if submission.cells else line, "where": submission.where(line)}


def _status(verdicts):
    """A task's status from its checks' verdicts."""
    kinds = set(verdicts)
    if not kinds:
        return "skipped"
    if kinds == {"passed"}:
        return "passed"
    if kinds <= {"not started", "skipped"}:
        return "not started" if "not started" in kinds else "skipped"
    return "partial" if "passed" in kinds else "failed"
