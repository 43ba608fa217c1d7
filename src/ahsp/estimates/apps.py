from django.apps import AppConfig


class EstimatesConfig(AppConfig):
    name = "ahsp.estimates"
    label = "estimates"
