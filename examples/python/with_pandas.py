"""Which calls would a proposed SCP deny? With pandas: `python with_pandas.py trail.parquet`."""

import sys
from pathlib import Path

import iamwhy
import pyarrow.parquet as pq

here = Path(__file__).parent
world = iamwhy.World.load(here / "world.iam")
scp = iamwhy.Policy.load(here / "scp.json", type="scp")

calls = pq.read_table(sys.argv[1])
frame = calls.to_pandas()
frame["today"] = world.decide(calls).read_pandas()["decision"]
then = world.decide(calls, policies=[scp], because=True).read_pandas()
frame[["then", "statement"]] = then[["decision", "statement"]]

denied = frame[(frame["today"] == "allowed") & (frame["then"] != "allowed")]
print(denied.groupby(["action", "statement"]).size().to_string())
print(f"pandas: {len(denied)} of {len(frame)} calls newly denied")
