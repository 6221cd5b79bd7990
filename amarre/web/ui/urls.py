"""Address of the gallery; included by the staff door's URLconf. Must not know: any room."""

from django.urls import path

from amarre.web.ui.views import gallery

urlpatterns = [path("", gallery, name="ui_gallery")]
