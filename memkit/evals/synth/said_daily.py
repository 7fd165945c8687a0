"""How people talk about home, work, belongings and plans. As in `said_self`."""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, str]] = {
    "home": """
I live in {value}.
I'm based in {value} these days.
I'm living in {value} at the moment.
We rent a small flat in {value}, third floor, no lift.
My place is in {value}, right by the station.
I've been living in {value} for ages.
Home for me is {value}.
Living in {value} means I hardly ever need an umbrella.
I live just outside the centre of {value}.
My flat in {value} is tiny but I can see the hills.
I reside in {value}.
""",
    "job": """
I work as {a_value}.
I'm {a_value}.
I'm {a_value} by profession.
My job is {a_value}, so yes, I get up early.
I'm working as {a_value} at the moment.
I earn my living as {a_value}.
I've been {a_value} for years.
Being {a_value} is harder than it looks, my back can tell you.
What do I do? I'm {a_value}.
They hired me as {a_value} and that's still what I do.
""",
    "employer": """
I work for {value}.
I work at {value}.
I'm employed at {value}.
I'm with {value} these days.
My employer is {value}.
I've been working at {value} for a while now.
My boss at {value} wants the report by Monday.
I have a desk job at {value}.
The company I work for is called {value}.
Five days a week I'm at {value}, that's where I work.
""",
    "school": """
I go to {value}.
I study at {value}.
I'm a student at {value}.
I'm enrolled at {value}.
I'm doing an evening degree at {value}.
I'm in my second year at {value}.
I take evening classes at {value}.
My school is {value}.
I have a place at {value} and lectures every day.
""",
    "commute": """
My commute is {value}.
My commute takes {value} each way.
It takes me {value} to get to work.
I commute {value} {mode} every day.
I need {value} to get to the office {mode}.
Getting to work takes me {value} {mode}.
I spend {value} on my way to work.
Door to door it's {value} from my place to the office.
I'm on the road for {value} before I get to my desk each day.
""",
    "salary": """
I earn {value} a year.
I make {value} a year.
My salary is {value} a year.
They pay me {value} a year.
I'm on {value} a year before tax.
My annual salary is {value}.
My pay is {value} a year, not great.
For the loan form: I earn {value} per year.
Salary-wise I'm at {value} a year.
""",
    "car": """
I drive {a_value}.
My car is {a_value}.
I've got {a_value}, it's older than my first phone.
I have a car, {a_value}.
My {value} is at the garage again.
I drive to work in my {value}.
The car? It's {a_value}.
I get around in {a_value} that rattles a bit.
There's {a_value} parked outside, that's mine.
""",
    "owns": """
I own {a_value}.
I have {a_value}.
I've got {a_value} in the shed.
I bought {a_value} {when}.
I bought myself {a_value}.
My {value} is still going strong.
I treated myself to {a_value} {when}.
I'm the proud owner of {a_value}.
I couldn't resist and ordered {a_value}, it arrived this morning.
""",
    "price": """
I paid {value} for the {thing}.
The {thing} cost me {value}.
The {thing} was {value}.
I bought the {thing} for {value}.
I spent {value} on the {thing}.
I got the {thing} for {value}.
They charged me {value} for the {thing}.
The {thing} set me back {value}.
The bill for the {thing} came to {value}.
""",
    "instrument": """
I play the {value}.
I play the {value} in a small band.
I've been playing the {value} for ten years.
I'm learning to play the {value}.
I'm learning the {value}.
I practise the {value} every evening, sorry neighbours.
I took up the {value} {when}.
My instrument is the {value}.
I have {value} lessons every week, I'm getting better at it.
""",
    "hobby": """
My hobby is {value}.
My main hobby is {value}.
I've taken up {value}.
In my spare time I'm into {value}. ~ like
I got into {value} {when}.
{value} is my hobby.
As hobbies go, {value} is mine.
I started {value} {when}, it's good for my head.
{value} is what I do in my free time.
When I'm not working you'll find me doing some {value}.
""",
    "visited": """
I've been to {value}.
I visited {value} {when}.
I went to {value} {when}.
We spent a week in {value} {when}.
I've visited {value} and would go again.
I travelled to {value} {when}.
I was in {value} on holiday {when}.
I took a trip to {value} {when}.
I've seen {value} with my own eyes, I was there {when}.
""",
    "appointment": """
My {noun} is {on}.
I have {a_noun} {on}.
I've got {a_noun} {on}.
There's {a_noun} in my diary for {bare}.
I booked {a_noun} for {bare}.
I have to be at my {noun} {on}, no way around it.
They gave me {bare} for the {noun}.
My {noun} is scheduled for {bare}.
They put me down for {a_noun} {on}.
""",
    "plan": """
I'm going to {value} {when}.
I'm planning to {value} {when}.
{when} I'll {value}.
I plan to {value} {when}.
My plan is to {value} {when}.
I've decided to {value} {when}.
We're {gerund} {when}, it's settled.
I will {value} {when}, promise.
I'm {gerund} {when}, everything is booked.
""",
}
