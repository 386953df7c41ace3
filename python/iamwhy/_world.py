"""Worlds, and what is asked in them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from ._answers import Answer, Difference, Findings, Told
from ._native import NativeWorld
from ._policy import Policy, _argument, _diff

__all__ = ["World"]

Value = str | bool | int | float | None | Iterable[str]
"""The value of a context key; a list makes the key multivalued, `None` says that it is absent."""


class World:
    """Accounts, principals, organizations, resources and their policies: what questions are asked in.

    `World()` is empty: then questions bring their policies along.

    >>> import iamwhy
    >>> reports = iamwhy.Policy({"Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]})
    >>> alice = "arn:aws:iam::111122223333:user/alice"
    >>> iamwhy.World().can(alice, "s3:GetObject", "arn:aws:s3:::reports/q1.csv", policies=[reports]).allowed
    True
    """

    def __init__(self) -> None:
        self._native = NativeWorld()

    @classmethod
    def load(cls, *paths: str | os.PathLike[str], allow_outside: bool = False) -> World:
        """The world of files: scripts (`.iam`), dumps of `aws iam get-account-authorization-details`, folders with
        outputs of the AWS command line as `iamwhy import --how` collects them.

        A script reads no files from outside of its folder unless `allow_outside` says so.
        """
        if not paths:
            raise TypeError("name a file or a folder; `World()` is a world without any")
        return cls._of(NativeWorld.load([os.fspath(path) for path in paths], allow_outside))

    @classmethod
    def from_script(cls, text: str) -> World:
        """The world that a script declares; it reads no files.

        >>> import iamwhy
        >>> try:
        ...     iamwhy.World.from_script("account 111122223333\\nuser alice\\nattach Opps to user alice")
        ... except iamwhy.Error as wrong:
        ...     print(wrong.line, wrong.column, wrong.token, wrong.code)
        3 8 Opps unknown-policy
        """
        return cls._of(NativeWorld.from_script(text))

    @classmethod
    def _of(cls, native: NativeWorld) -> World:
        world = cls.__new__(cls)
        world._native = native
        return world

    def can(
        self,
        principal: str,
        action: str,
        resource: str | None = None,
        context: Mapping[str, Value] | None = None,
        *,
        policies: Iterable[Policy] = (),
    ) -> Answer:
        """Whether a principal may do something.

        `principal` is a name (`alice`, `role app/Worker`) or an ARN; wildcards in `action` and `resource` ask about all
        that they cover. `policies` stand in place of the world's, each in the layer of its type.

        >>> import iamwhy
        >>> world = iamwhy.World.from_script('''
        ... account 111122223333
        ... user alice
        ... inline Office on user alice {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
        ...   "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}}
        ... ''')
        >>> report = "arn:aws:s3:::reports/q1.csv"
        >>> world.can("alice", "s3:GetObject", report, {"aws:SourceIp": "203.0.113.7"}).allowed
        True
        >>> world.can("alice", "s3:GetObject", report).needs
        ['aws:SourceIp']
        """
        return Answer(*self._ask("can", _question(principal, action, resource, context), policies))

    def why(
        self,
        principal: str,
        action: str,
        resource: str | None = None,
        context: Mapping[str, Value] | None = None,
        *,
        policies: Iterable[Policy] = (),
    ) -> Answer:
        """The same with the reasons: what decides, what would turn it, who can do that and what it opens.

        `str()` of the answer is the text for people; `as_dict()["explanation"]` is the same as data.
        """
        return Answer(*self._ask("why", _question(principal, action, resource, context), policies))

    def why_message(self, message: str, *, policies: Iterable[Policy] = ()) -> Told:
        """What AWS said, explained: an access-denied message, a CloudTrail event, or what
        `sts decode-authorization-message` prints."""
        return Told(*self._ask("why", {"message": message}, policies))

    def when(
        self,
        principal: str,
        action: str,
        resource: str | None = None,
        context: Mapping[str, Value] | None = None,
        *,
        policies: Iterable[Policy] = (),
    ) -> Answer:
        """Under which conditions it is allowed: which values of which keys turn the answer."""
        return Answer(*self._ask("when", _question(principal, action, resource, context), policies))

    def who_can(self, action: str, resource: str) -> Told:
        """Everybody who may do something, in all accounts of the world, and by what."""
        return Told(*self._ask("who_can", {"action": action, "resource": resource}))

    def what_can(self, principal: str) -> Told:
        """What a principal may do: actions by service and access level, by which statement, where and when."""
        return Told(*self._ask("what_can", {"principal": principal}))

    def lint(self, policy: str | Policy) -> Findings:
        """What is wrong with a policy of the world by its name, or with all of them: `world.lint("all")`."""
        return Findings(*self._ask("lint", {"policy": _argument_or_name(policy)}))

    def diff(self, old: Any, new: Any, type: str | None = None) -> Difference:
        """As `iamwhy.diff`, with the actions that this world knows."""
        return _diff(self._native, old, new, type)

    def decide(
        self,
        requests: Any,
        *,
        policies: Iterable[Policy] = (),
        because: bool = False,
        threads: int = 0,
    ) -> Any:
        """Decides a table of requests, a row each. Needs pyarrow.

        A `pyarrow.RecordBatch` gives a `RecordBatch`; anything else with Arrow in it (a `pyarrow.Table` or
        `RecordBatchReader`, a frame of pandas 3 or Polars, a DuckDB relation) gives a `RecordBatchReader`, which decides
        while it is read: `.read_all()`, `polars.from_arrow(…)`, `.read_pandas()`.

        Columns: `principal` (an ARN, `anonymous`, `service:NAME`) and `action`; `resource`, `resource_account` and
        `context` where there are any; an `id` is given back. Others are passed over. `context` is a struct, a
        map<string, string>, a map<string, list<string>>, or a string with an object of JSON; a null is a key that is not
        given.

        Answers: `id`, `decision` (`allowed`, `implicitDeny`, `explicitDeny`, `depends`) and `error`, which says why a
        row has no decision. With `because` also `layer` (or the gate), `policy` and `statement`.

        A row says all that there is, as a request of `iamwhy batch` does: what no policy allows is denied. `threads` are
        as many as there are cores, or as many as you say; the interpreter is free meanwhile.

        >>> import iamwhy, pyarrow as pa
        >>> world = iamwhy.World.from_script('''
        ... account 111122223333
        ... user alice
        ... attach ReadOnlyAccess to user alice
        ... ''')
        >>> requests = pa.record_batch({
        ...     "id": [1, 2, 3],
        ...     "principal": ["arn:aws:iam::111122223333:user/alice"] * 3,
        ...     "action": ["s3:GetObject", "s3:PutObject", None],
        ...     "resource": ["arn:aws:s3:::reports/q1.csv"] * 3,
        ... })
        >>> world.decide(requests).to_pylist()[0]
        {'id': 1, 'decision': 'allowed', 'error': None}
        >>> world.decide(requests)["decision"].to_pylist()
        ['allowed', 'implicitDeny', None]
        >>> world.decide(requests)["error"].to_pylist()[2]
        'missing-field: the field `action` is missing'
        """
        given = [policy._native for policy in policies]
        if hasattr(requests, "__arrow_c_array__"):
            return self._native.decide(requests, given, because, threads)
        if not hasattr(requests, "__arrow_c_stream__"):
            raise TypeError(
                "a table of requests is a pyarrow.RecordBatch, Table or RecordBatchReader, a frame of pandas or Polars, "
                f"or a DuckDB relation, not {type(requests).__name__}"
            )
        return self._native.decide_stream(requests, given, because, threads)

    def _ask(self, tool: str, arguments: Mapping[str, Any], policies: Iterable[Policy] = ()) -> tuple[str, str]:
        return self._native.call(tool, json.dumps(arguments), [policy._native for policy in policies])


def _question(
    principal: str, action: str, resource: str | None, context: Mapping[str, Value] | None
) -> dict[str, Any]:
    question: dict[str, Any] = {"principal": principal, "action": action}
    if resource is not None:
        question["resource"] = resource
    if context:
        question["context"] = {key: _value(value) for key, value in context.items()}
    return question


def _value(value: Value) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Mapping):
        raise TypeError("the value of a context key is a text, a number, a truth value, None, or several texts")
    return [str(one) for one in value]


def _argument_or_name(policy: str | Policy) -> str:
    return policy if isinstance(policy, str) else _argument(policy)
