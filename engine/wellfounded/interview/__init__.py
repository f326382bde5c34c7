"""An interview with one person: which question comes next, what an answer means, what it settles.

Enters: a knowledge base in a language, and answers as people give them. Leaves: what is known after each
answer, the next question and the advice so far. Nothing here asks or shows anything: every step is a function
from one ``Interview`` to the next.
"""
