"""The README and the handouts are true: each command runs, each quoted screen and function is the real one."""
import os
import re
import shlex
import subprocess
import sys

import pytest

from autograder import manifest

ROOT = manifest.ROOT
START = (ROOT / "START.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEACHING = (ROOT / "TEACHING.md").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *(manifest.project(n).folder / "README.md" for n in manifest.projects())]
COMMANDS = sorted({line.split("#")[0].strip() for block in re.findall(r"```sh\n(.*?)```", README + START + TEACHING, re.S) for line in block.splitlines() if line.strip()})
ELSEWHERE = ("make test", "make datasets SOURCE=kaggle", "make class PROJECT=1 SUBMISSIONS")  # this run; tests/test_kaggle.py; tests/test_class.py


def test_readme_is_short():
    assert README.count("\n") < 150


@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.startswith(ELSEWHERE)])
def test_command_of_the_readme_runs(command, tmp_path, monkeypatch):
    copy = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True).stdout.split("\n")
    for name in filter(None, copy):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            os.link(ROOT / name, tmp_path / name) if not name.startswith("starter/") else (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    os.symlink(ROOT / ".venv", tmp_path / ".venv") if (ROOT / ".venv").exists() else None
    words = command.replace("FILE", "solutions/linear_regression.py").replace("DIR", "out")
    words = words.replace("--require-isolation landlock,seccomp", "--require-isolation " + ("landlock,seccomp" if sys.platform == "linux" else "process"))
    words = shlex.join([sys.executable, *shlex.split(words)[1:]]) if words.startswith("python ") else words
    done = subprocess.run(words, shell=True, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, env={k: v for k, v in os.environ.items() if k != "CI"})
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem if p.parent == ROOT else p.parent.name)
def test_every_make_target_that_is_named_exists(page):
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([\w%-]+):", makefile, re.M))
    named = set(re.findall(r"\bmake ([a-z][\w-]*)", page.read_text(encoding="utf-8")))
    assert {t for t in named if t not in targets and re.sub(r"\d+$", "%", t) not in targets} - {"a", "it", "the", "sure"} == set()


@pytest.mark.parametrize("page", [README, START], ids=["README", "START"])
def test_the_screen_is_a_real_one(page):
    quoted = re.search(r"<!-- tests/screens/(\w+\.txt) -->\n```text\n(.*?)```", page, re.S)
    assert quoted[2] == (ROOT / "tests/screens" / quoted[1]).read_text(encoding="utf-8")


def test_without_make_the_same_is_typed():
    """Each row of START's table: what make would run is what the middle column says."""
    rows = re.findall(r"^\| `(make.*?)` \| `python -m autograder(.*?)` \|", START, re.M)
    for command, same in rows:
        shown = subprocess.run([*command.split(), "--dry-run", "--always-make"], cwd=ROOT, capture_output=True, text=True).stdout
        assert re.search(rf"-m autograder{same or ' map'}( |$)", re.sub(" +", " ", shown), re.M), command
    assert len(rows) > 5


@pytest.mark.parametrize("begins, page", [("@task", "graders/test_linear_regression.py"), ("def mse_gradient__", "graders/misconceptions/linear_regression.py")])
def test_the_quoted_code_is_real(begins, page):
    quoted = re.search(rf"```python\n({begins}.*?)```", README, re.S)[1]
    assert quoted in (ROOT / page).read_text(encoding="utf-8")


def test_the_map_names_what_is_there():
    for folder in re.findall(r"^(\w+)/", README, re.M):
        assert (ROOT / folder).is_dir()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem if p.parent == ROOT else p.parent.name)
def test_links_within_the_repository_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
