"""The report in every medium: each platform's contract in our own words, the same points everywhere, and hostile text that stays text."""
import base64
import csv
import functools
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from autograder import manifest, renderers, run, show
from autograder.renderers import FORMATS, canvas, github, gradebook
from autograder.solution import definition_of, replaced, stub
from tests.corpus import PROJECTS, submission

PROJECT = PROJECTS["linear_regression"]
SOLUTION = PROJECT.solution.read_text()


def half_done():
    """Right, wrong in a known way, untouched, forbidden, raising and printing: one task of each kind at least."""
    source = submission(PROJECT.slug, "misconceptions", "mse_gradient__forgets_two")
    for task, body in {"r_squared": stub(definition_of(source, "r_squared")), "mse_loss": "def mse_loss(a, b):\n    print('::error::<b>')\n    return (a - b).mean()",
                       "normal_equation": "def normal_equation(X, y):\n    return np.linalg.lstsq(X, y)[0], 0"}.items():
        source = replaced(source, task, body)
    return source


SUBMISSIONS = {"half done": half_done, "right": lambda: SOLUTION, "not importable": lambda: "import nunpy\n" + SOLUTION, "empty": lambda: ""}


@functools.cache
def graded(name):
    return run.grade(PROJECT, text=SUBMISSIONS[name]())


def record(text="x", verdicts=("passed", "failed", "not started", "timed out"), tasks=2, problem=False):
    """A report in which every word that could come from a learner (and some that could not) is `text`."""
    checks = [{"name": "test_x", "title": text, "verdict": v, "points": 2 * (v == "passed"), "max_points": 2, "message": text, "hint": text, "file": text,
               "diagnosis": {"misconception": None, "text": text}, "line": 3, "printed": text, "fault_in": [], "margin": 1.0, "seconds": 0.25} for v in verdicts]
    earned, worth = sum(c["points"] for c in checks), sum(c["max_points"] for c in checks)
    return {"schema": "autograder/report/v1", "project": "some_project", "number": 1, "title": text, "points": tasks * earned, "max_points": tasks * worth,
            "submission": {"file": text, "sha256": "ab" * 32, "student": text}, "graders": {"sha256": "cd" * 32, "modified": [text]}, "isolation": [],
            "seed": 0, "seconds": 1.5, "problem": {"message": text, "line": 3} if problem else None,
            "tasks": [{"name": f"task_{n}", "title": text, "status": "partial", "points": earned, "max_points": worth, "checks": checks} for n in range(tasks)]}


# -- the same points everywhere ------------------------------------------------------------------
def outputs(files):
    """What GitHub Classroom's reporter is given: {runner: results}."""
    values = dict(line.split("=", 1) for line in files["github-output.txt"].splitlines())
    return {name: json.loads(base64.b64decode(values[name], validate=True)) for name in values.pop("runners").split(",")}


def table_of(files):
    """What the reporter prints: passed tests over tests, times the points of the runner. JavaScript computes this in the same order."""
    return sum(sum(t["status"] == "pass" for t in r["tests"]) / len(r["tests"]) * r["max_score"] for r in outputs(files).values())


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def of_page(files):
    tasks, checks = (re.findall(rf'{before}<span class="points">[a-z ]+, (\d+)/', files["report.html"]) for before in (r"<summary>.*\n", "<p>[^<]*"))
    return {sum(map(int, tasks)), sum(map(int, checks)), int(re.search(r'<progress value="(\d+)"', files["report.html"])[1])}


