"""Templates whose constant parts are put together once say the same as Django's own."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.template.base import TextNode
from django.test import override_settings
from django.urls import NoReverseMatch, set_script_prefix
from django.utils import translation

from ahsp.web.template_loader import Run, fold

LIBRARIES = {
    "interface": "ahsp.web.templatetags.interface",
    "static": "django.templatetags.static",
}
OURS = Engine(libraries={**LIBRARIES, "i18n": "ahsp.web.templatetags.constant_tags"})
DJANGOS = Engine(libraries={**LIBRARIES, "i18n": "django.templatetags.i18n"})
TEXTS = [
    "{% translate 'Projects' %}",
    "{% translate 'No' context 'column' %}",
    "{% translate 'Projects' as word %}<b>{{ word }}</b>",
    "{% translate name %}",
    "{% translate 'Projects'|upper %}",
    "{% translate '100 %% sure & <b>' %}",
    "{% autoescape off %}{% translate 'a < b' %}{% endautoescape %}{% translate 'a < b' %}",
    "<a href=\"{% url 'estimates:projects' %}\">{% trans 'Projects' %}</a> & {{ name }}",
    "{% url 'estimates:rab' code %}|{% url 'estimates:rab' code=code %}|{% url 'estimates:rab' 'CODE' %}",
    "{% url 'estimates:projects' as there %}{{ there }}",
    "{% if code %}<p>{% translate 'Projects' %}</p>{% else %}{% translate 'Catalog' %}{% endif %}",
    "{% for n in numbers %}<li>{% translate 'Catalog' %} {{ n }}</li>{% empty %}{% translate 'none' %}{% endfor %}",
    "{% with a=1 %}<i>{% translate 'Catalog' %}</i>{% url 'catalog:index' %}{% endwith %}",
]
DATA = {"name": "Projects", "code": "abc", "numbers": [1, 2]}


def said(engine: Engine, text: str, *, folded: bool = False, **data: Any) -> str:
    template = engine.from_string("{% load i18n %}" + text)
    if folded:
        fold(template.nodelist)
        template.render(Context({**DATA, **data}))
    return template.render(Context({**DATA, **data}))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_they_say_what_django_says(text: str, language: str) -> None:
    with translation.override(language):
        expected = said(DJANGOS, text)
        assert said(OURS, text) == said(OURS, text, folded=True) == expected


def test_one_template_speaks_each_language() -> None:
    template = OURS.from_string("{% load i18n %}<p>{% translate 'Projects' %}</p>")
    fold(template.nodelist)
    assert isinstance(template.nodelist[-1], Run)
    said_in = {}
    for language in ("id", "en", "id"):
        with translation.override(language):
            said_in[language] = template.render(Context())
    assert said_in == {"id": "<p>Proyek</p>", "en": "<p>Projects</p>"}


def test_addresses_follow_the_prefix_of_the_installation() -> None:
    template = OURS.from_string("{% load i18n %}<a>{% url 'catalog:index' %}{% url 'estimates:rab' code %}</a>")
    fold(template.nodelist)
    try:
        before = template.render(Context(DATA))
        set_script_prefix("/under/")
        under = before.replace("/catalog/", "/under/catalog/").replace("/p/", "/under/p/")
        assert template.render(Context(DATA)) == under
    finally:
        set_script_prefix("/")


def test_an_address_is_escaped() -> None:
    assert said(OURS, "{% url 'estimates:analysis' 'uji' code %}", code="a'&b") == said(
        DJANGOS, "{% url 'estimates:analysis' 'uji' code %}", code="a'&b"
    )


def test_what_does_not_exist_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        said(OURS, "{% url 'estimates:nothing' code %}")
    with pytest.raises(TemplateSyntaxError):
        OURS.from_string("{% load interface %}{% icon name %}")
    with pytest.raises(FileNotFoundError):
        OURS.from_string("{% load interface %}{% icon 'no-such-icon' %}")


def test_an_icon_is_drawn_when_the_template_is_read() -> None:
    template = OURS.from_string("{% load interface %}{% icon 'search' %}{% shape 'PARTIAL' %}")
    assert all(isinstance(node, TextNode) for node in template.nodelist[1:])
    assert template.render(Context()).count("<svg") == 2


@override_settings(LANGUAGE_CODE="en")
def test_without_a_language_it_is_that_of_the_settings() -> None:
    with translation.override(None):
        assert said(OURS, "{% translate 'Projects' %}", folded=True) == "Projects"
