"""Nothing that a server is told in confidence stands in its output or in anything it sends."""

import pytest

from tests.security.caller import multipart, session_id

PAGES = ("teams", "")


def provoke(served):
    """Make it fail in every way that a stranger can."""
    caller = served.caller()
    with caller.session() as socket:
        for page in PAGES:
            caller.run(socket, "a=TEAM-AAAAAAAA&b=%00&framework=edition-0&print=1", page)
        name = session_id(caller.run(socket))
        form, body = multipart(b"\xff\xfe\x00", "..\\..\\secrets.toml")
        token = caller.token()
        held = {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"}
        caller.ask("PUT", f"/_stcore/upload_file/{name}/x", {**form, **held}, body)
        socket.send(b"\xff" * 50)
    for path in (
        "/auth/login", "/auth/login?provider=x", "/auth/logout", "/oauth2callback",
        "/oauth2callback?code=x&state=x", "/oauth2callback?error=x&error_description=y",
        "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/host-config",
        "/media/none.csv", "/component/none/x", "/nothing", "/.streamlit/secrets.toml",
    ):  # fmt: skip
        for method in ("GET", "POST", "DELETE"):
            caller.ask(
                method, path, {"Cookie": "_streamlit_user=2|1:0|x; _streamlit_user_tokens=x"}
            )


@pytest.mark.parametrize("server", ["served", "with_sign_in"])
def test_no_secret_of_the_settings_is_ever_said(request, server):
    started = request.getfixturevalue(server)
    provoke(started)
    said = started.said() + b"".join(started.heard).decode("utf-8", "replace")
    assert str(started.port) in started.said()  # it is the server's own output
    assert len(said) > 10_000
    assert {kind for kind, value in started.secrets.items() if value in said} == set()


def test_a_database_that_is_away_is_said_without_its_address(served):
    """The teams of a local user lie in it, so the Teams page must have tried."""
    caller = served.caller()
    with caller.session() as socket:
        sent = b"".join(m.SerializeToString() for m in caller.run(socket, "", "teams"))
    assert b"database" in sent
    assert b"127.0.0.1:9" not in sent
    assert served.secrets["user"].encode() not in sent


def test_a_fault_of_ours_shows_its_kind_and_no_lines_of_code(root):
    """`full` would show messages and local paths to every visitor."""
    settings = (root / ".streamlit" / "config.toml").read_text("utf-8")
    assert 'showErrorDetails = "type"' in settings
