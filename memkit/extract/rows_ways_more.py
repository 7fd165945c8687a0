"""Further ways to say it: tastes, health, belongings, skills, travels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

__all__ = ["MORE_WAYS"]

_DISLIKED: Final = (
    r"(?:can't stand|cannot stand|can't bear|cannot bear|can't abide|detest|hate|loathe|despise|"
    r"dislike|can't deal with|never liked|can't tolerate|won't touch|could do without|"
    r"don't like|will never like|don't care for|don't enjoy|find unbearable|can't take|cannot take)"
)
_LOVED: Final = (
    r"(?:love|like|adore|enjoy|can't resist|cannot resist|can't live without|live for|crave|"
    r"look forward to|can't get enough of|treasure)"
)
_FREE: Final = (
    r"(?:in my (?:free|spare|down|off) ?-?time|in my leisure(?: time)?|on my days? off|at "
    r"weekends?|"
    r"on (?:the )?weekends?|after work|in the evenings?|when(?:ever)? i(?:'m| am) (?:not working|"
    r"off|"
    r"free)|outside (?:of )?work|to (?:relax|unwind|switch off|clear my head|wind down)|away from "
    r"(?:work|my desk)|for fun|as a hobby|when i (?:have|get|find) (?:some )?(?:free )?time|"
    r"most (?:weekends|evenings|sundays|saturdays))"
)

MORE_WAYS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "allergy": {
        "says": (
            "be: (?:\\w+ly )?(?:allergic|sensitive|intolerant)(?: when it comes)? to {allergens}",
            "not can have|not can eat|not can tolerate|not can touch|not can drink: (?:any "
            ")?{allergens},? (?:because )?(?:i'm|i am|it's an|due to an|because of an|as i'm) "
            "?(?:\\w+ )?allerg",
            "carry: an? epi-?pen (?:\\w+ )?(?:for|because of) {allergens}",
            "get|have: (?:an? )?(?:bad |terrible |itchy |severe |allergic )*(?:reaction|"
            "reactions|hives|rash|anaphylaxis|itch) (?:from|to|after|with) (?:eating |touching "
            ")?{allergens}",
            "swell|itch|sneeze|puff: (?:up |out )?(?:in (?:hives|spots|a rash) )?(?:from|when i "
            "(?:eat|touch|have)|after|around) (?:eating |touching )?{allergens}",
        ),
        "ends": (
            "outgrow|lose|overcome|beat: {my} (?:\\w+ )?(?:allergy|intolerance) to {allergens}",
            "grow: out of {my} (?:\\w+ )?(?:allergy|intolerance) to {allergens}",
            "get: over {my} (?:\\w+ )?(?:allergy|intolerance) to {allergens}",
            "get: over {my} (?P<word>[\\w-]+) (?:allergy|intolerance)\\b",
            "can eat|can have|can tolerate: {allergens} again",
            "be: cured of {my} (?:\\w+ )?(?:allergy|intolerance) to {allergens}",
        ),
        "whole": (
            "don't get along|don't agree|do not get along|disagree|don't mix|doesn't agree|don't "
            "go together|are enemies> \\b(?:my body|my stomach|my skin|my immune system|my "
            "system|i|me) and {allergens} (?:don't|do not|really don't|just don't) (?:get along|"
            "agree|mix|go together)",
            "agree with me|disagree with me|kill me|send me|hospital|epi|could be the end> "
            "{allergens} (?:doesn't|don't|do not|does not) agree with me.{0,40}?allerg",
            "allerg> \\b(?:allergy|allergies|allergic to|allergen)\\s*[:=?]\\s*{allergens}",
            "allerg> \\b(?:keep|leave|hold|skip|no|without|avoid|stay away from|steer clear of) "
            "(?:the )?{allergens}(?: away from me| out of (?:it|my \\w+)| for me|,? "
            "please)*[,;.:\u2013\u2014-]+ ?(?:because )?(?:i'm|i am|i have an?) (?:\\w+ )?allerg",
            "allerg> {allergens}(?: (?:is|are) (?:off[- ]limits|out|a no-go|taboo|forbidden|off "
            "the menu|poison|dangerous|deadly)(?: for me)?)[,;.:\u2013\u2014-]+ ?(?:because "
            ")?(?:i'm|i am|i have an?|due to my) (?:\\w+ )?allerg",
            "allerg> {allergens} (?:is|are) (?:what|something|the (?:one )?thing|one thing) "
            "i(?:'m| am) (?:\\w+ly )?allergic to",
            "allerg> {allergens} (?:triggers?|sets? off|causes?) (?:my|an?) (?:\\w+ )?allerg",
            "allerg>- \\bmy (?:\\w+ )?allergy to {allergens} (?:is gone|has gone|went away|is "
            "over|disappeared|has disappeared|cleared up|is history|has cleared|vanished|is no "
            "longer|is a thing of the past|has vanished|doesn't exist|is cured)",
            "allerg>- \\bmy (?P<word>[\\w-]+(?: nut| milk)?) (?:allergy|intolerance) (?:is gone|"
            "has gone|went away|is over|disappeared|has disappeared|cleared|is history|has "
            "cleared|vanished|is a thing of the past|is cured)",
            "allerg>- \\b(?:no longer|not) allergic to {allergens}(?=,? (?:any ?more|now|the|"
            "after|according)|\\s*[.,!]|$)",
            "allerg>- {allergens} (?:no longer bothers?|doesn't bother|don't bother|is fine for|"
            "are fine for|is safe for|are safe for) me(?: any ?more| now| again)?",
        ),
    },
    "diet": {
        "says": (
            "eat|consume|buy|cook|have|order: (?:only |nothing but |just |strictly |exclusively |"
            "mostly |everything )*{diet}(?= (?:food|meals|dishes|stuff|things|only|at home|"
            "options|products|cuisine|cooking|diet|these days|now)\\b|\\s*[.,!;]|$)",
            "be: (?:now |strictly |\\w+ly |an? |on an? |on the |eating |living |all |all about |"
            "more of an? )*{diet}(?= (?:for (?:years|a|two|three|health|ethical|the|many)|all|my "
            "whole|since|when it comes|food-wise|by (?:choice|conviction)|foodwise|through|at "
            "heart)\\b|\\s*[.,!;]|$)",
            "live: (?:on )?(?:an? )?{diet}(?= (?:life|lifestyle|diet)\\b)",
            "live: {diet}(?=\\s*[.,!;]|$| (?:these|now|since))",
        ),
        "begins": (
            "go|turn|become: {diet}",
            "move|transition|convert|change|switch: (?:over |from (?P<old>[\\w -]{3,20}?) )*to "
            "(?:an? |being |eating )*{diet}",
            "start: (?:eating |living |being |going |on )*(?:an? |the )?{diet}",
            "take: up (?:an? )?{diet}",
        ),
        "ends": (
            "be: (?:no longer|not) (?:an? |on an? )?{diet}",
            "stop|quit: (?:eating |being |living )*(?:an? )?{diet}",
            "drop|ditch|abandon|break: (?:off )?(?:the |my |with the )?{diet} (?:diet|thing|"
            "lifestyle)",
        ),
        "whole": (
            "food|eat|plate|meal|menu|diet|dish|cook|kitchen|table|for me|me the> "
            "\\b(?:food-wise|foodwise|diet-wise|diet|dietary (?:needs|requirements|restrictions|"
            "preferences?)|when it comes to food|as for food|in terms of food|for food|at the "
            "table)"
            "\\s*(?:[:,?=\u2013\u2014-]|is|are|i'm|i am|i eat|i go|i stay)+\\s*(?:strictly |an? |"
            "now )*{diet}",
            "has to be|must be|have to be|needs to be|should be> \\b(?:everything|it|food|my "
            "(?:food|meals|meal|plate|dinner|lunch)|meals|dinner|lunch|all (?:my )?(?:food|"
            "meals)) (?:i eat |on my plate |for me )?(?:has to|must|needs to|have to|should|will "
            "have to) be {diet}",
            "food|meal|plate|menu|portion|option|dish> \\bmy (?:food|meals?|plate|menu|fridge|"
            "kitchen|cooking|household) (?:is|are|has been|'s) (?:strictly |all |now |always |"
            "\\w+ly )*{diet}",
            "as a|being> (?:^|[,;] |\\b(?:but|and|so) )(?:as|being) an? (?:strict |lifelong |"
            "\\w+ )?{diet}(?:,? i\\b|,? my\\b| is\\b| isn't\\b| means\\b| can\\b)",
            "diet> \\b(?:i follow|i keep to|i stick to|i'm on|i am on|doctor put me on|put me on|"
            "living on|i've got|swear by) (?:an? |the |strict |my )*{diet}(?: diet| food| rules)?",
            "meals|food|cook for me|feed me|invite|order|book|dinner|guest> \\b(?:please "
            ")?(?:make|keep|order|cook|get) (?:it|mine|me something|something|my (?:food|meal|"
            "dish|portion)|me) {diet}(?=[,;.]| please| for me|$)",
        ),
    },
    "like": {
        "says": (
            "not can resist: {things}",
            "not can live|not can do: without {things}",
            "be: (?:\\w+ ){0,3}?(?:sucker|fan|fiend|fool|devotee|friend|admirer) (?:for|of) "
            "{things}",
            "have: (?:\\w+ ){0,4}?(?:fondness|liking|penchant|thing|soft spot|weakness|passion|"
            "love|crush|affinity|appetite|taste) (?:for|on|of) {things}",
            "take|find|get: (?:great |real |so much |a lot of |such |pure )*(?:pleasure|joy|"
            "delight|kick|happiness) (?:in|out of|from) {things}",
            "appreciate|cherish|treasure|relish|savour|savor|worship: {things}",
            "get|have: (?:a )?(?:real )?kick out of {things}",
            "look: forward to {things}(?= every\\b)",
            "be: all about {things}",
            "go: (?:nuts|crazy|mad|wild) for {things}",
        ),
        "ends": (
            "be: (?:\\w+ )?(?:over|tired of|bored of|bored with|sick of|done with|fed up with|"
            "through with|finished with|off) {things}",
            "not like|not love|not enjoy: {things} (?:any ?more|any longer)",
            "stop: (?:liking|loving|enjoying|caring for|caring about) {things}",
            "gone like|gone love|gone enjoy: {things}",
            "have: enough of {things}",
            "lose: {my} (?:\\w+ )?(?:taste|love|appetite|interest|passion|fondness|enthusiasm) "
            "(?:for|in|of) {things}",
            "go: right off {things}",
            "cool: (?:off )?on {things}",
        ),
        "whole": (
            "nothing|not much|few things> \\b(?:nothing|not much|few things|hardly anything) "
            "(?:beats?|tops|makes me (?:as happy as|happier than)|is better than|compares? (?:to|"
            "with)|cheers me up like|quite like|i (?:love|like|enjoy) more than|can beat|comes "
            "close to|says happiness like) {things}",
            "make my day|makes my day|make me happy|makes me happy|put a smile|puts a smile|my "
            "thing|guilty pleasure|weakness|happy place|right up my|my jam|cup of tea|make me "
            "smile|makes me smile|cheer me up|cheers me up|jam|melt> {things} (?:always |never "
            "fails? to |just |really |simply )*(?:make my day|makes my day|make me (?:so )?happy|"
            "makes me (?:so )?happy|puts? a smile on my face|(?:is|are) (?:totally |really |so |"
            "very much |just )*(?:my (?:thing|jam|weakness|guilty pleasure|happy place|cup of "
            "tea|kind of thing|passion|great love)|right up my (?:street|alley))|makes? me smile|"
            "cheers? me up|melts? my heart)\\b",
            "guilty pleasure|weakness|soft spot|great love|thing i> \\bmy (?:guilty pleasure|"
            "(?:biggest |great |one )?weakness|great love|(?:one )?true love|little joy|big "
            "passion)(?: is| are|:|\\?)+ {things}",
            "thing i|what i|if there> \\b(?:the (?:one )?thing i|one thing i|if there's (?:one "
            "thing|anything|something) (?:that )?i(?: really| truly)?|something i(?: really)?|"
            "what i(?: really)?) (?:really |truly |absolutely |always )*"
            + _LOVED
            + "(?: most| more than anything| the most)?,? (?:it's|is|are|it is|that's|it has to "
            "be|:)(?P<at> ){things}",
            "i could|all day> \\bi (?:could|can) (?:listen to|watch|eat|drink|do|talk about|look "
            "at|spend all day (?:with|on)) {things} (?:all day|for hours|forever|every day)",
            "always up for|in the mood for|say no to> \\b(?:i'm |i am )?(?:always (?:up for|in "
            "the mood for|happy with|game for|excited about)|never say no to|can't say no to|i'd "
            "never say no to|i never turn down) {things}",
            "count me in|sign me up|bring on|hooray|yes to> \\b(?:count me in for|sign me up for|"
            "big yes to) {things}",
            "i like|i love|i enjoy> {things}\\? (?:i (?:love|like|adore|enjoy) (?:it|them|those)|"
            "love (?:it|them)|yes,? please|big yes)",
            "tired of|sick of|bored>- \\b(?:i'm|i am|i've grown|i got|i've gotten|i have grown) "
            "(?:so |really |totally |now )*(?:tired|sick|bored|weary) (?:of|with) {things}",
            "for me any|lost its charm|lost their charm|appeal|does nothing|do nothing|don't do "
            "it|doesn't do it>- {things} (?:has |have )?(?:lost (?:its|their) (?:charm|appeal|"
            "magic)|no longer (?:does|do) it for me|(?:does|do) nothing for me (?:any ?more|now)|"
            "(?:doesn't|don't) (?:do it for|excite|interest|appeal to) me (?:any ?more|any "
            "longer|now)|(?:isn't|aren't) my thing any ?more|(?:is|are) (?:no longer|not) my "
            "thing(?: any ?more)?)",
            "used to love|used to like|used to enjoy>- \\bi used to (?:really )?(?:love|like|"
            "enjoy|adore) {things},? (?:but )?(?:not any ?more|now i don't|no longer|these days "
            "i|but now|i don't|it's over|anymore)",
        ),
    },
    "dislike": {
        "says": (
            "not can deal|not can do|not can get: (?:with|into|behind|on with) {things}",
            "have: (?:an? )?(?:\\w+ )?(?:aversion|hatred|dislike|loathing|distaste) "
            "(?:to|for|of|with) {things}",
            "have: no (?:patience|time|love|stomach|taste) (?:to|for|of|with) {things}",
            "avoid|shun|dread|resent: {things}(?= (?:like the plague|at all costs|whenever|where|"
            "if i can|as much|wherever)|\\s*[.,!]|$)",
            "find: {things}(?= (?:unbearable|awful|horrible|disgusting|annoying|terrible|"
            "revolting|insufferable|tedious|dreadful|gross|repulsive|intolerable))",
            "be: (?:\\w+ly )?(?:allergic to the idea|no fan|not a fan|no friend|no lover|no "
            "great fan|not fond|put off|repulsed|disgusted|annoyed|sick and tired) (?:of|by) "
            "{things}",
            "run: (?:a mile|away) from {things}",
        ),
        "whole": (
            "thing i|what i|if there> \\b(?:the (?:one )?thing (?:that )?i|one thing (?:that )?i|"
            "if there's (?:one thing|anything|something) (?:that )?i(?: really| truly)?|"
            "something i(?: really)?|what i(?: really)?) (?:really |truly |absolutely |simply |"
            "just )*"
            + _DISLIKED
            + "(?: most| more than anything| the most)?,? (?:it's|is|are|it is|that's|it has to "
            "be|:)(?P<at> ){things}",
            "not my thing|not for me|drive me|drives me|my nerves|cup of tea|makes my skin|make "
            "my skin|puts me off|put me off|annoy|crazy|up the wall|mad|bug me|bugs me|nightmare|"
            "gross me|grosses me|turn-off|turn off|irritate|make me sick|makes me sick|make me "
            "shudder|give me the> {things} (?:(?:is|are) (?:really |just |so |definitely "
            ")*(?:not (?:my thing|for me|my cup of tea)|the worst|my (?:personal )?(?:nightmare|"
            "pet hate|pet peeve))|(?:isn't|aren't) (?:really )?(?:my thing|for me|my cup of tea)|"
            "(?:really |always |just )*(?:drives? me (?:crazy|mad|nuts|up the wall|insane)|gets? "
            "on my nerves|makes? my skin crawl|puts? me off|annoys? me|bugs? me|grosses? me out|"
            "gross me out|irritates? me|makes? me (?:sick|shudder|cringe)|gives? me the "
            "(?:creeps|ick)))",
            "pet hate|pet peeve|bane of|can't stand|worst nightmare> \\bmy (?:biggest |worst |"
            "greatest |main )*(?:pet hate|pet peeve|nightmare|bugbear|enemy)(?: is| are|:|\\?)+ "
            "{things}",
            "bane> \\bthe bane of my (?:life|existence)(?: is| are|:)+ {things}",
            "spare me|keep away|chase me|get away from me|far away|not a fan|no fan|big no> "
            "\\b(?:spare me|keep me away from|keep your|you can keep(?: your)?|please no|"
            "anything but|get me away from|a big no to|not a fan of|no fan of|not a big fan of|"
            "not keen on|i'm no fan of|i'm not a fan of|i'm not a big fan of) {things}(?=,? "
            "(?:please|for me|any day)|\\s*[.,!;]|$)",
            "hate|stand|no thanks|no, thanks|no thank|ugh|yuck|horrible> {things}\\? (?:(?:i "
            ")?(?:hate|loathe|can't stand|detest) (?:it|them|those)|no,? thank(?:s| you)|ugh|"
            "yuck|not for me)",
            "would rather|i'd rather> \\bi'd rather [^.,;]{3,40}? than (?:eat|watch|listen to|do|"
            "go to|sit through|play) {things}",
            "hate about|put up with> \\bi (?:refuse to|won't|will not) (?:put up with|touch|eat|"
            "watch|listen to|do) {things}",
        ),
    },
    "hobby": {
        "says": (
            "do|practise|practice|play|go: (?:a (?:lot|bit|little) of |some |lots of )?{pastime}",
            "spend: (?:\\w+ ){0,6}?(?:on |doing |at |with |playing |practising |practicing "
            ")?{pastime}",
            "be: (?:an? )?(?:member|part) of (?:an? |the |our |my )?(?:local )?{pastime} (?:club|"
            "group|team|society|association|league)",
            "unwind|relax|switch|wind|recharge: (?:off |down |best )?(?:with|by doing|by|through|"
            "doing) (?:doing |some |a bit of |playing )*{pastime}",
            "have: {a}(?:\\w+ )?(?:passion|hobby|pastime)(?:,| called| for|:) {pastime}",
            "go: to (?:my |an? |the )?(?:weekly )?{pastime} (?:club|class|classes|lessons|group|"
            "practice|training|meetings?)",
        ),
        "begins": (
            "take: up {pastime}",
            "pick: up {pastime}",
            "get: (?:back |really |hooked )?(?:into|on|to) {pastime}",
            "start|begin: (?:doing |with |playing |learning |practising |going |out )*{pastime}",
            "discover|try|learn: (?:\\w+ )?{pastime}(?= (?:last|in|a|this|two|three|on|and|"
            "as)\\b|\\s*[.,!]|$)",
            "sign: up for {pastime}",
            "join: (?:an? |the |our )?(?:local )?{pastime} (?:club|group|team|class|society)",
            "turn: to {pastime}",
        ),
        "ends": (
            "give: up (?:on )?(?:doing |playing )?{pastime}",
            "quit|stop|drop|abandon|leave: (?:doing |playing |with |going |practising )*{pastime}",
            "hang: up (?:my )?{pastime}",
            "not do|not play|not practise|not go: {pastime} (?:any ?more|any longer)",
            "be: (?:done|finished|through) with {pastime}",
            "lose: interest in {pastime}",
            "retire: from {pastime}",
            "fall: out of love with {pastime}",
            "let: {pastime} go\\b",
            "pack: in (?:the )?{pastime}",
            "turn: {my} back on {pastime}",
            "put: {pastime} (?:behind me|aside|on hold)",
        ),
        "whole": (
            "time|weekend|days off|day off|evening|working|work|hobby|hobbies|relax|unwind|fun|"
            "pastime|"
            "passion|sunday|saturday> "
            + _FREE
            + ",? (?:i'm|i am|you'll find me|you can find me|i (?:usually |mostly |often |always "
            "|like to |love to |tend to )*(?:do|play|practise|practice|go|enjoy|like|love|am)|"
            "i|it's|find me|i'm all about|it's all about|i'm into)"
            "(?: (?:doing|into|some|a bit of|at|out|playing|practising|practicing|usually|mostly|"
            "busy with|keen on|off))* {pastime}",
            "hobby|hobbies|pastime|passion|free time|spare time> \\b(?:my |our )(?:\\w+ )?(?:hobby|"
            "hobbies|pastime|passion|free time|spare time|weekends?|evenings?|leisure time)(?: "
            "is| are| goes into| go into| belongs? to| is for| mostly| consists? of| is spent "
            "(?:on|doing|with)| are for|:|\\?)+ (?:all |mostly |mainly |now |doing |playing "
            ")*{pastime}",
            "hobby|hobbies|pastime|passion> \\b(?:hobby|hobbies|pastime|pastimes|"
            "passion)\\s*(?:[:=?\u2013\u2014-]|go,|go:)+\\s*{pastime}",
            "hobby|hobbies|pastime|mine|passion> \\bas (?:hobbies|pastimes|far as hobbies) go,? "
            "{pastime}",
            "time|weekend|day off|hobby|hobbies|relax|unwind|pastime|passion|fun|head|mind|"
            "balance|thing|"
            "decompress|off steam> {pastime},? (?:is|'s|are|has become|has been|that's|it's|"
            "became|keeps me|helps me)(?: (?:now|always|really|also|still|just))* (?:what i do|"
            "how i (?:spend|relax|unwind|switch off|decompress|clear|let off)|my (?:\\w+ "
            ")?(?:hobby|pastime|thing|passion|escape|outlet|balance)|"
            "mine\\b|where i (?:spend|let)|what (?:i'm into|keeps me busy|relaxes me)|sane|"
            "unwind|relax|switch off|the hobby)",
            "found me|find me|see me|catch me> \\b(?:you(?:'ll| will| can)? (?:usually |often |"
            "mostly )?(?:find|see|catch) me|find me|catch me) (?:\\w+ )?(?:doing |at |out |"
            "practising |playing |busy with )*(?:some |a bit of )*{pastime}",
            "anymore|any more|no longer|gave up|quit|over|stopped|behind me>- \\b(?:no more|i no "
            "longer do|i don't do|i've quit|my days of|my) {pastime}(?: for me| any ?more| days "
            "are (?:over|behind me)| is over| is history|(?=,? (?:since|i (?:quit|gave|"
            "stopped)))| are (?:over|behind me))",
        ),
    },
    "instrument": {
        "says": (
            "play|can play|practise|practice|teach: (?:\\w+ ){0,3}?(?:the |my |an? )?{instrument}",
            "have|take: (?:my |weekly |regular )?{instrument} (?:lessons|class|classes|practice|"
            "rehearsal|tuition)",
            "be: (?:on |learning |playing |practising )+(?:the )?{instrument}",
            "be: the {instrument} player",
            "be: an? (?:\\w+ )?{instrument} (?:player|student|teacher)",
            "study: (?:the )?{instrument}",
            "sit: (?:down )?at (?:the|my) {instrument}",
            "own|have|get|buy: (?:an? |my )?{instrument}(?= (?:and (?:i )?play|that i play|which "
            "i play|and i'm learning))",
            "be: (?:good|decent|getting better|not bad|quite good|terrible|okay|ok) (?:on|at|"
            "with) (?:the )?{instrument}",
        ),
        "begins": (
            "learn|start|begin: (?:to play |how to play |playing |learning |with |on )*(?:the |"
            "an? )?{instrument}",
            "teach: myself (?:to play |how to play )?(?:the )?{instrument}",
            "get: into (?:playing )?(?:the )?{instrument}",
        ),
        "ends": (
            "not play: (?:the |my )?{instrument} (?:any ?more|any longer)",
            "give|sell|put: (?:up |away )*(?:playing )?(?:the |my )?{instrument}(?= (?:for good|"
            "away)|\\s*[.,!]|$)",
            "stop|quit: (?:playing |practising |with )*(?:the |my )?{instrument}",
        ),
        "whole": (
            "instrument> \\b(?:my |main |the )*instruments?(?: of choice)?(?: that i play| i "
            "play)?\\s*(?:is|are|:|\\?|-|=)+\\s*(?:the )?{instrument}",
            "band|orchestra|ensemble|quartet|choir|duo|group> \\b(?:in (?:a|my|our|the) (?:\\w+ "
            ")?(?:band|orchestra|ensemble|quartet|duo|group|trio)),? (?:i'm on|i am on|i play|i "
            "do)(?: the)? {instrument}",
            "been playing|grew up playing|taught myself|hours|since i was|neighbo|practice|"
            "lessons|years|play> \\bi(?:'ve| have)? (?:been )?(?:playing|played|practising|"
            "practicing|learning|studying|grew up playing|taught myself|picked up)(?: to "
            "play)?(?: the)? {instrument}",
            "is my instrument|is the instrument|what i play|my playing|is my thing> (?:the "
            ")?{instrument},? (?:is|that's|it's) (?:my instrument|the instrument|what i play)",
            "my > \\bmy {instrument} (?:playing|practice|lessons?|teacher|skills|sits|is "
            "(?:always )?(?:out of tune|in tune|next to|beside|getting))\\b",
        ),
    },
    "language": {
        "says": (
            "speak|can speak|know|understand|can understand|can read|read|write|can write|learn|"
            "can follow|talk|can manage: (?:\\w+ ){0,3}?{language}",
            "can hold|hold|can have|have|can carry: (?:an? )?(?:\\w+ )?conversations? in "
            "{language}",
            "can express: myself in {language}",
            "can get: by in {language}",
            "can make: myself understood in {language}",
            "be: (?:\\w+ ){0,3}?(?:fluent|conversational|proficient|comfortable|at home|good|"
            "okay|decent|confident|native|bilingual) (?:in|at|with) {language}",
            "be: (?:an? )?(?:\\w+ )?{language}(?= (?:speaker|native speaker)\\b)",
            "grow: up (?:speaking|with|on|bilingual in|talking) {language}",
            "be: raised (?:speaking|in|with|bilingual in) {language}",
            "think|dream|swear|count|pray|chat|talk|converse|communicate|argue|read|write|text: "
            "(?:mostly |often |always |to \\w+ \\w+ |with \\w+ \\w+ )?in {language}",
            "have: (?:\\w+ ){0,3}?(?:command|knowledge|grasp|level) (?:of|in) {language}",
            "have: (?:fluent|good|basic|decent|some|a little|conversational|working|a bit of) "
            "{language}",
        ),
        "begins": (
            "learn|pick|master|teach: (?:up |myself )?(?:to speak |how to speak )?(?:some "
            ")?{language}",
            "become: fluent in {language}",
        ),
        "ends": (
            "not speak|not remember: (?:any |much |a word of )?{language} (?:any ?more|any longer)",
            "forget|lose: (?:all |most of )?(?:of )?{my} {language}",
        ),
        "whole": (
            "my > \\bmy {language}(?:'s| is| has| isn't| sounds| gets| could| comes)\\b",
            "language|tongue|lingo> \\b(?:native|first|second|mother|third|other|home|languages?|"
            "tongues?)(?: language| tongue)?(?: (?:i|we) (?:speak|know|grew up with|use|learned|"
            "talk)(?: at home)?)?\\s*(?:is|are|was|:|=|\\?|-)+\\s*{language}",
            "native|speaker|tongue|language|fluent|at home|no problem|speak> {language},? (?:is|"
            "'s|was|that's|it's) (?:my (?:\\w+ )?(?:native|mother|first|second|third|family)? "
            "?(?:language|tongue)|(?:one of )?the languages? (?:that )?(?:i|we) (?:speak|know|"
            "use|grew up)|what (?:i|we) (?:speak|talk)|no problem for me|spoken at)",
            "at home|with my|family|parents|grandm|grew up> \\b(?:we|i) (?:speak|talk|spoke|"
            "always speak|always spoke) (?:mostly |only )?{language}",
            "in > \\b(?:feel free to |you can |please )?(?:write|talk|speak|chat|text)(?: to "
            "me)? in {language},? (?:if you (?:like|want|prefer),? )?(?:i (?:speak|understand|"
            "know)|it's fine|i'm fluent|that's fine|no problem|i can)",
            "speaker> \\bas an? (?:\\w+ )?{language} speaker\\b",
            "speaking|talking> {language}[- ]speaking (?:household|family|home|parents)",
            "certificate|exam|level|b1|b2|c1|c2|a2|class|course> \\b(?:passed|got|have|reached|"
            "did|took)(?: my| a| the)?(?: \\w\\d)?(?: certificate| exam| level)?(?: in)? "
            "{language}(?= (?:certificate|exam|at|level|b\\d|c\\d))",
        ),
    },
    "nationality": {
        "says": (
            "be: (?:an? )?{nationality}(?= (?:by (?:nationality|passport|descent|citizenship)|"
            "through|on paper|national|citizen|originally|at heart|born)\\b)",
            "travel|enter|live|work|fly: (?:\\w+ ){0,4}?(?:on|with) (?:an? |my )?{nationality} "
            "(?:passport|papers|visa|id)",
            "carry|have|hold|possess|own: (?:an? |my |dual |both )*{nationality}(?:[ "
            "-](?:passport|citizenship|nationality|papers|id))",
            "vote: in the {nationality} elections?",
        ),
        "begins": (
            "become: (?:an? )?(?:naturali[sz]ed )?{nationality}(?= (?:citizen|national|by|last|"
            "in)\\b)",
            "take: (?:on )?{nationality} (?:citizenship|nationality)",
        ),
        "whole": (
            "passport|citizen|nationality|national|papers> \\b(?:my |the )?(?:passport|"
            "nationality|citizenship|papers|id)(?: says(?: i'm| i am| that i'm)?| is| are|:|=|"
            "\\?| reads| shows| lists)+ (?:an? )?{nationality}",
            "as a|being a|being|as an> (?:^|[,;] |\\b(?:but|and|so) )(?:as an?|being an?|being|"
            "speaking as an?) (?:\\w+ )?{nationality}(?: (?:citizen|national|passport holder|man|"
            "woman|person|myself))?,? (?:i|my|we)\\b",
            "citizen|passport|nationality|national|born|papers> \\b(?:i've|i have|i got|i hold|i "
            "carry|i own|i'm on|i possess)(?: got)?(?: an?| my| dual)* {nationality} (?:passport|"
            "citizenship|nationality|papers)",
            "by birth|by nationality|by passport|passport-wise|citizen> {nationality} (?:by "
            "(?:birth|nationality|passport|citizenship|descent)|citizen(?=,? (?:here|that's me)))",
            "passport> \\bmy {nationality} (?:passport|citizenship|nationality|id)\\b",
            "from|we > \\bwe {nationality}s? (?:are|love|like|have|always|tend|never|know|"
            "don't)\\b",
            "nationality> {nationality} is (?:my nationality|what my passport says|the passport i)",
        ),
    },
    "religion": {
        "says": (
            "be: (?:an? |\\w+ )*{religion}(?= (?:by (?:faith|birth|religion|conviction|"
            "upbringing)|all|my whole|since|for|through|at heart|like|and proud)\\b|\\s*[.,!;]|$)",
            "practise|practice|follow|observe|embrace: (?:the )?(?:teachings of )?{religion}",
            "belong: to (?:the |an? )?{religion}(?= (?:church|faith|community|congregation|"
            "parish|temple))",
            "go: to (?:the |an? )?{religion} (?:church|mass|temple|service|mosque)",
            "pray: (?:as|like) an? {religion}",
            "be: (?:an? )?(?:\\w+ )?(?:member|follower|believer) (?:of|in) (?:the )?{religion}",
            "identify: as (?:an? )?{religion}",
        ),
        "begins": (
            "convert|turn|switch: (?:\\w+ )?(?:from \\w+ )?to {religion}",
            "find: {religion}",
            "join: the {religion} (?:church|faith|community)",
        ),
        "ends": ("be: no longer (?:an? )?{religion}", "leave: the {religion} (?:church|faith)"),
        "whole": (
            "as a> (?:^|[,;] |\\b(?:but|and|so) )(?:as|being|speaking as) an? (?:\\w+ "
            ")?{religion},? (?:i|my|we)\\b",
            "religio|faith|belief|creed|denomination> \\b(?:religion|faith|denomination|belief|"
            "creed|religious affiliation|beliefs)(?:-wise)?\\s*(?:is|:|=|\\?|,|-|i'm|i am|i'd "
            "say)+\\s*(?:an? )?{religion}",
            "religio|faith|belief|raised|brought up|spiritual> \\b(?:spiritually|religiously|"
            "religion-wise|faith-wise|in terms of (?:religion|faith)|by (?:religion|faith|"
            "upbringing)|when it comes to (?:religion|faith)),? (?:i'm|i am|i'd say i'm) (?:an? "
            ")?{religion}",
            "religio|faith|my church> {religion} is (?:my (?:religion|faith)|the (?:religion|"
            "faith) (?:i|that i))",
            "my > \\bmy {religion} (?:faith|beliefs?|church|congregation|community|upbringing)\\b",
            "for us|we > \\bwe {religion}s? (?:are|don't|believe|celebrate|do|have|pray|fast)\\b",
        ),
    },
}
"""As in `memkit.extract.rows_ways`."""
