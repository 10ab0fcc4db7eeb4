from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "dodai.api"
    verbose_name = "API"
