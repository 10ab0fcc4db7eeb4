from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "dodai.ops"
    verbose_name = "運用"

    def ready(self) -> None:
        from dodai.ops import checks  # noqa: F401  (registers the checks)
