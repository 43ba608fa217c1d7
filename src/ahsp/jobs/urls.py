from django.urls import path

from ahsp.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/", views.index, name="index"),
    path("jobs/<uuid:pk>/", views.job, name="job"),
    path("jobs/<uuid:pk>/file/", views.file, name="file"),
    path("jobs/<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("jobs/<uuid:pk>/retry/", views.retry, name="retry"),
]
