"""Verbs that change their stem: "bought" is looked for as "buy"."""

from __future__ import annotations

from typing import Final

from memkit.text import stem

_FORMS: Final = """
awake awoke awoken, bear bore borne, beat beaten, begin began begun, bend bent, bind bound, bite bit
bitten, bleed bled, blow blew blown, break broke broken, breed bred, bring brought, build built,
burn burnt, buy bought, catch caught, choose chose chosen, cling clung, come came, creep crept,
deal dealt, dig dug, draw drew drawn, dream dreamt, drink drank drunk, drive drove driven, eat ate
eaten, fall fell fallen, feed fed, feel felt, fight fought, find found, flee fled, fly flew flown,
forbid forbade forbidden, forget forgot forgotten, forgive forgave forgiven, freeze froze frozen,
get got gotten, give gave given, go went gone goes, grind ground, grow grew grown, hang hung, hear
heard, hide hid hidden, hold held, keep kept, kneel knelt, know knew known, lay laid, lead led, lean
leant, learn learnt, leave left, lend lent, light lit, lose lost, make made, mean meant, meet met,
pay paid, ride rode ridden, ring rang rung, rise rose risen, run ran, say said, see saw seen, seek
sought, sell sold, send sent, sew sewn, shake shook shaken, shine shone, shoot shot, show shown,
shrink shrank shrunk, sing sang sung, sink sank sunk, sit sat, sleep slept, slide slid, speak spoke
spoken, spell spelt, spend spent, spill spilt, spin spun, stand stood, steal stole stolen, stick
stuck, sting stung, stride strode, strike struck, swear swore sworn, sweep swept, swell swollen,
swim swam swum, swing swung, take took taken, teach taught, tear tore torn, tell told, think
thought, throw threw thrown, understand understood, wake woke woken, wear wore worn, weave wove
woven, weep wept, win won, wind wound, write wrote written
"""
_BASES: Final = {
    form: stem(words[0])
    for words in (entry.split() for entry in _FORMS.split(","))
    for form in words[1:]
}


def root(word: str) -> str:
    """The stem that a word in small letters is looked for under."""
    return _BASES.get(word) or stem(word)


def is_past(word: str) -> bool:
    """Whether the word is a past form that its ending does not show."""
    return word in _BASES
