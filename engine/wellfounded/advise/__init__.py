"""Valuation → ``Advice``: recommendations with sources, what is undecided, and what to ask.

Enters: a knowledge base prepared for a language, checked facts and their valuation. Leaves: frozen advice.
Nothing is computed again that the valuation holds; everything is read off it and the core.
"""
