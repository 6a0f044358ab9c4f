r"""The formulas behind agreement between frameworks and the pictures of all parties at once."""

from __future__ import annotations

from analysis.methods.formulas import Formula

ATLAS_FORMULAS: tuple[Formula, ...] = (
    Formula(
        "agreement",
        "Whether frameworks agree",
        "Each framework ranks the same pair among the pairs of its own countries; ranks can be set"
        " side by side, distances cannot.",
        (r"\max_f P_f - \min_f P_f \le 25", r"\max_f I_f^{\,-} \le \min_f I_f^{\,+}"),
        (
            ("f", "a framework that knows both parties"),
            ("P_f", "the pair's rank in it"),
            (r"I_f^{\,-}", "the lower end of the rank's likely range"),
            (r"I_f^{\,+}", "its upper end"),
        ),
        "Agreement, where both hold; else the same side of the middle, or disagreement.",
        "design",
        "Frameworks ask different people different things: that they agree is some evidence, that"
        " they differ need not be an error of either.",
        ("parley-design",),
    ),
    Formula(
        "neighbours",
        "Nearest and farthest",
        "Every other party by its distance from one, and how many might change places with the"
        " first or the last.",
        (
            r"n = \sum_{j \ne 1} \left[ I_j^{\,-} \le I_1^{\,+} \right]",
            r"m = \sum_{j \ne z} \left[ I_j^{\,+} \ge I_z^{\,-} \right]",
        ),
        (
            ("n", "how many others may be as near as the nearest"),
            ("m", "how many others may be as far as the farthest"),
            (r"I_j^{\,-}", "the lower end of the likely range of the rank of party j"),
            (r"I_j^{\,+}", "its upper end"),
            (r"I_1^{\,+}", "the upper end of the nearest party's range"),
            (r"I_z^{\,-}", "the lower end of the farthest party's range"),
            ("j", "a party, in the order of the ranks"),
        ),
        "Numbers of parties, from 0 to all others.",
        "design",
        "Ranges that overlap do not show that two distances are alike, only that the order is not"
        " sure. Pairs that share fewer dimensions are ranked among pairs on the same ones.",
        ("parley-design",),
        also="Where more than half may be as near, nobody is named the nearest.",
    ),
    Formula(
        "culture-map",
        "Culture map",
        "All distances at once as points in a plane, as right as two dimensions allow.",
        (r"\sigma_1 = \sqrt{\frac{\sum_{i<j} (\delta_{ij} - d_{ij})^2}{\sum_{i<j} d_{ij}^2}}",),
        (
            (
                r"\sigma_1",
                "the stress, which the map makes as small as it can (Kruskal's stress-1)",
            ),
            (r"\delta_{ij}", "the distance of parties i and j by the measure in use"),
            ("d_{ij}", "their distance on the map"),
            ("i", "a party"),
            ("j", "another party"),
        ),
        "From 0, a map without error, up; 0.2 is often called poor.",
        "statistics",
        "The turn of the map has no meaning, and two points that lie near each other on it need not"
        " be near: the table of neighbours tells.",
        ("kruskal-1964", "de-leeuw-mair-2009"),
        also="Metric scaling by SMACOF, as scikit-learn computes it, from many fixed starts.",
    ),
    Formula(
        "clusters",
        "Clusters and their tree",
        "Who is like whom, joined step by step from the matrix of distances itself.",
        (
            r"d(A, B) = \frac{1}{n_A n_B} \sum_{i \in A} \sum_{j \in B} d_{ij}",
            r"c = \mathrm{corr}\left( d_{ij},\; h_{ij} \right)",
        ),
        (
            ("A", "a cluster"),
            ("B", "another one"),
            ("n_A", "how many parties are in A"),
            ("n_B", "how many in B"),
            ("d", "the distance of two clusters: the mean over their pairs (average linkage)"),
            ("d_{ij}", "the distance of parties i and j"),
            ("h_{ij}", "the height at which the tree joins them"),
            ("c", "the cophenetic correlation: how well the tree keeps the distances"),
            ("i", "a party of A"),
            ("j", "a party of B"),
        ),
        "The unit of the measure; a correlation up to 1.",
        "statistics",
        "A tree is drawn for any distances, grouped or not: the correlation and the silhouette say"
        " how much there is to it.",
        ("sokal-rohlf-1962", "rousseeuw-1987"),
    ),
    Formula(
        "matrix",
        "The whole matrix",
        "Every distance at once, in the order of the tree: dark is far.",
        (r"\bar d_i = \frac{1}{n - 1} \sum_{j \ne i} d_{ij}",),
        (
            (r"\bar d_i", "the mean distance of party i from all others"),
            ("d_{ij}", "the distance of parties i and j"),
            ("n", "the parties with every score in use"),
            ("i", "a party"),
            ("j", "another party"),
        ),
        "The unit of the measure.",
        "design",
        "A mean over all others hides who is near and who is far; means that differ by less than"
        " 5 % are told as equal.",
        ("parley-design",),
    ),
    Formula(
        "groups",
        "Groups of countries",
        "Where a region or a body of states stands, and how much its members differ.",
        (
            r"\bar x_k = \frac{1}{n} \sum_{i=1}^{n} x_{ik}",
            r"s_k = \sqrt{\frac{1}{n - 1} \sum_{i=1}^{n} (x_{ik} - \bar x_k)^2}",
        ),
        (
            (r"\bar x_k", "the mean of the group on dimension k, each country counting once"),
            ("s_k", "the spread of its members"),
            ("x_{ik}", "the score of member i"),
            ("n", "the members with a score there"),
        ),
        "Points of the framework.",
        "statistics",
        "A mean of countries is not the mean of their people, and the spread inside a group is"
        " often as wide as the world's.",
        ("snedecor-cochran-1967",),
    ),
)
"""From all profiles at once to pictures of them."""
