"""Which calls would a proposed SCP deny? With Spark: `python with_spark.py trail.parquet`. Java 17 must be there."""

import os
import sys
from pathlib import Path

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
from pyspark.sql import SparkSession

here = Path(__file__).parent
columns = "id long, decision string, error string"


def decide(scps):
    def partition(batches):
        # Once for each partition, on the worker: worlds are small, and are not sent around.
        import iamwhy

        world = iamwhy.World.load(here / "world.iam")
        policies = [iamwhy.Policy.load(path, type="scp") for path in scps]
        for batch in batches:
            yield world.decide(batch, policies=policies, threads=1)

    return partition


spark = (
    SparkSession.builder.master("local[2]").appName("iamwhy")
    .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", 65536).config("spark.ui.enabled", "false")
    .getOrCreate()
)
calls = spark.read.parquet(sys.argv[1])
today = calls.mapInArrow(decide([]), columns).withColumnRenamed("decision", "today")
then = calls.mapInArrow(decide([here / "scp.json"]), columns).withColumnRenamed("decision", "then")
both = calls.join(today.drop("error"), "id").join(then.drop("error"), "id")
denied = both.where("today = 'allowed' and then <> 'allowed'")
denied.groupBy("action").count().orderBy("action").show(truncate=False)
print(f"spark: {denied.count()} of {calls.count()} calls newly denied")
spark.stop()
