"""A dossier keeps an answer; held against the papers again it tells what changed, and where."""

import json
import re
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from raadpleeg.answering.citing import Source, cite
from raadpleeg.errors import SettingsError, UnreadableDocument
from raadpleeg.lookup import dossier as room
from raadpleeg.lookup.dossier import (
    Model,
    Saved,
    as_json,
    canonical,
    corpus_digest,
    difference,
    make,
    page,
    read,
    save,
    verify,
)
from raadpleeg.records import Answer, Document, Metadata, Sentence, Timings, Unit
from raadpleeg.settings import Settings

SAID = "De regeling geldt per 1 januari 2026."
HOSTILE = (
    "</script><script>alert(1)</script><!-- <style>* & \"dubbel\" 'enkel' {x} \\ \u2028 \u2029 \r\n ]]> "
    'content="0000" <meta name="raadpleeg-seal" content="x">'
)
NOW = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
QUESTION = "Vanaf wanneer geldt de regeling?"


def paper(identity="kst-35714-O", text=f"Inleiding.\n\n{SAID} Meer is er niet.", **changed):
    unit = Unit("answer", "Antwoord 3", 0, len(text), 1, speaker="staatssecretaris van Financiën")
    document = Document(
        id=identity,
        title="Verslag",
        text=text,
        pages=(0,),
        units=(unit,),
        footnotes=(),
        removed=(),
        metadata=Metadata("I", "2025-2026", ("35714",), "O", "Verslag", "2026-03-18"),
        digest="a" * 64,
    )
    return replace(document, **changed)


def answer_of(document, *quotes, written=None, question=QUESTION, **changed):
    """An answer that quotes these words, or says `written` in a model's."""
    places = [document.text.index(quote) for quote in quotes]
    citations = tuple(
        cite(number, Source(document, at, at + len(quote)))
        for number, (at, quote) in enumerate(zip(places, quotes, strict=True), 1)
    )
    sentences = tuple(Sentence(one.quote, (one.number,), "quoted") for one in citations)
    if written:
        sentences = (Sentence(written, tuple(one.number for one in citations), "supported"),)
    answer = Answer(
        question=question, language="nl", sentences=sentences, citations=citations, hits=(), reason=None,
        explanation=None, encoder="e5", generator="qwen" if written else None,
        timings=Timings(1.0, 2.0, None, 3.0), confidence=0.87654,
    )  # fmt: skip
    return replace(answer, **changed)


def manifest_of(*documents):
    return {
        "reader": 2,
        "corpus": {
            "digest": corpus_digest({one.id: one for one in documents}),
            "documents": {one.id: one.digest for one in documents},
        },
        "encoder": {"name": "e5", "weights": "b" * 64, "dimension": 384},
        "created": "2026-03-19T00:00:00Z",
        "files": {},
    }


def kept(document, answer=None, **settings):
    answer = answer or answer_of(document, SAID)
    return make(answer, {document.id: document}, manifest_of(document), Settings(engine="none", **settings), NOW)


def resealed(dossier, **changed):
    """A dossier changed by someone who knows how to reckon its digest."""
    return room._sealed(replace(dossier, **changed))


def held(dossier, *documents, folder, suffix=".json", **others):
    path = folder / f"answer{suffix}"
    save(dossier, path)
    return verify(read(path), {one.id: one for one in documents}, **others)


