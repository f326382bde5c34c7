"""The evidence: which references stand behind which recommendations, what is to be looked at, what falls with
a reference; and a verdict on a citation, written into the file of its claim.
"""
