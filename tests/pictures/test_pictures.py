import hashlib
import io
import re
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, pairwise
from math import sin
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from analysis.charts.style import PARTY_STYLES
from analysis.comparison import compare
from analysis.deal import Deal
from analysis.pictures.distribution import distribution_picture
from analysis.pictures.frame import lay_out_page
from analysis.pictures.gaps import gaps_picture
from analysis.pictures.lettering import families, one_line, text_width, wrapped
from analysis.pictures.overlap import overlap_picture
from analysis.pictures.radar import radar_picture
from analysis.pictures.render import render
from analysis.pictures.roadmap import roadmap_picture
from analysis.pictures.style import LOOKS, SMALL
from analysis.profiles import build_profile
from analysis.reference import yardstick_for
from analysis.settings import default_settings
from analysis.strategy.roadmap import draw_roadmap

ROOT = Path(__file__).resolve().parents[2]
CHARTS = ("radar", "gaps", "distribution", "overlap", "roadmap")
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
USUAL_DEAL = Deal(first_order=25_000.0, total=1e6)
SIX = ("NLD", "CHN", "JPN", "BRA", "USA", "FRA")
SCRIPTS = {
    "Chinese": "中华人民共和国采购团队",
    "Japanese": "日本の交渉チーム",
    "Korean": "대한민국 협상팀",
    "Arabic": "فريق المملكة العربية",
    "Hebrew": "צוות המשא ומתן",
    "Hindi": "भारत की क्षत्रिय टीम",
    "Thai": "ทีมเจรจาการค้าน้ำ",
    "Amharic": "የኢትዮጵያ ቡድን",
    "Georgian": "საქართველოს გუნდი",
}
HOSTILE = (
    '<script>alert(1)</script> & "x" --> ]]> $x^2_{a}$',
    '=HYPERLINK("http://x.example","y") \\frac{1}{2} %s',
    "abc\u202ecba\x00\x07 Zoe\u0308\u0301\u0302 \U0001f642",
)


@pytest.fixture(scope="module")
def pictures_of(references, knowledge):
    """Return every picture there is for some parties, with other names where given."""
    settings = default_settings(references.tables)
    tables = references.tables
    compared = lru_cache(lambda a, b: compare(references, a, b, settings))

    def of(a, b, *others, names=(), deal=USUAL_DEAL):
        pair = compared(a, b)
        parties = [pair.a, pair.b, *(build_profile(tables, i, settings) for i in others)]
        named = [*names, *(party.name for party in parties[len(names) :])]
        parties = [
            replace(party, name=name, name_in_sentence=name)
            for party, name in zip(parties, named, strict=True)
        ]
        pair = replace(pair, a=parties[0], b=parties[1])
        roadmap = draw_roadmap(knowledge.strategy.roadmap, deal, ())
        found = {
            "radar": radar_picture(tables, parties),
            "gaps": gaps_picture(tables, pair, parties[2:]),
            "roadmap": roadmap_picture(roadmap, deal),
        }
        if not pair.reason:
            yardstick = yardstick_for(settings, pair.dimensions_used)
            distances = references.distances(yardstick, settings.measure)
            found["distribution"] = distribution_picture(tables, pair, distances)
            found["overlap"] = overlap_picture(tables, pair)
        return found

    return of


@pytest.fixture(scope="module")
def usual(pictures_of):
    return pictures_of("NLD", "CHN")


class Recorder:
    """Stands in for a sheet and keeps what is drawn, in points of the whole page."""

    def __init__(self, found=None, origin=(0.0, 0.0), scale=1.0, look="light"):
        self.found = [] if found is None else found
        self.look = LOOKS[look]
        self.origin, self.scale = origin, scale

    def part(self, origin, scale=1.0):
        return Recorder(self.found, origin, scale)

    def text(self, x, baseline, words, size, *, anchor="left", **_):
        wide = text_width(one_line(words), size)
        left = x - wide * {"left": 0, "center": 0.5, "right": 1}[anchor]
        # Capitals and most accents stand above the line, a quarter of the letter below it.
        box = (left, baseline - 0.78 * size, left + wide, baseline + 0.22 * size)
        place = [c * self.scale + self.origin[i % 2] for i, c in enumerate(box)]
        self.found.append(("text", words, place, size * self.scale))

    def __getattr__(self, kind):
        def keep(*what, **how):
            self.found.append((kind, what, how))

        return keep

    def all(self, kind):
        return [one for one in self.found if one[0] == kind]

    @property
    def words(self):
        return [one[1] for one in self.all("text")]


