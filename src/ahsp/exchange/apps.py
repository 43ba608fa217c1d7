from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "ahsp.exchange"
    label = "exchange"

    def ready(self) -> None:
        from ahsp.exchange.bill_paste import commands as bill_commands  # noqa: F401 its import registers commands
        from ahsp.exchange.price_lists import commands  # noqa: F401 as above
        from ahsp.exchange.versions import commands as of_versions  # noqa: F401 the same
