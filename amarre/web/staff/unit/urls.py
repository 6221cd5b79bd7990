"""Addresses of the PDP unit, and of interviews held with somebody else."""

from django.urls import path

from amarre.web.staff.unit import accounts, items, meetings, nameless, seats, together, views

urlpatterns = [
    path("cellule/", views.unit, name="unit"),
    path("cellule/reunions/nouvelle/", meetings.meeting_new, name="unit_meeting_new"),
    path("cellule/reunions/<int:pk>/", views.meeting, name="unit_meeting"),
    path("cellule/reunions/<int:pk>/imprimer/", views.meeting_print, name="unit_meeting_print"),
    path("cellule/reunions/<int:pk>/modifier/", meetings.meeting_edit, name="unit_meeting_edit"),
    path("cellule/reunions/<int:pk>/participants/", meetings.participants, name="unit_participants"),
    path("cellule/reunions/<int:pk>/etat/", meetings.meeting_settle, name="unit_meeting_settle"),
    path("cellule/reunions/<int:pk>/point/", items.put, name="unit_item_put"),
    path("cellule/reunions/<int:pk>/point-anonyme/", nameless.put, name="unit_item_nameless"),
    path("cellule/points/<int:pk>/", items.item, name="unit_item"),
    path("cellule/points/<int:pk>/ouvrir/", items.item_open, name="unit_item_open"),
    path("cellule/points/<int:pk>/retirer/", items.item_remove, name="unit_item_remove"),
    path("cellule/points/<int:pk>/compte-rendu/", accounts.item_minutes, name="unit_minutes"),
    path("cellule/decisions/<int:pk>/fait/", items.decision_done, name="unit_decision_done"),
    path("dossiers/<int:pk>/entretiens-a-plusieurs/", together.together, name="case_together"),
    path("dossiers/<int:pk>/entretiens-a-plusieurs/nouveau/", together.together_new, name="case_together_new"),
    path("dossiers/<int:pk>/entretiens-a-plusieurs/<int:row_pk>/", together.together_edit, name="case_together_edit"),
    path(
        "dossiers/<int:pk>/entretiens-a-plusieurs/<int:row_pk>/etat/",
        together.together_settle,
        name="case_together_settle",
    ),
    path(
        "dossiers/<int:pk>/entretiens-a-plusieurs/<int:row_pk>/conclusion/",
        accounts.together_minutes,
        name="case_together_conclude",
    ),
    path("reglages/cellules/", seats.unit_list, name="settings_units"),
    path("reglages/cellules/nouvelle/", seats.unit_new, name="settings_unit_new"),
    path("reglages/cellules/<int:pk>/", seats.unit_seats, name="settings_unit"),
    path("reglages/cellules/<int:pk>/modifier/", seats.unit_edit, name="settings_unit_edit"),
    path("reglages/cellules/sieges/<int:pk>/fin/", seats.seat_end, name="settings_unit_leave"),
]
