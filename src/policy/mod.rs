//! The typed AST of the policy language: what a document says, in the order in which it says it.
//!
//! INVARIANT: the AST owns no text. Every element is a range of the policy's source, so that each can be
//! pointed at; what is derived from the text for speed lives one floor up.
//!
//! Read first: [`Policy`].

mod ast;
mod canonical;
mod condition;
mod edit;
mod error;
mod format;
mod joined;
mod kind;
mod layer;
mod looks;
mod lower;
mod misshape;
mod placement;
mod principal;
mod print;
mod renamed;
mod role;
mod seen;
mod statement;
mod token;
mod variable;

pub use ast::{
    ActionElement, ConditionTest, Effect, LanguageVersion, PrincipalElement, PrincipalEntry, PrincipalForm,
    PrincipalType, ResourceElement, Statement, Text, TextList,
};
pub use canonical::Spelling;
pub use condition::{ConditionOperator, Operator, OperatorFamily, SetOperator};
pub use edit::{StatementEdit, policy_of};
pub use format::{PolicyForm, format_document, format_policy};
pub use joined::joined;
pub use kind::{OF_API, PolicyType};
pub use layer::Layer;
pub use lower::{Policy, parse_policy};
pub use token::Token;
pub(crate) use variable::holds_variables;
pub use variable::{TextPart, parts};
