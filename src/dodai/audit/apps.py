from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "dodai.audit"
    verbose_name = "監査"
