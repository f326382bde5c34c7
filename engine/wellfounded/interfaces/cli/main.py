"""The command's entry: finds the subcommand, and turns every error into a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

import click

from wellfounded.interfaces.cli.subcommands import Subcommands
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.model.version import VERSION

#: Subcommand → one line of help. Modules are imported when their command runs.
COMMANDS: Mapping[str, str] = {
    "advise": "Give advice for a person.",
    "audit": "Show what stands behind each recommendation.",
    "batch": "Give advice for each row of a table of people.",
    "check": "Check the files of a knowledge base.",
    "completion": "Print the script that lets your shell complete commands.",
    "diff": "Say what differs between two versions, in words and for whom.",
    "explain": "Say why a recommendation is given, or is not, or is undecided.",
    "explain-row": "Give the whole advice, with sources, for one row of a table.",
    "export": "Write the knowledge base as a JavaScript module that gives advice.",
    "handbook": "Write a handbook of the knowledge base, as a folder of pages.",
    "interview": "Ask one question after another, and give the advice that follows.",
    "lsp": "Help an editor with the files of a knowledge base.",
    "mcp": "Let a language model ask for advice, over MCP.",
    "new": "Add a rule to a knowledge base, with its scenarios.",
    "record": "Show, replay and erase the advice that is on record.",
    "references": "Export the references, or print them in a citation style.",
    "schema": "Write a JSON Schema for editors, made for one knowledge base.",
    "serve": "Give advice over HTTP.",
    "studio": "Open a knowledge base in a browser: advice, rules, evidence, people.",
    "test": "Run scenarios, say what they reach, or record new ones.",
    "verify": "Prove what holds for every possible person, or show for whom it does not.",
    "version": "Print the version, and the digest of a knowledge base.",
    "what-if": "Say what other facts change, or what to change for a recommendation.",
    "why-not": "Say what stands in the way of a recommendation, or what is missing.",
}


@click.group(cls=Subcommands, listed=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, "-V", "--version", prog_name="wellfounded")
def group() -> None:
    """Advice whose every number leads back to a claim and a reference."""


def main() -> None:
    """Run the command; never ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a character shows its code, rather than ending the program.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command with arguments and give its exit code."""
    try:
        result = group.main(arguments, prog_name="wellfounded", standalone_mode=False)
        sys.stdout.flush()
        return int(result or ExitCode.OK)
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Whoever reads our output has had enough; keep Python from complaining when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except Exception as error:  # the last line of defence: a message, never a traceback
        return _explained(error)


def _explained(error: Exception) -> int:
    from wellfounded.model import errors  # noqa: PLC0415  # only when something went wrong

    if isinstance(error, errors.KnowledgeBaseError):
        from wellfounded.interfaces.diagnostics import as_report  # noqa: PLC0415  # likewise

        click.echo("The knowledge base cannot be used:\n", err=True)
        click.echo(as_report(error.diagnostics), nl=False, err=True)
        return ExitCode.BAD_KNOWLEDGE_BASE
    codes = {
        errors.FactError: ExitCode.BAD_FACTS,
        errors.ConflictError: ExitCode.CONFLICTING_RULES,
        errors.LanguageError: ExitCode.USAGE,
        errors.SupportError: ExitCode.USAGE,
        errors.ReasonerError: ExitCode.USAGE,
        errors.RecommendationError: ExitCode.USAGE,
        errors.RecordError: ExitCode.BAD_RECORD,
        errors.VersionError: ExitCode.USAGE,
    }
    code = codes.get(type(error))
    if code is not None:
        click.echo("\n".join(f"error: {line}" for line in str(error).splitlines()), err=True)
        return code
    if isinstance(error, OSError):
        click.echo(f"error: {error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True)
        return ExitCode.CANNOT_WRITE
    click.echo(f"error: something went wrong that should not have: {type(error).__name__}: {error}", err=True)
    return ExitCode.INTERNAL
