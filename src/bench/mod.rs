//! What a decision costs, measured on anybody's own policies, world and requests.
//!
//! INVARIANT: reads no clock and no file. Time comes in as a function, and what is measured is the same `authorize`
//! that decides everywhere else, whose decisions are listed beside the figures.
//!
//! Read first: [`measure`], then [`Report`].

mod asked;
mod baseline;
mod cores;
mod figures;
mod html;
mod layers;
mod made;
mod meter;
mod question;
mod report;
mod run;
mod text;

pub use asked::{AskedReport, PrincipalReport, ValueReport, as_batch};
pub use baseline::{Change, Trend, compare};
pub use figures::{Figures, Histogram};
pub use made::{Made, Unreached, make_questions, named_principals};
pub use meter::{Clock, LEAST_BATCH, Plan};
pub use question::{Asker, Question};
pub use report::{CoresReport, DecisionReport, LayerReport, PolicyReport, Report};
pub use run::measure;
