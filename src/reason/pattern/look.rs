//! The search in one class of requests: what is allowed, what is denied, and what hangs on what is not known.

use super::answer::PatternOutcome;
use super::found::{ExpectedOutcome, is_granting};
use super::survey::Survey;
use crate::reason::class::{StatementCube, VersionCubes};
use crate::reason::cube::Region;
use crate::reason::difference::Caveat;
use crate::reason::dimension::Dimension;
use crate::reason::goal::{Way, allowed, denied, denies, lacking, with};
use crate::reason::lead::pairs;
use crate::reason::resources::Resources;
use crate::reason::solver::{CubesWanted, Solved, solve};
use crate::reason::witness::context_of;
use crate::trace::StatementAt;
use crate::world::{ContextEntry, WorldError};

/// A class that is looked at.
pub(super) struct ClassLook<'s, 'a> {
    pub(super) survey: &'s mut Survey<'a>,
    pub(super) resources: Resources,
    pub(super) dimensions: Vec<Dimension>,
    pub(super) all: Region,
    pub(super) actions: &'s [&'s str],
    /// The set of what lies in the usual Region, where there are others.
    pub(super) usual: Option<usize>,
}

impl ClassLook<'_, '_> {
    /// What is allowed, by which statement.
    pub(super) fn allowed(&mut self, now: &VersionCubes) -> Result<(), WorldError> {
        let mut is_found = false;
        for allow in
            now.levels.iter().filter(|level| is_granting(level.layer)).flat_map(|level| &level.allows)
        {
            let ways = allowed(now, Some(allow));
            let Some((name, context)) = self.first(&ways) else { continue };
            let context = &context;
            let except = self.meeting(now, allow);
            let expected = ExpectedOutcome {
                outcome: PatternOutcome::Allowed,
                by: Some(allow.at),
                except: &except,
                context,
            };
            self.ask(&name, expected)?;
            is_found = true;
        }
        if !is_found {
            self.first_of(&allowed(now, None), PatternOutcome::Allowed)?;
        }
        Ok(())
    }

    /// What is denied, by which statement or for lack of which Allow; and what hangs on what is not known.
    pub(super) fn denied(&mut self, now: &VersionCubes, best: &VersionCubes) -> Result<(), WorldError> {
        for deny in now.levels.iter().flat_map(|level| &level.denies) {
            if let Some((name, context)) = self.first(&[denied(deny)]) {
                let expected = ExpectedOutcome {
                    outcome: PatternOutcome::Denied,
                    by: Some(deny.at),
                    except: &[],
                    context: &context,
                };
                self.ask(&name, expected)?;
            }
        }
        let denies = denies(now);
        for way in self.lacking(best).iter().map(|way| with(way, &denies)) {
            self.first_of(&[way], PatternOutcome::Denied)?;
        }
        self.depends(now, best)
    }

    /// What hangs on a policy that is not known: what it could allow and nothing allows now.
    pub(super) fn depends(&mut self, now: &VersionCubes, best: &VersionCubes) -> Result<(), WorldError> {
        if now.sufficient == best.sufficient {
            return Ok(());
        }
        let lacking = self.lacking(now);
        self.first_of(&pairs(&allowed(best, None), &lacking), PatternOutcome::Depends)
    }

    fn lacking<'c>(&mut self, version: &'c VersionCubes) -> Vec<Way<'c>> {
        lacking(version).unwrap_or_else(|| {
            self.survey.found.caveat(Caveat::new("there are too many ways of not being allowed"));
            Vec::new()
        })
    }

    fn first_of(&mut self, ways: &[Way<'_>], outcome: PatternOutcome) -> Result<(), WorldError> {
        match self.first(ways) {
            Some((name, context)) => {
                self.ask(&name, ExpectedOutcome { outcome, by: None, except: &[], context: &context })
            }
            None => Ok(()),
        }
    }

    /// The name of a resource and the context of the first way on which there is a request.
    fn first(&mut self, ways: &[Way<'_>]) -> Option<(String, Vec<ContextEntry<'static>>)> {
        let region = ways.iter().find_map(|way| match solve(&mut self.resources, &self.all, way) {
            Solved::Found(region) => Some(region),
            Solved::None => None,
            Solved::GaveUp => {
                let why = "a class of requests took more steps than it may";
                self.survey.found.caveat(Caveat::new(why));
                None
            }
        })?;
        let usual =
            self.usual.and_then(|usual| self.resources.example(&region.resources.with((usual, true))));
        let name = usual.or_else(|| self.resources.example(&region.resources))?;
        Some((name, context_of(&region, &self.dimensions)))
    }

    /// The Denies that meet what a statement allows.
    fn meeting(&mut self, now: &VersionCubes, allow: &StatementCube) -> Vec<StatementAt> {
        let mut found = Vec::new();
        for deny in now.levels.iter().flat_map(|level| &level.denies) {
            let both = CubesWanted { one_of: vec![vec![&allow.cube], vec![&deny.cube]], none_of: Vec::new() };
            if self.first(&[both]).is_some() {
                found.push(deny.at);
            }
        }
        found
    }

    fn ask(&mut self, name: &str, expected: ExpectedOutcome<'_>) -> Result<(), WorldError> {
        self.actions.iter().try_for_each(|action| self.survey.one(action, Some(name), Some(expected)))
    }
}
