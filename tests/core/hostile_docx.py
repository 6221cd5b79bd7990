"""Word templates made for the tests: usual ones, and those that want something of whoever opens them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODY, HEADER, RELS = "word/document.xml", "word/header1.xml", "word/_rels/document.xml.rels"


def template(*paragraphs: str, header: str = "Maison d’essai", footer: str = "12 rue Fictive") -> bytes:
    """A .docx with a letterhead, as Word's own users make them."""
    made = docx.Document()
    made.core_properties.author = "Auteur Fictif"
    made.core_properties.title = "Modèle de l’auteur"
    section = made.sections[0]
    section.header.paragraphs[0].text = header
    section.footer.paragraphs[0].text = footer
    for words in paragraphs:
        made.add_paragraph(words)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def table(*rows: str, cells: int = 2) -> bytes:
    """A template whose table has these words at the start of its rows."""
    made = docx.Document()
    drawn = made.add_table(len(rows), cells)
    for row, words in zip(drawn.rows, rows, strict=True):
        row.cells[0].text = words
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {entry.filename: packed.read(entry) for entry in packed.infolist()}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def altered(content: bytes, **changes: Callable[[bytes], bytes]) -> bytes:
    """The same package, with some parts changed; `BODY`, `RELS`… name them."""
    files = parts(content)
    for name, change in changes.items():
        where = {"body": BODY, "rels": RELS, "types": "[Content_Types].xml", "settings": "word/settings.xml"}[name]
        files[where] = change(files[where])
    return zipped(files)


def with_part(name: str, content: bytes) -> bytes:
    return zipped({**parts(template("Bonjour")), name: content})


def related(kind: str, target: str, mode: str = "", **more: bytes) -> bytes:
    """A template whose document points to something."""
    mode = f' TargetMode="{mode}"' if mode else ""
    link = f'<Relationship Id="rIdX" Type="{R}/{kind}" Target="{target}"{mode}/></Relationships>'
    made = altered(template("Bonjour"), rels=lambda rels: rels.replace(b"</Relationships>", link.encode()))
    return zipped({**parts(made), **more})


def saying(xml: str) -> bytes:
    """A template whose body starts with this XML (w: and r: are known)."""
    return altered(template("Bonjour"), body=lambda body: body.replace(b"<w:body>", f"<w:body>{xml}".encode(), 1))


def run(xml: str) -> bytes:
    return saying(f"<w:p><w:r>{xml}</w:r></w:p>")


def _typed(kind: str) -> bytes:
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return altered(template("Bonjour"), types=lambda types: types.replace(main, kind.encode()))


def _declared(declaration: str) -> bytes:
    return altered(
        template("Bonjour"), body=lambda body: body.replace(b"<w:document", declaration.encode() + b"<w:document", 1)
    )


def _bomb() -> bytes:
    return with_part("word/media/zeros.png", bytes(60_000_000))


def _lying_bomb() -> bytes:
    """A part that says it is small, and is not."""
    content = bytearray(with_part("word/lies.xml", bytes(30_000_000)))
    place = content.rfind(b"word/lies.xml") - 46
    assert content[place : place + 4] == b"PK\x01\x02"
    content[place + 24 : place + 28] = struct.pack("<L", 10)
    return bytes(content)


def _nested_bomb() -> bytes:
    inner = zipped({f"{number}.bin": bytes(1_000_000) for number in range(10)})
    return related("package", "embeddings/inner.zip", **{"word/embeddings/inner.zip": inner})


def _encrypted() -> bytes:
    """The flag of the zip's own encryption, on its first file."""
    content = bytearray(template("Bonjour"))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _twice() -> bytes:
    out = io.BytesIO(template("Bonjour"))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("WORD/document.xml", b"<x/>")
    return out.getvalue()


