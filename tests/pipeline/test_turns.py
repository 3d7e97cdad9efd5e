"""Who may go now: a simulated clock, hosts that pause, workers that hang; and what holds whatever comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.pipeline.turns import Key, Turn, Turns


def turn(name: str, *places: str, due: float = 0.0, doubtful: bool = False) -> Turn:
    return Turn(("source", name), due, frozenset(places), doubtful)


def never(_: str) -> float:
    return 0.0


def names(turns: list[Turn]) -> list[str]:
    return [one.key[1] for one in turns]


def test_a_host_has_one_visitor_and_the_others_go_on() -> None:
    turns = Turns(8)
    for number in range(12):
        turns.plan(turn(f"slow-{number}", "slow.example"))
    turns.plan(turn("quick", "quick.example"))
    begun = turns.start(0.0, never)
    assert names(begun) == ["slow-0", "quick"]
    assert turns.start(30.0, never) == []
    turns.end(begun[0])
    assert names(turns.start(30.0, never)) == ["slow-1"]


def test_who_is_not_due_waits_and_it_is_known_how_long() -> None:
    turns = Turns(8)
    turns.plan(turn("later", "a.example", due=7.0))
    assert turns.start(6.9, never) == []
    assert turns.next_look() == 7.0
    assert names(turns.start(7.0, never)) == ["later"]


def test_a_host_that_pauses_is_asked_when_the_pause_is_over_in_the_order_of_being_due() -> None:
    turns = Turns(8)
    for number in (2, 0, 1):
        turns.plan(turn(str(number), "a.example", due=float(number)))
    assert turns.start(5.0, lambda _: 10.0) == []
    assert turns.next_look() == 15.0
    begun = turns.start(15.0, never)
    assert names(begun) == ["0"]
    turns.end(begun[0])
    assert turns.start(15.0, lambda _: 1.0) == []
    assert turns.next_look() == 16.0
    assert names(turns.start(16.0, never)) == ["1"]


def test_a_plan_replaces_the_one_before_and_a_dropped_one_never_goes() -> None:
    turns = Turns(8)
    turns.plan(turn("a", "a.example", due=1.0))
    turns.plan(turn("a", "a.example", due=5.0))
    turns.plan(turn("b", "b.example", due=1.0))
    turns.drop(("source", "b"))
    assert turns.start(2.0, never) == []
    assert names(turns.start(5.0, never)) == ["a"]


def test_what_goes_is_not_begun_a_second_time_beside_itself() -> None:
    turns = Turns(8)
    turns.plan(turn("a"))
    (first,) = turns.start(0.0, never)
    turns.plan(turn("a"))
    assert turns.start(0.0, never) == []
    turns.end(first)
    assert names(turns.start(0.0, never)) == ["a"]


def test_the_one_behind_a_dropped_one_comes_forward() -> None:
    turns = Turns(1)
    turns.plan(turn("busy", "a.example"))
    turns.plan(turn("dropped", "a.example", due=0.1))
    turns.plan(turn("next", "a.example", due=0.2))
    (busy,) = turns.start(1.0, never)
    turns.plan(turn("other", "b.example"))
    turns.start(1.0, never)
    turns.end(busy)
    (other,) = turns.start(1.0, never)  # the only worker is taken, and "dropped" has come forward
    turns.drop(("source", "dropped"))
    turns.end(other)
    assert names(turns.start(1.0, never)) == ["next"]


def test_those_that_may_hang_never_take_all_workers() -> None:
    turns = Turns(8)
    for number in range(20):
        turns.plan(turn(f"hangs-{number}", f"{number}.example", doubtful=True))
    assert len(turns.start(0.0, never)) == 4
    turns.plan(turn("quick", "quick.example", due=1.0))
    assert names(turns.start(1.0, never)) == ["quick"]


@dataclass
class World:
    """Plays what a test says, by a clock of its own, and knows what must hold."""

    workers: int
    now: float = 0.0
    paused: dict[str, float] = field(default_factory=dict)
    planned: dict[Key, Turn] = field(default_factory=dict)
    going: list[Turn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.turns = Turns(self.workers)

    def pause(self, place: str) -> float:
        return self.paused.get(place, 0.0) - self.now

    def may_go(self, one: Turn) -> bool:
        taken = {thing for other in self.going for thing in other.wanted}
        doubtful = sum(other.is_doubtful for other in self.going)
        return (
            one.due <= self.now
            and len(self.going) < self.workers
            and taken.isdisjoint(one.wanted)
            and all(self.pause(place) <= 0 for place in one.places)
            and (not one.is_doubtful or doubtful < max(self.workers // 2, 1))
        )

    def look(self) -> None:
        for one in self.turns.start(self.now, self.pause):
            assert self.planned.pop(one.key) is one
            assert self.may_go(one)
            self.going.append(one)
        assert not [one for one in self.planned.values() if self.may_go(one)], "somebody was forgotten"
        upcoming = self.turns.next_look()
        assert upcoming is None or upcoming > self.now

    def plan(self, name: int, places: set[int], after: float, *, doubtful: bool) -> None:
        one = turn(str(name), *map(str, places), due=self.now + after, doubtful=doubtful)
        self.planned[one.key] = one
        self.turns.plan(one)

    def drop(self, name: int) -> None:
        self.planned.pop(("source", str(name)), None)
        self.turns.drop(("source", str(name)))

    def end(self, index: int, pause: float) -> None:
        if self.going:
            one = self.going.pop(index % len(self.going))
            for place in one.places:
                self.paused[place] = self.now + pause
            self.turns.end(one)

    def wait(self) -> None:
        """Go on to the moment that we were told: nobody may have been able to go before."""
        upcoming = self.turns.next_look()
        moments = [one.due for one in self.planned.values()] + list(self.paused.values())
        for moment in sorted(one for one in moments if self.now < one and (upcoming is None or one < upcoming)):
            self.now = moment
            assert not [one for one in self.planned.values() if self.may_go(one)], "nobody came to look"
        if upcoming is not None:
            self.now = upcoming


NAMES, PLACES = st.integers(0, 9), st.sets(st.integers(0, 3), max_size=3)
SPANS = st.sampled_from([0.0, 1.0, 2.5, 60.0])
STEPS = st.one_of(
    st.builds(
        lambda name, places, after, doubtful: lambda world: world.plan(name, places, after, doubtful=doubtful),
        NAMES,
        PLACES,
        SPANS,
        st.booleans(),
    ),
    st.builds(lambda name: lambda world: world.drop(name), NAMES),
    st.builds(lambda index, pause: lambda world: world.end(index, pause), st.integers(0, 9), SPANS),
    st.builds(lambda: lambda world: world.wait()),
)


@given(st.integers(1, 4), st.lists(STEPS, max_size=60))
def test_nobody_goes_too_early_or_together_and_nobody_who_could_go_is_left(
    workers: int, steps: list[Callable[[World], None]]
) -> None:
    world = World(workers)
    for step in steps:
        step(world)
        world.look()
    for _ in range(200):  # and in the end, everybody had their turn
        if world.turns.is_idle:
            break
        world.end(0, 1.0)
        world.look()
        if not world.going:
            world.wait()
            world.look()
    assert (world.planned, world.going) == ({}, [])
