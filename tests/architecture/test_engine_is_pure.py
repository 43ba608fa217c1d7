"""The engine is standard library, Decimal and nothing that knows a clock, a file or a binary fraction."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, python_files, short, tree

ENGINE = python_files(PACKAGE / "engine")
# Modules of the standard library that would make a result depend on more than its input.
OUTSIDE_WORLD = {"os", "sys", "io", "time", "pathlib", "random", "socket", "subprocess", "threading", "logging"}
BINARY_FRACTIONS = {"math", "cmath", "statistics"}
ROUNDS = {"round", "quantize", "to_integral", "to_integral_value", "to_integral_exact", "floor", "ceil", "trunc"}


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("file", ENGINE, ids=short)
def test_imports_the_standard_library_and_itself_only(file: Path) -> None:
    foreign = [
        name
        for name in _imports(file)
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("ahsp.engine")
    ]
    assert not foreign


@pytest.mark.parametrize("file", ENGINE, ids=short)
def test_reads_no_clock_file_or_environment(file: Path) -> None:
    assert not OUTSIDE_WORLD & {name.partition(".")[0] for name in _imports(file)}
    called = {node.attr for node in ast.walk(tree(file)) if isinstance(node, ast.Attribute)}
    named = {node.id for node in ast.walk(tree(file)) if isinstance(node, ast.Name)}
    assert not {"today", "now", "utcnow"} & called
    assert not {"open", "print", "input", "eval", "exec"} & named


@pytest.mark.parametrize("file", ENGINE, ids=short)
def test_uses_no_binary_fractions(file: Path) -> None:
    floats = [
        node.lineno
        for node in ast.walk(tree(file))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]
    assert not floats, f"lines {floats}"
    assert not BINARY_FRACTIONS & set(_imports(file))


@pytest.mark.parametrize("file", [file for file in ENGINE if file.name != "rounding.py"], ids=short)
def test_only_the_module_for_rounding_rounds(file: Path) -> None:
    rounding = []
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ROUNDS:
                rounding.append(node.lineno)
    assert not rounding, f"lines {rounding}"


def test_nobody_outside_the_engine_rounds_a_decimal() -> None:
    """The bare loop of the measurements rounds by itself: it is what the engine is measured against."""
    others = [file for file in python_files(PACKAGE) if not {"engine", "bench"} & set(file.parent.parts[-1:])]
    rounding = {
        short(file)
        for file in others
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr in ROUNDS - {"round", "floor", "ceil", "trunc"}
    }
    assert not rounding
