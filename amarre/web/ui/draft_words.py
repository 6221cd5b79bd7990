"""What `static/ui/drafts.js` says, where it does not speak French; its own words are the same.

Read by `templatetags/ui.py`. Must not know: any form, any draft.
"""

from __future__ import annotations

import json

from django.utils.translation import get_language, gettext_lazy

DRAFT_WORDS = {
    "saved": gettext_lazy("Brouillon enregistré à %(hour)s"),
    "conflict": gettext_lazy(
        "Ce texte a aussi été modifié ailleurs. Le vôtre reste à l’écran, mais n’est plus gardé en brouillon. "
    ),
    "other": gettext_lazy("Voir l’autre version (nouvel onglet)"),
    "over": gettext_lazy(
        "Cette page est ouverte depuis trop longtemps pour garder un brouillon. Votre texte reste à l’écran\u202f: "
        "envoyez-le, ou copiez-le avant de fermer."
    ),
    "failed": gettext_lazy(
        "Le brouillon n’a pas pu être enregistré\u202f: votre texte reste à l’écran. Nouvel essai dans %(wait)s\u202fs…"
    ),
    "offline": gettext_lazy("Pas de réseau\u202f: votre texte reste à l’écran. Nouvel essai dans %(wait)s\u202fs…"),
}


def draft_words() -> str:
    """The words as JSON, for a page in another language; nothing for a French one."""
    if get_language() in (None, "fr"):
        return ""
    return json.dumps({name: str(sentence) for name, sentence in DRAFT_WORDS.items()}, ensure_ascii=False)
