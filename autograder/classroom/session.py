"""The command `class`: gather the submissions, grade them with a progress bar, write what the teacher reads."""
import contextlib
import secrets
import sys
from pathlib import Path

from rich import progress
from rich.console import Console

from autograder import manifest, run, show
from autograder.classroom import gathering, marking


def grade_class(project, source, out=None, jobs=-1, cluster="", seed=None):
    """Grade the class in `source` into the folder `out`; 0, or 1 where a submission could not be graded."""
    out = Path(out or manifest.ROOT / "build" / f"class-{project.number}")
    if out.resolve() == Path(source).resolve():
        raise gathering.NoClass(f"{run.shown(out)} holds the submissions; name another folder for the results with OUT=.")
    entries = gathering.gather(source, project, skip={out.resolve()})
    records = marking.Records(out / "records", project, _seed(out) if seed is None else seed)
    readable = [entry for entry in entries if entry.text is not None]
    columns = ["{task.description}", progress.BarColumn(), progress.MofNCompleteColumn(), Rate(), progress.TimeRemainingColumn()]
    try:
        with progress.Progress(*columns, console=Console(file=sys.stderr)) as bar:
            task = bar.add_task("Grading", total=len(readable))
            problems = marking.mark(project, readable, records, jobs, cluster, lambda n: bar.advance(task, n))
    except KeyboardInterrupt:
        print("Stopped; the same command goes on from here.", file=sys.stderr)
        raise
    from autograder.classroom import results  # with matplotlib and scipy: a mistake in the command is told without them
    students, unread, median, broken = results.write(project, entries, records, problems, out, jobs)
    graded = students - len(unread)
    notes = [f"{len(names)} {what}: {show.some(names, 8)}" for names, what in ((unread, "not graded"), (broken, "cannot be imported or have nothing of this project")) if names]
    aside = f" ({'; '.join(notes)})" if notes else ""
    print(f"{graded} of {students} submissions graded{aside}, median {median:g} of {project.points} points.\n"
          f"{run.shown(out)}/index.html     the class\n{run.shown(out)}/feedback/      a page for each student\n"
          f"{run.shown(out)}/gradebook.csv  the points ({'canvas.csv' if graded else 'nothing'} for an import into Canvas)")
    return int(graded < students)


def _seed(out):
    """The seed of this class, drawn at its first grading: nobody can know the answers to it by heart."""
    file = out / "records" / "seed"
    file.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError), file.open("x") as new:
        new.write(str(secrets.randbelow(10**6)))
    return int(file.read_text())


class Rate(progress.ProgressColumn):
    """How fast it goes; what was there when it began counts for nothing."""

    def render(self, task):
        return progress.Text(f"{60 * task.speed:.0f} a minute" if task.speed else "")
