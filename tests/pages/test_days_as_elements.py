"""A day, and a number, stands on one line wherever a page writes it."""

from __future__ import annotations

import pytest

from interface.web.kit.rendering import answer_of
from interface.web.trail.compare import lines_of

WHOLE = '<span class="whole">{}</span>'


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("<p>限 2026-11-26 前整改</p>", "<p>限 <time>2026-11-26</time> 前整改</p>"),
        ("<dd>2026-11-26 – 2026-12-01</dd>", "<dd><time>2026-11-26</time> – <time>2026-12-01</time></dd>"),
        ("<p>2026-11-26<br>五</p>", "<p><time>2026-11-26</time><br>五</p>"),
        ("<b>2026-11-26 09:00</b>", "<b><time>2026-11-26</time> 09:00</b>"),
        ("<p>待送达 · WT2026-039</p>", f"<p>待送达 · {WHOLE.format('WT2026-039')}</p>"),
        (
            "<a>核定 2025-2，自 2026-11 起</a>",
            f"<a>核定 {WHOLE.format('2025-2')}，自 {WHOLE.format('2026-11')} 起</a>",
        ),
    ],
)
def test_a_day_or_a_number_in_a_text_is_an_element(written: str, sent: str) -> None:
    assert answer_of(written, 200).body.decode() == sent


@pytest.mark.parametrize(
    "written",
    [
        '<input value="2026-11-26"> <a href="/trail?on=2026-11-26" title="2026-11-26 起">x</a>',
        "<option>2026-11-26 起</option>",
        "<textarea>\n自 2026-11-26 起</textarea>",
        "<title>2026-11-26</title>",
        "<script>const day = '2026-11-26';</script>",
        "<svg><text>2026-11-26</text><text>2026-11-26<tspan>五</tspan></text></svg>",
        '<td class="day">2026-11-26</td>',
        "<p>WT-2026-11-26 · 2026-11-264 · 12026-11-26</p>",
        "<p>0576-8812345 · 2026-113 · d-82bddea7-11 · aWT2026-039</p>",
        '<a href="/findings/WT2026-039">x</a>',
    ],
)
def test_no_element_stands_where_none_may(written: str) -> None:
    assert answer_of(written, 200).body.decode() == written


def test_pages_that_are_compared_are_read_without_it() -> None:
    page = answer_of("<main><p>限 2026-11-26，前（WT2026-039）</p></main>", 200).body.decode()
    assert "<time>" in page and "<span" in page and lines_of(page) == ["限 2026-11-26，前（WT2026-039）"]
