"""What one core of this machine can do at most, measured by a small C program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")


class ProbeError(RuntimeError):
    """The peaks of this machine cannot be measured."""


@dataclass(frozen=True, kw_only=True)
class Peaks:
    """Operations a second of one core; a multiply-add counts as two."""

    float32: float  # fused multiply-adds in vector registers
    int8_vectors: float  # VNNI
    int8_tiles: float  # AMX; 0 where there is none

    def highest(self, other: Peaks) -> Peaks:
        """The higher of each: what lowers a peak is not the processor."""
        return Peaks(
            float32=max(self.float32, other.float32),
            int8_vectors=max(self.int8_vectors, other.int8_vectors),
            int8_tiles=max(self.int8_tiles, other.int8_tiles),
        )


@dataclass(frozen=True, kw_only=True)
class PeakProbe:
    """The compiled program; made by `peak_probe`."""

    program: Path

    def measure(self, *, seconds: float = 0.3) -> Peaks:
        """Run it.

        Args:
            seconds: for each of the three peaks.

        Raises:
            ProbeError: if it fails, or this processor has no int8 or float32 multiply-adds.
        """
        done = subprocess.run(
            [self.program, str(seconds)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise ProbeError(f"The probe of the peaks ended with exit code {done.returncode}.")
        peaks = Peaks(**json.loads(done.stdout))
        if not (peaks.float32 and peaks.int8_vectors):
            raise ProbeError(
                "The peaks are probed on processors with FMA and VNNI (Intel since 2019, AMD since "
                "2022), and this one lacks one of them."
            )
        return peaks


@contextmanager
def peak_probe() -> Iterator[PeakProbe]:
    """Compile the program for this very processor.

    Raises:
        ProbeError: if there is no C compiler, or it does not know this processor.
    """
    compiler = shutil.which(os.environ.get("CC", "cc"))
    if compiler is None:
        raise ProbeError("The probe of the peaks needs a C compiler: install gcc, or set CC.")
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "peak_probe")
        command = [compiler, "-O2", "-march=native", str(SOURCE), "-o", str(program)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no message"])[0]
            raise ProbeError(f"{compiler} cannot compile {SOURCE.name} here: {reason}")
        yield PeakProbe(program=program)