def findings(report):
    return {check.name: check.finding for check in report.refused}


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_everything_that_the_answer_rests_on_is_kept():
    document = paper()
    value = json.loads(as_json(kept(document)))
    assert value["question"] == QUESTION
    assert value["answer"] == f"Volgens de staatssecretaris van Financiën (Antwoord 3): “{SAID}” [1]"
    assert value["sentences"] == [{"text": SAID, "citations": [1], "verdict": "quoted"}]
    (citation,) = value["citations"]
    # Whoever changes these changes the file: `LAYOUT` has to say so, unless what was saved before is read as ever.
    assert (value["layout"], list(value)) == (
        1,
        (
            "format layout raadpleeg created question language answer abstained reason confidence sentences citations "
            "documents hits corpus index encoder generator settings digest"
        ).split(),
    )
    assert list(citation) == "number document title unit speaker page start end quote reference according found".split()
    assert document.text[citation["start"] : citation["end"]] == citation["quote"] == SAID
    assert value["documents"] == [
        {
            "id": "kst-35714-O",
            "title": "Verslag",
            "reference": "Kamerstukken I 2025/26, 35714, O",
            "address": "https://zoek.officielebekendmakingen.nl/kst-35714-O.html",
            "text_sha256": room._sha256(document.text),
            "file_sha256": "a" * 64,
        }
    ]
    assert value["corpus"] == {"digest": manifest_of(document)["corpus"]["digest"], "documents": 1}
    assert value["index"] == {"reader": 2, "created": "2026-03-19T00:00:00Z"}
    assert value["encoder"] == {"name": "e5", "sha256": "b" * 64}
    assert value["generator"] is None
    assert value["created"] == "2026-03-20T09:30:00Z"
    assert value["confidence"] == 0.8765
    assert re.fullmatch(r"\d+\.\d+.*", value["raadpleeg"])
    assert re.fullmatch(r"[0-9a-f]{64}", value["digest"])


def test_secrets_and_folders_stay_at_home(tmp_path):
    own = tmp_path / "eigen" / "model.gguf"
    own.parent.mkdir()
    own.touch()
    text = as_json(kept(paper(), openai_api_key="sk-geheim", generator=str(own), corpus=tmp_path, cache=tmp_path))
    assert "sk-geheim" not in text
    assert str(tmp_path) not in text
    assert json.loads(text)["settings"]["generator"] == "model.gguf"
    served = answer_of(paper(), SAID, written="Dat geldt.", generator="m (https://jan:geheim@server/v1)")
    assert "geheim" not in as_json(kept(paper(), served))


def test_the_hash_of_what_wrote(tmp_path):
    own = tmp_path / "model.gguf"
    own.write_bytes(b"gewichten")
    settings = Settings(generator=str(own), cache=tmp_path / "cache")
    document = paper()
    answer = answer_of(document, SAID, written="Vanaf 2026.")
    made = make(answer, {document.id: document}, manifest_of(document), settings, NOW)
    assert made.generator == Model("qwen", room.hashlib.sha256(b"gewichten").hexdigest())
    assert room.models_set(settings)[1].sha256 == made.generator.sha256
    gone = settings.model_copy(update={"generator": str(tmp_path / "weg.gguf")})
    assert room.generator_sha256(gone) is None


def test_the_digest_of_a_corpus_is_that_of_the_index(hashed_index):
    assert corpus_digest(hashed_index.documents) == hashed_index.manifest["corpus"]["digest"]


def test_the_digest_does_not_hang_on_how_the_json_is_laid_out():
    value = json.loads(as_json(kept(paper())))
    shuffled = json.loads(
        json.dumps(dict(reversed(value.items())), indent=7).replace('"abstain_below": 0.2', '"abstain_below": 0.20')
    )
    assert canonical(shuffled) == canonical(value)
    assert canonical({"a": 1.0, "digest": "x"}) == '{"a":1}'


# --- as a file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".json", ".html", ".HTM"])
def test_what_is_saved_holds(tmp_path, suffix):
    document = paper()
    report = held(kept(document), document, folder=tmp_path, suffix=suffix)
    assert report.holds
    assert {check.state for check in report.checks} == {"holds"}
    names = ["file", *(["page"] if suffix != ".json" else []), "document kst-35714-O", "quote 1", "sentence 1"]
    assert [check.name for check in report.checks] == names
    assert [path.name for path in tmp_path.iterdir()] == [f"answer{suffix}"]  # nothing half-written is left


def test_an_abstaining_answer_is_kept_too(tmp_path):
    document = paper()
    answer = answer_of(document, reason="not_stated", explanation="De papieren zeggen het niet.")
    report = held(kept(document, answer), document, folder=tmp_path, suffix=".html")
    assert report.holds
    assert "De papieren zeggen het niet." in (tmp_path / "answer.html").read_text(encoding="utf-8")


