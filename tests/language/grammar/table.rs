//! The table of usages that the tests of the syntax read.

use iamwhy::syntax::script::Usage;

const ROWS: &str = "\
account ACCOUNT-ID [TEXT [alias NAME]]
root EMAIL:WORD [mfa]
user NAME [path WORD] [tags PAIR...]
group NAME [path WORD] [members NAME...]
role NAME [path WORD] trust DOCUMENT [tags PAIR...]
policy|scp|rcp NAME DOCUMENT
inline NAME on ENTITY DOCUMENT
boundary POLICY on ENTITY
instance-profiles of role NAME [are NAME...]
resource ARN [in ARN] [owner ACCOUNT] [policy DOCUMENT] [tags PAIR...]
endpoint NAME vpc WORD [service WORD] [owner ACCOUNT] [policy DOCUMENT]
organization NAME management ACCOUNT-ID
ou NAME [under NAME]
billing-access (on|off)
attach POLICY to TARGET
detach POLICY from TARGET
add user NAME to group NAME
remove user NAME from group NAME
tag TARGET PAIR...
delete TARGET
move account ACCOUNT to TARGET
load FILE [as account ACCOUNT-ID]
read FILE
sign-in (root EMAIL:WORD | NAME at ACCOUNT) [mfa]
sign-out
whoami
open URL:WORD
assume PRINCIPAL as NAME [mfa | policy DOCUMENT | tags PAIR...]...
assume-root ACCOUNT task WORD
federate NAME [policy DOCUMENT]
can|why|when [PRINCIPAL] ACTION [[on] RESOURCE] [CLAUSE]...
why
why TEXT
who-can ACTION [[on] RESOURCE] [CLAUSE]...
what-can PRINCIPAL [CLAUSE]...
compare PRINCIPAL PRINCIPAL [CLAUSE]...
[todo] expect [PRINCIPAL] VERDICT ACTION [[on] RESOURCE] [CLAUSE]... [because REASON]
expect table TABLE
set WORD WORD
undo
redo
changes
what-if BLOCK
list [WORD [all]]
info WORD
show WORD
save FILE [over]
tour
help [WORD]
aws AWS
change-own-password (on|off)
public-access-block (on|off) [for (organization | ARN)] [SWITCH:WORD...]
grant PRINCIPAL on ARN actions ACTION...
access-point ARN of ARN [vpc WORD] [policy DOCUMENT]
bucket-abac (on|off) for ARN
account-state (active|closed|suspended)
region NAME (on|off)
delegate SERVICE:WORD to account ACCOUNT
root-access (credentials|sessions) (on|off)
";

/// Reads the rows.
pub(crate) fn table() -> Vec<Usage> {
    let usage = |row: &str| {
        let usage = Usage::parse(row).unwrap_or_else(|wrong| panic!("{}", wrong.message));
        if row.starts_with("user") { usage.example("user bob path /dev/ tags team=core") } else { usage }
    };
    ROWS.lines().map(usage).collect()
}
