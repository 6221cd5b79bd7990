"""How the tests of this room's papers read a PDF back, down to the squares of its QR code."""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

A4, A5 = (595, 842), (420, 595)


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def text_of(pdf: bytes) -> str:
    found = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", found.replace("\u200b", ""))


def size_of(pdf: bytes) -> tuple[int, int]:
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    return round(box.width), round(box.height)


def _drawn(reader: PdfReader, holder: Any) -> list[list[tuple[float, float]]]:
    """The subpaths that a page, or a form in it, draws; of the form with the most of them."""
    content = ContentStream(holder.get_contents() if hasattr(holder, "get_contents") else holder, reader)
    found: list[list[tuple[float, float]]] = []
    for operands, operator in content.operations:
        if operator == b"m":
            found.append([(float(operands[0]), float(operands[1]))])
        elif operator == b"l" and found:
            found[-1].append((float(operands[0]), float(operands[1])))
        elif operator == b"re":
            x, y, w, h = (float(v) for v in operands)
            found.append([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
    forms = holder.get("/Resources", {}).get("/XObject", {})
    inner = [_drawn(reader, form.get_object()) for form in forms.values() if form.get_object()["/Subtype"] == "/Form"]
    return max([found, *inner], key=len)


def modules(pdf: bytes, side: int) -> list[list[bool]]:
    """The dark and light squares of the one code of a page, as drawn, row by row from the top."""
    reader = PdfReader(io.BytesIO(pdf))
    drawn = _drawn(reader, reader.pages[0])
    boxes = [(min(x for x, _ in p), min(y for _, y in p), max(x for x, _ in p), max(y for _, y in p)) for p in drawn]
    boxes = [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
    one = min(top - bottom for _, bottom, _, top in boxes)
    runs = [box for box in boxes if abs(box[3] - box[1] - one) < one / 10]
    left, low = min(box[0] for box in runs), min(box[1] for box in runs)
    found = [[False] * side for _ in range(side)]
    for x0, y0, x1, _ in runs:
        for column in range(round((x0 - left) / one), round((x1 - left) / one)):
            found[round((y0 - low) / one)][column] = True
    return found
