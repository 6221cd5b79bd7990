"""Addresses of the questions of the end, as they stand on a card at the door (`collective/links.py`)."""

from django.urls import path

from amarre.web.public.groups import questions

urlpatterns = [
    path("<str:code>/", questions.questions, name="groups_questions"),
    path("<str:code>/avant/", questions.before, name="groups_before"),
    path("<str:code>/apres/", questions.after, name="groups_after"),
    path("<str:code>/merci/", questions.thanks, name="groups_thanks"),
]
