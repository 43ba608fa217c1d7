"""{% vite "main" %}: the link and script tags of a built entry."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ahsp.web.assets import entry

register = template.Library()


@register.simple_tag
def vite(name: str) -> SafeString:
    """Fonts early, then style sheets, then the module.

    The module blocks the first paint, so that what a person folded or resized does not move after it.
    """
    files = entry(name)
    return format_html(
        '{}{}<script type="module" src="{}" blocking="render"></script>',
        format_html_join(
            "",
            '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
            ((static(file),) for file in files.fonts),
        ),
        format_html_join("", '<link rel="stylesheet" href="{}">', ((static(file),) for file in files.styles)),
        static(files.script),
    )
