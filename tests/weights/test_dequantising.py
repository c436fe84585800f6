"""A tiny model in the file's layout holds the writer; the real one holds the numbers."""

import json
import logging
import struct
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from raadpleeg.errors import ModelUnavailable
from raadpleeg.models import ENCODER_TOKENIZER, ENCODER_WEIGHTS, default_encoder_folder
from raadpleeg.weights.dequantising import MANIFEST, dequantised, read_quantised, write_encoder
from raadpleeg.weights.digests import sha256_of

HIDDEN, WIDE, ROWS, POSITIONS = 32, 64, 12, 512
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "a", "é", "▁nee", "ja", "<mask>")
SCORES = tuple(-float(number) for number in range(len(PIECES)))


def tiny_tensors() -> dict[str, np.ndarray]:
    numbers = np.random.default_rng(7)

    def vector(size):
        return numbers.normal(size=size).astype("<f4")

    def matrix(outputs, inputs):
        blocks = np.zeros(outputs * inputs // 32, dtype=[("scale", "<f2"), ("nibbles", "u1", 16)])
        blocks["scale"] = numbers.uniform(0.01, 0.1, len(blocks))
        blocks["nibbles"] = numbers.integers(0, 256, (len(blocks), 16))
        return blocks

    sizes = {"q": (HIDDEN, HIDDEN), "k": (HIDDEN, HIDDEN), "v": (HIDDEN, HIDDEN), "ao": (HIDDEN, HIDDEN)}
    sizes |= {"fi": (WIDE, HIDDEN), "fo": (HIDDEN, WIDE)}
    tensors = {"emb.word": matrix(ROWS, HIDDEN), "emb.pos": vector(POSITIONS * HIDDEN), "emb.type": vector(2 * HIDDEN)}
    tensors |= {"emb.ln.w": vector(HIDDEN), "emb.ln.b": vector(HIDDEN)}
    for name, (outputs, inputs) in sizes.items():
        tensors |= {f"l0.{name}.w": matrix(outputs, inputs), f"l0.{name}.b": vector(outputs)}
    for name in ("aln", "oln"):
        tensors |= {f"l0.{name}.w": vector(HIDDEN), f"l0.{name}.b": vector(HIDDEN)}
    return tensors


def tiny_file(tensors, pieces=PIECES, magic=b"E5S1", version=1, heads=2, block=32) -> bytes:
    encoded = [piece.encode() for piece in pieces]
    head = magic + struct.pack("<I7i", version, HIDDEN, 1, heads, WIDE, ROWS, POSITIONS, 2)
    head += struct.pack("<fi", 1e-12, block)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, len(b"".join(encoded)))
    head += np.cumsum([0, *map(len, encoded)]).astype("<u4").tobytes()
    head += np.asarray(SCORES, "<f4").tobytes() + b"".join(encoded)
    head += struct.pack("<iI", 1, 5) + struct.pack("<IB", 9, 0)
    names = [name.encode() for name in tensors]
    at = len(head) + 4 + sum(2 + len(name) + 21 for name in names)
    directory, data = struct.pack("<i", len(names)), b""
    for name, values in zip(names, tensors.values(), strict=True):
        quantised = values.dtype != np.dtype("<f4")
        count, content = len(values) * (32 if quantised else 1), values.tobytes()
        directory += struct.pack("<H", len(name)) + name
        directory += struct.pack("<BIQQ", quantised, count, at + len(data), len(content))
        data += content
    return head + directory + data


def tiny_tokenizer(pieces=PIECES) -> str:
    special = [
        {"id": pieces.index(piece), "content": piece, "special": True, "normalized": False}
        | {"single_word": False, "lstrip": False, "rstrip": False}
        for piece in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
    ]
    around = [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    around += [{"SpecialToken": {"id": "</s>", "type_id": 0}}]
    tokens = {piece: {"id": piece, "ids": [pieces.index(piece)], "tokens": [piece]} for piece in ("<s>", "</s>")}
    pair = [*around, {"Sequence": {"id": "B", "type_id": 0}}]
    return json.dumps(
        {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": special,
            "normalizer": None,
            "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True},
            "post_processor": {"type": "TemplateProcessing", "single": around, "pair": pair, "special_tokens": tokens},
            "decoder": None,
            "model": {"type": "Unigram", "unk_id": 3, "vocab": [*map(list, zip(pieces, SCORES, strict=True))]},
        }
    )


@pytest.fixture
def sources(tmp_path):
    weights, tokenizer = tmp_path / "tiny.bin", tmp_path / "tokenizer.json"
    weights.write_bytes(tiny_file(tiny_tensors()))
    tokenizer.write_text(tiny_tokenizer(), encoding="utf-8")
    return weights, tokenizer


def open_encoder(folder):
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), local_files_only=True, device="cpu")