def test_a_page_says_everything_and_runs_nothing():
    text = page(kept(paper()))
    soup = BeautifulSoup(text, "html.parser")
    seen = soup.find("main").get_text(" ")
    for words in (QUESTION, SAID, "Antwoord 3", "staatssecretaris van Financiën", "2026-03-20T09:30:00Z", "b" * 64):
        assert words in seen
    assert soup.find("blockquote").get_text() == SAID
    assert soup.html["lang"] == "nl"
    assert [script["type"] for script in soup.find_all("script")] == ["application/json"]
    assert not soup.find_all(["link", "img", "iframe", "object", "form"])
    assert "default-src 'none'" in soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert [a["href"] for a in soup.find_all("a")] == ["https://zoek.officielebekendmakingen.nl/kst-35714-O.html"]
    assert "@media print" in soup.find("style").get_text()


def test_an_answer_in_quotations_is_shown_once_and_one_in_other_words_beside_its_source():
    document = paper()
    assert BeautifulSoup(page(kept(document)), "html.parser").find("main").get_text().count(SAID) == 1
    said = BeautifulSoup(page(kept(document, answer_of(document, SAID, written="Vanaf 2026."))), "html.parser")
    assert said.find("ol", {"class": "sentences"}).li.get_text().startswith("Vanaf 2026. [1]")
    assert "de bron draagt deze zin" in said.find("main").get_text()
    assert said.find("blockquote").get_text() == SAID


def test_a_page_speaks_the_language_of_the_question():
    document = paper()
    german = page(kept(document, answer_of(document, SAID, language="de")))
    assert "these quotations, word for word" in german
    assert "deze citaten, woord voor woord" in page(kept(document))


def test_hostile_words_stay_words(tmp_path):
    text = f"Inleiding. {HOSTILE} einde."
    document = paper("map/<b>&\"'", text, title=HOSTILE)
    answer = answer_of(document, HOSTILE, question=HOSTILE)
    made = kept(document, answer)
    soup = BeautifulSoup(page(made), "html.parser")
    assert len(soup.find_all("script")) == 1
    assert len(soup.find_all("style")) == 1
    assert len(soup.find_all("meta", {"name": "raadpleeg-seal"})) == 1
    assert soup.find("blockquote").get_text() == HOSTILE
    assert json.loads(soup.find("script").get_text()) == json.loads(as_json(made))
    for suffix in (".html", ".json"):
        assert held(made, document, folder=tmp_path, suffix=suffix).holds


def test_an_address_that_is_none_is_no_link():
    made = kept(paper())
    cited = replace(made.documents[0], address="javascript:alert(1)")
    assert 'href="javascript' not in page(resealed(made, documents=(cited,)))


def test_other_ends_of_lines_and_a_mark_at_the_front_change_nothing(tmp_path):
    document = paper(text=f"Eerst.\r\n\r\nDan\rzo. {SAID}")
    made = kept(document, answer_of(document, f"Dan\rzo. {SAID}"))
    for name, text in (("a.html", page(made)), ("a.json", as_json(made))):
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        assert verify(read(tmp_path / name), {document.id: document}).holds


def test_a_name_that_says_neither_page_nor_json(tmp_path):
    with pytest.raises(SettingsError, match=r"ends in \.html or \.json"):
        save(kept(paper()), tmp_path / "answer.txt")
    assert not list(tmp_path.iterdir())
    (tmp_path / "bezet").touch()
    with pytest.raises(SettingsError, match="cannot be written"):
        save(kept(paper()), tmp_path / "bezet" / "answer.json")


