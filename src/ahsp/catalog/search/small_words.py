"""Words that say little about what is built, and words that say what is done to it."""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Dropped wherever they stand, before stemming: "ukuran" goes, "pengukuran" stays.
STOP_WORDS = _words(
    """
    untuk dengan dan atau secara pada yang di ke dari per termasuk uk ukuran dia diameter setara campuran pekerjaan
    item jenis sd kap kapasitas dn serta oleh the for of and with by to each bangunan gedung menggunakan pakai memakai
    dgn utk dlm pd tsb adalah cm mm phi
    """
)
# What people type around the thing they look for.
CHATTER = _words(
    "harga satuan hsp ahsp analisa analisis rab upah biaya ongkos berapa jasa tolong cari koefisien hitung"
)
# Stems of words for making and installing, which nearly every analysis is about.
LIGHT_STEMS = _words("pasang buat ada kerja laksana bikin laku non")
UNITS: Mapping[str, str] = {
    "m2": "m2",
    "m3": "m3",
    "m'": "m'",
    "m1": "m'",
    "kg": "kg",
    "buah": "buah",
    "unit": "unit",
    "titik": "titik",
    "set": "set",
    "batang": "batang",
    "liter": "liter",
    "ton": "ton",
    "ha": "Ha",
    "tunggul": "tunggul",
}
# Words that tell the plain kind of a work from its special kinds, or only how it is carried out: an analysis is no
# further from what was asked for having them.
PLAIN_STEMS = _words("biasa standar natural manual mekanis semi volume dalam baru mutu tipe tebal")
# Names may begin with these before they come to the thing itself.
HEAD_SKIPPED = LIGHT_STEMS | _words("pabrikasi ereksi produksi")
# Parts of a thing, which stand back a little behind the thing where nobody asked for the part.
PARTS = _words("nok plint tutup rangka list talang finishing siar")
PART_UNASKED = 0.85
# "for every further 10 m", "by pump", "exposed": analyses that only add to another one.
SUPPLEMENTS = _words("tambah naik pompa ekspose")
SUPPLEMENT_UNASKED = 0.8
# Acts other than making: what an analysis is about when its name begins with one, and how much such an
# analysis stands back where nobody asked for the act.
ACTS: Mapping[str, str] = {
    "bongkar": "demolish",
    "potong": "cut",
    "kikis": "strip",
    "kerok": "strip",
    "cuci": "strip",
    "angkut": "haul",
    "buang": "haul",
    "pindah": "haul",
    "kirim": "haul",
    "naik": "haul",
    "siram": "care",
    "genang": "care",
    "pupuk": "care",
    "semprot": "care",
    "pangkas": "care",
    "cabut": "care",
    "sapu": "care",
    "poles": "care",
    "padat": "compact",
    "pak": "pack",
    "las": "join",
    "sambung": "join",
}
UNASKED: Mapping[str, float] = {
    "demolish": 0.18,
    "cut": 0.4,
    "strip": 0.5,
    "haul": 0.5,
    "care": 0.7,
    "compact": 0.75,
    "pack": 0.6,
    "join": 0.7,
}
# An analysis of another act where one was asked for.
OTHER_ACT = 0.6
