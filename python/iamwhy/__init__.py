"""What AWS IAM would decide, and why, without AWS: no account, no credentials, no network.

>>> import iamwhy
>>> world = iamwhy.World.from_script('''
... account 111122223333 "Acme" alias acme
... user alice
... attach ReadOnlyAccess to user alice
... ''')
>>> answer = world.can("alice", "s3:DeleteObject", "arn:aws:s3:::reports/q1.csv")
>>> answer.allowed, answer.decision
(False, 'implicitDeny')

Many requests at once, in tables of Arrow, pandas, Polars, DuckDB or Spark: `World.decide`.
"""

from ._answers import Answer, Difference, Finding, Findings
from ._native import VERSION as __version__
from ._native import Error
from ._policy import Policy, diff, lint
from ._world import World

__all__ = ["Answer", "Difference", "Error", "Finding", "Findings", "Policy", "World", "diff", "lint"]
