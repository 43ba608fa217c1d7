from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "ahsp.core"
    label = "core"
