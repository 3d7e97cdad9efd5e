"""Calls that run in processes of their own, each within a budget of processor time and memory.

Owns how such processes are started, what they may use, and how they end: with their pool, whatever becomes of it. Knows
nothing of pages: what is called, and what an ended call means to people, is for who asks.
"""

from feedbuilder.processes.budget import Budget
from feedbuilder.processes.nursery import Nursery
from feedbuilder.processes.pool import Pool, PoolClosedError
from feedbuilder.processes.worker import CallEndedError, Ending

__all__ = ["Budget", "CallEndedError", "Ending", "Nursery", "Pool", "PoolClosedError"]
