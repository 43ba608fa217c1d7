"""The steps of the work, in their order. What each shows is in frontend/src/workspace/steps/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ahsp.web.drawings import drawing


@dataclass(frozen=True, slots=True)
class Step:
    """`id` stands in the address; `icon` is a drawing of `web`."""

    id: str
    title: Any
    icon: str

    @property
    def drawing(self) -> SafeString:
        return drawing(self.icon)


WORK = (
    Step("boq", _("Bill (BoQ)"), "grid"),
    Step("volume", _("Quantities"), "ruler"),
    Step("analyses", _("Analyses"), "book"),
    Step("prices", _("Prices"), "tag"),
    Step("rab", _("Estimate"), "chart"),
    Step("needs", _("Resource needs"), "layers"),
)
TOGETHER = (
    Step("activity", _("Activity"), "clock"),
    Step("versions", _("Versions"), "fold"),
    Step("members", _("People"), "user"),
)
FIRST = WORK[0].id
KNOWN = {step.id: step for step in (*WORK, *TOGETHER)}
