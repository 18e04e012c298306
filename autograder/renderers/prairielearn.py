"""PrairieLearn's results.json: a test for each check; a module that cannot be imported is not gradable and costs no attempt."""
import json

from autograder import show
from autograder.renderers import feedback

ROOM = 200_000  # characters told; of the file 1 MB is read


def render(record):
    if record["problem"]:
        errors = [*feedback.remarks(record), show.clean(record["problem"]["message"])]
        return {"results.json": json.dumps({"gradable": False, "format_errors": errors}, indent=1) + "\n"}
    room = min(2000, ROOM // sum(len(t["checks"]) for t in record["tasks"]))
    tests = [{"name": show.one_line(f"{task['name']}: {check['title']}", 300), "points": check["points"], "max_points": check["max_points"],
              "output": feedback.told(check, room)} for task in record["tasks"] for check in task["checks"]]
    results = {"gradable": True, "score": record["points"] / record["max_points"], "output": "\n".join([feedback.outcome(record), *feedback.remarks(record)]),
               "tests": tests}
    return {"results.json": json.dumps(results, indent=1, ensure_ascii=False) + "\n"}
