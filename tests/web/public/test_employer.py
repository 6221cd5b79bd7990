"""The employer asks: neutral words only, and « demande transmise » in every case."""

import re

import pytest
from django.forms import CharField, ChoiceField, Form
from django.forms.widgets import Textarea
from time_machine import Traveller

from amarre.organisations.models import Centre, Company, Establishment
from amarre.web.public.employer import forms
from amarre.web.public.fields import EmailField, NameField, PhoneField
from amarre.web.public.forms import PublicForm
from amarre.web.ui.dates import phone_target
from tests.web.public.passerby import PasserBy, as_owner, ask_as_employer, ask_for_help, received, reference_in, send

pytestmark = pytest.mark.django_db


def test_for_somebody(somebody: PasserBy, clock: Traveller) -> None:
    ask_as_employer(somebody)
    page = somebody.get("/demande/employeur/verifier/")
    assert "Yanis Diarra" in page
    assert "Souhaite parler à quelqu’un" in page
    clock.shift(60)
    last = send(somebody, "employeur/")
    row, statement = received(last)
    assert (row.source, row.about, row.last_name, row.phone) == ("manager", "person", "Diarra", "0639980013")
    assert (row.requester_name, row.requester_role) == ("Paul Derouet", "Responsable de l’équipe")
    assert (statement.reasons, statement.words) == (["WISHES_TO_TALK"], None)
    assert row.needs_agreement
    assert "Demande transmise" in last
    assert f"tel:{phone_target(row.centre.phone)}" in last
    assert "Yanis" not in last


def test_for_advice_about_nobody(somebody: PasserBy, clock: Traveller) -> None:
    ask_as_employer(somebody, about="advice", theme="RETURN_TO_PREPARE")
    clock.shift(60)
    last = send(somebody, "employeur/")
    row, statement = received(last)
    assert (row.about, row.last_name, row.phone, statement.reasons) == ("advice", "", "", ["RETURN_TO_PREPARE"])
    assert "Demande transmise" in last


def test_a_name_given_before_a_change_of_mind_does_not_leave(somebody: PasserBy, clock: Traveller) -> None:
    ask_as_employer(somebody)
    following = somebody.answer("/demande/employeur/quoi/?verifier=1", about="advice")
    assert following.endswith("/theme/?verifier=1")
    somebody.answer(following, theme="GENERAL_ADVICE")
    clock.shift(60)
    row, statement = received(send(somebody, "employeur/"))
    assert (row.first_name, row.last_name, row.phone, row.email) == ("", "", "", "")
    assert statement.reasons == ["GENERAL_ADVICE"]


def everything_asked() -> list[tuple[str, object]]:
    found = []
    for form in vars(forms).values():
        if isinstance(form, type) and issubclass(form, Form) and form is not PublicForm:
            found += [(f"{form.__name__}.{name}", field) for name, field in form.base_fields.items()]
    return found


def test_no_box_takes_a_sentence_about_somebody() -> None:
    allowed = (ChoiceField, NameField, PhoneField, EmailField)
    free = {name for name, field in everything_asked() if not isinstance(field, allowed)}
    assert free == {"YouForm.company", "YouForm.city"}
    boxes = [field for _, field in everything_asked() if isinstance(field, CharField)]
    assert not any(isinstance(field.widget, Textarea) for field in boxes)


@pytest.mark.parametrize(
    "story",
    [
        "Diarra, en arrêt depuis mars",
        "il boit depuis que sa femme est partie",
        "x" * 61,
        "Diarra (dépression)",
        "Diarra 2",
    ],
)
def test_a_story_does_not_fit_in_a_name(somebody: PasserBy, story: str) -> None:
    assert somebody.refused("/demande/employeur/salarie/", first_name="Yanis", last_name=story, phone="0639980013")


@pytest.mark.parametrize("name", ["Lê Văn Đức", "O’Connor-de la Tour", "محمد", "Élise Marie-Ange"])
def test_any_name_fits(somebody: PasserBy, name: str) -> None:
    assert somebody.answer("/demande/employeur/salarie/", first_name="Y.", last_name=name, phone="0639980013")


def test_one_way_of_reaching_is_asked_for(somebody: PasserBy) -> None:
    assert "un numéro de téléphone ou une adresse" in somebody.refused("/demande/employeur/repondre/")[0]
    said = somebody.refused("/demande/employeur/salarie/", first_name="Yanis", last_name="Diarra", email="yanis@")
    assert len(said) == 1
    assert "ne semble pas complète" in said[0]


def same(page: str) -> str:
    """The page without what changes from one request to the other."""
    page = page.replace(reference_in(page), "REF")
    return re.sub(r'(name="csrfmiddlewaretoken" value|href="/static[^"]*)="?[^"]*"', "", page)


def test_the_answer_is_the_same_whether_the_company_is_a_member_or_not(clock: Traveller) -> None:
    with as_owner():
        company = Company.objects.create(siren="000000018", name="Connue", search="connue")
        centre = Centre.objects.get(name="Centre de Nanterre")
        Establishment.objects.create(
            company=company, centre=centre, siret="00000001800019", city="Nanterre", search="connue nanterre"
        )
    for ask, family in ((ask_for_help, ""), (ask_as_employer, "employeur/")):
        pages = []
        for company in ("Connue", "Totalement Inconnue"):
            somebody = PasserBy()
            ask(somebody, company=company, city="")
            clock.shift(60)
            pages.append(same(send(somebody, family)))
        assert pages[0] == pages[1]


def test_the_answer_is_the_same_for_somebody_followed_or_unknown(clock: Traveller) -> None:
    pages = []
    for first, last in (("Inès", "Benali"), ("Personne", "Inconnue")):
        somebody = PasserBy()
        ask_as_employer(somebody, first_name=first, last_name=last)
        clock.shift(60)
        pages.append(same(send(somebody, "employeur/")))
    assert pages[0] == pages[1]
