"""The friction model: where two parties' habits are likely to rub, as hypotheses to test.

- `positions`: where a party stands on each topic, and the gap between two parties.
- `severity`: how wide a gap is among all country pairs, how sure that is, what a deal changes.
- `perception`: which side notices more.
- `reference`: what a pair is measured against. `pairs`: many parties at once.
- `assessment`: all of it for one pair, as one frozen value.
- `ranking`: the top frictions, the frictions by stage, and the common ground.
- `words`: a prediction in plain words.

Weights, bands and words are in `data/knowledge/`; the model is this project's own design, and how
well it holds stands in `data/knowledge/friction.yaml`.
"""
