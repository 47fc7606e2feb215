"""Words for or against contestants: an error in a declared quiet period, a warning at any other time."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Level
from news.preflight.article import READ, Article, QuietPeriod, Role, Text

_CONTESTANT = (
    r"(?:paslon|pasangan\s+calon|caleg|capres|cawapres|cagub|cawagub|cabup|cawabup|cawalkot"
    r"|calon\s+(?:presiden|gubernur|bupati|wali\s?\s?kota|anggota\s+\w+)|partai(?:\s+politik)?)"
)
_NUMBER = r"(?:\s+(?:nomor|no\.?)(?:\s+urut)?)?\s+\d{1,2}\b"
# Calls to vote for somebody, and judgement that an organiser does not pass.
_JUDGEMENT = re.compile(
    rf"\b(?:coblos|pilih(?:lah)?|dukung(?:lah)?|menangkan)\s+(?:(?:{_CONTESTANT}){_NUMBER}|nomor(?:\s+urut)?\s+\d{{1,2}}\b)"
    r"|\b(?:calon|paslon|pasangan\s+calon|partai)\s+(?:terbaik|terkuat|paling\s+layak|pilihan\s+rakyat)\b"
    r"|\b(?:unggul|menang|kalah)\s+telak\b|\b(?:tidak\s+)?layak\s+(?:dipilih|memimpin)\b|\bpasti\s+menang\b",
    re.I,
)
_NAMED = re.compile(rf"\b{_CONTESTANT}{_NUMBER}", re.I)
_ASKED = READ - {Role.NAME, Role.CONTACT, Role.DATELINE}


def check_neutrality(article: Article) -> Iterator[Finding]:
    """Find what an organiser of elections must not say, or not now."""
    if not article.is_indonesian:
        return
    quiet = [each for each in article.around.quiet_periods if each.starts <= article.goes_out <= each.ends]
    terms = _pattern(quiet)
    for text in article.of(*_ASKED):
        for match in _JUDGEMENT.finditer(text.words):
            yield _about(text, match, quiet)
        for pattern in (terms, _NAMED) if terms else ():
            for match in pattern.finditer(text.words):
                yield _about(text, match, quiet)


def _pattern(quiet: list[QuietPeriod]) -> re.Pattern[str] | None:
    """Return what finds the contestants named in a quiet period; None outside of any."""
    if not quiet:
        return None
    terms = [re.escape(term) for period in quiet for term in period.terms]
    return re.compile(rf"(?<!\w)(?:{'|'.join(terms) or '(?!)'})(?!\w)", re.I)


def _about(text: Text, match: re.Match[str], quiet: list[QuietPeriod]) -> Finding:
    nth = text.nth(match[0], match.start())
    if quiet:
        words = _("“%(words)s” tidak boleh terbit pada %(period)s. Hapus, atau tunda terbitnya.")
        message = words % {"words": match[0], "period": quiet[0].name}
        return Finding(
            "neutrality", Level.ERROR, message, text.place, found=match[0], nth=nth, basis=quiet[0].name
        )
    message = _("“%(words)s” dapat terbaca memihak. Tulis dengan kata yang netral.") % {"words": match[0]}
    return Finding("neutrality", Level.WARNING, message, text.place, found=match[0], nth=nth)
