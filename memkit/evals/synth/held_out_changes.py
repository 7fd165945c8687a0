"""A third of the ways to tell a change, apart from the others; see `held_out`."""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, str]] = {
    "home.new": """
We packed up our life in {old} {when} and live in {value} now.
{value} is my new home.
As of {when_since} I live in {value}.
We've swapped {old} for {value} and we love living here.
I've moved to {value}.
We moved to {value}.
""",
    "home.past": """
In my student days I lived in {value}.
{value} was my home until {until}.
I moved away from {value} in {until}, I'd lived there for years.
I lived in {value} before.
We used to live in {value}.
""",
    "home.span": """
My home was in {value} between {since} and {until}.
{since} to {until}: that's when I lived in {value}.
In {since} I moved to {value} and lived there until {until}.
I was living in {value} from {since} to {until}.
We lived in {value} between {since} and {until}.
""",
    "home.soon": """
We found a place in {value} and move in {when}.
{value} will be my new home from {since}.
The van is booked, we move to {value} {when}.
I'll move to {value} {when}.
I'm going to live in {value} from {since}.
""",
    "job.new": """
I gave up being {a_old} {when} and work as {a_value} these days.
My new job is {a_value}.
As of {when_since} I'm {a_value}.
I work as {a_value} now.
I'm now working as {a_value}.
""",
    "job.past": """
I earned my money as {a_value} until {until}.
Once upon a time I was {a_value}.
My first job was {a_value}, but that's long over.
I used to be {a_value}, years ago.
I was working as {a_value} until {until}.
""",
    "employer.new": """
I handed in my notice at {old}, {value} is my employer now.
{value} is my new employer.
As of {when_since} I work for {value}.
I work for {value} now.
I've started working at {value}.
""",
    "employer.soon": """
{value} hired me, I begin {when}.
From {since} I'll be employed at {value}.
I got the job at {value} and I begin {when}.
I start at {value} {when}.
I'm going to start at {value} {when}.
""",
    "partner.new": """
There's someone new in my life, {value}, we're a couple.
{value} is my new {role}.
I've been dating {value} since {when_since}.
My new {role} is called {value}.
I'm with {value} now.
""",
    "partner.end": """
{old} dumped me {when}.
{old} and I called it quits {when}.
{old} is my ex now.
I split up with {old} {when}.
{old} and I aren't together anymore.
""",
    "pet.end": """
{old} is gone, {he} died {when}.
I'm heartbroken, {old} didn't make it.
We said goodbye to {old} at the vet's {when}.
Sadly, {old} died {when}.
{old} has died.
""",
    "phone.new": """
I got a new SIM, you can reach me at {value} now.
Please delete my old number, the new one is {value}.
From now on call me on {value}.
My number is {value} now.
I have a new phone number, {value}.
""",
    "email.new": """
Mail me at {value} from now on.
My old email {old} is closed, the new one is {value}.
I've switched email, it's {value} now.
My email is {value} now.
I've got a new email, {value}.
""",
    "diet.new": """
These days I'm {value}.
As of {when_since} I'm {value}.
I gave up being {old} and I'm {value} these days.
I've turned {value}.
I became {value} {when}.
""",
    "car.new": """
These days I'm driving {a_value}.
I picked up my new car {when}, it's {a_value}.
I said goodbye to the {old}, my car is {a_value} now.
I have a new car, {a_value}.
I bought {a_value} {when}, the old car is gone.
""",
    "commute.new": """
These days it takes me {value} to get to work.
As of {when_since} my commute is {value}.
My way to work takes {value} now.
My commute is {value} these days.
My commute is now {value}.
""",
    "favourite.new": """
{value} has replaced {old} as my {favourite} {thing}.
{value} has become my {favourite} {thing}.
By now my {favourite} {thing} is {value}.
Now my {favourite} {thing} is {value}.
My {favourite} {thing} these days is {value}.
""",
    "hobby.end": """
I've dropped {old} {when}, no time left for it.
I'm done with {old}, that hobby is over.
I haven't done any {old} since {when_since} and I won't start again.
I no longer do {old}.
I stopped doing {old} {when}.
""",
    "like.end": """
{old} and I are done, I can't enjoy it anymore.
I've had enough of {old}, I don't enjoy it anymore.
These days I don't care for {old} anymore.
I don't love {old} anymore.
I used to like {old}, but not any more.
""",
    "allergy.end": """
Good news, my allergy to {old} has cleared up.
I can have {old} again, the allergy is gone.
Apparently I never had an allergy to {old}, the doctor checked.
I'm not allergic to {old} these days.
My allergy to {old} has gone away.
""",
    "owns.end": """
My {old} found a new owner {when}.
I parted with my {old} {when}.
I traded in my {old} {when}, so it's gone.
I've sold my {old}.
I don't own the {old} anymore.
""",
    "marital status.new": """
These days I'm {value}.
As of {when_since} my marital status is {value}.
I used to be {old}, now I'm {value}.
I am now {value}.
Since {when_since} I'm {value}.
""",
    "school.new": """
As of {when_since} I study at {value}.
My new school is {value}.
I moved from {old} to {value} to finish my degree.
I now study at {value}.
I'm studying at {value} now.
""",
    "appointment.new": """
They pushed my {noun} back, it's {on} now.
New date for my {noun}: {bare}.
The {noun} had to be moved, it's {on} now.
My {noun} is now {on}.
They rescheduled my {noun} to {bare}.
""",
}
