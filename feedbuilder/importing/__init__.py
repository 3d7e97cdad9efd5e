"""Configurations of other tools -> sources, each with what was carried over, what was changed, what could not be. Pure.

Knows no network and no file: it is given what stands in one. What a tool means by its keys, its own module knows.
"""
