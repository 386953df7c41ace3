//! One operation, as the file of its service lists it.

use super::call::Call;
use super::plan::Planned;
use super::signature::Signature;

/// One operation: how it is written, and what a call of it needs and makes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    pub(super) signature: Signature,
    /// What it needs, and what it makes.
    pub(super) plan: for<'a> fn(&'a Call<'a>) -> Planned<'a>,
}

/// A service of the command line, whose rows are written with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Service(pub(super) &'static str);

impl Service {
    pub(super) const fn row(
        self,
        name: &'static str,
        options: &'static str,
        help: &'static str,
        plan: for<'a> fn(&'a Call<'a>) -> Planned<'a>,
    ) -> Operation {
        Operation { signature: Signature { service: self.0, name, options, help }, plan }
    }
}
