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
Hello! I'm {value}.
My name, by the way, is {value}.
""",
    "age": """
I'll be honest, I'm already {words}.
{value} years old and still no idea what I want to be.
I turned {value} this year.
I'm only {value}.
I am {value} years of age.
""",
    "birthday": """
I celebrate my birthday on {md}.
I was born on {the}, so guess my star sign.
Mark your calendar, {dm} is my birthday.
My birthday is {md}, don't forget.
I was born on {dm}.
""",
    "birthplace": """
I came into the world in {value}.
Born in {value}, I left before I could walk.
My place of birth is {value}.
I was born in {value}, in the middle of winter.
Born and raised in {value}, that's me. ~ hometown
""",
    "hometown": """
{value} is where I grew up.
I hail from {value}.
Originally I come from {value}.
I grew up in {value}, by the way.
I come from {value} originally.
""",
    "nationality": """
Nationality: {value}.
I was born {value} and I'll stay {value}.
My papers are all {value}, so that's my nationality.
I am {value}, by the way.
My passport is {value}.
""",
    "religion": """
I belong to a {value} family and I'm {value} myself.
When it comes to religion I'm {value}.
I'm {value}, though I skip the services more than I should.
I'm a {value}.
My religion is {value}.
""",
    "marital status": """
I've been {value} since last year, so tick that box.
My marital status is {value}.
Officially I'm {value}.
I'm {value}, by the way.
I am currently {value}.
""",
    "height": """
I stand {value} tall.
Last time I checked I was {value} tall.
For the bike frame: my height is {value}.
I'm about {value} tall.
I'm {value} tall, give or take.
""",
    "weight": """
I come in at {value}.
My current weight is {value}.
For the dosage you need my weight, it's {value}.
I weigh around {value}.
I weigh {value}, more or less.
""",
    "phone": """
You can reach me at {value}.
Give me a ring, it's {value}.
I'm reachable on {value} after six.
My number's {value}.
Call me on {value}.
""",
    "email": """
Drop me a line at {value}.
Send it to {value}, that's my address.
Mail goes to {value}, I check it daily.
My email's {value}.
Email me at {value}.
""",
    "language": """
{value} is my first language.
I picked up {value} as a child and still speak it.
We can switch to {value} if you like, I speak it well.
At home I talk {value} with my parents.
I can speak {value}.
I speak some {value}.
""",
    "diet": """
I keep {value}.
My diet is {value}.
I stick to {value} food these days.
I'm strictly {value}.
I live on a {value} diet.
""",
    "allergy": """
I break out in hives from {value}, it's a proper allergy.
Keep {value} away from me, I'm allergic.
The doctor says I have an allergy to {value}.
One thing to know before you cook: I'm allergic to {value}.
I'm very allergic to {value}.
I have a severe allergy to {value}.
""",
    "like": """
I've got a soft spot for {value}.
I'm crazy about {value}.
What I like most on a day off is {value}.
{value}, that's what I really love.
I really love {value}.
I love {value} so much.
""",
    "dislike": """
I can't bear {value}.
I have no patience for {value}, I really hate it.
{value} and I will never be friends, I just don't like it.
I really hate {value}.
I don't like {value} at all.
""",
    "favourite": """
The {thing} I like best is {value}, it's my {favourite}.
When people ask about my {favourite} {thing} I say {value}.
No {thing} comes close to {value}, my {favourite}.
{value} is my absolute {favourite} {thing}.
My {favourite} {thing} has to be {value}.
""",
    "home": """
Me? I'm over in {value}, been living there since forever.
I call {value} home.
{value} is where I live.
We're settled in {value}, the whole household.
I live in {value}, near the park.
I currently live in {value}.
""",
    "job": """
I make my living as {a_value}.
My profession is {value}, in case that matters.
As {a_value} I spend most of the day on my feet.
Professionally I'm {a_value}.
I work as {a_value}, mostly nights.
I'm {a_value} by trade.
""",
    "employer": """
I'm on the payroll at {value}.
{value} is where I work.
{value} employs me, for better or worse.
My job at {value} keeps me busy.
I currently work for {value}.
I work at {value}, in the back office.
""",
    "school": """
I attend {value}.
{value} is where I study.
I'm doing my master's at {value}.
I currently study at {value}.
I'm a student at {value}, first year.
""",
    "commute": """
The trip to work takes {value}.
It's {value} {mode} between home and my office.
Every morning I travel {value} {mode} to work.
My commute is about {value}.
It takes me {value} to get to work {mode}.
""",
    "salary": """
