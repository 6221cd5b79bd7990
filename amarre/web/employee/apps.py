"""Django application of the person's door."""

from django.apps import AppConfig


class EmployeeConfig(AppConfig):
    """Templates of the space, and who comes in."""

    name = "amarre.web.employee"
    label = "web_employee"

    def ready(self) -> None:
        from amarre.web.employee.entrance import person_actor
        from amarre.web.ui.scope import open_door

        open_door("employee", person_actor)
