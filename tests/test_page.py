"""The learner's page: complete, in Chromium without an error or a sideways scroll, accessible, and deaf to what hostile text says."""
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from html import unescape

import pytest

from autograder import manifest, progress
from autograder.desk import page, picture, serve
from autograder.solution import definition_of, replaced
from tests.test_cli import checkout, inside  # noqa: F401 (a fixture)
from tests.test_renderers import browser  # noqa: F401 (a fixture)

HOSTILE = "</pre><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}\\u202e &amp; \\x1b[31m"


def learner(folder, patch):
    """A learner with project 1 done, a hostile exception in project 3, and nothing else."""
    progress_folder, starter = folder / ".progress", manifest.Project.starter.fget
    patch.setattr(progress, "FOLDER", progress_folder)
    patch.setattr(manifest.Project, "starter", property(lambda project: folder / f"{project.slug}.py"))
    patch.setattr(manifest.Project, "notebook", property(lambda project: folder / f"{project.slug}.ipynb"))
    for number in manifest.projects():
        project = manifest.project(number)
        shutil.copy(project.solution if number == 1 else starter(project), project.starter)
    three = manifest.project(3)
    three.starter.write_text(replaced(three.starter.read_text(), "matmul", f'def matmul(A, B):\n    raise ValueError("{HOSTILE}")'), encoding="utf-8")
    progress_folder.mkdir()
    (progress_folder / "history.jsonl").write_text("".join(json.dumps({"date": f"2026-01-{day:02}", "project": 1, "points": 3 * day}) + "\n" for day in range(1, 29)))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("desk")
        learner(folder, patch)
        (folder / "report.html").write_text(page.html(page.Album()), encoding="utf-8")
        yield folder


def test_page_tells_everything(desk):
    html = (desk / "report.html").read_text()
    projects = [manifest.project(n) for n in manifest.projects()]
    assert [t for p in projects for t in p.tasks if f'id="task-{p.number}-{t}"' not in html] == []
    assert f"100 of {sum(p.points for p in projects)} points" in html
    assert "Drawn by your functions" in html and "The picture of project 3 waits for task pca" in html
    assert "2026-01-28: 84" in html
    assert "<strong>Next:</strong>" in html and "make hint-" in html


def test_page_stands_alone(desk):
    html = (desk / "report.html").read_text()
    assert "<script" not in html
    assert re.findall(r"""(?:src|href)=["'](?!data:image/svg\+xml;base64,|#)[^"']*""", html) == []
    assert "http" not in re.sub(r"data:[^\"]*|http-equiv", "", html)
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1])
    assert re.fullmatch(r"default-src 'none'; img-src data:; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'", policy)


def test_hostile_text_is_escaped(desk):
    html = (desk / "report.html").read_text()
    assert "&lt;script&gt;alert(1)" in html and "onerror=alert(2)&gt;" in html and "{{ 7 * 7 }}" in html
    assert "\u202e" not in html and "\x1b" not in html


# -- in a browser --------------------------------------------------------------------------------
def visit(browser, address, width=1100, scheme="light"):
    """A tab on that address, and the list of what it complains about."""
    tab, complaints = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme), []
    tab.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    tab.on("pageerror", lambda e: complaints.append(str(e)))
    tab.on("dialog", lambda d: (complaints.append(f"dialog {d.message}"), d.dismiss()))
    tab.on("request", lambda r: complaints.append(r.url) if not r.url.startswith(("data:", address.split("/report")[0])) else None)
    tab.goto(address)
    return tab, complaints


@pytest.mark.parametrize("width", [360, 1100])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_in_chromium(desk, browser, width, scheme):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe
    tab, complaints = visit(browser, (desk / "report.html").as_uri(), width, scheme)
    tab.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 500)")
    assert "alert(1)" in tab.locator("#task-3-matmul pre").first.inner_text()
    assert tab.locator("img[onerror], script").count() == 0
    found = Axe().run(tab).response["violations"]
    assert [(v["id"], [n["html"][:80] for n in v["nodes"]]) for v in found] == []
    assert complaints == []
    tab.close()


