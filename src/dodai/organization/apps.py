from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "dodai.organization"
    verbose_name = "組織"
