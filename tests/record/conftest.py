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


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server of its own, without the name of a database."""
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
        data = str(folder / "data")
        _run(str(programs / "initdb"), "--auth=trust", f"--username={USER}", "--encoding=UTF8", data)
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c synchronous_commit=off"
        control = (str(programs / "pg_ctl"), f"--pgdata={data}", f"--log={folder / 'log'}", "--wait")
        _run(*control, f"--options={settings}", "start")
        try:
            yield f"postgresql://{USER}@/{{database}}?host={folder}"
        finally:
            _run(*control, "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_NUMBERS = count()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_record(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the place of a record that is not there yet, each time another."""
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"{next(_NUMBERS)}.sqlite")
    server: str = request.getfixturevalue("postgresql")

    def made() -> str:
        import psycopg  # noqa: PLC0415  # an extra

        database = f"record_{os.getpid()}_{next(_NUMBERS)}"
        with psycopg.connect(server.format(database=USER), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database}")
        return server.format(database=database)

    return made


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
