"""A letter says what its transmission says, and nothing else; what may not leave gives none; certificates tell nothing.

Every other text about a case has a canary: none of them may be in a letter to somebody else.
"""

from __future__ import annotations

import io
import re
from datetime import time, timedelta
from typing import Any

import docx
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from amarre.core import word
from amarre.core.commands import NotAllowed
from amarre.core.scope import acting_as
from amarre.organisations.models import Centre
from amarre.sharing import commands, commands_agreements, commands_letters, letter_words
from amarre.sharing import models as m
from amarre.sharing.parties import other_party
from amarre.sharing.queries_letters import my_letters
from tests.cast import actor, as_owner
from tests.core.hostile_docx import template
from tests.plans.acting import W, by, refusal
from tests.plans.papers import says, squeezed, text_of
from tests.rows import CANARIES, TODAY
from tests.rows_letters import OWN_TEMPLATE, SENT_TEMPLATE
from tests.sharing.acting import agreed, sent
from tests.sharing.acting import kept as kept_row
from tests.trios.letters import kept
from tests.trios.sharing import draft, left

pytestmark = pytest.mark.django_db

ADDRESS = "12 rue Fictive\n93100 Montreuil"
YESTERDAY = TODAY - timedelta(days=1)
NASTY = '</w:t> {{ autre }} {% if x %} <!-- ]]> & " \'\n\n  œ’« »  😀\ttab\n#read("/etc/passwd") $x$'


def bytes_of(letter: m.Letter) -> bytes:
    with as_owner():
        return bytes(m.LetterFile.objects.get(letter_id=letter.pk).body)


def make(code: str = "claire", **said: Any) -> m.Letter:
    return by(code, commands_letters.make_letter, **({"transmission": left(), "address": ADDRESS} | said))


def write(code: str = "zoe", **said: Any) -> m.Letter:
    whole = {"case": W.case(), "subject": "Votre demande", "content": "Bonjour,", "address": ADDRESS} | said
    return by(code, commands_letters.make_letter_for_person, **whole)


def said_by(letter: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(letter)).paragraphs]


def others_words(text: str, *allowed: str) -> list[str]:
    return [c for c in CANARIES if c in text and c not in allowed]


def test_a_word_letter_says_the_frozen_words_and_nothing_else_of_the_case() -> None:
    sent = left()
    letter = make(template=kept(SENT_TEMPLATE))
    assert (letter.format, letter.mime) == ("docx", word.KIND)
    assert re.fullmatch(r"courrier-\d{4}-\d\d-\d\d\.docx", letter.file_name)
    lines = said_by(bytes_of(letter))
    assert lines.count(sent.content) == 2, "once whole, once as a paragraph, to the letter"
    text = "\n".join(lines)
    assert sent.subject in text
    assert sent.party in text
    assert ADDRESS in text
    assert letter_words.reference(sent.pk) in text
    assert others_words(text, sent.content, sent.subject, sent.party, sent.purpose_words) == []
    assert "Benali" not in text, "whom it is about is said as the check page said it"


def test_a_built_in_letter_says_them_too() -> None:
    sent = left()
    letter = make("bruno")
    assert (letter.format, letter.mime, letter.template_id) == ("pdf", "application/pdf", None)
    pdf = bytes_of(letter)
    told = (sent.party, "12 rue Fictive", sent.subject, sent.content, "Centre de Montreuil", "3 mars 2025")
    assert says(pdf, *told, sent.purpose_words) == []
    assert others_words(text_of(pdf), sent.content, sent.subject, sent.party, sent.purpose_words) == []


def test_it_is_filed_once_for_all_and_the_person_reads_it() -> None:
    letter = make()
    assert (letter.case_id, letter.about_id, letter.kind) == (W.case().pk, W.person().pk, "transmission")
    assert letter.recipient == f"{left().party}\n{ADDRESS}"
    assert letter.size == len(bytes_of(letter))
    with acting_as(actor("ines")):
        assert letter.pk in {row.pk for row in my_letters(actor("ines"))}
    with acting_as(actor("yanis")):
        assert letter.pk not in {row.pk for row in my_letters(actor("yanis"))}


