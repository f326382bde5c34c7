"""Advice as tools of a language model: what ``wellfounded mcp`` answers (Model Context Protocol).

Enters: a knowledge base and calls of tools. Leaves: for each the document that the library gives, and beside
it a text for the model, or a sentence about what is wrong. ``tools.py`` says which tools there are; nothing
is decided here that the library decides. Nothing of a person is kept or logged.
"""