def test_a_block_is_a_scale_and_32_nibbles_low_ones_first():
    content = np.frombuffer(np.float16(0.5).tobytes() + bytes(range(0x10, 0x20)), dtype=np.uint8)
    expected = [(low - 8) * 0.5 for low in range(16)] + [(1 - 8) * 0.5] * 16
    assert dequantised(content).tolist() == expected
    assert dequantised(content).dtype == np.float32


def test_every_tensor_is_written_in_float32_under_its_own_name(sources, tmp_path):
    write_encoder(*sources, tmp_path / "out" / "encoder")
    written = load_file(tmp_path / "out" / "encoder" / "model.safetensors")
    tensors = tiny_tensors()
    assert {values.dtype for values in written.values()} == {np.dtype(np.float32)}
    assert len(written) == len(tensors) + 2  # and the pooler, which the file leaves out
    word = dequantised(tensors["emb.word"].view("u1")).reshape(ROWS, HIDDEN)
    assert np.array_equal(written["embeddings.word_embeddings.weight"], word)
    wide = dequantised(tensors["l0.fi.w"].view("u1")).reshape(WIDE, HIDDEN)
    assert np.array_equal(written["encoder.layer.0.intermediate.dense.weight"], wide)
    assert written["encoder.layer.0.output.dense.weight"].shape == (HIDDEN, WIDE)
    assert np.array_equal(written["encoder.layer.0.output.LayerNorm.bias"], tensors["l0.oln.b"])


def test_the_manifest_holds_every_file_and_the_sources(sources, tmp_path):
    folder = tmp_path / "encoder"
    write_encoder(*sources, folder)
    manifest = json.loads((folder / MANIFEST).read_text())
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    assert set(manifest["files"]) == files
    assert all(sha256_of(folder / name) == sha256 for name, sha256 in manifest["files"].items())
    assert manifest["sources"] == {path.name: sha256_of(path) for path in sources}


def test_a_tiny_encoder_opens_without_a_word(sources, tmp_path, caplog):
    write_encoder(*sources, tmp_path / "encoder")
    with caplog.at_level(logging.WARNING):
        encoder = open_encoder(tmp_path / "encoder")
    assert not [record.getMessage() for record in caplog.records]
    vectors = encoder.encode(["nee", "ja ja a"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1])
    assert encoder.tokenizer("nee")["input_ids"] == [0, 7, 2]


def test_a_folder_is_replaced_whole_or_not_at_all(sources, tmp_path):
    weights, tokenizer = sources
    folder = tmp_path / "encoder"
    write_encoder(weights, tokenizer, folder)
    (folder / "stray").touch()
    write_encoder(weights, tokenizer, folder)
    assert not (folder / "stray").exists()
    before = sha256_of(folder / "model.safetensors")
    tensors = tiny_tensors()
    tensors["l0.fo.b"][3] = np.nan
    weights.write_bytes(tiny_file(tensors))
    with pytest.raises(ModelUnavailable, match=r"l0\.fo\.b holds numbers that are not finite"):
        write_encoder(weights, tokenizer, folder)
    assert sha256_of(folder / "model.safetensors") == before
    assert {path.name for path in tmp_path.iterdir()} == {"encoder", "tiny.bin", "tokenizer.json"}


def test_a_file_cut_anywhere_is_refused(tmp_path):
    whole = tiny_file(tiny_tensors())
    path = tmp_path / "cut.bin"
    head = whole.index(b"emb.word") + 600
    for size in [*range(head), *range(head, len(whole), 997), len(whole) - 1]:
        path.write_bytes(whole[:size])
        with pytest.raises(ModelUnavailable, match="raadpleeg models fetch"):
            read_quantised(path)
    path.write_bytes(whole)
    assert read_quantised(path).pieces == PIECES


def test_no_bytes_in_the_head_raise_anything_else(sources, tmp_path):
    weights, _ = sources
    whole = weights.read_bytes()
    for at in range(whole.index(b"l0.oln.b") + 40):
        for value in (0x00, 0x7F, 0xFF):
            weights.write_bytes(whole[:at] + bytes([value]) + whole[at + 1 :])
            try:
                read_quantised(weights)
            except ModelUnavailable as error:
                assert str(error).isprintable()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"magic": b"GGUF"}, "does not begin with E5S1"),
        ({"version": 2}, "layout is version 2"),
        ({"block": 64}, "blocks of 64"),
        ({"heads": 5}, "make no network"),
        ({"heads": 0}, "make no network"),
        ({"pieces": (*PIECES[:5], "b", *PIECES[6:])}, "vocabulary is not that of"),
    ],
)
def test_a_file_of_another_kind_is_refused(sources, tmp_path, changes, why):
    weights, tokenizer = sources
    weights.write_bytes(tiny_file(tiny_tensors(), **changes))
    with pytest.raises(ModelUnavailable, match=why):
        write_encoder(weights, tokenizer, tmp_path / "encoder")


