"""Which calls would a proposed SCP deny? With Polars: `python with_polars.py trail.parquet`."""

import sys
from pathlib import Path

import iamwhy
import polars as pl

here = Path(__file__).parent
world = iamwhy.World.load(here / "world.iam")
scp = iamwhy.Policy.load(here / "scp.json", type="scp")

calls = pl.read_parquet(sys.argv[1])
today = pl.from_arrow(world.decide(calls))
then = pl.from_arrow(world.decide(calls, policies=[scp], because=True))
both = calls.with_columns(today=today["decision"], then=then["decision"], statement=then["statement"])

denied = both.filter((pl.col("today") == "allowed") & (pl.col("then") != "allowed"))
for action, statement, count in denied.group_by("action", "statement").len().sort("action", "statement").rows():
    print(action, statement, count)
print(f"polars: {len(denied)} of {len(both)} calls newly denied")
