from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "ahsp.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Let every app register the kinds of job it knows, and beat leave its trace."""
        autodiscover_modules("tasks", "beat")
