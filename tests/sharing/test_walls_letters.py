"""PostgreSQL alone: no letter without what it carries, none changed, none read by whoever received it."""

from __future__ import annotations

from typing import Any

import pytest

from amarre.sharing import models as m
from tests.cast import as_owner, user
from tests.plans.walls import done
from tests.trios.letters import kept
from tests.trios.sharing import draft, left

pytestmark = pytest.mark.django_db

LETTER = (
    "insert into sharing_letter (id, case_id, about_id, kind, transmission_id, recipient, subject, format, size,"
    " made_at, made_by_id) values (1, %(case)s, %(about)s, %(kind)s, %(sent)s, 'x', 'x', 'pdf', 1, now(), %(by)s)"
)


def letter(code: str, sent: m.Transmission | None, **said: Any) -> int | None:
    about = left()
    values = {
        "case": about.case_id, "about": about.about_id, "kind": "transmission" if sent else "person",
        "sent": sent.pk if sent else None, "by": user(code).pk,
    }  # fmt: skip
    return done(code, LETTER, **(values | said))


def test_a_letter_carries_what_was_sent_in_this_very_case() -> None:
    sent = left()
    assert letter("claire", sent) == 1, "the question is rightly asked"
    assert letter("claire", draft()) is None
    assert letter("claire", sent, by=user("bruno").pk) is None, "in another's name"
    assert letter("zoe", sent) is None, "a trainee lets nothing leave"
    assert letter("nadia", sent) is None
    assert letter("hugo", sent) is None
    with as_owner():
        yanis = m.Transmission.objects.filter(about__last_name="Diarra").first()
        assert yanis
    assert letter("claire", yanis) is None
    assert letter("claire", sent, about=yanis.about_id) is None, "about somebody else"
    excepted = left(exception__isnull=False)
    assert letter("claire", excepted) is None, "the person is not told of an exception"
    assert letter("claire", excepted, about=None) == 1


def test_no_letter_carries_what_is_no_longer_agreed() -> None:
    sent = left()
    with as_owner():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "update sharing_agreement set state = 'withdrawn', withdrawn_at = now(), withdrawn_by = 'person'"
                " where id = %s",
                [sent.agreement_id],
            )
    assert letter("claire", sent) is None


def test_a_letter_to_the_person_is_a_member_s() -> None:
    assert letter("zoe", None) == 1
    assert letter("zoe", None, kind="certificate") == 1
    assert letter("zoe", None, kind="transmission") is None
    assert letter("nadia", None) is None
    assert letter("ines", None) is None


def test_what_is_filed_stays() -> None:
    for statement in (
        "update sharing_letter set subject = 'x'",
        "delete from sharing_letter",
        "update sharing_letterfile set body = 'x'",
        "delete from sharing_letterfile",
        "update sharing_lettertemplate set content = 'x'",
        "delete from sharing_lettertemplate",
    ):
        for code in ("claire", "ines", "alex", "hugo", "paul", "chloe"):
            assert done(code, statement) is None, (code, statement)


def test_templates_are_closed_by_those_who_keep_them() -> None:
    row = kept()
    close = "update sharing_lettertemplate set active = false where id = %(row)s"
    assert done("alex", close, row=row.pk) == 1
    assert done("claire", close, row=row.pk) == 0
    assert done("alex", close.replace("false", "true"), row=row.pk) is None, "what is closed stays closed"
