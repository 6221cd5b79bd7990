"""Addresses of the cases."""

from django.urls import path

from amarre.web.staff.cases import closing, members, notes, views

urlpatterns = [
    path("dossiers/", views.case_list, name="case_list"),
    path("dossiers/chercher/", views.note_search, name="note_search"),
    path("ecrire/", views.note_where, name="note_where"),
    path("dossiers/<int:pk>/", views.case, name="case"),
    path("dossiers/<int:pk>/situation/", views.case_situation, name="case_situation"),
    path("dossiers/<int:pk>/consigne/", views.case_warn, name="case_warn"),
    path("dossiers/<int:pk>/attente/", views.case_hold, name="case_hold"),
    path("dossiers/<int:pk>/note/", notes.note_new, name="note_new"),
    path("dossiers/<int:pk>/note/<int:note_pk>/", notes.note_edit, name="note_edit"),
    path("dossiers/<int:pk>/note/<int:note_pk>/ouvrir/", notes.note_open, name="note_open"),
    path("dossiers/<int:pk>/note/<int:note_pk>/detruire/", notes.note_destroy, name="note_destroy"),
    path("dossiers/<int:pk>/acces/", members.case_members, name="case_members"),
    path("dossiers/<int:pk>/acces/<int:member_pk>/fin/", members.member_end, name="member_end"),
    path("dossiers/<int:pk>/passer-la-main/", members.case_hand_over, name="case_hand_over"),
    path("dossiers/<int:pk>/clore/", closing.case_close, name="case_close"),
    path("dossiers/<int:pk>/rouvrir/", closing.case_reopen, name="case_reopen"),
    path("dossiers/<int:pk>/rappel/<int:back_pk>/", closing.look_back, name="look_back"),
]
