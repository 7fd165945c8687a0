"""Word lists: trades, languages, nationalities, creeds, instruments, units, well-known towns.

A list only has to be long enough to tell one meaning from another ("I'm a nurse" from "I'm a
fan"); where the sentence alone is clear ("I work as a ..."), no list is asked.
"""

from __future__ import annotations

from typing import Final

from memkit.extract import lexicon_more as more
from memkit.extract.words import listed

__all__ = [
    "BRANDS", "CURRENCIES", "DIETS", "DURATIONS", "EVENTS", "FIRMS", "INSTRUMENTS", "JOBS",
    "LANGUAGES", "MEASURES", "NATIONALITIES", "OWNABLE", "PLACES", "RELIGIONS", "SCHOOL", "SPORTS",
    "WORKPLACES", "is_job",
]  # fmt: skip

JOBS: Final = (
    listed(
        "accountant actor actress actuary administrator advisor adviser agent analyst animator "
        "anthropologist apprentice archaeologist architect archivist artist assistant astronaut "
        "astronomer athlete attorney au_pair auditor author baker banker barber barista barman "
        "bartender barmaid beautician beekeeper bellhop biologist biochemist blacksmith blogger "
        "bookkeeper bookseller botanist bouncer brewer bricklayer broker builder butcher butler "
        "cameraman captain caregiver caretaker carer carpenter cartographer cashier caterer ceo "
        "cfo coo cto cio cmo chauffeur chef chemist childminder chiropractor choreographer "
        "cinematographer cleaner clerk clown coach cobbler columnist comedian commentator "
        "composer conductor confectioner consultant contractor controller cook coordinator "
        "copywriter coroner correspondent cosmetologist councillor counsellor counselor courier "
        "courtier craftsman crew_member criminologist croupier curator custodian dancer dealer "
        "decorator dentist dermatologist designer detective developer dietician dietitian "
        "diplomat director dispatcher dj doctor doorman draughtsman dressmaker driver ecologist "
        "economist editor educator electrician employee engineer entertainer entrepreneur "
        "environmentalist estate_agent estimator executive facilitator farmer farmhand filmmaker "
        "financier firefighter fireman fisherman fishmonger fitter flight_attendant florist "
        "forester foreman freelancer fundraiser gardener geneticist geographer geologist "
        "glassblower goldsmith grocer groundskeeper guard guide gynecologist hairdresser "
        "hairstylist handyman headhunter headmaster head_teacher headteacher herbalist historian "
        "homemaker host hostess housekeeper housewife house_husband hygienist illustrator "
        "importer influencer inspector installer instructor intern interpreter interviewer "
        "inventor investigator investor ironworker janitor jeweler jeweller jockey journalist "
        "judge juggler keeper laborer labourer landscaper lawyer lecturer librarian lifeguard "
        "linguist lobbyist locksmith lorry_driver magician magistrate maid mailman maintainer "
        "manager manicurist marketer marine_biologist mason masseur masseuse mathematician mayor "
        "mechanic mediator medic merchandiser merchant messenger meteorologist midwife miller "
        "miner minister missionary model monk musician nanny naturalist negotiator neurologist "
        "neuroscientist novelist nun nurse nutritionist obstetrician oceanographer officer "
        "operator optician optometrist orderly organist organizer orthodontist osteopath "
        "paediatrician painter palaeontologist paleontologist paralegal paramedic park_ranger "
        "pastor pathologist patissier pediatrician performer pharmacist philosopher photographer "
        "photojournalist physician physicist physiotherapist pianist pilot planner plasterer "
        "playwright plumber podcaster poet police_officer policeman policewoman politician "
        "porter postman postwoman potter preacher president priest principal printer producer "
        "professor programmer promoter proofreader prosecutor psychiatrist psychologist "
        "psychotherapist publicist publisher rabbi radiographer radiologist ranger realtor "
        "receptionist recruiter referee registrar reporter representative researcher "
        "restaurateur retailer reviewer rigger roofer sailor salesman salesperson saleswoman "
        "scholar scientist screenwriter sculptor seamstress secretary senator sergeant server "
        "shepherd sheriff shipbuilder shoemaker shopkeeper shop_assistant singer social_worker "
        "sociologist soldier solicitor sommelier songwriter specialist statistician steward "
        "stewardess stockbroker store_manager storyteller streamer stuntman stylist "
        "superintendent supervisor surgeon surveyor tailor tattoo_artist tattooist taxi_driver "
        "teacher teaching_assistant technician technologist teller tester therapist tiler "
        "tour_guide toymaker trader trainee trainer translator travel_agent treasurer "
        "truck_driver trucker tutor typist umpire underwriter undertaker upholsterer usher valet "
        "vet veterinarian videographer violinist waiter waitress warden watchmaker webmaster "
        "welder winemaker woodworker writer youtuber zookeeper zoologist yoga_teacher "
        "stay-at-home_mom stay-at-home_dad stay-at-home_mum student undergraduate postgrad "
        "postdoc phd_student intern_doctor lab_tech dev swe sysadmin qa retiree pensioner "
        "copilot lead team_lead tech_lead head vp partner chairperson vice_president "
        "managing_director goldsmith cellist drummer cyclist_courier"
    )
    | more.JOBS
)
_NOT_ALONE: Final = listed(
    "lead head partner server model host guide keeper captain driver cook qa dev controller "
    "officer agent president dancer singer runner specialist")  # fmt: skip
