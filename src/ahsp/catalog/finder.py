"""Search in a loaded edition: the same index and ranking as the command line's, built once per process."""

from __future__ import annotations

from functools import lru_cache

from ahsp.catalog.models import Analysis, Edition
from ahsp.catalog.packages import AnalysisRecord
from ahsp.catalog.search import SearchIndex, search

FIELDS = ("code", "division", "section", "name", "unit", "agreement", "position")


@lru_cache(maxsize=8)
def _index(checksum: str) -> SearchIndex:
    """Keyed by content: an edition never changes, so neither does its index."""
    rows = Analysis.objects.filter(edition__checksum=checksum).order_by("position").values_list(*FIELDS)
    return SearchIndex.build([AnalysisRecord(*row) for row in rows])


def find(edition: Edition, query: str, *, limit: int) -> list[Analysis]:
    """The analyses that answer `query`, best first."""
    codes = [hit.code for hit in search(_index(edition.checksum), query, limit)]
    found = {a.code: a for a in Analysis.objects.filter(edition=edition, code__in=codes)}
    return [found[code] for code in codes]
