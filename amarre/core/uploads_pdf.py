"""A PDF, copied page by page into a fresh one: what is drawn stays, what acts or hides is never copied.

Read by the child process of `uploads_child`. Must not know Django: it runs without it.
The document's own catalogue (scripts, actions, attachments, names, forms, metadata) is not looked at, but to refuse
what would be lost without it. Of a page, listed keys alone are taken; of an annotation, its drawing; below, whatever
has the shape of an action, of a file or of metadata becomes nothing. Reference: ISO 32000-1, 7.7, 12.5 and 12.6.
"""

from __future__ import annotations

import io
import logging
from collections import deque
from collections.abc import Iterator

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from amarre.core.uploads_jpeg import without_metadata
from amarre.core.uploads_reasons import Bad, Reason
from amarre.core.uploads_weight import Scales, at, filters

MOST_PAGES = 60
MOST_OBJECTS = 50_000
_DEEP = 60
_OF_A_PAGE = (
    "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit", "/Resources", "/Contents",
    "/Group",
)  # fmt: skip
_ANNOTATIONS = frozenset({
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
    "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Widget",
})  # fmt: skip
_OF_AN_ANNOTATION = (
    "/Type", "/Subtype", "/Rect", "/F", "/C", "/IC", "/CA", "/Border", "/BS", "/QuadPoints", "/InkList",
    "/Vertices", "/L", "/LE", "/DA", "/Contents",
)  # fmt: skip
_ACTIONS = frozenset({
    "/GoTo", "/GoToR", "/GoToE", "/GoToDp", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide", "/Named",
    "/SubmitForm", "/ResetForm", "/ImportData", "/JavaScript", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView",
    "/RichMediaExecute",
})  # fmt: skip
_NOT_DRAWN = frozenset(
    {"/Action", "/Filespec", "/F", "/EmbeddedFile", "/Metadata", "/Catalog", "/Pages", "/Page", "/Annot"}
)
_NEVER = frozenset({
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/Launch", "/EF", "/EmbeddedFile", "/EmbeddedFiles", "/AF",
    "/RichMediaContent", "/RichMediaSettings",
})  # fmt: skip
_SAID_BESIDE = frozenset({
    "/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Ref", "/PS", "/Alternates", "/StructParent", "/StructParents",
})  # fmt: skip
"""Left out of what has a type; a font or a picture may bear any name in the list of those that a page uses."""
_ELSEWHERE = frozenset({"/F", "/FFilter", "/FDecodeParms", "/Length", "/DL"})
"""Keys of a stream that say its bytes lie in another file, or how many they are: written again by the writer."""


def rewrite(content: bytes) -> tuple[bytes, int]:
    """The pages of a PDF in a new one, and how many they are. Raises `Bad`, or anything that pypdf raises."""
    if not content.startswith(b"%PDF-"):
        raise Bad(Reason.BROKEN)
    losses = _Losses()
    logging.getLogger("pypdf").addHandler(losses)
    try:
        copied = _copied(content)
    finally:
        logging.getLogger("pypdf").removeHandler(losses)
    if losses.found:
        raise Bad(Reason.BROKEN)
    return copied


class _Losses(logging.Handler):
    """Notices what pypdf could not read and goes on without: a page would come out with a hole that nobody sees."""

    found = False

    def emit(self, record: logging.LogRecord) -> None:
        self.found = self.found or (isinstance(record.args, dict) and "exception" in record.args)


def _copied(content: bytes) -> tuple[bytes, int]:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if "/Encrypt" in reader.trailer:
        raise Bad(Reason.LOCKED)
    if _is_true(reader.root_object, "/NeedsRendering"):
        raise Bad(Reason.FORM)  # a form that a program draws while it is open would come out blank
    pages = len(reader.pages)
    if not 0 < pages <= MOST_PAGES:
        raise Bad(Reason.PAGES if pages else Reason.BROKEN)
    writer = PdfWriter()
    writer.metadata, writer.pdf_header = None, "%PDF-1.7"
    copy = _Copy(writer, stale=_has_stale_fields(reader))
    for page in reader.pages:
        copy.page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), pages


def _named(source: DictionaryObject, key: str) -> str:
    """The name under a key, empty when it is anything else."""
    found = at(source, key)
    return str(found) if isinstance(found, NameObject) else ""


def _has_stale_fields(reader: PdfReader) -> bool:
    """Whether the fields of its form ask to be drawn again: what they show is not what they hold."""
    return _is_true(at(reader.root_object, "/AcroForm"), "/NeedAppearances")


def _is_true(source: PdfObject | None, key: str) -> bool:
    found = at(source, key)
    return isinstance(found, BooleanObject) and found.value


