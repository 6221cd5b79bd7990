"""Address of the journal."""

from django.urls import path

from amarre.web.staff.journal import views

urlpatterns = [path("journal/", views.journal, name="journal")]
