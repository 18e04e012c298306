"""What the learner sees: at most 24 lines of 80 columns, one failure, one next command."""
import os
import sys
import textwrap

from autograder import cells, manifest

LINES, COLUMNS = 24, 80
STYLES = {"good": "32", "bad": "31", "dim": "2", "bold": "1", "warn": "33", "": ""}
SIGNS = {"passed": ("✓", "good"), "partial": ("◐", "warn"), "failed": ("✗", "bad"), "not started": ("·", "dim"), "skipped": ("·", "dim")}
ASCII = str.maketrans({"✓": "+", "◐": "~", "✗": "x", "·": "-", "█": "#", "░": ".", "²": "^2", "³": "^3", "→": "->", "–": "-", "—": "-",
                       "×": "*", "≤": "<=", "≥": ">=", "λ": "lambda", "ŷ": "y_hat", "ᵀ": "^T", "√": "sqrt", "Σ": "sum", "∂": "d", "’": "'"})


def show(lines, out=None):
    """Print (style, text) lines: colour on a terminal unless NO_COLOR is set, plain letters where Unicode fails."""
    out = out or sys.stdout
    colour = out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    for style, text in lines:
        encoding = out.encoding or "utf-8"
        if not encoding.lower().startswith("utf"):
            text = text.translate(ASCII).encode(encoding, "replace").decode(encoding)
        print(f"\x1b[{STYLES[style]}m{text}\x1b[0m" if colour and STYLES[style] else text, file=out)


def failed(report, task=None):
    """(task, check) of every check that a learner should look at, in all tasks or in one."""
    return [(t, c) for t in report["tasks"] if task in (None, t["name"]) for n, c in enumerate(t["checks"])
            if c["verdict"] not in ("passed", "not started", "skipped")
            and (c["verdict"] != "forbidden" or "forbidden" not in [e["verdict"] for e in t["checks"][:n]])]  # to forbid once is enough


def graded(project, report, every=False, task=None, turn=0, rows=LINES):
    """The screen after a grading: the first failure (or the one that is `turn` further), `every` one, those of one `task` only."""
    tasks, name = report["tasks"], report["submission"]["file"]
    book = f" ({name})" if name.endswith(".ipynb") else ""  # it is graded where it is newer than the module
    lines = [("bold", f"Project {project.number}: {project.title}{book}"[:COLUMNS]), *map(_task_line, tasks), _bar(report)]
    if older := cells.passed_over(project, manifest.ROOT / name):
        lines.append(("warn", f"Not graded: {older.name}, which is older: save it, or delete it."))
    if report["isolation"] == []:
        lines.append(("warn", "Graded inside this process, without protection: not a grade of record."))
    failures = failed(report, task)
    if problem := report["problem"]:  # of tasks nothing is known
        return [lines[0], ("", ""), ("bad", f"{name} cannot be imported, so nothing in it can be graded"), *_folded(problem["message"]),
                ("bold", f"  {problem['where']}")]
    if every:
        return lines + [line for failure in failures for line in [("", ""), *_failure(*failure, 40)]]
    if failures:
        shown = failures[turn % len(failures)]
        lines[1:len(tasks) + 1] = _short(tasks, rows - len(_failure(*shown, 40)) - 2 - (len(lines) - len(tasks)))
        lines += [("", ""), *_failure(*shown, max(rows - len(lines) - 2, 2))]
        this = f" TASK={task}" if task else ""
        return lines + [("dim", f"  {len(failures) - 1} more: make project-{project.number}{this} ALL=1")] * (len(failures) > 1)
    if task and next(t for t in tasks if t["name"] == task)["status"] == "passed":
        return lines + [("", ""), ("good", f"{task}: every check holds.")]
    return lines + [("", ""), *_next(project, [t for t in tasks if task in (None, t["name"])], turn)]


def _short(tasks, room):
    """A line for each task; where there is no room for them, one for all that are not started, and then one for all that are complete."""
    lines = [(task["status"], _task_line(task)) for task in tasks]
    for status, words in (("not started", "not started"), ("passed", "complete")):
        alike = [line for found, line in lines if found == status]
        if len(lines) > room and len(alike) > 1:
            sign, style = SIGNS[status]
            place = next(n for n, (found, _) in enumerate(lines) if found == status)
            lines = [entry for entry in lines if entry[0] != status]
            lines.insert(place, ("", (style, f"  {sign} {len(alike)} tasks {words}")))
    return [line for _, line in lines]


def _task_line(task):
    sign, style = SIGNS[task["status"]]
    odd = next((c["verdict"] for c in task["checks"] if c["verdict"] not in ("passed", "failed", "not started")), "")
    note = {"forbidden": "not allowed here"}.get(odd, odd) or ("not started" if task["status"] == "not started" else "")
    helped = sorted({t for c in task["checks"] for t in c["fault_in"]})
    if helped:
        note = f"once {helped[0]} is right" if len(helped) == 1 else "once the tasks before it are right"
    return style, f"  {sign} {task['name']:<26}{task['points']:>4}/{task['max_points']:<4} {note}".rstrip()


def _bar(report):
    full = 40 * report["points"] // report["max_points"]
    return "bold", f"  {'█' * full}{'░' * (40 - full)} {report['points']}/{report['max_points']}"


