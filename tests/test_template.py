"""What a teacher hands out: the template grades and gives no answer away, the bundle gives the same points in every format."""
import base64
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from autograder import manifest, setup
from autograder.classroom import bundle, template
from autograder.solution import definition_of, stub
from tests.corpus import PROJECTS, answers, half_done, submission

ROOT = manifest.ROOT
PROJECT = PROJECTS["linear_regression"]
projects = pytest.mark.parametrize("project", PROJECTS.values(), ids=PROJECTS)


def run(*command, cwd, **environment):
    env = {k: v for k, v in os.environ.items() if k not in ("CI", "AUTOGRADER_SOURCE", "PYTHONPATH")}
    return subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, env=env | environment)


def exported(folder, write, *options):
    write(PROJECT, folder, *options)
    return folder


@pytest.fixture
def student(tmp_path):
    """A student's repository made from the template, with the packages there already."""
    folder = exported(tmp_path / "student", template.export)
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "Start"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


@pytest.fixture
def teacher(tmp_path):
    return exported(tmp_path / "teacher", bundle.export)


def texts(folder):
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*")
            if p.is_file() and p.suffix not in (".gz", ".png") and ".venv" not in p.parts}


# -- the template --------------------------------------------------------------------------------
@projects
def test_the_template_holds_no_solution(project, tmp_path):
    template.export(project, tmp_path / "t")
    found = texts(tmp_path / "t")
    source = project.solution.read_text(encoding="utf-8")
    bodies = {task: definition_of(source, task).split('"""')[-1].strip() for task in project.tasks}
    assert [(name, task) for name, text in found.items() for task, body in bodies.items() if body in text] == []
    assert not [name for name in found if name.startswith(("solutions", "tests", "graders/misconceptions", "graders/alternatives"))]
    assert (tmp_path / "t/starter" / project.starter.name).read_text(encoding="utf-8") == project.starter.read_text(encoding="utf-8")


@projects
def test_the_template_holds_the_data_of_its_project_and_no_other(project, tmp_path):
    template.export(project, tmp_path / "t")
    done = run(sys.executable, "-m", "autograder", "datasets", cwd=tmp_path / "t")
    assert done.returncode == 0, done.stderr
    assert re.findall(r"(?m)^(\w+) .*verified$", done.stdout) == [n for n in re.findall(r"(?m)^\[datasets\.(\w+)", (
        ROOT / "datasets/catalogue.toml").read_text()) if n in project.datasets]


@projects
def test_each_project_is_graded_in_its_template(project, tmp_path):
    template.export(project, tmp_path / "t")
    done = run(sys.executable, "-m", "autograder", "grade", project.number, "--json", "-", cwd=tmp_path / "t")
    assert {t["status"] for t in json.loads(done.stdout)["tasks"]} == {"not started"}


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize("target", ["map", "project-1", "hint-1", "reset-1 TASK=gradient", "datasets", "checkpoint", "all-projects", "classroom PROJECT=1", "notebook-1"])
def test_make_works_in_the_template(target, student):
    (student / "starter" / PROJECT.starter.name).write_text(half_done(PROJECT.slug), encoding="utf-8")
    done = run("make", *target.split(), cwd=student)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize("target", ["test", "bench", "test-slow", "classroom PROJECT=1 WITH_MISCONCEPTIONS=1", "project-2", "solution-1 TASK=gradient GIVE_UP=1",
                                    "class", "class PROJECT=1", "class PROJECT=1 SUBMISSIONS=.", "classroom"])
def test_what_the_template_does_not_hold_is_one_clear_sentence(target, student):
    done = run("make", *target.split(), cwd=student)
    assert done.returncode == 2
    assert len([line for line in done.stderr.splitlines() if not line.startswith("make")]) == 1


def test_what_the_teacher_tried_in_his_own_starter_stays_with_him(tmp_path, monkeypatch):
    mine = exported(tmp_path / "mine", template.export)
    (mine / "starter" / PROJECT.starter.name).write_text(PROJECT.solution.read_text(encoding="utf-8"))
    monkeypatch.setattr(manifest, "ROOT", mine)
    text = template.untouched(PROJECT)
    assert [task for task in PROJECT.tasks if (found := definition_of(text, task)).strip() != stub(found).strip()] == []


