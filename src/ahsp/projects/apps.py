from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "ahsp.projects"
    label = "projects"

    def ready(self) -> None:
        from ahsp.projects import settings_commands, undo  # noqa: F401 their import registers commands
        from ahsp.projects.comments import commands as of_comments  # noqa: F401 the same
        from ahsp.projects.log import restore, row_words  # noqa: F401 the same, and words for the settings
        from ahsp.projects.people import commands as of_people  # noqa: F401 the same
