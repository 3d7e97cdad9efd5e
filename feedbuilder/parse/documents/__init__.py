"""Documents that are made for programs -> what they say of their articles: feeds, answers in JSON, sitemaps. Pure.

What is read is the same as of a card, as everywhere: cleaning, dates, identity and merging are those of every list.
"""
