"""Names of sheets and columns that formulas point to."""

from __future__ import annotations

from dataclasses import dataclass

from ahsp.engine.resources import ResourceKind
from ahsp.exchange.documents.texts import Translate

PRICE_USED = "G"
"""The column of the price sheet that analyses use."""

ANALYSIS_AMOUNT = "F"
ANALYSIS_STATUS = "G"
BILL_AMOUNT = "G"
BILL_STATUS = "H"


@dataclass(frozen=True, slots=True)
class SheetNames:
    """Single words, so that formulas need no quotes around them."""

    recap: str
    bill: str
    analyses: str
    prices: str
    notes: str


def sheet_names(gettext: Translate) -> SheetNames:
    return SheetNames(
        gettext("Summary"),
        gettext("Bill"),
        gettext("Analyses"),
        gettext("Prices"),
        gettext("Notes"),
    )


def kind_name(kind: ResourceKind, gettext: Translate) -> str:
    """The group of an analysis as it is printed."""
    names = {
        ResourceKind.LABOR: gettext("Labour"),
        ResourceKind.MATERIAL: gettext("Materials"),
        ResourceKind.EQUIPMENT: gettext("Equipment"),
    }
    return names[kind]


def quoted(text: str) -> str:
    """`text` as a constant within a formula."""
    return '"' + text.replace('"', '""') + '"'
