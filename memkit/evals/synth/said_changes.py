"""How people tell that things have changed, were otherwise, will be, or were never so.

The part after the dot is the form: `new` (another value from now on), `end` (no longer so), `past`
(was so once), `span` (was so between two years), `soon` (will be so). As in `said_self`.
"""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, str]] = {
    "home.new": """
I moved to {value} {when}.
I've just moved to {value}.
We moved from {old} to {value} {when}.
I moved from {old} to {value}.
I don't live in {old} anymore, I live in {value} now.
I've left {old} and settled in {value}.
I relocated to {value} {when} for work.
I live in {value} now, we moved {when}.
Big news, I'm a {value} resident now!
The move is done, I'm officially living in {value}.
I finally made the move to {value} {when}.
""",
    "home.past": """
I used to live in {value}.
I lived in {value} until {until}.
I used to live in {value}, but that was ages ago.
Until {until} I was living in {value}.
I was living in {value} back in my twenties.
Years ago I lived in {value}.
I once lived in {value} for a year.
I had a flat in {value} until {until}, that's where I lived back then.
A long time ago I was living in {value}.
""",
    "home.span": """
From {since} to {until} I lived in {value}.
I lived in {value} from {since} to {until}.
I lived in {value} between {since} and {until}.
Between {since} and {until} I was living in {value}.
Home was {value} from {since} to {until}.
I was based in {value} from {since} until {until}.
We lived in {value} from {since} until {until}.
From {since} until {until} my home was in {value}.
I spent {since} to {until} living in {value}.
""",
    "home.soon": """
I'm moving to {value} {when}.
We're moving to {value} {when}.
I'm going to move to {value} {when}.
{when} I'm moving to {value}.
I'll be living in {value} from {since}.
I will move to {value} {when}.
We've signed the lease, we're moving to {value} {when}.
My move to {value} is {when}.
I'm relocating to {value} {when}.
""",
    "job.new": """
I'm not {a_old} anymore, I'm {a_value} now.
I became {a_value} {when}.
I've been promoted, I'm {a_value} now.
I changed careers {when}, now I work as {a_value}.
I retrained and now I work as {a_value}.
I quit being {a_old} and became {a_value}.
I started working as {a_value} {when}.
From {a_old} to {a_value}: I changed jobs {when}.
They made me {a_value} {when}.
""",
    "job.past": """
I used to be {a_value}.
I used to work as {a_value}.
I worked as {a_value} until {until}.
Before all this I was {a_value}.
I was {a_value} until {until}.
In my twenties I worked as {a_value}.
Years ago I was {a_value}.
I once worked as {a_value} for a summer.
I stopped working as {a_value} in {until}.
""",
    "employer.new": """
I've left {old} and joined {value}.
I switched from {old} to {value} {when}.
I started at {value} {when}.
I'm working for {value} now.
I got hired by {value}, my first day was {when}.
I quit my job at {old}, I work at {value} now.
I don't work at {old} anymore, I'm at {value} now.
I joined {value} {when}.
I swapped {old} for {value} {when}.
""",
    "employer.soon": """
I'm starting at {value} {when}.
I'll be working for {value} from {since}.
{when} I start my new job at {value}.
I've signed with {value}, I start {when}.
I'm joining {value} {when}.
I'm going to work at {value}, starting {when}.
My first day at {value} is {when}.
I will start working at {value} {when}.
{when} is going to be my first day at {value}.
""",
    "partner.new": """
I have a new {role}, {value}.
I've got a new {role}, {his} name is {value}.
{value} and I got together {when}.
I'm dating {value} now.
I'm seeing someone new, {his} name is {value}.
I've fallen in love again, {value} and I are a couple now.
I'm together with {value} now.
I got together with {value} {when}.
Since {when_since} {value} and I have been together.
""",
    "partner.end": """
{old} and I broke up {when}.
I broke up with {old} {when}.
{old} left me {when}.
{old} and I are no longer together.
{old} and I split up {when}.
I'm not with {old} anymore.
It's over between {old} and me.
{old} and I have separated.
I ended things with {old} {when}.
""",
    "pet.end": """
{old} died {when}.
We had to put {old} to sleep {when}.
{old} passed away {when}.
I had to give {old} away, the new landlord doesn't allow pets.
We lost {old} {when}, the house is so quiet.
I don't have {old} anymore, my neighbour took {him} in for good.
We had to rehome {old} {when}.
{old} is no longer with us.
{old} lives with my aunt now, I couldn't keep {him}.
""",
    "phone.new": """
I have a new number: {value}.
My new number is {value}.
My number has changed, it's {value} now.
I changed my number, it's {value} now.
New phone number: {value}.
Forget the old number, I'm on {value} now.
I switched providers, my number is now {value}.
My phone number is now {value}.
I lost my phone and now my number is {value}.
""",
    "email.new": """
My new email is {value}.
I have a new email address: {value}.
My email has changed, it's {value} now.
I changed my email to {value}.
New email: {value}.
Please use {value} from now on, the old address is dead.
My email address is now {value}.
I don't use {old} anymore, write to {value}.
I got myself a new address, {value}, for email.
""",
    "diet.new": """
I went {value} {when}.
I'm {value} now.
I've gone {value}.
I turned {value} {when}.
I'm not {old} anymore, I'm {value} now.
I switched to a {value} diet {when}.
I've become {value}.
I used to be {old}, now I'm {value}.
I've been {value} since {when_since}.
""",
    "car.new": """
I sold the {old} and drive {a_value} now.
I drive {a_value} now.
I got a new car {when}, {a_value}.
I traded my {old} for {a_value}.
My new car is {a_value}.
I swapped the {old} for {a_value} {when}.
The {old} is gone, I've got {a_value} now.
I bought a new car, it's {a_value}.
I replaced my {old} with {a_value} {when}.
""",
    "commute.new": """
My commute is {value} now.
Now it takes me {value} to get to work.
My new commute is {value}.
My commute takes {value} now, a big change.
Since {when_since} my commute is {value}.
The new office means my commute is {value}.
It now takes me {value} to get to work.
My commute went from {old} to {value}.
It used to be {old}, now my commute is {value}.
""",
    "favourite.new": """
My {favourite} {thing} used to be {old}, now it's {value}.
My new {favourite} {thing} is {value}.
{value} is my {favourite} {thing} now.
My {favourite} {thing} is now {value}.
My {favourite} {thing} isn't {old} anymore, it's {value}.
I have a new {favourite} {thing}: {value}.
These days my {favourite} {thing} is {value}, not {old}.
I've changed my mind, my {favourite} {thing} is {value} now.
If you ask me today, my {favourite} {thing} is {value}, not {old}.
""",
    "hobby.end": """
I gave up {old} {when}.
I've given up {old}.
I stopped {old} {when}.
I quit {old} {when}.
I don't do {old} anymore.
I've stopped doing {old}, my knees wouldn't have it.
No more {old} for me.
{old} is not my hobby anymore.
I hung up {old} for good {when}.
""",
    "like.end": """
I don't like {old} anymore.
I've gone off {old}.
I used to love {old}, but not anymore.
I no longer like {old}.
I'm not into {old} anymore.
I'm over {old}, it does nothing for me now.
I used to like {old}, now it leaves me cold.
I've lost interest in {old}.
I'm tired of {old}, I stopped liking it.
""",
    "allergy.end": """
I'm not allergic to {old} anymore.
Turns out I'm not allergic to {old} after all.
My allergy to {old} is gone.
I'm no longer allergic to {old}.
I outgrew my allergy to {old}.
I've grown out of my allergy to {old}.
The test came back, I'm not allergic to {old}.
I don't have the allergy to {old} anymore.
The doctor says I'm not allergic to {old} any longer.
""",
    "owns.end": """
I sold my {old} {when}.
I sold the {old}.
I gave away my {old} {when}.
I don't have the {old} anymore.
I got rid of my {old} {when}.
My {old} was stolen {when}.
I no longer own the {old}.
I gave my {old} to a cousin {when}.
The {old} isn't mine anymore, I sold it.
""",
    "marital status.new": """
I'm {value} now.
I'm officially {value} now.
It's official, I'm {value}.
I got {value} {when}.
As of {when_since} I'm {value}.
I'm not {old} anymore, I'm {value} now.
Update your files, I'm {value} now.
My marital status changed, I'm {value} now.
You can put {value} on the form now, that's what I am.
""",
    "school.new": """
I changed schools, I'm at {value} now.
I transferred to {value} {when}.
I study at {value} now.
I switched from {old} to {value} {when}.
I left {old}, I'm studying at {value} now.
I started at {value} {when}, I'm a student again. ~ employer
I'm a student at {value} now.
I enrolled at {value} {when}.
These days I'm enrolled at {value}.
""",
    "appointment.new": """
My {noun} got moved to {bare}.
They moved my {noun} to {bare}.
My {noun} is {on} now.
My {noun} has been rescheduled to {bare}.
I had to move my {noun} to {bare}.
The {noun} is now {on}.
Change of plans, my {noun} is {on} now.
I rescheduled my {noun} for {bare}.
I swapped my slot, the {noun} is {on} now.
""",
}
