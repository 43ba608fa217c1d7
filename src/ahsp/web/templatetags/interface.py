"""Small parts of every page: icons, states, shares, sentences of issues, the theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.template.base import Parser, TextNode, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ahsp.core.issue_texts import issue_text
from ahsp.engine.issues import Issue
from ahsp.engine.pricing import Status
from ahsp.web.drawings import drawing

register = template.Library()

_AXIS_ENDS = tuple(Decimal(percent) / 100 for percent in (5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100))
THEMES = ("auto", "light", "dark")
STATUS_WORDS = {
    Status.PRICED: gettext_lazy("Complete"),
    Status.PARTIAL: gettext_lazy("Partial"),
    Status.UNPRICED: gettext_lazy("No price"),
}


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """The theme the person chose on this machine; the cookie is only ever compared, never written out."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme") if request else None
    return chosen if chosen in THEMES else "auto"


def shape(status: str) -> SafeString:
    """The shape of a state, without its word."""
    return drawing(f"shapes/{status}")


@register.tag("icon")
def _icon(_parser: Parser, token: Token) -> TextNode:
    """{% icon "name" %}: a decorative icon, drawn when the template is read; what it means stands beside it."""
    return TextNode(drawing(_named(token)))


@register.tag("shape")
def _shape(_parser: Parser, token: Token) -> TextNode:
    """{% shape "PARTIAL" %}, drawn when the template is read."""
    return TextNode(shape(_named(token)))


def _named(token: Token) -> str:
    """The one argument of a tag, a text in quotes."""
    tag, name = token.split_contents()
    if name[0] not in "\"'" or name[0] != name[-1]:
        raise template.TemplateSyntaxError(f"{tag} wants the name of a drawing in quotes, not {name}")
    return name[1:-1]


@register.simple_tag
def status_badge(status: Status) -> SafeString:
    """Shape, word and colour of a state."""
    return format_html(
        '<span class="status status-{}">{}{}</span>', status.value, shape(status.value), STATUS_WORDS[status]
    )


@register.simple_tag
def status_mark(status: Status) -> SafeString:
    """Shape and colour; the word for those who hear the page or hold the pointer over it."""
    word = STATUS_WORDS[status]
    return format_html(
        '<span class="status status-{}" title="{}">{}<span class="sr-only">{}</span></span>',
        status.value,
        word,
        shape(status.value),
        word,
    )


@register.filter
def axis_end(rows: Iterable[Any]) -> Decimal:
    """The round share at which bars of `rows` (each with `.share`) end: the least of _AXIS_ENDS that holds them all."""
    largest = max((row.share for row in rows), default=Decimal(0))
    return next((end for end in _AXIS_ENDS if end >= largest), Decimal(1))


@register.simple_tag
def share_bar(*shares: Decimal | None, end: Decimal = Decimal(1)) -> SafeString:
    """Parts of `end`, side by side. The figures stand beside the bar, so it is hidden from readers."""
    parts = []
    left = Decimal(0)
    for number, share in enumerate(shares, start=1):
        width = min(max((share or Decimal(0)) / end, Decimal(0)), 1 - left) * 100
        tone = "value" if number == 1 else f"value-{number}"
        parts.append(f'<rect class="{tone}" x="{left * 100:.2f}" width="{width:.2f}" height="6"/>')
        left += width / 100
    return mark_safe(  # noqa: S308 numbers only
        '<svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="6"/>{"".join(parts)}</svg>'
    )


@register.filter
def sentence(issue: Issue) -> str:
    """An issue in the reader's language."""
    return issue_text(issue.code, issue.data, get_language() or "id")


@register.filter
def spoken(texts: Mapping[str, Any] | str) -> Any:
    """The reader's language out of {"id": ..., "en": ...}; a plain text is itself."""
    if isinstance(texts, str):
        return texts
    return texts.get(get_language() or "id") or texts.get("id", "")


@register.filter
def ratio(part: int, whole: int) -> Decimal:
    """part / whole, 0 where there is no whole."""
    return Decimal(part) / Decimal(whole) if whole else Decimal(0)


@register.filter
def subtract(value: int, other: int) -> int:
    """value - other."""
    return value - other


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """A form field with label, hint and its errors. Options: `unit`, `hint`, `numeric`,
    `autofocus`, `example` (see frontend/src/behaviours/examples.ts), `bare` (without the form's own help text)."""
    widget = bound.field.widget
    # The label is always there: a placeholder that repeats it only looks like a value.
    widget.attrs.pop("placeholder", None)
    classes = "input input-numeric" if options.get("numeric") else "input"
    if getattr(widget, "input_type", "") in {"checkbox", "radio"}:
        classes = ""
    attrs: dict[str, str | bool] = {"class": classes} if classes else {}
    if options.get("autofocus") and not bound.errors:
        attrs["autofocus"] = "autofocus"
    if options.get("example"):
        attrs["data-example-source"] = options["example"]
    if options.get("hint"):
        error = f" {bound.auto_id}_error" if bound.errors else ""
        attrs["aria-describedby"] = f"{bound.auto_id}_hint{error}"
    return {"field": bound, "widget": bound.as_widget(attrs=attrs), "optional": _("optional"), **options}
