"""The rest of what imports its own parts in circles, loaded whole before anything asks for a part.

Every page script and `makers` import this file first: whoever comes second waits until it is
through. The Compare page does so once its first chart is on its way.
"""

# ruff: noqa: F401 - loading them is the point
import python_calamine

import analysis.editions
import analysis.teams.reading
