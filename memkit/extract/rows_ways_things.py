"""Further ways to say it: belongings, animals, travels, friends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

__all__ = ["THINGS_WAYS"]

_PET: Final = (
    r"(?:dog|cat|puppy|kitten|rabbit|hamster|parrot|horse|pony|pet|fish|bird|guinea pig|turtle|"
    r"tortoise|budgie|ferret|lizard|snake|hen|goat|gecko|iguana|goldfish|canary|mouse|rat|bunny|"
    r"pup)"
)
_CAR: Final = r"(?:car|vehicle|ride|set of wheels|wheels|van|motor|daily driver)"

THINGS_WAYS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "car": {
        "says": (
            "drive|commute|travel|go|come|get|arrive: (?:\\w+ ){0,4}?(?:in|with|by) (?:my |our |"
            "an? |the )?{car}",
            "have|own|drive|run|keep: (?:an? |my |this )?(?:\\w+ )?"
            + _CAR
            + ",? (?:and )?(?:it's |it is )?(?:an? |the )?{car}",
            "park|wash|fuel|charge|service|insure|repair: (?:\\w+ )?(?:my|our|the) {car}",
        ),
        "begins": (
            "buy|get|purchase|lease|acquire|order: (?:myself |ourselves )?(?:an? |my )?(?:new |"
            "used |second-hand )?"
            + _CAR
            + ",? (?:it's |it is |and it's |called )?(?:an? |the )?{car}",
            "replace|swap|exchange|trade|change: (?:in )?(?:my|our|the) (?:\\w+ ){1,4}?(?:in "
            ")?(?:with|for|by) {car}",
            "switch|change|upgrade|move|go: (?:over |from (?:the |my |an? )?(?P<old>[\\w "
            "-]{2,25}?) )*to {car}",
            "drive: {car} now",
            "take: delivery of {car}",
            "treat: (?:myself|ourselves) to {car}",
        ),
        "ends": (
            "sell|scrap|total|crash|wreck: (?:my|our|the) {car}",
            "part: with (?:my|our|the) {car}",
            "give: up (?:my|our|the) {car}",
        ),
        "whole": (
            "my > \\b(?:my|our) (?:trusty |old |new |good old |little |beloved |dear |poor "
            ")*{car}(?= (?:is|has|was|needs|broke|won't|wouldn't|just|got|at|gets|runs|makes|"
            "failed|passed|started|died|and|that)\\b|'s )",
            "that's mine|is mine|belongs to me|is my car|i drive|parked|in my driveway|in my "
            "garage|in the driveway|my ride> {car}(?: (?:parked|standing|sitting|out|in|over)(?: "
            "[\\w']+){0,4})?,? (?:that's|is|that one's|it's|belongs to|, that's) (?:mine|me\\b|"
            "my (?:car|ride|wheels|daily|one)|the car i|what i drive)",
            "car|vehicle|ride|wheels> \\b(?:my |our |the )?(?:\\w+ )?"
            + _CAR
            + "(?: (?:i|we) (?:drive|own|have)(?: now)?)?\\s*(?:is|'s|:|=|\\?|-|,)+\\s*(?:now |"
            "it's |it is |still |currently )*(?:an? |the )?{car}",
            "driveway|garage|parking|street|outside|wheel|keys> \\b(?:in|on) my (?:driveway|"
            "garage|parking (?:spot|space)) (?:sits|stands|is|there's|you'll find|you find) "
            "(?:now )?(?:an? |the )?{car}",
            "behind the wheel|keys to|at the wheel> \\b(?:behind|at) the wheel of (?:my |an? |"
            "the )?{car}",
            "keys> \\bthe keys to (?:my|our) {car}",
            "now i drive|i drive now|and drive> \\b(?:i|and)(?: now)? drive (?:an? |the )?(?:new "
            ")?{car}",
            "sold|gone|scrapped>- \\b(?:i|we)(?:'ve| have)? (?:just |finally |had to )*(?:sold|"
            "scrapped|traded in|got rid of|given up|sell) (?:my|our|the) (?:old |beloved )?{car}",
        ),
    },
    "pet": {
        "whole": (
            "answers to|listens to|goes by|name|called|responds to|we call|i call> \\b(?:my|our) "
            "(?:\\w+ ){0,2}?"
            + _PET
            + "(?:'s name is| (?:answers|listens|responds|goes) (?:to|by)(?: the name(?: of)?)?| "
            "is (?:called|named)| has the name|, (?:we|i) call (?:him|her|it)|, (?:called|"
            "named)| bears the name| is known as) {called}",
            "the "
            + "name> \\b(?:we|i) (?:named|called|christened|call|name) (?:my|our|the) (?:\\w+ )?"
            + _PET
            + " {called}",
            "is my|are my|is our> {called},? (?:is|that's) (?:my|our) (?:\\w+ ){0,2}?"
            + _PET
            + "\\b(?!['-])",
            "my|our> \\b(?:my|our) (?:\\w+ ){0,2}?"
            + _PET
            + "(?: here| of mine)?,? {person},? (?:is|has|was|loves|sleeps|likes|eats|just|and|"
            "chewed|woke|keeps|always|wants|needs|hates|ate|barks|snores|needed|turned|got|"
            "jumped|escaped|hid|steals|stole)\\b",
            "named|called|name> \\b(?:i|we)(?:'ve| have)?(?: got| have| own| keep| adopted| "
            "bought| got)?(?: an?| this| the| new)* (?:\\w+ ){0,2}?"
            + _PET
            + "(?: [\\w ]{2,25}?)?,? (?:(?:his|her|its|whose|the) name(?:'s| is)|(?:named|"
            "called)|(?:he|she|it)(?:'s| is) (?:called|named)|(?:that|who) (?:answers to|goes "
            "by|is called)|answers to|answering to|(?:that|who)'s called|i (?:named|called|"
            "call) (?:him|her|it)|we (?:named|called|call) (?:him|her|it)) {called}",
            "litter box|walk|vet|feed|fur|leash> \\b(?:took|take|taking|walk|walking|walked|feed|"
            "feeding|fed|brushed|groomed) (?:my|our) (?:\\w+ )?" + _PET + ",? {person}",
        ),
    },
    "owns": {
        "says": (
            "have: {ownable}",
            "own|possess: {possession}",
            "keep|store|park|use|ride|play: (?:my|our) {ownable}",
            "be: (?:the |an? )?(?:proud |happy |new |lucky )*owner of {thing}",
            "have: (?:an? |my |our )?{ownable}(?= (?:at home|in (?:the|my)|of my own|on (?:the|"
            "my)|next|standing))",
        ),
        "begins": (
            "buy|purchase|order|acquire|get|inherit|receive|win|snag|score|pick|find: (?:up "
            ")?(?:myself |ourselves )?{ownable}",
            "treat: (?:myself|ourselves) to {ownable}",
            "splurge|settle|decide: on {ownable}",
            "invest|splurge: (?:in|on) {ownable}",
            "order|inherit|acquire: (?=an? |my |the ){possession}",
        ),
        "ends": (
            "sell|donate|scrap|lose|give|break|return|pawn|auction|ditch|junk|toss|dump|trash|"
            "flog: (?:away |off |out )?(?=my |our |the |his |her )(?!time|mind|job|way|keys|"
            "weight|patience|temper){possession}",
            "give: (?=my |our |the ){possession} away",
            "get: rid of {possession}",
            "throw: (?:away|out) (?=my |our |the ){possession}",
            "part: (?:ways )?with (?=my |our |the ){possession}",
            "let: go of (?=my |our |the ){possession}",
            "pass: (?:on )?(?=my |our |the ){possession} on",
            "not have|not own: (?=my |our |the |an? |that ){possession} (?:any ?more|any longer)",
            "gone have|gone own: {possession}",
        ),
        "whole": (
            "my|our> \\b(?:my|our) (?:trusty |old |new |good old |little |beloved |dear |poor |"
            "own )*{ownable}(?= (?:is|has|was|needs|broke|just|still|gets|runs|makes|works|takes|"
            "came|hasn't|sits|lives|stands|turned|collects|goes|keeps|helps|saved|cost|arrived|"
            "looks|sounds)\\b|'s )",
            "that's mine|is mine|belongs to me|is in my|lives in|stands in|of my own|i can call "
            "my own|call my own> \\b(?:the|that|this|an?) {ownable}(?: [\\w ]{0,25}?)?,? "
            "(?:that's|is|it's|belongs to) (?:mine|me\\b|all mine)",
            "there's|there is|stands|sits|live|garage|shed|basement|attic|cellar|corner|living "
            "room|kitchen> \\b(?:there's|there is|there stands) (?:an? |my |this )?{ownable} "
            "(?:\\w+ )?in (?:my|our) ",
            "in my|in our> \\bin (?:my|our) (?:garage|shed|basement|attic|cellar|living room|"
            "kitchen|flat|garden|backyard|house|hallway|workshop|study|room|bedroom|garden "
            "shed),? (?:there's|there is|stands|sits|is|i (?:have|keep|own|store)|you'll find|"
            "lives|i've got)(?: an?| my| this)* {ownable}",
            "among|possession|pride and joy|proud owner|prized> \\b(?:pride and joy|prized "
            "possession|proud owner|newest purchase|latest purchase|best purchase|new toy|newest "
            "toy|latest toy)(?: is| of|,|:| was)+ (?:an? |my |the )?{thing}",
            "pride and joy|best purchase|prized possession|new toy|best buy> \\b(?:my|the|an?|"
            "this) {ownable} is my (?:pride and joy|best purchase|most prized possession|newest "
            "toy|new toy|best buy)",
            "stolen|broke down|sold|gave|got rid|nicked|burned|died|thrown|gone|scrapped|went to|"
            "broken|destroyed>- \\b(?:my|our) {ownable} (?:was|got|has been|has|is|'s|just|"
            "finally|had to be|broke|died|gave) ?(?:been )?(?:just )?(?:stolen|sold|nicked|"
            "scrapped|destroyed|given away|thrown (?:out|away)|gone|donated|burned|broken beyond|"
            "went to|went|died|beyond repair|beyond saving|down for good|up the ghost|was sold|"
            "found a new (?:owner|home))\\b",
            "stole|nicked|bought my|took my>- \\b(?:someone|somebody|thieves|a thief|they|"
            "burglars|my \\w+) (?:stole|nicked|bought|took|took over|has|have) (?:my|our) "
            "{ownable}\\b(?! for| to| when| yet)",
            "found a new|new home>- \\b(?:found a new (?:home|owner) for|had to (?:sell|give "
            "away|part with|scrap)) (?:my|our|the) {ownable}",
        ),
    },
    "visited": {
        "begins": (
            "be: (?:\\w+ )?(?:in|to|at|around|through) {place} (?:\\w+ )?(?:on|for|as) (?:an? |"
            "my |our |the )?(?:\\w+ )?(?:holiday|vacation|trip|honeymoon|week|weekend|tour|visit|"
            "break|conference|tourist|few days|fortnight|couple)",
            "be: (?:\\w+ )?(?:on|back from) (?:an? |my |our )?(?:\\w+ )?(?:holiday|vacation|trip|"
            "honeymoon|tour|cruise|break|visit) (?:in|to|through|around|from) {place}",
            "see: {place} (?:with my own eyes|for the|at last|last|in|once|two|three|a |this)",
            "travel|tour|trek|backpack|cycle|drive|road-trip|hitchhike|roam|wander: (?:\\w+ "
            "){0,3}?(?:through|around|across|to|in|all over) {place}",
            "make: (?:it|a trip|an? \\w+ trip) to {place}",
            "set: foot in {place}",
            "tick|cross: {place} off (?:my|the|our)",
            "come: (?:back |home |just )*(?:from|back from) (?:an? \\w+ in )?{place}",
            "holiday|vacation: (?:\\w+ )?in {place}",
            "stop|stay|land|arrive: (?:over |by |off )?in {place} (?:for|on) (?:an? |the "
            ")?(?:\\w+ )?(?:holiday|vacation|week|weekend|trip|night|few|couple|days|way)",
            "fly: (?:out |over |off )?to {place}",
            "spend: (?:\\w+ ){0,4}?(?:holidays?|vacation|summer|week|weekend|weeks|days|nights|"
            "christmas|easter|fortnight|break|honeymoon) (?:\\w+ )?in {place}",
        ),
        "whole": (
            "trip|holiday|vacation|honeymoon|travel|cruise|tour|break|weekend away>+ \\b(?:my|"
            "our|last|the) (?:\\w+ ){0,2}?(?:trip|holiday|vacation|honeymoon|travels|cruise|tour|"
            "break|weekend away|visit)(?: [\\w ]{2,20}?)? (?:to|in|took (?:me|us) to|was (?:in|"
            "to|spent in)|went to|brought (?:me|us) to|around|through|led (?:me|us) to|was) "
            "{place}",
            "passport|stamp|map|list|souvenir>+ \\b(?:stamp (?:from|of)|souvenirs? from|photos "
            "from|pictures from|greetings from|jet-?lagged from|sunburn from) {place}",
            "i've been there|been there|i was there|i went there|we went there|i visited>+ "
            "{place},? (?:i've been there|i was there|been there|i went there|we went there|"
            "that's where (?:i|we) (?:went|were|spent|travelled|traveled)|where i (?:went|spent))",
            "back from>+ \\b(?:just |i'm |i am |we're |recently |i got |i came |got |came "
            ")+(?:back|home|returned) from {place}",
            "took me|took us|brought me|brought us|led me|led us>+ \\b(?:took|brought|led|got|"
            "flew) (?:me|us) (?:all the way )?to {place}(?= (?:last|in|two|three|a |this|for|on|"
            "on holiday|six|four|five|seven)|\\s*[.,!]|$)",
            "was amazing|was great|was beautiful|was lovely|was wonderful|was stunning|blew me|"
            "blew my|was incredible|was a dream>+ {place} (?:was|blew) (?:amazing|great|"
            "beautiful|lovely|wonderful|stunning|incredible|a dream|fantastic|me away|my mind|so "
            "[\\w]+|really [\\w]+),? (?:we|i) (?:went|were|was|spent|stayed|travelled|traveled|"
            "visited)",
        ),
    },
    "friend": {
        "whole": (
            "friend|mate|buddy|buddies|pal> {person} and (?:i|me) (?:have been |are |'re |'ve "
            "been |were |have |became |go |met |grew )*(?:\\w+ )?(?:best )?(?:friends|mates|"
            "buddies|pals|close|besties)\\b",
            "friend|mate|buddy|pal> \\b(?:me|i) and {person} (?:have been |are |'ve been |became "
            ")*(?:\\w+ )?(?:best )?(?:friends|mates|buddies|pals)\\b",
            "friend|friends|mate|buddy|pal> \\bi(?:'m| am|'ve been| have been|'ve made| have "
            "made| became| made)? (?:\\w+ )?(?:best |close |good |old |great )*(?:friends|mates|"
            "buddies|pals) with {person}",
            "friend|mate|buddy|pal> {person}(?:'s| is|, he's|, she's|,? that's)? (?:an? |one of "
            ")(?:\\w+ ){0,3}?(?:friends?|mates?|buddy|pal|buddies) of (?:mine|ours)",
            "friend|mate|buddy|pal> \\b(?:an? |one )(?:\\w+ ){0,2}?(?:friend|mate|buddy|pal|"
            "friends) of mine(?:,| is| is called| called| named|:| is named)+ {person}",
            "friend|mate|buddy|pal> \\b(?:my|our) (?:(?!best\\b)\\w+ ){0,3}?(?:friend|mate|buddy|"
            "pal)(?: (?:from|at|since|of) [\\w ]{2,20}?)?(?:,| is called| is named| called| "
            "named|:| is)+ {person}",
            "friend|mate|buddy|pal> \\b(?:got|have|made|found|gained|i've) (?:an? |got an? "
            ")?(?:\\w+ ){0,2}?(?:friend|mate|buddy|pal)(?: (?:called|named|in)|,|:)+ {person}",
            "friend|mate|buddy|pal> {person},? (?:my|our) (?:\\w+ ){0,2}(?:friend|mate|buddy|"
            "pal)\\b",
            "go way back|known each other|go back years|count on|close> {person} and (?:i|me) "
            "(?:go (?:way )?back|have known each other|go back years|are close|are very close|"
            "are inseparable)",
            "confide|to call my friend|count as|consider> \\bi (?:count|consider) {person} (?:as "
            "|among )?(?:an? |my )?(?:\\w+ )?(?:friends?)\\b",
        ),
    },
}
"""As in `memkit.extract.rows_ways`."""
