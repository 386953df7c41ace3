//! S3 Block Public Access: which policies are public (D38), and whom RestrictPublicBuckets keeps out (D37).

use ipnet::IpNet;

use crate::compile::{
    CompiledPolicy, CompiledStatement, Element, OperandView, PrincipalPatternKind, StatementRef, Test,
};
use crate::policy::{Effect, Operator, OperatorFamily, SetOperator};
use crate::world::{Level, Prepared, PrincipalKind};

/// The statement that makes a bucket policy public, where that keeps the principal out.
pub(super) fn restricted_by(request: &Prepared<'_>, level: &Level) -> Option<StatementRef> {
    if !request.side.public_access_block.restrict_public_buckets || !request.action.is_of("s3") {
        return None;
    }
    let inside = matches!(request.caller.principal.kind, PrincipalKind::Service(_))
        || (request.is_iam_principal() && !request.is_cross_account());
    if inside {
        return None;
    }
    level.set.all(Effect::Allow).find(|at| {
        let policy = &level.set.policies()[at.policy as usize];
        is_public(policy, &policy.statements()[at.statement as usize])
    })
}

/// The statement that makes a bucket policy public, if one does (D38): its number, from zero.
pub fn public_statement(policy: &CompiledPolicy) -> Option<usize> {
    policy.statements().iter().position(|one| one.effect == Effect::Allow && is_public(policy, one))
}

/// D38: public unless the grant is confined to fixed values of at least one of the listed keys.
fn is_public(policy: &CompiledPolicy, statement: &CompiledStatement) -> bool {
    let everyone = statement.principal_element == Element::Negated
        || policy.principals(statement).iter().any(|p| p.kind == PrincipalPatternKind::Everyone);
    everyone && !policy.tests(statement).iter().any(|test| confines(policy, test))
}

/// Keys that confine a grant when they are tested against fixed values.
const CONFINING: &[&str] = &[
    "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount", "aws:PrincipalArn",
    "aws:PrincipalServiceName", "aws:SourceArn", "aws:SourceVpc", "aws:SourceVpce", "aws:SourceOwner",
    "aws:SourceAccount", "aws:SourceOrgID", "aws:userid", "s3:DataAccessPointArn",
    "s3:DataAccessPointAccount",
];

fn confines(policy: &CompiledPolicy, test: &Test) -> bool {
    let operator = test.operator.operator;
    // `ForAllValues:` holds for whoever lacks the key, as `IfExists` does.
    let holds_without = test.operator.if_exists || test.operator.set == Some(SetOperator::ForAllValues);
    if operator.is_negated() || holds_without || operator == Operator::Null {
        return false;
    }
    let key = test.key(policy);
    let operands = policy.operands(test);
    if operator.family() == OperatorFamily::Ip && key.eq_ignore_ascii_case("aws:SourceIp") {
        return operands.iter().all(|operand| is_narrow(operand.view(policy)));
    }
    let confining = CONFINING.iter().any(|known| known.eq_ignore_ascii_case(key));
    // An access point's name may be a wildcard where its account is fixed.
    let access_point = key.eq_ignore_ascii_case("s3:DataAccessPointArn");
    let userid = key.eq_ignore_ascii_case("aws:userid");
    confining
        && operands.iter().all(|operand| match operand.text(policy) {
            Some(text) if access_point => {
                text.split(':').nth(4).is_some_and(|account| !account.contains(['*', '?']))
            }
            Some(text) if userid => is_fixed(text, operator) && !text.ends_with(":*"),
            Some(text) => is_fixed(text, operator),
            None => false,
        })
}

/// No wildcard that counts, no policy variable.
fn is_fixed(text: &str, operator: Operator) -> bool {
    let literal = matches!(operator, Operator::StringEquals | Operator::StringEqualsIgnoreCase);
    !text.contains("${") && (literal || !text.contains(['*', '?']))
}

/// Whether an operand is a narrow network.
fn is_narrow(operand: OperandView<'_>) -> bool {
    match operand {
        OperandView::Network(network) => is_narrow_network(&network),
        _ => false,
    }
}

/// Not wider than /8 of version 4 or /32 of version 6; private ranges do not confine.
pub fn is_narrow_network(network: &IpNet) -> bool {
    match network {
        IpNet::V4(net) => net.prefix_len() >= 8 && !net.addr().is_private(),
        IpNet::V6(net) => net.prefix_len() >= 32,
    }
}