POINTS = {
    "annotations": lambda files: {int(re.search(r"::notice .*::(\d+) of", files["annotations.txt"])[1])},
    "canvas": lambda files: {int(list(rows(files["canvas.csv"])[1].values())[-1])},
    "classroom50": lambda files: {json.loads(files["result.json"])["score"], sum(t["score"] for t in json.loads(files["result.json"])["tests"]),
                                  *POINTS["markdown"]({"summary.md": files["release-body.md"]}), int(re.search(r"summary=(\d+) of", files["classroom50-output.txt"])[1])},
    "csv": lambda files: {int(rows(files["gradebook.csv"])[0]["points"]), sum(int(rows(files["gradebook.csv"])[0][task]) for task in PROJECT.tasks)},
    "github": lambda files: {table_of(files), sum(t["score"] for r in outputs(files).values() for t in r["tests"])},
    "gradescope": lambda files: {json.loads(files["results.json"])["score"], sum(t["score"] for t in json.loads(files["results.json"])["tests"])},
    "html": of_page,
    "junit": lambda files: {sum(int(p.get("value")) for p in ElementTree.fromstring(files["junit.xml"]).iterfind(f"{path}/property[@name='points']"))
                            for path in ("properties", "testsuite/testcase/properties")},
    "markdown": lambda files: {sum(map(int, re.findall(r"(?m) \| (\d+)/\d+ \|$", files["summary.md"]))), int(re.search(r"## (\d+) of", files["summary.md"])[1])},
    "prairielearn": lambda files: {sum(t["points"] for t in json.loads(files["results.json"]).get("tests", [])),
                                   round(json.loads(files["results.json"]).get("score", 0) * PROJECT.points, 9)},
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("work", SUBMISSIONS)
def test_every_format_says_the_points_of_the_record(name, work):
    assert POINTS[name](FORMATS[name](graded(work))) == {graded(work)["points"]}


@given(st.lists(st.tuples(st.integers(1, 20), st.booleans()), min_size=1, max_size=9))
def test_the_reporters_table_and_its_annotation_agree_for_any_points(checks):
    one = record(verdicts=["passed" if good else "failed" for _, good in checks], tasks=1)
    task = one["tasks"][0]
    task["checks"] = [c | {"points": points * good, "max_points": points} for c, (points, good) in zip(task["checks"], checks)]
    task["points"], task["max_points"] = (sum(c[key] for c in task["checks"]) for key in ("points", "max_points"))
    files = github.render(one)
    assert sum(t["score"] for t in outputs(files)["task0"]["tests"]) == task["points"]
    assert table_of(files) == pytest.approx(task["points"], abs=1e-9)


# -- the contracts -------------------------------------------------------------------------------
POINT, TEXT = {"type": "integer", "minimum": 0}, {"type": "string"}


def thing(required, **optional):
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": required | optional}


def many(item):
    return {"type": "array", "items": item, "minItems": 1}


RUNNER = thing({"version": {"const": 1}, "status": {"enum": ["pass", "fail"]}, "max_score": {"type": "integer", "minimum": 1},
                "tests": many(thing({"name": TEXT, "status": {"enum": ["pass", "fail"]}, "score": POINT, "message": TEXT, "test_code": TEXT,
                                     "filename": TEXT, "line_no": {"type": "integer", "minimum": 0}, "duration": {"type": "number"}}))})
CLASSROOM50 = thing({
    "schema": {"const": "classroom50/result/v1"}, "assignment_type": {"enum": ["individual", "group", "team"]}, "submission": {"type": "string", "pattern": "^submit/"},
    "datetime": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"}, "score": POINT, "max-score": POINT,
    "tests": many({"type": "object", "required": ["test-name", "passed", "score", "max-score"],
                   "properties": {"test-name": {"type": "string", "minLength": 1}, "passed": {"type": "boolean"}, "score": POINT, "max-score": POINT}}),
    **dict.fromkeys(["classroom", "assignment", "owner", "commit", "release", "review"], {"type": "string", "minLength": 1})})
VISIBLE, FORM = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}, {"enum": ["text", "html", "simple_format", "md", "ansi"]}
GRADESCOPE = thing({"score": POINT, "tests": many(thing({"score": POINT, "max_score": POINT, "status": {"enum": ["passed", "failed"]}}, name=TEXT, number=TEXT, output=TEXT,
                                                        output_format=FORM, name_format=FORM, visibility=VISIBLE))},
                   execution_time={"type": "number"}, output=TEXT, output_format=FORM, visibility=VISIBLE, stdout_visibility=VISIBLE, extra_data={"type": "object"})
PRAIRIELEARN = {"oneOf": [
    thing({"gradable": {"const": False}, "format_errors": many(TEXT)}),
    thing({"gradable": {"const": True}, "score": {"type": "number", "minimum": 0, "maximum": 1},
           "tests": many(thing({"name": TEXT, "points": POINT, "max_points": POINT}, output=TEXT))}, output=TEXT)]}
CONTRACTS = {
    "github": lambda files: (many(RUNNER), list(outputs(files).values())),
    "classroom50": lambda files: (CLASSROOM50, json.loads(files["result.json"])),
    "gradescope": lambda files: (GRADESCOPE, json.loads(files["results.json"])),
    "prairielearn": lambda files: (PRAIRIELEARN, json.loads(files["results.json"])),
}


@pytest.mark.parametrize("name", CONTRACTS)
@pytest.mark.parametrize("work", SUBMISSIONS)
def test_contract(name, work):
    schema, value = CONTRACTS[name](FORMATS[name](graded(work)))
    jsonschema.validate(value, schema)


