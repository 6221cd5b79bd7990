"""Who asks in the measures: signed-in browsers, and what each of them has to open.

Read by `bench.measure`. Everything is found through the walls, as the person themselves.
"""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.db.models import Count
from django.test import RequestFactory

from amarre.accounts.models import User
from amarre.cases.models import Case
from amarre.cases.queries import my_cases
from amarre.core.scope import acting_as
from bench.caller import Caller

OURS, PLAIN = "amarre.accounts.backends.ActiveBackend", "django.contrib.auth.backends.ModelBackend"


def user(code: str) -> User:
    """The account of somebody of the cast."""
    return User.objects.get(email=f"{code}@demo.amarre.example")


def cookies_of(who: User, backend: str = OURS) -> dict[str, str]:
    """The cookies of somebody who has just signed in with both factors; `PLAIN` is Django's own way of reading them."""
    if not who.authenticator_set.exists():
        TOTP.activate(who, generate_totp_secret())
    request = RequestFactory().get("/")
    request.session = SessionStore()
    login(request, who, backend)
    record_authentication(request, who, "mfa", type="totp")
    request.session.save()
    return {"sessionid": request.session.session_key or ""}


def browser(application: WSGIHandler, code: str) -> Caller:
    """Somebody in front of an application."""
    return Caller(application, cookies_of(user(code)))


def active_cases(code: str) -> int:
    """How many open cases they are in."""
    actor = user(code).actor()
    with acting_as(actor):
        return my_cases(actor).count()


def case_with(code: str, notes: int) -> tuple[Case, int]:
    """The open case whose number of notes is nearest, and that number."""
    actor = user(code).actor()
    with acting_as(actor):
        rows = my_cases(actor).filter(person__isnull=False, previous=None).annotate(written=Count("notes"))
        found = min(rows, key=lambda row: (abs(row.written - notes), row.number))
        return found, found.written
