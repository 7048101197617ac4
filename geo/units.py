"""Units of areas, lengths, people and money, and the one formatter of figures for both languages."""

from __future__ import annotations

import math
from decimal import Decimal

from geo.errors import QueryError

M2_PER_HA = 10_000.0
M2_PER_KM2 = 1_000_000.0
M2_PER_MU = 2000.0 / 3.0  # 15 mu to the hectare

_M2_PER = {"m2": 1.0, "ha": M2_PER_HA, "km2": M2_PER_KM2, "mu": M2_PER_MU}
# What each unit of a stated figure measures, and how many of the base unit it holds: m2, m, 1, CNY, USD.
MEASURES = {
    **{unit: ("area", factor) for unit, factor in _M2_PER.items()},
    "m": ("length", 1.0),
    "km": ("length", 1000.0),
    "persons": ("persons", 1.0),
    "count": ("count", 1.0),
    "%": ("ratio", 0.01),
    "m2_per_person": ("area_per_person", 1.0),
    "1e4_cny": ("cny", 1e4),
    "1e8_cny": ("cny", 1e8),
    "1e8_usd": ("usd", 1e8),
    "1e4_cny_per_mu": ("cny_per_area", 1e4 / M2_PER_MU),
}
_NAMES = {
    "zh": {
        **{"m2": "平方米", "ha": "公顷", "km2": "平方公里", "mu": "亩", "m": "米", "km": "公里"},
        **{"persons": "人", "count": "", "%": "%", "m2_per_person": "平方米/人"},
        **{"1e4_cny": "万元", "1e8_cny": "亿元", "1e8_usd": "亿美元", "1e4_cny_per_mu": "万元/亩"},
    },
    "en": {
        **{"m2": "m²", "ha": "ha", "km2": "km²", "mu": "mu", "m": "m", "km": "km"},
        **{"persons": "people", "count": "", "%": "%", "m2_per_person": "m² per person"},
        **{
            "1e4_cny": "× 10⁴ CNY",
            "1e8_cny": "× 10⁸ CNY",
            "1e8_usd": "× 10⁸ USD",
            "1e4_cny_per_mu": "× 10⁴ CNY per mu",
        },
    },
}
_MONEY = ("cny", "usd", "cny_per_area")
_THIN_SPACE = "\u2009"


def to_m2(value: float, unit: str) -> float:
    """`value` of `unit` (m2, ha, km2, mu) in square metres; QueryError for another unit.

    >>> to_m2(3, "mu"), to_m2(231, "km2")
    (2000.0, 231000000.0)
    """
    return value * _factor(unit)


def from_m2(area_m2: float, unit: str) -> float:
    """`area_m2` in `unit` (m2, ha, km2, mu); QueryError for another unit.

    >>> from_m2(1_000_000.0, "mu"), from_m2(20_000.0, "ha")
    (1500.0, 2.0)
    """
    return area_m2 / _factor(unit)


def measure_of(unit: str) -> str:
    """What a unit measures: area, length, persons, count, ratio, area_per_person, cny, usd; QueryError if unknown.

    >>> measure_of("mu"), measure_of("1e8_cny")
    ('area', 'cny')
    """
    return _measure(unit)[0]


def to_base(value: float, unit: str) -> float:
    """`value` in the base unit of what it measures: m2, m, people, pieces, 0 to 1, CNY, USD; QueryError if unknown.

    >>> to_base(3, "mu"), to_base(4.5, "km"), to_base(200, "1e4_cny"), to_base(42, "%")
    (2000.0, 4500.0, 2000000.0, 0.42)
    """
    return value * _measure(unit)[1]


def _measure(unit: str) -> tuple[str, float]:
    try:
        return MEASURES[unit]
    except KeyError:
        known = ", ".join(MEASURES)
        raise QueryError(
            f"Unknown unit {unit!r}; use one of {known}.", f"不认识的单位 {unit!r}；可用：{known}。"
        ) from None


def format_value(value: float, unit: str, lang: str) -> str:
    """A figure with its unit, with as many decimals as it was given; money in the steps in which it is read.

    >>> format_value(49.5, "km2", "en"), format_value(498000, "persons", "en"), format_value(42.0, "%", "en")
    ('49.5 km²', '498,000 people', '42%')
    >>> format_value(3_000_000, "1e4_cny", "en"), format_value(3_000_000, "1e4_cny", "zh")
    ('CNY 30 billion', '300 亿元')
    """
    measure, factor = _measure(unit)
    exact = Decimal(str(value))
    if measure in _MONEY:
        return _money(exact * Decimal(str(factor)), unit, lang)
    number, name = format_exact(exact, lang), unit_name(unit, lang)
    return f"{number}{name}" if name in ("", "%") else f"{number} {name}"


