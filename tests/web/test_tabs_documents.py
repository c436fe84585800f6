"""The tab Documenten: the list, a paper as it is, and papers that come and go."""

import re
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.answering.assistant import Assistant
from raadpleeg.errors import EmptyCorpus, IndexMismatch, UnreadableDocument
from raadpleeg.indexing.building import build
from raadpleeg.indexing.generation import open_index
from raadpleeg.reading.reader import document_from
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder
from raadpleeg.web.serving import Loading
from raadpleeg.web.tabs import documents, shelving
from raadpleeg.web.tabs.documents import add, chosen, listing, remove, shown
from raadpleeg.web.tabs.shelving import LARGEST, REMOVED, SUFFIXES, TwiceThere, file_of, put_away, safe_name, take_in
from raadpleeg.web.texts import TABS

NL = TABS["nl"]
CORPUS = Path(__file__).parents[2] / "corpus"
NEW = (
    "Vraag 1\n\nHoeveel zwanen zwemmen er in de Hofvijver?\n\nAntwoord 1\n\nEr zwemmen zeven zwanen in de Hofvijver.\n"
)


def words_in(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """The two papers with their index, to be copied."""
    folder = tmp_path_factory.mktemp("shelf")
    shutil.copytree(CORPUS, folder / "corpus")
    encoder = HashedEncoder()
    build(folder / "corpus", folder / "index", lambda: encoder, encoder.weights, Settings().passage_tokens)
    return folder


@pytest.fixture
def settings(tmp_path, shelf):
    """A corpus of one's own, with its index."""
    shutil.copytree(shelf, tmp_path, dirs_exist_ok=True)
    return Settings(abstain_below=1e-9, corpus=tmp_path / "corpus", index=tmp_path / "index")


@pytest.fixture
def loading(settings):
    """What the page gets its assistant from, once that is there."""
    encoder = HashedEncoder()
    made = Loading(lambda: (Assistant(open_index(settings.index), encoder, None, settings), None))
    made._load()
    return made


@pytest.fixture
def reload(loading, settings):
    return lambda progress: loading.reload(settings, progress)


def upload(tmp_path, name, content):
    path = tmp_path / "uploads" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path, name


# --- the list, and a paper -------------------------------------------------------------------------------------------


def test_the_list_has_every_paper_with_its_metadata(hashed_index):
    every = list(hashed_index.documents.values())
    html = listing(every, len(every), NL)
    assert html.count('role="rowheader"') == len(every)
    for one in every:
        assert f'data-paper="{one.id}"' in html
        assert one.metadata.number in words_in(html)


def test_the_filter_takes_words_in_any_order(hashed_index):
    every = list(hashed_index.documents.values())
    one = next(paper for paper in every if paper.metadata.kind)
    assert one in chosen(every, f"{one.metadata.number} {one.metadata.kind.split()[-1].upper()}")
    assert chosen(every, "zwanen in de hofvijver") == []
    assert chosen(every, "") == every
    assert NL.none_chosen in listing([], len(every), NL)


def test_a_paper_is_shown_with_all_its_units_and_notes(hashed_index):
    for one in hashed_index.documents.values():
        html = shown(one, NL)
        assert html.count("<li lang") == len(one.units)
        assert html.count("<ul") == html.count("</ul>")
        for unit in one.units:
            assert f'data-start="{unit.start}"' in html
        for note in one.footnotes:
            assert " ".join(note.text.split()[:4]) in words_in(html)


def test_a_unit_below_a_level_that_is_left_out_is_not_lost():
    document = document_from(NEW.encode(), "ah-1")
    deep = tuple(replace(unit, path=("a", "b", "c", unit.label)) for unit in document.units)
    html = shown(replace(document, units=deep), NL)
    assert html.count("<li lang") == len(deep)


def test_what_is_hostile_is_words():
    bad = '<img src=x onerror="hit()">'
    document = document_from(f"Vraag 1\n\n{bad}\n\nAntwoord 1\n\n{bad}".encode(), '"><script>')
    document = replace(document, title=bad)
    html = shown(document, NL) + listing([document], 1, NL)
    assert "<img" not in html
    assert "<script" not in html


# --- names -----------------------------------------------------------------------------------------------------------


@given(st.text(max_size=300))
def test_a_name_is_a_file_in_the_folder_and_nothing_else(name):
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert not safe.startswith(".")
    assert Path(safe).suffix in SUFFIXES
    assert len(safe) < 120
    assert not re.search(r'[/\\:*?"<>|\x00-\x1f\n]', safe)
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("kst-36450-6.pdf", "kst-36450-6.pdf"),
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\x\\Brief van de minister.DOCX", "Brief van de minister.docx"),
        ("notes.md", "notes-md.txt"),
        (".htaccess", "htaccess.txt"),
        ("<script>.html", "script.html"),
        ("CON.txt", "stuk-CON.txt"),
        ("…", "stuk.txt"),
    ],
)
def test_names_that_people_and_attackers_use(name, safe):
    assert safe_name(name) == safe


