//! Those for whom requests are made.

use std::collections::HashSet;
use std::sync::Arc;

use crate::bench::Asker;
use crate::question::space::named_principals;
use crate::session::{Session, placed};
use crate::source::{Diagnostic, Place, Source, Span};
use crate::world::{GivenPolicies, NamedDocument, Principal};

/// Who asks where a policy is given and no principal is.
pub(super) const EXAMPLE: &str = "arn:aws:iam::123456789012:user/example-user";

/// The partitions in which the same user asks, where a policy names their ARNs.
const OTHER_PARTITIONS: [&str; 2] = ["aws-cn", "aws-us-gov"];

/// The one that is named; where policies are given an example user, in every partition that they name; else all users
/// and roles of the world. Those whom the policies of the world's resources name ask, too, unless one is named.
pub(in super::super) fn askers(
    session: &Session,
    principal: Option<&str>,
    given: &Arc<GivenPolicies>,
) -> Result<Vec<Asker>, Diagnostic> {
    let asker = |principal| Asker { principal: Arc::new(principal), policies: Arc::clone(given) };
    if let Some(word) = principal {
        return Ok(vec![asker(named(session, word)?)]);
    }
    let mut askers: Vec<Asker> = match &given.identity {
        Some(documents) => examples(documents).map(asker).collect(),
        None => inhabitants(session).map(asker).collect(),
    };
    let known: HashSet<String> = askers.iter().map(|asker| asker.principal.arn()).collect();
    let others = named_principals(session.world()).into_iter().filter(|named| !known.contains(&named.arn()));
    let nothing = Arc::<GivenPolicies>::default();
    askers.extend(
        others.map(|principal| Asker { principal: Arc::new(principal), policies: Arc::clone(&nothing) }),
    );
    Ok(askers)
}

/// The principal of a word: an ARN, or a name in the world.
pub(in super::super) fn named(session: &Session, word: &str) -> Result<Principal, Diagnostic> {
    Principal::parse(word).map_or_else(|| session.principal(word), Ok).map_err(|error| {
        let source = Source::new("<command line>", word);
        placed(error, &Place::new(&source, Span::new(0, word.len() as u32)))
    })
}

/// The example user, in each partition that the policies name.
fn examples(documents: &[NamedDocument]) -> impl Iterator<Item = Principal> {
    let names = |partition: &str| {
        let start = format!("arn:{partition}:");
        let mut policies = documents.iter().filter_map(|named| named.document.compiled());
        policies.any(|compiled| compiled.policy().source().text().contains(&start))
    };
    let others = OTHER_PARTITIONS.into_iter().filter(move |partition| names(partition));
    let of =
        |partition: &str| Some(Principal { partition: partition.into(), ..Principal::parse_arn(EXAMPLE)? });
    std::iter::once("aws").chain(others).filter_map(of)
}

fn inhabitants(session: &Session) -> impl Iterator<Item = Principal> {
    let arns = session.world().accounts().flat_map(|account| {
        let users = account.users.values().map(|user| user.arn(account.id));
        users.chain(account.roles.values().map(|role| role.arn(account.id)))
    });
    arns.filter_map(|arn| Principal::parse_arn(&arn))
}
