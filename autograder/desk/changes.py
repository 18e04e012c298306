"""What of the last report still holds after a save: the tasks that passed, and whose checks would run the same code again."""
import ast
import re

from autograder.sandbox import rules
from autograder.solution import definitions


def kept(project, report, old, new):
    """{task: its part of `report`, made of the source `old`} of what is right and untouched in `new`; nothing where nothing was touched."""
    try:
        before, after = _codes(project, old), _codes(project, new)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # no module: whoever grades it says why
        return {}
    right = {t["name"]: t for t in report["tasks"] if t["status"] == "passed" and not any(c["fault_in"] for c in t["checks"])}  # no line of the file is in these
    untouched = {name for name in project.tasks if before[name] == after[name]}
    return {name: right[name] for name in untouched & right.keys()} if len(untouched) < len(project.tasks) else {}


def _codes(project, source):
    """{task: what its checks may run of a module}: what is run at every import, the task, those that its checks name, and all whose names these hold."""
    texts = {"": str(rules.aliases(ast.walk(ast.parse(source))))}
    for name, _, text in definitions(source):
        texts[name or ""] = texts.get(name or "", "") + text
    return {task: {name: texts.get(name) for name in _reached({"", task, *called}, texts)} for task, called in _called(project).items()}


def _called(project):
    """{task: the tasks that its checks name, themselves or in what they use of their page}."""
    texts, checks = {}, {task: set() for task in project.tasks}
    for name, _, text in definitions(project.grader.read_text(encoding="utf-8")):
        texts[name or ""] = texts.get(name or "", "") + text
        for task in re.findall(r'^@task\("(\w+)"', text, re.M):
            checks[task].add(name)
    return {task: set().union(*(re.findall(r"\w+", texts[name]) for name in _reached(names, texts))) & project.tasks.keys() for task, names in checks.items()}


def _reached(found, texts):
    """What is found and all whose names that holds, in whatever form; `texts` is {name: its definition}."""
    while more := set().union(*(texts.keys() & re.findall(r"\w+", texts.get(name, "")) for name in found)) - found:
        found = found | more
    return found
