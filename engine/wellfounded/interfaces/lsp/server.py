"""The server itself: one function for each thing an editor asks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path
from pygls.workspace import PositionCodec

from wellfounded.editing.complete import complete
from wellfounded.editing.expected import SAYS
from wellfounded.editing.fixes import fix
from wellfounded.editing.folder import Document, Folder, View
from wellfounded.editing.hover import hover
from wellfounded.editing.index import Occurrence
from wellfounded.editing.outline import outline
from wellfounded.editing.rename import RenameError, rename, renamed
from wellfounded.editing.source import Source
from wellfounded.interfaces.lsp import convert
from wellfounded.interfaces.lsp.desk import Desk
from wellfounded.model.version import VERSION

#: So long after the last change, in seconds, the files are looked at again.
PAUSE = 0.05

_WATCHED = "**/*.{yaml,yml}"

_EMPTY = Source("")


class Server(LanguageServer):
    """What a client is told and asks, about the knowledge bases of the files that it has open."""

    def __init__(self, rules: Path | None, today: Callable[[], date]) -> None:
        # Whole texts: pygls applies changes by lines as Python splits them, which editors do not all do.
        super().__init__("wellfounded", VERSION, types.TextDocumentSyncKind.Full)
        self.desk = Desk(rules)
        self.today = today
        self.was_left_open = False
        self.language = "en"
        self._waiting: asyncio.TimerHandle | None = None
        self._published: dict[Path, types.PublishDiagnosticsParams] = {}
        self._uris: dict[Path, str] = {}

    @property
    def codec(self) -> PositionCodec:
        codec: PositionCodec = self.workspace.position_codec
        return codec

    def path_of(self, uri: str) -> Path | None:
        written = to_fs_path(uri)
        return Path(written) if written else None

    def uri_of(self, path: Path) -> str:
        """The address of a file, as the editor wrote it where it did."""
        return self._uris.get(path) or convert.uri_of(path)

    def wrote(self, uri: str) -> None:
        """Take over the text of an open file, and say what is wrong a little later."""
        path = self.path_of(uri)
        if path is not None:
            self._uris[path] = uri
            self.desk.write(path, self.workspace.get_text_document(uri).source)
        self.diagnose_soon()

    def closed(self, uri: str) -> None:
        path = self.path_of(uri)
        if path is not None:
            self._uris.pop(path, None)
            self.desk.close(path)
        self.diagnose_soon()

    def diagnose_soon(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = asyncio.get_running_loop().call_later(PAUSE, self.diagnose)

    def diagnose(self) -> None:
        """Tell the client what is wrong in every file of each knowledge base it works on."""
        found: dict[Path, list[types.Diagnostic]] = {}
        for folder, view in self.desk.views(self.today()):
            for file, document in view.documents.items():
                if not document.of_person or Path(file) in self.desk.open:
                    found[folder.path_of(file)] = []
            for diagnostic in view.diagnostics:
                file = diagnostic.position.file or next(iter(view.documents), "")
                known = view.documents.get(file)
                source = known.now if known is not None else _EMPTY
                path = folder.path_of(file)
                made = convert.diagnostic(diagnostic, source, self.codec, self.language)
                found.setdefault(path, []).append(made)
        for path in self._published.keys() - found.keys():
            self._publish(path, [])
        for path, diagnostics in found.items():
            self._publish(path, diagnostics)

    def _publish(self, path: Path, diagnostics: list[types.Diagnostic]) -> None:
        """Tell the client what is wrong in a file, unless it knows that already."""
        news = types.PublishDiagnosticsParams(self.uri_of(path), diagnostics, self._version(path))
        known = self._published.get(path)
        if news != known and (diagnostics or known is not None or path in self._uris):
            self._published[path] = news
            self.text_document_publish_diagnostics(news)

    def _version(self, path: Path) -> int | None:
        uri = self._uris.get(path)
        return None if uri is None else self.workspace.get_text_document(uri).version

    def place(self, uri: str, position: types.Position) -> Place | None:
        """What a request is about: a file of a knowledge base, and an offset in it."""
        path = self.path_of(uri)
        found = None if path is None else self.desk.folder_of(path)
        if found is None:
            return None
        folder, name = found
        view = folder.view(self.today())
        document = view.documents.get(name)
        if document is None:
            return None
        return Place(folder, view, document, convert.offset_at(document.now, position, self.codec))

    def locations(self, place: Place, occurrences: Iterable[Occurrence]) -> list[types.Location]:
        return [
            types.Location(self.uri_of(place.folder.path_of(one.file)), self.range_of(place.view, one))
            for one in occurrences
        ]

    def range_of(self, view: View, one: Occurrence) -> types.Range:
        return convert.range_at(view.documents[one.file].now, one.start, one.end, self.codec)


class Place:
    """Where in which knowledge base a request points."""

    def __init__(self, folder: Folder, view: View, document: Document, offset: int) -> None:
        self.folder = folder
        self.view = view
        self.document = document
        self.offset = offset

    @property
    def file(self) -> str:
        return self.document.file


def make_server(rules: Path | None, today: Callable[[], date]) -> Server:
    """A server that has not been started. ``rules`` is the knowledge base; without it, it is looked for."""
    for logger in ("pygls", "asyncio"):  # they would print tracebacks; clients get errors as answers
        logging.getLogger(logger).addHandler(logging.NullHandler())
        logging.getLogger(logger).propagate = False
    server = Server(rules, today)
    _documents(server)
    _questions(server)
    _names(server)
    return server


def _documents(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def greeted(ls: Server, params: types.InitializeParams) -> None:
        asked = (params.locale or "")[:2].lower()
        ls.language = asked if asked in SAYS else "en"

    @server.feature(types.INITIALIZED)
    def initialized(ls: Server, _: types.InitializedParams) -> None:
        ls.was_left_open = True
        folders = [folder.uri for folder in ls.workspace.folders.values()] or [ls.workspace.root_uri or ""]
        ls.desk.roots = tuple(path for uri in folders if (path := ls.path_of(uri)) is not None)
        workspace = ls.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace is not None else None
        if watching is not None and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(_WATCHED)]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            asked = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            ls.client_register_capability(types.RegistrationParams([asked]))

    @server.feature(types.SHUTDOWN)
    def told_to_end(ls: Server, _: None) -> None:
        ls.was_left_open = False

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        ls.wrote(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        ls.wrote(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.closed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, _: types.DidSaveTextDocumentParams) -> None:
        ls.diagnose_soon()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_outside(ls: Server, _: types.DidChangeWatchedFilesParams) -> None:
        ls.desk.forget()
        ls.diagnose_soon()


def _questions(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(ls: Server, params: types.HoverParams) -> types.Hover | None:
        place = ls.place(params.text_document.uri, params.position)
        said = None if place is None else hover(place.view, place.file, place.offset, ls.language)
        if place is None or said is None:
            return None
        where = convert.range_at(place.document.now, said.start, said.end, ls.codec)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said.says), where)

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["{", "[", " ", ":"])
    )
    def completed(ls: Server, params: types.CompletionParams) -> list[types.CompletionItem]:
        place = ls.place(params.text_document.uri, params.position)
        if place is None:
            return []
        made = complete(place.view, place.file, place.offset, ls.language)
        return [convert.completion(one, place.document.now, place.offset, ls.codec) for one in made]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outlined(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        place = ls.place(params.text_document.uri, types.Position(0, 0))
        if place is None:
            return []
        return convert.symbols(outline(place.document), place.document.now, ls.codec)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def fixed(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        place = ls.place(params.text_document.uri, params.range.start)
        if place is None:
            return []
        source = place.document.now
        end = convert.offset_at(source, params.range.end, ls.codec)
        actions = []
        for diagnostic in place.view.diagnostics:
            made = fix(diagnostic, source) if diagnostic.position.file == place.file else None
            if made is None or made.start > end or made.end < place.offset:
                continue
            where = convert.range_at(source, made.start, made.end, ls.codec)
            action = types.CodeAction(made.title, types.CodeActionKind.QuickFix)
            action.diagnostics = [convert.diagnostic(diagnostic, source, ls.codec, ls.language)]
            action.edit = types.WorkspaceEdit({params.text_document.uri: [types.TextEdit(where, made.text)]})
            actions.append(action)
        return actions


def _names(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def defined(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
        place = ls.place(params.text_document.uri, params.position)
        if place is None:
            return []
        symbols = frozenset(one.symbol for one in place.view.at(place.file, place.offset))
        return ls.locations(place, (one for one in place.view.places(symbols) if one.defines))

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def used(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
        place = _with_people(ls, params.text_document.uri, params.position)
        if place is None:
            return []
        symbols = frozenset(one.symbol for one in place.view.at(place.file, place.offset))
        places = place.view.places(place.view.index.one_name(symbols), params.context.include_declaration)
        return ls.locations(place, places)

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def can_rename(ls: Server, params: types.PrepareRenameParams) -> types.Range | None:
        place = ls.place(params.text_document.uri, params.position)
        if place is None:
            return None
        _or_said(lambda: renamed(place.view, place.file, place.offset))
        return ls.range_of(place.view, place.view.at(place.file, place.offset)[0])

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename_all(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
        place = _with_people(ls, params.text_document.uri, params.position)
        if place is None:
            return None
        name = params.new_name
        places = _or_said(lambda: rename(place.view, place.file, place.offset, name, ls.today()))
        edits: dict[str, list[types.TextEdit]] = {}
        for one in places:
            uri = ls.uri_of(place.folder.path_of(one.file))
            edits.setdefault(uri, []).append(types.TextEdit(ls.range_of(place.view, one), name))
        return types.WorkspaceEdit(edits)


def _with_people(ls: Server, uri: str, position: types.Position) -> Place | None:
    """A place, with the persons of the workspace among the files of its knowledge base."""
    place = ls.place(uri, position)
    if place is None:
        return None
    ls.desk.gather_people(place.folder, ls.today())
    return ls.place(uri, position)


def _or_said(ask: Callable[[], tuple[Occurrence, ...]]) -> tuple[Occurrence, ...]:
    """What comes out, or the reason why nothing does as an answer the editor shows."""
    try:
        return ask()
    except RenameError as error:
        raise JsonRpcException(str(error), types.LSPErrorCodes.RequestFailed) from None
