import json
import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from raadpleeg.errors import RaadpleegError
from raadpleeg.evaluation import report
from raadpleeg.evaluation.gold import Item, Quoted
from raadpleeg.evaluation.result import Result
from raadpleeg.evaluation.significance import Comparison

PAPER = "kst-1-A"
NASTY = '<img src="https://evil.example/x.png" onerror=alert(1)> & "quotes" | `ticks` </details></main>'
QUOTE = "De regeling is op 1 januari 2026 in werking getreden en geldt voor alle werknemers van het ministerie."


def item(key="q1", answerable=True, **given):
    fields = {
        "id": key,
        "question": f"Wanneer trad regeling {key} in werking?",
        "lang": "nl",
        "type": "date" if answerable else "near-miss",
        "answerable": answerable,
        "answer": "op 1 januari 2026" if answerable else None,
        "must": ("1 januari", "2026") if answerable else (),
        "evidence": (Quoted(PAPER, QUOTE),) if answerable else (),
        "reason": None if answerable else "not_stated",
    }
    return Item(**{**fields, **given})


def answer(one, text="Op 1 januari 2026.", reason=None, confidence=0.9, total=1200.0, score=0.8):
    hit = {"rank": 1, "score": score, "document": PAPER, "unit": "Antwoord 3", "page": 2, "start": 100, "end": 300}
    citation = {
        "number": 1,
        "document": PAPER,
        "title": "Verslag",
        "unit": "Antwoord 3",
        "speaker": "minister van Financiën",
        "page": 2,
        "start": 110,
        "end": 110 + len(QUOTE),
        "quote": QUOTE,
        "reference": "Kamerstukken I 2025/26, 1, A, p. 2",
    }
    given = {
        "id": one.id,
        "question": one.question,
        "language": "nl",
        "answer": "De stukken zeggen dit niet." if reason else f"{text} [1]",
        "abstained": reason is not None,
        "reason": reason,
        "sentences": [] if reason else [{"text": text, "citations": [1], "verdict": "supported"}],
        "citations": [] if reason else [citation],
        "hits": [hit],
        "model": {"encoder": "e5", "generator": "qwen"},
        "confidence": confidence,
        "timings_ms": {"retrieve": 20.0, "first_quote": 34.0, "first_token": None, "total": total},
    }
    if confidence is None:
        del given["confidence"]
    return given


ANSWERABLE = {
    "nDCG@10": 1,
    "R@5": 1,
    "RR": 1,
    "must": 1,
    "F1-nl": 1,
    "cite-P": 1,
    "cite-R": 1,
    "found": 1,
    "refused": 0,
}


def result(*rows, about=None):
    """Make a result of (item, answer or None, values, rank of the first relevant passage among ten)."""
    values, qrels, run = {}, {}, {}
    for one, given, own, rank in rows:
        defaults = ANSWERABLE if one.answerable else {"fabricated": 0, "reason": 1}
        steady = {**defaults, "inexact": 0, "foreign": 0} if given else dict.fromkeys(("nDCG@10", "R@5", "RR"), 1)
        total = given["timings_ms"]["total"] if given else 0
        times = {"first_quote_ms": 34, "first_token_ms": total, "total_ms": total} if given else {}
        for name, value in {**steady, **times, **own}.items():
            values.setdefault(name, {})[one.id] = float(value)
        if one.answerable:
            qrels[one.id] = {f"{PAPER}#100-300": 1}
            run[one.id] = {
                f"{PAPER}#{100 if n == rank else 1000 * n}-{300 if n == rank else 1}": 1 / n for n in range(1, 11)
            }
    answers = {one.id: given for one, given, _, _ in rows if given}
    about = {
        "version": "0.1",
        "corpus": "ab" * 32,
        "gold": {"gold.jsonl": "cd" * 32},
        "settings": {"k": 5},
        **(about or {}),
    }
    return Result(tuple(one for one, *_ in rows), answers, qrels, run, values, about)


