"""From rows to the priced estimate."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ahsp.catalog.queries import forget_catalog
from ahsp.core.errors import Conflict, NotFound
from ahsp.engine.pricing import Status
from ahsp.estimates.models import WorkItem
from ahsp.estimates.queries import priced_estimate, priced_item, totals
from ahsp.estimates.services import import_boq
from ahsp.estimates.tree import issues_from_json
from ahsp.projects.models import Change, Project
from tests.builders import bill, make_edition
from tests.people import Cast

BILL = """
# Tanah
1 | 1.1 | Galian tanah | m3 | 10
2 | 1.2 | Urugan pasir | m3 | 4
# Lain-lain
3 |     | Mobilisasi | ls | 1 | 5000000
4 |     | Belum dihargai | unit | 2
5 | 1.3 | Plesteran | m2 |
"""


def write(project: Project, cast: Cast, text: str, *, replace: bool = True) -> None:
    import_boq(
        project=project,
        person=cast.budi,
        children=bill(text),
        replace=replace,
        source="boq.csv",
        expected=project.revision,
    )


def test_a_bill_is_priced_from_the_catalog(project: Project, cast: Cast) -> None:
    write(project, cast, "1 | 1.1 | Galian tanah | m3 | 10")
    estimate = priced_estimate(project)
    (item,) = estimate.items()
    assert item.unit_price is not None
    assert item.unit_price.rounded == Decimal("107360.00")
    assert estimate.subtotal == Decimal("1073600.00")
    assert estimate.vat is not None
    assert estimate.vat.amount == Decimal("118096.00")
    assert estimate.complete


def test_what_lacks_a_price_or_quantity_makes_a_lower_bound(project: Project, cast: Cast) -> None:
    write(project, cast, BILL)
    estimate = priced_estimate(project)
    assert [item.status for item in estimate.items()] == [
        Status.PRICED,
        Status.PARTIAL,
        Status.PRICED,
        Status.UNPRICED,
        Status.PARTIAL,
    ]
    assert not estimate.complete
    assert estimate.incomplete == 3
    # 10 x 107,360 + 4 x 0.3 x 120,000 x 1.1 + 5,000,000
    assert estimate.subtotal == Decimal("6232000.00")


def test_sections_keep_their_order_and_total(project: Project, cast: Cast) -> None:
    write(project, cast, BILL)
    estimate = priced_estimate(project)
    names = [child.section.name for child in estimate.children]
    assert names == ["Tanah", "Lain-lain"]
    assert sum(child.total for child in estimate.children) == estimate.subtotal


def test_the_number_of_queries_does_not_grow_with_the_bill(project: Project, cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            priced_estimate(project)
        return len(captured)

    write(project, cast, BILL)
    forget_catalog()
    assert (queries(), queries()) == (6, 4)
    write(project, cast, "\n".join(f"{n} | 1.{1 + n % 3} | Pekerjaan {n} | m3 | {n}" for n in range(1, 200)))
    forget_catalog()
    assert (queries(), queries()) == (6, 4)


def test_one_item_is_priced_as_in_the_whole(project: Project, cast: Cast) -> None:
    write(project, cast, BILL)
    whole = {item.item.key: item.amount for item in priced_estimate(project).items()}
    for pk in WorkItem.objects.filter(project=project).values_list("id", flat=True):
        assert priced_item(project, pk).amount == whole[f"i{pk}"]


def test_an_item_of_another_project_is_not_found(project: Project, cast: Cast) -> None:
    write(project, cast, BILL)
    other = Project.objects.create(
        organization=cast.office,
        name="Lain",
        edition=project.edition,
        price_book=project.price_book,
        vat_date=project.vat_date,
    )
    pk = WorkItem.objects.filter(project=project).values_list("id", flat=True)[0]
    with pytest.raises(NotFound):
        priced_item(other, pk)


def test_an_import_raises_the_revision_and_leaves_a_change_entry(project: Project, cast: Cast) -> None:
    before = project.revision
    write(project, cast, BILL)
    change = Change.objects.get(project=project, revision=before + 1)
    assert (change.act, change.person) == ("boq.import", cast.budi)
    assert change.data == {"source": "boq.csv", "replaced": True, "sections": 2, "items": 5}
    assert Project.objects.get(pk=project.pk).revision == before + 1


def test_append_keeps_what_was_there(project: Project, cast: Cast) -> None:
    write(project, cast, BILL)
    write(project, cast, "9 | 1.1 | Galian lagi | m3 | 1", replace=False)
    descriptions = [item.item.description for item in priced_estimate(project).items()]
    assert descriptions[-1] == "Galian lagi"
    assert len(descriptions) == 6


def test_a_stale_import_is_refused_and_changes_nothing(project: Project, cast: Cast) -> None:
    write(project, cast, BILL)
    stale = project.revision - 1
    with pytest.raises(Conflict):
        import_boq(
            project=project, person=cast.ani, children=bill("1|1.1|x|m3|1"), replace=True, source="", expected=stale
        )
    assert WorkItem.objects.filter(project=project).count() == 5


def test_a_code_of_another_edition_is_said_to_be_one(project: Project, cast: Cast) -> None:
    other = make_edition("lama-2020")
    other.analyses.filter(code="1.3").update(code="9.9")
    write(project, cast, "1 | 9.9 | Plesteran | m2 | 3")
    item = WorkItem.objects.get(project=project)
    assert item.analysis is None
    (issue,) = issues_from_json(item.reading_issues)
    assert issue.code == "analysis.other_edition"
    assert issue.data["editions"] == f"{other.title} ({other.slug})"
    (priced,) = priced_estimate(project).items()
    assert priced.status is Status.UNPRICED


def test_totals_follow_the_revision(project: Project, cast: Cast) -> None:
    write(project, cast, BILL)
    first = totals(project)
    assert (first.item_count, first.incomplete) == (5, 3)
    with CaptureQueriesContext(connection) as cached:
        assert totals(project) == first
    assert len(cached) == 0
    write(project, cast, "1 | 1.1 | Galian tanah | m3 | 10")
    assert totals(project).item_count == 1


def test_a_code_with_marks_behind_it_is_tidied_with_a_note(project: Project, cast: Cast) -> None:
    write(project, cast, "1 | 1. 1. | Galian tanah | m3 | 10")
    (priced,) = priced_estimate(project).items()
    assert priced.status is Status.PRICED
    assert [issue.code for issue in priced.issues] == ["analysis.code_tidied"]
