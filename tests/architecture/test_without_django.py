"""`./ahsp price` and `./ahsp search` start quickly: what they use can be imported where Django is not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.sources import PACKAGE, python_files

PARTS = (
    "engine",
    "core/issue_texts.py",
    "core/errors.py",
    "core/words.py",
    "catalog/packages*",
    "catalog/search",
    "exchange/reading",
    "exchange/documents",
    "exchange/pricing.py",
    "operations/stack/errors.py",
    "cli/main.py",
    "cli/messages.py",
    "cli/price.py",
    "cli/search.py",
)
PROGRAM = """
import importlib, sys
sys.modules["django"] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def _modules(part: str) -> list[str]:
    files = []
    for found in sorted(PACKAGE.glob(part)):
        files += python_files(found) if found.is_dir() else [found]
    return [".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts) for file in files]


@pytest.mark.parametrize("part", PARTS)
def test_imports_where_django_is_blocked(part: str) -> None:
    modules = _modules(part)
    assert modules, f"{part} is gone: take it off the list"
    done = subprocess.run([sys.executable, "-c", PROGRAM, *modules], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
