"""A server with secrets in its settings, and what it said, in and out of its output."""

import secrets
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from benchmarks.server import ROOT
from tests.e2e.conftest import visit  # noqa: F401 - a fixture
from tests.e2e.provider import app
from tests.security.caller import Caller


@dataclass(frozen=True)
class Served:
    """A running server, the secrets that it was given, and everything that callers received."""

    address: str
    running: object
    secrets: dict
    heard: list

    @property
    def port(self):
        return int(self.address.rsplit(":", 1)[1])

    def caller(self, **how):
        return Caller(self.port, self.heard, **how)

    def said(self):
        """Return all that it printed."""
        return self.running.said()


@contextmanager
def serving(folder, *options, sign_in=False):
    """Start the app with a secret of every kind in its settings; none is of any use."""
    kinds = ("cookie_secret", "client_secret", "password", "server_cookie", "user")
    held = {kind: f"{kind}-{secrets.token_hex(12)}" for kind in kinds}
    # Port 9 discards: nothing listens there, so every use of the database and of sign-in fails.
    database = f"postgresql://{held['user']}:{held['password']}@127.0.0.1:9/parley"
    more = []
    if sign_in:
        file = folder / "secrets.toml"
        file.write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"\n'
            f'cookie_secret = "{held["cookie_secret"]}"\nclient_id = "parley"\n'
            f'client_secret = "{held["client_secret"]}"\n'
            'server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"\n'
        )
        more += ["--secrets.files", str(file)]
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("STREAMLIT_SERVER_COOKIE_SECRET", held["server_cookie"])
        with app(folder, database, *more, *options) as running:
            yield Served(running.address, running, held, [])


@pytest.fixture(scope="package")
def served(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("served")) as started:
        yield started


@pytest.fixture(scope="package")
def with_sign_in(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("with_sign_in"), sign_in=True) as started:
        yield started


@pytest.fixture(scope="session")
def root():
    return ROOT
