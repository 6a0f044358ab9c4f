"""Parties of your own: teams from six scores, from members with their cultures, or from answers."""
