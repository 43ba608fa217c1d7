from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "ahsp.exchange"
    label = "exchange"
