"""A line of scores over time, drawn by a library; the same figures always stand in a table beside.

Read by the views beside. The drawing is an image of its own (`data:`): the page's policy lets no style in.
"""

from __future__ import annotations

import base64
import sys

import pygal
from pygal.style import Style

from amarre.plans.queries_grids import Compared
from amarre.plans.states import Side
from amarre.web.ui import dates

# The library adds a finder to every later import of the process, for maps that we do not draw; Python warns of it.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]

_STYLE = Style(
    background="#ffffff", plot_background="#ffffff", foreground="#17262b", foreground_strong="#17262b",
    foreground_subtle="#dcd8cf", colors=("#0f4c5c", "#8a5a0b"), font_family="sans-serif", label_font_size=16,
    legend_font_size=16, value_font_size=16, major_label_font_size=16,
)  # fmt: skip


def line_chart(found: Compared) -> str:
    """The scores as a drawing, or nothing when there are fewer than two."""
    scored = sorted(found.scored, key=lambda read: read.filling.started_at)
    if len(scored) < 2:
        return ""
    days = sorted({dates.local_date(read.filling.started_at) for read in scored})
    chart = pygal.Line(
        style=_STYLE, js=[], width=720, height=320, show_dots=True, dots_size=5, stroke_style={"width": 3},
        legend_at_bottom=True, pretty_print=False, disable_xml_declaration=True, range=_range(found),
    )  # fmt: skip
    chart.x_labels = [dates.short_day(day).replace(dates.NBSP, " ") for day in days]
    for side, name in ((Side.PERSON, "Point de vue de la personne"), (Side.WORKER, "Mon point de vue")):
        by_day = {
            dates.local_date(r.filling.started_at): float(r.result.score or 0) for r in scored if r.filling.side == side
        }
        if by_day:
            chart.add(name, [by_day.get(day) for day in days])
    return "data:image/svg+xml;base64," + base64.b64encode(chart.render(is_unicode=True).encode()).decode("ascii")


def _range(found: Compared) -> tuple[float, float] | None:
    bands = found.grid.bands
    return (float(bands[0].low), float(bands[-1].high)) if bands else None
