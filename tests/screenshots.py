"""Makes the pictures of README from the running app: `make screenshots`."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from geo.plan import load_plan
from tests.clients import project
from tests.clients.checks import NotInstalled
from tests.running import CHROMIUM_ARGUMENTS, ROOT, chromium_path, running_atlas

FOLDER = ROOT / "docs/pictures"
SETTLE_MS = 1200


@dataclass(frozen=True)
class Picture:
    """One picture: file name, address, size of the window, colour scheme."""

    name: str
    address: str
    width: int = 1440
    height: int = 900
    scheme: str = "light"


SITE = "site=0~116.0636,28.7078;116.0765,28.7070;116.0773,28.6965;116.0640,28.6972&use=1001&far=1.2"
PICTURES = (
    Picture("map-zh", "/?lang=zh&sel=science_island:island"),
    Picture("map-en-dark", "/?lang=en&sel=water:yaohu", scheme="dark"),
    Picture("reconcile-zh", "/reconcile?lang=zh#s1_extent_area"),
    Picture("time-zh", "/?lang=zh&theme=industry&year=2021"),
    Picture("projects-zh", "/projects?lang=zh&in_zone=yes,partly&year=2021-07"),
    Picture("trends-en", "/trends?lang=en&theme=industries"),
    Picture("place-zh", "/places/science_island:island?lang=zh"),
    Picture("assess-zh", f"/assess?lang=zh#{SITE}"),
    Picture("assess-en-dark", f"/assess?lang=en#{SITE}", scheme="dark"),
    Picture("assess-phone-zh", f"/assess?lang=zh#{SITE}", 390, 844),
    Picture("whatif-zh", "/whatif?lang=zh&rings=300,1200,3500"),
    Picture("export-zh", "/export?lang=zh&layer=all&ext=gpkg"),
    Picture("conflicts-en", "/conflicts?lang=en"),
    Picture("tour-phone-zh", "/?lang=zh&tour=6", 390, 844),
    Picture("phone-zh", "/?lang=zh&sel=science_island:island", 390, 844),
)


def main() -> None:
    """Starts the app on the shipped data, takes every picture, and ends it."""
    with (
        tempfile.TemporaryDirectory() as store,
        running_atlas(ROOT / "data", Path(store)) as atlas,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        for picture in PICTURES:
            window = {"width": picture.width, "height": picture.height}
            context = browser.new_context(viewport=window, color_scheme=picture.scheme, has_touch=picture.width < 761)
            page = context.new_page()
            page.goto(f"{atlas.url}{picture.address}")
            page.wait_for_selector("body[data-ready=true], body.page")
            if "/assess" in picture.address:
                page.wait_for_selector("body[data-answer=shown]")
            page.wait_for_timeout(SETTLE_MS)
            page.screenshot(path=FOLDER / f"{picture.name}.png")
            context.close()
            print(f"docs/pictures/{picture.name}.png")
        browser.close()
    _draw_in_qgis()


def _draw_in_qgis() -> None:
    """The exported project as QGIS draws it, where QGIS is installed."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            project.run(load_plan(ROOT / "data"), Path(folder))
        except NotInstalled as missing:
            print(f"NOT RUN: {missing}")
            return
        shutil.copyfile(Path(folder) / "qgis-zh.png", FOLDER / "qgis-zh.png")
    print("docs/pictures/qgis-zh.png")


if __name__ == "__main__":
    main()
