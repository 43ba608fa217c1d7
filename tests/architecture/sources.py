"""The files the rules of this folder look at."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ahsp"
IGNORED = {".git", ".venv", ".ahsp", ".cache", "node_modules", "__pycache__", "build"}


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file of the project: what git knows, or what lies there in a copy without git."""
    known = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if known.returncode == 0:
        files = [ROOT / name for name in known.stdout.split("\0") if name]
    else:
        files = [file for file in ROOT.rglob("*") if not IGNORED & set(file.relative_to(ROOT).parts)]
    return tuple(sorted(file for file in files if file.is_file()))


def python_files(folder: Path) -> list[Path]:
    """Python modules below `folder`; migrations are written by a machine."""
    return [file for file in sorted(folder.rglob("*.py")) if "migrations" not in file.parts]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def short(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def is_views(file: Path) -> bool:
    """Views of pages and of the API."""
    if file.name in {"views.py", "api.py"} or file.name.endswith("_views.py"):
        return True
    return file.parent.name in {"views", "api"} and file.parent.parent.name not in {"core", "tests"}
