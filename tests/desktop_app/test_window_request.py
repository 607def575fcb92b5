import json

import pytest

from desktop_app.command_line import parse_arguments
from desktop_app.window_request import MOST_BYTES, WindowRequest


def test_a_command_line_arrives_as_it_was_meant(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = "\u8bc4\u8bba \udcff.csv"  # a name that is no UTF-8 keeps its bytes
    words = [name, "--page", "files", "--language", "zh_CN", "--text", "a\n\U0001f642"]
    request = WindowRequest.of(parse_arguments(words))
    assert request.file == str(tmp_path / name)
    assert WindowRequest.from_bytes(request.to_bytes()) == request
    assert WindowRequest.from_bytes(WindowRequest().to_bytes()) == WindowRequest()


GOOD = {"version": 1, "file": "/a.csv", "page": "files"}
BAD = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "deep": b"[" * 500_000,
    "no UTF-8": b'{"version": 1, "file": "\xff"}',
    "huge": json.dumps({**GOOD, "text": "x" * MOST_BYTES}).encode(),
    "another version": json.dumps({**GOOD, "version": 2}).encode(),
    "no such page": json.dumps({**GOOD, "page": "nowhere"}).encode(),
    "a page that is no text": json.dumps({**GOOD, "page": ["files"]}).encode(),
    "no such language": json.dumps({**GOOD, "language": "../../x"}).encode(),
    "a relative file": json.dumps({**GOOD, "file": "a.csv"}).encode(),
    "a file with NUL": json.dumps({**GOOD, "file": "/a\0b"}).encode(),
    "a number for a file": json.dumps({**GOOD, "file": 3}).encode(),
    "a text that is none": json.dumps({**GOOD, "text": {"a": 1}}).encode(),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_is_no_request_is_refused(content):
    with pytest.raises(ValueError):
        WindowRequest.from_bytes(content)


def test_what_a_later_version_adds_is_passed_over():
    content = json.dumps({**GOOD, "colour": "red"}).encode()
    assert WindowRequest.from_bytes(content) == WindowRequest(file="/a.csv", page="files")
