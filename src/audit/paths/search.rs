//! The shortest way from a principal to what it wants.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::rc::Rc;

use super::needs::StepNeeds;
use super::step::{MetNeed, PathStep, StepGain};
use super::steps::{Taken, is_administrator, is_service_linked};
use crate::audit::principals::{name, principals};
use crate::facts::{EscalationMethod, MethodGain};
use crate::question::Assumptions;
use crate::world::{Account, Identity, Principal, PrincipalKind, World};

/// How many steps a path has, at most.
const LONGEST: usize = 8;

/// Where paths are to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathGoal {
    /// With any right.
    Everything,
    /// With the rights of a user or role, by its ARN.
    RightsOf(String),
}

/// Who comes by what rights, and how.
#[derive(Clone, Debug)]
pub struct Paths {
    /// Where they end.
    pub end: PathGoal,
    /// The shortest path of each who has one; a certain one comes before a shorter one that hangs on a condition.
    pub paths: Vec<RightsPath>,
    /// What those could do who have no path, where something ran with a role that has more.
    pub leads: Vec<PathLead>,
    /// Those who are there already, by their ARNs.
    pub there: Vec<String>,
    /// How many were looked at.
    pub asked: usize,
}

/// The way of one principal.
#[derive(Clone, Debug)]
pub struct RightsPath {
    /// Who begins, by its ARN.
    pub from: String,
    /// What people call it within its account.
    pub name: String,
    /// The account: its id, and its name where it has one.
    pub account: String,
    /// The steps.
    pub steps: Vec<PathStep>,
}

/// What somebody could do where something ran with a role that has more.
#[derive(Clone, Debug)]
pub struct PathLead {
    /// Who, by its ARN.
    pub who: String,
    /// How.
    pub method: &'static EscalationMethod,
    /// All that it needs.
    pub needs: Vec<MetNeed>,
}

impl PathLead {
    /// Whether it may lead to credentials and nothing says that it does: whoever may read a secret.
    pub fn is_weak(&self) -> bool {
        self.method.gains == MethodGain::Weak
    }
}

impl RightsPath {
    /// Whether nothing of it hangs on a condition.
    pub fn is_certain(&self) -> bool {
        self.steps.iter().all(PathStep::is_certain)
    }
}

/// The word for what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathVerdict {
    /// There is a path, none of whose steps hangs on a condition.
    Path,
    /// There is a path, and a step of it hangs on a condition.
    Conditional,
    /// There is none in this world; something that runs could make one.
    Lead,
    /// There is none.
    NoPath,
}

impl PathVerdict {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Conditional => "conditional",
            Self::Lead => "lead",
            Self::NoPath => "no path",
        }
    }
}

impl Paths {
    /// The word for the worst of it.
    pub fn verdict(&self) -> PathVerdict {
        match &self.paths[..] {
            [] if self.leads.iter().all(PathLead::is_weak) => PathVerdict::NoPath,
            [] => PathVerdict::Lead,
            paths if paths.iter().any(RightsPath::is_certain) => PathVerdict::Path,
            _ => PathVerdict::Conditional,
        }
    }

    /// The paths of one principal, or else of all users and roles.
    pub fn find(world: &World, from: Option<&Principal>, end: PathGoal, assumptions: &Assumptions) -> Self {
        let search = PathSearch::new(world, end, assumptions);
        let starts: Vec<Principal> = match from {
            Some(principal) => vec![principal.clone()],
            None => principals(world).filter(may_begin).collect(),
        };
        let mut found = Self {
            end: search.end.clone(),
            paths: Vec::new(),
            leads: Vec::new(),
            there: Vec::new(),
            asked: 0,
        };
        for principal in starts {
            found.look_from(&search, &principal);
        }
        found
    }

    fn look_from(&mut self, search: &PathSearch<'_>, principal: &Principal) {
        self.asked += 1;
        let from = principal.lasting_arn();
        if search.is_there(&from) {
            return self.there.push(from);
        }
        let ways = [
            PathWay::CERTAIN,
            PathWay { is_released: true, ..PathWay::CERTAIN },
            PathWay::ANY,
            PathWay { is_released: true, ..PathWay::ANY },
        ];
        let steps = ways.into_iter().find_map(|way| search.shortest(&from, way));
        match steps {
            Some(steps) => self.paths.push(RightsPath {
                name: name(principal),
                account: principal
                    .account()
                    .and_then(|id| search.world.account(id))
                    .map_or_else(String::new, |account| account.label()),
                from,
                steps,
            }),
            None => self.leads.extend(search.leads(&from)),
        }
    }
}

/// Which steps count.
#[derive(Clone, Copy)]
struct PathWay {
    /// Only those that hang on no condition.
    is_certain: bool,
    /// Also those by which somebody takes away what holds it back.
    is_released: bool,
}

impl PathWay {
    const CERTAIN: Self = Self { is_certain: true, is_released: false };
    const ANY: Self = Self { is_certain: false, is_released: false };
}

/// How many times on one path something that holds back is taken away, at most.
const RELEASES: usize = 2;

/// The steps of everybody, found once each.
struct PathSearch<'w> {
    world: &'w World,
    /// How often something may still be taken away that holds back.
    releases_left: usize,
    end: PathGoal,
    assumptions: &'w Assumptions,
    steps: RefCell<HashMap<String, Rc<Vec<PathStep>>>>,
    administrators: RefCell<HashMap<String, bool>>,
    /// The roles that a service may assume.
    service_roles: RefCell<BTreeMap<String, Vec<String>>>,
}

