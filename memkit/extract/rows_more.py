"""Rows about tastes, health, belongings, skills, sums and days."""

from __future__ import annotations

from typing import Final

from memkit.extract.attributes import Attribute

__all__ = ["MORE"]

_FAN: Final = r"(?:an? )?(?:\w+ )?(?:fan|lover|admirer) of {things}"
_ANIMAL: Final = (
    "(?:dog|cat|puppy|kitten|rabbit|hamster|parrot|horse|pony|pet|fish|bird|guinea pig|turtle|"
    "tortoise|budgie|ferret|lizard|snake|hen|goat)"
)

MORE: Final = (
    Attribute(
        "allergy",
        "allergens",
        several=True,
        says=(
            r"be: (?:an? )?(?:\w+ )?(?:allergic|intolerant|anaphylactic|hypersensitive) to "
            "{allergens}",
            r"be: (?:\w+ly )?(?P<word>(?!very|so|also|really)[a-z]+)[- ]intolerant\b",
            r"have: (?:an? |this |some |\w+ly )*(?:\w+ )?(?:allergy|allergies|intolerance|"
            "allergic reactions?|reaction) to {allergens}",
            "not have: any (?:known |food )?(?:allergies|allergy)(?P<none>)",
            "have: no (?:known |food )?allergies(?P<none>)",
            "have: (?:an? |this )?(?:bad |severe |serious |mild |deadly |strong |slight |nasty |"
            "terrible |life-threatening )*(?P<word>(?!food|skin|seasonal|no|any|many|some|"
            r"terrible|severe|bad|serious|mild|few|other|these|those)[\w-]+(?: (?!to)[\w-]+)?) "
            r"(?:allergy|allergies|intolerance)\b",
            r"suffer: from (?:an? )?(?:\w+ )?(?P<word>(?!food|seasonal)[\w-]+) (?:allergy|"
            r"allergies|intolerance)\b",
            "react: (?:very |really |so )?(?:badly|poorly|violently|terribly) to {allergens}",
            "break: out (?:in (?:hives|a rash|spots) )?(?:when(?:ever)?|if|after|every time) "
            "(?:i|she|he) (?:eat|eats|have|touch|use|drink) {allergens}",
        ),
        begins=(
            r"develop: (?:an? )?(?:\w+ )?(?:allergy|intolerance) to {allergens}",
            r"develop: (?:an? )?(?:\w+ )?(?P<word>[\w-]+) (?:allergy|intolerance)\b",
            r"be: diagnosed with (?:an? )?(?:\w+ )?(?:allergy|intolerance) to {allergens}",
            r"be: diagnosed with (?:an? )?(?:(?:severe|mild|serious|bad) )?(?P<word>[\w-]+(?: "
            r"nut)?) (?:allergy|intolerance)\b",
            r"become: (?:\w+ly )?(?:allergic|intolerant) to {allergens}",
            r"test: positive for (?:an? )?(?P<word>[\w-]+) (?:allergy|intolerance)\b",
            r"find|discover: (?:out )?(?:that )?(?:i'm|i am|she's|he's) (?:\w+ly )?(?:allergic|"
            "intolerant) to {allergens}",
        ),
        ends=(
            r"outgrow: {my} (?:\w+ )?(?:allergy|intolerance) to {allergens}",
            r"outgrow|lose|overcome|beat: {my} (?:childhood )?(?P<word>[\w-]+) (?:allergy|"
            r"intolerance)\b",
            r"grow: out of {my} (?:childhood )?(?P<word>[\w-]+) (?:allergy|intolerance)\b",
        ),
        whole=(
            r"allergic|allergy|allergies> \b(?:i )?(?:can't|cannot|can not|don't|do not|must not|"
            "mustn't|am not allowed to) (?:really )?(?:eat|have|drink|touch|do) "
            r"{allergens}.{0,60}\b(?:allerg|intoleran|anaphyla)",
            r"allergic|allergy|allergies> \b(?:my|our) (?:\w+ )?allergy to {allergens}",
            r"allergic|allergy|allergies> \bmy (?:severe |bad |serious |stupid |mild |awful |"
            "terrible |nasty |annoying )*(?P<word>(?!food|skin|seasonal|worst|new|main|only|"
            r"other|whole|latest)[a-z]+(?: nut| milk)?) allergy\b(?! (?:medicine|meds|medication|"
            "pills|tests?|season|doctor|specialist|shots?|clinic|cleared|is gone|went away|"
            "disappeared))",
            r"hives> \b(?:i|she|he) (?:always |usually |often |just )*(?:break|breaks|get|gets|"
            "come|comes) (?:out )?(?:in )?(?:hives|spots|a rash) (?:when(?:ever)?|every time|"
            "after|from)(?: (?:i|she|he))? (?:eat|eats|eating|have|having|touch|touching|drink|"
            "drinking|use|using) {allergens}",
            r"allergic|allergy|allergies> \ballergic to {allergens}, (?:so i|which is why i)",
            "hives|rash|reaction|swollen|allergic|allergy> {allergens} (?:always |really |"
            "usually |just )?(?:gives?|gave) me (?:an? |the )?(?:bad |terrible |awful |really |"
            "itchy )*(?:hives|rash|rashes|allergic reaction|allergies|anaphylaxis|swollen)",
            "hives|rash|reaction|swollen|allergic|allergy> {allergens} (?:always |really |"
            "usually |just )?makes? me (?:break out|itch|swell|sneeze|wheeze)",
        ),
        nouns="allergy allergies food_allergy main_allergy worst_allergy",
        asked=r"(?:do you have any|any) (?:food )?allergies|(?:what )?are you allergic to|"
        r"any(?:thing)? (?:allergies|you're allergic)",
        persons=True,
    ),
    Attribute(
        "diet",
        "diet",
        says=(
            r"be: (?:an? |on an? |on the |strictly |\w+ly )*{diet}(?: (?:diet|now|"
            r"again))?(?=\s*(?:[.,!?;)]|$|now|and|but|for|since|these|diet|any ?more|myself|"
            "right|this|at|again|because|so|who|at|person|eater|as))",
            "eat|follow|keep|do|stick: (?:to )?(?:an? |strictly |mostly |only )*{diet}(?! "
            "(?:restaurant|food|place|cheese|recipe|burger|option|cake|meal|dish))",
            "have: (?:an? )?{diet} diet",
        ),
        begins=(
            "go|turn|become: (?:fully |completely |totally |strictly |an? |back to being "
            ")*{diet}(?! (?:restaurant|food|place|shop|market|cafe))",
            "switch|change: (?:over )?to (?:an? |being )*{diet}",
            "start: (?:an? |the )?{diet} diet",
            "adopt: (?:an? )?{diet} diet",
        ),
        ends=(
            "quit|stop: being (?:an? )?{diet}",
            "give: up (?:on )?(?:being )?(?:an? |the )?{diet}",
        ),
        nouns="diet",
        asked=r"(?:any|do you have any) dietary|are you (?:a )?(?:vegan|vegetarian)(?: or)|"
        r"what(?:'s| is) your diet",
        persons=True,
    ),
    Attribute(
        "like",
        "things",
        several=True,
        says=(
            "love|like|enjoy|adore|dig: {to}(?:listening to |watching |eating |drinking |the "
            "taste of |a good )?{things}",
            r"prefer: {to}(?P<word>(?!it|that|this|to\b|the\b|my\b)[\w-]+(?: [\w-]+){0,2}?) "
            r"(?:to|over|rather than|instead of) ",
            "prefer: {to}{things}",
            r"be: (?:an? )?(?:\w+ )?(?:huge|big|massive|real|major|total|avid|true|die-hard|"
            r"lifelong|bit of an?) (?P<word>[\w' -]{2,30}?) (?:fan|lover|enthusiast|buff|nerd|"
            r"geek|person|fanatic|addict)\b",
            "be: {much}(?:into|fond of|keen on|crazy about|mad about|nuts about|obsessed with|"
            "passionate about|addicted to|hooked on|partial to|big on) {things}",
            "be: " + _FAN,
            r"have: (?:an? )?(?:\w+ )?(?:thing|weakness|soft spot|passion|love|obsession|sweet "
            "tooth) for {things}",
            "can: never get enough of {things}",
            "not can get: enough (?:of )?{things}",
            "can live: on {things}",
            "live: for {things}",
        ),
        begins=(
            "fall: in love with {things}",
            "get|become: {much}(?:hooked on|obsessed with|addicted to|fond of|passionate about|"
            "crazy about) {things}",
            "discover|develop: {my} (?:love|passion|taste) (?:of|for) {things}",
            "grow: to (?:love|like) {things}",
        ),
        ends=(
            "go: off {things}",
            r"get|grow: (?:\w+ )?(?:tired|sick|bored) of {things}",
            "fall: out of love with {things}",
            "lose: (?:all )?interest in {things}",
        ),
        asked=r"what do you (?:like|love|enjoy)(?: (?:most|best))?\?",
        persons=True,
    ),
    Attribute(
        "dislike",
        "things",
        several=True,
        says=(
            "hate|dislike|detest|loathe|despise: (?:the taste of |eating |listening to |watching "
            ")?{things}",
            "not like|not love|not enjoy|not care: (?:for )?(?:the taste of |eating |listening "
            "to |watching )?{things}",
            "not can stand|not can bear|not can tolerate|not can take|not can abide: (?:the "
            "taste of |eating |listening to )?{things}",
            "not be: {much}(?:into|fond of|keen on|crazy about|big on) {things}",
            r"not be: (?:an? )?(?:\w+ )?(?:fan|lover) of {things}",
            "not be: (?:an? |much of an? )?(?:huge |big |massive |real |great )*(?P<word>(?!huge|"
            r"big|massive|real|great|an? )[\w'-]+(?: [\w'-]+)?) (?:fan|lover|person)\b(?! of)",
            r"be: not (?:an? )?(?:\w+ )?fan of {things}",
        ),
        asked=r"what do you (?:hate|dislike)",
        persons=True,
    ),
    Attribute(
        "hobby",
        "things",
        several=True,
        says=(
            "be: an? (?:keen|avid|amateur|hobby|passionate|enthusiastic) "
            r"{things}(?=\s*(?:[.,!?;]|$|and|in|who))",
            r"do|practise|practice: {things} (?:as|for) (?:a hobby|fun)\b",
            "play: (?:a (?:lot|bit) of |some )?{sport}",
            "can play: {sport}",
            "practise|practice: (?P<word>yoga|tai chi|karate|judo|taekwondo|meditation|"
            r"calligraphy|archery|pilates|aikido|kendo|jiu-jitsu|capoeira)\b",
            "do: (?:a (?:lot|bit) of |some )?(?P<word>yoga|tai chi|karate|judo|taekwondo|pilates|"
            "crossfit|pottery|ceramics|woodworking|gardening|archery|ballet|calligraphy|"
            r"photography|origami|embroidery|martial arts|improv)\b",
            "go: (?P<word>hiking|running|jogging|swimming|climbing|bouldering|fishing|surfing|"
            "skiing|snowboarding|cycling|sailing|kayaking|dancing|birdwatching|bird-watching|"
            "horse riding|rock climbing|rowing|skating|camping|diving|scuba diving|foraging|"
            "bowling) (?:every|on|most|twice|once|each|a lot|regularly|whenever|all the time|in "
            "my|three|several)",
            "spend: (?:most of |a lot of |all |much of )?{my} (?:free |spare )?(?:time|weekends|"
            "evenings|sundays|saturdays) (?:on )?{things}",
            "be: {much}into (?P<word>(?!making|doing|having|going|getting|being|"
            r"it\b|trying|seeing)\w+ing)\b(?! (?:this|that|these|those|it|them)\b)",
        ),
        begins=(
            r"take: up (?!some\b|the\b|my\b|a\b){things}",
            r"pick: up (?P<word>(?:\w+ )?\w{3,}ing|yoga|chess|golf|tennis|karate|pottery|"
            r"photography)\b(?! (?:the|my|a|from))",
            r"get: (?:back )?into (?P<word>(?:\w+ )?\w{3,}ing|yoga|chess|golf|tennis|karate|"
            r"pottery|photography)\b",
            "start|begin: (?:doing )?(?P<word>(?:rock |horse |scuba )?(?:hiking|running|jogging|"
            "swimming|climbing|bouldering|fishing|surfing|skiing|snowboarding|cycling|sailing|"
            "kayaking|dancing|birdwatching|gardening|painting|drawing|knitting|crocheting|sewing|"
            "baking|journaling|weightlifting|boxing|fencing|riding|diving|skateboarding|"
            "woodworking|quilting|brewing|beekeeping)|yoga|chess|golf|karate|pottery|photography|"
            r"pilates|ballet|judo|calligraphy)\b",
        ),
        ends=(
            r"give: up (?!on\b){things}",
            "quit|stop: (?:doing |playing )?(?P<word>(?:rock |horse )?(?:hiking|running|jogging|"
            "swimming|climbing|bouldering|fishing|surfing|skiing|snowboarding|cycling|sailing|"
            "kayaking|dancing|birdwatching|gardening|painting|drawing|knitting|crocheting|baking|"
            "journaling|weightlifting|boxing|fencing)|yoga|chess|golf|karate|pottery|tennis|"
            r"pilates|ballet)\b",
        ),
        whole=(
            r"free time|spare time|downtime|down time> \bin (?:my|our) (?:free|spare|down) "
            "?time,? (?:i|we) (?:usually |mostly |often |also |always |really |tend to |like to |"
            "love to |like |love |enjoy |mainly )*{things}",
            r"as a hobby> \b(?:i|we) {things} as a hobby",
            r"for fun> \bfor fun,? (?:i|we) (?:usually |mostly |often |also |like to |love to |"
            "like |love |enjoy )*{things}",
        ),
        nouns="hobby hobbies main_hobby new_hobby pastime favourite_pastime favorite_pastime "
        "passion biggest_passion",
        asked=r"what (?:are your hobbies|do you do (?:for fun|in your (?:free|spare) time))|(?:any|"
        r"do you have any) hobbies|what(?:'s| is) your hobby",
        persons=True,
    ),
    Attribute(
        "instrument",
        "instrument",
        several=True,
        says=(
            "play|can play|practise|practice: (?:a (?:little|bit|little bit) (?:of )?)?(?:the "
            ")?{instrument}",
            r"play: (?:\w+ ){0,3}on (?:the )?{instrument}",
        ),
        begins=(
            "learn: (?:to play |how to play )?(?:the )?{instrument}",
            "take: up (?:the )?{instrument}",
            "take: (?:the )?{instrument}(?= lessons)",
            "pick: up (?:the )?{instrument}",
            "start|begin: (?:playing |learning )?(?:the )?{instrument}",
        ),
        ends=(
            "give: up (?:on )?(?:playing )?(?:the )?{instrument}",
            "quit|stop: (?:playing )?(?:the )?{instrument}",
        ),
        nouns="instrument",
        asked=r"(?:what|which|any) instruments?",
        persons=True,
    ),
    Attribute(
        "language",
        "language",
        several=True,
        says=(
            "speak|can speak|know|understand|can understand: (?:both |a (?:little|bit of|little "
            "bit of) |some |fluent |basic |only |mostly )*{language}",
            "speak: .{1,40}?(?:and|,) (?:a (?:little|bit of|little bit of) |some |basic "
            ")*{language}",
            r"be: (?:\w+ )?(?:fluent|conversational|proficient|bilingual|native|trilingual) in "
            "{language}",
            "be: (?:an? )?(?:native|fluent) {language}(?= speaker)",
            "be: bilingual(?:,| -| in)? (?:in )?{language}",
            "get: by in {language}",
        ),
        ends=("forget: (?:all |most of )?{my} {language}",),
        nouns="native_language first_language mother_tongue second_language languages",
        asked=r"(?:what|which|how many|any(?: other)?) languages?",
        persons=True,
    ),
    Attribute(
        "nationality",
        "nationality",
        says=(
            r"be: (?:an? )?{nationality}(?= (?:by birth|citizen|national|man|woman|guy|girl)\b|"
            r"\s*(?:[.,!?;]|$|and\b|but\b))",
            r"have|hold: (?:an? )?(?:dual )?{nationality}(?: and [\w ]+?)? (?:passport|"
            r"citizenship|nationality)\b",
        ),
        begins=(
            "get|obtain|receive|acquire: {my} {nationality} (?:passport|citizenship|"
            r"nationality)\b",
            r"become: (?:an? )?{nationality}(?= (?:citizen|national)\b)",
        ),
        nouns="nationality citizenship",
        asked=r"what(?:'s| is) your nationality|what nationality",
        persons=True,
    ),
    Attribute(
        "nationality",
        "place",
        says=("be: (?:an? )?(?:dual )?(?:citizen|national) of {place}",),
        begins=("become: (?:an? )?(?:citizen|national) of {place}",),
        persons=True,
    ),
    Attribute(
        "religion",
        "religion",
        says=(
            r"be: (?:an? )?{religion}(?= (?:by birth|myself|faith)\b|\s*(?:[.,!?;]|$|and\b|but\b))",
            "be: affiliated with the religion of {free}",
            "practise|practice: {religion}",
        ),
        begins=(r"convert: (?:\w+ )?to {religion}", "become: (?:an? )?{religion}"),
        ends=("leave: {my} {religion}",),
        nouns="religion faith",
        asked=r"what(?:'s| is) your (?:religion|faith)",
        persons=True,
    ),
    Attribute(
        "car",
        "car",
        says=("drive: {car}", "have|own: {car}", "get: around in {car}"),
        begins=(
            "buy|get|purchase|lease|acquire: (?:myself |ourselves )?{car}",
            "pick: up {car}",
            r"trade|swap: (?:in )?{my} (?:\w+ ){1,3}?(?:in )?for {car}",
            r"upgrade|switch: (?:\w+ )?to {car}",
        ),
        ends=("sell|total: {my} {car}", "get: rid of {my} {car}"),
        nouns="car vehicle new_car",
        asked=r"what (?:car|kind of car|do you drive)",
        persons=True,
    ),
    Attribute(
        "pet",
        "person",
        several=True,
        begins=(
            r"be: now (?:the )?(?:proud )?(?:owners?|parents?) of (?:an? )?(?:\w+ )?"
            + _ANIMAL
            + " (?:called|named) {called}",
        ),
        ends=(
            r"say: (?:goodbye|farewell|bye) to (?:{my} )?(?:\w+ )?" + _ANIMAL + ",? {person}",
            r"put: {my} (?:\w+ )?" + _ANIMAL + r",? {person},? (?:down|to sleep)\b",
            r"lose|rehome: {my} (?:\w+ )?" + _ANIMAL + ",? {person}",
            r"give: (?:away )?{my} (?:\w+ )?" + _ANIMAL + ",? {person}",
        ),
    ),
    Attribute(
        "owns",
        "thing",
        several=True,
        says=(
            r"own: (?!it\b|that\b|this\b|up\b)(?:an? |two |three )?{possessions}",
            "have: {ownable}",
            "be: the (?:proud |happy |new )*owner of {thing}",
        ),
        begins=(
            "buy|purchase: (?:myself |ourselves )?(?=an? |two |our |my ){possessions}",
            "get: (?:myself |ourselves )?an? (?:new |used |second-hand )?{ownable}",
            "invest: in (?=an? ){ownable}",
            "treat: (?:myself|ourselves) to (?=an? ){ownable}",
            "splurge: on (?=an? ){possession}",
            "pick: up (?=an? new |an? used |an? second-hand ){possession}",
        ),
        ends=(
            "sell: (?=my |our |the |his |her ){possession}",
            "give: away (?=my |our |the |his |her ){possession}",
            "get: rid of (?=my |our |the |his |her ){possession}",
        ),
        nouns="",
        persons=True,
    ),
    Attribute(
        "height",
        "measure",
        says=(
            r"be: {measure} tall\b",
            "stand: {measure}",
            "measure: {measure}",
            "be: (?P<word>\\d['\u2019]\\s?\\d{1,2}(?:[\"\u201d]|'')?)",
        ),
        nouns="height",
        asked=r"how tall are you|your height",
        persons=True,
    ),
    Attribute(
        "weight",
        "mass",
        says=("weigh: (?:in at )?{mass}",),
        begins=("get: (?:down|up) to {mass}",),
        nouns="weight",
        asked=r"how much do you weigh|your weight",
        persons=True,
    ),
    Attribute(
        "commute",
        "duration",
        says=(
            "commute: (?:for |about |around )*{duration}",
            "have: (?:an? )?{duration}[- ](?:each way |long |daily |bus |train |car )*commute",
            "spend: {duration} (?:a day |every day |each day |each way |daily )*(?:commuting|on "
            "(?:the|my) commute|getting to work|on the (?:train|bus) to work)",
            r"live: {duration} (?:away )?(?:from|to) (?:my )?(?:work|the office|office|job)\b",
            "need|take: {duration} to (?:get to|reach) (?:work|the office|my office|my job)",
            "be: an? {duration}(?= (?:drive|walk|ride|train ride|bus ride|bike ride|commute|"
            r"journey)\b.{0,30}?(?:work|office))",
        ),
        whole=(
            r"takes> \b(?:it|the drive|the train|the bus|the trip|getting there|getting to work|"
            r"the walk) (?:only |now |just |usually )*takes (?:me |us )?{duration}(?: \w+){0,3}? "
            "(?:to (?:get|drive|cycle|walk|commute|bike|travel) (?:in )?to |to )(?:my |the "
            ")?(?:work|office|job)",
            r"takes> \b(?:getting|commuting|driving|cycling|walking) to (?:work|the office|my "
            "office|my job) (?:now |only |usually )?takes (?:me |us )?{duration}",
            r"commute|commuting> \b(?:with|have) an? {duration}[- ](?:each way |one[- ]way |long "
            "|daily )*commute",
            r"commute|commuting> {duration} commute (?:each|every|one|to|by|on)\b",
        ),
        nouns="commute daily_commute commute_time commute_to_work trip_to_work drive_to_work "
        "way_to_work journey_to_work",
        asked=r"how long (?:is your commute|does it take you to get to work)|(?:how's|how is) your "
        r"commute",
        persons=True,
    ),
    Attribute(
        "salary",
        "price",
        says=(
            r"earn|make: {money}(?= (?:a|per|each|every) (?:year|month|annum|week)\b| (?:gross|"
            r"net|yearly|annually|monthly|before tax|after tax)\b|/)",
            "be: on {money}(?= (?:a|per) (?:year|month))",
            "be: paid {money}(?= (?:a|per) (?:year|month))",
        ),
        begins=(
            "get|receive: (?:an? )?(?:pay )?(?:raise|rise|bump) to {price}",
            r"negotiate: (?:\w+ ){0,3}to {money}",
        ),
        nouns="salary pay annual_salary wage income monthly_salary base_salary take-home_pay "
        "new_salary",
        asked=r"(?:how much do you (?:earn|make)|what(?:'s| is) your salary)",
        persons=True,
    ),
    Attribute(
        "rent",
        "price",
        says=(
            r"pay: {price}(?= (?:\w+ )?(?:in|of) rent| rent\b| for (?:my |the |our )?(?:rent|"
            r"flat|apartment|place|room)\b)",
        ),
        nouns="rent monthly_rent",
        asked=r"(?:how much (?:is|do you pay (?:in|for)) (?:your )?rent)",
        persons=True,
    ),
    Attribute(
        "budget",
        "price",
        says=("have: (?:an? )?budget of {price}", "budget: {price}"),
        nouns="budget",
        asked=r"what(?:'s| is) your budget",
        persons=True,
    ),
    Attribute(
        "email",
        "email",
        says=(r"can be: reached (?:\w+ )?at {email}",),
        whole=(
            r"me> \b(?:reach|email|e-mail|mail|contact|write(?: to)?|get) me (?:any ?time "
            ")?(?:at|on|via) {email}",
            r"@> \bmy (?:new )?(?:\w+ )?e?-?mail(?: address)?(?: is|:|'s) (?:now )?{email}",
        ),
        nouns="email e-mail email_address e-mail_address mail new_email",
        asked=r"(?:what(?:'s| is)|can i (?:have|get)) your e-?mail",
        persons=True,
    ),
    Attribute(
        "phone",
        "phone",
        says=(r"can be: reached (?:\w+ )?(?:at|on) {phone}",),
        nouns="phone phone_number number mobile cell cell_number telephone mobile_number "
        "new_number telephone_number",
        asked=r"(?:what(?:'s| is)|can i (?:have|get)) your (?:phone |mobile |cell )?number",
        persons=True,
    ),
    Attribute(
        "visited",
        "place",
        several=True,
        begins=(
            "visit|tour: (?:beautiful |sunny |lovely )?{place}",
            "go|travel|fly|drive: (?:back |over |up |down |all the way |on (?:a )?(?:holiday|"
            r"vacation|trip|honeymoon) |with [\w ]{2,25}? |by train |backpacking |hiking |"
            "camping )*(?:to|in|through|around) {place}",
            "be: (?:once |twice |(?:two|three|four|several|many) times )?to {place}",
            r"take: (?:an? )?(?:\w+ )?trip to {place}",
            r"have: (?:an? )?(?:\w+ )?(?:trip|holiday|vacation|weekend|honeymoon) (?:to|in) "
            "{place}",
            r"spend: (?!.{0,24}(?:childhood|youth|teens|life|living|working|early years|"
            r"school))(?!(?:19|20)\d\d)(?:an? |the |my |our |last |this )?(?:\w+ ){1,4}?in "
            r"{place}",
            r"get|come: back (?:home )?from (?:an? |my |our |the )?(?:\w+ ){0,3}?(?:to |in "
            ")?{place}",
            r"return: from (?:an? |my |our )?(?:\w+ ){0,3}?(?:to |in )?{place}",
            "honeymoon|vacation|holiday: in {place}",
            "see: {place} for the first time",
        ),
        persons=True,
    ),
)
"""Tastes, health, belongings, skills, sums, travels."""
