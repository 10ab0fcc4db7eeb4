"""The pages, one folder a step."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dodai.web.home.urls")),
    path("components/", include("dodai.web.gallery.urls")),
    path("work/", include("dodai.web.work.urls")),
    path("goals/", include("dodai.web.goals.urls")),
    path("sheets/", include("dodai.web.sheets.urls")),
    path("exchange/", include("dodai.web.exchange.urls")),
    path("organization/", include("dodai.web.organization.urls")),
    path("cycles/", include("dodai.web.cycles.urls")),
    path("settings/", include("dodai.web.settings.urls")),
    path("audit/", include("dodai.web.audit.urls")),
    path("profile/", include("dodai.web.profile.urls")),
    path("indicators/", include("dodai.web.indicators.urls")),
    path("org-goals/", include("dodai.web.org_goals.urls")),
]
