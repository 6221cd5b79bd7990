"""Addresses of the contacts of employers and of the advice."""

from django.urls import path

from amarre.web.staff.employers import advising, views

urlpatterns = [
    path("etablissements/<int:pk>/contacts/", views.contact_list, name="contact_list"),
    path("etablissements/<int:pk>/contacts/inviter/", views.contact_invite, name="contact_invite"),
    path("contacts/<int:pk>/", views.contact, name="contact"),
    path("contacts/<int:pk>/renvoyer/", views.contact_resend, name="contact_resend"),
    path("contacts/<int:pk>/fin/", views.contact_end, name="contact_end"),
    path("conseils/", advising.advice_list, name="advice_list"),
    path("conseils/<int:pk>/", advising.advice, name="advice"),
    path("conseils/<int:pk>/prendre/", advising.advice_take, name="advice_take"),
    path("conseils/<int:pk>/effacer/", advising.advice_set_aside, name="advice_set_aside"),
]
