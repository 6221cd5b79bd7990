"""What the streams of a PDF weigh once unpacked, counted without keeping them.

Read by `uploads_pdf`. Must not know what they draw.
A reader unpacks them all: a few megabytes that become gigabytes are refused here, not on somebody's computer.
"""

from __future__ import annotations

import zlib

from pypdf.filters import ASCII85Decode, ASCIIHexDecode, LZWDecode, RunLengthDecode
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, PdfObject, StreamObject

from amarre.core.uploads_reasons import Bad, Reason

MOST_OF_A_STREAM = 300_000_000
MOST_UNPACKED = 1_000_000_000
MOST_PIXELS = 100_000_000
_BLOCK = 1 << 20
_SHORT = {
    "/Fl": "/FlateDecode", "/LZW": "/LZWDecode", "/A85": "/ASCII85Decode", "/AHx": "/ASCIIHexDecode",
    "/RL": "/RunLengthDecode", "/DCT": "/DCTDecode",
}  # fmt: skip
_PACKERS = frozenset(_SHORT.values()) - {"/DCTDecode"}


def at(source: PdfObject | None, key: str) -> PdfObject | None:
    """What stands under a key of a dictionary, wherever it is kept; nothing when there is nothing."""
    found = source[key] if isinstance(source, DictionaryObject) and key in source else None
    return None if isinstance(found, NullObject) else found


class Scales:
    """Adds up what the streams of one document weigh."""

    def __init__(self) -> None:
        self.total = 0

    def weigh(self, stream: StreamObject) -> None:
        """Count one stream. Raises `Bad` when the document is too heavy, or packed in a way that hides its weight."""
        width, height = _number(stream, "/Width"), _number(stream, "/Height")
        if width * height > MOST_PIXELS:
            raise Bad(Reason.PIXELS)
        packed = filters(stream)
        data = stream._data
        for place, name in enumerate(packed):
            if name == "/FlateDecode":
                if _PACKERS & set(packed[place + 1 :]):
                    raise Bad(Reason.HEAVY)
                self._add(_inflated(data))
                return
            unpacked = _unpacked(name, data)
            if unpacked is None:
                break  # the codec of a picture: its pixels were counted above
            data = unpacked
        self._add(len(data))

    def _add(self, size: int) -> None:
        self.total += size
        if self.total > MOST_UNPACKED:
            raise Bad(Reason.HEAVY)


def _inflated(data: bytes) -> int:
    """Unpack block by block, each thrown away; a stream that breaks off counts for what it gave."""
    engine, rest, size = zlib.decompressobj(), data, 0
    try:
        while rest and not engine.eof:
            size += len(engine.decompress(rest, _BLOCK))
            if size > MOST_OF_A_STREAM:
                raise Bad(Reason.HEAVY)
            rest = engine.unconsumed_tail
    except zlib.error:
        return size
    return size


def filters(stream: StreamObject) -> list[str]:
    """How a stream is packed, outermost first, by the long names."""
    named = at(stream, "/Filter")
    names = [item.get_object() for item in named] if isinstance(named, ArrayObject) else [named]
    return [_SHORT.get(str(name), str(name)) for name in names if isinstance(name, NameObject)]


def _unpacked(name: str, data: bytes) -> bytes | None:
    """Through a filter that is not the last word; none for those that pictures have."""
    if name == "/ASCII85Decode":
        return ASCII85Decode.decode(data)
    if name == "/ASCIIHexDecode":
        return ASCIIHexDecode.decode(data)
    if name == "/LZWDecode":
        return LZWDecode.decode(data)
    if name == "/RunLengthDecode":
        return RunLengthDecode.decode(data)
    return None


def _number(stream: StreamObject, key: str) -> int:
    value = at(stream, key)
    return int(value) if isinstance(value, int | float) else 0
