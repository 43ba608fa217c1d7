"""The API of projects and their estimates."""

from ahsp.estimates.analyses import api as analyses
from ahsp.estimates.api import figures, projects, writes
from ahsp.estimates.bill import api as bill
from ahsp.estimates.prices import api as prices
from ahsp.estimates.quantities import api as quantities
from ahsp.estimates.spending import api as spending

api_urls = [
    *projects.api_urls,
    *figures.api_urls,
    *analyses.api_urls,
    *bill.api_urls,
    *prices.api_urls,
    *quantities.api_urls,
    *spending.api_urls,
    *writes.api_urls,
]
