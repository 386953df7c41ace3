//! A policy becomes flat tables of matchers, and a set of policies an index over them.
//!
//! INVARIANT: no policy text is parsed after this floor. What is compiled is data (no closures, no regular
//! expressions), keeps the order of the AST, and knows no request; the index only saves work, it never decides.
//!
//! Read first: [`CompiledPolicy`].

mod action_pattern;
mod arn_fields;
mod builder;
mod compiled;
mod index;
mod language;
mod multimap;
mod operand_table;
mod pieces;
mod principal_pattern;
mod reading;
mod resource_pattern;
mod set;
mod test;

pub use action_pattern::ActionPattern;
use compiled::Slice;
pub use compiled::{CompiledPolicy, CompiledStatement, Element};
pub use pieces::Variables;
pub use principal_pattern::{PrincipalPattern, PrincipalPatternKind};
pub use reading::ValueReading;
pub use resource_pattern::{RequestResource, ResourcePattern};
pub(crate) use set::bit_of;
pub use set::{Covering, PolicySet, StatementRef};
pub use test::{Comparison, Operand, OperandView, Test};
