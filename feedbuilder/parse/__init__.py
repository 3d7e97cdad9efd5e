"""What any page is made of: bytes -> text, elements, links and addresses, dates, data, pictures, charsets, CSS. Pure.

Knows no lists and no articles, only what both of them stand on; every reader of pages imports from here.
"""
