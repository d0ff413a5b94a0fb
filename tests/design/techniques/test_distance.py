"""The number that guides the search is 0 exactly where the condition has the wanted truth."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.names import Names
from casewright.design.expressions.parsing import parse
from casewright.design.expressions.static_types import NUMBER, choice_of
from casewright.design.model.compiled import compile_model
from casewright.design.model.schema import Model
from casewright.design.oracle import Call, Oracle
from casewright.design.support import Definitions
from casewright.design.techniques.distance import steer

NAMES = Names(inputs={"n": NUMBER, "m": NUMBER, "kind": choice_of("a", "b")})
ORACLE = Oracle(
    compile_model(
        Model.model_validate(
            {
                "feature": "f",
                "operations": {
                    "go": {
                        "inputs": {
                            "n": {"type": "integer"},
                            "m": {"type": "integer", "required": "no"},
                            "kind": {"type": "choice", "of": ["a", "b"]},
                        }
                    }
                },
            }
        )
    )
)

atoms = st.sampled_from(
    ["n > 3", "n <= m", "n = 5", "n != m", "kind = a", "kind in [a, b]", "m missing", "n + m >= 4", "unknown"]
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda three: f"({' '.join(three)})"),
        inner.map(lambda text: f"not ({text})"),
    ),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(
    text=conditions,
    truth=st.booleans(),
    n=st.integers(0, 7),
    m=st.one_of(st.none(), st.integers(0, 7)),
    kind=st.sampled_from(["a", "b"]),
)
def test_nothing_is_left_to_go_exactly_where_it_holds(
    text: str, truth: bool, n: int, m: int | None, kind: str
) -> None:
    tree = parse(text, NAMES)
    moment = ORACLE.moment(ORACLE.start(), Call("go", None, {"n": n, "m": m, "kind": kind}))
    far = steer(tree, Definitions({}, {}), truth)(moment)
    assert far >= 0
    assert (far == 0) == (compile_expression(tree)(moment) is truth)


def test_it_falls_on_the_way_to_a_number() -> None:
    far = steer(parse("n >= 100", NAMES), Definitions({}, {}), True)
    way = [far(ORACLE.moment(ORACLE.start(), Call("go", None, {"n": n}))) for n in (0, 50, 90, 99, 100)]
    assert way == sorted(way, reverse=True)
    assert way[-1] == 0
