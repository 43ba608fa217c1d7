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
from datetime import date
from decimal import Decimal
from itertools import count, cycle, islice
from typing import Any

from django.db.models import Count, Q
from django.test import Client

from ahsp.accounts.models import Membership, Organization, Person, Role
from ahsp.catalog.models import Analysis, AnalysisLine, Edition
from ahsp.estimates.analyses.services import modify
from ahsp.estimates.models import Section, WorkItem
from ahsp.prices.models import PriceBook
from ahsp.projects.models import Project
from ahsp.projects.services import project_change

SIZES = (1_000, 3_000, 12_000)
ITEMS_OF_A_SECTION, SECTIONS_OF_A_DIVISION = 25, 16
LINES_OF_AN_ANALYSIS = (9, 15)
# One item in so many uses a modified analysis.
MODIFIED_EVERY = 40
ROUNDS = 7
PASTED = 3_000
# Of the resources of the edition the one that nearly every analysis uses: its price changes nearly every row.
EVERYWHERE = {"kind": "labor", "name": "Pekerja", "unit": "OH"}
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
    lines = _lines(desk.project)
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
    codes = cycle(
        Analysis.objects.filter(edition=desk.project.edition).order_by("position").values_list("code", flat=True)
    )
    cells = [
        [str(place), code, f"Pekerjaan {place}", "m3", f"1.{place % 1000:03},25", ""]
        for place, code in enumerate(islice(codes, PASTED), 1)
    ]
    fields = ["number", "code", "description", "unit", "quantity", "unit_price"]
    tried, first = desk.do("rows.paste", dry_run=True, cells=cells, fields=fields)
    done, second = desk.do("rows.paste", cells=cells, fields=fields)
    if not len(tried["result"]["rows"]) == done["result"]["items"] == PASTED:
        raise ValueError("not every pasted row became an item")
    return max(first, second)


def _lines(project: Project) -> int:
    """Lines of all analyses, once for each item that uses them."""
    used = Q(analysis__in=project.items.values("analysis"))
    counted = dict(AnalysisLine.objects.filter(used).values_list("analysis").annotate(number=Count("id")))
    own = dict(project.analysis_lines.values_list("analysis").annotate(number=Count("id")))
    items = project.items.values_list("analysis_id", "own_id")
    return sum(own.get(mine, 0) if mine else counted.get(of_edition, 0) for of_edition, mine in items)


def _open(size: int) -> Desk:
    number = next(_NUMBERS)
    organization = Organization.objects.create(name=f"bench {number}")
    person = Person.objects.create_user(f"workspace-{number}@ahsp.example", name="Bench")
    Membership.objects.create(person=person, organization=organization, role=Role.OWNER)
    project = _make_project(organization, size)
    references = [analysis.code for analysis in _analyses(project.edition)[: size // MODIFIED_EVERY]]
    with project_change(project=project, person=person, act="bench.modify") as entry:
        for reference in references:
            modify(entry, reference=reference, items=None, code="")
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return Desk(client, project)


def _make_project(organization: Organization, size: int) -> Project:
    edition = Edition.objects.get(slug="ck-se47-2026")
    book = PriceBook.objects.get(slug="ck-se47-2026-example")
    project = Project.objects.create(
        organization=organization, name=f"bench {size}", edition=edition, price_book=book, vat_date=date(2026, 1, 1)
    )
    analyses = cycle(_analyses(edition))
    sections = _sections(project, -(-size // ITEMS_OF_A_SECTION))
    WorkItem.objects.bulk_create(
        WorkItem(
            project=project,
            organization=organization,
            section=sections[place // ITEMS_OF_A_SECTION],
            position=place,
            tag=place + 1,
            number="",
            code=analysis.code,
            analysis=analysis,
            description=analysis.name,
            unit=analysis.unit,
            quantity=Decimal(place + 1) / 8,
        )
        for place, analysis in enumerate(islice(analyses, size))
    )
    return project


def _analyses(edition: Edition) -> list[Analysis]:
    """Those of about a dozen lines, so that 12,000 items have 144,000."""
    least, most = LINES_OF_AN_ANALYSIS
    counted = Analysis.objects.filter(edition=edition).annotate(number=Count("lines"))
    return list(counted.filter(number__gte=least, number__lte=most).order_by("position"))


def _sections(project: Project, number: int) -> list[Section]:
    made: list[Section] = []
    division: Section | None = None
    for place in range(number):
        if place % SECTIONS_OF_A_DIVISION == 0:
            division = Section.objects.create(
                project=project, organization=project.organization, position=place, name=f"Division {place}"
            )
        made.append(
            Section(
                project=project,
                organization=project.organization,
                parent=division,
                position=place,
                name=f"Section {place}",
            )
        )
    return Section.objects.bulk_create(made)
