"""Trains the reranker: small changes (LoRA) to the upper layers of the encoder, and a score for each sentence.

What is read is laid out by the code that reads it later (`raadpleeg.answering.reranking`). The loss is the likelihood
of the right sentences, or of none, in a softmax over all sentences and "none of these", with a binary cross-entropy for
each sentence beside it, so that a score by itself means something too.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from raadpleeg.answering.candidates import context
from raadpleeg.answering.evidence import within
from raadpleeg.answering.generators.threads import usable_cores
from raadpleeg.answering.reranking import Layout, lay_out, matrices
from training.examples import Example

RANK = 16
"""Rank of each change."""
FROZEN = 4
"""Lowest layers, which stay as they are."""
RATE, HEAD_RATE = 7e-4, 2e-3
SCALE = 8.0
"""How much faster the head learns than its rate says. The states of one text differ by a third of their length, so
a head of the usual size weighs them too lightly for anything below it to learn."""
BATCH = 4
"""Questions a step. Each is read by one thread: a question is too short for two cores to share."""
READ = 320
"""Tokens read of a question, its marks and its sentences while learning."""
TAKEN_AWAY = 0.15
"""Share of the answerable questions whose paper, or passage, is taken away, so that nothing answers them."""
DROPPED = 0.1
"""Share of a sentence's state that is left out while learning."""
BLIND = 0.25
"""Share of the questions for which what retrieval knows of the sentences is hidden while learning. It tells most of
what is easy, so that with it always there the network hardly needs to read."""
SENTENCE_LOSS = 0.25
AVERAGED = 0.998
"""What a running mean of all that is learnt keeps of itself at each step; the mean is what is kept in the end."""
ROUNDS = ((1.2, 1.0), (1.5, 0.35), (4.5, 0.35))
"""Epochs of each round, and the share of the rates at which it is learnt. Each begins where the one before it ended
(warm restarts: Loshchilov & Hutter 2017, arXiv:1608.03983). One long round at the full rate came to nothing: its loss
stopped falling after 2,000 questions, and in the end no gradient to speak of reached the changes."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the network is shown for one question."""

    layout: Layout
    features: torch.Tensor
    right: torch.Tensor
    seed: int
    """Of what is left out of the states."""


class Changed(nn.Module):
    """A matrix with a change of low rank beside it."""

    def __init__(self, matrix: nn.Linear, chance: torch.Generator) -> None:
        super().__init__()
        self.matrix = matrix
        first = torch.randn(RANK, matrix.in_features, generator=chance)
        self.down = nn.Parameter(first / math.sqrt(matrix.in_features))
        self.up = nn.Parameter(torch.zeros(matrix.out_features, RANK))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        change = (states @ self.down.T.to(states.dtype)) @ self.up.T.to(states.dtype)
        return self.matrix(states) + change