def _overflowing() -> bytes:
    """A condition that opens in a cell and closes after the table."""
    after = b"</w:tbl><w:p><w:r><w:t>{% endif %}</w:t></w:r></w:p>"
    return altered(table("{% if a %}"), body=lambda body: body.replace(b"</w:tbl>", after))


def _crc() -> bytes:
    content = bytearray(template("Bonjour"))
    content[content.find(b"PK\x01\x02") + 16] ^= 0xFF
    return bytes(content)


LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "rire"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
STOLEN = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BEGIN, END = (f'<w:fldChar w:fldCharType="{sort}"/>' for sort in ("begin", "end"))
FIELD = f"{BEGIN}</w:r><w:r><w:instrText>%s</w:instrText></w:r><w:r>{END}"
CUT_FIELD = FIELD % ' INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT "c:\\x"'
HUGE = "{%tr for a in l %}", "{%tr for b in l %}", "{%tr for c in l %}", "{{ c }}", *("{%tr endfor %}",) * 3
LINES = "".join(f"<w:p><w:r><w:t>{{%p {words} %}}</w:t></w:r></w:p>" for words in ("if a", "endif"))
BARE_CELL = f"<w:tbl><w:tr><w:tc>{LINES}</w:tc></w:tr></w:tbl>"
HIDDEN_MACRO = b'<Override PartName="/word/a.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"

REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "vide.docx": ("vide", lambda: b""),
    "texte.docx": ("n’est pas un document Word", lambda: b"Bonjour"),
    "pdf.docx": ("n’est pas un document Word", lambda: b"%PDF-1.7 ..."),
    "vieux.doc": ("n’est pas un document Word", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
    "chiffre.docx": ("mot de passe", lambda: b"\xd0\xcf\x11\xe0" + bytes(900) + "EncryptedPackage".encode("utf-16-le")),
    "zip-chiffre.docx": ("mot de passe", _encrypted),
    "archive.docx": ("n’est pas un document Word", lambda: zipped({"a.txt": b"a"})),
    "coupe.docx": ("abîmé", lambda: template("Bonjour")[:-200]),
    "somme-fausse.docx": ("abîmé", _crc),
    "deux-fois.docx": ("abîmé", _twice),
    "chemin.docx": ("abîmé", lambda: with_part("../../etc/cron.d/x", b"x")),
    "absolu.docx": ("abîmé", lambda: with_part("/etc/cron.d/x", b"x")),
    "lecteur.docx": ("abîmé", lambda: with_part("C:\\x.xml", b"x")),
    "classeur.xlsx": (
        "n’est pas un document Word",
        lambda: _typed("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    ),
    "modele.dotx": (
        "n’est pas un document Word",
        lambda: _typed("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    ),
    "macro.docm": ("macro", lambda: _typed("application/vnd.ms-word.document.macroEnabled.main+xml")),
    "macro.docx": ("macro", lambda: with_part("word/vbaProject.bin", b"x")),
    "macro-cachee.docx": (
        "macro",
        lambda: altered(template("B"), types=lambda t: t.replace(b"</Types>", HIDDEN_MACRO)),
    ),
    "bombe.docx": ("trop de travail", _bomb),
    "bombe-menteuse.docx": ("abîmé|trop de travail", _lying_bomb),
    "bombe-dedans.docx": ("objet", _nested_bomb),
    "mille-parties.docx": (
        "trop de travail",
        lambda: zipped({**parts(template("B")), **{f"x/{number}": b"" for number in range(1000)}}),
    ),
    "rires.docx": ("abîmé", lambda: _declared(LAUGHS)),
    "entite-externe.docx": ("abîmé", lambda: _declared(STOLEN)),
    "utf16.docx": ("abîmé", lambda: altered(template("B"), body=lambda b: b.decode().encode("utf-16"))),
    "autre-codage.docx": (
        "abîmé",
        lambda: altered(template("B"), body=lambda b: b.replace(b"encoding='UTF-8'", b"encoding='UTF-7'")),
    ),
    "image-distante.docx": ("ailleurs", lambda: related("image", "https://maison.example/x.png", "External")),
    "image-partagee.docx": ("ailleurs", lambda: related("image", "file://serveur/x.png", "External")),
    "image-sans-mode.docx": ("ailleurs", lambda: related("image", "https://maison.example/x.png")),
    "modele-lie.docx": ("ailleurs", lambda: related("attachedTemplate", "https://maison.example/x.dotm", "External")),
    "lien-fichier.docx": ("ailleurs", lambda: related("hyperlink", "file:///c:/x.exe", "External")),
    "lien-script.docx": ("ailleurs", lambda: related("hyperlink", "javascript:alert(1)", "External")),
    "ole-distant.docx": ("ailleurs", lambda: related("oleObject", "https://maison.example/x", "External")),
    "ole.docx": ("objet", lambda: related("oleObject", "embeddings/a.bin", **{"word/embeddings/a.bin": b"x"})),
    "html-joint.docx": ("objet", lambda: related("aFChunk", "a.html", **{"word/a.html": b"<script/>"})),
    "html-nomme.docx": ("objet", lambda: saying(f'<w:altChunk r:id="rIdX" xmlns:r="{R}"/>')),
    "activex.docx": ("objet", lambda: related("control", "activeX1.xml", **{"word/activeX1.xml": b"<a/>"})),
    "graphique.docx": ("objet", lambda: related("chart", "chart1.xml", **{"word/chart1.xml": b"<a/>"})),
    "image-svg.docx": ("PNG", lambda: related("image", "media/a.png", **{"word/media/a.png": PICTURE})),
    "vml.docx": (
        "ailleurs",
        lambda: run('<w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://maison.example/x"/></w:pict>'),
    ),
    "champ-texte.docx": ("champ", lambda: run(FIELD % 'INCLUDETEXT "c:\\x"')),
    "champ-image.docx": ("champ", lambda: run(FIELD % 'INCLUDEPICTURE "https://maison.example/x"')),
    "champ-dde.docx": ("champ", lambda: run(FIELD % 'DDEAUTO c:\\cmd.exe "/k"')),
    "champ-coupe.docx": ("champ", lambda: run(CUT_FIELD)),
    "champ-auteur.docx": ("champ", lambda: saying('<w:p><w:fldSimple w:instr=" AUTHOR "/></w:p>')),
    "publipostage.docx": (
        "publipostage",
        lambda: altered(template("B"), settings=lambda s: s.replace(b"<w:zoom", b"<w:mailMerge/><w:zoom", 1)),
    ),
    "suivi.docx": (
        "modifications",
        lambda: saying('<w:p><w:ins w:author="A" w:id="1"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'),
    ),
    "supprime.docx": ("modifications", lambda: run("<w:delText>secret</w:delText>")),
    "attribut.docx": ("ailleurs que dans le texte", lambda: saying('<w:p w:rsidR="{{ nom }}"/>')),
    "dans-un-champ.docx": ("ailleurs que dans le texte", lambda: run(FIELD % "PAGE {{ nom }}")),
    "champ-en-deux.docx": (
        "ailleurs que dans le texte",
        lambda: run(FIELD % "PAGE {</w:instrText><w:instrText>{ nom }}"),
    ),
    "autre-prefixe.docx": (
        "n’est pas un document Word",
        lambda: altered(template("B"), body=lambda b: b.replace(b"w:", b"z:").replace(b"xmlns:w=", b"xmlns:z=")),
    ),
    "paragraphe-nu.docx": ("ailleurs que dans le texte", lambda: template("{{p nom }}")),
    "boucle-qui-deborde.docx": ("commence dans un paragraphe", _overflowing),
    "cellule-vide.docx": ("commence dans un paragraphe", lambda: saying(BARE_CELL)),
    "trois-boucles.docx": ("pas comprise", lambda: table(*HUGE)),
}  # fmt: skip
