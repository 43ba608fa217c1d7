from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ahsp.accounts"
    label = "accounts"
