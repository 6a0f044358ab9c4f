"""What the files of a brief say is what its page says, and an empty cell stays as low as a line."""

import io

import pytest
from pptx import Presentation

from analysis.deal import EMPTY_FORM, Deal
from analysis.exports import brief_content as plans
from analysis.exports.blocks import Text
from analysis.exports.formats import write_export
from analysis.exports.paper import paper_of
from analysis.friction.ranking import common_ground
from tests.exports.test_rendered import pages_of

MOLDS = Deal(kind="supply", they_hold=("molds",))
ASSUMED = "Who adapts, if each side knows the other somewhat:"


def texts(blocks):
    return [block for block in blocks if isinstance(block, Text)]


@pytest.mark.parametrize(
    ("deal", "label"), [(MOLDS, ASSUMED), (Deal(own_familiarity="low"), "Who adapts:")]
)
def test_what_nobody_told_is_said_to_be_assumed(subject_of, deal, label):
    subject = subject_of("NLD", "JPN", deal=deal)
    assert label in [text.label for text in texts(paper_of(subject).left)]
    slides = Presentation(io.BytesIO(write_export("pptx", subject))).slides
    decision = [s.text_frame.text for s in slides[1].shapes if s.has_text_frame]
    assert any(f"{label} " in text for text in decision)


@pytest.mark.parametrize(("a", "b"), [("NLD", "CHN"), ("SWE", "FIN"), ("DEU", "BRA")])
def test_common_ground_is_told_in_full_as_far_as_there_is_room_and_named_beyond(subject_of, a, b):
    subject = subject_of(a, b, deal=EMPTY_FORM)
    brief = subject.brief
    said = plans.common_texts(subject.knowledge, brief)
    shown = [text.text for text in texts(paper_of(subject).right)]
    assert shown[-len(said) :] == said
    found = common_ground(subject.knowledge, brief.friction)
    most = 1 if len(brief.top) > 2 else 4
    assert tuple(said[:most]) == brief.common[:most] or not found
    for further in found[most:]:
        assert f"“{further.topic.title_in_sentence}”" in said[-1]
    assert len(said) == max(1, min(len(found), most) + (len(found) > most))


def test_the_first_move_of_the_deal_is_in_every_part(subject_of):
    subject = subject_of("NLD", "CHN", deal=Deal(tight_deadline=True))
    blocks = [text.text for text in texts([*paper_of(subject).right, *paper_of(subject).annexes])]
    assert any(text.startswith("Your date is fixed") for text in blocks)
    assert not any("Add a third to half" in text for text in blocks)


def test_a_stage_slide_is_named_after_its_first_row(subject_of):
    subject = subject_of("NLD", "JPN", deal=MOLDS)
    slides = Presentation(io.BytesIO(write_export("pptx", subject))).slides
    titles = {t.topic.title: t.topic.title_in_sentence for t in subject.friction.topics}
    seen = 0
    for slide in slides:
        table = next((s.table for s in slide.shapes if s.has_table), None)
        if table and table.cell(0, 2).text == "Question that tests it":
            first = titles[table.cell(1, 0).text]
            assert slide.shapes.title.text_frame.text.endswith(f": first “{first}”")
            seen += 1
    assert seen >= 3


def test_an_empty_cell_has_the_size_of_its_row_and_no_run(subject_of):
    slides = Presentation(
        io.BytesIO(write_export("pptx", subject_of("NLD", "JPN", deal=MOLDS)))
    ).slides
    empty = 0
    for table in (s.table for slide in slides for s in slide.shapes if s.has_table):
        size = table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size
        for cell in table.iter_cells():
            paragraph = cell.text_frame.paragraphs[0]
            assert int(paragraph._p.find("{*}endParaRPr").get("sz")) * 127 == size
            if not cell.text:
                assert not paragraph.runs
                empty += 1
    assert empty > 5


@pytest.mark.office
def test_a_table_to_fill_in_stays_above_its_caption(subject_of, tmp_path):
    pages = pages_of(tmp_path, ".pptx", write_export("pptx", subject_of("NLD", "JPN", deal=MOLDS)))
    found = [
        words for _, _, words in pages
        if {"came", "credit", "risk,"} <= {word for word, *_ in words}
    ]  # fmt: skip
    assert found
    for words in found:
        caption = next(top for word, _, top, *_ in words if word == "risk,")
        rows = [bottom for word, _, top, _, bottom in words if word in {"Japan", "Netherlands"}]
        foot = max(rows)  # the footer names both sides
        lowest = max(bottom for bottom in rows if bottom < foot - 1)
        assert lowest < caption
