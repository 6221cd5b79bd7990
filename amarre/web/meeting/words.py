"""What the room of appointments says no with, and a person may read: here so that the catalogues hold it.

Read by `scripts/translations`. A sentence that is no longer said anywhere fails the tests.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

REFUSALS = (
    _("Ce créneau vient d’être pris. Choisissez-en un autre."),
    _("Vous avez déjà un rendez-vous à cette heure. Choisissez-en une autre."),
    _("Il est trop tard pour changer ce rendez-vous ici. Appelez le secrétariat."),
    _("Ce rendez-vous a été annulé."),
    _("Ce rendez-vous est passé\u00a0: il ne change plus."),
    _("Choisissez une réponse."),
    _("Cette place n’est plus proposée."),
)
