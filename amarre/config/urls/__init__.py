"""Every address of Amarre: one URL configuration per door, each under its own path and namespace.

Read by Django. The namespace decides under which actor a view runs (`web.ui.scope`).
"""

from django.urls import include, path

from amarre.web.ui.drafts import save_draft
from amarre.web.ui.entry.views import mailbox

urlpatterns = [
    path("", include(("amarre.web.public.urls", "public"))),
    path("rdv/", include(("amarre.web.public.appointment.urls", "rdv"))),
    path("pro/", include(("amarre.web.staff.urls", "staff"))),
    path("compte/", include("amarre.config.urls.entry")),
    path("espace/", include("amarre.config.urls.space")),
    path("espace/", include(("amarre.web.employee.urls", "employee"))),
    path("employeur/", include(("amarre.web.employer.urls", "employer"))),
    path("partenaire/", include(("amarre.web.partner.urls", "partner"))),
    path("", include(("amarre.web.api.urls", "api"))),
    path("boite-aux-lettres/", mailbox, name="mailbox"),
    path("brouillon/", save_draft, name="save_draft"),
]

handler400 = "amarre.web.ui.errors.bad_request"
handler403 = "amarre.web.ui.errors.forbidden"
handler404 = "amarre.web.ui.errors.not_found"
handler429 = "amarre.web.ui.entry.views.too_many"
handler500 = "amarre.web.ui.errors.server_error"
