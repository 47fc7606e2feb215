"""The server's application (RSGI): the tree answers readers, Django whatever lives.

Answers from the tree leave no line in the log: writing one costs as much as the answer. A proxy before us
keeps that log.
"""

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.rsgi import HTTPProtocol, Scope

from cms.publishing.reading import addresses
from cms.publishing.reading.live_door import Application, LiveDoor
from cms.publishing.reading.moment import Moment, key_of
from cms.publishing.reading.private import PrivateAddresses
from cms.publishing.reading.sending import send
from cms.publishing.reading.taking import take_body
from cms.publishing.reading.tree_reader import Answer, Question, TreeReader
from cms.publishing.restrictions import private_addresses

THREADS = 4  # SQLite has one writer and the interpreter one lock: more threads only wait
ATTEMPTS = 3  # a large file may be replaced while we begin to send it


class Door:
    """Decides for each request who answers it, and sends what the tree answers."""

    def __init__(self, tree: TreeReader, private: PrivateAddresses, live: LiveDoor) -> None:
        self._tree = tree
        self._private = private
        self._live = live
        self._moment = Moment()

    async def __call__(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answer one request."""
        headers = scope.headers
        named = scope.authority or headers.get("host") or ""
        key = key_of(scope.method, named, scope.path, headers) if _is_secure_enough(headers) else None
        if key and (answer := self._moment.find(key)):
            proto.response_bytes(answer.status, answer.headers, answer.body)
            return
        asked = Question(scope.method, addresses.host_of(named), scope.path, scope.query_string, headers)
        if not self._is_for_tree(asked):
            await self._live.answer(scope, proto, named)
            return
        is_django_first = self._is_django_first(asked)
        for _attempt in range(ATTEMPTS):
            answer = self._tree.answer(asked)
            if answer is None or is_django_first:
                break
            if asked.method not in ("GET", "HEAD") and not await take_body(scope, proto):
                return
            if key:
                self._moment.keep(key, answer)
            if await send(proto, answer, asked.method):
                return
        await self._ask_django(scope, proto, named, answer)

    def _is_for_tree(self, asked: Question) -> bool:
        if not asked.host or addresses.is_live(asked.path):
            return False
        return _is_secure_enough(asked.headers)

    def _is_django_first(self, asked: Question) -> bool:
        """Tell whether this person may see at this address what is in no tree."""
        if _has_session(asked.headers):
            return True
        private = self._private.of(asked.host)
        return bool(private) and any(f"{asked.path}/".startswith(each) for each in private)

    async def _ask_django(
        self, scope: Scope, proto: HTTPProtocol, named: str, instead: Answer | None
    ) -> None:
        """Let Django answer; where it fails and the tree has the page, that is sent instead."""
        has_other = instead is not None and instead.status < 400
        is_sent = await self._live.answer(scope, proto, named, must_succeed=has_other)
        if instead and not is_sent:
            await send(proto, instead, scope.method)


def _is_secure_enough(asked: Any) -> bool:
    """Tell whether a site that wants https is asked so; if not, Django redirects."""
    if not settings.SECURE_SSL_REDIRECT:
        return True
    claimed = asked.get("x-forwarded-proto") if settings.SECURE_PROXY_SSL_HEADER else None
    return (claimed or "").partition(",")[0].strip() == "https"


def _has_session(asked: Any) -> bool:
    """Tell whether somebody of the newsroom asks, who sees the live page with Wagtail's bar."""
    if not asked.get("cookie"):
        return False
    name = settings.SESSION_COOKIE_NAME
    pairs = ";".join(asked.get_all("cookie")).split(";")
    return any(pair.partition("=")[0].strip() == name for pair in pairs)


def open_door(application: Application | None = None) -> Door:
    """Return the door of this installation, with Django behind it."""
    private = PrivateAddresses(private_addresses)
    private.refresh()
    live = LiveDoor(application or get_wsgi_application(), THREADS)
    return Door(TreeReader(settings.PUBLIC_ROOT), private, live)
