"""From prediction and deal to advice: each module answers one question of the brief.

The rules and words are in `data/knowledge/strategy/`; conditions there are names of flags, which
`flags` derives from the deal and the predictions.
"""