# --- files that come -------------------------------------------------------------------------------------------------


def test_nothing_is_ever_overwritten(tmp_path):
    corpus = tmp_path / "corpus"
    first, second, third = (upload(tmp_path, f"{number}.txt", f"Stuk {number}.")[0] for number in range(3))
    paths = [
        take_in(one, name, corpus, {}).path for one, name in ((first, "a.txt"), (second, "a.txt"), (third, "a.xml"))
    ]
    assert [path.name for path in paths] == ["a.txt", "a-2.txt", "a-3.xml"]  # an id has no suffix
    assert [path.read_text() for path in paths] == ["Stuk 0.", "Stuk 1.", "Stuk 2."]


def test_the_same_bytes_are_not_taken_in_twice(tmp_path, hashed_index):
    source = CORPUS / f"{next(iter(hashed_index.documents))}.txt"
    with pytest.raises(TwiceThere) as raised:
        take_in(source, "other.txt", tmp_path / "corpus", hashed_index.documents)
    assert raised.value.document == source.stem


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00\x03\x00", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\nbroken"])
def test_what_cannot_be_read_never_stands_in_the_corpus(tmp_path, content):
    source, name = upload(tmp_path, "x.pdf", content)
    with pytest.raises(UnreadableDocument):
        take_in(source, name, tmp_path / "corpus", {})
    assert list((tmp_path / "corpus").iterdir()) == []


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(shelving, "LARGEST", 10)
    source, name = upload(tmp_path, "x.txt", "meer dan tien tekens")
    with pytest.raises(UnreadableDocument, match="MB"):
        take_in(source, name, tmp_path / "corpus", {})
    assert LARGEST > 1_000_000


def test_adding_a_paper_lets_it_be_answered_from(tmp_path, settings, loading, reload):
    before = loading.assistant()
    steps = list(add([upload(tmp_path, "zwanen.txt", NEW)], before, settings.corpus, reload, NL))
    assert steps[-1].done
    assert steps[-1].document == "zwanen"
    assert "zwanen.txt" in words_in(steps[-1].shown)
    assert any("<progress" in step.shown for step in steps[:-1])
    question = "Hoeveel zwanen zwemmen er in de Hofvijver?"
    answer = loading.assistant().ask(question)
    assert answer.citations[0].document == "zwanen"
    # who had asked before goes on with the papers that there were
    assert all(hit.passage.document.id != "zwanen" for hit in before.ask(question).hits)


def test_one_bad_file_is_one_line_and_the_others_come_in(tmp_path, settings, loading, reload):
    files = [upload(tmp_path, "bad.pdf", b"\x00\x01"), upload(tmp_path, "zwanen.txt", NEW)]
    *_, last = add(files, loading.assistant(), settings.corpus, reload, NL)
    assert re.search(r"bad\.pdf", words_in(last.shown))
    assert 'role="alert"' in last.shown
    assert "zwanen" in loading.assistant().index.documents
    assert not (settings.corpus / "bad.pdf").exists()


def test_where_the_index_cannot_be_built_nothing_has_changed(tmp_path, settings, loading):
    def broken(progress):
        raise EmptyCorpus("there is no room")

    before = sorted(settings.corpus.iterdir())
    *_, last = add([upload(tmp_path, "zwanen.txt", NEW)], loading.assistant(), settings.corpus, broken, NL)
    assert "there is no room" in last.shown
    assert sorted(settings.corpus.iterdir()) == before


