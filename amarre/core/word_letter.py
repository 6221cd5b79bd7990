"""A template made into a letter: its marks are read, checked, and give way to values.

Read by the child process of `word`. Must not know Django. What a value says stays text: wherever a mark stands, its
value is looked for afterwards in the tree, and nothing but the text of a run may hold it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from amarre.core import word_marks, word_package
from amarre.core.word_marks import LINE, TAB, VALUE, Names
from amarre.core.word_package import Package, W, parsed
from amarre.core.word_reasons import Bad, Reason

MOST_WRITTEN = 3_000_000
_MARK = re.compile(r"{{|{%|{#")
_HALF = re.compile(r"[{}]")
_GUID = re.compile(r"{[0-9A-Fa-f-]{36}}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT, _RUN = f"{{{W}}}t", f"{{{W}}}r"
_ACTS = frozenset({
    "altChunk", "object", "control", "OLEObject", "OLELink", "subDoc", "movie", "bgSound", "scriptAnchor",
    "contentPart",
})  # fmt: skip
_TRACKED = frozenset({
    "ins", "del", "moveFrom", "moveTo", "commentRangeStart", "commentReference", "delText", "rPrChange", "pPrChange",
    "sectPrChange", "tblPrChange", "cellIns", "cellDel",
})  # fmt: skip
_FIELDS = frozenset({
    "page", "numpages", "section", "sectionpages", "date", "time", "pageref", "hyperlink", "toc", "ref", "styleref",
    "seq", "symbol", "eq", "=", "noteref", "advance", "quote", "tc", "listnum", "if",
})  # fmt: skip
"""Fields that read nothing outside the letter, and nothing about who wrote it."""


class Sources:
    """The texts of a package, as sources to fill. Raises `Bad` when one of them holds what is not allowed."""

    def __init__(self, content: bytes) -> None:
        self.package: Package = word_package.opened(content)
        self.found: dict[str, str] = {}
        self.names = Names()
        for part in self.package.written:
            root = parsed(self.package.parts[part])
            marked = _looked_at(root)
            if marked:
                source = _source(root)
                self.names.add(word_marks.names(source))
                self.found[part] = source

    def filled(self, values: Mapping[str, Any]) -> bytes:
        """The letter. Parts without a mark keep their bytes. Raises `Bad`."""
        lacking = word_marks.missing(self.names.printed - self.names.tested, values)
        if lacking:
            raise Bad(Reason.MISSING, *lacking)
        return self._written(values)

    def tried(self) -> None:
        """Fill it with nothing, then with everything. Raises `Bad` when what comes out is no document."""
        nothing: dict[str, Any] = {name: [] for name in self._lists()}
        for values in (word_marks.sample(self.names.every()), nothing):
            self._written(values)

    def _lists(self) -> list[str]:
        return [name.removesuffix("[]") for name in self.names.every() if name.endswith("[]") and "." not in name]

    def _written(self, values: Mapping[str, Any]) -> bytes:
        before = dict(self.package.parts)
        left = MOST_WRITTEN
        try:
            for part, source in self.found.items():
                text = word_marks.rendered(source, values, left)
                left -= len(text)
                self.package.parts[part] = _as_part(text)
            return self.package.to_bytes()
        finally:
            self.package.parts = before


def _looked_at(root: etree._Element) -> bool:
    """Whether a part holds marks. Raises `Bad` for what acts, for somebody's corrections, for a mark out of place."""
    if root.nsmap.get("w") != W:
        raise Bad(Reason.KIND)
    marked = False
    fields: list[str] = []
    for element in root.iter():
        name = etree.QName(element)
        if name.namespace == W and element.prefix != "w":
            raise Bad(Reason.KIND)
        if name.localname in _ACTS:
            raise Bad(Reason.EMBEDDED, name.localname)
        if name.namespace == W and name.localname in _TRACKED:
            raise Bad(Reason.TRACKED)
        _check_attributes(element)
        text = element.text or ""
        if element.tag == _TEXT:
            marked |= bool(_HALF.search(text))
        elif _HALF.search(text) or _HALF.search(element.tail or ""):
            raise Bad(Reason.PLACE)
        _check_fields(element, fields)
    if fields:
        _check_field("".join(fields))
    return marked


