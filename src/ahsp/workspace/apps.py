from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "ahsp.workspace"
    label = "workspace"
