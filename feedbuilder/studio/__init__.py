"""The studio: feeds made, corrected and kept in the browser, by the functions that the command line uses too.

Owns the screens, who may see them, and the pages that somebody works on just now. Decides nothing about sources and
feeds: that is for `tend`, `teach`, `config` and `engine`, which the commands ask as well.
"""
