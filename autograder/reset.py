"""Puts a task's stub back and keeps what was there."""
import contextlib
import subprocess
import time

from autograder import manifest, progress
from autograder.solution import definition_of, replaced, stub


class CannotReset(Exception):
    """One sentence that says why nothing was changed."""


def reset(project, task):
    """The stub of `task` is back in the starter module; the path of the copy of what was there, or None if nothing was."""
    path = project.starter
    try:
        source = path.read_text(encoding="utf-8")
        present = definition_of(source, task)
    except OSError as e:
        raise CannotReset(f"starter/{path.name} cannot be read ({e.strerror}): `git checkout -- starter/{path.name}` brings it back.") from None
    except SyntaxError as e:
        raise CannotReset(f"starter/{path.name} does not parse (line {e.lineno}), so the task cannot be found in it: mend that line first.") from None
    original = untouched(path, task) or definition_of(source, task)
    if original is None:
        raise CannotReset(f"The stub of {task} cannot be found in the history of starter/{path.name}; copy it from the original repository.")
    kept = None
    if present:
        kept = progress.FOLDER / "kept" / f"{project.slug}.{task}.{time.strftime('%Y-%m-%dT%H-%M-%S')}.py"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(present, encoding="utf-8")
    path.write_text(replaced(source, task, stub(original)) if present else source.rstrip("\n") + "\n\n\n" + stub(original) + "\n", encoding="utf-8")
    return kept


def untouched(path, task):
    """The text of the task in the newest committed version of the file in which it is a stub; None where there is none."""
    name = path.relative_to(manifest.ROOT).as_posix()
    git = lambda *a: subprocess.run(["git", *a], cwd=manifest.ROOT, capture_output=True, text=True).stdout
    with contextlib.suppress(OSError):  # no git here
        for commit in git("log", "--format=%H", "--", name).split():
            with contextlib.suppress(SyntaxError):  # a learner may commit what does not parse
                text = definition_of(git("show", f"{commit}:{name}"), task)
                if text and text.rstrip() == stub(text):
                    return text
    return None
