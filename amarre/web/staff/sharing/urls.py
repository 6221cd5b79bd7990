"""Addresses of the single way out, on the members' side."""

from django.urls import path

from amarre.web.staff.sharing import agreements, exceptions, transmissions

urlpatterns = [
    path("dossiers/<int:pk>/accords/", agreements.sharing, name="sharing"),
    path("dossiers/<int:pk>/accords/nouveau/", agreements.agreement_new, name="sharing_agreement_new"),
    path("dossiers/<int:pk>/accords/<int:agreement_pk>/", agreements.agreement, name="sharing_agreement"),
    path("dossiers/<int:pk>/accords/<int:agreement_pk>/oui/", agreements.agreement_give, name="sharing_agreement_give"),
    path(
        "dossiers/<int:pk>/accords/<int:agreement_pk>/non/",
        agreements.agreement_decline,
        name="sharing_agreement_decline",
    ),
    path(
        "dossiers/<int:pk>/accords/<int:agreement_pk>/reprendre/",
        agreements.agreement_withdraw,
        name="sharing_agreement_withdraw",
    ),
    path("dossiers/<int:pk>/transmettre/", transmissions.compose, name="sharing_compose"),
    path("dossiers/<int:pk>/exception/", exceptions.exception_new, name="sharing_exception"),
    path("transmissions/<int:pk>/", transmissions.transmission, name="transmission"),
    path("transmissions/<int:pk>/modifier/", transmissions.edit, name="transmission_edit"),
    path("transmissions/<int:pk>/envoyer/", transmissions.send, name="transmission_send"),
    path("transmissions/<int:pk>/rappeler/", transmissions.recall, name="transmission_recall"),
    path("transmissions/<int:pk>/jeter/", transmissions.discard, name="transmission_discard"),
    path("transmissions/<int:pk>/reponses/vues/", transmissions.see, name="transmission_see"),
    path("exceptions/", exceptions.exception_list, name="exception_list"),
    path("exceptions/<int:pk>/relire/", exceptions.exception_review, name="exception_review"),
]
