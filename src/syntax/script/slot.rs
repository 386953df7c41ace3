//! The kinds of slots: what may stand in each, how it is called, which of them are made of smaller ones.

use super::shape::{is_action, is_arn, is_date, is_principal};
use super::token::TokenKind;
use super::value::{Pair, Word};

macro_rules! slot_kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal $production:literal $hint:literal;)*) => {
        /// What may stand in a slot of a usage.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum SlotKind { $($(#[$doc])* $kind,)* }

        impl SlotKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The word for it in a usage.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The production of `grammar/script.ebnf`.
            pub fn production(self) -> &'static str {
                match self { $(Self::$kind => $production,)* }
            }

            /// What it looks like, in a few words; empty where the name says it.
            pub fn hint(self) -> &'static str {
                match self { $(Self::$kind => $hint,)* }
            }
        }
    };
}

slot_kinds! {
    /// A name of a user, role, policy, OU …
    Name "NAME" "word" "";
    /// Any word.
    Word "WORD" "word" "";
    /// Twelve digits.
    AccountId "ACCOUNT-ID" "account-id" "an account id has 12 digits";
    /// An account id or an alias.
    Account "ACCOUNT" "account" "";
    /// A quoted text.
    Text "TEXT" "quoted" "a text is quoted";
    /// `KEY=VALUE`
    Pair "PAIR" "pair" "a pair is `KEY=VALUE`; empty: `KEY=\"\"`";
    /// JSON, or `from` a file.
    Document "DOCUMENT" "document" "a document is `{JSON}` or `from FILE`";
    /// A JSON object.
    Json "JSON" "json" "JSON starts with `{` and a quoted key";
    /// A user, group or role.
    Entity "ENTITY" "entity" "`user`, `group` or `role` and a name";
    /// What policies and tags can be attached to.
    Target "TARGET" "target" "`user`, `group`, `role`, `ou`, `policy` or `resource` and a name, `account` and an id or alias, or `organization-root`";
    /// Who makes a request.
    Principal "PRINCIPAL" "principal" "a principal is `root`, `alice`, `role/Deploy`, `Deploy:ci-1`, `acme/alice`, an ARN, `service:…` or `anonymous`";
    /// An action of a service.
    Action "ACTION" "action" "an action is `service:Name`";
    /// An ARN or `*`.
    Resource "RESOURCE" "resource" "a resource is an ARN or `*`; with spaces it is quoted";
    /// An ARN.
    Arn "ARN" "arn" "an ARN starts with `arn:`";
    /// What a question assumes.
    Clause "CLAUSE" "clause" "`with CONTEXT`, `without LAYER`, `as-of DATE`, `using ARN` or `as role NAME`";
    /// Values of context keys.
    Context "CONTEXT" "context" "a context is `KEY=VALUE …`, `{JSON}` or `from FILE`";
    /// What an expectation expects.
    Verdict "VERDICT" "verdict" "`allowed`, `denied`, `explicit-deny`, `implicit-deny` or `depends`";
    /// What decided.
    Reason "REASON" "reason" "";
    /// A path; with spaces it is quoted.
    File "FILE" "path" "a path with spaces is quoted";
    /// The name or ARN of a policy.
    Policy "POLICY" "policy-ref" "";
    /// A date or time.
    Date "DATE" "date" "a date is `2026-01-31` or `2026-01-31T12:00:00Z`";
    /// A kind of policy.
    Layer "LAYER" "layer" "";
    /// A whole number.
    Number "NUMBER" "number" "a number is written in digits";
    /// Statements in braces.
    Block "BLOCK" "block" "a block is `{`, commands and `}`";
    /// Rows of words in braces.
    Table "TABLE" "table" "a table is `{`, rows of words and `}`";
    /// The rest of the line in shell words.
    Aws "AWS" "shell-words" "";
}

/// The words that say what is expected.
const VERDICTS: &[&str] = &["allowed", "denied", "explicit-deny", "implicit-deny", "depends"];

impl SlotKind {
    /// The kind with a name; nothing for other words.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The words that may stand here, where there are only so many.
    pub fn choices(self) -> &'static [&'static str] {
        if self == Self::Verdict { VERDICTS } else { &[] }
    }

    /// What a kind is made of, as a usage; nothing for those that are one token.
    pub fn inside(self) -> Option<&'static str> {
        match self {
            Self::Document => Some("JSON | from FILE"),
            Self::Context => Some("JSON | from FILE | PAIR..."),
            Self::Clause => {
                Some("with CONTEXT | without WORD | as-of DATE | using ARN... | as role PRINCIPAL")
            }
            Self::Entity => Some("(user|group|role) NAME"),
            Self::Target => {
                Some("ENTITY | ou NAME | account ACCOUNT | organization-root | (policy|resource) WORD")
            }
            Self::Reason => Some("WORD [WORD] [statement WORD]"),
            _ => None,
        }
    }

    /// Whether a word can stand here.
    pub(super) fn takes(self, word: &Word<'_>) -> bool {
        let bare = |shape: fn(&str) -> bool| word.kind == TokenKind::Bare && shape(&word.text);
        match self {
            Self::Name | Self::Word | Self::Account | Self::Policy | Self::Layer | Self::File => {
                word.kind.is_word()
            }
            Self::AccountId => bare(|text| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())),
            Self::Text => word.quoted,
            Self::Pair => Pair::read(word).is_some(),
            Self::Json => word.kind == TokenKind::Json,
            Self::Principal => word.quoted || bare(is_principal),
            Self::Action => bare(is_action),
            Self::Resource => word.quoted || bare(|text| text == "*" || is_arn(text)),
            Self::Arn => word.quoted || bare(is_arn),
            Self::Verdict => bare(|text| VERDICTS.contains(&text)),
            Self::Date => bare(is_date),
            Self::Number => bare(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())),
            Self::Block | Self::Table => word.kind == TokenKind::Block || is_empty_braces(word),
            Self::Aws => word.kind == TokenKind::Shell,
            Self::Document | Self::Context | Self::Clause | Self::Entity | Self::Target | Self::Reason => {
                false
            }
        }
    }
}

/// `{ }` is JSON by rule 1, and as good a block.
fn is_empty_braces(word: &Word<'_>) -> bool {
    let inside = word.text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    word.kind == TokenKind::Json && inside.is_some_and(|text| text.trim().is_empty())
}
