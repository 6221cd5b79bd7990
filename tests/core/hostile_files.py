"""Hostile files, made in code: what somebody may send by mistake or on purpose, and what becomes of it.

`REFUSED` says a few words of the sentence; `NEUTRALISED` gives files of which nothing but the picture or the pages
may be left: each carries `CANARY` where it must not survive. None is kept on the disk.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image, PngImagePlugin

CANARY = b"CanaryOfAHostileFile"  # letters alone: a PDF writes any other character in several ways
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
LIVING = (
    b"/JavaScript", b"/JS", b"/OpenAction", b"/Launch", b"/EmbeddedFile", b"/AA", b"/URI", b"/SubmitForm", b"/GoToR",
    b"/XFA", b"/AcroForm", b"/Metadata", b"/Names", b"/Filespec", b"/EF", CANARY,
)  # fmt: skip
"""What no clean PDF holds."""


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: object) -> bytes:
    """A picture, red where it has colours."""
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode in ("RGB", "RGBA", "P") else 0).save(out, kind, **how)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_flood(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is immense."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def png_text_bomb() -> bytes:
    """A PNG whose comment becomes 200 MB."""
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9))
    plain = picture("PNG")
    return plain[:33] + bomb + plain[33:]


def jpeg_flood() -> bytes:
    """A JPEG whose header says 65500 × 65500."""
    plain = bytearray(picture())
    at = plain.index(b"\xff\xc0") + 5
    plain[at : at + 4] = struct.pack(">HH", 65500, 65500)
    return bytes(plain)


def telling_jpeg(orientation: int = 1) -> bytes:
    """A JPEG that says where it was taken, by whom, and what is seen on it."""
    exif = Image.Exif()
    exif[0x010E], exif[0x0112], exif[0x013B] = CANARY.decode(), orientation, CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 29: CANARY.decode()})
    return picture(exif=exif, comment=CANARY, xmp=b"<x>" + CANARY + b"</x>", icc_profile=CANARY)


def telling_png() -> bytes:
    """The same in PNG's own words."""
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", CANARY.decode())
    said.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    return picture("PNG", pnginfo=said)


def moving(kind: str) -> bytes:
    """Two pictures one after the other; the first is red."""
    out = io.BytesIO()
    first, second = Image.new("RGB", (50, 50), "red"), Image.new("RGB", (50, 50), "blue")
    first.save(out, kind, save_all=True, append_images=[second], duration=100)
    return out.getvalue()


def stream(words: bytes, body: bytes) -> bytes:
    """A stream of a PDF."""
    return b"<<" + words + b" /Length %d>>stream\n" % len(body) + body + b"\nendstream"


def pdf(
    *more: bytes, catalogue: bytes = b"", page: bytes = b"", resources: bytes = b"", trailer: bytes = b"",
    drawn: bytes | None = None, kids: int = 1,
) -> bytes:  # fmt: skip
    """A PDF of pages that show « Bonjour »; objects of one's own begin at 10."""
    kid = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>" + resources
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        2: b"<</Type/Pages/Kids[" + b"3 0 R " * kids + b"]/Count %d>>" % kids,
        3: kid + b">>" + page + b">>",
        4: drawn or stream(b"", b"BT /F1 24 Tf 20 100 Td (Bonjour) Tj ET"),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        **dict(enumerate(more, 10)),
    }
    out, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    return (
        out + b"trailer<</Size %d/Root 1 0 R" % (max(objects) + 1) + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start
    )


JS = b"<</S/JavaScript/JS(app.alert\\('" + CANARY + b"'\\))>>"
ATTACHED = stream(b"/Type/EmbeddedFile", CANARY)
FILESPEC = b"<</Type/Filespec/F(x.exe)/EF<</F 10 0 R>>/Desc(" + CANARY + b")>>"


def noted(action: bytes, kind: bytes = b"/Link") -> bytes:
    """A page with one annotation."""
    return b"/Annots[<</Type/Annot/Subtype" + kind + b"/Rect[0 0 300 200]" + action + b">>]"


def spun(times: int) -> bytes:
    """A stream packed several times over: a few bytes that become more at each turn."""
    body = bytes(1_000_000)
    for _ in range(times):
        body = zlib.compress(body, 9)
    return stream(b"/Filter[" + b"/FlateDecode" * times + b"]", body)


def exploding() -> bytes:
    """A page of a third of a megabyte that becomes a third of a gigabyte."""
    engine = zlib.compressobj(9)
    body = b"".join(engine.compress(bytes(10_000_000)) for _ in range(31)) + engine.flush()
    return pdf(drawn=stream(b"/Filter/FlateDecode", body))


def deep_pages() -> bytes:
    """A tree of pages that turns in circles."""
    return pdf().replace(b"/Kids[3 0 R ]", b"/Kids[2 0 R ]")


