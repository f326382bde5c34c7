"""Places and things of ours → those of the protocol.

The protocol counts lines from 0 and, unless client and server agree otherwise, columns in units of UTF-16.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path
from pygls.workspace import PositionCodec

from wellfounded.editing.complete import Proposal
from wellfounded.editing.outline import Entry
from wellfounded.editing.source import Source
from wellfounded.interfaces.retold import diagnostic_in, say_in
from wellfounded.load.package_data import data_folder
from wellfounded.model.codes import Severity
from wellfounded.model.diagnostic import Diagnostic

_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
}

_COMPLETES = {
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.Value,
    "fact": types.CompletionItemKind.Variable,
    "choice": types.CompletionItemKind.EnumMember,
    "parameter": types.CompletionItemKind.Constant,
    "claim": types.CompletionItemKind.Reference,
    "unit": types.CompletionItemKind.Unit,
}

_OUTLINES = {
    "facts": types.SymbolKind.Variable,
    "parameters": types.SymbolKind.Constant,
    "claims": types.SymbolKind.String,
    "rules": types.SymbolKind.Function,
    "scenarios": types.SymbolKind.Event,
    "tables": types.SymbolKind.Array,
}


def uri_of(path: Path) -> str:
    return str(from_fs_path(str(path)))


def offset_at(source: Source, position: types.Position, codec: PositionCodec) -> int:
    """The offset of a place in a text; past the end of a line, that of its end."""
    start, line = source.line(position.line)
    units = 0
    for number, character in enumerate(line):
        if units >= position.character:
            return start + number
        units += codec.client_num_units(character)
    return start + len(line)


def position_at(source: Source, offset: int, codec: PositionCodec) -> types.Position:
    line, before = source.place(offset)
    return types.Position(line, codec.client_num_units(before))


def range_at(source: Source, start: int, end: int, codec: PositionCodec) -> types.Range:
    return types.Range(position_at(source, start, codec), position_at(source, end, codec))


def diagnostic(
    found: Diagnostic, source: Source, codec: PositionCodec, language: str = "en"
) -> types.Diagnostic:
    """A diagnostic where it stands; one about a whole file at its start."""
    said, say = diagnostic_in(language, found), say_in(language)
    start, end = source.span(found.position) if found.position.line else (0, 0)
    made = types.Diagnostic(
        range=range_at(source, start, end, codec),
        message=f"{said.message}\n{say('help', 'label')}: {said.help}" if said.help else said.message,
        severity=_SEVERITY[found.severity],
        source="wellfounded",
    )
    if found.code:
        made.code = found.code
        page = data_folder("docs/diagnostics") / f"{found.code}.md"
        if page.is_file():
            made.code_description = types.CodeDescription(uri_of(page))
    if found.code.startswith("unused-"):
        made.tags = [types.DiagnosticTag.Unnecessary]
    return made


def completion(made: Proposal, source: Source, offset: int, codec: PositionCodec) -> types.CompletionItem:
    return types.CompletionItem(
        label=made.label,
        kind=_COMPLETES.get(made.kind, types.CompletionItemKind.Reference),
        detail=made.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, made.about) if made.about else None,
        text_edit=types.TextEdit(range_at(source, made.start, offset, codec), made.text),
    )


def symbols(entries: Iterable[Entry], source: Source, codec: PositionCodec) -> list[types.DocumentSymbol]:
    return [
        types.DocumentSymbol(
            name=entry.name,
            detail=entry.detail or None,
            kind=_OUTLINES.get(entry.kind, types.SymbolKind.Key),
            range=range_at(source, entry.start, entry.end, codec),
            selection_range=range_at(source, entry.name_start, entry.name_end, codec),
            children=symbols(entry.entries, source, codec),
        )
        for entry in entries
    ]
