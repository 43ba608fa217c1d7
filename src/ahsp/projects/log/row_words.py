"""What the settings of a project are called in the change log."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ahsp.projects.log.words import Words, register_words
from ahsp.projects.models import Project
from ahsp.projects.tables import table_of

_columns = {field.attname: lazy(capfirst, str)(field.verbose_name) for field in Project._meta.concrete_fields}
register_words("g", Words(_("Settings"), ("name",), {name: _columns[name] for name in table_of("g").fields}))
