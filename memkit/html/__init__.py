"""Pages that need nothing but themselves: a report of evals, a store as one file.

`style.css` is the look of all of them, the local page of `memkit ui` among them.
"""
