"""The only receivers of publishing: each notes that something readers may see has moved, in its transaction."""

from collections.abc import Callable

from django.apps import AppConfig
from django.db import connection, models
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, post_page_move, pre_page_move

from cms.media.models import Document, Image, Rendition
from cms.publishing import epoch, former_lists, outbox, scheduling
from cms.publishing.former import note_departure, note_subtree_departure

# Fields of a page that no reader sees: a draft, its revisions, who locks it, what it waits for.
UNSEEN = frozenset(
    {
        "latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", "locked",
        "locked_at", "locked_by", "live_revision", "expired", "go_live_at", "expire_at", "numchild",
        "comments", "owner", "content_type", "search_index",
    }
)  # fmt: skip

_keys_of: dict[type[models.Model], tuple[Callable[[models.Model], set[str]], bool]] = {}
_page_of: dict[type[models.Model], str] = {}
_also_of_aliases: set[type[models.Model]] = set()


def register_shown_model(
    model: type[models.Model], keys: Callable[[models.Model], set[str]], *, new_ones: bool = True
) -> None:
    """Let a saved or deleted row of `model` (of an upper layer) be a change of `keys(row)`.

    `new_ones`: also a row that has just been made.
    """
    _keys_of[model] = keys, new_ones


def register_child_model(model: type[models.Model], foreign_key: str, *, with_aliases: bool = False) -> None:
    """Let a row of `model` be part of the page its `foreign_key` names; `with_aliases`: and of its aliases."""
    _page_of[model] = foreign_key
    if with_aliases:
        _also_of_aliases.add(model)


def _is_watched(sender: type) -> bool:
    fixed = (Site, Locale, PageViewRestriction, CollectionViewRestriction, Image, Document, Redirect)
    # A new rendition shows nothing by itself: the picture it is made of is saved when all are there.
    plain = (Rendition, Collection)
    return (
        sender in fixed
        or sender in plain
        or sender in _keys_of
        or sender in _page_of
        or issubclass(sender, Page)
    )


def _before_page(sender: type, instance: models.Model, raw: bool = False, **kwargs: object) -> None:
    """Keep what readers saw of a page until now: whether it was live, and where."""
    if not isinstance(instance, Page) or raw or not instance.pk or _is_unseen(kwargs.get("update_fields")):
        return
    found = Page.objects.filter(pk=instance.pk).values_list("live", "path", "url_path", "numchild").first()
    instance._seen_before = found
    note_departure(instance, found)


def _before_child(sender: type, instance: models.Model, raw: bool = False, **kwargs: object) -> None:
    """Note the page a row is part of until now, if it is about to be part of another."""
    if raw or sender not in _page_of or not instance.pk:
        return
    before = sender._default_manager.filter(pk=instance.pk).first()  # ty: ignore[unresolved-attribute]
    page = getattr(before, _page_of[sender]) if before else None
    if page and page.live and page.pk != getattr(instance, f"{_page_of[sender]}_id"):
        outbox.note_page(page)


def _before_list(sender: type, instance: models.Model, raw: bool = False, **kwargs: object) -> None:
    if not raw:
        former_lists.note_departure(instance)


def _before_redirect(sender: type, instance: Redirect, raw: bool = False, **kwargs: object) -> None:
    """Keep where a redirect stood until now."""
    if not raw and instance.pk:
        known = Redirect.objects.filter(pk=instance.pk).values_list("old_path", "site_id")
        instance._seen_before = known.first()  # ty: ignore[unresolved-attribute]


def _is_unseen(fields: object) -> bool:
    return fields is not None and set(fields) <= UNSEEN


def _note_saved(sender: type, instance: models.Model, raw: bool = False, **kwargs: object) -> None:
    if raw or not _is_watched(sender):
        return
    epoch.advance()
    if isinstance(instance, Page):
        if not _is_unseen(kwargs.get("update_fields")):
            _note_page(instance, bool(kwargs.get("created")))
    else:
        _note_row(instance, is_new=bool(kwargs.get("created")))


def _note_page(page: Page, is_new: bool) -> None:
    before = page.__dict__.pop("_seen_before", None)
    was_live = bool(before and before[0])
    if not (page.live or was_live):
        return  # a draft that stays one: readers see nothing of it
    has_moved = bool(before and before[2] != page.url_path and before[3])
    outbox.note_page(page, with_below=has_moved)


