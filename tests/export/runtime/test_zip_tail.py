"""The archive at the tail: readable by others, one exact form for us."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from export.runtime.errors import BundleError
from export.runtime.zip_tail import MAX_MEMBERS, MAX_TAIL_BYTES, read_tail, write_tail

FRONT = b"TFL3" * 30
MEMBERS = {"manifest.json": b"{}", "vocab.txt": b"a\nb\n", "empty": b""}


def with_zipfile(members, *, compression=zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO(FRONT)
    with zipfile.ZipFile(stream, "a", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def test_round_trip():
    content = FRONT + write_tail(MEMBERS, offset=len(FRONT))
    assert read_tail(content) == (len(FRONT), MEMBERS)
    assert list(read_tail(content)[1]) == list(MEMBERS)


def test_zipfile_reads_it():
    content = FRONT + write_tail(MEMBERS, offset=len(FRONT))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == MEMBERS
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_every_changed_byte_and_every_cut_is_noticed():
    tail = write_tail(MEMBERS, offset=len(FRONT))
    for place in range(len(tail)):
        changed = bytearray(FRONT + tail)
        changed[len(FRONT) + place] ^= 0x20
        with pytest.raises(BundleError):
            read_tail(bytes(changed))
    for cut in range(1, len(tail) + 1):
        with pytest.raises(BundleError):
            read_tail((FRONT + tail)[:-cut])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no bundle data"),
        (FRONT, "plain .tflite"),
        (FRONT + write_tail(MEMBERS, offset=0), "damaged or padded"),
        (FRONT + write_tail(MEMBERS, offset=len(FRONT)) + b"\0", "no bundle data"),
        (with_zipfile([("/etc/passwd", b"x")]), "'/etc/passwd'; only plain names"),
        (with_zipfile([("../up", b"x")]), "only plain names"),
        (with_zipfile([("folder/file", b"x")]), "only plain names"),
        (with_zipfile([("ü", b"x")]), "only plain names"),
        (with_zipfile([("a", b"x" * 99)], compression=zipfile.ZIP_DEFLATED), "is compressed"),
        (
            with_zipfile([("bomb", b"\0" * 10_000_000)], compression=zipfile.ZIP_DEFLATED),
            "is compressed",
        ),
        (with_zipfile([("a", b"x")]), "not in the form"),  # dates, permissions
        (with_zipfile([(f"f{n}", b"") for n in range(MAX_MEMBERS + 1)]), "at most 64"),
        (with_zipfile([]), "damaged or padded"),
    ],
)
def test_foreign_archives_are_refused(content, message):
    with pytest.raises(BundleError, match=message):
        read_tail(content)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused():
    with pytest.raises(BundleError, match="'a' twice"):
        read_tail(with_zipfile([("a", b"1"), ("a", b"2")]))


def test_encryption_is_refused():
    content = bytearray(FRONT + write_tail({"a": b"x"}, offset=len(FRONT)))
    at = content.index(b"PK\1\2") + 8
    struct.pack_into("<H", content, at, 1)
    with pytest.raises(BundleError, match="encrypted"):
        read_tail(bytes(content))


def test_a_member_that_reaches_too_far_is_refused():
    content = bytearray(FRONT + write_tail({"a": b"x"}, offset=len(FRONT)))
    at = content.index(b"PK\1\2") + 20
    struct.pack_into("<LL", content, at, 1 << 31, 1 << 31)
    with pytest.raises(BundleError, match="reaches past"):
        read_tail(bytes(content))


@pytest.mark.parametrize("name", ["", "/a", "a/b", "..", "ü", "a" * 101])
def test_odd_names_are_not_written(name):
    with pytest.raises(ValueError, match="names must match"):
        write_tail({name: b""}, offset=0)


def test_members_that_all_claim_the_same_bytes_are_refused_before_they_are_copied():
    data = bytes(3 << 20)
    count = 50  # 150 MiB in all, of 3 MiB
    tail = bytearray(write_tail({"a": data}, offset=0))
    end = struct.unpack("<4s4H2LH", tail[-22:])
    entry = bytes(tail[end[6] : -22])
    named = [entry[:46] + bytes([65 + index % 26 + 32 * (index // 26)]) for index in range(count)]
    directory = b"".join(named)
    content = bytes(tail[: end[6]]) + directory
    content += struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), end[6], 0)
    tracemalloc.start()
    with pytest.raises(BundleError, match="claims 135,266,304 bytes or more"):
        read_tail(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MAX_TAIL_BYTES + (1 << 20)
