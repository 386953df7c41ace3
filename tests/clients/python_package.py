"""The package of Python: its docstrings run, what tables may look like, what is refused."""

import doctest
import importlib
import json
import threading

import duckdb
import iamwhy
import pandas
import polars
import pyarrow as pa

WORLD = """
account 111122223333 "Acme" alias acme
user alice
inline Office on user alice {"Statement": [
  {"Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*",
   "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}},
  {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*",
   "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}, "Null": {"aws:TagKeys": "false"}}}]}
"""
ALICE = "arn:aws:iam::111122223333:user/alice"
REPORT = "arn:aws:s3:::reports/q1.csv"
INSIDE, OUTSIDE = "203.0.113.7", "198.51.100.7"


def docstrings():
    for name in ["iamwhy", "iamwhy._answers", "iamwhy._policy", "iamwhy._world"]:
        result = doctest.testmod(importlib.import_module(name))
        assert result.failed == 0 and (result.attempted > 0 or name.endswith("_native")), (name, result)


def decisions(world, table, **more):
    decided = world.decide(table, **more)
    decided = decided if isinstance(decided, pa.RecordBatch) else decided.read_all()
    assert all(one is None for one in decided["error"].to_pylist()), decided["error"]
    return decided["decision"].to_pylist()


def rows(texts, context):
    """Two requests, with their texts in one type of Arrow."""
    columns = {"principal": [ALICE] * 2, "action": ["s3:GetObject"] * 2, "resource": [REPORT] * 2}
    arrays = {name: pa.array(values).cast(texts) for name, values in columns.items()}
    return pa.record_batch({**arrays, "context": context})


def types(world):
    struct = pa.array([{"aws:SourceIp": INSIDE}, {"aws:SourceIp": OUTSIDE}])
    for texts in [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]:
        assert decisions(world, rows(texts, struct)) == ["allowed", "implicitDeny"], texts
    pairs = [[("aws:SourceIp", INSIDE)], [("aws:SourceIp", OUTSIDE)]]
    lists = [[("aws:SourceIp", [INSIDE])], [("aws:SourceIp", [OUTSIDE])]]
    contexts = [
        pa.array(pairs, pa.map_(pa.string(), pa.string())),
        pa.array(lists, pa.map_(pa.string(), pa.list_(pa.string()))),
        pa.array([json.dumps({"aws:SourceIp": one}) for one in (INSIDE, OUTSIDE)]),
        pa.array([{"aws:SourceIp": INSIDE}, {"aws:SourceIp": None}]),
        pa.array([{"aws:SourceIp": INSIDE}, None]),
    ]
    for context in contexts:
        assert decisions(world, rows(pa.string(), context)) == ["allowed", "implicitDeny"], context
    # A slice begins in the middle of its columns.
    for context in contexts[:4]:
        assert decisions(world, rows(pa.string(), context).slice(1)) == ["implicitDeny"], context


def lists(world):
    tags = pa.array([{"aws:TagKeys": ["team"]}, {"aws:TagKeys": ["team", "cost"]}, {"aws:TagKeys": []}])
    table = pa.record_batch({
        "principal": [ALICE] * 3, "action": ["s3:PutObject"] * 3, "resource": [REPORT] * 3, "context": tags,
    })
    assert decisions(world, table) == ["allowed", "implicitDeny", "implicitDeny"]


def wrong_rows(world):
    table = pa.record_batch({
        "id": ["a", "b", "c", "d", "e"],
        "principal": [ALICE, None, "alice", ALICE, ALICE],
        "action": ["s3:GetObject", "s3:GetObject", "s3:GetObject", "GetObject", "s3:GetObject"],
        "resource": [REPORT, REPORT, REPORT, REPORT, "reports/q1.csv"],
        "context": ['{"aws:SourceIp": "203.0.113.7"}', None, None, None, '{"x"'],
    })
    decided = world.decide(table, because=True)
    assert decided["id"].to_pylist() == ["a", "b", "c", "d", "e"]
    assert decided["decision"].to_pylist() == ["allowed"] + [None] * 4
    codes = [error and error.split(":")[0] for error in decided["error"].to_pylist()]
    assert codes[:4] == [None, "missing-field", "bad-principal", "bad-action"] and codes[4], codes
    assert decided.to_pylist()[0] == {
        "id": "a", "decision": "allowed", "error": None, "layer": "identity", "policy": "Office", "statement": "Read",
    }
    assert decided.schema.names == world.decide(table.slice(0, 0), because=True).schema.names


def same_as_can(world):
    """A table says what a question says that brings all its keys."""
    ips = [INSIDE, OUTSIDE] * 2000
    table = rows(pa.string(), pa.array([{"aws:SourceIp": INSIDE}, {"aws:SourceIp": OUTSIDE}]))
    table = pa.Table.from_batches([table] * 2000).combine_chunks()
    asked = {ip: world.can("alice", "s3:GetObject", REPORT, {"aws:SourceIp": ip}).decision for ip in set(ips)}
    for threads in [0, 1, 3]:
        assert decisions(world, table, threads=threads) == [asked[ip] for ip in ips]


def frames(world):
    columns = {"principal": [ALICE], "action": ["s3:GetObject"], "resource": [REPORT]}
    context = {"context": [{"aws:SourceIp": INSIDE}]}
    polar = polars.DataFrame({**columns, **context})
    assert polars.from_arrow(world.decide(polar))["decision"].to_list() == ["allowed"]
    panda = pandas.DataFrame({**columns, "context": [json.dumps(context["context"][0])]})
    assert world.decide(panda).read_pandas()["decision"].to_list() == ["allowed"]
    relation = duckdb.sql(f"select '{ALICE}' as principal, 's3:GetObject' as action, '{REPORT}' as resource, "
                          f"{{'aws:SourceIp': '{INSIDE}'}} as context")
    assert decisions(world, relation) == ["allowed"]


def refusals(world):
    """What is no table of requests is refused as a whole."""
    cases = {
        "missing-column": {"principal": [ALICE]},
        "unknown-column": {"principal": [ALICE], "action": ["s3:GetObject"], "resorce": [REPORT]},
        "wrong-type": {"principal": [ALICE], "action": [7]},
    }
    for code, columns in cases.items():
        for table in [pa.record_batch(columns), pa.table(columns)]:
            try:
                decisions(world, table)
            except iamwhy.Error as wrong:
                assert wrong.code == code, (code, wrong)
            else:
                raise AssertionError(f"{code} was not refused")
    try:
        world.can("alise", "s3:GetObject")
    except iamwhy.Error as wrong:
        assert (wrong.code, wrong.line, wrong.column, wrong.token) == ("unknown-principal", 1, 5, "alise"), vars(wrong)
        assert "alice" in wrong.help
    else:
        raise AssertionError("nobody is called alise")


def threads(world):
    """The interpreter is free while a table is decided, and worlds are shared by threads."""
    table = pa.Table.from_batches([rows(pa.string(), pa.array([{"aws:SourceIp": INSIDE}] * 2))] * 500).combine_chunks()
    found = []
    workers = [threading.Thread(target=lambda: found.extend(decisions(world, table))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == ["allowed"] * 4000


world = iamwhy.World.from_script(WORLD)
docstrings()
for check in [types, lists, wrong_rows, same_as_can, frames, refusals, threads]:
    check(world)
print("python: docstrings, types of columns, frames, refusals, threads")
