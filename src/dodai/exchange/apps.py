from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "dodai.exchange"
    verbose_name = "取込と書き出し"
