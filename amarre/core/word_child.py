"""The child process in which a template is opened and filled: little memory, little time, no file written.

Run by `word`: `python -m amarre.core.word_child inspect|fill`, a line of JSON (the values) then the template on the
standard input; on the standard output a line of JSON (what was found, or why not) then the letter.
Must not know Django, nor any secret.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from amarre.core.child import confine
from amarre.core.word_reasons import Bad, Reason

MOST_MEMORY = 300 * 1024 * 1024


def answer(task: str, content: bytes, values: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What is said of a template, and the letter. Raises `Bad`, and nothing else."""
    try:
        from amarre.core.word_letter import Sources

        sources = Sources(content)
        if task == "fill":
            return {}, sources.filled(values)
        sources.tried()
    except Bad:
        raise
    except (MemoryError, RecursionError) as error:
        raise Bad(Reason.HEAVY) from error
    except Exception as error:  # a parser raises anything on a file that was made for it
        raise Bad(Reason.BROKEN) from error
    names = sources.names
    return {"variables": names.every(), "optional": sorted(names.tested)}, b""


def main() -> int:
    """Read, work, write."""
    confine(MOST_MEMORY)
    values = json.loads(sys.stdin.buffer.readline())
    letter = b""
    try:
        said, letter = answer(sys.argv[1], sys.stdin.buffer.read(), values)
    except Bad as bad:
        said = {"bad": bad.reason, "about": bad.about}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + letter)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
