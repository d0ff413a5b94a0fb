"""Makes mutilated copies of documents, the same for the same seed, and says how each of them is taken.

By hand: `python tests/documents/mutilate.py FOLDER [COUNT [SEED]]` reads COUNT mutilated copies of the
files in FOLDER through the sandbox and prints what came of each; with `--keep OUT` it writes those that
were not read to the folder OUT instead of forgetting them.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from casewright.documents.errors import DocumentError
from casewright.documents.limits import Limits
from casewright.documents.sandbox import read_bytes

_SUFFIXES = (".docx", ".xlsx", ".pdf", ".html", ".csv", ".md", ".txt", ".doc", ".png", "")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Mutilated:
    """A copy with what was done to it; `number` tells it from others of the same seed."""

    number: int
    original: str
    harm: str
    name: str
    content: bytes

    def __str__(self) -> str:
        return f"#{self.number} {self.original} {self.harm}"


@dataclass(frozen=True)
class Taken:
    """What the sandbox made of it: 'document', or the code and the words of an error."""

    copy: Mutilated
    result: str
    detail: str
    seconds: float


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, max(2, len(content)))]


def flip(content: bytes, chance: random.Random) -> bytes:
    harmed = bytearray(content)
    for _ in range(chance.choice((1, 3, 10, 100))):
        harmed[chance.randrange(len(harmed))] ^= chance.randrange(1, 256)
    return bytes(harmed)


def swap(content: bytes, chance: random.Random) -> bytes:
    """Exchanges two stretches of the same length."""
    length = min(chance.choice((16, 256, 4096)), len(content) // 2)
    first = chance.randrange(len(content) - 2 * length + 1)
    second = chance.randrange(first + length, len(content) - length + 1)
    harmed = bytearray(content)
    harmed[first : first + length] = content[second : second + length]
    harmed[second : second + length] = content[first : first + length]
    return bytes(harmed)


def repeat(content: bytes, chance: random.Random) -> bytes:
    """Puts a stretch in once more at another place."""
    start = chance.randrange(len(content))
    stretch = content[start : start + chance.choice((1, 64, 4096))]
    place = chance.randrange(len(content))
    return content[:place] + stretch + content[place:]


_HARMS: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    "cut short": cut,
    "bytes flipped": flip,
    "blocks swapped": swap,
    "a block repeated": repeat,
}


def mutilated(originals: Mapping[str, bytes], count: int, seed: int) -> Iterator[Mutilated]:
    """`count` copies of the files in turn. Each is made by a generator of its own, so that copy 7 stays the
    same whether 10 or 200 are asked for."""
    names = sorted(originals)
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        original = names[number % len(names)]
        yield _mutilated(number, original, originals[original], chance)


def _mutilated(number: int, original: str, content: bytes, chance: random.Random) -> Mutilated:
    harm = chance.choice([*_HARMS, "wrong extension"])
    name = original
    if harm == "wrong extension":
        name = Path(original).stem + chance.choice(_SUFFIXES)
    elif zipfile.is_zipfile(io.BytesIO(content)) and chance.random() < 0.5:
        # A zip's checksums catch nearly all that happens to the whole: harm what they guard.
        content, part = _harmed_part(content, _HARMS[harm], chance)
        harm = f"{harm} in {part}"
    else:
        content = _HARMS[harm](content, chance)
    return Mutilated(number, original, harm, name, content)


def _harmed_part(
    content: bytes, harm: Callable[[bytes, random.Random], bytes], chance: random.Random
) -> tuple[bytes, str]:
    parts = unpacked(content)
    name = chance.choice(sorted(name for name, part in parts.items() if len(part) > 1))
    return packed(parts | {name: harm(parts[name], chance)}), name


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip that is the same for the same parts, whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED_TIME), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def taken(copy: Mutilated, limits: Limits) -> Taken:
    """Reads the copy in the sandbox. Raises what is no DocumentError: that is a fault of the product."""
    begin = time.monotonic()
    try:
        document = read_bytes(copy.content, copy.name, limits)
        result, detail = "document", f"{len(document.blocks)} blocks"
    except DocumentError as error:
        result, detail = error.code, str(error.parameters)
    return Taken(copy, result, detail, time.monotonic() - begin)


def take_all(copies: Iterator[Mutilated], limits: Limits) -> list[Taken]:
    """Reads all, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda copy: taken(copy, limits), copies))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--keep", type=Path, metavar="OUT")
    options = parser.parse_args()
    originals = {path.name: path.read_bytes() for path in options.folder.iterdir() if path.is_file()}
    for outcome in take_all(mutilated(originals, options.count, options.seed), Limits()):
        sys.stdout.write(f"{outcome.seconds:6.2f} s  {outcome.copy}: {outcome.result} {outcome.detail}\n")
        if options.keep is not None and outcome.result != "document":
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{outcome.copy.number}-{outcome.copy.name}").write_bytes(outcome.copy.content)


if __name__ == "__main__":
    main()
