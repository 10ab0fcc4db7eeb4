from django.apps import AppConfig


class CyclesConfig(AppConfig):
    name = "dodai.cycles"
    verbose_name = "期間"
