"""A project's picture: drawn from what the learner's own functions answer, or a sentence that says which task it waits for.

A project's page `picture.py` has a title (its docstring) and
    NEEDS                  the names of the tasks that the picture is made of
    draw(student, load)    the figure, and a caption that says in words what is to be seen: (figure, caption)
    illustrate(load)       the same for the picture beside the handout, without a learner
`student` is the learner's module in the worker, `load` reads a data set. A function made here may call `student`, too: it is then
called where it is needed, in the worker.
"""
import hashlib
import importlib.util
import inspect
import io
import logging
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from autograder import cells, manifest, progress, protected, run, show
from autograder.catalogue import DataError, load
from autograder.grading import alarm
from autograder.sandbox import student as outside

SECONDS = 120.0  # for all calls of one picture: some train a network
BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, RED, PINK = COLOURS = (  # told apart by the colour-blind (Okabe and Ito, 2008)
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7")
STYLE = {"font.size": 10, "axes.titlesize": 10.5, "legend.fontsize": 9, "legend.edgecolor": "white", "legend.framealpha": 0.9, "axes.spines.top": False, "axes.spines.right": False,
         "axes.prop_cycle": mpl.cycler(color=[BLUE, ORANGE, GREEN, RED, PINK, SKY, BLACK]), "image.cmap": "viridis",
         "svg.hashsalt": "picture", "axes.axisbelow": True}
WORST = (Exception, outside.Died)
logging.getLogger("matplotlib").setLevel(logging.ERROR)  # what it says about its cache of fonts helps no learner


class Waits(Exception):
    """One sentence: which task the picture waits for, and why."""


@dataclass(frozen=True)
class Picture:
    """One picture in two formats, its title, and what is to be seen on it in words."""

    title: str
    caption: str
    png: bytes
    svg: bytes


def panels(rows, columns, size, **options):
    """A figure of `size` inches and its axes, arranged so that nothing overlaps."""
    figure = Figure(figsize=size, layout="constrained")
    return figure, figure.subplots(rows, columns, **options)


def standing(project):
    """(name, text, report) of the file that the learner works in, as it is now; graded, and kept, unless the last report was about the same text."""
    file = cells.current(project)
    text, name = run.read(file), run.shown(file)
    now = [name, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), protected.fingerprint(project)]
    report = progress.last(project)
    if progress.untouched(report) and [report["submission"]["file"], report["submission"]["sha256"], report["graders"]["sha256"]] == now:
        return name, text, report
    report = run.grade(project, file, text=text)
    progress.keep(report)
    return name, text, report


def page(project):
    """The project's picture.py, or None where it has none."""
    path = project.folder / "picture.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location(f"picture_{project.slug}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in module.NEEDS:
        project.task(name)
    return module


def draw(project, name, text, report):
    """The picture of a submission (its file's `name` and `text`) that was judged by `report`; raises Waits."""
    drawn_by = page(project)
    if drawn_by is None:
        raise manifest.ManifestError(f"Project {project.number} has no picture (projects/{project.folder.name}/picture.py).")
    status = {t["name"]: t["status"] for t in report["tasks"]}
    if todo := next((n for n in project.tasks if n in drawn_by.NEEDS and status.get(n) != "passed"), None):
        why = {"not started": "is not written yet", "skipped": "was not graded"}.get(status.get(todo), "does not earn all of its points yet")
        done = sum(status.get(n) == "passed" for n in drawn_by.NEEDS)
        so_far = f" ({done} of the {len(drawn_by.NEEDS)} tasks that it needs are done)" if len(drawn_by.NEEDS) > 1 else ""
        raise Waits(f"The picture of project {project.number} waits for task {todo}, which {why}: make hint-{project.number} TASK={todo}{so_far}.")
    source, places = run.code(text, name) if name.endswith(".ipynb") else (text, ())
    session = outside.Session(outside.Submission(name, source, {task: [] for task in project.tasks}, cells=list(places)), None)
    session.begin(SECONDS)
    try:
        with alarm(SECONDS + 60):
            return rendered(drawn_by, drawn_by.draw, outside.Student(session), load)
    except DataError as e:
        raise run.CannotGrade(e) from None
    except WORST as e:
        if not session.calls or getattr(e, "verdict", "") == "error":
            raise run.CannotGrade(f"A fault of ours or of this machine, not yours: {type(e).__name__}: {show.one_line(e, 200)}.") from None
        call = session.calls[-1]
        task = next((function for _, function, _ in reversed(getattr(e, "frames", ())) if function in project.tasks), call.name)
        what = f"raised {e.type}: {show.one_line(e.message, 80)}" if isinstance(e, outside.Raised) else \
            str(e) if call.error is e else f"gave an answer that cannot be drawn ({show.one_line(e, 80)})"
        raise Waits(f"The picture of project {project.number} waits for task {task}: on the real data it {show.one_line(what, 160)}.") from None
    finally:
        session.close()


def illustration(project):
    """The picture beside the project's handout."""
    drawn_by = page(project)
    return rendered(drawn_by, drawn_by.illustrate, load, dpi=100)


def rendered(drawn_by, function, *arguments, dpi=150):
    """What a function of the page draws, as a Picture."""
    title = inspect.getdoc(drawn_by).splitlines()[0].rstrip(".")
    with mpl.rc_context():
        mpl.rcdefaults()  # whatever the learner's own matplotlibrc says
        mpl.rcParams.update(STYLE)
        figure, caption = function(*arguments)
        FigureCanvasAgg(figure)
        png, svg = io.BytesIO(), io.BytesIO()
        figure.savefig(png, format="png", dpi=dpi, metadata={"Title": title, "Description": caption, "Software": None})
        figure.savefig(svg, format="svg", metadata={"Title": title, "Description": caption, "Date": None, "Creator": None})
    return Picture(title, caption, png.getvalue(), svg.getvalue())