def small(**about):
    """One question for each thing that may become of it."""
    one = [item(f"q{n}", answerable=n < 5) for n in range(8)]
    lost = {"must": 0, "F1-nl": 0, "found": 0, "cite-P": 0, "cite-R": 0}
    return result(
        (one[0], answer(one[0]), {}, 1),
        (one[1], answer(one[1], "Op 1 januari.", confidence=0.7), {"must": 0}, 3),
        (one[2], answer(one[2], reason="not_stated", confidence=0.2), {**lost, "refused": 1, "R@5": 0, "RR": 0.1}, 10),
        (one[3], answer(one[3]), {"found": 0, "cite-P": 0, "R@5": 0, "nDCG@10": 0, "RR": 0}, None),
        (one[4], answer(one[4]), {"inexact": 1}, 1),
        (one[5], answer(one[5], reason="not_stated", confidence=0.1), {}, None),
        (one[6], answer(one[6], reason="off_topic", confidence=0.1), {"reason": 0}, None),
        (one[7], answer(one[7], confidence=0.6), {"fabricated": 1, "reason": 0}, None),
        about=about,
    )


def retrieval_only():
    return result(
        (item("q1"), None, {}, 1), (item("q2"), None, {"R@5": 0, "nDCG@10": 0.2}, 7), (item("q3"), None, {}, 2)
    )


def comparison(measure="must", **given):
    fields = {
        "measure": measure,
        "questions": 5,
        "before": 0.2,
        "after": 0.6,
        "difference": 0.4,
        "low": 0.1,
        "high": 0.7,
        "p": 0.004,
        "corrected": 0.012,
        "verdict": "better",
        "gated": True,
    }
    return Comparison(**{**fields, **given})


def made_up(count, seed=0):
    """Make a result of many questions as long as real ones are."""
    draw = random.Random(seed)
    kinds = ["what", "who", "yes-no", "list", "unit", "date", "why", "follow-up", "number", "reference"]
    rows = []
    for n in range(count):
        answerable = n % 4 != 3
        one = item(
            f"p-{n:03}",
            answerable,
            question=draw.choice(
                [
                    "Wat antwoordde de staatssecretaris op de vraag over grensarbeiders die twee dagen thuiswerken?",
                    "Welke minister ging in op de Kamervragen over onterechte ziekenhuisrekeningen?",
                    "Hebben er al patiënten bij hun zorgverzekeraar aangeklopt?",
                    "Wer hat die Fragen über Telearbeit beantwortet, und an welchem Tag?",
                ]
            ),
            lang=draw.choice(["nl", "nl", "nl", "nl", "de", "fr", "en"]),
            type=draw.choice(kinds) if answerable else draw.choice(["near-miss", "false-premise", "off-topic"]),
            answer="Nee, een dergelijk overzicht kan zij niet geven; de uitkomsten zijn nog niet bekend."
            if answerable
            else None,
            must=(r"\b1(\.|er|st)?\s+(januari|january|januar|janvier)\b(?!\.?\s+20(?!26))|\b0?1[-/.]0?1\b", "2026"),
            evidence=(Quoted(PAPER, QUOTE * 3), Quoted(PAPER, QUOTE)) if answerable else (),
            history=("Wie tekende de brief?",) if n % 9 == 0 else (),
        )
        sure = draw.random()
        refuses = sure < (0.25 if answerable else 0.7)
        right = float(draw.random() < sure + 0.1 and not refuses)
        rank = draw.choice([1, 1, 1, 2, 3, 6, 9, None])
        given = answer(
            one,
            "Op 1 januari 2026 trad de regeling in werking." if right else "De regeling geldt voor alle werknemers.",
            reason=draw.choice(["not_stated", "asked_not_answered"]) if refuses else None,
            confidence=round(sure, 4),
            total=draw.lognormvariate(8, 0.5),
        )
        given["citations"] = [{**one, "number": k, "quote": QUOTE * 2} for one in given["citations"] for k in (1, 2, 3)]
        found = float(not refuses and draw.random() < 0.8)
        own = (
            {
                "must": right,
                "refused": refuses,
                "found": found,
                "cite-P": found,
                "cite-R": found,
                "F1-nl": draw.random(),
            }
            if answerable
            else {"fabricated": not refuses, "reason": refuses and draw.random() < 0.6}
        )
        retrieved = {
            "R@5": rank is not None and rank <= 5,
            "RR": 1 / rank if rank else 0,
            "nDCG@10": 1 / rank if rank else 0,
        }
        times = {"first_quote_ms": draw.lognormvariate(3.5, 0.3), "first_token_ms": draw.lognormvariate(7, 0.5)}
        rows.append((one, given, own | (retrieved if answerable else {}) | times, rank))
    return result(
        *rows, about={"encoder": "intfloat/multilingual-e5-small", "generator": "qwen2.5", "date": "2026-05-01"}
    )


