"""The commands behind make's targets: `python -m autograder COMMAND`."""
import argparse
import json
import os
import shutil
import sys
import textwrap
from pathlib import Path

from autograder import manifest
from autograder.desk import commands as desk


def main(argv=None):
    """Run one command; 0 done (or full points), 1 less than that, 2 it could not be done."""
    arguments, status = parser().parse_args(argv), 0
    try:
        status = arguments.run(arguments) or 0
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # the reader (head, less) has seen enough; what was done stands
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return status
    except (manifest.ManifestError, desk.Refused) as e:
        return refuse(e)
    except KeyboardInterrupt:
        return 130
    except Exception as e:  # a traceback would tell a user nothing
        if os.environ.get("AUTOGRADER_DEBUG"):
            raise
        return refuse(f"A fault of ours: {type(e).__name__}: {e} (AUTOGRADER_DEBUG=1 shows where; please report it).")


def parser():
    top = argparse.ArgumentParser(prog="python -m autograder", description="Learn the mathematics of AI: derive, write, be graded at once.")
    top.set_defaults(run=show_map)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")

    def command(name, run, help, *arguments):
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        for flags, options in arguments:
            sub.add_argument(*flags, **options)

    number = (["project"], {"help": "number or name of the project"})
    command("map", show_map, "the projects, what you have, and what to type next")
    command("grade", grade, "grade a project", number,
            (["--submission"], {"type": Path, "metavar": "FILE", "help": "the file to grade, or a checkout that holds it (default: the starter module)"}),
            (["--student"], {"metavar": "NAME", "help": "whose it is, in the gradebook and on the page (default: the name of the file)"}),
            (["--json"], {"type": Path, "metavar": "OUT", "help": "write the report there; - for standard output"}),
            (["--format"], {"default": "", "metavar": "NAME,...", "help": "write the report as junit, html, gradescope, ...; any other name lists them"}),
            (["--out"], {"type": Path, "default": Path("build"), "metavar": "DIR", "help": "the folder for --format (default: build)"}),
            (["--all"], {"action": "store_true", "help": "show every failure"}),
            (["--task"], {"metavar": "NAME", "help": "show this task's failures only"}),
            (["--seed"], {"type": whole, "default": 0, "help": "seed of the random inputs (default 0)"}),
            (["--in-process"], {"action": "store_true", "help": "no second process, no protection: for breakpoint() in your code"}),
            (["--require-isolation"], {"default": "", "metavar": "LAYER,...", "help": "do not grade without these layers"}))
    command("hint", hint, "the next of a task's three hints", number, (["task"], {"nargs": "?", "help": "name of the task"}))
    command("reset", reset, "put a task's stub back; a copy of what was there is kept", number, (["task"], {"nargs": "?", "help": "name of the task"}))
    desk.add(command, number)
    command("checkpoint", checkpoint, "which of the syllabus' outcomes are shown by now, and by which task")
    command("all", grade_all, "grade every project, a line each",
            (["--submissions"], {"type": Path, "metavar": "DIR", "help": "the folder of modules to grade (default: starter)"}))
    command("practice", practice, "problems to answer at the prompt, with fresh numbers", (["project"], number[1] | {"nargs": "?"}),
            (["--family"], {"help": "only this family of problems"}), (["--seed"], {"type": int}))
    command("datasets", datasets, "verify the data sets, or fetch them from Kaggle",
            (["--source"], {"choices": ["embedded", "kaggle"], "help": "where from (default: AUTOGRADER_SOURCE, else the snapshots)"}),
            (["--deadline"], {"type": float, "default": 120, "help": "seconds per data set (default 120)"}))
    teach(command, number)
    command("setup", lambda _: 0, "make .venv with the locked packages",
            (["--tests"], {"action": "store_true", "help": "with what the tests need"}))  # done by __main__ before anything is imported
    return top


def teach(command, number):
    """The commands of a teacher."""
    number = (["project"], number[1] | {"nargs": "?"})  # make hands on what was not said as ""
    command("classroom", classroom, "write the student template and the teacher's bundle of a project", number,
            (["--out"], {"type": Path, "metavar": "DIR", "help": "a new folder (default: build/classroom-N)"}),
            (["--with-misconceptions"], {"action": "store_true", "help": "put the wrong answers into the template: it names mistakes, and gives much away"}))
    command("class", grade_class, "grade a folder of submissions: gradebook, feedback, and what the class shows about the checks", number,
            (["submissions"], {"nargs": "?", "metavar": "DIR", "help": "folder or zip file, as the platform exports it"}),
            (["--out"], {"type": Path, "metavar": "DIR", "help": "where the results go, and where a stopped run goes on (default: build/class-N)"}),
            (["--jobs"], {"type": whole, "default": 0, "help": "processes that grade (default: all cores)"}),
            (["--cluster"], {"default": "", "metavar": "NAME", "help": "dask, dask:ADDRESS or ray instead of this machine's cores"}),
            (["--seed"], {"type": whole, "help": "seed of the random inputs (default: drawn once for this folder of results)"}))


