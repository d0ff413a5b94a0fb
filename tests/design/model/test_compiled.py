"""What a compiled model holds, and what is told of a model that is wrong."""

from __future__ import annotations

import pytest

from casewright.design.expressions import tree as nodes
from casewright.design.expressions.static_types import BOOLEAN, NUMBER, TEXT, choice_of, ordered_choice_of
from casewright.design.expressions.tree import Kind
from casewright.design.expressions.values import MISSING
from casewright.design.model.compiled import CompiledModel, compile_model
from casewright.design.model.constants import KnownFigures
from casewright.design.model.errors import ModelErrors
from casewright.design.model.parts import TargetKind
from casewright.design.model.text import load

MODEL = """\
feature: leave
roles: [Staff, Lead]
states: {are: [draft, in review, missing], starts: draft}
terms: {open: [draft, in review]}
figures:
  limit: {is: base * 2}
  base: {is: 5}
choices:
  kind: {of: [annual, sick, none]}
  size: {of: [small, large], ordered: yes}
tables:
  days:
    keys: [kind, size]
    columns: [most, reason]
    rows:
      - [annual, small, 10, missing]
      - [annual, any, "min(limit, length of note)", '"long"']
state:
  used: {type: integer, starts: base}
  balance: {type: decimal, per: kind, starts: 0}
derived: {left: limit - used}
may:
  apply: {Staff: [draft], Lead: [any]}
operations:
  apply:
    by: Staff
    inputs:
      kind: {type: choice}
      size: {type: choice, of: [size]}
      half: {type: choice, of: [am, pm], also: {morning: am}}
      amount: {type: decimal, min: 0.5, max: limit, asked if: kind != none}
      note: {type: text, required: no, if left out: '"-"', length: ..20, pattern: "[a-z]*"}
      urgent: {type: boolean, required: size >= large}
    let:
      row: days[kind, size]
      enough: amount <= row.most
    reject:
      - {if: actor may never, say: no}
      - each invalid input
      - if: not enough
        say: too many
        show: {left: left}
        then: [{set: {state: missing}}]
    then:
      - {when: urgent, set: {used: used + amount}}
      - set:
          state: in review if state = draft else state
          balance[kind]: balance[kind] - amount
          balance[every]: 0
    answer: {left: left, state: state}
  reset: {}
examples:
  - {do: apply, as: nobody, with: {kind: annual}, expect: {left: 3, state: in review, message: ok}}
"""


def compiled(text: str) -> CompiledModel:
    return compile_model(load(text, "m.yaml"))


@pytest.fixture(scope="module")
def model() -> CompiledModel:
    return compiled(MODEL)


def errors(*changes: tuple[str, str]) -> list[str]:
    """What is told of the model above after the changes."""
    text = MODEL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(ModelErrors) as refused:
        compiled(text)
    return refused.value.message("en").splitlines()


# what is there


def test_figures_stand_in_an_order_in_which_they_can_be_worked_out(model: CompiledModel) -> None:
    assert list(model.figures) == ["base", "limit"]


def test_inputs_know_their_types(model: CompiledModel) -> None:
    inputs = model.operations["apply"].inputs
    assert {name: it.type for name, it in inputs.items()} == {
        "kind": choice_of("annual", "sick", "none"),
        "size": ordered_choice_of("small", "large"),
        "half": choice_of("am", "pm"),
        "amount": NUMBER,
        "note": TEXT,
        "urgent": BOOLEAN,
    }
    assert inputs["half"].values == ("am", "pm")


def test_required_is_an_expression_or_yes_or_no(model: CompiledModel) -> None:
    inputs = model.operations["apply"].inputs
    nothing = KnownFigures({})
    assert [inputs[name].required.evaluate(nothing) for name in ("kind", "note")] == [True, False]
    assert isinstance(inputs["urgent"].required.tree, nodes.Compare)


