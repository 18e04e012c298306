"""Markdown for a job summary or a release: outcome first, a table of the tasks, then what to mend, folded."""
import html
import re

from autograder import show
from autograder.renderers import feedback

SIGNS = {"passed": "✅", "partial": "🟡", "failed": "❌", "not started": "⬜", "skipped": "⬜"}
ROOM = 100_000  # bytes; a release takes 125,000 characters, a summary 1 MiB


def render(record):
    return {"summary.md": body(record)}


def body(record):
    title = inline(f"Project {record['number']}: {record['title']}")
    head = [f"## {inline(feedback.outcome(record))}\n", f"{title}, {inline(record['submission']['file'])}\n",
            *(f"> {inline(remark)}\n" for remark in feedback.remarks(record)), "| | Task | | Points |\n|---|---|---|---:|\n" + "".join(map(_row, record["tasks"]))]
    if record["problem"]:
        return "\n".join([*head, fence(record["problem"]["message"])])
    parts, room = head, ROOM - sum(len(part.encode()) for part in head)
    for task in record["tasks"]:
        part = _mistakes(task, first=parts is head)
        if len(part.encode()) > room:
            return "\n".join([*parts, inline(f"There is more than fits here: make project-{record['number']} ALL=1 shows it.") + "\n"])
        if part:
            parts, room = [*parts, part], room - len(part.encode())
    return "\n".join(parts)


def _row(task):
    return f"| {SIGNS[task['status']]} | {inline(task['name'])} | {inline(task['title'])} | {task['points']}/{task['max_points']} |\n"


def _mistakes(task, first):
    failed = [c for c in task["checks"] if c["verdict"] not in feedback.QUIET]
    if not failed:
        return ""
    shown = [f"{inline(c['title'])} ({inline(c['verdict'])}, {c['points']}/{c['max_points']})\n\n{fence(feedback.told(c))}" for c in failed]
    name = html.escape(show.one_line(task["name"])).replace("@", "@&#8203;")  # Markdown's escapes do not hold inside a block of HTML
    opened = "<details open>" if first else "<details>"
    return "\n".join([f"{opened}<summary>{SIGNS[task['status']]} {name}, {task['points']}/{task['max_points']}</summary>\n", *shown, "</details>\n"])


def inline(text):
    """One line that means nothing in Markdown or HTML, and calls nobody: a zero-width space breaks mentions and addresses."""
    text = re.sub(r"([\\`*_{}\[\]()<>#+.!|~&$=-])", r"\\\1", show.one_line(text, 500))
    return re.sub(r"([@#]|:(?=/)|www)", r"\1&#8203;", text)


def fence(text):
    """A block of code that its own text cannot end."""
    text = show.clean(text, 4000)
    ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{ticks}text\n{text}\n{ticks}\n"
