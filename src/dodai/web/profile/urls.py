from django.urls import path

from dodai.web.profile import views

app_name = "profile"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("language/", views.language, name="language"),
    path("sessions/<int:pk>/end/", views.session_end, name="session_end"),
]
