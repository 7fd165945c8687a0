"""Occupations, tastes, belongings and plans to draw from."""

from __future__ import annotations

from typing import Final


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()).split(", "))


JOBS: Final = _listed(
    """
accountant, acoustic engineer, acupuncturist, air traffic controller, anaesthetist, animator,
archaeologist, archivist, art restorer, auctioneer, audio engineer, baker, bank clerk, barber,
barista, beekeeper, bike mechanic, biochemist, blacksmith, bookbinder, bookkeeper, botanist,
brewer, bricklayer, bus driver, butcher, cabinetmaker, cardiologist, carpenter, cartographer,
ceramicist, chemist, chimney sweep, choreographer, civil engineer, cleaner, cobbler, copywriter,
court clerk, crane operator, customs officer, data analyst, dental hygienist, dermatologist,
dietitian, dispatcher, dog groomer, dressmaker, driving instructor, economist, editor,
electrician, estate agent, event planner, farmhand, ferry captain, film editor, firefighter,
fishmonger, flight attendant, florist, food scientist, forester, gamekeeper, gardener, geologist,
glassblower, goldsmith, graphic designer, hairdresser, harbour pilot, hydrologist, illustrator,
immunologist, insurance broker, interior designer, interpreter, investment adviser, janitor,
jeweller, joiner, journalist, judge, kindergarten teacher, laboratory technician, landscape
architect, lawyer, librarian, lifeguard, lighting designer, locksmith, luthier, magistrate, marine
biologist, mason, massage therapist, maths teacher, mechanic, meteorologist, midwife, milliner,
music teacher, network engineer, notary, nuclear physicist, nurse, nutritionist, oceanographer,
optician, orthodontist, osteopath, paediatrician, painter, paralegal, paramedic, park ranger,
pastry chef, patent attorney, pharmacist, photographer, physiotherapist, piano tuner, plasterer,
plumber, podiatrist, postman, potter, primary school teacher, prison officer, probation officer,
proofreader, property manager, psychologist, puppeteer, quantity surveyor, radiographer,
recruiter, roofer, saddler, sculptor, security guard, set designer, shepherd, signalman, social
worker, software developer, solicitor, sommelier, sound technician, speech therapist,
statistician, stonemason, structural engineer, surgeon, surveyor, swimming coach, tailor, tattoo
artist, tax adviser, taxidermist, toolmaker, tour guide, train driver, translator, tree surgeon,
truck driver, tutor, typesetter, undertaker, upholsterer, veterinarian, violin maker, waiter,
watchmaker, web designer, welder, wildlife ranger, window cleaner, zookeeper, zoologist
"""
)
ALLERGENS: Final = _listed(
    """
almonds, amoxicillin, apples, aspirin, avocado, bananas, bee stings, birch pollen, brazil nuts,
buckwheat, cashews, cat hair, celery, chamomile, chestnuts, chickpeas, clams, codeine, coconut,
cod, crab, dog hair, dust mites, egg white, formaldehyde, garlic, goat's milk, grass pollen,
hazelnuts, horses, ibuprofen, iodine, kiwi fruit, lanolin, latex, lentils, lobster, lupin,
macadamia nuts, melon, mould, mugwort, mushrooms, mussels, mustard, nickel, oats, oysters,
peaches, peanuts, pecans, penicillin, pine nuts, pistachios, poppy seeds, prawns, rabbits,
ragweed, rye, salmon, scallops, sesame, shellfish, shrimp, soy, squid, strawberries, sulfites,
sunflower seeds, tomatoes, tree nuts, tuna, walnuts, wasp stings, wheat, wool
"""
)
LIKES: Final = _listed(
    """
abandoned railways, antique maps, art deco, autumn mornings, bagpipes, baroque music, black
coffee, blues, board games, bonfires, bossa nova, botanical gardens, brass bands, brutalist
architecture, campfires, candlelight, card tricks, charity shops, classic cars, cold showers,
comic books, cooking shows, country music, courtroom dramas, crime novels, cross-country trains,
crossword puzzles, dark chocolate, desert landscapes, detective stories, dim sum, documentaries,
drum and bass, early mornings, electronic music, escape rooms, fado, farmers' markets, ferry
rides, film noir, flamenco, flea markets, folk songs, fountain pens, ghost stories, ginger tea,
gospel choirs, graphic novels, hand-written letters, harbour walks, heavy metal, herbal tea,
historical novels, hot springs, ice hockey, improv comedy, jazz, karaoke, kung fu films,
late-night radio, lemon cake, lighthouses, live theatre, long train journeys, matcha, medieval
castles, minimalist music, modern dance, motorway diners, mountain huts, musicals, mystery novels,
night markets, old bookshops, opera, open-air cinemas, opera, paper maps, peppermint tea, period
dramas, pickles, pinball, planetariums, podcasts, poetry slams, polka, pop-up restaurants, pub
quizzes, puppet shows, quiet beaches, radio plays, rainy Sundays, reality shows, reggae, rhubarb
crumble, road trips, roller coasters, rooftop bars, rugby, salsa music, saunas, science museums,
sea shanties, second-hand clothes, silent films, ska, sleeper trains, small museums, snowy
evenings, soul music, sour sweets, spicy food, spy novels, stand-up comedy, steam engines, stormy
weather, street art, sunflowers, surf films, swing music, tango, techno, telenovelas, thrift
stores, thunderstorms, train stations, travel books, true crime, typewriters, vintage posters,
vinyl records, volcanoes, war films, westerns, wild swimming, wildflowers, wooden toys, yodelling
"""
)
DISLIKES: Final = _listed(
    """
airport security, alarm clocks, aubergine, blue cheese, brussels sprouts, bus tours, car alarms,
cauliflower, chain letters, cilantro, cold calls, conference calls, cottage cheese, crowded
trains, dubbed films, fennel, fireworks, flat-pack furniture, fluorescent lights, folk dancing,
fried eggs, golf, group selfies, horror films, ice-breaker games, instant coffee, junk mail, kale,
leaf blowers, liver, liquorice, long queues, loud restaurants, marzipan, mayonnaise, motorbikes,
motorways, muzak, office parties, olives, open-plan offices, oysters, package holidays, paperwork,
parking garages, plastic flowers, pop-up ads, public speaking, raw onions, ready meals, red tape,
rice pudding, romantic comedies, scented candles, shopping malls, slot machines, small talk,
snakes, speed dating, spiders, surprise parties, tapioca, team-building days, tinned fish, traffic
jams, turnips, voice messages, wasabi, white chocolate, zoos
"""
)
HOBBIES: Final = _listed(
    """
abseiling, aikido, archery, astronomy, badminton, ballroom dancing, basket weaving, beekeeping,
birdwatching, blacksmithing, bookbinding, bouldering, bridge, calligraphy, candle making,
canoeing, capoeira, caving, chess, clay modelling, competitive baking, coin collecting, cricket,
crochet, curling, cycling, darts, embroidery, falconry, fencing, fly fishing, foraging, gardening,
genealogy, geocaching, hang gliding, horse riding, ice skating, jewellery making, judo, juggling,
kayaking, kite surfing, knitting, lacemaking, lawn bowls, leatherwork, letterpress printing,
long-distance running, macrame, metal detecting, model railways, mountain biking, mushroom
picking, needlepoint, orienteering, origami, orchid growing, paddleboarding, paragliding, parkour,
pilates, pottery, powerlifting, quilting, rock climbing, rowing, sailing, scrapbooking, scuba
diving, skateboarding, snooker, snorkelling, snowboarding, soap making, squash, stamp collecting,
stargazing, surfing, synchronised swimming, table tennis, taekwondo, tai chi, tap dancing,
triathlon, ultimate frisbee, upcycling furniture, urban sketching, volleyball, watercolour
painting, weaving, whittling, wine making, wood carving, woodturning, yoga, zumba
"""
)
OWNED: Final = _listed(
    """
3D printer, accordion case, air fryer, antique globe, aquarium, barbecue, barometer, bird table,
blue velvet sofa, boat trailer, bread maker, camper van, canoe, cargo bike, chainsaw, coffee
grinder, cello stand, chess computer, darkroom enlarger, dehumidifier, drone, drying rack,
e-reader, electric scooter, espresso machine, exercise bike, film projector, fire pit, fish
smoker, folding bike, football table, food dehydrator, fountain pen, gas heater, grandfather
clock, greenhouse, hammock, hot tub, ice cream maker, inflatable boat, jukebox, kayak, kiln, lawn
mower, leather armchair, loom, magic lantern, metal detector, microscope, mountain bike, motor
scooter, paddleboard, pasta machine, pinball machine, pizza oven, pizza stone, polaroid camera,
popcorn machine, potter's wheel, pressure cooker, pressure washer, printing press, punchbag, quad
bike, record player, rice cooker, rocking chair, roof tent, rowing machine, sailing dinghy, sewing
machine, sidecar, singing bowl, skateboard, sleeping pod, slide projector, smoker, snow blower,
snowboard, spinning wheel, standing desk, steam mop, stereo microscope, surfboard, tandem,
telescope, tent trailer, toboggan, trampoline, treadmill, typewriter, unicycle, vintage radio,
waffle iron, wetsuit, wheelbarrow, wind chime, wine fridge, wood stove, workbench
"""
)
BOUGHT: Final = _listed(
    """
bed frame, bicycle, blender, bookshelf, camera lens, carpet, chandelier, coat, cooker, desk,
dining table, dishwasher, door handle, dress, drill, fence, freezer, fridge, gate, garden shed,
guitar amp, helmet, kettle, kitchen sink, ladder, lamp, laptop, mattress, microwave, mirror,
monitor, office chair, oven, painting, pram, printer, radiator, raincoat, rucksack, rug, sofa bed,
stroller, suitcase, suit, tablet, tent, toaster, tumble dryer, vacuum cleaner, vase, wardrobe,
washing machine, wedding dress
"""
)
INSTRUMENTS: Final = _listed(
    """
accordion, alto saxophone, autoharp, bagpipes, balalaika, banjo, bass guitar, bassoon, bodhran,
bongos, cello, clarinet, concertina, cor anglais, cornet, didgeridoo, double bass, drums,
dulcimer, euphonium, fiddle, flugelhorn, flute, French horn, glockenspiel, hang drum, harmonica,
harp, harpsichord, hurdy-gurdy, kalimba, lute, lyre, mandolin, marimba, melodica, nyckelharpa,
oboe, ocarina, organ, oud, pan flute, piano, piccolo, recorder, sitar, steel drums, tabla,
tambourine, theremin, tin whistle, trombone, trumpet, tuba, ukulele, vibraphone, viola, violin,
zither
"""
)
LANGUAGES: Final = _listed(
    """
Afrikaans, Albanian, Amharic, Arabic, Armenian, Basque, Bengali, Bosnian, Breton, Bulgarian,
Cantonese, Catalan, Croatian, Czech, Danish, Dutch, Esperanto, Estonian, Farsi, Finnish, French,
Galician, German, Greek, Gujarati, Hausa, Hebrew, Hindi, Hungarian, Icelandic, Igbo, Indonesian,
Irish, Italian, Japanese, Kazakh, Khmer, Korean, Kurdish, Latvian, Lithuanian, Luxembourgish,
Macedonian, Malay, Maltese, Mandarin, Mongolian, Nepali, Norwegian, Pashto, Polish, Portuguese,
Punjabi, Quechua, Romanian, Romansh, Russian, Serbian, Sinhala, Slovak, Slovene, Somali, Spanish,
Swahili, Swedish, Tagalog, Tamil, Telugu, Thai, Tibetan, Turkish, Twi, Ukrainian, Urdu, Uzbek,
Vietnamese, Welsh, Wolof, Xhosa, Yiddish, Yoruba, Zulu
"""
)
DIETS: Final = _listed(
    """
dairy-free, flexitarian, fruitarian, gluten-free, halal, keto, kosher,
macrobiotic, paleo, pescatarian, plant-based, raw vegan, sugar-free, vegan, vegetarian
"""
)
RELIGIONS: Final = _listed(
    """
Anglican, Baptist, Buddhist, Catholic, Hindu, Jain, Lutheran, Methodist, Mormon,
Muslim, Pagan, Presbyterian, Quaker, Rastafarian, Sikh, Taoist, Zoroastrian
"""
)
CARS: Final = _listed(
    """
Alfa Romeo Giulia, Audi A3, Citroen Berlingo, Dacia Duster, Fiat Panda, Fiat Tipo, Ford Fiesta,
Ford Focus, Honda Civic, Honda Jazz, Hyundai Kona, Kia Niro, Lada Niva, Land Rover Defender,
Lancia Delta, Mazda 3, Mini Cooper, Mitsubishi Colt, Nissan Leaf, Nissan Micra, Opel Astra, Opel
Corsa, Peugeot 208, Peugeot Partner, Porsche Cayman, Renault Clio, Renault Kangoo, Renault Zoe,
Saab 900, Seat Ibiza, Seat Leon, Skoda Fabia, Skoda Octavia, Smart Fortwo, Subaru Forester, Suzuki
Jimny, Suzuki Swift, Tesla Model 3, Toyota Corolla, Toyota Yaris, Volvo V60, Volvo XC40, VW Caddy,
VW Golf, VW Polo
"""
)
COLOURS: Final = _listed(
    """
amber, aquamarine, beige, burgundy, charcoal, cobalt blue, copper, coral, crimson, cyan,
dark green, emerald, fuchsia, indigo, ivory, jade, lavender, lilac, lime green, magenta,
maroon, mauve, mint green, moss green, navy, ochre, peach, plum, rust, sage green, sand,
scarlet, silver, sky blue, teal, terracotta, turquoise, vermilion, violet, yellow
"""
)
DISHES: Final = _listed(
    """
baklava, beef stew, bibimbap, biryani, borscht, bouillabaisse, burritos, cannelloni, carbonara,
ceviche, cheese fondue, chicken soup, chilli con carne, couscous, dhal, dolma, empanadas,
enchiladas, falafel, feijoada, fish pie, goulash, gyoza, jambalaya, jollof rice, katsu curry,
kedgeree, khachapuri, kimchi, laksa, lasagne, macaroni cheese, massaman curry, meatloaf, moussaka,
mushroom risotto, onion tart, pad thai, paella, pelmeni, pho, pierogi, pumpkin ravioli, quiche,
ramen, ratatouille, samosas, schnitzel, shakshuka, shepherd's pie, souvlaki, spanakopita, stuffed
peppers, tacos, tagine, tamales, tiramisu, tom yum, udon, wonton soup
"""
)
DRINKS: Final = _listed(
    """
apple juice, bitter lemon, buttermilk, cappuccino, cider, cocoa, cola, cranberry juice, earl
grey, elderflower cordial, ginger ale, grapefruit juice, green tea, horchata, iced coffee,
kefir, kombucha, lemonade, masala chai, mezcal, mint tea, oat milk, orange juice, oolong,
port, rooibos, root beer, sake, sherry, sparkling water, stout, tonic water, white tea
"""
)
SPORTS: Final = _listed(
    """
American football, athletics, baseball, basketball, biathlon, bobsleigh, boxing,
cross-country skiing, diving, dressage, field hockey, figure skating, football, gymnastics,
handball, high jump, hurling, ice dancing, javelin, karting, lacrosse, luge, netball, padel,
pole vault, rally driving, rugby league, shinty, ski jumping, softball, speed skating,
speedway, sumo, swimming, tennis, water polo, weightlifting, wrestling
"""
)
TITLE_BEGINNINGS: Final = tuple(
    """
Amber Ashen Blue Broken Burning Crimson Distant Drowned Electric Empty Endless Fallen Forgotten
Frozen Gentle Glass Golden Hidden Hollow Iron Last Little Lost Midnight Northern Paper Quiet
Restless Salt Scarlet Secret Seventh Silent Silver Sleeping Stolen Stubborn Thirteenth Velvet
Wandering Wild Winter
""".split()
)
TITLE_ENDINGS: Final = tuple(
    """
Archive Atlas Balcony Bridge Caravan Cathedral Chorus Compass Cartographer Diary Echo Elevator
Express Ferry Fountain Garden Harbour Horizon Hotel Island Kitchen Ladder Lantern Letter Library
Lighthouse Machine Meridian Mirror Museum Orchard Orchestra Parade Pianist Rehearsal River Sailor
Staircase Station Summer Telegram Tower Voyage Watchmaker Weather Window
""".split()
)
APPOINTMENTS: Final = _listed(
    """
allergy test, blood test, boiler inspection, chiropractor appointment, court hearing, dentist
appointment, dermatologist appointment, driving test, ear check-up, eye exam, eye test, farewell
party, graduation ceremony, haircut, hearing test, house viewing, job interview, knee surgery,
language exam, mortgage meeting, MRI scan, notary appointment, orthodontist appointment, parents'
evening, passport appointment, performance review, physio appointment, piano recital, piano exam,
root canal, school reunion, skin check, tax appointment, thesis defence, ultrasound scan,
vaccination appointment, vet appointment, visa interview, wedding rehearsal, X-ray
"""
)
PLANS: Final = _listed(
    """
assemble/assembling the new wardrobe, bake/baking a wedding cake, build/building a tree house,
build/building a raised flower bed, climb/climbing Mount Orrin, convert/converting the attic,
cycle/cycling along the coast, declutter/decluttering the garage, digitise/digitising our old
photos, do/doing a pottery course, do/doing a silent retreat, enter/entering a chess tournament,
fix/fixing the fence, give/giving up sugar, hike/hiking the ridge trail, host/hosting a garden
party, insulate/insulating the roof, join/joining a choir, lay/laying a new patio, learn/learning
to sail, learn/learning sign language, make/making my own cheese, open/opening a savings account,
organise/organising a street party, paint/painting the hallway, plant/planting an orchard,
publish/publishing a cookbook, put/putting up a greenhouse, record/recording a demo, redo/redoing
the bathroom, rent/renting a houseboat, repaint/repainting the kitchen, replace/replacing the
boiler, restore/restoring the old motorbike, row/rowing across the lake, run/running a half
marathon, run/running a marathon, sand/sanding the floorboards, sell/selling the caravan,
sew/sewing new curtains, sign/signing up for a first aid course, sit/sitting the theory exam,
sleep/sleeping under the stars, sort/sorting out the cellar, start/starting a blog, start/starting
a compost heap, start/starting a vegetable garden, swim/swimming across the bay, take/taking a
cooking class, take/taking dancing lessons, tile/tiling the shower, trek/trekking through the
valley, try/trying paragliding, volunteer/volunteering at the shelter, walk/walking the pilgrim
route, wallpaper/wallpapering the bedroom, write/writing a screenplay
"""
)
PET_KINDS: Final = _listed(
    """
budgie, cat, cockatiel, dog, ferret, gecko, goldfish, guinea pig, hamster, hedgehog, iguana,
kitten, parrot, pony, puppy, rabbit, rat, snake, tortoise, turtle
"""
)
MAIL_DOMAINS: Final = (
    "brightmail.example", "fastpost.example", "inbox.example", "letterbox.example",
    "mailhaven.example", "postbox.example", "quickmail.example", "webpost.example",
)  # fmt: skip