impl<'w> PathSearch<'w> {
    fn new(world: &'w World, end: PathGoal, assumptions: &'w Assumptions) -> Self {
        let (steps, administrators, service_roles) = Default::default();
        Self { world, releases_left: RELEASES, end, assumptions, steps, administrators, service_roles }
    }

    /// Whether somebody has what is sought without a step.
    fn is_there(&self, arn: &str) -> bool {
        match &self.end {
            PathGoal::Everything => self.is_administrator(arn),
            PathGoal::RightsOf(end) => *end == arn,
        }
    }

    fn is_administrator(&self, arn: &str) -> bool {
        if let Some(known) = self.administrators.borrow().get(arn) {
            return *known;
        }
        let principal = Principal::parse_arn(arn);
        let is = principal.is_some_and(|one| is_administrator(self.world, &one, self.assumptions));
        self.administrators.borrow_mut().insert(arn.to_owned(), is);
        is
    }

    /// The fewest steps of those that count.
    fn shortest(&self, from: &str, way: PathWay) -> Option<Vec<PathStep>> {
        let mut seen = HashSet::from([from.to_owned()]);
        let mut open = VecDeque::from([(from.to_owned(), Vec::<PathStep>::new())]);
        while let Some((at, path)) = open.pop_front() {
            let all = self.steps_of(&at);
            let usable: Vec<&PathStep> =
                all.iter().filter(|step| !way.is_certain || step.is_certain()).collect();
            if let Some(last) = usable.iter().find(|step| self.ends(step)) {
                return Some([&path[..], &[(*last).clone()]].concat());
            }
            if let Some(rest) = way.is_released.then(|| self.released(&at, way)).flatten() {
                return Some([path, rest].concat());
            }
            for step in usable.into_iter().filter(|_| path.len() + 1 < LONGEST) {
                if let StepGain::RightsOf(next) = &step.gains
                    && seen.insert(next.clone())
                {
                    open.push_back((next.clone(), [&path[..], std::slice::from_ref(step)].concat()));
                }
            }
        }
        None
    }

    /// The steps of somebody who takes away first what holds it back, and goes on in the world that is left.
    fn released(&self, at: &str, way: PathWay) -> Option<Vec<PathStep>> {
        let releases_left = self.releases_left.checked_sub(1)?;
        let releases = self.with_taken(at, |taken| taken.releases()).unwrap_or_default();
        let usable = releases.into_iter().filter(|(step, _)| !way.is_certain || step.is_certain());
        usable.into_iter().find_map(|(step, change)| {
            let mut world = self.world.clone();
            world.apply(change).ok()?;
            let search =
                PathSearch { releases_left, ..PathSearch::new(&world, self.end.clone(), self.assumptions) };
            let rest = match search.is_there(at) {
                true => Vec::new(),
                false => search.shortest(at, way)?,
            };
            Some([vec![step], rest].concat())
        })
    }

    fn ends(&self, step: &PathStep) -> bool {
        match &step.gains {
            StepGain::Everything => true,
            StepGain::RightsOf(arn) => self.is_there(arn),
            StepGain::HeldBack(_) => false,
        }
    }

    fn steps_of(&self, arn: &str) -> Rc<Vec<PathStep>> {
        if let Some(known) = self.steps.borrow().get(arn) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.with_taken(arn, |taken| taken.steps()).unwrap_or_default());
        self.steps.borrow_mut().insert(arn.to_owned(), Rc::clone(&found));
        found
    }

    fn leads(&self, arn: &str) -> Vec<PathLead> {
        let leads = self.with_taken(arn, |taken| taken.leads()).unwrap_or_default();
        leads.into_iter().map(|(method, needs)| PathLead { who: arn.to_owned(), method, needs }).collect()
    }

    fn with_taken<T>(&self, arn: &str, ask: impl FnOnce(&mut Taken<'_>) -> T) -> Option<T> {
        let principal = Principal::parse_arn(arn)?;
        let account = self.world.account(principal.account()?)?;
        let own = identity(account, &principal)?;
        let needs = StepNeeds::of(self.world, principal, self.assumptions);
        let service_roles = &|service: &str| self.roles_of(service, account);
        Some(ask(&mut Taken { needs, account, own, service_roles, assumptions: self.assumptions }))
    }

    /// The roles of an account that a service may assume.
    fn roles_of(&self, service: &str, account: &Account) -> Vec<String> {
        let key = format!("{service} {}", account.id);
        if let Some(known) = self.service_roles.borrow().get(&key) {
            return known.clone();
        }
        let principal = Principal::new(PrincipalKind::Service(service.into()));
        let mut needs = StepNeeds::of(self.world, principal, self.assumptions);
        let roles = account.identities().filter(|one| one.kind == "role").map(|role| role.arn(account.id));
        let found: Vec<String> =
            roles.filter(|role| needs.on("sts:AssumeRole", role, None).is_some()).collect();
        self.service_roles.borrow_mut().insert(key, found.clone());
        found
    }
}

/// Root users have everything, and only its service uses a service-linked role.
fn may_begin(principal: &Principal) -> bool {
    match &principal.kind {
        PrincipalKind::Root(_) => false,
        PrincipalKind::RoleSession { path, .. } => !is_service_linked(path),
        _ => true,
    }
}

/// The user or role that a principal is, or is a session of.
fn identity<'w>(account: &'w Account, principal: &Principal) -> Option<Identity<'w>> {
    match &principal.kind {
        PrincipalKind::User { name, .. } => account.user(name).map(|user| Identity::from(&**user)),
        PrincipalKind::RoleSession { role, .. } => account.role(role).map(|role| Identity::from(&**role)),
        _ => None,
    }
}
