"""Numbers by which people's clicks name the elements of a page: 0 is `<html>`, then all others in document order.

One page, one decoded text, one parser: the frame that shows a page, and what learns from a click in it, count alike.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

NUMBER = "data-feedbuilder-number"
"""Carries its number with an element, through any further parsing."""


def elements_in_order(tree: LexborHTMLParser) -> list[LexborNode]:
    """Return all elements of `tree`; the place of each is its number. What a `<template>` holds is none of them."""
    return tree.css("*")


def with_numbers(tree: LexborHTMLParser) -> str:
    """Write each element's number into it, and return the page as HTML. `tree` stays so."""
    for number, element in enumerate(elements_in_order(tree)):
        element.attrs[NUMBER] = str(number)
    return tree.html or ""