@pytest.mark.parametrize("suffix", [".json", ".html"])
def test_a_file_cut_short_anywhere_is_refused_in_one_line(tmp_path, suffix):
    path = tmp_path / f"answer{suffix}"
    save(kept(paper()), path)
    whole = path.read_bytes()
    document = paper()
    for length in range(0, len(whole) - 1, 97):
        path.write_bytes(whole[:length])
        try:
            report = verify(read(path), {document.id: document})
        except UnreadableDocument as error:
            assert "\n" not in str(error)
            assert "answer" in str(error)
        else:  # only the end of a page, behind its data, can go and leave something to read
            assert suffix == ".html"
            assert findings(report) == {"page": "page-changed"}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"\x00\xff\xfe", "no UTF-8"),
        (b"{}", "other JSON"),
        (b"[1, 2]", "other JSON"),
        (b"wat is dit", "no JSON"),
        (b"<html><p>Een pagina</p></html>", "without the data"),
        (b'{"format": "raadpleeg answer dossier", "layout": 99}', "another version"),
        (b'{"format": "raadpleeg answer dossier", "layout": 1}', "`raadpleeg`"),
        (b'{"format": "raadpleeg answer dossier", "layout": 1, "layout": 1}', "twice"),
        (b'{"format": "raadpleeg answer dossier", "layout": NaN}', "no number"),
        (b'{"format": "raadpleeg answer dossier", "layout": 1, "a": 1e999}', "numbers that no dossier"),
        (b'{"format": "raadpleeg answer dossier", "layout": 1, "a": "\\ud800"}', "characters"),
        (b'{"format":' + b"[" * 100_000, "nested"),
        (b'{"format": "raadpleeg answer dossier", "layout": 1, "a": ' + b"[" * 600 + b"]" * 600 + b"}", ""),
    ],
)
def test_what_is_no_dossier_is_told_in_one_line(tmp_path, content, why):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument) as error:
        read(path)
    assert why in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableDocument, match="name a dossier"):
        read(tmp_path / "weg.json")
    with pytest.raises(UnreadableDocument, match="name a dossier"):
        read(tmp_path)


# --- a dossier that was changed --------------------------------------------------------------------------------------


def test_a_changed_quote_is_refused_with_where_and_what(tmp_path):
    document = paper()
    made = kept(document)
    false = replace(made.citations[0], quote=SAID.replace("januari", "februari"))
    report = held(replace(made, citations=(false,)), document, folder=tmp_path)
    assert findings(report) == {"file": "file-changed", "quote 1": "quote-changed", "sentence 1": "sentence-changed"}
    line = next(check.line for check in report.refused if check.name == "quote 1")
    assert "kst-35714-O, p. 1, characters 12-49" in line
    assert "februari" in line and "januari" in line


def test_a_changed_quote_is_refused_even_where_every_digest_was_reckoned_anew(tmp_path):
    document = paper()
    made = kept(document)
    false = SAID.replace("2026", "2027")
    changed = resealed(
        made,
        citations=(replace(made.citations[0], quote=false),),
        sentences=(Sentence(false, (1,), "quoted"),),
        answer=made.answer.replace(SAID, false),
    )
    for suffix in (".json", ".html"):
        assert findings(held(changed, document, folder=tmp_path, suffix=suffix)) == {"quote 1": "quote-changed"}


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"start": -5, "end": -1}, "quote-changed"),
        ({"start": 0, "end": 10**9}, "quote-changed"),
        ({"start": 5, "end": 5, "quote": ""}, "quote-changed"),
        ({"start": 13}, "quote-changed"),
        ({"speaker": "minister-president"}, "attribution-changed"),
        ({"speaker": None}, "attribution-changed"),
        ({"unit": "Antwoord 4"}, "attribution-changed"),
        ({"page": 2}, "attribution-changed"),
        ({"title": "Ander stuk"}, "attribution-changed"),
        ({"reference": "Kamerstukken I 2025/26, 35714, P, p. 1"}, "attribution-changed"),
        ({"document": "kst-35714-P"}, "quote-changed"),
        ({"number": 2}, "sentence-changed"),
    ],
)
def test_a_place_or_a_name_that_was_changed_is_refused(tmp_path, changed, finding):
    document = paper()
    made = kept(document)
    report = held(resealed(made, citations=(replace(made.citations[0], **changed),)), document, folder=tmp_path)
    assert finding in findings(report).values()


