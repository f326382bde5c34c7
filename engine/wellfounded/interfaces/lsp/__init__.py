"""The language server: what ``wellfounded.editing`` knows, in the words of the Language Server Protocol.

Enters: messages of an editor. Leaves: diagnostics and answers. Only ``wellfounded lsp`` imports this.
"""
