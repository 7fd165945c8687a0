"""How people say who they are. One pattern a line; after `~`, what else it may be read to say."""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, str]] = {
    "name": """
My name is {value}.
I'm {value}, by the way.
Hi, this is {value}.
Just call me {value}.
It's {value} here, sorry for the late reply.
I don't think I've introduced myself yet: I'm {value}.
Everyone calls me {value}, so you can too.
Let me introduce myself properly, my name's {value}.
Before we start: my name is spelled like it sounds, {value}.
""",
    "age": """
I'm {value} years old.
I'm {value}, in case the form asks.
I just turned {value}.
I am {words}, if you must know.
My age? {value}.
I'm {value} now, can you believe it?
At {value} I'm the oldest one in the team.
I'm a {value}-year-old beginner, so be patient with me.
I've reached the ripe old age of {value}.
""",
    "birthday": """
My birthday is on {dm}.
My birthday's {md}.
I was born on {full}.
I have my birthday on {the}.
It's my birthday on {md}, so keep the evening free.
Born {full}, so do the maths.
Date of birth: {full}.
Every year on {dm} I blow out my candles and pretend to be surprised.
My birthday falls on {md}.
""",
    "birthplace": """
I was born in {value}.
I was actually born in {value}, though nobody believes it.
My birthplace is {value}.
My mother gave birth to me in {value}.
I was born in a tiny hospital in {value}.
Believe it or not, I was born in {value}.
My passport says I was born in {value}, and for once it's right.
{value} is where I was born, but we left when I was a baby.
When my parents still lived abroad I was born, in {value} of all places.
""",
    "hometown": """
I'm from {value}.
I'm originally from {value}.
I grew up in {value}.
My hometown is {value}.
I come from {value}, that's why I talk like this.
{value} is my hometown.
I was raised in {value} by my grandparents.
I spent my whole childhood in {value}.
I'm a {value} kid, grew up there until I was eighteen.
""",
    "nationality": """
I'm {value}.
I'm {value} by nationality.
I have a {value} passport.
My nationality is {value}.
I'm a {value} citizen.
I hold {value} citizenship.
I'm {value}, so the football is a matter of life and death for me.
For the visa: I'm a {value} national.
I travel on a {value} passport.
""",
    "religion": """
I'm {value}.
I was raised {value} and I still am.
I'm a practising {value}.
My religion? I'm {value}.
I've been {value} all my life.
As a {value} I take the holy days off.
I became {value} as a student and never looked back.
Religion: {value}.
My faith is {value}.
""",
    "marital status": """
I'm {value}.
I'm {value}, in case you wondered.
Marital status: {value}.
I've been {value} for a few years now.
On the form put that I'm {value}.
For the tax return: I am {value}.
I'm happily {value}, thanks for asking.
I am {value} and that's not going to change any time soon.
Yes, I am {value}, why do you ask?
""",
    "height": """
I'm {value} tall.
My height is {value}.
I'm {value}, so the low ceilings are a problem.
I measure {value} without shoes.
I'm {value} in socks.
Height: {value}.
They measured me at the check-up, I'm {value} tall.
I'm exactly {value} tall.
At {value} I can just about reach the top shelf.
""",
    "weight": """
I weigh {value}.
My weight is {value}.
I weigh about {value} these days.
The scales say I weigh {value}.
I weigh {value} right now, before the holidays.
Weight: {value}.
I weighed myself and I'm at {value}.
At the check-up they put my weight at {value}.
I stepped on the scales this morning: {value}.
""",
    "phone": """
My phone number is {value}.
My number is {value}.
You can call me on {value}.
Text me at {value}.
Here's my number: {value}.
My mobile is {value}, evenings are best.
Phone: {value}.
If anything comes up, ring me on {value}.
Save my number, {value}.
""",
    "email": """
My email is {value}.
My email address is {value}.
You can email me at {value}.
Write to me at {value}.
Here's my email: {value}.
Send the documents to my address, {value}.
Best way to reach me is by mail, {value}.
I'm on {value} if you want to email me.
My inbox is {value}, send away.
""",
    "language": """
I speak {value}.
I'm fluent in {value}.
My mother tongue is {value}.
I grew up speaking {value}.
I also speak a bit of {value}.
I speak {value} at home with my family.
My {value} is pretty good, actually.
I can hold a conversation in {value}.
Besides English I speak {value}.
""",
    "diet": """
I'm {value}.
I eat {value}.
I've been {value} for years.
I'm on a {value} diet.
I follow a {value} diet.
I'm {value}, so check the menu before you book.
I only eat {value} food.
Everything has to be {value} for me, I'm afraid.
Food-wise I'm {value}.
""",
    "allergy": """
I'm allergic to {value}.
I have an allergy to {value}.
I've got a bad allergy to {value}.
I can't have {value}, I'm allergic.
I am severely allergic to {value}, so please be careful.
Turns out I'm allergic to {value}.
I've been allergic to {value} since I was a kid.
Please note my allergy to {value}.
My body and {value} don't get along, I'm allergic.
""",
    "like": """
I love {value}.
I really like {value}. ~ hobby
I'm a big fan of {value}.
I can never get enough of {value}.
I'm quite fond of {value}.
I adore {value}, always have.
I'm so into {value} right now. ~ hobby
I enjoy {value} a lot. ~ hobby
Nothing beats {value} if you ask me.
I can't resist {value}.
""",
    "dislike": """
I hate {value}.
I can't stand {value}.
I don't like {value}.
I'm not a fan of {value}.
I really dislike {value}.
I've never liked {value}.
I'm really not into {value}.
If there's one thing I detest, it's {value}.
I loathe {value}.
""",
    "favourite": """
My {favourite} {thing} is {value}.
{value} is my {favourite} {thing}.
My all-time {favourite} {thing} is {value}.
My {favourite} {thing} has always been {value}.
I'd say my {favourite} {thing} is {value}.
My {favourite} {thing}? {value}, no contest.
As for {thing}s, my {favourite} is {value}.
{value} is still my {favourite} {thing} after all these years.
For me it's {value}, my {favourite} {thing} by a mile.
""",
}
