"""The main flow: the operations one after the other, in the order of the document, each succeeding."""

from __future__ import annotations

from collections.abc import Iterator

from casewright.design.cases import Outcome
from casewright.design.techniques.exploring import Explorer
from casewright.design.techniques.subject import OperationSubject
from casewright.design.techniques.wants import Trial
from casewright.design.worlds import World

_LONGEST_FLOW = 12


def main_flow(explorer: Explorer) -> tuple[Trial, ...]:
    """From the start, always the next operation in the model's order that succeeds and hasn't been done;
    empty if that is one step or none."""
    world = explorer.start.world
    flow: list[Trial] = []
    done: set[str] = set()
    while len(flow) < _LONGEST_FLOW:
        trial = next(_successes(explorer, world, done), None)
        if trial is None:
            break
        flow.append(trial)
        done.add(trial.call.operation)
        world = trial.after
    return tuple(flow) if len(flow) > 1 else ()


def _successes(explorer: Explorer, world: World, done: set[str]) -> Iterator[Trial]:
    operations = list(explorer.subject.operations.values())
    for operation in operations:
        if operation.name not in done:
            trial = explorer.trials.run(world, explorer.bases[operation.name].call)
            if trial.answer.outcome is Outcome.ACCEPTED and _keeps_going(operation, trial):
                yield trial


def _keeps_going(operation: OperationSubject, trial: Trial) -> bool:
    """It changed something as it should, or only answers."""
    return not operation.written or trial.after.key() != trial.moment.world.key()
