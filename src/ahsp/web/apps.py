from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ahsp.web"
    label = "web"
