"""Where links begin: no loopback address in a citation, the relative form without a server."""

import json

import pytest

from analysis.cli.commands import main
from analysis.exports.address import NO_SERVER, VARIABLE, for_citation, is_loopback, public_address
from analysis.exports.formats import write_export
from tests.exports.plain_text import plain_text


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://127.0.0.1:8501/?a=NLD", True), ("http://localhost:8501/", True),
        ("http://[::1]:8501/", True), ("http://0.0.0.0/", True), ("http://127.8.1.1/", True),
        ("https://parley.example/", False), ("http://192.168.0.7:8501/", False), ("?a=NLD", False),
    ],
)  # fmt: skip
def test_what_leads_nowhere_else_is_known(address, local):
    assert is_loopback(address) is local


def test_a_citation_holds_an_address_only_where_it_opens_elsewhere(subject_of):
    assert for_citation("https://parley.example/?a=NLD") == "https://parley.example/?a=NLD"
    assert for_citation("http://127.0.0.1:8501/?a=NLD") == for_citation("?a=NLD") == ""
    public = subject_of("NLD", "CHN", page="https://parley.example/")
    assert b"url = {https://parley.example/?a=NLD&b=CHN}" in write_export("bib", public)
    assert b"url = {http://127" not in write_export("bib", subject_of("NLD", "CHN"))


def test_without_a_server_every_file_names_the_part_to_add(subject_of):
    subject = subject_of("NLD", "CHN", page=NO_SERVER)
    assert subject.stamp.link == "?a=NLD&b=CHN"
    assert (
        subject.stamp.lines[-1] == "The same view: open Parley and add ?a=NLD&b=CHN to its address"
    )
    for format_id in ("pptx", "pdf", "docx", "xlsx", "csv", "json"):
        told = "".join(plain_text(format_id, write_export(format_id, subject)).split())
        assert "?a=NLD&b=CHN" in told, format_id
        assert "127.0.0.1" not in told, format_id


def test_the_command_line_prints_the_relative_form_unless_there_is_an_address(
    tmp_path, monkeypatch, capsys
):
    def link(command):
        path = tmp_path / "a.json"
        assert main([command, "NLD", "CHN", "--out", str(path)]) == 0
        return json.loads(path.read_text("utf-8"))["stamp"]["link"]

    monkeypatch.delenv(VARIABLE, raising=False)
    assert public_address() == ""
    assert link("compare") == "?a=NLD&b=CHN"
    assert link("brief") == "brief?a=NLD&b=CHN"
    monkeypatch.setenv(VARIABLE, "https://parley.example/app")
    assert link("compare") == "https://parley.example/app/?a=NLD&b=CHN"
    assert link("brief") == "https://parley.example/app/brief?a=NLD&b=CHN"
    capsys.readouterr()
