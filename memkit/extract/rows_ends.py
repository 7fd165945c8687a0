"""Further rows: how people tell that something is no more.

Of whose name or thing it is said cannot always be told: "Rex died" ends a pet of that name, if
there is one; a denial of what was never claimed says nothing.
"""

from __future__ import annotations

from typing import Final

from memkit.extract.attributes import Attribute

__all__ = ["ENDS"]

_JUST: Final = (
    r"(?:has |have |had |'s |just |sadly |finally |recently |peacefully |suddenly |unexpectedly |"
    r"unfortunately |also |now |already )*"
)
_NO_MORE: Final = r"(?:any ?more|any longer|these days|nowadays|now)"
_NOT: Final = r"(?:is|are|'s|was)(?:n't| not| no longer)"
_NAMED: Final = r"(?=(?:(?:my|our|the) [\w-]+,? )?(?-i:[^\W\d_a-z]))(?:(?:my|our|the) [\w-]+,? )?"
_WHAT: Final = r"(?P<word>(?!and\b)[a-z][\w-]*(?: (?!and\b|or\b)[a-z][\w-]*){0,2}?)"

ENDS: Final = (
    Attribute(
        "pet", "person", several=True,
        whole=(
            rf"died|dead|passed|make it|ran|run|gone|missing|rainbow>- {{person}} {_JUST}(?:died|"
            rf"is dead|passed(?: away| on|\b)|didn't make it|did not make it|ran away|run away|"
            rf"ran off|went missing|gone missing|is gone|'s gone|isn't here|(?:went over|"
            rf"crossed) the rainbow bridge)(?! (?:the|my|his|her|to|me|his|through|by|on)\b)",
            rf"new home|new family>- {{person}} {_JUST}found a new (?:loving )?(?:home|family)\b",
            rf"sleep|down|asleep>- {{person}} {_JUST}(?:was|is|were|to be|been|got|needed to be|"
            rf"fell|went)(?: to be)?(?: peacefully)? (?:put (?:down|to sleep)|asleep for the "
            rf"last time|put to rest)",
            rf"with us|mine|around>- {{person}} {_NOT} (?:with (?:us|me)|mine|ours|around|here)\b",
            rf"lives|live|living|home|moved|adopted|rehomed|belongs>- {{person}} "
            rf"{_JUST}(?:lives? with|is living with|moved in with|went to live with|went to stay "
            rf"with|belongs to|has a new (?:home|owner|family)|went to a new (?:home|family)|was "
            rf"adopted by|was rehomed|got rehomed|had to go)(?=.*(?:\bcouldn't|\bnew\b|\bkeep\b|"
            rf"\blandlord|\brehomed|\badopted|\bhad to go|\bany ?more|\bfor good|\bnow,|"
            rf"\bbecause|\bsince|\ballerg))",
            rf"sleep|down>- \b(?:put|putting) {_NAMED}{{person}} (?:down|to sleep|to rest)\b",
            rf"rehome|rehomed|buried|bury|lost|mourning>- \b(?:rehomed?|rehoming|buried|bury|"
            rf"lost|(?:am|are|'m|'re) mourning) {_NAMED}{{person}}(?! (?:at|in a|in the (?:crowd|"
            rf"shop|mall|park|game|final)|to|against|the)\b)",
            rf"goodbye|farewell|part>- \b(?:say|said|saying|bid|had) (?:our |my |a |final |last "
            rf")*(?:goodbyes?|farewell) to {_NAMED}{{person}}",
            rf"give|gave|given>- \b(?:i|we)\b[^.!?,]{{0,18}}\b(?:give|gave|given) "
            rf"{_NAMED}{{person}} (?:away|up\b|to (?:my|a|an|our|some|the|friends))",
            rf"new home|home for>- \b(?:found|find|got|finding) (?:a (?:new|loving|good) (?:home|"
            rf"family) for )?{_NAMED}{{person}}(?= a (?:new|loving|good) (?:home|family)\b|"
            rf"\s*[.!,]| with\b)(?<=[^\W\d_])",
            rf"have|keep|take care>- \b(?:no longer have|don't have|don't own|can't keep|"
            rf"couldn't keep|can no longer keep) {_NAMED}{{person}}",
            rf"part with|parted with>- \b(?:part|parted) with {_NAMED}{{person}}",
        ),
    ),
    Attribute(
        "hobby", "things", several=True,
        ends=(
            r"be: (?:\w+ )?(?:done|finished|through) with (?=(?-i:[a-z])){things}",
            r"call: it (?:quits|a day) (?:with|on) {things}",
            r"hang: up {things}",
            r"turn: {my} back on {things}",
            r"kick|pack|jack|drop|ditch|abandon|chuck|shelve|retire: (?:in |up |from |with "
            r")?(?:the )?{pastime}",
            r"lose: (?:all )?(?:interest|the will|my passion) (?:in|for) {things}",
        ),
        whole=(
            r"no more>- \bno more {things} for me\b",
            rf"hobby|thing|pastime|passion>- {{things}} {_NOT} (?:really )?(?:my|a|one of my) "
            rf"(?:\w+ )?(?:hobby|hobbies|thing|pastime|passion)\b(?: of mine)? ?{_NO_MORE}?",
            r"over|finished|done|history|past>- {things} is (?:over|finished|done|history|a "
            r"thing of the past|behind me)(?: for me)?\b",
            r"used to be>- {things} used to be (?:my|a) (?:\w+ )?(?:hobby|pastime|passion)\b",
            r"goodbye|farewell>- \b(?:said|waved|saying|bid|bade) (?:goodbye|farewell) to "
            r"(?=(?-i:[a-z])){pastime}",
            r"me and>- \bfor me and {pastime}",
            r"given|stopped|quit>- \b(?:haven't|have not) (?:done|played|practi[sc]ed|been) "
            r"{things}(?=.*\b(?:given|gave|stopped|quit)\b)",
            r"left>- \bleft {pastime} behind\b",
            rf"do|go|play>- \b(?:i|we) (?:don't|do not|no longer) (?:do|go|play|practi[sc]e) "
            rf"{{pastime}}(?:\s+(?:at all|{_NO_MORE}))?",
        ),
    ),
    Attribute(
        "like", "things", several=True,
        ends=(
            r"be: (?:\w+ )*?(?:tired|sick|sick and tired|weary|bored) of {things}",
            r"be: (?:\w+ )*?(?:fed up|bored|done|finished) with {things}",
            r"have: (?:\w+ )?enough of {things}",
            r"fall: out of love with {things}",
            r"lose: (?:all )?(?:interest|{my} (?:taste|love|appetite|enthusiasm|passion)) (?:in|"
            r"for) {things}",
            r"go: (?:right |totally |completely |really )*off {things}",
            r"cool: (?:off )?on {things}",
        ),
        whole=(
            rf"bothered|care>- \b(?:can't be bothered with|don't care (?:for|about|much for)|am "
            rf"not bothered about|i'm not bothered about) {{things}} {_NO_MORE}",
            rf"thing|cup|jam>- {{things}} {_NOT} (?:really )?(?:my (?:thing|jam|cup of tea)|for "
            rf"me|fun|a thing I (?:like|love|enjoy))(?: {_NO_MORE})?",
            rf"me>- {{things}} (?:bores? me|leaves? me cold|no longer (?:interests?|excites?|"
            rf"thrills?|appeals? to|does? (?:it|anything|much) for) me|(?:doesn't|don't|does "
            rf"not) (?:interest|excite|appeal to|thrill|do (?:it|anything|much) for) me(?: "
            rf"{_NO_MORE})?|ha(?:s|ve) lost (?:its|their|all) \w+(?: \w+)? for me)",
            r"love|passion|enthusiasm|interest|taste>- \bmy (?:love|passion|enthusiasm|interest|"
            r"taste|fondness) (?:for|of|in) {thing} (?:is|has|'s) (?:gone|over|faded|died|cooled|"
            r"worn off|vanished|passed|been and gone|run its course|dried up)",
            r"magic|charm|appeal|fun|joy|novelty|shine>- \bthe (?:magic|charm|appeal|fun|joy|"
            r"novelty|shine) (?:of|in) {thing} (?:is|has) (?:gone|worn off|lost|faded|over)",
            r"once|used to|loved>- \bi (?:once|used to) (?:really )?(?:loved?|liked?|enjoyed?|"
            r"adored?) {things},? (?:but |and )?(?:now|these days|nowadays|today|not any ?more|"
            r"no longer|that's over|i've)\b",
            rf"like|love|enjoy>- \bi (?:don't|do not|no longer) (?:really |even )?(?:like|love|"
            rf"enjoy|fancy|adore|dig) {{things}} {_NO_MORE}",
        ),
    ),
    Attribute(
        "allergy", "allergens", several=True,
        whole=(
            r"allergy>- \b(?:the|that|this|my) (?:\w+ )?allergy to {allergens} (?:is|has|'s|went|"
            r"seems to (?:be|have))(?: now| finally| completely| totally)* (?:gone|over|history|"
            r"cured|disappeared|vanished|away|cleared|passed|faded)",
            r"allergy>- \b(?:got|gotten|getting|am) rid of (?:my|the|that) (?P<word>[a-z]+) "
            r"allergy\b",
            r"allergy>- \b(?:got|gotten) rid of (?:my|the|that) allergy to {allergens}",
            r"allergic>- \b(?:tested negative|test (?:was|came back) negative) for {allergens}",
        ),
    ),
    Attribute(
        "owns", "thing", several=True,
        ends=(
            r"trade: in (?=my |our |the ){possession}",
            r"pass|hand: (?:on|down) (?=my |our |the ){possession}",
            r"throw|chuck: (?:out|away) (?=my |our |the ){possession}",
            r"donate|gift|bin|scrap|auction|flog|pawn|ditch|rehome: (?:off )?(?=my |our "
            r"){possession}",
            r"part: with (?=my |our |the ){possession}",
            r"let: go of (?=my |our ){possession}",
            r"find: a (?:buyer|taker|new owner|new home) for (?=my |our |the ){possession}",
        ),
        whole=(
            rf"mine|ours>- \b(?:the|my|our|that) {_WHAT} {_NOT} (?:mine|ours)\b",
            rf"belongs|owner|sold|stolen|gone|new home|went|broke|ended up>- \b(?:the|my|our) "
            rf"{_WHAT} {_JUST}(?:belongs to (?:an? |my |the |some)[\w ]+ now|(?:went|goes) to "
            rf"(?:a|my|our|the) (?:\w+ )?(?:cousin|friend|neighbou?r|nephew|niece|sister|brother|"
            rf"charity|school|colleague|uncle|aunt|museum)|(?:has|found|got) a new (?:owner|"
            rf"home)|(?:has been|was|got|is|has now been|been) (?:sold|stolen|given away|donated|"
            rf"scrapped|traded in)|broke(?: down)? and i (?:threw|binned|chucked)|ended up (?:in "
            rf"the (?:bin|skip|trash|dump)|at the dump|on ebay)|is in new hands|is gone, i)\b",
            r"stole|nicked|pinched>- \b(?:stole|nicked|pinched|made off with|ran off with) (?=my "
            r"|our ){possession}",
            r"longer>- \bi no longer (?:have|own|possess) (?=the |my |an? ){possession}",
        ),
    ),
    Attribute(
        "partner", "person",
        whole=(
            r"ex>- {person} (?:is|'s) (?:now )?my ex\b",
            r"ended|over|finished>- \bthings (?:have |are |'ve )?(?:ended|over|finished) between "
            r"(?:me and )?{person}",
            r"ended>- \b(?:i|we) (?:have |'ve )?(?:just |finally )*ended (?:it|things|our "
            r"relationship|the relationship) with {person}",
            r"relationship|marriage|romance|thing>- \bmy (?:relationship|marriage|romance|thing|"
            r"fling) with {person} (?:is (?:over|history|finished|no more)|has ended|ended|fell "
            r"apart|didn't last|broke down|came to an end)",
            r"work out|last>- \b(?:didn't|did not|never) (?:work out|last) (?:with|between me "
            r"and) {person}",
            r"part|split|separate|parted|finished|drifted|through|exes|apart>- {person} and (?:i|"
            r"me) (?:have |'ve |are |just |finally |recently )*(?:decided to (?:part|split|"
            r"separate|break up|call it|end|go)|agreed to (?:part|split|separate)|parted|"
            r"finished|through|exes|drifted apart|fell apart|fallen apart|grew apart|grown apart|"
            r"pulled the plug|finished|history|over\b|done\b|called time)",
            r"split|broke|separated|parted|divorced|quits|done|over>- \b(?:split up|broke up|"
            r"broken up|separated|parted(?: ways)?|got divorced|called it quits|are done|are "
            r"over|are no more), (?=(?-i:[^\W\d_a-z])){person} and (?:i|me)\b",
        ),
    ),
)  # fmt: skip
"""Rows beside those that `rows_life` and the others have."""
