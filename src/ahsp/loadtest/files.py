"""Whether a downloaded file really is the document that was asked for, of the project that was asked for."""

from __future__ import annotations

import io
import zipfile

from ahsp.loadtest.checks import GOOD, Answer, Check, Verdict, refused

SHEET_TEXTS = "xl/sharedStrings.xml"
WORD_TEXT = "word/document.xml"


def workbook(name: str) -> Check:
    """An XLSX that unpacks whole and holds `name` among its texts."""
    return _archive(SHEET_TEXTS, name)


def word(name: str) -> Check:
    """A DOCX that unpacks whole and holds `name` in its text."""
    return _archive(WORD_TEXT, name)


def pdf(name: str) -> Check:
    """A PDF from its first to its last mark, with `name` as the title of the document."""
    titles = (name.encode(), name.encode("utf-16-be").hex().encode(), name.encode("utf-16-be"))

    def check(answer: Answer) -> Verdict:
        wrong = refused(answer)
        if wrong is not None:
            return wrong
        body = answer.body
        if not (body.startswith(b"%PDF-") and b"%%EOF" in body[-64:]):
            return Verdict("not a whole PDF")
        return GOOD if any(title in body for title in titles) else Verdict("a PDF of something else")

    return check


def _archive(member: str, name: str) -> Check:
    def check(answer: Answer) -> Verdict:
        wrong = refused(answer)
        if wrong is not None:
            return wrong
        try:
            with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
                text = archive.read(member)
        except (zipfile.BadZipFile, KeyError):
            return Verdict("not a whole document")
        return GOOD if name.encode() in text else Verdict("a document of something else")

    return check
