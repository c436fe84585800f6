from raadpleeg.evaluation.gold import Item, Quoted, Span
from raadpleeg.evaluation.run import evaluate

TELEWORK = Item(
    "q", "Wat staat er over grensoverschrijdend telewerken?", "nl", "beir", True, "", (), (Quoted("kst-35714-O", "x"),)
)


def test_a_set_that_judges_documents_is_measured_on_documents(assistant, hashed_index):
    whole = Span("kst-35714-O", 0, len(hashed_index.documents["kst-35714-O"].text))
    by_passage = evaluate([TELEWORK], {"q": (whole,)}, assistant(), {}, retrieval_only=True)
    by_document = evaluate(
        [TELEWORK], {"q": (whole,)}, assistant(), {}, retrieval_only=True, judged={"q": {"kst-35714-O": 1}}
    )
    assert set(by_document.run["q"]) == set(hashed_index.documents)
    assert by_document.run["q"]["kst-35714-O"] == max(
        score for passage, score in by_passage.run["q"].items() if passage.startswith("kst-35714-O#")
    )
    # With one relevant document recall is all or nothing; with its many relevant passages one hit is a small share.
    assert by_document.mean("R@5") == 1.0
    assert 0 < by_passage.mean("R@1") < 0.2
