from django.urls import path

from ahsp.catalog import views

app_name = "catalog"
urlpatterns = [
    path("catalog/", views.index, name="index"),
    path("catalog/reload/", views.reload, name="reload"),
    path("catalog/<slug:slug>/", views.edition, name="edition"),
    path("catalog/<slug:slug>/suggest/", views.suggest, name="suggest"),
]
