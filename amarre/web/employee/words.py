"""What rooms say in French and a person may read: listed here so that the catalogues of other languages hold it.

Read by `scripts/translations`. A sentence that is no longer said anywhere fails the tests. Must not know what it
means: the page that shows it (`error_summary`, a state) looks it up.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

REFUSALS = (
    _("Le message est vide. Écrivez au moins une phrase."),
    _("Aucune réponse n’est donnée. Une seule suffit."),
    _("Cette réponse est déjà donnée. Merci."),
    _("Votre suivi est terminé. Vous pouvez demander de l’aide à nouveau."),
    _("Vous l’avez déjà demandé. Le service vous répond."),
    _("Cette grille est terminée\u00a0: elle ne change plus. Commencez-en une autre."),
    _("Cette grille est déjà terminée."),
    _("Aucune réponse n’est donnée. Répondez à une question au moins, ou laissez la grille ouverte."),
    _("Une réponse est déjà écrite pour cette version, ou une autre l’a remplacée."),
    _("Cet objectif n’attend plus de réponse."),
    _("Il y a déjà beaucoup d’objectifs en cours. Terminez-en un avant d’en ajouter."),
    _("Nous n’avons pas encore cette adresse ou ce numéro. Dites-le à la personne qui vous accompagne."),
    _("Cet objectif est terminé\u00a0: il ne change plus."),
    _("Il manque le nom."),
    _("Une personne de confiance est déjà nommée. Retirez-la d’abord."),
    _("C’est déjà fini."),
    _("Vous demandez un appel, et de ne pas vous appeler. Gardez l’un des deux."),
    _("Dites ce qu’il faut corriger, avec vos mots."),
    _("Vous l’avez déjà demandé. La réponse arrive ici."),
    _("Cela vient d’être enregistré par une autre page. Rechargez pour le voir."),
)
SHARING = (
    _("Cette demande d’accord a déjà sa réponse."),
    _("La date de cet accord est passée. Demandez-en un autre."),
    _("Cet accord n’est pas en cours\u00a0: il n’y a rien à reprendre."),
    _("J’accepte que la personne qui m’accompagne parle de moi à {party}."),
    _("C’est pour ceci\u00a0: {purpose}."),
    _("Elle dira ce qui est écrit ici, et rien d’autre."),
    _("Mon accord vaut jusqu’au {until}."),
    _("Je peux le reprendre à tout moment, sans dire pourquoi."),
    _("Si je le reprends, plus rien ne part, et personne n’est prévenu."),
    _("Préparer le retour au travail"),
    _("Adapter le poste, les horaires ou le contrat"),
    _("Chercher un autre poste ou un autre métier"),
    _("Faire valoir des droits"),
    _("Obtenir une aide financière"),
    _("Trouver un appui près de chez soi"),
    _("En parler à la cellule de maintien en emploi"),
    _("Se voir à plusieurs"),
    _("Dire que l’accompagnement est en cours, sans dire pourquoi"),
    _("Autre but, à préciser"),
    _("Réponse"),
    _("Accepté"),
    _("Refusé"),
    _("À discuter"),
    _("Commencé"),
    _("Terminé"),
)
STATES = (
    _("à préparer"),
    _("déposée"),
    _("reçue"),
    _("complément demandé"),
    _("accordée"),
    _("refusée"),
    _("accordée en partie"),
    _("recours"),
    _("terminée"),
    _("abandonnée"),
)
PAPERS = (
    _("Il y a déjà beaucoup de documents ici. Retirez-en avant d’en ajouter."),
    _("L’antivirus refuse ce fichier. Il n’est pas gardé. Prenez plutôt une photo du papier."),
    _("L’antivirus ne répond pas encore. Le document est gardé\u00a0; réessayez dans quelques minutes."),
    _("Ce document est déjà analysé."),
    _("Ce document n’est plus là."),
    _("Ce document est déjà retiré."),
    _("Ce document prouve un accord\u00a0: il reste avec le projet."),
    _("Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre appareil, et envoyez-le de nouveau."),
    _("Ce fichier dépasse 10 Mo. Envoyez-le en plusieurs parties, ou en moins bonne qualité."),
    _("Ce fichier n’est ni une photo ni un PDF. Envoyez une photo (JPEG, PNG ou WEBP) ou un PDF."),
    _("Un document Word, Excel ou une archive ne peut pas être reçu. Enregistrez-le au format PDF, et envoyez le PDF."),
    _("Cette image est abîmée ou incomplète. Reprenez la photo, ou envoyez-la de nouveau."),
    _("Trop de fichiers arrivent en même temps. Envoyez le vôtre de nouveau dans une minute."),
)
