"""Serves, under `vendor/`, the few named files that we take from npm packages, and nothing else of them.

Readers: Django's static files. Must not know: any page.
"""

import builtins
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, Storage

VENDOR = {
    "vendor/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "vendor/bootstrap.rtl.min.css": "bootstrap/dist/css/bootstrap.rtl.min.css",
    "vendor/bootstrap.rtl.min.css.map": "bootstrap/dist/css/bootstrap.rtl.min.css.map",
    "vendor/htmx.min.js": "htmx.org/dist/htmx.min.js",
}


def _source(name: str) -> Path:
    return Path(settings.AMARRE_NODE_MODULES, name)


class _Vendor(FileSystemStorage):
    """Storage that knows the files by their public name."""

    def path(self, name: str) -> str:
        """Where the file really is."""
        return str(_source(VENDOR[Path(name).as_posix()]))


class VendorFinder(BaseFinder):
    """Explicit allow-list: a file that is not in `VENDOR` does not exist."""

    storage = _Vendor()

    def check(self, **kwargs: Any) -> builtins.list[CheckMessage]:
        """Say which package is missing, before a page comes out bare."""
        return [
            Error(f"{source} is missing: run `make install`.", id="ui.E001")
            for source in VENDOR.values()
            if not _source(source).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file behind a public name, as Django's finders answer it."""
        source = VENDOR.get(path)
        if source is None:
            return []
        found = str(_source(source))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Every file of the list, for `collectstatic`."""
        for name in VENDOR:
            yield name, self.storage
