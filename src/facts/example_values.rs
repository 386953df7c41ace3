//! Values that there are, for patterns of keys whose values nobody chooses freely, and what a job says for its token to
//! have a subject: general knowledge of EC2's instance types, of RDS's classes, and of "OpenID Connect reference" of the
//! GitHub documentation, as of 2026-11-30.

use super::services::is;

/// A value that there is and that a pattern takes, where filling the pattern would make one up.
pub fn real_value(key: &str, pattern: &str) -> Option<String> {
    let large = |family: &str| FAMILIES.contains(&family);
    let family = pattern.strip_suffix(".*");
    match () {
        () if is("ec2:InstanceType", key) => {
            family.filter(|own| large(own)).map(|own| format!("{own}.large"))
        }
        () if is("rds:DatabaseClass", key) => {
            let own = family.filter(|own| own.strip_prefix("db.").is_some_and(large));
            own.map(|own| format!("{own}.large"))
        }
        () if key.ends_with(":sub") => {
            pattern.strip_suffix("refs/heads/*").map(|start| format!("{start}refs/heads/main"))
        }
        () => None,
    }
}

/// What a job of GitHub Actions does for its token to have a subject that a pattern takes, in place of its own: it says
/// in which environment it runs, or it runs on a branch, for a tag, for a pull request.
pub fn job_with_subject(key: &str, own: &str, pattern: &str) -> Option<String> {
    if !is(key, "token.actions.githubusercontent.com:sub") {
        return None;
    }
    let parts = |text: &str| {
        let mut fields = text.splitn(3, ':').map(str::to_owned);
        let (kind, repository) = (fields.next()?, fields.next()?);
        (kind == "repo").then_some((repository, fields.next()?))
    };
    let ((from, own), (to, wanted)) = (parts(own)?, parts(pattern)?);
    let place = match wanted.as_str() {
        "*" | "" => return None,
        one if one.starts_with("ref:refs/heads/") => match one.rsplit('/').next().filter(|name| *name != "*")
        {
            Some(name) => format!("run the job on branch {name}"),
            None => "run the job on a branch".to_owned(),
        },
        one if one.starts_with("ref:refs/tags/") => "run the job for a tag".to_owned(),
        "pull_request" => "run the job for a pull request".to_owned(),
        one => format!("give the job `environment: {}`", one.strip_prefix("environment:")?),
    };
    let without = own.strip_prefix("environment:").filter(|_| !wanted.starts_with("environment:"));
    let without = without.map(|name| format!(", without its `environment: {name}`")).unwrap_or_default();
    (from == to).then(|| format!("{place}{without}"))
}

/// Families of instances that have the size `large`.
#[rustfmt::skip]
const FAMILIES: &[&str] = &[
    "c4", "c5", "c5a", "c5d", "c5n", "c6a", "c6g", "c6i", "c7a", "c7g", "c7i", "i3", "i4i", "m4", "m5", "m5a", "m5d", "m5n",
    "m6a", "m6g", "m6i", "m7a", "m7g", "m7i", "r4", "r5", "r5a", "r6g", "r6i", "r7g", "r7i", "t2", "t3", "t3a", "t4g",
];

#[cfg(test)]
mod tests {
    use super::{job_with_subject, real_value};

    #[test]
    fn values_are_of_those_that_there_are() {
        assert_eq!(real_value("ec2:InstanceType", "t3.*").as_deref(), Some("t3.large"));
        assert_eq!(real_value("rds:DatabaseClass", "db.r6g.*").as_deref(), Some("db.r6g.large"));
        assert_eq!(real_value("ec2:InstanceType", "x9.*"), None);
    }

    #[test]
    fn a_job_gets_its_subject_by_where_it_runs() {
        let job = |own, wanted| job_with_subject("token.actions.githubusercontent.com:sub", own, wanted);
        assert_eq!(
            job("repo:a/b:environment:live", "repo:a/b:ref:refs/heads/*").as_deref(),
            Some("run the job on a branch, without its `environment: live`")
        );
        assert_eq!(
            job("repo:a/b:pull_request", "repo:a/b:environment:test").as_deref(),
            Some("give the job `environment: test`")
        );
        assert_eq!(job("repo:a/b:pull_request", "repo:a/c:environment:test"), None);
    }
}
