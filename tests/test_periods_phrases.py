"""What people say of time in statements, and the days that are meant.

Each row is a statement with the phrase in brackets, said on Wednesday 15 May 2024 at noon, and the
days by the meaning of the words: "2024-05" and "2024" are a whole month and year, "A/B" the first
and the last day, "A/" and "/B" open, "~" approximate, "?" a time that the words alone do not tell.
"""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta

import pytest

from memkit.periods import Phrase, phrases

NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)

ENGLISH = (
    # days
    ("I went hiking [yesterday].", "2024-05-14"),
    ("[Today] was long and loud.", "2024-05-15"),
    ("We are having friends over [tonight].", "2024-05-15"),
    ("The plumber comes [tomorrow].", "2024-05-16"),
    ("I fly out [the day after tomorrow].", "2024-05-17"),
    ("She called [the day before yesterday].", "2024-05-13"),
    ("I burnt the toast [this morning].", "2024-05-15"),
    ("I hardly slept [last night].", "2024-05-14"),
    ("He rang [yesterday evening] and hung up.", "2024-05-14"),
    ("[Tomorrow morning at 9:30] I see the dentist.", "2024-05-16"),
    ("We spoke [at 5 pm yesterday].", "2024-05-14"),
    ("I saw Clara [three days ago].", "2024-05-12"),
    ("The parcel should be here [in three days].", "2024-05-18"),
    ("We got the keys [ten days ago].", "2024-05-05"),
    ("[Twenty-one days ago] I quit smoking.", "2024-04-24"),
    ("They are back [in ninety-nine days].", "2024-08-22"),
    ("I spoke to her [an hour ago].", "2024-05-15"),
    ("The match was [36 hours ago].", "2024-05-14"),
    # weeks
    ("[Two weeks ago] we moved in.", "~2024-04-28/2024-05-04"),
    ("I adopted a cat [a fortnight ago].", "~2024-04-28/2024-05-04"),
    ("[A week ago] I was still in Rome.", "~2024-05-05/2024-05-11"),
    ("I had a cold [last week].", "2024-05-06/2024-05-12"),
    ("The course starts [next week].", "2024-05-20/2024-05-26"),
    ("[This week] I am on call.", "2024-05-13/2024-05-19"),
    ("We drove to the coast [this past weekend].", "2024-05-11/2024-05-12"),
    ("[Last weekend] was the flea market.", "2024-05-11/2024-05-12"),
    ("We hosted my parents [the weekend before last].", "2024-05-04/2024-05-05"),
    ("My exam is [the week after next].", "2024-05-27/2024-06-02"),
    ("I'm painting the fence [this weekend].", "2024-05-18/2024-05-19"),
    ("We met [the week of 9 June].", "2023-06-05/2023-06-11"),
    ("The leave begins [in two weeks].", "~2024-05-26/2024-06-01"),
    ("She is due [in about a month].", "~2024-05-31/2024-06-30"),
    ("The lease ends [a week from Friday].", "2024-05-24"),
    ("[Two weeks from now] I'm on a plane.", "~2024-05-26/2024-06-01"),
    # days of the week
    ("I met Tom [last Friday].", "2024-05-10"),
    ("I met Tom [on Friday].", "2024-05-10"),
    ("I'm meeting Tom [on Friday].", "2024-05-17"),
    ("[Next Tuesday] we sign the contract.", "2024-05-21"),
    ("[This Saturday] my brother gets married.", "2024-05-18"),
    ("The kettle broke [on Monday morning].", "2024-05-13"),
    ("The concert is [on Sunday at 8 pm].", "2024-05-19"),
    ("The choir met [last Saturday night].", "2024-05-11"),
    ("I will call you [Thursday].", "2024-05-16"),
    ("She left [the Friday before last].", "2024-05-03"),
    ("We play [on Thursday of next week].", "2024-05-23"),
    ("[On Sat] we went sailing.", "2024-05-11"),
    # months and years, counted
    ("We adopted Rex [a couple of months ago].", "~2024-02-29/2024-03-30"),
    ("[Last month] I changed jobs.", "2024-04"),
    ("[Next month] I turn forty.", "2024-06"),
    ("[This month] is tight.", "2024-05"),
    ("I started the piano [six months ago].", "~2023-10-31/2023-11-30"),
    ("I was in hospital [half a year ago].", "~2023-10-01/2023-12-30"),
    ("I moved here [a year and a half ago].", "~2022-10-01/2022-12-30"),
    ("She retired [three years ago].", "~2020-11-13/2021-11-14"),
    ("[A decade ago] this was a shipyard.", "~2013-05-15/2015-05-15"),
    ("[Last year] we lived in Ghent.", "2023"),
    ("[This year] I read more.", "2024"),
    ("[Next year] I retire.", "2025"),
    ("We bought the flat [the year before last].", "2022"),
    # months and years, named
    ("We married [in June].", "2023-06"),
    ("We are getting married [in June].", "2024-06"),
    ("I was there [in August 2022].", "2022-08"),
    ("[In May] I planted tomatoes.", "2024-05"),
    ("I started rowing [last September].", "2023-09"),
    ("We will be in Oslo [next February].", "2025-02"),
    ("The deal closed [in early July].", "~2023-07-01/2023-07-10"),
    ("It happened [in mid-2019].", "~2019-05-01/2019-08-31"),
    ("The roof leaked [in late 2021].", "~2021-09-01/2021-12-31"),
    ("Rent is due [at the end of the month].", "~2024-05-21/2024-05-31"),
    ("I got the job [at the beginning of March].", "~2024-03-01/2024-03-10"),
    ("He was here [in Dec. 2022].", "2022-12"),
    ("[March 2020] was when we all stayed home.", "2020-03"),
    ("I graduated [in 2019].", "2019"),
    ("My grandmother came over [in the 90s].", "1990-01-01/1999-12-31"),
    ("He was a mod [in the sixties].", "1960-01-01/1969-12-31"),
    ("They met [in the early 80s].", "~1980-01-01/1983-12-31"),
    # days of a month
    ("She was born [on 5 May 2023].", "2023-05-05"),
    ("[May 5th, 2023] was her first day.", "2023-05-05"),
    ("The form is dated [2023-05-05].", "2023-05-05"),
    ("We signed it [on 5/6/2023].", "2023-05-06"),
    ("We signed it [on 25/6/2023].", "2023-06-25"),
    ("I started [on the 7th of May].", "2024-05-07"),
    ("My visa runs out [on June 3].", "2024-06-03"),
    ("My birthday was [on the 5th].", "2024-05-05"),
    ("The results come [on the 20th].", "2024-05-20"),
    ("We fly [on Friday the 24th].", "2024-05-24"),
    ("[On Tuesday, June 6, 2023] I passed.", "2023-06-06"),
    ("We meet [on the first Monday of June].", "2024-06-03"),
    ("The vote was [on the last Sunday of April].", "2024-04-28"),
    ("[In the first week of April] I was in bed.", "2024-04-01/2024-04-07"),
    # from, to, since, until
    ("We hiked [from May 3 to May 5].", "2024-05-03/2024-05-05"),
    ("The fair runs [June 7-9].", "2024-06-07/2024-06-09"),
    ("I'm away [from the 20th to the 24th].", "2024-05-20/2024-05-24"),
    ("It rained [from January to March 2023].", "2023-01-01/2023-03-31"),
    ("I lived in Porto [from 2016 to 2019].", "2016-01-01/2019-12-31"),
    ("We lived abroad [between March 2020 and May 2021].", "2020-03-01/2021-05-31"),
    ("I was ill [from November to February].", "2023-11-01/2024-02-29"),
    ("I've known her [since 2019].", "2019-01-01/"),
    ("I have been vegan [since March].", "2024-03-01/"),
    ("He has been off sick [since Monday].", "2024-05-13/"),
    ("I taught there [until March].", "/2024-03-31"),
    ("I'm staying [until Friday].", "/2024-05-17"),
    ("Please pay [by June 1].", "/2024-06-01"),
    ("I sold it [before 2015].", "/2014-12-31"),
    ("We never spoke [after June 2022].", "2022-07-01/"),
    ("I've been learning German [for three years now].", "~2021-05-15/"),
    ("I've lived here [for two years].", "~2022-05-15/"),
    ("I've hardly slept [for the past three days].", "2024-05-12/2024-05-15"),
    ("I've read nine books [in the last two months].", "2024-03-15/2024-05-15"),
    ("I slept badly [over the past week].", "2024-05-08/2024-05-15"),
    ("[Over the next two weeks] I'm alone.", "2024-05-15/2024-05-29"),
    # seasons, quarters, feasts
    ("[Last summer] we cycled along the Loire.", "~2023-06-01/2023-08-31"),
    ("I'm taking sailing lessons [this summer].", "~2024-06-01/2024-08-31"),
    ("We met [in the summer of 2019].", "~2019-06-01/2019-08-31"),
    ("[Last fall] the kids started school.", "~2023-09-01/2023-11-30"),
    ("I broke my arm [last winter].", "~2023-12-01/2024-02-29"),
    ("Revenue doubled [in Q3].", "2023-07-01/2023-09-30"),
    ("The launch slipped to [Q3 2024].", "2024-07-01/2024-09-30"),
    ("We were in Vienna [at Christmas].", "2023-12-25"),
    ("[On New Year's Eve] we watched the fireworks.", "2023-12-31"),
    ("My aunt is cooking [on Thanksgiving].", "2024-11-28"),
    ("[Last Halloween] I went as a teapot.", "2023-10-31"),
    ("We hid eggs [at Easter].", "2024-03-31"),
    ("I proposed [on Valentine's Day].", "2024-02-14"),
    ("[Christmas 2021] was quiet.", "2021-12-25"),
    # what the words alone do not tell
    ("I broke my arm [when I was ten].", "?"),
    ("I smoked [a few years back].", "?"),
    ("I lived in Ghent [for three years].", "?"),
    ("[Someday] I want to see the fjords.", "?"),
    ("I have been tired [recently].", "?"),
    ("[The other day] I found a coin.", "?"),
    ("I lost it [a while ago].", "?"),
    ("[When I was a kid] we had goats.", "?"),
    ("[Every Friday] we eat fish.", "?"),
    ("[The next day] it snowed.", "?"),
    ("We left [two days later].", "?"),
    ("I used to smoke [in my twenties].", "?"),
)  # fmt: skip

