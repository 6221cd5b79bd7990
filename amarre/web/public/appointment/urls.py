"""Addresses of a link to an appointment, in a namespace of their own: their actor is who holds the link."""

from django.urls import path

from amarre.web.public.appointment import views

urlpatterns = [
    path("<str:secret>/", views.appointment, name="appointment"),
    path("<str:secret>/dates/", views.slots, name="appointment_slots"),
    path("<str:secret>/dates/<int:starts>/", views.check, name="appointment_check"),
    path("<str:secret>/groupe/<int:meeting>/", views.group, name="appointment_group"),
    path("<str:secret>/note/", views.kept, name="appointment_kept"),
    path("<str:secret>/annuler/", views.cancel, name="appointment_cancel"),
    path("<str:secret>/reponse/", views.reply, name="appointment_reply"),
    path("<str:secret>/attente/", views.wait, name="appointment_wait"),
    path("<str:secret>/place/<int:pk>/", views.offer, name="appointment_offer"),
    path("<str:secret>/rendez-vous.ics", views.file, name="appointment_file"),
]
