"""What somebody thinks of an answer: the form under it, and its way to the drafts of gold.

What is kept, and how, is `raadpleeg.evaluation.drafts`; `raadpleeg gold review` takes it from there.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from raadpleeg.errors import BadQuestion, RaadpleegError
from raadpleeg.evaluation.drafts import DRAFTS, LONGEST_REASON, append, draft
from raadpleeg.records import Answer
from raadpleeg.web.room import Room
from raadpleeg.web.texts import JUDGING


def buttons(number: int, language: str) -> str:
    """Write the form under an answer; `number` is that of its question in the conversation."""
    words = JUDGING[language]
    choices = "".join(
        f'<label><input type="radio" name="verdict" value="{value}" required> '
        f'<span aria-hidden="true">{sign}</span> {escape(label)}</label>'
        for value, sign, label in (("up", "👍", words.up), ("down", "👎", words.down))
    )
    return (
        f'<details class="menu judging"><summary>{escape(words.judge)}</summary>'
        f'<form class="judge" data-turn="{number:d}"><fieldset><legend class="unseen">{escape(words.judge)}</legend>'
        f"{choices}</fieldset><label>{escape(words.why)} "
        f'<textarea name="reason" rows="2" maxlength="{LONGEST_REASON}"></textarea></label>'
        f'<p class="hint">{escape(words.stays)}</p><button type="submit">{escape(words.keep)}</button></form></details>'
    )


def add_feedback(room: Room, desk: gr.HTML, history: gr.State, sent: gr.HTML, path: Path = DRAFTS) -> None:
    """Keep what the form of `buttons` sends.

    Args:
        room: the page's.
        desk: the part whose scripts have `judge.js` among them.
        history: the conversation, as `rendering.Turn`s.
        sent: takes the line that tells how it went.
        path: the file of drafts.
    """
    from raadpleeg.web.rendering import parcel  # which itself writes the form

    words = JUDGING[room.texts.language]

    def judge(event: gr.EventData, turns: Sequence[Any]) -> str:
        told, said = words.kept, event._data or {}
        try:
            answer, before = _judged(said, turns)
            append(draft(answer, str(said.get("verdict")), str(said.get("reason") or ""), before), path)
        except RaadpleegError as error:
            told = str(error)
        # The same words twice are told twice: the page listens for a change.
        return f"{parcel('told', words=told)}<!-- {secrets.token_hex(4)} -->"

    desk.judge(judge, history, sent, queue=False, show_progress="hidden", api_visibility="private")


def _judged(sent: dict[str, Any], turns: Sequence[Any]) -> tuple[Answer, tuple[str, ...]]:
    """Find the answer that is meant, and what was asked before it; what a browser sends is not believed."""
    number = sent.get("turn")
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(turns):
        raise BadQuestion("that answer is not there any more; ask again, and judge that")
    answer: Answer | None = turns[number - 1].answer
    if answer is None:
        raise BadQuestion("there is no answer to judge; ask again, and judge that")
    return answer, tuple(one.question for one in turns[: number - 1])