class Page(HTMLParser):
    """What a browser would make of a page: its elements, what stands open, and its words."""

    VOID = frozenset({"meta", "img", "br", "link", "input", "hr"})

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.words, self.wrong = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.open)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


# --- the table -------------------------------------------------------------------------------------------------------


def line_of(text, name):
    return next(line for line in text.splitlines() if re.match(rf"\W*{re.escape(name)}\W", line))


def test_each_mean_stands_beside_what_it_is_a_mean_of():
    text = report.table(small())
    assert line_of(text, "must").split() == ["must", "0.600", "of", "5"]
    assert line_of(text, "fabricated").split() == ["fabricated", "0.333", "of", "3"]
    assert line_of(text, "inexact").split() == ["inexact", "0.125", "of", "8"]
    assert "8 questions: 5 that the papers answer, 3 that they do not" in text


def test_times_are_told_by_median_and_percentile_and_not_by_a_mean():
    rows = [(item(f"q{n}"), answer(item(f"q{n}"), total=100.0 if n < 9 else 90_000.0), {}, 1) for n in range(10)]
    line = line_of(report.table(result(*rows)), "total_ms")
    assert "100 ms" in line and "p95 49.5 s" in line
    assert "9.1 s" not in line  # the mean


def test_groups_come_in_the_order_of_the_work_and_hold_every_measure():
    given = small()
    given.values["odd"] = {"q1": 0.5}
    text = report.table(given)
    places = [
        text.index(f"\n{title}") for title in ("retrieval", "answers", "citations", "abstention", "speed", "other")
    ]
    assert places == sorted(places)
    assert all(f"  {name}" in text for name in given.values)


def test_a_comparison_shows_what_changed_and_whether_that_is_more_than_chance():
    compared = [
        comparison(),
        comparison("refused", before=0.0, after=0.2, difference=0.2, corrected=0.0004, verdict="worse", questions=4),
        comparison("found", difference=0.0, verdict="same", corrected=1.0),
    ]
    text = report.table(small(), compared)
    must, refused = line_of(text, "must"), line_of(text, "refused")
    assert re.search(r"0\.200 → 0\.600 +\+0\.400 +\[\+0\.100, \+0\.700\] +0\.012 +▲ better", must)
    assert "▼ worse" in refused and "<0.001" in refused
    assert "4 asked in both" in refused and "asked in both" not in must
    assert line_of(text, "found").endswith("same")
    assert line_of(text, "R@5").split() == ["R@5", "0.600", "of", "5"]  # nothing to compare with


def test_a_small_loss_is_not_rounded_to_none():
    row = line_of(report.table(small(), [comparison(difference=-0.0002, low=-0.0004, high=0.0)]), "must")
    assert "−0.00020" in row


def test_questions_whose_evidence_comes_late_are_named():
    assert report.table(small()).splitlines()[-1] == "nothing relevant among the first five: q2, q3"
    assert report.table(retrieval_only()).splitlines()[-1] == "nothing relevant among the first five: q2"


# --- markdown --------------------------------------------------------------------------------------------------------


def test_the_summary_says_what_made_it():
    text = report.markdown(small(models={"encoder": {"sha256": "ef" * 32}}), [comparison()])
    assert "ef" * 32 in text and "models.encoder.sha256" in text.replace("\\", "")
    assert "settings.k: 5" in text
    assert "0.200 → 0.600" in line_of(text, "| must")


def test_markdown_rows_have_as_many_cells_as_their_head():
    given = small(note=NASTY)
    given.values["a|b\n*c*"] = {"q1": 1.0}
    for compared in ((), [comparison()]):
        text = report.markdown(given, compared)
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {len(re.findall(r"(?<!\\)\|", rows[0]))}
        assert not re.search(r"(?<!\\)<img", text)


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given", [small(), retrieval_only(), made_up(30), result()], ids=["small", "search", "30", "none"]
)
def test_the_page_is_whole_and_loads_nothing(given):
    text = report.html(given, [comparison()] if given.items else ())
    page = Page(text)
    assert page.wrong == [] and page.open == []
    loading = {"src", "srcset", "data", "poster", "background", "xlink:href", "action", "formaction"}
    for tag, attrs, _ in page.elements:
        assert tag not in {"script", "link", "iframe", "object", "embed", "img", "base", "form"}
        assert not loading & attrs.keys() and not any(name.startswith("on") for name in attrs)
        assert attrs.get("href", "#").startswith("#")
    assert not re.search(r"url\(|@import|https?://", text)


