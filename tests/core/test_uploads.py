"""Files that somebody sends: the harmless comes through readable, the hostile is refused or made harmless."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from amarre.core import child, uploads, uploads_child, uploads_image
from amarre.core.commands import Refused
from amarre.core.uploads_jpeg import without_metadata
from amarre.core.uploads_reasons import Bad, Reason
from tests.core import hostile_files as hostile
from tests.core.hostile_files import CANARY, LIVING, NEUTRALISED, REFUSED, pdf, picture, stream, telling_jpeg

PDF, IMAGE = "application/pdf", "image/jpeg"
ROOT = Path(uploads.__file__).resolve().parents[2]
SENTENCES = r"(?:Ce|Cette|Un) .+\. [A-Z].+\."


def opened(content: bytes) -> Image.Image:
    """The picture that is left, whole."""
    image = Image.open(io.BytesIO(content), formats=("JPEG",))
    image.load()
    return image


def is_red(image: Image.Image, place: tuple[int, int]) -> bool:
    red, green, blue = image.convert("RGB").getpixel(place)
    return red > 200 and green < 60 and blue < 60


def test_there_are_enough_hostile_files() -> None:
    assert len(REFUSED) + len(NEUTRALISED) >= 60


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_a_sentence(name: str) -> None:
    said, made = REFUSED[name]
    with pytest.raises(Refused, match=said) as refusal:
        uploads.clean(name, made())
    assert re.fullmatch(SENTENCES, str(refusal.value)), "what is wrong, and how to mend it"


@pytest.mark.parametrize("name", NEUTRALISED)
def test_a_hostile_file_is_made_harmless(name: str) -> None:
    sent = NEUTRALISED[name]()
    taken = uploads.clean(name, sent)
    assert taken.size == len(taken.content) > 100
    assert [word for word in LIVING if word in taken.content] == []
    if taken.kind == PDF:
        assert taken.content.startswith(b"%PDF-")
        assert taken.content.rstrip().endswith(b"%%EOF")
        reader = PdfReader(io.BytesIO(taken.content), strict=True)
        assert len(reader.pages) == taken.pages == 1
        assert "Bonjour" in reader.pages[0].extract_text(), "what the page says is still there"
        assert set(reader.root_object) == {"/Type", "/Pages"}
        assert reader.metadata is None
    else:
        image = opened(taken.content)
        assert is_red(image, (10, 10)), "the first picture"
        assert taken.content.endswith(b"\xff\xd9")
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert taken.pages is None


def test_the_hostile_files_carry_what_they_are_there_for() -> None:
    """What the test before looks for is in what is sent, so that it could fail."""
    for name, made in NEUTRALISED.items():
        sent = made()
        if name not in ("exif-insense.jpg", "animee.png", "animee.webp", "en-rond-dessine.pdf"):
            assert CANARY in sent, name


MEASURED = """
import resource, sys, django
django.setup()
from amarre.core import uploads
taken = uploads.clean("grande.png", sys.stdin.buffer.read())
sys.stderr.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.stdout.buffer.write(taken.content)
"""


def test_memory_stays_within_bounds() -> None:
    """The largest picture that is taken; kilobytes, in a process that has no other child (a browser weighs more)."""
    sent = picture("PNG", (8_000, 5_000), "RGBA", compress_level=1)
    done = subprocess.run([sys.executable, "-c", MEASURED], input=sent, capture_output=True, check=True)
    assert opened(done.stdout).size == (uploads_image.SIDE, uploads_image.SIDE * 5 // 8)
    assert 50_000 < int(done.stderr) < 600_000


@pytest.mark.parametrize(
    ("tried", "said"),
    [
        ("bytearray(uploads_child.MOST_MEMORY)", "MemoryError"),
        ("open('kept-in-clear', 'wb', buffering=0).write(bytes(9))", "File too large"),
        ("print(resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(resource.RLIMIT_CPU))", "(0, 0) (15, 15)"),
    ],
)
def test_the_child_has_little_memory_little_time_and_writes_nothing(tmp_path: Path, tried: str, said: str) -> None:
    loaded = "import resource\nfrom amarre.core import child, uploads_child\n"
    script = f"{loaded}child.confine(uploads_child.MOST_MEMORY)\n{tried}"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)}
    )
    assert said in done.stdout + done.stderr
    assert [path.stat().st_size for path in tmp_path.iterdir()] in ([], [0])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_as_the_camera_said(orientation: int) -> None:
    """Red at the top left when it is upright, however it lies in the file."""
    upright = Image.new("RGB", (80, 40), "blue")
    upright.paste("red", (0, 0, 20, 20))
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)  # fmt: skip
    lying, out, exif = upright.transpose(turn) if turn is not None else upright, io.BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    lying.save(out, "JPEG", exif=exif, quality=95)
    result = opened(uploads_image.rewrite(out.getvalue()))
    assert result.size == (80, 40)
    assert is_red(result, (5, 5))
    assert not is_red(result, (75, 35))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "L"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "RGBA"), ("JPEG", "L"), ("JPEG", "CMYK"),
     ("WEBP", "RGB"), ("WEBP", "RGBA")],
)  # fmt: skip
def test_every_sort_of_picture_is_taken(kind: str, mode: str) -> None:
    assert opened(uploads_image.rewrite(picture(kind, mode=mode))).size == (60, 40)


def test_sixteen_bits_keep_their_greys_and_what_is_transparent_is_white() -> None:
    out = io.BytesIO()
    Image.new("I;16", (40, 40), 32_768).save(out, "PNG")
    assert abs(opened(uploads_image.rewrite(out.getvalue())).getpixel((5, 5))[0] - 128) < 3
    through = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(through, "PNG")
    assert opened(uploads_image.rewrite(through.getvalue())).getpixel((5, 5)) == (255, 255, 255)


def test_what_was_written_in_a_form_is_still_shown() -> None:
    """A field becomes a stamp with the same drawing; a box shows the state that it was left in."""
    drawn = stream(b"/Subtype/Form/BBox[0 0 90 20]", b"q (42 rue du Port) Q")
    cross, nothing = (
        stream(b"/Subtype/Form/BBox[0 0 9 9]", b"q (crossed) Q"),
        stream(b"/Subtype/Form/BBox[0 0 9 9]", b""),
    )
    page = (
        b"/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/V(42 rue du Port)/Rect[0 0 90 20]/F 4/AP<</N 10 0 R>>"
        b"/AA<</K 13 0 R>>>>"
        b"<</Subtype/Widget/FT/Btn/V/Yes/AS/Yes/Rect[0 30 9 39]/AP<</N<</Yes 11 0 R/Off 12 0 R>>>>>>]"
    )
    taken = uploads.clean(
        "cerfa.pdf",
        pdf(drawn, cross, nothing, hostile.JS, page=page, catalogue=b"/AcroForm<</Fields[]/NeedAppearances false>>"),
    )
    notes = [note.get_object() for note in PdfReader(io.BytesIO(taken.content)).pages[0]["/Annots"]]
    assert [note["/Subtype"] for note in notes] == ["/Stamp", "/Stamp"]
    assert [note["/AP"]["/N"].get_data() for note in notes] == [b"q (42 rue du Port) Q", b"q (crossed) Q"]
    assert [word for word in LIVING if word in taken.content] == []


@pytest.mark.parametrize("how", [{}, {"progressive": True, "subsampling": 0}, {"restart_marker_blocks": 4}])
def test_a_photo_inside_a_pdf_keeps_every_point(how: dict[str, object]) -> None:
    """Only what is said beside goes, whatever the way in which it was drawn."""
    out = io.BytesIO()
    Image.effect_noise((300, 200), 80).convert("RGB").save(out, "JPEG", quality=95, comment=CANARY, **how)
    bare = without_metadata(out.getvalue() + CANARY)
    assert CANARY not in bare
    assert opened(bare).tobytes() == opened(out.getvalue()).tobytes()


@pytest.mark.parametrize("page", [b"/Contents 99 0 R", b"/Contents(lost)"])
def test_a_page_whose_drawing_is_lost_is_refused_rather_than_blank(page: bytes) -> None:
    with pytest.raises(Refused, match="incomplet"):
        uploads.clean("x.pdf", pdf().replace(b"/Contents 4 0 R", page))


def test_a_font_may_bear_any_name() -> None:
    """The names that a page gives to what it draws with are its own, even those that would act elsewhere."""
    named = pdf(drawn=stream(b"", b"BT /Ref 24 Tf 20 100 Td (Bonjour) Tj ET")).replace(b"/F1 5 0 R", b"/Ref 5 0 R")
    pages = PdfReader(io.BytesIO(uploads.clean("x.pdf", named).content)).pages
    assert set(pages[0]["/Resources"]["/Font"]) == {"/Ref"}


def test_sixty_pages_are_taken() -> None:
    assert uploads.clean("rapport.pdf", pdf(kids=60)).pages == 60


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the child ends by, somebody is told something; here it is given no time at all."""
    monkeypatch.setattr(child, "SECONDS", 0.01)
    with pytest.raises(Refused, match="travail"):
        uploads.clean("x.pdf", pdf())


