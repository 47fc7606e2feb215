"""Where a reader may pass an article on: plain links, in the order Indonesian readers use them."""

from urllib.parse import quote

from cms.publishing.office import Link


def share_links(title: str, full_url: str) -> list[Link]:
    """Return the links that hand `title` and `full_url` to WhatsApp, Facebook, X and Telegram."""

    # An address is quoted in two steps because `quote` answers at once where every character may stay.
    url = quote(full_url, safe="/:").replace("/", "%2F").replace(":", "%3A")
    words = quote(title, safe="")
    return [
        Link("WhatsApp", f"https://wa.me/?text={words}%0A{url}", "whatsapp"),
        Link("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={url}", "facebook"),
        Link("X", f"https://x.com/intent/post?text={words}&url={url}", "x"),
        Link("Telegram", f"https://t.me/share/url?url={url}&text={words}", "telegram"),
    ]
