"""Words that say little about what is built, and words that say what is done to it."""

from __future__ import annotations

from collections.abc import Mapping

# Dropped wherever they stand, before stemming: "ukuran" goes, "pengukuran" stays.
STOP_WORDS = frozenset(
    """
    untuk dengan dan atau secara pada yang di ke dari per termasuk uk ukuran dia diameter setara campuran pekerjaan
    item jenis sd kap kapasitas dn serta oleh the for of and with by to each bangunan gedung menggunakan pakai memakai
    dgn utk dlm pd tsb adalah cm mm phi
    """.split()  # noqa: SIM905
)
# What people type around the thing they look for.
CHATTER = frozenset(
    ["harga", "satuan", "hsp", "ahsp", "analisa", "analisis", "rab", "upah", "biaya", "ongkos", "berapa", "jasa", "tolong", "cari", "koefisien", "hitung"]
)
# Stems of words for making and installing, which nearly every analysis is about.
LIGHT_STEMS = frozenset(["pasang", "buat", "ada", "kerja", "laksana", "bikin", "laku"])
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
    "demolish": 0.35,
    "cut": 0.5,
    "strip": 0.5,
    "haul": 0.5,
    "care": 0.7,
    "compact": 0.75,
    "pack": 0.6,
    "join": 0.7,
}
# An analysis of another act where one was asked for.
OTHER_ACT = 0.6
