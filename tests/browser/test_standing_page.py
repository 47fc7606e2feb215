"""A reader opens a page that is no news: the title, what it is about and its text are told apart at a glance."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_reader_sees_title_lead_and_text_of_a_standing_page_apart(
    address: str, open_browser: Callable[..., BrowserContext], viewport: dict[str, int]
):
    page = open_browser(viewport=viewport, scheme="light").new_page()
    page.goto(f"{address}/tentang/")
    title, lead, text = (page.locator(f".page > {each}") for each in ("h1", ".lead", ".body"))
    assert _room_between(title, lead) >= 10
    assert _room_between(lead, text) >= 20


def _room_between(above: Locator, below: Locator) -> float:
    over, under = above.bounding_box(), below.bounding_box()
    assert over and under
    return under["y"] - over["y"] - over["height"]