@pytest.mark.parametrize("name", ["emb.word", "l0.q.b"])
def test_a_tensor_that_lacks_or_has_another_size_is_named(sources, tmp_path, name):
    weights, tokenizer = sources
    tensors = tiny_tensors()
    for content, why in ((None, f"has no tensor {name}"), (tensors[name][:-1], f"tensor {name} holds")):
        changed = tensors | {name: content} if content is not None else {k: v for k, v in tensors.items() if k != name}
        weights.write_bytes(tiny_file(changed))
        with pytest.raises(ModelUnavailable, match=why):
            write_encoder(weights, tokenizer, tmp_path / "encoder")


@pytest.mark.parametrize("content", ["", "[]", '{"model": {}}', '{"model": {"vocab": [[1]], "unk_id": 3}}', "\ud800"])
def test_a_tokenizer_of_another_kind_is_refused(sources, tmp_path, content):
    weights, tokenizer = sources
    tokenizer.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(ModelUnavailable, match=r"no Unigram tokenizer|vocabulary is not that"):
        write_encoder(weights, tokenizer, tmp_path / "encoder")


# --- the real one ----------------------------------------------------------------------------------------------------

QUERY = "Wat antwoordde de staatssecretaris op vraag 3?"
REGULATION = "Komt er een regeling voor grensarbeiders die thuis werken?"
PASSAGES = (
    "De staatssecretaris van Financiën antwoordt dat voor grensarbeiders een thuiswerkregeling wordt onderzocht.",
    "Het kabinet verlaagt de accijns op benzine met 5 cent per liter.",
    "Ĳsselmeer en coëfficiënt, één ½ ﬁnanciën   met   spaties",
)


@pytest.fixture(scope="module")
def encoder(models):
    return open_encoder(default_encoder_folder(models))


def test_the_weights_and_the_tokenizer_have_one_vocabulary(models):
    source = read_quantised(models / "files" / ENCODER_WEIGHTS.name)
    tokenizer = json.loads((models / "files" / ENCODER_TOKENIZER.name).read_text(encoding="utf-8"))
    assert source.pieces == tuple(piece for piece, _ in tokenizer["model"]["vocab"])
    assert len(source.pieces) == 250_002


def test_the_real_encoder_gives_the_numbers_of_the_engine_it_was_quantised_for(encoder):
    # The engine rounds activations to 8 bits, so its own numbers lie within 0.001 or so of these.
    query, regulation, passages = (encoder.encode_query(QUERY), encoder.encode_query(REGULATION), PASSAGES)
    vectors = encoder.encode_document(list(passages))
    assert query[:6] == pytest.approx([0.0766, -0.0438, -0.0197, -0.0405, 0.0388, -0.0305], abs=1e-3)
    assert vectors[2][:6] == pytest.approx([0.0219, 0.0159, -0.0535, -0.0363, 0.0590, -0.0189], abs=1e-3)
    assert vectors @ regulation == pytest.approx([0.8888, 0.7779, 0.7802], abs=1e-3)


def test_the_real_tokenizer_keeps_its_normaliser_and_special_tokens(encoder):
    tokens = encoder.tokenizer(f"passage: {PASSAGES[2]}")["input_ids"]
    ids = "0 46692 12 6 46765 7 1428 49668 22 552 1025 420 11044 2279 18 4 21538 78660 34880 2279 435 5623 2449 2"
    assert tokens == [int(token) for token in ids.split()]
    assert encoder.tokenizer("ﬁnanciën ½")["input_ids"] == encoder.tokenizer("financiën 1⁄2")["input_ids"]


def test_the_real_encoder_cuts_at_512_tokens_and_pads_without_effect(encoder):
    features = encoder.preprocess(["woord " * 2_000, "kort"])
    assert features["input_ids"].shape == (2, 512)
    assert features["input_ids"][0, -1] == encoder.tokenizer.eos_token_id
    assert features["attention_mask"][1].sum() < 10
    together, alone = encoder.encode(["woord " * 100, "kort"])[1], encoder.encode(["kort"])[0]
    assert together == pytest.approx(alone, abs=1e-5)


def test_the_prompts_stand_for_the_prefixes(encoder):
    assert encoder.prompts == {"query": "query: ", "passage": "passage: ", "document": "passage: "}
    assert encoder.max_seq_length == 512
    assert encoder.similarity_fn_name == "cosine"
    assert np.allclose(encoder.encode("ja", prompt_name="passage"), encoder.encode("passage: ja"), atol=1e-6)


def test_the_real_encoder_opens_without_a_warning(models, caplog):
    with caplog.at_level(logging.WARNING):
        open_encoder(default_encoder_folder(Path(models)))
    assert not [record.getMessage() for record in caplog.records]
