//! Callers that a policy tells apart by tests of who they are, without naming them as principals.

use std::collections::BTreeSet;

use super::texts::{divided, values_of};
use crate::names::{AccountId, Letter, LetterSet, TextSet, letters_exactly, some_of};
use crate::world::{NamedDocument, Principal};

/// What policies test of who somebody is, and so of what follows from the name alone.
struct TestsOfName {
    arns: Vec<String>,
    accounts: Vec<String>,
    user_names: Vec<String>,
    types: Vec<String>,
}

/// Principals of each account that tests tell apart, and whether these are all. To the accounts that are known, one for
/// each part of all others is added; of these `strange` stands for those that no test knows.
pub(super) fn callers_told_apart(
    partition: &str,
    known: BTreeSet<AccountId>,
    strange: &str,
    policies: &[NamedDocument],
) -> (Vec<Principal>, bool) {
    let tests = TestsOfName::of(policies);
    let (accounts, mut is_all) = tests.accounts(known, strange);
    let patterns = tests.patterns();
    let mut found = Vec::new();
    for account in accounts {
        for universe in tests.universes(partition, account) {
            let (arns, is_complete) = divided(universe, patterns.clone());
            is_all &= is_complete;
            found.extend(arns.iter().filter_map(|arn| Principal::parse(arn)));
        }
    }
    (found, is_all)
}

impl TestsOfName {
    fn of(policies: &[NamedDocument]) -> Self {
        Self {
            arns: values_of("aws:PrincipalArn", policies),
            accounts: values_of("aws:PrincipalAccount", policies),
            user_names: values_of("aws:username", policies),
            types: values_of("aws:PrincipalType", policies),
        }
    }

    /// The known accounts, the stranger and one account of each part into which the tests divide all others; none where
    /// nothing is tested.
    fn accounts(&self, known: BTreeSet<AccountId>, strange: &str) -> (BTreeSet<AccountId>, bool) {
        if [&self.arns, &self.accounts, &self.user_names, &self.types].iter().all(|tested| tested.is_empty())
        {
            return (BTreeSet::new(), true);
        }
        let of_arns = self.arns.iter().filter_map(|arn| arn.split(':').nth(4));
        let tested = of_arns.chain(self.accounts.iter().map(String::as_str));
        let patterns: Vec<TextSet> = tested.map(|value| TextSet::glob(value, LetterSet::ANY)).collect();
        let digits = TextSet::of(vec![Letter::one(LetterSet::DIGITS); 12]);
        let (examples, is_all) = divided(digits, patterns.clone());
        let part_of = |account: &str| patterns.iter().map(|one| one.has(account)).collect::<Vec<bool>>();
        let part_of_strange = part_of(strange);
        let others = examples.iter().filter(|account| part_of(account) != part_of_strange);
        let examples = others.map(String::as_str).chain([strange]).filter_map(AccountId::parse);
        (known.into_iter().chain(examples).collect(), is_all)
    }

    /// The ARNs of an account's principals by their kinds, as far as the tests tell kinds apart.
    fn universes(&self, partition: &str, account: AccountId) -> Vec<TextSet> {
        let iam = format!("arn:{partition}:iam::{account}");
        let federated = format!("arn:{partition}:sts::{account}:federated-user/");
        let named = |start: &str| {
            let name = some_of(LetterSet::ANY.but(':'));
            TextSet::of(letters_exactly(start).chain(name).collect())
        };
        let mut all = vec![named(&format!("{iam}:user/"))];
        if !self.arns.is_empty() || !self.types.is_empty() {
            let root = TextSet::text(&format!("{iam}:root"));
            all.extend([named(&format!("{iam}:role/")), named(&federated), root]);
        }
        all
    }

    /// What tests of ARNs and of user names say of an ARN.
    fn patterns(&self) -> Vec<TextSet> {
        let glob = |text: &str| TextSet::glob(text, LetterSet::ANY);
        let of_arns = self.arns.iter().map(|arn| glob(arn));
        let of_users = self.user_names.iter();
        let of_users =
            of_users.map(|name| glob(&format!("*:user/{name}")).or(glob(&format!("*:user/*/{name}"))));
        of_arns.chain(of_users).collect()
    }
}
