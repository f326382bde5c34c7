"""An editor, as far as a language server sees it: a real client that talks to the real command."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.uris import from_fs_path

from tests.conftest import DAY, ROOT

#: How long an answer may take before something must be wrong, in seconds.
PATIENCE = 60


class Editor:
    """Opens files of ``folder``, types, and asks. Places are given as the text that stands before them."""

    def __init__(self, folder: Path, client: LanguageClient) -> None:
        self.folder = folder
        self.client = client
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.news = asyncio.Event()

    def was_told(self, said: types.PublishDiagnosticsParams) -> None:
        self.published[said.uri] = said
        self.news.set()

    def uri(self, name: str) -> str:
        return str(from_fs_path(os.path.normpath(self.folder / name)))

    def open(self, name: str) -> str:
        text = (self.folder / name).read_bytes().decode()
        self.texts[name], self.versions[name] = text, 1
        item = types.TextDocumentItem(self.uri(name), "yaml", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return text

    def close(self, name: str) -> None:
        del self.texts[name]
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self._document(name)))

    def type(self, name: str, text: str) -> None:
        """The whole text of a file is this now."""
        self.texts[name] = text
        self.versions[name] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def diagnostics(self, name: str) -> list[types.Diagnostic]:
        """What is wrong in a file, as soon as it is said of its newest text."""

        async def newest() -> list[types.Diagnostic]:
            while True:
                said = self.published.get(self.uri(name))
                if said is not None and said.version in (None, self.versions.get(name, said.version)):
                    return list(said.diagnostics)
                self.news.clear()
                await self.news.wait()

        return await asyncio.wait_for(newest(), PATIENCE)

    def position(self, name: str, before: str) -> types.Position:
        """The place after a piece of text, which is there once."""
        text = self.texts[name]
        assert text.count(before) == 1, f"{before!r} is there {text.count(before)} times"
        line = text[: text.index(before) + len(before)].split("\n")
        return types.Position(len(line) - 1, len(line[-1].encode("utf-16-le")) // 2)

    def text_at(self, name: str, where: types.Range) -> str:
        """What stands in a range of a file, which is taken from the disk if it is not open."""
        text = self.texts.get(name) or (self.folder / name).read_text("utf-8")
        assert where.start.line == where.end.line
        line = text.split("\n")[where.start.line].encode("utf-16-le")
        return line[2 * where.start.character : 2 * where.end.character].decode("utf-16-le")

    def _document(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    async def hover(self, name: str, before: str) -> str:
        asked = types.HoverParams(self._document(name), self.position(name, before))
        said = await self._answer(self.client.text_document_hover_async(asked))
        return "" if said is None else str(said.contents.value)

    async def complete(self, name: str, before: str) -> list[str]:
        asked = types.CompletionParams(self._document(name), self.position(name, before))
        return [item.label for item in await self._answer(self.client.text_document_completion_async(asked))]

    async def choose(self, name: str, before: str, label: str) -> str:
        """The text of a file after a proposal was taken."""
        asked = types.CompletionParams(self._document(name), self.position(name, before))
        items = await self._answer(self.client.text_document_completion_async(asked))
        [edit] = [item.text_edit for item in items if item.label == label]
        return edited(self.texts[name], [edit])

    async def definition(self, name: str, before: str) -> list[tuple[str, str, int]]:
        asked = types.DefinitionParams(self._document(name), self.position(name, before))
        return self._places(await self._answer(self.client.text_document_definition_async(asked)))

    async def references(self, name: str, before: str) -> list[tuple[str, str, int]]:
        context = types.ReferenceContext(include_declaration=True)
        asked = types.ReferenceParams(context, self._document(name), self.position(name, before))
        return self._places(await self._answer(self.client.text_document_references_async(asked)))

    async def rename(self, name: str, before: str, new: str) -> None:
        """Rename, and write every file that changes."""
        asked = types.RenameParams(self._document(name), self.position(name, before), new)
        made = await self._answer(self.client.text_document_rename_async(asked))
        for uri, edits in made.changes.items():
            path = Path(uri.removeprefix("file://"))
            written = edited(path.read_bytes().decode(), edits)
            path.write_bytes(written.encode())
            known = next((one for one in self.texts if self.uri(one) == uri), None)
            if known is not None:
                self.type(known, written)

    async def fixes(self, name: str, at: types.Range) -> list[types.CodeAction]:
        asked = types.CodeActionParams(self._document(name), at, types.CodeActionContext([]))
        return list(await self._answer(self.client.text_document_code_action_async(asked)))

    async def outline(self, name: str) -> list[types.DocumentSymbol]:
        asked = types.DocumentSymbolParams(self._document(name))
        return list(await self._answer(self.client.text_document_document_symbol_async(asked)))

    async def _answer(self, asked: Any) -> Any:
        return await asyncio.wait_for(asked, PATIENCE)

    def _places(self, locations: list[types.Location]) -> list[tuple[str, str, int]]:
        """File, text and line of each."""
        places = []
        for location in locations:
            name = os.path.relpath(location.uri.removeprefix("file://"), self.folder)
            line = location.range.start.line + 1
            places.append((name, self.text_at(name, location.range), line))
        return places


def edited(text: str, edits: list[types.TextEdit]) -> str:
    """A text after edits, which do not overlap."""
    lines = text.split("\n")
    for edit in sorted(
        edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True
    ):
        start, end = edit.range.start, edit.range.end
        assert start.line == end.line
        line = lines[start.line].encode("utf-16-le")
        new = line[: 2 * start.character] + edit.new_text.encode("utf-16-le") + line[2 * end.character :]
        lines[start.line] = new.decode("utf-16-le")
    return "\n".join(lines)


@contextlib.asynccontextmanager
async def editing(
    folder: Path, *options: str, workspace: Path | None = None, locale: str | None = None
) -> AsyncIterator[Editor]:
    """An editor with ``wellfounded lsp`` running, which has to end well."""
    client = LanguageClient("an-editor", "1")
    editor = Editor(folder, client)

    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda said: editor.was_told(said))
    start = "from wellfounded.interfaces.cli.main import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "engine"), "WELLFOUNDED_TODAY": DAY.isoformat()}
    await client.start_io(sys.executable, "-c", start, "lsp", *options, env=environment)
    root = str(from_fs_path(str(workspace or folder)))
    folders = [types.WorkspaceFolder(root, "rules")]
    asked = types.InitializeParams(
        types.ClientCapabilities(), root_uri=root, workspace_folders=folders, locale=locale
    )
    await asyncio.wait_for(client.initialize_async(asked), PATIENCE)
    client.initialized(types.InitializedParams())
    yield editor
    await asyncio.wait_for(client.shutdown_async(None), PATIENCE)
    client.exit(None)
    server = client._server
    assert server is not None and server.stderr is not None
    code = await asyncio.wait_for(server.wait(), PATIENCE)
    said = await server.stderr.read()
    assert (code, said) == (0, b""), said.decode()
    await client.stop()  # type: ignore[no-untyped-call]  # pygls has no types there
