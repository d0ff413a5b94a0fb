"""Where the document was not understood: what stays certain, and what is no longer asserted."""

from __future__ import annotations

from typing import Any

from casewright.design.cases import Outcome, Scalar
from casewright.design.expressions.values import UNKNOWN
from casewright.design.model.compiled import compile_model
from casewright.design.model.schema import Model
from casewright.design.oracle import Answer, Call, Oracle, World

ACCEPTED, REJECTED = Outcome.ACCEPTED, Outcome.REJECTED
STATES = {"are": ["new", "open", "shut"], "starts": "new"}


def run(operation: dict[str, Any], *data: dict[str, Scalar], **rest: Any) -> tuple[World, Answer]:
    model = {"feature": "f", "operations": {"go": operation}, "states": STATES, **rest}
    oracle = Oracle(compile_model(Model.model_validate(model)))
    world, answer = oracle.start(), Answer(None, {}, None, "")
    for sent in data or ({},):
        world, answer = oracle.perform(world, Call("go", None, sent))
    return world, answer


def amount(*rejects: dict[str, Any]) -> dict[str, Any]:
    return {
        "inputs": {"amount": {"type": "integer"}},
        "reject": list(rejects),
        "then": [{"set": {"state": "open"}}],
    }


def test_an_unknown_rule_leaves_acceptance_open_but_not_what_comes_before_it() -> None:
    operation = amount({"if": "amount > 10", "say": "Too much."}, {"if": "unknown", "say": "Perhaps."})
    assert run(operation, {"amount": 11})[1].outputs == {"message": "Too much."}
    world, answer = run(operation, {"amount": 1})
    assert (answer.outcome, answer.outputs, answer.state) == (None, {}, None)
    assert world.state is UNKNOWN


def test_a_certain_refusal_after_an_unknown_rule_is_a_refusal_without_a_certain_text() -> None:
    operation = amount({"if": "unknown", "say": "Perhaps."}, {"if": "amount > 10", "say": "Too much."})
    _, answer = run(operation, {"amount": 11})
    assert (answer.outcome, answer.outputs, answer.state) == (REJECTED, {}, "new")
    assert answer.decided_by == "unknown"


def test_the_text_is_certain_where_all_possible_refusals_say_the_same() -> None:
    operation = amount(
        {"if": "unknown", "say": "No."}, {"if": "amount > 10", "say": "No.", "show": {"limit": "10"}}
    )
    assert run(operation, {"amount": 11})[1].outputs == {"message": "No."}


def test_a_refusal_whose_text_is_not_known_is_asserted_without_it() -> None:
    operation = amount({"if": "amount > 10"})
    _, answer = run(operation, {"amount": 11})
    assert (answer.outcome, answer.outputs, answer.state) == (REJECTED, {}, "new")


def test_a_rule_that_is_partly_unknown_is_passed_over_where_it_can_not_hold() -> None:
    operation = amount({"if": "amount > 10 and unknown", "say": "Perhaps."})
    assert run(operation, {"amount": 10})[1].outcome is ACCEPTED
    assert run(operation, {"amount": 11})[1].outcome is None


def test_an_unknown_output_is_left_out_and_the_others_stay() -> None:
    operation = {"answer": {"fee": "unknown", "total": "3"}}
    assert run(operation)[1].outputs == {"total": 3}


def test_an_unknown_effect_taints_only_what_it_sets() -> None:
    operation = {"then": [{"set": {"a": "unknown", "b": "2"}}], "answer": {"a": "a", "b": "b"}}
    variables = {name: {"type": "integer", "starts": "0"} for name in ("a", "b")}
    assert run(operation, state=variables)[1].outputs == {"b": 2}


