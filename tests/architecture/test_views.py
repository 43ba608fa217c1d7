"""Views go through the doors of their app and name the errors they expect."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, is_views, python_files, short, tree

VIEWS = [file for file in python_files(PACKAGE) if is_views(file)]


def test_there_are_views_to_look_at() -> None:
    assert len(VIEWS) >= 3


@pytest.mark.parametrize("file", VIEWS, ids=short)
def test_views_reach_rows_through_access_queries_and_services_only(file: Path) -> None:
    direct = [
        node.lineno
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert not direct, f"lines {direct}: use access.py, queries.py or services.py"


@pytest.mark.parametrize("file", VIEWS, ids=short)
def test_views_catch_errors_by_name(file: Path) -> None:
    wide = [
        node.lineno
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & set(_names(node.type)))
    ]
    assert not wide, f"lines {wide}"


def _names(caught: ast.expr) -> list[str]:
    """The errors of an `except`, also of one that lists several."""
    return [node.id for node in ast.walk(caught) if isinstance(node, ast.Name)]
