import threading
import time

import pytest

from raadpleeg.answering.generators.threads import pieces, usable_cores


def writers():
    return [thread for thread in threading.enumerate() if thread.name == "raadpleeg-generator"]


def count(put, cancelled):
    for number in range(1000):
        if cancelled.is_set():
            return
        put(str(number))
        time.sleep(0.001)


def test_gives_all_pieces_in_order():
    assert list(pieces(lambda put, _: [put(letter) for letter in "abc"] and None, threading.Lock())) == ["a", "b", "c"]
    assert not writers()


def test_starts_nothing_until_it_is_read():
    stream = pieces(count, threading.Lock())
    assert not writers()
    stream.close()


def test_closing_stops_the_writer_and_frees_the_turn():
    turn = threading.Lock()
    stream = pieces(count, turn)
    assert next(stream) == "0"
    stream.close()
    assert not writers()
    assert not turn.locked()


def test_an_error_of_the_reader_stops_the_writer():
    def read():
        for _ in pieces(count, threading.Lock()):
            raise LookupError

    with pytest.raises(LookupError):
        read()
    assert not writers()


def test_an_error_of_the_writer_reaches_the_reader_after_what_was_written():
    def fail(put, cancelled):
        put("a")
        raise LookupError("broken")

    stream = pieces(fail, threading.Lock())
    assert next(stream) == "a"
    with pytest.raises(LookupError, match="broken"):
        next(stream)
    assert not writers()


def test_one_writes_at_a_time_and_a_reader_who_pauses_holds_up_nobody():
    turn = threading.Lock()
    running = []

    def write(put, cancelled):
        running.append(1)
        put(str(len(running)))
        time.sleep(0.05)
        running.pop()

    first, second = pieces(write, turn), pieces(write, turn)
    assert next(first) == "1"
    assert list(second) == ["1"]
    assert list(first) == []


def test_who_waits_can_be_closed_before_his_turn():
    turn = threading.Lock()
    turn.acquire()
    stream = pieces(count, turn)
    reader = threading.Thread(target=lambda: list(stream))
    waiting = pieces(count, turn)
    closed = threading.Thread(target=lambda: next(waiting, None))
    reader.start()
    closed.start()
    time.sleep(0.1)
    assert len(writers()) == 2
    turn.release()
    closed.join()
    waiting.close()
    reader.join()
    assert not writers()


def test_counts_at_least_one_core():
    assert usable_cores() >= 1
