"""A third of the ways to tell a change, apart from the others; see `held_out`."""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, str]] = {
    "home.new": """
We packed up our life in {old} {when} and live in {value} now.
{value} is my new home.
As of {when_since} I live in {value}.
We've swapped {old} for {value} and we love living here.
I finally made the move to {value} {when}.
""",
    "home.past": """
In my student days I lived in {value}.
{value} was my home until {until}.
I moved away from {value} in {until}, I'd lived there for years.
A long time ago I was living in {value}.
""",
    "home.span": """
My home was in {value} between {since} and {until}.
{since} to {until}: that's when I lived in {value}.
In {since} I moved to {value} and lived there until {until}.
I spent {since} to {until} living in {value}.
""",
    "home.soon": """
We found a place in {value} and move in {when}.
{value} will be my new home from {since}.
The van is booked, we move to {value} {when}.
I'm relocating to {value} {when}.
""",
    "job.new": """
I gave up being {a_old} {when} and work as {a_value} these days.
My new job is {a_value}.
As of {when_since} I'm {a_value}.
They made me {a_value} {when}.
""",
    "job.past": """
I earned my money as {a_value} until {until}.
Once upon a time I was {a_value}.
My first job was {a_value}, but that's long over.
I stopped working as {a_value} in {until}.
""",
    "employer.new": """
I handed in my notice at {old}, {value} is my employer now.
{value} is my new employer.
As of {when_since} I work for {value}.
I swapped {old} for {value} {when}.
""",
    "employer.soon": """
{value} hired me, I begin {when}.
From {since} I'll be employed at {value}.
I got the job at {value} and I begin {when}.
{when} is going to be my first day at {value}.
""",
    "partner.new": """
There's someone new in my life, {value}, we're a couple.
{value} is my new {role}.
I've been dating {value} since {when_since}.
Since {when_since} {value} and I have been together.
""",
    "partner.end": """
{old} dumped me {when}.
{old} and I called it quits {when}.
{old} is my ex now.
I ended things with {old} {when}.
""",
    "pet.end": """
{old} is gone, {he} died {when}.
I'm heartbroken, {old} didn't make it.
We said goodbye to {old} at the vet's {when}.
{old} lives with my aunt now, I couldn't keep {him}.
""",
    "phone.new": """
I got a new SIM, you can reach me at {value} now.
Please delete my old number, the new one is {value}.
From now on call me on {value}.
I lost my phone and now my number is {value}.
""",
    "email.new": """
Mail me at {value} from now on.
My old email {old} is closed, the new one is {value}.
I've switched email, it's {value} now.
I got myself a new address, {value}, for email.
""",
    "diet.new": """
These days I'm {value}.
As of {when_since} I'm {value}.
I gave up being {old} and I'm {value} these days.
I've been {value} since {when_since}.
""",
    "car.new": """
These days I'm driving {a_value}.
I picked up my new car {when}, it's {a_value}.
I said goodbye to the {old}, my car is {a_value} now.
I replaced my {old} with {a_value} {when}.
""",
    "commute.new": """
These days it takes me {value} to get to work.
As of {when_since} my commute is {value}.
My way to work takes {value} now.
It used to be {old}, now my commute is {value}.
""",
    "favourite.new": """
{value} has replaced {old} as my {favourite} {thing}.
{value} has become my {favourite} {thing}.
By now my {favourite} {thing} is {value}.
If you ask me today, my {favourite} {thing} is {value}, not {old}.
""",
    "hobby.end": """
I've dropped {old} {when}, no time left for it.
I'm done with {old}, that hobby is over.
I haven't done any {old} since {when_since} and I won't start again.
I hung up {old} for good {when}.
""",
    "like.end": """
{old} and I are done, I can't enjoy it anymore.
I've had enough of {old}, I don't enjoy it anymore.
These days I don't care for {old} anymore.
I'm tired of {old}, I stopped liking it.
""",
    "allergy.end": """
Good news, my allergy to {old} has cleared up.
I can have {old} again, the allergy is gone.
Apparently I never had an allergy to {old}, the doctor checked.
The doctor says I'm not allergic to {old} any longer.
""",
    "owns.end": """
My {old} found a new owner {when}.
I parted with my {old} {when}.
I traded in my {old} {when}, so it's gone.
The {old} isn't mine anymore, I sold it.
""",
    "marital status.new": """
These days I'm {value}.
As of {when_since} my marital status is {value}.
I used to be {old}, now I'm {value}.
You can put {value} on the form now, that's what I am.
""",
    "school.new": """
As of {when_since} I study at {value}.
My new school is {value}.
I moved from {old} to {value} to finish my degree.
These days I'm enrolled at {value}.
""",
    "appointment.new": """
They pushed my {noun} back, it's {on} now.
New date for my {noun}: {bare}.
The {noun} had to be moved, it's {on} now.
I swapped my slot, the {noun} is {on} now.
""",
}
