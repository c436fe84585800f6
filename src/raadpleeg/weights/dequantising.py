"""The default encoder: 4-bit weights and a tokenizer in, a folder that sentence-transformers opens out.

The weights come in one file, little-endian throughout: the magic ``E5S1``, a version, the sizes of the network, the
vocabulary (pieces and scores), a map that normalises characters, then a directory of named tensors and the tensors. A
tensor is float32, or Q4_0 as in GGML: blocks of 32 weights, each one float16 scale and 16 bytes, whose low nibbles are
the first 16 weights and whose high nibbles the last 16, with 8 taken off.

The vocabulary in the weights must be the tokenizer's own, piece for piece: a row of the embedding table means nothing
under another numbering. Neither torch nor sentence-transformers is needed to write the folder.
"""

from __future__ import annotations

import json
import shutil
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from raadpleeg.errors import ModelUnavailable
from raadpleeg.records import Progress, no_progress
from raadpleeg.weights.digests import sha256_of

Floats = npt.NDArray[np.float32]

LAYOUT = 1
"""Raised when what is written changes, so that a folder of an earlier raadpleeg is made anew."""

MAX_TOKENS = 512

MANIFEST = "manifest.json"
"""Holds the layout, and the sha256 of the sources and of every other file in the folder."""

MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
WEIGHTS_PER_BLOCK = 32
LONGEST_NAME = 64
BLOCKS_AT_ONCE = 1 << 18  # 8 million weights: keeps the working copies far below the size of the embedding table

