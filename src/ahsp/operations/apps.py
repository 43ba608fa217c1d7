from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "ahsp.operations"
    label = "operations"
