"""What the search knows of an article."""

from django.db import models

from news.models import NewsArticlePage


class Document(models.Model):
    """The words of a live article, folded; the engines' index of it is made in the migrations.

    SQLite keeps its index by triggers on this table. A later migration that alters the table must make them
    anew, because Django copies and drops the table there.
    """

    article = models.OneToOneField(
        NewsArticlePage, on_delete=models.CASCADE, primary_key=True, related_name="search_document"
    )
    text = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.article_id}"
