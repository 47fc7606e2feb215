"""The blocks a body may hold, in the order the picker shows them, and the way to one by its name."""

from wagtail.blocks import StreamBlock
from wagtail.documents.blocks import DocumentChooserBlock

from news.blocks import data, guidance, media, special, text
from news.blocks.contract import BodyBlock


class BodyStream(StreamBlock):
    """The body of an article or a standard page."""

    paragraph = text.ParagraphBlock()
    heading = text.HeadingBlock()
    list = text.ListBlock()
    quote = text.QuoteBlock()
    pull_quote = text.PullQuoteBlock()
    callout = text.CalloutBlock()
    divider = text.DividerBlock()
    image = media.ImageBlock()
    gallery = media.GalleryBlock()
    video = media.VideoBlock()
    audio = media.AudioBlock()
    documents = media.DocumentsBlock()
    table = data.TableBlock()
    key_figures = data.KeyFiguresBlock()
    chart = data.ChartBlock()
    timeline = data.TimelineBlock()
    steps = guidance.StepsBlock()
    faq = guidance.FaqBlock()
    accordion = guidance.AccordionBlock()
    event = guidance.EventBlock()
    contact = guidance.ContactBlock()
    related = guidance.RelatedBlock()
    claim_review = special.ClaimReviewBlock()
    live_updates = special.LiveUpdatesBlock()
    right_of_reply = special.RightOfReplyBlock()
    embed = media.EmbedBlock()


class AttachmentStream(StreamBlock):
    """Files that belong to an article as a whole."""

    document = DocumentChooserBlock()


BODY_BLOCKS = BodyStream()
ATTACHMENT_BLOCKS = AttachmentStream()


def block_of(name: str) -> BodyBlock:
    """Return the block called `name`; a KeyError names a block that no longer exists."""
    return BODY_BLOCKS.child_blocks[name]


def names_with_data() -> list[str]:
    """Return the names of the blocks that may have a file with their data beside the page."""
    has = BodyBlock.data_file
    return [name for name, block in BODY_BLOCKS.child_blocks.items() if type(block).data_file is not has]


def names() -> list[str]:
    """Return the names of all blocks of a body."""
    return list(BODY_BLOCKS.child_blocks)
