"""Rows about a life: where, what one does, with whom."""

from __future__ import annotations

from typing import Final

from memkit.extract.attributes import Attribute

__all__ = ["LIFE"]

_MOVE: Final = (
    r"(?:(?:again|back|over|down|up|out|away|across(?: the (?:country|city|world|pond|ocean|"
    r"border))?|here|house|homes?|abroad|permanently|my family|the family|all the way|everything|"
    r"on|overseas|for good|with (?:my|our|his|her|the)? ?[\w-]+(?: [\w-]+)?|in with [\w ]{2,30}?|"
    r"cities|countries|full[- ]time|temporarily|just|for (?:work|a job|love|my job|the job|"
    r"school|college|university)|now|recently|finally)\s+)*"
)
_FROM: Final = (
    r"(?:from (?P<old>(?-i:[^\W\d_a-z])[\w.'-]*(?: (?-i:[^\W\d_a-z])[\w.'-]*)*)(?: all the way| "
    r"back| over| down| up)? )?"
)

LIFE: Final = (
    Attribute(
        "name",
        "called",
        says=("be: (?:called|named|known as) {called}", "go: by (?:the name (?:of )?)?{called}"),
        whole=(
            r"call me> \b(?:you can |just |please |everyone |people |friends |my friends |they |"
            "they all )*calls? me (?!when|if|later|back|at|on|tomorrow|tonight|crazy|old){called}",
            r"i'm|i am> (?:^|[,.!] |\b(?:hi|hey|hello|and|so) )(?:i'm|i am) {self}",
        ),
        nouns="name first_name full_name real_name",
        asked=r"(?:what(?:'s| is) your (?:first |full )?name|what (?:should|can|do|shall) (?:i|we) "
        r"call you|your name\?|who am i (?:speaking|talking) (?:to|with))",
        persons=True,
    ),
    Attribute(
        "age",
        "age",
        says=("be: {age}", "be: (?:a|an) {age}", "be: (?:now )?at {age}"),
        begins=("turn|hit|reach: {age}", r"celebrate|have: {my} {age}\s*(?:birthday|bday)"),
        nouns="age",
        asked=r"how old are you|what(?:'s| is) your age|your age\?",
        persons=True,
    ),
    Attribute(
        "birthday",
        "day",
        says=(
            "be: born (?:on |the )?{day}",
            "celebrate: {my} birthday (?:on )?{day}",
            "have: {my} birthday on {day}",
        ),
        nouns="birthday bday b-day date_of_birth birth_date birthdate dob birth_day",
        asked=r"when(?:'s| is) your (?:birthday|bday)|when were you born|your (?:birthday|date of "
        r"birth)\?",
        persons=True,
    ),
    Attribute(
        "home",
        "place",
        says=(
            "live|reside|dwell: {in} {place}",
            r"live|reside: {in} {a}{home} (?:\w+ ){0,4}?(?:in|near|at|outside) {place}",
            r"live: (?:in|on) (?:a|an|the|my|our) [\w' -]{2,40}? (?:in|near|outside|of) {place}",
            r"be: (?:\w+ )?(?:based|living|residing|settled|located|domiciled|resident|"
            r"stationed) (?:\w+ )?{in} {place}",
            r"be: (?:my |our )?an? {place} (?:resident|native|local)\b",
            r"be: an? [\w -]{2,40}? (?:based|living|residing) (?:\w+ )?{in} {place}",
            "be: an? (?:resident|inhabitant) of {place}",
            "be: in {place}(?= (?:these days|nowadays|permanently|for good))",
            "gone be: (?:living |based )?in {place}",
            r"call: {place} (?:my |our )?home\b",
            "call: home {place}",
            r"have|rent|own|share: {a}{home} (?:\w+ ){0,3}?in {place}",
            "make: (?:my|our|his|her|their|a) (?:home|life) {in} {place}",
        ),
        begins=(
            "move|relocate|emigrate|immigrate|migrate|shift|return: "
            + _MOVE
            + _FROM
            + "(?:to|into) {place}",
            "move: "
            + _MOVE
            + _FROM
            + r"(?:to|into) {a}(?:\w[\w-]* ){0,4}?(?:place|flat|apartment|house|home|condo|"
            "studio|loft|room|cottage|neighbou?rhood|area|part|suburb|town|village|city) "
            r"(?:\w+ ){0,3}?(?:in|near|outside|of|called) {place}",
            "transfer: (?:over |back )?to {place}",
            "make: {my} (?:big )?move " + _MOVE + _FROM + "to {place}",
            "be|get: " + _MOVE + "(?:transferred|relocated) " + _FROM + "to {place}",
            "settle: (?:down |in )*(?:here )?in {place}",
            r"come: (?:over |back |here )?to (?:live in )?{place} to (?:live|stay)\b",
            "come: to live in {place}",
            "go: back to live in {place}",
            "end|wind: up (?:living|moving|settling) (?:in|to) {place}",
            r"swap|trade|leave|ditch|exchange: (?P<old>(?-i:[^\W\d_a-z])[\w.'-]*(?: "
            r"(?-i:[^\W\d_a-z])[\w.'-]*)?) (?:behind )?(?:for|to live in|to settle in) {place}",
            r"get|pick|collect|receive|have: (?:up )?{my} keys (?:to|for|of) {a}{home} (?:\w+ "
            "){0,3}?in {place}",
            "buy|purchase|rent|find|get|close|lease|acquire: (?:ourselves |myself |on "
            r")?{a}{home} (?:\w+ ){0,4}?in {place}",
            r"sign: {a}(?:\w+ )?(?:lease|rental contract|contract) (?:on|for|in) (?:{a}{home} "
            r"(?:\w+ ){0,3}?in )?{place}",
            "start: {a}(?:new |fresh )*(?:life|chapter) (?:over )?in {place}",
            "start: over in {place}",
            r"unpack: (?:\w+ ){0,5}in {place}",
        ),
        ends=(
            "move: (?:away|out) (?:from|of) {place}",
            "leave: {place}",
            "leave: {place} (?:behind|for good)",
            r"be: (?:\w+ )?(?:done|finished) with (?:living in )?{place}",
        ),
        whole=(
            r"home> (?:^|, |\bfor (?:me|us),? |\b(?:and|but|so|now) )home (?:is|'s|has been|for "
            "(?:me|us) is) (?:now |currently |still )*{place}",
            "home> {place} (?:is|'s|has been|feels like|became|has become) (?:now |officially |"
            r"finally |still |really )*(?:my |our )?(?:new )?home\b(?! (?:to|of|for|town))",
            "live> {place}(?: is|'s)(?: now)? where (?:i|we) (?:now |currently |actually "
            ")?(?:live|call home|ended up)",
            "live> (?:city|town|village|country|place|neighbou?rhood) (?:that |where |which "
            ")?(?:i|we) (?:now |currently )?(?:live|call home)(?: in)?(?: now)? is (?:called "
            ")?{place}",
            "live> where (?:i|we) live(?: now)? is {place}",
        ),
        nouns="home address new_home current_home home_base city current_city place flat apartment "
        "house residence home_address current_address current_location new_address",
        asked=r"where (?:do|are) you (?:currently |now |actually )?(?:live|living|based|staying "
        r"these days)|(?:which|what) (?:city|town|country) (?:do|are) you (?:currently "
        r")?(?:live|living|based)|where(?:'s| is) home|where did you move|where have you "
        r"moved|where are you moving",
        persons=True,
    ),
    Attribute(
        "hometown",
        "place",
        says=(
            "be: (?:born and (?:raised|bred)|raised|brought up) (?:mostly )?(?:in|near|outside) "
            "{place}",
            "be: born in {place}",
            "be: (?:originally |actually |proudly )?from (?:a (?:small |little |tiny )?(?:town|"
            "village|place|city) (?:called|named|near|in|outside) )?{place}",
            "come|hail: (?:originally )?from {place}",
            r"be: (?:an? |the )(?:[\w'-]+ ){1,4}?(?:originally |who comes |who is |coming )?from "
            r"{place}",
            r"be: (?-i:[^\W\d_a-z])\w+,? (?:originally )?from {place}",
            "have: {my} roots in {place}",
            r"be: a {place} native\b",
            "be: a native of {place}",
        ),
        begins=(
            "grow: up (?:mostly |just |right )?(?:in|near|outside|around) (?:a (?:small |little |"
            "tiny )?(?:town|village|place|city) (?:called|named|near|in|outside) )?{place}",
            "spend: {my} (?:whole |entire )?childhood in {place}",
        ),
        nouns="hometown home_town native_city",
        asked=r"where (?:are you|do you come|did you grow up|were you born)(?: originally)?(?: "
        r"from)?|what(?:'s| is) your hometown",
        persons=True,
    ),
    Attribute(
        "birthplace",
        "place",
        says=(r"be: born (?:on [\w ,]+? |back )?(?:in|near|at) {place}",),
        nouns="birthplace place_of_birth",
        persons=True,
    ),
    Attribute(
        "job",
        "post",
        says=(
            "be: {trade}",
            r"work|freelance|serve|moonlight|earn|practise|practice: (?:\w+ ){0,5}?as {role}",
            r"be: employed (?:\w+ ){0,4}?as {role}",
            r"be: (?:back )?working (?:\w+ ){0,4}?as {role}",
            "make: (?:a|my|his|her) living (?:as|being) {job}",
            r"be: in {my} (?:\w+ )?year as {trade}",
            "have: {a}{work} (?:here |there )?as {job}",
            r"be: {job} by (?:trade|profession|training|day)\b",
            r"be: (?P<word>retired|unemployed|self-employed|self employed)\b",
            "be: (?:an? )?{trade}[,]? (?:living|based|working)",
        ),
        begins=(
            "become: {trade}",
            r"start|begin: (?:out |working |work |off |over |{my} new job |{a}{work} )*(?:\w+ "
            "){0,4}?as {role}",
            r"get|land|take|accept|find|secure|score|start|begin|bag: {a}{work} (?:\w+ ){0,5}?as "
            "{job}",
            "get|land|take|accept|secure|score|start|bag: {a}{trade} (?:job|role|position|post|"
            r"gig)\b",
            "be|get: (?:just )?(?:hired|promoted|appointed|taken on|brought on|recruited|moved "
            r"up|bumped up|upgraded) (?:\w+ )?(?:as|to(?: be)?|to the (?:role|position|post|rank|"
            "job) of) {job}",
            "be|get: (?:just )?(?:made|named|appointed|elected|promoted) (?:the )?{trade}",
            "take|step|move: (?:over|up|on|into)(?: the| a)?(?: (?:role|position|job|post))? "
            "(?:as|of|to) {role}",
            r"take|step: (?:over|up|on|into) (?:the|a) {trade} (?:role|position|job|post|gig)\b",
            "accept|take: (?:the|a) (?:role|position|job|post|offer) (?:of|as) {job}",
            "promote|hire: (?:me|her|him) (?:as|to) {job}",
            "make: me (?:the )?{trade}",
            "switch|move|transition|pivot|change: (?:careers? |jobs? |roles? |over |from "
            r"(?:being )?(?:an? )?(?P<old>[\w -]{3,30}?) )*(?:to (?:become |being |be )?|into "
            "being ){trade}",
            r"go: (?:\w+ )?from (?:being )?(?:an? )?(?P<old>[\w -]{3,30}?) to (?:being |"
            "becoming )?{trade}",
            "join: .{2,50}? as {job}",
            r"retrain|qualify|requalify: (?:\w+ )?as {role}",
            r"retire: (?:\w+ )?(?P<none>)",
        ),
        ends=(
            "quit|stop|leave: (?:being |working as |my (?:job|work|role|position) as ){job}",
            "retire|resign|step: (?:down )?(?:as|from (?:being|my (?:job|work|role) as)) {job}",
        ),
        whole=(
            r"made me|named me|appointed me> \b(?:made|named|appointed) me (?:the |their |a |an "
            ")?{trade}",
            r"promoted me|hired me> \b(?:promoted|hired) me (?:as|to(?: be)?) {job}",
            r"living> \bfor a living,? (?:i'm|i am|i work as) {trade}",
        ),
        nouns="job occupation profession day_job line_of_work trade job_title title role position "
        "current_job current_role new_job new_role full-time_job main_job career",
        asked=r"what do you do(?: for (?:a living|work)|\?)|what(?:'s| is) your (?:job|occupation|"
        r"profession)|what (?:kind of |sort of )?(?:work|job) do you (?:do|have)",
        persons=True,
    ),
    Attribute(
        "employer",
        "org",
        says=(
            r"work|intern|freelance: (?:(?:as (?:an? |the )?[\w -]{2,40}?|in [\w ]{2,25}?|full[- "
            r"]time|part[- ]time|remotely|from home|freelance|nights|days|over|here|there|back|"
            r"now|again|currently|mostly|directly|happily|on the [\w ]{2,20}? team|for \w+ "
            r"years) )*(?:at|for) {org}",
            r"work|intern: (?:[\w'-]+ ){0,5}?in (?=an? |the |my ){workplace}",
            r"be: (?:currently )?(?:employed|working|interning) (?:\w+ ){0,4}?(?:at|by|for|with) "
            "{org}",
            r"be: (?:an? |the |their )?(?:[\w-]+ ){0,3}?(?:engineer|developer|manager|nurse|"
            "teacher|designer|analyst|consultant|scientist|researcher|intern|director|lead|head|"
            "chef|doctor|lawyer|accountant|assistant|editor|writer|barista|cook|waiter|waitress|"
            "receptionist|professor|lecturer|technician|officer|programmer|architect|librarian|"
            "pharmacist|pilot|mechanic|cashier|clerk|executive|partner|associate|specialist|"
            "coordinator|employee|vet|therapist|electrician|driver|curator|journalist|reporter|"
            r"baker)(?: of \w+)? (?:at|with|for) {org}",
            r"have: {a}{work} (?:\w+ ){0,4}?(?:at|with) {org}",
            "gone be: (?:working |employed )?(?:at|with|by) {org}",
        ),
        begins=(
            "join: (?:the (?:team|staff|crew|folks|marketing team|engineering team) (?:at|of) "
            r")?(?=(?:the |a |an )?(?:(?:startup|start-up|company|firm|agency) (?:called "
            r")?)?(?-i:[^\W\d_a-z])){org}(?! (?:[\w-]+ ){0,2}(?:group|club|gym|class|team|choir|"
            r"band|course|"
            "community|program|programme|league|society|party|gang|event|meeting|forum|chat|call|"
            r"server)\b)",
            r"start|begin: (?:{a}{work} |working |work |off |out |as [\w -]{2,40}? )?(?:over "
            r")?at {org}",
            r"start|begin: (?:{a}{work} |working |work )(?:over )?(?:with|for) {org}",
            r"get|land|take|accept|find|secure|score|start|begin|bag|have: {a}{work} (?:as [\w "
            r"-]{2,40}? |\w+ )?(?:at|with|from|for) {org}",
            "be|get: (?:just )?(?:hired|recruited|employed|poached|headhunted|taken on|snapped "
            r"up) (?:\w+ )?(?:as [\w -]{2,40}? )?(?:by|at|for) {org}",
            "switch|move|jump|go|transfer: (?:jobs? |employers? |companies |ship |over |across |"
            r"from (?P<old>(?-i:[^\W\d_a-z])\w*(?: (?-i:[^\W\d_a-z])\w*)?) )+to {org}(?! "
            "(?:for|on|with))",
            r"leave|quit|ditch: (?P<old>(?-i:[^\W\d_a-z])[\w&.'-]*(?: "
            r"(?-i:[^\W\d_a-z])[\w&.'-]*)*) (?:for|to (?:join|work (?:for|at))) {org}",
            "sign: (?:on |a contract |up )?(?:with) {org}",
            "go: to work (?:for|at) {org}",
            "come: to work (?:for|at) {org}",
        ),
        ends=(
            "leave|quit|resign: (?:from )?(?:{my} (?:old )?(?:job|role|position|work) (?:at|"
            "with) ){org}",
            "resign: (?:from )?{org}",
            "leave|quit: {org}",
            r"be: (?:\w+ )?(?:done|finished|through) (?:working )?(?:at|with) {org}",
            "part: ways with {org}",
            "be|get: (?:laid off|fired|let go|sacked|made redundant|dismissed) (?:by|from|at) "
            "{org}",
            "lose: {my} job (?:at|with) {org}",
            "stop: working (?:at|for) {org}",
            "hand: in {my} (?:notice|resignation) (?:at|to) {org}",
            "retire: from {org}",
        ),
        nouns="employer company new_employer current_employer firm workplace",
        asked=r"where do you work|who do you work for|(?:which|what) company do you work",
        persons=True,
    ),
    Attribute(
        "school",
        "school",
        says=(
            r"study: (?:[\w&-]+ ){0,5}?at {school}",
            r"be: (?:an? )?(?:[\w'-]+ ){0,5}?(?:student|undergrad|freshman|sophomore|junior|"
            "senior|major|postgrad) at {school}",
            "attend: {named_school}",
            "go: to {named_school}",
            r"be: (?:in \w+ (?:year|grade) )?at {named_school}",
            r"be: studying (?:[\w&-]+ ){0,5}?at {school}",
            r"do: {my} (?:\w+ ){0,3}(?:degree|master's|masters|phd|bachelor's|mba|ba|bsc|msc) "
            r"(?:\w+ ){0,3}?at {school}",
        ),
        begins=(
            r"enrol|enroll: (?:\w+ ){0,4}?(?:at|in) {school}",
            r"start: (?:\w+ ){0,5}?at {named_school}",
            r"transfer: (?:\w+ ){0,3}?to {named_school}",
            "start: {named_school}",
        ),
        ends=(
            r"graduate: (?:\w+ ){0,5}?from {school}",
            "drop: out of {school}",
            "finish|leave: {named_school}",
        ),
        nouns="school university college uni alma_mater new_school",
        asked=r"where (?:do you study|did you study|do you go to (?:school|college|university))|"
        r"what (?:school|university|college) do you",
        persons=True,
    ),
    Attribute(
        "partner",
        "person",
        says=(
            r"be: (?:\w+ )?married to {person}",
            r"be: (?:\w+ )?engaged to {person}",
            r"be: (?:\w+ )?(?:dating|seeing) {person}",
            "date: {person}",
            "be: in a relationship with {person}",
            "be: going out with {person}",
        ),
        begins=(
            "marry: {person}",
            "get: (?:married|engaged) to {person}",
            "start: (?:dating|seeing|going out with) {person}",
            "move: in with {my} (?:boyfriend|girlfriend|partner),? {person}",
        ),
        ends=(
            r"break|split: up with (?:{my} \w+ )?{person}",
            "divorce|dump: {person}",
            r"be: (?:\w+ )?(?:divorced|separated|split) from {person}",
            "separate|part: (?:ways )?(?:from|with) {person}",
            r"break|split: up with {my} (?:\w+ )?(?:boyfriend|girlfriend|partner|husband|wife|"
            "fianc\u00e9e?|fiancee?)(?P<none>)",
            "break|split: up(?P<none>)",
            "separate|divorce: (?P<none>)",
            "be: no longer (?:together|a couple)(?P<none>)",
        ),
        asked=r"what(?:'s| is) your (?:husband|wife|partner|boyfriend|girlfriend|spouse)'?s? name|"
        r"who are you (?:married to|dating|seeing)",
        persons=True,
    ),
    Attribute(
        "marital status",
        says=(
            "be: (?:a )?(?P<word>married|single|divorced|engaged|separated|widowed|widower|widow|"
            r"in a relationship(?! with\b))\b(?!-)(?! (?:parent|mom|mum|dad|mother|father|malt|"
            r"origin|out|"
            r"in|with the|by the|for|from each|day|thing|one)\b)",
        ),
        begins=(r"get|become: (?P<word>married|divorced|engaged|separated|widowed)(?!\w)",),
        asked=r"are you (?:married|single)(?: or (?:married|single))?|what(?:'s| is) your "
        r"(?:marital|relationship) status",
        nouns="marital_status relationship_status",
        persons=True,
    ),
)
"""Single-valued attributes of a person's circumstances."""
