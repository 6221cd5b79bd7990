"""Addresses of sending somebody, of questions between colleagues, of fact sheets."""

from django.urls import path

from amarre.web.staff.health import questions, sending, sheets

urlpatterns = [
    path("adresser/", sending.send, name="send"),
    path("adresser/nouvelle/", sending.send_new, name="send_new"),
    path("adresser/<int:pk>/", sending.send_person, name="send_person"),
    path("questions/", questions.question_list, name="question_list"),
    path("questions/nouvelle/", questions.question_new, name="question_new"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("fiches/", sheets.sheet_list, name="sheet_list"),
    path("fiches/nouvelle/", sheets.sheet_new, name="sheet_new"),
    path("fiches/<int:pk>/", sheets.sheet, name="sheet"),
    path("fiches/<int:pk>/modifier/", sheets.sheet_edit, name="sheet_edit"),
    path("fiches/<int:pk>/publier/", sheets.sheet_publish, name="sheet_publish"),
    path("fiches/<int:pk>/retirer/", sheets.sheet_withdraw, name="sheet_withdraw"),
    path("fiches/<int:pk>/relire/", sheets.sheet_review, name="sheet_review"),
]