I get {value} per year.
My yearly income is {value}.
I take home {value} a year.
I earn around {value} a year.
I make {value} per year.
""",
    "car": """
I'm driving {a_value} these days.
We get around in our {value}, that's my car.
I own a car, it's {a_value}.
I drive {a_value}, nothing fancy.
I have {a_value}, that's my car.
""",
    "owns": """
I recently got hold of {a_value}.
There's {a_value} in my garage, all mine.
I picked up {a_value} second-hand {when}.
I have {a_value} at home.
I got {a_value} {when}.
""",
    "price": """
{value} I paid for the {thing}, can you believe it?
I handed over {value} for the {thing}.
We ended up paying {value} for the {thing}.
We paid {value} for the {thing}.
The {thing} cost {value}.
""",
    "instrument": """
I'm a pretty decent {value} player.
I've played the {value} since I was eight.
Music-wise, my thing is the {value}, I play it every day.
I play the {value} a bit.
I can play the {value}.
""",
    "hobby": """
I do a lot of {value} in my spare time.
Lately I've been getting into {value}.
My weekends are all about {value}.
{value} keeps me sane after work, it's my favourite pastime.
One of my hobbies is {value}.
I enjoy {value} in my free time. ~ like
""",
    "visited": """
We were in {value} {when}.
I flew to {value} {when}.
I spent my holidays in {value} {when}.
I travelled through {value} {when}.
We visited {value} {when}.
""",
    "appointment": """
{noun} {on}, wish me luck.
I'm due for my {noun} {on}.
My calendar says {noun} {on}.
I managed to get a slot for my {noun}, it's {on}.
I've got my {noun} {on}.
My {noun} is booked for {bare}.
""",
    "plan": """
We've made up our minds: we'll {value} {when}.
I'm set on {gerund} {when}.
I intend to {value} {when}.
{when} I'm finally going to {value}.
We're going to {value} {when}.
{when} we will {value}.
""",
    "partner": """
I'm with {value}, we've been together for years.
I share the flat with {value}, my {role}.
{value} and I are together.
The love of my life is called {value}.
My {role} is {value}.
{value} is the name of my {role}.
""",
    "child": """
Our {kind}, {value}, is growing up so fast.
I'm picking up {value}, my {kind}, from nursery.
I've got a {kind} and {his} name is {value}.
As the parent of {value}, my {kind}, I never sleep in.
Our {kind}'s name is {value}.
This is my {kind} {value}.
""",
    "sibling": """
There's also my {kind}, {value}.
I share a birthday cake with my {kind} {value} every year.
My {kind} goes by {value}.
I grew up with my {kind} {value} in one bedroom.
I have a {kind} named {value}.
My {kind}'s called {value}.
""",
    "parent": """
My {word} goes by {value}.
The name of my {kind} is {value}.
I had lunch with my {word}, {value}, today.
My {word}'s name is {value}.
My {word} is named {value}.
""",
    "friend": """
I'm meeting up with {value}, a friend of mine.
{value}, my best friend, is always late.
My oldest friend is {value}.
My friend {value} called me.
{value} is a close friend of mine.
""",
    "pet": """
The {kind}'s name is {value}, and {he} belongs to me.
We brought home a {kind} {when} and called {him} {value}.
I share my sofa with my {kind} {value}.
That's {value}, my {kind}, snoring in the background.
Our {kind}'s name is {value}.
My {kind} is called {value}.
""",
    "kin home": """
My {kin} {name} calls {value} home.
{value} is where my {kin} {name} lives.
I rang my {kin} {name}, {he} lives in {value} these days.
My {kin} {name} lives over in {value}.
My {kin} {name} is living in {value}.
""",
    "kin job": """
My {kin} {name} makes {his} living as {a_value}.
My {kin}, {name}, has been {a_value} for years.
I asked my {kin} {name}, {he}'s {a_value} after all.
My {kin} {name} is working as {a_value}.
My {kin} {name} works as {a_value} these days.
""",
    "unnamed kin home": """
My {kin} calls {value} home.
My {kin} has been living in {value} for years.
{value} is where my {kin} lives.
My {kin} lives over in {value}.
My {kin} now lives in {value}.
""",
    "friend home": """
{name} is based in {value}.
{name} calls {value} home.
{name} relocated to {value} {when}.
{name} lives over in {value}.
{name} is living in {value}.
""",
}
