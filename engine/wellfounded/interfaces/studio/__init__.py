"""The studio: a knowledge base in a browser, for authors and auditors.

Enters: requests of a browser on this machine, or of one that knows the password. Leaves: pages. ``app.py``
has the addresses, ``workplace.py`` the knowledge base that is open, ``guard.py`` what stands around every
request, ``pages.py`` the frame of all pages. Each part of the studio is a folder: its pages, its words, and
what it reads from addresses and forms; their templates are under ``templates``. Only ``browser`` is no
Python: it has what is bundled for the browser.
"""
