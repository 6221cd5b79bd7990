"""Every page of the space as Inès and Yanis are shown it, in any language.

Read by the tests beside. Each page is asked for as a browser does; nothing is kept.
"""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.cast import as_owner, user
from tests.matrix import MATRIX, Row

PERSONS = ("ines", "yanis")
FILES = {"employee:version_paper", "employee:document", "employee:letter", "employee:appointment_file"}
OUTSIDE = ("/espace/connexion/", "/espace/sorti/")


def ours(row: Row) -> bool:
    return row.name.startswith("employee:") and row.name not in FILES


def path_of(row: Row) -> str:
    with as_owner():
        return reverse(row.name, args=row.arguments())


def browser(code: str = "", language: str = "fr") -> Client:
    """Somebody who has come in, or who is still outside, and the language that they chose."""
    client = Client(raise_request_exception=False)
    if code:
        client.force_login(user(code))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


@lru_cache
def every_page(language: str = "fr") -> dict[str, str]:
    """Each page of the matrix that somebody is shown, each form that comes back, and the way in and out."""
    found: dict[str, str] = {}
    for code in PERSONS:
        client = browser(code, language)
        for row in MATRIX:
            if ours(row) and code in row.get.get(200, ()):
                found[f"{row.name} × {code} {row.arguments()}"] = client.get(path_of(row)).content.decode()
            if ours(row) and code in row.post.get(422, ()):
                with transaction.atomic():
                    answer = client.post(path_of(row), row.sent()).content.decode()
                    transaction.set_rollback(True)
                found[f"{row.name} sent × {code} {row.arguments()}"] = answer
        found[f"keys × {code}"] = client.get("/espace/cles/").content.decode()
    for path in OUTSIDE:
        found[path] = browser(language=language).get(path).content.decode()
    return found


@lru_cache
def errors(language: str = "fr") -> dict[str, str]:
    """The pages that say no: 404, 403 for somebody of the service."""
    return {
        "404": browser("ines", language).get("/espace/nulle-part/").content.decode(),
        "403": browser("claire", language).get("/espace/").content.decode(),
    }
