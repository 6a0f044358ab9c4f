"""What Parley knows beside the scores: topics, stages, rules and words, one YAML file each.

The files stand in `data/knowledge/`; their contract is in `data/README.md`. `load_knowledge` reads
and checks them; nothing in a file is ever run, conditions are lists of known flags.
"""

from analysis.knowledge.reading import Knowledge, load_friction_model, load_knowledge

__all__ = ["Knowledge", "load_friction_model", "load_knowledge"]