"""Trades only with a word before or a work around: "head of sales", "bus driver"."""
_ENDINGS: Final = ("ologist", "ographer", "iatrist", "ician", "therapist", "engineer", "manager",
                   "developer", "designer", "technician", "analyst", "consultant", "teacher",
                   "worker", "keeper", "maker", "smith", "scientist", "wright")  # fmt: skip
_NO_TRADES: Final = listed(
    "hard_worker homemaker_by_choice troublemaker peacemaker bookkeeper_joke matchmaker "
    "noisemaker secret_keeper goalkeeper pacemaker playmaker musician_at_heart"
)
_UNLIKE: Final = listed(
    "huge big massive great good bad terrible horrible awful lousy decent hopeless wannabe "
    "aspiring would-be failed fellow better worse fast slow hard natural happy proud nervous "
    "lifelong avid keen light heavy sound deep real total complete bit non amateur hobby former "
    "ex")  # fmt: skip


def is_job(words: str) -> bool:
    """Whether a noun phrase, lower case, without article, names a trade by its last words."""
    phrase = words.split(" of ")[0].split(" for ")[0]
    parts = phrase.split(" ")
    if parts[0] in _UNLIKE or phrase in _NO_TRADES:
        return False
    if len(parts) == 1:
        return (phrase in JOBS and (phrase not in _NOT_ALONE or " of " in words)) or (
            phrase.endswith(_ENDINGS)
        )
    last = parts[-1]
    return last in JOBS or " ".join(parts[-2:]) in JOBS or last.endswith(_ENDINGS)