# Names in the file, and in the BERT of transformers. Matrices are Q4_0, vectors float32.
EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network, as the head of the file gives them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a tensor stands in the file; `quantised` tells Q4_0 from float32."""

    quantised: bool
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class QuantisedFile:
    """A parsed file: the tensors are read when they are asked for."""

    path: Path
    shape: Shape
    pieces: tuple[str, ...]
    scores: Floats
    unknown: int
    entries: dict[str, Entry]
    content: npt.NDArray[np.uint8]

    def tensor(self, name: str, *sizes: int) -> Floats:
        """Give the tensor `name` as float32 of shape `sizes`.

        Raises:
            ModelUnavailable: a tensor that is not there, is of another size, or holds no finite numbers.
        """
        entry = self.entries.get(name)
        if entry is None:
            raise _odd(self.path, f"it has no tensor {name}")
        count = int(np.prod(sizes))
        if entry.count != count:
            raise _odd(self.path, f"tensor {name} holds {entry.count} numbers, not {count}")
        content = self.content[entry.offset : entry.offset + entry.size]
        values = dequantised(content) if entry.quantised else content.view("<f4").astype(np.float32)
        if not np.isfinite(values).all():
            raise _odd(self.path, f"tensor {name} holds numbers that are not finite")
        return values.reshape(sizes)


def write_encoder(weights: Path, tokenizer: Path, folder: Path, progress: Progress = no_progress) -> None:
    """Write `folder`, a sentence-transformers model, from the 4-bit `weights` and their `tokenizer`.

    The folder appears whole or not at all; one that stood there is replaced. Only one process may write it at a time.

    Raises:
        ModelUnavailable: files that are truncated, of another layout, or that do not belong together; a full disk.
    """
    source = read_quantised(weights)
    _check_vocabulary(source, tokenizer)
    making = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        for name, content in _configuration(source.shape).items():
            (making / name).parent.mkdir(exist_ok=True)
            (making / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        shutil.copyfile(tokenizer, making / "tokenizer.json")
        _save_weights(source, making / "model.safetensors", progress)
        manifest = {
            "layout": LAYOUT,
            "sources": {path.name: sha256_of(path) for path in (weights, tokenizer)},
            "files": {path.relative_to(making).as_posix(): sha256_of(path) for path in _files(making)},
        }
        (making / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def read_quantised(path: Path) -> QuantisedFile:
    """Read the head, the vocabulary and the directory of `path`; the tensors stay on disk until they are asked for.

    Raises:
        ModelUnavailable: a file that cannot be opened, is truncated, or is of another layout.
    """
    try:
        content = np.memmap(path, dtype=np.uint8, mode="r")
    except (OSError, ValueError) as error:  # numpy refuses to map an empty file with a ValueError
        raise _odd(path, str(error)) from None
    reader = _Reader(path, content)
    if reader.bytes(4) != MAGIC:
        raise _odd(path, f"it does not begin with {MAGIC.decode()}")
    version, hidden, layers, heads, wide, vocabulary, positions, types = reader.numbers("<I7i")
    epsilon, block = reader.numbers("<fi")
    if version != 1 or block != WEIGHTS_PER_BLOCK:
        raise _odd(path, f"its layout is version {version} with blocks of {block}, not version 1 with blocks of 32")
    shape = Shape(hidden, layers, heads, wide, vocabulary, positions, types, epsilon)
    smallest = min(hidden, layers, heads, wide, vocabulary, positions, types)
    if smallest < 1 or hidden % heads or hidden % WEIGHTS_PER_BLOCK or positions < MAX_TOKENS:
        raise _odd(path, f"its sizes make no network: {shape}")
    pieces, scores, unknown = _read_vocabulary(reader)
    if len(pieces) > shape.vocabulary:
        raise _odd(path, f"it names {len(pieces)} pieces but embeds {shape.vocabulary}")
    _, size = reader.numbers("<iI")  # the normalisation map; tokenizer.json holds the same rules in full
    reader.bytes(int(size))
    return QuantisedFile(path, shape, pieces, scores, unknown, _read_directory(reader), content)


def dequantised(content: npt.NDArray[np.uint8]) -> Floats:
    """Turn Q4_0 blocks into weights: the scale times a nibble less 8."""
    blocks = content.view(BLOCK)
    weights = np.empty((len(blocks), WEIGHTS_PER_BLOCK), dtype=np.float32)
    for start in range(0, len(blocks), BLOCKS_AT_ONCE):
        some = blocks[start : start + BLOCKS_AT_ONCE]
        rows = weights[start : start + BLOCKS_AT_ONCE]
        np.subtract(some["nibbles"] & 0x0F, 8, out=rows[:, :16], dtype=np.float32)
        np.subtract(some["nibbles"] >> 4, 8, out=rows[:, 16:], dtype=np.float32)
        rows *= some["scale"].astype(np.float32)[:, None]
    return weights.ravel()


class _Reader:
    """Reads on from where it stands, and refuses to read past the end."""

    def __init__(self, path: Path, content: npt.NDArray[np.uint8]) -> None:
        self.path = path
        self.content = content
        self.at = 0

    def bytes(self, size: int) -> bytes:
        if size < 0 or self.at + size > len(self.content):
            raise _odd(self.path, f"it ends at byte {len(self.content)}, where {self.at + size} were announced")
        self.at += size
        return self.content[self.at - size : self.at].tobytes()

    def numbers(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(layout, self.bytes(struct.calcsize(layout)))


def _read_vocabulary(reader: _Reader) -> tuple[tuple[str, ...], Floats, int]:
    count, _, _, _, unknown, size = reader.numbers("<5iQ")
    # Offsets go up, or a piece would be cut from nowhere; the cast keeps their differences from wrapping around.
    offsets = np.frombuffer(reader.bytes((count + 1) * 4), "<u4").astype(np.int64)
    scores = np.frombuffer(reader.bytes(count * 4), "<f4").astype(np.float32)
    text = reader.bytes(size)
    if count < 1 or offsets[0] != 0 or offsets[-1] != size or (np.diff(offsets) < 0).any():
        raise _odd(reader.path, "its vocabulary is cut in the wrong places")
    try:
        bounds = offsets.tolist()
        pieces = tuple(text[start:end].decode() for start, end in pairwise(bounds))
    except UnicodeDecodeError:
        raise _odd(reader.path, "its vocabulary is not UTF-8") from None
    return pieces, scores, int(unknown)


def _read_directory(reader: _Reader) -> dict[str, Entry]:
    entries = {}
    (count,) = reader.numbers("<i")
    for _ in range(count):
        (length,) = reader.numbers("<H")
        name = reader.bytes(length).decode("ascii", errors="replace")
        if length > LONGEST_NAME or not (name.isascii() and name.isprintable()):
            raise _odd(reader.path, "its directory of tensors is damaged")
        kind, numbers, offset, size = reader.numbers("<BIQQ")
        entry = Entry(kind == 1, int(numbers), int(offset), int(size))
        expected = numbers // WEIGHTS_PER_BLOCK * BLOCK.itemsize if entry.quantised else numbers * 4
        if kind not in (0, 1) or size != expected or (entry.quantised and numbers % WEIGHTS_PER_BLOCK):
            raise _odd(reader.path, f"tensor {name} is stored in an unknown way")
        if offset + size > len(reader.content):
            raise _odd(reader.path, f"it ends before tensor {name} does")
        entries[name] = entry
    return entries


def _check_vocabulary(source: QuantisedFile, tokenizer: Path) -> None:
    try:
        model = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]
        pieces, scores = zip(*model["vocab"], strict=True)
        unknown = model["unk_id"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _odd(tokenizer, f"it is no Unigram tokenizer ({error!r})") from None
    same_scores = np.array_equal(np.asarray(scores, dtype=np.float32), source.scores)
    if pieces != source.pieces or not same_scores or unknown != source.unknown:
        raise _odd(source.path, f"its vocabulary is not that of {tokenizer}")


def _save_weights(source: QuantisedFile, path: Path, progress: Progress) -> None:
    from safetensors import SafetensorError
    from safetensors.numpy import save_file

    shape = source.shape
    hidden, wide = shape.hidden, shape.feed_forward
    sizes: dict[str, tuple[int, ...]] = {
        "emb.word": (shape.vocabulary, hidden),
        "emb.pos": (shape.positions, hidden),
        "emb.type": (shape.types, hidden),
        "emb.ln.w": (hidden,),
        "emb.ln.b": (hidden,),
    }
    names = dict(EMBEDDINGS)
    for number in range(shape.layers):
        for short, long in LAYER.items():
            outputs, inputs = wide if short == "fi" else hidden, wide if short == "fo" else hidden
            for suffix, full in (("w", "weight"), ("b", "bias")):
                name = f"l{number}.{short}.{suffix}"
                vector = suffix == "b" or short.endswith("ln")
                sizes[name] = (outputs,) if vector else (outputs, inputs)
                names[name] = f"encoder.layer.{number}.{long}.{full}"
    # Mean pooling never looks at BERT's pooler and the file leaves it out; zeros keep the loader from reporting a gap.
    tensors = {
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for done, (name, size) in enumerate(sizes.items()):
        progress("dequantising", done, len(sizes))
        tensors[names[name]] = source.tensor(name, *size)
    try:
        save_file(tensors, path, metadata={"format": "pt"})
    except SafetensorError as error:  # what a full disk gives here, instead of an OSError
        raise ModelUnavailable(f"{path} could not be written ({error}); make room and try again") from None
    path.chmod(
        0o644
    )  # safetensors writes for the owner alone, but a cache may be filled by another user than its readers
    progress("dequantising", len(sizes), len(sizes))


def _configuration(shape: Shape) -> dict[str, Any]:
    modules = "sentence_transformers.base.modules", "sentence_transformers.sentence_transformer.modules"
    kinds = (
        ("", f"{modules[0]}.transformer.Transformer"),
        ("1_Pooling", f"{modules[1]}.pooling.Pooling"),
        ("2_Normalize", f"{modules[0]}.normalize.Normalize"),
    )
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            # Rounded to what its publisher wrote: the file keeps 1e-12 as the float32 nearest to it.
            "layer_norm_eps": float(f"{shape.epsilon:.6g}"),
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.1,
            "attention_probs_dropout_prob": 0.1,
            "initializer_range": 0.02,
            "pad_token_id": 1,
            "dtype": "float32",
        },
        "modules.json": [
            {"idx": number, "name": str(number), "path": path, "type": kind}
            for number, (path, kind) in enumerate(kinds)
        ],
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "1_Pooling/config.json": {
            "embedding_dimension": shape.hidden,
            "pooling_mode": "mean",
            "include_prompt": True,
        },
        "2_Normalize/config.json": {
            "module_input_name": "sentence_embedding",
            "module_output_name": "sentence_embedding",
        },
        "tokenizer_config.json": {
            # The named XLM-R class builds rules of its own; this one takes tokenizer.json as it stands.
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "model_input_names": ["input_ids", "attention_mask"],
            "padding_side": "right",
            "truncation_side": "right",
            "clean_up_tokenization_spaces": False,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
    }


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _odd(path: Path, why: str) -> ModelUnavailable:
    return ModelUnavailable(f"{path} cannot be used: {why}; run `raadpleeg models fetch`")
