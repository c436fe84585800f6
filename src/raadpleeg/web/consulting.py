"""The tab where questions are asked: papers and filters, the conversation, and what can be done with an answer."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from raadpleeg.errors import BadQuestion, RaadpleegError
from raadpleeg.retrieval.question import check_question
from raadpleeg.web import filtering, keeping, rendering, saving
from raadpleeg.web.asking import Asked, Run, turns
from raadpleeg.web.feedback import add_feedback
from raadpleeg.web.rendering import Turn
from raadpleeg.web.room import Room, static
from raadpleeg.web.texts import FORMS

QUESTIONS_AT_ONCE = 16
"""Browsers whose questions are taken in; the models answer one at a time."""

Values = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Consult:
    """The parts of the tab that are filled when somebody opens the page."""

    filters: filtering.Panel
    examples: gr.HTML
    papers: gr.HTML

    @property
    def parts(self) -> list[Any]:
        """All of them."""
        return [*self.filters.parts, self.examples, self.papers]

    def filled(self, room: Room) -> Values:
        """Give what they hold with the papers that are there now."""
        assistant = room.get_assistant()
        if assistant is None:
            return {self.papers: gr.skip()}
        documents = assistant.index.documents.values()
        return {
            self.examples: rendering.examples(room.texts, documents),
            self.papers: rendering.papers(documents, room.texts),
            **self.filters.offer(filtering.choices(documents, room.texts)),
        }


def build(room: Room, desk: gr.HTML, live: gr.HTML) -> Consult:
    """Build the tab.

    Args:
        room: the page's.
        desk: takes what is asked of an answer outside the tab's own fields, as events of the page's script.
        live: what a screen reader says.
    """
    texts = room.texts
    runs: dict[str | None, Run] = {}
    quiet: Values = {"show_progress": "hidden", "api_visibility": "private"}

    history = gr.State(())
    editing = gr.State(None)
    with gr.Row(elem_id="consult"):
        with gr.Column(elem_id="side"):
            gr.HTML(rendering.side_head(texts), elem_id="side-head", apply_default_css=False)
            filters = filtering.panel(texts)
            papers = gr.HTML("", elem_id="papers", apply_default_css=False)
            gr.HTML(
                rendering.earlier(texts),
                elem_id="earlier",
                apply_default_css=False,
                js_on_load=static("store.js", "earlier.js"),
            )
        with gr.Column(elem_id="talk"):
            gr.HTML(rendering.title(texts.tabs["consult"]), apply_default_css=False)
            past = gr.HTML("", elem_id="past", apply_default_css=False)
            now = gr.HTML(
                rendering.welcome(texts), elem_id="now", apply_default_css=False, js_on_load=static("talk.js")
            )
            with gr.Column(elem_id="asking"):
                hint = gr.HTML("", elem_id="hint", apply_default_css=False, js_on_load=static("hint.js"))
                box = gr.Textbox(
                    label=texts.question_label,
                    show_label=False,
                    placeholder=texts.placeholder,
                    lines=1,
                    max_lines=6,
                    autofocus=True,
                    submit_btn=texts.ask,
                    elem_id="question",
                    container=False,
                )
                with gr.Row(elem_id="narrowing"):
                    filters.toggle.render()  # type: ignore[no-untyped-call]
                    filters.clear.render()  # type: ignore[no-untyped-call]
            examples = gr.HTML(rendering.examples(texts), elem_id="examples", apply_default_css=False)
    kept = gr.HTML(
        "", elem_id="kept", apply_default_css=False, visible="hidden", js_on_load=static("store.js", "kept.js")
    )
    sent = gr.HTML("", elem_id="sent", apply_default_css=False, visible="hidden", js_on_load=static("sent.js"))
    consult = Consult(filters, examples, papers)

    def shown(done: tuple[Turn, ...]) -> Values:
        """Show a conversation that is not going on: its last question below, the others above."""
        *before, last = done if done else (None,)
        return {
            past: "".join(rendering.turn(one, texts) for one in before if one),
            now: rendering.turn(last, texts) if last else rendering.welcome(texts),
            box: gr.update(placeholder=texts.follow_up if last else texts.placeholder),
        }

    async def ask(values: Values, request: gr.Request) -> AsyncIterator[Values]:
        """Answer a question, showing all that is known as soon as it is."""
        question: str = values[box]
        before: tuple[Turn, ...] = values[history]
        if values[editing]:
            before = before[: values[editing] - 1]
        try:
            asked = check_question(question or "", room.settings)
        except BadQuestion:
            empty = not any(char.isalnum() for char in question or "")
            words = texts.empty_question if empty else texts.long_question.format(room.settings.question_characters)
            yield {hint: rendering.notice(words)}
            return
        try:
            wanted = filtering.read(filters.chosen(values), texts)
        except BadQuestion as error:
            yield {hint: rendering.notice(str(error)) + rendering.parcel("side")}
            return
        if request.session_hash in runs:
            return
        run = runs[request.session_hash] = Run()
        turn = Turn(len(before) + 1, asked, texts.searching, within=filtering.described(wanted, texts))
        yield {
            past: "".join(rendering.turn(one, texts) for one in before),
            now: rendering.turn(turn, texts),
            box: gr.update(value="", submit_btn=False, stop_btn=texts.stop, placeholder=texts.follow_up),
            hint: "",
            live: rendering.spoken(texts.searching),
            editing: None,
        }
        try:
            together = Asked(tuple(one.question for one in before), wanted)
            async for newest in turns(run, turn, room.get_assistant, texts, together):
                turn = newest
                yield {now: rendering.turn(turn, texts)}
                if turn.quotes and not turn.draft and not turn.answer:
                    found = texts.found.format(len(turn.quotes.citations))
                    yield {live: rendering.spoken(found)}
        finally:  # also where the browser goes away
            run.stop()
            runs.pop(request.session_hash, None)
        done = (*before, turn)
        yield {
            history: done,
            kept: rendering.parcel("turns", turns=keeping.kept(done)),
            box: gr.update(submit_btn=texts.ask, stop_btn=False),
            live: rendering.spoken(turn.ended or (turn.answer.text if turn.answer else "")),
        }

    async def stop(request: gr.Request) -> None:
        if run := runs.get(request.session_hash):
            run.stop()

    async def restore(event: gr.EventData) -> Values:
        """Take back a conversation that the browser kept; what it sends is not believed."""
        try:
            assistant = await room.assistant()
        except RaadpleegError:
            return {sent: _parcel("restored")}
        value = (event._data or {}).get("turns")
        done = keeping.restored(value, assistant.index.documents, room.settings.question_characters)
        return {history: done, **shown(done), editing: None, hint: "", sent: _parcel("restored")}

    def change(event: gr.EventData, done: tuple[Turn, ...]) -> Values:
        """Put a question into the box again; sent anew, it takes the place of itself and all after it."""
        number = _number(event, len(done))
        if not number:
            return {editing: None, hint: ""}
        return {box: done[number - 1].question, editing: number, hint: rendering.editing(number, texts)}

    def again(event: gr.EventData, done: tuple[Turn, ...]) -> Values:
        """Put a question into the box, to be asked anew at once."""
        number = _number(event, len(done))
        return {box: done[number - 1].question, editing: number} if number else {editing: None}

    def save(event: gr.EventData, done: tuple[Turn, ...]) -> str:
        """Write an answer, or all of them, as a file for the browser to save."""
        asked = event._data or {}
        number, form = _number(event, len(done)), asked.get("form")
        chosen = done[number - 1 : number] if number else done
        answers = [one.answer for one in chosen if one.answer]
        assistant = room.get_assistant()
        if form not in FORMS or not answers or assistant is None:
            return _parcel("told", words=texts.gone)
        try:
            made = saving.file(answers, form, assistant.index, room.settings, texts)
        except ValueError:  # a paper was taken out since
            return _parcel("told", words=texts.gone)
        told = texts.saved.format(made.name)
        return _parcel("file", name=made.name, kind=made.kind, body=made.text, words=told)

    def copy(event: gr.EventData, done: tuple[Turn, ...]) -> str:
        """Write an answer with its sources, to be pasted."""
        number = _number(event, len(done))
        answer = done[number - 1].answer if number else None
        if answer is None:
            return _parcel("told", words=texts.gone)
        return _parcel("copy", body=saving.plain(answer, texts), words=texts.copied)

    def cite(event: gr.EventData) -> str:
        """Write the reference to a place, to be pasted."""
        spot, assistant = spot_of(event), room.get_assistant()
        document = assistant.index.documents.get(spot[0]) if assistant and spot else None
        if document is None or spot is None or assistant is None:
            return _parcel("told", words=texts.gone)
        start = min(spot[1], len(document.text))
        line = saving.reference(
            document, start, min(max(start, spot[2]), len(document.text)), assistant.index.documents
        )
        return _parcel("copy", body=line, words=texts.copied)

    outputs = [past, now, box, hint, history, editing, kept, live]
    inputs = {box, history, editing, *filters.parts}
    asking: Values = {"concurrency_limit": QUESTIONS_AT_ONCE, "concurrency_id": "ask", **quiet}
    box.submit(ask, inputs, outputs, **asking)
    box.stop(stop, queue=False, **quiet)
    desk.again(again, history, [box, editing], queue=False, **quiet).then(ask, inputs, outputs, **asking)
    desk.edit(change, history, [box, editing, hint], queue=False, **quiet)
    desk.fresh(
        lambda: {history: (), **shown(()), editing: None, hint: ""},
        outputs=[history, past, now, box, editing, hint],
        queue=False,
        **quiet,
    )
    desk.restore(restore, outputs=[history, past, now, box, editing, hint, sent], concurrency_limit=None, **quiet)
    desk.save(save, history, sent, queue=False, **quiet)
    desk.copy(copy, history, sent, queue=False, **quiet)
    desk.cite(cite, outputs=sent, queue=False, **quiet)
    add_feedback(room, desk, history, sent)
    return consult


def spot_of(event: gr.EventData) -> tuple[str, int, int] | None:
    """Read a place from what a browser sends, which is not believed; its span may still lie outside the paper."""
    sent = event._data or {}
    document, start, end = (sent.get(name) for name in ("document", "start", "end"))
    if not isinstance(document, str) or not isinstance(start, int) or not isinstance(end, int):
        return None
    return document, max(0, start), max(0, end)


def _parcel(kind: str, /, **fields: str) -> str:
    """Write what the page's script gets; the same twice is sent twice, for it listens for a change."""
    return f"{rendering.parcel(kind, **fields)}<!-- {secrets.token_hex(4)} -->"


def _number(event: gr.EventData, most: int) -> int:
    """Read the number of a question from what a browser sends; 0 where it is none."""
    number = (event._data or {}).get("turn")
    return number if isinstance(number, int) and 1 <= number <= most else 0