@pytest.mark.parametrize("given, named", [(False, False), (True, True)])
def test_the_mistake_is_named_where_the_teacher_gave_the_wrong_answers(given, named, tmp_path):
    folder = exported(tmp_path / "t", template.export, given)
    (folder / "starter" / PROJECT.starter.name).write_text(half_done(PROJECT.slug), encoding="utf-8")
    done = run(sys.executable, "-m", "autograder", "grade", 1, "--json", "-", cwd=folder)
    names = {c["diagnosis"]["misconception"] for t in json.loads(done.stdout)["tasks"] for c in t["checks"] if c["diagnosis"]}
    assert bool(names - {None}) == named


def test_the_command_writes_all_three_and_never_over_anything(tmp_path):
    command = sys.executable, "-m", "autograder", "classroom", 1, "--out", tmp_path / "out"
    assert run(*command, cwd=ROOT).returncode == 0
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"template", "bundle", "assignments.json"}
    again = run(*command, cwd=ROOT)
    assert again.returncode == 2 and "exists already" in again.stderr and len(again.stderr.splitlines()) == 1


# -- the bundle ----------------------------------------------------------------------------------
PLATFORM = {"CLASSROOM": "mathematics", "ASSIGNMENT": "linear-regression", "SUBMISSION_TAG": "submit/20261123T080000Z-abcdef0", "OWNER": "alice",
            "USERNAME": "alice", "ASSIGNMENT_TYPE": "individual", "COMMIT_URL": "https://example.org/c", "RELEASE_URL": "https://example.org/r",
            "REVIEW_URL": "https://example.org/v", "GITHUB_TOKEN": "s3cr3t"}


def classroom50(teacher, checkout, output):
    """What Classroom 50's runner does with the bundle; (result, status lines)."""
    done = run(sys.executable, teacher / "autograder.py", cwd=checkout, GITHUB_OUTPUT=str(output), **PLATFORM)
    assert done.returncode == 0, done.stderr
    return json.loads((checkout / "result.json").read_text()), dict(line.split("=", 1) for line in output.read_text().splitlines())


def total(folder, name):
    """The points that a file of this format adds up to."""
    text = (folder / name).read_text(encoding="utf-8")
    if name == "github-output.txt":
        lines = dict(line.split("=", 1) for line in text.splitlines())
        return sum(test["score"] for runner in lines.pop("runners").split(",") for test in json.loads(base64.b64decode(lines[runner]))["tests"])
    if name == "results.json":
        return sum(t["score" if "score" in t else "points"] for t in json.loads(text)["tests"])
    if name == "result.json":
        return sum(t["score"] for t in json.loads(text)["tests"])
    if name == "junit.xml":
        return sum(int(p.get("value")) for p in ET.fromstring(text).iterfind(".//testcase/properties/property[@name='points']"))
    if name == "gradebook.csv":
        row, = csv.DictReader(io.StringIO(text))
        return sum(int(row[task]) for task in PROJECT.tasks)
    return int(re.search(r"(\d+)(?: of |/)100\b", text)[1])


FORMATS = {"github": "github-output.txt", "classroom50": "result.json", "gradescope": "results.json", "prairielearn": "results.json", "junit": "junit.xml",
           "csv": "gradebook.csv", "markdown": "summary.md", "annotations": "annotations.txt", "html": "report.html"}


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """(student's repository, teacher's bundle, the points of the half-done work there) for every format."""
    folder = tmp_path_factory.mktemp("half")
    student, teacher = exported(folder / "student", template.export), exported(folder / "teacher", bundle.export)
    (student / "starter" / PROJECT.starter.name).write_text(half_done(PROJECT.slug), encoding="utf-8")
    done = run(sys.executable, "-m", "autograder", "grade", 1, "--json", "-", cwd=student)
    return student, teacher, json.loads(done.stdout)["points"]