def test_lets_know_their_types_whatever_their_order(model: CompiledModel) -> None:
    lets = model.operations["apply"].lets
    assert lets["enough"].type == BOOLEAN
    assert lets["row"].type.columns == {"most": NUMBER, "reason": TEXT}


def test_each_invalid_input_stands_for_one_refusal_for_each(model: CompiledModel) -> None:
    rejects = model.operations["apply"].rejects
    inputs = [
        f"operations.apply.inputs.{name}" for name in ("kind", "size", "half", "amount", "note", "urgent")
    ]
    assert [it.path for it in rejects] == [
        "operations.apply.reject[0]",
        *inputs,
        "operations.apply.reject[2]",
    ]
    assert rejects[1].condition.tree == nodes.Is(nodes.Name("kind", Kind.INPUT), nodes.Test.INVALID)
    assert [it.input for it in rejects][:2] == [None, "kind"]


def test_a_state_that_is_called_as_a_key_word_can_be_set(model: CompiledModel) -> None:
    (assignment,) = model.operations["apply"].rejects[-1].then[0].assignments
    assert assignment.target.kind is TargetKind.STATE
    assert assignment.value.tree == nodes.Word("missing")


def test_rows_of_a_table_may_fit_any_key_and_hold_formulas(model: CompiledModel) -> None:
    first, second = model.tables["days"].rows
    assert second.keys[1] is None
    assert first.cells["reason"].evaluate(KnownFigures({})) is MISSING
    assert isinstance(second.cells["most"].tree, nodes.Apply)


def test_permissions_are_there_for_the_operations_that_have_them(model: CompiledModel) -> None:
    assert model.operations["apply"].permissions == {"Staff": ("draft",), "Lead": ("any",)}
    assert model.operations["reset"].permissions is None


# what is wrong


@pytest.mark.parametrize(
    ("old", "new", "where", "told"),
    [
        ("not enough", "not enogh", "reject[2].if, column 5", "Did you mean `enough`?"),
        (
            "state: missing",
            "state: declined",
            "reject[2].then[0].set.state, column 1",
            "no such name or value",
        ),
        (
            "state: missing",
            "state: annual",
            "set.state, column 1",
            "none of the values (draft, in review, missing)",
        ),
        (
            "{used: used +",
            "{usd: used +",
            "then[0].set.usd",
            "quantity that can be set `usd`. Did you mean `used`?",
        ),
        ("{used: used +", "{left: used +", "then[0].set.left", "can't be set"),
        ("[every]: 0", ": 0", "then[1].set.balance", "`balance[…]` or `balance[every]`"),
        ("[every]: 0", "[sik]: 0", "then[1].set.balance[sik], column 1", "Did you mean `sick`?"),
        ("[every]: 0", "[every]: kind", "then[1].set.balance[every], column 1", "a number is expected here"),
        ("starts: draft}", "starts: drafts}", "states.starts", "no state `drafts`. Did you mean `draft`?"),
        ("open: [draft", "open: [drift", "terms.open[0]", "`drift`. Did you mean `draft`?"),
        ("Staff: [draft]", "Staf: [draft]", "may.apply.Staf", "no role `Staf`. Did you mean `Staff`?"),
        ("Staff: [draft]", "Staff: [darft]", "may.apply.Staff[0]", "no state `darft`. Did you mean `draft`?"),
        ("  apply: {Staff", "  aply: {Staff", "may.aply", "no operation `aply`. Did you mean `apply`?"),
        ("do: apply", "do: approve", "examples[0].do", "no operation `approve`."),
        ("with: {kind", "with: {knd", "examples[0].with.knd", "no input `knd`. Did you mean `kind`?"),
        ("expect: {left", "expect: {lft", "examples[0].expect.lft", "no output `lft`. Did you mean `left`?"),
        ("as: nobody", "as: Boss", "examples[0].as", "no role `Boss`."),
        ("10, missing]", "10]", "tables.days.rows[0]", "the row has 3 cells, but 4 are needed."),
        ("[annual, small", "[anual, small", "tables.days.rows[0][0], column 1", "Did you mean `annual`?"),
        ("most, reason]", "most, kind]", "tables.days", "the heading `kind` stands there twice."),
        ("max: limit", "max: 0.4", "inputs.amount.min", "nothing lies between 0.5 and 0.4."),
        ("min: 0.5, max", "above: 10, max", "inputs.amount.above", "nothing lies between 10 and limit."),
        (
            "length: ..20",
            "length: 30..20",
            "inputs.note.length",
            "the least length 30 is above the most, 20.",
        ),
        ('"[a-z]*"', '"[a-z*"', "inputs.note.pattern, column 1", "`]` is missing."),
        ("max: limit,", "of: [1, two],", "inputs.amount.of[1], column 1", "no such name or value"),
        ("morning: am", "morning: a.m.", "inputs.half.also.morning", "no value `a.m.`."),
        (", of: [size]", "", "inputs.long.of", "declare `long` under `choices`."),
        ("per: kind", "per: knd", "state.balance.per", "no choice type `knd`. Did you mean `kind`?"),
        ("starts: base", "starts: draft", "state.used.starts, column 1", "a number is expected here"),
        ("enough: amount <=", "used: amount <=", "let.used", "is used twice, first by state.used."),
        ("{left: limit", "{actor: 1, left: limit", "derived.actor", "is used twice, first by actor."),
        ("is: 5", "is: limit", "figures.limit.is", "in a circle: limit → base → limit."),
        ("<= row.most", "<= row.most and enough", "let.enough", "in a circle: enough → enough."),
        ("{left: left", "{left: row", "answer.left", "a whole row of a table: say which column is meant."),
        ("if: actor may never", "if: used + 1", "reject[0].if, column 1", "yes or no is expected here"),
    ],
)
def test_a_slip_in_a_model_is_told_with_its_place(old: str, new: str, where: str, told: str) -> None:
    found = errors((old, new), *([("size: {type", "long: {type")] if "long" in where else []))
    assert any(f"{where}: " in line and told in line for line in found), found


