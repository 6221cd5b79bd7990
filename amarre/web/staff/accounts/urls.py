"""Addresses of the accounts and of « Mes accès »."""

from django.urls import path

from amarre.web.staff.accounts import views

urlpatterns = [
    path("mes-acces/", views.my_access, name="my_access"),
    path("comptes/", views.account_list, name="account_list"),
    path("comptes/inviter/", views.account_invite, name="account_invite"),
    path("comptes/<int:pk>/", views.account_edit, name="account_edit"),
    path("comptes/<int:pk>/relancer/", views.account_resend, name="account_resend"),
    path("comptes/<int:pk>/desactiver/", views.account_disable, name="account_disable"),
    path("comptes/<int:pk>/reactiver/", views.account_enable, name="account_enable"),
    path("comptes/<int:pk>/second-facteur/", views.account_second_factor, name="account_second_factor"),
]
