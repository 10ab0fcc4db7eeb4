from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "dodai.work"
    verbose_name = "業務"
