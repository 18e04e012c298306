"""The gradebook as CSV: a row for each submission, with its points in each task."""
import csv
import io
import re

from autograder import show
from autograder.renderers import feedback

ENCODINGS = {"gradebook.csv": "utf-8-sig"}  # by its mark Excel knows UTF-8
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # what a spreadsheet takes for the beginning of a formula


def render(records):
    tasks = list(dict.fromkeys(t["name"] for r in records for t in r["tasks"]))
    rows = [["student", "file", "project", "points", "max_points", *tasks, "remarks"]]
    for record in records:
        points = {t["name"]: t["points"] for t in record["tasks"]}
        rows.append([student(record), record["submission"]["file"], record["project"], record["points"], record["max_points"],
                     *(points.get(name, 0) for name in tasks), " ".join(feedback.remarks(record))])
    return {"gradebook.csv": table(rows)}


def student(record):
    """Whose submission it is: the name that the caller gave it, else its file."""
    return record["submission"].get("student", record["submission"]["file"])


def table(rows):
    """CSV whose texts are quoted, each on one line, and no formulas."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows([[cell(x) for x in row] for row in rows])
    return out.getvalue()


def cell(value):
    if not isinstance(value, str):
        return value
    text = re.sub(r"(?<=[;|])(?=\s*[=+\-@])", "'", show.one_line(value, 1000))  # who reads with another separator sees a cell there
    return f"'{text}" if text.startswith(FORMULA) else text
