"""A process of its own whose first reading of a team is done by many threads at once.

`python -m tests.store.reading TEXT`, a row's text. What a form holds is worked out when it is first
read, and two threads that do so at once ended the process (msgspec 0.22, signal 11): it has to be
worked out before, by the one thread that imports the module.
"""

import sys
from threading import Barrier, Thread

from analysis.store.payloads import read_team

THREADS = 16


def main(text):
    sys.setswitchinterval(1e-6)  # threads change places in the middle of everything
    gate, found = Barrier(THREADS), []

    def read():
        gate.wait()
        found.append(read_team(text))

    threads = [Thread(target=read) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == THREADS
    assert len(set(found)) == 1


if __name__ == "__main__":
    main(*sys.argv[1:])
