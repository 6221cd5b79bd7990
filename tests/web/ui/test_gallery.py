"""The gallery shows every component; templates carry no inline style or script; what pages ask for exists."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from amarre.web.ui.finders import VENDOR, VendorFinder
from amarre.web.ui.templatetags.ui import register
from amarre.web.ui.views import ERRORS, LOOKS, gallery

ROOT = Path(__file__).resolve().parents[3]
UI = ROOT / "amarre" / "web" / "ui"
TEMPLATES = sorted((ROOT / "amarre").rglob("templates/**/*.html"))
SOURCES = "\n".join(path.read_text("utf-8") for path in (UI / "templates" / "ui").glob("gallery*/**/*.html"))
SOURCES += (UI / "templates" / "ui" / "gallery.html").read_text("utf-8")


@pytest.mark.parametrize("look", LOOKS)
def test_the_gallery_opens_in_each_look(look):
    answer = gallery(RequestFactory().get("/ui/", {"look": look}))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.startswith("<!doctype html>")
    assert '<html lang="fr">' in page
    assert page.index('class="skip"') < page.index("<header")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", sorted(register.tags))
def test_every_component_is_in_the_gallery(name):
    written = SOURCES + (UI / "templates" / "ui" / "parts" / "page_header.html").read_text("utf-8")
    assert re.search(rf"{{% {name}\b", written), f"{name} has no state in the gallery"


@pytest.mark.parametrize("name", sorted(register.filters))
def test_every_filter_is_in_the_gallery(name):
    assert f"|{name}" in SOURCES


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_needs_no_request_and_gives_its_reference(code):
    page = render_to_string(f"{code}.html", {"reference": "R-7F3A-21"})
    assert "R-7F3A-21" in page
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_carries_inline_style_or_script(path):
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<style", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "|safe" not in text
    assert not re.search(r"\bhx-(on|vars)\b|hx-vals=.js:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_template_compiles_and_asks_only_for_files_that_exist(path):
    text = path.read_text("utf-8")
    engines["django"].from_string(text)
    for name in re.findall(r"{% static '([^']+)' %}", text):
        assert finders.find(name), name


def test_vendor_serves_the_named_files_and_nothing_else():
    finder = VendorFinder()
    assert finder.check() == []
    assert {name for name, _ in finder.list(None)} == set(VENDOR)
    assert all(Path(finder.find(name)).is_file() for name in VENDOR)
    for name in ("vendor/package.json", "vendor/../package.json", "bootstrap/package.json", "vendor/"):
        assert not finder.find(name)


def test_the_vendor_storage_opens_what_it_lists():
    for name, storage in VendorFinder().list(None):
        with storage.open(name) as file:
            assert file.read(1)


def test_every_icon_asked_for_is_drawn():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (UI / "static" / "ui" / "icons.svg").read_text("utf-8")))
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([^"]+)" %}|icons\.svg\' %}#([\w-]+)', path.read_text("utf-8"))
        for name in name
        if name
    }
    assert asked <= drawn


def test_our_scripts_stay_small_and_evaluate_nothing():
    scripts = sorted((UI / "static" / "ui").glob("*.js"))
    assert sum(path.stat().st_size for path in scripts) < 25_000
    for path in scripts:
        assert not re.search(r"\beval\(|new Function|innerHTML|localStorage|sessionStorage", path.read_text("utf-8"))


def test_layouts_and_forms_are_found_by_name():
    for name in ("ui/staff.html", "ui/person.html", "ui/entry.html", "ui/error.html"):
        assert get_template(name)
