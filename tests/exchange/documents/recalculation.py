"""Reads our workbooks back, and has them recalculated by programs that did not write them."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import formulas
import openpyxl

from ahsp.exchange.documents.rab import RabDocument, write_xlsx

Value = float | str

# Recalculate every workbook on load, also one whose results are cached.
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


class FormulaCell(NamedTuple):
    """`cached` is what we wrote beside the formula."""

    formula: str
    cached: Value


def write(document: RabDocument, folder: Path, name: str = "rab.xlsx") -> Path:
    path = folder / name
    write_xlsx(document, path)
    return path


def formula_cells(path: Path) -> dict[tuple[str, str], FormulaCell]:
    """Every formula by sheet and cell."""
    texts, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    found = {}
    for sheet in texts:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cached = values[sheet.title][cell.coordinate].value
                    found[sheet.title, cell.coordinate] = FormulaCell(cell.value, _plain(cached))
    return found


def without_cached_values(path: Path) -> Path:
    """A copy that holds formulas only, so that every value in it afterwards was calculated."""
    bare = path.with_name(f"bare-{path.name}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            target.writestr(name, data)
    return bare


def by_second_engine(path: Path) -> dict[tuple[str, str], Value]:
    """What the package `formulas` makes of the workbook."""
    solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    cells = formula_cells(path)
    return {
        (sheet, place): _plain(solution[f"'[{path.name}]{sheet.upper()}'!{place}"].value[0, 0])
        for sheet, place in cells
    }


def by_libreoffice(soffice: str, path: Path, folder: Path) -> dict[tuple[str, str], Value]:
    """What LibreOffice makes of the formulas in the workbook."""
    bare = without_cached_values(path)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    out = folder / "recalculated"
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "xlsx",
         "--outdir", str(out), str(bare)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    values = openpyxl.load_workbook(out / bare.name, data_only=True)
    return {(sheet, place): _plain(values[sheet][place].value) for sheet, place in formula_cells(path)}


def differences(path: Path, recalculated: Mapping[tuple[str, str], Value]) -> list[str]:
    """Formula cells whose recalculated value is not ours, to half a sen."""
    found = []
    for place, (formula, cached) in formula_cells(path).items():
        value = recalculated[place]
        if isinstance(cached, float) and isinstance(value, float):
            same = abs(cached - value) < 0.005
        else:
            same = cached == value
        if not same:
            found.append(f"{place}: {formula} is {value!r}, we wrote {cached!r}")
    return found


def set_cells(path: Path, values: Mapping[tuple[str, str], float]) -> Path:
    """A copy in which a person has filled in numbers."""
    book = openpyxl.load_workbook(path)
    for (sheet, place), value in values.items():
        book[sheet][place] = value
    filled = path.with_name(f"filled-{path.name}")
    book.save(filled)
    return filled


def _plain(value: object) -> Value:
    """Numbers as float; nothing and the empty text are the same."""
    if isinstance(value, str):
        return str(value)
    if value is None or type(value).__name__ == "Empty":
        return ""
    return float(str(value))
