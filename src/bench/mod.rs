//! What a decision costs, measured on anybody's own policies, world and requests.
//!
//! INVARIANT: reads no clock and no file. Time comes in as a [`Clock`], and what is measured is the same `authorize`
//! that decides everywhere else, whose decisions are listed beside the figures.
//!
//! Read first: [`measure`], then [`Report`].

mod baseline;
mod change;
mod cores;
mod figures;
mod html;
mod make;
mod meter;
mod page;
mod question;
mod ranks;
mod report;
mod run;
mod subjects;
mod table;
mod text;
mod words;

pub use baseline::{BaselineComparison, DecisionChange, compare};
pub use change::{Drift, Trend};
pub use figures::{Figures, Histogram};
pub use make::{Made, Unreached, make_questions};
pub use meter::{Clock, MeterPlan};
pub use question::{Asker, Named, as_batch};
pub use report::{
    Circumstances, CoresReport, DecisionReport, LayerReport, MemoryReport, PolicyReport, Report,
};
pub use run::{measure, measure_against};
pub use text::Look;
