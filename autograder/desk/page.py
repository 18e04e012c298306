"""The learner's page: one HTML file of his progress, his tasks, his pictures and his days, made from the records and from nothing else."""
import base64
import datetime
import hashlib
from pathlib import Path

from markupsafe import Markup

from autograder import manifest, progress, screen, syllabus
from autograder.desk import picture
from autograder.renderers import feedback
from autograder.renderers import page as templates
from autograder.run import CannotGrade

HERE = Path(__file__).parent
STYLE, SCRIPT = (Markup((HERE / name).read_text(encoding="utf-8")) for name in ("page.css", "page.js"))
WORDS = {"passed": "done", "partial": "in part", "failed": "not yet right", "not started": "not started", "skipped": "not graded"}
DAYS = 30  # bars of the history: 30 times 20 units are the width of its drawing


class Album:
    """The pictures of all projects; each is drawn again only when its source or its report changed."""

    def __init__(self):
        self.kept = {}

    def show(self, project, name, source, report):
        """{"src", "title", "caption"} of the picture, or {"src": "", "waits": one sentence}; None where the project has no picture."""
        key = source, report["graders"]["sha256"], str([t["status"] for t in report["tasks"]])
        if self.kept.get(project.number, (None, None))[0] != key:
            self.kept[project.number] = key, self.draw(project, name, source, report)
        return self.kept[project.number][1]

    def draw(self, project, name, source, report):
        if picture.page(project) is None:
            return None
        try:
            drawn = picture.draw(project, name, source, report)
        except (picture.Waits, CannotGrade) as e:
            return {"src": "", "waits": str(e)}
        return {"src": Markup("data:image/svg+xml;base64," + base64.b64encode(drawn.svg).decode()), "title": drawn.title, "caption": drawn.caption}


def html(album, live=None):
    """The page as it is to be now; `live` is the version that a served page asks after."""
    projects = [manifest.project(n) for n in manifest.projects()]
    chapters = [chapter(project, album) for project in projects]
    reports = {c["project"].number: c["report"] for c in chapters}
    policy = ["default-src 'none'", "img-src data:", f"style-src {source_hash(STYLE)}", "base-uri 'none'", "form-action 'none'"]
    if live is not None:
        policy += [f"script-src {source_hash(SCRIPT)}", "connect-src 'self'"]
    return templates.page(
        "desk/page.html.j2", chapters=chapters, goals=syllabus.goals(projects, lambda p: reports[p.number]), days=days(progress.history(), projects),
        points=sum(r["points"] for r in reports.values() if r), full=sum(p.points for p in projects), following=following(chapters),
        today=datetime.date.today(), words=WORDS, signs={k: sign for k, (sign, _) in screen.SIGNS.items()}, style=STYLE, script=SCRIPT, live=live,
        policy="; ".join(policy))


def source_hash(text):
    """What a content policy allows: this text and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def chapter(project, album):
    """All that the page says about one project."""
    try:
        name, source, report = picture.standing(project)
    except CannotGrade as e:
        return {"project": project, "report": None, "tasks": [], "picture": None, "problem": str(e)}
    problem = "\n".join([*feedback.remarks(report), report["problem"]["message"]]) if report["problem"] else ""
    tasks = [{**t, "section": project.tasks[t["name"]].section, "title": project.tasks[t["name"]].title,
              "wrong": [c for c in t["checks"] if c["verdict"] not in feedback.QUIET],
              "where": feedback.where(t["checks"][0]) if t["checks"] else name} for t in report["tasks"]]
    return {"project": project, "report": report, "tasks": tasks, "picture": album.show(project, name, source, report), "problem": problem}


def following(chapters):
    """(project, task) to do next: what failed before what is not begun, in the first project that is not complete."""
    for c in chapters:
        order = [t for t in c["tasks"] if t["status"] in ("failed", "partial")] + [t for t in c["tasks"] if t["status"] != "passed"]
        if order:
            return c["project"], order[0]
    return None


def days(history, projects):
    """[(date, points of all projects at its end)], the newest DAYS of them, in the order of time."""
    known, standing, result = {p.number for p in projects}, {}, {}
    for line in sorted(history, key=lambda line: line["date"]):
        if line["project"] in known:
            standing[line["project"]] = line["points"]
            result[line["date"]] = sum(standing.values())
    return list(result.items())[-DAYS:]
