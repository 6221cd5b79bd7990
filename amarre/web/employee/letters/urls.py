"""Addresses of letters."""

from django.urls import path

from amarre.web.employee.letters import views

urlpatterns = [
    path("courriers/", views.letter_list, name="letter_list"),
    path("courriers/<int:pk>/", views.letter, name="letter"),
]
