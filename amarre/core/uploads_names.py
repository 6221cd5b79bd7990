"""The name of a file that somebody sends: what people read of it, and nothing that acts or deceives.

Read by `uploads`. Must not know what is in the file, but its kind.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 100
_ENDINGS = {"image/jpeg": ".jpg", "application/pdf": ".pdf"}
_NAMELESS = {"image/jpeg": "photo", "application/pdf": "document"}
_OTHER_ENDING = re.compile(
    r"[\s.]*\.(?:pdf|jpe?g|jfif|png|webp|hei[cf]|avif|gif|bmp|tiff?|svgz?|x?html?|mht(?:ml)?|xml|php\d?|js|vbs|exe|com"
    r"|bat|cmd|scr|ps1|msi|lnk|hta|jar|sh|zip|rar|7z|gz|docx?|docm|xlsx?|xlsm|pptx?|rtf|od[tsp]|txt|csv)\s*$",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def clean_name(name: str, kind: str) -> str:
    """A name without path, without invisible or turned characters, with the one ending that its kind has."""
    stem = re.split(r"[/\\]", name)[-1]
    stem = "".join(c for c in unicodedata.normalize("NFC", stem) if unicodedata.category(c)[0] != "C" or c in "\t\n")
    while shorter := _OTHER_ENDING.search(stem):
        stem = stem[: shorter.start()]
    stem = re.sub(r'[<>:"|?*%]', " ", stem)
    stem = re.sub(r"\.(?=\S)", "-", stem.replace(". ", " ").strip(" ."))
    stem = " ".join(stem.split()).strip(" .-")[: LONGEST - len(_ENDINGS[kind])].strip(" .-")
    if _RESERVED.fullmatch(stem):  # a device, for Windows
        stem = f"{_NAMELESS[kind]} {stem}"
    return (stem or _NAMELESS[kind]) + _ENDINGS[kind]
