"""Links for somebody without an account: two secrets told once, five wrong codes, a time, one at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from amarre.core.actor import Actor, Door
from amarre.core.commands import NotAllowed, Refused
from amarre.core.scope import acting_as
from amarre.sharing import commands, commands_agreements, commands_links, links
from amarre.sharing import models as m
from amarre.sharing.commands_links import OVER, Made
from amarre.sharing.parties import other_party
from tests.cast import as_owner
from tests.plans.acting import by, refusal
from tests.sharing.acting import YESTERDAY, agreed, kept, sent, set_row

pytestmark = pytest.mark.django_db


def out() -> m.Transmission:
    return sent(agreed(to=other_party("Dr Essai, médecin traitant")), carrier="link")


def made(row: m.Transmission | None = None) -> Made:
    found = by("claire", commands_links.make_link, transmission=row or out(), email=" Clair@Essai.example ")
    return Made(kept(found.link), found.secret, found.code)


def holder(link: Made, code: str = "") -> Actor:
    return Actor(door=Door.PARTNER, token=links.digest(link.secret, code))


def act(who: Actor, command: Any, **said: Any) -> Any:
    with acting_as(who):
        return command(actor=who, **said)


def reads(who: Actor) -> list[int]:
    with acting_as(who):
        ours = [t.pk for t in m.Transmission.objects.visible_to(who)]
        assert ours == list(m.Transmission._base_manager.values_list("pk", flat=True)), "both walls say the same"
        return ours


def test_the_link_alone_opens_nothing_and_with_its_code_one_transmission() -> None:
    row = out()
    link = made(row)
    assert reads(holder(link)) == []
    assert reads(holder(link, link.code)) == [row.pk]
    spaced = f"{link.code[:4]} {link.code[4:]}"
    assert reads(holder(link, spaced)) == [row.pk]
    assert reads(holder(link, "00000000" if link.code != "00000000" else "1")) == []
    act(holder(link, link.code), commands_links.open_link, link=link.link)
    act(holder(link, link.code), commands.open_transmission, transmission=row)
    act(holder(link, link.code), commands.answer_transmission, transmission=kept(row), kind="words", words="Vu")
    with as_owner():
        assert m.Answer.objects.get(transmission=row).by_id is None


def test_five_wrong_codes_end_it() -> None:
    link = made()
    for n in range(1, 6):
        assert kept(link.link).ended_at is None
        act(holder(link), commands_links.count_a_miss, link=link.link)
        assert kept(link.link).tries == n
    assert kept(link.link).ended_at is not None
    assert reads(holder(link, link.code)) == []
    for command, who in (
        (commands_links.count_a_miss, holder(link)),
        (commands_links.open_link, holder(link, link.code)),
    ):
        with pytest.raises(Refused, match="ne fonctionne plus"):
            act(who, command, link=link.link)


def test_the_right_code_after_four_wrong_ones() -> None:
    link = made()
    for _ in range(4):
        act(holder(link), commands_links.count_a_miss, link=link.link)
    with pytest.raises(Refused, match="pas le bon code"):
        act(holder(link), commands_links.open_link, link=link.link)
    act(holder(link, link.code), commands_links.open_link, link=link.link)
    opened = kept(link.link)
    assert (opened.tries, opened.ended_at, opened.opened_at is None) == (0, None, False)
    act(holder(link, link.code), commands_links.open_link, link=link.link)
    assert kept(link.link).opened_at == opened.opened_at, "the first time stays"


def test_its_time_is_over() -> None:
    link = made()
    assert link.link.expires_at - link.link.made_at == timedelta(days=21)
    set_row(link.link, expires_at=timezone.now() - timedelta(seconds=1))
    assert reads(holder(link, link.code)) == []
    for command in (commands_links.open_link, commands_links.count_a_miss):
        with pytest.raises(Refused) as no:
            act(holder(link, link.code), command, link=link.link)
        assert str(no.value) == OVER


def test_a_new_one_ends_the_one_before() -> None:
    row = out()
    first, second = made(row), made(row)
    assert kept(first.link).ended_at is not None
    assert (reads(holder(first, first.code)), reads(holder(second, second.code))) == ([], [row.pk])
    by("bruno", commands_links.end_link, link=kept(second.link))
    assert reads(holder(second, second.code)) == []
    again = "Ce lien ne fonctionne déjà plus."
    assert refusal("claire", commands_links.end_link, link=kept(second.link)) == again


def test_for_what_left_by_a_link_and_may_still_be_read() -> None:
    no = "Cet envoi ne se lit pas par un lien."
    assert refusal("claire", commands_links.make_link, transmission=sent(agreed()), email="x@y.example") == no
    row = out()
    gone = kept(set_row(row, visible_until=YESTERDAY))
    late = "Le dernier jour de lecture est passé\u00a0: préparez un autre envoi."
    assert refusal("claire", commands_links.make_link, transmission=gone, email="x@y.example") == late
    for code in ("zoe", "nadia", "hugo"):
        with pytest.raises(NotAllowed):
            by(code, commands_links.make_link, transmission=row, email="x@y.example")


def test_recalled_its_link_shows_nothing() -> None:
    row = out()
    link = made(row)
    by("claire", commands.recall_transmission, transmission=row)
    assert reads(holder(link, link.code)) == []


def test_another_s_link_is_not_mine_to_use() -> None:
    mine, theirs = made(), made()
    for command in (commands_links.open_link, commands_links.count_a_miss):
        with pytest.raises(NotAllowed):
            act(holder(mine, mine.code), command, link=theirs.link)


def test_the_secrets_are_kept_nowhere() -> None:
    """Whole rows of every table, as the owner reads them: neither the secret nor the code."""
    link = made()
    act(holder(link), commands_links.count_a_miss, link=link.link)
    act(holder(link, link.code), commands_links.open_link, link=link.link)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(
                f'select count(*) from "{table}" t where t::text like %s or t::text like %s or t::text like %s',
                [f"%{link.secret}%", f"%{link.secret.encode().hex()}%", f"%{link.code}%"],
            )
            assert cursor.fetchone()[0] == 0, table
    assert link.link.email == "clair@essai.example"
    assert link.secret not in link.link.digest


def test_no_other_link_is_made_once_the_agreement_is_taken_back() -> None:
    """What was read stays readable by the link that is there; the future stops."""
    row = sent(agreed(to=other_party("Dr Essai")), carrier="link")
    by("claire", commands_links.make_link, transmission=row, email="dr@essai.example")
    set_row(row, read_at=timezone.now())
    by("ines", commands_agreements.withdraw_agreement, agreement=kept(row.agreement))
    assert kept(row).state == "sent"
    no = refusal("claire", commands_links.make_link, transmission=kept(row), email="dr@essai.example")
    assert "n’est plus en cours" in no
