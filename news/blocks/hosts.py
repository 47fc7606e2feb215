"""The other hosts whose content a body may show, and only after a click: an allow-list."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")


@dataclass(frozen=True)
class Frame:
    """What a click loads: the address of a frame, and whose it is."""

    url: str
    provider: str


@dataclass(frozen=True)
class _Rule:
    provider: str
    host: re.Pattern[str]
    path: re.Pattern[str]
    frame: str  # `{0}` is the first group of `path`, `{url}` the whole address, `{query}` its query


_RULES = (
    _Rule("Instagram", re.compile(r"(www\.)?instagram\.com"), re.compile(r"/(?:p|reel)/([\w-]+)/?"),
          "https://www.instagram.com/p/{0}/embed/"),
    _Rule("TikTok", re.compile(r"(www\.)?tiktok\.com"), re.compile(r"/@[\w.-]+/video/(\d+)/?"),
          "https://www.tiktok.com/embed/v2/{0}"),
    _Rule("Facebook", re.compile(r"(www\.)?facebook\.com"),
          re.compile(r"/[\w.-]+/(?:posts|videos)/[\w.-]+/?()"),
          "https://www.facebook.com/plugins/post.php?href={url}"),
    _Rule("Google Maps", re.compile(r"www\.google\.(?:com|co\.id)"), re.compile(r"/maps/embed()"),
          "https://www.google.com/maps/embed?{query}"),
    _Rule("Google Formulir", re.compile(r"docs\.google\.com"), re.compile(r"/forms/d/e/([\w-]+)/viewform"),
          "https://docs.google.com/forms/d/e/{0}/viewform?embedded=true"),
    _Rule("OpenStreetMap", re.compile(r"www\.openstreetmap\.org"), re.compile(r"/export/embed\.html()"),
          "https://www.openstreetmap.org/export/embed.html?{query}"),
)  # fmt: skip
_OFFICIAL = re.compile(r"(?:[a-z0-9-]+\.)*(?:kpu|bawaslu|bps|kemendagri|bantenprov)\.go\.id")
PROVIDERS = ("YouTube", *(rule.provider for rule in _RULES), "kpu.go.id")
FRAME_HOSTS = (
    "www.youtube-nocookie.com", "www.instagram.com", "www.tiktok.com", "www.facebook.com", "www.google.com",
    "docs.google.com", "www.openstreetmap.org", "*.go.id",
)  # fmt: skip


def web_address(raw: object) -> str:
    """Return an address a link may lead to; "" for anything but http and https."""
    text = str(raw or "").strip()
    return text if re.match(r"https?://[^\s/]", text, re.I) else ""


def youtube_id(raw: str | None) -> str:
    """Return the id of a YouTube video from its address or from the id itself; "" if it is neither."""
    text = (raw or "").strip()
    if _YOUTUBE_ID.fullmatch(text):
        return text
    parts = _split(text)
    if parts is None:
        return ""
    host, path, query = parts
    host = host.removeprefix("www.").removeprefix("m.")
    if host == "youtu.be":
        found = path.strip("/")
    elif host in {"youtube.com", "youtube-nocookie.com"}:
        found = parse_qs(query).get("v", [""])[0] or path.strip("/").rpartition("/")[2]
    else:
        return ""
    return found if _YOUTUBE_ID.fullmatch(found) else ""


def youtube_frame(video_id: str) -> Frame:
    """Return the player that sets no cookie before it plays."""
    return Frame(f"https://www.youtube-nocookie.com/embed/{video_id}", "YouTube")


def frame_for(url: str | None) -> Frame | None:
    """Return the frame that shows `url`; None if its host is not allowed."""
    parts = _split(url)
    if parts is None:
        return None
    host, path, query = parts
    if video := youtube_id(url):
        return youtube_frame(video)
    for rule in _RULES:
        if rule.host.fullmatch(host) and (match := rule.path.fullmatch(path)):
            return Frame(
                rule.frame.format(match[1], url=quote(str(url), safe=""), query=query), rule.provider
            )
    return Frame(str(url), host) if _OFFICIAL.fullmatch(host) else None


def is_official_file(url: str | None) -> bool:
    """Return whether a film or a sound lies on a host of the state."""
    parts = _split(url)
    return parts is not None and bool(re.fullmatch(r"(?:[a-z0-9-]+\.)+go\.id", parts[0]))


def _split(url: object) -> tuple[str, str, str] | None:
    """Return host, path and query of a plain https address; None for anything else (a port, a user, ...)."""
    try:
        parts = urlsplit(str(url or "").strip())
    except ValueError:
        return None
    if parts.scheme != "https" or not parts.hostname or parts.netloc.lower() != parts.hostname:
        return None
    return parts.hostname, parts.path, parts.query