def test_links_within_the_page_lead_somewhere_and_ids_are_unique():
    for given in (small(), retrieval_only()):
        page = Page(report.html(given))
        ids = [attrs["id"] for _, attrs, _ in page.elements if "id" in attrs]
        targets = [attrs["href"][1:] for tag, attrs, _ in page.elements if tag == "a"]
        assert targets and set(targets) <= set(ids)
        assert len(ids) == len(set(ids))


def test_every_word_from_outside_is_escaped():
    one = item(
        NASTY,
        question=NASTY,
        lang='nl" onload="x',
        type=NASTY,
        answer=NASTY,
        must=(re.escape(NASTY),),
        evidence=(Quoted(NASTY, NASTY),),
        history=(NASTY,),
    )
    other = item("q2", False, question=NASTY, type=NASTY)
    given = answer(one, NASTY)
    given["language"] = given["model"]["generator"] = NASTY
    given["sentences"][0]["verdict"] = NASTY
    given["hits"] = [{**given["hits"][0], "document": NASTY, "unit": NASTY}]
    given["citations"] = [
        {
            **given["citations"][0],
            **dict.fromkeys(("document", "title", "unit", "speaker", "quote", "reference"), NASTY),
        }
    ]
    refused = {**answer(other, reason="off_topic"), "answer": NASTY, "reason": NASTY}
    whole = result((one, given, {"found": 0}, None), (other, refused, {}, None), about={NASTY: NASTY, "gold": [NASTY]})
    whole.values[NASTY] = {one.id: 1.0}
    text = report.html(whole, [comparison(NASTY)])
    page = Page(text)
    assert page.wrong == [] and page.open == []
    assert "img" not in {tag for tag, _, _ in page.elements}
    assert not any(name.startswith("on") for _, attrs, _ in page.elements for name in attrs)
    assert text.count("&lt;img") >= 15


def rows_of(text):
    """Give ids of the questions in the order in which the page shows them, with their part of the page."""
    parts = re.split(r'(?=<details class="q")', text)[1:]
    return {re.search(r'class="meta">(\S+) ·', part)[1]: part for part in parts}


def test_questions_come_worst_first():
    # Broken citation, made up, wrong, refused, right by other words, refused for another reason, right.
    assert list(rows_of(report.html(small()))) == ["q4", "q7", "q1", "q2", "q3", "q6", "q0", "q5"]


def test_among_equals_the_one_with_the_worst_retrieval_comes_first():
    rows = [(item(f"q{n}"), answer(item(f"q{n}"), "?"), {"must": 0, "nDCG@10": n / 4}, 1) for n in (3, 1, 2)]
    assert list(rows_of(report.html(result(*rows)))) == ["q1", "q2", "q3"]


def test_a_question_shows_what_was_expected_what_came_and_what_was_missed():
    rows = rows_of(report.html(small()))
    wrong = Page(rows["q1"]).text
    assert "Has to say, 1 of 2 missing" in wrong
    assert re.search(r"said: 1 januari missing: 2026", wrong)
    assert "First with evidence at rank 3" in wrong
    assert "Kamerstukken I 2025/26, 1, A, p. 2 · Antwoord 3 · minister van Financiën" in wrong
    assert "supported" in wrong and QUOTE in wrong
    assert "Refused: Not stated" in Page(rows["q2"]).text
    elsewhere = Page(rows["q3"]).text
    assert "none of which rests on evidence" in elsewhere
    assert "not among the 10 found" in elsewhere
    assert "holds evidence" in elsewhere  # the passage that was hit is a relevant one
    assert "1 of 2 missing" not in Page(rows["q0"]).text
    assert "A refusal: Not stated" in Page(rows["q7"]).text


