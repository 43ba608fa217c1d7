"""The workspace on projects of 1,000, 3,000 and 12,000 work items: commands, the grid, what others see, a paste.

Asked through the application's own addresses in this process, session, JSON and compression included; the network and
the drawing of the browser are not.
"""

from __future__ import annotations

import gzip
import json
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.test import Client

from ahsp.bench.projects import EVERYWHERE, FIELDS, lines_of, make_bench_project, spreadsheet_rows
from ahsp.estimates.models import WorkItem
from ahsp.projects.models import Project

SIZES = (1_000, 3_000, 12_000)
ROUNDS = 7
PASTED = 3_000
LINES_OF_AN_ITEM = 12
_NUMBERS = count(1)


def measure() -> dict[str, Any]:
    """Median milliseconds by size, growth from the smallest to the largest project, and the largest answer in
    kilobytes as it is sent."""
    figures: dict[str, Any] = {}
    for size in SIZES:
        for name, value in _of_a_project(size).items():
            figures[f"{name}_{size}"] = value
    figures["largest_kb"] = max(figures[f"largest_kb_{size}"] for size in SIZES)
    for name in ("price_ms", "quantity_ms", "sync_ms"):
        small, large = (float(figures[f"{name}_{size}"]) for size in (SIZES[0], SIZES[-1]))
        figures[f"{name}_growth"] = round(large / small, 2)
    return figures


@dataclass(frozen=True)
class Desk:
    """Somebody who has a project open."""

    client: Client
    project: Project

    def get(self, path: str) -> tuple[dict[str, Any], int]:
        """The answer and its bytes as they are sent."""
        answer = self.client.get(self._address(path), HTTP_ACCEPT_ENCODING="gzip", HTTP_HOST="localhost")
        return _read(answer), len(answer.content)

    def do(self, command: str, *, dry_run: bool = False, **arguments: Any) -> tuple[dict[str, Any], int]:
        """Carry out a command, or try it, as seen at the revision before it."""
        base = Project.objects.values_list("revision", flat=True).get(pk=self.project.pk)
        call = {"id": str(uuid.uuid4()), "command": command, "arguments": arguments, "base": base, "dry_run": dry_run}
        answer = self.client.post(
            self._address("commands/"),
            json.dumps(call),
            content_type="application/json",
            HTTP_ACCEPT_ENCODING="gzip",
            HTTP_HOST="localhost",
        )
        return _read(answer), len(answer.content)

    def _address(self, path: str) -> str:
        return f"/api/v2/projects/{self.project.code}/{path}"


def _read(answer: Any) -> dict[str, Any]:
    body = answer.content
    if answer.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    if answer.status_code != 200:
        raise ValueError(f"{answer.status_code}: {body[:300]!r}")
    return json.loads(body)  # type: ignore[no-any-return]


def _of_a_project(size: int) -> dict[str, float]:
    desk = _open(size)
    item = WorkItem.objects.filter(project=desk.project).order_by("-tag").values_list("pk", flat=True)[0]
    lines = lines_of(desk.project)
    if lines < size * LINES_OF_AN_ITEM:
        raise ValueError(f"{size} items have only {lines} lines")
    sizes: list[int] = []
    grid_ms = _ms(lambda: sizes.extend(_grid(desk)), rounds=1)
    price_ms = _ms(lambda: sizes.append(_price(desk)))
    quantity_ms = _ms(lambda: _quantity(desk, item))
    revision = Project.objects.values_list("revision", flat=True).get(pk=desk.project.pk)
    sync_ms = _ms(lambda: sizes.append(desk.get(f"sync/?since={revision - 1}")[1]))
    head_ms = _ms(lambda: sizes.append(desk.get("workspace/")[1]))
    paste_ms = _ms(lambda: sizes.append(_paste(desk)), rounds=1)
    return {
        "lines": lines,
        "grid_ms": grid_ms,
        "price_ms": price_ms,
        "quantity_ms": quantity_ms,
        "sync_ms": sync_ms,
        "head_ms": head_ms,
        "paste_ms": paste_ms,
        "largest_kb": round(max(sizes) / 1000, 1),
    }


def _ms(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        act()
        times.append(time.perf_counter() - begin)
    return round(statistics.median(times) * 1000, 1)


def _grid(desk: Desk) -> Iterator[int]:
    """The bytes of each part."""
    part, size = desk.get("grid/?part=0")
    yield size
    for number in range(1, part["parts"]):
        yield desk.get(f"grid/?part={number}")[1]


def _price(desk: Desk) -> int:
    cell = {"resource": EVERYWHERE, "version": None, "values": {"price": str(100_000 + next(_NUMBERS))}}
    body, size = desk.do("prices.set", cells=[cell])
    if len(body["figures"]["rows"]) < desk.project.items.count() // 2:
        raise ValueError("a price that is used everywhere changed few rows")
    return size


def _quantity(desk: Desk, item: int) -> None:
    cell = {"key": f"i{item}", "version": None, "values": {"quantity": f"{next(_NUMBERS)},25"}}
    body, _ = desk.do("items.set", cells=[cell])
    if not body["figures"]["rows"]:
        raise ValueError("a quantity changed nothing")


def _paste(desk: Desk) -> int:
    """Rows as they come from a spreadsheet, looked at first and then written; the bytes of the larger answer."""
    cells = spreadsheet_rows(desk.project, PASTED)
    tried, first = desk.do("rows.paste", dry_run=True, cells=cells, fields=FIELDS)
    done, second = desk.do("rows.paste", cells=cells, fields=FIELDS)
    if not len(tried["result"]["rows"]) == done["result"]["items"] == PASTED:
        raise ValueError("not every pasted row became an item")
    return max(first, second)


def _open(size: int) -> Desk:
    person, project = make_bench_project(size)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return Desk(client, project)