def _money(amount: Decimal, unit: str, lang: str) -> str:
    """An amount of CNY or USD, or of CNY per mu, in billions or millions, in Chinese in 亿 or 万."""
    is_per_mu = unit == "1e4_cny_per_mu"
    amount = amount * Decimal(str(M2_PER_MU)) if is_per_mu else amount
    if is_per_mu:
        amount = amount.quantize(Decimal(1))  # the area of a mu is no short decimal
    currency = "美元" if unit.endswith("usd") else "元"
    chinese, english = ((10**8, "亿"), (10**4, "万"), (1, "")), ((10**9, " billion"), (10**6, " million"), (1, ""))
    steps = chinese if lang == "zh" else english
    step, word = next(one for one in steps if abs(amount) >= one[0] or one[0] == 1)
    number = format_exact(amount / step, lang)
    if lang == "zh":
        return f"{number} {word}{currency}" + ("/亩" if is_per_mu else "")
    return f"{'USD' if unit.endswith('usd') else 'CNY'} {number}{word}" + (" per mu" if is_per_mu else "")


def format_exact(value: float | Decimal, lang: str) -> str:
    """A number as it is known: grouped, with every decimal that it has.

    >>> format_exact(1234.50, "en"), format_exact(3.0, "zh")
    ('1,234.5', '3')
    """
    return format_number(float(value), decimals_of(value), lang)


def decimals_of(value: float | Decimal) -> int:
    """How many decimals a number has, written as short as it can be.

    >>> decimals_of(0.25), decimals_of(500.0)
    (2, 0)
    """
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _factor(unit: str) -> float:
    try:
        return _M2_PER[unit]
    except KeyError:
        known = ", ".join(_M2_PER)
        raise QueryError(
            f"Unknown unit of area {unit!r}; use one of {known}.",
            f"不认识的面积单位 {unit!r}；可用：{known}。",
        ) from None


def format_number(value: float, decimals: int, lang: str) -> str:
    """`value` rounded half up to `decimals` (negative: tens, hundreds), with the thousands mark of the language.

    Chinese uses a thin space from four digits on, English a comma; minus is U+2212.

    >>> format_number(10000, 0, "en"), format_number(-13.46, 1, "en"), format_number(1234.5, -2, "en")
    ('10,000', '−13.5', '1,200')
    """
    scale = 10.0**decimals
    rounded = math.floor(abs(value) * scale + 0.5) / scale
    text = f"{rounded:,.{max(decimals, 0)}f}"
    if lang == "zh":
        text = text.replace(",", _THIN_SPACE)
    return f"−{text}" if value < 0 and rounded else text


def format_area(area_m2: float, unit: str, lang: str, *, u_m2: float | None = None) -> str:
    """An area as people read it, with its 95 % bound if there is one.

    The bound keeps two digits if it begins with 100 to 354, else one, and the value is rounded to the same digit.
    Without a bound: km2 two decimals, ha and mu one, m2 none.

    >>> format_area(6_700_000.0, "km2", "en", u_m2=2_000_000.0)
    '6.7 ± 2.0 km²'
    >>> format_area(569_000.0, "ha", "en")
    '56.9 ha'
    """
    value = from_m2(area_m2, unit)
    name = unit_name(unit, lang)
    if u_m2 is None:
        return f"{format_number(value, {'km2': 2, 'ha': 1, 'mu': 1}.get(unit, 0), lang)} {name}"
    bound = from_m2(u_m2, unit)
    decimals = bound_decimals(bound)
    return f"{format_number(value, decimals, lang)} ± {format_number(bound, decimals, lang)} {name}"


def unit_name(unit: str, lang: str) -> str:
    """The name of a unit as it stands behind a figure.

    >>> unit_name("mu", "zh"), unit_name("km2", "en")
    ('亩', 'km²')
    """
    names = _NAMES["zh" if lang == "zh" else "en"]
    if unit not in names:
        _factor(unit)
    return names[unit]


def bound_decimals(bound: float) -> int:
    """The decimals that a 95 % bound deserves: two significant digits from 100 to 354, else one; 0 for no bound.

    >>> [bound_decimals(b) for b in (2.0, 0.35, 0.4, 3000, 1.4, 0.0)]
    [1, 2, 1, -2, 1, 0]
    """
    if bound <= 0 or not math.isfinite(bound):
        return 0
    exponent = math.floor(math.log10(bound))
    leading = bound / 10.0**exponent
    return (1 if leading < 3.545 else 0) - exponent
