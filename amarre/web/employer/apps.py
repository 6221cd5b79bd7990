"""Django application of the employer's door."""

from django.apps import AppConfig


class EmployerConfig(AppConfig):
    """Pages of the door, and who comes in."""

    name = "amarre.web.employer"
    label = "web_employer"

    def ready(self) -> None:
        from amarre.web.employer.entrance import employer_actor
        from amarre.web.ui.scope import open_door

        open_door("employer", employer_actor)
