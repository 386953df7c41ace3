"""Makes calls as CloudTrail has them, in Parquet: `python trail.py trail.parquet 10000`."""

import sys

import pyarrow as pa
import pyarrow.parquet as pq

ACCOUNT = "111122223333"
CALLERS = [f"arn:aws:iam::{ACCOUNT}:user/alice", f"arn:aws:iam::{ACCOUNT}:user/bob", f"arn:aws:sts::{ACCOUNT}:assumed-role/Deploy/ci"]
CALLS = [
    ("s3:GetObject", "arn:aws:s3:::reports/q1.csv"),
    ("ec2:RunInstances", f"arn:aws:ec2:us-east-1:{ACCOUNT}:instance/*"),
    ("dynamodb:Query", f"arn:aws:dynamodb:eu-central-1:{ACCOUNT}:table/orders"),
    ("cloudtrail:StopLogging", f"arn:aws:cloudtrail:eu-central-1:{ACCOUNT}:trail/main"),
    ("iam:GetUser", f"arn:aws:iam::{ACCOUNT}:user/bob"),
]
REGIONS = ["eu-central-1", "us-east-1", "eu-central-1", "eu-west-1"]


def calls(count):
    """A table of requests: Athena makes the same of a trail by
    `useridentity.arn as principal, split_part(eventsource, '.', 1) || ':' || eventname as action`."""
    rows = range(count)
    actions, resources = zip(*(CALLS[row % len(CALLS)] for row in rows))
    context = [
        {"aws:RequestedRegion": REGIONS[row % len(REGIONS)], "aws:SourceIp": f"203.0.113.{row % 250}"} for row in rows
    ]
    return pa.table({
        "id": pa.array(rows, pa.int64()),
        "principal": [CALLERS[row % len(CALLERS)] for row in rows],
        "action": list(actions),
        "resource": list(resources),
        "context": context,
    })


if __name__ == "__main__":
    pq.write_table(calls(int(sys.argv[2])), sys.argv[1])
