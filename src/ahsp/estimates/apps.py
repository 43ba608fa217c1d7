from django.apps import AppConfig


class EstimatesConfig(AppConfig):
    name = "ahsp.estimates"
    label = "estimates"

    def ready(self) -> None:
        from ahsp.estimates import registration  # noqa: F401 its import registers tables and commands
