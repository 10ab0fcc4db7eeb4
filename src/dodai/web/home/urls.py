from django.urls import path

from dodai.web.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
]
