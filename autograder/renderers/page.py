"""The report as one HTML page: self-contained, no script, and whatever a learner wrote stays text."""
import base64
import functools
import hashlib
from pathlib import Path

from autograder import show
from autograder.renderers import feedback

HERE = Path(__file__).parent
MARK = b'<meta name="generator" content="autograder">'  # of renderers/base.html.j2


def render(record):
    return {"report.html": page("renderers/report.html.j2", record=record, feedback=feedback)}


def page(template, **context):
    """Fill a template of the engine's; it extends renderers/base.html.j2, whose content security policy admits our style and nothing else."""
    return _templates().get_template(template).render(**context)


def ours(path):
    """Is this file a page of ours, and no link to one?"""
    return path.is_file() and not path.is_symlink() and MARK in path.read_bytes()[:2000]


@functools.cache
def _templates():
    import jinja2  # only who asks for a page pays for it
    import markupsafe
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE.parent), autoescape=True, undefined=jinja2.StrictUndefined,
                                     trim_blocks=True, lstrip_blocks=True,
                                     finalize=lambda v: show.clean(v, 10**6) if isinstance(v, str) and not isinstance(v, markupsafe.Markup) else v)
    style = (HERE / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.globals |= {"style": markupsafe.Markup(style), "style_digest": digest}
    return environment
