//! The package of Python: worlds, policies, answers, and tables of requests decided.
//!
//! INVARIANT: nothing here decides, and nothing of Python is held while the engine works. A panic is an exception there,
//! never the end of the interpreter; a row that cannot be asked has an error in place of a decision.
//!
//! What people see of it lies in `python/iamwhy`, which is written in Python and calls this.
//!
//! Read first: [`NativeWorld`], then `decide`.

mod decide;
mod error;
mod policy;
mod world;

pub use error::Error;
pub use policy::NativePolicy;
pub use world::NativeWorld;

use pyo3::prelude::*;

/// What `python/iamwhy` calls.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::{Error, NativePolicy, NativeWorld};

    /// The version of the package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
