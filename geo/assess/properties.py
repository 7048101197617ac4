"""What the properties of a file say of a site: its land use, its indicators, how well its outline is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.assess.facts import INDICATORS, LAND_USE, Candidate
from geo.catalogue import Scalar
from geo.errors import QueryError
from geo.formats.geojson import Note, Site
from geo.view import SYMBOLIC

ACCURACY, BASIS = "accuracy_m", "geometry_basis"
MOST_ACCURACY_M = 10_000.0
_READ = (LAND_USE, *INDICATORS)
_SHOWN, _LISTED = 40, 4


def candidate(site: Site) -> Candidate:
    """A site of a file to be assessed; QueryError, with the number of the feature, for a property that is no value.

    >>> import shapely
    >>> candidate(Site(1, 1, shapely.box(116, 28, 117, 29), {"accuracy_m": 20, "far": 1.5}, ())).accuracy_m
    20.0
    """
    try:
        found = Candidate(site.geometry, site.properties, _accuracy_m(site.properties.get(ACCURACY)))
        _ = found.land_use, found.indicators  # read here, where the feature can be named
    except QueryError as error:
        raise QueryError(f"Feature {site.feature}: {error.en}", f"第 {site.feature} 个要素：{error.zh}") from None
    return found


def agreed(sites: Sequence[Site]) -> tuple[dict[str, Scalar], tuple[Note, ...]]:
    """The properties of several features as one site: those that all who give them give alike, and a note for others.

    >>> import shapely
    >>> box = shapely.box(116, 28, 117, 29)
    >>> pair = [Site(1, 1, box, {"far": 1.5, "land_use": "0802"}, ()), Site(2, 2, box, {"far": 2}, ())]
    >>> kept, notes = agreed(pair)
    >>> kept, notes[0].en
    ({'land_use': '0802'}, 'The features give far differently (1.5, 2): it is left out, and nothing is judged by it.')
    """
    kept: dict[str, Scalar] = {}
    notes = []
    for name in _READ:
        given = [site.properties[name] for site in sites if site.properties.get(name) not in (None, "")]
        different = list(dict.fromkeys(given))
        if len(different) == 1:
            kept[name] = different[0]
        elif different:
            notes.append(_differing(name, different))
    return kept, tuple(notes)


def symbol_notes(sites: Sequence[Site]) -> tuple[Note, ...]:
    """The note that outlines are pictures of a size, if `geometry_basis` says so of a feature."""
    symbols = [site.feature for site in sites if site.properties.get(BASIS) == SYMBOLIC]
    if not symbols:
        return ()
    en, zh = ("The outline is", "轮廓为") if len(sites) == 1 else (_features_en(symbols), _features_zh(symbols))
    return (
        Note(
            "assumed_outline",
            f"{en} assumed: only size and centre are known; shares and verdicts hold for the assumed shape.",
            f"{zh}假定的形状：已知的只有面积和中心，占比与结论仅对该假定形状成立。",
        ),
    )


def _features_en(numbers: Sequence[int]) -> str:
    several = len(numbers) > 1
    return f"The outline{'s' * several} of feature{'s' * several} {_cut(numbers, ', ')} {'are' if several else 'is'}"


def _features_zh(numbers: Sequence[int]) -> str:
    return f"第 {_cut(numbers, '、')} 个要素的轮廓为"


def _cut(values: Iterable[object], between: str) -> str:
    texts = [str(value) for value in values]
    return between.join([*texts[:_LISTED], *(["…"] if len(texts) > _LISTED else [])])


def _differing(name: str, values: Sequence[Scalar]) -> Note:
    texts = [_plain(str(value)) for value in values]
    return Note(
        "properties_differ",
        f"The features give {name} differently ({_cut(texts, ', ')}): it is left out, and nothing is judged by it.",
        f"各要素的 {name} 不一致（{_cut(texts, '、')}）：不予采用，相关规则按未给出处理。",
    )


def _plain(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:_SHOWN])
    return shown if len(text) <= _SHOWN else f"{shown}…"


def _accuracy_m(value: Scalar) -> float:
    if value is None or value == "":
        return 0.0
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST_ACCURACY_M:
        return float(value)
    found = repr(value)[:_SHOWN]
    raise QueryError(
        f"{ACCURACY} is {found}; give the 95 % bound of the outline in metres, 0 to {MOST_ACCURACY_M:,.0f}.",
        f"{ACCURACY} 为 {found}；应为轮廓的 95% 界限，单位米，0 至 {MOST_ACCURACY_M:.0f}。",
    )
