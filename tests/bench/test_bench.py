"""The measures run, on a small service, and say what they promise: one JSON line each, all of them good."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

FIELDS = {"name", "value", "unit", "against", "size", "command"}
PAGES = ("day", "list", "open", "search", "notes", "requests", "write")


@pytest.mark.slow
def test_every_measure_says_one_line() -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AMARRE_", "DATABASE_", "DJANGO_"))}
    words = [sys.executable, "-m", "bench", "--cases", "300", "--requests", "3"]
    done = subprocess.run(words, cwd=ROOT, env=kept, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(set(line) == FIELDS and line["value"] > 0 for line in lines)
    said = {line["name"] for line in lines}
    measures = ("cpu", "database", "ratio", "whole-ratio", "statements")
    assert said == {f"{page}.{measure}" for page in PAGES for measure in measures} | {"memory"}
    for page in ("list", "open"):
        counts = {line["value"] for line in lines if line["name"] == f"{page}.statements"}
        assert len(counts) == 1, "as many statements whatever the number of rows"
