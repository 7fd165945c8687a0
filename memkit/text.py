"""From characters to index terms: validation, analysis, digests.

A *term* is a normalised word as the keyword index sees it. In the file a term is a 64-bit hash:
nothing that could be read back stays in an index, and no vocabulary has to be shared between
processes. Two words of one scope share a hash with probability below 1e-8 at 500,000 words.
"""

from __future__ import annotations

import hashlib
import re
import threading
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from memkit.errors import InvalidInput
from memkit.types import Terms

ANALYZER = "memkit-3"
"""Version of the analysis below; stored in the file, and compared on opening."""

QUESTION = "?"
_QUESTION_MARKS = frozenset("?\uff1f\u061f\u037e\u055e")
_MARKS = "".join(chr(c) for c in range(0x300, 0x1D00) if unicodedata.category(chr(c))[0] == "M")
_WORD = re.compile(rf"\d+(?:[.,:]\d+)+|[^\W_](?:[^\W_]|[{_MARKS}])*")
_ASCII_WORD = re.compile(r"\d+(?:[.,:]\d+)+|[a-z0-9]+")
"""The same for lower-case ASCII, which is most text, in less than half the time."""
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f]+"
)
"""Scripts written without spaces between words."""
_KANA = re.compile("[\u3041-\u30ff]")
_HIRAGANA = re.compile("[\u3041-\u309f]+")
"""Of Japanese, the letters of endings and particles, and of few words besides."""
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_ACCENTS = re.compile(
    "[\u0300-\u0305\u0307-\u036f\u0591-\u05c7\u064b-\u0652\u0670]|(?<![\u0438\u0443])\u0306"
)
"""Marks that words are also written without: Latin, Hebrew, Arabic; the short Cyrillic i is a
letter of its own."""
_OF_THREAD = threading.local()
_HELD_OF_TEXTS: list[Callable[[], None]] = []
_Found = TypeVar("_Found")
_ENDS_NO_SUFFIX = frozenset("abfhjkopquvwxz0123456789")
"""Last letters after which Porter's second algorithm leaves every word as it is."""
_LANGUAGES = (
    ("\u0370", "\u03ff", "greek"),
    ("\u0400", "\u052f", "russian"),
    ("\u0530", "\u058f", "armenian"),
    ("\u0600", "\u06ff", "arabic"),
    ("\u0900", "\u097f", "hindi"),
    ("\u0b80", "\u0bff", "tamil"),
)
"""Scripts, by their first and last letters, that tell how most words in them are inflected."""
_STOP = frozenset(
    "a about after all also am an and any are as at be been before being but by can could did do "
    "does doing for from had has have having he her here hers him his how i if in into is it its "
    "just me more most my no nor not now of off on once only or other our ours out over own same "
    "she should so some such than that the their theirs them then there these they this those "
    "through to too under until up very was we were what when where which while who whom why will "
    "with would you your yours yes yeah oh hey hi s t re ve ll d m don doesn didn isn aren wasn "
    "weren hasn haven hadn won wouldn couldn shouldn".split(" ")
)


def require_text(value: object, name: str) -> str:
    """`value` if it is text that can be stored and given back unchanged, else an error."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text; found {type(value).__name__}.")
    if "\x00" in value:
        raise InvalidInput(
            f"{name} holds a NUL character at position {value.index(chr(0))}; remove it first."
        )
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidInput(
            f"{name} holds a lone surrogate at position {error.start}, which no encoding can keep. "
            "Repair it first: text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')."
        ) from error
    return value


def digest(text: str) -> bytes:
    """16 bytes that are equal for texts equal but for case, width and white space."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return hashlib.blake2b(folded.encode("utf-8"), digest_size=16).digest()


def held_by_text(most: int) -> Callable[[Callable[[str], _Found]], Callable[[str], _Found]]:
    """What a function finds in the latest texts is held, until something is erased."""

    def held(function: Callable[[str], _Found]) -> Callable[[str], _Found]:
        found = lru_cache(maxsize=most)(function)
        _HELD_OF_TEXTS.append(found.cache_clear)
        return found

    return held


