"""Folders of data: whether the one that ships is whole, and where a local user's own things lie."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

FILE_NAME = "parley.db"


def default_file() -> Path:
    """Return the file in the user's data folder, by the platform's convention; it need not be."""
    from platformdirs import user_data_path  # noqa: PLC0415 - who keeps nothing needs it not

    return user_data_path("parley", appauthor=False) / FILE_NAME


def damage(folder: Path, below: str) -> str:
    """Return what is wrong with the files that ship, or nothing where all are as released.

    Parameters
    ----------
    folder : Path
        The folder with `datapackage.json`, which states the size and SHA-256 of each file.
    below : str
        What to look at: a file, or with a slash at its end all that lie below a folder.

    Returns
    -------
    str
        The first fault, for instance `data/tables/scores.csv is missing`, and how many more files
        have one.
    """
    try:
        stated = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
        looked_at = [
            (one["path"], int(one["bytes"]), one["hash"])
            for one in stated
            if one["path"] == below or (below.endswith("/") and one["path"].startswith(below))
        ]
    except (OSError, KeyError, TypeError, ValueError) as error:
        return f"{folder.name}/datapackage.json cannot be read: {why_unreadable(error)}"
    found = [
        f"{folder.name}/{path} {fault}"
        for path, size, digest in looked_at
        if (fault := _fault(folder / path, size, digest))
    ]
    if not found:
        return ""
    others = len(found) - 1
    if not others:
        return found[0]
    return f"{found[0]}, and {others} more {'file is' if others == 1 else 'files are'} wrong"


def _fault(path: Path, size: int, digest: str) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {why_unreadable(error)}"
    if len(content) != size:
        return f"holds {len(content):,} bytes where {size:,} were released"
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != digest:
        return "is not as it was released: its SHA-256 is not the one in datapackage.json"
    return ""


def why_unreadable(error: Exception) -> str:
    """Return why a file cannot be read, in a few words and without a path of this machine."""
    if isinstance(error, FileNotFoundError):
        return "it is missing"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    if isinstance(error, UnicodeDecodeError):
        return f"it is no text in UTF-8 (byte {error.start:,})"
    if isinstance(error, json.JSONDecodeError):
        return f"it is no JSON (line {error.lineno})"
    if isinstance(error, KeyError):
        return f"{error} is not in it"
    return str(error)


RESTORE = (
    "restore it from the release, or run `make data` if you changed it on purpose and it is right"
)
"""What to do about a file that is not as it was released."""
