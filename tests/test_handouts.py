"""The handouts as GitHub shows them: equations reach MathJax as they were written, links lead somewhere, each picture is what its script draws."""
import io
import re
import subprocess
from collections import Counter

import numpy as np
import pytest
from markdown_it import MarkdownIt
from PIL import Image

from autograder import manifest
from autograder.desk import picture
from tests import corpus

ROOT = manifest.ROOT
PAGES = [ROOT / f for f in subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.md"], cwd=ROOT, capture_output=True, text=True).stdout.split()]
PAGES = [p for p in PAGES if p.is_file() and ROOT / "autograder" not in p.parents]  # there are templates, to be filled in
PROJECTS = [*corpus.PROJECTS.values()]
MARKDOWN = MarkdownIt("commonmark").enable("table")
REFUSED = r"\\(operatorname|mbox|phantom|newcommand|def|require|href|label|ref|eqref|style|class)\b"  # GitHub's MathJax shows an error for these


def where(path):
    return str(path.relative_to(ROOT))


def passages(text):
    """(what the author wrote, what Markdown leaves of it as text) of each paragraph, heading and cell; \\0 stands for what is no text."""
    for token in MARKDOWN.parse(text):
        if token.type == "inline":
            left = "".join({"text": c.content, "softbreak": "\n"}.get(c.type, "\0") for c in token.children)
            yield re.sub(r"(`+).+?\1", "", token.content, flags=re.S), left
        elif token.type == "html_block" and "$" in token.content:
            yield token.content, "\0"


def formulas(written):
    return re.findall(r"\$\$.+?\$\$|\$[^$]+\$", written, re.S)


def slips(text):
    """What GitHub would not show as it was meant, in sentences."""
    found = []
    for written, left in passages(text):
        found += [f"Markdown changes {f}" for f in formulas(written) if f not in left]
        found += [f"a dollar without its partner in {written[:60]}"] * (re.sub("|".join(map(re.escape, formulas(written))) or "$^", "", written).count("$") > 0)
        found += [f"not on lines of its own: {f}" for f in formulas(written) if f.startswith("$$") and (f != written or not re.fullmatch(r"\$\$\n.+\n\$\$", f, re.S))]
        inline = re.sub(r"\$\$.+?\$\$", "", written, flags=re.S)
        found += [f"glued to a word: {m[0]}" for m in re.finditer(r"\$[^$]+\$", inline) if re.search(r"[\w-]\Z", inline[:m.start()]) or re.match(r"\w", inline[m.end():])]
        found += [f"spaces inside the dollars: {f}" for f in formulas(written) if not f.startswith("$$") and f[1:-1] != f[1:-1].strip()]
        found += [f"{m[0]} is refused" for f in formulas(written) for m in re.finditer(REFUSED, f)]
        found += [f"braces do not match in {f}" for f in formulas(written) if f.count("{") != f.count("}")]
    return found


@pytest.mark.parametrize("text", [
    "the set $\\{1, 2\\}$", "a space $a\\, b$", "$$\nx \\\\ y\n$$", "$a *b* c$", "$(x)_i + y_{(2)}$", "$a <b> c$", "$[a](b)$", "costs $5 more", "$$ x $$ in a line",
    "$$\nx\n\ny\n$$", "word$x$ here", "$x$2", "$ x $", "$\\operatorname{P}(A)$", "$\\frac{1}{2$", "<details>\n$x$\n</details>"])
def test_the_lint_notices(text):
    assert slips(text)


@pytest.mark.parametrize("text", ["$x_i^2$ (and $a_{ij} \\cdot b_{jk}$), $n$.", "$$\n\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2 \\tag{2}\n$$", "`$HOME` and `a_b`", "| $x$ | $y_i$ |\n| --- | --- |\n| 1 | 2 |",
                                  "```\n$x *a*\n```", "<details>\n<summary>S</summary>\n\n$x$\n\n</details>"])
def test_the_lint_lets_good_equations_pass(text):
    assert slips(text) == []


@pytest.mark.parametrize("path", PAGES, ids=where)
def test_equations_reach_mathjax_as_they_were_written(path):
    assert slips(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("project", PROJECTS, ids=lambda p: p.slug)
def test_equations_are_numbered_from_one(project):
    tags = re.findall(r"\\tag\{(\d+)\}", (project.folder / "README.md").read_text(encoding="utf-8"))
    assert tags == [str(n + 1) for n in range(len(tags))]


# -- links -----------------------------------------------------------------------------------------
def anchors(path):
    """The names that GitHub gives to a page's headings."""
    seen, names = Counter(), set(re.findall(r'(?:id|name)="([^"]+)"', path.read_text(encoding="utf-8")))
    tokens = MARKDOWN.parse(path.read_text(encoding="utf-8"))
    for title in (following.content for token, following in zip(tokens, tokens[1:]) if token.type == "heading_open"):
        name = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title).lower()).replace(" ", "-")
        names.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return names


def targets(path):
    for token in MARKDOWN.parse(path.read_text(encoding="utf-8")):
        for child in token.children or ():
            if link := child.attrGet("href") or child.attrGet("src"):
                yield link


def broken(path):
    """The links of a page that lead nowhere, as far as one can tell without a network."""
    for link in targets(path):
        file, _, anchor = link.partition("#")
        goal = (path.parent / file).resolve() if file else path
        if re.match(r"https://[\w.-]+\.\w+(/|$)", link):
            continue
        if ":" in file or not goal.is_relative_to(ROOT) or not goal.exists() or anchor and anchor not in anchors(goal):
            yield link


@pytest.mark.parametrize("path", PAGES, ids=where)
def test_links_lead_somewhere(path):
    assert list(broken(path)) == []


@pytest.mark.parametrize("link", ["nowhere.md", "#nowhere", "README.md#nowhere", "../outside.md", "http://example.org/", "/etc/passwd"])
def test_broken_links_are_noticed(link, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_handouts.ROOT", tmp_path)
    (tmp_path / "README.md").write_text(f"# A heading\n\n[one]({link}) [two](#a-heading)\n")
    assert list(broken(tmp_path / "README.md")) == [link]


# -- pictures --------------------------------------------------------------------------------------
@pytest.mark.parametrize("project", [p for p in PROJECTS if picture.page(p)], ids=lambda p: p.slug)
def test_picture_of_the_handout_is_what_its_script_draws(project):
    drawn, file = picture.illustration(project), project.folder / "picture.png"
    assert f"![{drawn.caption}](picture.png)" in (project.folder / "README.md").read_text(encoding="utf-8")
    old, new = Image.open(file), Image.open(io.BytesIO(drawn.png))
    assert old.size == new.size and file.stat().st_size < 100_000
    coarse = [np.asarray(image.convert("L").resize((64, 24)), float) for image in (old, new)]
    assert np.abs(coarse[0] - coarse[1]).mean() < 2  # of 255: letters may be drawn a little differently elsewhere
