"""The renderers of the report: FORMATS holds, by name, functions of the record that return {file name: text}."""
import sys

from autograder.renderers import annotations, canvas, classroom50, github, gradebook, gradescope, junit, markdown, page, prairielearn

FORMATS = {
    "annotations": annotations.render, "canvas": lambda record: canvas.render([record]), "classroom50": classroom50.render,
    "csv": lambda record: gradebook.render([record]), "github": github.render, "gradescope": gradescope.render, "html": page.render,
    "junit": junit.render, "markdown": markdown.render, "prairielearn": prairielearn.render,
}
APPENDED = {"github-output.txt": "GITHUB_OUTPUT", "classroom50-output.txt": "GITHUB_OUTPUT", "summary.md": "GITHUB_STEP_SUMMARY"}


class CannotRender(Exception):
    """One sentence that says why there are no files and what to do."""


def chosen(names):
    """The formats of a list such as `junit,html`."""
    wanted = list(dict.fromkeys(filter(None, map(str.strip, names.split(",")))))
    if unknown := [name for name in wanted if name not in FORMATS]:
        raise CannotRender(f"There is no format {unknown[0]!r}; there are {', '.join(FORMATS)}.")
    if {"gradescope", "prairielearn"} <= set(wanted):
        raise CannotRender("gradescope and prairielearn both write results.json; ask for them one after the other, into two folders.")
    return wanted


def write(record, formats, folder, environment):
    """Write the files of these formats; what GitHub Actions reads goes where its variables say, annotations to stderr."""
    record = record | {"platform": {name: environment[name] for name in classroom50.VARIABLES if name in environment}}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in [file for wanted in formats for file in FORMATS[wanted](record).items()]:
            (folder / name).write_text(text, encoding=gradebook.ENCODINGS.get(name, "utf-8"), newline="\n")
            if target := environment.get(APPENDED.get(name, "")):
                with open(target, "a", encoding="utf-8", newline="\n") as out:
                    out.write(text)
            if name == "annotations.txt" and environment.get("GITHUB_ACTIONS") == "true":
                print(text, end="", file=sys.stderr)
    except OSError as e:
        raise CannotRender(f"{e.filename or folder} cannot be written: {e.strerror}.") from None
