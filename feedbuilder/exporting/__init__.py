"""Sources -> configurations of other tools, each with what was kept, changed and lost. Pure.

Writes no file and knows no page; what these tools mean by their words, `feedbuilder.importing` knows too.
"""
