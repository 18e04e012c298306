"""Classroom 50: the result.json of an autograder (classroom50/result/v1), its release body, and its status line."""
import json

from autograder import show
from autograder.renderers import feedback, markdown

IDENTITY = {  # key of result.json: (what the platform calls it, what stands there where no platform runs)
    "classroom": ("CLASSROOM", "none"), "assignment": ("ASSIGNMENT", "none"), "assignment_type": ("ASSIGNMENT_TYPE", "individual"),
    "owner": ("OWNER", "none"), "submission": ("SUBMISSION_TAG", "submit/none"), "commit": ("COMMIT_URL", "none"),
    "release": ("RELEASE_URL", "none"), "review": ("REVIEW_URL", "none"),
}
VARIABLES = [variable for variable, _ in IDENTITY.values()]


def render(record):
    """`record["platform"]`, where there is one, holds the VARIABLES that the platform has set."""
    said = record.get("platform", {})
    result = {"schema": "classroom50/result/v1"} | {key: said.get(variable) or absent for key, (variable, absent) in IDENTITY.items()} | {
        "datetime": "1970-01-01T00:00:00Z",  # the runner puts the commit's time here
        "score": record["points"], "max-score": record["max_points"], "tests": [_test(t) for t in record["tasks"]]}
    status = "success" if record["points"] == record["max_points"] else "failure"
    return {"result.json": json.dumps(result, indent=1) + "\n", "release-body.md": markdown.body(record),
            "classroom50-output.txt": f"status={status}\nsummary={feedback.outcome(record)}\n"}


def _test(task):
    told = next(filter(None, map(feedback.told, task["checks"])), "")
    return {"test-name": show.one_line(task["name"]), "passed": task["status"] == "passed", "score": task["points"], "max-score": task["max_points"],
            "title": show.one_line(task["title"], 200), "message": told}
