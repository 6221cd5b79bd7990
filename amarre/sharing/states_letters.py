"""What letters are for, and in what format they are kept.

Read by the models of letters, their commands and the doors.
"""

from django.db import models


class LetterKind(models.TextChoices):
    """Whom a letter is for, and what it is made of."""

    TRANSMISSION = "transmission", "Courrier à un destinataire"
    PERSON = "person", "Courrier à la personne"
    CERTIFICATE = "certificate", "Attestation de présence"


TEMPLATES = [choice for choice in LetterKind.choices if choice[0] != LetterKind.CERTIFICATE]
"""Templates are for letters; a certificate is always the built-in one, that has no place for a reason."""


class LetterFormat(models.TextChoices):
    """A letter made of a Word template stays editable; a built-in one is a tagged PDF."""

    DOCX = "docx", "Word"
    PDF = "pdf", "PDF"
