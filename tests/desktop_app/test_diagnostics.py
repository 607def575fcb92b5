import getpass
import hashlib
import platform
from pathlib import Path

from desktop_app.diagnostics import Surroundings, diagnostics
from desktop_app.settings import Settings
from export.runtime.catalogue import find_bundle


def test_it_names_versions_bundles_settings_and_the_last_lines(tmp_path):
    log = tmp_path / "bert-desktop.log"
    log.write_text("".join(f"line {number}\n" for number in range(500)))
    added = tmp_path / "tickets.tflite"
    added.write_bytes(b"a model")
    text = diagnostics(
        Surroundings(
            qt="6.11.3",
            platform="offscreen",
            settings=Settings(language="zh_CN"),
            opened=(str(added), str(tmp_path / "gone.tflite")),
            log=log,
        )
    )
    digest = hashlib.sha256(find_bundle("sentiment-en").read_bytes()).hexdigest()
    assert f"  sentiment-en: sha256 {digest}\n" in text
    assert f"  added: sha256 {hashlib.sha256(b'a model').hexdigest()}\n" in text
    assert "  added: sha256 not readable (No such file or directory)\n" in text
    assert f"  Python: {platform.python_version()} " in text
    assert "  Qt: 6.11.3 (offscreen)\n" in text
    assert "  backend: ai-edge-litert " in text
    assert "  language: zh_CN\n  appearance: system\n" in text
    assert text.count("  line ") == 200
    assert "  line 300\n" in text and "  line 299\n" not in text


def test_no_folder_and_no_name_of_a_file_is_in_it(tmp_path):
    added = tmp_path / "secret.tflite"
    added.write_bytes(b"a model")
    text = diagnostics(
        Surroundings(
            qt="6.11.3", platform="xcb", settings=Settings(), opened=(str(added),),
            log=tmp_path / "none.log",
        )
    )  # fmt: skip
    assert "secret" not in text and str(tmp_path) not in text
    assert str(Path.home()) not in text
    assert f"/{getpass.getuser()}/" not in text
    assert text.endswith("Log\n  empty\n")