@pytest.fixture(scope="module", params=["template", "bundle"])
def rendered(half, request, tmp_path_factory):
    """The half-done work as each format has it, graded by the student's own copy or by the teacher's: {format: folder}."""
    student, teacher, _ = half
    found = {}
    for formats in (FORMATS.keys() - {"prairielearn"}, {"prairielearn"}):  # both Gradescope and PrairieLearn want results.json
        folder = tmp_path_factory.mktemp("rendered")
        run(sys.executable, "-m", "autograder", "grade", 1, "--submission", student, "--format", ",".join(formats), "--out", folder,
            cwd=student if request.param == "template" else teacher / "grader")
        found |= dict.fromkeys(formats, folder)
    return found


@pytest.mark.parametrize("format", FORMATS)
def test_template_and_bundle_give_the_same_points_in_every_format(format, rendered, half):
    assert 0 < half[2] < 100
    assert total(rendered[format], FORMATS[format]) == half[2]


def test_classroom_50_gets_the_points_and_the_report(half, tmp_path):
    student, teacher, points = half
    result, said = classroom50(teacher, student, tmp_path / "output")
    assert (result["score"], result["max-score"], result["classroom"], result["owner"]) == (points, 100, "mathematics", "alice")
    assert said["status"] == "failure" and str(points) in said["summary"]
    assert f"{points} of 100 points" in (student / "release-body.md").read_text()


def plant(**files):
    return lambda checkout: [(checkout / f"{name}.{kind}").write_text(text) for name, (kind, text) in files.items()]


TAKEN_OVER = "py", "raise SystemExit('taken over')"
FORGERIES = {
    "modules that Python would import": plant(autograder=TAKEN_OVER, venv=TAKEN_OVER, json=TAKEN_OVER, sitecustomize=TAKEN_OVER, numpy=TAKEN_OVER, pip=TAKEN_OVER),
    "settings": plant(pip=("conf", "[global]\nno-index = true\n"), pytest=("ini", "[pytest]\naddopts = --collect-only\n")),
    "an empty page of checks": lambda checkout: (checkout / "graders/test_linear_regression.py").write_text(""),
    "results made beforehand": plant(result=("json", '{"score": 100}'), **{"release-body": ("md", "100 of 100 points")}),
    "links in the results' place": lambda checkout: [(checkout / "result.json").symlink_to(checkout / "README.md"), (checkout / "release-body.md").symlink_to("nowhere")],
}


@pytest.mark.parametrize("change", FORGERIES.values(), ids=FORGERIES)
def test_nothing_in_the_checkout_forges_the_result(change, half, tmp_path):
    student, teacher, points = half
    checkout = shutil.copytree(student, tmp_path / "checkout", symlinks=True)
    for name in ("result.json", "release-body.md"):
        (checkout / name).unlink(missing_ok=True)
    readme = (checkout / "README.md").read_text()
    change(checkout)
    result, said = classroom50(teacher, checkout, tmp_path / "output")
    assert (result["score"], said["status"]) == (points, "failure")
    assert not (checkout / "result.json").is_symlink() and (checkout / "README.md").read_text() == readme
    assert not (checkout / "nowhere").exists()


def test_a_submission_that_tries_to_write_the_status_itself_gains_nothing(half, tmp_path):
    student, teacher, _ = half
    checkout = shutil.copytree(student, tmp_path / "checkout", symlinks=True)
    output = tmp_path / "output"
    (checkout / "starter" / PROJECT.starter.name).write_text(
        f"import os\nfor path in [os.environ.get('GITHUB_OUTPUT', ''), {str(output)!r}, {str(checkout / 'result.json')!r}]:\n"
        "    try:\n        open(path, 'a').write('status=success\\nsummary=100/100\\n')\n    except OSError:\n        pass\n")
    result, said = classroom50(teacher, checkout, output)
    assert (result["score"], said["status"]) == (0, "failure") and "100/100" not in output.read_text()


