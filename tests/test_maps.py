"""The map's shell: what folium draws, and that text which reaches it stays text."""

import re
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

from webapp import maps

BOUNDS = (115.8, 28.6, 116.1, 28.9)
ROOT = Path(__file__).parent.parent
LAYERS = ("extent_2025", "rings", "parks", "water", "roads", "metro", "sites", "towns")
HOSTILE = "{{ 7*191 }}<img src=x onerror=alert(1)>${1}{% "


@pytest.fixture(scope="module")
def shell() -> maps.Shell:
    return maps.draw_shell(maps.pane_names(LAYERS), BOUNDS)


def test_panes_stand_in_draw_order() -> None:
    assert maps.pane_names(LAYERS) == (
        *("extent_2025", "rings", "parks", "water", "grid", "accuracy"),
        *("roads", "metro", "extent_lines", "sites", "towns", "selection", "labels"),
    )


def test_panes_layer_with_the_name_of_an_extra_pane_appears_once() -> None:
    names = maps.pane_names(["ring_lines", "water", "metro"])
    assert len(names) == len(set(names))
    assert names[0] == "ring_lines"


@pytest.mark.parametrize("layer_id", [HOSTILE, "", "A", "a b", "a-b", "a'", "水", "a\n"])
def test_panes_other_ids_are_refused(layer_id: str) -> None:
    with pytest.raises(ValueError, match="layer id"):
        maps.pane_names([layer_id])
    with pytest.raises(ValueError, match="pane name"):
        maps.draw_shell([layer_id], BOUNDS)


def test_shell_creates_the_panes_from_below(shell: maps.Shell) -> None:
    assert tuple(re.findall(r'createPane\(\s*"([a-z0-9_]+)"\)', shell.script)) == maps.pane_names(LAYERS)
    indexes = [int(text) for text in re.findall(r"zIndex = (\d+);", shell.script)]
    assert indexes == sorted(set(indexes))
    assert len(indexes) == len(maps.pane_names(LAYERS))
    assert indexes[0] > 400
    assert indexes[-1] < 600


def test_shell_has_one_element_with_the_fixed_id(shell: maps.Shell) -> None:
    assert re.findall(r'id="([^"]*)"', shell.html) == [maps.ELEMENT_ID]
    assert f'"{maps.ELEMENT_ID}"' in shell.script
    assert shell.script.endswith("window.atlasMap = atlas_map;")


def test_shell_asks_no_other_host(shell: maps.Shell) -> None:
    assert "//" not in shell.html + shell.script
    assert "<script" not in shell.html
    assert "<link" not in shell.html
    assert "<style" not in shell.html


def test_shell_has_no_tiles_and_no_attribution(shell: maps.Shell) -> None:
    assert "tileLayer" not in shell.script
    assert '"attributionControl": false' in shell.script


def test_shell_levels_and_scale(shell: maps.Shell) -> None:
    assert f'"minZoom": {maps.MIN_ZOOM}' in shell.script
    assert f'"maxZoom": {maps.MAX_ZOOM}' in shell.script
    assert len(re.findall(r"L\.Control\.Scale\(\s*\{\s*\"imperial\": false", shell.script)) == 1


def test_shell_centre_is_the_middle_of_the_bounds_latitude_first(shell: maps.Shell) -> None:
    centre = re.search(r"center: \[([\d.]+), ([\d.]+)\]", shell.script)
    assert centre is not None
    assert [float(text) for text in centre.groups()] == pytest.approx([28.75, 115.95])


def test_shell_text_given_to_branca_is_literal() -> None:
    maps.draw_shell([], BOUNDS)
    from branca.element import Element

    assert Element(HOSTILE).render() == HOSTILE


def test_shell_text_given_to_folium_is_literal() -> None:
    maps.draw_shell([], BOUNDS)
    import folium

    bare = folium.Map(tiles=None)
    folium.Marker((28.7, 116.0), tooltip=HOSTILE, popup=HOSTILE).add_to(bare)
    folium.GeoJson({"type": "Feature", "geometry": None, "properties": {HOSTILE: HOSTILE}}, name=HOSTILE).add_to(bare)
    drawn = bare.get_root().render()
    assert "1337" not in drawn
    assert "{{ 7*191 }}" in drawn


def test_twin_branca_as_delivered_executes_text() -> None:
    """What the two tests above guard against: as delivered, branca compiles finished text as a template."""
    code = "from branca.element import Element; print(Element('{{ 7*191 }}').render())"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "1337"
    with pytest.raises(jinja2.TemplateSyntaxError):
        jinja2.Template(HOSTILE)


def test_keeper_draws_once() -> None:
    keeper = maps.ShellKeeper(LAYERS, BOUNDS)
    assert keeper.start() is keeper.start()
    assert keeper.shell() is keeper.shell()


def test_keeper_bad_id_fails_at_once_not_in_the_background() -> None:
    with pytest.raises(ValueError, match="layer id"):
        maps.ShellKeeper([HOSTILE], BOUNDS)


def imported_after(code: str) -> set[str]:
    """Which of the slow packages a fresh Python holds after `code`."""
    slow = ("folium", "branca", "geopandas", "pandas", "exactextract", "pyogrio")
    program = f"import sys\n{code}\nprint(*(name for name in {slow} if name in sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(ran.stdout.split())


def test_folium_is_not_imported_before_a_map_is_asked_for() -> None:
    assert imported_after("import webapp.__main__") == set()


def test_folium_comes_with_the_shell_and_geopandas_never() -> None:
    code = f"from webapp import maps\nmaps.ShellKeeper({LAYERS}, {BOUNDS}).shell()"
    assert imported_after(code) == {"folium", "branca"}
