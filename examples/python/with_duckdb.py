"""Which calls would a proposed SCP deny? With DuckDB: `python with_duckdb.py trail.parquet`."""

import sys
from pathlib import Path

import duckdb
import iamwhy

here = Path(__file__).parent
world = iamwhy.World.load(here / "world.iam")
scp = iamwhy.Policy.load(here / "scp.json", type="scp")

con = duckdb.connect()
calls = con.read_parquet(sys.argv[1])
# DuckDB hands its relation over as a stream, which is decided batch by batch.
today = world.decide(calls).read_all()
proposed = world.decide(calls, policies=[scp], because=True).read_all()

denied = con.execute("""
    select action, statement, count(*) from calls join today using (id) join proposed using (id)
    where today.decision = 'allowed' and proposed.decision <> 'allowed' group by all order by all
""").fetchall()
for action, statement, count in denied:
    print(action, statement, count)
print(f"duckdb: {sum(count for *_, count in denied)} calls newly denied")
