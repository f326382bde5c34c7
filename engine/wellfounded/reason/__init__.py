"""Core + facts → ``Valuation``: every fact true, false, a number, a choice or unknown.

Enters: a core, and facts that have been checked. Leaves: valuations. Reasoners keep no trace and are
interchangeable; each is one module named after what it turns the core into.
"""
