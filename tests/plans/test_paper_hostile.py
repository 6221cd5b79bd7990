"""Whatever was typed is shown on paper as it was typed: no markup obeyed, no file read, no text that breaks a page."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from amarre.plans import paper
from amarre.plans.paper import BudgetLine, BudgetSheet, Sheet, SheetAction, SheetGoal, budget_pdf, grid_pdf, plan_pdf
from tests.plans.papers import BUDGET, HOUSING, NOW, USUAL, pages, says, squeezed, text_of

NASTY = '#read("/etc/passwd") $x^2$ *a* _b_ \\ @cle <x> #{1+1} `c` // d /* e */ = f - g ~ -- "h" \'i\' [j] \\u{41} %{k}'


def filled_with(text: str) -> Sheet:
    action = SheetAction(text, text)
    goal = SheetGoal(text, text, text, text, None, text, (action,))
    return Sheet(
        text, 1, date(2026, 11, 12), text, text, text, text, (text,), (goal,), text, None, text, (text,), (text,)
    )


def test_what_is_typed_is_shown_and_never_obeyed() -> None:
    pdf = plan_pdf(filled_with(NASTY))
    assert squeezed(text_of(pdf)).count(squeezed(NASTY)) >= 12
    assert "root:" not in text_of(pdf)
    column = replace(NOW, label=NASTY, lines=(BudgetLine("charge", NASTY, Decimal(1)),))
    assert says(budget_pdf(BudgetSheet(NASTY, NASTY, NASTY, NASTY, NASTY, (column,))), NASTY) == []
    assert says(grid_pdf(NASTY, NASTY, [(NASTY, NASTY), (NASTY, "")], NASTY, choices=[(), (NASTY,)]), NASTY) == []


def test_accents_signs_arrows_and_names_of_everywhere_are_drawn() -> None:
    told = "L’œuvre « été » — déjà\u202f! 12\u202f€ → ↗ ✓ ☐ Łukasz Şebnem Nguyễn Ελένη Дмитро"
    arabic = "محمد العربي"
    pdf = plan_pdf(replace(USUAL, person=arabic, rhythm=told))
    assert says(pdf, told) == []
    assert set(arabic) - set(unicodedata.normalize("NFKC", text_of(pdf))) <= {" "}


@pytest.mark.parametrize("typed", ["李明 est là 😀", "a\u202eb\x00c\ue000d", "ทดสอบ ক্ষ", "\ufe0f\u0b95\u0bcd é"])
def test_what_the_fonts_lack_becomes_a_box_and_nothing_else_is_lost(typed: str) -> None:
    pdf = plan_pdf(replace(USUAL, rhythm=f"{typed} café"))
    assert says(pdf, "café", "Ce que je veux") == []
    assert b"pdfuaid:part" in PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_data()
    assert "□□ est là □" in text_of(plan_pdf(replace(USUAL, rhythm="李明 est là 😀")))


@pytest.mark.parametrize("unit", ["x", "=", "ligne\n"])
def test_ten_thousand_characters_flow_over_the_pages(unit: str) -> None:
    long = (unit * 10_000)[:10_000]
    pdf = plan_pdf(replace(USUAL, rhythm=long, goals=(replace(HOUSING, title=long),)))
    assert pages(pdf) > 2
    assert squeezed(text_of(pdf)).count(unit.strip()) >= 2 * (10_000 // len(unit))
    assert budget_pdf(replace(BUDGET, person=long, columns=(replace(NOW, label=long),)))
    assert grid_pdf(long, long, [(long, long)], long)


def test_the_compiler_sees_its_templates_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "paper"
    room.mkdir()
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    monkeypatch.setattr(paper, "TEMPLATES", room)
    for path in ("/etc/passwd", "../secret.txt", "/pyproject.toml"):
        (room / "plan.typ").write_text(f'#set document(title: "x")\n#read("{path}")', "utf-8")
        with pytest.raises(typst.TypstError):
            plan_pdf(USUAL)


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_gives_a_paper(text: str) -> None:
    assert plan_pdf(filled_with(text)).startswith(b"%PDF")
    assert grid_pdf(text, text, [(text, "")], text, choices=[(text,)]).startswith(b"%PDF")
    column = replace(NOW, label=text, lines=(BudgetLine("debt", text, Decimal(1)),))
    assert budget_pdf(BudgetSheet(text, text, text, text, text, (column,))).startswith(b"%PDF")