def test_what_became_of_the_questions_adds_up():
    text = report.html(made_up(60))
    legend = re.search(r"What became.*?</section>", text, re.DOTALL)[0]
    counts = [int(count) for count in re.findall(r"<b>(\d+)</b>", legend)]
    assert sum(counts) == 60 and len(rows_of(text)) == 60


def test_each_type_and_language_has_its_own_denominator():
    rows = [
        (item("a", type="who", lang="de"), answer(item("a")), {"must": 1}, 1),
        (item("b", type="who", lang="nl"), answer(item("b")), {"must": 0}, 1),
        (item("c", type="why", lang="nl"), answer(item("c")), {"must": 0}, 1),
        (item("d", False, type="near-miss"), answer(item("d")), {"fabricated": 1, "reason": 0}, None),
    ]
    text = Page(report.html(result(*rows))).text
    assert "who 2 50% 100%" in text and "why 1 0% 100%" in text
    assert "de 1 100%" in text and "nl 2 0%" in text
    assert "near-miss 1 100% 0%" in text


def test_confidence_is_held_against_whether_the_papers_answer():
    rows = [
        (item("a"), answer(item("a"), confidence=0.95), {}, 1),
        (item("b"), answer(item("b"), confidence=0.85), {"must": 0}, 1),
        (item("c", False), answer(item("c", False), reason="not_stated", confidence=0.05), {}, None),
    ]
    text = Page(report.html(result(*rows))).text
    assert "Expected calibration error 0.083, over 3 questions" in text  # (.05 + .15 + .05) / 3
    assert "Area under the curve 0.250; by chance 0.500" in text  # (0 + 1/2) / 2
    assert "2 answers to 3 questions" in text


def test_without_confidence_scores_give_the_order_and_no_calibration_is_claimed():
    rows = [
        (item("a"), answer(item("a")), {}, 1),
        (item("b"), answer(item("b"), confidence=None, score=0.3), {"must": 0}, 1),
    ]
    text = Page(report.html(result(*rows))).text
    assert "in order of score of the best passage" in text
    assert "calibration error" not in text


def test_a_score_of_another_scale_and_no_hit_at_all_are_borne():
    bare = {**answer(item("b"), confidence=None), "hits": []}
    text = report.html(
        result((item("a"), answer(item("a"), confidence=None, score=17.3), {}, 1), (item("b"), bare, {}, 1))
    )
    assert "Risk and coverage" in text


def test_where_only_retrieval_was_measured_nothing_is_said_of_answers():
    text = report.html(retrieval_only())
    page = Page(text)
    assert "Only retrieval was measured" in page.text and "Where the evidence stands" in page.text
    for absent in ("What became", "Risk and coverage", "Came back", "Time to answer", "Answers</th>", "Has to say"):
        assert absent not in text
    assert list(rows_of(text)) == ["q2", "q3", "q1"] or list(rows_of(text)) == ["q2", "q1", "q3"]


def test_drawings_are_named_or_hidden_and_tables_have_heads():
    for compared in ((), [comparison()]):
        text = report.html(made_up(20), compared)
        for drawing in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
            if 'aria-hidden="true"' not in drawing:
                assert re.match(r'<svg[^>]*role="img"[^>]*><title>[^<]+</title><desc>[^<]+</desc>', drawing)
        page = Page(text)
        assert all("scope" in attrs for tag, attrs, _ in page.elements if tag == "th")


def test_a_page_of_four_hundred_questions_can_be_mailed():
    assert len(report.html(made_up(400), [comparison()]).encode()) < 3_000_000


def test_of_very_many_questions_the_page_says_how_many_it_shows(monkeypatch):
    monkeypatch.setattr(report, "SHOWN", 5)
    text = report.html(small())
    assert list(rows_of(text)) == ["q4", "q7", "q1", "q2", "q3"]
    assert "The 5 worst of 8 are shown; result.json has all." in text


def contrast(one, other):
    def light(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lights = sorted([light(one), light(other)])
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_words_can_be_read_on_their_ground_by_day_and_night():
    style = (Path(report.__file__).parent / "report.css").read_text(encoding="utf-8")
    schemes = [
        dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})", part)) for part in re.findall(r":root \{.*?\}", style, re.DOTALL)
    ]
    assert len(schemes) == 3  # day, night, paper
    for colours in schemes:
        for words in ("--ink", "--quiet", "--accent", "--bad"):
            assert contrast(colours[words], colours["--ground"]) >= 4.5, words


