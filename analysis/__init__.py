"""How far apart two parties' scores lie, how sure that is, and what to say about it.

Nothing here imports Streamlit: pages and the command line call the same functions.

`tables`      the data that ship, as frozen objects
`settings`    a person's choices, checked
`profiles`    a party's scores with their standing; finding a party by name
`measures`    the distance indices and their registry
`reference`   what a distance is measured against: spreads and the distances of all pairs
`uncertainty` intervals by simulation
`overlap`     how far two populations overlap
`comparison`  all of it for one pair, as one frozen result
`sentences`   the result in plain words
`figures`     the result as charts
`cli`         the command line
"""
