"""Every site of the sources held against the rules: judged where it has an outline, else named with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from geo.assess.assessing import assess
from geo.assess.facts import INDICATORS, LAND_USE, Assessment, Candidate
from geo.catalogue import Feature, Project, Scalar
from geo.plan import Plan
from geo.rules import ALLOWED, CONDITIONAL, CONFLICT, NOTE, SEVERITY, UNKNOWN, RuleVerdict, overall
from geo.rules.facts import MOST
from geo.view import SYMBOLIC, Shape, Standing, View

SITES = "sites"
# Why a site cannot be checked: what it lacks, from the most that is known of it to the least.
REASONS = ("no_rules", "symbol", "point", "line", "words", "nowhere")
NO_RULES, SYMBOL, POINT, LINE, WORDS, NOWHERE = REASONS


@dataclass(frozen=True)
class SiteCheck:
    """One site of the sources, and what the rules say of it or why they cannot be asked.

    `id` is that of its feature, or of its row in the ledger if it has no feature. `projects` are the rows of the
    ledger that speak of it. Either `found` is there, or `reason` is one of REASONS. `standing` is that of the centre
    of a point or symbolic footprint; `placed_in` the area that a source names for what is known in words.
    """

    id: str
    shape: Shape | None
    projects: tuple[Project, ...]
    found: Assessment | None = None
    reason: str = ""
    standing: Standing | None = None
    placed_in: str | None = None

    @property
    def names(self) -> tuple[str, str]:
        """The name in Chinese and in English: of the feature, else of the row of the ledger."""
        named: Feature | Project = self.shape.feature if self.shape is not None else self.projects[0]
        return named.name_zh, named.name_en


@dataclass(frozen=True)
class Conflicts:
    """Every site of the sources in one view, in the order of the data: first the layer of sites, then the ledger."""

    extent: str
    reading: str
    has_rules: bool
    sites: tuple[SiteCheck, ...]

    @property
    def checked(self) -> tuple[tuple[SiteCheck, Assessment], ...]:
        """The sites that were checked, the worst verdict first; equal ones in the order of the data."""
        found = [(site, site.found) for site in self.sites if site.found is not None]
        return tuple(sorted(found, key=lambda pair: -SEVERITY[pair[1].verdict]))

    @property
    def unchecked(self) -> tuple[SiteCheck, ...]:
        """The sites that cannot be checked, in the order of the data."""
        return tuple(site for site in self.sites if site.found is None)

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many of the checked sites have which verdict; all four are there."""
        counts = Counter(found.verdict for _site, found in self.checked)
        return {verdict: counts[verdict] for verdict in (CONFLICT, CONDITIONAL, ALLOWED, UNKNOWN)}

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many of the others cannot be checked for which reason; all of REASONS are there."""
        counts = Counter(site.reason for site in self.unchecked)
        return {reason: counts[reason] for reason in REASONS}


def check_sites(plan: Plan, view: View) -> Conflicts:
    """Every feature of the layer `sites`, and every row of the ledger in the zone, wholly or in part, each once.

    A site with an outline of its own (polygons) is assessed with the accuracy of the outline, with its land use and
    indicators as far as the data state them. Rows of the ledger that share a feature are one site.
    """
    sites = tuple(_check(plan, view, *one) for one in _all_sites(plan))
    return Conflicts(view.extent, view.reading, plan.catalogue.rules is not None, sites)


def worst_first(verdicts: tuple[RuleVerdict, ...]) -> tuple[RuleVerdict, ...]:
    """The verdicts of a site by their weight, notes last; equal ones keep the order of the rules."""
    return tuple(sorted(verdicts, key=lambda one: (one.verdict == NOTE, -SEVERITY[one.verdict])))


def _all_sites(plan: Plan) -> Iterator[tuple[str, Shape | None, tuple[Project, ...]]]:
    """(id, shape, rows of the ledger) of each site."""
    told: dict[str, list[Project]] = {}
    for project in plan.catalogue.projects:
        told.setdefault(_key(plan, project), []).append(project)
    listed = [name for name, shape in plan.shapes.items() if shape.feature.layer == SITES]
    in_zone = [key for key, rows in told.items() if any(row.is_in_zone for row in rows)]
    for key in dict.fromkeys((*listed, *in_zone)):
        yield key, plan.shapes.get(key), tuple(told.get(key, ()))


def _key(plan: Plan, project: Project) -> str:
    return project.feature if project.feature is not None and project.feature in plan.shapes else project.id


def _check(plan: Plan, view: View, site_id: str, shape: Shape | None, projects: tuple[Project, ...]) -> SiteCheck:
    site = SiteCheck(site_id, shape, projects)
    if shape is None or shape.geometry is None:
        areas = [row.placed_in for row in projects] + [shape.feature.placed_in if shape is not None else None]
        area = next((one for one in areas if one is not None), None)
        return replace(site, reason=NOWHERE if area is None else WORDS, placed_in=area)
    if shape.anchor_m is not None:
        reason = SYMBOL if shape.feature.geometry_basis == SYMBOLIC else POINT
        return replace(site, reason=reason, standing=view.standings.get(site_id))
    if shape.area_m2 is None:
        return replace(site, reason=LINE)
    if plan.catalogue.rules is None:
        return replace(site, reason=NO_RULES)
    return replace(site, found=_assess(plan, view, shape))


def _assess(plan: Plan, view: View, shape: Shape) -> Assessment:
    """A site that the plan itself holds, without the rules that keep this one place alone: nothing keeps out itself."""
    rest = _without(plan, shape.feature.id)
    found = assess(rest, view, Candidate(shape.feature.geometry, _stated(shape.feature), shape.accuracy_m))
    rules = plan.catalogue.rules.rules if plan.catalogue.rules is not None else ()
    kept = {(one.feature.layer, one.feature.status) for one in rest.shapes.values()}
    own = (shape.feature.layer, shape.feature.status)
    void = {rule.id for rule in rules if (rule.layer, rule.status) == own and own not in kept}
    verdicts = tuple(one for one in found.verdicts if one.rule not in void)
    return replace(found, verdicts=verdicts, verdict=overall(verdicts))


def _stated(feature: Feature) -> Mapping[str, Scalar]:
    """What the data state of a site for the rules; an indicator that cannot be one is left unstated, hence unknown."""
    given = {name: feature.extra.get(name) for name in INDICATORS}
    return {LAND_USE: feature.land_use, **{name: value for name, value in given.items() if _can_be_judged(value)}}


def _can_be_judged(value: Scalar) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST


def _without(plan: Plan, site_id: str) -> Plan:
    """The plan without the site, which is in no conflict with itself; an area that a rule speaks of stays."""
    book = plan.catalogue.rules
    if book is None or any(rule.feature == site_id for rule in book.rules):
        return plan
    return replace(plan, shapes={name: shape for name, shape in plan.shapes.items() if name != site_id})
