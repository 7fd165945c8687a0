"""`memkit ui`: where the page is bound, how it ends, and what the command tells."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeStore
from typer.testing import CliRunner

from memkit.cli.app import app as commands
from memkit.errors import InvalidInput
from memkit.ui import serving
from memkit.ui.pages import Site


@pytest.fixture
def filled(make_store: MakeStore, tmp_path: Path) -> Path:
    with make_store("ui.mem") as store:
        store.scope(user="ana").add("I moved to Lisbon.")
    return tmp_path / "ui.mem"


@pytest.fixture
def site(filled: Path, make_store: MakeStore) -> Site:
    return Site(make_store("ui.mem", read_only=True), filled)


def test_the_page_is_bound_to_loopback_alone_and_stops_when_told(site: Site) -> None:
    with serving.LocalPage(site) as page:
        host, port = page._socket.getsockname()
        assert host == "127.0.0.1"
        assert page.address.startswith(f"http://{host}:{port}/?token=")
        thread = threading.Thread(target=page.serve)
        thread.start()
        page.stop()
        thread.join(timeout=20)
        assert not thread.is_alive()
    assert page._socket.fileno() == -1


def test_every_page_has_a_secret_of_its_own(site: Site) -> None:
    with serving.LocalPage(site) as one, serving.LocalPage(site) as other:
        secrets = {page.address.partition("token=")[2] for page in (one, other)}
    assert len(secrets) == 2
    assert min(map(len, secrets)) >= 32


def test_a_port_that_is_taken_is_told(site: Site) -> None:
    with serving.LocalPage(site) as first:
        port = first._socket.getsockname()[1]
        with pytest.raises(InvalidInput, match=f"Port {port} .*--port"):
            serving.LocalPage(site, port)


def run(*words: object, code: int = 0) -> Any:
    result = CliRunner().invoke(commands, [str(word) for word in words], env={"COLUMNS": "100"})
    assert result.exit_code == code, (result.output, result.exception)
    return result


def test_the_command_prints_the_address_and_whether_it_writes(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[serving.LocalPage] = []
    monkeypatch.setattr(serving.LocalPage, "serve", lambda page: served.append(page))
    found = json.loads(run("ui", filled, "--json").stdout)
    assert found["address"] == served[0].address
    assert not found["writable"]
    shown = run("ui", filled, "--write").stdout
    assert "127.0.0.1" in shown
    assert "can undo" in shown


def test_ctrl_c_closes_the_page_without_a_complaint(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(page: serving.LocalPage) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(serving.LocalPage, "serve", interrupted)
    assert run("ui", filled).stderr == ""


@pytest.mark.parametrize(
    ("asked", "opens"), [(["--browser"], True), (["--no-browser"], False), ([], False)]
)
def test_the_browser_is_opened_where_asked_and_not_without_a_terminal(
    filled: Path, asked: list[str], opens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = threading.Event()
    monkeypatch.setattr("webbrowser.open", lambda address: opened.set())
    monkeypatch.setattr(serving.LocalPage, "serve", lambda page: opens and opened.wait(20))
    run("ui", filled, *asked)
    assert opened.is_set() == opens


def test_without_the_extra_the_command_names_it(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "memkit.ui.serving", None)
    assert 'pip install "memkit-sdk[ui]"' in run("ui", filled, code=2).stderr


def test_what_is_no_store_and_no_folder_is_told(filled: Path, tmp_path: Path) -> None:
    assert "does not exist" in run("ui", tmp_path / "none.mem", code=2).stderr
    assert "not a folder" in run("ui", filled, "--reports", filled, code=2).stderr
    assert not (tmp_path / "none.mem").exists()
