"""What a graded class leaves in its folder: the gradebooks, a feedback page for each student, and the page of the class."""
import re

import numpy as np

from autograder import protected, run
from autograder.classroom import pictures, similarity
from autograder.classroom.items import Items
from autograder.renderers import canvas, feedback, gradebook, page

DISTINCT = 0.1  # a check with less discrimination hardly tells the strong from the weak


def write(project, entries, records, problems, out, jobs=1):
    """Write them all, one report in memory at a time; (students, [those not graded], median of the points, [those whose file cannot be imported, or has nothing of this project])."""
    items, rows, graded, pages, layers, broken = Items(), [], [], file_names(entries), set(), {}
    _sweep(out)
    for entry in entries:
        report = records.read(entry) if entry.text is not None else None
        if report:
            modified = protected.modified(project, entry.disk) if entry.disk else []
            _rename(report, entry.file)
            report["submission"] |= {"student": entry.student, "canvas": entry.number * entry.canvas}
            report["graders"]["modified"] = modified
            items.add(entry.student, report)
            layers.add(", ".join(report["isolation"]) or "none")
            graded.append({k: report[k] for k in ("number", "title", "points", "max_points", "submission")})
            html = page.render(report)["report.html"]
            if report["problem"] or feedback.foreign(report):
                broken[entry.student] = feedback.remarks(report)[0]
        else:
            entry.problem = entry.problem or problems.get(records.name(entry), "")
            html = page.page("classroom/unread.html.j2", project=project, entry=entry)
        (out / "feedback" / pages[entry.student]).write_text(html, encoding="utf-8", newline="\n")
        rows.append(_row(project, entry, report))
    head = ["student", "number", "file", "points", "max_points", *project.tasks, "remarks"]
    files = gradebook_files(project, [head, *rows], graded)
    files["index.html"] = class_page(project, entries, items, rows, pages, broken, sorted(layers), records, jobs)
    for name, text in files.items():
        (out / name).write_text(text, encoding=gradebook.ENCODINGS.get(name, "utf-8"), newline="\n")
    return len(entries), [e.student for e in entries if e.student not in items.students], float(np.median(items.points())) if graded else 0.0, list(broken)


def _sweep(out):
    """The folder for the pages, without those of an earlier run: a student who is no longer there has none, and no points to import."""
    (out / "canvas.csv").unlink(missing_ok=True)
    (out / "feedback").mkdir(parents=True, exist_ok=True)
    for old in (out / "feedback").glob("*.html"):
        if page.ours(old):
            old.unlink()


def _rename(report, file):
    """Let a report name the student's own file, and not the place at which it was graded."""
    graded_as, report["submission"]["file"] = report["submission"]["file"], file
    for spot in [*filter(None, [report["problem"]]), *(c for t in report["tasks"] for c in t["checks"])]:
        spot |= {key: spot[key].replace(graded_as, file) for key in ("file", "where", "message") if spot.get(key)}


def _row(project, entry, report):
    """A row of the gradebook; what could not be graded has a reason and no points: an empty cell changes nothing where it is imported."""
    points = {t["name"]: t["points"] for t in report["tasks"]} if report else {}
    return [entry.student, entry.number, entry.file, report["points"] if report else "", project.points,
            *(points.get(name, "") for name in project.tasks), " ".join(feedback.remarks(report) if report else [entry.problem])]


def gradebook_files(project, table, graded):
    """{name: text} of the CSV files."""
    files = {"gradebook.csv": gradebook.table(table)}
    return files | (canvas.render(graded) if graded else {})


def class_page(project, entries, items, rows, pages, broken, layers, records, jobs):
    """The page of the class."""
    points, checks = items.points(), items.checks()
    done = set(items.students)
    texts = {e.student: run.code(e.text, e.file)[0] if e.file.endswith(".ipynb") else e.text for e in entries if e.student in done}
    starter, ours = (run.read(file) if file.exists() else "" for file in (project.starter, project.solution))
    groups, like_ours = similarity.alike(texts, starter, ours, jobs)
    return page.page(
        "classroom/class.html.j2", project=project, rows=[(pages[row[0]], *row[:5], row[-1]) for row in rows], graded=len(items.students), points=points,
        median=float(np.median(points)) if len(points) else 0, whole=int(sum(points == project.points)), unread=[e for e in entries if e.student not in texts],
        distribution=pictures.distribution(points, project.points) if len(points) else None, checks=checks, chart=pictures.map_of_checks(checks),
        titles={t.name: t.title for t in project.tasks.values()}, mistakes=items.frequent(), unexplained=items.unexplained(), tried=bool(items.lost), pages=pages,
        broken=broken, alike=groups, ours=like_ours, enough=similarity.ENOUGH, distinct=DISTINCT, layers=layers, seed=records.seed, deciding=records.deciding)


def file_names(entries):
    """{student: name of his feedback page}: safe in every file system, no two alike."""
    names, taken = {}, set()
    for entry in entries:
        stem = re.sub(r"[^\w-]+", "-", entry.student).strip("-_")[:60] or "student"
        names[entry.student] = next(n for n in [f"{stem}.html", *(f"{stem}-{k}.html" for k in range(2, len(entries) + 2))] if n.casefold() not in taken)
        taken.add(names[entry.student].casefold())
    return names
