"""The server's settings that keep it safe, as Streamlit itself understands the file."""

import json
import subprocess
import sys

import pytest

ASK = """
import json, sys
from streamlit import config
print(json.dumps({name: config.get_option(name) for name in sys.argv[1:]}))
"""
SAFE = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.corsAllowedOrigins": [],
    "server.allowedHosts": ["localhost", "127.0.0.1", "::1"],
    "server.address": "127.0.0.1",
    "server.maxUploadSize": 5,
    "server.enableAgentApi": False,
    "server.scriptHealthCheckEnabled": False,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.trustedUserHeaders": {},
    "server.xsrfCookieSameSite": "lax",
    "client.showErrorDetails": "type",
    "client.showErrorLinks": False,
    "client.disableDataExport": True,
    "client.allowedOrigins": [],
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "browser.gatherUsageStats": False,
    "runner.magicEnabled": False,
}


@pytest.fixture(scope="module")
def settings(root):
    done = subprocess.run(
        [sys.executable, "-c", ASK, *SAFE], cwd=root, capture_output=True, check=True, text=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", SAFE)
def test_a_setting_that_keeps_the_server_safe(settings, name):
    assert settings[name] == SAFE[name]


def test_no_secret_is_among_the_settings(root):
    """A cookie secret in the repository would let anyone sign in as anyone."""
    text = (root / ".streamlit" / "config.toml").read_text("utf-8")
    assert "cookieSecret" not in text
    assert not (root / ".streamlit" / "secrets.toml").exists()


def test_nothing_but_map_outlines_and_their_terms_is_served_as_a_file(root):
    """Streamlit serves HTML from this folder as a page of this address."""
    endings = {path.suffix for path in (root / "static").rglob("*") if path.is_file()}
    assert endings <= {".json", ".csv", ".md", ""}
