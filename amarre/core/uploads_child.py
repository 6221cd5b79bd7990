"""The child process in which a file from outside is opened: little memory, little time, no file written.

Run by `uploads`, one process per file: `python -m amarre.core.uploads_child KIND LIMIT`, the file on the standard
input, the cleaned one on the standard output after a line that counts its pages. Whatever a file does to the decoder,
it does it here, without the database's address and without the keyring's.
Must not know Django: it starts in a fraction of a second.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from amarre.core.child import confine
from amarre.core.uploads_reasons import Bad, Reason

MOST_MEMORY = 768 * 1024 * 1024


def _image(content: bytes) -> tuple[bytes, int]:
    from amarre.core import uploads_image

    return uploads_image.rewrite(content), 0


def _pdf(content: bytes) -> tuple[bytes, int]:
    from amarre.core import uploads_pdf

    return uploads_pdf.rewrite(content)


REWRITERS: dict[str, Callable[[bytes], tuple[bytes, int]]] = {"image/jpeg": _image, "application/pdf": _pdf}
"""Each library is loaded for its own files only: a child starts in half the time."""


def rewrite(kind: str, content: bytes, limit: int) -> tuple[bytes, int]:
    """The cleaned file and its pages (0 for a picture). Raises `Bad`, and nothing else."""
    try:
        cleaned, pages = REWRITERS[kind](content)
    except Bad:
        raise
    except MemoryError as error:
        raise Bad(Reason.HEAVY) from error
    except Exception as error:  # a decoder raises anything on a file that was made for it
        raise Bad(Reason.BROKEN) from error
    if len(cleaned) > limit:
        raise Bad(Reason.LARGE)
    return cleaned, pages


def main() -> int:
    """Read, clean, write; the exit code says why not."""
    kind, limit = sys.argv[1], int(sys.argv[2])
    confine(MOST_MEMORY)
    try:
        cleaned, pages = rewrite(kind, sys.stdin.buffer.read(), limit)
    except Bad as bad:
        return int(bad.reason)
    sys.stdout.buffer.write(b"%d\n" % pages)
    sys.stdout.buffer.write(cleaned)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
