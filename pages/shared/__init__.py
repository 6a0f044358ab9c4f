"""What every page needs: the frame, the inputs, the state behind them, and how things are shown.

What follows is loaded here because everything in this package waits until this file is through.
Each of them imports its own parts in circles, and two first visitors who came in by different pages
met it in part ("partially initialized module"). What the first chart does not need is in `whole`.
"""

# ruff: noqa: F401 - loading them is the point
import msgspec
import numpy
import plotly.graph_objects
import yaml

import analysis.deal
import analysis.knowledge
