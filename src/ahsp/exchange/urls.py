from django.urls import path

from ahsp.exchange import downloads, views
from ahsp.exchange.versions.views import comparison

app_name = "exchange"
urlpatterns = [
    path("projects/example/", views.example, name="example"),
    path("p/<slug:code>/import/", views.upload, name="import"),
    path("p/<slug:code>/import/<int:pk>/", views.preview, name="preview"),
    path("p/<slug:code>/import/<int:pk>/apply/", views.apply, name="apply"),
    path("p/<slug:code>/copy/", views.copy, name="copy"),
    path("p/<slug:code>/documents/", downloads.document, name="document"),
    path("p/<slug:code>/versions/compare.<slug:ending>", comparison, name="comparison"),
    path("p/<slug:code>/rab.json", downloads.rab_json, name="rab_json"),
]
