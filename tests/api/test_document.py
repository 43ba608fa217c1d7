"""docs/api.md names what is there."""

from __future__ import annotations

import re
from pathlib import Path

from drf_spectacular.generators import SchemaGenerator

from ahsp.core.issue_texts import TEXTS
from ahsp.projects.commands import commands
from ahsp.settings import API_REQUESTS_PER_MINUTE

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
# Told apart: the description of itself, and what only browsers of ours send.
NOT_LISTED = {"schema/", "client-metrics/"}


def test_every_address_is_listed() -> None:
    described = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    there = {path.removeprefix("/api/v2/") for path in described} - NOT_LISTED
    assert {name for name in first_column() if "/" in name} - {"/api/v2/"} == there


def first_column() -> set[str]:
    """Names in the first column of tables: addresses, and commands."""
    rows = [line.split("|")[1] for line in TEXT.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_every_command_is_listed() -> None:
    assert {name for name in first_column() if "/" not in name} == set(commands())


def test_every_code_has_a_sentence() -> None:
    codes = set(re.findall(r"`((?:api|token|project|section|job|request)\.[a-z_]+)`", TEXT))
    assert len(codes) > 12
    assert not codes - set(TEXTS) - set(commands())


def test_the_limit_is_the_one_in_force() -> None:
    assert f"{API_REQUESTS_PER_MINUTE:,} requests a minute" in TEXT
