"""Who may do what, and whom a refusal is about: a sentence about one operation refuses no other."""

from collections.abc import Callable

import pytest

from casewright.design.model.schema import Model, Reject

Read = Callable[[str], Model]

BOOKING = """
# Room booking

{roles}

A booking has the states *New*, *Pending*, *Approved*, *Declined* and *Cancelled*;
a new booking is in the state New.

| State | Operation | New state |
| --- | --- | --- |
| New | create | Pending |
| Pending | approve | Approved |
| Pending | decline | Declined |
| Pending, Approved | cancel | Cancelled |

{rule}
"""


def _said(model: Model, operation: str) -> list[str]:
    """The conditions of the refusals of which the document tells a message."""
    return [
        each.condition for each in model.operations[operation].reject if isinstance(each, Reject) and each.say
    ]


@pytest.mark.parametrize(
    "roles",
    [
        "Roles: guest, employee and facility manager.",
        "The roles are guest, employee, and facility manager.",
        "The system is used by guests, employees and facility managers.",
        "There are three roles: a guest, an employee and the facility manager.",
    ],
)
def test_every_role_of_a_list_is_read_those_of_two_words_too(read: Read, roles: str) -> None:
    assert read(BOOKING.format(roles=roles, rule="")).roles == ("guest", "employee", "facility manager")


def test_a_right_that_is_told_of_several_operations_holds_for_each(read: Read) -> None:
    rule = "Only facility managers can approve or decline."
    model = read(BOOKING.format(roles="Roles: guest, employee and facility manager.", rule=rule))
    assert model.may == {"approve": {"facility manager": ("any",)}, "decline": {"facility manager": ("any",)}}


def test_a_refusal_of_one_operation_in_prose_is_not_one_of_another(read: Read) -> None:
    rule = (
        "Only facility managers can approve. "
        'Creating a booking is refused with "Guests cannot book." if the role is guest.'
    )
    model = read(BOOKING.format(roles="Roles: guest, employee and facility manager.", rule=rule))
    assert _said(model, "create") == ["actor in [guest]"]
    assert _said(model, "approve") == _said(model, "cancel") == []


def test_a_refusal_of_something_that_is_no_operation_of_ours_is_certain_for_none(read: Read) -> None:
    rule = (
        "Only facility managers can approve. "
        'Deleting a room is refused with "No right." if the role does not allow it.'
    )
    model = read(BOOKING.format(roles="Roles: guest, employee and facility manager.", rule=rule))
    assert all("unknown" in said.split() for name in model.operations for said in _said(model, name))


def test_a_refusal_that_names_roles_holds_for_them_whoever_else_may(read: Read) -> None:
    rule = 'Cancelling is refused with "No." for anybody other than an employee.'
    model = read(BOOKING.format(roles="Roles: guest, employee and facility manager.", rule=rule))
    assert "actor may never" not in _said(model, "cancel")
