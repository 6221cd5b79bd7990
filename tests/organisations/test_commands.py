"""Companies, centres, words and numbers: done by whom it may be, refused with a sentence, written in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from amarre.audit.models import Entry
from amarre.core.actor import Actor
from amarre.core.commands import NotAllowed, Refused
from amarre.core.models import Walled
from amarre.core.scope import acting_as
from amarre.organisations import commands, commands_settings, queries
from amarre.organisations.models import Centre, Commune, Company, CrisisNumber, Establishment, Term
from tests.cast import STAFF, actor

pytestmark = pytest.mark.django_db

SIRET, OTHER, SECOND = "55210055400013", "55210055400021", "73282932000082"
WRITERS = {"claire", "bruno", "nadia", "theo", "zoe", "sophie", "marc", "alex"}
ADMINS, CRISIS = {"alex"}, {"alex", "marc"}


def lines(verb: str) -> list[str]:
    """The outcomes that the ledger holds for a verb."""
    lea = actor("lea")
    with acting_as(lea):
        return [*Entry.objects.visible_to(lea).filter(verb=verb).order_by("id").values_list("outcome", flat=True)]


def known(someone: Actor) -> Company:
    return Company.objects.visible_to(someone).get(siren="732829320")


def workplace(someone: Actor) -> Establishment:
    return Establishment.objects.visible_to(someone).select_related("company").get(siret="73282932000074")


def centre(someone: Actor, city: str = "Créteil") -> Centre:
    return Centre.objects.visible_to(someone).get(name=f"Centre de {city}")


def term(someone: Actor, code: str = "BUDGET") -> Term:
    return Term.objects.visible_to(someone).get(vocabulary="problem", code=code)


def number(someone: Actor, text: str = "3114") -> CrisisNumber:
    return CrisisNumber.objects.visible_to(someone).get(number=text)


ACTS: list[tuple[str, set[str], Callable[[Actor], Any]]] = [
    ("company.create", WRITERS, lambda a: commands.create_company(actor=a, siret=SIRET, name="Corderie")),
    ("company.edit", WRITERS, lambda a: commands.edit_company(actor=a, company=known(a), name="Autre nom")),
    ("establishment.add", WRITERS, lambda a: commands.add_establishment(actor=a, company=known(a), siret=SECOND)),
    ("establishment.edit", WRITERS, lambda a: commands.edit_establishment(actor=a, establishment=workplace(a))),
    ("centre.create", ADMINS, lambda a: commands_settings.create_centre(actor=a, name="Centre neuf", phone="01")),
    ("centre.edit", ADMINS, lambda a: commands_settings.edit_centre(actor=a, centre=centre(a), name="C", phone="01")),
    ("centre.make_default", ADMINS, lambda a: commands_settings.make_default(actor=a, centre=centre(a))),
    ("commune.add", ADMINS, lambda a: commands_settings.add_commune(actor=a, centre=centre(a), postcode="94")),
    ("term.add", ADMINS, lambda a: commands_settings.add_term(actor=a, vocabulary="place", label="Sur le quai")),
    ("term.edit", ADMINS, lambda a: commands_settings.edit_term(actor=a, term=term(a), label="Argent")),
    ("term.move", ADMINS, lambda a: commands_settings.move_term(actor=a, term=term(a), up=True)),
    ("number.add", CRISIS, lambda a: commands_settings.add_number(actor=a, number="39 66", label="Essai")),
    ("number.edit", CRISIS, lambda a: commands_settings.edit_number(actor=a, row=number(a), number="3114", label="L")),
    ("number.check", CRISIS, lambda a: commands_settings.check_number(actor=a, row=number(a))),
    ("number.move", CRISIS, lambda a: commands_settings.move_number(actor=a, row=number(a), up=True)),
]


@pytest.mark.parametrize(("verb", "allowed", "act"), ACTS, ids=[verb for verb, _, _ in ACTS])
def test_each_act_is_for_whom_it_is_and_written_down(verb: str, allowed: set[str], act: Callable[[Actor], Any]) -> None:
    for code in STAFF:
        someone = actor(code)
        before = lines(verb)
        if code in allowed:
            continue
        with pytest.raises(NotAllowed), acting_as(someone):
            act(someone)
        assert lines(verb) == [*before, "refused"], code
    someone = actor(min(allowed))
    before = lines(verb)
    with acting_as(someone):
        assert isinstance(act(someone), Walled)
    assert lines(verb) == [*before, "done"]


REFUSALS: list[tuple[str, str, str, Callable[[Actor], Any]]] = [
    ("company.create", "clé", "claire", lambda a: commands.create_company(actor=a, siret="1" * 14, name="X")),
    ("company.create", "raison sociale", "claire", lambda a: commands.create_company(actor=a, siret=SIRET, name=" ")),
    ("company.create", "déjà connue", "claire", lambda a: commands.create_company(actor=a, siret=SECOND, name="X")),
    ("company.create", "NAF", "claire", lambda a: commands.create_company(actor=a, siret=SIRET, name="X", naf="12")),
    (
        "company.create",
        "code postal",
        "claire",
        lambda a: commands.create_company(actor=a, siret=SIRET, name="X", postcode="12"),
    ),
    ("company.edit", "raison sociale", "claire", lambda a: commands.edit_company(actor=a, company=known(a), name="")),
    (
        "company.edit",
        "finir avant",
        "claire",
        lambda a: commands.edit_company(
            actor=a, company=known(a), name="X", member_since=date(2024, 2, 1), member_until=date(2024, 1, 1)
        ),
    ),
    (
        "establishment.add",
        "pas de cette entreprise",
        "claire",
        lambda a: commands.add_establishment(actor=a, company=known(a), siret=SIRET),
    ),
    (
        "establishment.add",
        "déjà dans la liste",
        "claire",
        lambda a: commands.add_establishment(actor=a, company=known(a), siret="73282932000074"),
    ),
    (
        "establishment.edit",
        "NAF",
        "claire",
        lambda a: commands.edit_establishment(actor=a, establishment=workplace(a), naf="nul"),
    ),
    ("centre.create", "téléphone", "alex", lambda a: commands_settings.create_centre(actor=a, name="C", phone="")),
    (
        "centre.create",
        "porte déjà ce nom",
        "alex",
        lambda a: commands_settings.create_centre(actor=a, name="centre de créteil", phone="01"),
    ),
    (
        "centre.create",
        "cinq chiffres",
        "alex",
        lambda a: commands_settings.create_centre(actor=a, name="C", phone="01", postcode="9"),
    ),
    (
        "centre.edit",
        "choisissez-en un autre",
        "alex",
        lambda a: commands_settings.edit_centre(
            actor=a, centre=centre(a, "Montreuil"), name="C", phone="01", active=False
        ),
    ),
    ("commune.add", "Donnez une commune", "alex", lambda a: commands_settings.add_commune(actor=a, centre=centre(a))),
    (
        "commune.add",
        "que des chiffres",
        "alex",
        lambda a: commands_settings.add_commune(actor=a, centre=centre(a), postcode="2A"),
    ),
    (
        "commune.add",
        "Centre de Nanterre qui répond",
        "alex",
        lambda a: commands_settings.add_commune(actor=a, centre=centre(a), name="NANTERRE", postcode="92000"),
    ),
    ("term.add", "n’existe pas", "alex", lambda a: commands_settings.add_term(actor=a, vocabulary="x", label="Y")),
    ("term.add", "libellé", "alex", lambda a: commands_settings.add_term(actor=a, vocabulary="place", label=" ")),
    (
        "term.add",
        "déjà dans la liste",
        "alex",
        lambda a: commands_settings.add_term(actor=a, vocabulary="problem", label="budgét"),
    ),
    ("term.edit", "déjà", "alex", lambda a: commands_settings.edit_term(actor=a, term=term(a), label="Logement")),
    ("number.add", "numéro", "marc", lambda a: commands_settings.add_number(actor=a, number="abc", label="X")),
    ("number.add", "à quoi", "marc", lambda a: commands_settings.add_number(actor=a, number="39 66", label=" ")),
    ("number.add", "déjà", "marc", lambda a: commands_settings.add_number(actor=a, number=" 112 ", label="X")),
    (
        "number.edit",
        "déjà",
        "marc",
        lambda a: commands_settings.edit_number(actor=a, row=number(a), number="112", label="X"),
    ),
]


@pytest.mark.parametrize(
    ("verb", "sentence", "who", "act"), REFUSALS, ids=[f"{v}-{n}" for n, (v, *_) in enumerate(REFUSALS)]
)
def test_the_trade_says_no_with_a_sentence_and_nothing_is_written(
    verb: str, sentence: str, who: str, act: Callable[[Actor], Any]
) -> None:
    someone = actor(who)
    before = lines(verb)
    with pytest.raises(Refused, match=sentence) as refusal, acting_as(someone):
        act(someone)
    assert str(refusal.value).endswith(".")
    assert lines(verb) == [*before, "refused"]


def test_a_failure_leaves_no_line_of_success() -> None:
    claire = actor("claire")
    before = lines("company.create")
    with pytest.raises(Exception, match="value too long"), acting_as(claire):
        commands.create_company(actor=claire, siret=SIRET, name="x" * 200)
    assert lines("company.create") == before
    with acting_as(claire):
        assert not Company.objects.visible_to(claire).filter(siren=SIRET[:9]).exists()


def test_the_centre_is_the_one_that_answers_there_unless_another_is_chosen() -> None:
    claire = actor("claire")
    with acting_as(claire):
        made = commands.create_company(actor=claire, siret=SIRET, name="X", postcode="92000", city="nanterre")
        chosen = commands.add_establishment(
            actor=claire, company=made, siret=OTHER, city="Nanterre", centre=centre(claire, "Créteil")
        )
        first = Establishment.objects.visible_to(claire).select_related("centre").get(siret=SIRET)
        assert (str(first.centre), str(chosen.centre)) == ("Centre de Nanterre", "Centre de Créteil")


def test_a_postcode_s_longest_beginning_wins() -> None:
    alex = actor("alex")
    with acting_as(alex):
        commands_settings.add_commune(actor=alex, centre=centre(alex, "Créteil"), postcode="75")
        commands_settings.add_commune(actor=alex, centre=centre(alex, "Nanterre"), postcode="75016")
        areas = queries.Areas(alex)
        names = {c.pk: c.name for c in Centre.objects.visible_to(alex)}
    answers = [areas.centre_of("Paris", code) for code in ("75001", "75016", "77000", "")]
    assert [names.get(key or 0) for key in answers] == ["Centre de Créteil", "Centre de Nanterre", None, None]


def test_a_renamed_company_is_found_by_its_new_name() -> None:
    claire = actor("claire")
    with acting_as(claire):
        commands.edit_company(actor=claire, company=known(claire), name="Fumaisons du Large")
        assert [p.siret for p in queries.search_workplaces(claire, "FUMAISONS montreuil")] == ["73282932000074"]
        assert queries.search_workplaces(claire, "conserverie") == []
        assert queries.search_workplaces(claire, "") == []
        assert [p.siret for p in queries.search_workplaces(claire, "732 829")] == ["73282932000074"]


def test_a_correction_without_a_new_name_leaves_the_workplaces_alone() -> None:
    claire = actor("claire")
    with acting_as(claire):
        company = known(claire)
        commands.edit_company(actor=claire, company=company, name=company.name, member_until=date(2020, 1, 1))
        assert not known(claire).is_member
        assert workplace(claire).search == "conserverie de l anse montreuil"


def test_a_closed_workplace_is_offered_no_more() -> None:
    claire = actor("claire")
    with acting_as(claire):
        commands.edit_establishment(actor=claire, establishment=workplace(claire), city="Montreuil", active=False)
        assert queries.search_workplaces(claire, "conserverie") == []
        assert not workplace(claire).active


def test_one_centre_receives_what_has_none() -> None:
    alex = actor("alex")
    with acting_as(alex):
        commands_settings.make_default(actor=alex, centre=centre(alex))
        assert [c.name for c in Centre.objects.visible_to(alex).filter(is_default=True)] == ["Centre de Créteil"]
        closed = centre(alex, "Nanterre")
        commands_settings.edit_centre(actor=alex, centre=closed, name="Centre de Nanterre", phone="01", active=False)
    with pytest.raises(Refused, match="fermé"), acting_as(alex):
        commands_settings.make_default(actor=alex, centre=closed)


def test_an_area_is_withdrawn() -> None:
    alex = actor("alex")
    with acting_as(alex):
        commune = Commune.objects.visible_to(alex).get(name="Nanterre")
        commands_settings.remove_commune(actor=alex, commune=commune)
        assert not Commune.objects.visible_to(alex).filter(name="Nanterre").exists()
    assert lines("commune.remove") == ["done"]


def test_words_keep_their_code_and_move_by_one() -> None:
    alex = actor("alex")
    with acting_as(alex):
        commands_settings.edit_term(actor=alex, term=term(alex), label="L’argent", active=False)
        assert (term(alex).code, term(alex).label) == ("BUDGET", "L’argent")
        assert "BUDGET" not in dict(queries.choices(alex, "problem")["problem"])
        long = [f"Un lieu dont le nom est vraiment très long, numéro {n}" for n in (1, 2)]
        added = [commands_settings.add_term(actor=alex, vocabulary="place", label=label) for label in ("À quai", *long)]
        positions = [t.position for t in queries.terms(alex, "place")]
    codes = [t.code for t in added]
    assert codes[0] == "A_QUAI"
    assert codes[2] == f"{codes[1]}_2"
    assert all(len(code) <= 40 for code in codes)
    assert positions == sorted(positions)


def test_the_order_of_a_list_is_the_service_s() -> None:
    alex = actor("alex")
    with acting_as(alex):
        first, second, third = [t.code for t in queries.terms(alex, "problem")][:3]
        commands_settings.move_term(actor=alex, term=term(alex, third), up=True)
        assert [t.code for t in queries.terms(alex, "problem")][:3] == [first, third, second]
        commands_settings.move_term(actor=alex, term=term(alex, first), up=True)
        assert next(iter(queries.terms(alex, "problem"))).code == first, "the first stays first"
        commands_settings.move_term(actor=alex, term=term(alex, third), up=False)
        assert [t.code for t in queries.terms(alex, "problem")][:3] == [first, second, third]


def test_a_number_that_changes_is_to_be_checked_again() -> None:
    marc = actor("marc")
    with acting_as(marc):
        checked = commands_settings.check_number(actor=marc, row=number(marc))
        assert checked.checked_on == timezone.localdate()
        commands_settings.edit_number(actor=marc, row=number(marc), number="3114", label="Autre phrase")
        assert number(marc).checked_on == timezone.localdate()
        commands_settings.edit_number(actor=marc, row=number(marc), number="31 15", label="Autre phrase")
        assert number(marc, "31 15").checked_on is None
