"""How people talk about those around them. As in `said_self`."""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, str]] = {
    "partner": """
My {role}'s name is {value}.
My {role} is called {value}.
My {role} {value} says hi.
I live with my {role}, {value}.
{value} is my {role}.
I'm in a relationship with {value}.
{value} and I have been a couple for six years.
{value}, my {role}, is a terrible driver.
My {role} {value} and I cooked all weekend.
I've been seeing {value} for a while now, yes, we're a couple.
""",
    "child": """
I have a {kind} named {value}.
I have a {kind} called {value}.
My {kind}'s name is {value}.
My {kind} {value} starts school soon.
We have a {kind}, {value}.
Our {kind} is called {value}.
My {kind} {value} is driving me up the wall today.
{value} is my {kind}.
{value}, my {kind}, has lost another tooth.
That's my {kind} in the photo, {value}.
""",
    "sibling": """
I have a {kind} called {value}.
My {kind}'s name is {value}.
My {kind} is called {value}.
My {kind} {value} is coming over this weekend.
I've got a {kind}, {value}.
{value} is my {kind}.
My little {kind} {value} borrowed my charger again.
My older {kind} {value} keeps calling me.
{value}, my {kind}, never picks up the phone.
That was my {kind} on the phone, {value}.
""",
    "parent": """
My {kind}'s name is {value}.
My {kind} is called {value}.
My {word} {value} is staying with us.
{value} is my {kind}.
My {word}, {value}, makes the best soup.
My {word}'s called {value}.
My {word} {value} rang me twice this morning.
{value}, my {word}, never learnt to swim.
That's my {word} in the picture, {value}.
""",
    "friend": """
My best friend is called {value}.
My best friend {value} is coming over.
{value} is a good friend of mine.
I have a friend named {value}.
My friend {value} and I went out last night.
A friend of mine, {value}, told me a funny story.
{value} and I have been friends since school.
{value} is my best friend.
I've known my friend {value} for half my life.
""",
    "pet": """
I have a {kind} called {value}.
I have a {kind} named {value}.
My {kind}'s name is {value}.
My {kind} {value} woke me up at five.
We have a {kind}, {value}.
Our {kind} is called {value}.
We adopted a {kind} and named {him} {value}.
{value} is my {kind}.
{value}, my {kind}, chewed the remote control.
I got a {kind} {when}, {his} name is {value}.
My {kind} answers to {value}, at least sometimes.
""",
    "kin home": """
My {kin} {name} lives in {value}.
{name}, my {kin}, lives in {value}.
My {kin} {name} is based in {value}.
I have a {kin}, {name}, who lives in {value}.
My {kin} {name} moved to {value} {when}.
My {kin}'s name is {name} and {he} lives in {value}.
My {kin} {name} has a house in {value} and lives there all year.
{name} is my {kin}. {He} lives in {value}.
My {kin}, whose name is {name}, is living in {value}.
""",
    "kin job": """
My {kin} {name} works as {a_value}.
My {kin} {name} is {a_value}.
{name}, my {kin}, is {a_value}.
I have a {kin}, {name}, who works as {a_value}.
My {kin} {name} just became {a_value}.
My {kin}'s name is {name} and {he}'s {a_value}.
{name} is my {kin}. {He} works as {a_value}.
My {kin} {name} earns {his} living as {a_value}.
Did you know that my {kin} {name} is {a_value}? Well, {he} is.
""",
    "unnamed kin home": """
My {kin} lives in {value}.
My {kin} is living in {value} these days.
My {kin} moved to {value} {when}.
My {kin}'s home is in {value}.
My {kin} is based in {value}.
I have a {kin} who lives in {value}.
I've got a {kin} living in {value}.
My {kin} settled in {value} {when}.
Home for my {kin} is {value}.
""",
    "friend home": """
{name} lives in {value}.
{name} lives in {value} now.
{name} moved to {value} {when}.
{name}'s home is in {value}.
{name} has a flat in {value} and lives there all by {him}self.
You know {name}? {He} lives in {value}.
{name} is living in {value} these days.
{name} has settled in {value}.
{name}, by the way, lives in {value}.
""",
}
