"""A third of the ways to say each thing, apart from the others.

Whoever writes an extractor should not read this file: what it finds here is how well it reads
people it has not met. Format as in `said_self`.
"""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, str]] = {
    "name": """
The name's {value}, nice to meet you.
I go by {value}.
{value} here, do you have a minute?
Before we start: my name is spelled like it sounds, {value}.
""",
    "age": """
I'll be honest, I'm already {words}.
{value} years old and still no idea what I want to be.
I turned {value} this year.
I've reached the ripe old age of {value}.
""",
    "birthday": """
I celebrate my birthday on {md}.
I was born on {the}, so guess my star sign.
Mark your calendar, {dm} is my birthday.
My birthday falls on {md}.
""",
    "birthplace": """
I came into the world in {value}.
Born in {value}, I left before I could walk.
My place of birth is {value}.
When my parents still lived abroad I was born, in {value} of all places.
""",
    "hometown": """
{value} is where I grew up.
I hail from {value}.
Originally I come from {value}.
I'm a {value} kid, grew up there until I was eighteen.
""",
    "nationality": """
Nationality: {value}.
I was born {value} and I'll stay {value}.
My papers are all {value}, so that's my nationality.
I travel on a {value} passport.
""",
    "religion": """
I belong to a {value} family and I'm {value} myself.
When it comes to religion I'm {value}.
I'm {value}, though I skip the services more than I should.
My faith is {value}.
""",
    "marital status": """
I've been {value} since last year, so tick that box.
My marital status is {value}.
Officially I'm {value}.
Yes, I am {value}, why do you ask?
""",
    "height": """
I stand {value} tall.
Last time I checked I was {value} tall.
For the bike frame: my height is {value}.
At {value} I can just about reach the top shelf.
""",
    "weight": """
I come in at {value}.
My current weight is {value}.
For the dosage you need my weight, it's {value}.
I stepped on the scales this morning: {value}.
""",
    "phone": """
You can reach me at {value}.
Give me a ring, it's {value}.
I'm reachable on {value} after six.
Save my number, {value}.
""",
    "email": """
Drop me a line at {value}.
Send it to {value}, that's my address.
Mail goes to {value}, I check it daily.
My inbox is {value}, send away.
""",
    "language": """
{value} is my first language.
I picked up {value} as a child and still speak it.
We can switch to {value} if you like, I speak it well.
At home I talk {value} with my parents.
Besides English I speak {value}.
""",
    "diet": """
I keep {value}.
My diet is {value}.
I stick to {value} food these days.
Food-wise I'm {value}.
""",
    "allergy": """
I break out in hives from {value}, it's a proper allergy.
Keep {value} away from me, I'm allergic.
The doctor says I have an allergy to {value}.
One thing to know before you cook: I'm allergic to {value}.
My body and {value} don't get along, I'm allergic.
""",
    "like": """
I've got a soft spot for {value}.
I'm crazy about {value}.
What I like most on a day off is {value}.
{value}, that's what I really love.
I can't resist {value}.
""",
    "dislike": """
I can't bear {value}.
I have no patience for {value}, I really hate it.
{value} and I will never be friends, I just don't like it.
I loathe {value}.
""",
    "favourite": """
The {thing} I like best is {value}, it's my {favourite}.
When people ask about my {favourite} {thing} I say {value}.
No {thing} comes close to {value}, my {favourite}.
For me it's {value}, my {favourite} {thing} by a mile.
""",
    "home": """
Me? I'm over in {value}, been living there since forever.
I call {value} home.
{value} is where I live.
We're settled in {value}, the whole household.
I reside in {value}.
""",
    "job": """
I make my living as {a_value}.
My profession is {value}, in case that matters.
As {a_value} I spend most of the day on my feet.
Professionally I'm {a_value}.
They hired me as {a_value} and that's still what I do.
""",
    "employer": """
I'm on the payroll at {value}.
{value} is where I work.
{value} employs me, for better or worse.
My job at {value} keeps me busy.
Five days a week I'm at {value}, that's where I work.
""",
    "school": """
I attend {value}.
{value} is where I study.
I'm doing my master's at {value}.
I have a place at {value} and lectures every day.
""",
    "commute": """
The trip to work takes {value}.
It's {value} {mode} between home and my office.
Every morning I travel {value} {mode} to work.
I'm on the road for {value} before I get to my desk each day.
""",
    "salary": """
I get {value} per year.
My yearly income is {value}.
I take home {value} a year.
Salary-wise I'm at {value} a year.
""",
    "car": """
I'm driving {a_value} these days.
We get around in our {value}, that's my car.
I own a car, it's {a_value}.
There's {a_value} parked outside, that's mine.
""",
    "owns": """
I recently got hold of {a_value}.
There's {a_value} in my garage, all mine.
I picked up {a_value} second-hand {when}.
I couldn't resist and ordered {a_value}, it arrived this morning.
""",
    "price": """
{value} I paid for the {thing}, can you believe it?
I handed over {value} for the {thing}.
We ended up paying {value} for the {thing}.
The bill for the {thing} came to {value}.
""",
    "instrument": """
I'm a pretty decent {value} player.
I've played the {value} since I was eight.
Music-wise, my thing is the {value}, I play it every day.
I have {value} lessons every week, I'm getting better at it.
""",
    "hobby": """
I do a lot of {value} in my spare time.
Lately I've been getting into {value}.
My weekends are all about {value}.
{value} keeps me sane after work, it's my favourite pastime.
When I'm not working you'll find me doing some {value}.
""",
    "visited": """
We were in {value} {when}.
I flew to {value} {when}.
I spent my holidays in {value} {when}.
I've seen {value} with my own eyes, I was there {when}.
""",
    "appointment": """
{noun} {on}, wish me luck.
I'm due for my {noun} {on}.
My calendar says {noun} {on}.
I managed to get a slot for my {noun}, it's {on}.
They put me down for {a_noun} {on}.
""",
    "plan": """
We've made up our minds: we'll {value} {when}.
I'm set on {gerund} {when}.
I intend to {value} {when}.
{when} I'm finally going to {value}.
I'm {gerund} {when}, everything is booked.
""",
    "partner": """
I'm with {value}, we've been together for years.
I share the flat with {value}, my {role}.
{value} and I are together.
The love of my life is called {value}.
I've been seeing {value} for a while now, yes, we're a couple.
""",
    "child": """
Our {kind}, {value}, is growing up so fast.
I'm picking up {value}, my {kind}, from nursery.
I've got a {kind} and {his} name is {value}.
As the parent of {value}, my {kind}, I never sleep in.
That's my {kind} in the photo, {value}.
""",
    "sibling": """
There's also my {kind}, {value}.
I share a birthday cake with my {kind} {value} every year.
My {kind} goes by {value}.
I grew up with my {kind} {value} in one bedroom.
That was my {kind} on the phone, {value}.
""",
    "parent": """
My {word} goes by {value}.
The name of my {kind} is {value}.
I had lunch with my {word}, {value}, today.
That's my {word} in the picture, {value}.
""",
    "friend": """
I'm meeting up with {value}, a friend of mine.
{value}, my best friend, is always late.
My oldest friend is {value}.
I've known my friend {value} for half my life.
""",
    "pet": """
The {kind}'s name is {value}, and {he} belongs to me.
We brought home a {kind} {when} and called {him} {value}.
I share my sofa with my {kind} {value}.
That's {value}, my {kind}, snoring in the background.
My {kind} answers to {value}, at least sometimes.
""",
    "kin home": """
My {kin} {name} calls {value} home.
{value} is where my {kin} {name} lives.
I rang my {kin} {name}, {he} lives in {value} these days.
My {kin}, whose name is {name}, is living in {value}.
""",
    "kin job": """
My {kin} {name} makes {his} living as {a_value}.
My {kin}, {name}, has been {a_value} for years.
I asked my {kin} {name}, {he}'s {a_value} after all.
Did you know that my {kin} {name} is {a_value}? Well, {he} is.
""",
    "unnamed kin home": """
My {kin} calls {value} home.
My {kin} has been living in {value} for years.
{value} is where my {kin} lives.
Home for my {kin} is {value}.
""",
    "friend home": """
{name} is based in {value}.
{name} calls {value} home.
{name} relocated to {value} {when}.
{name}, by the way, lives in {value}.
""",
}
