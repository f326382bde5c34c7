"""The frozen records every other stage speaks in.

Nothing enters or leaves here and nothing is read or written: positions and diagnostics, what authors
write (``content``, ``expression``), the small core that machines read (``core``), and what comes out
(``valuation``, ``advice``).
"""
