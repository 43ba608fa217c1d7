"""`./ahsp price`: a bill of quantities in, a priced estimate out, without a server or a database."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import click

from ahsp.cli.price_options import PERCENT, ROUNDING
from ahsp.core.errors import AhspError
from ahsp.core.issue_texts import issue_text
from ahsp.engine.rounding import Rounding

if TYPE_CHECKING:
    from ahsp.exchange.documents.rab import RabDocument

EXAMPLE = "example"
REFUSED = 2
INCOMPLETE = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for. `overhead` is in percent; `notation` is None where any clear number is accepted."""

    edition: str
    prices: str
    overhead: Decimal
    vat_date: date
    unit_price_rounding: Rounding
    total_rounding: Rounding
    notation: Literal["id", "en"] | None
    hours_per_day: Decimal | None
    sheet: str | None

    @property
    def language(self) -> Literal["id", "en"]:
        """Of messages and documents: Indonesian unless English is asked for."""
        return self.notation or "id"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--edition", default="ck-se47-2026", show_default=True, help="Edition of the regulation.")
@click.option(
    "--prices",
    default=EXAMPLE,
    show_default=True,
    metavar="FILE|example",
    help="Prices of resources: an XLSX or CSV file, or the edition's example prices (no legal HSD).",
)
@click.option("--overhead", type=PERCENT, default="10", show_default=True, help="Overhead and profit in percent of D.")
@click.option(
    "--vat-date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day whose VAT rule holds.  [default: today in Jakarta]",
)
@click.option(
    "--unit-price-rounding",
    type=ROUNDING,
    default="half-up:0.01",
    show_default=True,
    help="none, floor:STEP or half-up:STEP. The default makes quantity x printed price the printed amount.",
)
@click.option(
    "--total-rounding",
    type=ROUNDING,
    default="none",
    show_default=True,
    help="The same for the final total, such as floor:1000.",
)
@click.option(
    "--locale",
    "notation",
    type=click.Choice(["id", "en"]),
    help="How numbers in the file are written (id 1.234,56; en 1,234.56), and the language of what is said. "
    "Without it any number is read that can mean only one thing, and the language is Indonesian.",
)
@click.option(
    "--hours-per-day",
    type=click.Choice(["7", "8"]),
    help="Hours (OJ) in a person-day (OH).  [default: the price book's]",
)
@click.option("--sheet", metavar="NAME", help="Sheet of the workbook.  [default: the one that reads best as a bill]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.xlsx|OUT.pdf|OUT.docx",
    help="Write the workbook with live formulas, the PDF, or the document for a word processor.",
)
@click.option("--strict", is_flag=True, help="Exit with 3 if any line is not fully priced; output is written.")
def price(
    file: Path,
    edition: str,
    prices: str,
    overhead: Decimal,
    vat_date: datetime | None,
    unit_price_rounding: Rounding,
    total_rounding: Rounding,
    notation: Literal["id", "en"] | None,
    hours_per_day: str | None,
    sheet: str | None,
    output: Path | None,
    *,
    as_json: bool,
    strict: bool,
) -> None:
    """Price the bill of quantities in FILE (XLSX or CSV).

    A line with a code is priced from the edition's analyses, one with a unit price keeps it. What is missing is
    said, never counted as 0. Exit codes: 0 done, 2 refused, 3 incomplete (with --strict).
    """
    options = Options(
        edition=edition,
        prices=prices,
        overhead=overhead,
        vat_date=vat_date.date() if vat_date else _today(),
        unit_price_rounding=unit_price_rounding,
        total_rounding=total_rounding,
        notation=notation,
        hours_per_day=Decimal(hours_per_day) if hours_per_day else None,
        sheet=sheet,
    )
    try:
        document = _run(file, options, output)
    except AhspError as error:
        _refuse(error, options.language)
    _print(document, output, as_json=as_json)
    if strict and not document.estimate.complete:
        click.get_current_context().exit(INCOMPLETE)


def _run(file: Path, options: Options, output: Path | None) -> RabDocument:
    from ahsp.exchange.documents.files import check_target, write_file

    if output is not None:
        check_target(output, source=file)
    document = _document(file, options)
    if document.prices_are_example:
        click.echo(f"ahsp: {_example_sentence(document)}", err=True)
    if output is not None:
        write_file(document, output)
    return document


def _document(file: Path, options: Options) -> RabDocument:
    from ahsp.catalog.packages import edition_path, read_edition
    from ahsp.engine.estimate import EstimateSettings
    from ahsp.engine.numbers import Notation
    from ahsp.engine.vat import vat_rule_on
    from ahsp.exchange.pricing import choose_prices, fraction, price_boq
    from ahsp.exchange.reading.boq import read_boq
    from ahsp.exchange.reading.source import shown_name

    notation = Notation(options.notation) if options.notation else Notation.AUTO
    boq = read_boq(file, notation=notation, sheet=options.sheet)
    edition = read_edition(edition_path(options.edition))
    prices = choose_prices(
        None if options.prices == EXAMPLE else Path(options.prices),
        edition,
        notation=notation,
        language=options.language,
        hours_per_day=options.hours_per_day,
    )
    settings = EstimateSettings(
        overhead=fraction(options.overhead),
        vat=vat_rule_on(options.vat_date),
        unit_price_rounding=options.unit_price_rounding,
        total_rounding=options.total_rounding,
    )
    return price_boq(
        boq,
        edition,
        prices,
        settings,
        title=shown_name(file, file.stem),
        language=options.language,
        day=options.vat_date,
    )


def _print(document: RabDocument, output: Path | None, *, as_json: bool) -> None:
    if as_json:
        import json

        from ahsp.exchange.documents.rab import to_json

        text = json.dumps(to_json(document), ensure_ascii=False)
        # As bytes: JSON is UTF-8 whatever the terminal speaks.
        sys.stdout.buffer.write(f"{text}\n".encode())
        return
    from ahsp.exchange.documents.summary import summary

    click.echo(summary(document, output))


def _example_sentence(document: RabDocument) -> str:
    return issue_text("prices.example", {"name": document.price_source}, document.language)


def _refuse(error: AhspError, language: str) -> NoReturn:
    click.echo(f"ahsp: {issue_text(error.code, error.data, language)}", err=True)
    sys.exit(REFUSED)


def _today() -> date:
    """Today in Jakarta (UTC+7, without daylight saving)."""
    from datetime import timedelta, timezone

    return datetime.now(timezone(timedelta(hours=7))).date()
