"""Every address of Amarre: one URL configuration per door, each under its own path and namespace.

Read by Django. The namespace decides under which actor a view runs (`web.ui.scope`).
"""

from django.urls import include, path

from amarre.web.ui.drafts import save_draft

urlpatterns = [
    path("", include(("amarre.web.public.urls", "public"))),
    path("pro/", include(("amarre.web.staff.urls", "staff"))),
    path("compte/", include("amarre.config.urls.entry")),
    path("", include(("amarre.web.api.urls", "api"))),
    path("brouillon/", save_draft, name="save_draft"),
]

handler400 = "amarre.web.ui.errors.bad_request"
handler403 = "amarre.web.ui.errors.forbidden"
handler404 = "amarre.web.ui.errors.not_found"
handler500 = "amarre.web.ui.errors.server_error"
