"""Letters, in a browser: a template of the house, a letter in three clicks from the case, opened again as Word would.

A click is a click: Courriers, the letter, « Faire le courrier ». Then the file, by its link.
"""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.core.hostile_docx import parts, template
from tests.journeys.conftest import OpenPage, Site
from tests.journeys.test_plan import choose, open_tab
from tests.plans.papers import says, tags
from tests.rows import INES_CASE

pytestmark = pytest.mark.browser

HOUSE = template(
    "{{ destinataire.nom }}", "{{ destinataire.adresse }}", "{{ lieu }}, le {{ date }}", "Objet : {{ objet }}",
    "{%p for p in texte %}", "{{ p }}", "{%p endfor %}", "{{ professionnel.nom }}, {{ professionnel.fonction }}",
    "{{ centre.nom }} {{ centre.adresse }} {{ centre.telephone }} {{ centre.horaires }}", header="Maison d’essai",
)  # fmt: skip


def add_template(page: Page, name: str, kind: str) -> None:
    page.goto("/pro/reglages/courriers/")
    page.get_by_label("Nom du modèle").fill(name)
    page.get_by_label("Pour quels courriers").select_option(label=kind)
    page.get_by_label("Fichier Word").set_input_files(
        {"name": "maison.docx", "mimeType": "application/octet-stream", "buffer": HOUSE}
    )
    page.get_by_role("button", name="Vérifier et ajouter").click()
    expect(page.get_by_text("Le modèle est vérifié, et proposé.")).to_be_visible()


def taken(page: Page, name: str) -> tuple[str, bytes]:
    """What the first link of that name gives: its file name and its bytes."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=False).first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_a_letter_to_the_person_in_three_clicks(open_page: OpenPage, site: Site, js: bool) -> None:
    keeper = open_page("marc", js=js)
    add_template(keeper, "À la personne, maison", "Courrier à la personne")

    page = open_page("claire", js=js)
    open_tab(page, INES_CASE, "Courriers")  # one
    page.get_by_role("link", name="Écrire à la personne").click()  # two
    page.get_by_label("Objet").fill("Votre demande de logement")
    page.get_by_label("Votre courrier").fill("Bonjour,\n\nJ’ai bien reçu vos papiers.\n\nÀ bientôt.")
    choose(page, "À la personne, maison")
    page.get_by_role("button", name="Faire le courrier").click()  # three, and an address is missing
    expect(page.get_by_text("« destinataire.adresse »", exact=False).first).to_be_visible()
    expect(page.get_by_label("Votre courrier")).to_have_value("Bonjour,\n\nJ’ai bien reçu vos papiers.\n\nÀ bientôt.")
    page.get_by_label("Adresse du destinataire").fill("3 rue des Voiles\n93100 Montreuil")
    page.get_by_role("button", name="Faire le courrier").click()
    expect(page.get_by_text("Le courrier est fait, et rangé ici.")).to_be_visible()

    name, letter = taken(page, "Word : télécharger, Votre demande de logement")
    assert name.startswith("courrier-")
    assert name.endswith(".docx")
    said = [p.text for p in docx.Document(io.BytesIO(letter)).paragraphs]
    for words in ("Inès Benali", "Objet : Votre demande de logement", "J’ai bien reçu vos papiers.", "À bientôt."):
        assert words in said, words
    for part in ("word/header1.xml", "word/footer1.xml"):
        assert parts(letter)[part] == parts(HOUSE)[part], "the letterhead, byte for byte"
    response = page.request.get(page.get_by_role("link", name="Word : télécharger, Votre").first.get_attribute("href"))
    assert response.headers["content-type"] == (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )
    assert site.rows("select count(*) from audit_entry where verb = 'letter.read' and outcome = 'read'") == [(2,)]


def test_a_transmission_on_paper_and_a_certificate(open_page: OpenPage, site: Site) -> None:
    page = open_page("claire")
    open_tab(page, INES_CASE, "Courriers")
    page.get_by_role("link", name="Courrier pour canari-destinataire-ines").last.click()
    expect(page.get_by_text("canari-transmis-ines")).to_be_visible()
    choose(page, "Modèle fourni (PDF)")
    page.get_by_role("button", name="Faire le courrier").click()
    name, pdf = taken(page, "PDF : télécharger, canari-de-qui-ines")
    assert name.endswith(".pdf")
    assert says(pdf, "canari-transmis-ines", "canari-destinataire-ines", "Centre de Montreuil") == []
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert tags(pdf).count("/H1") == 1

    page.get_by_role("link", name="Attestation de présence", exact=True).click()
    page.get_by_label("Jour").fill("2025-03-03")
    page.get_by_label("De", exact=False).first.fill("09:00")
    page.get_by_label("À", exact=False).first.fill("10:15")
    page.get_by_role("button", name="Faire l’attestation").click()
    expect(page.get_by_text("L’attestation est faite, et rangée ici.")).to_be_visible()
    name, pdf = taken(page, "PDF : télécharger, Attestation de présence")
    assert name.startswith("attestation-")
    assert says(pdf, "Inès Benali", "lundi 3 mars 2025", "9 h", "10 h 15") == []
    kinds = site.rows("select kind, format from sharing_letter order by id desc limit 2")
    assert kinds == [("certificate", "pdf"), ("transmission", "pdf")]
