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
    """Return the address at which others reach the app, with a slash at its end; else empty.

    What is no address is passed over: a link that begins with it would open nothing. Then
    `address_problem` says so.
    """
    told = os.environ.get(VARIABLE, "").strip()
    return f"{told.rstrip('/')}/" if told and not address_problem() else ""


def address_problem() -> str:
    """Return what is wrong with the public address, if one is set that cannot be used."""
    told = os.environ.get(VARIABLE, "").strip()
    try:
        parts = urlsplit(told)
        parts.port  # noqa: B018 - raises where it is no number
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not told or (usable and not any(c.isspace() for c in told) and not parts.query):
        return ""
    return (
        f"{VARIABLE} holds no web address (https or http and the name of a host), so links do not"
        " begin with it: whoever runs Parley must mend that."
    )


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
