"""An operator measures an installation."""

import pytest

from news.benchmarks import knocking
from news.benchmarks.corpus import article, write_corpus
from news.benchmarks.measures import BENCHES, Scene
from news.models import NewsArticlePage


def test_invented_news_is_the_same_every_time(tmp_path):
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    assert list(write_corpus(first, 120)) == [100, 120]
    list(write_corpus(second, 120))
    assert first.read_bytes() == second.read_bytes()
    assert article(7) != article(8)


@pytest.mark.django_db
def test_operator_gets_figures_of_every_part_that_needs_articles(index, tmp_path):
    scene = Scene(tmp_path / "corpus.jsonl", tmp_path, lambda done, total: None)
    list(write_corpus(scene.corpus, 40))
    figures = {
        figure.name: figure
        for name in ("import", "render", "live", "search")
        for figure in BENCHES[name](scene)
    }
    assert figures["import: articles taken"].value == NewsArticlePage.objects.count() == 40
    assert figures["import: lines refused"].is_kept
    assert figures["import: tree problems"].is_kept
    assert figures["article: rendered"].value == 40
    assert figures["live article: queries"].is_kept
    assert figures["live index: queries"].is_kept


@pytest.mark.django_db
def test_operator_gets_the_figures_of_the_server_without_another_program(index, write, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")  # no wrk
    monkeypatch.setattr(knocking, "SECONDS", 0.1)
    write("Rapat pleno dibuka")
    rate, clock = BENCHES["server"](Scene(tmp_path / "corpus.jsonl", tmp_path, lambda done, total: None))
    assert rate.value > 0
    assert clock.value == pytest.approx(1_000_000 / rate.value)
