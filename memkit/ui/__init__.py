"""The local page of `memkit ui`: a store, looked at in a browser.

`guard` decides who may ask, `pages` what there is to ask; `answers`, `graph` and `reports` give the
answers, records of the public API as JSON. Nothing here ranks, folds or forgets. The extra `ui`
brings the server, which `guard`, `pages` and `serving` need.
"""
