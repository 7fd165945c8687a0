"""The same forms in other words, said in Tokyo half an hour before 2025 begins there.

The rows are written as in `test_periods_phrases`; Tuesday 31 December 2024 is the day.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from test_periods_phrases import meant, unbracketed

from memkit.periods import Phrase, phrases

NOW = datetime(2024, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=9)))

ENGLISH = (
    ("We landed [early yesterday morning].", "2024-12-30"),
    ("My sister texted [late last night].", "2024-12-30"),
    ("The clinic called [this afternoon].", "2024-12-31"),
    ("I called the plumber [two hours ago].", "2024-12-31"),
    ("I start work [the Monday after next].", "2025-01-13"),
    ("I saw him [two Fridays ago].", "2024-12-20"),
    ("We signed [on Friday, December 13th].", "2024-12-13"),
    ("The interview is [next Thursday at noon].", "2025-01-02"),
    ("I have a scan [a week from tomorrow].", "2025-01-08"),
    ("We'll be home [by the end of the week].", "~/2025-01-05"),
    ("[Earlier this week] I ran into Paul.", "~2024-12-30/2025-01-05"),
    ("I was sick most of [last week].", "2024-12-23/2024-12-29"),
    ("Mum came to stay [for the weekend].", "2024-12-28/2024-12-29"),
    ("I'll know more [the week after next].", "2025-01-13/2025-01-19"),
    ("The bakery closes [in a fortnight].", "~2025-01-11/2025-01-17"),
    ("The baby is due [in mid-March].", "~2025-03-11/2025-03-20"),
    ("The strike lasted [until mid-October].", "~/2024-10-20"),
    ("I quit [at the end of last month].", "~2024-11-21/2024-11-30"),
    ("I moved out [at the start of the year].", "~2024-01-01/2024-04-30"),
    ("I was promoted [last quarter].", "2024-07-01/2024-09-30"),
    ("My passport expires [in November 2026].", "2026-11"),
    ("[Thirty-five years ago] the wall came down.", "~1989-07-01/1990-07-02"),
    ("We bought it [back in 2009].", "2009"),
    ("I was in Peru [throughout 2018].", "2018"),
    ("They toured [in the late 1970s].", "~1977-01-01/1979-12-31"),
    ("Grandpa served [from '62 to '65].", "1962-01-01/1965-12-31"),
    ("I was born [on the 14th of February 1990].", "1990-02-14"),
    ("The warranty ran out [on 11/12/2024].", "2024-11-12"),
    ("The warranty ran out [on 2024/11/12].", "2024-11-12"),
    ("My flight leaves [at 6:45 am on January 3].", "2025-01-03"),
    ("The gym reopens [on January 2nd].", "2025-01-02"),
    ("The exam is [on the 15th of next month].", "2025-01-15"),
    ("My parents are visiting [the first weekend of February].", "2025-02-01/2025-02-02"),
    ("I'm off [between the 2nd and the 6th].", "2025-01-02/2025-01-06"),
    ("It snowed [from Friday to Sunday].", "2024-12-27/2024-12-29"),
    ("The lease runs [from 1 February 2025 to 31 January 2026].", "2025-02-01/2026-01-31"),
    ("I've been on this diet [for six weeks].", "~2024-11-19/"),
    ("I have been jogging [for a month now].", "~2024-11-30/"),
    ("We've been together [since the summer of 2015].", "~2015-06-01/"),
    ("I haven't smoked [since New Year's].", "2024-01-01/"),
    ("She was hired [in the spring].", "~2024-03-01/2024-05-31"),
    ("[In the summer of '99] I hitchhiked to Greece.", "~1999-06-01/1999-08-31"),
    ("He retired [the summer before last].", "~2023-06-01/2023-08-31"),
    ("I joined the choir [in the autumn of last year].", "~2023-09-01/2023-11-30"),
    ("We got engaged [on Christmas Eve].", "2024-12-24"),
    ("He broke his leg [on Boxing Day].", "2024-12-26"),
    ("We closed the shop [on New Year's Day 2021].", "2021-01-01"),
    ("She'll visit [over Easter].", "2025-04-20"),
    ("He had surgery [the week before Christmas].", "2024-12-18/2024-12-24"),
    ("They arrive [the day after New Year's Day].", "2025-01-02"),
    ("We split up [a few months ago].", "?"),
    ("We go skiing [every winter].", "?"),
    ("I was on that diet [for six weeks].", "?"),
    ("[One day] I will learn to sail.", "?"),
    ("They adopted her [when she was four].", "?"),
    ("I ran my first marathon [at the age of forty].", "?"),
    ("We met again [years later].", "?"),
)  # fmt: skip

SPANISH = (
    ("[Esta mañana] perdí el tren.", "2024-12-31"),
    ("El médico me ve [pasado mañana].", "2025-01-02"),
    ("[El lunes pasado] hubo huelga.", "2024-12-30"),
    ("Estaré fuera [hasta el viernes].", "/2025-01-03"),
    ("La boda es [el 14 de febrero].", "2025-02-14"),
    ("Me operaron [a mediados de mayo].", "~2024-05-11/2024-05-20"),
    ("El contrato termina [en noviembre de 2026].", "2026-11"),
    ("[El próximo año] nos mudamos.", "2025"),
    ("Nos conocimos [hace veinte años].", "~2004-07-01/2005-07-02"),
    ("Trabajo aquí [desde el 3 de marzo de 2021].", "2021-03-03/"),
    ("[En otoño] fuimos a Lisboa.", "~2024-09-01/2024-11-30"),
    ("[En los años 80] vivíamos en Lima.", "1980-01-01/1989-12-31"),
    ("[Hace unos meses] cambié de banco.", "?"),
    ("[Los lunes] voy a yoga.", "?"),
)  # fmt: skip

GERMAN = (
    ("[Heute Morgen] war ich joggen.", "2024-12-31"),
    ("[Am 3. Januar] habe ich einen Termin.", "2025-01-03"),
    ("Er kommt [nächsten Dienstag um 17 Uhr].", "2025-01-07"),
    ("Ich bleibe [bis Freitag].", "/2025-01-03"),
    ("[Nächste Woche] fahren wir nach Wien.", "2025-01-06/2025-01-12"),
    ("[Mitte Mai] wurde ich operiert.", "~2024-05-11/2024-05-20"),
    ("[Letztes Jahr] waren wir in Rom.", "2023"),
    ("[2012] haben wir geheiratet.", "2012"),
    ("[In den 80er Jahren] wohnten wir in Köln.", "1980-01-01/1989-12-31"),
    ("Ich arbeite dort [seit dem 1. März 2021].", "2021-03-01/"),
    ("[Im Herbst 2022] zog sie um.", "~2022-09-01/2022-11-30"),
    ("[Zu Weihnachten] gab es Gans.", "2024-12-25"),
    ("[Vor ein paar Wochen] ist er ausgezogen.", "?"),
    ("[Jeden Montag] gehe ich schwimmen.", "?"),
)  # fmt: skip

FRENCH = (
    ("[Ce matin] j'ai raté le train.", "2024-12-31"),
    ("Le concert est [demain soir à 20h30].", "2025-01-01"),
    ("[Lundi prochain] nous partons.", "2025-01-06"),
    ("[Le 3 janvier] j'ai rendez-vous.", "2025-01-03"),
    ("Il reste [jusqu'au 15 janvier].", "/2025-01-15"),
    ("[Le week-end dernier] il a neigé.", "2024-12-28/2024-12-29"),
    ("[À la mi-mai] on m'a opéré.", "~2024-05-11/2024-05-20"),
    ("Nous avons vécu à Gand [de mars à juin 2020].", "2020-03-01/2020-06-30"),
    ("[L'année dernière] nous étions à Rome.", "2023"),
    ("[Dans les années 80] on habitait à Nice.", "1980-01-01/1989-12-31"),
    ("Je travaille là [depuis le 1er mars 2021].", "2021-03-01/"),
    ("[À l'automne 2022] elle a déménagé.", "~2022-09-01/2022-11-30"),
    ("[Il y a quelques semaines] il a déménagé.", "?"),
    ("[Tous les lundis] je nage.", "?"),
)  # fmt: skip

CHINESE = (
    ("[今天下午]我去了银行。", "2024-12-31"),
    ("[大后天]是她的生日。", "2025-01-03"),
    ("[一月三号]我要看牙医。", "2025-01-03"),
    ("我待[到周五]。", "/2025-01-03"),
    ("[上个周末]下雪了。", "2024-12-28/2024-12-29"),
    ("[下周]我们去成都。", "2025-01-06/2025-01-12"),
    ("[再过两个星期]就放假了。", "~2025-01-11/2025-01-17"),
    ("[五月中旬]我做了手术。", "~2024-05-11/2024-05-20"),
    ("[今年年初]我换了工作。", "~2024-01-01/2024-04-30"),
    ("[前年]我们去过罗马。", "2022"),
    ("[2022年秋天]她搬家了。", "~2022-09-01/2022-11-30"),
    ("[上世纪八十年代]我们住在上海。", "1980-01-01/1989-12-31"),
    ("我[从2021年3月开始]在这里工作。", "2021-03-01/"),
    ("[几个星期前]他搬走了。", "?"),
    ("[每周一]我去游泳。", "?"),
)  # fmt: skip


@pytest.mark.parametrize(("row", "days"), (*ENGLISH, *SPANISH, *GERMAN, *FRENCH, *CHINESE))
def test_a_phrase_is_found_and_resolved(row: str, days: str) -> None:
    text, start, end = unbracketed(row)
    since, until, approximate = meant(days)
    assert phrases(text, NOW) == [Phrase(start, end, text[start:end], since, until, approximate)]
