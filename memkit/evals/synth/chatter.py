"""What is said between the facts: nothing that a memory would have to keep."""

from __future__ import annotations

from typing import Final


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


SMALL_TALK: Final = _lines(
    """
What a week.
It rained all morning again.
The bus was packed today.
I slept badly last night.
Sorry for the silence, things were hectic.
The wifi keeps dropping here.
I need a holiday, seriously.
Is it Friday yet?
The queue at the post office was endless.
My back hurts from sitting all day.
I forgot my keys at the office again.
Can you believe how cold it is?
The coffee machine is broken again.
I have been running around since six.
It's so quiet here tonight.
I'm still waiting for that parcel.
The news is depressing, I stopped reading.
Someone parked across our gate this morning.
I burnt the toast and set off the alarm.
The sunset was something else yesterday.
I lost an hour looking for my glasses.
The neighbours are drilling again.
I've been putting off the laundry for days.
There was a power cut for two hours.
The train was late, what else is new.
I could sleep for a week.
The printer ate my document.
I had leftovers for lunch.
I'm a bit tired, to be honest.
The elevator is out of order since Tuesday.
It took forever to find a parking spot.
I dropped my phone, but it still works.
That meeting could have been a message.
The street is full of leaves.
I can't get that tune out of my head.
Anyway, how are things?
Hope your week was better than mine.
So, where were we?
Good to hear from you.
Long time no see!
How did it go in the end?
Did you sleep well?
What's new with you?
Guess what happened today.
Thanks for getting back to me.
One more thing before I forget.
Oh, that reminds me.
Before I forget.
By the way.
Okay, different topic.
""".strip()
)
ENDINGS: Final = _lines(
    """
Anyway.
But enough of that.
Just so you know.
Long story.
What do you say to that?
How about you?
More on that another time.
Don't laugh.
Anyway, back to work.
That's all for now.
Now you know.
Right, I need to run.
"""
)
REQUESTS: Final = _lines(
    """
Can you help me write a short thank-you note?
What's a good word for 'tired'?
How do I get a wine stain out of cotton?
Can you make this sentence shorter?
How many grams are in an ounce?
What time is it in Tokyo when it's noon here?
Can you suggest a title for a report?
How long do I boil an egg?
What does 'per se' mean?
Could you check the spelling of my last message?
How do I reset a router?
Can you explain what inflation is?
What's the difference between affect and effect?
How do I fold a fitted sheet?
Can you list some words that rhyme with 'light'?
What should I write in a card for a farewell?
How do I convert a PDF to text?
Give me three tips against hiccups.
"""
)
ASSISTANT_ANSWERS: Final = _lines(
    """
Sure, here is a short version for you.
Happy to help with that.
Thanks for telling me.
Got it.
Understood, I'll keep that in mind.
That makes sense.
Of course! Here are a few ideas.
Good question. In short: it depends.
Noted, thank you.
Thanks, that's useful to know.
Glad to hear it.
I see. What would you like to do next?
Here's a draft, tell me what to change.
Let me know if you need anything else.
That sounds like a lot. One step at a time.
All right, shall we go on?
Thanks for the update.
Okay! Anything else on your mind?
I can help you with that.
Let's take it one step at a time.
Good to know.
Here is what I found on that.
"""
)
ASSISTANT_ECHOES: Final = (
    "Thanks for telling me about {value}.", "Got it, {value}.", "Noted: {value}.",
    "Ah, {value}! Thanks, I'll keep that in mind.", "I see, {value}. Anything else?",
)  # fmt: skip
"""An assistant that repeats what was just said."""
REPLIES: Final = _lines(
    """
Oh really?
No way!
Tell me more.
Haha, classic.
That sounds about right.
I hear you.
Wow, I had no idea.
Nice one!
That's good to know.
Oh dear.
Sounds exhausting.
You never told me that!
Okay, noted.
Makes sense.
How come?
I can imagine.
Ha, of course.
Right, right.
Seriously?
That's quite something.
Let's talk about it over a coffee some time.
Hm, interesting.
And then?
Well, good for you.
Sorry to hear about your week.
Ok, got it.
Sounds like you.
What did the others say?
Uh-huh.
I was just about to ask.
"""
)
CLOSINGS: Final = _lines(
    """
Talk soon!
Take care!
Have a good one.
Bye for now.
Thanks, that's all.
See you around.
Good night!
Speak later.
"""
)
DISTRACTIONS: Final = _lines(
    """
The forecast says rain until Thursday.
The museum opens at ten and closes at six.
The recipe needs two eggs and a pinch of salt.
Search result: how to remove a wine stain. Use salt and cold water.
Result 1 of 8: the ferry leaves every forty minutes.
File report.txt: 312 lines, no errors.
Exchange rates were last updated an hour ago.
Calendar: nothing found for this week.
"""
)
"""What a tool returns."""
