"""What a watched page said and what it says now -> a change that people can read. Pure.

Knows no store and no other sources; what of the page is watched is read by `parse.documents.watched_part`.
"""