SPANISH = (
    ("[Ayer] fui al médico.", "2024-05-14"),
    ("[Anteayer] llegó mi hermana.", "2024-05-13"),
    ("[Anoche] no dormí.", "2024-05-14"),
    ("[Pasado mañana] tengo dentista.", "2024-05-17"),
    ("[Mañana por la mañana] te llamo.", "2024-05-16"),
    ("[La semana pasada] cambié de trabajo.", "2024-05-06/2024-05-12"),
    ("[Este fin de semana] vienen mis padres.", "2024-05-18/2024-05-19"),
    ("Me mudo [el mes que viene].", "2024-06"),
    ("Nos vemos [el próximo viernes].", "2024-05-17"),
    ("Vi a Tomás [el viernes pasado].", "2024-05-10"),
    ("[Hace dos meses] adopté un perro.", "~2024-02-29/2024-03-30"),
    ("Llegué [hace veintiún días].", "2024-04-24"),
    ("Salimos [dentro de tres días].", "2024-05-18"),
    ("Nació [el 5 de mayo de 2023].", "2023-05-05"),
    ("Nos casamos [en junio de 2022].", "2022-06"),
    ("[A principios de julio] abrieron el bar.", "~2023-07-01/2023-07-10"),
    ("[El verano pasado] estuvimos en Galicia.", "~2023-06-01/2023-08-31"),
    ("[En Nochevieja] fuimos al puerto.", "2023-12-31"),
    ("Vivo aquí [desde 2019].", "2019-01-01/"),
    ("Estudio alemán [desde hace tres años].", "~2021-05-15/"),
    ("Trabajé allí [hasta marzo].", "/2024-03-31"),
    ("Vivimos en Quito [de 2016 a 2019].", "2016-01-01/2019-12-31"),
    ("Me rompí el brazo [cuando tenía diez años].", "?"),
)  # fmt: skip

