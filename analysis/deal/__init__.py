"""The deal: what a person tells about the business.

One list of fields drives the form, the link, the deal file and the workspace. A private field never
leaves through a link.
"""

from analysis.deal.form import (
    DEAL_FIELDS,
    EMPTY_FORM,
    Deal,
    DealField,
    changed_fields,
    deal_flags,
    possible_deal_flags,
    without_private,
)
from analysis.deal.link import read_deal_link, write_deal
from analysis.deal.values import (
    EXAMPLE,
    LONGEST_TEXT,
    MOST_LATER_ORDERS,
    check_value,
    make_deal,
)

__all__ = [
    "DEAL_FIELDS",
    "EMPTY_FORM",
    "EXAMPLE",
    "LONGEST_TEXT",
    "MOST_LATER_ORDERS",
    "Deal",
    "DealField",
    "changed_fields",
    "check_value",
    "deal_flags",
    "make_deal",
    "possible_deal_flags",
    "read_deal_link",
    "without_private",
    "write_deal",
]
