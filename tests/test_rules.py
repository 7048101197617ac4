"""What the rules say of a site: every verdict from numbers typed here, and the laws that hold for all sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.catalogue import Rule, RuleBook, Use, load_catalogue
from geo.errors import QueryError
from geo.rules import (
    ALLOWED,
    CONDITIONAL,
    CONFLICT,
    NOTE,
    SEVERITY,
    UNKNOWN,
    Overlap,
    RuleVerdict,
    Share,
    SiteFacts,
    judge_site,
    overall,
)

ROOT = Path(__file__).parent.parent
MINOR = 0.02
WHO = ("规则", "rule", "stated", "S0", "part 1")  # names, basis, source, place
WORDS = {"condition_zh": "条件", "condition_en": "condition"}


def ring(number: int, *uses: Use) -> Rule:
    return Rule(f"ring_{number}", "ring_use", *WHO, ring=f"ring_{number}", uses=uses)


def limit(rule_id: str, unit: str, *classes: str, low: float | None = None, high: float | None = None) -> Rule:
    facts = {"indicator": rule_id.partition("-")[0], "unit": unit, "minimum": low, "maximum": high}
    return Rule(rule_id, "indicator", *WHO, classes=classes, **facts)


BOOK = RuleBook(
    version="1",
    minor_share=MINOR,
    minor_reason_zh="假定",
    minor_reason_en="assumed",
    file="",
    rules=(
        ring(1, Use("1401", ALLOWED), Use("1001", CONFLICT), Use("09", CONDITIONAL, "条件", "condition")),
        ring(2, Use("08", ALLOWED), Use("0804", CONFLICT), Use("1001", CONDITIONAL, "条件", "condition")),
        ring(3),
        Rule("renewal", "area_note", *WHO, feature="places:renewal", **WORDS),
        Rule("water", "constraint", *WHO, layer="water", status="existing", effect=CONFLICT),
        Rule("planned", "constraint", *WHO, layer="parks", status="planned", effect=NOTE),
        limit("far", "count", "1001", low=0.7, high=1.8),
        limit("green_ratio-ceiling", "ratio", "1001", high=0.2),
        limit("green_ratio-floor", "ratio", "0701", low=0.3),
        limit("tax_per_mu", "1e4_cny_per_mu", "1001", low=20),
        Rule("veto", "veto", *WHO, approval="green", **WORDS),
        Rule("farmland", "slot", *WHO, slot="farmland", conflict_where="inside"),
        Rule("boundary", "slot", *WHO, slot="boundary", conflict_where="outside"),
    ),
)
SLOTS = frozenset({"farmland", "boundary"})


def at(**shares: float | tuple[float, float]) -> Mapping[str, Share]:
    """Zones by share: one number where it is certain, else the two bounds."""
    return {name: Share(*((one, one) if isinstance(one, float) else one)) for name, one in shares.items()}


def site(land_use: str | None = None, **facts: object) -> SiteFacts:
    return replace(SiteFacts(land_use=land_use), **facts)


def in_ring(land_use: str | None, **shares: float | tuple[float, float]) -> SiteFacts:
    return site(land_use, zones=at(**shares))


def over(layer: str, low: float, high: float, status: str = "existing", undrawn: int = 0, **facts: object) -> SiteFacts:
    return site(overlaps=(Overlap(layer, status, Share(low, high), undrawn),), **facts)


def slot(layer: str, low: float, high: float) -> SiteFacts:
    return over(layer, low, high, loaded=SLOTS)


def with_value(land_use: str | None, **indicators: float) -> SiteFacts:
    return site(land_use, indicators=indicators)


def says(book: RuleBook, facts: SiteFacts) -> dict[str, RuleVerdict]:
    return {one.rule: one for one in judge_site(book, facts)}


CASES: list[tuple[str, SiteFacts, str | None]] = [
    # A ring that the site certainly lies in: the class, the class above it, a class too wide, none.
    ("ring_1", in_ring("1401", ring_1=1.0), ALLOWED),
    ("ring_1", in_ring("1001", ring_1=1.0), CONFLICT),
    ("ring_1", in_ring("100101", ring_1=1.0), CONFLICT),
    ("ring_1", in_ring("0902", ring_1=1.0), CONDITIONAL),
    ("ring_1", in_ring("10", ring_1=1.0), UNKNOWN),
    ("ring_1", in_ring("0802", ring_1=1.0), UNKNOWN),
    ("ring_1", in_ring(None, ring_1=1.0), UNKNOWN),
    ("ring_1", in_ring("1401", ring_2=1.0), None),
    ("ring_2", in_ring("0802", ring_2=1.0), ALLOWED),
    ("ring_2", in_ring("0804", ring_2=1.0), CONFLICT),  # the nearer class decides
    ("ring_2", in_ring("080403", ring_2=1.0), CONFLICT),
    ("ring_2", in_ring("08", ring_2=1.0), UNKNOWN),  # some of it is allowed, some not
    ("ring_3", in_ring("1401", ring_3=1.0), UNKNOWN),  # no use is stated
    ("ring_3", in_ring(None, ring_3=1.0), UNKNOWN),
    ("ring_1", site("1401"), UNKNOWN),  # not placed
    # Several rings: certain parts count, possible ones weigh at most unknown, tiny ones are noted.
    ("ring_1", in_ring("1001", ring_1=0.3, ring_2=0.7), CONFLICT),
    ("ring_2", in_ring("1001", ring_1=0.3, ring_2=0.7), CONDITIONAL),
    ("ring_1", in_ring("1001", ring_1=(0.0, 0.3), ring_2=(0.7, 1.0)), UNKNOWN),
    ("ring_1", in_ring("1401", ring_1=(0.0, 0.3), ring_2=(0.7, 1.0)), ALLOWED),
    ("ring_1", in_ring("0902", ring_1=(0.0, 0.3), ring_2=(0.7, 1.0)), CONDITIONAL),
    ("ring_1", in_ring("1001", ring_1=(0.01, 0.3), ring_2=(0.7, 0.99)), UNKNOWN),  # 0.01 certain is a tiny part
    ("ring_1", in_ring("1001", ring_1=(0.02, 0.3), ring_2=(0.7, 0.98)), CONFLICT),
    ("ring_1", in_ring("1001", ring_1=0.019, ring_2=0.981), NOTE),
    ("ring_1", in_ring("1001", ring_1=0.02, ring_2=0.98), CONFLICT),
    ("ring_1", in_ring(None, ring_1=(0.0, 0.019), ring_2=(0.981, 1.0)), NOTE),
    ("ring_1", in_ring("1001", ring_1=1e-12, ring_2=1.0), None),  # rounding is nothing
    # The renewal area: a condition, never a conflict.
    ("renewal", site(areas=at(**{"places:renewal": 1.0})), CONDITIONAL),
    ("renewal", site(areas=at(**{"places:renewal": (0.0, 0.5)})), CONDITIONAL),
    ("renewal", site(areas=at(**{"places:renewal": 0.01})), NOTE),
    ("renewal", site(areas=at(**{"places:renewal": 0.0})), None),
    ("renewal", site(), UNKNOWN),
    # Water and parks: certain, within the accuracy, none, not measured, without outline.
    ("water", over("water", 0.1, 0.2), CONFLICT),
    ("water", over("water", 0.001, 0.2), CONFLICT),
    ("water", over("water", 0.0, 0.2), UNKNOWN),
    ("water", over("water", 0.0, 0.0), ALLOWED),
    ("water", over("water", 0.0, 0.0, undrawn=2), UNKNOWN),
    ("water", over("water", 0.1, 0.2, undrawn=2), CONFLICT),
    ("water", over("water", 0.1, 0.2, status="planned"), UNKNOWN),  # nobody looked at the existing ones
    ("water", site(overlaps=(*over("water", 0.0, 0.1).overlaps, *over("water", 0.1, 0.2).overlaps)), CONFLICT),
    ("water", site(), UNKNOWN),
    ("planned", over("parks", 0.4, 0.6, status="planned"), NOTE),
    ("planned", over("parks", 0.0, 0.6, status="planned"), NOTE),
    ("planned", over("parks", 0.0, 0.0, status="planned"), ALLOWED),
    ("planned", site(), NOTE),
    # Indicators: both ends allowed, a ceiling for industry, a floor for housing, other classes not asked.
    ("far", with_value("1001", far=0.69), CONFLICT),
    ("far", with_value("1001", far=0.7), ALLOWED),
    ("far", with_value("1001", far=1.8), ALLOWED),
    ("far", with_value("1001", far=1.81), CONFLICT),
    ("far", with_value("1001", far=0.0), CONFLICT),  # zero is a measurement
    ("far", with_value("1001", green_ratio=0.1), UNKNOWN),
    ("far", with_value("100102", far=1.0), ALLOWED),
    ("far", with_value("10", far=1.0), UNKNOWN),
    ("far", with_value(None, far=1.0), UNKNOWN),
    ("far", with_value("0701", far=9.0), None),
    ("green_ratio-ceiling", with_value("1001", green_ratio=0.21), CONFLICT),
    ("green_ratio-ceiling", with_value("1001", green_ratio=0.1 + 0.1), ALLOWED),
    ("green_ratio-floor", with_value("1001", green_ratio=0.21), None),
    ("green_ratio-floor", with_value("0701", green_ratio=0.21), CONFLICT),
    ("green_ratio-floor", with_value("0701", green_ratio=0.1 + 0.2), ALLOWED),
    ("green_ratio-floor", with_value("0701", green_ratio=2.3 - 2.0), ALLOWED),
    ("green_ratio-ceiling", with_value("0701", green_ratio=0.9), None),
    ("tax_per_mu", with_value("1001", tax_per_mu=19.9), CONFLICT),
    ("tax_per_mu", with_value("1001", tax_per_mu=20.0), ALLOWED),
    # The veto and the slots.
    ("veto", site(), UNKNOWN),
    ("veto", site(approvals={"green": True}), ALLOWED),
    ("veto", site(approvals={"green": False}), CONFLICT),
    ("veto", site(approvals={"fire": True}), UNKNOWN),
    ("farmland", site(), UNKNOWN),
    ("farmland", over("farmland", 0.0, 0.0), UNKNOWN),  # the layer is not loaded
    ("farmland", site(loaded=SLOTS), UNKNOWN),  # loaded, nothing measured
    ("farmland", slot("farmland", 0.0, 0.0), ALLOWED),
    ("farmland", slot("farmland", 0.0, 0.1), UNKNOWN),
    ("farmland", slot("farmland", 0.1, 0.1), CONFLICT),
    ("boundary", slot("boundary", 1.0, 1.0), ALLOWED),
    ("boundary", slot("boundary", 0.9, 1.0), UNKNOWN),
    ("boundary", slot("boundary", 0.8, 0.9), CONFLICT),
]


@pytest.mark.parametrize(("rule", "facts", "verdict"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)])
def test_rule_says_what_its_numbers_say(rule: str, facts: SiteFacts, verdict: str | None) -> None:
    found = says(BOOK, facts).get(rule)
    assert (None if found is None else found.verdict) == verdict


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((ALLOWED, ALLOWED), ALLOWED),
        ((ALLOWED, CONDITIONAL), CONDITIONAL),
        ((CONDITIONAL, UNKNOWN), UNKNOWN),
        ((UNKNOWN, CONFLICT), CONFLICT),
        ((NOTE, ALLOWED), ALLOWED),
        ((NOTE, NOTE), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_overall_is_the_worst_and_notes_do_not_count(verdicts: tuple[str, ...], expected: str) -> None:
    model = judge_site(BOOK, SiteFacts())[0]
    assert overall([replace(model, verdict=verdict) for verdict in verdicts]) == expected


GOOD = SiteFacts(
    zones=at(ring_1=1.0),
    land_use="1401",
    overlaps=(
        Overlap("water", "existing", Share(0, 0)),
        Overlap("parks", "planned", Share(0, 0)),
        Overlap("farmland", "existing", Share(0, 0)),
        Overlap("boundary", "existing", Share(1, 1)),
    ),
    areas=at(**{"places:renewal": 0.0}),
    approvals={"green": True},
    loaded=SLOTS,
)


def test_site_is_allowed_only_when_everything_is_known() -> None:
    assert overall(judge_site(BOOK, GOOD)) == ALLOWED
    worse = (
        {"loaded": frozenset({"farmland"})},
        {"zones": None},
        {"land_use": None},
        {"overlaps": GOOD.overlaps[1:]},
        {"areas": {}},
        {"approvals": {}},
    )
    assert {overall(judge_site(BOOK, replace(GOOD, **facts))) for facts in worse} == {UNKNOWN}


def test_conflict_stays_a_conflict_where_all_else_is_unknown() -> None:
    found = judge_site(BOOK, over("water", 0.5, 0.5))
    assert [one.verdict for one in found].count(UNKNOWN) > 5
    assert overall(found) == CONFLICT


def test_verdict_carries_the_numbers_and_the_limits() -> None:
    found = says(BOOK, replace(in_ring("1001", ring_1=(0.25, 0.5), ring_2=(0.5, 0.75)), indicators={"far": 2.5}))
    assert [(one.name, one.value, one.unit) for one in found["ring_1"].measured] == [
        ("share_low", 0.25, "ratio"),
        ("share_high", 0.5, "ratio"),
    ]
    assert found["ring_1"].reason[1].startswith("25% to 50% of the site")
    assert [(one.name, one.value) for one in found["far"].measured] == [("value", 2.5)]
    assert [(one.name, one.value) for one in found["far"].limits] == [("minimum", 0.7), ("maximum", 1.8)]
    assert "2.5" in found["far"].reason[0]
    assert found["far"].what_would_change == ("降低到不高于 1.8", "Lowering it to at most 1.8")
    missing = says(BOOK, with_value("1001"))["tax_per_mu"]
    assert (missing.measured, [one.value for one in missing.limits]) == ((), [20])


def test_value_that_misses_a_limit_by_little_does_not_read_as_the_limit() -> None:
    assert "1.80000001;" in says(BOOK, with_value("1001", far=1.80000001))["far"].reason[1]
    assert says(BOOK, with_value("1001", far=5e-324))["far"].verdict == CONFLICT


def test_tiny_part_never_reads_as_none_nor_a_large_one_as_all() -> None:
    found = says(BOOK, over("water", 0.00001, 0.99999))["water"]
    assert found.reason[1].startswith("0.1% to 99.9% of the site")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Share(0.5, 0.4),
        lambda: Share(-0.1, 0.4),
        lambda: Share(0.5, 1.1),
        lambda: Share(float("nan"), 1),
        lambda: SiteFacts(land_use="1"),
        lambda: SiteFacts(land_use="industry"),
        lambda: SiteFacts(land_use="１００１"),
        lambda: SiteFacts(indicators={"far": float("nan")}),
        lambda: SiteFacts(indicators={"far": -1}),
        lambda: SiteFacts(indicators={"far": 1e10}),
        lambda: SiteFacts(zones={}),
        lambda: SiteFacts(zones=at(ring_1=0.5)),
        lambda: SiteFacts(zones=at(ring_1=0.8, ring_2=0.8)),
        lambda: judge_site(replace(BOOK, rules=(replace(BOOK.rules[0], kind="wish"),)), SiteFacts()),
    ],
)
def test_facts_that_cannot_be_are_refused_in_both_languages(make: object) -> None:
    assert callable(make)
    with pytest.raises(QueryError) as caught:
        make()
    assert caught.value.zh != caught.value.en


# Laws ---------------------------------------------------------------------------------------------------------------

CODES = (None, "1401", "1001", "10", "0902", "0804", "08", "0701", "16")
fractions = st.integers(0, 100).map(lambda number: number / 100)


@st.composite
def share_pairs(draw: st.DrawFn) -> Share:
    low, high = sorted((draw(fractions), draw(fractions)))
    return Share(low, high)


@st.composite
def zone_shares(draw: st.DrawFn) -> Mapping[str, Share]:
    """True shares that sum to 1, with bounds around them."""
    cuts = sorted((draw(st.integers(0, 100)), draw(st.integers(0, 100))))
    exact = [(b - a) / 100 for a, b in zip((0, *cuts), (*cuts, 100), strict=True)]
    slack = draw(st.sampled_from((0.0, 0.01, 0.3)))
    return {f"ring_{n}": Share(max(0.0, one - slack), min(1.0, one + slack)) for n, one in enumerate(exact, 1)}


@st.composite
def sites(draw: st.DrawFn) -> SiteFacts:
    layers = (("water", "existing"), ("parks", "planned"), ("farmland", "existing"), ("boundary", "existing"))
    looked = draw(st.lists(st.sampled_from(layers), unique=True))
    overlaps = tuple(Overlap(*layer, draw(share_pairs()), draw(st.integers(0, 1))) for layer in looked)
    return SiteFacts(
        zones=draw(st.none() | zone_shares()),
        land_use=draw(st.sampled_from(CODES)),
        indicators=draw(st.dictionaries(st.sampled_from(("far", "green_ratio", "tax_per_mu")), st.floats(0, 50))),
        overlaps=overlaps,
        areas={"places:renewal": draw(share_pairs())} if draw(st.booleans()) else {},
        approvals={"green": draw(st.booleans())} if draw(st.booleans()) else {},
        loaded=draw(st.frozensets(st.sampled_from(sorted(SLOTS)))),
    )


@st.composite
def learnt(draw: st.DrawFn, known: SiteFacts) -> SiteFacts:
    """The same site with something learnt: what was missing is given, what was given stays."""
    new = draw(sites())
    looked = {(one.layer, one.status) for one in known.overlaps}
    return SiteFacts(
        zones=known.zones or new.zones,
        land_use=known.land_use or new.land_use,
        indicators={**new.indicators, **known.indicators},
        overlaps=(*known.overlaps, *(one for one in new.overlaps if (one.layer, one.status) not in looked)),
        areas={**new.areas, **known.areas},
        approvals={**new.approvals, **known.approvals},
        loaded=known.loaded | new.loaded,
    )


@given(st.data())
def test_learning_more_never_takes_a_conflict_away(data: st.DataObject) -> None:
    known = data.draw(sites())
    before, after = says(BOOK, known), says(BOOK, data.draw(learnt(known)))
    for rule, verdict in before.items():
        if verdict.verdict == CONFLICT:
            assert after[rule].verdict == CONFLICT
    if overall(before.values()) == CONFLICT:
        assert overall(after.values()) == CONFLICT


@given(sites(), st.sampled_from(("water", "parks", "farmland")), share_pairs(), share_pairs())
def test_more_overlap_never_improves_a_verdict(facts: SiteFacts, layer: str, one: Share, other: Share) -> None:
    status = "planned" if layer == "parks" else "existing"
    more = Share(max(one.low, other.low), max(one.high, other.high))
    small, large = (replace(facts, overlaps=(Overlap(layer, status, share),)) for share in (one, more))
    _assert_no_better(small, large)


@given(sites(), share_pairs(), share_pairs())
def test_more_in_the_renewal_area_never_improves_a_verdict(facts: SiteFacts, one: Share, other: Share) -> None:
    more = Share(max(one.low, other.low), max(one.high, other.high))
    _assert_no_better(*(replace(facts, areas={"places:renewal": share}) for share in (one, more)))


@given(st.sampled_from(CODES), share_pairs(), share_pairs())
def test_more_in_a_ring_never_improves_its_verdict(code: str | None, one: Share, other: Share) -> None:
    more = Share(max(one.low, other.low), max(one.high, other.high))
    for number in (1, 2, 3):
        small, large = (
            site(code, zones={f"ring_{number}": share, "water": Share(0, 1 - share.low)}) for share in (one, more)
        )
        verdicts = [says(BOOK, facts).get(f"ring_{number}") for facts in (small, large)]
        before, after = (0 if verdict is None else SEVERITY[verdict.verdict] for verdict in verdicts)
        assert before <= after


def _assert_no_better(small: SiteFacts, large: SiteFacts) -> None:
    before, after = says(BOOK, small), says(BOOK, large)
    for rule, verdict in before.items():
        assert SEVERITY[verdict.verdict] <= SEVERITY[after[rule].verdict]
    assert SEVERITY[overall(before.values())] <= SEVERITY[overall(after.values())]


@given(sites(), st.permutations(BOOK.rules))
def test_order_of_the_rules_does_not_matter(facts: SiteFacts, rules: list[Rule]) -> None:
    shuffled = replace(BOOK, rules=tuple(rules))
    assert says(shuffled, facts) == says(BOOK, facts)
    assert overall(judge_site(shuffled, facts)) == overall(judge_site(BOOK, facts))


@given(sites())
def test_overall_is_the_worst_of_its_parts(facts: SiteFacts) -> None:
    found = [one for one in judge_site(BOOK, facts) if one.verdict != NOTE]
    assume(found)
    assert SEVERITY[overall(found)] == max(SEVERITY[one.verdict] for one in found)
    if not facts.loaded >= SLOTS:
        assert overall(found) in (UNKNOWN, CONFLICT)


# The shipped rules --------------------------------------------------------------------------------------------------


@cache
def shipped_book() -> RuleBook:
    book = load_catalogue(ROOT / "data").rules
    assert book is not None
    return book


@pytest.fixture(scope="module")
def shipped() -> RuleBook:
    return shipped_book()


@pytest.mark.parametrize(
    ("zone", "land_use", "verdict"),
    [
        ("ring_1", "1401", ALLOWED),
        ("ring_1", "1001", CONFLICT),
        ("ring_1", "0802", UNKNOWN),
        ("ring_2", "0902", ALLOWED),
        ("ring_2", "1001", CONDITIONAL),
        ("ring_2", "1101", UNKNOWN),
        ("ring_3", "0901", ALLOWED),
        ("ring_3", "0701", CONDITIONAL),
        ("ring_3", "1001", CONFLICT),
        ("ring_4", "1001", ALLOWED),
        ("ring_4", "0701", UNKNOWN),
        ("strip", "1401", UNKNOWN),
        ("outside", "1001", UNKNOWN),
    ],
)
def test_shipped_rings_are_for_what_the_text_says(shipped: RuleBook, zone: str, land_use: str, verdict: str) -> None:
    found = [one for one in judge_site(shipped, in_ring(land_use, **{zone: 1.0})) if one.kind == "ring_use"]
    assert [(one.rule, one.verdict) for one in found] == [(f"{zone}_use", verdict)]


def test_shipped_rules_pass_no_site_while_a_slot_is_empty(shipped: RuleBook) -> None:
    """A park in ring 1 that does nothing wrong: the three layers that nobody loaded keep it at unknown."""
    kept = [(one.layer, one.status) for one in shipped.rules if one.kind == "constraint"]
    best = replace(
        GOOD,
        overlaps=tuple(Overlap(*layer, Share(0, 0)) for layer in kept),
        areas=at(**{"places:renewal_area": 0.0}),
        approvals={"environmental_approval": True},
        loaded=frozenset(),
    )
    found = judge_site(shipped, best)
    assert {one.verdict for one in found if one.kind != "slot"} == {ALLOWED}
    assert [one.reason for one in found if one.kind == "slot"] == [
        ("未核查：未载入图层", "Not checked: no layer loaded.")
    ] * 3
    assert overall(found) == UNKNOWN


@given(sites())
def test_shipped_verdicts_name_rule_source_and_what_would_change_them(facts: SiteFacts) -> None:
    ids = {one.id for one in shipped_book().rules}
    for one in judge_site(shipped_book(), facts):
        assert one.rule in ids
        assert (one.source and one.place) or (all(one.standard) and one.edition)
        for words in (one.name, one.reason, one.what_would_change):
            assert all(text.strip() and "None" not in text for text in words)
            assert words[0] != words[1]