GERMAN = (
    ("[Gestern Abend] hat es geregnet.", "2024-05-14"),
    ("[Vorgestern] war ich beim Arzt.", "2024-05-13"),
    ("[Morgen früh] rufe ich dich an.", "2024-05-16"),
    ("[Übermorgen] fliege ich nach Rom.", "2024-05-17"),
    ("[Letzten Freitag] habe ich Tom getroffen.", "2024-05-10"),
    ("[Am Wochenende] waren wir wandern.", "2024-05-11/2024-05-12"),
    ("[Nächsten Monat] werde ich vierzig.", "2024-06"),
    ("[Vor zwei Wochen] sind wir umgezogen.", "~2024-04-28/2024-05-04"),
    ("[Vor einundzwanzig Tagen] habe ich aufgehört.", "2024-04-24"),
    ("[Vor einem halben Jahr] war ich krank.", "~2023-10-01/2023-12-30"),
    ("[In drei Tagen] kommt das Paket.", "2024-05-18"),
    ("Der Termin ist [am 5. Juni].", "2024-06-05"),
    ("Sie ist [am 5. Mai 2023] geboren.", "2023-05-05"),
    ("Unterschrieben haben wir [am 5.6.2023].", "2023-06-05"),
    ("Wir haben [im Juni] geheiratet.", "2023-06"),
    ("[Anfang Juli] beginnt der Kurs.", "~2024-07-01/2024-07-10"),
    ("[Letzten Sommer] waren wir an der Ostsee.", "~2023-06-01/2023-08-31"),
    ("[An Silvester] waren wir in Graz.", "2023-12-31"),
    ("Ich wohne hier [seit 2019].", "2019-01-01/"),
    ("Ich bin [seit drei Jahren] Vegetarier.", "~2021-05-15/"),
    ("Ich habe dort [von 2016 bis 2019] gearbeitet.", "2016-01-01/2019-12-31"),
    ("[Als ich zehn war], hatten wir Ziegen.", "?"),
    ("[Neulich] habe ich eine Münze gefunden.", "?"),
)  # fmt: skip

