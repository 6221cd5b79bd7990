"""Accounts are kept by the service admin, never their own; each command is allowed, refused, forbidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from amarre.accounts import commands, queries
from amarre.accounts.models import Posting, User
from amarre.audit.models import Entry
from amarre.core.commands import Refused
from amarre.core.scope import acting_as
from amarre.organisations.models import Centre
from tests.cast import STAFF, actor, as_owner, user
from tests.core.test_jobs import queued

pytestmark = pytest.mark.django_db

OTHERS = [code for code in STAFF if code != "alex"]


def do(act: Callable[..., Any], who: str = "alex", **given: Any) -> Any:
    """One command, as somebody."""
    me = actor(who)
    with acting_as(me):
        return act(actor=me, **given)


def centre(name: str = "Centre de Montreuil") -> Centre:
    with as_owner():
        return Centre.objects.get(name=name)


def invite(who: str = "alex", **given: Any) -> User:
    values = {"email": "Nour@Exemple.example ", "name": " Nour  Arvel ", "user_roles": ["health_team"], "centres": []}
    return do(commands.invite_user, who, **{**values, **given})


def lines(verb: str) -> list[str]:
    with as_owner():
        return list(Entry.objects.filter(verb=verb).order_by("id").values_list("outcome", flat=True))


def centres_of(code: str) -> set[str]:
    with as_owner():
        return set(Posting.objects.filter(user=user(code)).values_list("centre__name", flat=True))


ON_SOMEBODY: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "account.resend": (commands.resend_invitation, {}),
    "account.rename": (commands.rename_user, {"name": "Autre Nom"}),
    "account.change_roles": (commands.change_roles, {"user_roles": ["health_team"]}),
    "account.change_postings": (commands.change_postings, {"centres": []}),
    "account.disable": (commands.disable_user, {}),
    "account.enable": (commands.enable_user, {}),
    "account.remove_second_factor": (commands.remove_second_factor, {}),
}


@pytest.mark.parametrize("verb", ON_SOMEBODY)
@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_keeps_accounts(verb, who):
    act, given = ON_SOMEBODY[verb]
    with pytest.raises(PermissionDenied):
        do(act, who, user=user("nora"), **given)
    assert lines(verb) == ["refused"]


@pytest.mark.parametrize("verb", ON_SOMEBODY)
def test_nobody_keeps_their_own(verb):
    act, given = ON_SOMEBODY[verb]
    with pytest.raises(PermissionDenied):
        do(act, user=user("alex"), **given)
    assert lines(verb) == ["refused"]
    assert user("alex").roles == ["service_admin"]


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_invites(who):
    with pytest.raises(PermissionDenied):
        invite(who)
    assert queued() == []


def test_an_invitation_makes_an_account_that_opens_nothing_yet():
    made = invite(user_roles=["social_worker", "coordinator"], centres=[centre()])
    kept = User.objects.get(pk=made.pk)
    assert (kept.email, kept.name, kept.roles) == (
        "nour@exemple.example",
        "Nour Arvel",
        ["coordinator", "social_worker"],
    )
    assert kept.invited_at
    assert not kept.has_usable_password()
    assert queued() == [("accounts.send_invitation",)]
    assert lines("account.invite") == ["done"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"email": "claire@demo.amarre.example"}, "déjà cette adresse"),
        ({"email": "CLAIRE@demo.amarre.example"}, "déjà cette adresse"),
        ({"email": "max@demo.amarre.example"}, "réactivez-le"),
        ({"user_roles": []}, "au moins un rôle"),
        ({"user_roles": ["superuser"]}, "au moins un rôle"),
        ({"user_roles": ["secretary"]}, "au moins un centre"),
        ({"name": "  "}, "Donnez le nom"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(given, why):
    with pytest.raises(Refused, match=why):
        invite(**given)
    assert lines("account.invite") == ["refused"]
    assert queued() == []


def test_another_link_is_sent_only_while_nobody_came():
    made = invite()
    before = User.objects.get(pk=made.pk).invited_at
    assert do(commands.resend_invitation, user=made).invited_at > before
    assert len(queued()) == 2
    with as_owner():
        User.objects.filter(pk=made.pk).update(last_login=before)
    with pytest.raises(Refused, match="déjà connectée"):
        do(commands.resend_invitation, user=User.objects.get(pk=made.pk))
    with pytest.raises(Refused, match="désactivé"):
        do(commands.resend_invitation, user=user("max"))


def test_a_name_is_corrected_and_never_empty():
    do(commands.rename_user, user=user("claire"), name=" Claire   Arvor ")
    assert user("claire").name == "Claire Arvor"
    with pytest.raises(Refused):
        do(commands.rename_user, user=user("claire"), name=" ")


def test_roles_change_at_once():
    do(commands.change_roles, user=user("claire"), user_roles=["secretary"])
    assert actor("claire").roles == {"secretary"}


@pytest.mark.parametrize(
    ("who", "given", "why"),
    [
        ("claire", [], "au moins un rôle"),
        ("claire", ["amarre"], "au moins un rôle"),
        ("lea", ["secretary"], "au moins un centre"),
        ("paul", ["secretary"], "Seuls les comptes du service"),
    ],
)
def test_roles_that_make_no_sense_are_refused(who, given, why):
    before = user(who).roles
    with pytest.raises(Refused, match=why):
        do(commands.change_roles, user=user(who), user_roles=given)
    assert user(who).roles == before


def test_centres_change_at_once():
    do(
        commands.change_postings,
        user=user("claire"),
        centres=[centre("Centre de Nanterre"), centre("Centre de Créteil")],
    )
    assert centres_of("claire") == {"Centre de Nanterre", "Centre de Créteil"}
    do(commands.change_postings, user=user("hugo"), centres=[])
    assert centres_of("hugo") == set()


def test_a_role_that_needs_a_centre_keeps_one():
    with pytest.raises(Refused, match="au moins un centre"):
        do(commands.change_postings, user=user("claire"), centres=[])
    assert centres_of("claire") == {"Centre de Montreuil"}


def test_an_account_is_disabled_and_enabled_once():
    assert not do(commands.disable_user, user=user("claire")).is_active
    with pytest.raises(Refused, match="déjà désactivé"):
        do(commands.disable_user, user=user("claire"))
    back = do(commands.enable_user, user=user("claire"))
    assert back.is_active
    assert back.signed_out_at
    with pytest.raises(Refused, match="déjà actif"):
        do(commands.enable_user, user=user("claire"))


def test_of_two_admins_who_disable_each_other_one_remains():
    with as_owner():
        other = user("lea")
        User.objects.filter(pk=other.pk).update(roles=["service_admin"])
    late = actor("alex")
    do(commands.disable_user, "lea", user=user("alex"))
    with acting_as(late), pytest.raises(PermissionDenied):
        commands.disable_user(actor=late, user=user("lea"))
    assert user("lea").is_active


def test_a_lost_second_factor_is_taken_away_with_its_codes_and_its_owner_is_told():
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=user("claire"), type=kind, data={})
    do(commands.remove_second_factor, user=user("claire"))
    assert not Authenticator.objects.filter(user=user("claire")).exists()
    assert user("claire").signed_out_at
    assert queued() == [("accounts.tell_change",)]


def test_who_has_a_second_factor_is_told_to_its_owner_and_to_the_admin():
    Authenticator.objects.create(user=user("claire"), type="totp", data={})
    for who, told in (("claire", True), ("alex", True), ("bruno", False), ("marc", False)):
        with acting_as(actor(who)):
            assert queries.has_second_factor(user("claire").pk) is told, who


def test_the_accounts_are_the_admin_s_alone_and_come_without_passwords():
    for who in STAFF:
        me = actor(who)
        with acting_as(me):
            seen = list(User.objects.visible_to(me))
            assert bool(seen) == (who == "alex")
            assert all("password" in row.get_deferred_fields() for row in seen)


@pytest.mark.parametrize("who", [*OTHERS, "max", "alex"])
def test_the_second_wall_stands_without_the_first(who):
    """What PostgreSQL alone refuses: an account made, a role given, a password read, one's own rights."""
    me, other = actor(who), user("nora" if who == "alex" else "alex")
    with acting_as(me):
        assert refused(lambda: list(User.objects.values_list("password", flat=True)))
        assert User.objects.filter(pk=me.user_id).update(roles=["service_admin"], is_active=True) == 0
        changed = User.objects.filter(pk=other.pk).update(roles=["health_team"])
        made = User(email="intrus@exemple.example", name="Intrus", roles=["service_admin"], password="!")
        assert (changed == 1) == (who == "alex")
        assert refused(made.save) == (who != "alex")


def refused(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def test_the_list_says_state_roles_and_centres():
    me = actor("alex")
    invite()
    with acting_as(me):
        found = {row.user.email.split("@")[0]: row for row in queries.accounts(me)}
        assert found["claire"].centres == ("Centre de Montreuil",)
        assert found["claire"].role_words == "assistant(e) de service social"
        assert [found[who].state for who in ("claire", "max", "nour")] == ["active", "disabled", "invited"]
        assert "paul" not in found
        assert [r.user.name for r in queries.accounts(me, words="kerma claire")] == ["Claire Kermadec"]
        for state, some in (("disabled", "Max Parti"), ("invited", "Nour Arvel"), ("active", "Claire Kermadec")):
            rows = queries.accounts(me, state=state)
            assert {row.state for row in rows} == {state}
            assert some in {row.user.name for row in rows}
