"""Components escape what they are given, say words and not only colours, and tie errors to fields."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from amarre.web.ui.parts import NavItem
from amarre.web.ui.views import SampleForm

EVIL = '<script>alert("1")</script>'


def rendered(source: str, **values: object) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


@pytest.mark.parametrize(
    "source",
    [
        "{% badge evil %}",
        "{% phone evil %}",
        "{% page_header evil identity=evil aside=evil %}{{ evil }}{% endpage_header %}",
        "{% card evil more=evil href=evil %}{{ evil }}{% endcard %}",
        "{% notice evil %}{{ evil }}{% endnotice %}",
        "{% empty_state evil act=evil href=evil %}{{ evil }}{% endempty_state %}",
        "{% confirmation evil reference=evil %}{{ evil }}{% endconfirmation %}",
        "{% todo evil who=evil badge=evil act=evil href=evil %}{{ evil }}{% endtodo %}",
        "{% event evil meta=evil %}{{ evil }}{% endevent %}",
        "{% fact evil act=evil href=evil %}{{ evil }}{% endfact %}",
        "{% conflict evil evil by=evil %}",
        "{% stepper evil evil evil %}",
    ],
)
def test_what_people_typed_is_never_markup(source):
    html = rendered(source, evil=EVIL)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "&amp;lt;" not in html


def test_markup_of_a_block_is_kept_as_it_was_written():
    html = rendered('{% event "Accord" %} <p>À l’oral.</p> {% endevent %}')
    assert "<p>À l’oral.</p>" in html


@pytest.mark.parametrize(
    ("level", "words"),
    [("U1", "U1 · danger"), ("U2", "droits en jeu"), ("U4", "15 jours"), ("", "à évaluer")],
)
def test_urgency_is_a_word_before_it_is_a_colour(level, words):
    assert words in rendered("{% urgency level %}", level=level)


def test_the_current_tab_says_so():
    tabs = [NavItem("Fil", "/a", current=True), NavItem("Demandes", "/b", count=3)]
    html = rendered('{% tabs tabs "Parties" %}', tabs=tabs)
    assert html.count('aria-current="page"') == 1
    assert "Demandes (3)" in html


def test_turning_the_page_keeps_the_search():
    request = RequestFactory().get("/?q=été&page=2")
    html = rendered("{% pagination page %}", page=Paginator(range(78), 25).page(2), request=request)
    assert 'href="?q=%C3%A9t%C3%A9&amp;page=1"' in html
    assert 'href="?q=%C3%A9t%C3%A9&amp;page=3"' in html


def test_a_single_page_shows_no_pagination():
    assert rendered("{% pagination page %}", page=Paginator(range(3), 25).page(1)).strip() == ""


def test_an_act_that_changes_something_is_a_form():
    html = rendered('{% todo "Demande" act="Prendre" href="/x" post=True %}{% endtodo %}', csrf_token="jeton")
    assert '<form class="todo-act" method="post" action="/x">' in html
    assert "jeton" in html


def test_each_error_of_the_summary_leads_to_an_input():
    form = SampleForm({"email": "ines"})
    html = rendered("{{ form }}", form=form)
    for target in ("id_name", "id_email", "id_needs_0", "id_told"):
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in html
    assert "Nom d’usage\u00a0: ce champ est obligatoire." in html


def test_hint_and_error_are_tied_to_their_field():
    html = str(SampleForm({"email": "ines"})["email"].as_field_group())
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-invalid="true"' in html


def test_choices_are_a_named_group():
    html = str(SampleForm()["needs"].as_field_group())
    assert "<fieldset" in html
    assert "<legend>Pour quoi" in html
    assert html.count('<div class="choice">') == 3


def test_the_only_question_of_a_page_is_its_title():
    form = SampleForm()
    assert "<legend><h1>Pour quoi</h1></legend>" in rendered("{% question form.needs %}", form=form)
    assert '<h1><label for="id_text">' in rendered("{% question form.text %}", form=form)


def test_only_mandatory_fields_are_marked():
    assert "(obligatoire)" in str(SampleForm()["name"].as_field_group())
    assert "(obligatoire)" not in str(SampleForm()["email"].as_field_group())


def test_a_code_is_shown_by_its_label_or_not_at_all():
    labels = {"BUDGET": "Budget"}
    assert rendered("{{ labels|libelle:code }}", labels=labels, code="BUDGET") == "Budget"
    assert rendered("{{ labels|libelle:code }}", labels=labels, code="GONE") == ""
