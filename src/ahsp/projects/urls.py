from django.urls import path

from ahsp.projects import views

app_name = "projects"
urlpatterns = [
    path("projects/new/", views.create, name="create"),
    path("p/<slug:code>/settings/", views.settings, name="settings"),
]
