"""The words by which the columns of a bill are known, in Indonesian and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

LONGEST_HEADING: Final = 80


class Field(StrEnum):
    """What a column of a bill can be."""

    NUMBER = "number"
    CODE = "code"
    DESCRIPTION = "description"
    UNIT = "unit"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit_price"
    AMOUNT = "amount"


_EXACT: Final[Mapping[Field, str]] = {
    Field.NUMBER: "no, nomor, no urut, nomor urut, nr, number, num, item no, no item, s no, sr no, ref",
    Field.CODE: "kode, kode ahsp, kode analisa, kode analisis, analisa, analisis, ahsp, mata pembayaran, "
    "no mata pembayaran, nomor mata pembayaran, kode mata pembayaran, kode item, kode pekerjaan, kode sni, "
    "no analisa, nomor analisa, code, item code, analysis, analysis code, ahsp code, pay item, pay item no",
    Field.DESCRIPTION: "uraian, uraian pekerjaan, jenis pekerjaan, uraian jenis pekerjaan, jenis uraian pekerjaan, "
    "deskripsi, deskripsi pekerjaan, item pekerjaan, macam pekerjaan, rincian pekerjaan, uraian kegiatan, "
    "nama pekerjaan, description, description of work, description of works, work description, item description, "
    "description of item",
    Field.UNIT: "satuan, sat, satuan ukuran, unit, units, uom, unit of measure",
    Field.QUANTITY: "volume, vol, volume pekerjaan, kuantitas, kwantitas, perkiraan kuantitas, kuantitas perkiraan, "
    "jumlah volume, jumlah kuantitas, total volume, volume total, volume jumlah, banyaknya, qty, quantity, "
    "quantities, estimated quantity, est qty, total quantity",
    Field.UNIT_PRICE: "harga satuan, harga sat, hrg satuan, hrg sat, hsp, harga satuan pekerjaan, harga per satuan, "
    "unit price, unit rate, unit cost, rate, price per unit",
    Field.AMOUNT: "jumlah harga, harga total, total harga, harga jumlah, jumlah biaya, jumlah total, total jumlah, "
    "total, amount, total amount, total price, total cost, price total",
}
# Words that mean one thing beside some columns and another beside others, in the order in which they are given out.
_LOOSE: Final[tuple[tuple[Field, str], ...]] = (
    (Field.AMOUNT, "jumlah"),
    (Field.AMOUNT, "nilai"),
    (Field.QUANTITY, "jumlah"),
    (Field.DESCRIPTION, "pekerjaan"),
    (Field.DESCRIPTION, "item"),
    (Field.DESCRIPTION, "nama"),
    (Field.NUMBER, "item"),
    (Field.UNIT_PRICE, "harga"),
    (Field.UNIT_PRICE, "price"),
)
_BEGINNINGS: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.DESCRIPTION: ("uraian ", "jenis pekerjaan ", "description "),
    Field.QUANTITY: ("volume ", "vol ", "kuantitas ", "quantity ", "qty "),
    Field.UNIT_PRICE: ("harga satuan ", "unit price "),
    Field.AMOUNT: ("jumlah harga ", "total harga "),
    Field.CODE: ("kode ",),
}
EXACT: Final[Mapping[str, Field]] = MappingProxyType(
    {word: field for field, words in _EXACT.items() for word in words.split(", ")}
)
LOOSE: Final = _LOOSE
BEGINNINGS: Final = _BEGINNINGS
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_CURRENCY: Final = frozenset({"rp", "idr", "rupiah"})


def fold_heading(text: str) -> str:
    """A heading as it is compared: "Harga Satuan\\n(Rp.)" is "harga satuan"."""
    if not text or len(text) > LONGEST_HEADING:
        return ""
    words = _NOT_WORDS.sub(" ", _BRACKETS.sub(" ", text).casefold()).split()
    while words and words[-1] in _CURRENCY:
        words.pop()
    return " ".join(words)


def words_looked_for() -> str:
    """The most usual words, for the message to a person whose header was not found."""
    return "no, kode, uraian, satuan, volume, harga satuan, jumlah / no, code, description, unit, quantity, unit price"
