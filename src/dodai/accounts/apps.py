from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "dodai.accounts"
    verbose_name = "アカウント"
