import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import units
from geo.errors import QueryError


@pytest.mark.parametrize(
    ("value", "unit", "area_m2"),
    [(1, "m2", 1.0), (1, "ha", 10_000.0), (1, "km2", 1e6), (15, "mu", 10_000.0), (1500, "mu", 1e6)],
)
def test_to_m2_follows_the_definitions(value: float, unit: str, area_m2: float) -> None:
    assert units.to_m2(value, unit) == pytest.approx(area_m2, rel=1e-15)


@given(st.floats(1e-6, 1e12), st.sampled_from(["m2", "ha", "km2", "mu"]))
def test_from_m2_undoes_to_m2(value: float, unit: str) -> None:
    assert units.from_m2(units.to_m2(value, unit), unit) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize("unit", ["", "acre", "KM2", "亩"])
def test_unknown_unit_is_refused_in_both_languages(unit: str) -> None:
    with pytest.raises(QueryError) as refused:
        units.to_m2(1, unit)
    assert "km2" in refused.value.text("en")
    assert "km2" in refused.value.text("zh")


@pytest.mark.parametrize(
    ("area_m2", "unit", "lang", "bound", "text"),
    [
        (6_700_000, "km2", "zh", 2_000_000, "6.7 ± 2.0 平方公里"),
        (6_700_000, "km2", "en", 2_000_000, "6.7 ± 2.0 km²"),
        (217_500_000, "km2", "en", 1_400_000, "217.5 ± 1.4 km²"),
        (6_666_666.7, "mu", "zh", 2_000_000, "10\u2009000 ± 3\u2009000 亩"),
        (569_000, "ha", "en", None, "56.9 ha"),
        (569_000, "mu", "en", None, "853.5 mu"),
        (0, "km2", "en", None, "0.00 km²"),
        (12_345.6, "m2", "en", None, "12,346 m²"),
    ],
)
def test_format_area_reads_as_the_house_writes(
    area_m2: float, unit: str, lang: str, bound: float | None, text: str
) -> None:
    assert units.format_area(area_m2, unit, lang, u_m2=bound) == text


@pytest.mark.parametrize(("value", "text"), [(0.5, "1"), (1.5, "2"), (2.5, "3"), (-0.4, "0"), (-1.5, "−2")])
def test_numbers_round_half_up(value: float, text: str) -> None:
    assert units.format_number(value, 0, "en") == text


@pytest.mark.parametrize(("bound", "decimals"), [(100, -1), (354, -1), (355, -2), (99, -1), (0.0123, 3), (9.6, 0)])
def test_bound_keeps_two_digits_from_100_to_354(bound: float, decimals: int) -> None:
    assert units.bound_decimals(bound) == decimals