def archive(*names: str) -> bytes:
    """A ZIP, which is also what Word and Excel write."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as held:
        for name in names:
            held.writestr(name, CANARY)
    return out.getvalue()


Made = Callable[[], bytes]
REFUSED: dict[str, tuple[str, Made]] = {
    "rien.pdf": ("est vide", lambda: b""),
    "lourd.jpg": ("dépasse 10 Mo", lambda: picture() + bytes(10_000_000)),
    "eicar.com": ("ni une photo ni un PDF", lambda: EICAR),
    "eicar.pdf": ("ni une photo ni un PDF", lambda: EICAR),
    "page.html": ("ni une photo ni un PDF", lambda: b"<html><script>alert(1)</script>"),
    "dessin.svg": ("ni une photo ni un PDF", lambda: b"<svg xmlns='x'><script>alert(1)</script></svg>"),
    "dessin.png": ("ni une photo ni un PDF", lambda: b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><svg/>"),
    "programme.exe": ("ni une photo ni un PDF", lambda: b"MZ" + bytes(500)),
    "programme.jpg": ("ni une photo ni un PDF", lambda: b"\x7fELF" + bytes(500)),
    "script.sh.pdf": ("ni une photo ni un PDF", lambda: b"#!/bin/sh\nrm -rf /\n"),
    "postscript.pdf": ("ni une photo ni un PDF", lambda: b"%!PS-Adobe-3.0\n(x) show"),
    "lettre.docx": ("au format PDF", lambda: archive("[Content_Types].xml", "word/document.xml")),
    "tableau.xlsx": ("au format PDF", lambda: archive("[Content_Types].xml", "xl/workbook.xml")),
    "remontant.zip": ("au format PDF", lambda: archive("../../etc/passwd")),
    "ancien.doc": ("au format PDF", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)),
    "texte.rtf": ("au format PDF", lambda: b"{\\rtf1 {\\object}}"),
    "image.gif": ("JPEG ou en PNG", lambda: picture("GIF", mode="P")),
    "image.bmp": ("JPEG ou en PNG", lambda: picture("BMP")),
    "image.tif": ("JPEG ou en PNG", lambda: picture("TIFF")),
    "photo.heic": ("HEIC", lambda: b"\0\0\0\x18ftypheic" + bytes(100)),
    "tronquee.jpg": ("abîmée", lambda: picture(size=(600, 400))[:400]),
    "tronquee.png": ("abîmée", lambda: picture("PNG", size=(600, 400))[:60]),
    "entete.webp": ("abîmée", lambda: b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20)),
    "inondation.png": ("points", lambda: png_flood(60_000, 60_000)),
    "juste-au-dela.png": ("points", lambda: png_flood(8_000, 5_001)),
    "inondation.jpg": ("points", jpeg_flood),
    "bombe-de-texte.png": ("travail|abîmée", png_text_bomb),
    "html-puis.pdf": ("abîmé", lambda: b"<html><!--" + pdf()),
    "sans-suite.pdf": ("abîmé", lambda: b"%PDF-1.7\n"),
    "sans-page.pdf": ("abîmé", lambda: pdf(kids=0)),
    "en-rond.pdf": ("abîmé", deep_pages),
    "soixante-et-une.pdf": ("60 pages", lambda: pdf(kids=61)),
    "ferme.pdf": ("mot de passe", lambda: pdf(
        b"<</Filter/Standard/V 2/R 3/Length 128/P -44/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>",
        trailer=b"/Encrypt 10 0 R/ID[(a)(a)]",
    )),
    "bombe.pdf": ("travail", exploding),
    "deux-tours.pdf": ("travail", lambda: pdf(drawn=spun(2))),
    "image-immense.pdf": ("démesurée", lambda: pdf(
        stream(b"/Type/XObject/Subtype/Image/Width 90000/Height 90000/BitsPerComponent 8", b"x"),
        resources=b"/XObject<</I 10 0 R>>",
    )),
    "profond.pdf": ("abîmé|travail", lambda: pdf(resources=b"/Properties" + b"[" * 5_000 + b"]" * 5_000)),
    "formulaire-vivant.pdf": ("formulaire", lambda: pdf(catalogue=b"/NeedsRendering true")),
    "champ-sans-dessin.pdf": ("formulaire", lambda: pdf(page=noted(b"/FT/Tx/V(42 rue du Port)", b"/Widget"))),
    "champ-perime.pdf": ("formulaire", lambda: pdf(
        stream(b"/Subtype/Form/BBox[0 0 9 9]", b""), catalogue=b"/AcroForm<</NeedAppearances true>>",
        page=noted(b"/FT/Tx/V(42 rue du Port)/AP<</N 10 0 R>>", b"/Widget"),
    )),
}  # fmt: skip
NEUTRALISED: dict[str, Made] = {
    "bavarde.jpg": telling_jpeg,
    "bavarde.png": telling_png,
    "bavarde.webp": lambda: picture("WEBP", exif=b"Exif\0\0" + CANARY, xmp=CANARY, icc_profile=CANARY),
    "suivie-d-un-zip.jpg": lambda: picture() + archive(CANARY.decode()),
    "suivie-de-script.png": lambda: picture("PNG") + b"<script>" + CANARY + b"</script>",
    "exif-insense.jpg": lambda: picture(exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + CANARY),
    "animee.png": lambda: moving("PNG"),
    "animee.webp": lambda: moving("WEBP"),
    "ouverture.pdf": lambda: pdf(catalogue=b"/OpenAction" + JS),
    "ouverture-cachee.pdf": lambda: pdf(catalogue=b"/Open#41ction<</S/J#61vaScript/JS(" + CANARY + b")>>"),
    "noms.pdf": lambda: pdf(catalogue=b"/Names<</JavaScript<</Names[(x)" + JS + b"]>>>>"),
    "a-la-fermeture.pdf": lambda: pdf(catalogue=b"/AA<</WC" + JS + b">>", page=b"/AA<</O" + JS + b">>"),
    "piece-jointe.pdf": lambda: pdf(
        ATTACHED, FILESPEC, catalogue=b"/Names<</EmbeddedFiles<</Names[(x)11 0 R]>>>>/AF[11 0 R]"
    ),
    "piece-epinglee.pdf": lambda: pdf(ATTACHED, FILESPEC, page=noted(b"/FS 11 0 R", b"/FileAttachment")),
    "piece-dans-les-ressources.pdf": lambda: pdf(ATTACHED, FILESPEC, resources=b"/XObject<</X 10 0 R/Y 11 0 R>>"),
    "lance.pdf": lambda: pdf(page=noted(b"/A<</S/Launch/F(cmd.exe)/Win<</F(" + CANARY + b")>>>>")),
    "lance-un-dessin.pdf": lambda: pdf(page=noted(b"/A<</S/Launch/F(" + CANARY + b")>>", b"/Square")),
    "adresse.pdf": lambda: pdf(page=noted(b"/A<</S/URI/URI(http://x.example/" + CANARY + b")>>")),
    "ailleurs.pdf": lambda: pdf(page=noted(b"/A<</S/GoToR/F(//x.example/" + CANARY + b")/D[0/Fit]>>")),
    "envoie.pdf": lambda: pdf(page=noted(b"/FT/Btn/A<</S/SubmitForm/F(" + CANARY + b")>>", b"/Widget")),
    "xfa.pdf": lambda: pdf(stream(b"", CANARY), catalogue=b"/AcroForm<</XFA 10 0 R/Fields[]>>"),
    "metadonnees.pdf": lambda: pdf(
        stream(b"/Type/Metadata/Subtype/XML", CANARY), b"<</Author(" + CANARY + b")>>",
        catalogue=b"/Metadata 10 0 R", page=b"/Metadata 10 0 R", trailer=b"/Info 11 0 R",
    ),
    "action-indirecte.pdf": lambda: pdf(
        b"/JavaScript", b"<</S 10 0 R/JS(" + CANARY + b")>>", resources=b"/Properties<</P 11 0 R>>"
    ),
    "action-dans-un-dessin.pdf": lambda: pdf(
        stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/AA<</O" + JS + b">>/PieceInfo<</X(" + CANARY + b")>>", b""),
        resources=b"/XObject<</X 10 0 R>>",
    ),
    "octets-ailleurs.pdf": lambda: pdf(
        stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/F(//x.example/" + CANARY + b")", b""),
        resources=b"/XObject<</X 10 0 R>>",
    ),
    "postscript-dedans.pdf": lambda: pdf(
        stream(b"/Type/XObject/Subtype/PS", CANARY), resources=b"/XObject<</X 10 0 R>>"
    ),
    "film.pdf": lambda: pdf(ATTACHED, page=noted(b"/RichMediaContent 10 0 R", b"/RichMedia")),
    "photo-bavarde.pdf": lambda: pdf(
        stream(b"/Type/XObject/Subtype/Image/Width 60/Height 40/BitsPerComponent 8/ColorSpace/DeviceRGB"
               b"/Filter/DCTDecode", telling_jpeg() + CANARY),
        resources=b"/XObject<</I 10 0 R>>",
    ),
    "suivi-d-un-zip.pdf": lambda: pdf() + archive(CANARY.decode()),
    "cite-du-html.pdf": lambda: pdf().replace(b"%PDF-1.7\n", b"%PDF-1.7\n%<script>" + CANARY + b"</script>\n", 1),
    "objet-oublie.pdf": lambda: pdf(JS, ATTACHED),
    "version-d-avant.pdf": lambda: pdf(catalogue=b"/OpenAction" + JS) + pdf(),
    "en-rond-dessine.pdf": lambda: pdf(
        stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 10 0 R>>>>", b"/X Do"),
        resources=b"/XObject<</X 10 0 R>>",
    ),
}  # fmt: skip
