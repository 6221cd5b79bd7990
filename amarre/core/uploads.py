"""A file that somebody sends, made harmless or refused: a photo becomes a bare JPEG, a PDF nothing but its pages.

Read by rooms that keep files. Must not know what the file is about, nor where it is kept.
The kind is told by the content, never by the name. The file itself is opened in a child process under limits
(`uploads_child`), so that what it does to a decoder does not reach the service.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from amarre.core import child
from amarre.core.commands import Refused
from amarre.core.uploads_names import clean_name
from amarre.core.uploads_reasons import Reason

IMAGE, PDF = "image/jpeg", "application/pdf"
_PRINT_IT = "Ouvrez-le, choisissez « Imprimer », puis « Enregistrer au format PDF », et envoyez ce nouveau fichier."
_OFFICE = (
    "Un document Word, Excel ou une archive ne peut pas être reçu. Enregistrez-le au format PDF, et envoyez le PDF."
)
_OTHER_PHOTO = "Ce format d’image n’est pas accepté. Enregistrez l’image en JPEG ou en PNG, et envoyez-la."
_OTHER = "Ce fichier n’est ni une photo ni un PDF. Envoyez une photo (JPEG, PNG ou WEBP) ou un PDF."
_HEIC = (
    "Cette photo est au format HEIC, que beaucoup d’ordinateurs n’ouvrent pas. Votre téléphone peut l’envoyer en "
    "JPEG : sur un iPhone, Réglages, Appareil photo, Formats, « Le plus compatible », puis reprenez la photo."
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})
_REFUSED = {
    b"PK": _OFFICE, b"\xd0\xcf\x11\xe0": _OFFICE, b"{\\rtf": _OFFICE, b"Rar!": _OFFICE, b"7z\xbc\xaf": _OFFICE,
    b"\x1f\x8b": _OFFICE, b"GIF8": _OTHER_PHOTO, b"BM": _OTHER_PHOTO, b"II*\0": _OTHER_PHOTO, b"MM\0*": _OTHER_PHOTO,
}  # fmt: skip
_SAID = {
    (IMAGE, Reason.PIXELS): "Cette image a trop de points (plus de 40 millions). Réduisez-la, ou faites-en une capture "
    "d’écran, et envoyez-la.",
    (PDF, Reason.PIXELS): f"Ce PDF contient une image démesurée. {_PRINT_IT}",
    (IMAGE, Reason.BROKEN): "Cette image est abîmée ou incomplète. Reprenez la photo, ou envoyez-la de nouveau.",
    (PDF, Reason.BROKEN): f"Ce PDF est abîmé ou incomplet. {_PRINT_IT}",
    (PDF, Reason.LOCKED): f"Ce PDF est protégé par un mot de passe ou contre la copie. {_PRINT_IT}",
    (PDF, Reason.PAGES): "Ce PDF a plus de 60 pages. Coupez-le, ou n’envoyez que les pages utiles.",
    (PDF, Reason.FORM): f"Ce formulaire PDF ne montre pas tout ce qui y est écrit. {_PRINT_IT}",
    (IMAGE, Reason.HEAVY): "Cette image demande trop de travail pour être ouverte. Faites-en une capture d’écran, et "
    "envoyez-la.",
    (PDF, Reason.HEAVY): f"Ce PDF demande trop de travail pour être ouvert. {_PRINT_IT}",
}


@dataclass(frozen=True, slots=True)
class Clean:
    """A file that may be kept: `kind` is `image/jpeg` or `application/pdf`, `pages` is only said of a PDF."""

    name: str
    content: bytes
    kind: str
    size: int
    pages: int | None = None


def clean(name: str, content: bytes) -> Clean:
    """The harmless copy of a file. Raises `Refused`, and nothing else, with what is wrong and how to mend it."""
    if not content:
        raise Refused("Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre appareil, et envoyez-le de nouveau.")
    if len(content) > settings.AMARRE_UPLOAD_MAX:
        raise Refused(too_large())
    kind = _kind(content)
    cleaned, pages = _opened(kind, content)
    return Clean(clean_name(name, kind), cleaned, kind, len(cleaned), pages or None)


def too_large() -> str:
    """What a form says of a file whose size is over the limit."""
    most = f"{settings.AMARRE_UPLOAD_MAX / 1_000_000:.1f}".removesuffix(".0").replace(".", ",")
    return f"Ce fichier dépasse {most} Mo. Envoyez-le en plusieurs parties, ou en moins bonne qualité."


def _kind(content: bytes) -> str:
    """What it will be once cleaned. Raises `Refused`."""
    webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    if webp or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return IMAGE
    if content.startswith(b"%PDF-"):
        return PDF
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise Refused(_HEIC)
    if b"%PDF-" in content[:1024]:
        raise Refused(_SAID[PDF, Reason.BROKEN])
    raise Refused(next((said for start, said in _REFUSED.items() if content.startswith(start)), _OTHER))


def _opened(kind: str, content: bytes) -> tuple[bytes, int]:
    """Have the child process open the file; the clean bytes, and the pages. Raises `Refused`."""
    try:
        code, written = child.run("amarre.core.uploads_child", kind, str(settings.AMARRE_UPLOAD_MAX), content=content)
    except child.Crowded as error:
        raise Refused(
            "Trop de fichiers arrivent en même temps. Envoyez le vôtre de nouveau dans une minute."
        ) from error
    except child.TooLong as error:
        raise Refused(_SAID[kind, Reason.HEAVY]) from error
    if code:
        raise Refused(_why(kind, code))
    pages, _, cleaned = written.partition(b"\n")
    return cleaned, int(pages)


def _why(kind: str, code: int) -> str:
    """The sentence of an exit code; a child that was killed (a signal) was asked for too much."""
    if code == Reason.LARGE:
        return too_large()
    return _SAID.get((kind, Reason(code)) if code in tuple(Reason) else (kind, Reason.HEAVY), _OTHER)
