"""Whether what goes to the page is what Plotly makes of it when it checks every part."""

import base64
import json

import numpy as np
import plotly.io


def assert_sent_as_checked(chart):
    """Plotly refuses what it does not know; nothing that it knows is left out or changed."""
    sent = json.loads(plotly.io.to_json(chart.drawing.to_dict(), validate=False))
    checked = json.loads(chart.figure.to_json())
    assert _plain(sent) == _plain(checked), chart.id


def _plain(part):
    if isinstance(part, dict) and set(part) >= {"dtype", "bdata"}:
        values = np.frombuffer(base64.b64decode(part["bdata"]), part["dtype"])
        shape = [int(n) for n in part.get("shape", "").split(",") if n]
        return _plain(values.reshape(shape or -1).tolist())
    if isinstance(part, dict):
        # A title may be a text or a mapping that holds it.
        named = {
            k: {"text": v} if k == "title" and isinstance(v, str) else v for k, v in part.items()
        }
        return {k: _plain(v) for k, v in named.items() if v is not None}
    if isinstance(part, list):
        return [_plain(value) for value in part]
    if isinstance(part, float) and np.isnan(part):
        return None
    return float(part) if isinstance(part, int) and not isinstance(part, bool) else part
