"""The commands of the learner's desk."""
import shutil
from pathlib import Path

from autograder import manifest


class Refused(Exception):
    """One sentence that says why a command did nothing."""


def add(command, number):
    """Tell the command line of them."""
    command("watch", watch, "grade again at every save", number)
    command("notebook", notebook, "the handout and the starter as a notebook; built again, your cells are kept", number)
    command("solution", solution, "ours beside yours, once yours earns all its points", number,
            (["task"], {"nargs": "?", "default": "", "help": "name of the task"}),
            (["--give-up"], {"action": "store_true", "help": "show ours before; it is remembered"}))
    command("picture", picture, "draw a project's picture from your own functions", number,
            (["--out"], {"type": Path, "metavar": "FILE", "help": "where to, .png or .svg (default: both in build/)"}),
            (["--handout"], {"action": "store_true", "help": "for authors: draw the picture beside the handout anew"}))
    command("report", page, "your page: progress, tasks, pictures, days", (["--out"], {"type": Path, "metavar": "FILE", "help": "where to (default: build/report.html)"}))
    command("serve", serve, "your page on this machine's own address, made anew at each grading",
            (["--port"], {"type": int, "default": 8000, "help": "port on 127.0.0.1 (default 8000; 0 takes a free one)"}))


def watch(arguments):
    from autograder import progress, run, screen
    from autograder.desk import terminal, watch
    project = manifest.project(arguments.project)
    if not terminal.there():
        try:
            report = run.grade(project)
        except run.CannotGrade as e:
            raise Refused(e) from None
        progress.keep(report)
        screen.show(screen.graded(project, report))
        print(f"This is no terminal to draw on, so nothing is watched: project {project.number} was graded once.")
        return 0
    return watch.watch(project)


def notebook(arguments):
    from autograder import run
    from autograder.desk import notebook
    project = manifest.project(arguments.project)
    try:
        path, kept = notebook.build(project)
    except notebook.CannotBuild as e:
        raise Refused(e) from None
    print(f"{run.shown(path)} holds the handout, the tasks and a cell that grades" + (f"; {kept} cell{'s' * (kept > 1)} of yours {'are' if kept > 1 else 'is'} kept." if kept else "."))
    print(f"Open it in your Jupyter, or in VS Code with the kernel .venv (it offers to add ipykernel). make project-{project.number} grades it where it is newer than {run.shown(project.starter)}.")


def solution(arguments):
    from autograder.sandbox import launch
    launch.warm()
    from autograder import cells, progress, run, screen
    from autograder.desk import beside
    project = manifest.project(arguments.project)
    task, file = project.task(arguments.task), cells.current(project)
    if not project.solution.exists():
        raise Refused(f"{run.shown(project.solution)} is missing: this project has no solution yet." if project.solution.parent.exists() else
                      "There are no solutions here: the copy that a class is given has none. Ask for the next hint, or your teacher.")
    try:
        text = run.read(file)
        result = next(t for t in run.grade(project, file, text=text, tasks={task.name})["tasks"] if t["name"] == task.name)
    except run.CannotGrade as e:
        raise Refused(e) from None
    if result["status"] != "passed" and not progress.gave_up(project, task):
        if not arguments.give_up:
            raise Refused(f"{task.name} has {result['points']} of {task.points} points: finish it first (make hint-{project.number} TASK={task.name} helps), "
                          f"or type make solution-{project.number} TASK={task.name} GIVE_UP=1 (without make: --give-up), which is remembered.")
        progress.give_up(project, task)
    screen.show(beside.lines(project, task, file, text, shutil.get_terminal_size().columns))


def picture(arguments):
    from autograder.desk import picture as drawing
    from autograder.run import CannotGrade
    project = manifest.project(arguments.project)
    if arguments.handout:
        drawn = drawing.illustration(project)
        return write({project.folder / "picture.png": drawn.png}, f"Its line in the handout: ![{drawn.caption}](picture.png)")
    if arguments.out and arguments.out.suffix not in (".png", ".svg"):
        raise Refused(f"{arguments.out} is to be a .png or a .svg file.")
    from autograder.sandbox import launch
    launch.warm()
    try:
        drawn = drawing.draw(project, *drawing.standing(project))
    except drawing.Waits as e:
        print(e)
        return 1
    except CannotGrade as e:
        raise Refused(e) from None
    build, kinds = manifest.ROOT / "build", {".png": drawn.png, ".svg": drawn.svg}
    return write({arguments.out: kinds[arguments.out.suffix]} if arguments.out else {build / f"picture-{project.number}{k}": v for k, v in kinds.items()}, drawn.caption)


def page(arguments):
    from autograder.sandbox import launch
    launch.warm()
    from autograder.desk import page as pages
    return write({arguments.out or manifest.ROOT / "build/report.html": pages.html(pages.Album()).encode()}, "Open it in a browser; it needs no network.")


def serve(arguments):
    from autograder.sandbox import launch
    launch.warm()
    from autograder.desk import serve as serving
    try:
        return serving.serve(arguments.port)
    except serving.CannotServe as e:
        raise Refused(e) from None


def write(files, remark=""):
    """Write {path: bytes} and say so; the folder build/ is made where it is missing."""
    from autograder.run import shown
    for path, data in files.items():
        try:
            if path.parent == manifest.ROOT / "build":
                path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        except OSError as e:
            raise Refused(f"{shown(path)} cannot be written: {e.strerror}.") from None
    print(f"Written: {', '.join(map(shown, files))}" + (f"\n{remark}" if remark else ""))
    return 0
