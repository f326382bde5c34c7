"""``wellfounded completion``: a real shell reads the script and completes with it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ran
from wellfounded.interfaces.cli.main import COMMANDS

#: Bash, as if somebody had typed these words and pressed Tab.
TYPED = """
eval "$(wellfounded completion bash)"
COMP_WORDS=({words}) COMP_CWORD={last}
_wellfounded_completion wellfounded
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (("wellfounded", "ver"), ["verify", "version"]),
        (("wellfounded", "advise", "--for"), ["--format"]),
        (("wellfounded", "advise", "--format", "c"), ["cds-hooks"]),
    ],
)
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash on this machine")
def test_bash_completes(words: tuple[str, ...], completed: list[str]) -> None:
    typed = TYPED.format(words=" ".join(words), last=len(words) - 1)
    here = str(Path(sys.executable).parent)
    environment = {"PATH": f"{here}:/usr/bin:/bin"}
    shell = subprocess.run(["bash", "-c", typed], capture_output=True, text=True, env=environment, check=True)
    assert shell.stdout.split() == completed


def test_commands_are_named_with_what_they_do_and_without_loading_any() -> None:
    program = (
        "import sys; from wellfounded.interfaces.cli.main import COMMANDS, run\n"
        "import os; os.environ.update(_WELLFOUNDED_COMPLETE='zsh_complete', COMP_WORDS='wellfounded ', "
        "COMP_CWORD='1')\n"
        "try: run([])\n"
        "except SystemExit: pass\n"
        "print([name for name in COMMANDS if f'wellfounded.interfaces.cli.{name}' in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    *completed, loaded = found.stdout.splitlines()
    assert loaded == "[]"
    assert completed[0::3] == ["plain"] * len(COMMANDS)
    assert dict(zip(completed[1::3], completed[2::3], strict=True)) == COMMANDS


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert "_WELLFOUNDED_COMPLETE" in ran(capsys, "completion", shell).out
