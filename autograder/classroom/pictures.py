"""The pictures of a class page, as addresses of images: text in the reader's own font, ink that follows light and dark."""
import base64
import io

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

INK = "<style>svg{color:#1b1f24}@media (prefers-color-scheme:dark){svg{color:#e6edf3}}text{fill:currentColor}</style>"
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "class", "font.family": "sans-serif", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False,
         "axes.axisbelow": True, "axes.grid.axis": "y", "axes.grid": True, "grid.color": "#888888", "grid.alpha": 0.4}
BLUE, ORANGE = "#3B8BC2", "#D98200"  # told apart by the colour-blind, and visible on white and on black


def distribution(points, most):
    """How many students have how many points."""
    def draw(axes):
        axes.hist(points, bins=np.linspace(0, most, 21), color=BLUE, rwidth=0.9)
        axes.axvline(np.median(points), color=ORANGE, linewidth=2)
        axes.set(xlabel=f"points of {most} (line: median)", ylabel="students", xlim=(0, most))
        axes.yaxis.get_major_locator().set_params(integer=True)
    return _image(draw, (7.0, 2.6))


def map_of_checks(checks):
    """Every check by how many pass it and how well it tells the strong from the weak; None where that is unknown for all."""
    told = [(share, value) for *_, share, value in checks if value is not None]

    def draw(axes):
        axes.scatter(*zip(*told), color=BLUE, s=24, alpha=0.8, linewidths=0)
        axes.axhline(0, color="#888888", linewidth=1)
        axes.set(xlabel="share of students who pass the check", ylabel="discrimination", xlim=(-0.02, 1.02), ylim=(min(-0.1, *(v for _, v in told)) - 0.02, 1.02))
    return _image(draw, (7.0, 3.0)) if told else None


def _image(draw, size):
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=size, layout="constrained")
        draw(figure.subplots())
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = out.getvalue().replace("#000000", "currentColor").replace("</defs>", "</defs>" + INK, 1)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