@pytest.mark.parametrize("slug", PROJECTS)
def test_runners_of_a_project_have_different_ids_of_letters_and_digits(slug):
    ids = [github.runner(task) for task in PROJECTS[slug].tasks]
    assert len(set(ids)) == len(ids) and all(re.fullmatch("[a-z][a-z0-9]*", name) for name in ids)


def test_a_task_fails_and_passes_as_a_whole_for_the_reporter():
    said = outputs(FORMATS["github"](graded("half done")))
    assert [said[name]["status"] for name in ("derivative", "msegradient", "rsquared")] == ["pass", "fail", "fail"]


@pytest.mark.parametrize("name", ["github", "gradescope", "prairielearn", "junit", "markdown", "annotations", "classroom50", "html"])
def test_the_tutors_sentence_and_the_learners_line_are_there(name):
    files = FORMATS[name](graded("half done"))
    text = "\n".join(files.values()) if name != "github" else json.dumps(outputs(files), ensure_ascii=False)
    line = next(c["line"] for t in graded("half done")["tasks"] if t["name"] == "mse_gradient" for c in t["checks"] if c["diagnosis"])
    assert re.search(r"every number you return is half of the slope", text)
    assert re.search(rf"starter/linear(_|\\_)regression(\\)?\.py(:|,line=){line}\b", text)


def test_what_the_platform_says_is_taken_over_by_classroom50():
    said = {"CLASSROOM": "cs", "ASSIGNMENT": "lr", "ASSIGNMENT_TYPE": "group", "OWNER": "ada", "SUBMISSION_TAG": "submit/1", "COMMIT_URL": "c", "RELEASE_URL": "r",
            "REVIEW_URL": "v"}
    result = json.loads(FORMATS["classroom50"](record() | {"platform": said})["result.json"])
    assert [result[key] for key in ("classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release", "review")] == list(said.values())


def test_junit_counts():
    root = ElementTree.fromstring(FORMATS["junit"](record())["junit.xml"])
    assert [(e.get("tests"), e.get("failures"), e.get("skipped")) for e in root.iter() if e.tag.startswith("testsuite")] == [("8", "4", "2"), ("4", "2", "1"), ("4", "2", "1")]
    assert [len(list(root.iter(tag))) for tag in ("testcase", "failure", "skipped")] == [8, 4, 2]


def test_gradebooks_of_a_class_have_a_row_for_each():
    class_ = [graded(work) | {"submission": {"file": "a.py", "sha256": "", "student": work}} for work in SUBMISSIONS]
    book = rows(gradebook.render(class_)["gradebook.csv"])
    assert [(row["student"], int(row["points"])) for row in book] == [(work, graded(work)["points"]) for work in SUBMISSIONS]
    imported = rows(canvas.render(class_)["canvas.csv"])
    assert list(imported[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Project 1 Linear regression from calculus"]
    assert [(row["SIS Login ID"], int(list(row.values())[-1])) for row in imported[1:]] == [(work, graded(work)["points"]) for work in SUBMISSIONS]


# -- limits --------------------------------------------------------------------------------------
def longest(text):
    """A report of 156 failed checks that each tell 4,000 characters, no two the same."""
    report = record(text * 4000, verdicts=["failed"] * 12, tasks=13)
    for n, check in enumerate(report["tasks"][0]["checks"]):
        check["message"] = f"{n}{check['message']}"
    return report


@pytest.mark.parametrize("text", "`x&é😀")
def test_limits_of_the_platforms(text):
    large = longest(text)
    assert max(len(line) for line in FORMATS["github"](large)["github-output.txt"].splitlines()) < 128 << 10  # one variable of an environment
    assert len(FORMATS["markdown"](large)["summary.md"]) < 125_000  # characters of a release; a summary takes 1 MiB
    assert len(FORMATS["prairielearn"](large)["results.json"].encode()) < 1_000_000
    assert FORMATS["annotations"](large)["annotations.txt"].count("::error ") == 10


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"csv", "canvas"}))
def test_a_notebooks_cell_is_named_in_the_records_words(name):
    notebook = record()
    for check in notebook["tasks"][0]["checks"]:
        check |= {"file": "a.ipynb", "line": None, "where": "a.ipynb cell 3, line 2"}
    files = FORMATS[name](notebook)
    text = json.dumps(outputs(files)) if name == "github" else "\n".join(files.values()).replace("\\", "")
    assert "a.ipynb cell 3, line 2" in text


def test_what_checks_of_a_task_say_alike_is_on_the_page_once_for_each_task():
    page = FORMATS["html"](record("Slipped."))["report.html"]
    tasks = page.split('<details class="task')[1:]
    assert [(task.count('class="diagnosis"'), task.count("Your code printed")) for task in tasks] == [(1, 1)] * len(tasks)


