"""The ledger as the world outside reads it: figures and projects with names in both languages, and where they stand."""

from __future__ import annotations

from dataclasses import asdict

from geo.catalogue import Figure, Project, in_lang
from geo.errors import QueryError
from geo.output.features import Json
from geo.plan import Plan
from geo.units import format_value

_QUALIFIED = {
    "about": ("约 {}", "about {}"),
    "more_than": ("{}以上", "more than {}"),
    "nearly": ("近 {}", "nearly {}"),
}
FILTERS = ("source", "theme", "metric", "feature", "project")


def figure_json(plan: Plan, figure: Figure) -> Json:
    """One figure: value and unit as the source gives them, `base` in m2, m, people, pieces, 0 to 1, CNY or USD."""
    metric = plan.catalogue.metrics[figure.metric]
    return {
        "id": figure.id,
        "subject_zh": in_lang(figure.subject, "zh"),
        "subject_en": in_lang(figure.subject, "en"),
        "metric": figure.metric,
        "metric_zh": metric.name_zh,
        "metric_en": metric.name_en,
        "theme": metric.theme,
        "value": figure.value,
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "year": figure.year,
        "measure": figure.measure,
        "base": round(figure.base, 6),
        "text_zh": figure_text(figure, "zh"),
        "text_en": figure_text(figure, "en"),
        "source": figure.source,
        "place_zh": in_lang(figure.place, "zh"),
        "place_en": in_lang(figure.place, "en"),
        "note_zh": in_lang(figure.note, "zh"),
        "note_en": in_lang(figure.note, "en"),
        "feature": figure.feature,
        "project": figure.project,
        "row": figure.row,
    }


def figure_text(figure: Figure, lang: str) -> str:
    """A figure as people read it: value and unit as the source gives them, with the word that it puts before them.

    >>> figure_text(Figure("x", "S1", "p", "s", None, "area", 6, "km2", "about", None, ""), "en")
    'about 6 km²'
    """
    return qualified(format_value(figure.value, figure.unit, lang), figure.qualifier, lang)


def qualified(text: str, qualifier: str, lang: str) -> str:
    """A value with the word that its source puts before it.

    >>> qualified("220", "more_than", "en"), qualified("220", "", "en")
    ('more than 220', '220')
    """
    pattern = _QUALIFIED[qualifier][0 if lang == "zh" else 1] if qualifier else "{}"
    return pattern.format(text)


def figures(plan: Plan, **wanted: str) -> tuple[Figure, ...]:
    """The figures of the ledger in its order, those alone that agree with `wanted` (see FILTERS).

    An unknown value gives no figure; an unknown filter is a QueryError.
    """
    for name in wanted:
        if name not in FILTERS:
            known = ", ".join(FILTERS)
            raise QueryError(f"Figures have no filter {name!r}; use {known}.", f"没有筛选项 {name!r}；可用：{known}。")
    return tuple(figure for figure in plan.catalogue.figures if _agrees(plan, figure, wanted))


def figure(plan: Plan, figure_id: str) -> Figure:
    """A figure by id; QueryError that says where to look if there is none."""
    for one in plan.catalogue.figures:
        if one.id == figure_id:
            return one
    raise QueryError(f"No figure {figure_id!r}; /figures lists all.", f"没有数字 {figure_id!r}；全部见 /figures。")


def related(plan: Plan, one: Figure) -> tuple[Figure, ...]:
    """The other figures of the same metric and subject or feature: other years, other sources, other counts."""
    return tuple(
        other
        for other in plan.catalogue.figures
        if other.id != one.id and other.metric == one.metric and _same_subject(other, one)
    )


def project_json(project: Project) -> Json:
    """One project with every field of its table; texts of both languages stay in one cell as "中文 / English"."""
    return {"id": project.id, **{key: value for key, value in asdict(project).items() if key not in ("id", "wholes")}}


def _same_subject(other: Figure, one: Figure) -> bool:
    return other.subject == one.subject or (one.feature is not None and other.feature == one.feature)


def _agrees(plan: Plan, one: Figure, wanted: dict[str, str]) -> bool:
    facts = {"theme": plan.catalogue.metrics[one.metric].theme, **{key: getattr(one, key) for key in FILTERS[:1]}}
    facts |= {"metric": one.metric, "feature": one.feature, "project": one.project}
    return all(facts[key] == value for key, value in wanted.items())
