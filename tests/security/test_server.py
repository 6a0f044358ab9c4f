"""What anyone who can reach the server may try, on a running one."""

from contextlib import suppress
from urllib.parse import urljoin, urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.security.caller import multipart, session_id

MEGABYTE = 1024 * 1024
LIMIT = 5 * MEGABYTE
ELSEWHERE = "http://elsewhere.example"


@pytest.fixture(scope="module")
def caller(served):
    return served.caller()


@pytest.fixture
def session(caller):
    """A session with a page, its id, and what an upload from that page carries."""
    with caller.session() as socket:
        found = session_id(caller.run(socket))
        token = caller.token()
        yield found, {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"}


def put(caller, path, headers, content, *, chunked=False):
    form, body = multipart(content)
    parts = (body[start : start + 65_536] for start in range(0, len(body), 65_536))
    return caller.ask("PUT", path, {**form, **headers}, parts if chunked else body)


def test_a_file_as_the_page_sends_it_is_taken(caller, session):
    """The refusals below mean something only because this is none."""
    name, token = session
    answer = put(caller, f"/_stcore/upload_file/{name}/one", token, b"x" * (LIMIT - MEGABYTE))
    assert answer.status == 204


@pytest.mark.parametrize("chunked", [False, True])
def test_a_file_above_the_limit_is_refused_by_the_server_and_the_app_stays_up(
    caller, session, chunked
):
    name, token = session
    path = f"/_stcore/upload_file/{name}/large"
    assert put(caller, path, token, b"x" * 4 * LIMIT, chunked=chunked).status == 413
    assert caller.is_up()


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"X-Xsrftoken": "{token}"},
        {"Cookie": "_streamlit_xsrf={token}"},
        {"X-Xsrftoken": "{token}x", "Cookie": "_streamlit_xsrf={token}"},
        {"X-Xsrftoken": "", "Cookie": "_streamlit_xsrf="},
    ],
)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_upload_without_the_token_of_the_page_is_forbidden(caller, session, forged, method):
    name, token = session
    headers = {k: v.format(token=token["X-Xsrftoken"]) for k, v in forged.items()}
    form, body = multipart(b"a,b\n")
    path = f"/_stcore/upload_file/{name}/one"
    answer = caller.ask(method, path, {**form, **headers}, body if method == "PUT" else None)
    assert answer.status == 403


@pytest.mark.parametrize(
    "name", ["x", "00000000-0000-0000-0000-000000000000", "..%2f..", "%00", "{name}x"]
)
def test_an_upload_to_a_session_that_is_not_there_is_refused(caller, session, name):
    path = f"/_stcore/upload_file/{name.format(name=session[0])}/one"
    assert put(caller, path, session[1], b"a,b\n").status in {400, 404}


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "http://127.0.0.1.elsewhere.example"])
def test_a_page_elsewhere_cannot_open_a_session(caller, origin):
    with pytest.raises(InvalidStatus) as caught, caller.session(origin=origin):
        pass
    assert caught.value.response.status_code == 403


def test_a_name_that_was_made_to_point_here_cannot_open_a_session(served):
    """DNS rebinding: the page's own name and the host it calls are one, and neither is ours."""
    host = f"rebound.example:{served.port}"
    with pytest.raises(InvalidStatus) as caught, served.caller(host=host).session():
        pass
    assert caught.value.response.status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/teams", "/media/x.csv",
     "/_stcore/upload_file/x/y"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_no_answer_may_be_read_by_a_page_elsewhere(caller, path, method):
    answer = caller.ask(method, path, {"Origin": ELSEWHERE})
    assert answer.headers.get("access-control-allow-origin") not in {"*", ELSEWHERE, "null"}


def test_no_page_around_this_one_may_steer_it(caller):
    assert b'"allowedOrigins":[]' in caller.ask("GET", "/_stcore/host-config").body


OUTSIDE = ["../.streamlit/config.toml", "../../requirements.txt", "../../../../../../etc/passwd"]
SECRET_LINES = (b"postScriptGC", b"streamlit[", b"root:", b"[theme", b"run_page")


@pytest.mark.parametrize("folder", ["app/static", "static", "media", "component/x",
                                    "_stcore/bidi-components/x", ""])  # fmt: skip
