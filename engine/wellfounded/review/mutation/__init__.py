"""What scenarios would notice: each small change of a knowledge base, and whether a scenario fails under it.

Enters: a knowledge base and its scenarios. Leaves: for each change whether it was noticed, is proved to make
no difference to anyone, or would go unnoticed, and then a scenario that would notice it.
"""
