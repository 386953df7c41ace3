//! Something that could be typed.

/// Something that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is typed.
    pub text: String,
    /// A few words about it; may be empty.
    pub about: String,
    /// Whether the word is not complete with it.
    pub goes_on: bool,
}

impl Candidate {
    /// A complete word.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), about: String::new(), goes_on: false }
    }

    /// With a few words about it.
    pub fn about(self, about: &str) -> Self {
        Self { about: about.to_owned(), ..self }
    }

    /// As the start of a word.
    pub fn goes_on(self) -> Self {
        Self { goes_on: true, ..self }
    }

    /// With something in front.
    pub fn within(self, prefix: &str) -> Self {
        Self { text: format!("{prefix}{}", self.text), ..self }
    }
}
