from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "dodai.indicators"
    verbose_name = "指標"
