"""The inside of a .docx: a zip of parts that point to one another. What acts is refused, what is idle is left behind.

Read by the child process of `word`. Must not know Django, nor marks, nor values.
Only the parts that are reached by relations known here go into a letter: whatever else a template carries (its author,
its company, a picture of its first page, data of other software) stays out of it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from amarre.core.uploads_jpeg import without_metadata
from amarre.core.word_reasons import Bad, Reason

MOST_PARTS = 300
MOST_UNPACKED = 20_000_000
MOST_OF_XML = 3_000_000
TYPES, TOP, CORE = "[Content_Types].xml", "_rels/.rels", "docProps/core.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_WRITTEN = ("document", "header", "footer", "footnotes", "endnotes")
"""Kinds of parts that hold text to fill."""
_KEPT = frozenset({*_WRITTEN, "styles", "settings", "fontTable", "theme", "numbering", "image", "font"})
_LEFT = frozenset({
    "webSettings", "stylesWithEffects", "customXml", "glossaryDocument", "printerSettings", "people", "comments",
    "commentsExtended", "commentsIds", "commentsExtensible", "keyMapCustomizations", "documenttasks",
    "classificationlabels", "intelligence", "xmlsignatures",
})  # fmt: skip
"""Kinds that are left behind: nothing in the text needs them."""
_OUTSIDE = frozenset({"attachedTemplate", "subDocument", "mailMergeSource", "mailMergeHeaderSource"})
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s\\]+", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_SIGNATURE_OF_OLE = b"\xd0\xcf\x11\xe0"
_NEUTRAL = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats'
    '.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl'
    '.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:language>fr-FR</dc:language>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
)
"""Nobody's, of no day: the same letter has the same bytes."""
_TOP_RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}officeDocument" Target="%s"/><Relationship Id="rId2" Type="http://schemas'
    '.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)


@dataclass(slots=True)
class Package:
    """The parts that a letter is made of; `written` are those with text to fill, the document first."""

    parts: dict[str, bytes]
    written: list[str] = field(default_factory=list)
    links: dict[str, bytes] = field(default_factory=dict)
    types: bytes = b""
    main: str = ""

    def to_bytes(self) -> bytes:
        """A .docx, always the same for the same parts."""
        out = io.BytesIO()
        contents = {
            TYPES: self.types,
            TOP: (_TOP_RELATIONS % self.main).encode(),
            CORE: _NEUTRAL.encode(),
            **{name: self.parts[name] for name in sorted(self.parts)},
            **{name: self.links[name] for name in sorted(self.links)},
        }
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in contents.items():
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
                packed.writestr(entry, content)
        return out.getvalue()


def parsed(content: bytes) -> etree._Element:
    """XML in UTF-8 without any declaration of a document type. Raises `Bad`."""
    encoding = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    if len(content) > MOST_OF_XML:
        raise Bad(Reason.HEAVY)
    if (encoding and encoding[1].lower() != b"utf-8") or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Bad(Reason.BROKEN)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        content.decode("utf-8")
        return etree.fromstring(content, parser)
    except (UnicodeDecodeError, etree.XMLSyntaxError) as error:
        raise Bad(Reason.BROKEN) from error


def written(root: etree._Element) -> bytes:
    """XML as Word writes it."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def opened(content: bytes) -> Package:
    """The package of a template, without what is left behind. Raises `Bad`."""
    return _Reader(_unzipped(content)).package()


def _unzipped(content: bytes) -> dict[str, bytes]:
    """The files of the zip, by their names. What it declares of their sizes is not believed. Raises `Bad`."""
    if content.startswith(_SIGNATURE_OF_OLE):
        raise Bad(Reason.LOCKED if "EncryptedPackage".encode("utf-16-le") in content else Reason.KIND)
    if not content.startswith(b"PK\x03\x04"):
        raise Bad(Reason.KIND)
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            if len(entries) > MOST_PARTS:
                raise Bad(Reason.HEAVY)
            for entry in entries:
                name = _safe(entry, found)
                with packed.open(entry) as stream:
                    found[name] = stream.read(left + 1)
                left -= len(found[name])
                if left < 0:
                    raise Bad(Reason.HEAVY)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise Bad(Reason.BROKEN) from error
    return found


def _safe(entry: zipfile.ZipInfo, found: dict[str, bytes]) -> str:
    """The entry's name, when it is a plain place inside the package and is there once. Raises `Bad`."""
    name = entry.filename
    if entry.flag_bits & 1:
        raise Bad(Reason.LOCKED)
    if "vbaproject" in name.lower() or "vbadata" in name.lower():
        raise Bad(Reason.MACRO)
    odd = "\\" in name or ":" in name or "\0" in name or name.startswith("/") or posixpath.normpath(name) != name
    if odd or name.startswith("..") or name.lower() in {other.lower() for other in found}:
        raise Bad(Reason.BROKEN)
    return name


