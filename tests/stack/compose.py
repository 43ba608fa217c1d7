"""Reads compose.yaml as the engine of the containers does, so far as the tests need it."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.stack.machine import ROOT

Service = dict[str, Any]


@cache
def stack() -> dict[str, Any]:
    """The whole file, its anchors and merges resolved."""
    whole: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return whole


def services() -> dict[str, Service]:
    found: dict[str, Service] = stack()["services"]
    return found


def mounted(service: Service) -> dict[str, Path]:
    """The file of the repository behind each path of the container that shows one."""
    binds = [volume.split(":") for volume in service.get("volumes", []) if volume.startswith("./")]
    return {inside: ROOT / outside for outside, inside, *_ in binds}


def natively(service: Service, command: list[str]) -> list[str]:
    """The command as it runs on this machine: files of the repository, the interpreter of the tests."""
    files = {inside: str(file) for inside, file in mounted(service).items()}
    words = [files.get(word, word) for word in command]
    return [sys.executable if word == "python" else word for word in words]


def health_check(name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the health check of the service `name`, its very words, with these settings of its container."""
    service = services()[name]
    kind, *command = service["healthcheck"]["test"]
    assert kind == "CMD"
    paths = os.pathsep.join(part for part in (environment.pop("PATH", ""), os.environ["PATH"]) if part)
    return subprocess.run(
        natively(service, command),
        env={"PATH": paths, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
