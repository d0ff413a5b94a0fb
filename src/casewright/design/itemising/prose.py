"""Paragraphs, lists and headings as drafts of items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from casewright.design.cases import ItemKind, Source
from casewright.design.itemising.drafts import Draft, Origin, is_struck, lead_term, quoted
from casewright.design.itemising.kinds import (
    Convention,
    is_normative,
    is_story,
    kind_of,
    kind_of_label,
    scope_of,
)
from casewright.design.itemising.outline import Heading, Part, is_name
from casewright.design.itemising.roles import (
    continues_scenario,
    enumeration,
    explains,
    is_example,
    is_keyed,
    is_navigation,
    is_note,
    is_rationale,
    names_what_follows,
    plain,
    says_more,
    split_lead,
)
from casewright.design.itemising.rows import Introduced, drafts_of_table
from casewright.design.itemising.sentences import sentence_spans
from casewright.design.itemising.topics import Topic, topic_of_heading
from casewright.documents.blocks import BlockKind

_FORMULAS = {BlockKind.QUOTE, BlockKind.CODE}
_WORDS_OF_A_TITLE = 6
_CHARACTERS_OF_A_TITLE = 14
_LONGEST_TITLE = 80
_WORDS_OF_A_SENTENCE = 5


def drafts_of(parts: Sequence[Part], origin: Origin, convention: Convention) -> list[Draft]:
    """The items of one document."""
    assembly = _Assembly(parts, origin, convention)
    at = 0
    while at < len(parts):
        at = assembly.step(at)
    return assembly.drafts


@dataclass(frozen=True, slots=True)
class _Lead:
    """What introduces the parts after it: a sentence with a colon, or a heading in all but form."""

    text: str
    topic: Topic | None
    parents: tuple[str, ...]
    sources: tuple[Source, ...] = ()


@dataclass(slots=True)
class _Assembly:
    parts: Sequence[Part]
    origin: Origin
    convention: Convention
    drafts: list[Draft] = field(default_factory=list[Draft])
    headings: frozenset[str] = field(init=False)
    lead: _Lead | None = None
    """Introduces the list or table that follows."""
    subtitle: _Lead | None = None
    """A heading in all but form, until the next one."""
    leads: dict[str, _Lead] = field(default_factory=dict[str, _Lead])
    """By the id of the labelled paragraph or list item that introduces what stands in it."""
    open: Draft | None = None
    """The item that the next part may go on with."""
    last: Part | None = None
    """The part that `open` was last taken from."""

    def __post_init__(self) -> None:
        self.headings = frozenset(
            plain(text)
            for part in self.parts
            if part.is_heading
            for text in (part.text, part.headings[-1].text)
        )

    def step(self, at: int) -> int:
        """Takes in `parts[at]`, and more where they are one item; returns where to go on."""
        part = self.parts[at]
        if part.is_heading:
            self.lead = self.subtitle = self.open = None
            return self._heading(at, part.headings[-1])
        self._forget_lead(part)
        if part.is_table:
            return self._table(at)
        if self._is_navigation(part):
            return at + 1
        if self._goes_on(part):
            return self._go_on(at)
        if names_what_follows(part, self._after(at)):
            return self._subtitle(at)
        return self._statement(at)

    def _next(self, at: int) -> int:
        """The index of the part after `parts[at]`, past captions; the number of parts at the end."""
        at += 1
        while at < len(self.parts) and self._is_navigation(self.parts[at]):
            at += 1
        return at

    def _after(self, at: int) -> Part | None:
        following = self._next(at)
        return self.parts[following] if following < len(self.parts) else None

    def _is_navigation(self, part: Part) -> bool:
        return not part.is_heading and not part.is_table and is_navigation(part, self.headings)

    def _forget_lead(self, part: Part) -> None:
        """Ends what an earlier sentence introduced, once something comes that does not belong to it."""
        if self.lead:
            inside = part.in_list or part.is_table or len(part.parents) > len(self.lead.parents)
            if not inside and not (part.label and not part.label.own):
                self.lead = None
        if self.subtitle and part.parents[: len(self.subtitle.parents)] != self.subtitle.parents:
            self.subtitle = None

    def _context(self, part: Part) -> Introduced:
        leads = [self.subtitle, self.lead, *(self.leads.get(parent) for parent in part.parents)]
        known = sorted((lead for lead in leads if lead), key=lambda lead: len(lead.parents))
        topics = [lead.topic for lead in known if lead.topic]
        return Introduced(
            section=(*part.section, *(lead.text for lead in known)),
            topic=topics[-1] if topics else part.topic,
            lead=known[-1].text if known and known[-1].sources else "",
            sources=tuple(source for lead in known for source in lead.sources),
        )

    def _table(self, at: int) -> int:
        part = self.parts[at]
        drafts = drafts_of_table(part, self.origin, self._context(part), self.convention)
        named_above = (
            self.open and self.last and self.last.is_heading and self.open.id in {d.id for d in drafts}
        )
        if named_above:
            # The form says in full what its heading names.
            self.drafts.pop()
        self.drafts.extend(drafts)
        self._leave_open(drafts[0] if len(drafts) == 1 else None, part)
        return at + 1

    def _leave_open(self, draft: Draft | None, part: Part) -> None:
        self.open, self.last = draft, part

    def _subtitle(self, at: int) -> int:
        part = self.parts[at]
        lead = _Lead(part.shown, _topic_of(part.text), part.parents)
        if part.label:
            self.leads[part.id] = lead
        else:
            self.subtitle = lead
        self.open = None
        return at + 1

    def _goes_on(self, part: Part) -> bool:
        """Whether the part belongs to the item before it: a further paragraph of a list item, a worked
        example, a note, code, 'where …' after a formula, the next line of a scenario."""
        if self.open is None or self.last is None:
            return False
        if part.continues_item:
            beside = self.last.continues_item and self.last.parents == part.parents
            return beside or part.parents[-1:] == (self.last.id,)
        if self.open.texts and continues_scenario(part.text, self.open.texts[0]):
            return self.last.parents == part.parents or self.last.id in part.parents
        if part.is_item or part.label:
            return False
        if not self.open.texts:
            return True
        if self.last.is_table:
            return is_note(part.text)
        if self.last.block.kind in _FORMULAS and explains(part.text):
            return True
        in_list = self.last.in_list and not (self.last.label and self.last.label.own)
        return not in_list and (part.block.kind is BlockKind.CODE or is_example(part) or is_note(part.text))

    def _go_on(self, at: int) -> int:
        part = self.parts[at]
        assert self.open is not None
        cut = self._introduce(at)
        if part.continues_item and len(self.open.texts) == 1 and is_name(self.open.texts[0]):
            self.open.title = self.open.texts[0]
        self._extend(self.open, part, cut)
        self.last = part
        return at + 1

    def _extend(self, draft: Draft, part: Part, end: int) -> None:
        if end > part.start:
            sources = self.origin.passage(part.block, part.start, end)
            draft.sources.extend(sources)
            draft.texts.append(quoted(sources))

    def _introduce(self, at: int) -> int:
        """Keeps the sentence at the end of a part that introduces what follows; returns where what the
        part itself says ends."""
        part, after = self.parts[at], self._after(at)
        cut = split_lead(part, after)
        if after is None or cut == part.end:
            return part.end
        sources = self.origin.passage(part.block, cut, part.end)
        sentence = quoted(sources)
        shown = part.shown if cut == part.start else sentence
        lead = _Lead(shown, _topic_of(sentence), part.parents, tuple(sources))
        if lead.topic:
            self.subtitle = None
        if part.id in after.parents:
            self.leads[part.id] = lead
        else:
            self.lead = lead
        traced = part.label is not None and part.label.names_item
        return part.end if traced or says_more(sentence) else cut

    def _statement(self, at: int) -> int:
        part = self.parts[at]
        joined = self._joined(at)
        if joined:
            self._add(part, part.end)
            assert self.open is not None
            for other in joined:
                self._extend(self.open, other, other.end)
            self.open.kind = self._kind(part, self.open.texts, self._context(part))
            self.last = joined[-1]
            return self._next(at) + len(joined)
        context = self._context(part)
        end = self._introduce(at)
        if end > part.start or part.start == part.end:
            self._add(part, end, context)
        else:
            self.open = None
        return at + 1

    def _joined(self, at: int) -> list[Part]:
        """The parts that make one statement with `parts[at]`, which ends with a colon: a formula, or a list
        of mere names."""
        part, following = self.parts[at], self._next(at)
        after = self._after(at)
        cut = split_lead(part, after)
        if after is None or cut == part.end:
            return []
        if after.block.kind in _FORMULAS:
            return [after]
        lead = part.block.text[cut : part.end]
        if not after.is_item or _topic_of(lead) or scope_of(lead, part.topic):
            return []
        return enumeration(lead, self.parts, following)

    def _add(self, part: Part, end: int, context: Introduced | None = None) -> None:
        """Makes the items of a paragraph: one, or more where only some of its sentences are in scope."""
        context = context or self._context(part)
        forced = scope_of(context.lead, context.topic) if context.lead else None
        for run in _runs(part, end, context.topic):
            draft = self._draft(part, run.start, run.end, context)
            draft.kind = forced or run.kind or self._kind(part, draft.texts, context)
            if run.sentence:
                draft.id, draft.label = f"{part.id}-s{run.sentence}", ""
            self.drafts.append(draft)
            self._leave_open(draft, part)

    def _draft(self, part: Part, start: int, end: int, context: Introduced) -> Draft:
        sources = self.origin.passage(part.block, start, end) if end > start else []
        return Draft(
            id=part.id,
            kind=ItemKind.FUNCTIONAL,
            texts=[quoted(sources)] if sources else [],
            sources=sources,
            label=part.label.text if part.label else "",
            title=lead_term(part.block, start, end),
            section=context.section,
            context=list(context.sources),
        )

    def _kind(self, part: Part, texts: Sequence[str], context: Introduced) -> ItemKind:
        text = "\n".join(texts)
        if is_struck(part.block.text, part.block.marks, part.start, part.end) and text:
            return ItemKind.OUT_OF_SCOPE
        if is_rationale(text):
            return ItemKind.BACKGROUND
        kind = kind_of(text, context.topic, context.lead)
        if part.label and part.label.names_item:
            return kind_of_label(part.label.key) or kind
        explains = kind.testable and self.convention.explains(text, context.lead, listed=part.in_list)
        return ItemKind.BACKGROUND if explains else kind

    def _heading(self, at: int, heading: Heading) -> int:
        """A heading that is a requirement, with the paragraph below it that says what it asks."""
        part = self.parts[at]
        if not _is_requirement(part, heading, self._after(at)):
            return at + 1
        says_itself = is_normative(part.text) or is_story(part.text) or len(part.text) > _LONGEST_TITLE
        draft = self._draft(part, part.start, part.end, self._context(part))
        draft.section = tuple(above.text for above in part.headings[:-1])
        draft.title = "" if says_itself else part.text
        self.drafts.append(draft)
        self._leave_open(draft, part)
        at += 1
        first = at
        while at < len(self.parts) and self._is_its_text(at, first):
            self._extend(draft, self.parts[at], self._introduce(at))
            self.last = self.parts[at]
            at += 1
        if len(draft.texts) > 1 and not says_itself:
            del draft.texts[0]
        label = part.label.key if part.label else ""
        draft.kind = kind_of_label(label) or kind_of("\n".join(draft.texts), part.topic)
        return at

    def _is_its_text(self, at: int, first: int) -> bool:
        """Whether `parts[at]` still belongs to the requirement whose heading stands above: the first
        paragraph, and further ones where it is written as a form."""
        part = self.parts[at]
        if part.block.kind not in {BlockKind.PARAGRAPH, BlockKind.QUOTE} or part.label or part.in_list:
            return False
        if is_rationale(part.text) or names_what_follows(part, self._after(at)):
            return False
        return at == first or is_keyed(part.text)


@dataclass(frozen=True, slots=True)
class _Run:
    """Sentences of one part that are alike in scope. `sentence` is the number of the first of them, 0 for
    those the part begins with; `kind` is None where their scope decides nothing."""

    start: int
    end: int
    kind: ItemKind | None
    sentence: int = 0
    rationale: bool = False


def _runs(part: Part, end: int, topic: Topic) -> list[_Run]:
    whole = _Run(part.start, end, None)
    if topic in {Topic.OUT_OF_SCOPE, Topic.OPEN}:
        return [whole]
    runs: list[_Run] = []
    text = part.block.text
    for number, (start, stop) in enumerate(sentence_spans(text, part.start, end), start=1):
        sentence = text[start:stop]
        rationale = is_rationale(sentence) or (bool(runs) and runs[-1].rationale)
        kind = ItemKind.BACKGROUND if rationale else scope_of(sentence, topic)
        if runs and (
            runs[-1].kind is ItemKind.OPEN_QUESTION
            or (runs[-1].kind, runs[-1].rationale) == (kind, rationale)
        ):
            runs[-1] = replace(runs[-1], end=stop)
        else:
            runs.append(_Run(start, stop, kind, number if runs else 0, rationale))
    return runs or [whole]


def _topic_of(text: str) -> Topic | None:
    """The topic that a short line names: 'Out of scope:', '非功能需求'."""
    is_title = (
        len(text) <= _CHARACTERS_OF_A_TITLE if not text.isascii() else len(text.split()) <= _WORDS_OF_A_TITLE
    )
    return topic_of_heading(text) if is_title else None


def _is_requirement(part: Part, heading: Heading, after: Part | None) -> bool:
    """'US-3 Submit', 'SSR12 The cFE shall …', '4.3.1 The system must …'; not 'E01 Onboarding' above the
    stories of that epic."""
    label = heading.label
    if label is None:
        return False
    if label.names_item:
        groups = after is not None and after.is_heading and after.headings[-1].level > heading.level
        return not groups or is_normative(part.text)
    said = re.sub(r"[（(][^)）]*[)）]", "", part.text)
    words = len(said.split()) if said.isascii() else len(said) // 2
    return is_normative(said) and words >= _WORDS_OF_A_SENTENCE