FRENCH = (
    ("[Hier] je suis allée au marché.", "2024-05-14"),
    ("[Avant-hier] il a plu.", "2024-05-13"),
    ("[Demain matin] j'ai un rendez-vous.", "2024-05-16"),
    ("[Après-demain] je vois le dentiste.", "2024-05-17"),
    ("[La semaine prochaine] je pars à Lyon.", "2024-05-20/2024-05-26"),
    ("[Ce week-end] mes parents viennent.", "2024-05-18/2024-05-19"),
    ("[Le mois dernier] j'ai changé de travail.", "2024-04"),
    ("J'ai croisé Léa [vendredi dernier].", "2024-05-10"),
    ("Je l'ai vu [il y a trois jours].", "2024-05-12"),
    ("[Il y a vingt et un jours] j'ai arrêté.", "2024-04-24"),
    ("Le colis arrive [dans trois jours].", "2024-05-18"),
    ("Elle est née [le 5 mai 2023].", "2023-05-05"),
    ("Le magasin ferme [le 1er juin].", "2024-06-01"),
    ("Nous nous sommes mariés [en juin].", "2023-06"),
    ("[Début juillet], le cours a commencé.", "~2023-07-01/2023-07-10"),
    ("[L'été dernier], nous étions en Bretagne.", "~2023-06-01/2023-08-31"),
    ("[À Noël], nous étions chez ma tante.", "2023-12-25"),
    ("J'habite ici [depuis 2019].", "2019-01-01/"),
    ("J'apprends l'allemand [depuis trois ans].", "~2021-05-15/"),
    ("Je reste [jusqu'à vendredi].", "/2024-05-17"),
    ("J'ai vécu à Lille [de 2016 à 2019].", "2016-01-01/2019-12-31"),
    ("[Quand j'avais dix ans], on avait des chèvres.", "?"),
    ("[Récemment], j'ai trouvé une pièce.", "?"),
)  # fmt: skip

