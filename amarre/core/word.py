"""Word templates of the service: inspected when they are sent, filled to make letters that stay editable.

Read by rooms that write letters. Must not know what a letter is about, nor where a template is kept.
A template is a file that somebody sends, and a program that is run: it is opened in a child process under limits
(`word_child`), and its marks may name, test and repeat, nothing else (`word_marks`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from amarre.core import child
from amarre.core.commands import Refused
from amarre.core.word_reasons import Reason

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDING = ".docx"
MOST = 5_000_000
MOST_VALUES = 1_000_000
_LINE, _TAB = "\ufdd1", "\ufdd2"
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufdd0-\ufdd2\ufffe\uffff]")
_ENDS = re.compile("\r\n|[\r\n\x0b\x0c]")
_AGAIN = "Ouvrez-le dans Word, choisissez « Enregistrer sous », « Document Word (.docx) », et envoyez ce fichier-là."
_MARKS = (
    "Un modèle peut écrire {{ nom }} ou {{ personne.nom }}, tester avec {% if nom %} et répéter avec "
    "{% for x in liste %}."
)
_SAID = {
    Reason.BROKEN: f"Ce modèle est abîmé ou incomplet. {_AGAIN}",
    Reason.KIND: f"Ce fichier n’est pas un document Word (.docx). {_AGAIN}",
    Reason.LOCKED: "Ce modèle est protégé par un mot de passe. Retirez le mot de passe dans Word, et envoyez-le de "
    "nouveau.",
    Reason.MACRO: f"Ce modèle contient une macro, ou peut en contenir. {_AGAIN}",
    Reason.HEAVY: "Ce modèle demande trop de travail pour être ouvert. Allégez-le (images, tableaux, boucles), et "
    "envoyez-le de nouveau.",
    Reason.EXTERNAL: "Ce modèle va chercher quelque chose ailleurs\u202f: « {0} ». Dans Word, insérez l’image dans le "
    "document, ou détachez le modèle lié (Développeur, Modèle de document), et envoyez-le de nouveau.",
    Reason.EMBEDDED: "Ce modèle contient un objet qui n’est ni du texte ni une image\u202f: « {0} ». Supprimez-le, ou "
    "remplacez-le par une image, et envoyez le modèle de nouveau.",
    Reason.PICTURE: "Une image de ce modèle n’est ni en PNG, ni en JPEG, ni en GIF. Remplacez-la par une image PNG, et "
    "envoyez le modèle de nouveau.",
    Reason.FIELD: "Ce modèle contient un champ Word qui n’est pas accepté\u202f: « {0} ». Remplacez-le par du texte, "
    "et envoyez le modèle de nouveau.",
    Reason.TRACKED: "Ce modèle contient des commentaires ou des modifications suivies. Acceptez les modifications et "
    "supprimez les commentaires dans Word, et envoyez-le de nouveau.",
    Reason.MERGE: "Ce modèle est lié à un publipostage. Dans Word, choisissez « Document Word normal » (Publipostage), "
    "et envoyez-le de nouveau.",
    Reason.MARK: f"Ce modèle contient une variable qui n’est pas comprise\u202f: « {{0}} ». {_MARKS}",
    Reason.PLACE: "Ce modèle contient une accolade ailleurs que dans le texte (un lien, un champ, une équation). "
    "Déplacez la variable dans le texte, et envoyez-le de nouveau.",
    Reason.SHAPE: "Une condition ou une répétition de ce modèle commence dans un paragraphe ou un tableau et finit "
    "dans un autre. Écrivez {%p if nom %} seul sur sa ligne, et de même {%p endif %}, ou {%tr for x in liste %} dans "
    "une ligne de tableau à part.",
    Reason.VALUE: f"Ce modèle écrit comme un texte ce qui est une liste ou un groupe. {_MARKS}",
}  # fmt: skip
_CROWDED = "Trop de fichiers arrivent en même temps. Recommencez dans une minute."

Value = str | int | Decimal | Sequence["Value"] | Mapping[str, "Value"] | None
"""What a name may stand for: a text, a number, a list, a group of names; `None` when it is not known."""


@dataclass(frozen=True, slots=True)
class Template:
    """What a template asks for: « agent.name », « actions[] » for a list, « actions[].what » for what it holds.

    `optional` are those that it tests first, or has a word in place of: it does without them.
    """

    variables: tuple[str, ...]
    optional: tuple[str, ...]


class Missing(Refused):
    """A letter asks for names that nothing was given for."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        listed = ", ".join(f"« {name} »" for name in names)
        super().__init__(f"Il manque à cette lettre\u202f: {listed}. Complétez, ou retirez-les du modèle.")


def inspect(content: bytes) -> Template:
    """Check a template that somebody sends, and list what it asks for. Raises `Refused`, and nothing else."""
    if not content:
        raise Refused("Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre appareil, et envoyez-le de nouveau.")
    said, _ = _asked("inspect", content, {})
    return Template(tuple(said["variables"]), tuple(said["optional"]))


def gaps(template: Template, values: Mapping[str, Value]) -> tuple[str, ...]:
    """The names to show before a letter is made: without a value, or nothing but spaces. Not the optional ones."""
    return tuple(
        name for name in template.variables if name not in template.optional and _empty(values, name.split("."))
    )


def fill(content: bytes, values: Mapping[str, Value]) -> bytes:
    """The letter, as a .docx that Word edits. Raises `Missing`, or `Refused` as `inspect` does."""
    _, letter = _asked("fill", content, {name: _plain(value) for name, value in values.items()})
    return letter


def _empty(value: Any, path: list[str]) -> bool:
    if not path:
        return value is None or (isinstance(value, str) and not value.strip())
    found = value.get(path[0].removesuffix("[]")) if isinstance(value, Mapping) else None
    if not path[0].endswith("[]"):
        return _empty(found, path[1:])
    if not found or isinstance(found, str) or not isinstance(found, Sequence):
        return True
    return any(_empty(item, path[1:]) for item in found)


def _plain(value: Value) -> Any:
    """What a child may be told: text that Word can hold, and nothing of ours. Raises `TypeError`."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        return _UNWRITABLE.sub("", _ENDS.sub("\n", value)).replace("\n", _LINE).replace("\t", _TAB)
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(part) for part in value]
    raise TypeError(f"a letter is given text and whole numbers, dates already written, not {type(value).__name__}")


def _asked(task: str, content: bytes, values: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Have the child do it; what it says, and the letter. Raises `Refused`."""
    told = json.dumps(values).encode()
    if len(content) > MOST or len(told) > MOST_VALUES:
        raise Refused(_SAID[Reason.HEAVY])
    try:
        code, written = child.run("amarre.core.word_child", task, content=told + b"\n" + content)
    except child.Crowded as error:
        raise Refused(_CROWDED) from error
    except child.TooLong as error:
        raise Refused(_SAID[Reason.HEAVY]) from error
    if code:  # killed: it was asked for too much
        raise Refused(_SAID[Reason.HEAVY])
    line, _, letter = written.partition(b"\n")
    said = json.loads(line)
    if "bad" in said:
        raise refusal(Reason(said["bad"]), tuple(said["about"]))
    return said, letter


def refusal(reason: Reason, about: tuple[str, ...]) -> Refused:
    """What is said of a template that is not taken."""
    if reason == Reason.MISSING:
        return Missing(about)
    return Refused(_SAID[reason].replace("{0}", about[0] if about else "…"))
