"""The engine: compiled, called by the modules beside it."""

from collections.abc import Sequence
from typing import Any

VERSION: str

class Error(Exception):
    """What is wrong with a text or a question, with its place.

    The text of the exception is what the program prints, the token underlined.
    """

    code: str
    """A stable name: `unknown-action`, `no-such-user`."""
    message: str
    """What is wrong, in one line."""
    help: str | None
    """What to do about it."""
    file: str | None
    """The text that is to blame: a file, or what stands for one."""
    line: int | None
    """From 1."""
    column: int | None
    """From 1, in characters."""
    token: str | None
    """What is underlined."""

class NativePolicy:
    def __new__(cls, text: str, kind: str, name: str) -> NativePolicy: ...
    @staticmethod
    def lint(text: str, name: str, kind: str | None = None) -> tuple[str, str]: ...
    @property
    def text(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...

class NativeWorld:
    def __new__(cls) -> NativeWorld: ...
    @staticmethod
    def load(paths: Sequence[str], allow_outside: bool) -> NativeWorld: ...
    @staticmethod
    def from_script(text: str) -> NativeWorld: ...
    def call(self, tool: str, arguments: str, policies: Sequence[NativePolicy]) -> tuple[str, str]: ...
    def decide(self, batch: Any, policies: Sequence[NativePolicy], because: bool, threads: int) -> Any: ...
    def decide_stream(self, stream: Any, policies: Sequence[NativePolicy], because: bool, threads: int) -> Any: ...
