"""Workflow commands: the first mistake of each task, on the learner's line, at most as many as GitHub shows."""
from autograder import show
from autograder.renderers import feedback

MOST = 10  # of one level in one step; what is more is dropped without a word


def render(record):
    broken = "this file cannot be imported" if record["problem"] else ""
    commands = [_command("error", check, broken or f"{task['name']}: {check['title']}", feedback.told(check))
                for task, check in feedback.failures(record)[:MOST]]
    commands.append(f"::notice title={_property('Project ' + str(record['number']))}::{_data(feedback.outcome(record))}")
    return {"annotations.txt": "".join(f"{command}\n" for command in commands)}


def _command(level, check, title, message):
    place = f"file={_property(check['file'])}" + (f",line={check['line']}" if check["line"] else "")
    return f"::{level} {place},title={_property(show.one_line(title, 200))}::{_data(message)}"


def _data(text):
    return show.clean(text, 4000).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text):
    return _data(text).replace(":", "%3A").replace(",", "%2C")
