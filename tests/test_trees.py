"""Whatever stops the disk in the middle of a batch, the tree ends up as a clean build would give it."""

import shutil

import pytest

from tests.test_publishing import address

pytestmark = pytest.mark.django_db


def test_article_withdrawn_while_its_batch_was_stuck_in_the_middle_leaves_nothing(site, write):
    write("Tetap ada")
    site.publish()
    article = write("Segera ditarik")
    in_the_way = site.folder / address(article).strip("/") / "index.json"
    (in_the_way / "penghalang").mkdir(parents=True)
    with pytest.raises(OSError, match=r"index\.json"):
        site.publish()
    shutil.rmtree(in_the_way)
    article.unpublish()
    site.publish()
    assert site.page(address(article)) == ""
    assert site.differences() == []
