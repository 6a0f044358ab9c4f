"""What can go wrong, as one tree.

ParleyError
├── InputError              what a person typed, linked or uploaded cannot be used
│   ├── UnknownProfileError   a country, part or region that is not in the tables
│   ├── SettingsError         a setting with a value it cannot take
│   ├── DealError             an answer about the deal that cannot be used
│   ├── StoreError            what is kept cannot be read, or something cannot be kept
│   │   └── ChangedElsewhere  another window changed it first
│   ├── WorkspaceError        a workspace file that cannot be opened
│   ├── UploadError           a table of people or scores of which nothing can be read
│   └── BulkError             a table of pairs or answers that a bulk job cannot work on
│       └── BulkStopped         the person stopped the job; nothing was written
└── DataError               a file that ships with Parley is damaged or inconsistent

The message of an `InputError` is shown to the person as it stands: one sentence that says what was
found, why it does not do and what to do next. A programming mistake raises `ValueError` instead.
"""


class ParleyError(Exception):
    """Anything that Parley itself reports."""


class InputError(ParleyError):
    """Something a person gave that cannot be used; the message is for them."""


class UnknownProfileError(InputError):
    """A country, part or region that the tables do not hold."""


class SettingsError(InputError):
    """A setting with a value that it cannot take."""


class DealError(InputError):
    """An answer about the deal that cannot be used."""


class WorkspaceError(InputError):
    """A workspace file that cannot be opened."""


class UploadError(InputError):
    """A table of people or scores, uploaded or pasted, of which nothing can be read."""


class BulkError(InputError):
    """A table of pairs or answers that a bulk job cannot work on, or a result it cannot write."""


class BulkStopped(BulkError):  # noqa: N818 - not a fault: the person decides
    """The person stopped a bulk job; nothing was written."""


class StoreError(InputError):
    """What is kept cannot be read, or something cannot be kept."""


class ChangedElsewhere(StoreError):  # noqa: N818 - not a fault: the person decides
    """Another window or process changed it first; nothing was overwritten."""


class DataError(ParleyError):
    """A file that ships with Parley is damaged or contradicts another."""
