"""Search in a loaded edition: the same index and ranking as the command line's, built once per process."""

from __future__ import annotations

from functools import lru_cache

import structlog
from django.db import DatabaseError, connection

from ahsp.catalog.access import editions
from ahsp.catalog.models import Analysis, Edition
from ahsp.catalog.packages import AnalysisRecord
from ahsp.catalog.queries import read_catalog
from ahsp.catalog.search import SearchIndex, search

log = structlog.get_logger(__name__)

MOST_INDEXES = 8
FIELDS = ("code", "division", "section", "name", "unit", "agreement", "position")


@lru_cache(maxsize=MOST_INDEXES)
def _index(checksum: str) -> SearchIndex:
    """Keyed by content: an edition never changes, so neither does its index."""
    rows = Analysis.objects.filter(edition__checksum=checksum).order_by("position").values_list(*FIELDS)
    return SearchIndex.build([AnalysisRecord(*row) for row in rows])


def read_ahead() -> None:
    """Read the catalog into this process before its first request; without a database, when it is asked for."""
    try:
        read_catalog()
        for checksum in editions().values_list("checksum", flat=True)[:MOST_INDEXES]:
            _index(checksum)
    except DatabaseError as error:
        log.warning("catalog.not_read", error=str(error))
    finally:
        # The thread that starts a process serves no requests: it would hold a connection for nothing.
        connection.close()


def find(edition: Edition, query: str, *, limit: int) -> list[Analysis]:
    """The analyses that answer `query`, best first."""
    codes = [hit.code for hit in search(_index(edition.checksum), query, limit)]
    found = {a.code: a for a in Analysis.objects.filter(edition=edition, code__in=codes)}
    return [found[code] for code in codes]
