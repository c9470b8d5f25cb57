"""A receipt as a PDF of one A4 page. The same receipt gives the same bytes, so a hash of it can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from fpdf import FPDF

from greenledger.lettering import BOLD, REGULAR
from greenledger.lettering.visible_text import clipped, in_drawing_order, visible, wrapped
from greenledger.receipts.qr import QUIET_MODULES, qr_bars
from greenledger.receipts.receipt import Receipt
from greenledger.receipts.wording import NOTE, STATEMENT, TITLE, Fact, Section, mass, sections

FAMILY = "DejaVu Sans Condensed"
BRAND = "GPTX Green AI Ledger"

# Millimetres on A4.
WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT = 18.0, WIDTH - 18.0
VALUE_LEFT = 50.0
BAND_HEIGHT = 26.0
QR_SIDE, QR_TOP = 33.0, 33.0
FACTS_TOP, FACTS_END, FOOT_TOP = 74.0, 275.0, 277.0
SECTION_GAP, FACT_GAP = 2.6, 0.75
POINT = 25.4 / 72

ACCENT, INK, SOFT, LINE = (14, 90, 67), (20, 33, 27), (74, 90, 81), (217, 216, 203)
LABEL_PT, VALUE_PT, HASH_PT, HEADING_PT = 7.6, 8.4, 7.6, 9.2
LEADING = 1.28
HEADING = SECTION_GAP + HEADING_PT * LEADING * POINT + FACT_GAP
MOST_LINES = 14  # of one value


@dataclass(frozen=True)
class _Row:
    fact: Fact
    lines: list[str]

    @property
    def size_pt(self) -> float:
        return HASH_PT if self.fact.hash_like else VALUE_PT

    @property
    def line_height(self) -> float:
        return self.size_pt * LEADING * POINT

    def height(self, lines: int) -> float:
        return lines * self.line_height + FACT_GAP


class _Page(FPDF):
    """One page with our font, and no substitution of any kind in the texts that are drawn."""

    def __init__(self, title: str, created_at: int) -> None:
        super().__init__(unit="mm", format="A4")
        self.alias_nb_pages(None)  # type: ignore[arg-type] # no text stands for the page count
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.set_title(title)
        self.set_author(BRAND)
        self.set_creator(BRAND)
        self.set_producer(BRAND)
        self.set_lang("en")
        self.set_creation_date(datetime.fromtimestamp(created_at, UTC))
        self.add_font(FAMILY, "", REGULAR)
        self.add_font(FAMILY, "B", BOLD)
        self.set_font(FAMILY, "", VALUE_PT)
        self._glyphs = frozenset(self.current_font.cmap)  # type: ignore[union-attr]
        self.add_page()

    def shown(self, text: str) -> str:
        """A text in visible characters of the font."""
        return visible(text, self._glyphs.__contains__)

    def width_of(self, text: str, size_pt: float, style: str = "") -> float:
        """Millimetres that a text takes."""
        self.set_font(FAMILY, style, size_pt)
        return self.get_string_width(text)

    def write_at(
        self, x: float, top: float, text: str, size_pt: float, colour: tuple[int, int, int], style: str = ""
    ) -> None:
        """One line with the top of its letters' box at `top`."""
        self.set_font(FAMILY, style, size_pt)
        self.set_text_color(*colour)
        self.text(x, top + size_pt * POINT * 0.93, in_drawing_order(text))


def render_receipt(receipt: Receipt) -> bytes:
    """The PDF. No character of a name can move, hide or replace anything else on the page."""
    page = _Page(f"{TITLE} {receipt.certificate}", receipt.minted_at)
    _head(page, receipt)
    if receipt.explorer_url:
        _code(page, RIGHT - 2 * QR_SIDE - 6, receipt.explorer_url, "Explorer")
    _code(page, RIGHT - QR_SIDE, receipt.verify_url, "Verify it yourself")
    _facts(page, sections(receipt))
    _foot(page)
    return bytes(page.output())


