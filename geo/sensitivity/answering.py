"""How firm the answer to a question in GeoJSON is: all its areas as one site."""

from __future__ import annotations

from geo.assess import Question, answer
from geo.assess.worker import held_plan
from geo.plan import Plan
from geo.sensitivity.bands import Sensitivity
from geo.sensitivity.verdicts import assessment_changes


def answer_sensitivity(plan: Plan, question: Question) -> Sensitivity:
    """`verdict_changes` of the site of a question, which is asked as one site; errors are those of `answer`.

    >>> from geo.plan import load_plan
    >>> ring = "[[116.03, 28.70], [116.031, 28.70], [116.031, 28.701], [116.03, 28.70]]"
    >>> asked = Question(f'{{"type": "Polygon", "coordinates": [{ring}]}}'.encode(), None, None, "2025", "shore_belt")
    >>> answer_sensitivity(load_plan("data"), asked).home_zone
    'ring_3'
    """
    (site,) = answer(plan, question).sites
    return assessment_changes(plan, question.view(plan), site.found)


def answer_held(question: Question) -> Sensitivity:
    """`answer_sensitivity` by the plan of this process."""
    return answer_sensitivity(held_plan(), question)
