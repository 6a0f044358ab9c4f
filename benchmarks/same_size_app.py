"""A page of as many parts as Compare, with nothing to compute: what Streamlit itself takes for it.

`floor_app.py` is the least that a page can be; this is the least that a page of that size can be.
A test holds its parts against those of Compare.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

import streamlit as st

sys.path.append(str(Path(__file__).resolve().parent.parent))
from analysis.figures.drawing import Drawing

CODES = ["NLD", "CHN", "USA", "JPN", "DEU", "BRA", "FRA", "IND", "SWE", "MEX"]
PARTIES = [f"Country · {code}" for code in CODES] + [f"Country {n} · C{n:02}" for n in range(105)]
WORDS = "A line of words that says nothing, and is about as long as one that does. "
PAGES = ("Compare", "Brief", "Teams", "Atlas", "Bulk", "Methods")


@lru_cache(128)
def figure(title: str) -> Drawing:
    """Return a chart of three lines."""
    steps = list(range(40))
    lines = [{"type": "scatter", "x": steps, "y": [(s * 7 + n) % 13 for s in steps]}
             for n in range(3)]  # fmt: skip
    return Drawing(lines, {"title": {"text": title}, "height": 380})


def chart(key: str, title: str) -> None:
    """Show a chart as Compare does: its finding, the picture, a caption, the numbers folded."""
    st.markdown("### A finding", anchors=False)
    st.plotly_chart(figure(title), key=key, alt=title)
    st.caption(WORDS * 4)
    st.expander("Numbers", key=f"{key}_numbers", on_change="rerun", type="compact")


def page() -> None:
    """Show everything that Compare shows, without a thought."""
    st.set_page_config(page_title="Same size", layout="wide", initial_sidebar_state="collapsed")
    st.caption(WORDS)
    top, answer = st.container(), st.empty()
    left, right = st.columns([1, 1.1])
    with top:
        ours, swap, theirs, more = st.columns([5, 2.1, 5, 5])
        a = ours.selectbox("Our side", PARTIES, index=0)
        swap.button("Swap")
        b = theirs.selectbox("Their side", PARTIES, index=1)
        more.multiselect("Further parties", PARTIES)
    title = f"{a} and {b}"
    with left:
        chart("first", title)
    answer.markdown(f"# {title}\n\n{WORDS * 8}", anchors=False)
    with right:
        chart("second", title)
    left, right = st.columns([1.6, 1])
    left.markdown(f"## Friction\n\n{WORDS * 30}", anchors=False)
    right.markdown(f"## Common ground\n\n{WORDS * 3}", anchors=False)
    right.link_button("Go on", "#")
    st.markdown("## Certainty", anchors=False)
    left, right = st.columns([1, 1.1])
    with left:
        chart("third", title)
        st.markdown(WORDS * 20, anchors=False)
        st.expander("Meaning", key="meaning", on_change="rerun", type="compact")
    with right:
        chart("fourth", title)
        st.markdown(WORDS * 12, anchors=False)
    with st.container():
        left, right = st.columns([1, 1.1])
        with left:
            chart("fifth", title)
        right.markdown(WORDS * 8, anchors=False)
    st.markdown(f"## Take away\n\n{WORDS}", anchors=False)
    st.code("http://localhost", None)
    st.expander("Files", key="files", on_change="rerun")
    st.caption(WORDS * 3)
    st.sidebar.expander("Settings", key="settings", on_change="rerun")


if __name__ == "__main__":
    st.navigation(
        [st.Page(page, title=PAGES[0], default=True)]
        + [st.Page(page, title=name, url_path=name.lower()) for name in PAGES[1:]],
        position="top",
    ).run()
