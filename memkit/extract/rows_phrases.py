"""Rarer ways to say what the other rows say, and turns of phrase."""

from __future__ import annotations

from typing import Final

from memkit.extract.attributes import Attribute

__all__ = ["PHRASES"]

_WORK: Final = r"(?:work|the office|my office|my job|the job)"
_RIDE: Final = (
    r"(?:drive|walk|ride|trip|journey|way|cycle|train ride|bus ride|bike ride|commute|train|bus)"
)
_KIDS: Final = r"(?:kids|children|boys|girls|sons|daughters)"
_ANIMAL: Final = (
    r"(?:dog|cat|puppy|kitten|rabbit|hamster|parrot|horse|pony|bird|guinea pig|turtle|budgie)"
)

PHRASES: Final = (
    Attribute(
        "name", "called",
        whole=(
            r"calls me|call me> \b(?:everyone|everybody|people|friends|they|my \w+) calls? me "
            r"{called}",
            r"name> (?:^|, |[.!] )the name(?:'s| is) {called}",
            r"name> \bpeople know me as {called}",
        ),
    ),
    Attribute(
        "age", "age",
        says=(r"be: already {age}",),
        begins=(r"celebrate|have: {my} {age}(?:st|nd|rd|th)?\s*(?:birthday|bday)",),
        whole=(r"years|year> \b(?:at|aged) {age}(?= (?:years old|i))",),
    ),
    Attribute(
        "home", "place",
        says=(
            r"be: (?:an? |the )?(?:\w+ )?(?:resident|inhabitant|citizen-to-be) of {place}",
            r"be: off to live in {place}",
                r"be: (?:happily |all |fully )*(?:settled|installed|moved) (?:in|into) {place}",
            r"be: off to {place} to live\b",
                r"have: (?:\w+ ){0,3}roof over (?:my|our) heads? in {place}",
        ),
        begins=(
            r"move|relocate: (?:out of|from) (?P<old>(?-i:[^\W\d_a-z])[\w.'-]*(?: "
            r"(?-i:[^\W\d_a-z])[\w.'-]*)*),? (?:and )?(?:over |up |down )?(?:in)?to {place}",
            r"make: {place} (?:my|our|his|her|their) (?:new |permanent )?(?:home|base)\b",
            r"find: (?:myself|ourselves) living in {place}",
                r"pack|up: .{1,30}? (?:for|to) {place}(?= (?:for good|permanently))",
            r"take: up residence in {place}", r"put: down roots in {place}",
                r"set: up home in {place}",
            r"change: {my} address to (?:\w+ ){0,3}?{place}", r"plant: .{1,15} in {place}",
        ),
        whole=(
            r"flat|apartment|place|home|house|studio> (?<!sold )(?<!selling )(?<!left )(?<!gave "
            r"up )(?<!give up )(?<!leaving )(?<!rent out )(?<!renting out )(?<!out of )(?<!miss "
            r")(?<!sell )\b(?:my|our) (?:new |little |tiny |lovely |cosy |cozy |own )*(?:flat|"
            r"apartment|place|home|house|studio)(?: here)? in {place}(?! (?:is|was|has|had|for "
            r"sale))",
            r"moved|move|address|relocated|relocating> \b(?:moved|move|address|relocated|"
            r"relocating)\b[^.!?]{0,40}[,:;] (?:so |and )?(?:i'm|we're|i am|we are) (?:now )?in "
            r"{place}",
            r"find me> \byou(?:'ll| can| will) (?:now )?find me (?:living )?in {place}",
            r"took me|takes me|brought me|brings me> \b(?:took|takes|brought|brings|landed) "
            r"(?:me|us) (?:all the way |over )?to {place}, where (?:i|we) (?:now )?live",
            r"living> \b(?:been|i'm|i am|we're|we are) living (?:it up )?in {place}",
            r"neighbourhood|neighborhood|area|district|postcode> \bmy (?:neighbou?rhood|area|"
            r"district) is {place}",
        ),
    ),
    Attribute(
        "hometown", "place",
        says=(r"be: .{1,40}? and (?:originally |come )?from {place}",
            r"trace: {my} roots (?:back )?to {place}"),
        whole=(r"raised> \b(?:born and raised|raised) in {place}",
            r"native> \ba(?:n)? {place} native\b",
               r"grew> \bwhere i grew up(?: was| is|,) {place}",
                   r"town> \bthe (?:town|city|village|place) (?:where )?i grew up(?: in)?(?: was|"
                   r" is) (?:called )?{place}"),
    ),
    Attribute(
        "job", "trade",
        says=(
            r"do: (?P<word>(?!what|this|that|it|the|my|a |so|all)[a-z][\w-]*(?: "
            r"[a-z][\w-]*){0,2}) (?:for a living|as a job|for work|professionally)\b",
              r"be: (?:currently )?(?:doing|in) {trade} (?:work|job)"),
        begins=(
            r"be|get: (?:just |recently )?(?:hired|taken on|recruited|employed|brought on|"
            r"poached|signed) (?:by|at) .{2,40}? as {job}",
            r"take: a job as {job}", r"be: (?:now )?officially {trade}",
                r"become: the (?:new )?{trade}",
            r"qualify|train|graduate: (?:\w+ )?as {role}",
                r"land: (?:myself )?a (?:new )?{trade} (?:position|job|role|gig)",
        ),
        whole=(
            r"profession|trade|training> \bby (?:profession|trade|training),? (?:i'm|i am) {trade}",
            r"profession|trade|training> \b(?:i'm|i am) {trade} by (?:profession|trade|training)",
            r"pays the bills|pay the bills|bills> \b(?:being|working as) {trade} pays (?:the|my) "
            r"bills",
            r"me> \b(?:promoted|hired|appointed|named|made|employed) me (?:as|to(?: be)?) {job}",
            r"work as> \bfor (?:work|a living),? (?:i'm|i am|i work as) {trade}",
            r"job> \b(?:day job|job):? {trade}(?=\s*[.!]?$)",
        ),
    ),
    Attribute(
        "partner", "person",
        says=(
            r"be: (?:happily |now |officially |\w+ )?(?:together|going steady|in a (?:long-term |"
            r"long-distance )?relationship) with {person}",
              r"have: been with {person} (?:for|since)"),
        begins=(r"tie: the knot with {person}", r"exchange: vows with {person}",
            r"walk: down the aisle with {person}",
                r"propose: to {person}(?= and (?:she|he) said yes)",
                    r"get: (?:back )?together with {person}",
                                                                         r"wed: {person}",
                                                                                       r"move: "
                                                                                       r"in "
                                                                                       r"(?:toget"
                                                                                       r"her "
                                                                                       r")?with "
                                                                                       r"{person}"
                                                                                       r"(?=, my)"),
        ends=(r"break: (?:it|things|everything) off with {person}",
            r"end: (?:it|things|the relationship|my relationship) with {person}",
              r"call: it (?:quits|off) with {person}", r"part: ways with {person}"),
        whole=(
            r"girlfriend|boyfriend|husband|wife|partner|fiance|fiancee> \bmy (?:girlfriend|"
            r"boyfriend|husband|wife|partner|fianc\w+) (?:\w+ )?(?:broke up with me|left me|"
            r"dumped me|walked out)(?P<none>)",
            r"married|engaged|dating|couple|together> {person} and (?:i|me) (?:are|got|have been|"
            r"were|'ve been|have|both got) (?:just |happily |now |finally |officially |newly |"
            r"recently )*(?:married|engaged|dating|a couple|together|wed|seeing each other|going "
            r"out)\b(?! at| in the| for (?:lunch|dinner))",
            r"love of my life|other half> \b(?:the love of my life|my other half|my better "
            r"half),? {person}",
        ),
    ),
    Attribute(
        "marital status",
        whole=(
            r"married|engaged|divorced|single|separated|widowed> \band i (?:are|got|have been|"
            r"are getting) (?:just |happily |now |finally |officially |recently "
            r")*(?P<word>married|engaged|divorced|separated)\b",
               r"single> \b(?:i'm|i am) (?:currently |still |happily |newly |very much "
               r")*(?P<word>single)(?= (?:again|now|at the moment|these days|and))"),
    ),
    Attribute(
        "child", "person", several=True,
        says=(
            rf"be: (?:an? |the )?(?:\w+ )?(?:mum|mom|mother|dad|father|parent|parents|mama|papa) "
            rf"(?:of|to) (?:two|three|four|five|my|our)?(?: \w+)?(?: {_KIDS})?(?::|,| -| \u2013|"
            rf";)? {{person}}",),
        whole=(
            r"kids|children> \b(?:my|our) (?:\w+ )?(?:kids|children) are (?:called |named "
            r"){person}",),
    ),
    Attribute(
        "employer", "org",
        says=(r"be: (?:now )?(?:on the payroll|on staff) (?:at|of) {org}",),
        whole=(
            r"jobs|job|employer> \b(?:changed|switched|new|different) (?:jobs?|"
            r"employers?)[^.!?]{0,30}[,:;] (?:so |and )?(?:i'm|i am) (?:now )?(?:at|with) {org}",
            r"contract|last day|stint|time at>- \bmy (?:contract|last day|stint|time) (?:at|"
            r"with) {org} (?:ended|is over|was|is up|came to an end|ran out|is behind me)",
        ),
    ),
    Attribute("weight", "mass", says=(r"be: (?:down|up|back) (?:to|at) {mass}",)),
    Attribute("height", "measure", says=(r"be: (?P<word>\d (?:foot|feet|ft)\.? \d{1,2})\b",)),
    Attribute("birthday", "day", says=(
        r"be: born (?:in|at) [^\W\d_][\w ]{1,30}? (?:on )?(?:the )?{day}",)),
    Attribute("best friend", "person", says=(
        r"be: (?:the )?best (?:friends|mates|buddies) with {person}",)),
    Attribute("friend", "person", several=True,
              says=(
                  r"be: (?:good |close |old |great |really |such )*(?:friends|mates|buddies) "
                  r"with {person}",),
              begins=(r"become|make: (?:good |close |great |new )*friends with {person}",
              r"befriend: {person}")),
    Attribute(
        "pet", "person", several=True,
        whole=(
            rf"family|home|meet|welcome> \b(?:member of (?:the|our|my) family|new (?:family "
            rf")?member|new addition|meet|welcome|came home with|brought home|bringing "
            rf"home)\b.{{0,25}}?\b(?:an? |our |my )(?:[\w-]+ ){{0,3}}?{_ANIMAL},? (?:named|"
            rf"called) {{called}}",
            rf"our new> {{person}}, (?:our|my) (?:new|beloved|little|old|sweet) (?:\w+ "
            rf")?{_ANIMAL}\b",
        ),
        ends=(rf"lay: (?:{{my}} )?(?:\w+ )?{_ANIMAL},? {{person}} to rest",
            rf"part: with {{my}} (?:\w+ )?{_ANIMAL},? {{person}}"),
    ),
    Attribute(
        "allergy", "allergens", several=True,
        says=(r"have: to (?:avoid|stay away from) {allergens}.{0,40}allerg",
            r"can: not be (?:around|near) {allergens}.{0,40}allerg",
              r"live: with (?:an? )?(?:\w+ )?(?P<word>[a-z]+) (?:allergy|intolerance)\b",
              r"avoid: {allergens} (?:because|since|as|due to) .{0,20}allerg"),
        whole=(
            r"allergic> {allergens}[:,]? (?:i'm|i am) (?:\w+ly )?allergic\b",
            r"allergic|allergy> \b(?:no|hold the|without|skip the|not?) {allergens}(?: for "
            r"me)?(?: please)?,? (?:because |since |as )?(?:i'm|i am) allergic\b",
            r"intolerance|intolerant|allergy> \bcan't (?:do|have|eat|drink) (?:any "
            r")?{allergens},? (?:because of |due to |thanks to )?(?:my |an? )?(?:\w+ "
            r")?(?:intolerance|allergy)",
            r"allergy|intolerance> \b(?:diagnosed with|told (?:me )?i have|found out i have) an? "
            r"(?P<word>[a-z]+) (?:allergy|intolerance)\b",
        ),
    ),
    Attribute("diet", "diet", whole=(
        r"household|family> \b(?:we're|we are) an? {diet} (?:household|family|couple)",),
              says=(r"be: {diet} (?:for|since|now)", r"be: eating (?:strictly |only )?{diet}")),
    Attribute(
        "like", "things", several=True,
        whole=(
            r"thing|jam|pleasure|obsession|weakness|place|tea> {things} (?:is|are) (?:totally |"
            r"really |so |definitely |just )*my (?:thing|jam|guilty pleasure|obsession|weakness|"
            r"happy place|cup of tea)\b",
            r"nothing> \b(?:there's |there is )?nothing (?:that )?(?:i|we) (?:love|like|enjoy) "
            r"more than {things}",
            r"nothing beats> \bnothing beats {things}",
                r"can't resist|resist> \bi (?:can't|can never|could never) resist {things}",
            r"sucker for> \b(?:i'm|i am) (?:such )?a (?:total |real |big )?sucker for {things}",
            r"happiest> \bi'm (?:at my )?happiest when (?:i'm )?{things}",
                r"makes me happy|make me happy> {things} (?:really |always )?makes? me (?:so |"
                r"really )?happy",
        ),
    ),
    Attribute(
        "dislike", "things", several=True,
        whole=(
            r"thing|tea> {things} (?:is|are)(?:n't| not) (?:really )?my (?:thing|cup of tea|jam)\b",
            r"not for me> {things} (?:is|are) (?:just |really |definitely )*not for me\b",
            r"makes me sick|make me sick> {things} makes? me (?:sick|gag|want to throw up)",
            r"never liked|never been> \b(?:i've|i have) never (?:liked|been (?:into|keen on|a "
            r"fan of|fond of)) {things}",
        ),
    ),
    Attribute("language", "language", several=True,
              begins=(r"grow: up (?:speaking|with) {language}",
                  r"pick: up (?:some |a bit of |a little )?{language}",
                                                                    r"become: fluent in "
                                                                    r"{language}"),
              says=(r"be: (?:raised|brought up) (?:speaking|bilingual in|with) {language}",
              r"hold: a conversation in {language}", r"get: by in {language}"),
              whole=(
                  r"fluent> \bmy {language} is (?:pretty |quite |very |fairly |totally "
                  r")*(?:fluent|good|decent|native|perfect|rusty)",)),
    Attribute("school", "school", says=(
        r"be: in {my} (?:first|second|third|fourth|final|last|senior|freshman|junior) (?:year|"
        r"semester|grade|term) (?:\w+ ){0,4}?at {school}",)),
    Attribute(
        "commute", "duration",
        says=(rf"get: (?:in)?to {_WORK} in {{duration}}",
            rf"cycle|drive|walk|commute|travel|bike|ride: (?:for )?{{duration}} (?:each way |"
            rf"every day |daily |a day )*to (?:get to )?{_WORK}",
              rf"need|take: {{duration}} (?:by \w+ )?to {_WORK}",
                  rf"be: {{duration}} (?:away )?from {_WORK}"),
        whole=(
            rf"minute|minutes|hour|hours> \b(?:it's|it is|that's|only|just) (?:about |only |just "
            rf"|around |roughly |now )*an? {{duration}}[- ]?{_RIDE}(?: \w+)? (?:in)?(?:to|from) "
            rf"{_WORK}",
            rf"drive|walk|ride|trip|journey|way|cycle|commute|train|bus> \bmy (?:\w+ )?{_RIDE} "
            rf"(?:in)?to {_WORK} (?:is|takes|lasts|has become|went up to|is now)(?: me)? "
            rf"{{duration}}",
            rf"away> \b{_WORK} is {{duration}} away", r"door to door> {duration} door to door\b",
            rf"minutes|hour|hours> {{duration}} (?:each way |by \w+ )?to {_WORK}(?= every| each| "
            rf"now|\s*[.,!])",
        ),
    ),
    Attribute("salary", "price", whole=(
        r"salary|pay> \b(?:raised|increased|bumped|upped|cut|lowered|put) my (?:salary|pay) "
        r"(?:up |down )?to {price}",
                                        r"raise> \ba raise (?:to|which brings me to) {money}")),
    Attribute("rent", "price", whole=(
        r"rent> \b(?:raised|increased|bumped|upped|cut|lowered|put) (?:my|our|the) rent (?:up |"
        r"down )?to {price}",)),
    Attribute(
        "visited", "place", several=True,
        begins=(
            r"be: (?:over |down |up )?in {place}(?= (?:last (?:week|month|weekend|year|summer|"
            r"winter|spring|fall|autumn)|over the|for (?:a|the) (?:week|few|conference|wedding|"
            r"weekend|holiday|concert)|on (?:holiday|vacation|business|a trip)))",
            r"take: (?:an? |my |our )?(?:\w+ )*?(?:trip|drive|vacation|holiday|cruise|tour|"
            r"weekend) (?:to|through|around|across|in|of) {place}",
                r"go: (?:\w+ ){0,3}?on (?:an? |our |my )?(?:\w+ )*?(?:trip|holiday|vacation|"
                r"cruise|tour|honeymoon|retreat) (?:to|in|through|around) {place}",
                r"backpack|hike|cycle|road-trip: (?:through|across|around|in) {place}",
                    r"land: in {place} (?:yesterday|last|on|this)",
                                                                                        r"have: "
                                                                                        r"a trip "
                                                                                        r"to "
                                                                                        r"{place}"),
    ),
    Attribute("hobby", "things", several=True,
              begins=(
                  r"take: (?:up )?(?P<word>(?:(?!these|those|the|some|any|my|more|weekly|online|"
                  r"private|group|a|this)[a-z]+ )?[a-z]{3,}ing|salsa|tango|bachata|dance|ballet|"
                  r"yoga|pilates|pottery|ceramics|karate|judo|art|improv|tennis|golf|photography|"
                  r"flamenco|aikido|capoeira) (?:lessons|classes)\b",),
              whole=(
                  r"weekends> \bon (?:the )?weekends,? (?:i|we) (?:usually |mostly |often |"
                  r"always |love to |like to )*(?:go )?(?P<word>\w+ing)\b",)),
)  # fmt: skip
"""Further rows for attributes that `rows_life` and `rows_more` have already."""
