"""How a file arrives: in memory, under a name that neither acts nor deceives."""

from __future__ import annotations

import io

import pytest
from django import forms
from django.conf import settings as django_settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.test import RequestFactory
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from amarre.core import uploads
from amarre.core.commands import Refused
from amarre.core.uploads_names import clean_name

PDF, IMAGE = "application/pdf", "image/jpeg"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("facture.pdf", "facture.pdf"),
        ("facture.PDF.exe", "facture.pdf"),
        ("facture.pdf.exe   ", "facture.pdf"),
        ("photo.jpeg", "photo.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\moi\\avis d’impôt.pdf", "avis d’impôt.pdf"),
        ("facture\u202efdp.exe", "facturefdp.pdf"),
        ("a\u200b\ufeff\u2066b\0c\x1b[31m.pdf", "abc[31m.pdf"),
        ("ligne\nsuivante\tici.pdf", "ligne suivante ici.pdf"),
        ("Relevé du 12.03.2025.pdf", "Relevé du 12-03-2025.pdf"),
        ("M. Dupont.pdf", "M Dupont.pdf"),
        ('a<b>c:d"e|f?g*h.pdf', "a b c d e f g h.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("CON.pdf", "document CON.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("\ud800x.pdf", "x.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(sent: str, kept: str) -> None:
    assert clean_name(sent, PDF) == kept


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.sampled_from([PDF, IMAGE]))
def test_any_name_becomes_a_plain_one(name: str, kind: str) -> None:
    kept = clean_name(name, kind)
    assert 5 <= len(kept) <= 100
    assert kept.isprintable()
    assert kept.count(".") == 1
    assert kept.endswith(".pdf" if kind == PDF else ".jpg")
    assert not set(kept) & set('/\\<>:"|?*\0\u202e\u2066')
    assert clean_name(kept, kind) == kept


class Sent(forms.Form):
    """The form of somebody who sends a file."""

    file = forms.FileField()


def sent_over_http(content: bytes, name: str = "x.pdf") -> Sent:
    request = RequestFactory().post("/", {"file": io.BytesIO(content), "words": "x"})
    request.FILES["file"].name = name
    form = Sent(request.POST, request.FILES)
    form.is_valid()
    return form


@pytest.mark.parametrize("size", [1, 70_000, 2_600_000, 10_000_000])
def test_a_file_that_arrives_stays_in_memory(size: int) -> None:
    """Whatever its size, up to the limit; never in a temporary file."""
    content = bytes(range(256)) * (size // 256 + 1)
    arrived = sent_over_http(content[:size]).cleaned_data["file"]
    assert type(arrived) is InMemoryUploadedFile
    assert arrived.read() == content[:size]


def test_a_file_that_is_too_large_says_its_size_and_holds_nothing() -> None:
    """The form can say so; a form that would forget gives nothing to keep."""
    form = RequestFactory().post("/", {"file": io.BytesIO(bytes(13_000_000))}).FILES["file"]
    assert type(form) is InMemoryUploadedFile
    assert form.size == 13_000_000 > django_settings.AMARRE_UPLOAD_MAX
    assert form.read() == b""
    with pytest.raises(Refused, match="est vide"):
        uploads.clean("x.pdf", b"")
    assert uploads.too_large().startswith("Ce fichier dépasse 10 Mo.")
