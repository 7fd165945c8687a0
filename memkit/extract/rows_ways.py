"""Further ways to say what the rows of a life are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

__all__ = ["WAYS"]

_NAME: Final = r"(?-i:[^\W\d_a-z])[\w&.'-]*(?: (?:& |and |of |the )*(?-i:[^\W\d_a-z])[\w&.'-]*)*"
_STUDY: Final = (
    r"(?:classes|courses?|lectures?|seminars?|evening classes|night classes|a degree|my degree|a "
    r"course|a place|lessons|exams?|a (?:master|bachelor|phd|doctorate)\S*|my (?:master|bachelor|"
    r"phd|doctorate|studies|thesis)\S*)"
)

WAYS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "name": {
        "whole": (
            "this is|speaking|here|talking to> (?:^|[,.!:] )(?:(?:hi|hey|hello|hiya|good "
            "(?:morning|evening)|there|so|well|oh|ok)[,!. ]+)*(?:this is|it's|it is|you're "
            "(?:talking|speaking|chatting) (?:to|with)) {person}(?: here| speaking|,? by the way|"
            "$|[.!]|,(?! (?:my|our|who|his|her)\\b)|,? writing| again| again here)",
            "name> \\bmy name(?:'s| is)? (?:is )?(?:spelled|spelt|pronounced|"
            "written)[^.;]{0,40}?[,:] {person}",
            "name> (?:^|[.,;!] )(?:full |first |the |my )?name(?::| is|\\?|'s) (?:is )?{person}",
            "name> \\b(?:by|under|to|answer to|go by|goes by|given|with) the (?:full )?name "
            "(?:of )?{person}",
            "call> \\b(?:calls?|calling|called|know|knows|known|christened|named|baptised|"
            "baptized) me (?:as |by )?{person}(?! (?:a|an|the|at|on|in|to)\\b)",
            "introduc> \\bintroduc\\w+ myself(?: yet| properly| "
            "before)?\\s*[:,.\u2013\u2014-]+\\s*(?:i'm|i am|my name is|it's) {person}",
            "signed|regards|sincerely> (?:signed|best regards|kind regards|regards|sincerely),? "
            "{person}(?=\\s*\\.?\\s*$)",
            "answer to|go by|listen to> \\bi (?:answer|go|listen|respond) (?:to|by|as) (?:the "
            "name (?:of )?)?{person}",
            "sign|registered|put me down|save me|listed|write me|put down> (?:\\bi'm "
            "(?:registered|listed|saved|down)|\\b(?:put|save|note|write|list|register|book) me "
            "(?:down )?|\\bi sign(?: off)?) (?:as|under) {person}",
            "passport|birth certificate|papers|id> \\b(?:passport|birth certificate|papers|id|id "
            "card|licence|license|badge|name tag) (?:says?|reads?|has me as|shows?) "
            "{person}(?=\\s*(?:[.,!;]|$|but|and))",
            "me> {person},? (?:that's|that is|is) (?:me|my (?:full |real |first )?name|what "
            "(?:people|they|everyone|my friends) call me)\\b",
            "i'm|i am> (?:^|[,.!:] |\\b(?:hi|hey|hello|and|so|yet) )(?:i'm|i am) {self}",
        ),
    },
    "age": {
        "says": ("reach|hit|turn|make: (?:\\w+ ){0,3}?(?:age|milestone|mark) of {age}",),
        "whole": (
            "at > (?:^|[,;] |\\b(?:and|but|so) )at (?:the (?:ripe |tender |young |good )?(?:old "
            ")?age of )?{age},? (?:i|i'm|my)\\b",
            "ripe|age of|aged> \\b(?:i've|i have|i) (?:now |just |finally )?(?:reached|hit|made "
            "it to|got to|arrived at) (?:the )?(?:\\w+ ){0,3}?age of {age}",
            "age|aged> \\b(?:my age|age)(?: is|:|\\?|'s| =) (?:now )?{age}",
            "candles|years old|spring|years on> {age} (?:years old|years young|springs?|candles|"
            "years on this) (?:now|that's|is my age|i am|on my)",
            "being|turned|turning> (?:^|[,;] )being {age},? (?:i|i'm|my)\\b",
            "years> \\bi(?:'ve| have) (?:been (?:alive|around|on this (?:earth|planet))|lived) "
            "(?:for )?{age} years\\b",
            "candles> \\b(?:were|be|put|blew out|had) {age} candles",
        ),
    },
    "birthday": {
        "says": ("have: {my} birthday (?:falls? )?(?:on )?{day}", "turn: \\w+ on {day}"),
        "whole": (
            "birthday> \\b(?:it's|it is|that's|is) my birthday on {day}",
            "birthday> \\bmy (?:\\w+ )?(?:birthday|bday|b-day)(?:'s| is| falls| lands| comes| "
            "will be|,| was)*,? (?:always |every year )*(?:on )?{day}",
            "birth> \\b(?:date of birth|birth ?date|dob|d\\.o\\.b\\.?|day of birth)\\s*(?:is|:|=|"
            "-|\\?|,)*\\s*{day}",
            "birthday|candles|blow out|birth|born|older|cake> (?:every year|each year)? ?\\bon "
            "{day} (?:each year |every year )?(?:i|we) (?:always |usually )?(?:blow out|"
            "celebrate|turn|have my birthday|have a birthday|get (?:a year )?older|was born|"
            "throw|came into)",
            "birthday|candles|older|cake|turn> \\b(?:every|each) {day} (?:i|we) (?:turn|get|"
            "celebrate|have|blow|eat)",
            "birthday> {day}(?:'s| is|,? that's|, that is) (?:when i have )?my (?:birthday|bday|"
            "date of birth)",
            "born|turn|older|world|light of day> {day}(?:'s| is) (?:the day|when) i (?:was born|"
            "turn|get (?:a year )?older|came into the world)",
            "born|world|light of day> \\bi (?:was born|came into (?:the|this) world|saw the "
            "light of day|arrived)(?: in [\\w ]+?)? (?:on )?(?:the )?{day}",
            "celebrat|wish me|congratulat|party|cake|blow out> \\bi (?:always )?(?:celebrate|"
            "blow out my candles|get my presents|get cake) (?:my birthday )?(?:every year "
            ")?(?:on )?{day}",
            "birthday|wish me|congratulate|happy birthday> \\b(?:wish me (?:a )?happy birthday|"
            "congratulate me|birthday (?:cake|wishes|presents?) (?:go(?:es)? to me|are due|for "
            "me|come)) (?:every year )?on {day}",
        ),
    },
    "home": {
        "says": (
            "have|own|rent|share|keep: {a}{home} (?:over |out |here |down |up )?in {place}",
            "be: (?:a )?(?:\\w+ )?(?:inhabitant|resident|dweller) (?:of|in) {place}",
            "live: (?:\\w+ )?(?:over |out |down |up )?in {place}",
            "pay: rent in {place}",
            "lay|hang: {my} (?:head|hat|coat) in {place}",
            "occupy: {a}{home} in {place}",
        ),
        "begins": (
            "find|get|have: (?:a |my |our )?(?:new )?(?:home|place) in {place}",
            "put: down roots in {place}",
            "change: {my} address to {place}",
            "swap|trade|exchange: (?P<old>(?-i:[^\\W\\d_a-z])[\\w.'-]*(?: "
            "(?-i:[^\\W\\d_a-z])[\\w.'-]*)*) for {place}",
            "pack: up and (?:move|go|leave)\\w* (?:for|to) {place}",
            "set: up (?:home|house|shop) in {place}",
            "call: {place} home now",
        ),
        "ends": (
            "say: goodbye to (?:my |our )?(?:life|living|home|flat|place) in {place}",
            "turn: {my} back on {place}",
        ),
        "whole": (
            "home> (?:^|[,.;] |\\b(?:and|but|so|now|these days) )home (?:for (?:me|us) )?(?:is|"
            "'s|has been|means|=) (?:now |currently |still )*(?:in )?{place}",
            "my > \\b(?:my|our) (?:\\w+ ){0,2}(?:flat|apartment|house|place|home|studio|condo|"
            "cottage|loft|room|bungalow) (?:here |over |down |out )?in {place}(?= (?:is|has|was|"
            "'s|looks|feels|needs|gets|smells|came|comes|costs)\\b)",
            "home|live|place|reside> \\bthe (?:place|city|town|village) (?:that )?(?:i|we) "
            "(?:live in|call home|reside in|come home to|am based in) (?:now )?is (?:called "
            ")?{place}",
            "live in|i call home|reside> (?:it's|it is|that's) {place} (?:that |where )?(?:i|we) "
            "(?:live|reside|call home|am based)",
            "postcode|address|post to|doorbell|neighbou|window|balcony|rent|mail|street> "
            "\\b(?:address|postcode|mailbox|doorbell|front door|balcony|street|neighbou?rs|"
            "neighbou?rhood|landlord) (?:here )?(?:is|are)? ?(?:now )?in {place}",
            "from my> \\bfrom my (?:\\w+ ){0,2}(?:window|balcony|flat|kitchen|desk|place|house) "
            "in {place}",
            "live|resident|citizen> \\bas (?:an? |someone )?(?:\\w+ )?(?:resident of|inhabitant "
            "of|citizen of|who lives in|living in) {place}",
            "i am in|i'm in|we're in> \\b(?:i'm|i am|we're|we are) in {place}(?= (?:now|these "
            "days|nowadays|for good|permanently)\\b)",
            "wake up|hang my hat|sleep in my|lay my head|pay my rent|pay rent|pay my taxes|get "
            "my mail> \\bi (?:wake up|hang my hat|sleep|lay my head|pay (?:my )?rent|pay my "
            "taxes|get my mail)(?: every (?:day|morning))? in {place}",
        ),
    },
    "hometown": {
        "says": (
            "be: (?:an? )?(?:\\w+ )?{place}(?= (?:kid|boy|girl|native|child|lad|lass)\\b)",
            "be: an? (?:kid|child|boy|girl|product|native|son|daughter) (?:of|from) {place}",
            "go: to (?:primary |elementary |high |middle )?school in {place} as a (?:child|kid)",
        ),
        "begins": (
            "spend: (?:all |most of )?{my} (?:whole |entire |early )?(?:childhood|youth|early "
            "years|teens|school ?days) in {place}",
        ),
        "whole": (
            "raised|grew up|grow up|childhood|come from|roots|hometown|kid> {place},? (?:is|was|"
            "that's|it's) (?:the (?:town|city|place|village) )?where (?:i|we) (?:grew up|come "
            "from|was raised|spent my childhood|went to school as a kid|am from|'m from|have my "
            "roots)",
            "raised|grew up|childhood|come from|from> \\b(?:the )?(?:town|city|village|place) "
            "(?:where |that )?(?:i|we) (?:grew up in|grew up|come from|am from|was raised in|was "
            "raised) (?:is|was|is called) {place}",
            "childhood|youth|roots|kid|raised> \\bmy (?:childhood|roots|youth|family roots)(?: "
            "home| was| is| are| lie| lies| were| took place)* (?:in )?{place}",
            "as a kid|as a child|as a boy|as a girl|when i was little|when i was a|growing up|as "
            "kids> \\b(?:as a (?:kid|child|boy|girl|teenager)|when i was (?:little|a (?:kid|"
            "child|boy|girl))|growing up),? (?:i|we) (?:lived|used to live) in {place}",
            "by birth|born and bred|through and through|at heart|originally> {im} (?:an? "
            ")?{place},? (?:born and bred|by birth|through and through|originally)",
            "originally> \\boriginally,? i(?:'m| am| come) from {place}",
            "raised|brought> \\b(?:my (?:parents|mother|father|mum|mom|dad|grandparents|"
            "grandmother)|they) (?:raised|brought) (?:me|us) (?:up )?in {place}",
        ),
    },
    "birthplace": {
        "says": (
            "be: born (?!and )(?:[\\w ,']{0,40}? )?(?:in|near|at) (?:(?:an? |the )(?:[\\w-]+ "
            "){0,3}?(?:hospital|clinic|village|town|house|home|farm|suburb|ward|taxi|car|caravan|"
            "cottage) (?:in|near|of|outside|on) )?{place}",
            "come: into (?:the|this) world in {place}",
            "enter: the world in {place}",
            "see: the light of day in {place}",
        ),
        "whole": (
            "birth> \\b(?:gave|give) birth to me (?:\\w+ ){0,4}?(?:in|at|near) {place}",
            "born|birth> \\bbirth ?place\\s*(?:is|:|-|=|\\?|was)?\\s*(?:in )?{place}",
            "born|birth> \\bplace of birth\\s*(?:is|:|-|=|\\?)?\\s*{place}",
            "born> {place},? (?:is|was|that's|it's|, that's) (?:the (?:town|city|place|village) "
            ")?where (?:i|we) (?:was|were|got) born",
            "born> \\bi was born,? (?:of all places )?in {place}",
            "born> \\b(?:the )?(?:town|city|village|place) (?:where |that )?i was born(?: in)? "
            "(?:is|was|is called) {place}",
            "birth certificate|passport|papers> \\b(?:birth certificate|passport|papers|id) "
            "(?:says?|reads?|has|lists?|gives?|names?|shows?|was issued in|is from)(?: that)?(?: "
            "i was born in| born in)? {place}",
            "stork|cradle|delivered|had me|into the world|maternity|first breath|first cry> "
            "\\b(?:stork (?:dropped|brought|delivered|left) me(?: off)?|cradle (?:stood|was)|i "
            "was delivered|mother had me|mum had me|mom had me|parents had me|brought me into "
            "(?:the|this) world|i came into (?:the|this) world|maternity ward|took my first "
            "breath|gave my first cry|drew my first breath) (?:\\w+ ){0,3}?(?:in|at|near|of) "
            "{place}",
            "born> \\bborn in {place},? (?:but |and |i |then |raised)",
        ),
    },
    "job": {
        "whole": (
            "being|as> (?:^|[,;] |\\b(?:but|and|so|because|although|since) )being (?:an? |the "
            "){trade} (?:is|means|has|can|was|takes|isn't|keeps|pays|makes)\\b",
            "as> (?:^|[,;] |\\b(?:but|and|so|because) )as (?:an? |the ){trade},? (?:i|my|we)\\b",
            "living|bills|rent|bread|crust> \\b(?:earn|make|earning|making) (?:my|a) (?:living|"
            "money|bread|crust)(?: as| being| by being) {role}",
            "living|bills|rent|day job|by day|profession|trade|work-wise|job-wise|workwise|"
            "professionally|career|work|trained|qualified> \\b(?:day job|by day|by profession|by "
            "trade|work-wise|workwise|job-wise|professionally|career-wise|for a "
            "living)\\s*(?:[:,?\u2013\u2014-]|is|as|i am|i'm|,? i'm|,? i am|i work "
            "as)+\\s*{trade}",
            "work|living|bills|job|do> \\b(?:what i do(?: for (?:a living|work|money))? is|my "
            "(?:work|living|profession|trade|line of work|bread and butter|calling|day job) "
            "is(?: being| that of)?|i'm working as|i get paid (?:as|to be)|i pay (?:the|my) "
            "(?:bills|rent) (?:as|by being|being)|they (?:pay|employ) me as|i'm employed as|i'm "
            "on the payroll as|my (?:business )?card says|my (?:job|work) (?:title|description) "
            "(?:is|says)|my contract says|my badge says|i've been|i have been|my title is) {role}",
            "work|living|for work|daily> {trade} (?:is (?:what i (?:am|do)|my (?:job|trade|"
            "profession|occupation|day job|work|job title)|how i (?:earn|make|pay))|by (?:trade|"
            "profession|day|training|occupation))\\b",
            "bills|keeps me|work> \\bwork(?:ing)? as {role} (?:pays|keeps|is|means)",
            "from> \\bfrom (?:being )?(?:an? )?(?P<old>[a-z][\\w -]{2,30}?) to (?:being |"
            "becoming )?{trade}\\b.{0,30}?(?:changed|switched|new) (?:jobs?|careers?)",
            "new job|changed jobs|career change|new career|job change> (?:new job|changed jobs|"
            "changed careers|career change|new career|job "
            "change)[^.;]{0,40}?(?:[:,\u2013\u2014-]|as|now)\\s*(?:i'm |i am |i work as |as "
            ")?(?:now )?{trade}",
        ),
        "begins": (
            "start: (?:my (?:new )?)?(?:life|career|training|apprenticeship|job|work|working) as "
            "{role}",
            "find: work as {role}",
            "change|switch: (?:my )?(?:jobs?|careers?|professions?)(?: last \\w+| \\w+ ago)?,? "
            "(?:and (?:became|am|i'm|i am)|to|i'm|i am|now) (?:now )?{trade}",
            "swap: (?:my (?:job|work) as )?(?:an? )?(?P<old>[\\w -]{3,30}?) for (?:being |the "
            "job of |a job as )?{trade}",
            "join: the ranks of (?:the )?{trade}",
            "retrain|train|qualify|graduate: as {role}",
            "begin: (?:my )?(?:job|work|career) as {role}",
        ),
        "ends": (
            "give: up (?:being |my (?:job|work|career) as |working as ){job}",
            "stop: (?:working as|being) {job}",
            "be: (?:no longer|not) {job} any ?more",
        ),
    },
    "employer": {
        "says": (
            "be: with {org}(?= (?:now|these days|nowadays|since|for|at the moment|currently|"
            "as)\\b|\\s*[.!;]|$)",
            "be: (?:at|with) {org}(?=,? (?:now|these days|nowadays|since|where|five|for work|"
            "workwise|at the moment|full[- ]time|part[- ]time|as)\\b)",
            "be: on (?:the|their) (?:payroll|staff|team|books) (?:at|of|with) {org}",
            "be: part of (?:the )?(?:\\w+ )?(?:team|staff|crew) (?:at|of) {org}",
            "be: an? (?:\\w+ )?(?:employee|staff member|member of staff|team member|worker) "
            "(?:of|at|with|for) {org}",
            "get|draw|receive|collect: (?:my |a )?(?:paid|pay ?check|pay ?cheque|salary|wages?|"
            "pay) (?:by|from|at) {org}",
            "earn|make: {my} (?:living|money|salary|wages?|bread) (?:at|with|from) {org}",
            "spend: {my} (?:working )?(?:days?|weekdays|nine[- ]to[- ]five|9[- ]to[- ]5)(?: "
            "\\w+ing)? (?:at|with|for) {org}",
            "have: (?:a |my )?(?:desk|office|contract|position) (?:at|with) {org}",
            "clock: in at {org}",
            "be: employed (?:by|at|with) {org}",
        ),
        "begins": (
            "switch|move|jump|change|go|transfer: (?:jobs? |employers? |companies |over |across "
            ")*from (?P<old>" + _NAME + ") to {org}",
            "swap|trade|exchange|leave|quit: (?P<old>" + _NAME + ") for {org}",
            "get|be: (?:hired|taken on|employed|recruited|snapped up) (?:by|at) {org}",
            "start: (?:working |work |a job |my new job |out |anew )*(?:at|with|for) {org}",
            "begin: (?:working |work )*(?:at|with|for) {org}",
            "sign: (?:my |a )?(?:new )?(?:contract )?(?:on )?(?:with|at) {org}",
            "accept: (?:an? )?(?:offer|job|position) (?:from|at|with) {org}",
        ),
        "ends": (
            "stop: working (?:at|for|with) {org}",
            "say: goodbye to (?:my |the )?(?:job|work|colleagues|team) at {org}",
        ),
        "whole": (
            "boss|manager|colleague|supervisor|team lead|coworker|co-worker|desk|office|canteen|"
            "shift|paycheck|payslip|workmates> \\bmy (?:\\w+ )?(?:boss|manager|colleagues?|"
            "co-?workers?|supervisor|team lead|team|desk|office|shifts?|workmates|job|contract|"
            "work|position|role) (?:over |here |down )?(?:at|with) {org}",
            "company|firm|employer|place|outfit|business|work> \\bthe (?:\\w+ )?(?:company|firm|"
            "employer|place|outfit|business|people|organi[sz]ation) (?:that |who |which |where "
            ")?(?:i|we) (?:currently |now )?(?:work (?:for|at)|work|am employed (?:by|at))(?: "
            "now)? (?:is|are|is called|is named) (?:called )?{org}",
            "work|employ|salary|paycheck|payslip|wages> {org},? (?:that's|is|that is|it's) "
            "(?:where|who|the (?:company|firm|place)(?: that| where)?|what) (?:i|we) "
            "(?:currently |now )?(?:work|earn|am employed|'m employed|draw|get paid)",
            "work|employ> \\b(?:i'm|i am) (?:at|with) {org},? (?:that's|where|it's) (?:where )?i "
            "(?:work|earn|'m employed)",
            "pays|pay me|signs|salary|paycheck|payslip|wages|employs|hired> {org} (?:pays|signs|"
            "employs|hired|took) (?:me|my|us)\\b",
            "salary|paycheck|pay check|payslip|wages> \\bmy (?:salary|pay ?check|payslip|wages?|"
            "pay) comes? from {org}",
            "employer|work for|work at|workplace> \\b(?:current |my |new )*(?:employer|workplace|"
            "company)\\s*[:=?-]\\s*{org}",
            "your employer> \\byour employer is {org},? (?:correct|right|yes|isn't it)",
            "badge|company laptop|business card|contract> \\b(?:badge|company laptop|business "
            "card|contract|payslip) (?:says|reads|is from|comes from|has) {org}",
            "first day|hired|offer> \\b(?:first day|new job|new contract)(?: is| was| starts)? "
            "(?:at|with) {org}",
        ),
    },
    "school": {
        "says": (
            "be: (?:now |currently )?enrol(?:l)?ed (?:\\w+ ){0,4}?(?:at|in|with) {school}",
            "be: (?:in|doing|at|finishing|starting) {my} (?:\\w+ )?(?:year|term|semester|grade|"
            "studies|degree|course|degree \\w+) (?:\\w+ ){0,3}?(?:at|in) {school}",
            "take|do|attend|have|follow|visit: (?:\\w+ ){0,3}?"
            + _STUDY
            + " (?:\\w+ ){0,3}?(?:at|with) {school}",
            "be: (?:at|in) {named_school}",
            "go|commute|head: to {named_school}",
            "go: to (?:school|university|college|uni|class|lectures) (?:at|in) {school}",
            "be: (?:an? )?(?:\\w+ ){0,3}?(?:student|pupil|undergraduate|undergrad|freshman|"
            "fresher|postgrad|doctoral candidate|phd candidate) (?:at|of) {school}",
            "pursue|work: (?:on )?(?:a |my )?(?:\\w+ ){0,3}?(?:degree|studies|thesis|master's|"
            "phd|doctorate|diploma) (?:\\w+ ){0,3}?(?:at|from) {school}",
            "attend|visit: {named_school}",
            "study|learn|train|read: (?:[\\w&-]+ ){0,6}?(?:at|with) {school}",
        ),
        "begins": (
            "get: (?:a place|accepted|admitted|in|into) (?:\\w+ )?(?:at|to|into|by)? "
            "?{named_school}",
            "be: (?:accepted|admitted) (?:\\w+ )?(?:at|to|into|by) {named_school}",
            "transfer|switch|change|move: (?:schools? |universit(?:y|ies) |colleges? |over |from "
            "(?P<old>" + _NAME + ") )*to {named_school}",
            "swap|leave|quit: (?P<old>" + _NAME + ") for {named_school}",
            "start|begin: (?:\\w+ ){0,5}?(?:at|with) {named_school}",
            "join: {named_school}",
        ),
        "ends": ("quit|leave|finish: {named_school}", "drop: out (?:of|from) {school}"),
        "whole": (
            "school|college|university|uni|professor|lectur|campus|classes|teacher|tutor|exams|"
            "semester|dorm|studies|degree|class> \\b(?:my|our) (?:\\w+ )?(?:professors?|"
            "lecturers?|lectures?|campus|classes|teachers?|tutors?|exams?|studies|dorm|"
            "classmates|course|degree|semester|faculty|school|college|university|uni|class|"
            "studies)(?: is| are)? (?:over |here )?(?:at|from|called|with) {school}",
            "school|college|university|uni|study> \\b(?:the |my )?(?:school|college|university|"
            "uni) (?:that |where )?(?:i|we) (?:go to|attend|study at|am at|study|am enrolled at) "
            "(?:is|is called) (?:called )?{school}",
            "study|enrol|lectures|degree|classes|student> {school},? (?:that's|is|that is|it's) "
            "(?:where|the (?:school|university|college|place)(?: that| where)?) (?:i|we) "
            "(?:currently |now )?(?:study|go|learn|am|'m|attend|take)",
            "student id|student card|student|alma mater> \\b(?:student (?:id|card)|alma mater) "
            "(?:says|is from|is|comes from) {school}",
            "as a> \\bas an? (?:\\w+ ){0,2}student (?:at|of) {school}",
            "school|college|university> \\b(?:school|college|university|uni)\\s*[:=?]\\s*{school}",
        ),
    },
    "partner": {
        "says": (
            "be: (?:\\w+ )?(?:together|in love|involved|an item|a couple|living together|going "
            "steady|shacked up|with) with {person}",
            "be: (?:\\w+ )?(?:\\w+'s )?(?:husband|wife|boyfriend|girlfriend|partner|"
            "fianc\u00e9e?|spouse) (?:of|to) {person}",
            "share: {my} (?:life|home|bed) with {person}",
            "live|be: (?:together )?with {my} (?:\\w+ )?(?:partner|husband|wife|girlfriend|"
            "boyfriend|spouse|fianc\u00e9e?|fiancee?),? {person}",
            "have: (?:an? |the )?(?:\\w+ ){0,2}(?:partner|husband|wife|girlfriend|boyfriend|"
            "spouse|fianc\u00e9e?)(?: (?:called|named))?,? {person}",
            "go: (?:out|steady) with {person}",
        ),
        "begins": (
            "be: (?:now )?(?:together|a couple|an item|in a relationship) with {person}",
            "get|be: (?:back )?together with {person}",
            "get: (?:married|engaged|hitched) (?:to|with) {person}",
            "tie: the knot with {person}",
            "fall: (?:head over heels )?in love with {person}",
            "say: yes to {person}",
        ),
        "ends": (
            "be: (?:not|no longer) (?:together )?with {person}",
            "break|split: (?:it )?(?:up|off) with {person}",
            "call: (?:it )?(?:quits|off) with {person}",
            "end: (?:things|it|my relationship|our relationship|the relationship|my marriage) "
            "with {person}",
        ),
        "whole": (
            "together|couple|married|dating|an item|engaged|in love|relationship|anniversary|"
            "moved in|wed|seeing each other|stuck> {person} and (?:i|me) (?:have been |are |'re |"
            "'ve been |have |got |were |just |recently |finally |officially )*(?:still )?(?:a "
            "couple|together|married|dating|an item|engaged|in love|seeing each other|in a "
            "relationship|partners|husband and wife|celebrat\\w+ our (?:\\w+ )?anniversary|tied "
            "the knot|got together|moved in together|going (?:out|steady)|wed|hitched|share "
            "our)\\b(?! (?:no|until))",
            "together|couple|married|dating|an item|engaged|in love|relationship|anniversary|"
            "wed> \\b(?:me|i) and {person} (?:have been |are |'ve been |got |were |just )*(?:a "
            "couple|together|married|dating|an item|engaged|in love|seeing each other|in a "
            "relationship|going (?:out|steady))\\b",
            "no longer|not together|not a couple|broke|split|over|separat|divorc|apart|called it|"
            "ways|any more|anymore|done>- {person} and (?:i|me) (?:have |'ve |just |recently |"
            "are |we're |decided to |decided to )*(?:no longer (?:together|a couple|an item|an|"
            "dating|married)|not (?:together|a couple|an item) any ?more|broke up|broken up|"
            "split(?: up)?|separated|divorced|got divorced|parted ways|called it (?:quits|off|a "
            "day)|went our separate ways|gone our separate ways|are over|history|aren't "
            "(?:together|a couple)(?: any ?more)?|break up|done|through)\\b",
            "over between|over with|through with|finished with|done with|not with|no longer with|"
            "ex-|my ex|single again>- \\b(?:it's over (?:between me and|with)|things are over "
            "with|i'm (?:through|done|finished) with|i'm not with|i'm no longer with|(?:it's|it "
            "is) over between) {person}(?= (?:any ?more|now|for good|and me|and i)|\\s*[.,!]|$)",
            "my ex> - {person} is my ex\\b",
            "broke up|dumped|left me|walked out|broke it off>- {person} (?:broke up with|dumped|"
            "left|walked out on|broke it off with|divorced) me\\b",
            "my heart|love of my life|the one|my better half|significant other|my other half> "
            "\\b(?:love of my life|my better half|my significant other|my other half|my "
            "sweetheart|my soulmate|man of my life|woman of my life)(?: is|'s|,|:| is called)? "
            "{person}",
            "my heart|ring|proposed|took my name|said yes|my vows> {person} (?:proposed to|put a "
            "ring on|married|took) (?:me|my finger)\\b",
            "love of my life|my better half|significant other|my other half|soulmate|sweetheart|"
            "my heart belongs> {person} is (?:the love of my life|my better half|my significant "
            "other|my other half|my soulmate|my sweetheart|the (?:man|woman|one) (?:in|of|for|i))",
        ),
    },
    "marital status": {
        "whole": (
            "marital|relationship> \\b(?:marital|relationship|civil) status\\s*(?:is|:|=|\\?|"
            "-)?\\s*(?:now )?(?P<word>married|single|divorced|engaged|separated|widowed|in a "
            "relationship)\\b",
            "as a> \\bas an? (?:\\w+ )?(?P<word>married|single|divorced|engaged|separated|"
            "widowed) (?:man|woman|person|guy|mom|mum|dad|parent)\\b",
            "status> \\bmy status is (?P<word>married|single|divorced|engaged|separated|"
            "widowed)\\b",
        ),
    },
}
"""By attribute, then by `says`, `begins`, `ends` and `whole`; see `memkit.extract.attributes`."""