@pytest.mark.parametrize(
    "changed",
    [
        {"sentences": (Sentence("De regeling geldt niet.", (1,), "quoted"),)},
        {"sentences": (Sentence(SAID, (1, 9), "quoted"),)},
        {"sentences": (Sentence(SAID, (), "quoted"),)},
        {"sentences": ()},
        {"answer": "De regeling geldt niet. [1]"},
        {"abstained": True},
    ],
)
def test_a_sentence_that_is_not_its_quote_is_refused(tmp_path, changed):
    document = paper()
    report = held(resealed(kept(document), **changed), document, folder=tmp_path)
    assert set(findings(report).values()) == {"sentence-changed"}


def test_two_quotes_with_one_number_are_refused(tmp_path):
    document = paper()
    made = kept(document)
    report = held(resealed(made, citations=made.citations * 2), document, folder=tmp_path)
    assert findings(report) == {"answer": "sentence-changed"}


def test_a_name_of_a_paper_that_was_changed_is_refused(tmp_path):
    document = paper()
    made = kept(document)
    for changed in ({"title": "Ander"}, {"reference": "Stb. 2024, 1"}, {"address": "https://elders.nl"}):
        cited = replace(made.documents[0], **changed)
        report = held(resealed(made, documents=(cited,)), document, folder=tmp_path)
        assert findings(report) == {"document kst-35714-O": "attribution-changed"}
    assert findings(held(resealed(made, documents=()), document, folder=tmp_path)) == {"quote 1": "quote-changed"}


def test_another_version_may_name_a_unit_otherwise(tmp_path):
    document = paper()
    made = kept(document)
    changed = resealed(made, raadpleeg="0.0.1", citations=(replace(made.citations[0], unit="Vraag 3"),))
    report = held(changed, document, folder=tmp_path)
    assert report.holds
    assert [check.finding for check in report.checks if check.state == "warning"] == ["attribution-changed"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'<blockquote lang="nl">{SAID}', f'<blockquote lang="nl">{SAID.replace("2026", "2027")}'),
        ("<main>", "<main><p>Erbij.</p>"),
        ("</html>\n", "</html>\n<p>Erbij.</p>"),
        ("default-src 'none'", "default-src *"),
    ],
)
def test_a_page_that_shows_something_else_is_refused(tmp_path, before, after):
    document = paper()
    made = kept(document)
    text = page(made)
    assert before in text
    for forged in (text.replace(before, after), sealed_page(text.replace(before, after))):
        (tmp_path / "a.html").write_text(forged, encoding="utf-8")
        assert findings(verify(read(tmp_path / "a.html"), {document.id: document})) == {"page": "page-changed"}


def sealed_page(text):
    return room._SEAL.sub(rf"\g<1>{room._seal(text)}\g<3>", text)


def test_a_page_of_another_version_goes_by_its_seal(tmp_path):
    """How a page is drawn may change; what it was sealed with still tells whether it is as it was."""
    document = paper()
    text = page(resealed(kept(document), raadpleeg="0.0.1"))
    other = sealed_page(text.replace("<main>", '<main class="was-there-then">'))
    path = tmp_path / "a.html"
    path.write_text(other, encoding="utf-8")
    assert verify(read(path), {document.id: document}).holds
    path.write_text(other.replace(SAID, "Iets anders.", 1), encoding="utf-8")
    assert "page-changed" in findings(verify(read(path), {document.id: document})).values()


# --- papers that were changed ----------------------------------------------------------------------------------------


def test_a_paper_that_changed_but_still_says_it(tmp_path):
    made = kept(paper())
    changed = paper(text=paper().text + " Later bijgeschreven.", digest="c" * 64)
    report = held(made, changed, folder=tmp_path)
    assert findings(report) == {"document kst-35714-O": "document-changed"}
    assert "1 of the 1 quotes from it still stand" in report.refused[0].line
    assert next(check.state for check in report.checks if check.name == "quote 1") == "holds"


def test_a_paper_in_which_the_words_stand_elsewhere(tmp_path):
    text = f"Ervoor bijgeschreven. {paper().text}"
    report = held(kept(paper()), paper(text=text, digest="c" * 64), folder=tmp_path)
    assert findings(report) == {"document kst-35714-O": "document-changed", "quote 1": "quote-moved"}
    at = text.index(SAID)
    assert f"characters {at}-{at + len(SAID)}" in report.refused[1].line


