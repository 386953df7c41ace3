//! Why a change or a name was refused.

use std::fmt;

/// A refusal. Whoever knows the text of the command adds the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorldError {
    /// A stable name for programs.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The word that is to blame, as it was given.
    pub about: String,
    /// What the word names, where another word of the command could say the same and name something else.
    pub thing: Option<Thing>,
}

/// What a word of a command names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// Whoever can make a request.
    Principal,
    /// An IAM user.
    User,
    /// A user group.
    Group,
    /// A role.
    Role,
    /// A policy, SCP or RCP.
    Policy,
    /// An organizational unit.
    Unit,
    /// An account.
    Account,
    /// A resource.
    Resource,
    /// An action.
    Action,
    /// A setting.
    Setting,
}

/// The word that is to blame, and what it names.
#[derive(Clone, Debug)]
pub struct About {
    word: String,
    thing: Option<Thing>,
}

impl Thing {
    /// The word for it in statements, options and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Principal => "principal",
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
            Self::Policy => "policy",
            Self::Unit => "ou",
            Self::Account => "account",
            Self::Resource => "resource",
            Self::Action => "action",
            Self::Setting => "setting",
        }
    }

    /// The word that is to blame names this.
    pub fn called(self, word: impl Into<String>) -> About {
        About { word: word.into(), thing: Some(self) }
    }
}

impl<W: Into<String>> From<W> for About {
    fn from(word: W) -> Self {
        Self { word: word.into(), thing: None }
    }
}

impl WorldError {
    /// A refusal about a word.
    pub fn new(code: &'static str, about: impl Into<About>, message: impl Into<String>) -> Self {
        let About { word: about, thing } = about.into();
        Self { code, message: message.into(), help: None, about, thing }
    }

    /// The refusal of a word that should be the id of an account.
    pub fn bad_account_id(word: &str) -> Self {
        Self::new("bad-account-id", word, format!("`{word}` is not the id of an account"))
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With `did you mean …?` if something like the word is known.
    #[must_use]
    pub fn suggest<'a>(self, known: impl IntoIterator<Item = &'a str>) -> Self {
        match crate::source::nearest(&self.about, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// With advice, unless there is some.
    #[must_use]
    pub fn otherwise(self, help: impl Into<String>) -> Self {
        if self.help.is_some() { self } else { self.help(help) }
    }
}

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for WorldError {}
