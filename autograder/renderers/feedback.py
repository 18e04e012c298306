"""What a report says to its reader, as plain text: the sentences that the media share."""
from autograder import show

ENDED = {"crashed": "Ended the process", "timed out": "Timed out"}  # verdicts that a reader would not guess from the points
SHOWN = 20  # changed files: those that decide the points come first
QUIET = ("passed", "not started", "skipped")  # verdicts that are no mistake of the learner's


def outcome(record):
    """The first line of every medium: points, and how many tasks are done."""
    done = sum(t["status"] == "passed" for t in record["tasks"])
    return f"{record['points']} of {record['max_points']} points, {done} of {len(record['tasks'])} tasks complete"


def remarks(record):
    """What a reader must know before he trusts the points, a sentence each."""
    said = []
    if problem := record["problem"]:
        reason = show.one_line(problem["message"].split("\n")[0].removeprefix("raised").strip(), 200)
        said.append(f"{where({'file': record['submission']['file']} | problem)} cannot be imported, so nothing in it can be graded: {reason.rstrip('.')}.")
    elif {t["status"] for t in record["tasks"]} == {"not started"}:
        said.append(f"It defines none of the functions of project {record['number']}: is it another project's?" if foreign(record) else
                    "Not started: no task is written yet.")
    else:
        ended = {words: [show.one_line(t["name"]) for t in record["tasks"] if verdict in [c["verdict"] for c in t["checks"]]] for verdict, words in ENDED.items()}
        said += [f"{words} in {', '.join(tasks)}." for words, tasks in ended.items() if tasks]
    if not record["isolation"]:
        said.append("Graded inside the grader's own process, without protection: not a grade of record.")
    if modified := record["graders"]["modified"]:
        shown = show.some([show.one_line(name, 100) for name in modified], SHOWN)
        said.append(f"The submission's own copies of these protected files differ from ours; ours graded it: {shown}.")
    return said


def foreign(record):
    """Does the module not even define a task as a stub?"""
    return all(c["verdict"] == "not started" and c["line"] is None for t in record["tasks"] for c in t["checks"])


def where(spot):
    """Where a check or a problem lies: in the record's own words where it has them (a notebook's cell), else file and line."""
    return show.one_line(spot.get("where") or (f"{spot['file']}:{spot['line']}" if spot["line"] else spot["file"]), 300)


def failures(record):
    """(task, check) of the first mistake in each task; of one alone where the module cannot be imported, which fails them all."""
    first = [(t, c) for t in record["tasks"] for c in [next((c for c in t["checks"] if c["verdict"] not in QUIET), None)] if c]
    return first[:1] if record["problem"] else first


def told(check, limit=2000):
    """What a check tells the learner: the case, which mistake it was, where to look, what he printed; nothing where it holds."""
    if check["verdict"] == "passed":
        return ""
    lines = [check["message"] or check["verdict"], *(["> " + check["diagnosis"]["text"]] if check["diagnosis"] else []),
             f"{where(check)}   {show.one_line(check['hint'])}"]
    if printed := check["printed"].strip():
        lines.append("printed:\n" + printed)
    text = show.clean("\n".join(lines), 10**6)
    return text if len(text) <= limit else text[: limit - 4] + "\n..."
