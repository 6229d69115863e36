"""The parts of one selection case, in the order in which a clerk works through them.

A case may be half filled at any time, so every fact here may be absent: absence is "not yet", never an error.
What is given is checked by its type, as everywhere.
"""