def drawn(picture):
    recorder = Recorder()
    picture.draw(recorder)
    return recorder


def svg_of(picture, **how):
    return ElementTree.fromstring(render(picture, "svg", **how))


def paths(root, *styles):
    """Return the points of every path whose style holds all these words."""
    found = []
    for path in root.iter(f"{SVG}path"):
        style = path.get("style", "")
        if all(word in style for word in styles):
            numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", path.get("d"))]
            found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return found


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_png_has_its_size_its_resolution_and_its_words(usual, tables, chart, look):
    picture = usual[chart]
    for how, wide in (({}, 6.5), ({"framed": False}, 6.25), ({"shape": "slide"}, 13.333)):
        image = Image.open(io.BytesIO(render(picture, "png", look=look, **how)))
        image.load()
        assert image.size[0] == round(wide * 300)
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)
        assert image.info["Title"] == picture.data.title
        assert image.info["Description"] == f"{picture.data.description} {picture.data.caption}"
        assert set(image.info) == {"dpi", "Title", "Description"}  # no clock, no program
        ground = tuple(int(LOOKS[look].ground[i : i + 2], 16) for i in (1, 3, 5))
        assert image.convert("RGB").getpixel((1, 1)) == ground
    assert image.size == (4000, 2250)
    if chart != "roadmap":
        assert f"Parley data {tables.version}." in image.info["Description"]


def test_paper_and_ink_are_those_of_the_app():
    assert (LOOKS["light"].ground, LOOKS["light"].ink) == ("#FFFFFF", "#22211F")
    assert (LOOKS["dark"].ground, LOOKS["dark"].ink) == ("#171614", "#EDEBE8")


def test_a_png_is_as_large_as_its_inches_at_any_resolution(usual):
    page = lay_out_page(usual["gaps"], framed=True, shape="page")
    for dots in (96, 150, 300):
        data = render(usual["gaps"], "png", dots_per_inch=dots)
        size = Image.open(io.BytesIO(data)).size
        assert size == (round(page.width / 72 * dots), round(page.height / 72 * dots))


