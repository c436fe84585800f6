"""Puts the parts together as the settings say. The only place that knows which implementation stands behind a seam."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from raadpleeg import models
from raadpleeg.answering.assistant import Assistant
from raadpleeg.answering.generators import open_generator
from raadpleeg.answering.prompting import read_ahead
from raadpleeg.answering.reranking import Reranker, encoder_of_reranker
from raadpleeg.indexing.building import Report, build, build_documents, known_documents
from raadpleeg.indexing.generation import open_index, read_manifest
from raadpleeg.reading.reader import read_corpus
from raadpleeg.records import Corpus, Encoder, Generator, Progress, no_progress
from raadpleeg.settings import Settings


def open_encoder(settings: Settings) -> Encoder:
    """Open the encoder.

    Raises:
        ModelUnavailable: its weights are missing or damaged.
    """
    from raadpleeg.indexing.embedding import SentenceTransformerEncoder

    source = models.encoder_folder(settings)
    weights = models.encoder_weights(source, settings.cache.expanduser())
    return SentenceTransformerEncoder(source, weights, settings.threads)


def open_reranker(encoder: Encoder) -> Reranker | None:
    """Open the reranker that comes with raadpleeg, or None where the encoder is another than it was made for.

    Raises:
        ModelUnavailable: its weights are damaged.
    """
    network = getattr(encoder, "network", None)
    if network is None or encoder_of_reranker() != encoder.weights:
        return None
    return Reranker(*network)


def open_writer(settings: Settings) -> Generator | None:
    """Open what writes answers, or None where the settings want quotations only.

    Raises:
        ModelUnavailable: its weights are missing or damaged, or the engine is not installed.
    """
    if settings.engine == "none":
        return None
    # A server knows its models by names of its own; nothing on this machine stands behind them.
    source = settings.generator if settings.engine == "openai" else models.generator_source(settings)
    return open_generator(settings, source)


def open_assistant(settings: Settings, quotes_only: bool = False) -> Assistant:
    """Open index, encoder and, unless only quotations are wanted, the generator.

    Raises:
        IndexMissing, IndexMismatch, IndexCorrupt: what stands on disk cannot be used.
        ModelUnavailable: weights are missing or damaged.
    """
    read_manifest(settings.index)  # a missing index is told before seconds go into opening models
    with ThreadPoolExecutor(max_workers=1) as side:
        # The writer loads and reads its instructions while the encoder's libraries are imported, which takes as long.
        writer = None if quotes_only else side.submit(_open_reading_ahead, settings)
        encoder = open_encoder(settings)
        index = open_index(settings.index, encoder)
        return Assistant(index, encoder, writer.result() if writer else None, settings, open_reranker(encoder))


def _open_reading_ahead(settings: Settings) -> Generator | None:
    writer = open_writer(settings)
    if writer:
        read_ahead(writer, settings)
    return writer


def build_index(settings: Settings, rebuild: bool = False, progress: Progress = no_progress) -> Report:
    """Bring the index up to date with the corpus.

    Raises:
        EmptyCorpus: there is nothing to index.
        IndexMismatch: the index was built with another encoder.
        ModelUnavailable: the encoder's weights are missing or damaged.
    """
    weights = models.encoder_weights(models.encoder_folder(settings), settings.cache.expanduser())
    return build(
        settings.corpus,
        settings.index,
        lambda: open_encoder(settings),
        weights,
        settings.passage_tokens,
        rebuild,
        progress,
    )


def list_corpus(settings: Settings, progress: Progress = no_progress) -> Corpus:
    """Read the corpus; papers that the index knows with the same bytes are taken from there.

    Raises:
        EmptyCorpus: there is no such folder, or no paper in it that can be read.
    """
    return read_corpus(settings.corpus, progress, known_documents(settings.index))


def open_collection(
    corpus: Corpus, name: str, settings: Settings, embed_sentences: bool = True, progress: Progress = no_progress
) -> Assistant:
    """Open an assistant over documents that were read already; their index is kept in the cache, under `name`.

    Raises:
        ModelUnavailable: weights are missing or damaged.
    """
    cache = settings.cache.expanduser()
    weights = models.encoder_weights(models.encoder_folder(settings), cache)
    folder = cache / "collections" / f"{name}-{weights[:8]}-{settings.passage_tokens}"
    encoder = open_encoder(settings)
    build_documents(corpus, folder, lambda: encoder, weights, settings.passage_tokens, embed_sentences, progress)
    return Assistant(open_index(folder, encoder), encoder, None, settings, open_reranker(encoder))
