from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "dodai.goals"
    verbose_name = "目標"
