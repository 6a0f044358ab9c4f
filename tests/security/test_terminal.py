"""What a stranger's file says reaches a terminal and a page without acting on either."""

import pytest

from analysis.cli import main
from analysis.figures.lettering import only_our_tags
from analysis.words import one_line, without_marks
from pages.shared.show import plain, plain_with_links

HOSTILE = "\x1b]0;x\x07\x1b[2J\u202egnp.exe\u2066\r\n\0"


@pytest.mark.parametrize(
    "command", [["compare", HOSTILE, "CHN"], ["compare", "NLD", "CHN", "--w", "x"]]
)
def test_a_sentence_holds_nothing_that_a_terminal_acts_on(capsys, command):
    try:
        status = main([word.replace("\0", "") for word in command])
    except SystemExit as left:
        status = left.code
    assert status == 2
    said = capsys.readouterr().err
    assert said.endswith("\n")
    assert said[:-1].isprintable()


def test_a_file_named_by_its_cells_says_nothing_to_the_terminal(capsys, tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(f"iso_o,iso_d\n\x1b[2JNowhere{HOSTILE[:4]},CHN\nNLD,CHN\nUSA,CHN\n", "utf-8")
    assert main(["distances", str(path), "--out", str(tmp_path / "out.csv")]) == 0
    said = capsys.readouterr()
    assert all(line.isprintable() for line in (said.err + said.out).splitlines())


def test_text_on_one_line_keeps_letters_of_every_script():
    for text in ("Ålborg", "می\u200cخواهم", "王小明", "हिन्दी", "👩\u200d💻"):
        assert one_line(text) == text
    assert one_line("a\n\tb\x00c") == "a b�c"


def test_accents_are_left_out_whatever_their_order_and_number():
    """By hand: é is e and an accent; Å the same letter written three ways; ﬁ is f and i."""
    assert without_marks("é\u0323e\u0301 \u212b \u00c5 A\u030a ﬁ") == "ee A A A fi"
    assert without_marks("a" + "\u0301\u0323" * 1000 + "b") == "ab"


@pytest.mark.parametrize(
    "text", ["see http://x.example/y", "HTTPS://x.example", "www.x.example", "a.b+c@x.example"]
)
def test_a_bare_address_of_a_stranger_is_cut_and_one_of_ours_is_not(text):
    """Streamlit makes links of these whatever is escaped."""
    assert "\u2060" in plain(text)
    assert "\u2060" not in plain_with_links(text)
    assert plain("plain, 3:1 @ noon").count("\u2060") == 0


def test_a_chart_keeps_its_own_tags_and_no_other():
    part = {"name": '<a href="http://x">C</a>', "x": [1.5, None], "text": ["<b>N</b><br>", "a < b"]}
    found = only_our_tags({"data": [part], "n": 3})
    assert found["data"][0]["name"] == '&lt;a href="http://x">C&lt;/a>'
    assert found["data"][0]["text"] == ["<b>N</b><br>", "a &lt; b"]
    assert found["data"][0]["x"] is part["x"]
    own = {"text": ["<b>Netherlands</b>"], "hovertemplate": "%{x}<extra></extra>"}
    assert only_our_tags(own) is own
