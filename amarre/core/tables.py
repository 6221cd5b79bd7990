"""Tables as people send them: CSV of any French office, or a workbook; read into numbered rows of text.

Read by rooms that import. Must not know what a column means. CSV with semicolons, commas or tabs, in UTF-8 or in
Windows' or a Mac's alphabet; XLSX, XLS and ODS, first sheet that holds something.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from amarre.core.text import fold

MOST_BYTES = 20_000_000
_MOST_UNPACKED = 400_000_000
_MOST_CELL = 32_000
_SAMPLE = 60_000
_HEADER_WITHIN = 10
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ALPHABETS = ["cp1252", "mac_roman"]


class Unreadable(ValueError):
    """The file cannot be read as a table; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: its number as the spreadsheet shows it, and its cells by column name."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file says. `titles` gives each known column its title in the file; `ignored` are the others."""

    rows: tuple[Row, ...]
    titles: dict[str, str]
    ignored: tuple[str, ...]


def read_table(content: bytes, columns: dict[str, tuple[str, ...]], *, required: tuple[str, ...]) -> Table:
    """Read a file whose columns are known by several names (any case, accents, order). Raises `Unreadable`.

    The header is the first row, among the first ten, that holds every required column; blank rows are skipped.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(f"Ce fichier dépasse {MOST_BYTES // 1_000_000} Mo.")
    if not content.strip():
        raise Unreadable("Ce fichier est vide.")
    known = {fold(alias): name for name, aliases in columns.items() for alias in aliases}
    trouble: Unreadable | None = None
    for lines in _readings(content):
        numbered = enumerate(lines, start=1)
        try:
            head = _header(numbered, known, required, columns)
        except Unreadable as reason:
            trouble = trouble or reason
        else:
            return _table(numbered, head, known)
    raise trouble or Unreadable("Ce fichier est vide.")


def read_sheets(content: bytes) -> list[tuple[str, list[list[str]]]]:
    """Every visible sheet with its name and its rows, from the first; a text is one sheet. Raises `Unreadable`.

    For files of several tables, whose meaning a room reads for itself.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(f"Ce fichier dépasse {MOST_BYTES // 1_000_000} Mo.")
    if not content.strip():
        raise Unreadable("Ce fichier est vide.")
    if content.startswith(_WORKBOOK):
        return [*_book(content)]
    return [("", [*next(_readings(content))])]


def _table(numbered: Iterator[tuple[int, list[str]]], head: dict[int, str], known: dict[str, str]) -> Table:
    places = {name: place for place, name in head.items()}
    titles = {known[fold(title)]: title for title in places if fold(title) in known}
    ignored = tuple(title for title in places if fold(title) not in known)
    rows = tuple(
        Row(number, {name: _cell(cells, places[title]) for name, title in titles.items()})
        for number, cells in numbered
        if any(cell.strip() for cell in cells)
    )
    return Table(rows, titles, ignored)


def _header(
    lines: Iterator[tuple[int, list[str]]],
    known: dict[str, str],
    required: tuple[str, ...],
    columns: dict[str, tuple[str, ...]],
) -> dict[int, str]:
    """Column number → title, each known column once (the first wins)."""
    missing = list(required)
    for number, cells in lines:
        found = {known[fold(cell)] for cell in cells if fold(cell) in known}
        if len(left := [name for name in required if name not in found]) < len(missing):
            missing = left
        if not left:
            return _titled(cells, known)
        if number >= _HEADER_WITHIN:
            break
    wanted = ", ".join(f"« {columns[name][0]} »" for name in missing)
    raise Unreadable(f"Il manque une colonne\u00a0: {wanted}. La première ligne doit porter le nom des colonnes.")


def _titled(cells: list[str], known: dict[str, str]) -> dict[int, str]:
    titles: dict[int, str] = {}
    taken: set[str] = set()
    for place, cell in enumerate(cells):
        title = cell.strip()
        meaning = known.get(fold(title), title)
        if title and meaning not in taken and title not in titles.values():
            taken.add(meaning)
            titles[place] = title
    return titles


def _cell(cells: list[str], place: int) -> str:
    return " ".join(cells[place].replace("\0", "").split())[:_MOST_CELL] if place < len(cells) else ""


def _readings(content: bytes) -> Iterator[Iterator[list[str]]]:
    """The ways to read a file, the likeliest first: a workbook, or a text cut at each separator."""
    if content.startswith(_WORKBOOK):
        yield _workbook(content)
        return
    text = _decoded(content)
    head = text.lstrip("\r\n").split("\n", _HEADER_WITHIN)[:_HEADER_WITHIN]
    for separator in sorted(";,\t", key=lambda sign: -max(line.count(sign) for line in head)):
        yield _cut(text, separator)


def _cut(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise Unreadable("Ce fichier n’est pas un tableau\u00a0: ni CSV, ni classeur.") from error


def _decoded(content: bytes) -> str:
    """UTF-8 when it is; UTF-16 when it says so; else the likelier of the alphabets of French offices."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        telling = b"\n".join(line for line in content.splitlines() if not line.isascii())[:_SAMPLE]
        best = from_bytes(telling, cp_isolation=_ALPHABETS).best()
        return content.decode(best.encoding if best else "cp1252", errors="replace")


def _workbook(content: bytes) -> Iterator[list[str]]:
    """The first visible sheet that holds something, numbered as the spreadsheet does."""
    for _, rows in _book(content):
        if any(any(row) for row in rows):
            yield from rows
            return
    raise Unreadable("Ce classeur est vide.")


def _book(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    try:
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                if sum(part.file_size for part in parts.infolist()) > _MOST_UNPACKED:
                    raise Unreadable("Ce classeur est trop lourd une fois ouvert.")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
                rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                yield sheet.name, [[_plain(cell) for cell in row] for row in rows]
    except (CalamineError, zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise Unreadable("Ce classeur ne s’ouvre pas\u00a0: il est abîmé, ou protégé par un mot de passe.") from error


def _plain(value: object) -> str:
    """A number without the « .0 » of spreadsheets; a date as 2026-11-24."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)