# --- files -----------------------------------------------------------------------------------------------------------

FILES = {"report.html", "summary.md", "result.json", "timings.json", "qrels.txt", "run.txt", "ragas.jsonl"}


def test_all_files_are_written_and_nothing_else_is_left(tmp_path):
    report.write(small(), [comparison()], tmp_path / "new" / "folder")
    assert {path.name for path in (tmp_path / "new" / "folder").iterdir()} == FILES


def timed(total, date):
    one = item()
    return result((one, answer(one, total=total), {"first_quote_ms": total / 9}, 1), about={"date": date})


def test_the_same_answers_give_the_same_result_to_the_byte_however_long_they_took(tmp_path):
    compared = [comparison(), comparison("total_ms", gated=False)]
    report.write(timed(100.0, "2026-01-01"), compared, tmp_path / "one")
    report.write(
        timed(999.0, "2026-01-02"), [compared[0], comparison("total_ms", p=0.5, gated=False)], tmp_path / "two"
    )
    for name in FILES - {"timings.json", "report.html", "summary.md"}:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    one, two = (json.loads((tmp_path / run / "timings.json").read_text()) for run in ("one", "two"))
    assert (one["date"], one["answers"]["q1"]["total"]) == ("2026-01-01", 100.0)
    assert (two["date"], two["summary"]["total_ms"]) == ("2026-01-02", {"median": 999.0, "p95": 999.0, "questions": 1})


def test_the_result_has_means_with_their_denominators_values_and_answers(tmp_path):
    report.write(small(), [comparison()], tmp_path)
    value = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert (value["questions"], value["unanswerable"]) == (5, 3)
    assert value["means"]["must"] == 0.6 and value["denominators"]["must"] == 5
    assert value["means"]["fabricated"] == 0.3333 and value["denominators"]["fabricated"] == 3
    assert value["values"]["must"] == {"q0": 1, "q1": 0, "q2": 0, "q3": 1, "q4": 1}
    assert value["answers"]["q0"]["citations"][0]["quote"] == QUOTE
    assert value["comparisons"][0]["verdict"] == "better"
    assert value["about"]["settings"] == {"k": 5}


def test_another_evaluator_reads_run_and_qrels_and_gets_the_same(tmp_path):
    import ir_measures

    spaced = item("q 1 %")
    report.write(result((spaced, None, {}, 4), (item("q2"), None, {}, None)), (), tmp_path)
    qrels = list(ir_measures.read_trec_qrels(str(tmp_path / "qrels.txt")))
    run = list(ir_measures.read_trec_run(str(tmp_path / "run.txt")))
    assert {row.query_id for row in qrels} == {"q%201%20%25", "q2"}
    assert ir_measures.calc_aggregate([ir_measures.RR], qrels, run)[ir_measures.RR] == pytest.approx(0.125)


def test_lines_for_ragas_hold_what_was_said_and_what_it_rests_on():
    rows = {row["id"]: row for row in map(json.loads, report.ragas_lines(small()))}
    assert len(rows) == 8
    assert rows["q0"] == {
        "id": "q0",
        "user_input": "Wanneer trad regeling q0 in werking?",
        "response": "Op 1 januari 2026. [1]",
        "retrieved_contexts": [QUOTE],
        "reference": "op 1 januari 2026",
        "reference_contexts": [QUOTE],
    }
    assert (rows["q5"]["reference"], rows["q5"]["retrieved_contexts"]) == (None, [])
    assert list(report.ragas_lines(retrieval_only())) == []


def test_what_stops_half_way_leaves_the_files_of_an_earlier_run(tmp_path, monkeypatch):
    report.write(small(), (), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    real, calls = report.os.fsync, []

    def full(number):
        calls.append(number)
        if len(calls) == 4:
            raise OSError(28, "No space left on device")
        real(number)

    monkeypatch.setattr(report.os, "fsync", full)
    with pytest.raises(RaadpleegError, match=r"cannot be written \(No space left on device\); name another folder"):
        report.write(made_up(10), (), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_where_the_folder_should_be_is_one_clear_line(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(RaadpleegError, match="taken cannot be written"):
        report.write(small(), (), tmp_path / "taken")
