"""Opens the scope around every view: who is asking, at which door, and may they come in at all.

Read by the settings (last middleware). Must not know what a view does.
The door is the namespace of the URL: `staff` asks for a signed-in, active staff account (with its second factor
outside demo), `public` for nobody; a door of its own (`employee`) says itself who comes in (`open_door`); anything else
(`api`, sign-in) runs without a scope and reaches no walled table.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from amarre.accounts.models import Kind, User
from amarre.core.actor import Actor, Door
from amarre.core.ledger import LedgerUnavailable, Line, write
from amarre.core.scope import acting_as, afterwards
from amarre.core.watch import Suspended, refuse_if_suspended
from amarre.web.ui import drafts
from amarre.web.ui.errors import reference_of, suspended, unavailable

logger = logging.getLogger("amarre.scope")
PASSER_BY_COOKIE = "amarre_passage"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_READS = re.compile(r"(SELECT|SAVEPOINT|RELEASE|ROLLBACK|DECLARE|WITH)\b", re.IGNORECASE)
_WRITES_INSIDE = re.compile(r"\b(INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|UPDATE\s+\S+\s+SET)\b", re.IGNORECASE)
_MAY_BE_WRITTEN = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(audit_entry|django_session|core_cache)"')


Entrance = Callable[[HttpRequest], "Actor | HttpResponse"]
_ENTRANCES: dict[str, Entrance] = {}


def open_door(name: str, entrance: Entrance) -> None:
    """A door says who comes in under its namespace: an actor, or the page to go to first."""
    _ENTRANCES[name] = entrance


class WriteOnGet(RuntimeError):
    """A page that should only read tried to write: a defect of ours."""


def _only_reads(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    text = str(sql).lstrip()
    reads = _READS.match(text) and not (text[:4].upper() == "WITH" and _WRITES_INSIDE.search(text))
    if not reads and not _MAY_BE_WRITTEN.match(text):
        raise WriteOnGet(text.split(maxsplit=1)[0].upper())
    return execute(sql, params, many, context)


@contextmanager
def _reading(request: HttpRequest) -> Iterator[None]:
    if request.method in _SAFE:
        with connection.execute_wrapper(_only_reads):
            yield
    else:
        yield


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the scope opened with."""
    actor = request.META.get("AMARRE_ACTOR")
    if not isinstance(actor, Actor):
        raise PermissionDenied("no actor")
    return actor


def trace_of(request: HttpRequest) -> str:
    """What tells this page from another where no row does: a keyed digest, since what was asked for may be a name."""
    asked = request.get_full_path() + (f"\n{request.POST.urlencode()}" if request.method == "POST" else "")
    return salted_hmac("amarre.watch", asked, algorithm="sha256").hexdigest()[:32]


class ScopeMiddleware:
    """Runs each view inside `acting_as`, so that a failed view rolls back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        fresh = request.META.get("AMARRE_NEW_PASSAGE")
        if fresh:
            response.set_cookie(
                PASSER_BY_COOKIE, fresh, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Find the door, then the actor, then run the view."""
        match = request.resolver_match
        if match is None or not match.namespaces:
            return None
        entrance = _ENTRANCES.get(match.namespaces[0])
        if entrance is None:
            return None
        actor = entrance(request)
        if isinstance(actor, HttpResponse):
            return actor
        if actor.door != Door.PUBLIC and "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("a null character, which PostgreSQL cannot hold")
        request.META["AMARRE_ACTOR"] = actor
        try:
            return self._run(request, actor, view, args, kwargs)
        except LedgerUnavailable as error:
            _keep(request)
            return unavailable(request, error)
        except Suspended:
            return suspended(request, kept=_keep(request))
        except Exception:
            _keep(request)
            raise

    @staticmethod
    def _run(
        request: HttpRequest,
        actor: Actor,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse:
        """The view, in its scope; a page that is not there leaves a line."""
        name = request.resolver_match.url_name if request.resolver_match else ""
        with acting_as(actor), _reading(request):
            try:
                return view(request, *args, **kwargs)
            except Http404:
                refuse_if_suspended(actor)
                line = Line(verb=f"page.{name}", outcome="missing", trace=trace_of(request))
                afterwards(lambda: write(actor, line))
                raise


def _keep(request: HttpRequest) -> bool:
    """Whatever went wrong, what was being sent is kept as a draft; a failure here must not hide the first one.

    Says whether it was: a page without a draft has nothing to keep it in.
    """
    if request.method != "POST":
        return False
    try:
        return bool(drafts.keep_posted(request))
    except Exception:
        logger.exception("what was sent could not be kept, reference %s", reference_of(request))
        return False


def _passer_by(request: HttpRequest) -> Actor:
    token = request.COOKIES.get(PASSER_BY_COOKIE, "")
    if len(token) != 32 or not token.isalnum():
        token = secrets.token_hex(16)
        request.META["AMARRE_NEW_PASSAGE"] = token
    return Actor(door=Door.PUBLIC, token=token, request_id=reference_of(request))


def _staff_actor(request: HttpRequest) -> Actor | HttpResponse:
    user = request.user
    if not isinstance(user, User) or idle_too_long(request, settings.AMARRE_IDLE_SECONDS):
        return to_sign_in(request)
    if user.kind != Kind.STAFF:
        raise PermissionDenied("not staff")
    if settings.AMARRE_MFA_REQUIRED and not user.has_second_factor:
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    if settings.AMARRE_MFA_REQUIRED and not second_factor_shown(request, user):
        logout(request)
        return to_sign_in(request)
    return user.actor(reference_of(request))


def second_factor_shown(request: HttpRequest, user: User) -> bool:
    """Whether this very session showed a second factor; one that was waiting before it was set up did not."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def idle_too_long(request: HttpRequest, limit: int) -> bool:
    """Whether nobody was there for `limit` seconds; an expired session is closed, and said so."""
    now, last = int(time.time()), int(request.session.get("seen", 0))
    if last and now - last > limit:
        logout(request)
        return True
    if now - last > 60:
        request.session["seen"] = now
    return False


def to_sign_in(request: HttpRequest, way_in: str = "account_login", first: str = "staff:day") -> HttpResponse:
    """Ask to sign in, keep what was being sent, and come back to the page it was typed on."""
    kept = drafts.keep_posted(request) if request.method == "POST" else ""
    back = kept or (request.get_full_path() if request.method == "GET" else came_from(request) or reverse(first))
    query = {"next": back} | ({"garde": "1"} if kept else {})
    target = f"{reverse(way_in)}?{urlencode(query)}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def came_from(request: HttpRequest) -> str:
    """The page of ours on which a button was pressed; empty for any other."""
    said = urlsplit(request.headers.get("Referer", ""))
    ours = said.netloc == request.get_host() and url_has_allowed_host_and_scheme(said.path, allowed_hosts=None)
    return said.path if ours else ""


open_door("staff", _staff_actor)
open_door("public", _passer_by)
