"""Every address of the API: each app has its own in `api.py`."""

from django.urls import include, path, re_path

from ahsp.accounts.api import api_urls as of_accounts
from ahsp.catalog.api import api_urls as of_catalog
from ahsp.core.api.views import SchemaView, docs, no_such_address
from ahsp.estimates.api import api_urls as of_estimates
from ahsp.exchange.api import api_urls as of_exchange
from ahsp.exchange.price_lists.api import api_urls as of_price_lists
from ahsp.jobs.api import api_urls as of_jobs
from ahsp.operations.api import api_urls as of_operations
from ahsp.projects.api import api_urls as of_projects
from ahsp.workspace.api import api_urls as of_workspace
from ahsp.workspace.live.api import live_urls

app_name = "api"
version_2 = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    *of_accounts,
    *of_catalog,
    *of_projects,
    *of_estimates,
    *of_exchange,
    *of_price_lists,
    *of_jobs,
    *of_operations,
    *of_workspace,
    *live_urls,
]
urlpatterns = [
    path("v2/", include(version_2)),
    re_path(r"", no_such_address, name="nothing"),
]
