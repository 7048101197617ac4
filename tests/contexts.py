"""Contexts of the browser that stay from test to test, with full caches and with nothing else of the test before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page

# Everything that a page can store, except its HTTP cache; sessionStorage goes with the page.
_STORED = "cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage,storage_buckets"


@dataclass(frozen=True)
class Kept:
    """A context that stays, and the page that keeps its process: with CHROMIUM_ARGUMENTS all its pages share one."""

    context: BrowserContext
    keeper: Page
    session: CDPSession
    permissions: list[str]
    origins: set[str] = field(default_factory=set)

    def empty(self) -> None:
        """Close the pages, and take back what they stored and what a test may have set for all of them.

        Scripts and bindings that a test adds to the context stay: such a test opens its page with `fresh=True`.
        """
        for page in self.context.pages:
            if page != self.keeper:
                self.origins.add(_origin(page.url))
                page.close()
        for origin in self.origins:
            self.session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": _STORED})
        self.origins.clear()
        self.context.clear_cookies()
        self.context.unroute_all()
        self.context.set_offline(False)
        self.context.clear_permissions()
        if self.permissions:
            self.context.grant_permissions(self.permissions)


class Contexts:
    """One kept context for each set of options: a page from a full cache takes a third less of the time."""

    def __init__(self, browser: Browser) -> None:
        """Nothing is open at first."""
        self._browser = browser
        self._kept: dict[str, Kept] = {}
        self._used: set[str] = set()
        self._fresh: list[BrowserContext] = []

    def page(self, url: str, *, is_fresh: bool, **options: Any) -> Page:
        """A blank page for `url`, in the kept context of these options or in a context of its own."""
        if is_fresh:
            self._fresh.append(self._browser.new_context(**options))
            return self._fresh[-1].new_page()
        name = repr(sorted(options.items()))
        if name not in self._kept:
            self._kept[name] = self._keep(url, options)
        self._used.add(name)
        self._kept[name].origins.add(_origin(url))
        return self._kept[name].context.new_page()

    def empty(self) -> list[str]:
        """End a test: close its pages and empty the contexts that it used; what went wrong meanwhile."""
        faults = []
        for name in sorted(self._used):
            try:
                self._kept[name].empty()
            except Error as error:
                faults.append(str(error))
                self._fresh.append(self._kept.pop(name).context)
        for context in self._fresh:
            try:
                context.close()
            except Error as error:
                faults.append(str(error))
        self._used, self._fresh = set(), []
        return faults

    def _keep(self, url: str, options: dict[str, Any]) -> Kept:
        context = self._browser.new_context(**options)
        keeper = context.new_page()
        keeper.goto(f"{_origin(url)}/healthz")
        return Kept(context, keeper, context.new_cdp_session(keeper), options.get("permissions", []))


def _origin(url: str) -> str:
    scheme, host = urlsplit(url)[:2]
    return f"{scheme}://{host}"
