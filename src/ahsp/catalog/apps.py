from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "ahsp.catalog"
    label = "catalog"