def test_an_index_of_another_folder_is_not_emptied(tmp_path, loading, reload):
    other = tmp_path / "other"
    *_, last = add([upload(tmp_path, "zwanen.txt", NEW)], loading.assistant(), other, reload, NL)
    assert str(other) in last.shown
    assert len(loading.assistant().index.documents) == 2
    assert not other.exists()


# --- files that go ---------------------------------------------------------------------------------------------------


def test_a_removed_paper_is_kept_beside_the_corpus(settings, loading, reload):
    document = next(iter(loading.assistant().index.documents.values()))
    path = file_of(document, settings.corpus)
    content = path.read_bytes()
    *_, last = remove(document, loading.assistant(), settings.corpus, reload, NL)
    assert last.done
    assert document.id not in loading.assistant().index.documents
    assert not path.exists()
    assert (settings.corpus.parent / REMOVED / path.name).read_bytes() == content


def test_what_was_removed_before_is_not_overwritten(tmp_path):
    corpus = tmp_path / "corpus" / "sub"
    corpus.mkdir(parents=True)
    for number in range(2):
        (corpus / "a.txt").write_text(str(number))
        put_away(corpus / "a.txt", tmp_path / "corpus")
    kept = tmp_path / REMOVED / "sub"
    assert {one.name: one.read_text() for one in kept.iterdir()} == {"a.txt": "0", "a-2.txt": "1"}


def test_where_the_index_cannot_be_built_the_paper_comes_back(settings, loading):
    def broken(progress):
        raise EmptyCorpus("there is no room")

    document = next(iter(loading.assistant().index.documents.values()))
    before = sorted(settings.corpus.iterdir())
    *_, last = remove(document, loading.assistant(), settings.corpus, broken, NL)
    assert "there is no room" in last.shown
    assert sorted(settings.corpus.iterdir()) == before


def test_the_last_paper_stays(settings, loading, reload):
    first, second = loading.assistant().index.documents.values()
    list(remove(first, loading.assistant(), settings.corpus, reload, NL))
    *_, last = remove(second, loading.assistant(), settings.corpus, reload, NL)
    assert NL.last_paper in last.shown
    assert file_of(second, settings.corpus)


def test_a_file_that_was_changed_since_is_left_alone(settings, loading, reload):
    document = next(iter(loading.assistant().index.documents.values()))
    path = file_of(document, settings.corpus)
    path.chmod(0o644)
    path.write_text("iets anders")
    *_, last = remove(document, loading.assistant(), settings.corpus, reload, NL)
    assert document.id in last.shown
    assert path.read_text() == "iets anders"


# --- the assistant ---------------------------------------------------------------------------------------------------


def test_an_assistant_keeps_to_its_encoder(settings, loading, tmp_path):
    other = HashedEncoder(64, "other")
    build(settings.corpus, tmp_path / "else", lambda: other, other.weights, settings.passage_tokens)
    with pytest.raises(IndexMismatch):
        loading.assistant().with_index(open_index(tmp_path / "else"))


def test_a_question_does_not_wait_until_all_is_encoded(settings):
    class Slow(HashedEncoder):
        def __init__(self):
            super().__init__()
            self.calls = []
            self.begun = threading.Event()

        def encode_passages(self, texts):
            self.calls.append(len(texts))
            self.begun.set()
            threading.Event().wait(0.02)
            return super().encode_passages(texts)

        def encode_queries(self, texts):
            self.calls.append(0)
            return HashedEncoder.encode_passages(self, texts)

    encoder = Slow()
    assistant = Assistant(open_index(settings.index), encoder, None, settings)
    thread = threading.Thread(target=assistant.encoder.encode_passages, args=([f"tekst {n}" for n in range(200)],))
    thread.start()
    encoder.begun.wait(5)
    assistant.search("Wat wil het kabinet met telewerk?", 3)
    thread.join()
    assert 0 in encoder.calls[:-1]
    assert documents.ROWS > 0
