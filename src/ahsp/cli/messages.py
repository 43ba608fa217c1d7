"""What the command line says, in the language of the person's terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping

import click

from ahsp.core.issue_texts import issue_text


def language() -> str:
    """ "id" or "en": `AHSP_LANGUAGE`, else the terminal's own language, else English."""
    for name in ("AHSP_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value:
            return "id" if value.startswith("id") else "en"
    return "en"


def say(code: str, data: Mapping[str, str]) -> None:
    """What a command tells as its result, on standard output."""
    click.echo(issue_text(code, data, language()))


def progress(code: str, data: Mapping[str, str]) -> None:
    """What happens on the way, on standard error."""
    click.echo(issue_text(code, data, language()), err=True)


def complain(code: str, data: Mapping[str, str]) -> None:
    """One line that says what is wrong and how to mend it."""
    click.echo(f"ahsp: {issue_text(code, data, language())}", err=True)
