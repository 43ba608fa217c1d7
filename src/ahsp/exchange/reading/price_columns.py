"""The words by which the columns and groups of a price list are known, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from typing import Final, NamedTuple

from ahsp.engine.resources import ResourceKind
from ahsp.exchange.reading.cells import cell_text
from ahsp.exchange.reading.grid import Value
from ahsp.exchange.reading.header_words import fold_heading
from ahsp.exchange.reading.limits import HEADER_ROWS


class PriceField(StrEnum):
    """What a column of a price list can be."""

    KIND = "kind"
    RESOURCE = "resource"
    UNIT = "unit"
    PRICE = "price"
    CODE = "code"
    SOURCE = "source"
    REGION = "region"
    DATED = "dated"
    DOCUMENT = "document"
    NOTE = "note"


_WORDS: Final[Mapping[PriceField, str]] = {
    PriceField.KIND: "jenis, kelompok, golongan, kategori, jenis sumber daya, kind, type, group, category",
    PriceField.RESOURCE: "nama, uraian, sumber daya, nama sumber daya, uraian sumber daya, nama bahan, nama barang, "
    "jenis barang, jenis bahan, jenis bahan bangunan, bahan, komponen, deskripsi, resource, name, description, item",
    PriceField.UNIT: "satuan, sat, unit, uom",
    PriceField.PRICE: "harga, harga satuan, harga dasar, harga satuan dasar, hsd, price, unit price, rate",
    PriceField.CODE: "kode, kode bahan, kode barang, kode sumber daya, code",
    PriceField.SOURCE: "sumber, sumber harga, asal harga, toko, pemasok, penyedia, source, supplier, vendor",
    PriceField.REGION: "lokasi, wilayah, daerah, kabupaten, kota, region, location",
    PriceField.DATED: "tanggal, tgl, tanggal harga, tanggal survei, tanggal survey, date, dated",
    PriceField.DOCUMENT: "dokumen, no dokumen, nomor dokumen, dasar, dasar harga, document, reference",
    PriceField.NOTE: "keterangan, ket, catatan, note, notes, remark, remarks",
}
_HEADINGS: Final = {word: one for one, words in _WORDS.items() for word in words.split(", ")}
_NEEDED: Final = (PriceField.RESOURCE, PriceField.UNIT, PriceField.PRICE)
_KIND_WORDS: Final[Mapping[ResourceKind, str]] = {
    ResourceKind.LABOR: "tenaga, tenaga kerja, upah, upah tenaga kerja, pekerja, labor, labour, a",
    ResourceKind.MATERIAL: "bahan, material, bahan bangunan, bahan material, materials, b",
    ResourceKind.EQUIPMENT: "alat, peralatan, sewa alat, sewa peralatan, equipment, tools, c",
}
_KINDS: Final = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split(", ")}


class Header(NamedTuple):
    """The row of the header, from 1, and the index of each column it names."""

    row: int
    columns: Mapping[PriceField, int]


def find_header(rows: Iterable[Sequence[Value]]) -> Header | None:
    """The first row that names a resource, a unit and a price; None within HEADER_ROWS."""
    for number, row in enumerate(islice(rows, HEADER_ROWS), 1):
        columns: dict[PriceField, int] = {}
        for index, value in enumerate(row):
            one = _HEADINGS.get(fold_heading(value)) if isinstance(value, str) else None
            if one is not None:
                columns.setdefault(one, index)
        if all(one in columns for one in _NEEDED):
            return Header(number, columns)
    return None


def kind_of(word: str) -> ResourceKind | None:
    """The kind that a cell names: "Upah", "Bahan", "B"."""
    return _KINDS.get(fold_heading(word))


def group_of(row: Sequence[Value]) -> ResourceKind | None:
    """The kind that a row without unit and price announces: "A. UPAH", "Bahan"."""
    for value in row:
        words = fold_heading(cell_text(value)).split()
        for start in range(min(len(words), 2)):
            kind = _KINDS.get(" ".join(words[start:]))
            if kind is not None and len(" ".join(words[start:])) > 1:
                return kind
    return None
