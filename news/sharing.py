"""Where a reader may pass an article on: plain links, in the order Indonesian readers use them."""

from urllib.parse import quote, urlencode

from cms.publishing.office import Link


def share_links(title: str, full_url: str) -> list[Link]:
    """Return the links that hand `title` and `full_url` to WhatsApp, Facebook, X and Telegram."""

    def address(door: str, **given: str) -> str:
        return f"{door}?{urlencode(given, quote_via=quote, safe='')}"

    return [
        Link("WhatsApp", address("https://wa.me/", text=f"{title}\n{full_url}"), "whatsapp"),
        Link("Facebook", address("https://www.facebook.com/sharer/sharer.php", u=full_url), "facebook"),
        Link("X", address("https://x.com/intent/post", text=title, url=full_url), "x"),
        Link("Telegram", address("https://t.me/share/url", url=full_url, text=title), "telegram"),
    ]
