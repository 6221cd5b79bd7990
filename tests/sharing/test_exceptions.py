"""Exceptions of the law: a basis, a reason, re-read by somebody else, hidden from the person."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amarre.audit.models import Entry
from amarre.core.commands import NotAllowed
from amarre.core.scope import acting_as
from amarre.sharing import commands, queries
from amarre.sharing import commands_agreements as acts
from amarre.sharing import models as m
from amarre.sharing.commands import seen_as
from amarre.sharing.parties import other_party
from tests.cast import actor, as_owner, user
from tests.plans.acting import W, by, refusal
from tests.rows import ANONYMOUS_CASE, CLOSED_CASE, YANIS_CASE
from tests.sharing.acting import agreed, kept, seen_by

pytestmark = pytest.mark.django_db
WHY = "canari-danger, en une phrase entière."


def declared(code: str = "claire", number: str = "", **said: Any) -> m.LawException:
    case = W.case(number) if number else W.case()
    said = {"case": case, "basis": "minor", "reason_words": WHY} | said
    return kept(by(code, acts.declare_exception, **said))


def written(exception: m.LawException, **said: Any) -> m.Transmission:
    said = {"case": W.case(), "exception": exception, "to": other_party("canari-crip"), "subject": "canari-sujet",
            "content": "canari-mots"} | said  # fmt: skip
    return kept(by("claire", commands.prepare_exception, **said))


def test_a_basis_and_a_reason() -> None:
    def declare(code: str = "claire", **said: Any) -> str:
        return refusal(code, acts.declare_exception, **{"case": W.case(), "basis": "minor", "reason_words": WHY} | said)

    short = "Écrivez ce qui rend cela nécessaire, en une phrase au moins\u00a0: on vous le demandera."
    assert declare(reason_words="x" * 19 + " " * 9) == short
    assert declare(basis="because") == "Choisissez un fondement parmi ceux proposés."
    assert declare("bruno", case=W.case(CLOSED_CASE)) == "Ce dossier est clos. Rouvrez-le pour écrire la suite."
    assert declare() == ""
    for code in ("zoe", "nadia", "marc", "hugo", "ines"):
        with pytest.raises(NotAllowed):
            by(code, acts.declare_exception, case=W.case(), basis="minor", reason_words=WHY)


def test_what_leaves_rests_on_it_and_is_checked_as_ever() -> None:
    found = declared()
    row = written(found)
    assert (row.agreement_id, row.exception_id, row.purpose, row.carrier) == (None, found.pk, "", "letter")
    assert (row.visible_until - row.prepared_at.date()).days in (30, 31)
    elsewhere = {"exception": kept(declared("nadia", YANIS_CASE)), "case": W.case()}
    said = {"to": other_party("x"), "subject": "x", "content": "x"}
    other = "Cette exception appartient à un autre dossier."
    assert refusal("claire", commands.prepare_exception, **elsewhere, **said) == other
    anonymous = W.case(ANONYMOUS_CASE)
    nobody = kept(declared("nadia", ANONYMOUS_CASE))
    assert refusal("nadia", commands.prepare_exception, case=anonymous, exception=nobody, **said) == other
    revised = {"transmission": row, "version": 1, "subject": "x", "content": "y"}
    by("zoe", commands.revise_transmission, **revised, visible_until=row.visible_until.replace(year=2099))
    assert kept(row).visible_until == row.visible_until
    no = refusal("claire", commands.send_transmission, transmission=row, checked="")
    assert no.startswith("Ce texte a changé")
    by("claire", commands.send_transmission, transmission=row, checked=seen_as(kept(row)))
    assert kept(row).state == "sent"


def test_hidden_from_the_person_everywhere() -> None:
    agreed()  # something that she does see
    row = written(declared())
    by("claire", commands.send_transmission, transmission=row, checked=seen_as(row))
    by("claire", commands.recall_transmission, transmission=kept(row))
    by("bruno", acts.review_exception, exception=kept(row).exception, outcome="right")
    who = actor("ines")
    with acting_as(who):
        for model in (m.LawException, m.Ground):
            assert not model._default_manager.visible_to(who).exists()
        assert not m.Transmission.objects.visible_to(who).filter(pk=row.pk).exists()
        assert row.pk not in {s.row.pk for s in queries.sent_about_me(who, W.plan())}
        lines = list(Entry.objects.filter(person_id=W.case().person_id).values_list("verb", "subject"))
    assert lines, "her page of who looked is not empty"
    assert not [x for x in lines if "exce" in x[0] or str(row.pk) in x[1]]
    client = Client()
    client.force_login(user("ines"))
    for path in ("/espace/", reverse("employee:sharing"), reverse("employee:transmission", args=[row.pk])):
        answer = client.get(path)
        assert answer.status_code == (404 if str(row.pk) in path else 200), path
        assert not re.search("canari-(crip|danger|sujet|mots\\b(?!-))", answer.content.decode()), path


def test_read_again_by_somebody_else() -> None:
    row = declared()
    with pytest.raises(NotAllowed):
        by("claire", acts.review_exception, exception=row, outcome="right")
    for code in ("nadia", "theo", "hugo", "ines", "alex"):
        with pytest.raises(NotAllowed):
            by(code, acts.review_exception, exception=row, outcome="right")
    assert refusal("bruno", acts.review_exception, exception=row, outcome="whatever") == "Dites ce que vous en pensez."
    by("bruno", acts.review_exception, exception=row, outcome="discuss")
    found = kept(row)
    assert (found.outcome, found.reviewed_by_id) == ("discuss", user("bruno").pk)
    assert refusal("marc", acts.review_exception, exception=row, outcome="right") == "Cette exception a déjà été relue."
    more = {"case": W.case(), "to": other_party("Essai"), "subject": "Essai", "content": "Essai"}
    assert "a été relue" in refusal("claire", commands.prepare_exception, exception=found, **more)


def test_a_coordinator_reads_that_and_never_why() -> None:
    row = declared()
    assert [x.pk for x in seen_by("marc", m.LawException, pk=row.pk)] == [row.pk]
    assert not seen_by("marc", m.Ground)
    assert not seen_by("marc", m.Transmission)
    who = actor("marc")
    with acting_as(who):
        assert [g for _, g in queries.exceptions(who, W.case())] == [None] * len(queries.exceptions(who, W.case()))
        assert row.pk in {x.pk for x in queries.to_review(who)}
    client = Client()
    client.force_login(user("marc"))
    page = client.get(reverse("staff:exception_list")).content.decode()
    assert W.case().number in page
    assert "canari-danger" not in page


def test_the_one_who_made_it_is_not_asked_to_read_it_again() -> None:
    row = declared("bruno")
    for code, asked in (("bruno", False), ("claire", True), ("marc", True), ("nadia", False)):
        who = actor(code)
        with acting_as(who):
            assert (row.pk in {x.pk for x in queries.to_review(who)}) == asked, code


def test_the_reason_is_nowhere_in_the_ledger() -> None:
    written(declared())
    with as_owner():
        said = " ".join(str(row) for row in Entry.objects.values_list())
    assert "canari-" not in said
