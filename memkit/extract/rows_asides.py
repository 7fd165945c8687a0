"""Further rows: statements made in passing, with the topic first, or of what one is called."""

from __future__ import annotations

from typing import Final

from memkit.extract.attributes import Attribute

__all__ = ["ASIDES"]

_NOW: Final = r"(?: now| these days| at the moment| currently| today)*"
_AS_I: Final = r",? (?=(?:i|i'm|we|you|it)\b(?! (?:was|were|had|used|\w+ed)\b))"
_MINE: Final = r"(?=.*\b(?:i|i'm|my|me|we|our)\b)"
_COUPLE: Final = (
    r"(?:an? (?:couple|item|pair|team for life)|together|dating|in love|going out|seeing each "
    r"other|in a relationship|married|engaged|lovers|sweethearts)\b(?! at| for (?:lunch|dinner|"
    r"now))"
)
_SPOUSE: Final = (
    r"(?:boyfriend|girlfriend|husband|wife|partner|fianc\w+|spouse|other half|better half|"
    r"sweetheart|man|woman)"
)

ASIDES: Final = (
    Attribute(
        "home", "place",
        says=(
            r"spend: .{2,40}?(?:years|months|decade|to \d\d\d\d|\d\d\d\d (?:to|and|until) "
            r"\d\d\d\d) (?:of my life )?(?:living )?in {place}",
            r"have: lived (?:\w+ )?in {place} (?:for|since|all)",
            r"be: in {place} (?:for (?:\w+ )?(?:years|months|ages|a (?:year|month|decade|while))|"
            r"since)",
        ),
        whole=(
            r"greetings from|here in> \b(?:greetings from|here in) (?:sunny |rainy |lovely |my "
            r"new home,? )*{place}(?=,? (?:that's )?(?:where i|my new home|our new home|my home|"
            r"where we))",
            r"who lives in|who just moved to> \bwho (?:now )?(?:lives in|just moved to|moved to|"
            r"lives now in) {place}(?=.*\b(?:me|i do|yours truly)\b)",
            r"home> \b(?:my |our )?home (?:(?:from|between|until|in) [\w ]{4,24} )?(?P<was>was) "
            r"(?:in )?{place}",
            r"home> {place} (?P<was>was) (?:my |our )?home\b(?= from| between| until| till| in \d)",
            r"where i live|live> {place},? (?:is |that's |that is |which is )?(?:the (?:city|"
            r"town|place|village) )?where (?:i|we) (?:now |currently |actually |have )?(?:live|"
            r"reside|settled|call home)\b",
            r"where i live> \bwhere i live, (?:in |that's |which is )?{place}",
            r"home> {place} (?:is|'s|has been|has become|became|will be|was|'s been)(?: now| "
            r"still| always| officially)* (?:my |our |the place i call )?home\b(?! (?:to|of|for|"
            r"town|team))",
            r"residence|living> \b(?:town|city|place|country) (?:of residence|i live in)(?: is|:|"
            r",) {place}",
            r"front door|mailbox|letterbox|bed|keys|belongings|boxes> \bmy (?:front door|mailbox|"
            r"letterbox|bed|belongings|boxes) (?:is|are|stands?|sits?)(?: now)? in {place}",
            r"moved house>+ \bmoved house,? (?:from .{2,30}? )?to {place}",
            r"move|relocation>+ \b(?:the|my|our) (?:move|relocation|removal) (?:from .{2,30}? "
            r")?to {place}(?= is (?:\w+ )?(?:done|behind|over|complete|finished)| went| is "
            r"finally)",
            r"greetings> \bgreetings from {place},? (?:where|my new|our new|my home)",
            r"who lives in> \bwho lives in {place} now\b",
            r"took me|led me|brought me>+ \b(?:took|led|brought|drew|lured) (?:me|us) (?:all the "
            r"way |over )?to {place},? (?:so |and )?(?:that's where|where|i|now|and i|we)(?: "
            r"\w+){0,3} (?:live|home|stay|settled)",
        ),
    ),
    Attribute(
        "job", "trade",
        says=(
            r"be: paid to be {trade}",
            r"have: worked (?:\w+ ){0,3}?as {trade}(?= (?:for|since|all|ever|now))",
            r"do: what {trade} does",
            r"be: not .{2,40}? but {trade}",
        ),
        begins=(
            r"leave|quit|swap|trade|exchange|give: (?:up )?{my} (?:job|work|career|life|role) as "
            r"(?:an? )?[\w -]{2,30}? (?:for (?:one as|a job as|the life of|being)|to (?:become|"
            r"be|work as|train as)) {trade}",
            r"quit|stop|leave: (?:being|working as) (?:an? )?[\w -]{2,30}? (?:to become|to be|to "
            r"work as|for being) {trade}",
            r"be: no longer (?:an? )?[\w -]{2,30}? but {trade}",
        ),
        whole=(
            rf"as a|as an> (?:^|[,;:] |\b(?:and|but|so|because) )as {{trade}}{_AS_I}",
            rf"being> (?:^|[,;:] |\b(?:and|but|so|because) )being {{trade}}(?:,| is| means| "
            rf"isn't| keeps| makes| can be| suits| has| comes){_MINE}",
            r"card|badge|contract|door|passport|tag|profile|cv> \b(?:business card|badge|"
            r"contract|name tag|office door|profile|cv|linkedin|work id)(?: now)? (?:says|reads|"
            r"calls me|has me (?:down )?as) {job}",
            r"job|work|thing|profession> \b(?:the )?(?:job|work|profession|trade) (?:that )?i "
            r"(?:do|have|chose|picked|learnt|learned) is (?:that of )?{trade}",
            r"life|past|before|formerly>- \bin (?:a|my) (?:former|past|previous|earlier|other) "
            r"(?:life|job|career),? i was {trade}",
            rf"they|boss> \b(?:they|my boss|the boss|my company|management)(?:'ve| have| has)? "
            rf"(?:just |now |recently )?(?:made|named|appointed|promoted) me(?: to)?(?: be| "
            rf"become)? (?:the |their |an? )?{{job}}(?= (?:last|in|on|this|yesterday|{_NOW})|"
            rf"\s*[.,!]|$)",
        ),
    ),
    Attribute(
        "employer", "org",
        says=(r"be: (?:\w+ )?at {org}(?= (?:these days|nowadays|from|since|as of))",),
        begins=(
            r"switch|move|transfer|change|hop: (?:over |across |jobs )*to {org}(?= (?:in|next|on|"
            r"at the|from|as of|this))",
        ),
        whole=(
            r"gave me|offered me|hired me|took me|recruited me|poached me|headhunted me|employs "
            r"me|employed me|pays me>+ {org} (?:has |have )?(?:just |finally |recently |now "
            r")*(?:gave me|given me|offered me|hired me|took me on|taken me on|recruited me|"
            r"poached me|snapped me up|headhunted me|employs? me|signed me)",
            r"job at|work at|desk at|office at|shift at|colleagues at|boss at|team at|role at|"
            r"position at|post at|job with|job for> \bmy (?:new |current |day |own )*(?:job|work|"
            r"desk|office|shift|shifts|colleagues|coworkers|co-workers|boss|team|role|position|"
            r"post|manager)(?: is| are)? (?:at|with|for|from) (?!the (?:moment|weekend|"
            r"office)\b)(?=(?:the )?(?-i:[^\W\d_a-z])){org}",
            r"where i work> \b(?:at|in) {org},? where i (?:work|earn)",
            r"be at|be with>+ \bi(?:'ll| will| shall) (?:then )?be (?:at|with) {org}(?=\s*[.,!]|"
            r"$| (?:from|as of|then))",
            r"first day|first week|first shift|start date>+ \b(?:first (?:day|week|shift)|start "
            r"date) (?:at|with) {org}",
        ),
    ),
    Attribute(
        "partner", "person",
        begins=(
            r"start|begin: (?:dating|seeing|going out with) {person}",
            r"fall: (?:head over heels )?(?:in love with|for) {person}(?=.*\b(?:couple|together|"
            r"dating|now))",
            r"be: with {person}(?= now\b| since\b|, (?:he|she)'s my| for (?:\w+ )?(?:years|"
            r"months))",
        ),
        whole=(
            rf"couple|item|together|dating|love|relationship|going out|seeing> {{person}} and "
            rf"(?:i|me|myself) (?:are|have been|'ve been|became|have become|have started|started|"
            rf"got|are now|'re)(?: now| just| officially| finally| happily| still| only)* "
            rf"(?:being |dating|seeing each other|going out|{_COUPLE})",
            rf"couple|item|together|dating|love|relationship> \b(?:me|myself|i) and {{person}} "
            rf"(?:are|have been|'ve been|became|'re)(?: now| officially| finally| happily)* "
            rf"{_COUPLE}",
            r"in my life> \b(?:man|woman|person|someone|somebody|lady|guy|one)(?: new)? in my "
            r"life(?: now)?(?: is|'s|:|,| called| named)+ {person}",
            r"in my life> {person} is (?:now )?the (?:new )?(?:man|woman|love|person) (?:in|of) "
            r"my life",
            rf"boyfriend|girlfriend|husband|wife|partner|fiance|fiancee|fianc\u00e9|"
            rf"fianc\u00e9e> {{person}}, who(?:'s| is) my {_SPOUSE}",
            rf"boyfriend|girlfriend|husband|wife|partner|fiance> \bmy {_SPOUSE} (?:in life "
            rf")?(?:is|goes by|answers to)(?: the name(?: of)?)? {{person}}",
            rf"boyfriend|girlfriend|husband|wife|partner|fiance> \b(?:with|love|is|that's|it's) "
            rf"{{person}}[,;] (?:(?:he|she)(?:'s| is)|who(?:'s| is)) my (?:new )?{_SPOUSE}",
            r"met someone|seeing someone|met somebody|seeing somebody|someone new> \b(?:met|"
            r"seeing|found|dating) (?:someone|somebody)(?: new| special)?[^.!?]{0,20}[,:;] "
            r"(?:his|her) name(?:'s| is) {person}",
            r"asked me out|proposed>+ {person} (?:asked me out|proposed)(?=.*\b(?:couple|"
            r"together|said yes|accepted|engaged|now))",
            r"fell for>+ \bfell for {person}[,;] (?:and )?(?:we've|we have|we're|we are) (?:been "
            r")?(?:now )?(?:together|a couple|dating|an item)",
        ),
    ),
    Attribute(
        "marital status",
        says=(
            r"be: an? (?P<word>married|divorced|widowed|single|separated) (?:man|woman|person|"
            r"mum|mom|dad|mother|father|parent)\b",
            r"be: (?P<word>single|divorced|widowed|separated|married|engaged)(?= (?:for|since|as "
            r"of|by law|on paper|now|again|these days))",
        ),
        whole=(
            r"status|state> \b(?:marital |family |relationship |civil )?(?:status|state)(?: is|:|"
            r"\?)+ (?:now )?(?P<word>married|engaged|divorced|single|separated|widowed)\b",
        ),
    ),
    Attribute(
        "diet", "diet",
        says=(
            r"live|cook|stay|remain: (?:strictly |fully |completely )?{diet}(?=\s*[.,!]|$| at| "
            r"for)",
              r"be: an? {diet}(?=[,.!]| and\b| but\b| so\b| now| since| for| by)"),
        whole=(
            rf"as a|as an> (?:^|[,;:] |\b(?:and|but|so|because) )as an? {{diet}}{_AS_I}",
            r"way of eating|eating habits|food> \bmy (?:way of eating|eating habits|food|meals|"
            r"kitchen|plate) (?:is|are)(?: now| strictly| all)* {diet}",
            r"diet for me> \b(?:it's|only|just) an? {diet} diet for me\b",
        ),
    ),
    Attribute(
        "religion", "religion",
        says=(r"be: (?:an? )?{religion}(?= (?:all|my whole|for|since|by|through|like|at heart))",
              r"belong: to the {religion} (?:church|faith|community)"),
        whole=(
            rf"as a|as an> (?:^|[,;:] |\b(?:and|but|so|because) )as an? {{religion}}{_AS_I}",
            rf"being> (?:^|[,;:] )being (?:an? )?{{religion}},{_MINE}",
            r"so am i> {religion} and so am i\b",
        ),
    ),
    Attribute(
        "nationality", "nationality",
        says=(
            r"be: (?:an? )?{nationality}(?=,? (?:through and through|and proud|by passport|on "
            r"paper|at heart))",),
        whole=(
            rf"as a|as an> (?:^|[,;:] |\b(?:and|but|so|because) )as an? {{nationality}}(?: "
            rf"(?:citizen|national|man|woman|person))?{_AS_I}",
            rf"being> (?:^|[,;:] |\b(?:and|but|so|because) )being {{nationality}},{_MINE}",
            r"passport|papers|id> \b(?:my|on my) (?:passport|papers|id card|id)(?: it)? (?:is|"
            r"are|says?|reads?|calls? me|states?)(?: that)?(?: i'm| i am)?(?: an?)? {nationality}",
        ),
    ),
    Attribute(
        "name", "called",
        says=("be: (?:christened|baptised|baptized) {called}",),
        whole=(
            r"here> (?:^|[,.!] )(?:hello|hi|hey|good (?:morning|evening|afternoon))[,.!]? "
            r"{called} here\s*(?:[,.!]|$)",
            r"this is|hi|hey|hello> ^\W*(?:hi|hey|hello|good (?:morning|evening|afternoon))(?: "
            r"there| all| everyone)?[,.!]+ (?:it's|this is|my name's|i'm|i am) "
            r"{self}(?=\s*(?:[.!]|$|,(?! (?:my|our|who|his|her|the|an?)\b)| (?:here|speaking|"
            r"again)))",
            r"by the way> \b(?:i'm|i am) {self},? by the way\b",
            r"parents|mother|mum|mom|father> \bmy (?:parents|mother|mum|mom|father|dad|folks) "
            r"(?:named|called|christened) me {called}",
            r"on paper|passport> \b(?:on paper|(?:on|in) my passport),? (?:i'm|i am|my name is) "
            r"{self}(?=\s*(?:[,.!]|$))",
            r"name on> \bthe name on my (?:passport|id|badge|card|door|birth certificate) is "
            r"{called}",
            r"answer to> \bi (?:also )?answer to (?:the name (?:of )?)?{called}(?=\s*(?:[,.!]|$))",
            r"talking to|speaking to|speaking with|talking with> \byou(?:'re| are) (?:talking|"
            r"speaking|chatting) (?:to|with) {called}(?=\s*(?:[,.!]|$))",
            r"save me|put me in> \b(?:save|put|file) me (?:in|under) (?:your \w+ (?:as|under) "
            r")?(?=(?-i:[^\W\d_a-z])){called}",
            r"know me as> \bknow me as {called}",
            r"is the name> {called} is (?:the|my) name(?=\s*(?:[.!]|$))",
            r"introduce myself> \bintroduce myself(?: properly| first)?[:,.] (?:i'm |i am |my "
            r"name is )?{called}",
        ),
    ),
    Attribute(
        "age", "age",
        says=(r"be: aged {age}", r"be: {age}(?= (?:since|as of|and (?:counting|proud)))"),
        begins=(r"clock|rack: up {age}", ),
        whole=(
            r"at> (?:^|[,;:] |\b(?:and|but|so|because) )at (?:age |the age of "
            r")?(?P<word>\d{1,2}),? (?=(?:i'm|i am|i still|i feel|i can|i have|i don't|i've)\b)",
            rf"as a|year> (?:^|[,;:] |\b(?:and|but|so) )as an? {{age}}(?:[- ]years?[- "
            rf"]old)?{_AS_I}",
            r"years old|that's me> {age},? (?:years old,? )?that's me\b",
        ),
    ),
    Attribute(
        "height", "measure",
        says=(r"be: {measure} (?:from head|in (?:socks|height|shoes|bare)|without|barefoot)",),
        whole=(
            r"passport|tape|doctor|nurse|chart|wall> \bmy (?:passport|id|licence|license|file) "
            r"says {measure}(?=\s*[.,!]|$| tall)",),
    ),
    Attribute(
        "weight", "mass",
        whole=(
            r"scale|scales> \b(?:the|my) (?:bathroom )?scales? (?:show|shows|showed|read|reads|"
            r"say|says|said|stopped at|give|gave|gives)(?: me)? {mass}",
            r"scale|scales> \bbring {mass} (?:to|on) the scales?\b",
            r"weighed> \bi weighed(?: in at)? {mass}(?= (?:today|this|just now|yesterday|at)|"
            r"\s*[.,!]|$)",
        ),
    ),
    Attribute(
        "car", "car",
        whole=(
            r"my> \bmy (?:new |old |beloved |trusty |little |poor )*{car}(?= (?:is|was|has|broke|"
            r"won't|needs|got|runs|drives|makes|to the|at the|into|through|every|again|just))",
            r"parked|driveway|garage|outside> \bthere(?:'s| is) (?=.*\b(?:my|mine|our|"
            r"ours)\b){car} (?:\w+ ){0,2}?(?:parked|standing|in my|in our|sitting|outside|in "
            r"front)",
            r"garage|driveway> \bmy (?:garage|driveway) (?:now |currently )?(?:holds|houses|"
            r"hosts) {car}",
            r"new car|new wheels|new ride>+ \bnew (?:car|wheels|ride)\b[^.!?]{0,24}[,:;!-] "
            r"(?:it's |it is |this time |namely )?{car}",
            r"made way|gave way|replaced by|replaced with|swapped>+ \b(?:made way|gave way) "
            r"(?:for|to) {car}",
            r"replaced>+ \b(?:has been|was|got|been|have) replaced (?:by|with) {car}",
        ),
    ),
    Attribute(
        "like", "things", several=True,
        whole=(
            r"loves|pleasures|passions|joys> {things} (?:is|are) (?:one of )?my (?:great|"
            r"greatest|big|biggest|true|secret|simple)? ?(?:loves?|pleasures?|passions?|joys?|"
            r"addictions?)\b",
            r"loves|pleasures|passions|joys> \bone of my (?:great|greatest|big|biggest|true|"
            r"secret|simple|little) (?:loves|pleasures|passions|joys) is {things}",
            r"make me happy> \bmake me happy with {things}",
            r"love it|love them|adore> {things}\? (?:i )?(?:\w+ )?(?:love|adore) (?:it|them)\b",
        ),
    ),
    Attribute(
        "dislike", "things", several=True,
        says=("have: (?:an|a real|a strong|a deep)? ?aversion to {things}",),
        whole=(
            r"keep me away|spare me> \b(?:keep me away from|spare me|save me from) (?:the "
            r")?{things}(?=\s*[.,!]|$)",
            r"me> {things} (?:makes?|gives?) me (?:shudder|cringe|the creeps|nauseous|want to "
            r"run)\b",
            r"you can keep> \byou can keep (?:your )?{things},? (?:i|it)",
        ),
    ),
    Attribute(
        "language", "language", several=True,
        says=(r"be: (?:an? )?(?:native|fluent) speaker of {language}",
              r"be: raised (?:speaking|in|bilingual in|with) {language}",
              r"talk|chat: (?:in )?{language} (?:with|to|at)"),
    ),
    Attribute(
        "owns", "thing", several=True,
        begins=(
            r"order|purchase|acquire|buy: (?:myself |ourselves |me )?(?=an? ){possession}",
            r"give: (?:myself|ourselves) (?=an? ){ownable}",
        ),
        says=(r"have: (?=an? ){ownable} (?:at home|in the|in my|standing)",),
        whole=(
            r"mine|belongs to me> \b(?:the|that|this) (?P<word>[a-z][\w-]*(?: [a-z][\w-]*)?) "
            r"(?:\w+ ){0,4}?(?:is mine|belongs to me)\b(?! any)",
            r"my> \bmy (?P<word>(?!own\b)[a-z][\w-]*(?: [a-z][\w-]*)?) is still going strong\b",
        ),
    ),
)  # fmt: skip
"""Rows beside those that `rows_life` and the others have."""
