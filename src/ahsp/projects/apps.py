from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "ahsp.projects"
    label = "projects"

    def ready(self) -> None:
        from ahsp.projects import settings_commands, undo  # noqa: F401 their import registers commands
        from ahsp.projects.people import commands  # noqa: F401 the same
