"""A workbook that a page gives: sheets of plain rows, dates as dates, nothing that a spreadsheet would run.

Read by doors that export figures. Must not know what a column means.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

Cell = str | int | date | None
_LONGEST_NAME, _WIDTH = 31, 24


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its titles, its rows."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of an XLSX. Text stays text: a cell that begins with « = » is no formula, an address no link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:_LONGEST_NAME])
            page.freeze_panes(1, 0)
            page.set_column(0, max(0, len(sheet.titles) - 1), _WIDTH)
            page.write_row(0, 0, sheet.titles, bold)
            for number, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(number, column, cell, day)
                    else:
                        page.write(number, column, cell)
    return out.getvalue()