def test_a_module_that_cannot_be_imported_is_told_once():
    broken = graded("not importable")
    assert FORMATS["annotations"](broken)["annotations.txt"].count("::error ") == 1
    assert FORMATS["markdown"](broken)["summary.md"].count("import nunpy") == 1
    assert FORMATS["html"](broken)["report.html"].count("import nunpy") == 1


def test_only_mistakes_are_annotated_and_only_the_first_of_a_task():
    annotated = re.findall(r"title=(\w+)%3A", FORMATS["annotations"](graded("half done"))["annotations.txt"])
    assert annotated == ["mse_loss", "mse_gradient", "normal_equation"]


# -- hostile text --------------------------------------------------------------------------------
TOKENS = ["\n```\n", "::error file=a::b", "::", "##[error]", "%0A", "%", "\n", "\r", "\t", "\x1b[2J", "\x9b", "\x00", "\u202e", "\u2028", "\ud800", "\ufffe", "\uffff", "```", "~~~", "`", "@octocat",
          "a@b.example", "#12", "![x](http://e.example/p.png)", "[x](javascript:x)", "https://e.example", "www.e.example", "<script>alert(1)</script>", "</pre></details>", "<!--",
          "]]>", "&lt;", "&", '"', "'", "=1+1", "+1", "-1", "@SUM(A1)", "|", "\\", "*", "_", "# ", "- ", "1. ", "> ", "    ", "$x$", "{{ 7 * 7 }}", "{% raw %}", ",", ";", "é", "😀", "x"]
HOSTILE = st.one_of(st.lists(st.sampled_from(TOKENS), max_size=6).map("".join), st.text(st.characters(), max_size=20))
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\u061c\ufeff]")
thorough = settings(max_examples=60, deadline=None)


def strings(value):
    """Every string in a decoded JSON value."""
    if isinstance(value, dict):
        return [s for v in value.values() for s in strings(v)]
    return [s for v in value for s in strings(v)] if isinstance(value, list) else [value] * isinstance(value, str)


@pytest.mark.parametrize("name", FORMATS)
@given(HOSTILE, st.booleans())
@thorough
def test_no_format_carries_what_a_terminal_obeys_or_utf_8_cannot_write(name, text, problem):
    files = FORMATS[name](record(text, problem=problem))
    values = [*files.values(), *(s for n, v in files.items() if n.endswith(".json") for s in strings(json.loads(v)))]
    if name == "github":
        values += strings(outputs(files))
    assert [v for v in values if UNSEEN.search(v.encode().decode())] == []


@pytest.mark.parametrize("name", CONTRACTS)
@given(HOSTILE, st.booleans())
@thorough
def test_hostile_text_breaks_no_contract(name, text, problem):
    schema, value = CONTRACTS[name](FORMATS[name](record(text, problem=problem)))
    jsonschema.validate(value, schema)


@given(HOSTILE)
@thorough
def test_the_reporters_log_holds_no_command(text):
    for results in outputs(FORMATS["github"](record(text))).values():
        for line in "\n".join(t[key] for t in results["tests"] for key in ("name", "test_code")).splitlines():
            assert not line.strip().startswith("::") and "##[" not in line


@given(HOSTILE, st.booleans())
@thorough
def test_annotations_are_our_commands_only(text, problem):
    lines = FORMATS["annotations"](record(text, problem=problem))["annotations.txt"].split("\n")
    assert [bool(re.fullmatch(r"::error file=[^,:\r\n]*,line=3,title=[^,:\r\n]*::[^\r\n]*", line)) for line in lines] == [True] * (1 if problem else 2) + [False] * 2
    told = lines[0].split("::", 2)[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    assert told.startswith(show.clean(text or "failed"))


class Tags(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, *(name for name, _ in attributes)))

    def handle_endtag(self, tag):
        self.found.append(tag)

    def handle_comment(self, _):
        self.found.append("comment")


@given(HOSTILE, st.booleans())
@thorough
def test_a_page_has_the_same_elements_whatever_the_text(text, problem):
    hostile, plain = (Tags(FORMATS["html"](record(t + "x", problem=problem))["report.html"]).found for t in (text, ""))
    assert hostile == plain


