from django.apps import AppConfig


class PricesConfig(AppConfig):
    name = "ahsp.prices"
    label = "prices"
