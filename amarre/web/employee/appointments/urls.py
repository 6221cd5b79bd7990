"""Addresses of my appointments."""

from django.urls import path

from amarre.web.employee.appointments import views

urlpatterns = [
    path("rendez-vous/", views.appointment_list, name="appointment_list"),
    path("rendez-vous/<int:pk>/", views.appointment, name="appointment"),
    path("rendez-vous/<int:pk>/dates/", views.slots, name="appointment_slots"),
    path("rendez-vous/<int:pk>/dates/<int:starts>/", views.check, name="appointment_check"),
    path("rendez-vous/<int:pk>/groupe/<int:meeting>/", views.group, name="appointment_group"),
    path("rendez-vous/<int:pk>/note/", views.kept, name="appointment_kept"),
    path("rendez-vous/<int:pk>/annuler/", views.cancel, name="appointment_cancel"),
    path("rendez-vous/<int:pk>/reponse/", views.reply, name="appointment_reply"),
    path("rendez-vous/<int:pk>/attente/", views.wait, name="appointment_wait"),
    path("rendez-vous/<int:pk>/place/<int:offered>/", views.offer, name="appointment_offer"),
    path("rendez-vous/<int:pk>/rendez-vous.ics", views.file, name="appointment_file"),
]
