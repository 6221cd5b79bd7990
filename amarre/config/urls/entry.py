"""Signing in and out, and the second factor: the library's views under French addresses.

Read by the root URL configuration. These views run before anybody is somebody: no scope, no walled table.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from amarre.web.ui.entry import views as entry
from amarre.web.ui.entry.space import not_for_persons

urlpatterns = [
    path("", entry.home, name="entry_home"),
    path("mes-acces/", entry.access, name="entry_access"),
    path("invitation/<str:uid>/<str:key>/", entry.invitation, name="entry_invitation"),
    path("connexion/", entry.sign_in, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("confirmer/", not_for_persons(account.reauthenticate), name="account_reauthenticate"),
    path("mot-de-passe/", not_for_persons(account.password_change), name="account_change_password"),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/fait/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-facteur/", not_for_persons(mfa.index), name="mfa_index"),
    path("second-facteur/code/", not_for_persons(mfa.authenticate), name="mfa_authenticate"),
    path("second-facteur/confirmer/", not_for_persons(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-facteur/application/", not_for_persons(entry.activate_totp), name="mfa_activate_totp"),
    path("second-facteur/application/retirer/", not_for_persons(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-facteur/secours/", not_for_persons(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "second-facteur/secours/nouveaux/",
        not_for_persons(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-facteur/secours/fichier/",
        not_for_persons(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