CHINESE = (
    ("我[昨天]去了医院。", "2024-05-14"),
    ("[前天]下雨了。", "2024-05-13"),
    ("[明天早上]我有课。", "2024-05-16"),
    ("我们[后天]出发。", "2024-05-17"),
    ("[上周五]我见了小王。", "2024-05-10"),
    ("[下周三]开会。", "2024-05-22"),
    ("[这个周末]我父母要来。", "2024-05-18/2024-05-19"),
    ("我[下个月]要去上海。", "2024-06"),
    ("[今年]我想学钢琴。", "2024"),
    ("[两个星期前]我们搬家了。", "~2024-04-28/2024-05-04"),
    ("我[三天前]见过他。", "2024-05-12"),
    ("[二十一天前]我戒了烟。", "2024-04-24"),
    ("我[半年前]住过院。", "~2023-10-01/2023-12-30"),
    ("快递[三天后]到。", "2024-05-18"),
    ("她出生于[2023年5月5日]。", "2023-05-05"),
    ("我们[六月]结婚了。", "2023-06"),
    ("[5月初]我感冒了。", "~2024-05-01/2024-05-10"),
    ("[去年夏天]我们在青岛。", "~2023-06-01/2023-08-31"),
    ("[去年圣诞节]我们在维也纳。", "2023-12-25"),
    ("我[自2019年以来]吃素。", "2019-01-01/"),
    ("我学德语[三年了]。", "~2021-05-15/"),
    ("我[从2016年到2019年]住在北京。", "2016-01-01/2019-12-31"),
    ("[我十岁的时候]摔断了胳膊。", "?"),
    ("[最近]我很累。", "?"),
)  # fmt: skip

EVERY = (*ENGLISH, *SPANISH, *GERMAN, *FRENCH, *CHINESE)

UNDATED = (
    "", "Nothing happened.", "May I march on Mars?", "I may come and March along.",
    "He sat in the sun.", "The fall hurt my second toe.", "I ate 5 Mars bars.",
    "Room 2019 is free.", "I paid 2000 euros for it.", "The 5th floor is closed.",
    "We sat on the 5th floor.", "Spring water, please.", "Her name is June.", "It took 3 days.",
    "He is the last man standing.", "It was my last week there.", "We march 5 miles.",
    "Give me a second.", "31 February 2023", "She is next in line.", "Day by day it grew.",
    "Ich bin hier.", "Guten Morgen!", "Der Fall ist klar.", "Das ist nicht mein Tag.",
    "Il a été malade.", "Mars est une planète.", "Une seconde, je reviens.",
    "Trabajo por la mañana.", "La segunda vez fue mejor.", "Put more mayo on it.",
    "我天天跑步。", "他很年轻。", "周先生来了。", "月亮很圆。", "我不明白。", "月曜日",
)  # fmt: skip


def unbracketed(row: str) -> tuple[str, int, int]:
    """The statement, and the characters [start, end) of the phrase."""
    start, end = row.index("["), row.index("]") - 1
    return row.replace("[", "").replace("]", ""), start, end


def meant(days: str) -> tuple[date | None, date | None, bool]:
    """(since, until, approximate) of the last column."""
    first, slash, last = days.removeprefix("~").partition("/")
    if not slash:
        last = first
    since = None if first in ("", "?") else date.fromisoformat((first + "-01-01")[:10])
    return since, _after(last), days.startswith("~")


def _after(last: str) -> date | None:
    if last in ("", "?"):
        return None
    year, month, day = (*map(int, last.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1]) + timedelta(days=1)


@pytest.mark.parametrize(("row", "days"), EVERY)
def test_a_phrase_is_found_and_resolved(row: str, days: str) -> None:
    text, start, end = unbracketed(row)
    since, until, approximate = meant(days)
    assert phrases(text, NOW) == [
        Phrase(start, end, text[start:end], since, until, approximate)
    ]  # fmt: skip
