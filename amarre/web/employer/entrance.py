"""Who comes in at this door: an account of an employer, within the idle limit. What they see is asked page by page.

Read by `web.ui.scope`, to which the application registers it. Runs before the scope, as the application itself.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from amarre.accounts.models import Kind, User
from amarre.core.actor import Actor
from amarre.web.ui.errors import reference_of
from amarre.web.ui.scope import idle_too_long, to_sign_in


def employer_actor(request: HttpRequest) -> Actor | HttpResponse:
    """The contact, or the page where one signs in. An account of another door is refused."""
    user = request.user
    if not isinstance(user, User) or idle_too_long(request, settings.AMARRE_PERSON_IDLE_SECONDS):
        return to_sign_in(request, "account_login", "employer:home")
    if user.kind != Kind.EMPLOYER:
        raise PermissionDenied("not an employer")
    return user.actor(reference_of(request))