@pytest.mark.parametrize("chart", CHARTS)
def test_an_svg_names_itself_and_points_nowhere_outside(usual, chart):
    data = render(usual[chart], "svg")
    root = ElementTree.fromstring(data)
    title, description = root[0], root[1]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert (title.tag, title.text) == (f"{SVG}title", usual[chart].data.title)
    assert description.text.endswith(usual[chart].data.caption)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "path", "defs", "use", "clipPath", "rect"}
    links = {element.get(HREF) for element in root.iter() if element.get(HREF)}
    ids = {element.get("id") for element in root.iter()}
    assert links
    assert {link.removeprefix("#") for link in links} <= ids
    text = data.decode()
    assert set(re.findall(r'="(\w+://[^"]*)"', text)) == {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip
    assert not re.search(r"<!|<style|url\((?!#)", text)


@pytest.mark.parametrize("file_format", ["png", "svg"])
def test_the_same_bytes_each_time_and_from_any_thread(pictures_of, usual, file_format):
    again = pictures_of("NLD", "CHN")
    first = {chart: render(usual[chart], file_format) for chart in CHARTS}
    with ThreadPoolExecutor(5) as pool:
        made = pool.map(lambda chart: (chart, render(again[chart], file_format)), CHARTS)
        assert dict(made) == first


def test_the_same_bytes_from_another_process_without_plotly_or_pyplot(tables, settings):
    code = (
        "import hashlib, sys\n"
        "from analysis.pictures.radar import radar_picture\n"
        "from analysis.pictures.render import render\n"
        "from analysis.profiles import build_profile\n"
        "from analysis.settings import default_settings\n"
        "from analysis.tables import load_tables\n"
        "tables = load_tables()\n"
        "ids = ('NLD', 'CHN')\n"
        "parties = [build_profile(tables, i, default_settings(tables)) for i in ids]\n"
        "picture = radar_picture(tables, parties)\n"
        "both = render(picture, 'png') + render(picture, 'svg')\n"
        "assert not {'plotly', 'matplotlib.pyplot'} & set(sys.modules)\n"
        "print(hashlib.sha256(both).hexdigest())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    picture = radar_picture(tables, [build_profile(tables, i, settings) for i in ("NLD", "CHN")])
    both = render(picture, "png") + render(picture, "svg")
    assert done.stdout.strip() == hashlib.sha256(both).hexdigest(), done.stderr


@pytest.mark.parametrize("name", SCRIPTS.values(), ids=SCRIPTS)
def test_names_in_any_script_appear_as_letters(pictures_of, name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Matplotlib warns of a letter that no font has
        found = pictures_of("NLD", "CHN", names=[name, f"{name} 2"])
        for chart in ("radar", "overlap"):  # a title and both kinds of legend
            for file_format in ("png", "svg"):
                assert render(found[chart], file_format, dots_per_inch=72)


def test_a_letter_that_no_font_has_would_be_noticed(pictures_of):
    with pytest.warns(UserWarning, match="Glyph 5091 .* missing"):
        render(pictures_of("NLD", "CHN", names=["Ꮳ"])["radar"], "png", dots_per_inch=50)


def test_a_text_asks_only_for_the_fonts_it_needs():
    assert families("Netherlands, 80 %") == ["Noto Sans"]
    assert families("Türkiye Ελλάδα Россия") == ["Noto Sans"]
    assert families("中国 and 日本の") == ["Noto Sans", "Noto Sans CJK SC"]
    assert families("भारत और العربية") == ["Noto Sans", "Noto Sans Arabic", "Noto Sans Devanagari"]


def test_a_sentence_runs_from_left_to_right_and_a_name_its_own_way():
    assert one_line("العربية and China").startswith("\u200eالعربية")
    assert one_line("עברית, العربية and China") == "\u200eעברית,\u200e العربية and China"
    assert one_line("العربية") == "العربية"
    assert one_line("a\u202eb\n c\x00") == "ab c"
    assert one_line("می\u200cخواهم") == "می\u200cخواهم"  # the joiner of Persian stays


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(pictures_of, name):
    for picture in pictures_of("NLD", "CHN", names=[name, name[::-1]]).values():
        root = svg_of(picture)
        assert not list(root.iter(f"{SVG}script"))
        assert {element.get(HREF, "#")[0] for element in root.iter()} == {"#"}
        info = Image.open(io.BytesIO(render(picture, "png", dots_per_inch=60))).info
        assert (info["Title"], info["Description"]) == (root[0].text, root[1].text)
    radar = pictures_of("NLD", "CHN", names=[name, "China"])["radar"]
    assert svg_of(radar)[0].text == one_line(radar.data.title)
    assert name in drawn(radar).words or "\u202e" in name  # no formula is made of dollar signs


CASES = {
    "usual": ("NLD", "CHN"),
    "close": ("SWE", "FIN"),
    "missing": ("ISR", "USA"),
    "regional": ("SAU", "NGA"),
    "no distance": ("UKR", "POL"),
    "long names": ("TTO", "CHE-FR"),
    "four": ("NLD", "CHN", "JPN", "BRA"),
    "six": SIX,
}
NAMES = {
    "own": [],
    "scripts": [*SCRIPTS.values()][:6],
    "sixty": ["W" * 59 + letter for letter in "ABCDEF"],
    "words": ["Very long names of a team or company " * 2] * 6,
    "ideographs": ["谈判小组" * 15] * 6,
}


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("ids", CASES.values(), ids=CASES)
def test_no_text_is_cut_off_or_runs_into_another(pictures_of, ids, names):
    for chart, picture in pictures_of(*ids, names=names[: len(ids)]).items():
        for how in ({"framed": False}, {"framed": True}, {"framed": True, "shape": "slide"}):
            page = lay_out_page(picture, **{"shape": "page", **how})
            recorder = Recorder()
            page.draw(recorder)
            texts = recorder.all("text")
            for _, words, (left, top, right, bottom), size in texts:
                assert left >= -0.5, words
                assert top >= 0, words
                assert right <= page.width + 0.5, words
                assert bottom <= page.height, words
                assert size >= SMALL or "shape" in how
            for one, other in combinations(texts, 2):
                a, b = one[2], other[2]
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                assert apart, (chart, how, one, other)


def test_every_amount_finds_room(pictures_of):
    deal = Deal(
        first_order=1.2e11, later_orders=(2e11, 1e12, 1e12, 3e11), total=9e12, currency="EUR"
    )
    recorder = drawn(pictures_of("NLD", "CHN", deal=deal)["roadmap"])
    boxes = [one[2] for one in recorder.all("text")]
    assert not any(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        for a, b in combinations(boxes, 2)
    )
    assert "EUR 120,000," in recorder.words


def test_lines_break_between_words_and_lose_nothing():
    text = "Even on uncertainty avoidance, 75 % of the two populations overlap"
    for width in range(90, 420, 6):
        lines = wrapped(text, 10, width)
        assert " ".join(lines) == text
        assert all(text_width(line, 10) <= width for line in lines)
        assert not any(line.startswith("%") for line in lines)
    even = wrapped(text, 15, 440, even=True)
    assert len(even) == 2
    assert abs(text_width(even[0], 15) - text_width(even[1], 15)) < 80


def test_long_words_break_where_a_reader_bears_it():
    assert wrapped("1,234,567,890", 10, 40) == ["1,234,", "567,890"]
    assert "".join(wrapped("क्षत्रिय" * 4, 10, 30)) == "क्षत्रिय" * 4
    assert not any(line[0] in "\u093f\u094d" for line in wrapped("क्षत्रिय" * 4, 10, 30))
    for line in wrapped("谈判小组" * 20, 10, 101):
        assert len(line) <= 10


def test_the_parties_colours_are_exact(pictures_of):
    for chart in ("radar", "gaps"):
        for look in ("light", "dark"):
            data = render(pictures_of(*SIX)[chart], "png", look=look, dots_per_inch=150)
            image = Image.open(io.BytesIO(data)).convert("RGB")
            colours = {f"#{r:02X}{g:02X}{b:02X}" for _, (r, g, b) in image.getcolors(1 << 20)}
            assert {style.colour for style in PARTY_STYLES} <= colours


def test_the_radar_starts_at_the_top_and_runs_clockwise(usual):
    # NLD: PDI 38, IDV 80, MAS 14, UAI 53, LTO 67, IVR 68; the edge, 115, is 124 points away.
    line = paths(svg_of(usual["radar"]), "fill: none", "stroke: #0072b2", "stroke-width: 1.9")[-1]
    middle = 12 + 222
    assert len(line) == 7
    assert line[0] == pytest.approx(line[-1])
    assert [line[0][0], line[3][0]] == pytest.approx([middle, middle], abs=1e-3)
    assert line[3][1] - line[0][1] == pytest.approx((38 + 53) * 124 / 115, abs=1e-3)
    assert line[1][0] - middle == pytest.approx(80 * 124 / 115 * sin(1.0471976), abs=1e-3)
    assert line[5][0] - middle == pytest.approx(-68 * 124 / 115 * sin(1.0471976), abs=1e-3)


def test_the_line_breaks_where_a_score_is_missing(pictures_of):
    recorder = drawn(pictures_of("ISR", "USA")["radar"])
    lines = {what[1]: what[0] for _, what, _ in recorder.all("line") if len(what[0]) > 2}
    assert len(lines["#0072B2"]) == 5  # Israel has no score on the sixth dimension
    assert len(lines["#D55E00"]) == 7
    assert [what[1] for _, what, _ in recorder.all("area")] == ["#D55E00"]
    assert "–" in recorder.words
    assert "0" not in recorder.words


def test_at_most_three_parties_are_filled(pictures_of):
    areas = drawn(pictures_of(*SIX)["radar"]).all("area")
    assert [what[1] for _, what, _ in areas] == ["#0072B2", "#D55E00", "#009E73"]


def test_regional_scores_are_hollow(pictures_of, usual):
    pictures = pictures_of("SAU", "NGA")  # each has its own scores on LTO and IVR alone
    for chart, times in (("gaps", 4), ("radar", 8)):  # the radar shows them beside its axes too
        root = svg_of(pictures[chart])
        for colour in ("#0072b2", "#d55e00"):
            assert len(paths(root, "fill: #ffffff", f"stroke: {colour}")) == times
            assert not paths(svg_of(usual[chart]), "fill: #ffffff", f"stroke: {colour}")
        assert "Hollow markers are regional scores." in root[1].text


def test_the_gaps_stand_with_the_widest_first_and_their_errors(usual):
    recorder = drawn(usual["gaps"])
    words = recorder.words
    found = [words.index(f"gap {gap}") for gap in (60, 52, 44, 42, 23, 20)]
    assert found == sorted(found)
    assert words.index("Individualism") < words.index("Masculinity")
    assert {"0: the group comes first", "100: the person comes first"} <= set(words)
    # On individualism the Netherlands stand at 80 +- 1.96 x 7.5; 134 points take 444.
    line = paths(svg_of(usual["gaps"]), "stroke: #0072b2", "opacity: 0.75")[0]
    (x1, _), (x2, _) = line
    assert (x1 + x2) / 2 == pytest.approx(12 + 444 * 92 / 134, abs=1e-3)
    assert x2 - x1 == pytest.approx(2 * 14.7 * 444 / 134, abs=1e-3)


def test_close_scores_have_their_numbers_side_by_side(pictures_of):
    words = drawn(pictures_of("SAU", "NGA")["gaps"]).all("text")
    a, b = (next(one for one in words if one[1] == score) for score in ("77", "80"))
    assert a[2][2] < b[2][0]  # SAU 80, NGA 77 on power distance: three points, ten points of paper


def test_further_parties_have_markers_and_no_errors(pictures_of):
    recorder = drawn(pictures_of("NLD", "CHN", "JPN")["gaps"])
    coloured = [what[1] for _, what, how in recorder.all("line") if "opacity" in how]
    assert set(coloured) == {"#0072B2", "#D55E00"}
    markers = [what[1].marker for _, what, _ in recorder.all("marker")]
    assert markers.count("diamond") == 7  # one in the legend, six scores


def test_the_distribution_marks_the_pair_and_its_interval(usual):
    recorder = drawn(usual["distribution"])
    bars = recorder.all("rectangle")
    strong = [what[0] for _, what, how in bars if how["fill"] == LOOKS["light"].strong]
    rows = usual["distribution"].data.rows
    end = rows[-1][1]
    marks = [what[0] for _, what, _ in recorder.all("line") if what[2] == 2]
    assert len(marks) == 1
    assert marks[0][0][0] == pytest.approx(444 * 1.9475 / end, abs=0.1)
    told = re.search(r"between ([\d.]+) and ([\d.]+):", usual["distribution"].data.description)
    low, high = (444 * float(bound) / end for bound in told.groups())
    bin_width = 444 / end * (rows[0][1] - rows[0][0])
    assert min(strong) == pytest.approx(low, abs=bin_width)
    assert max(strong) == pytest.approx(high, abs=1.5 * bin_width)
    assert sum(1 for row in rows if row[2]) == len(bars)
    highest = max(rows, key=lambda row: row[2])
    tallest = max(bars, key=lambda bar: bar[1][3])
    assert tallest[1][0] == pytest.approx(444 * highest[0] / end, abs=1)
    assert "This pair" in recorder.words


def test_the_hills_stand_in_the_order_of_the_gaps(usual):
    recorder = drawn(usual["overlap"])
    shares = [word for word in recorder.words if word.endswith("in common")]
    assert shares[:2] == ["53 % in common", "52 % in common"]
    hills = [what for _, what, _ in recorder.all("area")]
    assert len(hills) == 12  # two on each of six dimensions
    ours = next(what[0] for what in hills if what[1] == "#0072B2")
    assert min(ours, key=lambda point: point[1])[0] > 222  # 80 against 20: right of the middle


def test_the_columns_of_the_road_map_are_as_high_as_their_shares(pictures_of):
    recorder = drawn(pictures_of("NLD", "CHN", deal=Deal())["roadmap"])
    columns = [(what[3], how["opacity"]) for _, what, how in recorder.all("rectangle")]
    highest = columns[-1][0]
    shares = [word for word in recorder.words if word.endswith("%")]
    assert shares == ["5 %", "15 %", "30 %", "50 %"]
    assert [high / highest for high, _ in columns] == pytest.approx([0.1, 0.3, 0.6, 1.0])
    assert columns[0][1] == 1.0
    assert all(opacity < 0.5 for _, opacity in columns[1:])


def test_a_long_title_takes_smaller_letters(pictures_of):
    sizes = []
    for names in ([], [*SCRIPTS.values()][:4], ["W" * 59 + letter for letter in "ABCD"]):
        radar = pictures_of("NLD", "CHN", "JPN", "BRA", names=names)["radar"]
        recorder = Recorder()
        lay_out_page(radar, framed=True, shape="page").draw(recorder)
        sizes.append(recorder.all("text")[0][3])
    assert all(larger >= smaller for larger, smaller in pairwise(sizes))
    assert (sizes[0], sizes[-1]) == (15.0, 11.0)