def test_an_effect_that_may_not_happen_leaves_what_it_would_not_change() -> None:
    operation = {
        "then": [{"when": "unknown", "set": {"state": "open", "a": "1", "b": "7"}}],
        "answer": {"a": "a", "b": "b"},
    }
    variables = {"a": {"type": "integer", "starts": "0"}, "b": {"type": "integer", "starts": "7"}}
    _, answer = run(operation, state=variables)
    assert (answer.outcome, answer.outputs, answer.state) == (ACCEPTED, {"b": 7}, None)


def test_an_unknown_key_taints_every_value_that_it_could_mean() -> None:
    operation = {
        "inputs": {"zone": {"type": "choice"}},
        "then": [{"set": {"used[zone]": "used[zone] + 1"}}],
        "answer": {"near": "used[near]", "far": "used[far]"},
    }
    rest: dict[str, Any] = {
        "choices": {"zone": {"of": ["near", "far"]}},
        "state": {"used": {"type": "integer", "starts": "0", "per": "zone"}},
    }
    world, answer = run(operation, {"zone": "Near"}, **rest)
    assert answer.outcome is None, "whether 'Near' is accepted isn't said"
    assert world.variables == {"used": {"near": UNKNOWN, "far": UNKNOWN}}


def test_an_unknown_state_is_known_again_after_what_leads_to_one_state_from_everywhere() -> None:
    operation = {
        "inputs": {"way": {"type": "choice", "of": ["muddle", "close"]}},
        "then": [{"set": {"state": "shut if way = close else unknown"}}],
    }
    assert run(operation, {"way": "muddle"})[1].state is None
    assert run(operation, {"way": "muddle"}, {"way": "close"})[1].state == "shut"


def test_a_field_on_an_ambiguous_bound_is_open_and_a_later_refusal_still_certain() -> None:
    operation = {
        "inputs": {"amount": {"type": "integer", "max": "100", "unsure at": ["100"], "says": "Bad amount."}},
        "reject": ["each invalid input", {"if": "amount > 50", "say": "Over the limit."}],
    }
    assert run(operation, {"amount": 100})[1].outcome is REJECTED
    assert run(operation, {"amount": 100})[1].outputs == {}
    assert run(operation, {"amount": 99})[1].outputs == {"message": "Over the limit."}


def test_a_table_looked_up_by_something_unknown_is_unknown() -> None:
    operation = {"let": {"row": "fees[kind]"}, "answer": {"fee": "row.fee", "one": "1"}}
    rest: dict[str, Any] = {
        "choices": {"kind": {"of": ["a", "b"]}},
        "state": {"kind": {"type": "choice", "starts": "unknown"}},
        "tables": {"fees": {"keys": ["kind"], "columns": ["fee"], "rows": [["a", "1"], ["b", "2"]]}},
    }
    assert run(operation, **rest)[1].outputs == {"one": 1}


def test_a_cell_that_was_not_understood_taints_only_its_own_row() -> None:
    operation = {
        "inputs": {"kind": {"type": "choice"}},
        "let": {"row": "fees[kind]"},
        "reject": [{"if": "kind invalid"}],
        "answer": {"fee": "row.fee"},
    }
    rest: dict[str, Any] = {
        "choices": {"kind": {"of": ["a", "b"]}},
        "tables": {"fees": {"keys": ["kind"], "columns": ["fee"], "rows": [["a", "1"], ["b", "unknown"]]}},
    }
    assert run(operation, {"kind": "a"}, **rest)[1].outputs == {"fee": 1}
    assert run(operation, {"kind": "b"}, **rest)[1].outputs == {}


def test_an_unknown_permission_is_a_refusal_only_if_it_is_one_in_every_state() -> None:
    operation = {
        "reject": [{"if": "actor may not now", "say": "Not now."}],
        "then": [{"set": {"state": "unknown"}}],
    }
    rest: dict[str, Any] = {"may": {"go": {"nobody": ["new"]}}}
    assert run(operation, **rest)[1].outcome is ACCEPTED
    assert run(operation, {}, {}, **rest)[1].outcome is None
