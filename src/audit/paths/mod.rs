//! How a principal comes by the rights of another, or by all of them, step by step.
//!
//! INVARIANT: what each step needs was asked of the engine. A step whose needs hang on a condition says so, and what only a running
//! thing could give, which no world tells, is a lead, never a step.
//!
//! Read first: [`Paths`], then [`PathStep`].

mod needs;
mod release;
mod search;
mod step;
mod steps;

pub use search::{PathGoal, PathLead, PathVerdict, Paths, RightsPath};
pub use step::{MetNeed, PathStep, StepGain};
