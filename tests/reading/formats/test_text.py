import pytest

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.formats.text import decode, pages_of_lines
from raadpleeg.reading.layout import lay_out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding):
    assert decode("Financiën – “kabinet”".encode(encoding)) == "Financiën – “kabinet”"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\x00\x01\x02", b"PK\x03\x04 \x00\x00", bytes(range(256)), b"\xff\xfea"], ids=repr
)
def test_what_is_no_text_says_so(content):
    with pytest.raises(UnreadableDocument, match="no text file"):
        decode(content)


@pytest.mark.parametrize("content", ["", " \n \n", "\f\n"])
def test_an_empty_file_says_so(content):
    with pytest.raises(UnreadableDocument, match="no words"):
        pages_of_lines(content)


def test_form_feeds_are_pages():
    pages = pages_of_lines("een\ntwee\n\fdrie\n\f\nvier")
    assert [[line.text for line in page] for page in pages] == [["een", "twee"], ["drie"], ["vier"]]


def test_an_empty_page_in_the_middle_counts():
    pages = pages_of_lines("een\f\n\fdrie\f\f")
    assert [[line.text for line in page] for page in pages] == [["een"], [], ["drie"]]


def test_the_running_foot_ends_a_page_where_nothing_else_does():
    foot = "Tweede Kamer, vergaderjaar 2023-2024, 36 450, nr. 6"
    pages = pages_of_lines(f"een\n{foot} 1\ntwee\n{foot}   2\ndrie\n{foot} 3\n")
    assert [page[0].text for page in pages] == ["een", "twee", "drie"]
    layout = lay_out(pages)
    assert "vergaderjaar" not in layout.text
    assert len(layout.pages) == 3
    assert len(pages_of_lines(f"een\n{foot} 1\ntwee\n{foot} 7\n")) == 1


def test_one_space_begins_a_page_only_where_few_lines_have_one():
    body = "regel\n" * 20
    assert len(pages_of_lines(" begin\n" + body + " nieuwe bladzijde\n" + body)) == 2
    assert len(pages_of_lines(" ingesprongen\n" * 20)) == 1


def test_gaps_are_counted():
    (page,) = pages_of_lines("een\n\n\ntwee\ndrie")
    assert [line.gap for line in page] == [0, 2, 0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end):
    (page,) = pages_of_lines(decode(f"een{end}{end}twee{end}".encode()))
    assert [(line.text, line.gap) for line in page] == [("een", 0), ("twee", 1)]
