"""The way into the space of a person, under its own addresses: a code, a passkey, and the way out.

Read by the root URL configuration, before the door `employee`, whose pages stand under the same path. These views run
before anybody is somebody: no scope, no walled table.
"""

from django.urls import path
from django.views.i18n import set_language

from amarre.web.ui.entry import keys, space

urlpatterns = [
    path("connexion/", space.sign_in, name="space_sign_in"),
    path("connexion/code/", space.code, name="space_code"),
    path("connexion/cle/", keys.sign_in, name="space_passkey"),
    path("connexion/cle/options/", keys.sign_in_options, name="space_passkey_options"),
    path("cles/", keys.keys, name="space_keys"),
    path("cles/options/", keys.key_options, name="space_key_options"),
    path("cles/<int:pk>/retirer/", keys.remove, name="space_key_remove"),
    path("langue/", set_language, name="space_language"),
    path("sortir/", space.sign_out, name="space_sign_out"),
    path("sorti/", space.signed_out, name="space_signed_out"),
]
