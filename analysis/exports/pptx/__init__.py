"""Slides as PPTX: a comparison or a brief as a deck of native, editable charts and tables."""

from __future__ import annotations

from analysis.exports.pptx.slides import as_pptx

__all__ = ["as_pptx"]
