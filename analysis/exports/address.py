"""Where a link to a view begins: the public address, a page's own, or none."""

from __future__ import annotations

import ipaddress
import os
from urllib.parse import urlsplit

VARIABLE = "PARLEY_ADDRESS"
"""The environment variable that holds the address at which others reach the app."""

NO_SERVER = "./"
"""The address where nobody serves the app: of a link only the part to add is then printed."""


def public_address() -> str:
    """Return the address at which others reach the app, with a slash at its end; else empty."""
    told = os.environ.get(VARIABLE, "").strip()
    return f"{told.rstrip('/')}/" if told else ""


def is_loopback(address: str) -> bool:
    """Say whether an address leads nowhere but to the machine it is read on.

    Examples
    --------
    >>> is_loopback("http://127.0.0.1:8501/?a=NLD"), is_loopback("https://parley.example/")
    (True, False)
    """
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        place = ipaddress.ip_address(host)
    except ValueError:
        return False
    return place.is_loopback or place.is_unspecified


def for_citation(link: str) -> str:
    """Return a link where it opens for a reader elsewhere; else nothing."""
    return link if link.startswith(("http://", "https://")) and not is_loopback(link) else ""
