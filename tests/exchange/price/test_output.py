"""Where results go: standard output is pure, a file is whole or not there, a refusal is one line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ahsp.core.errors import AhspError
from ahsp.exchange.documents.files import write_file
from tests.exchange.documents.samples import document
from tests.exchange.price.runs import bill, run, run_process

LINE = "1;1.2.1.1.1;Galian tanah;m3;10;;"


def test_standard_output_holds_json_and_nothing_else(tmp_path: Path) -> None:
    done = run_process(bill(tmp_path, LINE), "--json", "-o", "out.xlsx", folder=tmp_path)
    assert done.code == 0
    assert json.loads(done.out)["lines"][0]["status"] == "PRICED"
    assert done.out.count("\n") == 1


def test_json_is_utf_8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    path = bill(tmp_path, "1;;Panjang ≤ 1 m — «مشروع»;m3;1;10;")
    done = run_process(path, "--json", folder=tmp_path, PYTHONIOENCODING="ascii")
    assert json.loads(done.out)["lines"][0]["description"] == "Panjang ≤ 1 m — «مشروع»"


def test_a_terminal_without_such_letters_still_gets_its_summary(tmp_path: Path) -> None:
    done = run_process(bill(tmp_path, "1;;≤ tanpa harga;m3;1;;"), folder=tmp_path, PYTHONIOENCODING="ascii")
    assert done.code == 0


@pytest.mark.parametrize("name", ["out.odt", "out", "out.xls", "out.csv"])
def test_other_endings_are_refused_before_any_work(name: str, tmp_path: Path) -> None:
    result = run(bill(tmp_path, LINE), "-o", tmp_path / name)
    assert result.exit_code == 2
    assert name in result.stderr
    assert ".xlsx" in result.stderr
    assert not (tmp_path / name).exists()


def test_the_bill_itself_is_never_overwritten(tmp_path: Path) -> None:
    path = bill(tmp_path, LINE, "boq.xlsx")
    before = path.read_bytes()
    result = run(path, "-o", tmp_path / "." / "boq.xlsx")
    assert result.exit_code == 2
    assert path.read_bytes() == before


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    result = run(bill(tmp_path, LINE), "-o", tmp_path / "nowhere" / "out.pdf")
    assert result.exit_code == 2
    assert "nowhere" in result.stderr


def test_a_refused_bill_leaves_no_file_behind(tmp_path: Path) -> None:
    path = bill(tmp_path, "1;1.2.1.1.1;Galian;m3;12.500;;")
    result = run(path, "-o", tmp_path / "out.xlsx")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert sorted(one.name for one in tmp_path.iterdir()) == ["boq.csv"]


def test_a_bill_that_does_not_exist_is_one_line(tmp_path: Path) -> None:
    done = run_process("tidak-ada.xlsx", folder=tmp_path)
    assert done.code == 2
    assert done.out == ""
    assert "tidak-ada.xlsx" in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_a_workbook_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "boq.xlsx").write_text("hello", encoding="utf-8")
    done = run_process("boq.xlsx", "--json", folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "boq.xlsx" in done.err


def test_a_failure_while_writing_keeps_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "rab.xlsx"
    target.write_bytes(b"before")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(AhspError, match=r"output\.unwritable"):
        write_file(document(), target)
    assert target.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["rab.xlsx"]


def test_a_file_written_is_as_open_as_any_other(tmp_path: Path) -> None:
    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    write_file(document(), tmp_path / "rab.xlsx")
    assert (tmp_path / "rab.xlsx").stat().st_mode == ordinary.stat().st_mode


def test_names_with_quotes_emoji_and_right_to_left_text_are_fine(tmp_path: Path) -> None:
    name = "RAB \"Melati\" 'dua' 🏗️ مشروع"
    path = bill(tmp_path, LINE, f"{name}.csv")
    for ending in ("xlsx", "pdf"):
        out = tmp_path / f"{name}.{ending}"
        assert run(path, "-o", out).exit_code == 0
        assert out.stat().st_size > 5_000


def test_a_sheet_named_for_a_text_file_is_refused_rather_than_ignored(tmp_path: Path) -> None:
    result = run(bill(tmp_path, LINE), "--sheet", "RAB", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "boq.csv" in result.stderr


@pytest.mark.parametrize("option", ["--json", "-o=out.xlsx", "-o=out.pdf"])
def test_a_file_name_that_steers_terminals_or_is_no_text_does_no_harm(option: str, tmp_path: Path) -> None:
    named = tmp_path / os.fsdecode("b\N{RIGHT-TO-LEFT OVERRIDE}\x1b[31m".encode() + b"\xff.csv")
    bill(tmp_path, LINE + "\n;;JUMLAH;;;;").rename(named)
    done = run_process(named, *option.split("="), folder=tmp_path)
    assert done.code == 0, done.err
    assert not set("\N{RIGHT-TO-LEFT OVERRIDE}\x1b") & set(done.out + done.err)
