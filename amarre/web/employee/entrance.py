"""Who comes in at this door: an account of a person, within its idle limit; the actor knows whose space it is.

Read by `web.ui.scope`, to which the application registers it. Runs before the scope, as the application itself.
"""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from amarre.accounts.models import Kind, User
from amarre.core.actor import Actor
from amarre.people.queries import account_person
from amarre.web.ui.errors import reference_of
from amarre.web.ui.scope import idle_too_long, to_sign_in


def person_actor(request: HttpRequest) -> Actor | HttpResponse:
    """The person, or the page where a code is asked for. An account of another door is refused."""
    user = request.user
    if not isinstance(user, User) or idle_too_long(request, settings.AMARRE_PERSON_IDLE_SECONDS):
        return to_sign_in(request, "space_sign_in", "employee:home")
    if user.kind != Kind.PERSON:
        raise PermissionDenied("not a person")
    return replace(user.actor(reference_of(request)), person_id=account_person(user.pk))
