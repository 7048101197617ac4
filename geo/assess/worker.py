"""A process of its own that answers questions: it holds a plan, and ends with the process that it answers."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading

from geo.assess.answering import Answer, Question, answer
from geo.plan import Plan

_plans: list[Plan] = []  # of this process: one, once it has been handed over


def hold_plan(pickled: bytes) -> None:
    """Take the plan that all questions to this process are about, as `pickle.dumps` gives it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _plans[:] = [pickle.loads(pickled)]


def held_plan() -> Plan:
    """The plan of this process."""
    return _plans[0]


def answer_held(question: Question) -> Answer:
    """The answer to a question by the plan of this process."""
    return answer(held_plan(), question)


def _end_with_parent() -> None:
    """A server that is killed cannot end its workers, and one deep in a question would not notice."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
