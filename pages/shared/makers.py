"""What makes the results that `state` keeps.

The first chart needs none of it: `state` loads this module when the first result is asked for, and
the chart is on its way by then. On the first view of a process that is a tenth of a second.
"""

from __future__ import annotations

import pages.shared.whole  # noqa: F401 - before anything asks for a part of it
from analysis.agreement import find_agreement
from analysis.editions import with_editions
from analysis.friction.assessment import assess, sensitivity
from analysis.friction.inside import inside_frictions
from analysis.friction.reference import build_friction_reference
from analysis.strategy.brief import build_brief
from analysis.teams.party import with_teams
from pages.shared.atlas_makers import MAKERS

__all__ = [
    "MAKERS",
    "assess",
    "build_brief",
    "build_friction_reference",
    "find_agreement",
    "inside_frictions",
    "sensitivity",
    "with_editions",
    "with_teams",
]