class _Copy:
    """Copies what pages draw; each object once, those that are pointed at one after the other."""

    def __init__(self, writer: PdfWriter, *, stale: bool) -> None:
        self.writer, self.stale, self.scales = writer, stale, Scales()
        self.known: dict[tuple[int, int], PdfObject] = {}
        self.waiting: deque[tuple[DictionaryObject | ArrayObject, PdfObject]] = deque()

    def page(self, source: PageObject) -> None:
        """Copy one page."""
        if "/Contents" in source and not isinstance(at(source, "/Contents"), StreamObject | ArrayObject):
            raise Bad(Reason.BROKEN)  # it is not an empty page: what it showed is lost
        target = self.writer.add_blank_page(source.mediabox.width, source.mediabox.height)
        for key in _OF_A_PAGE:
            if key in source:
                target[NameObject(key)] = self.value(source.raw_get(key))
        drawn = [kept for note in _annotations(source) if (kept := self.annotation(note)) is not None]
        if drawn:
            target[NameObject("/Annots")] = ArrayObject(drawn)
        while self.waiting:
            self.fill(*self.waiting.popleft())

    def annotation(self, source: DictionaryObject) -> DictionaryObject | None:
        """What an annotation draws: no action, no link, no attachment.

        A field becomes a stamp that shows what it showed: readers draw no field that has no form behind it.
        """
        kind, shown = _named(source, "/Subtype"), _appearance(source)
        if kind == "/Widget" and (shown is None or self.stale) and _holds_text(source):
            raise Bad(Reason.FORM)
        if kind not in _ANNOTATIONS or (kind == "/Widget" and shown is None):
            return None
        target = DictionaryObject()
        for key in _OF_AN_ANNOTATION:
            if key in source:
                target[NameObject(key)] = self.value(source.raw_get(key))
        if shown is not None:
            target[NameObject("/AP")] = DictionaryObject({NameObject("/N"): self.value(shown)})
        if kind == "/Widget":
            target[NameObject("/Subtype")] = NameObject("/Stamp")
        return target

    def value(self, source: PdfObject | None, depth: int = 0) -> PdfObject:
        """The copy of anything, nothing when it is not to be copied."""
        if depth > _DEEP:
            raise Bad(Reason.BROKEN)
        if isinstance(source, IndirectObject):
            return self.pointed_at(source)
        if isinstance(source, DictionaryObject | ArrayObject):
            if (target := self.blank(source)) is None:
                return NullObject()
            self.fill(target, source, depth)
            return target
        return NullObject() if source is None else source

    def pointed_at(self, source: IndirectObject) -> PdfObject:
        """The copy's own reference, made before what it points at is filled: what turns in circles ends."""
        key = (source.idnum, source.generation)
        if key not in self.known:
            if len(self.known) >= MOST_OBJECTS:
                raise Bad(Reason.HEAVY)
            real = source.get_object()
            if isinstance(real, DictionaryObject | ArrayObject):
                target = self.blank(real)
                self.known[key] = NullObject() if target is None else self.writer._add_object(target)
                if target is not None:
                    self.waiting.append((target, real))
            else:
                self.known[key] = self.value(real)
        return self.known[key]

    def blank(self, source: PdfObject) -> DictionaryObject | ArrayObject | None:
        """The empty copy of a container, none when it acts or carries a file."""
        if isinstance(source, ArrayObject):
            return ArrayObject()
        if not isinstance(source, DictionaryObject) or _acts(source):
            return None
        if not isinstance(source, StreamObject):
            return DictionaryObject()
        self.scales.weigh(source)
        target = EncodedStreamObject() if "/Filter" in source else DecodedStreamObject()
        photo = filters(source) == ["/DCTDecode"]
        target._data = without_metadata(source._data) if photo else source._data
        return target

    def fill(self, target: DictionaryObject | ArrayObject, source: PdfObject, depth: int = 0) -> None:
        """Copy the content of a container."""
        if isinstance(target, ArrayObject) and isinstance(source, ArrayObject):
            target.extend(self.value(item, depth + 1) for item in source)
        elif isinstance(target, DictionaryObject) and isinstance(source, DictionaryObject):
            left = _NEVER | _SAID_BESIDE if "/Type" in source or "/Subtype" in source else _NEVER
            if isinstance(source, StreamObject):
                left |= _SAID_BESIDE | _ELSEWHERE
            for key in source:
                if key not in left:
                    target[NameObject(key)] = self.value(source.raw_get(key), depth + 1)


def _annotations(page: PageObject) -> Iterator[DictionaryObject]:
    notes = at(page, "/Annots")
    for note in notes if isinstance(notes, ArrayObject) else ():
        real = note.get_object()
        if isinstance(real, DictionaryObject):
            yield real


def _appearance(note: DictionaryObject) -> PdfObject | None:
    """What an annotation looks like at rest, as it is kept (the drawing itself, or where it is)."""
    appearances = at(note, "/AP")
    normal = at(appearances, "/N")
    if isinstance(normal, StreamObject) and isinstance(appearances, DictionaryObject):
        return dict.get(appearances, "/N")
    if isinstance(normal, DictionaryObject) and isinstance(at(normal, state := _named(note, "/AS")), StreamObject):
        return dict.get(normal, state)
    return None


def _acts(source: DictionaryObject) -> bool:
    """Whether it has the shape of an action, of a file, of metadata or of PostScript; wherever it stands."""
    return (
        _named(source, "/S") in _ACTIONS
        or _named(source, "/Type") in _NOT_DRAWN
        or _named(source, "/Subtype") == "/PS"
        or "/EF" in source
    )


def _holds_text(widget: DictionaryObject) -> bool:
    """Whether somebody wrote in this field: its value is on it, or on the field that it is part of."""
    step: PdfObject | None = widget
    for _ in range(10):
        value = at(step, "/V")
        if isinstance(value, str) and value.strip() and not isinstance(value, NameObject):
            return True
        step = at(step, "/Parent")
    return False