def test_a_circle_through_an_input_is_found() -> None:
    """`required` of an input may not ask for what needs that input."""
    found = errors(
        ("required: size >= large", "required: sure"),
        ("enough: amount", "sure: urgent\n      enough: amount"),
    )
    assert found == ["operations.apply.let.sure: the definitions go in a circle: sure → urgent → sure."]


def test_a_table_whose_cells_need_something_else_can_not_be_looked_up_there() -> None:
    (found,) = errors(("{left: limit - used}", "{left: limit - used, first: 'days[sick, small].most'}"))
    assert found.startswith("derived.first, column 1: `days[sick, small]`: the table's cells use `note`")


def test_values_that_rest_on_too_many_others_are_refused() -> None:
    chain = "".join(f", d{index}: d{index + 1} + 1" for index in range(70)) + ", d70: 1"
    assert "derived.d10: rests on more than 60 other definitions in a row." in errors(
        ("limit - used", "limit - used" + chain)
    )


def test_everything_that_is_wrong_is_told_at_once_in_both_languages() -> None:
    text = (
        MODEL.replace("not enough", "not enogh").replace("do: apply", "do: aply").replace("is: 5", "is: five")
    )
    with pytest.raises(ModelErrors) as refused:
        compiled(text)
    assert [error.path for error in refused.value.errors] == [
        "examples[0].do",
        "figures.base.is",
        "operations.apply.reject[2].if",
    ]
    assert refused.value.message("zh").splitlines() == [
        "examples[0].do: 没有名为“aply”的操作。您是不是想写“apply”？",
        "figures.base.is, 第 1 列: “five”：没有这个名称或值。",
        "operations.apply.reject[2].if, 第 5 列: “enogh”：没有这个名称或值。您是不是想写“enough”？",
    ]
