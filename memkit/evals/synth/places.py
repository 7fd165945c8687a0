"""Places, employers and schools to draw from: some real, most made of parts."""

from __future__ import annotations

from typing import Final

TOWN_BEGINNINGS: Final = tuple(
    """
Abber Alder Amer Arden Astel Bal Barrow Bel Berin Bram Brock Cadel Carra Castel Corven Dal Darrow
Dun Elden Ester Fal Fenn Ferren Garra Glen Grau Halden Harro Hol Ilver Jarro Kal Kir Lan Lenn Lor
Mar Merrin Mol Nar Nessel Nor Olden Orl Ost Pel Penn Quar Ram Ravel Rosen Sal Selk Stav Stel Tarn
Tel Thorn Tor Ulver Val Ver Vil Wald Wen Wester Winder Yarrow Zar
""".split()
)
TOWN_ENDINGS: Final = tuple(
    """
aro berg borg bridge brook burg bury by combe dal denza dorf esti field ford garde grove ham haven
heim holm hurst ida igny ingen isto kirk land leigh mere minster mouth nau ona onne ora oso pool
port quay sea stad stead ten thorpe ton trup una valle via vik ville voort wick worth
""".split()
)
TOWN_LEADS: Final = ("Port", "San", "Upper", "Old", "Saint", "New", "Little", "Monte")
CITIES: Final = tuple(
    """
Aachen, Aarhus, Aberdeen, Adelaide, Alicante, Almaty, Ankara, Antwerp, Asheville, Athens,
Auckland, Baku, Baltimore, Bari, Basel, Belfast, Bergen, Bilbao, Bogota, Boise, Bologna, Bordeaux,
Brisbane, Bristol, Brno, Bucharest, Budapest, Cadiz, Calgary, Cardiff, Chennai, Christchurch,
Cologne, Cordoba, Cork, Cusco, Dakar, Darwin, Denver, Dresden, Dublin, Duluth, Dundee, Edmonton,
Eindhoven, Exeter, Faro, Gdansk, Geneva, Genoa, Ghent, Glasgow, Gothenburg, Granada, Graz, Haifa,
Halifax, Hamburg, Hanoi, Helsinki, Hobart, Innsbruck, Izmir, Jaipur, Kampala, Katowice, Kazan,
Kobe, Krakow, Kyoto, La Paz, Leeds, Leipzig, Leuven, Lille, Lima, Linz, Ljubljana, Lyon, Madison,
Malaga, Malmo, Manaus, Marseille, Medellin, Memphis, Milwaukee, Montevideo, Mumbai, Munich,
Nairobi, Nantes, Naples, Nashville, New Orleans, Norwich, Nuremberg, Oaxaca, Odense, Omaha, Osaka,
Ottawa, Oulu, Oviedo, Padua, Palermo, Perth, Pisa, Plovdiv, Plymouth, Portland, Porto, Poznan,
Pune, Quebec, Quito, Raleigh, Reykjavik, Riga, Rosario, Rotterdam, Salamanca, Salzburg, San Diego,
Santiago, Sapporo, Seattle, Seville, Sheffield, Skopje, Sofia, Split, Stavanger, Strasbourg,
Stuttgart, Swansea, Sydney, Tallinn, Tampere, Tartu, Tbilisi, Toledo, Toulouse, Trieste,
Trondheim, Tucson, Tunis, Turin, Uppsala, Utrecht, Valencia, Valparaiso, Vancouver, Varna, Verona,
Vienna, Vilnius, Warsaw, Wellington, Winnipeg, Wroclaw, Yerevan, York, Zagreb, Zaragoza, Zurich
""".replace("\n", " ")
    .strip()
    .split(", ")
)
COUNTRIES: Final = tuple(
    """
Albania, Argentina, Armenia, Bhutan, Bolivia, Botswana, Bulgaria, Cambodia, Cameroon, Chile,
Colombia, Costa Rica, Croatia, Cuba, Cyprus, Ecuador, Egypt, Estonia, Ethiopia, Fiji, Finland,
Ghana, Greenland, Guatemala, Iceland, India, Indonesia, Jamaica, Japan, Jordan, Kenya, Laos,
Latvia, Lebanon, Lithuania, Madagascar, Malawi, Malaysia, Malta, Mauritius, Mexico, Mongolia,
Montenegro, Morocco, Mozambique, Namibia, Nepal, New Zealand, Nicaragua, Norway, Oman, Panama,
Paraguay, Peru, Romania, Rwanda, Senegal, Serbia, Slovenia, South Korea, Sri Lanka, Taiwan,
Tanzania, Thailand, Tunisia, Turkey, Uganda, Uruguay, Vietnam, Zambia, Zimbabwe
""".replace("\n", " ")
    .strip()
    .split(", ")
)
NATIONALITIES: Final = tuple(
    """
Albanian, Argentinian, Armenian, Australian, Austrian, Bolivian, Brazilian, Bulgarian, Cambodian,
Canadian, Chilean, Colombian, Croatian, Cuban, Cypriot, Danish, Dutch, Ecuadorian, Egyptian,
Estonian, Ethiopian, Finnish, Georgian, Ghanaian, Greek, Guatemalan, Hungarian, Icelandic,
Indonesian, Iranian, Irish, Jamaican, Jordanian, Kenyan, Latvian, Lebanese, Lithuanian, Malaysian,
Maltese, Mexican, Moldovan, Moroccan, Nepali, Nigerian, Norwegian, Peruvian, Polish, Portuguese,
Romanian, Scottish, Senegalese, Serbian, Slovak, Slovenian, South African, Sri Lankan, Swiss,
Taiwanese, Tunisian, Turkish, Ukrainian, Uruguayan, Vietnamese, Welsh
""".replace("\n", " ")
    .strip()
    .split(", ")
)
FIRM_NAMES: Final = tuple(
    """
Alderway Amberline Arclight Ashgrove Bellweather Blackfen Bluequarry Brightwater Broadoak
Calderstone Camberwick Cedarpoint Clearmont Cobalt Copperleaf Crestfall Dovetail Driftwood
Eastmere Elmhurst Everfield Fairlight Falconer Fernhill Firestone Foxglove Gladstone Glasswing
Goldcrest Greenmantle Greywell Halcyon Hartwell Hawthorne Heronsgate Highmoor Hollowbrook
Ironbridge Ivybank Juniper Keystone Kingfisher Lakeview Larkspur Lighthouse Longmeadow Lumen
Marchbank Meridian Millstone Moonraker Moorland Nightjar Nordlund Northwind Oakhollow Opaline
Orchard Palisade Peregrine Pinecrest Quarterlight Quillfeather Ravenscroft Redcliff Ridgeway
Rookwood Saltmarsh Sandpiper Silverthread Skylark Southgate Starling Stonebridge Summerfield
Sunhaven Swiftwater Tallgrass Thistledown Tidewater Timberline Underhill Valehaven Verdant
Wavecrest Westbrook Whitlock Wildflower Willowbank Windermere Winterbourne Woodlark Yellowstone
""".split()
)
FIRM_KINDS: Final = tuple(
    """
Logistics, Press, Labs, Foods, Analytics, Architects, Bakery, Insurance, Energy, Textiles,
Robotics, Clinic, Media, Motors, Pharma, Records, Studios, Systems, Travel, Brewing, Hospital,
Partners, Dairy, Publishing, Electronics, Optics
""".replace("\n", " ")
    .strip()
    .split(", ")
)
SCHOOL_KINDS: Final = (
    "{} College", "{} University", "the University of {}", "{} High School", "{} Academy",
    "{} Art School", "{} Grammar", "{} Technical College", "{} Polytechnic", "{} Business School",
)  # fmt: skip
