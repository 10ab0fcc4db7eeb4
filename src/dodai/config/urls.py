"""Every address of the product. Each one is declared in ops/matrix.toml, or the checks fail."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("dodai.web.urls")),
]

handler404 = "dodai.web.errors.not_found"
handler500 = "dodai.web.errors.our_mistake"
