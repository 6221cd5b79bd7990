"""The space in English and in Arabic: whole catalogues, right to left, marked as to be read again; a third is near."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from importlib.machinery import SourceFileLoader
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from amarre.config.settings import ROOT
from amarre.web.ui.draft_words import DRAFT_WORDS
from tests.web.employee.pages import browser, errors, every_page

pytestmark = pytest.mark.django_db
OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
HOLE = re.compile(r"%\(\w+\)s|<strong>|</strong>")
# French words that only our own sentences hold: what people wrote and what is quoted (lang="fr") is taken away first.
FRENCH = re.compile(r"[^<>\n]*\b(?:votre|vous|vos|mes|obligatoire|erreur|à corriger|est|pas)\b[^<>\n]*", re.I)
QUOTED = re.compile(
    r"<(p|h1|h2|dl|div|span|bdi)\b[^>]* lang=\"fr\".*?</\1>|<details.*?</details>|<button[^>]* lang=.*?</button>"
    r"|<option.*?</option>|canari[\w-]*|Mon idée|L’idée de Claire|<label for=\"id_reasons_\d+\">[^<]*</label>"
    r"|<p><strong>EPICES[^<]*</strong>|Apporter la lettre|<style.*?</style>", re.S,
)  # fmt: skip


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """`scripts/translations`, as a module."""
    path = str(ROOT / "scripts" / "translations")
    spec = importlib.util.spec_from_loader("translations", SourceFileLoader("translations", path))
    assert spec
    module = importlib.util.module_from_spec(spec)
    held, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    SourceFileLoader("translations", path).exec_module(module)
    sys.dont_write_bytecode = held
    return module


def catalogue(code: str) -> Path:
    return ROOT / "amarre" / "locale" / code / "LC_MESSAGES" / "django.po"


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_is_translated_and_none_is_guessed(script: ModuleType, code: str) -> None:
    said = {message.id for message in script.extracted() if message.id}
    known = read_po(BytesIO(catalogue(code).read_bytes()), locale=code)
    assert {message.id for message in known if message.id} == said
    assert len(said) > 400
    for message in known:
        if not message.id:
            continue
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        french = [message.id] if isinstance(message.id, str) else list(message.id)
        assert not message.fuzzy, message.id
        assert all(form.strip() for form in forms), message.id
        assert len(forms) == (known.num_plurals if message.pluralizable else 1), message.id
        assert set(HOLE.findall(forms[-1])) == set(HOLE.findall(french[-1])), message.id
        assert all(set(HOLE.findall(form)) <= set(HOLE.findall(french[-1])) for form in forms), message.id
        assert forms[0].endswith(" ") == french[0].endswith(" "), message.id
    assert "Traduction à relire" in catalogue(code).read_text("utf-8").split('msgid ""')[0]


def test_a_sentence_of_a_template_and_one_of_a_form_are_found(script: ModuleType) -> None:
    """Positive control: what is looked for is found, plurals too."""
    said = {message.id for message in script.extracted()}
    assert {"Mon espace", "Je préfère ne pas répondre", "(obligatoire)", "Il manque le nom.", "déposée"} <= said
    assert ("%(n)s message", "%(n)s messages") in said


@pytest.mark.parametrize("code", OTHERS)
def test_what_was_compiled_is_what_was_written(code: str) -> None:
    compiled = catalogue(code).with_suffix(".mo")
    assert compiled.exists(), "run scripts/install"
    assert compiled.stat().st_mtime >= catalogue(code).stat().st_mtime, "run scripts/install"


@pytest.mark.parametrize(("code", "said"), [("en", "Translation to be checked"), ("ar", "ترجمة تحتاج إلى مراجعة")])
def test_each_page_speaks_its_language_and_says_that_it_is_to_be_read_again(code: str, said: str) -> None:
    for name, page in (every_page(code) | errors(code)).items():
        assert f'<html lang="{code}"' in page, name
        assert ('<html lang="ar" dir="rtl">' in page) == (code == "ar"), name
        assert ("bootstrap.rtl" in page) == (code == "ar"), name
        if name not in errors(code):
            assert said in page, name


@pytest.mark.parametrize("code", OTHERS)
def test_no_sentence_of_ours_stays_french(code: str) -> None:
    for name, page in (every_page(code) | errors(code)).items():
        body = QUOTED.sub("", page.partition("<body")[2])
        heard = re.findall(r'(?:aria-label|data-words|placeholder|title|value)="([^"/]*)"', body)
        left = [sentence.strip() for sentence in FRENCH.findall("\n".join([re.sub(r"<[^>]*>", "\n", body), *heard]))]
        assert not left, (name, left)


def test_french_says_nothing_of_translation() -> None:
    for name, page in every_page().items():
        assert "Traduction à relire" not in page, name
        assert "data-words" not in page, name


def test_numbers_of_things_have_the_six_forms_of_arabic() -> None:
    with translation.override("ar"):
        said = [translation.ngettext("%(n)s message", "%(n)s messages", n) % {"n": n} for n in (1, 2, 3, 11, 100)]
    assert said == ["رسالة واحدة (1)", "رسالتان (2)", "3 رسائل", "11 رسالة", "100 رسالة"]


def test_drafts_speak_the_language_of_the_page() -> None:
    page = browser("ines", "en").get("/espace/messages/").content.decode()
    assert "Draft saved at %(hour)s" in page
    script = (ROOT / "amarre/web/ui/static/ui/drafts.js").read_text("utf-8")
    french = script.replace("${NO_BREAK}", "\u202f")
    assert all(str(sentence) in french for sentence in DRAFT_WORDS.values()), "the two lists say the same"


def test_a_choice_of_language_is_kept_and_stays_in_the_space() -> None:
    client = browser("ines")
    answer = client.post("/espace/langue/", {"language": "ar", "next": "/espace/messages/"})
    assert answer.url == "/espace/messages/"
    assert "رسائلي" in client.get("/espace/messages/").content.decode()
    assert '<html lang="fr"' in client.get("/").content.decode()
    assert client.post("/espace/langue/", {"language": "xx", "next": "https://ailleurs.example/"}).url == "/"


def test_a_third_language_is_a_folder_and_a_line(script: ModuleType, tmp_path: Path, settings) -> None:
    """Begun by the script, translated, compiled, one line in the settings: the page speaks it."""
    for code in OTHERS:
        shutil.copytree(catalogue(code).parent.parent, tmp_path / code)
    (tmp_path / "es" / "LC_MESSAGES").mkdir(parents=True)
    script.LOCALE, script.ROOT, held = tmp_path, ROOT, (script.LOCALE, script.ROOT)
    path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    script.update(path, script.extracted())
    text = path.read_text("utf-8")
    path.write_text(
        text.replace('msgid "Mes messages"\nmsgstr ""', 'msgid "Mes messages"\nmsgstr "Mis mensajes"'), "utf-8"
    )
    script.compile_all()
    script.LOCALE, script.ROOT = held
    settings.LANGUAGES = [*settings.LANGUAGES, ("es", "Español")]
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations.clear()
    try:
        page = browser("ines", "es").get("/espace/messages/").content.decode()
    finally:
        trans_real._translations.clear()
    assert "<h1>Mis mensajes</h1>" in page
    assert '<html lang="es"' in page
