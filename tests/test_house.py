"""The house rules that a machine can see: which way imports run, how large files are, and what no file may hold."""
import ast
import re
import subprocess

import pytest

from autograder import manifest

ROOT = manifest.ROOT
ORDER = [  # a module may import from its own row and from the rows below it
    {"__main__", "cli"}, {"desk.commands"}, {"desk.serve"}, {"desk.page"}, {"desk.picture"}, {"classroom.session"}, {"classroom.results", "classroom.marking"},
    {"classroom.gathering", "classroom.items", "classroom.pictures", "classroom.similarity", "renderers"},
    {"renderers.canvas", "renderers.classroom50"},
    {"renderers.annotations", "renderers.github", "renderers.gradebook", "renderers.gradescope", "renderers.junit", "renderers.markdown", "renderers.page",
     "renderers.prairielearn"}, {"renderers.feedback"},
    {"classroom.bundle"}, {"classroom.template", "classroom.launcher"},
    {"desk.watch", "desk.notebook", "desk.beside"}, {"desk.terminal", "desk.handout", "desk.changes"},
    {"reset", "syllabus", "practice"}, {"answers"}, {"setup", "screen", "progress"}, {"run"}, {"plugin", "report", "protected"}, {"grading", "diagnosis"}, {"checks", "solution"},
    {"sandbox.student"}, {"sandbox.objects", "sandbox.process"}, {"sandbox.launch"}, {"sandbox.worker"}, {"sandbox.extract"}, {"sandbox.jail", "sandbox.wire", "sandbox.rules"},
    {"show", "kaggle"}, {"manifest", "catalogue", "cells", "atomic"}, {"", "sandbox", "desk", "classroom"},
]
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}
LEVEL["sandbox.launch"] = LEVEL["sandbox.worker"] = LEVEL["sandbox.launch"]  # the zygote becomes the worker
ENGINE = sorted((ROOT / "autograder").rglob("*.py"))
files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True).stdout.split("\n")
TEXT = [ROOT / f for f in files if f and (ROOT / f).is_file() and (ROOT / f).suffix not in {".gz", ".png", ".csv"}]


def name_of(path):
    return ".".join(path.relative_to(ROOT / "autograder").with_suffix("").parts).removesuffix("__init__").rstrip(".")


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_imports_run_one_way(path):
    upward = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "autograder":
            base = node.module.removeprefix("autograder").lstrip(".")
            for alias in node.names:
                target = f"{base}.{alias.name}".lstrip(".")
                target = target if target in LEVEL else base
                if LEVEL[target] < LEVEL[name_of(path)]:
                    upward.append(f"line {node.lineno}: {target}")
    assert upward == []


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_engine_files_and_functions_are_short(path):
    tree, lines = ast.parse(path.read_text()), path.read_text().count("\n")
    assert lines <= 300
    long = [n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.end_lineno - n.lineno >= 40]
    assert long == []


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_every_engine_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_engine_knows_no_project():
    slugs = [manifest.project(n).slug for n in manifest.projects()]
    tasks = [t for n in manifest.projects() for t in manifest.project(n).tasks if "_" in t]
    named = [f"{name_of(p)}: {word}" for p in ENGINE for word in [*slugs, *tasks] if re.search(rf"\b{word}\b", "\n".join(
        line for line in p.read_text().splitlines() if '"""' not in line and "#" not in line and "Parser" not in line)) and word not in DOCUMENTED | COMMANDS]
    assert named == []


DOCUMENTED = {"mse_gradient", "mse_loss"}  # the example of docstrings
COMMANDS = {"checkpoint"}  # a word of the engine's own (what of the syllabus is shown) that is a project's slug too; its tasks stay unknown


@pytest.mark.parametrize("pattern", [r"/work/", r"/root/", r"files\.pythonhosted|pypi\.org|registry\.npmjs|/simple/", r"/home/\w+/", r"/opt/"])
def test_no_file_holds_an_address_or_a_path_of_one_machine(pattern):
    here = ROOT / "tests/test_house.py"
    assert [str(p.relative_to(ROOT)) for p in TEXT if p != here and re.search(pattern, p.read_text(encoding="utf-8", errors="replace"))] == []


def test_every_locked_package_has_hashes():
    blocks = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", (ROOT / "requirements.lock").read_text()).strip())
    assert [b.split()[0] for b in blocks if "==" not in b.split()[0] or "--hash=sha256:" not in b] == []


# -- graders -------------------------------------------------------------------------------------
BANNED = {"numpy.allclose", "numpy.array_equal", "numpy.isclose", "numpy.testing", "math.isclose", "pytest.approx"}
OVER = {"all", "any", "zip"}


def slips(source):
    """Comparisons that let wrong answers through, by line: a library comparison, or all, any, zip, == over what came back."""
    tree, found = ast.parse(source), []
    alias = {a.asname or a.name: f"{n.module}.{a.name}" for n in tree.body if isinstance(n, ast.ImportFrom) for a in n.names}
    alias |= {a.asname or a.name: a.name for n in tree.body if isinstance(n, ast.Import) for a in n.names}
    for function in (n for n in tree.body if isinstance(n, ast.FunctionDef)):
        returned = {t.id for n in ast.walk(function) if isinstance(n, ast.Assign) and "student." in ast.unparse(n.value)
                    for target in n.targets for t in ast.walk(target) if isinstance(t, ast.Name)}
        came_back = lambda node: returned & {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                first, *rest = ast.unparse(node.func).split(".")
                name = ".".join([alias.get(first, first), *rest])
                if any(name == b or name.startswith(b + ".") for b in BANNED):
                    found.append((node.lineno, name))
                text = ast.unparse(node)
                if name.split(".")[-1] in OVER and ("student." in text or came_back(node)) and "close(" not in text:
                    found.append((node.lineno, name))
            if isinstance(node, ast.Compare) and any(isinstance(op, (ast.Eq, ast.NotEq)) for op in node.ops):
                for side in (node.left, *node.comparators):
                    if ast.unparse(side).startswith("student.") or not isinstance(side, ast.Call) and came_back(side):
                        found.append((node.lineno, ast.unparse(node)))
    return found


@pytest.mark.parametrize("body", ["np.allclose(student.f(1), 2)", "np.testing.assert_allclose(student.f(1), 2)", "x = student.f(1); assert all(x)",
                                  "x = student.f(1); assert not any(abs(v - 1) > 1e-6 for v in x)", "x = student.f(1); assert x == 3",
                                  "for a, b in zip(student.f(1), [1]): close(a, b)", "assert student.f(1) == pytest.approx(2)", "assert student.f(1) == 3",
                                  "assert allclose(student.f(1), 2)"])
@pytest.mark.parametrize("name", ["test_x", "holds"])
def test_the_lint_notices(body, name):
    assert slips(f"import numpy as np\nimport pytest\nfrom numpy import allclose\ndef {name}(student):\n    {body}")


@pytest.mark.parametrize("page", sorted((ROOT / "graders").glob("test_*.py")), ids=lambda p: p.stem)
def test_page_of_checks_uses_no_comparison_that_lets_wrong_answers_through(page):
    assert slips(page.read_text()) == []
