"""Letters made of a template: every word comes back, nothing that is typed becomes structure, the letterhead stays."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import docx
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree

from amarre.core import word, word_child
from amarre.core.word import Missing, Value, _plain
from tests.core.hostile_docx import BODY, W, parts, related, table, template, zipped

NASTY = "</w:t></w:r></w:p><w:p/> & {{ autre }} {% if x %} {_{ x }_} {_% %_} <!-- ]]> \" ' &lt; &#60; \u202e œ’« » 😀"
BREAK, TAB, TEXT = (f"{{{W}}}{name}" for name in ("br", "tab", "t"))
LISTING = table("{%tr for a in l %}", "{{ a.quoi }}", "{%tr endfor %}")
USUAL = template("Bonjour {{ nom }}.", "Fin")
VALUES = st.text(max_size=60).map(lambda text: re.sub("[\x00-\x08\x0b-\x1f\ufdd0-\ufdd2\ufffe\uffff]", "", text))


def made(content: bytes, **values: Value) -> bytes:
    """Filled in this process: quicker than a child for each of a hundred examples."""
    return word_child.answer("fill", content, {name: _plain(value) for name, value in values.items()})[1]


def said(letter: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(letter)).paragraphs]


def shape(letter: bytes) -> list[str]:
    """Every element of the body, without the text."""
    return [str(element.tag) for element in etree.fromstring(parts(letter)[BODY]).iter()]


def test_a_letter_is_a_document_that_word_edits() -> None:
    letter = word.fill(USUAL, {"nom": "Nadia"})
    assert said(letter) == ["Bonjour Nadia.", "Fin"]
    assert letter == word.fill(USUAL, {"nom": "Nadia"}), "the same bytes for the same words"
    assert next(iter(parts(letter))) == "[Content_Types].xml"


@hypothesis_settings(max_examples=50, deadline=None)
@given(value=VALUES)
@example(NASTY)
@example(" deux  espaces ")
@example("{_{")
@example("\n\n\t\n")
@example("\r\n")
@example("x\u2028y\x85z")
def test_any_words_come_back_as_they_were_and_nothing_else_moves(value: str) -> None:
    letter = made(USUAL, nom=value)
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    assert said(letter) == [f"Bonjour {plain}.", "Fin"]
    added = [BREAK] * plain.count("\n") + [TAB] * plain.count("\t")
    before = shape(made(USUAL, nom="x"))
    now = shape(letter)
    for tag in added:
        now.remove(tag)
        now.remove(TEXT)
    assert now == before


@hypothesis_settings(max_examples=15, deadline=None)
@given(values=st.lists(VALUES, max_size=5))
def test_a_list_makes_as_many_rows(values: list[str]) -> None:
    letter = made(LISTING, l=[{"quoi": value} for value in values])
    rows = docx.Document(io.BytesIO(letter)).tables[0].rows
    assert [row.cells[0].text for row in rows] == [re.sub("\r\n?", "\n", value) for value in values]


def test_what_no_document_can_hold_is_left_out() -> None:
    assert said(word.fill(USUAL, {"nom": "a\x00b\ud800c\ufdd0d\uffffe\x0bf"})) == ["Bonjour abcde\nf.", "Fin"]


@pytest.mark.parametrize(("value", "written"), [(12, "12"), (Decimal("1.50"), "1.50"), ("0", "0")])
def test_numbers_are_written_as_they_are(value: Value, written: str) -> None:
    assert said(word.fill(USUAL, {"nom": value}))[0] == f"Bonjour {written}."


@pytest.mark.parametrize("value", [1.5, b"x", object(), {"a": object()}])
def test_what_is_neither_text_nor_a_whole_number_is_a_fault_of_the_caller(value: object) -> None:
    with pytest.raises(TypeError, match="dates already written"):
        word.fill(USUAL, {"nom": value})


def test_a_list_is_not_written_as_a_text() -> None:
    with pytest.raises(word.Refused, match="une liste ou un groupe"):
        word.fill(USUAL, {"nom": ["x"]})


def test_names_without_a_value_are_all_told_at_once() -> None:
    loop = ("{%p for x in l %}", "{{ x.d }}", "{%p endfor %}")
    asked = template("{{ b }} {{ a.c }} {% if o %}{{ o }}{% endif %}", *loop)
    with pytest.raises(Missing, match=re.escape("« a.c », « b », « l[].d »")) as missing:
        word.fill(asked, {"a": {}, "l": [{"d": "x"}, {}]})
    assert missing.value.names == ("a.c", "b", "l[].d")
    assert said(word.fill(asked, {"a": {"c": "C"}, "b": "B", "l": []}))[0] == "B C "


def test_names_that_python_knows_are_only_names() -> None:
    asked = template("{{ a.items }} {{ a.keys }} {{ a.get }}")
    assert said(word.fill(asked, {"a": {"items": "1", "keys": "2", "get": "3"}})) == ["1 2 3"]
    with pytest.raises(Missing, match=r"a\.items"):
        word.fill(asked, {"a": {"keys": "2", "get": "3"}})


def test_the_letterhead_keeps_its_bytes_unless_it_asks_for_something() -> None:
    still = template("{{ nom }}", header="Maison d’essai", footer="12 rue Fictive")
    before, after = parts(still), parts(word.fill(still, {"nom": "x"}))
    same = [n for n in before if re.match(r"word/(header|footer|styles|theme|media|fontTable|numbering)[./\d]", n)]
    assert len(same) >= 4
    assert [name for name in same if after[name] != before[name]] == []
    asking = template("{{ nom }}", header="Maison {{ ville }}")
    before, after = parts(asking), parts(word.fill(asking, {"nom": "x", "ville": "Lyon"}))
    heads = [n for n in before if re.match(r"word/(header|footer)\d", n)]
    assert [n for n in heads if after[n] != before[n]] == ["word/header1.xml"]
    assert b"Lyon" in after["word/header1.xml"]


def test_a_picture_of_the_letterhead_stays() -> None:
    dot = b"\x89PNG\r\n\x1a\n" + bytes(50)
    made_of = related("image", "media/logo.png", **{"word/media/logo.png": dot})
    assert parts(word.fill(made_of, {}))["word/media/logo.png"] == dot


def test_nothing_is_told_of_who_wrote_the_template_nor_of_the_person() -> None:
    told = {
        "docProps/custom.xml": b"<a>Auteur Fictif</a>", "customXml/item1.xml": b"<a>Auteur Fictif</a>",
        "docProps/thumbnail.jpeg": b"Auteur Fictif", "word/people.xml": b"<a>Auteur Fictif</a>",
    }  # fmt: skip
    letter = parts(word.fill(zipped({**parts(USUAL), **told}), {"nom": "Nadia"}))
    words = (b"Auteur Fictif", "l’auteur".encode())
    assert [name for name, content in letter.items() if any(word in content for word in words)] == []
    assert [name for name, content in letter.items() if b"Nadia" in content] == [BODY]
    assert [name for name in letter if name.startswith("docProps/")] == ["docProps/core.xml"]
    assert docx.Document(io.BytesIO(word.fill(USUAL, {"nom": "x"}))).core_properties.author == ""


def test_a_letter_can_be_inspected_again() -> None:
    """What is made is itself a package without anything that acts."""
    assert word.inspect(word.fill(USUAL, {"nom": "Nadia"})).variables == ()
