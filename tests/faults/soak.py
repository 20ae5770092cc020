"""The soak: people work, the broker misbehaves, the clock moves, and the host is killed at random moments, again and again.

`make soak SEED=7 KILLS=1000` or `make soak MINUTES=30`. After every hundred kills all that is left is compared with the model:
every task, every occurrence, every change, every event to every consumer. The seed is printed; it
gives the same work, the same disorder and the same plan of kills again, but not the same meeting of them. `--steady` gives up
the last part: one person, who waits until all is quiet, and kills only at drawn places, so that a run is the same every time.
"""

import argparse
import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.soaking.round import run

ROUND = 100
"""Kills after which everything is compared, and a new house begun."""


def main() -> int:
    """Soak until so many kills or minutes have passed; say what it was."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--seed", default="", help="of an earlier run, to repeat it")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=0, help="instead of a number of kills")
    parser.add_argument("--steady", action="store_true", help="one person, kills at drawn places: the same every time")
    asked = parser.parse_args()
    seed = asked.seed or str(secrets.randbelow(10**9))
    print(f"seed {seed}", flush=True)  # noqa: T201  a program for the terminal
    end = time.monotonic() + 60 * asked.minutes
    done = number = 0
    while time.monotonic() < end if asked.minutes else done < asked.kills:
        kills = ROUND if asked.minutes else min(ROUND, asked.kills - done)
        folder = Path(tempfile.mkdtemp(prefix="taskora-soak-"))
        try:
            tally = run(folder / "house", f"{seed}.{number}", kills, steady=asked.steady)
        except BaseException:
            print(f"DIFFERENT with seed {seed}, round {number}; what is left: {folder}", flush=True)  # noqa: T201  the same
            raise
        shutil.rmtree(folder)
        done, number = done + kills, number + 1
        print(f"{done} kills: {tally}, no difference", flush=True)  # noqa: T201  the same
    return 0


if __name__ == "__main__":
    sys.exit(main())
