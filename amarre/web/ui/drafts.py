"""Nothing typed is lost: sealed drafts, written with a token that outlives the session.

Read by every door's long forms. Must not know what is being written: a draft is a form's fields, as they stand.
A page that opens a form gets a signed token (author, form, page, good for 12 hours). The token may write that very
draft and read nothing. Each open page has its own row, so two tabs never overwrite each other; a page that
resumed a draft replaces it only while nobody else has changed it since.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from amarre.accounts import entrance
from amarre.core.actor import Actor, Door
from amarre.core.commands import Refused
from amarre.core.models import Draft
from amarre.core.scope import acting_as

FIELD = "draft_token"
_SALT = "amarre.drafts"
_HOURS = 12
_SENT = "sent"  # the name of the rows that say: this page was carried out
_LIMIT = 200_000
_NOT_KEPT = frozenset({FIELD, "csrfmiddlewaretoken", "password"})


@dataclass(slots=True)
class Desk:
    """What one page knows of the draft it writes: its token, and what was typed before."""

    form: str
    token: str
    url: str = "/brouillon/"
    resumed_at: datetime | None = None
    values: dict[str, list[str]] = field(default_factory=dict)
    others: int = 0

    def initial(self) -> QueryDict | None:
        """The fields of the draft that was resumed, as if they had been posted."""
        if not self.values:
            return None
        data = QueryDict(mutable=True)
        for name, values in self.values.items():
            data.setlist(name, values)
        return data


def _sign(actor: Actor, form: str, page: str, back: str, base: Draft | None) -> str:
    body = {
        "k": actor.key, "d": str(actor.door), "u": actor.user_id, "t": actor.token, "f": form, "p": page, "b": back,
        "o": [base.pk, base.saved_at.isoformat()] if base else None,
    }  # fmt: skip
    return signing.dumps(body, salt=_SALT, compress=True)


def _read(token: str) -> dict[str, Any] | None:
    try:
        body = signing.loads(token, salt=_SALT, max_age=_HOURS * 3600)
    except signing.BadSignature:
        return None
    return body if isinstance(body, dict) else None


def _still_writes(token: str) -> dict[str, Any] | None:
    """What the token says, while its author may write: it outlives a session, not an account."""
    said = _read(token)
    return said if said and (said["u"] is None or entrance.active(said["u"])) else None


def open_desk(request: HttpRequest, actor: Actor, form: str) -> Desk:
    """A token for this page, and the newest draft of this form if one is waiting.

    `?neuf=1` starts from an empty page and leaves the drafts where they are.
    """
    if request.method == "POST" and (said := _read(request.POST.get(FIELD, ""))) and said["f"] == form:
        return Desk(form, request.POST[FIELD])
    waiting = list(Draft.objects.visible_to(actor).filter(form=form).order_by("-saved_at")[:5])
    chosen = waiting[0] if waiting and not request.GET.get("neuf") else None
    token = _sign(actor, form, secrets.token_hex(8), request.get_full_path(), chosen)
    desk = Desk(form, token, others=len(waiting) - bool(chosen))
    if chosen:
        desk.values, desk.resumed_at = json.loads(chosen.body)["values"], chosen.saved_at
    return desk


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft that waits: the two parts of its form's name (kind of text, key), where to go on, since when."""

    kind: str
    about: int
    url: str
    saved_at: datetime


def unfinished(actor: Actor, limit: int = 5) -> list[Unfinished]:
    """The actor's own drafts, the newest first."""
    rows = Draft.objects.visible_to(actor).exclude(form=_SENT).order_by("-saved_at")[:limit]
    found = []
    for row in rows:
        kind, _, about = row.form.partition(":")
        key = int(about) if about.isdecimal() else 0
        found.append(Unfinished(kind, key, json.loads(row.body)["back"], row.saved_at))
    return found


def _values(data: QueryDict) -> dict[str, list[str]]:
    return {k: [str(v) for v in data.getlist(k)] for k in data if k not in _NOT_KEPT and "password" not in k}


def _sound(text: Any) -> str:
    """The text without half signs (a script may send one), which nobody could write down."""
    return str(text).encode("utf-8", "replace").decode()


def _write(said: dict[str, Any], values: dict[str, list[str]]) -> datetime:
    """Upsert the row of that page; drop the draft it resumed if nobody changed that one since."""
    now = timezone.now()
    row = Draft.objects.filter(owner=said["k"], form=said["f"], page=said["p"]).first()
    if row is None:
        row = Draft(owner=said["k"], form=said["f"], page=said["p"])
    back = str(said["b"]).split("?", 1)[0]
    row.body, row.saved_at = json.dumps({"back": back, "values": values}, ensure_ascii=False), now
    row.save()
    if said["o"]:
        Draft.objects.filter(owner=said["k"], pk=said["o"][0], saved_at=said["o"][1]).delete()
    return now


def _author(said: dict[str, Any]) -> Actor:
    return Actor(door=Door(said["d"]), user_id=said["u"], token=said["t"])


def spend(request: HttpRequest, actor: Actor) -> None:
    """Say that this page is being carried out: a second click, or « back » and sending again, does nothing more.

    Raises `Refused` when it was carried out before; waits for the other request while it is. Passers-by need none:
    what they send is held by their journey.
    """
    said = _read(request.POST.get(FIELD, ""))
    if not said or said["k"] != actor.key or actor.door == Door.PUBLIC:
        return
    try:
        with transaction.atomic():
            Draft(owner=actor.key, form=_SENT, page=said["p"], body="{}", saved_at=timezone.now()).save()
    except IntegrityError as error:
        raise Refused(
            "Ce formulaire a déjà été envoyé, et il est enregistré. Rechargez la page pour écrire autre chose."
        ) from error


def forget(request: HttpRequest, actor: Actor) -> None:
    """The form was carried out: this page's draft, and the one it came from, are gone."""
    said = _read(request.POST.get(FIELD, ""))
    if said and said["k"] == actor.key:
        mine = Draft.objects.visible_to(actor).filter(form=said["f"])
        mine.filter(page=said["p"]).delete()
        if said["o"]:
            mine.filter(pk=said["o"][0]).delete()


def keep_posted(request: HttpRequest) -> str:
    """Somebody sent a form after their session had ended: keep it, and say which page to come back to."""
    said = _still_writes(request.POST.get(FIELD, ""))
    if not said:
        return ""
    with acting_as(_author(said)):
        _write(said, _values(request.POST))
    return str(said["b"]).split("?", 1)[0]


@csrf_exempt
@require_POST
def save_draft(request: HttpRequest) -> JsonResponse:
    """Save what a page holds. The token is the permission: it outlives the session, and opens nothing else."""
    said = _still_writes(request.POST.get("token", ""))
    raw = request.POST.get("body", "")
    if not said or len(raw) > _LIMIT:
        return JsonResponse({"expired": True}, status=403)
    try:
        body = json.loads(raw)
        kept = {k: vs for k, vs in body.items() if k not in _NOT_KEPT and "password" not in k}
        values = {_sound(k): [_sound(v) for v in vs] for k, vs in kept.items()}
    except (ValueError, AttributeError, TypeError, RecursionError):
        return JsonResponse({"malformed": True}, status=400)
    try:
        with acting_as(_author(said)), transaction.atomic():
            saved = _write(said, values)
    except IntegrityError:
        with acting_as(_author(said)):
            saved = _write(said, values)
    at = timezone.localtime(saved)
    return JsonResponse({"saved_at": f"{at.hour}\u202fh\u202f{at.minute:02d}"})
