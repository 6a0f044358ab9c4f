"""What stands for each party in a picker."""

from __future__ import annotations

import unicodedata

from analysis.tables import Framework, ProfileRecord, Tables


def labelled(shipped: Tables, framework: Framework) -> dict[str, str]:
    """Return the label of each party that ships: countries first, in alphabetical order."""

    def order(profile: ProfileRecord) -> tuple[bool, bytes]:
        plain = unicodedata.normalize("NFKD", profile.label).encode("ascii", "ignore")
        return profile.kind != "country", plain.lower()

    with_scores = set(framework.profile_ids)
    profiles = sorted(shipped.profiles.values(), key=order)
    return {p.id: p.label + ("" if p.id in with_scores else " · no score here") for p in profiles}
