from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "ahsp.projects"
    label = "projects"
