//! The words of accounts and identities, as the IAM User Guide (2026) uses them: what each is, how it differs from what
//! one expects, and what to try.

/// A word that is explained.
#[derive(Debug, PartialEq, Eq)]
pub struct GlossaryEntry {
    /// The word.
    pub term: &'static str,
    /// Other words for it, in small letters.
    pub also: &'static [&'static str],
    /// What it is.
    pub is: &'static str,
    /// How it differs from what one expects.
    pub differs: &'static str,
    /// Statements to try.
    pub tries: &'static [&'static str],
}

/// The entry for a word or a near one, such as `sign-in page` or `root`; letter case and a plural do not count.
pub fn glossary_entry(word: &str) -> Option<&'static GlossaryEntry> {
    let word = word.to_lowercase();
    let is = |word: &str| {
        GLOSSARY.iter().find(|entry| entry.term.to_lowercase() == word || entry.also.contains(&word))
    };
    is(&word).or_else(|| is(word.strip_suffix('s')?))
}

/// The words that are explained.
pub fn glossary() -> impl Iterator<Item = &'static GlossaryEntry> {
    GLOSSARY.iter()
}

static GLOSSARY: &[GlossaryEntry] = &[
    GlossaryEntry {
        term: "account",
        also: &["aws account", "account id", "member account"],
        is: "a container of users, roles, resources and settings, with an id of 12 digits; it has exactly one root user",
        differs: "it is not somebody's login: many users sign in to one account, and a person may have several accounts; \
                  its name is only shown, and may be that of another account",
        tries: &["list accounts", "account 210987654321 \"My Second\" alias my-second"],
    },
    GlossaryEntry {
        term: "alias",
        also: &["account alias"],
        is: "a name for an account in the address of its sign-in page, in place of the 12 digits; unique in the world",
        differs: "it is not the account's name; an account has one at most, and with a new one the old address answers 404",
        tries: &[
            "open https://acme.signin.aws.amazon.com/console",
            "aws iam create-account-alias --account-alias acme2",
        ],
    },
    GlossaryEntry {
        term: "root user",
        also: &[
            "root", "root account", "account root", "account root user", "root identity", "owner",
            "account owner",
        ],
        is: "the one identity that every account is born with; it signs in by e-mail, and some tasks are its alone",
        differs: "it is no IAM user: no identity policy or boundary grants it anything or limits it, and nobody becomes it; \
                  what limits it are SCPs, in a member account, and resource policies that deny",
        tries: &["list root-only", "compare root alice", "sign-in root owner@acme.example mfa"],
    },
    GlossaryEntry {
        term: "IAM user",
        also: &["user"],
        is: "an identity inside of one account, for one person or program; it signs in by account and name",
        differs: "it may do nothing until a policy allows it, and with AdministratorAccess it still is not the root user; \
                  the same name in two accounts is two users",
        tries: &["list users", "user carol", "sign-in alice at acme"],
    },
    GlossaryEntry {
        term: "group",
        also: &["user group", "iam group"],
        is: "a set of IAM users that get the policies of the group",
        differs: "it is no principal: it cannot sign in, be trusted, or stand in a policy; groups do not hold groups, \
                  and a Deny of any group of a user wins",
        tries: &["list groups", "group auditors members alice bob", "add user alice to group developers"],
    },
    GlossaryEntry {
        term: "role",
        also: &["iam role", "assume", "assume role", "role session"],
        is: "an identity without password or keys, which whoever its trust policy names may assume for a while",
        differs: "whoever assumes it has the role's permissions in place of the own ones, and MFA does not come along",
        tries: &["help role", "help assume"],
    },
    GlossaryEntry {
        term: "policy",
        also: &["policies", "iam policy", "permission", "managed policy", "identity policy"],
        is: "a JSON document of statements that allow or deny actions on resources, under conditions",
        differs: "what no policy allows is denied, and a Deny anywhere beats every Allow; the order does not count",
        tries: &["list policies", "show policy ReadReports", "attach ReadReports to user alice"],
    },
    GlossaryEntry {
        term: "MFA",
        also: &["multi-factor authentication", "2fa", "two-factor authentication", "mfa device"],
        is: "a second proof at sign-in, besides the password: a device or a passkey",
        differs: "a policy can ask for it (aws:MultiFactorAuthPresent), but it gives no permission; long-term access keys \
                  carry none; only the root user registers that of the root user (R5)",
        tries: &["sign-in alice at acme mfa", "info aws:MultiFactorAuthPresent"],
    },
    GlossaryEntry {
        term: "AdministratorAccess",
        also: &["administrator", "admin", "admin user", "administrator access", "iam administrator"],
        is: "AWS's own policy that allows every action on every resource; who has it is called an administrator",
        differs: "an administrator is not the root user: root-only tasks stay denied, and so does what an SCP, a boundary, a \
                  Deny or the policy of another account's resource refuses",
        tries: &["show AdministratorAccess", "compare root alice", "can alice account:CloseAccount"],
    },
    GlossaryEntry {
        term: "sign-in page",
        also: &["sign-in", "login", "login page", "console", "sign-in url", "sign-in link", "login url"],
        is: "https://ALIAS-OR-ID.signin.aws.amazon.com/console, where IAM users of one account sign in",
        differs: "the root user does not sign in by account and name, but by e-mail; an alias that no account has answers 404",
        tries: &["open https://acme.signin.aws.amazon.com/console", "sign-in alice at acme"],
    },
    GlossaryEntry {
        term: "billing access",
        also: &["billing", "bill", "iam access to billing", "billing console", "iam billing access"],
        is: "a switch of the account that lets IAM users and roles open the billing pages; only the root user turns it on",
        differs: "while it is off no policy helps, not even AdministratorAccess; once it is on, a policy is needed all the same",
        tries: &["billing-access on", "why alice billing:GetBillingData"],
    },
    GlossaryEntry {
        term: "access key",
        also: &["access keys", "secret key", "secret access key", "api key"],
        is: "an id and a secret with which a program signs its calls as an IAM user, or as the root user",
        differs: "it has the permissions of its owner; calls that are signed with it carry no MFA; the root user should have none",
        tries: &["info R3", "info aws:MultiFactorAuthPresent"],
    },
    GlossaryEntry {
        term: "organization",
        also: &["aws organization", "organizations", "aws organizations", "management account"],
        is: "several accounts under one management account, in a tree of organizational units",
        differs: "the management account does not own what is in the others, and its SCPs do not bind itself",
        tries: &["help organization", "info SCP"],
    },
    GlossaryEntry {
        term: "SCP",
        also: &["service control policy", "rcp", "resource control policy"],
        is: "a policy of an organization that limits what principals of its member accounts may do (an RCP: what may be done \
             to their resources)",
        differs: "it never allows anything by itself, it binds the root users of members, too, and never the management account",
        tries: &["organization o-exampleorg management 111122223333", "help attach"],
    },
    GlossaryEntry {
        term: "permissions boundary",
        also: &["boundary", "permission boundary"],
        is: "a policy that says how much the policies of a user or role can give at most",
        differs: "it gives nothing by itself, and a resource policy that names the user reaches past it",
        tries: &["boundary PowerUserAccess on user bob"],
    },
    GlossaryEntry {
        term: "principal",
        also: &["identity", "caller"],
        is: "who makes a request: a root user, an IAM user, the session of a role, a service, or anybody",
        differs: "a group is none; a role acts only by its sessions",
        tries: &["info alice", "whoami"],
    },
    GlossaryEntry {
        term: "trust policy",
        also: &["trust"],
        is: "the resource policy of a role: it says who may assume it",
        differs: "it does not say what the role may do; naming an account there lets its administrators decide who",
        tries: &["help role"],
    },
    GlossaryEntry {
        term: "action",
        also: &["actions"],
        is: "what policies allow and deny, written `service:Name`, such as s3:GetObject",
        differs: "it is not always the name of the API: ListObjectsV2 needs s3:ListBucket",
        tries: &["info s3:GetObject", "info s3:ListObjectsV2"],
    },
    GlossaryEntry {
        term: "ARN",
        also: &["amazon resource name"],
        is: "the name of one thing in all of AWS: arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE",
        differs: "a bucket's has neither Region nor account, arn:aws:s3:::reports, and objects stand behind a `/`",
        tries: &["list resources"],
    },
    GlossaryEntry {
        term: "explicit deny",
        also: &["deny", "denied", "explicit denial"],
        is: "a statement with \"Effect\": \"Deny\" that applies to the request; it is final",
        differs: "no Allow beats it, not even AdministratorAccess; an implicit deny is only that nothing allows",
        tries: &["why bob s3:DeleteObject on arn:aws:s3:::acme-reports/q1.csv", "info implicit deny"],
    },
    GlossaryEntry {
        term: "implicit deny",
        also: &["default deny", "implicit denial"],
        is: "what a request gets that no policy allows: everything is denied until something allows it",
        differs: "one Allow that applies turns it, where no Deny does; to deny what nobody allows is not needed",
        tries: &["why bob s3:PutObject on arn:aws:s3:::acme-reports/q1.csv", "info explicit deny"],
    },
    GlossaryEntry {
        term: "statement",
        also: &["policy statement", "effect", "sid"],
        is: "a part of a policy: an Effect (Allow or Deny), actions, resources, perhaps a Condition and a Sid, its name",
        differs: "each stands by itself, and their order does not count; all elements of one must fit the request",
        tries: &["show policy ReadReports"],
    },
    GlossaryEntry {
        term: "condition",
        also: &["condition key", "conditions", "condition block", "context key"],
        is: "a test in a statement that compares a key of the request, such as aws:SourceIp, with values",
        differs: "several keys must all fit, of several values of a key one; a key that the request lacks fits no plain operator",
        tries: &["info aws:SourceIp", "info StringEquals"],
    },
    GlossaryEntry {
        term: "resource",
        also: &["bucket", "object", "table", "queue"],
        is: "what is acted on: a bucket, an object in it, a table, a user; its ARN names it",
        differs: "a bucket and its objects are two ARNs, arn:aws:s3:::NAME and arn:aws:s3:::NAME/*, and actions are for one of them",
        tries: &["list resources", "resource arn:aws:s3:::photos"],
    },
    GlossaryEntry {
        term: "resource policy",
        also: &["bucket policy", "key policy", "resource-based policy", "queue policy"],
        is: "a policy that stands on a resource and names who gets to it, in the element Principal",
        differs: "within one account its Allow is enough by itself; across accounts the other side must allow it, too; a key's \
                  and a role's must allow it in any case",
        tries: &["help resource", "who-can s3:GetObject on arn:aws:s3:::acme-reports/q1.csv"],
    },
    GlossaryEntry {
        term: "inline policy",
        also: &["inline"],
        is: "a policy that is part of one user, group or role, and goes with it",
        differs: "a managed policy stands by itself, has versions, and is attached to several",
        tries: &["help inline", "list policies"],
    },
    GlossaryEntry {
        term: "session",
        also: &[
            "temporary credentials", "sts", "temporary security credentials", "session token",
            "security token",
        ],
        is: "what somebody has who assumed a role or signed in by STS: credentials that end by themselves",
        differs: "its ARN is arn:aws:sts::ACCOUNT:assumed-role/ROLE/NAME; policies name the role; a session policy can only take away",
        tries: &["help assume", "info role"],
    },
    GlossaryEntry {
        term: "least privilege",
        also: &["principle of least privilege", "least privileges"],
        is: "the habit of allowing what a task takes, and no more",
        differs: "nothing enforces it: what somebody may do is counted by `what-can`, and `why` proposes narrow changes",
        tries: &["what-can bob", "lint all"],
    },
    GlossaryEntry {
        term: "Region",
        also: &["regions", "aws region"],
        is: "a place with data centres, such as eu-west-1; most resources are in one, and their ARN names it",
        differs: "IAM is in all of them at once; policies ask for the Region of a call by aws:RequestedRegion",
        tries: &["info aws:RequestedRegion"],
    },
    GlossaryEntry {
        term: "federation",
        also: &[
            "identity provider", "idp", "sso", "saml", "oidc", "federated user", "federated", "web identity",
            "iam identity center", "identity center",
        ],
        is: "signing in with an identity from elsewhere, a company's directory or GitHub, that gets a session of a role",
        differs: "no IAM user is made; the trust policy of the role says which provider, and by claims such as `sub` who",
        tries: &["help federate", "info role"],
    },
    GlossaryEntry {
        term: "permission set",
        also: &["sso role", "reserved sso role"],
        is: "policies that IAM Identity Center puts into a role AWSReservedSSO_NAME_ID of each account that they are assigned for",
        differs: "it is changed in Identity Center and provisioned again: nobody edits its roles; here it is such a role of the \
                  account, and its inline policy is AwsSSOInlinePolicy",
        tries: &["list roles", "info role"],
    },
    GlossaryEntry {
        term: "service principal",
        also: &["service", "aws service", "calling service"],
        is: "a service of AWS that calls for itself, which policies name: {\"Service\": \"s3.amazonaws.com\"}; asked as \
             `service:s3.amazonaws.com`",
        differs: "what calls with a role, a Lambda function for example, is a session of that role; keys such as aws:SourceArn \
                  and aws:SourceAccount tell for whose resource a service calls",
        tries: &["info aws:SourceArn", "info role"],
    },
    GlossaryEntry {
        term: "external id",
        also: &["externalid", "confused deputy"],
        is: "a value that a third party gives when it assumes a role, so that nobody has it assume the role for somebody else",
        differs: "it is no password: it tells for which customer the call is",
        tries: &["info sts:ExternalId"],
    },
    GlossaryEntry {
        term: "instance profile",
        also: &["ec2 role", "service role", "execution role"],
        is: "how a service gets a role: whoever sets it up passes the role (iam:PassRole), and the role trusts the service",
        differs: "the service then has all of the role's permissions, whoever set it up",
        tries: &["info iam:PassRole", "info role"],
    },
    GlossaryEntry {
        term: "wildcard",
        also: &["star", "wildcards"],
        is: "`*` for any characters, `?` for one, in actions, resources and some condition operators",
        differs: "in a Principal only `*` alone counts; in ARNs it does not go beyond its field in ArnLike",
        tries: &["expand s3:Get*", "info ArnLike"],
    },
];