def whole(text):
    """A whole number from 0, for argparse."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


def refuse(sentence):
    """Say on stderr why nothing was done; at a terminal no word is broken."""
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else 10**6
    print(textwrap.fill(str(sentence), width, break_long_words=False, break_on_hyphens=False), file=sys.stderr)
    return 2


def show_map(_):
    from autograder import progress, screen
    screen.show(screen.overview([manifest.project(n) for n in manifest.projects()], progress.last))


def grade(arguments):
    if not arguments.in_process:
        from autograder.sandbox import launch
        launch.warm()
    project = manifest.project(arguments.project)
    task = arguments.task and project.task(arguments.task).name
    from autograder import progress, renderers, run, screen
    try:
        formats = renderers.chosen(arguments.format)
        run.insist([*filter(None, map(str.strip, arguments.require_isolation.split(",")))], arguments.in_process)
        report = run.grade(project, arguments.submission, seed=arguments.seed, in_process=arguments.in_process)
    except (run.CannotGrade, renderers.CannotRender) as e:
        return refuse(e)
    report["submission"] |= {"student": arguments.student} if arguments.student else {}
    if Path(arguments.submission or project.starter).resolve() in (project.starter, project.notebook) and not arguments.in_process:
        progress.keep(report)
    try:
        renderers.write(report, formats, arguments.out, os.environ)
    except renderers.CannotRender as e:
        return refuse(e)
    if arguments.json:
        text = json.dumps(report, indent=1) + "\n"
        if str(arguments.json) == "-":
            print(text, end="")
            return report["points"] < report["max_points"]
        try:
            arguments.json.write_text(text, encoding="utf-8")
        except OSError as e:
            return refuse(f"{arguments.json} cannot be written: {e.strerror}.")
    try:
        screen.show(screen.graded(project, report, every=arguments.all, task=task))
    except BrokenPipeError:  # the reader (head, less) has seen enough; the grade stands
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return report["points"] < report["max_points"]


def hint(arguments):
    from autograder import progress, screen
    from autograder.desk import handout
    project = manifest.project(arguments.project)
    task = project.task(arguments.task or progress.next_task(project))
    screen.show(screen.hint(project, task, *progress.next_hint(project, task), handout.place(project, task)))


def reset(arguments):
    from autograder import cells, run
    from autograder import reset as resetting
    project = manifest.project(arguments.project)
    if arguments.task is None:
        return refuse(f"Say which: make reset-{project.number} TASK={next(iter(project.tasks))}, or another task of the project.")
    try:
        kept = resetting.reset(project, project.task(arguments.task).name)
    except resetting.CannotReset as e:
        return refuse(e)
    print(f"{arguments.task} is a stub {'again ' if kept else ''}in {run.shown(cells.current(project))}" + (f"; what was there is kept in {run.shown(kept)}" if kept else "") + ".")


def checkpoint(_):
    from autograder import progress, screen, syllabus
    screen.show(screen.checkpoint(syllabus.goals([manifest.project(n) for n in manifest.projects()], progress.last)))


def grade_all(arguments):
    from autograder.sandbox import launch
    launch.warm()
    from autograder import progress, run, screen
    status = 0
    for number in manifest.projects():
        project = manifest.project(number)
        file = arguments.submissions / project.starter.name if arguments.submissions else None
        try:
            report = run.grade(project, file)
        except run.CannotGrade as e:
            status = refuse(e)
            continue
        if file is None:
            progress.keep(report)
        screen.show([screen.project_line(project, report)])
        status = max(status, report["points"] < report["max_points"])
    return status


def practice(arguments):
    from autograder.practice import NoPractice, having, practise
    if arguments.project is None:
        *first, last = having(manifest.ROOT / "projects")
        return refuse(f"Say which: make practice PROJECT={', '.join(first)} or {last}.")
    try:
        return practise(manifest.project(arguments.project), arguments.family, arguments.seed)
    except NoPractice as e:
        return refuse(e)


def datasets(arguments):
    from autograder.kaggle import datasets_command
    return datasets_command(arguments.source, deadline=arguments.deadline)


def classroom(arguments):
    if not arguments.project:
        return refuse(f"Say which: make classroom PROJECT={min(manifest.projects())}.")
    from autograder import run
    from autograder.classroom import bundle, template
    project = manifest.project(arguments.project)
    out = arguments.out or manifest.ROOT / "build" / f"classroom-{project.number}"
    try:
        template.export(project, out / "template", arguments.with_misconceptions)
        bundle.export(project, out / "bundle")
        (out / "assignments.json").write_text(bundle.assignments(project), encoding="utf-8")
    except template.CannotExport as e:
        return refuse(e)
    except FileExistsError:
        return refuse(f"{run.shown(out)} exists already; move it away, or name another folder with --out.")
    except OSError as e:
        return refuse(f"{run.shown(out)} cannot be written: {e.strerror}.")
    print(f"{run.shown(out)}/template          what a student starts from\n{run.shown(out)}/bundle            the grader for Classroom 50\n"
          f"{run.shown(out)}/assignments.json  its entry; TEACHING.md says where each belongs")


def grade_class(arguments):
    if not arguments.project or not arguments.submissions:
        return refuse(f"Say which: make class PROJECT={arguments.project or min(manifest.projects())} SUBMISSIONS=folder.")
    from autograder.classroom import gathering, marking, session
    try:
        return session.grade_class(manifest.project(arguments.project), arguments.submissions, arguments.out, arguments.jobs or -1, arguments.cluster, arguments.seed)
    except (gathering.NoClass, marking.NoCluster) as e:
        return refuse(e)
    except OSError as e:
        return refuse(f"{e.filename or 'The results'} cannot be written: {e.strerror}.")
