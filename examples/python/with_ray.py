"""Which calls would a proposed SCP deny? With Ray Data: `python with_ray.py trail.parquet`."""

import sys
from pathlib import Path

import ray

here = Path(__file__).parent


class Decide:
    """Loads the world once, in each worker."""

    def __init__(self):
        import iamwhy

        self.world = iamwhy.World.load(here / "world.iam")
        self.scp = iamwhy.Policy.load(here / "scp.json", type="scp")

    def __call__(self, calls):
        today, then = (
            self.world.decide(calls, policies=policies, threads=1).read_all() for policies in ([], [self.scp])
        )
        both = calls.select(["id", "action"]).append_column("today", today["decision"])
        return both.append_column("then", then["decision"])


ray.init(num_cpus=2, include_dashboard=False)
both = ray.data.read_parquet(sys.argv[1]).map_batches(Decide, batch_format="pyarrow", batch_size=65536, concurrency=1)
denied = both.filter(lambda row: row["today"] == "allowed" and row["then"] != "allowed")
print(f"ray: {denied.count()} calls newly denied")
ray.shutdown()