@pytest.mark.parametrize("outside", [*OUTSIDE, "app.py", "/etc/passwd", "C:\\x", "x\0.csv"])
def test_no_path_leads_out_of_what_is_served(caller, folder, outside):
    for step in (
        lambda text: text, lambda text: text.replace("/", "%2f"),
        lambda text: text.replace(".", "%2e"), lambda text: text.replace("/", "%5c"),
        lambda text: text.replace("/", "%252f"), lambda text: text.replace("../", "....//"),
        lambda text: text.replace("../", "un/../../"),
    ):  # fmt: skip
        path = "/" + "/".join(filter(None, [folder, step(outside)]))
        path = path.replace("\0", "%00").replace("\\", "%5C")
        answer = caller.ask("GET", path)
        # The first page stands for any name that is none of a file.
        assert answer.status in {200, 301, 400, 403, 404}, path
        assert not [line for line in SECRET_LINES if line in answer.body], path


def test_what_is_meant_to_be_served_is(caller):
    answer = caller.ask("GET", "/app/static/un/places.csv")
    assert answer.status == 200
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["//elsewhere.example", "//elsewhere.example/", "//elsewhere.example/..",
     "/\\elsewhere.example/",
     "/%5celsewhere.example/", "/%2f%2felsewhere.example/", "/./%2felsewhere.example/",
     "/teams//elsewhere.example/", "/?next=//elsewhere.example", "/http://elsewhere.example/",
     "/app/static//elsewhere.example/", "/static//elsewhere.example/", "/\t/elsewhere.example/",
     "/auth/login?next=//elsewhere.example", "/auth/logout?next=http://elsewhere.example",
     "/oauth2callback?redirect_uri=http://elsewhere.example&state=x&code=x",
     "/oauth2callback/?state=x"],
)  # fmt: skip
def test_no_address_here_sends_anyone_elsewhere(caller, with_sign_in, path):
    path = path.replace("\t", "%09")
    for one in (caller, with_sign_in.caller()):
        for method in ("GET", "HEAD", "POST"):
            where = one.ask(method, path).headers.get("location", "")
            here = f"http://127.0.0.1:{one.port}"
            # As a browser reads it, for which a backslash is a slash.
            led = urljoin(f"{here}{path}", where.replace("\\", "/"))
            assert led.startswith(f"{here}/"), (path, where)
            assert urlsplit(led).netloc == f"127.0.0.1:{one.port}"


def test_a_link_that_names_another_page_or_address_keeps_the_page(caller):
    """`?show=` and its like choose among what is there; none is an address."""
    with caller.session() as socket:
        for query in ("show=//elsewhere.example", "next=http://elsewhere.example&a=NLD",
                      "show=javascript:alert(1)", "page=..%2f..%2fapp"):  # fmt: skip
            for page in ("", "methods", "../app", "//elsewhere.example"):
                heard = b"".join(m.SerializeToString() for m in caller.run(socket, query, page))
                assert b"](//elsewhere" not in heard
                assert b"](http://elsewhere" not in heard
                assert b"](javascript:" not in heard


def test_there_is_no_way_in_for_programs(caller):
    body = b'{"widget_state": {}}'
    for path in ("/_stcore/agent/interact", "/_stcore/agent/mcp"):
        answer = caller.ask("POST", path, {"Content-Type": "application/json"}, body)
        assert answer.status >= 400, path
        assert b"session_id" not in answer.body


def shutting_down():
    asked = BackMsg()
    asked.debug_shutdown_runtime = True
    return asked.SerializeToString()


def unknown_widgets():
    asked = BackMsg()
    for number in range(2000):
        state = asked.rerun_script.widget_states.widgets.add()
        state.id = f"$$ID-{number:032x}-party_a"
        state.string_value = "\ud7ff" * 100
    asked.rerun_script.page_script_hash = "../app"
    asked.rerun_script.fragment_id = "x" * 10_000
    return asked.SerializeToString()


@pytest.mark.parametrize(
    "message",
    [b"\xff" * 100, b"", b"\x08", shutting_down(), unknown_widgets(), "text", b"\0" * MEGABYTE],
    ids=["garbage", "nothing", "cut", "shutdown", "widgets", "text", "zeros"],
)  # fmt: skip
def test_a_message_that_no_page_sends_harms_nobody_else(caller, message):
    with caller.session() as other:
        caller.run(other)
        with caller.session() as socket:
            socket.send(message)
            with suppress(ConnectionClosed):  # put out, which is an answer too
                caller.run(socket)
        assert any(m.WhichOneof("type") == "delta" for m in caller.run(other, "a=JPN&b=BRA"))


def test_a_message_larger_than_any_of_ours_ends_that_session_alone(caller):
    def answer(socket):
        socket.send(b"\0" * (40 * MEGABYTE))
        while True:
            socket.recv(timeout=60)

    with caller.session() as socket, pytest.raises(ConnectionClosed):
        answer(socket)
    assert caller.is_up()