def test_page_is_walked_with_the_keyboard(desk, browser):  # noqa: F811
    tab, _ = visit(browser, (desk / "report.html").as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#main"
    box = tab.locator("details").first
    box.locator("summary").focus()
    before = box.evaluate("d => d.open")
    tab.keyboard.press("Enter")
    assert box.evaluate("d => d.open") is not before
    tab.close()


def test_policy_stops_a_script_that_got_in(desk, browser, tmp_path):  # noqa: F811
    spoilt = tmp_path / "report.html"
    spoilt.write_text((desk / "report.html").read_text().replace("</main>", "<script>document.title = 'broken in'</script></main>"))
    tab, complaints = visit(browser, spoilt.as_uri())
    assert "points" in tab.title() and any("Content Security Policy" in c for c in complaints)
    tab.close()


# -- what the page is made from ------------------------------------------------------------------
@pytest.mark.parametrize("lines, expected", [
    (['{"date": "2026-01-02", "project": 1, "points": 5}'] * 2, [("2026-01-02", 5)]),
    (['{"date": "2026-01-02", "project": 1, "points": 5}', '{"date": "2026-01-02", "project": 3, "points": 7}', '{"date": "2026-01-03", "project": 1, "points": 9}'],
     [("2026-01-02", 12), ("2026-01-03", 16)]),
    (["", "rubbish", "[]", "7", "null", '{"date": "2026-01-02"}', '{"date": "soon", "project": 1, "points": 5}', '{"date": "2026-01-02", "project": 1, "points": "5"}',
      '{"date": "2026-01-02", "project": 1, "points": -5}', '{"date": 3, "project": 1, "points": 5}', "[" * 100_000, "\udcff"], []),
    (['{"date": "2026-01-02", "project": 77, "points": 5}'], []),
])
def test_history_survives_editing(tmp_path, monkeypatch, lines, expected):
    monkeypatch.setattr(progress, "FOLDER", tmp_path)
    (tmp_path / "history.jsonl").write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
    assert page.days(progress.history(), [manifest.project(n) for n in manifest.projects()]) == expected


def test_history_grows_by_a_line_when_points_change(tmp_path, monkeypatch):
    monkeypatch.setattr(progress, "FOLDER", tmp_path / "new")
    for points in (5, 5, 8, 8, 5):
        progress.keep({"number": 1, "points": points})
    assert [line["points"] for line in progress.history()] == [5, 8, 5]


@pytest.mark.parametrize("edit", [lambda r: r["tasks"].pop(), lambda r: r.update(tasks="none"), lambda r: r.update(submission=None), lambda r: r.clear(),
                                  lambda r: r["tasks"][0].update(status="splendid"), lambda r: r["tasks"][0].update(points=1000)],
                         ids=["a task less", "no tasks", "no submission", "empty", "a new status", "points"])
def test_an_edited_report_is_graded_again(desk, edit):
    project = manifest.project(4)
    _, _, honest = picture.standing(project)
    report = json.loads(json.dumps(honest))
    edit(report)
    progress._write("project-4.json", report)
    _, _, again = picture.standing(project)
    assert [(t["name"], t["status"]) for t in again["tasks"]] == [(t["name"], t["status"]) for t in honest["tasks"]]


def test_other_checks_grade_again(desk, monkeypatch):
    project = manifest.project(4)
    picture.standing(project)
    monkeypatch.setattr(picture.protected, "fingerprint", lambda _: "other")
    monkeypatch.setattr(picture.run, "grade", lambda *_, **__: {"graded": "again"})
    monkeypatch.setattr(progress, "keep", lambda _: None)
    assert picture.standing(project)[2]["graded"] == "again"


def test_unchanged_text_is_not_graded_again(desk, monkeypatch):
    before = picture.standing(manifest.project(4))
    monkeypatch.setattr(picture.run, "grade", lambda *_, **__: pytest.fail("graded again"))
    assert picture.standing(manifest.project(4)) == before


def test_a_missing_starter_is_said_on_the_page(desk):
    project = manifest.project(4)
    text = project.starter.read_text()
    project.starter.unlink()
    try:
        assert "does not exist" in page.chapter(project, page.Album())["problem"]
    finally:
        project.starter.write_text(text)


# -- served --------------------------------------------------------------------------------------
@pytest.fixture
def site(desk):
    import threading
    with serve.Site(0) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        site.publish()
        yield site
        site.shutdown()


def ask(site, path, host, method="GET"):
    link = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    link.putrequest(method, path, skip_host=True)
    if host:
        link.putheader("Host", host)
    link.endheaders()
    answer = link.getresponse()
    return answer.status, answer.headers, answer.read()


def test_page_is_served_on_loopback_under_its_own_names_only(site):
    own = f"127.0.0.1:{site.port}"
    status, headers, body = ask(site, site.path, own)
    assert status == 200 and b"make hint-" in body
    assert headers["Cache-Control"] == "no-store" and headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert site.server_address[0] == "127.0.0.1"
    assert ask(site, site.path, f"localhost:{site.port}")[0] == 200
    assert [ask(site, site.path, host)[0] for host in (f"evil.example:{site.port}", "127.0.0.1", f"{own}.evil.example", None)] == [421] * 4
    assert [ask(site, path, own)[0] for path in ("/", site.path + "x", "/../../etc/passwd", site.path[:-2] + "/")] == [404] * 4
    assert ask(site, site.path, own, "POST")[0] == 501


def test_open_page_follows_a_grading(desk, site, browser):  # noqa: F811
    tab, complaints = visit(browser, site.address)
    box = tab.locator("#checks-3-matmul")
    box.evaluate("d => d.open = true")
    project = manifest.project(3)
    stub, solved = project.starter.read_text(), definition_of(project.solution.read_text(), "project")
    try:
        project.starter.write_text(replaced(stub, "project", solved))
        site.publish()
        tab.wait_for_selector("#task-3-project.passed", timeout=20_000)
    finally:
        project.starter.write_text(stub)
    assert tab.locator("#news").inner_text().startswith("Graded again: ")
    assert box.evaluate("d => d.open")
    assert complaints == []
    tab.close()


def test_serving_follows_a_grading_and_ends_quietly(checkout):  # noqa: F811
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen([sys.executable, "-m", "autograder", "serve", "--port", "0"], cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
    try:
        host, path = re.fullmatch(r"Your page: http://([\d.:]+)(/\S+/)\n", server.stdout.readline()).groups()
        stream = http.client.HTTPConnection(host, timeout=60)
        stream.request("GET", path + "events")
        events = stream.getresponse()
        assert events.readline() == b"data: 1\n"
        (checkout / "starter/linear_regression.py").write_bytes((checkout / "solutions/linear_regression.py").read_bytes())
        assert inside(checkout, "grade", "1").returncode == 0
        assert next(line for line in events if line.startswith(b"data")) == b"data: 2\n"
        fresh = http.client.HTTPConnection(host, timeout=60)
        fresh.request("GET", path)
        assert b"Project 1: 100 of 100 points" in fresh.getresponse().read()
    finally:
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=30)
    assert (server.returncode, said) == (0, "")


def test_port_in_use_is_one_sentence(checkout):  # noqa: F811
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = inside(checkout, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert re.fullmatch(r"Port \d+ is in use; name another one: make serve PORT=8\d\d\d\.\n", done.stderr)


@pytest.mark.parametrize("port", ["70000", "99999999999"])
def test_port_that_is_none_is_one_sentence(checkout, port):  # noqa: F811
    done = inside(checkout, "serve", "--port", port)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1) and "cannot be used" in done.stderr


def test_report_is_written_where_it_is_asked_for(checkout):  # noqa: F811
    done = inside(checkout, "report")
    assert (done.returncode, done.stderr) == (0, "") and "build/report.html" in done.stdout
    assert (checkout / "build/report.html").stat().st_size > 10_000
    assert "nowhere/x.html cannot be written" in inside(checkout, "report", "--out", "nowhere/x.html").stderr


def test_the_newer_notebook_is_reported_and_drawn(desk):
    project = manifest.project(1)
    cells = [{"cell_type": kind, "metadata": {}, "source": text} | ({"outputs": [], "execution_count": None} if kind == "code" else {})
             for kind, text in (("markdown", "# Mine"), ("code", "%matplotlib inline\n" + project.solution.read_text()), ("code", "print(undefined_here)"))]
    project.notebook.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}))
    os.utime(project.notebook, (project.starter.stat().st_mtime + 60,) * 2)
    try:
        chapter = page.chapter(project, page.Album())
        assert chapter["report"]["submission"]["file"].endswith(".ipynb") and chapter["report"]["points"] == 100
        assert chapter["picture"]["src"]
    finally:
        project.notebook.unlink()
