"""What the back-up volume document starts from, whichever way it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from ahsp.engine.issues import Issue
from ahsp.engine.takeoff import MeasuredLine
from ahsp.exchange.documents.rab import RabDocument, Tick
from ahsp.exchange.documents.texts import translator


@dataclass(frozen=True, slots=True)
class ShownParameter:
    name: str
    formula: str
    unit: str
    note: str
    value: Decimal | None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """Where the quantity of an item comes from. `name` is what formulas call it (v12); `formula` is without "="; with
    neither formula nor lines the quantity was typed."""

    name: str
    formula: str = ""
    lines: tuple[MeasuredLine, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeoffDocument:
    """`rab` has the project, its sections and items with their quantities; `measurements` are by the items' keys."""

    rab: RabDocument
    parameters: tuple[ShownParameter, ...]
    measurements: Mapping[str, Measurement]

    @property
    def language(self) -> str:
        return self.rab.language

    @property
    def name(self) -> str:
        return translator(self.language)("Back-up of quantities")


TakeoffWriter = Callable[[TakeoffDocument, BinaryIO, Tick], None]


def write_takeoff_xlsx(document: TakeoffDocument, target: BinaryIO, tick: Tick) -> None:
    """The workbook: live formulas whose cached values are the quantities of the estimate."""
    from ahsp.exchange.documents.takeoff.workbook import write_workbook

    write_workbook(document, target, tick)


def write_takeoff_pdf(document: TakeoffDocument, target: BinaryIO, tick: Tick) -> None:
    from ahsp.exchange.documents.takeoff.pdf import render_pdf

    target.write(render_pdf(document, tick))
