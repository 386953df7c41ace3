//! Which step of a remedy is for which cause.

use super::{Edit, Remedy};
use crate::explain::Cause;

impl Remedy {
    /// That all of several steps are needed, and for which cause each is: `both are needed: a for why 2, b for why 1`.
    pub fn needs(&self, causes: &[Cause]) -> Option<String> {
        let all = match self.edits.len() {
            0 | 1 => return None,
            2 => "both are needed".to_owned(),
            many => format!("all {many} are needed"),
        };
        let deciding: Vec<&Cause> = causes.iter().filter(|cause| cause.decides()).collect();
        let Some(numbers) = self.causes_of_steps(&deciding).filter(|_| deciding.len() > 1) else {
            return Some(all);
        };
        let letters =
            ('a'..='z').zip(numbers).map(|(letter, number)| format!("{letter} for why {}", number + 1));
        Some(format!("{all}: {}", letters.collect::<Vec<_>>().join(", ")))
    }

    /// The number of the cause that each step is for, if each has one of its own.
    fn causes_of_steps(&self, causes: &[&Cause]) -> Option<Vec<usize>> {
        let mut free: Vec<usize> = (0..causes.len()).collect();
        let mut take = |fits: &dyn Fn(&Cause) -> bool| {
            let at = free.iter().position(|number| fits(causes[*number]))?;
            Some(free.remove(at))
        };
        let of_level = |edit: &Edit, cause: &Cause| {
            cause.level.is_some() && cause.level == edit.layer.map(|layer| (layer, edit.level))
        };
        let first: Vec<Option<usize>> =
            self.edits.iter().map(|edit| take(&|cause| of_level(edit, cause))).collect();
        // A step that is no change of a policy is for what the others leave.
        first.into_iter().map(|found| found.or_else(|| take(&|_| true))).collect()
    }
}
