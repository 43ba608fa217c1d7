"""The API of projects and their estimates."""

from ahsp.estimates.api import figures, projects, writes

api_urls = [*projects.api_urls, *figures.api_urls, *writes.api_urls]
