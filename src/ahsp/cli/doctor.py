"""`./ahsp doctor`: what is wrong, and the command that mends it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from ahsp.cli.messages import language
from ahsp.core.issue_texts import issue_text
from ahsp.operations.doctor.chain import examine_installation
from ahsp.operations.doctor.results import Result

NAME_WIDTH = 24


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: healthy, and each check.")
def doctor(*, as_json: bool) -> int:
    """Walk from the database to the page, stop at what is wrong and say how to mend it."""
    results = examine_installation()
    healthy = all(result.ok for result in results)
    if as_json:
        report = {"healthy": healthy, "checks": [_as_json(result) for result in results]}
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_as_lines(results, healthy=healthy)))
    return 0 if healthy else 1


def _as_json(result: Result) -> dict[str, object]:
    return {
        "name": result.name,
        "ok": result.ok,
        "cause": _text(result.code, result),
        "mend": _text(f"{result.code}_mend", result),
        "took_ms": result.took_ms,
    }


def _text(code: str, result: Result) -> str:
    return issue_text(code, result.data, language()) if result.code else ""


def _as_lines(results: Sequence[Result], *, healthy: bool) -> list[str]:
    lines = []
    for result in results:
        sign, word = ("✗", "doctor.word_fault") if not result.ok else ("✓", "doctor.word_ok")
        if result.ok and result.code:
            sign, word = "!", "doctor.word_note"
        said = issue_text(word, {}, language())
        lines.append(f"{sign} {said:<6} {result.name:<{NAME_WIDTH}} {result.took_ms:>6} ms")
        if result.code:
            lines += [f"    {_text(result.code, result)}", f"    → {_text(f'{result.code}_mend', result)}"]
    closing = "doctor.healthy" if healthy else "doctor.ill"
    return [*lines, issue_text(closing, {"count": str(len(results))}, language())]
