"""What the tests of documents need from the machine."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, the spreadsheet that recalculates our workbooks."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing: install libreoffice-calc")
        pytest.skip("recalculation with LibreOffice: install libreoffice-calc")
    return found
