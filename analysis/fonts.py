"""The fonts that exports set text in: letters of every script, on a machine that has no fonts.

Two packages bring the files: Noto Sans with the scripts that Latin fonts lack, and Noto Sans CJK.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import manimgx_fonts
import noto_cjk_sans_otc

SANS = "Noto Sans"
FAMILIES: tuple[str, ...] = (
    SANS,
    *(
        f"{SANS} {script}"
        for script in (
            "Arabic", "Hebrew", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil",
            "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Khmer", "Myanmar",
            "Armenian", "Georgian", "Ethiopic", "CJK SC", "CJK JP", "CJK KR", "Symbols",
        )
    ),
    "Noto Emoji",
)  # fmt: skip
"""In the order in which a letter is looked for."""


def font_files() -> list[Path]:
    """Return the font files, those of the Latin script first."""
    folders = [Path(str(files(package))) for package in (manimgx_fonts, noto_cjk_sans_otc)]
    found = [path for folder in folders for path in sorted(folder.glob("*.tt[cf]"))]
    return sorted(found, key=lambda path: not path.name.startswith("NotoSans["))


def font_folders() -> list[str]:
    """Return the folders that hold the font files."""
    return sorted({str(path.parent) for path in font_files()})