class Learner:
    """The network while it learns."""

    def __init__(self, bert: Any, tokenizer: Any, mean: Any, spread: Any, weights: Any) -> None:
        for parameter in bert.parameters():
            parameter.requires_grad_(False)
        bert.encoder.bfloat16()
        bert.config._attn_implementation = "eager"  # its way back is the fastest on a processor
        self.bert = bert.eval()
        self.tokenizer = tokenizer
        self.mean, self.spread = torch.from_numpy(mean), torch.from_numpy(spread)
        self.first = torch.from_numpy(weights) * self.spread
        self.changes: dict[str, Changed] = {}
        chance = torch.Generator().manual_seed(0)
        for name, matrix in matrices(bert.encoder):
            if int(name.split(".")[1]) >= FROZEN:
                above, _, own = name.rpartition(".")
                self.changes[name] = Changed(matrix, chance)
                setattr(bert.encoder.get_submodule(above), own, self.changes[name])
        self.head = nn.Parameter(torch.zeros(bert.config.hidden_size))
        self.none = nn.Parameter(torch.zeros(bert.config.hidden_size))
        self.bias = nn.Parameter(torch.tensor(-2.0))
        self.features = nn.Parameter(self.first.clone() * 0.7)
        self._averages: list[torch.Tensor] = []
        self._known: dict[str, list[int]] = {}

    def tokens(self, text: str) -> list[int]:
        if text not in self._known:
            self._known[text] = self.tokenizer.encode(text, add_special_tokens=False, verbose=False)[:128]
        return self._known[text]

    def show(self, example: Example, chance: random.Random, subjects: Mapping[str, str]) -> Shown | None:
        """Choose what is read of a question: the right sentences, and the best of the others, with some noise."""
        known = np.array([one.features for one in example.offered], np.float32)
        features = (torch.from_numpy(known) - self.mean) / self.spread
        scores = (features @ self.first).tolist()
        away = self._taken_away(example, chance)
        wish = [score + chance.gauss(0, 0.4) + 50 * yes for score, yes in zip(scores, example.right, strict=True)]
        best = [example.offered[at] for at in sorted(range(len(wish)), key=lambda at: -wish[at])]
        there = [one for one in best if one.passage.document.id not in away and one.number not in away]
        groups = within(there, example.question, READ - 2, lambda text, most: min(len(self.tokens(text)), most))
        if not groups:
            return None
        at_of = {(one.number, one.start): at for at, one in enumerate(example.offered)}
        places = [[at_of[one.number, one.start] for one in own] for own in groups]
        places.sort(key=lambda own: -max(scores[at] for at in own))
        if chance.random() < 0.5:
            chance.shuffle(places)
        rows: list[tuple[list[int], list[list[int]]]] = []
        taken: list[int] = []
        for own in places:
            passage = example.offered[own[0]].passage
            # The public set has no titles; the subject of what was asked stands in for one, now and then.
            above = context(passage) or (subjects.get(passage.document.id, "") if chance.random() < 0.6 else "")
            rows.append((self.tokens(above), [self.tokens(example.offered[at].text) for at in own]))
            taken += own
        right = torch.tensor([example.right[at] for at in taken])
        seen = torch.zeros_like(features[taken]) if chance.random() < BLIND else features[taken]
        return Shown(lay_out(self.tokens(example.question), rows), seen, right, chance.getrandbits(32))

    def gradients(self, shown: Shown) -> tuple[float, Sequence[torch.Tensor]]:
        """Give the loss, and what it says of each parameter. May be called by several threads at once."""
        loss = self.loss(shown)
        changes, above = self.parameters()
        return float(loss.detach()), torch.autograd.grad(loss, [*changes, *above])

    def loss(self, shown: Shown) -> torch.Tensor:
        scores = self._scores(shown)
        everything = torch.cat([torch.zeros(1), scores]).logsumexp(0)
        truth = scores[shown.right].logsumexp(0) if shown.right.any() else torch.zeros(())
        each = nn.functional.binary_cross_entropy_with_logits(scores, shown.right.float(), reduction="sum")
        return everything - truth + SENTENCE_LOSS * each

    def parameters(self) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
        """Give the changes, and what stands upon them."""
        return [one for own in self.changes.values() for one in (own.down, own.up)], [
            self.head,
            self.none,
            self.bias,
            self.features,
        ]

    def average(self, steps: int) -> None:
        """Take all that is learnt into the running mean, after so many `steps`; the first ones count for less."""
        changes, above = self.parameters()
        learnt = [one.detach() for one in (*changes, *above)]
        kept = min(AVERAGED, (1 + steps) / (10 + steps))
        if not self._averages:
            self._averages = [one.clone() for one in learnt]
        for mean, one in zip(self._averages, learnt, strict=True):
            mean.lerp_(one, 1 - kept)

    def settle(self) -> None:
        """Put the running mean in the place of what was learnt last, and begin another."""
        if not self._averages:  # the round was shorter than a step
            return
        changes, above = self.parameters()
        for one, mean in zip((*changes, *above), self._averages, strict=True):
            one.data.copy_(mean)
        self._averages = []

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Give all that was learnt; features are taken as they come, not standardised."""
        weights = (self.features / self.spread).detach()
        bias = (self.bias - (self.mean * weights).sum()).detach().reshape(1)
        found = {
            "head.weight": SCALE * self.head.detach(),
            "none.weight": SCALE * self.none.detach(),
            "head.bias": bias,
            "features.weight": weights,
        }
        for name, one in self.changes.items():
            found[f"{name}.down"] = one.down.detach().half()
            found[f"{name}.up"] = one.up.detach().half()
        return {name: tensor.contiguous().numpy() for name, tensor in found.items()}

    def _taken_away(self, example: Example, chance: random.Random) -> set[Any]:
        if not any(example.right) or chance.random() >= TAKEN_AWAY:
            return set()
        own = [one for one, yes in zip(example.offered, example.right, strict=True) if yes]
        by_passage = any(one.passage.document.units for one in own)  # a long paper may answer elsewhere
        return {one.number if by_passage else one.passage.document.id for one in own}

    def _scores(self, shown: Shown) -> torch.Tensor:
        with torch.no_grad():
            states = self.bert.embeddings(input_ids=torch.tensor([shown.layout.tokens])).bfloat16()
            for layer in self.bert.encoder.layer[:FROZEN]:
                states = _first(layer(states))
        for layer in self.bert.encoder.layer[FROZEN:]:
            states = _first(layer(states))
        of = torch.tensor(shown.layout.of)
        own = of >= 0
        count = max(shown.layout.of) + 1
        sums = torch.zeros(count, states.shape[-1]).index_add(0, of[own], states[0].float()[own])
        means = sums / torch.bincount(of[own], minlength=count)[:, None]
        kept = torch.full((count + 1, states.shape[-1]), 1 - DROPPED)
        kept = kept.bernoulli(generator=torch.Generator().manual_seed(shown.seed)) / (1 - DROPPED)
        read = (means * kept[:-1]) @ self.head
        nothing = (states[0, 0].float() * kept[-1]) @ self.none
        return SCALE * (read - nothing) + shown.features @ self.features + self.bias


def train(
    learner: Learner,
    rows: Sequence[Example],
    subjects: Mapping[str, str],
    epochs: float,
    steps: int | None = None,
    seed: int = 0,
    share: float = 1.0,
) -> None:
    """Teach the network in one round; an answerable question whose answer was not offered teaches nothing.

    Args:
        learner: the network.
        rows: questions.
        subjects: what stands in for the title of a document that has none.
        epochs: length of the schedule.
        steps: questions after which to stop, wherever the schedule is.
        seed: of everything that is left to chance.
        share: of the rates.
    """
    chance = random.Random(seed)
    useful = [one for one in rows if not one.answerable or any(one.right)]
    changes, above = learner.parameters()
    optimiser = torch.optim.AdamW([{"params": changes, "weight_decay": 0.01}, {"params": above}])
    total = int(len(useful) * epochs)
    lately = math.nan
    batch: list[Shown] = []
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    with ThreadPoolExecutor(usable_cores(), initializer=torch.set_num_threads, initargs=(1,)) as pool:
        for seen in range(min(total, steps or total)):
            if seen % len(useful) == 0:
                chance.shuffle(useful)
            shown = learner.show(useful[seen % len(useful)], chance, subjects)
            batch += [shown] if shown is not None else []
            if seen % BATCH == BATCH - 1 and batch:
                found = list(pool.map(learner.gradients, batch))
                for at, one in enumerate((*changes, *above)):
                    one.grad = torch.stack([grads[at] for _, grads in found]).sum(0) / BATCH
                pace = share * min(1.0, seen / total / 0.06) * (0.05 + 0.475 * (1 + math.cos(math.pi * seen / total)))
                for group, rate in zip(optimiser.param_groups, (RATE, HEAD_RATE), strict=True):
                    group["lr"] = rate * pace
                nn.utils.clip_grad_norm_([*changes, *above], 1.0)
                optimiser.step()
                learner.average(seen // BATCH)
                for now, _ in found:
                    lately = now if math.isnan(lately) else 0.99 * lately + 0.01 * now
                batch.clear()
            if seen % 200 == 199:
                print(f"{seen + 1} of {total}: loss {lately:.3f}", flush=True)
    torch.set_num_threads(threads)
    learner.settle()


def save(learner: Learner, path: Path, encoder: str) -> None:
    """Write what was learnt, with the fingerprint of the encoder that it belongs to."""
    from safetensors.numpy import save_file

    save_file(learner.arrays(), path, {"encoder": encoder})


def _first(output: Any) -> torch.Tensor:
    return output[0] if isinstance(output, tuple) else output