def _note_row(row: models.Model, is_new: bool = False) -> None:
    match row:
        case Image() | Document() | Rendition():
            if not is_new:  # nothing shows it yet
                _note_file(row)
        case PageViewRestriction():
            outbox.note_page(row.page, with_below=True)
        case Redirect():
            _note_redirect(row)
        case Site() | Locale():
            outbox.note_office(None, str(row))
        case CollectionViewRestriction():
            _note_files_in(row.collection)
        case Collection() if not is_new:  # it may be about to move below a private one, or out of it
            _note_files_in(row)
        case _:
            _note_own_row(row, is_new)


def _note_redirect(row: Redirect) -> None:
    keys = {"redirects", f"output:stub:r{row.pk}"}
    before = row.__dict__.pop("_seen_before", None) or (row.old_path, row.site_id)
    keys |= {f"way:{path.rstrip('/')}/" for path in (row.old_path, before[0])}
    for site_id in {row.site_id, before[1]}:
        outbox.note_keys(keys, row.old_path, site_id)


def _note_file(row: Image | Document | Rendition) -> None:
    if isinstance(row, Rendition):
        outbox.note_keys({f"image:{row.image_id}"})
    else:
        outbox.note_keys({f"{'image' if isinstance(row, Image) else 'document'}:{row.pk}"}, row.title)


def _note_files_in(collection: Collection) -> None:
    """Note every picture and document of a collection and of those below it: who may have them may have changed."""
    keys = {
        f"{kind}:{pk}"
        for kind, model in (("image", Image), ("document", Document))
        for pk in model.objects.filter(collection__path__startswith=collection.path).values_list(
            "pk", flat=True
        )
    }
    if keys:
        outbox.note_keys(keys, collection.name)


def _note_own_row(row: models.Model, is_new: bool) -> None:
    """Note a row of a model an upper layer has registered; a new one nothing shows yet."""
    if type(row) in _page_of:
        page = getattr(row, _page_of[type(row)])
        aliases = list(page.aliases.filter(live=True)) if type(row) in _also_of_aliases else []
        for each in [*([page] if page.live else []), *aliases]:
            outbox.note_page(each)
    elif type(row) in _keys_of:
        keys, new_ones = _keys_of[type(row)]
        if new_ones or not is_new:
            outbox.note_keys(keys(row) | former_lists.keys_of(row), str(row))


def _note_deleted(sender: type, instance: models.Model, **kwargs: object) -> None:
    if not _is_watched(sender):
        return
    epoch.advance()
    if not isinstance(instance, Page):
        _note_row(instance)


def _before_deletion(sender: type, instance: models.Model, **kwargs: object) -> None:
    if isinstance(instance, Page) and instance.live:
        note_departure(instance, (True, instance.path, instance.url_path, 0), is_leaving=True)
        outbox.note_page(instance)
    former_lists.note_departure(instance, is_leaving=True)


def _before_move(instance: Page, **kwargs: object) -> None:
    note_subtree_departure(instance)
    outbox.note_page(instance, with_below=True)  # for the office it leaves


def _after_move(instance: Page, **kwargs: object) -> None:
    epoch.advance()
    outbox.note_page(instance, with_below=True)


def _after_new_slug(instance: Page, **kwargs: object) -> None:
    epoch.advance()


def _after_migration(**kwargs: object) -> None:
    if Page._meta.db_table in connection.introspection.table_names():
        scheduling.index_expiry()


def connect(config: AppConfig) -> None:
    """Connect the receivers, once, when the applications are ready."""
    post_migrate.connect(_after_migration, sender=config, dispatch_uid="publishing-expiry")
    pre_save.connect(_before_page, dispatch_uid="publishing-before")
    pre_save.connect(_before_child, dispatch_uid="publishing-before-child")
    pre_save.connect(_before_list, dispatch_uid="publishing-before-list")
    post_save.connect(_note_saved, dispatch_uid="publishing-saved")
    pre_save.connect(_before_redirect, sender=Redirect, dispatch_uid="publishing-before-redirect")
    pre_delete.connect(_before_deletion, dispatch_uid="publishing-leaving")
    post_delete.connect(_note_deleted, dispatch_uid="publishing-deleted")
    pre_page_move.connect(_before_move, dispatch_uid="publishing-before-move")
    post_page_move.connect(_after_move, dispatch_uid="publishing-move")
    page_slug_changed.connect(_after_new_slug, dispatch_uid="publishing-slug")
