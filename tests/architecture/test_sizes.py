"""Modules, functions and views stay small. Exemptions may only shrink."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PACKAGE, ROOT, is_views, python_files, short, tree

MODULE, FUNCTION, VIEW = 400, 40, 25
EXEMPTIONS = Path(__file__).with_name("size_exemptions.json")


def _measured() -> Iterator[tuple[str, int, int]]:
    """Each module and function as its name, its lines, and the lines it may have."""
    files = [*python_files(PACKAGE), *python_files(ROOT / "tests")]
    for file in files:
        yield short(file), len(file.read_text(encoding="utf-8").splitlines()), MODULE
        limit = VIEW if is_views(file) else FUNCTION
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{short(file)}::{node.name}", lines, limit


def _front_end_modules() -> Iterator[tuple[str, int, int]]:
    for file in sorted((ROOT / "frontend" / "src").rglob("*.ts")):
        yield short(file), len(file.read_text(encoding="utf-8").splitlines()), MODULE


def test_modules_functions_and_views_stay_within_their_lines() -> None:
    exempt = json.loads(EXEMPTIONS.read_text(encoding="utf-8"))
    measured = [*_measured(), *_front_end_modules()]
    too_long = {name: lines for name, lines, limit in measured if lines > exempt.get(name, limit)}
    assert not too_long, f"Split these: {too_long}"


def test_exemptions_only_shrink() -> None:
    exempt = json.loads(EXEMPTIONS.read_text(encoding="utf-8"))
    needed: dict[str, int] = {}
    for name, lines, limit in [*_measured(), *_front_end_modules()]:
        if name in exempt and lines > limit:
            needed[name] = max(lines, needed.get(name, 0))
    assert exempt == needed, f"Write exactly this into {EXEMPTIONS.name}: {json.dumps(needed, indent=2)}"
