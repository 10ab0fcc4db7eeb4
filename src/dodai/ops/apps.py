from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "dodai.ops"
    verbose_name = "運用"
