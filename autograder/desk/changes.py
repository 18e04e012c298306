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
    """{task: what its checks may run of a module}: what is run at every import, the task, those before it, and all whose names these hold, in whatever form."""
    texts = {"": str(rules.aliases(ast.walk(ast.parse(source))))}
    for name, _, text in definitions(source):
        texts[name or ""] = texts.get(name or "", "") + text
    words = {name: texts.keys() & re.findall(r"\w+", text) for name, text in texts.items()}

    def reached(found):
        while more := set().union(*(words.get(name, ()) for name in found)) - found:
            found |= more
        return {name: texts.get(name) for name in found}

    return {task: reached({"", task, *project.before(task)}) for task in project.tasks}
