"""A visitor without a browser: one session over the websocket that Streamlit's own page uses.

It keeps what a browser keeps and the server asks for: the address with its parameters, the page it
is on, and the long messages it has seen before, which the server then sends by their hash alone.
"""

from __future__ import annotations

import asyncio
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Mapping
from types import MappingProxyType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

LIMIT = 120.0
"""Seconds after which a run, or a file, counts as never coming."""

_FINISHED = ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY
_FAILED = ForwardMsg.ScriptFinishedStatus.FINISHED_WITH_COMPILE_ERROR


class VisitError(Exception):
    """Something that a visitor must never meet; its text is the kind of fault."""


class Visitor:
    """One session of one browser tab.

    Attributes
    ----------
    session_id
        The id by which the server knows the session; empty before the first run.
    query
        The parameters of the address as the server last wrote them.
    pages
        The pages by name, with the hash by which the browser asks for each.
    texts
        Every piece of Markdown, every alert and every title of a chart of the last run.
    """

    def __init__(self, address: str, headers: Mapping[str, str] = MappingProxyType({})) -> None:
        self.address, self.headers = address, headers
        self.session_id, self.query = "", ""
        self.pages: dict[str, str] = {}
        self.texts: list[str] = []
        self._page, self._socket = "", None
        self._choices: dict[str, WidgetState] = {}
        self._elements: dict[tuple[str, str], Element] = {}
        self._blocks: dict[str, Block] = {}
        self._kept: dict[str, ForwardMsg] = {}
        self._faults: list[str] = []

    @property
    def socket(self) -> ClientConnection:
        """The connection; the visitor must have connected."""
        if self._socket is None:
            raise VisitError("never connected")
        return self._socket

    async def connect(self, session_id: str = "") -> None:
        """Connect, as a new tab or as one that had a session before."""
        before = ["streamlit", "none", session_id] if session_id else ["streamlit"]
        address = self.address.replace("http", "ws", 1)
        try:
            self._socket = await connect(
                f"{address}/_stcore/stream", subprotocols=before, max_size=None, compression=None,
                origin=self.address, additional_headers=self.headers, open_timeout=LIMIT,
                ping_interval=None, proxy=None,
            )  # fmt: skip
        except (WebSocketException, OSError) as error:
            raise VisitError(f"not connected: {type(error).__name__}") from error

    async def open(self, page: str = "", query: str = "") -> float:
        """Open a page by its link in a new session; return the time its first run took [s]."""
        await self.connect()
        self.query = query
        return await self._run(page_name=page)

    async def run_again(self) -> float:
        """Have the page run as a browser does after it has connected; return the time [s]."""
        return await self._run()

    async def turn_to(self, page: str) -> float:
        """Turn to another page by the menu; return the time the run took [s]."""
        self._page, self.query = self.pages[page], ""
        self._elements, self._blocks = {}, {}
        return await self._run()

    async def choose(self, label: str, value: str) -> float:
        """Choose the option of a picker that begins so; return the time of the run [s]."""
        picker = self._element("selectbox", label).selectbox
        chosen = next(option for option in picker.options if option.startswith(value))
        self._choices[picker.id] = WidgetState(id=picker.id, string_value=chosen)
        return await self._run()

    async def unfold(self, label: str) -> float:
        """Open a part that is folded away; return the time the run took [s]."""
        if label not in self._blocks:
            raise VisitError(f"no part {label!r}")
        part = self._blocks[label].expandable
        self._choices[part.id] = WidgetState(id=part.id, bool_value=True)
        return await self._run()

    def options(self, label: str) -> list[str]:
        """Return what a picker offers."""
        return list(self._element("selectbox", label).selectbox.options)

    def downloads(self) -> list[str]:
        """Return the labels of all files that are made when asked for."""
        return [
            label for (kind, label), element in self._elements.items()
            if kind == "download_button" and element.download_button.deferred_file_id
        ]  # fmt: skip

    def pickers(self) -> list[str]:
        """Return the labels of the pickers of the page, in the order in which they came."""
        return [label for kind, label in self._elements if kind == "selectbox"]

    async def ask_for(self, label: str) -> str:
        """Let the server make a file, as a click does; return where it can be fetched."""
        number = uuid.uuid4().hex
        message = BackMsg()
        request = message.backend_operation_request
        request.request_id, request.session_id = number, self.session_id
        button = self._element("download_button", label).download_button
        request.deferred_file.file_id = button.deferred_file_id
        await self._send(message)
        answer = await self._until(
            lambda m: (
                m.WhichOneof("type") == "backend_operation_response"
                and m.backend_operation_response.request_id == number
            )
        )
        response = answer.backend_operation_response
        if response.error_msg:
            raise VisitError(f"file not made: {response.error_msg}")
        return response.deferred_file.url

    async def fetch(self, path: str) -> bytes:
        """Fetch a file over HTTP, as the browser does once it knows where."""
        request = urllib.request.Request(
            urllib.parse.urljoin(f"{self.address}/", path), headers=dict(self.headers)
        )

        def get() -> bytes:
            with urllib.request.urlopen(request, timeout=LIMIT) as answer:
                return bytes(answer.read())

        try:
            return await asyncio.to_thread(get)
        except urllib.error.HTTPError as error:
            raise VisitError(f"file not there: {error.code}") from error
        except OSError as error:
            raise VisitError(f"file not fetched: {type(error).__name__}") from error

    async def close(self) -> None:
        """Leave, as a tab that is closed."""
        if self._socket is not None:
            await self._socket.close()

    async def lost(self) -> None:
        """Wait until the server has gone."""
        try:
            while True:
                await asyncio.wait_for(self.socket.recv(), LIMIT)
        except WebSocketException:
            return

    def _element(self, kind: str, label: str) -> Element:
        try:
            return self._elements[kind, label]
        except KeyError:
            raise VisitError(f"no {kind} {label!r}") from None

    async def _send(self, message: BackMsg) -> None:
        try:
            await self.socket.send(message.SerializeToString())
        except WebSocketException as error:
            raise VisitError("connection lost") from error

    async def _run(self, page_name: str = "") -> float:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash = self.query, self._page
        state.page_name = page_name
        state.widget_states.widgets.extend(self._choices.values())
        state.cached_message_hashes.extend(self._kept)
        parameters = f"?{self.query}" if self.query else ""
        state.context_info.url = f"{self.address}/{page_name}{parameters}"
        state.context_info.timezone = "Europe/Amsterdam"
        self.texts, self._faults = [], []
        begun = time.perf_counter()
        await self._send(message)
        while True:
            done = await self._until(lambda m: m.WhichOneof("type") == "script_finished")
            if done.script_finished in (_FINISHED, _FAILED):  # else it is run again at once
                break
        elapsed = time.perf_counter() - begun
        if done.script_finished == _FAILED:
            raise VisitError("script does not compile")
        if self._faults:
            raise VisitError(self._faults[0])
        return elapsed

    async def _until(self, is_it) -> ForwardMsg:  # noqa: ANN001
        while True:
            try:
                content = await asyncio.wait_for(self.socket.recv(), LIMIT)
            except TimeoutError:
                raise VisitError("no answer") from None
            except WebSocketException as error:
                raise VisitError("connection lost") from error
            message = ForwardMsg.FromString(content)
            if message.WhichOneof("type") == "ref_hash":
                place = message.metadata.delta_path
                message = ForwardMsg.FromString(self._kept[message.ref_hash].SerializeToString())
                message.metadata.delta_path[:] = place
            elif message.metadata.cacheable and message.hash:
                self._kept[message.hash] = message
            self._take(message)
            if is_it(message):
                return message

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page = message.new_session.page_script_hash
            self.session_id = message.new_session.initialize.session_id or self.session_id
        elif kind == "navigation":
            self.pages = {p.page_name: p.page_script_hash for p in message.navigation.app_pages}
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            delta = message.delta
            if delta.HasField("add_block") and delta.add_block.HasField("expandable"):
                self._blocks[delta.add_block.expandable.label] = delta.add_block
            elif delta.HasField("new_element"):
                self._see(delta.new_element)

    def _see(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind in ("selectbox", "download_button"):
            shown = getattr(element, kind)
            self._elements[kind, shown.label] = element
            if kind == "selectbox" and shown.set_value:  # the server's word counts
                self._choices.pop(shown.id, None)
        elif kind == "exception":
            fault = element.exception
            self._faults.append(f"exception {fault.type}: {fault.message}"[:200])
        elif kind in ("markdown", "alert"):
            self.texts.append(getattr(element, kind).body)
