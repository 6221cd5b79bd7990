"""The process that is measured: Django as the web runs it, then the measures.

Run by `bench.__main__`, with the environment of a production web process.
"""

from __future__ import annotations

import json
import sys

import django


def main(options: str) -> None:
    """Start Django, then measure; imports wait for it."""
    django.setup()
    from bench.measure import run

    run(**json.loads(options))


if __name__ == "__main__":
    main(sys.argv[1])