@pytest.mark.parametrize("code", [-9, -11, 1, 2, 139, *Reason])
@pytest.mark.parametrize("kind", [PDF, IMAGE])
def test_every_end_of_the_child_has_its_sentence(code: int, kind: str) -> None:
    assert re.fullmatch(SENTENCES, uploads._why(kind, code))


def test_a_file_that_grows_over_the_limit_is_refused(settings) -> None:
    sent = pdf()
    most = uploads.clean("x.pdf", sent).size
    assert most > len(sent), "what is written again is a little longer"
    settings.AMARRE_UPLOAD_MAX = most
    assert uploads.clean("x.pdf", sent).size == most
    settings.AMARRE_UPLOAD_MAX = most - 1
    with pytest.raises(Refused, match="dépasse"):
        uploads.clean("x.pdf", sent)


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.binary(max_size=400))
@example("x", b"BM")
def test_random_bytes_are_only_ever_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        uploads.clean(name, content)


SAMPLES = [(IMAGE, telling_jpeg()), (IMAGE, picture("PNG")), (IMAGE, picture("WEBP")), (PDF, NEUTRALISED["film.pdf"]())]


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_a_file_altered_anywhere_is_taken_or_refused(sample: tuple[str, bytes], data: st.DataObject) -> None:
    """As the child does it; nothing that acts comes through, and no other error."""
    kind, content = sample
    altered = bytearray(content)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(altered) - 1))
        altered[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    try:
        cleaned, _ = uploads_child.rewrite(kind, bytes(altered), 10_000_000)
    except Bad:
        return
    assert b"/RichMedia" not in cleaned
    assert b"/EmbeddedFile" not in cleaned


def test_an_annotation_that_a_fault_puts_among_the_resources_is_not_copied() -> None:
    """Found by the test before: two bytes less, and the film stood where fonts are named."""
    film = NEUTRALISED["film.pdf"]()
    cleaned, _ = uploads_child.rewrite(PDF, film[:204] + film[206:], 10_000_000)
    assert b"/RichMedia" not in cleaned
