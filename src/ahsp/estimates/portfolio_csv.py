"""What projects cost together, as CSV."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from ahsp.estimates.portfolio import Spend

HEAD = ("by", "name", "rupiah")
# A table program would take what begins with one of these for a formula.
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def spend_as_csv(spend: Spend) -> str:
    """Rows of kinds, of divisions and of the total, each group in rupiah to the sen with a decimal point.

    Kinds are named as in the API; the division of lines without an analysis is empty.
    """
    sums = {"subtotal": spend.subtotal, "vat": spend.vat, "rounding": spend.rounding, "total": spend.total}
    rows = [("kind", part.name, part.amount) for part in spend.kinds]
    rows += [("division", part.name, part.amount) for part in spend.divisions]
    rows += [("total", name, amount) for name, amount in sums.items()]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows((by, _cell(name), _rupiah(amount)) for by, name, amount in rows)
    return text.getvalue()


def _cell(name: str) -> str:
    return f"'{name}" if name.startswith(BEGINS_FORMULA) else name


def _rupiah(amount: Decimal) -> str:
    return f"{amount:.2f}"
