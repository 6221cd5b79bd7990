"""A Word template to begin with, made by code: a letterhead, an address, a text, a foot.

Read by the settings screen, which gives it to be changed in Word, and by the demonstration.
"""

from __future__ import annotations

import io
import zipfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

_SEA = RGBColor(0x1F, 0x4E, 0x5F)


def sample_template(house: str = "Nom de votre service") -> bytes:
    """A letter on letterhead, good for both kinds of letters."""
    made = docx.Document()
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Liberation Sans", Pt(11)
    section = made.sections[0]
    head = section.header.paragraphs[0].add_run(house)
    head.bold, head.font.size, head.font.color.rgb = True, Pt(14), _SEA
    section.header.add_paragraph("{{ centre.nom }}")
    section.footer.paragraphs[0].text = "{{ centre.nom }} · {{ centre.telephone }} · {{ centre.horaires }}"
    to = made.add_paragraph("{{ destinataire.nom }}\n{{ destinataire.adresse }}")
    to.paragraph_format.left_indent = Cm(8.5)
    when = made.add_paragraph("{{ lieu }}, le {{ date }}")
    when.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph().add_run("Objet\u00a0: {{ objet }}").bold = True
    for words in ("{%p for p in texte %}", "{{ p }}", "{%p endfor %}"):
        made.add_paragraph(words)
    made.add_paragraph("{{ professionnel.nom }}\n{{ professionnel.fonction }}").paragraph_format.left_indent = Cm(8.5)
    out = io.BytesIO()
    made.save(out)
    return _undated(out.getvalue())


def _undated(content: bytes) -> bytes:
    """The same parts without the hour at which they were packed: two samples are one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in made.namelist():
            packed.writestr(zipfile.ZipInfo(name), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
