"""An answer counts only when it is the page asked for, for the person who asked."""

from __future__ import annotations

import io
import zipfile

import pytest

from ahsp.loadtest.checks import Answer, Verdict, fragment, json_with, page
from ahsp.loadtest.files import pdf, word, workbook

MINE = "ani@example.com"
SIGN_IN = Answer(200, {}, b'<input type="password" name="password">')


def html(text: str, status: int = 200) -> Answer:
    return Answer(status, {"content-type": "text/html"}, text.encode())


def json(text: str) -> Answer:
    return Answer(200, {"content-type": "application/json"}, text.encode())


def archive(member: str, text: str) -> Answer:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(member, text)
    return Answer(200, {}, buffer.getvalue())


def test_the_page_of_the_person_with_its_content_is_right() -> None:
    assert page(MINE, "Gedung A")(html(f"{MINE} Gedung A")) == Verdict("", signed_in=True)


@pytest.mark.parametrize(
    "answer",
    [
        SIGN_IN,
        Answer(302, {"location": "/account/login/?next=/projects/"}, b""),
        Answer(401, {}, b""),
        html("budi@example.com Gedung A"),
        html("Gedung A"),
    ],
)
def test_whatever_is_not_of_the_person_is_a_stranger(answer: Answer) -> None:
    verdict = page(MINE, "Gedung A")(answer)
    assert verdict.problem.startswith("not signed in")
    assert verdict.signed_in is False


def test_the_sign_in_page_passes_no_check() -> None:
    for check in (page(MINE), fragment(), json_with(), workbook("A"), pdf("A"), word("A")):
        assert check(SIGN_IN).signed_in is False


def test_a_page_without_what_was_asked_for_is_wrong() -> None:
    verdict = page(MINE, "Gedung A")(html(f"{MINE} Gedung B"))
    assert verdict == Verdict("the content asked for is missing", signed_in=True)


@pytest.mark.parametrize("status", [0, 404, 429, 500, 503])
def test_an_error_is_wrong_and_says_nothing_about_the_person(status: int) -> None:
    for check in (page(MINE), fragment(), json_with(), workbook("A")):
        verdict = check(html("", status))
        assert verdict.problem
        assert verdict.signed_in is None


def test_json_must_be_json_with_its_content() -> None:
    check = json_with('"lines":[1')
    assert check(json('{"lines":[1,2]}')).problem == ""
    assert check(json('{"lines":[2]}')).problem
    assert check(html('{"lines":[1]}')).problem


def test_a_document_must_be_whole_and_of_the_project() -> None:
    assert workbook("Gedung A")(archive("xl/sharedStrings.xml", "<t>Gedung A</t>")).problem == ""
    assert workbook("Gedung A")(archive("xl/sharedStrings.xml", "<t>Gedung B</t>")).problem
    assert workbook("Gedung A")(archive("word/document.xml", "Gedung A")).problem
    assert word("Gedung A")(archive("word/document.xml", "Gedung A")).problem == ""
    cut = archive("word/document.xml", "Gedung A")
    assert word("Gedung A")(Answer(200, {}, cut.body[:-30])).problem
    assert pdf("Gedung A")(Answer(200, {}, b"%PDF-1.7 /Title (Gedung A) %%EOF\n")).problem == ""
    assert pdf("Gedung A")(Answer(200, {}, b"%PDF-1.7 /Title (Gedung A)")).problem
    assert pdf("Gedung A")(Answer(200, {}, b"%PDF-1.7 /Title (Gedung B) %%EOF\n")).problem
