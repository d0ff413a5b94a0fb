"""What the engine gives: requirement items, test conditions, coverage items, test cases, clarifications.

The words are those of ISO/IEC/IEEE 29119. `formats` writes these and knows of nothing else here.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr

Language = Literal["zh", "en"]
SUITE_SCHEMA = 1
"""Version of the shape of `Suite`; raised when a reader of the old shape would misread the new one."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Frozen):
    """One text in both languages of the product."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class ItemKind(StrEnum):
    FUNCTIONAL = "functional"
    RULE = "rule"
    DATA = "data"
    PERMISSION = "permission"
    QUALITY = "quality"
    BACKGROUND = "background"
    OUT_OF_SCOPE = "out of scope"
    OPEN_QUESTION = "open question"

    @property
    def testable(self) -> bool:
        return self not in {ItemKind.BACKGROUND, ItemKind.OUT_OF_SCOPE, ItemKind.OPEN_QUESTION}


class Source(Frozen):
    """Verbatim text of the document: `quote` is `text[start:end]` of block `block` of document `document`.

    In a table block `row` and `column` (from 0, in the grid) say which cell is meant.
    """

    document: int = 0
    block: int
    start: int = 0
    end: int = 0
    row: int | None = None
    column: int | None = None
    quote: str = ""


class RequirementItem(Frozen):
    """A normalised requirement. `id` stays while the document's numbers stay; a change shows in
    `content_hash`."""

    id: str
    label: str = ""
    """The number that the document itself gives, if it gives one."""
    kind: ItemKind
    title: str = ""
    text: str
    section: tuple[str, ...] = ()
    """The headings above, the highest first, with their numbers."""
    sources: tuple[Source, ...] = ()
    content_hash: str = ""


class Technique(StrEnum):
    EQUIVALENCE_PARTITIONING = "equivalence partitioning"
    BOUNDARY_VALUE_ANALYSIS = "boundary value analysis"
    DECISION_TABLE = "decision table testing"
    STATE_TRANSITION = "state transition testing"
    PERMISSIONS = "permission testing"
    SCENARIO = "scenario testing"
    REQUIREMENTS_BASED = "requirements-based testing"
    """A testable requirement that isn't modelled: a skeleton case with its citation."""


class Coverage(StrEnum):
    COVERED = "covered"
    INFEASIBLE = "infeasible"
    UNDECIDED = "undecided"
    """The model can't tell the expected result: something about it was not understood."""


class TestCondition(Frozen):
    """What is to be tested, with the text that says so."""

    __test__ = False

    id: str
    item: str
    text: str
    sources: tuple[Source, ...]


class CoverageItem(Frozen):
    """The single thing that a technique asks to be covered."""

    key: str
    """The obligation: technique, element, position, expected class. Free of data and of order."""
    technique: Technique
    description: Words
    items: tuple[str, ...]
    coverage: Coverage
    reason: Words | None = None
    """Why it is infeasible or undecided."""


Scalar = Annotated[StrictBool | StrictInt | StrictStr | Decimal | None, Field(union_mode="left_to_right")]


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Expected(Frozen):
    """What the model determines of an answer. What is left out is not asserted."""

    outcome: Outcome | None = None
    outputs: dict[str, Scalar] = {}
    state: str | None = None

    @property
    def asserts(self) -> bool:
        return self.outcome is not None or bool(self.outputs) or self.state is not None


class Step(Frozen):
    """One action with its data and what is expected of it; both also as sentences a tester reads."""

    action: str
    expectation: str = ""
    operation: str | None = None
    actor: str | None = None
    data: dict[str, Scalar] = {}
    expected: Expected = Expected()


class Priority(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Status(StrEnum):
    ASSERTED = "asserted"
    """The expected results were computed by the model."""
    UNVERIFIED = "unverified"
    """A person has to say what is expected."""


class TestCase(Frozen):
    __test__ = False

    id: str
    key: str
    """The obligation that the case is first of all for; the case is known by it, not by data or place."""
    title: str
    module: str = ""
    """The operation or section that the case belongs to."""
    requirement_ids: tuple[str, ...]
    technique: Technique
    coverage_items: tuple[str, ...] = ()
    preconditions: tuple[str, ...] = ()
    steps: tuple[Step, ...]
    priority: Priority = Priority.MEDIUM
    status: Status
    sources: tuple[Source, ...] = ()


class ClarificationKind(StrEnum):
    AMBIGUITY = "ambiguity"
    GAP = "gap"
    CONTRADICTION = "contradiction"
    NOT_UNDERSTOOD = "not understood"
    EXAMPLE_DIFFERS = "example differs"


class Clarification(Frozen):
    """A question to the author of the document."""

    id: str
    kind: ClarificationKind
    question: str
    witness: str = ""
    """A concrete input that shows it."""
    items: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


class DocumentReference(Frozen):
    name: str
    type: str


class Suite(Frozen):
    """A generated test suite with everything that explains it."""

    schema_version: int = SUITE_SCHEMA
    generator: str
    """'casewright ' and its version."""
    title: str
    language: Language
    depth: Literal["smoke", "standard", "thorough"]
    documents: tuple[DocumentReference, ...]
    items: tuple[RequirementItem, ...] = ()
    conditions: tuple[TestCondition, ...] = ()
    coverage_items: tuple[CoverageItem, ...] = ()
    cases: tuple[TestCase, ...] = ()
    clarifications: tuple[Clarification, ...] = ()
    not_understood: tuple[Source, ...] = ()
    """Sentences of testable items that the model does not cover."""
    notices: tuple[str, ...] = ()
    """What a reader must know of the originals: scanned pages, deletions, pictures."""
