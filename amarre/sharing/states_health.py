"""The words of what colleagues share about nobody: who reads a fact sheet.

Read by the room `sharing` and the doors.
"""

from __future__ import annotations

from django.db import models


class Audience(models.TextChoices):
    """Who reads a sheet; whoever writes sheets reads them all."""

    HEALTH_TEAM = "health_team", "Équipe de santé au travail"
    STAFF = "staff", "Tout le service"
    EMPLOYERS = "employers", "Tout le service et les employeurs"
