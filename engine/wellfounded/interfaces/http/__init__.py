"""Advice over HTTP: what ``wellfounded serve`` answers.

Enters: knowledge bases and requests. Leaves: the documents that the library gives, and problem documents
(RFC 9457). ``app.py`` says which address is answered by what; nothing is decided here that the library
decides. Nothing of a person is kept, logged or counted.
"""
