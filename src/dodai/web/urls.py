"""The pages, one folder a step."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dodai.web.home.urls")),
    path("components/", include("dodai.web.gallery.urls")),
]
