"""Gradescope's results.json: a test for each check, under its task's number."""
import json

from autograder import show
from autograder.renderers import feedback


def render(record):
    tests = [{"name": show.one_line(f"{task['name']}: {check['title']}", 300), "number": f"{m}.{n}", "score": check["points"], "max_score": check["max_points"],
              "status": "passed" if check["verdict"] == "passed" else "failed", "output": feedback.told(check), "output_format": "text",
              "name_format": "text", "visibility": "visible"}
             for m, task in enumerate(record["tasks"], 1) for n, check in enumerate(task["checks"], 1)]
    results = {"score": record["points"], "execution_time": record["seconds"], "output": "\n".join([feedback.outcome(record), *feedback.remarks(record)]),
               "output_format": "text", "visibility": "visible", "stdout_visibility": "hidden", "tests": tests,
               "extra_data": {"submission": record["submission"]["sha256"], "graders": record["graders"]["sha256"], "isolation": record["isolation"]}}
    return {"results.json": json.dumps(results, indent=1) + "\n"}
