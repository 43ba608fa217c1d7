"""What projects cost together, as CSV."""

from __future__ import annotations

from decimal import Decimal

from ahsp.estimates.csv_files import as_csv, cell
from ahsp.estimates.portfolio import Spend

HEAD = ("by", "name", "rupiah")


def spend_as_csv(spend: Spend) -> str:
    """Rows of kinds, of divisions and of the total, each group in rupiah to the sen with a decimal point.

    Kinds are named as in the API; the division of lines without an analysis is empty.
    """
    sums = {"subtotal": spend.subtotal, "vat": spend.vat, "rounding": spend.rounding, "total": spend.total}
    rows = [("kind", part.name, part.amount) for part in spend.kinds]
    rows += [("division", part.name, part.amount) for part in spend.divisions]
    rows += [("total", name, amount) for name, amount in sums.items()]
    return as_csv(HEAD, ((by, cell(name), _rupiah(amount)) for by, name, amount in rows))


def _rupiah(amount: Decimal) -> str:
    return f"{amount:.2f}"