def test_what_cannot_be_graded_is_said_in_the_status(half, tmp_path):
    _, teacher, _ = half
    result, said = classroom50(teacher, tmp_path, tmp_path / "output")
    assert (result["score"], result["max-score"], result["tests"], said["status"]) == (0, 0, [], "error")
    assert "has no linear_regression.py" in said["summary"] and "has no linear_regression.py" in (tmp_path / "release-body.md").read_text()


@pytest.mark.skipif(not shutil.which("bash"), reason="Gradescope's scripts need bash")
@pytest.mark.parametrize("uploaded", [True, False])
def test_gradescope_gets_results(uploaded, half, tmp_path):
    _, teacher, points = half
    source = shutil.copytree(teacher, tmp_path / "source")
    (source / "grader/.venv").symlink_to(ROOT / ".venv")
    (tmp_path / "submission").mkdir()
    if uploaded:
        (tmp_path / "submission" / PROJECT.starter.name).write_text(half_done(PROJECT.slug), encoding="utf-8")
    run("bash", source / "run_autograder", tmp_path, cwd=tmp_path)
    results = json.loads((tmp_path / "results/results.json").read_text())
    assert results["score"] == (points if uploaded else 0)
    assert uploaded or "has no linear_regression.py" in results["output"]


@projects
def test_the_bundle_is_far_below_the_platforms_limit(project, tmp_path):
    bundle.export(project, tmp_path / "b")
    size = Path(shutil.make_archive(str(tmp_path / "packed"), "gztar", tmp_path / "b")).stat().st_size
    assert size < 10 * 2**20
    assert (tmp_path / "b/autograder.py").exists() and not (tmp_path / "b/grader/solutions").exists()


def test_the_bundles_lock_is_what_its_packages_need():
    lock = "a==1 \\\n    --hash=sha256:1\n    # via\n    #   b\n    #   x\nb==2 ; python_version < '3.12' \\\n    # via house (pyproject.toml)\nc==3\n    # via a\nd==4\n    # via x\n"
    assert [block.split("==")[0] for block in re.findall(r"(?m)^\w.*", bundle.needed(lock, {"b"}))] == ["a", "b", "c"]


ONLY = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top not in sys.stdlib_module_names and top not in {allowed} and not top.startswith(("test_", "graders", "misconceptions_")):
            raise ModuleNotFoundError("not in the bundle's lock: " + name)
sys.meta_path.insert(0, Absent())
from autograder.cli import main
sys.exit(main({arguments}))
"""
IMPORTED = [  # by what the lock installs
    "autograder", "cloudpickle", "numpy", "pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments", "colorama", "py"]


@pytest.mark.parametrize("project", [pytest.param(p, marks=[pytest.mark.slow] * (p.number not in (1, 6)), id=slug) for slug, p in PROJECTS.items()])
def test_grading_needs_no_package_beyond_the_bundles_lock(project, tmp_path):
    grader = tmp_path / "b" / "grader"
    bundle.export(project, tmp_path / "b")
    arguments = ["grade", str(project.number), "--submission", str(project.solution), "--format", "classroom50,annotations,gradescope", "--out", str(tmp_path)]
    done = run(sys.executable, "-c", ONLY.format(allowed=IMPORTED, arguments=arguments), cwd=grader)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_launcher_needs_the_standard_library_only():
    import ast
    tree = ast.parse((ROOT / "autograder/classroom/launcher.py").read_text(), feature_version=(3, 11))
    names = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names} | {
        n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names | {"autograder"}
    assert "autograder" in names and setup.__doc__  # the engine's own setup, which is standard library too


def test_the_entry_names_the_slug_that_the_platform_allows():
    for project in PROJECTS.values():
        entry, = json.loads(bundle.assignments(project))["assignments"]
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{1,38}", entry["slug"])


# -- the workflows and the teacher's page --------------------------------------------------------
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("linter", [["zizmor", "--offline"], ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"]], ids=lambda c: c[0])
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.stem)
def test_workflow_passes_the_linter(linter, path):
    done = run(Path(sys.executable).with_name(linter[0]), *linter[1:], path, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def step(workflow, folder, **environment):
    """Run a workflow's step that grades, as the runner does."""
    job, = yaml.safe_load((ROOT / ".github/workflows" / workflow).read_text())["jobs"].values()
    command = next(s["run"] for s in job["steps"] if s.get("name", "").startswith("Grade"))
    here = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return run("bash", "-eo", "pipefail", "-c", command, cwd=folder, PATH=here, GITHUB_ACTIONS="true", **environment)


