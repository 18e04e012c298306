"""GitHub Classroom's step outputs: for each task the base64 JSON that `autograding-grading-reporter` reads, and the list of runners."""
import base64
import json
import math
import re

from autograder import show
from autograder.renderers import feedback

ROOM = 12_000  # characters told in a task: a step's environment takes 128 KiB in one variable


def render(record):
    tasks = {runner(task["name"]): _results(task) for task in record["tasks"]}
    outputs = {"runners": ",".join(tasks)} | {name: _encoded(results) for name, results in tasks.items()}
    return {"github-output.txt": "".join(f"{name}={value}\n" for name, value in outputs.items())}


def runner(task):
    """The id of a task's runner: letters and digits only, because the reporter misreports every error of other ids."""
    return re.sub("[^a-z0-9]", "", task.lower())


def _results(task):
    """The reporter's table counts tests and its annotation adds scores: sub-tests of equal weight make both say the same."""
    weight = math.gcd(*(c["max_points"] for c in task["checks"])) or task["max_points"]
    tests, said = [], set()
    for check in task["checks"]:
        text, parts = feedback.told(check, ROOM // len(task["checks"])), check["max_points"] // weight
        for part in range(parts):
            tests.append(_test(check, f" ({part + 1}/{parts})" * (parts > 1), weight, "" if text in said else text))
            said.add(text)
    if not tests:  # not graded this time; the reporter divides by the number of tests
        tests = [{"name": task["status"], "status": "fail", "score": 0, "message": "", "test_code": "", "filename": "", "line_no": 0, "duration": 0}]
    return {"version": 1, "status": "pass" if task["status"] == "passed" else "fail", "max_score": task["max_points"], "tests": tests}


def _test(check, part, weight, text):
    good = check["verdict"] == "passed"
    return {"name": show.one_line(check["title"], 200) + part, "status": "pass" if good else "fail", "score": weight if good else 0,
            "message": check["verdict"], "test_code": text, "filename": show.one_line(check["file"], 300), "line_no": check["line"] or 0,
            "duration": check["seconds"]}


def _encoded(results):
    return base64.b64encode(json.dumps(results, ensure_ascii=False).encode()).decode()
