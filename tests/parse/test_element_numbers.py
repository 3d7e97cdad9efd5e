"""Numbers of elements: all of them count, in document order, also where browsers show nothing."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.parse.element_numbers import NUMBER, elements_in_order, with_numbers

PAGE = "<p>One<svg><path/></svg><noscript><i>two</i></noscript><template><b>x</b></template><!-- c --><div>three</div>"


def test_every_element_counts_from_html_on() -> None:
    tags = [element.tag for element in elements_in_order(LexborHTMLParser(PAGE))]
    assert tags == ["html", "head", "body", "p", "svg", "path", "noscript", "i", "template", "div"]


def test_numbers_survive_another_parsing() -> None:
    again = LexborHTMLParser(with_numbers(LexborHTMLParser(PAGE)))
    assert [element.attributes[NUMBER] for element in elements_in_order(again)] == [str(n) for n in range(10)]