@given(HOSTILE, st.booleans())
@example("\n```\n# x\n", False)
@thorough
def test_markdown_has_the_same_blocks_whatever_the_text_and_calls_nobody(text, problem):
    parser = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    for name, file in (("markdown", "summary.md"), ("classroom50", "release-body.md")):
        hostile, plain = (parser.parse(FORMATS[name](record(t + "x", problem=problem))[file]) for t in (text, ""))
        assert [t.type for t in hostile] == [t.type for t in plain]
        assert [t.content for t in hostile if t.type == "html_block"] == [t.content for t in plain if t.type == "html_block"]
        assert {c.type for t in hostile for c in t.children or []} <= {"text"}
        assert not re.search(r"@\w|#\d|://|www\.", "\n".join(c.content for t in hostile for c in t.children or []))


@given(HOSTILE, st.booleans())
@thorough
def test_xml_is_well_formed_and_has_the_same_elements(text, problem):
    hostile, plain = ([e.tag for e in ElementTree.fromstring(FORMATS["junit"](record(t, problem=problem))["junit.xml"]).iter()] for t in (text, "x"))
    assert hostile == plain


@given(HOSTILE, st.booleans())
@thorough
def test_spreadsheets_hold_no_formula_and_one_line_a_row(text, problem):
    for name, file, count in (("csv", "gradebook.csv", 2), ("canvas", "canvas.csv", 3)):
        content = FORMATS[name](record(text, problem=problem))[file]
        table = list(csv.reader(io.StringIO(content)))
        assert len(content.splitlines()) == len(table) == count and len({len(row) for row in table}) == 1
        assert [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))] == []


# -- the command ---------------------------------------------------------------------------------
def command(*arguments, **environment):
    env = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")} | {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, "-m", "autograder", "grade", "1", "--submission", str(PROJECT.solution), *map(str, arguments)], cwd=manifest.ROOT,
                          capture_output=True, encoding="utf-8", env=env | environment)


def test_formats_are_written_and_handed_to_github(tmp_path):
    out, summary = tmp_path / "output", tmp_path / "summary"
    out.write_text("before=1\n")
    done = command("--format", "github, markdown,annotations,junit", "--out", tmp_path / "new/build", GITHUB_OUTPUT=str(out), GITHUB_STEP_SUMMARY=str(summary),
                   GITHUB_ACTIONS="true")
    assert (done.returncode, done.stderr) == (0, "::notice title=Project 1::100 of 100 points, 11 of 11 tasks complete\n")
    written = {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "new/build").iterdir()}
    assert written.keys() == {"github-output.txt", "summary.md", "annotations.txt", "junit.xml"}
    assert out.read_text(encoding="utf-8") == "before=1\n" + written["github-output.txt"]
    assert summary.read_text(encoding="utf-8") == written["summary.md"]


def test_elsewhere_annotations_are_a_file_and_no_noise(tmp_path, capsys):
    renderers.write(record(), ["annotations"], tmp_path, {})
    assert capsys.readouterr() == ("", "")
    assert (tmp_path / "annotations.txt").exists()


@pytest.mark.parametrize("arguments, words", [
    (["--format", "jnuit"], "There is no format 'jnuit'; there are annotations, canvas, classroom50, csv, github, gradescope, html, junit, markdown, prairielearn."),
    (["--format", "gradescope,prairielearn"], "both write results.json"),
    (["--format", "html", "--out", "README.md"], "README.md cannot be written"),
])
def test_what_cannot_be_written_is_one_sentence_and_exit_status_2(arguments, words):
    done = command(*arguments)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert words in done.stderr


def test_a_platforms_variable_that_points_nowhere_is_named(tmp_path):
    with pytest.raises(renderers.CannotRender, match="nowhere.*cannot be written"):
        renderers.write(record(), ["markdown"], tmp_path, {"GITHUB_STEP_SUMMARY": str(tmp_path / "nowhere/summary")})


def test_the_file_is_named_from_the_platforms_checkout(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Path(run.shown(tmp_path / "starter/x.py")) == Path("starter/x.py")
    assert Path(run.shown(manifest.ROOT / "starter/x.py")) == Path("starter/x.py")
    assert Path(run.shown(tmp_path.parent / "x.py")) == tmp_path.parent / "x.py"


# -- the page in a browser -----------------------------------------------------------------------
@pytest.fixture(scope="module")
def browser():
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_page_in_a_browser(browser, tmp_path, scheme, width):
    from axe_playwright_python.sync_playwright import Axe
    file, said = tmp_path / "report.html", []
    file.write_text(FORMATS["html"](record("".join(TOKENS) * 3))["report.html"], encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.on("console", lambda message: said.append(message.text)), page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(file.as_uri())
    assert "<script>alert(1)</script></pre></details>" in page.locator("pre").first.inner_text()
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"  # the policy admits our style
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    page.close()
    page = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()  # the checker is a script
    page.goto(file.as_uri())
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
