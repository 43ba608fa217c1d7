"""What the browser finds: an office with a priced bill of more than two hundred lines, and an empty project."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from ahsp.catalog.models import Edition
from ahsp.engine.numbers import Notation
from ahsp.estimates.services import import_boq
from ahsp.exchange.reading.boq import read_boq, to_children
from ahsp.prices.models import PriceBook
from ahsp.projects.models import Project
from ahsp.projects.services import create_project
from tests.people import Cast

BILL = Path(__file__).parents[2] / "data" / "demo" / "boq-gedung.csv"
VAT_DATE = date(2026, 3, 2)
UNBROKEN_NAME = "Gedung" * 33
LONG_NAME = (
    "Rehabilitasi Gedung Sekolah Dasar Negeri Cikapundung 04 Tahap II termasuk Pagar, Drainase Lingkungan "
    "dan RumahPenjagaSekolahYangNamanyaTidakBisaDipenggal"
)


def empty_project(cast: Cast, name: str = "Proyek kosong") -> Project:
    return create_project(
        person=cast.ani,
        membership=cast.membership(cast.ani),
        values={
            "name": name,
            "location": "Kabupaten Contoh",
            "edition": Edition.objects.get(),
            "price_book": PriceBook.objects.get(),
            "overhead": Decimal(10),
            "vat_date": VAT_DATE,
            "hours_per_day": Decimal(8),
        },
    )


def priced_project(cast: Cast, name: str = "Gedung Kantor Pelayanan") -> Project:
    project = empty_project(cast, name)
    boq = read_boq(BILL, notation=Notation.INDONESIAN)
    import_boq(project=project, person=cast.ani, children=to_children(boq), replace=True, source=boq.file, expected=1)
    return project
