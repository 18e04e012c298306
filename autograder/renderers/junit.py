"""JUnit XML: a suite for each task, a case for each check, the points as properties."""
import re
from xml.etree import ElementTree

from autograder import show
from autograder.renderers import feedback


def render(record):
    root = ElementTree.Element("testsuites", name=f"project {record['number']}")
    _properties(root, points=record["points"], max_points=record["max_points"])
    for task in record["tasks"]:
        suite = ElementTree.SubElement(root, "testsuite", name=_legal(task["name"]), **_counts(task["checks"]))
        for check in task["checks"]:
            _case(suite, task, check)
    root.attrib |= _counts([c for t in record["tasks"] for c in t["checks"]])
    ElementTree.indent(root)
    return {"junit.xml": '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"}


def _counts(checks):
    kinds = [_kind(c["verdict"]) for c in checks]
    return {"tests": str(len(checks)), "failures": str(kinds.count("failure")), "errors": "0", "skipped": str(kinds.count("skipped")),
            "time": f"{sum(c['seconds'] for c in checks):.3f}"}


def _kind(verdict):
    return "" if verdict == "passed" else "skipped" if verdict in feedback.QUIET else "failure"


def _case(suite, task, check):
    case = ElementTree.SubElement(suite, "testcase", name=_legal(check["title"]), classname=_legal(task["name"]), file=_legal(check["file"]),
                                  line=str(check["line"] or 0), time=f"{check['seconds']:.3f}")
    _properties(case, points=check["points"], max_points=check["max_points"])
    if kind := _kind(check["verdict"]):
        first = check["message"].split("\n")[0] or check["verdict"]
        ElementTree.SubElement(case, kind, type=_legal(check["verdict"]), message=_legal(first)).text = _legal(feedback.told(check))


def _properties(parent, **values):
    group = ElementTree.SubElement(parent, "properties")
    for name, value in values.items():
        ElementTree.SubElement(group, "property", name=name, value=str(value))


def _legal(text):
    """Text without the characters that XML has no way to write."""
    return re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", show.clean(text, 10_000))