def test_what_is_under_an_exception_is_not_told_to_the_person() -> None:
    sent = left(exception__isnull=False)
    letter = make(transmission=sent)
    assert (letter.about_id, letter.person_id) == (None, None)
    assert says(bytes_of(letter), "Transmis sans accord de la personne", sent.content) == []
    with acting_as(actor("ines")):
        assert letter.pk not in {row.pk for row in my_letters(actor("ines"))}


def test_what_has_not_left_gives_no_letter() -> None:
    assert "n’est pas parti" in refusal("claire", commands_letters.make_letter, transmission=draft())
    unread = left(read_at=None, exception=None)
    by("claire", commands.recall_transmission, transmission=unread)
    assert "a été rappelé" in refusal("claire", commands_letters.make_letter, transmission=unread)


def test_what_may_no_longer_be_said_gives_no_letter() -> None:
    sent = left()
    old = change_transmission(sent, visible_until=YESTERDAY)
    assert "dernier jour" in refusal("claire", commands_letters.make_letter, transmission=old)
    change_transmission(sent, visible_until=TODAY)
    by("ines", commands_agreements.withdraw_agreement, agreement=sent.agreement)
    assert "n’est plus en cours" in refusal("claire", commands_letters.make_letter, transmission=sent)


def change_transmission(row: m.Transmission, **values: Any) -> m.Transmission:
    from amarre.core import commands as core

    with as_owner(), core.loading():
        m.Transmission.objects.filter(pk=row.pk).update(**values)
    return left(pk=row.pk)


def test_a_trainee_lets_nothing_leave_and_writes_to_the_person() -> None:
    with pytest.raises(NotAllowed):
        make("zoe")
    assert write("zoe").kind == "person"


def test_what_is_missing_is_said_all_at_once() -> None:
    said = refusal("claire", commands_letters.make_letter, transmission=left(), template=kept(SENT_TEMPLATE))
    assert "« destinataire.adresse »" in said
    with as_owner():
        before = m.Letter.objects.count()
    said = refusal(
        "zoe", commands_letters.make_letter_for_person, case=W.case(), subject=" ", content=" ",
        template=kept(OWN_TEMPLATE),
    )  # fmt: skip
    for name in ("objet", "contenu", "texte[]", "personne.adresse", "destinataire.adresse"):
        assert f"« {name} »" in said
    with as_owner():
        assert m.Letter.objects.count() == before


def test_a_template_serves_what_it_is_for_while_it_is_proposed() -> None:
    for chosen in (kept(OWN_TEMPLATE), kept(active=False)):
        said = refusal("claire", commands_letters.make_letter, transmission=left(), template=chosen, address=ADDRESS)
        assert "n’est plus proposé" in said


def test_an_address_is_an_address() -> None:
    for address in ("\n".join("12345678"), "x" * 91):
        assert "Une adresse tient en" in refusal(
            "claire", commands_letters.make_letter, transmission=left(), address=address
        )


def test_a_letter_to_the_person() -> None:
    letter = write(template=kept(OWN_TEMPLATE), place="Bagnolet")
    text = "\n".join(said_by(bytes_of(letter)))
    for words in ("Inès Benali", ADDRESS, "Votre demande", "Bonjour,", "Zoé Marin", "Bagnolet"):
        assert words in text, words
    pdf = bytes_of(write("claire"))
    assert says(pdf, "Inès Benali", "Votre demande", "Bonjour,", "Claire Kermadec", "Montreuil, le") == []


@hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=200).filter(str.strip))
@example(NASTY)
def test_any_text_comes_back_whole(text: str) -> None:
    """Signs that no document holds apart (controls, lone surrogates), a letter is what was typed."""
    typed = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdd2\ufffe\uffff]", "", text)
    if not typed.strip():
        return
    letter = by(
        "zoe", commands_letters.make_letter_for_person, case=W.case(), subject="x", content=typed, template=whole()
    )
    assert said_by(bytes_of(letter)) == [typed]


def whole() -> m.LetterTemplate:
    from amarre.core import commands as core

    with as_owner(), core.loading():
        found = m.LetterTemplate.objects.filter(name="Entier").first()
        if found is None:
            found = m.LetterTemplate(
                name="Entier", purpose="person", content=template("{{ contenu }}"), variables=["contenu"],
                by=W.colleague("alex"), at=timezone.now(),
            )  # fmt: skip
            found.save()
        return found


def certify(code: str = "zoe", **said: Any) -> m.Letter:
    return by(code, commands_letters.make_certificate, **certifying(**said))


def certifying(**said: Any) -> dict[str, Any]:
    return {"case": W.case(), "centre": W.centre(), "day": YESTERDAY, "start": time(9), "end": time(10, 30)} | said


def test_a_certificate_says_a_day_two_hours_a_centre() -> None:
    letter = certify(day=TODAY - timedelta(days=8))
    pdf = bytes_of(letter)
    assert says(pdf, "Attestation de présence", "Inès Benali", "9 h", "10 h 30", "Centre de Montreuil") == []
    told = squeezed(text_of(pdf)).lower()
    for word_ in ("social", "zoé", "marin", "claire", "dossier", "d-2025", "entretien", "01 99", "0199"):
        assert word_ not in told, word_
    assert others_words(text_of(pdf)) == []
    assert re.fullmatch(r"attestation-\d{4}-\d\d-\d\d\.pdf", letter.file_name)


def test_a_certificate_is_about_what_took_place() -> None:
    later = timezone.localtime() + timedelta(minutes=2)
    act = commands_letters.make_certificate
    assert "à venir" in refusal("zoe", act, **certifying(day=TODAY + timedelta(days=1)))
    if later.date() == TODAY:
        assert "à venir" in refusal("zoe", act, **certifying(day=TODAY, start=time(0), end=later.time()))
    assert "corrigez" in refusal("zoe", act, **certifying(start=time(10), end=time(10)))


def test_a_certificate_needs_an_address_and_somebody() -> None:
    act = commands_letters.make_certificate
    with as_owner():
        bare = Centre.objects.get(name="Centre de Montreuil")
        bare.address = bare.postcode = bare.city = ""
    assert "« centre.adresse »" in refusal("zoe", act, **certifying(centre=bare))
    anonymous = W.case("D-2025-0005")
    assert "anonyme" in refusal("nadia", act, **certifying(case=anonymous))
    assert "anonyme" in refusal(
        "nadia", commands_letters.make_letter_for_person, case=anonymous, subject="x", content="x"
    )


def test_a_closed_case_gives_certificates_and_nothing_else() -> None:
    closed = W.case("D-2025-0003")
    assert "clos" in refusal("bruno", commands_letters.make_letter_for_person, case=closed, subject="x", content="x")
    assert certify("bruno", case=closed).kind == "certificate"


def test_what_was_put_on_paper_is_not_said_to_be_recalled() -> None:
    """It may be in somebody's hands: neither the worker nor a withdrawal says that nobody read it."""
    row = sent(agreed(to=other_party("Dr Essai, 1 rue Fictive")))
    make(transmission=row)
    assert "courrier" in refusal("claire", commands.recall_transmission, transmission=row)
    by("ines", commands_agreements.withdraw_agreement, agreement=kept_row(row.agreement))
    assert kept_row(row).state == "sent"
    for carried in (sent(agreed()), sent(agreed(to=other_party("Dr Autre")))):
        by("ines", commands_agreements.withdraw_agreement, agreement=kept_row(carried.agreement))
        assert kept_row(carried).state == "recalled", "what nobody printed is recalled"
