"""Who is no reader: crawlers, link previews, programs, and browsers that fetch before anybody looks."""

import re

from django.http import HttpRequest

# "bot" but not the telephones called Cubot. Facebook's and Telegram's apps are people; their previewers
# (facebookexternalhit, TelegramBot) are not. WhatsApp opens links in the telephone's browser, so that an
# agent called WhatsApp is always its previewer.
_ROBOT = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|preview|facebookexternalhit|facebookcatalog|meta-external|whatsapp|"
    r"headless|phantomjs|puppeteer|playwright|selenium|webdriver|lighthouse|pagespeed|gtmetrix|pingdom|"
    r"monitor|uptime|validator|scan|archiver|feed|rss|python|curl|wget|libwww|httpx|aiohttp|okhttp|"
    r"go-http|java/|jakarta|perl|ruby|php/|node|axios|postman|insomnia|dataprovider|mediapartners",
    re.IGNORECASE,
)
_EARLY = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_AGENT_MIN = 12  # characters; a browser says more of itself


def is_robot(request: HttpRequest) -> bool:
    """Return whether the request comes from a program rather than from somebody who reads."""
    agent = request.headers.get("User-Agent", "")
    if len(agent) < _AGENT_MIN or _ROBOT.search(agent):
        return True
    if "headless" in request.headers.get("Sec-CH-UA", "").lower():
        return True
    early = " ".join(request.headers.get(name, "") for name in _EARLY).lower()
    return "prefetch" in early or "preview" in early or "prerender" in early
