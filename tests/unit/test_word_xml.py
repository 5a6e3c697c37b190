"""What is set as text is what python-docx would make of objects."""

from __future__ import annotations

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from interface.documents.word_xml import cell_line, elements, put_before, run, table


@pytest.mark.parametrize(
    "text",
    [
        "",
        " a ",
        "<b> & 'c' \"d\"",
        "第一行\n第二行\r\n第三行\r第四行",
        "甲\t乙",
        "\t",
        "\n",
        "a\u2028b\u00a0",
        "坏\x0b了\ufffe",
    ],
)
def test_a_run_is_what_python_docx_makes_of_it(text: str) -> None:
    made = Document().add_paragraph().add_run()
    made.font.name, made.font.size, made.font.bold = "Times New Roman", Pt(10.5), False
    made.font.color.rgb, made.font.superscript = RGBColor(0xC0, 0, 0), True
    made._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    made.text = text.replace("\x0b", "").replace("\ufffe", "").replace("\r\n", "\n")
    (own,) = elements(run(text, font="仿宋", size=10.5, colour="C00000", raised=True))
    assert own.xml.split("\n")[1:] == made._element.xml.split("\n")[1:]


def test_a_table_of_many_rows_stands_before_the_layout_of_the_pages() -> None:
    paper = Document()
    rows = [[cell_line(run(f"{n}", font="仿宋", size=12)), cell_line("")] for n in range(300)]
    put_before(paper.element.body.sectPr, table(["<w:p/>", "<w:p/>"], rows, 2, Mm(156)))
    (read,) = paper.tables
    assert [row.cells[0].text for row in read.rows] == ["", *map(str, range(300))]
    assert paper.element.body[-1] is paper.element.body.sectPr
