"""Directories that PostgreSQL's account can reach, and runs that leave nothing behind."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.launcher.running import Run


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory of our own, with a space in its name; as root, pytest's are closed to PostgreSQL's account."""
    directory = Path(tempfile.mkdtemp(prefix="amarre launcher "))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def start(place: Path) -> Iterator[Callable[..., Run]]:
    """Start services in that directory, and stop those that still run."""
    runs: list[Run] = []

    def begin(name: str = "var", **options) -> Run:
        runs.append(Run(place / name, **options))
        return runs[-1]

    yield begin
    for run in runs:
        run.abandon()
