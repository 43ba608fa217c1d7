"""Entity tags from a project's revision, so that a question can be answered before anything is calculated.

A tag is strong: "17.id.3f9a1c" names the revision, what else the body depends on (its language) and the program. The
compressed form of a body adds ".gz". Whoever compresses on the way weakens a tag; ours are read back either way, for
what is compared is the revision and not bytes.
"""

from __future__ import annotations

import hashlib
import re

from django.http import HttpRequest

from ahsp.core.api.problems import ApiError
from ahsp.core.one_moment import Revised
from ahsp.core.revision_cache import program

COMPRESSED = ".gz"
_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e]*)"')
_WRITTEN = re.compile(r'\s*(?:W/)?"(\d{1,10})(?:\.[A-Za-z0-9.-]{0,80})?"\s*', re.ASCII)


def entity_tag(revised: Revised, *variants: str) -> str:
    """The tag of a body made from `revised`; `variants` are what else it depends on, in letters and digits."""
    mark = hashlib.blake2b(f"{revised.basis} {program()}".encode(), digest_size=5).hexdigest()
    return f'"{".".join([str(revised.revision), *variants, mark])}"'


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether If-None-Match names `tag`, in either form."""
    given = request.headers.get("If-None-Match", "")
    if given.strip() == "*":
        return True
    wanted = tag.strip('"')
    return any(found in (wanted, wanted + COMPRESSED) for found in _TAG.findall(given))


def expected_revision(request: HttpRequest) -> int:
    """The revision that If-Match says the person saw. Raises ApiError: 428 without one, 400 for what is no tag of ours.

    "*" would overwrite whatever is there, so it counts as none.
    """
    given = request.headers.get("If-Match", "").strip()
    if given in {"", "*"}:
        raise ApiError(428, "api.precondition_missing")
    match = _WRITTEN.fullmatch(given)
    if match is None:
        raise ApiError(400, "api.precondition_unreadable", {"value": given[:80]})
    return int(match[1])
