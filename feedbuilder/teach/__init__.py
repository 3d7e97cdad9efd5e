"""A page, selectors and examples shown by a person -> better selectors, or why there are none. Pure.

Elements are named by number (`parse.element_numbers`), cards by the place of their item in the list. All that is
learnt is tried with the ordinary extraction before it is handed out. Names for elements, and lists, are found by the
machinery of detection; who asks, and what becomes of the answer, is for the command line and the studio.
"""

from feedbuilder.teach.learn_field import learn_field
from feedbuilder.teach.learn_list import learn_list
from feedbuilder.teach.outcome import Taught, Unteachable
from feedbuilder.teach.taught_page import TaughtPage

__all__ = ["Taught", "TaughtPage", "Unteachable", "learn_field", "learn_list"]