def _failure(task, check, room):
    """One failed check in at most `room` lines: what does not hold, the case, which mistake it was, where to look."""
    worth = "1 point" if check["max_points"] == 1 else f"{check['max_points']} points"
    lines = [("bad", text) for text in textwrap.wrap(f"{task['name']}: {check['title']} ({worth})", COLUMNS - 2, subsequent_indent="  ")]
    case, mistake = _folded(check["message"]), textwrap.wrap(check["diagnosis"]["text"] if check["diagnosis"] else "", COLUMNS - 2,
                                                             initial_indent="  > ", subsequent_indent="    ")
    if check["printed"].strip():
        printed = check["printed"].strip().splitlines()
        case.append(("dim", f"  printed   {printed[0][:50]}" + (f"   ({len(printed) - 1} more)" if len(printed) > 1 else "")))
    case = case[: max(room - len(lines) - len(mistake) - 1, 1)]  # where room is short, the mistake is worth more than the end of the case
    return [*lines, *case, *(("warn", text) for text in mistake), ("bold", f"  {check['where']}   {check['hint']}")]


def _folded(message):
    """Each line of a message on at most two lines of the screen."""
    return [("", text) for line in message.splitlines()
            for text in textwrap.wrap(line, COLUMNS - 2, initial_indent="  ", subsequent_indent="      ")[:2]]


def _next(project, tasks, turn):
    """What to do when nothing is wrong: the first task that waits, or the next project."""
    waiting = [t for t in tasks if t["status"] != "passed"]
    if not waiting:
        return [("good", "Every check holds. Type make to see what comes next.")]
    todo = waiting[turn % len(waiting)]
    check, task = todo["checks"][0], project.tasks[todo["name"]]
    without = [name for name in task.forbids if name not in project.tasks]
    return [("bold", f"Next: {task.name}, {task.title[0].lower() + task.title[1:]} ({task.points} points)"),
            *_folded(check["message"]),
            ("", f"  write it    {check['where']}"),
            *([("", f"  do without  {textwrap.shorten(', '.join(without), COLUMNS - 14, placeholder=' ...')}")] if without else []),
            ("", f"  derive it   projects/{project.folder.name}/README.md, section {task.section}"),
            ("", f"  be graded   make project-{project.number}"),
            ("", f"  stuck?      make hint-{project.number} TASK={task.name}")]


def hint(project, task, number, text, section):
    """One hint, and what comes after it; after the last all of them once more, and where the handout derives the task."""
    wrapped = lambda text, indent: [("", line) for line in textwrap.wrap(text, COLUMNS - 2, initial_indent="  ", subsequent_indent=" " * indent)]
    if text is None:
        lines = [("bold", f"{task.name}: all {len(task.hints)} hints, once more")]
        lines += [line for n, hint in enumerate(task.hints, 1) for line in wrapped(f"{n}. {hint}", 5)] + wrapped(f"read        {section}", 14)
        return lines + [("dim", f"  give up?    make solution-{project.number} TASK={task.name} GIVE_UP=1")] * project.solution.exists()
    after = f"make hint-{project.number} TASK={task.name}" if number < len(task.hints) else f"read {section}"
    return [("bold", f"{task.name}, hint {number} of {len(task.hints)}"), *wrapped(text, 2), *(("dim", line) for _, line in wrapped(f"then: {after}", 8))]


def overview(projects, last):
    """The map: every project, its points, and the next command."""
    lines, following = [("bold", "Mathematics for AI engineering: derive on paper, write numpy, be graded."), ("", "")], None
    for project in projects:
        report = last(project) or {"points": 0}
        done = report["points"] >= project.points
        following = following or (None if done else project)
        lines.append(project_line(project, report))
    lines += [("", ""), ("", "  make watch-N             grade again at every save"), ("", "  make hint-N TASK=name    the next hint for a task"),
              ("", "  make practice PROJECT=N  problems by hand, with fresh numbers"), ("", "  make report              your page: progress and pictures"),
              ("", "  make checkpoint          what the syllabus promises, and what you have shown"), ("", "")]
    if following:
        passed = {t["name"] for t in (last(following) or {"tasks": []})["tasks"] if t["status"] == "passed"}
        task = next((t for t in following.tasks.values() if t.name not in passed), next(iter(following.tasks.values())))
        return [*lines, ("bold", f"Next: read    projects/{following.folder.name}/README.md, section {task.section}"),
                ("bold", f"      write   {task.name} in starter/{cells.current(following).name}"), ("bold", f"      type    make project-{following.number}")]
    return [*lines, ("good", "Every project is complete.")]


def project_line(project, report):
    sign, style = SIGNS["passed" if report["points"] >= project.points else "partial" if report["points"] else "not started"]
    return style, f"  {sign} {f'make project-{project.number}':<17}{project.title:<44}{report['points']:>4}/{project.points}"


def checkpoint(goals):
    """What is shown by now: a line per outcome, objective and topic, with the task to do next."""
    lines = []
    for heading, group in goals.items():
        lines.append(("bold", f"{heading.capitalize():<44}done  next task"))
        for goal in group:
            status = "passed" if not goal.next else "partial" if goal.done else "not started"
            sign, style = SIGNS[status]
            count = f"{len(goal.done)}/{len(goal.shown_by)}"
            following = f"{goal.next[0]} {goal.next[1]}" if goal.next else ""
            lines.append((style, f"  {sign} {goal.title:<40}{count:>5}  {following}".rstrip()))
    return lines
