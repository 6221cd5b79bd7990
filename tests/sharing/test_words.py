"""Pure parts of the single way out, with hypothesis: signatures, re-reading, wordings, digests."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as st

from amarre.core.commands import Refused
from amarre.sharing import links, wording
from amarre.sharing.reread import _HEALTH, _LIFE, remarks
from amarre.sharing.signing import HEIGHT, WIDTH, check_signature, paths
from amarre.sharing.states import PartyKind

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inside: st.lists(inside, max_size=12) | st.dictionaries(st.text(max_size=2), inside, max_size=4),
    max_leaves=40,
)
POINT = st.lists(
    st.integers(-5, 700) | st.floats(-1, 650) | st.text("0123456789.e<>", max_size=4), min_size=2, max_size=2
)
STROKES = st.lists(st.lists(POINT, max_size=10), max_size=4)
PATH = re.compile(r"M\d+ \d+(?:L\d+ \d+)*")
HOSTILE = [
    "", " ", "null", "1", '"x"', "{}", "[]", "[[]]", "[[[NaN,1]]]", "[[[Infinity,1]]]", "[[[1e999,1]]]", "[1,2]",
    "[" * 50_000, "[[[" + "9" * 400 + ",1]]]", '[[["<script>","1"]]]', '[{"a":1}]', "\ud800", "\0", "[[[1,2,3]]]",
    "[[[1,2]" + ",[1,2]" * 5_000 + "]]", "[[[601,1]" + ",[1,1]" * 9 + "]]", "[[[1,-1]" + ",[1,1]" * 9 + "]]",
    "[" + "9" * 5_000 + "]",
]  # fmt: skip


def normal(written: str) -> None:
    """What is kept is ours: whole numbers inside the frame, and lines that are numbers and letters M and L alone."""
    try:
        kept = check_signature(written)
    except Refused:
        return
    assert re.fullmatch(r"[\[\],0-9]+", kept)
    for stroke in json.loads(kept):
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in stroke)
    assert check_signature(kept) == kept, "said again, it is the same"
    assert all(PATH.fullmatch(d) for d in paths(kept))


@given(JSON | STROKES)
def test_any_json_is_refused_or_made_plain(value: object) -> None:
    normal(json.dumps(value))


@given(st.text(max_size=400))
def test_so_is_any_text(written: str) -> None:
    normal(written)
    assert all(PATH.fullmatch(d) for d in paths(written))


@pytest.mark.parametrize("written", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_signature(written: str) -> None:
    with pytest.raises(Refused):
        check_signature(written)
    assert all(PATH.fullmatch(d) for d in paths(written)), "and breaks no page, were it kept"


def test_too_long_is_said_apart() -> None:
    with pytest.raises(Refused, match="trop longue"):
        check_signature("[" * 100_001)


def test_a_signature_is_kept_stroke_by_stroke() -> None:
    written = '[[[0, 0], [10.4, 5], [600, 200], [1, 2]], [], [[3, 4], [5, 6], ["7", 8], [9, 10]]]'
    kept = check_signature(written)
    assert kept == "[[[0,0],[10,5],[600,200],[1,2]],[],[[3,4],[5,6],[7,8],[9,10]]]"
    assert paths(kept) == ["M0 0L10 5L600 200L1 2", "M3 4L5 6L7 8L9 10"]


# Re-reading -----------------------------------------------------------------------------------------


AROUND = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="0123456789"), max_size=60)
PARTIES = st.sampled_from(PartyKind.values)
MOUTHS = [str.upper, str.title, str.lower]
NUMBERS = ["06 12 34 56 78", "0612345678", "06.12.34.56.78", "06-12-34-56-78", "+33612345678", "+33 6 12 34 56 78",
           "06\u202f12\u202f34\u202f56\u202f78", "06\u00a012\u00a034\u00a056\u00a078", "0033 6 12 34 56 78",
           "+33 (0)6 12 34 56 78", "06/12/34/56/78", "06‑12‑34‑56‑78"]  # fmt: skip
INSURED = ["1850578006084", "1 85 05 78 006 084", "2 85 05 2A 006 084 36", "1.85.05.78.006.084", "2 85 05 2b 006 084",
           "1\u202f85\u202f05\u202f78\u202f006\u202f084", "1 85 05 78 006 084 27", "1-85-05-78-006-084"]  # fmt: skip
SPOKEN = ["dépression", "arrêt de travail", "burn-out", "l’hôpital", "d’alcool", "l'addiction", "Diabète", "séparation",
          "s’est suicidé", "l’enceinte", "qu’hospitalisée", "garde à vue", "garde\u00a0à\nvue"]  # fmt: skip


def said(text: str, party: str = PartyKind.EMPLOYER) -> str:
    return " ".join(r.what for r in remarks(text, party))


@given(AROUND | st.text(max_size=300), PARTIES)
def test_re_reading_never_fails(text: str, party: str) -> None:
    remarks(text, party)


@given(AROUND, AROUND, PARTIES, st.sampled_from(NUMBERS))
def test_a_telephone_number_is_found(before: str, after: str, party: str, number: str) -> None:
    assert "téléphone" in said(f"{before} {number} {after}", party)


@given(AROUND, AROUND, PARTIES, st.sampled_from(["ines@exemple.example", "i.b+x@sous.exemple.example"]))
def test_an_address_is_found(before: str, after: str, party: str, address: str) -> None:
    assert "adresse" in said(f"{before} {address} {after}", party)


@given(AROUND, AROUND, PARTIES, st.sampled_from(INSURED))
def test_an_insured_number_is_found(before: str, after: str, party: str, number: str) -> None:
    assert "sécurité sociale" in said(f"{before} {number} {after}", party)


@given(st.sampled_from(_HEALTH), st.sampled_from(MOUTHS), st.sampled_from(["", "l’", "d'", "(", "«\u00a0", "-"]))
def test_a_word_of_health_is_found(word: str, mouth: object, before: str) -> None:
    spoken = f"Elle a vécu {before}{mouth(word)}, puis est revenue"
    assert "santé" in said(spoken, PartyKind.EMPLOYER)
    assert "santé" in said(spoken, PartyKind.PARTNER)
    assert not said(spoken, PartyKind.COLLEAGUE)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("words", SPOKEN)
def test_as_it_is_really_written(words: str, form: str) -> None:
    for mouth in MOUTHS:
        text = unicodedata.normalize(form, f"Depuis {mouth(words)}, elle va mieux.")
        assert said(text), text


@given(st.sampled_from(_LIFE))
def test_private_life_is_for_no_employer(word: str) -> None:
    assert "vie privée" in said(f"À cause de {word}.", PartyKind.EMPLOYER)
    assert "vie privée" not in said(f"À cause de {word}.", PartyKind.PARTNER)


def test_plain_words_say_nothing() -> None:
    assert remarks("Madame Benali reprend le 3 mars 2026 à 9 h 30, à mi-temps, 17,5 h par semaine.", "employer") == []


# Wordings and digests -------------------------------------------------------------------------------


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_whatever_the_names_the_sentences_hold(party: str, purpose: str, until: str) -> None:
    for version in wording.WORDINGS:
        lines = wording.spoken(version, party=party, purpose=purpose, until=until)
        assert len(lines) == len(wording.WORDINGS[version].sentences)
        assert party in lines[0]
        assert any(purpose in line for line in lines)
        assert any(until in line for line in lines)


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_in_every_language_of_the_space(language: str) -> None:
    with translation.override(language):
        lines = wording.spoken(wording.CURRENT, party="PPP", purpose="QQQ", until="UUU", say=gettext)
    whole = " ".join(lines)
    assert all(whole.count(said) == 1 for said in ("PPP", "QQQ", "UUU")), whole
    assert "{" not in whole


def test_a_version_that_never_was() -> None:
    assert wording.CURRENT in wording.WORDINGS
    with pytest.raises(KeyError):
        wording.spoken(0, party="", purpose="", until="")


@given(st.text(), st.text("0123456789", min_size=8, max_size=8), st.text(" \u00a0\t", max_size=3))
def test_a_digest_says_nothing_and_spaces_change_nothing(secret: str, code: str, gap: str) -> None:
    secret = secret.encode("utf-8", "ignore").decode()
    found = links.digest(secret, code)
    assert re.fullmatch(r"[0-9a-f]{64}", found)
    assert links.digest(secret, f"{gap}{code[:4]}{gap}{code[4:]}{gap}") == found
    assert links.digest(secret) != found
    assert links.digest(secret, f"{(int(code) + 1) % 10**8:08d}") != found
    assert links.digest(secret + "x", code) != found


def test_secrets_are_fresh_and_long() -> None:
    made = [links.fresh() for _ in range(200)]
    assert len({secret for secret, _ in made}) == 200
    assert all(len(secret) == 43 and re.fullmatch(r"\d{8}", code) for secret, code in made)
