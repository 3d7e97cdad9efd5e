"""Data that a page carries -> its articles: JSON-LD, microdata, RDFa, microformats, the state of frameworks. Pure.

What is read is the same as of a card (`fields.RawCard`), so that cleaning, dates, identity and merging are those of
every list. Knows nothing of addresses and dates.
"""
