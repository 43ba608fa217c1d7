"""The estimate as JSON values."""

from __future__ import annotations

from decimal import Decimal

from ahsp.core.issue_texts import issue_text
from ahsp.core.words import in_words
from ahsp.engine.estimate import PricedItem
from ahsp.engine.issues import Issue
from ahsp.engine.vat import Vat
from ahsp.exchange.documents.price_rows import price_json
from ahsp.exchange.documents.rab import RabDocument


def json_shape(document: RabDocument) -> dict[str, object]:
    """Decimals as plain strings without exponent, None where nothing is known."""
    estimate = document.estimate
    language = document.language
    own = {one.code: one.reference or None for one in document.own_analyses}
    return {
        "edition": document.edition_code or document.edition,
        # Their codes, with what each was made from.
        **({"own_analyses": own} if own else {}),
        # Of a project, which knows where each is from.
        **({"prices": list(price_json(document))} if document.origins else {}),
        "lines": [_line(priced, language) for priced in estimate.items()],
        "subtotal": plain(estimate.subtotal),
        "vat": _vat(estimate.vat),
        "total": plain(estimate.total),
        "rounded_total": plain(estimate.rounded_total),
        "in_words": in_words(estimate.rounded_total, language),
        "complete": estimate.complete,
        "issues": [_issue(issue, language) for issue in estimate.issues],
    }


def plain(value: Decimal) -> str:
    """All digits, no exponent: 1E+3 is "1000"."""
    return f"{value:f}"


def _line(priced: PricedItem, language: str) -> dict[str, object]:
    item, unit_price = priced.item, priced.unit_price
    return {
        "no": item.number,
        "code": item.analysis or "",
        "description": item.description,
        "unit": item.unit,
        "quantity": None if item.quantity is None else plain(item.quantity),
        "unit_price": None if unit_price is None else plain(unit_price.rounded),
        "amount": None if priced.amount is None else plain(priced.amount),
        "status": str(priced.status),
        "issues": [_issue(issue, language) for issue in priced.issues],
    }


def _vat(vat: Vat | None) -> dict[str, str] | None:
    if vat is None:
        return None
    return {
        "rate": plain(vat.rule.rate),
        "base_fraction": str(vat.rule.base_fraction),
        "amount": plain(vat.amount),
    }


def _issue(issue: Issue, language: str) -> dict[str, str]:
    return {
        "code": issue.code,
        "severity": str(issue.severity),
        "text": issue_text(issue.code, issue.data, language),
    }
