//! What people type who have not read how it is written, and what they mean by it.

/// What some lines mean.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Patterns of the lines.
    pub(super) typed: &'static [&'static str],
    /// What clears up what was mixed up; with fillers, such as `{USER}`.
    pub(super) says: &'static str,
    /// The statements that are meant, the likeliest first; one whose fillers are not known is left out.
    pub(super) lines: &'static [&'static str],
    /// Whether the lines are a question in words, which the statements answer.
    pub(super) answers: bool,
}

const fn meant(typed: &'static [&'static str], lines: &'static [&'static str], says: &'static str) -> Phrase {
    Phrase { typed, says, lines, answers: false }
}

const fn asked(typed: &'static [&'static str], lines: &'static [&'static str], says: &'static str) -> Phrase {
    Phrase { typed, says, lines, answers: true }
}

const NOBODY_BECOMES_ROOT: &str = "nobody becomes the root user, for it is no right that could be given: \
    AdministratorAccess is the most that others get, and `list root-only` shows what stays the root user's";

const NOT_ROOT: &str = "an IAM user never is the root user, whatever its policies say; the root user is whoever signed in by e-mail";

/// The first that fits counts.
#[rustfmt::skip]
pub(super) static PHRASES: &[Phrase] = &[
    // Signing in and out.
    meant(&["sign-in", "sign-in to aws", "please sign-in"],
        &["sign-in {SOMEONE} at {HERE}", "sign-in root {ROOT-EMAIL} mfa"],
        "there are two ways: an IAM user signs in by account and name, the root user by e-mail"),
    meant(&["sign-in [as|to|with|root] [user] EMAIL [mfa]"],
        &["sign-in root {EMAIL} mfa"],
        "an e-mail address is that of a root user; `mfa` says that it signs in with MFA"),
    meant(&["sign-in [as|to|with] [the] root [user] [at|in|of|to|for|@] [account] ACCOUNT [mfa]", "root [at|of|@] ACCOUNT"],
        &["sign-in root {EMAIL-OF-ACCOUNT} mfa"],
        "a root user signs in by e-mail, not by account and name"),
    meant(&["sign-in [as|to|with] [the] root [user] [mfa]", "become|be [the] root [user]", "root", "root user",
            "how do|can i become|be|get [the] root [user]", "how do|can i|we|one sign-in as|with [the] root [user]", "i want to be|become [the] root [user]", "switch|change to [the] root [user]", "su", "sudo"],
        &["sign-in root {ROOT-EMAIL} mfa", "sign-in root {OTHER-EMAIL} mfa"],
        "each account has a root user of its own, told by its e-mail"),
    meant(&["sign-in [as|to|with] [user] USER [at|in|to|into|on|@|of|from|with] [the] [account] SHOWN [account] [mfa]"],
        &["sign-in {USER} at {SHOWN}"],
        "the account's name is only shown: sign-in takes the alias or the id"),
    meant(&["sign-in [as|to|with] [user] USER [at|in|to|into|on|@|of|from|with] [the] [account] ACCOUNT [account] [mfa]",
            "sign-in [at|in|to|into|on] [account] ACCOUNT as [user] USER [mfa]"],
        &["sign-in {USER} at {ACCOUNT}"], ""),
    meant(&["sign-in [as|to|with] [iam] [user] USER [mfa]", "switch|change to [user] USER", "su USER"],
        &["sign-in {USER} at {HOME}"],
        "an IAM user signs in by account and name"),
    meant(&["sign-in [at|in|to|into|on] [the] [account] ACCOUNT [account]"],
        &["open https://{ACCOUNT}.signin.aws.amazon.com/console"],
        "an account does not sign in: its users do, on its sign-in page"),
    meant(&["sign-in [as] [user] NAME"], &["user {NAME}"],
        "no account has such a user yet; once it is there: `sign-in {NAME} at {HERE}`"),
    meant(&["sign-out [of] [aws|now|please]", "leave", "bye"], &["sign-out"], ""),
    meant(&["open|visit|goto|browse [the] [sign-in] [page|console] [of|for] [account] ACCOUNT [sign-in|account] [page]"],
        &["open https://{ACCOUNT}.signin.aws.amazon.com/console"],
        "a sign-in page is opened by its address"),
    meant(&["switch|change|use|select|go [to] [the] [account] ACCOUNT [account]", "account ACCOUNT"],
        &["account {ACCOUNT-ID}", "sign-in {SOMEONE-OF-ACCOUNT} at {ACCOUNT}"],
        "`account` says where names are looked up; to act there, somebody signs in"),

    // Root and administrators.
    meant(&["make|turn|promote|let USER [to|into|as|be|become] [a|an|the] root [user]",
            "give|grant USER [the] root [access|rights|permissions|privileges|user]",
            "attach|give|grant|add [the] root [access|rights|permissions] to [user] USER",
            "how do|can USER become|be [the] root [user]", "can USER become|be [the] root [user]"],
        &["attach AdministratorAccess to user {USER}"], NOBODY_BECOMES_ROOT),
    meant(&["make|turn|promote|let ENTITY [to|into|as|be|become] [a|an|the] ADMIN [user]",
            "attach|give|grant|assign|add [the] [policy] ADMIN [policy|access|rights|permissions] [to|for] ENTITY",
            "give|grant ENTITY [the|all] ADMIN [policy|access|rights|permissions|privileges]"],
        &["attach AdministratorAccess to {ENTITY}"],
        "it lets {ENTITY} do every action, and still no root-only task"),
    meant(&["turn-on|add|use|set [the|a] mfa [for|of|on] [the] root [user|account]"],
        &["sign-in root {ROOT-EMAIL} mfa"],
        "only the root user can register MFA for the root user (R5); `mfa` behind the sign-in says that it signs in with it"),
    meant(&["turn-on|add|use|set [the|a] mfa [for|of|on] [user] USER", "turn-on|use|add mfa", "sign-in [with] mfa"],
        &["sign-in {USER} at {HOME} mfa", "sign-in {SOMEONE} at {HERE} mfa"],
        "`mfa` behind the sign-in says that it was done with MFA"),
    meant(&["turn-on|allow|give|open [the] [iam] [access] [to|for] [the] billing [access|console]"],
        &["billing-access on"], "it is the root user's switch (R9); policies must allow the bills, too"),

    // Roles.
    meant(&["assume|switch|become|use|change [to|into|as] [the] role ROLE", "assume [the] ROLE", "switch|change [to|into] ROLE"],
        &["assume {ROLE} as session-1"],
        "behind `as` stands what the session is called; without a session: `can {SOMEONE} ACTION on ARN as role {ROLE}`"),
    asked(&["can PERSON assume|become|use|take|be [the] [role] ROLE [role]", "can PERSON switch|change [to|into] [the] [role] ROLE [role]"],
        &["can {PERSON} sts:AssumeRole on {ROLE-ARN}"], "what the role may do then: `can {PERSON} ACTION on ARN as role {ROLE}`"),
    asked(&["can PERSON pass|hand [on] [the] [role] ROLE [role]"], &["can {PERSON} iam:PassRole on {ROLE-ARN}"], ""),
    asked(&["why cannot PERSON assume|become|use|take|be [the] [role] ROLE [role]"], &["why {PERSON} sts:AssumeRole on {ROLE-ARN}"], ""),

    // Groups and policies.
    meant(&["add|put|move|join|make [user] USER [to|into|in|a] [member] [of] [the] [group] GROUP [group]"],
        &["add user {USER} to group {GROUP}"], ""),
    meant(&["add|put|move [user] NAME to|into|in [the] group NAME", "add|put|move [user] NAME to|into|in [the] [group] GROUP"],
        &["user {NAME}", "group {SECOND-NAME} members {NAME}"], "both must be there first: `list users` and `list groups` show who is"),
    meant(&["remove|take|delete|kick|drop [user] USER [out] [of|from] [the] [group] GROUP [group]"],
        &["remove user {USER} from group {GROUP}"], ""),
    meant(&["attach|give|grant|assign|add [the] [policy] POLICY [policy] to|for ENTITY", "give|grant ENTITY [the] [policy] POLICY [policy]"],
        &["attach {POLICY} to {ENTITY}"], ""),
    meant(&["remove|take|detach|revoke [the] [policy] POLICY [policy] [away] [from|of] ENTITY"],
        &["detach {POLICY} from {ENTITY}"], ""),

    // What there is.
    meant(&["create|make|add|new|declare [a|an|the|new] [iam] [new] user [called|named] NAME", "useradd|adduser|newuser NAME"],
        &["user {NAME}"], ""),
    meant(&["create|make|add|new|declare [a|an|the|new] [new|user] group [called|named] NAME"], &["group {NAME}"], ""),
    meant(&["create|make|add|new|declare [a|an|the|new] [iam] [new] role [called|named] NAME", "role NAME", "role PATHED"],
        &["role {NAME} trust {TRUST}", "role {PATHED} trust {TRUST}"],
        "a role needs a trust policy, which says who may assume it"),
    meant(&["create|make|add|new|declare|open|register|turn-on [a|an|another|the|my] [new|second|other|aws] account [called|named|with|id] [a|an|number|id] ID",
            "account ID NAME"],
        &["account {ID} \"My Second\" alias my-second"],
        "then `sign-out`, and `root me@example.org mfa`: each account has a root user with an e-mail address of its own"),
    meant(&["create|make|add|new|declare|open|register|turn-on [a|an|another|the|my] [new|second|other|aws] account",
            "create|make|add|new|open [a|an|another] [new|second] account [called|named] NAME"],
        &["account 210987654321 \"My Second\" alias my-second"],
        "then `sign-out`, and `root me@example.org mfa`: each account has a root user with an e-mail address of its own"),
    meant(&["set|change|create|add|use|make|rename|update [a|an|the|my|our] [account|new|account's] alias [to|as|of|=] NAME"],
        &["aws iam create-account-alias --account-alias {NAME}"],
        "an account has one alias: a new one takes its place, and sign-in links with the old one answer 404"),
    meant(&["set|change|rename|update [the|my|our] account [name] [to|as] NAME"],
        &["can {SOMEONE} account:PutAccountName"],
        "the account's name is set where the account is declared; who may change it can be asked"),
    meant(&["close|cancel|delete|remove|terminate [the|my|our|this|an] [aws] account [ID|now|please]",
            "close|cancel|delete|remove|terminate [the] [account] ACCOUNT [account]"],
        &["can {SOMEONE} account:CloseAccount", "can root account:CloseAccount"],
        "accounts are not closed here: ask who may, then `why`"),
    meant(&["delete|remove|drop ENTITY"], &["delete {ENTITY}"], ""),
    meant(&["list|show|display|give|get|see|view|print [me] [all] [the|of|my|our] [the] [iam] LISTED", "LISTED"], &["list {LISTED}"], ""),
    meant(&["show|describe|display|view|get [me] [the] ENTITY", "USER!"], &["show {ENTITY}", "show user {USER}", "sign-in {USER} at {HOME}"], ""),
    meant(&["ACCOUNT!"], &["show account {ACCOUNT}", "open https://{ACCOUNT}.signin.aws.amazon.com/console"], ""),
    meant(&["help me|please", "man", "commands", "what can i do|type|ask [here]", "how does this work", "hello|hi|hey [there]", "start|begin"],
        &["help", "tour"], ""),

    // Questions about who.
    asked(&["who am i", "am i signed-in", "who is signed-in", "what|which is my account|id|arn|alias [id]", "what|which account am i in", "where am i",
            "who is sign-in", "what is my name"],
        &["whoami"], ""),
    asked(&["am i [the|a] root [user]", "is this [the] root [user]"], &["whoami"], NOT_ROOT),
    asked(&["am i [a|an|the] ADMIN [user]"], &["whoami", "show user {ME}"],
        "an administrator has AdministratorAccess, itself or by a group; it is not the root user"),
    asked(&["is USER [the|a|like|same] [same] [as] [the] root [user]", "why is USER not [the|a] root [user]"], &["show user {USER}"], NOT_ROOT),
    asked(&["is USER [a|an|the] ADMIN [user]"], &["show user {USER}"],
        "an administrator has AdministratorAccess, itself or by a group; it is not the root user"),
    asked(&["is USER in|a|an [member] [of] [a|any|some|the] [group|groups]", "is USER in|a [member] [of] [the] [group] GROUP [group]",
            "what|which group|groups|policies|permissions|rights does|is|has|of USER [have|in|got]", "which|what groups is USER in",
            "what can|does USER [not] do|have", "who|what is USER", "does USER have [any] [a] policies|policy|permissions|groups|mfa"],
        &["show user {USER}"], ""),
    asked(&["who|what is [in|a] [member] [of] [the] [group] GROUP", "who are [in] [the] [members] [of] [group] GROUP"], &["show group {GROUP}"], ""),
    asked(&["who|where is [the] root [user]", "how many root users [are|does|do|has|have] [there|an|account] [have]", "can i|we|there [be|have] two|several|many|more root users", "is there [only|more] [than] one root user", "which|what root users are there", "what is [the] email [address] of [the] root [user]", "what is root's email [address]"],
        &["list accounts"], "each account has one root user, told by its e-mail"),
    asked(&["is [the|a] root [user] a|an [iam] user|role|policy|group|ADMIN", "is [the|a] root [user] the same as [a|an] ADMIN",
            "why can [the] root [user] do everything", "why not use [the] root [user]", "is [the] root [user] dangerous"], &["info root user"], ""),
    asked(&["is [an|a|the] ADMIN [the|a] [same|like] [as] [the] root [user]", "can [a|an|the] ADMIN TASK", "can [a|an|the] ADMIN [user] do everything|anything|all"],
        &["info AdministratorAccess", "list root-only"], ""),
    asked(&["does|should|must [the] root [user] need|have|use mfa", "is mfa needed|required [for] [the] [root] [user]"],
        &["info MFA", "list accounts"], ""),

    // Questions about what one may do.
    asked(&["can|is [the] root [user] [allowed] [to] [really] do everything|anything|all", "what can [the] root [user] [not] do",
            "what can only [the] root [user] do", "what is only for root", "is [the] root [user] limited|restricted", "can [the] root [user] be limited|restricted|denied"],
        &["info root user", "list root-only"], ""),
    asked(&["what is [the] difference between|of [the] root [user] and|to [the] PERSON!", "compare PERSON! and|with|to PERSON!", "compare PERSON!",
            "how is [the] root [user] different from PERSON!", "can PERSON! do everything|anything [that|what|as] [root] [can]", "can PERSON! do all|everything"],
        &["compare root {PERSON}"], "what is not in this list is decided by policies: `can {PERSON} ACTION`"),
    asked(&["what is [the] difference between|of [the] root [user] and [a|an] ADMIN [user]"], &["compare root {SOMEONE}", "info AdministratorAccess"], ""),
    asked(&["what is [the] difference between|of [a|an|the] TERM and [a|an|the] TERM", "difference between|of [a|an|the] TERM and [a|an|the] TERM", "TERM vs|versus|or TERM"], &["info {TERM}", "info {SECOND-TERM}"], ""),
    asked(&["can PERSON [be] [able|allowed] [to] [still] TASK", "is PERSON able|allowed to TASK", "what if PERSON TASK"],
        &["can {PERSON} {TASK}"], "{TASK-SAYS}`why` tells the reasons"),
    asked(&["why cannot PERSON TASK", "why can PERSON [not] TASK", "why is PERSON not able|allowed to TASK", "why PERSON cannot TASK"],
        &["why {PERSON} {TASK}"], ""),
    asked(&["who can|is [allowed|able] [to] TASK", "how do|can|would|does i|we|one|you TASK", "how to TASK"],
        &["can root {TASK}", "can {SOMEONE} {TASK}", "info {TASK}"], ""),
    asked(&["can PERSON read|get|download|open|see|view OBJECT"], &["can {PERSON} s3:GetObject on {OBJECT}"], ""),
    asked(&["can PERSON write|put|upload|change|overwrite [to] OBJECT"], &["can {PERSON} s3:PutObject on {OBJECT}"], ""),
    asked(&["can PERSON delete|remove OBJECT"], &["can {PERSON} s3:DeleteObject on {OBJECT}"], ""),
    asked(&["can PERSON read|get|download|open|see|view [all] [the] [objects|files] [from|of|in] [the] [bucket] BUCKET"],
        &["can {PERSON} s3:GetObject on {BUCKET}/*"], ""),
    asked(&["can PERSON write|put|upload|change [objects|files] [to|into|in] [the] [bucket] BUCKET"], &["can {PERSON} s3:PutObject on {BUCKET}/*"], ""),
    asked(&["can PERSON list [the] [objects|files] [from|of|in] [the] [bucket] BUCKET"], &["can {PERSON} s3:ListBucket on {BUCKET}"], ""),
    asked(&["can PERSON delete|remove [the] [bucket] BUCKET"], &["can {PERSON} s3:DeleteBucket on {BUCKET}", "can {PERSON} s3:DeleteObject on {BUCKET}/*"], ""),
    asked(&["why cannot PERSON read|get|download|open|see|view [the] [objects|files] [from|of|in] [the] [bucket] BUCKET"],
        &["why {PERSON} s3:GetObject on {BUCKET}/*"], ""),
    asked(&["why cannot PERSON write|put|upload|change [objects|files] [to|into|in] [the] [bucket] BUCKET"], &["why {PERSON} s3:PutObject on {BUCKET}/*"], ""),
    asked(&["why cannot PERSON delete|remove [the] [bucket] BUCKET"], &["why {PERSON} s3:DeleteBucket on {BUCKET}"], ""),
    asked(&["why cannot PERSON read|get|download|open|see|view OBJECT"], &["why {PERSON} s3:GetObject on {OBJECT}"], ""),
    asked(&["why cannot PERSON delete|remove OBJECT"], &["why {PERSON} s3:DeleteObject on {OBJECT}"], ""),
    asked(&["why cannot PERSON ACTION", "why is PERSON not allowed|able to ACTION"], &["why {PERSON} {ACTION}"], ""),
    asked(&["is PERSON allowed|able to ACTION", "can PERSON do|call|use|run ACTION"], &["can {PERSON} {ACTION}"], ""),

    // Questions about what things are.
    asked(&["how many LISTED [are] [there|do] [there|i|we] [have]", "what|which LISTED are|do|exist [there|i|we] [have]", "are there [any|other|more] LISTED",
            "what are [the|my|our] LISTED [of] [root]"],
        &["list {LISTED}"], ""),
    asked(&["where do|can|does i|we|one|USER sign-in", "what is [the|my|our] sign-in page|url|link|address", "how do|does|can i|we|one|USER sign-in"],
        &["open https://{HERE}.signin.aws.amazon.com/console"], ""),
    asked(&["what|who|whats is|are|does|means [a|an|the|my|this|meant] [by] [aws] TERM [mean|do|for]", "explain|define|describe [me|what] [a|an|the] TERM [is]",
            "tell [me] about|what [a|an|the] TERM [is]", "help TERM", "TERM", "what about TERM", "why [do|does] [i|we|one] [need] [have|use] [a|an|the] TERM"],
        &["info {TERM}"], ""),
];
