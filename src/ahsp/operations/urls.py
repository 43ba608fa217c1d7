from django.urls import include, path

from ahsp.operations import views

of_administrators = [
    path("", views.overview, name="overview"),
    path("now/", views.now, name="now"),
    path("series/", views.series, name="series"),
    path("series/<slug:name>.csv", views.series_csv, name="series_csv"),
]
urlpatterns = [
    path("operations/", include((of_administrators, "operations"))),
    path("livez", views.livez, name="livez"),
    path("livez/stream", views.stream, name="stream"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
]
