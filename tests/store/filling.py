"""A process of its own on a disk that fills up: `python -m tests.store.filling ADDRESS ROOM`.

Saves teams until the room in bytes is used up; prints what it was told and whether all that was
confirmed can be read then.
"""

import json
import resource
import sys

from analysis.errors import StoreError
from analysis.store import open_store
from tests.store.made import MEMBERS, team


def main(address, room):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), int(room)))
    with open_store(address) as store:
        user, confirmed, said = store.for_user("ann"), [], []
        for number in range(200):
            made = team(number, name="Zweckverband", members=MEMBERS * 200)
            try:
                user.save_team(made, None)
                confirmed.append(made)
            except StoreError as error:
                said.append(str(error))
                if len(said) == 3:
                    break
        readable = sorted(kept.id for kept in user.teams()) == [made.id for made in confirmed]
    json.dump({"confirmed": len(confirmed), "said": said, "readable": readable}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
