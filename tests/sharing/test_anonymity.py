"""An anonymous text: what forbids it, what is to be read again, and what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from amarre.sharing.anonymity import Known, signs

INES = Known(
    ("Benali", "Inès"), date(1979, 3, 4), "0600000101", "ines@perso.example", ("Conserverie de l'Anse", "L'Anse bleue")
)
PETIT = Known(
    ("Petit", "Jean-Claude"),
)
PEOPLE = [INES, PETIT]

FORBIDDEN = {
    "a last name": "La situation de Benali est délicate.",
    "in small letters": "benali reprend lundi",
    "without its accent": "Ines voudrait changer de poste.",
    "in capitals": "BENALI",
    "against a sign": "Le cas d’« Inès », que j’accompagne.",
    "cut by an invisible sign": "Le cas de Ben\u200bali.",
    "a first name in two words": "jean claude cherche un essai",
    "a name that is a word": "Il faut appeler Petit avant jeudi.",
    "the company": "Elle travaille à la conserverie de l’Anse depuis dix ans.",
    "the sign": "Le restaurant L’ANSE BLEUE ferme.",
    "the birth date": "Née le 04/03/1979, elle reprend.",
    "the birth date, spoken": "née le 4 mars 1979",
    "the birth date, short": "4.3.79",
    "the birth date, for a machine": "1979-03-04",
    "her telephone": "Joindre au 06 00 00 01 01.",
    "any telephone": "Appeler le +33 1 99 00 20 10.",
    "any address": "écrire à quelqu.un@perso.example",
}


@pytest.mark.parametrize("text", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_what_gives_somebody_away_is_forbidden(text: str) -> None:
    assert signs(text, PEOPLE).plain
    assert not signs("Une personne veut reprendre.", PEOPLE).plain, "it would see nothing everywhere"


WEAK = {
    "a capital inside a sentence": "Elle habite à Granville.",
    "initials": "I. B. reprend bientôt.",
    "a title": "Mme B reprend bientôt.",
    "a date": "La visite du 12/11/2025 a déjà eu lieu.",
    "a year": "En arrêt depuis 2019.",
    "a long number": "Dossier 2024 001 773.",
}


@pytest.mark.parametrize("text", WEAK.values(), ids=WEAK.keys())
def test_what_may_give_somebody_away_is_read_again(text: str) -> None:
    found = signs(text, PEOPLE)
    assert found.weak
    assert not found.plain


def test_plain_words_pass() -> None:
    for text in (
        "Une personne reprend bientôt à mi-temps. Comment préparer le retour de façon claire ?",
        "Un petit budget et un long trajet : quelles aides ?",
        "Petit à petit, la personne reprend confiance.",
    ):
        found = signs(text, PEOPLE)
        assert not found.plain, text
        assert not found.weak, text


def test_a_date_that_does_not_exist_breaks_nothing() -> None:
    assert not signs("Le 45/13/2020 et le 30/02/1979.", PEOPLE).plain
