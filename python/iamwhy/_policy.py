"""Policies: read, looked at, compared."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeGuard

from ._answers import Difference, Findings
from ._native import NativePolicy, NativeWorld

__all__ = ["Policy", "diff", "lint"]

Document = str | Mapping[str, Any]
"""A policy as its JSON text, or as the object that it is."""

PathLike = str | os.PathLike[str]


class Policy:
    """A policy that has been read, to be given with a question in place of those of the world.

    `type` is identity, boundary, session, resource, trust, key, endpoint, scp or rcp.

    >>> import iamwhy
    >>> scp = iamwhy.Policy('''{"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}''', type="scp")
    >>> world = iamwhy.World.from_script('''
    ... account 111122223333
    ... user alice
    ... attach AdministratorAccess to user alice
    ... ''')
    >>> world.can("alice", "s3:GetObject", "arn:aws:s3:::b/k", policies=[scp]).decision
    'explicitDeny'

    A text that is no policy is an `iamwhy.Error` with the place:

    >>> iamwhy.Policy('{"Statement": {"Efect": "Allow", "Action": "s3:*", "Resource": "*"}}')
    ... # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    iamwhy.Error: ...
    """

    def __init__(self, document: Document, type: str = "identity", name: str = "policy") -> None:
        self._native = NativePolicy(_text(document), type, name)

    @classmethod
    def load(cls, path: PathLike, type: str = "identity") -> Policy:
        """The policy of a file; answers name it by its path."""
        return cls(Path(path).read_text(encoding="utf-8"), type, os.fspath(path))

    @property
    def text(self) -> str:
        """Its JSON, as it was given."""
        return self._native.text

    @property
    def name(self) -> str:
        """What it is called in answers."""
        return self._native.name

    @property
    def type(self) -> str:
        """What it is attached as: `identity`, `scp` …"""
        return self._native.kind

    def lint(self) -> Findings:
        """What is wrong with it, or probably not meant: `iamwhy.lint`."""
        return lint(self)

    def __repr__(self) -> str:
        return f"<Policy {self.name!r} ({self.type})>"


def lint(policy: Policy | Document | os.PathLike[str], type: str | None = None) -> Findings:
    """What is wrong with a policy, or probably not meant.

    A text that begins like JSON is the policy itself; any other text is the name of a file.

    >>> import iamwhy
    >>> found = iamwhy.lint({"Statement": [{"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*"}]})
    >>> [(one.code, one.severity) for one in found if one.code == "unknown-action"]
    [('unknown-action', 'warning')]
    """
    if isinstance(policy, Policy):
        return Findings(*NativePolicy.lint(policy.text, policy.name, type or policy.type))
    if _is_file(policy):
        path = os.fspath(policy)
        return Findings(*NativePolicy.lint(Path(path).read_text(encoding="utf-8"), path, type))
    return Findings(*NativePolicy.lint(_text(policy), "policy", type))


def diff(
    old: Policy | Document | os.PathLike[str],
    new: Policy | Document | os.PathLike[str],
    type: str | None = None,
) -> Difference:
    """What is newly allowed and newly denied between two versions of a policy or of a world, over all requests.

    Texts that begin like JSON are policies themselves; any other text is the name of a file.

    >>> import iamwhy
    >>> old = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
    >>> new = {"Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}
    >>> iamwhy.diff(old, new).verdict
    'wider'
    """
    return _diff(NativeWorld(), old, new, type)


def _diff(world: NativeWorld, old: Any, new: Any, type: str | None) -> Difference:
    kinds = [one.type for one in (old, new) if isinstance(one, Policy)]
    arguments = {"old": _argument(old), "new": _argument(new)}
    kind = type or (kinds[0] if kinds else None)
    if kind is not None:
        arguments["type"] = kind
    return Difference(*world.call("diff", json.dumps(arguments), []))


def _argument(policy: Any) -> str:
    """A text for what may be a text or the name of a file."""
    if isinstance(policy, Policy):
        return policy.text
    return os.fspath(policy) if _is_file(policy) else _text(policy)


def _is_file(policy: Any) -> TypeGuard[str | os.PathLike[str]]:
    return isinstance(policy, os.PathLike) or isinstance(policy, str) and not policy.lstrip().startswith(("{", "["))


def _text(document: Any) -> str:
    if isinstance(document, str):
        return document
    if isinstance(document, Mapping):
        return json.dumps(document, indent=2)
    raise TypeError(f"a policy is its JSON text or a mapping, not {type(document).__name__}")
