"""Django application of the pages that two doors share."""

from django.apps import AppConfig


class MeetingConfig(AppConfig):
    """Templates of an appointment."""

    name = "amarre.web.meeting"
    label = "web_meeting"
