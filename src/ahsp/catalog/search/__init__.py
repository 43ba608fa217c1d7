"""Search of an edition in process: the same answers on the web and at the command line."""

from ahsp.catalog.search.index import SearchIndex
from ahsp.catalog.search.ranking import Hit, search

__all__ = ["Hit", "SearchIndex", "search"]
