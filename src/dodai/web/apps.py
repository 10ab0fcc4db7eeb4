from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "dodai.web"
    verbose_name = "画面"
