"""Git is run: by itself, with little of what surrounds us, and only for so long."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from wellfounded.model.errors import GitSilentError

#: How long git may take by itself, in seconds, and how long it has to end when it is told to.
SECONDS = 60.0
_GRACE = 2.0
#: Nothing is asked of whoever sits there, written into the repository, or fetched into it.
_QUIETLY = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
#: What git needs of the environment; it also holds what is nobody else's business, such as a password.
_PASSED = frozenset(
    (
        *("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP"),
        *("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE"),
        *("HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES"),
    )
)
_PASSED_BEGIN = ("GIT_", "LC_")


def run_git(
    folder: Path, *arguments: str, input: bytes = b"", seconds: float = SECONDS
) -> subprocess.CompletedProcess[bytes]:
    """What git answers in a folder. No shell is between; paths are taken as they are written.

    Raises ``GitSilentError`` where git is not installed, cannot be run, or does not answer in time.
    """
    git = shutil.which("git")
    if git is None:
        raise GitSilentError("git is not installed, and a revision can only be read with it")
    command = [git, "--no-pager", "--literal-pathspecs", *arguments]
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**_passed(os.environ), **_QUIETLY},
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            start_new_session=True,  # so that what git runs itself ends with it, and nobody is asked anything
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise GitSilentError(f"git cannot be run in {folder}: {reason}") from None
    with process:
        try:
            out, err = process.communicate(input, seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            raise GitSilentError(f"git did not answer within {seconds:g} seconds") from None
        except BaseException:
            _end(process)
            raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def _passed(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if name.upper() in _PASSED or name.upper().startswith(_PASSED_BEGIN)
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git, which then takes away its locks; and whatever it started, if that does not listen."""
    process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, OSError):  # on Windows there are no groups, and mostly nobody is left in it
        process.kill()
