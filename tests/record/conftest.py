"""Records to test with: a SQLite file, and a PostgreSQL server that these tests start.

Without a server of the system those tests are skipped; where ``POSTGRESQL_TESTS`` is ``required`` they fail
instead, so that nobody takes them for passed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from wellfounded.record import AdviceRecord

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: install wellfounded[record]")
pytest.importorskip("cryptography", reason="cryptography is not installed: install wellfounded[record]")

#: PostgreSQL refuses to run as root, so there it runs as the user that its package makes.
USER = "postgres"

_NUMBERS = count()


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WELLFOUNDED_RECORD_KEY", raising=False)
    monkeypatch.delenv("WELLFOUNDED_RECORD", raising=False)


def _server() -> Path | None:
    """The folder of the server's programs, newest version first."""
    on_path = shutil.which("initdb")
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    found = [Path(on_path)] if on_path else packaged[::-1]
    return found[0].parent if found else None


def _run(*command: str) -> None:
    as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


class Server:
    """A running PostgreSQL server. What clients do not ask for is not on its disk when it says that it is."""

    def __init__(self, programs: Path, folder: Path) -> None:
        data = str(folder / "data")
        _run(str(programs / "initdb"), "--auth=trust", f"--username={USER}", "--encoding=UTF8", data)
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c synchronous_commit=off"
        control = (str(programs / "pg_ctl"), f"--pgdata={data}", f"--log={folder / 'log'}", "--wait")
        self._start = (*control, f"--options={settings}", "start")
        self._crash = (*control, "--mode=immediate", "stop")
        self._folder = folder
        _run(*self._start)

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self._folder}"

    def new_database(self) -> str:
        """The URL of a database with nothing in it."""
        import psycopg  # noqa: PLC0415  # an extra

        database = f"record_{next(_NUMBERS)}"
        with psycopg.connect(self.url(USER), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database}")
        return self.url(database)

    def crash(self) -> None:
        """End it in the middle of whatever it does."""
        _run(*self._crash)

    def crash_and_start(self) -> None:
        self.crash()
        _run(*self._start)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server of its own."""
    programs = _server()
    if programs is None:
        missing = "there is no PostgreSQL server: install the system's package `postgresql`"
        required = os.environ.get("POSTGRESQL_TESTS") == "required"
        if required:
            pytest.fail(missing)
        pytest.skip(missing)
    # A short path of its own: that of a socket may have few characters, and its user has to reach it.
    folder = Path(tempfile.mkdtemp(prefix="wellfounded-"))
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
    try:
        server = Server(programs, folder)
        try:
            yield server
        finally:
            server.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_record(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the place of a record that is not there yet, each time another."""
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"{next(_NUMBERS)}.sqlite")
    server: Server = request.getfixturevalue("postgresql")
    return server.new_database


@pytest.fixture
def where(new_record: Callable[[], str]) -> str:
    """The place of a record that is not there yet."""
    return new_record()


@pytest.fixture
def record(where: str) -> Iterator[AdviceRecord]:
    """A record that is not there yet."""
    from wellfounded.record import AdviceRecord  # noqa: PLC0415  # an extra

    with AdviceRecord(where) as opened:
        yield opened