def test_a_paper_in_which_the_words_are_gone(tmp_path):
    text = paper().text.replace("januari", "februari")
    report = held(kept(paper()), paper(text=text, digest="c" * 64), folder=tmp_path)
    assert findings(report) == {"document kst-35714-O": "document-changed", "quote 1": "quote-gone"}
    assert "0 of the 1 quotes" in report.refused[0].line
    assert "januari" in report.refused[1].line and "februari" in report.refused[1].line


def test_a_paper_that_is_read_otherwise_or_saved_anew(tmp_path):
    made = kept(paper())
    otherwise = held(made, paper(text=paper().text + " Noot."), folder=tmp_path)
    assert findings(otherwise) == {"document kst-35714-O": "document-read-otherwise"}
    anew = held(made, paper(digest="c" * 64), folder=tmp_path)
    assert anew.holds
    assert [check.finding for check in anew.checks if check.state == "warning"] == ["document-saved-anew"]


def test_a_paper_that_is_gone(tmp_path):
    report = held(kept(paper()), folder=tmp_path)
    assert findings(report) == {"document kst-35714-O": "document-missing", "quote 1": "document-missing"}


def test_other_models_and_other_papers_are_worth_a_warning_only(tmp_path):
    document = paper()
    answer = answer_of(document, SAID, written="Vanaf 2026.")
    made = kept(document, answer)
    same = held(
        made, document, folder=tmp_path,
        corpus=made.corpus["digest"], models=(made.encoder, Model("qwen", None)),
    )  # fmt: skip
    assert same.holds
    assert [check.name for check in same.checks if check.state == "warning"] == ["generator"]  # it was never known
    other = held(made, document, folder=tmp_path, corpus="f" * 64, models=(Model("ander", "d" * 64), None))
    assert other.holds
    assert [check.name for check in other.checks if check.state == "warning"] == ["corpus", "encoder", "generator"]


def test_what_a_file_says_cannot_steer_the_terminal(tmp_path):
    document = paper()
    made = kept(document)
    false = replace(made.citations[0], quote="\x1b[2J\nrefused  niets", document="\x1b]0;x\x07\n")
    report = held(resealed(made, citations=(false,), raadpleeg="\x1b[0m"), document, folder=tmp_path)
    assert not report.holds
    assert all(check.line.isprintable() and check.name.isprintable() for check in report.checks)


# --- for all words ---------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=50)


@settings(max_examples=100, deadline=None)
@given(WORDS, WORDS, WORDS, st.sampled_from([".json", ".html"]))
def test_whatever_is_said_is_kept_and_holds(tmp_path_factory, before, quote, question, suffix):
    document = paper(text=f"{before}{quote}{before}", title=question)
    made = kept(document, answer_of(document, quote, question=question))
    path = tmp_path_factory.mktemp("kept") / f"a{suffix}"
    save(made, path)
    saved = read(path)
    assert saved == Saved(made, made.digest, "whole" if suffix == ".html" else None)
    assert asdict(saved.dossier) == asdict(made)
    assert verify(saved, {document.id: document}).holds


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_change_of_one_byte_goes_unseen(tmp_path_factory, data):
    """Whatever byte of either file is put in place of another: it is refused, or it changes nothing that is said."""
    document = paper()
    made = kept(document)
    suffix = data.draw(st.sampled_from([".json", ".html"]))
    path = tmp_path_factory.mktemp("changed") / f"a{suffix}"
    save(made, path)
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        saved = read(path)
    except UnreadableDocument as error:
        assert "\n" not in str(error)
        return
    if verify(saved, {document.id: document}).holds:
        assert saved.dossier == made


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_difference_is_one_line(said, stands):
    line = difference(said, stands)
    assert line.isprintable()
    assert "the dossier has" in line


def test_a_difference_shows_what_differs_and_not_a_whole_page():
    long = "woord " * 500
    line = difference(f"{long}16 maart{long}", f"{long}18 maart{long}")
    assert "16 maart" in line and "18 maart" in line
    assert len(line) < 400
