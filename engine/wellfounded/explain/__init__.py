"""One person's advice → the chain behind it, from facts and references to recommendations.

Enters: what advice is read off, namely a knowledge base in a language, checked facts and their valuation.
Leaves: a graph of what each recommendation rests on for this person. Nothing is reasoned anew.
"""
