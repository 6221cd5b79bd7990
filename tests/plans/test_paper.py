"""Papers that are handed over: one calm page, tagged, in French, never a float, letters that can be read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from amarre.core.paper import Unprintable, day, euros, long_day
from amarre.plans import paper
from amarre.plans.paper import Sheet, SheetAction, SheetGoal, budget_pdf, grid_pdf, plan_pdf
from tests.plans.papers import (
    BEFORE,
    BUDGET,
    HOUSING,
    NOW,
    PERSON,
    RIGHTS,
    USUAL,
    colours,
    embedded,
    pages,
    says,
    sizes,
    tags,
    text_of,
)


def test_a_sheet_comes_back_from_json_as_it_was() -> None:
    assert Sheet.from_json(USUAL.to_json()) == USUAL
    assert "« œ »" in replace(USUAL, rhythm="« œ »").to_json()


def test_a_sheet_of_an_older_or_a_newer_version_is_still_read() -> None:
    goals = '[{"title": "G", "actions": [{"what": "W"}]}]'
    old = f'{{"person": "A", "number": 1, "on": "2026-11-12", "worker": "B", "goals": {goals}}}'
    assert Sheet.from_json(old) == Sheet(
        "A", 1, date(2026, 11, 12), "B", goals=(SheetGoal("G", actions=(SheetAction("W"),)),)
    )
    assert Sheet.from_json(USUAL.to_json()[:-1] + ', "colour": "blue"}') == USUAL


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"person": "A", "number": 1, "on": "hier", "worker": "B"}', "null"])
def test_a_damaged_sheet_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Unprintable, match="abîmée"):
        Sheet.from_json(text)


def test_french_signs_stay_on_the_line_of_their_word() -> None:
    text = text_of(plan_pdf(replace(USUAL, rhythm="À 9 h ? « Oui » : 60 % ; 5 € ! Et 3 heures")))
    assert "À 9\u00a0h\u00a0? «\u00a0Oui\u00a0»\u00a0: 60\u00a0%" in text
    assert "3 heures" in text


def test_dates_and_amounts_are_french() -> None:
    assert day(date(2026, 12, 1)) == "1er\u00a0décembre\u00a02026"
    assert day(date(2026, 12, 4), seen_from=date(2026, 1, 1)) == "4\u00a0décembre"
    assert long_day(date(2026, 11, 12)) == "jeudi\u00a012\u00a0novembre\u00a02026"
    assert euros(Decimal("1234567.565")) == "1\u202f234\u202f567,57\u00a0€"
    assert euros(Decimal("-0.001")) == "0,00\u00a0€"
    assert euros(Decimal("-12")) == "−12,00\u00a0€"


@pytest.mark.parametrize("amount", [1.5, Decimal("NaN"), Decimal("Infinity"), Decimal("1E+40")])
def test_an_amount_that_is_not_exact_is_refused(amount: Decimal) -> None:
    with pytest.raises(Unprintable, match="1234,56"):
        euros(amount)
    with pytest.raises(Unprintable, match="1234,56"):
        budget_pdf(replace(BUDGET, columns=(replace(BEFORE, resources=amount),)))


def test_a_usual_plan_holds_on_one_page_and_says_all_of_it() -> None:
    pdf = plan_pdf(USUAL)
    assert pages(pdf) == 1
    words = [w for g in USUAL.goals for w in (g.title, g.indicator, g.baseline, g.target, *(a.what for a in g.actions))]
    fixed = (
        *("Ce que je veux", "Ce que je fais", "Ce que fait Claire Morel", "Ce que fait Service de la paie"),
        *("Comment on saura que ça avance", "On en reparle le jeudi 14 janvier 2027", "01 49 33 00 12", "page 1/1"),
        *("Je peux changer d’avis à tout moment.", "Je peux lire mon dossier.", "sans mon accord.", "confidentiel"),
        *("(pour le 1er décembre)", "Pour le 18 janvier 2027. Claire Morel y veille.", "J’y veille.", "(fait)"),
        *("Date et signature", "D’accord le 12 novembre 2026, sur papier", "Entre-temps : un appel", "Version 2"),
    )
    assert says(pdf, *USUAL.needs, *words, *USUAL.stays_open, *fixed) == []


def test_what_one_does_oneself_is_said_so_whatever_the_case_of_the_name() -> None:
    text = text_of(plan_pdf(replace(USUAL, goals=(HOUSING, RIGHTS))))
    assert text.count("Ce que je fais") == 2
    assert "Ce que fait Nadia" not in text
    assert "Ce que fait nadia" not in text


def test_boxes_to_sign_are_there_only_when_signed_on_paper() -> None:
    assert text_of(plan_pdf(USUAL)).count("Date et signature") == 2
    assert "signature" not in text_of(plan_pdf(replace(USUAL, signatures=())))


def test_more_than_usual_flows_on_with_page_numbers() -> None:
    long = plan_pdf(replace(USUAL, goals=USUAL.goals * 3))
    assert pages(long) > 1
    assert says(long, f"page 1/{pages(long)}", f"page {pages(long)}/{pages(long)}") == []


def test_letters_are_never_smaller_than_promised() -> None:
    assert min(sizes(plan_pdf(USUAL))) >= 11
    assert min(sizes(plan_pdf(replace(USUAL, goals=USUAL.goals * 3)))) >= 11
    assert min(sizes(plan_pdf(USUAL, large=True))) >= 18
    assert min(sizes(budget_pdf(BUDGET))) >= 11


def test_large_print_is_black_on_white_and_says_the_same() -> None:
    small, large = plan_pdf(USUAL), plan_pdf(USUAL, large=True)
    assert set(re.findall(r"\w+", text_of(small))) - set(re.findall(r"\w+", text_of(large))) <= {"1"}
    assert colours(large) == {("0",), ("1",)}
    assert colours(small) != colours(large)


@pytest.mark.parametrize("large", [False, True])
def test_a_blank_plan_keeps_the_names_and_leaves_the_rest_to_write(large: bool) -> None:
    pdf = plan_pdf(replace(USUAL, signatures=()), blank=True, large=large)
    assert (
        says(pdf, PERSON, "Ce que je veux", "Ce que fait Claire Morel", "Date et signature", "On en reparle le") == []
    )
    assert "logement" not in text_of(pdf)
    assert "2027" not in text_of(pdf)
    assert large or pages(pdf) == 1


def test_a_budget_faces_two_dates_line_by_line() -> None:
    pdf = budget_pdf(BUDGET)
    assert pages(pdf) == 1
    text = text_of(pdf).replace("\u00a0", " ").replace("\n", " ")
    assert re.search(r"Salaire net\s+1\u202f734,50 €\s+—", text)
    assert re.search(r"Indemnités\s+—\s+1\u202f021,20 €", text)
    assert re.search(r"Loyer\s+742,10 €\s+742,10 €", text)
    assert re.search(r"Assurance\s+30,00 €\s+—\s+Assurance\s+44,30 €\s+—", text)
    assert re.search(r"Par jour et par personne\s+8,89 €\s+−1,19 €", text)
    assert says(pdf, "−106,76 €", "Total des dettes", "1 adulte, 2 enfants", "12 novembre 2026", paper.COUNTED) == []


def test_a_budget_at_one_date_is_printed_and_three_are_refused() -> None:
    alone = text_of(budget_pdf(replace(BUDGET, columns=(NOW,))))
    assert "Avant" not in alone
    assert "Dettes" not in alone
    for columns in ((), (NOW,) * 3):
        with pytest.raises(Unprintable, match="une ou deux"):
            budget_pdf(replace(BUDGET, columns=columns))


def test_a_grid_shows_answers_and_gives_boxes_where_there_is_none() -> None:
    rows = [("Vivez-vous en couple ?", "Plutôt oui"), ("Partez-vous en vacances ?", ""), ("Et sinon ?", "")]
    pdf = grid_pdf("Ma situation", "Ce n’est pas un diagnostic.", rows, "", choices=[(), ("Jamais", "Souvent"), ()])
    assert says(pdf, "Ma situation", "Ce n’est pas un diagnostic.", "Plutôt oui", "☐ Jamais ☐ Souvent", "Nom :") == []
    assert text_of(pdf).count("☐") == 2
    filled = grid_pdf("Ma situation", "", rows[:1], "Score : 42,6")
    assert says(filled, "Résultat", "Score : 42,6") == []
    assert "☐" not in text_of(filled)
    assert "Nom" not in text_of(filled)
    assert text_of(grid_pdf("T", "", rows[1:], "")).count("Je ne sais pas") == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda: plan_pdf(USUAL),
        lambda: plan_pdf(USUAL, large=True),
        lambda: plan_pdf(USUAL, blank=True),
        lambda: budget_pdf(BUDGET),
        lambda: grid_pdf("T", "N", [("Q ?", "")], ""),
    ],
    ids=["plan", "large", "blank", "budget", "grid"],
)
def test_papers_are_accessible_and_carry_their_fonts(make: Callable[[], bytes]) -> None:
    pdf = make()
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title in ("Mon projet", "Mon budget", "Mes réponses")
    assert not reader.metadata.author
    assert PERSON not in str(reader.metadata)
    fonts = {f["/BaseFont"]: f for page in reader.pages for f in embedded(page)}
    assert fonts
    assert all(re.match(r"/[A-Z]{6}\+(Libertinus|NewCM|DejaVu)", name) for name in fonts)


def test_headings_lists_and_tables_are_tagged() -> None:
    plan, budget, grid = tags(plan_pdf(USUAL)), tags(budget_pdf(BUDGET)), tags(grid_pdf("T", "N", [("Q", "A")], ""))
    assert plan.count("/H1") == 1
    assert plan.count("/H3") == 3
    assert plan.count("/H4") == 7 + 3
    assert plan.count("/LI") == 3 + 9 + 1 + 3
    assert budget.count("/Table") == 1
    assert budget.count("/TH") == 3 + 4
    assert budget.count("/TR") == 1 + (1 + 2 + 1) + (1 + 3 + 1) + (1 + 1 + 1) + (1 + 2)
    assert grid.count("/TH") == 3


def test_the_same_facts_give_the_same_bytes() -> None:
    assert plan_pdf(USUAL) == plan_pdf(USUAL)


def test_many_at_once_do_not_mix() -> None:
    people = [f"Personne numéro {number}" for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda name: plan_pdf(replace(USUAL, person=name)), people))
    assert [name for name, pdf in zip(people, made, strict=True) if says(pdf, name)] == []
