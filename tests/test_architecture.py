"""House rules that would decay without a test."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted([ROOT / "app.py", *(ROOT / "pages").glob("*.py")])
ANALYSIS = sorted((ROOT / "analysis").rglob("*.py"))
PACKAGES = {
    "yaml": "pyyaml",
    "pptx": "python-pptx",
    "docx": "python-docx",
    "manimgx_fonts": "manimgx-fonts",
    "noto_cjk_sans_otc": "noto-cjk-sans-otc",
    "PIL": "pillow",
    "python_calamine": "python-calamine",
    "sklearn": "scikit-learn",
    "ibis": "ibis-framework",
}
REQUIREMENTS = ("requirements.txt", "requirements-spark.txt")
# Who may import whom, lowest first: a module imports its own layer and those below.
LAYERS = [
    {"errors", "tables", "words", "fonts", "data_folder"},
    {"measures", "knowledge", "deal"},
    {"settings"},
    {"profiles", "reference", "link", "overlap", "teams", "editions"},
    {"uncertainty", "refusal"},
    {"comparison"},
    {"sentences", "matrix"},
    {"friction"},
    {"strategy", "debrief", "atlas", "agreement", "edition_changes", "methods", "bulk"},
    {"workspace", "charts"},
    {"store"},
    {"figures", "pictures"},
    {"exports"},
    {"cli", "__main__"},
]


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def layer(name):
    return next(level for level, names in enumerate(LAYERS) if name in names)


@pytest.mark.parametrize("path", ANALYSIS, ids=lambda p: str(p.relative_to(ROOT)))
def test_analysis_knows_nothing_of_pages_and_no_layer_of_one_above(path):
    own = path.relative_to(ROOT / "analysis").with_suffix("").parts[0]
    for name in imports(path):
        top, *rest = name.split(".")
        assert top not in {"streamlit", "pages", "app", "benchmarks", "tests"}
        if top == "analysis" and rest and own != "__init__":
            assert layer(rest[0]) <= layer(own), f"{own} imports {rest[0]}"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_a_page_is_a_short_script_without_arithmetic_or_file_access(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert len(path.read_text("utf-8").splitlines()) <= 150
    for node in ast.walk(tree):
        assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.BinOp), ast.dump(node)
        assert not (isinstance(node, ast.Name) and node.id in {"open", "Path", "pd", "np"})


def test_only_the_state_module_caches():
    for path in (ROOT / "pages").rglob("*.py"):
        if path.name != "state.py":
            assert "cache_" not in path.read_text("utf-8"), path


def test_modules_and_functions_stay_small():
    for path in [*ANALYSIS, *(ROOT / "pages").rglob("*.py")]:
        text = path.read_text("utf-8")
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                doc = ast.get_docstring(node) or ""
                code = node.end_lineno - node.lineno - doc.count("\n")
                assert code <= 60, f"{path.name}: {node.name} has {code} lines"


def test_heavy_libraries_are_not_imported_with_the_analysis():
    code = (
        "import sys, analysis.cli, analysis.link\n"
        "heavy = {'pandas', 'scipy', 'streamlit', 'plotly', 'pyarrow', 'matplotlib', 'PIL', 'pptx',"
        " 'docx', 'lxml', 'xlsxwriter', 'typst', 'sklearn', 'ibis', 'duckdb', 'pyspark'}"
        " & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_first_chart_waits_for_nothing_that_it_does_not_need():
    code = (
        "import sys, pages.shared.frame, pages.shared.inputs, pages.shared.opening\n"
        "late = ('analysis.agreement', 'analysis.atlas', 'analysis.editions', 'analysis.exports',"
        " 'analysis.friction', 'analysis.strategy', 'analysis.teams.reading', 'python_calamine',"
        " 'pages.shared.makers')\n"
        "sys.exit(', '.join(name for name in late if name in sys.modules) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", [p for p in SCRIPTS if p.name != "app.py"], ids=lambda p: p.name)
def test_a_page_loads_whole_what_imports_itself_in_circles_before_any_part_of_it(path):
    opening = {"inputs", "opening", "state", "viewing"}
    before = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import) and node.names[0].name == "pages.shared.whole":
            break
        if isinstance(node, ast.ImportFrom) and node.module == "pages.shared":
            before |= {alias.name for alias in node.names}
    else:
        pytest.fail("pages.shared.whole is never imported")
    assert before <= opening


def test_the_project_uses_what_it_pins_and_pins_what_it_uses():
    pinned = set()
    lines = "\n".join((ROOT / name).read_text("utf-8") for name in REQUIREMENTS)
    for line in lines.splitlines():
        if line and not line.startswith(("#", "-r")):
            match = re.fullmatch(r"([a-z0-9-]+)(\[[a-z,]+\])?==[\d.]+(\.post\d+)?", line)
            assert match, line
            pinned.add(match[1])
    used = set()
    for path in [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *ANALYSIS]:
        used |= {name.split(".")[0] for name in imports(path)}
    third_party = used - sys.stdlib_module_names - {"analysis", "pages"}
    third_party = {PACKAGES.get(name, name) for name in third_party}
    assert third_party == pinned
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(f"`{name}`" in readme for name in pinned)


def test_the_settings_keep_every_request_on_the_machine():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "127.0.0.1"
    assert config["client"]["showErrorLinks"] is False
    assert (
        config["theme"]["font"] == "sans-serif"
    )  # a name, not an address: it comes with Streamlit
    assert len(config["theme"]["chartCategoricalColors"]) == 10
    assert "://" not in (ROOT / ".streamlit" / "config.toml").read_text("utf-8")


def test_no_text_speaks_of_this_machine():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    for name in tracked or [str(p) for p in ANALYSIS]:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".csv", ".json", ".toml", ".txt"}:
            assert not re.search(r"/(work|root|home)/", path.read_text("utf-8")), name
