"""Addresses of collective actions."""

from django.urls import path

from amarre.web.staff.collective import acts, log, sessions, shelf, telling, views, year

urlpatterns = [
    path("collectif/", views.board_page, name="collective"),
    path("collectif/nouvelle/", views.new, name="collective_new"),
    path("collectif/<int:pk>/", views.action, name="collective_action"),
    path("collectif/<int:pk>/accord/", acts.agreement, name="collective_agreement"),
    path("collectif/<int:pk>/sans-suite/", acts.refuse, name="collective_refuse"),
    path("collectif/<int:pk>/retirer/", acts.withdraw, name="collective_withdraw"),
    path("collectif/<int:pk>/evaluation/ouvrir/", acts.evaluation_open, name="collective_evaluation_open"),
    path("collectif/<int:pk>/evaluation/fermer/", acts.evaluation_close, name="collective_evaluation_close"),
    path("collectif/<int:pk>/sollicitations/", acts.follow_ups, name="collective_follow_ups"),
    path("collectif/<int:pk>/compte-rendu/", acts.report, name="collective_account"),
    path("collectif/<int:pk>/compte-rendu/papier/", telling.account_file, name="collective_account_file"),
    path("collectif/<int:pk>/annoncer/", telling.tell, name="collective_tell"),
    path("collectif/<int:pk>/annoncer/<slug:which>/", telling.paper, name="collective_told"),
    path("collectif/<int:pk>/agenda/", telling.calendar, name="collective_told_calendar"),
    path("collectif/<int:pk>/carte/", telling.card, name="collective_evaluation_card"),
    path("collectif/<int:pk>/seances/nouvelle/", sessions.new, name="collective_session_new"),
    path("collectif/seances/<int:pk>/", sessions.session, name="collective_session"),
    path("collectif/seances/<int:pk>/modifier/", sessions.edit, name="collective_session_edit"),
    path("collectif/seances/<int:pk>/annuler/", sessions.cancel, name="collective_session_cancel"),
    path("collectif/inscriptions/<int:pk>/retirer/", sessions.unseat, name="collective_seat_remove"),
    path("collectif/seances/<int:pk>/emargement/", sessions.sign, name="collective_attendance"),
    path("collectif/seances/<int:pk>/feuille/", telling.sheet, name="collective_sign_in_sheet"),
    path("collectif/emargement/<int:pk>/attestation/", telling.certificate, name="collective_certificate"),
    path("collectif/emargement/<int:pk>/retirer/", sessions.unsign, name="collective_attendance_remove"),
    path("collectif/catalogue/", shelf.catalogue, name="collective_catalogue"),
    path("collectif/catalogue/ajouter/", shelf.offer_new, name="collective_offer_new"),
    path("collectif/catalogue/<int:pk>/", shelf.offer, name="collective_offer"),
    path("collectif/supports/", shelf.materials, name="collective_materials"),
    path("collectif/supports/<int:pk>/", shelf.material, name="collective_material"),
    path("collectif/supports/<int:pk>/fichier/", shelf.file, name="collective_material_file"),
    path("collectif/supports/<int:pk>/retirer/", shelf.material_withdraw, name="collective_material_withdraw"),
    path("collectif/travail/", log.log, name="collective_log"),
    path("collectif/travail/noter/", log.new, name="collective_improvement_new"),
    path("collectif/travail/<int:pk>/", log.improvement, name="collective_improvement"),
    path("collectif/annee/", year.year, name="collective_year"),
    path("collectif/annee/<int:of>/classeur/", year.workbook, name="collective_year_file"),
]
