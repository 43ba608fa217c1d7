"""Sections, items, sums and notes are told apart, and nothing that is a sum is counted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ahsp.engine.estimate import Section, WorkItem
from ahsp.engine.issues import Severity
from ahsp.exchange.reading.boq import RowKind, read_boq, to_children
from tests.exchange.reading.files import bill, codes, csv_file, items, outline, refusal


def test_roman_letter_and_figure_sections_nest(tmp_path: Path) -> None:
    boq = bill(
        tmp_path,
        """
        I;;PEKERJAAN TANAH;;;;
        A;;Galian;;;;
        1;;Pondasi;;;;
        a;;Galian tanah;m3;1;;
        b;;Urukan;m3;1;;
        2;;Septik;;;;
        a;;Galian tanah;m3;1;;
        B;;Buangan;;;;
        1;;Angkut;m3;1;;
        II;;PEKERJAAN BETON;;;;
        1;;Sloof;m3;1;;
        """,
    )
    assert outline(boq) == [
        "section: I PEKERJAAN TANAH",
        "  section: A Galian",
        "    section: 1 Pondasi",
        "      item: a Galian tanah",
        "      item: b Urukan",
        "    section: 2 Septik",
        "      item: a Galian tanah",
        "  section: B Buangan",
        "    item: 1 Angkut",
        "section: II PEKERJAAN BETON",
        "  item: 1 Sloof",
    ]


@pytest.mark.parametrize(
    ("numbers", "levels"),
    [
        (["A", "A.1", "A.1.2", "A.2", "B"], [0, 1, 2, 1, 0]),
        (["1", "1.1", "1.1.1", "1.2", "2"], [0, 1, 2, 1, 0]),
        (["II", "2.1", "2.2", "III", "3.1"], [0, 1, 1, 0, 1]),
        (["I", "II", "III", "IV", "V", "VI"], [0, 0, 0, 0, 0, 0]),
        (["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"], [0] * 10),
        (["A", "I", "II", "B", "I"], [0, 1, 1, 0, 1]),
        (["I.", "A.", "1)", "a)", "b)", "2)", "B.", "II."], [0, 1, 2, 3, 3, 2, 1, 0]),
        (["I", "III", "IV"], [0, 0, 0]),
        (["A", "a", "b", "1", "2", "B"], [0, 1, 1, 2, 2, 0]),
    ],
)
def test_the_numbering_tells_the_level(tmp_path: Path, numbers: list[str], levels: list[int]) -> None:
    lines = "\n".join(f"{number};;Bagian;;;;" for number in numbers) + "\nx;;Galian;m3;1;;"
    sections = [row for row in bill(tmp_path, lines).rows if row.kind is RowKind.SECTION]
    assert [row.level for row in sections] == levels


def test_divisions_are_numbered_by_their_words(tmp_path: Path) -> None:
    boq = bill(
        tmp_path,
        """
        ;;DIVISI 1. UMUM;;;;
        ;;Mobilisasi;LS;1;;
        ;;DIVISI 2. DRAINASE;;;;
        ;;Galian;m3;1;;
        """,
    )
    assert [row.level for row in boq.rows] == [0, 1, 0, 1]


def test_a_section_without_number_stands_beside_the_one_before(tmp_path: Path) -> None:
    boq = bill(tmp_path, ";;PERSIAPAN;;;;\n1;;Pagar;m';1;;\n;;TANAH;;;;\n;;GALIAN;;;;\n1;;Galian;m3;1;;")
    assert [row.level for row in boq.rows] == [0, 1, 0, 0, 1]


def test_headings_without_numbers_and_capitals_are_known_by_what_follows(tmp_path: Path) -> None:
    boq = bill(tmp_path, ";;Struktur;;;;\n;;Pondasi;;;;\n;;Galian;m3;1;;\n;;Urukan;m3;1;;\n;;Beton;;;;\n;;Sloof;m3;1;;")
    kinds = ["section", "section", "item", "item", "section", "item"]
    assert [row.kind for row in boq.rows] == kinds


def test_headings_without_number_below_a_numbered_one_are_its_children(tmp_path: Path) -> None:
    boq = bill(
        tmp_path,
        """
        I;;STRUKTUR;;;;
        ;;Lantai 1;;;;
        1;;Kolom;m3;1;;
        ;;Lantai 2;;;;
        1;;Kolom;m3;1;;
        II;;ATAP;;;;
        1;;Nok;m';1;;
        """,
    )
    assert [row.level for row in boq.rows] == [0, 1, 2, 1, 2, 0, 1]


def test_a_list_within_a_list_ends_where_the_outer_one_goes_on(tmp_path: Path) -> None:
    boq = bill(
        tmp_path,
        """
        I;;BETON;;;;
        1;;Sloof;m3;1;;
        2;;Kolom:;;;;
        a;;K1;m3;1;;
        b;;K2;m3;1;;
        3;;Balok;m3;1;;
        """,
    )
    assert [row.level for row in boq.rows] == [0, 1, 1, 2, 2, 1]


def test_numbering_in_one_cell_with_the_heading_is_taken_apart(tmp_path: Path) -> None:
    boq = bill(tmp_path, "I. PEKERJAAN TANAH;;;;;;\n1;;Galian;m3;1;;\n;;II. PEKERJAAN BETON;;;;\n1;;Sloof;m3;1;;")
    assert [(row.number, row.description, row.level) for row in boq.rows if row.kind is RowKind.SECTION] == [
        ("I.", "PEKERJAAN TANAH", 0),
        ("II.", "PEKERJAAN BETON", 0),
    ]


@pytest.mark.parametrize(
    "label",
    [
        "Jumlah",
        "JUMLAH I",
        "Jumlah A+B",
        "Jumlah Pekerjaan Persiapan",
        "Sub total",
        "Subtotal",
        "SUB-JUMLAH A",
        "Total",
        "Grand total",
        "Rekapitulasi",
        "PPN 11%",
        "PPN (11 %)",
        "Dibulatkan",
        "Terbilang: satu juta rupiah",
        "Total biaya konstruksi",
        "VAT 12%",
        "Carried forward",
    ],
)
def test_sums_are_recognized_and_never_counted(tmp_path: Path, label: str) -> None:
    boq = bill(tmp_path, f"1;;Pagar;m';2;;\n;;{label};;;;123456,78")
    row = boq.rows[-1]
    assert row.kind is RowKind.SUBTOTAL
    assert [(issue.code, issue.severity) for issue in row.issues] == [("row.subtotal", Severity.INFO)]
    assert len(list(to_children(boq))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "JUMLAH;;;;;;5",
        ";;;;;JUMLAH;5",
        ";JUMLAH;;;;;5",
        ";;;;Total;;5",
        ";;PPN;%;11;;5",
        ";;Jumlah;Rp;;;5",
        ";;PPN;ls;1;;5",
    ],
)
def test_a_sum_is_known_wherever_its_word_stands(tmp_path: Path, line: str) -> None:
    boq = bill(tmp_path, f"1;;Pagar;m';2;;\n{line}")
    assert boq.rows[-1].kind is RowKind.SUBTOTAL


@pytest.mark.parametrize(
    "line",
    [
        "2;;Jumlah titik lampu;titik;12;;",
        "2;;Total station dan pengukuran;ls;1;;",
        "2;;Rekap gambar terbangun;set;1;5;5",
        "2;5.3.1.1;Jumlah titik lampu;titik;;;",
    ],
)
def test_work_that_begins_like_a_sum_stays_an_item(tmp_path: Path, line: str) -> None:
    boq = bill(tmp_path, f"1;;Pagar;m';2;;\n{line}")
    assert [row.kind for row in boq.rows] == [RowKind.ITEM, RowKind.ITEM]


def test_a_recapitulation_is_not_counted_as_work(tmp_path: Path) -> None:
    boq = bill(
        tmp_path,
        """
        I;;PERSIAPAN;;;;
        1;;Pagar;m';2;5;10
        II;;TANAH;;;;
        1;;Galian;m3;2;5;10
        ;;REKAPITULASI;;;;
        I;;PERSIAPAN;;;;10
        II;;TANAH;;;;10
        ;;JUMLAH;;;;20
        ;;Jakarta, 5 Mei 2026;;;;
        ;;Dibuat oleh;;;;
        """,
    )
    assert len(items(boq)) == 2
    recap = boq.rows[5:7]
    assert [row.kind for row in recap] == [RowKind.TEXT, RowKind.TEXT]
    assert [(issue.code, issue.severity) for row in recap for issue in row.issues] == [
        ("row.not_counted", Severity.INFO)
    ] * 2
    assert [row.kind for row in boq.rows[8:]] == [RowKind.TEXT, RowKind.TEXT]


def test_sections_that_carry_their_sum_stay_sections(tmp_path: Path) -> None:
    boq = bill(
        tmp_path, "I;;PERSIAPAN;;;;10\n1;;Pagar;m';2;5;10\nII;;TANAH;;;;10\nA;;Galian;;;;10\n1;;Galian;m3;2;5;10"
    )
    assert [row.level for row in boq.rows] == [0, 1, 0, 1, 2]
    assert [row.kind for row in boq.rows].count(RowKind.SECTION) == 3


def test_an_amount_alone_among_items_is_an_item_whose_cost_is_not_counted(tmp_path: Path) -> None:
    boq = bill(tmp_path, "1;;Pagar;m';2;;\n2;;Mobilisasi;;;;5000000\n3;;Galian;m3;2;;")
    row = boq.rows[1]
    assert (row.kind, row.quantity, row.unit_price, row.stated_amount) == (RowKind.ITEM, None, None, Decimal(5000000))
    assert [(issue.code, issue.severity) for issue in row.issues] == [("row.not_counted", Severity.WARNING)]
    assert row.issues[0].data["column"] == "G"


def test_an_amount_alone_at_the_end_of_a_list_is_an_item_and_a_recapitulation_is_not(tmp_path: Path) -> None:
    boq = bill(
        tmp_path,
        "I;;TANAH;;;;\n1;;Galian;m3;2;5;\n2;;Asuransi;;;;70\n;;Jumlah;;;;80\nII;;ATAP;;;;\n1;;Genteng;m2;2;5;\n"
        ";;Jumlah;;;;10\n;;REKAPITULASI;;;;\nI;;TANAH;;;;80\nII;;ATAP;;;;10\n;;Jumlah;;;;90",
    )
    assert [row.description for row in boq.rows if row.kind is RowKind.ITEM] == ["Galian", "Asuransi", "Genteng"]


def test_a_note_is_a_text(tmp_path: Path) -> None:
    boq = bill(
        tmp_path, "1;;Pagar;m';2;;\n;;Catatan: harga termasuk ongkos kirim;;;;\n;;ukuran 15x20 cm;;;;\n2;;Galian;m3;2;;"
    )
    assert [row.kind for row in boq.rows] == [RowKind.ITEM, RowKind.TEXT, RowKind.TEXT, RowKind.ITEM]


@pytest.mark.parametrize(
    "line", ["2;3.7.8;Acian;;;;", "2;;Acian;m2;;;", "2;;Acian;;;500;", "2;;Acian;;;;", "2;3.7.8;;;;;"]
)
def test_a_row_without_quantity_among_items_is_an_item_whose_quantity_is_missing(tmp_path: Path, line: str) -> None:
    boq = bill(tmp_path, f"1;;Pagar;m';2;;\n{line}\n3;;Galian;m3;2;;")
    assert [row.kind for row in boq.rows] == [RowKind.ITEM] * 3
    assert boq.rows[1].quantity is None
    assert codes(boq.rows[1]) == []


def test_the_last_item_of_a_section_without_anything_is_no_heading(tmp_path: Path) -> None:
    boq = bill(
        tmp_path, "I;;TANAH;;;;\n1;;Galian;m3;2;;\n2;;Urukan pasir;;;;\n;;Jumlah I;;;;\nII;;BETON;;;;\n1;;Sloof;m3;1;;"
    )
    assert [row.kind for row in boq.rows][:3] == [RowKind.SECTION, RowKind.ITEM, RowKind.ITEM]


def test_a_code_that_leads_to_others_is_a_section(tmp_path: Path) -> None:
    text = (
        "Mata Pembayaran;Uraian;Satuan;Kuantitas\n3.1;Galian;;\n3.1.(1);Galian biasa;m3;10\n3.1.(2);Galian batu;m3;4\n"
    )
    boq = read_boq(csv_file(tmp_path, text))
    assert [row.kind for row in boq.rows] == [RowKind.SECTION, RowKind.ITEM, RowKind.ITEM]


def test_blank_rows_are_dropped_and_rows_keep_their_place(tmp_path: Path) -> None:
    boq = bill(tmp_path, "1;;Pagar;m';2;;\n;;;;;;\n;;;;;;\n2;;Galian;m3;2;;")
    assert [row.row for row in boq.rows] == [2, 5]


def test_a_bill_without_any_item_is_refused(tmp_path: Path) -> None:
    error = refusal(csv_file(tmp_path, "No;Uraian;Satuan;Volume\nI;TANAH;;\n;Jumlah;;\n"))
    assert (error.code, error.data["row"]) == ("boq.no_items", "1")


def test_numbers_may_restart_in_each_section_but_not_within_one(tmp_path: Path) -> None:
    boq = bill(
        tmp_path,
        "I;;TANAH;;;;\n1;;Galian;m3;2;;\n2;;Urukan;m3;2;;\nII;;BETON;;;;\n1;;Sloof;m3;1;;\n1.;;Kolom;m3;1;;",
    )
    flagged = [(row.row, issue.data["earlier"], issue.severity) for row in boq.rows for issue in row.issues]
    assert flagged == [(7, "6", Severity.WARNING)]
    assert codes(boq.rows[-1]) == ["item_number.duplicate"]


def test_a_bill_nested_without_end_is_still_read(tmp_path: Path) -> None:
    numbers = [".".join(["1"] * depth) for depth in range(1, 11)]
    lines = "\n".join(f"{number};;Bagian;;;;" for number in numbers * 3)
    boq = bill(tmp_path, lines + "\n9;;Galian;m3;1;;")
    assert max(row.level for row in boq.rows) <= 12


def test_the_tree_keeps_order_keys_and_what_was_found(tmp_path: Path) -> None:
    boq = bill(
        tmp_path,
        """
        0;;Pagar;m';2;;
        I;;TANAH;;;;
        A;;Galian;;;;
        1;1.2.1.1.1;Galian tanah;m3;-2;;
        ;;Jumlah I;;;;5
        II;;BETON;;;;
        1;;Sloof;m3;1;500;
        """,
    )
    first, tanah, beton = to_children(boq)
    assert isinstance(first, WorkItem)
    assert (first.key, first.analysis) == ("2", None)
    assert isinstance(tanah, Section)
    assert (tanah.key, tanah.number, tanah.name) == ("3", "I", "TANAH")
    (galian,) = tanah.children
    assert isinstance(galian, Section)
    (item,) = galian.children
    assert isinstance(item, WorkItem)
    assert (item.analysis, item.quantity, [issue.code for issue in item.issues]) == (
        "1.2.1.1.1",
        None,
        ["quantity.negative"],
    )
    assert isinstance(beton, Section)
    (sloof,) = beton.children
    assert isinstance(sloof, WorkItem)
    assert (sloof.unit_price, sloof.quantity) == (500, 1)
