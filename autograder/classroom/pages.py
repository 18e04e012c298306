"""What a class's folder shows: the gradebook, a feedback page for each student, and the page of the class with its pictures."""
import base64
import io
import re

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from autograder import show
from autograder.renderers import canvas, gradebook, page

INK = ('<style>svg{color:#1b1f24}@media (prefers-color-scheme: dark){svg{color:#e6edf3}} text{fill:currentColor}</style>')
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "class", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True,
         "grid.color": "#888888", "grid.alpha": 0.4}
BLUE, ORANGE = "#3B8BC2", "#D98200"  # told apart by the colour-blind, and visible on white and on black


def rows(project, entries, reports):
    """The gradebook: a row for each student, in the order of the entries; what could not be graded has a reason and no points."""
    head = ["student", "number", "file", "points", "max_points", *project.tasks, "remarks"]
    table = [head]
    for entry in entries:
        report = reports(entry)
        points = {t["name"]: t["points"] for t in report["tasks"]} if report else {}
        table.append([entry.student, entry.number, entry.file, report["points"] if report else "", project.points,
                      *(points.get(name, "") for name in project.tasks), remarks(entry, report)])
    return table


def remarks(entry, report):
    """What the teacher must know of a submission before he trusts its points."""
    said = [entry.problem] if entry.problem else []
    if report and report["problem"]:
        said.append("The module cannot be imported: " + report["problem"]["message"].splitlines()[0])
    return show.one_line(" ".join(said + entry.remarks), 500)


def file_names(entries):
    """{student: name of his feedback page}: safe in every file system, no two alike."""
    names, taken = {}, set()
    for entry in entries:
        stem = re.sub(r"[^\w-]+", "-", entry.student).strip("-_")[:60] or "student"
        name = next(n for n in [stem, *(f"{stem}-{k}" for k in range(2, 10**6))] if n.casefold() not in taken)
        taken.add(name.casefold())
        names[entry.student] = f"{name}.html"
    return names


def picture(draw, size=(7.0, 2.6)):
    """An SVG as the address of an image: text in the reader's own font, ink that follows light and dark."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=size, layout="constrained")
        draw(figure.subplots())
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = out.getvalue().replace("#000000", "currentColor").replace("</defs>", "</defs>" + INK, 1)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def distribution(points, most):
    """How many students have how many points."""
    def draw(axes):
        axes.hist(points, bins=np.linspace(0, most, 21), color=BLUE, edgecolor="none", rwidth=0.9)
        axes.axvline(np.median(points), color=ORANGE, linewidth=2)
        axes.set(xlabel=f"points (of {most}); the line is the median", ylabel="students", xlim=(0, most))
        axes.yaxis.get_major_locator().set_params(integer=True)
    return picture(draw)


def map_of_checks(checks):
    """Every check by how many pass it and how well it tells the strong from the weak."""
    told = [(share, d) for *_, share, d in checks if d is not None]
    def draw(axes):
        axes.scatter(*zip(*told), color=BLUE, s=24, alpha=0.8, linewidths=0)
        axes.axhline(0, color="#888888", linewidth=1)
        axes.set(xlabel="share of students who pass the check", ylabel="discrimination", xlim=(-0.02, 1.02))
        axes.grid(True)
    return picture(draw, (7.0, 3.0)) if told else None
