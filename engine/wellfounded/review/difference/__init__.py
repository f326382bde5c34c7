"""Two versions of a knowledge base: what was changed in words, and what that means for people.

``versions`` finds them, ``changes`` compares what is written, ``meaning`` what comes of it for every possible
person, and ``people`` what comes of it for people on record; ``compare`` puts it together.
"""
