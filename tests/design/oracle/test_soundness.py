"""What holds of every model, whatever is sent: it never raises, and asserts only what is certain."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casewright.design.expressions.values import UNKNOWN, Special
from casewright.design.oracle import Answer, Call, Oracle, World

SOME = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SOME
@given(data=st.data())
def test_what_is_asserted_of_a_half_understood_model_holds_once_it_is_understood(
    data: st.DataObject, half_understood: st.SearchStrategy[Any], requests: st.SearchStrategy[Call]
) -> None:
    models = data.draw(half_understood)
    guessing, knowing = Oracle(models.unknown), Oracle(models.complete)
    world, real = guessing.start(), knowing.start()
    for call in data.draw(st.lists(requests, max_size=5)):
        world, asserted = guessing.perform(world, call)
        real, answer = knowing.perform(real, call)
        assert_agrees(asserted, answer)
        assert_allows(world, real)


def assert_agrees(asserted: Answer, answer: Answer) -> None:
    """Everything that was certain before is still so, and the same."""
    assert asserted.outcome in (None, answer.outcome)
    assert asserted.state in (None, answer.state)
    for name, value in asserted.outputs.items():
        assert answer.outputs[name] == value


def assert_allows(world: World, real: World) -> None:
    assert world.state in (UNKNOWN, real.state)
    for name, stored in world.variables.items():
        actual = real.variables[name]
        pairs = [(stored, actual)]
        if not isinstance(stored, Special) and isinstance(stored, dict):
            assert isinstance(actual, dict)
            pairs = [(value, actual[key]) for key, value in stored.items()]
        assert all(held in (UNKNOWN, value) for held, value in pairs)


@SOME
@given(data=st.data())
def test_performing_changes_nothing_but_gives_a_new_world(
    data: st.DataObject, half_understood: st.SearchStrategy[Any], requests: st.SearchStrategy[Call]
) -> None:
    oracle = Oracle(data.draw(half_understood).unknown)
    call = data.draw(requests)
    world = oracle.start()
    before = world.key()
    first = oracle.perform(world, call)
    assert world.key() == before
    assert oracle.perform(world, call) == first
