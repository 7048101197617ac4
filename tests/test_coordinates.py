import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.errors import QueryError
from geo.formats.coordinates import read_position

LON, LAT = 116.0437, 28.7052
TO_PLANE = Transformer.from_crs(4490, 4548, always_xy=True)
X, Y = TO_PLANE.transform(LON, LAT)  # easting, northing


@pytest.mark.parametrize(
    "text",
    [
        "116.0437, 28.7052",
        "116.0437 28.7052",
        "28.7052,116.0437",
        "28.7052；116.0437",
        "１１６．０４３７，２８．７０５２",
        "116.0437° E  28.7052° N",
        "116.0437E 28.7052N",
        "N 28.7052 E 116.0437",
        "lon 116.0437 lat 28.7052",
        "东经116.0437° 北纬28.7052°",
        "经度：116.0437，纬度：28.7052",
        "116°02'37.32\"E, 28°42'18.72\"N",
        "28°42'18.72\"N 116°2'37.32\"E",
        "东经116度2分37.32秒 北纬28度42分18.72秒",
        "116°2.622' 28°42.312'",
    ],
)
def test_degrees_are_read_in_any_order_and_dress(text: str) -> None:
    (found,) = read_position(text, "EPSG:4548")
    assert (found.lon, found.lat) == pytest.approx((LON, LAT), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (f"{Y:.3f}, {X:.3f}", "X north, Y east"),
        (f"{X:.3f} {Y:.3f}", "easting, northing"),
        (f"X={Y:.3f} Y={X:.3f}", "X north, Y east"),
        (f"X: {X:.3f}, Y: {Y:.3f}", "easting, northing"),
        (f"E {X:,.1f} N {Y:,.1f}".replace(",", "\u2009"), "easting, northing"),
        (f"E {X:,.1f}  N {Y:,.1f}", "easting, northing"),
        (f"{Y:.3f}, {X + 39_000_000:.3f}", "X north, Y east, zone 39"),
        (f"{X + 39_000_000:.3f} {Y:.3f}", "zone 39"),
    ],
)
def test_metres_are_told_apart_by_their_ranges(text: str, how: str) -> None:
    (found,) = read_position(text, "EPSG:4548")
    assert TO_PLANE.transform(found.lon, found.lat) == pytest.approx((X, Y), abs=0.06)
    assert how in found.how_en
    assert found.how_zh


@pytest.mark.parametrize("text", ["", "瑶湖", "12", "1 2 3", "Changdong Avenue 7666", "G70", "a,b", "116.05,", "--1 2"])
def test_what_is_no_pair_of_numbers_is_no_position(text: str) -> None:
    assert read_position(text, "EPSG:4548") == ()


@pytest.mark.parametrize("text", ["3176000, 20406000", "1000 2000", "3176000 3176000", "200, 95", "170, 120"])
def test_pair_that_fits_nowhere_says_what_would(text: str) -> None:
    with pytest.raises(QueryError, match="EPSG:4548"):
        read_position(text, "EPSG:4548")


def test_two_readings_are_both_returned() -> None:
    assert len(read_position("10, 20", "EPSG:4548")) == 2


@given(st.floats(115.6, 118.4), st.floats(28.0, 29.4))
def test_what_the_status_bar_prints_is_read_back(lon: float, lat: float) -> None:
    easting, northing = TO_PLANE.transform(lon, lat)
    for text in (f"{lon:.6f}, {lat:.6f}", f"E {easting:,.2f} N {northing:,.2f}".replace(",", " ")):
        (found,) = read_position(text, "EPSG:4548")
        assert (found.lon, found.lat) == pytest.approx((lon, lat), abs=1e-6)