def _head(page: _Page, receipt: Receipt) -> None:
    page.set_fill_color(*ACCENT)
    page.rect(0, 0, WIDTH, BAND_HEIGHT, style="F")
    page.write_at(LEFT, 6.5, BRAND, 9, (220, 235, 226))
    page.write_at(LEFT, 12, TITLE, 19, (255, 255, 255), "B")
    short = f"{receipt.certificate[:10]}…{receipt.certificate[-8:]}"
    page.write_at(RIGHT - page.width_of(short, 9), 6.5, short, 9, (220, 235, 226))
    room = RIGHT - 2 * QR_SIDE - 10 - LEFT
    amount = mass(receipt.amount_ug)
    size_pt = 26.0
    while page.width_of(amount, size_pt, "B") > room:
        size_pt -= 0.5
    page.write_at(LEFT, 35, amount, size_pt, INK, "B")
    page.write_at(LEFT, 46.5, "of CO₂e retired", 12, SOFT)
    page.write_at(LEFT, 57, STATEMENT, 8.6, ACCENT, "B")


def _code(page: _Page, left: float, address: str, caption: str) -> None:
    modules, bars = qr_bars(address)
    side = QR_SIDE / (modules + 2 * QUIET_MODULES)
    left += (
        QUIET_MODULES * side
    )  # the quiet zone lies in the margin, so that the code ends where the text does
    page.set_fill_color(0, 0, 0)
    for column, row, length in bars:
        x, y = left + (QUIET_MODULES + column) * side, QR_TOP + (QUIET_MODULES + row) * side
        page.rect(x, y, length * side, side, style="F")
    page.link(left, QR_TOP, QR_SIDE, QR_SIDE, address)
    width = page.width_of(caption, LABEL_PT)
    page.write_at(left + (QR_SIDE - width) / 2, QR_TOP + QR_SIDE - 1, caption, LABEL_PT, SOFT)


def _facts(page: _Page, found: Sequence[Section]) -> None:
    grouped = [[_row(page, fact) for fact in section.facts] for section in found]
    shown = _lines_shown(
        [row for rows in grouped for row in rows], FACTS_END - FACTS_TOP - len(found) * HEADING
    )
    y = FACTS_TOP
    for section, rows in zip(found, grouped, strict=True):
        page.set_draw_color(*LINE)
        page.set_line_width(0.25)
        page.line(LEFT, y, RIGHT, y)
        page.write_at(LEFT, y + SECTION_GAP / 2, section.title, HEADING_PT, ACCENT, "B")
        y += HEADING - SECTION_GAP / 2
        for row in rows:
            _draw_row(page, row, y, shown[id(row)])
            y += row.height(shown[id(row)])
        y += SECTION_GAP / 2


def _draw_row(page: _Page, row: _Row, top: float, most_lines: int) -> None:
    page.write_at(LEFT, top + (row.size_pt - LABEL_PT) * POINT * 0.5, row.fact.label, LABEL_PT, SOFT)
    measure = partial(page.width_of, size_pt=row.size_pt)
    for number, line in enumerate(clipped(row.lines, most_lines, RIGHT - VALUE_LEFT, measure)):
        page.write_at(VALUE_LEFT, top + number * row.line_height, line, row.size_pt, INK)


def _row(page: _Page, fact: Fact) -> _Row:
    row = _Row(fact, [])
    measure = partial(page.width_of, size_pt=row.size_pt)
    row.lines.extend(wrapped(page.shown(fact.value), RIGHT - VALUE_LEFT, measure))
    return row


def _lines_shown(rows: Sequence[_Row], room: float) -> dict[int, int]:
    """Lines by row: one each, which always fits; the rest of the room goes to free texts last."""
    shown = {id(row): 1 for row in rows}
    room -= sum(row.height(1) for row in rows)
    for row in sorted(rows, key=lambda row: row.fact.free):
        more = min(len(row.lines), MOST_LINES) - 1
        more = max(0, min(more, int(room / row.line_height)))
        shown[id(row)] += more
        room -= more * row.line_height
    return shown


def _foot(page: _Page) -> None:
    page.set_draw_color(*LINE)
    page.line(LEFT, FOOT_TOP, RIGHT, FOOT_TOP)
    measure = partial(page.width_of, size_pt=7.0)
    for number, line in enumerate(wrapped(NOTE, RIGHT - LEFT, measure)):
        page.write_at(LEFT, FOOT_TOP + 2 + number * 7.0 * LEADING * POINT, line, 7.0, SOFT)