def let_go_of_texts() -> None:
    """Hold no text of any store any more, as after an erasure."""
    for clear in _HELD_OF_TEXTS:
        clear()


def words(text: str) -> list[str]:
    """The words of a text: lower case, no accents, unspaced scripts as overlapping pairs."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    text = _fold(text)
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        if word.isascii():
            found.append(word)
        else:
            found.extend(_split_scripts(word))
    return found


def terms(text: str) -> list[str]:
    """The index terms of a text in order: stemmed words without the commonest ones.

    These are listed for English; in Japanese they are what hiragana alone spell. A text of nothing
    but common words keeps them all, so that it can be found.
    """
    every = words(text)
    kept = [stem(word) for word in every if not _is_common(word)]
    return kept or [stem(word) for word in every]


def _is_common(word: str) -> bool:
    if word.isascii():
        return word in _STOP
    return "\u3041" <= word[0] <= "\u309f" and _HIRAGANA.fullmatch(word) is not None


def term_ids(found: list[str]) -> Terms:
    """The 64-bit hashes of terms, in order, uint64 [n]."""
    return np.array([term_id(term) for term in found], dtype=np.uint64)


def record_terms(text: str, speaker: str | None) -> bytes:
    """What the file keeps of a record's terms: their hashes in order, uint64.

    A record that ends with a question ends with the hash of a question mark.
    """
    own = indexed_text(text, speaker)
    found = terms(own)
    if own.rstrip()[-1:] in _QUESTION_MARKS:
        found.append(QUESTION)
    return term_ids(found).tobytes()


@lru_cache(maxsize=1 << 17)
def term_id(term: str) -> int:
    """The 64-bit hash under which a term is indexed."""
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8"), digest_size=8).digest(), "little")


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The word without its ending: Porter's second algorithm, or that of its script's language.

    A word of Latin letters that English has not is left as it is: its language is not known.
    """
    if word.isascii():
        language = None if word[-1:] in _ENDS_NO_SUFFIX else "english"
    else:
        language = next((name for low, high, name in _LANGUAGES if low <= word[0] <= high), None)
    return word if language is None else str(_stemmer(language).stemWord(word))


def _stemmer(language: str) -> Any:
    """One for each thread: it keeps the word it works on in itself."""
    kept: dict[str, Any] = _OF_THREAD.__dict__
    if language not in kept:
        import snowballstemmer  # at first use: importing it costs 25 ms

        kept[language] = snowballstemmer.stemmer(language)
    return kept[language]


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'"))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))


def _split_scripts(word: str) -> list[str]:
    parts: list[str] = []
    position = 0
    for run in _UNSPACED.finditer(word):
        parts.extend(_WORD.findall(word[position : run.start()]))
        parts.extend(_pairs(run.group()))
        position = run.end()
    parts.extend(_WORD.findall(word[position:]))
    return parts


def _pairs(run: str) -> list[str]:
    """Each character with the next; in Japanese, where one may be a word, ideographs alone too."""
    if len(run) == 1:
        return [run]
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    return pairs + _IDEOGRAPH.findall(run) if _KANA.search(run) else pairs


BLOCK_START = "<memories>"
BLOCK_END = "</memories>"
_BLOCK = re.compile(f"{re.escape(BLOCK_START)}.*?(?:{re.escape(BLOCK_END)}|\\Z)", re.DOTALL)


def without_blocks(text: str) -> str:
    """The text without the blocks that `context` has written into it."""
    return _BLOCK.sub(" ", text).strip() if BLOCK_START in text else text


def blanked(text: str) -> str:
    """The text with spaces in the place of such blocks: as long, so that spans stay right."""
    if BLOCK_START not in text:
        return text
    return _BLOCK.sub(lambda block: " " * len(block.group()), text)


def indexed_text(text: str, speaker: str | None) -> str:
    """What is indexed of a record: its own words, led by the speaker's name."""
    own = without_blocks(text)
    return f"{speaker}: {own}" if speaker else own
