"""The assistant's door, by the official client of the protocol: both eras, every tool, what is refused.

Takes the program as its argument; needs the package `mcp`."""

import asyncio
import pathlib
import sys
import tempfile

from mcp import Client, MCPError, StdioServerParameters

WORLD = """
account 111122223333 "Acme" alias acme
user alice
user bob
attach AdministratorAccess to user alice
"""
OLD = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'
NEW = OLD.replace("s3:GetObject", "s3:Get*")
OBJECT = "arn:aws:s3:::reports/q1.csv"

CALLS = {
    "can": ({"principal": "alice", "action": "s3:GetObject", "resource": OBJECT}, ("decision", "allowed")),
    "why": ({"principal": "alice", "action": "account:CloseAccount"}, ("decision", "implicitDeny")),
    "when": ({"principal": "bob", "action": "s3:GetObject", "resource": OBJECT, "policies": [OLD]}, ("decision", "allowed")),
    "who_can": ({"action": "s3:GetObject", "resource": OBJECT}, ("action", "s3:GetObject")),
    "what_can": ({"principal": "alice"}, ("principal", "arn:aws:iam::111122223333:user/alice")),
    "diff": ({"old": OLD, "new": NEW}, ("verdict", "wider")),
    "lint": ({"policy": OLD.replace("GetObject", "GetObjekt")}, ("verdict", "findings")),
    "test": ({"script": f"expect bob denied s3:GetObject on {OBJECT}"}, ("passed", 1)),
    "info": ({"name": "root user"}, ("text", None)),
}


async def ask(program, folder, elsewhere, mode):
    server = StdioServerParameters(command=program, args=["mcp", "--world", f"{folder}/world.iam", "--root", folder])
    async with Client(server, mode=mode) as client:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools == set(CALLS), tools
        for name, (arguments, (member, value)) in CALLS.items():
            result = await client.call_tool(name, arguments)
            assert not result.is_error, (name, result.content)
            found = result.structured_content[member]
            assert value is None or found == value, (name, found)
        await refusals(client, elsewhere)


async def refusals(client, elsewhere):
    unknown = await client.call_tool("can", {"principal": "zed", "action": "s3:GetObject"})
    assert unknown.is_error and "there is no user or role `zed`" in unknown.content[0].text
    outside = await client.call_tool("lint", {"policy": elsewhere})
    assert outside.is_error and "outside" in outside.content[0].text, outside.content
    for name, arguments in [("cann", {}), ("can", {"principal": "alice"}), ("can", {"principel": "alice"})]:
        try:
            await client.call_tool(name, arguments)
        except MCPError as wrong:
            assert wrong.error.code == -32602, wrong
        else:
            raise AssertionError(f"{name} {arguments} was not refused")


def main():
    with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile(suffix=".json") as elsewhere:
        pathlib.Path(folder, "world.iam").write_text(WORLD)
        pathlib.Path(elsewhere.name).write_text(OLD)
        for mode in ["auto", "legacy"]:
            asyncio.run(ask(sys.argv[1], folder, elsewhere.name, mode))
    print("mcp: every tool, in both eras")


main()