needs_a_runners_tools = pytest.mark.skipif(not shutil.which("bash") or not shutil.which("jq"), reason="bash and jq, which GitHub's runners have, are missing")


@needs_a_runners_tools
@pytest.mark.parametrize("source, status, said", [
    (lambda: PROJECT.starter.read_text(encoding="utf-8"), 0, "0 of 100 points"), (lambda: half_done(PROJECT.slug), 1, "of 100 points"),
    (lambda: PROJECT.solution.read_text(encoding="utf-8"), 0, "100 of 100 points")],
    ids=["nothing begun", "half done", "complete"])
def test_the_pushed_work_is_graded_by_the_workflow(source, status, said, student, tmp_path):
    (student / "starter" / PROJECT.starter.name).write_text(source(), encoding="utf-8")
    done = step("grade.yml", student, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    assert (done.returncode, said in (tmp_path / "summary.md").read_text()) == (status, True), done.stderr
    assert "::notice" in done.stderr and ("::error file=starter/" in done.stderr) == (said == "of 100 points")
    assert (student / "build/project-1/report.html").exists()


@needs_a_runners_tools
def test_the_grade_of_record_is_made_by_the_workflow(half, tmp_path):
    student, _, points = half
    checkout = shutil.copytree(student, tmp_path / "submission", symlinks=True)
    (checkout / "graders/test_linear_regression.py").write_text("")
    trusted = exported(tmp_path / "trusted", template.export, True)
    done = step("record.yml", trusted, PROJECT="1", STUDENT="ORG/=alice")
    report = json.loads((tmp_path / "record/report.json").read_text())
    assert (done.returncode, report["points"], report["graders"]["modified"]) == (0, points, ["graders/test_linear_regression.py"])
    row, = csv.DictReader((tmp_path / "record/gradebook.csv").open(encoding="utf-8-sig"))
    assert (row["student"], row["points"]) == ("ORG/=alice", str(points))


@pytest.mark.parametrize("page", sorted(template.WRITTEN.glob("*.md")), ids=lambda p: p.stem)
def test_every_target_that_the_student_is_told_of_exists(page):
    targets = set(re.findall(r"^([\w%-]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {re.sub(r"(\$number|N)$", "%", t) for t in re.findall(r"(?m)(?:^|`)make ([a-z][\w$-]*)", page.read_text(encoding="utf-8"))}
    assert named and named <= targets


def test_the_teachers_page_is_ten_minutes():
    words = (ROOT / "TEACHING.md").read_text(encoding="utf-8").split()
    assert len(words) < 2000  # at 200 words a minute


def test_links_of_the_teachers_page_lead_somewhere():
    text = (ROOT / "TEACHING.md").read_text(encoding="utf-8")
    anchors = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in re.findall(r"(?m)^#+ (.*)$", text)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_your_copy_forgives_an_earlier_mistake_and_the_bundle_does_not(tmp_path):
    """What TEACHING.md warns of."""
    wrong = next(name for slug, name in answers("misconceptions") if slug == PROJECT.slug and name.startswith("mse_gradient__"))
    (tmp_path / "starter").mkdir()
    (tmp_path / "starter" / PROJECT.starter.name).write_text(submission(PROJECT.slug, "misconceptions", wrong), encoding="utf-8")
    grade = sys.executable, "-m", "autograder", "grade", 1, "--submission", tmp_path, "--json", "-"
    points = [json.loads(run(*grade, cwd=folder).stdout)["points"] for folder in (ROOT, exported(tmp_path / "bundle", bundle.export) / "grader")]
    assert points[0] > points[1]
