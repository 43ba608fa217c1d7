"""What stands in the repository: locks without addresses, documents that are listed, no traces of a machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, short, tracked_files

LOCKS = [*sorted(ROOT.glob("requirements*.lock")), ROOT / "frontend" / "package-lock.json"]
# Spelled in pieces, or this file would find itself.
REGISTRIES = ["pypi" + ".org", "python" + "hosted", "npmjs" + ".org", "registry." + "yarnpkg"]
MACHINE = re.compile(r"(?<![\w.~/-])/(?:" + "|".join(["wo" + "rk/main", "ro" + "ot/", "ho" + "me/[a-z]"]) + ")")
TEXT = {".py", ".md", ".toml", ".json", ".ts", ".css", ".html", ".sh", ".lock", ".po", ".csv", ".cfg", ".ini", ""}


def _texts() -> list[Path]:
    return [file for file in tracked_files() if file.suffix in TEXT]


@pytest.mark.parametrize("lock", LOCKS, ids=short)
def test_locks_carry_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.findall(r"\"resolved\"|--(?:extra-)?index-url|--find-links|\w+ @ \S+", text)
    if lock.suffix == ".lock":
        assert "://" not in text


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if lock.suffix == ".lock"], ids=short)
def test_every_locked_package_has_a_hash(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    packages = re.findall(r"^([A-Za-z0-9][\w.-]*==[^\\\n]*(?:\\\n[^\\\n]*)*)", text, re.MULTILINE)
    assert packages
    assert not [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package]


def test_no_file_names_a_registry() -> None:
    found = [
        short(file)
        for file in _texts()
        if any(registry in file.read_text(encoding="utf-8", errors="replace") for registry in REGISTRIES)
    ]
    assert not found


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    found = {
        short(file): match.group()
        for file in _texts()
        if (match := MACHINE.search(file.read_text(encoding="utf-8", errors="replace")))
    }
    assert not found


def test_the_readme_lists_every_document() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    documents = {short(file) for file in tracked_files() if file.suffix == ".md" and "docs" in file.parts}
    listed = {name for name in documents if name in readme or f"{Path(name).parent.as_posix()}/)" in readme}
    assert documents == listed, f"not in the README: {sorted(documents - listed)}"
    named = set(re.findall(r"docs/[\w/.-]+\.md", readme))
    assert named <= documents, f"in the README, but absent: {sorted(named - documents)}"