def _check_attributes(element: etree._Element) -> None:
    for name, value in element.attrib.items():
        if _HALF.search(_GUID.sub("", str(value))):
            raise Bad(Reason.PLACE)
        if etree.QName(name).localname in ("src", "href") and ":" in str(value):
            raise Bad(Reason.EXTERNAL, str(value)[:80])


def _check_fields(element: etree._Element, pending: list[str]) -> None:
    """A field's words may be cut in several runs, from « begin » to « separate » or « end »."""
    if element.tag == f"{{{W}}}fldSimple":
        _check_field(element.get(f"{{{W}}}instr", ""))
    elif element.tag == f"{{{W}}}instrText":
        pending.append(element.text or "")
    elif element.tag == f"{{{W}}}fldChar" and pending:
        _check_field("".join(pending))
        pending.clear()


def _check_field(words: str) -> None:
    """Raises `Bad` for a field that fetches, runs or tells."""
    first = words.split()[:1]
    if first and first[0].lower() not in _FIELDS and not first[0].startswith("="):
        raise Bad(Reason.FIELD, first[0][:30])


def _source(root: etree._Element) -> str:
    """The part as Jinja reads it, marks that Word had cut put together again."""
    raw = etree.tostring(root, encoding="unicode")
    return str(DocxTemplate(io.BytesIO()).patch_xml(raw))


def _as_part(text: str) -> bytes:
    """Rendered text as a part; its values are in the text of runs, or nowhere. Raises `Bad`."""
    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise Bad(Reason.SHAPE) from error
    for element in list(root.iter()):
        if element.tag == _TEXT:
            _lines(element)
        elif VALUE in (element.text or "") or any(VALUE in str(value) for value in element.attrib.values()):
            raise Bad(Reason.PLACE)
        if VALUE in (element.tail or ""):
            raise Bad(Reason.PLACE)
    _check_shape(root)
    return word_package.written(root)


def _lines(element: etree._Element) -> None:
    """Line breaks and tabulations of a value, as Word writes them."""
    text = (element.text or "").replace(VALUE, "")
    parent = element.getparent()
    if parent is None or parent.tag != _RUN or len(element):
        raise Bad(Reason.SHAPE)
    pieces = list(_pieces(text))
    element.text = pieces[0]
    element.set(_SPACE, "preserve")
    place = parent.index(element)
    for offset, (sign, piece) in enumerate(zip(pieces[1::2], pieces[2::2], strict=True)):
        mark = etree.Element(f"{{{W}}}{'br' if sign == LINE else 'tab'}")
        after = etree.Element(_TEXT, {_SPACE: "preserve"})
        after.text = piece
        parent.insert(place + 1 + 2 * offset, mark)
        parent.insert(place + 2 + 2 * offset, after)


def _pieces(text: str) -> Iterator[str]:
    yield from re.split(f"([{LINE}{TAB}])", text)


def _check_shape(root: etree._Element) -> None:
    """Text stands in runs, runs in paragraphs, paragraphs in cells: a loop that opens in one and closes in another
    may leave XML that is well made and that Word does not open."""
    allowed = {"p": ("body", "tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "sdtContent", "customXml"),
               "tr": ("tbl", "sdtContent", "customXml"), "tc": ("tr", "sdtContent", "customXml")}  # fmt: skip
    for element in root.iter(*(f"{{{W}}}{name}" for name in allowed)):
        parent = element.getparent()
        if parent is None or etree.QName(parent).localname not in allowed[etree.QName(element).localname]:
            raise Bad(Reason.SHAPE)
    for cell in root.iter(f"{{{W}}}tc"):
        if cell.find(f".//{{{W}}}p") is None:
            raise Bad(Reason.SHAPE)
