from django.urls import path

from dodai.web.settings import roles, views

app_name = "settings"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("company/", views.company, name="company"),
    path("calendar/", views.calendar, name="calendar"),
    path("holidays/<int:pk>/removal/", views.holiday_removal, name="holiday_removal"),
    path("roles/", roles.roles, name="roles"),
    path("roles/new/", roles.role_new, name="role_new"),
    path("roles/<int:pk>/end/", roles.role_end, name="role_end"),
    path("delegations/", roles.delegations, name="delegations"),
    path("delegations/new/", roles.delegation_new, name="delegation_new"),
    path("delegations/<int:pk>/end/", roles.delegation_end, name="delegation_end"),
]