LANGUAGES: Final = (
    listed(
        "english french german spanish italian portuguese polish dutch swedish danish norwegian "
        "finnish icelandic russian ukrainian czech slovak hungarian romanian bulgarian greek "
        "turkish arabic hebrew persian farsi hindi urdu bengali punjabi tamil telugu marathi "
        "gujarati kannada malayalam nepali sinhala thai vietnamese indonesian malay tagalog "
        "filipino chinese mandarin cantonese japanese korean mongolian swahili zulu xhosa yoruba "
        "igbo hausa amharic somali afrikaans catalan basque galician irish gaelic welsh breton "
        "latin esperanto estonian latvian lithuanian serbian croatian bosnian slovenian "
        "macedonian albanian georgian armenian azerbaijani kazakh uzbek pashto dari kurdish "
        "maltese luxembourgish yiddish asl sign_language american_sign_language "
        "british_sign_language creole haitian_creole quechua guarani maori hawaiian samoan "
        "burmese khmer lao tibetan belarusian tatar brazilian_portuguese swiss_german flemish"
    )
    | more.LANGUAGES
)
NATIONALITIES: Final = (
    listed(
        "american british english scottish welsh irish french german spanish italian portuguese "
        "polish dutch swedish danish norwegian finnish icelandic russian ukrainian czech slovak "
        "hungarian romanian bulgarian greek turkish israeli iranian iraqi syrian lebanese "
        "jordanian egyptian moroccan algerian tunisian libyan sudanese ethiopian eritrean kenyan "
        "ugandan tanzanian rwandan nigerian ghanaian senegalese cameroonian congolese angolan "
        "mozambican zimbabwean zambian south_african namibian indian pakistani bangladeshi "
        "nepali nepalese sri_lankan chinese taiwanese japanese korean south_korean north_korean "
        "vietnamese thai cambodian laotian burmese malaysian singaporean indonesian filipino "
        "australian new_zealander kiwi canadian mexican guatemalan honduran salvadoran "
        "nicaraguan costa_rican panamanian cuban jamaican haitian dominican puerto_rican "
        "colombian venezuelan ecuadorian peruvian bolivian chilean argentinian argentine "
        "uruguayan paraguayan brazilian austrian swiss belgian luxembourgish estonian latvian "
        "lithuanian serbian croatian bosnian slovenian macedonian albanian montenegrin georgian "
        "armenian azerbaijani kazakh uzbek afghan saudi emirati kuwaiti qatari yemeni omani "
        "palestinian maltese cypriot moldovan belarusian mongolian tibetan catalan basque kurdish"
    )
    | more.NATIONALITIES
)
RELIGIONS: Final = (
    listed(
        "christian catholic roman_catholic protestant orthodox lutheran anglican methodist "
        "baptist presbyterian evangelical mormon quaker muslim islam sunni shia jewish judaism "
        "buddhist buddhism hindu hinduism sikh sikhism jain taoist shinto bahai atheist atheism "
        "agnostic pagan wiccan christianity catholicism jehovah's_witness zoroastrian "
        "protestantism"
    )
    | more.RELIGIONS
)
INSTRUMENTS: Final = (
    listed(
        "guitar acoustic_guitar electric_guitar bass bass_guitar double_bass piano keyboard "
        "keyboards violin viola cello flute clarinet oboe bassoon saxophone sax trumpet trombone "
        "tuba french_horn horn drums drum_kit percussion harp banjo ukulele mandolin lute sitar "
        "accordion harmonica recorder organ bagpipes xylophone marimba fiddle cajon bongos synth "
        "synthesizer theremin oud erhu guzheng koto shamisen didgeridoo tabla djembe balalaika "
        "bouzouki kalimba tin_whistle zither concertina piccolo melodica hurdy-gurdy "
        "glockenspiel vibraphone charango"
    )
    | more.INSTRUMENTS
)
DIETS: Final = (
    listed(
        "vegan vegetarian pescatarian pescetarian flexitarian carnivore omnivore keto ketogenic "
        "paleo plant-based gluten-free gluten_free dairy-free dairy_free halal kosher low-carb "
        "low_carb raw_vegan whole30 mediterranean lactose-free sugar-free fruitarian veggie dash "
        "fodmap low-fodmap"
    )
    | more.DIETS
)
SPORTS: Final = listed(
    "tennis football soccer basketball volleyball badminton squash padel golf hockey ice_hockey "
    "field_hockey rugby cricket baseball softball handball chess poker table_tennis ping_pong "
    "ultimate_frisbee lacrosse bowls darts snooker pool water_polo polo pickleball netball "
    "video_games board_games bridge go dungeons_and_dragons d&d"
)
EVENTS: Final = (
    listed(
        "appointment meeting interview exam flight wedding party surgery checkup check-up "
        "operation deadline reservation class lesson game match test session conference "
        "graduation ceremony concert recital presentation race marathon hearing consultation "
        "call screening scan audition rehearsal workshop seminar tournament date_night visit "
        "tour defense defence viewing inspection delivery cleaning vaccination vaccine jab "
        "haircut physical x-ray mri follow-up train bus ferry cruise retreat launch trip review "
        "demo webinar baptism christening funeral housewarming reunion prom festival photoshoot "
        "fitting orientation"
    )
    | more.EVENTS
)
OWNABLE: Final = (
    listed(
        "bike bicycle motorbike motorcycle scooter moped boat yacht kayak canoe camera laptop "
        "computer pc tablet phone telescope drone piano guitar violin keyboard printer house "
        "flat apartment condo cabin cottage garden greenhouse car van truck campervan camper rv "
        "caravan motorhome trailer vespa skateboard surfboard snowboard watch kindle ipad iphone "
        "macbook playstation xbox console vinyl_collection record_player turntable "
        "sewing_machine coffee_machine espresso_machine treadmill e-bike tent hammock farm "
        "vineyard allotment shop bakery restaurant cafe business e-scooter electric_car "
        "road_bike mountain_bike cargo_bike projector tv television"
    )
    | more.OWNABLE
)
FIRMS: Final = listed(
    "google microsoft apple amazon meta facebook netflix ibm oracle intel nvidia samsung sony "
    "siemens bosch sap spotify uber airbnb twitter linkedin tesla bmw volkswagen toyota ikea "
    "nike adidas deloitte kpmg pwc accenture mckinsey stripe shopify salesforce adobe github "
    "gitlab openai starbucks walmart target costco nasa pfizer bayer novartis roche unilever "
    "nestle android linux windows python rust notion slack discord instagram tiktok youtube "
    "javascript typescript java kubernetes docker aws azure gmail outlook vim emacs ubuntu "
    "chrome firefox"
)
"""Names that stand for a firm or a thing of software, never for a town."""
BRANDS: Final = listed(
    "toyota honda ford chevrolet chevy nissan bmw mercedes mercedes-benz audi volkswagen vw "
    "volvo tesla mazda subaru hyundai kia fiat renault peugeot citroen citro\u00ebn skoda "
    "\u0161koda seat opel vauxhall jeep lexus porsche ferrari mini suzuki mitsubishi jaguar "
    "land_rover range_rover dacia cupra polestar dodge chrysler cadillac buick gmc acura "
    "infiniti rivian byd prius corolla civic golf polo yaris clio fiesta focus passat camry "
    "accord model_s model_3 model_y smart lada lamborghini maserati bentley alfa saab mg lancia "
    "aston lucid genesis"
)
SCHOOL: Final = listed(
    "university college school academy institute polytechnic conservatory faculty "
    "universit\u00e4t universidad universit\u00e9 universidade lyceum gymnasium kindergarten uni "
    "mit ucla nyu usc eth lse oxford cambridge harvard yale stanford princeton berkeley caltech "
    "epfl sorbonne imperial"
)
WORKPLACES: Final = listed(
    "hospital clinic school university college bank bakery library cafe caf\u00e9 restaurant "
    "museum bookstore bookshop supermarket pharmacy startup start-up store shop studio bar pub "
    "hotel factory warehouse office garage gym zoo farm theatre theater salon law_firm firm "
    "agency company brewery vineyard nursery kindergarten daycare lab laboratory call_center "
    "call_centre charity nonprofit non-profit ngo consultancy publisher publishing_house "
    "newspaper magazine shelter animal_shelter garden_center city_hall post_office airport "
    "shipyard refinery bike_shop coffee_shop flower_shop dental_practice vet_clinic "
    "veterinary_clinic tech_company software_company insurance_company architecture_firm"
)
CURRENCIES: Final = {
    "\u20ac": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR", "$": "USD", "dollar": "USD",
    "dollars": "USD", "bucks": "USD", "usd": "USD", "us$": "USD", "\u00a3": "GBP", "pound": "GBP",
    "pounds": "GBP", "quid": "GBP", "gbp": "GBP", "\u00a5": "JPY", "yen": "JPY", "jpy": "JPY",
    "yuan": "CNY", "rmb": "CNY", "cny": "CNY", "francs": "CHF", "franc": "CHF", "chf": "CHF",
    "rupees": "INR", "\u20b9": "INR", "inr": "INR", "kronor": "SEK", "sek": "SEK", "kroner": "NOK",
    "nok": "NOK", "dkk": "DKK", "z\u0142oty": "PLN", "zloty": "PLN", "pln": "PLN", "won": "KRW",
    "reais": "BRL", "brl": "BRL", "cad": "CAD", "aud": "AUD", "pesos": "MXN",
}  # fmt: skip
DURATIONS: Final = {
    "minute": "minutes", "minutes": "minutes", "min": "minutes", "mins": "minutes",
    "hour": "hours", "hours": "hours", "hr": "hours", "hrs": "hours", "h": "hours",
}  # fmt: skip
MEASURES: Final = {
    **DURATIONS, "km": "km", "kilometers": "km", "kilometres": "km", "kilometer": "km",
    "mile": "miles", "miles": "miles", "mi": "miles", "cm": "cm", "centimeters": "cm",
    "centimetres": "cm", "m": "m", "meters": "m", "metres": "m", "kg": "kg", "kgs": "kg",
    "kilo": "kg", "kilos": "kg", "kilograms": "kg", "lb": "lb", "lbs": "lb", "pounds": "lb",
    "stone": "stone", "feet": "ft", "foot": "ft", "ft": "ft", "inches": "in",
}  # fmt: skip
PLACES: Final = listed(
    "afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan "
    "bahrain bangladesh belarus belgium belize benin bhutan bolivia botswana brazil brunei "
    "bulgaria cambodia cameroon canada chile china colombia croatia cuba cyprus czechia denmark "
    "ecuador egypt estonia eritrea ethiopia fiji finland france gabon germany ghana greece "
    "greenland guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq "
    "ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos "
    "latvia lebanon liberia libya liechtenstein lithuania luxembourg madagascar malawi malaysia "
    "maldives mali malta mauritius mexico moldova monaco mongolia montenegro morocco mozambique "
    "myanmar namibia nepal netherlands nicaragua niger nigeria norway oman pakistan palestine "
    "panama paraguay peru philippines poland portugal qatar romania russia rwanda senegal serbia "
    "singapore slovakia slovenia somalia spain sudan suriname sweden switzerland syria taiwan "
    "tanzania thailand tunisia turkey uganda ukraine uruguay uzbekistan venezuela vietnam yemen "
    "zambia zimbabwe scotland wales england uk usa europe africa asia bali hawaii california "
    "texas florida oregon washington colorado vermont maine alaska london paris berlin madrid "
    "barcelona lisbon porto rome milan naples turin florence venice munich hamburg cologne "
    "frankfurt stuttgart d\u00fcsseldorf leipzig dresden hanover bremen vienna graz salzburg "
    "zurich z\u00fcrich geneva basel bern lausanne amsterdam rotterdam utrecht eindhoven "
    "brussels antwerp ghent bruges copenhagen aarhus stockholm gothenburg malm\u00f6 oslo bergen "
    "helsinki tampere tallinn riga vilnius warsaw krakow krak\u00f3w gdansk gda\u0144sk wroclaw "
    "poznan prague brno bratislava budapest bucharest cluj sofia belgrade zagreb split ljubljana "
    "sarajevo athens thessaloniki istanbul ankara izmir dublin cork galway belfast edinburgh "
    "glasgow aberdeen cardiff swansea manchester liverpool leeds sheffield bristol birmingham "
    "newcastle nottingham oxford cambridge brighton york bath seville sevilla valencia bilbao "
    "granada malaga m\u00e1laga zaragoza braga coimbra faro aveiro \u00e9vora lyon marseille "
    "toulouse bordeaux nice nantes lille strasbourg rennes grenoble montpellier boston chicago "
    "seattle denver austin dallas houston miami atlanta philadelphia phoenix detroit portland "
    "nashville minneapolis baltimore brooklyn manhattan queens sacramento oakland tucson orlando "
    "tampa pittsburgh cleveland cincinnati memphis toronto montreal montr\u00e9al vancouver "
    "calgary ottawa edmonton winnipeg halifax sydney melbourne brisbane perth adelaide canberra "
    "hobart auckland wellington christchurch tokyo osaka kyoto nagoya sapporo fukuoka seoul "
    "busan beijing shanghai shenzhen guangzhou chengdu hangzhou nanjing wuhan taipei hanoi "
    "bangkok manila jakarta mumbai delhi bangalore bengaluru chennai kolkata hyderabad pune "
    "karachi lahore dhaka kathmandu colombo dubai doha riyadh tehran baghdad beirut amman "
    "jerusalem cairo alexandria casablanca marrakech tunis nairobi lagos accra dakar "
    "johannesburg bogota bogot\u00e1 medell\u00edn medellin lima quito santiago montevideo "
    "caracas havana moscow kyiv kiev odessa lviv minsk tbilisi yerevan baku almaty reykjavik "
    "valletta nicosia ny nyc la sf dc new_york los_angeles san_francisco san_diego san_jose "
    "las_vegas new_orleans salt_lake_city kansas_city st_louis cape_town buenos_aires "
    "rio_de_janeiro s\u00e3o_paulo sao_paulo mexico_city hong_kong kuala_lumpur ho_chi_minh_city "
    "tel_aviv abu_dhabi new_delhi new_zealand south_africa south_korea north_korea costa_rica "
    "sri_lanka puerto_rico saudi_arabia united_states united_kingdom czech_republic el_salvador "
    "new_jersey new_mexico north_carolina the_hague san_sebasti\u00e1n palma tenerife madeira "
    "azores tuscany bavaria catalonia brittany normandy"
)
