"""Someone who calls a running server by hand: paths, headers and messages as no browser sends them.

Only ever 127.0.0.1.
"""

import http.client
import re

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

SECONDS = 90
"""A guard against a hang."""


class Answer:
    """Status, headers and body of one answer."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.cookies = [v for n, v in response.getheaders() if n.lower() == "set-cookie"]
        self.body = response.read()


class Caller:
    """Calls one server; all that it hears is added to a list."""

    def __init__(self, port, heard=None, host=None):
        self.port, self.heard = port, heard if heard is not None else []
        self.host = host or f"127.0.0.1:{port}"

    def ask(self, method, path, headers=(), body=None):
        """Send a request whose path goes out letter by letter as it is given."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", self.host)
        for name, value in dict(headers).items():
            connection.putheader(name, value)
        try:
            if body is None:
                connection.endheaders()
            elif isinstance(body, bytes):
                connection.putheader("Content-Length", str(len(body)))
                connection.endheaders(body)
            else:
                connection.putheader("Transfer-Encoding", "chunked")
                connection.endheaders(body, encode_chunked=True)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused while it was still being sent; the answer may be there all the same
        try:
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        self.heard.append(repr(answer.headers).encode() + answer.body)
        return answer

    def token(self):
        """Return the token against forged requests, which a page gets as a cookie."""
        (cookie,) = self.ask("GET", "/_stcore/health").cookies
        return re.match(r"_streamlit_xsrf=([^;]+)", cookie)[1]

    def session(self, origin=None, **headers):
        """Open a session as a page would; return the connection."""
        # The Host header of a handshake is that of its address; the connection goes to 127.0.0.1.
        return connect(
            f"ws://{self.host}/_stcore/stream", origin=origin or f"http://{self.host}",
            subprotocols=["streamlit"], additional_headers=headers, open_timeout=SECONDS,
            max_size=None, proxy=None, address=("127.0.0.1", self.port),
        )  # fmt: skip

    def run(self, socket, query="", page="", widgets=()):
        """Let the script run; return the messages until it has ended."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        for state in widgets:
            asked.rerun_script.widget_states.widgets.append(state)
        socket.send(asked.SerializeToString())
        found = []
        while True:
            content = socket.recv(timeout=SECONDS)
            self.heard.append(content)
            found.append(ForwardMsg.FromString(content))
            if found[-1].WhichOneof("type") == "script_finished" and found[-1].script_finished in (
                ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
            ):  # fmt: skip
                return found

    def is_up(self):
        """Say whether a new session still gets a whole page."""
        with self.session() as socket:
            return any(m.WhichOneof("type") == "delta" for m in self.run(socket))


def session_id(messages):
    """Return the id that the server gave to a session."""
    (begun,) = {m.new_session.initialize.session_id for m in messages if m.HasField("new_session")}
    return begun


def multipart(content, name="x.csv"):
    """Return headers and body of a form with one file."""
    mark = "parley-boundary"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    return {"Content-Type": f"multipart/form-data; boundary={mark}"}, body
