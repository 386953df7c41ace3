"""What comes of questions: for people as a text, for programs as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["Answer", "Difference", "Finding", "Findings"]


class Told:
    """Something with a text for people (`str`) and data for programs (`as_dict`)."""

    def __init__(self, text: str, data: str) -> None:
        self._text = text.rstrip("\n")
        self._data: dict[str, Any] = json.loads(data)

    @property
    def text(self) -> str:
        """What the program prints."""
        return self._text

    def as_dict(self) -> dict[str, Any]:
        """The same as data, as `--format json` prints it. Members are left out where they are empty."""
        return json.loads(json.dumps(self._data))

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._text.partition(chr(10))[0]}>"


class Answer(Told):
    """The answer to a question.

    >>> import iamwhy
    >>> world = iamwhy.World.from_script("account 111122223333\\nuser alice")
    >>> answer = world.can("alice", "s3:GetObject", "arn:aws:s3:::reports/q1.csv")
    >>> answer.allowed
    False
    >>> answer.because
    [{'policy_type': 'identity'}]

    It is no truth value: `depends` is neither yes nor no.

    >>> if answer: pass
    Traceback (most recent call last):
    ...
    TypeError: an answer is no truth value: ask `answer.allowed`, or look at `answer.decision`
    """

    @property
    def decision(self) -> str:
        """`allowed`, `implicitDeny`, `explicitDeny` or `depends`; of a pattern also `some`."""
        return self._data["decision"]

    @property
    def allowed(self) -> bool:
        """Whether it is allowed, and nothing hangs on what nobody said."""
        return self.decision == "allowed"

    @property
    def because(self) -> list[dict[str, Any]]:
        """The statements that decide, the first as AWS's message names it, or the layers that lack an Allow."""
        return self.as_dict().get("because", [])

    @property
    def needs(self) -> list[str]:
        """Context keys that nobody gave and that could turn the decision."""
        return self.as_dict().get("needs", [])

    def __bool__(self) -> bool:
        raise TypeError("an answer is no truth value: ask `answer.allowed`, or look at `answer.decision`")


class Difference(Told):
    """What is newly allowed and newly denied between two versions, over all requests."""

    @property
    def verdict(self) -> str:
        """`equal`, `wider`, `narrower`, `both` or `unknown`."""
        return self._data["verdict"]

    @property
    def entries(self) -> list[dict[str, Any]]:
        """What differs: `actions`, `resources`, `if`, the statement that is to blame, and a `witness`."""
        data = self.as_dict()
        return data["newly_allowed"] + data["newly_denied"]

    @property
    def newly_allowed(self) -> list[dict[str, Any]]:
        """The entries that the new version allows and the old one does not."""
        return self.as_dict()["newly_allowed"]

    @property
    def newly_denied(self) -> list[dict[str, Any]]:
        """The entries that the old version allows and the new one does not."""
        return self.as_dict()["newly_denied"]

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The requests that prove the entries: `principal`, `action`, `resource`, `context`."""
        witnesses = (entry.get("witness") for entry in self.entries)
        return [{"principal": one["principal"], **one["request"]} for one in witnesses if one]


class Finding:
    """Something that is wrong with a policy, or probably not meant."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    @property
    def code(self) -> str:
        """A stable name: `unknown-action`."""
        return self._data["code"]

    @property
    def severity(self) -> str:
        """`error`, `security`, `warning` or `suggestion`."""
        return self._data["severity"]

    @property
    def message(self) -> str:
        """What is wrong."""
        return self._data["message"]

    @property
    def help(self) -> str | None:
        """What to do about it."""
        return self._data.get("help")

    @property
    def file(self) -> str | None:
        """The file, or what stands for one."""
        return self._place().get("file")

    @property
    def line(self) -> int | None:
        """From 1."""
        return self._place().get("line")

    @property
    def column(self) -> int | None:
        """From 1, in characters."""
        return self._place().get("column")

    def as_dict(self) -> dict[str, Any]:
        """All of it as data."""
        return json.loads(json.dumps(self._data))

    def _place(self) -> dict[str, Any]:
        labels = self._data.get("labels")
        return labels[0] if labels else {}

    def __repr__(self) -> str:
        at = "" if self.line is None else f"{self.line}:{self.column}: "
        return f"<Finding {at}{self.severity} {self.code}: {self.message}>"


class Findings(Told, Sequence[Finding]):
    """What lint finds, a list; `text` and `as_dict` are the whole report."""

    def __init__(self, text: str, data: str) -> None:
        super().__init__(text, data)
        policies = [policy for file in self._data["files"] for policy in file["policies"]]
        self._findings = [Finding(found) for policy in policies for found in policy["findings"]]

    def __getitem__(self, number: Any) -> Any:
        return self._findings[number]

    def __len__(self) -> int:
        return len(self._findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def __repr__(self) -> str:
        return repr(self._findings)
