"""A second, deliberately plain reading of the rules, to hold the engine against.

Written from the design's text and not from the engine: it shares no code with it, compiles nothing, keeps
nothing between people, and computes with exact fractions. ``written`` reads the rule files, ``evaluator``
says what is true of a person, and ``advice`` which advice follows and on which claims it rests.
"""