class _Reader:
    """Walks from the document to what it needs."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.kept = Package({})

    def package(self) -> Package:
        overrides, defaults = self._types()
        tops = [r for r in self._relations(TOP) if r.get("Type", "").endswith("/officeDocument")]
        if len(tops) != 1 or tops[0].get("TargetMode") == "External":
            raise Bad(Reason.KIND)
        main = tops[0].get("Target", "").lstrip("/")
        kind = overrides.get(main, "")
        if "macroEnabled" in kind:
            raise Bad(Reason.MACRO)
        if kind != _DOCUMENT or main not in self.files or tops[0].get("Type") != f"{_OFFICE}officeDocument":
            raise Bad(Reason.KIND)
        self.kept.main = main
        self._keep(main, "document")
        self.kept.types = self._types_kept(overrides, defaults)
        return self.kept

    def _types(self) -> tuple[dict[str, str], dict[str, str]]:
        """Content types: by part, by ending. Raises `Bad`."""
        if TYPES not in self.files or TOP not in self.files:
            raise Bad(Reason.KIND)
        root = parsed(self.files[TYPES])
        overrides = {e.get("PartName", "").lstrip("/"): e.get("ContentType", "") for e in root.iter(_q("Override"))}
        defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter(_q("Default"))}
        if any("vba" in kind.lower() for kind in (*overrides.values(), *defaults.values())):
            raise Bad(Reason.MACRO)
        return overrides, defaults

    def _types_kept(self, overrides: dict[str, str], defaults: dict[str, str]) -> bytes:
        """The content types of what is kept."""
        root = etree.Element(_q("Types"), nsmap={None: _CONTENT})
        endings = {name.rpartition(".")[2].lower() for name in self.kept.parts} | {"rels", "xml"}
        for ending in sorted(endings & set(defaults)):
            etree.SubElement(root, _q("Default"), Extension=ending, ContentType=defaults[ending])
        for name in sorted({*self.kept.parts} & set(overrides)):
            etree.SubElement(root, _q("Override"), PartName=f"/{name}", ContentType=overrides[name])
        etree.SubElement(root, _q("Override"), PartName=f"/{CORE}", ContentType=_CORE_TYPE)
        return written(root)

    def _relations(self, name: str) -> list[etree._Element]:
        found = parsed(self.files[name]) if name in self.files else ()
        return [r for r in found if r.tag == f"{{{_RELATIONS}}}Relationship"]

    def _keep(self, name: str, kind: str) -> None:
        """Keep a part and what it points to."""
        if name in self.kept.parts:
            return
        content = self.files.get(name)
        if content is None:
            raise Bad(Reason.BROKEN)
        if kind == "image":
            content = _picture(content)
        elif kind == "settings":
            content = _settings(content)
        elif kind != "font":
            parsed(content)
        self.kept.parts[name] = content
        if kind in _WRITTEN:
            self.kept.written.append(name)
        self._follow(name)

    def _follow(self, name: str) -> None:
        folder, _, file = name.rpartition("/")
        links = f"{folder}/_rels/{file}.rels".lstrip("/")
        relations = self._relations(links)
        idle = [r for r in relations if not self._needed(r, folder)]
        if not relations:
            return
        if idle:
            root = relations[0].getparent()
            for relation in idle:
                root.remove(relation)
        self.kept.links[links] = written(root) if idle else self.files[links]

    def _needed(self, relation: etree._Element, folder: str) -> bool:
        """Keep what the relation points to; False when it is left behind. Raises `Bad`."""
        kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
        if relation.get("TargetMode", "Internal") != "Internal":
            if kind == "hyperlink" and _LINK.fullmatch(target):
                return True
            raise Bad(Reason.EXTERNAL, target[:80])
        if kind in _LEFT:
            return False
        if kind in _OUTSIDE or "://" in target:
            raise Bad(Reason.EXTERNAL, target[:80])
        if kind not in _KEPT:
            raise Bad(Reason.EMBEDDED, target.rpartition("/")[2][:80])
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        self._keep(place, kind)
        return True


def _q(name: str) -> str:
    return f"{{{_CONTENT}}}{name}"


def _picture(content: bytes) -> bytes:
    """A picture that every reader knows; a photo without what its camera wrote beside. Raises `Bad`."""
    if not content.startswith(_PICTURES):
        raise Bad(Reason.PICTURE)
    if not content.startswith(b"\xff\xd8"):
        return content
    try:
        return without_metadata(content)
    except Exception as error:
        raise Bad(Reason.PICTURE) from error


def _settings(content: bytes) -> bytes:
    """Without what other software noted down. Raises `Bad` for a mail merge: it names a file of addresses."""
    root: Any = parsed(content)
    if root.find(f"{{{W}}}mailMerge") is not None:
        raise Bad(Reason.MERGE)
    for name in ("docVars", "rsids", "attachedSchema"):
        for found in root.findall(f"{{{W}}}{name}"):
            root.remove(found)
    return written(root)
