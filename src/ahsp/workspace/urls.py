from django.urls import path

from ahsp.workspace import views

app_name = "workspace"
urlpatterns = [
    path("p/<slug:code>/work/", views.shell, name="shell"),
    path("p/<slug:code>/work/<slug:step>/", views.shell, name="step"),
]
