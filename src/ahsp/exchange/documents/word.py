"""The DOCX: python-docx makes the package and its first pages, the rows of the tables are written as XML of our own.

python-docx looks through a whole table for each cell it is asked for, so ten thousand lines would take it hours. The
rows are text that never becomes a tree: a comment holds the place of each table until the package is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_BREAK
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml.etree import Comment  # type: ignore[import-untyped]

from ahsp.exchange.documents.pages import page_data
from ahsp.exchange.documents.rab import RabDocument, Tick
from ahsp.exchange.documents.word_table import Cell, Column, start_table, table_rows

_FONT = "Calibri"
_SMALL = '<w:color w:val="63605A"/><w:sz w:val="15"/>'
_PLACE = "place of a table"
_INK, _MUTED, _ACCENT, _WARN = (RGBColor.from_string(code) for code in ("1C1A17", "63605A", "2850B0", "865403"))
_LINES_BETWEEN_TICKS = 500
_MOST_CONTROL = 0x1F
_KEPT_CONTROLS = {"\t", "\n"}
_LONGEST_PROPERTY = 250

_FACTS = (Column(30), Column(59), Column(30), Column(59))
_RECAP = (Column(16), Column(120), Column(42, right=True))
_TOTALS = (Column(136, right=True), Column(42, right=True))
_BILL = (Column(11), Column(18), Column(61), Column(14), Column(19, right=True), Column(25, right=True),
         Column(30, right=True))  # fmt: skip
_PRICES = (Column(52), Column(11), Column(22, right=True), Column(28, right=True), Column(48), Column(17))
_SETTINGS = (Column(42), Column(136))
_OWN = (Column(34), Column(94), Column(50))
_REMARKS = (Column(16), Column(60), Column(102))
_SIGNATURES = (Column(59), Column(59), Column(60))


def render_docx(document: RabDocument, tick: Tick) -> bytes:
    """The finished DOCX. Text goes in as text, never as markup."""
    data = page_data(document, clean)
    tick(10)
    doc = Document()
    tables = _Tables(doc)
    _set_page(doc)
    _header_and_footer(doc, data)
    _first_page(doc, data, tables)
    _bill(doc, data, tables, tick)
    _prices(doc, data, tables)
    _notes(doc, data, tables)
    doc.core_properties.title = data["title"][:_LONGEST_PROPERTY]
    doc.core_properties.author = data["organization"][:_LONGEST_PROPERTY]
    doc.core_properties.language = data["language"]
    tick(75)
    return tables.save()


def clean(text: str) -> str:
    """`text` without what XML cannot hold."""
    if text.isprintable():
        return text
    return "".join(
        sign
        for sign in text
        if (sign in _KEPT_CONTROLS or ord(sign) > _MOST_CONTROL)
        and not "\ud800" <= sign <= "\udfff"
        and sign not in "\ufffe\uffff"
    )


def _set_page(doc: Doc) -> None:
    page = doc.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(16)
    page.top_margin, page.bottom_margin = Mm(22), Mm(20)
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = _FONT, Pt(9), _INK
    normal.paragraph_format.space_after = Pt(2)
    for name, size in (("Title", 19), ("Heading 1", 14)):
        style = doc.styles[name]
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), True
        style.font.color.rgb = _ACCENT if name == "Heading 1" else _INK
        # The template's own fonts would win over the one named above.
        for fonts in style.element.rPr.findall(_w("rFonts")):
            for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
                del fonts.attrib[theme]
    for border in doc.styles["Title"].element.pPr.findall(_w("pBdr")):
        border.getparent().remove(border)


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _text(doc: Doc, text: str, *, size: float = 9, color: RGBColor = _INK, bold: bool = False) -> Paragraph:
    paragraph = doc.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb, run.bold = Pt(size), color, bold
    return paragraph


def _header_and_footer(doc: Doc, data: dict[str, Any]) -> None:
    page = doc.sections[0]
    page.different_first_page_header_footer = True
    header = page.header.paragraphs[0]
    header.add_run(f"{data['running_title']}  ·  {data['texts']['document']}")
    for footer in (page.footer, page.first_page_footer):
        line = footer.paragraphs[0]
        line.add_run("  ·  ".join(filter(None, [data["edition"], data["example"]])) + "  ·  ")
        _page_number(line, data["texts"]["page"])
    for paragraph in (header, page.footer.paragraphs[0], page.first_page_footer.paragraphs[0]):
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(7.5), _MUTED


def _page_number(line: Paragraph, template: str) -> None:
    """`template` with fields of the word processor in the places of {page} and {pages}."""
    for piece in template.replace("{pages}", "\0NUMPAGES\0").replace("{page}", "\0PAGE\0").split("\0"):
        if piece not in {"PAGE", "NUMPAGES"}:
            line.add_run(piece)
            continue
        shown = f"<w:r><w:rPr>{_SMALL}</w:rPr><w:t>1</w:t></w:r>"
        line._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{piece}">{shown}</w:fldSimple>'))


def _first_page(doc: Doc, data: dict[str, Any], tables: _Tables) -> None:
    texts = data["texts"]
    if data["organization"]:
        _text(doc, data["organization"], size=9.5, color=_MUTED)
    _text(doc, texts["document"], size=9.5, color=_ACCENT, bold=True)
    doc.add_paragraph(data["title"], style="Title")
    facts = data["heading"]
    pairs = [[*facts[n], *(facts[n + 1] if n + 1 < len(facts) else ["", ""])] for n in range(0, len(facts), 2)]
    tables.add(_FACTS, ([Cell(a, muted=True), Cell(b), Cell(c, muted=True), Cell(d)] for a, b, c, d in pairs))
    if data["example"]:
        _text(doc, data["example"], size=8.5, color=_WARN, bold=True)
    doc.add_paragraph(texts["summary"], style="Heading 1")
    head = [texts["number"], texts["description"], texts["amount"]]
    recap = ([Cell(number), Cell(name), Cell(amount, warn=low)] for number, name, amount, low in data["recap"])
    tables.add(_RECAP, recap, head=head)
    doc.add_paragraph().paragraph_format.space_after = Pt(0)
    totals = ([Cell(name, bold=strong), Cell(amount, bold=strong, warn=low)]
              for name, amount, low, strong in data["totals"])  # fmt: skip
    tables.add(_TOTALS, totals)
    _text(doc, texts["in_words"], size=7.5, color=_MUTED).paragraph_format.space_before = Pt(8)
    _text(doc, data["words"], size=10).runs[0].italic = True
    if data["lower_bound"]:
        _text(doc, data["lower_bound"], size=8.5, color=_WARN)
    doc.add_paragraph().paragraph_format.space_after = Pt(6)
    # Room to sign in between.
    signed = [[Cell(name) for name in texts["signatures"]], [Cell("\n\n\n")] * 3]
    tables.add(_SIGNATURES, [*signed, [Cell(texts["signature_line"], muted=True)] * 3], whole=True)


def _bill(doc: Doc, data: dict[str, Any], tables: _Tables, tick: Tick) -> None:
    texts = data["texts"]
    doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    doc.add_paragraph(texts["bill"], style="Heading 1")
    head = [texts[name] for name in ("number", "code", "description", "unit", "quantity", "unit_price", "amount")]
    tables.add(_BILL, _bill_rows(data["rows"], tick), head=head, whole=not data["tall_rows"])


def _bill_rows(rows: list[list[Any]], tick: Tick) -> Iterator[list[Cell]]:
    """See pages.page_data for what the rows hold."""
    for number, row in enumerate(rows):
        if number % _LINES_BETWEEN_TICKS == 0:
            tick(10 + 60 * number // len(rows))
        kind, *cells = row
        if kind == "s":
            name, depth = cells[1], cells[2]
            yield [Cell(cells[0], bold=True, shade=depth == 0), Cell(name, bold=True, shade=depth == 0, span=6)]
        elif kind == "t":
            yield [Cell("", span=2), Cell(cells[0], bold=True, span=4), Cell(cells[1], bold=True, warn=cells[2])]
        else:
            is_open = kind == "o"
            warn = (False, False, False, False, is_open and cells[7], is_open, is_open)
            yield [Cell(text, warn=warn[place], muted=place == 1) for place, text in enumerate(cells[: len(_BILL)])]


def _prices(doc: Doc, data: dict[str, Any], tables: _Tables) -> None:
    if not data["prices"]:
        return
    texts = data["texts"]
    doc.add_paragraph(texts["prices"], style="Heading 1").paragraph_format.keep_with_next = True
    head = [texts[name] for name in ("resource", "unit", "price_used", "recorded", "source", "date")]
    tables.add(_PRICES, _price_rows(data["prices"]), head=head)


def _price_rows(rows: list[list[Any]]) -> Iterator[list[Cell]]:
    """See pages.page_data for what the rows hold."""
    for kind, *cells in rows:
        if kind == "g":
            yield [Cell(cells[0], bold=True, shade=True, span=len(_PRICES))]
        else:
            yield [Cell(text, warn=kind == "m" and place == 2) for place, text in enumerate(cells)]


def _notes(doc: Doc, data: dict[str, Any], tables: _Tables) -> None:
    texts = data["texts"]
    doc.add_paragraph(texts["notes"], style="Heading 1").paragraph_format.keep_with_next = True
    tables.add(_SETTINGS, ([Cell(label, muted=True), Cell(text)] for label, text in data["settings"]))
    if data["own_analyses"]:
        _text(doc, texts["own_analyses"], size=8.5, bold=True).paragraph_format.space_before = Pt(8)
        tables.add(
            _OWN, ([Cell(code, muted=True), Cell(name), Cell(word)] for code, name, word in data["own_analyses"])
        )
    for sentence in data["findings"]:
        _text(doc, sentence, size=8.5)
    if data["remarks"]:
        doc.add_paragraph()
        head = [texts["number"], texts["description"], texts["remark"]]
        tables.add(_REMARKS, ([Cell(text) for text in row] for row in data["remarks"]), head=head)


class _Tables:
    """The tables of `doc`, as text until it is saved."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._tables: list[list[str]] = []

    def add(
        self,
        columns: tuple[Column, ...],
        rows: Iterable[list[Cell]],
        *,
        head: list[str] | None = None,
        whole: bool = False,
    ) -> None:
        """Append a table; `head` is repeated on every page, rows stay `whole` where they must."""
        parts = [start_table(columns, lined=head is not None)]
        if head:
            parts += table_rows(columns, [[Cell(text, muted=True, bold=True) for text in head]], head=True)
        parts += table_rows(columns, rows, whole=whole)
        parts.append("</w:tbl>")
        self._tables.append(parts)
        # The body ends with the properties of its section.
        self._doc.element.body[-1].addprevious(Comment(_PLACE))

    def save(self) -> bytes:
        """The package with every table in its place. Text of a person is escaped, so it cannot be such a place."""
        made, target = BytesIO(), BytesIO()
        self._doc.save(made)
        with ZipFile(made) as package, ZipFile(target, "w", ZIP_DEFLATED) as finished:
            for entry in package.infolist():
                content = package.read(entry)
                if entry.filename == "word/document.xml":
                    finished.writestr(entry.filename, self._fill(content))
                else:
                    finished.writestr(entry.filename, content)
        return target.getvalue()

    def _fill(self, content: bytes) -> bytes:
        before, *rest = content.split(f"<!--{_PLACE}-->".encode())
        parts = [before]
        for table, after in zip(self._tables, rest, strict=True):
            parts += ["".join(table).encode(), after]
        return b"".join(parts)
