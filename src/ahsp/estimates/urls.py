from django.urls import path

from ahsp.estimates import views
from ahsp.estimates.spending.views import table_csv

app_name = "estimates"
urlpatterns = [
    path("projects/", views.project_list, name="projects"),
    path("projects/spend.csv", views.spend_csv, name="spend_csv"),
    path("projects/suggest/", views.suggest_projects, name="suggest_projects"),
    path("catalog/<slug:slug>/a/<str:code>/", views.analysis, name="analysis"),
    path("p/<slug:code>/", views.rab, name="rab"),
    path("p/<slug:code>/recap/", views.recap, name="recap"),
    path("p/<slug:code>/tables/<slug:table>.csv", table_csv, name="table_csv"),
    path("p/<slug:code>/items/<int:pk>/", views.item, name="item"),
]
