"""Every address of the product. Each one is declared in ops/matrix.toml, or the checks fail."""

from allauth.account import urls as account
from allauth.mfa import urls as mfa
from allauth.socialaccount import urls as other_logins
from allauth.usersessions import urls as sessions
from django.urls import include, path, re_path

from dodai.api.root import urls as api
from dodai.web.errors import not_offered

#: Pages of allauth that would let people change by themselves what 人事 or the administrator keeps.
_NOT_OFFERED = r"^accounts/(?:email|confirm-email|password/set|login/code|3rdparty)(?:/.*)?$"

urlpatterns = [
    re_path(_NOT_OFFERED, not_offered, name="account_not_offered"),
    path("accounts/", include(account)),
    path("accounts/2fa/", include(mfa)),
    path("accounts/3rdparty/", include(other_logins)),
    path("accounts/sessions/", include(sessions)),
    path("api/", api),
    path("", include("dodai.web.urls")),
]

handler404 = "dodai.web.errors.not_found"
handler500 = "dodai.web.errors.our_mistake"
