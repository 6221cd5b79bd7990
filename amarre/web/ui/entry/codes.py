"""A code sent to a person's address, carried from one page to the next by the library's own way of signing in.

Read by `entry.space` and `entry.adapters`. Must not know rooms other than `accounts`.
The library opens codes to every account; here only a person's account gets one (`entrance.person_with`), an address
that is not one's goes through the very same steps, and the code lies sealed in the session as it does in the queue.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from amarre.accounts import entrance


class CodeStage(LoginByCodeStage):
    """The step « a code was sent »; somebody who wants to sign in otherwise is not brought back to it."""

    urlname = "space_code"

    def is_resumable(self, request: HttpRequest) -> bool:
        return False


class SpaceCode(LoginCodeVerificationProcess):
    """One code: asked, typed three times at most, used once, within ten minutes."""

    @classmethod
    def start(cls, request: HttpRequest, address: str) -> SpaceCode:
        """Have a code sent to this address, if it is that of a person; in any case the next page is the same."""
        user = entrance.person_with(address)
        login = Login(user=user, email=address)
        login.state["stages"] = {"current": CodeStage.key}
        stage = CodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=address), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def under_way(cls, request: HttpRequest) -> SpaceCode | None:
        """The code that this browser waits for, if any; none once its time is over."""
        stage = LoginStageController.enter(request, CodeStage.key)
        found: SpaceCode | None = cls(stage=stage).abort_if_invalid() if stage else None
        return found

    def send(self, skip_enumeration_mails: bool = False) -> None:
        """Through the queue; nobody's code is made, sealed and queued as well, and drops there."""
        code = get_adapter().generate_login_code()
        self.state["code_id"] = entrance.send_code(self.user, code)
        self.state["code"] = entrance.sealed_code(code, self.state["code_id"])

    @property
    def code(self) -> str:
        """What must be typed; empty, which nothing equals, unless the account is still an active person's."""
        if self.user is None or entrance.active_person(self.user.pk) is None:
            return ""
        return entrance.opened_code(self.state["code"], self.state["code_id"])

    @property
    def address(self) -> str:
        """The address as it was typed."""
        return str(self.state["email"])

    def one_more_try(self) -> bool:
        """Count a try where requests sent at once cannot read an old count; False once there were three."""
        return bool(ratelimit.consume(self.request, action="space_code", key=str(self.state["code_id"])))

    def use_up(self) -> bool:
        """Take the code, once; False when it was taken already."""
        key = f"amarre.space_code:{self.state['code_id']}"
        return bool(cache.add(key, "used", timeout=entrance.CODE_LASTS.total_seconds()))

    def refused(self) -> bool:
        """Write a wrong try down; says whether another is left."""
        entrance.record(self.user, "account.sign_in", "refused")
        return bool(self.record_invalid_attempt())
