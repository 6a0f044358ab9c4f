"""The lines that a text takes on paper, and the choice of what fits."""

import pytest

from pages.shared.brief_sheet import LEFT, RIGHT, Column, first_that_fits, fits, lines_of


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 0),
        ("x" * 40, 1 + 0.65),  # a line, and the space below
        ("x" * 41, 2 + 0.65),
        ("x\n\n\n\ny", 2 * 1.65),  # blank lines count once
        ("- " + "x" * 35, 2 + 0.65),  # an item has 4 letters less: 37 on 36
        ("## Heading", 2.2 + 0.65),
        ("# aaaa bbbb cccc dddd", 2 * 1.75 + 0.65),  # 14 letters on a line: two words and a gap
        (f"[{'x' * 38}](https://{'y' * 90})", 1 + 0.65),  # an address is not seen
        (":small[:gray[" + "x" * 44 + "]]", 0.85 + 0.65),  # 44.8 small letters on a line
        ("1\\. a", 1.65),
    ],
)
def test_lines_are_counted_from_letters(text, lines):
    assert lines_of(text, 40) == pytest.approx(lines)


def test_the_first_that_fits_is_taken_and_else_the_last():
    column = Column(10, 3)
    assert first_that_fits(["x" * 50, "x" * 20, "x"], column) == "x" * 20
    assert first_that_fits(["x" * 50, "x" * 40], column) == "x" * 40
    assert first_that_fits([], column) == ""


def test_both_columns_hold_what_was_read_off_a_sheet():
    assert fits("\n\n".join(["x" * 44] * 23), LEFT)
    assert not fits("\n\n".join(["x" * 44] * 24), LEFT)
    assert fits("\n\n".join(["x" * 52] * 22), RIGHT)
    assert not fits("\n\n".join(["x" * 52] * 23), RIGHT)
