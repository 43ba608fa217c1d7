"""A small but complete estimate: every kind of line, converted prices, nested sections, and things that lack."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from ahsp.engine.analysis import (
    Analysis,
    AnalysisLine,
    InformationLine,
    LumpSumLine,
    NestedLine,
    PercentageLine,
    ResourceLine,
)
from ahsp.engine.estimate import Estimate, EstimateSettings, Section, WorkItem, price_estimate
from ahsp.engine.prices import Conversion, PriceTable
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import Rounding
from ahsp.engine.vat import vat_rule_on
from ahsp.exchange.documents.rab import RabDocument

LABOR, MATERIAL, EQUIPMENT = ResourceKind.LABOR, ResourceKind.MATERIAL, ResourceKind.EQUIPMENT

WORKER = Resource(LABOR, "Pekerja", "OH")
MASON = Resource(LABOR, "Tukang batu", "OH")
FOREMAN = Resource(LABOR, "Mandor", "OH")
CEMENT = Resource(MATERIAL, "Semen Portland", "kg")
SAND = Resource(MATERIAL, "Pasir beton", "kg")
GRAVEL = Resource(MATERIAL, "Kerikil", "kg")
PIPE = Resource(MATERIAL, "Pipa PVC", "m'")
MIXER = Resource(EQUIPMENT, "Molen", "jam")
RARE = Resource(MATERIAL, "Barang langka", "buah")

PRICES = {
    WORKER: Decimal(120000),
    MASON: Decimal(145000),
    FOREMAN: Decimal(200000),
    Resource(MATERIAL, "Semen Portland", "zak"): Decimal(65000),
    SAND: Decimal("260.962963"),
    PIPE: Decimal("45250.75"),
    MIXER: Decimal(75000),
}


def resource_line(position: int, resource: Resource, coefficient: str | None) -> ResourceLine:
    return ResourceLine(position, resource, None if coefficient is None else Decimal(coefficient))


def analysis(code: str, name: str, unit: str, *lines: AnalysisLine) -> Analysis:
    return Analysis(code, name, unit, lines)


HOUR = WORKER._replace(unit="OJ")

ANALYSES = {
    one.code: one
    for one in [
        analysis("DIG", "Galian tanah", "m3", resource_line(1, WORKER, "0.75"), resource_line(2, FOREMAN, "0.038")),
        analysis(
            "MORTAR",
            "Adukan",
            "m3",
            resource_line(1, HOUR, "0.123457"),
            resource_line(2, CEMENT, "326.5"),
            resource_line(3, SAND, "790"),
        ),
        analysis(
            "CONCRETE",
            "Beton",
            "m3",
            resource_line(1, WORKER, "1.65"),
            resource_line(2, MASON, "0.275"),
            resource_line(3, CEMENT, "348"),
            resource_line(4, GRAVEL, "1009"),
            resource_line(5, MIXER, "0.25"),
        ),
        analysis(
            "PIPE",
            "Pipa dengan asesoris",
            "m'",
            resource_line(1, HOUR, "0.3333"),
            resource_line(2, PIPE, "1.2"),
            PercentageLine(3, MATERIAL, "Asesoris", Decimal("35.5"), (2,)),
            PercentageLine(4, EQUIPMENT, "Alat dari semua", Decimal(3), (1, 2, 3)),
            LumpSumLine(5, EQUIPMENT, "Alat bantu", Decimal(1), Decimal("2500.5")),
            InformationLine(6, "Unit pekerjaan *)"),
        ),
        analysis(
            "ROAD",
            "Jalan sementara",
            "m2",
            NestedLine(1, "DIG", Decimal("0.3")),
            NestedLine(2, "MORTAR", Decimal("0.07")),
            resource_line(3, WORKER, "0.1"),
        ),
        analysis("ROAD+", "Jalan di atas jalan", "m2", NestedLine(1, "ROAD", Decimal("1.5"))),
        analysis("RARE", "Harga belum ada", "buah", resource_line(1, RARE, "2")),
        analysis(
            "HALF",
            "Analisa di dalam analisa sebagian",
            "m3",
            NestedLine(1, "CONCRETE", Decimal("0.5")),
            PercentageLine(2, MATERIAL, "Susut", Decimal(5), (1,)),
            resource_line(3, SAND, None),
            LumpSumLine(4, EQUIPMENT, "Alat", Decimal(1), None),
        ),
        analysis("LOOP", "Lingkaran", "m3", NestedLine(1, "LOOP", Decimal(1)), resource_line(2, WORKER, "1")),
        analysis(
            "CIRCLE",
            "Persen melingkar",
            "m3",
            PercentageLine(1, MATERIAL, "a", Decimal(5), (2,)),
            PercentageLine(2, MATERIAL, "b", Decimal(5), (1,)),
            resource_line(3, WORKER, "1"),
        ),
    ]
}


def item(
    key: str,
    description: str,
    unit: str,
    quantity: str | None,
    code: str | None = None,
    *,
    price: str | None = None,
    overhead: str | None = None,
) -> WorkItem:
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return WorkItem(key, key, description, unit, number(quantity), code, number(price), number(overhead))


def complete_children() -> tuple[Section | WorkItem, ...]:
    """Only lines that are fully priced; sections three deep, loose items before and after."""
    deep = Section("s221", "II.2.1", "Dalam sekali", (item("8", "Pipa", "m'", "88.5", "PIPE"),))
    return (
        item("0", "Pekerjaan lepas", "m3", "1.5", "DIG"),
        Section(
            "s1",
            "I",
            "PERSIAPAN",
            (
                item("1", "Galian", "m3", "125.375", "DIG"),
                item("2", "Papan nama", "buah", "3", price="250000.555"),
            ),
        ),
        Section(
            "s2",
            "II",
            "STRUKTUR",
            (
                item("3", "Adukan", "m3", "42.18", "MORTAR"),
                Section("s21", "II.1", "Bawah", (item("4", "Galian, 15 %", "m3", "7.5", "DIG", overhead="0.15"),)),
                item("5", "Jalan", "m2", "300", "ROAD"),
                Section("s22", "II.2", "Atas", (item("6", "Jalan lagi", "m2", "0.333", "ROAD+"), deep)),
                item("7", "Pengurangan", "m3", "-3.5", "DIG"),
            ),
        ),
        Section("s3", "III", "BAGIAN KOSONG", ()),
        item("9", "Lepas di akhir", "m'", "2.25", "PIPE"),
        item("10", "Lepas sekali lagi", "m3", "0.0005", "MORTAR"),
    )


def incomplete_children() -> tuple[Section | WorkItem, ...]:
    """The complete lines, and every way in which a line can lack something."""
    return (
        *complete_children(),
        Section(
            "s4",
            "IV",
            "BELUM LENGKAP",
            (
                item("20", "Beton tanpa harga kerikil", "m3", "10", "CONCRETE"),
                item("21", "Tanpa harga apa pun", "buah", "3", "RARE"),
                item("22", "Tanpa volume", "m3", None, "DIG"),
                item("23", "Tanpa kode dan harga", "Ls", "1"),
                item("24", "Kode tak dikenal", "m3", "2", "77.7"),
                item("25", "Analisa sebagian di dalamnya", "m3", "2", "HALF"),
                item("26", "Lingkaran", "m3", "2", "LOOP"),
                item("27", "Persen melingkar", "m3", "2", "CIRCLE"),
                item("28", "Sebagian tanpa volume", "m3", None, "CONCRETE", overhead="0.12"),
            ),
        ),
    )


def document(
    children: tuple[Section | WorkItem, ...] | None = None,
    *,
    policy: str = "half-up:0.01",
    total: str = "floor:1000",
    day: date | None = date(2026, 1, 1),
    hours: str = "7",
    **fields: Any,
) -> RabDocument:
    """A document of `children`, the incomplete ones by default; `day` None is without VAT."""
    conversions = (Conversion("Semen Portland", "zak", "kg", Decimal(50)),)
    settings = EstimateSettings(
        overhead=Decimal("0.10"),
        vat=None if day is None else vat_rule_on(day),
        unit_price_rounding=Rounding.parse(policy),
        total_rounding=Rounding.parse(total),
    )
    table = PriceTable(PRICES, Decimal(hours), conversions)
    chosen = incomplete_children() if children is None else children
    given: dict[str, Any] = {
        "title": "Gedung Serbaguna",
        "organization": "Dinas Pekerjaan Umum",
        "edition": "SE 47/SE/Dk/2026 — Cipta Karya",
        "price_source": "Harga contoh",
        "prices_are_example": True,
        "project_code": "GSG-01",
        "location": "Kota Contoh",
        "date": date(2026, 11, 23),
        "revision": "12",
        "hours_per_day": Decimal(hours),
    }
    estimate = price_estimate(Estimate(chosen, ANALYSES, table, settings))
    return RabDocument(estimate=estimate, **{**given, **fields})
