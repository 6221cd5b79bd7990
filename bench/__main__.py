"""`make bench [ONLY=name]`: lay a synthetic service, measure, print one JSON line per measure."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from bench.house import house


def main() -> int:
    """Parse, lay, measure."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", nargs="?", default="", help="only the measures whose name begins so: list, open…")
    parser.add_argument("--only", default="", help="the same, said otherwise")
    parser.add_argument("--cases", type=int, default=10_000, help="how many cases the service has (10000)")
    parser.add_argument("--requests", type=int, default=60, help="how many requests each measure counts (60)")
    said = parser.parse_args()
    only = said.name or said.only
    command = " ".join(["python -m bench", *sys.argv[1:]])
    options = {"cases": said.cases, "requests": said.requests, "only": only, "command": command}
    with house(said.cases) as environment:
        measured = subprocess.run([sys.executable, "-m", "bench.web", json.dumps(options)], env=environment)
    return measured.returncode


if __name__ == "__main__":
    sys.exit(main())
