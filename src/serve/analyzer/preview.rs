//! Access previews: who outside of an account would reach a resource that has a policy.
//!
//! A client makes one and asks for what was found behind it, so the last ones are kept for it, and nothing else is.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value, json};

use super::call::{AnalyzerCall, Answered, fields, invalid, refused};
use super::statement::answer_of;
use crate::aws::ApiRefusal;
use crate::names::Arn;
use crate::syntax::script::write::word;

/// How many previews are kept.
const MOST: usize = 64;

/// The previews that were made last.
#[derive(Debug, Default)]
pub struct Previews {
    kept: Mutex<KeptPreviews>,
}

#[derive(Debug, Default)]
struct KeptPreviews {
    made: u64,
    all: VecDeque<(String, Preview)>,
}

#[derive(Clone, Debug)]
struct Preview {
    /// The preview as it is told.
    about: Value,
    findings: Vec<Value>,
}

impl Previews {
    fn kept(&self) -> MutexGuard<'_, KeptPreviews> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn named(&self, id: &str) -> Result<Preview, ApiRefusal> {
        let found = self.kept().all.iter().find(|(own, _)| own == id).map(|(_, preview)| preview.clone());
        let what = || format!("there is no access preview `{id}`; the last {MOST} are kept");
        found.ok_or_else(|| refused("ResourceNotFoundException", what()))
    }
}

/// The fields of a configuration that hold a policy, and the type of resource that each is for.
const POLICIES: [(&str, &str, &str); 9] = [
    ("s3Bucket", "bucketPolicy", "AWS::S3::Bucket"),
    ("iamRole", "trustPolicy", "AWS::IAM::Role"),
    ("sqsQueue", "queuePolicy", "AWS::SQS::Queue"),
    ("snsTopic", "topicPolicy", "AWS::SNS::Topic"),
    ("secretsManagerSecret", "secretPolicy", "AWS::SecretsManager::Secret"),
    ("ecrRepository", "repositoryPolicy", "AWS::ECR::Repository"),
    ("efsFileSystem", "fileSystemPolicy", "AWS::EFS::FileSystem"),
    ("dynamodbTable", "tablePolicy", "AWS::DynamoDB::Table"),
    ("s3ExpressDirectoryBucket", "bucketPolicy", "AWS::S3Express::DirectoryBucket"),
];

/// Makes a preview of the configurations that a call gives.
pub(super) fn create(previews: &Previews, call: &AnalyzerCall<'_>) -> Answered {
    let configurations = call.input.get("configurations").and_then(Value::as_object);
    let configurations = configurations.ok_or_else(|| invalid("`configurations` is missing"))?;
    let mut findings = Vec::new();
    for (arn, configuration) in configurations {
        if let Some((policy, kind)) = policy_of(configuration) {
            findings.extend(found(call, arn, policy, kind)?);
        }
    }
    let mut kept = previews.kept();
    kept.made += 1;
    let id = format!("00000000-0000-4000-9000-{:012}", kept.made);
    let analyzer = call.input.get("analyzerArn").cloned().unwrap_or_default();
    let about = json!({
        "id": id, "analyzerArn": analyzer, "configurations": configurations, "createdAt": call.time(), "status": "COMPLETED",
    });
    if kept.all.len() == MOST {
        kept.all.pop_front();
    }
    kept.all.push_back((id.clone(), Preview { about, findings }));
    Ok(fields(json!({ "id": id })))
}

/// A preview.
pub(super) fn get(previews: &Previews, call: &AnalyzerCall<'_>) -> Answered {
    Ok(fields(json!({"accessPreview": previews.named(call.needed("accessPreviewId")?)?.about})))
}

/// What was found for a preview.
pub(super) fn findings(previews: &Previews, call: &AnalyzerCall<'_>) -> Answered {
    Ok(fields(json!({"findings": previews.named(call.needed("accessPreviewId")?)?.findings})))
}

/// The policy of a configuration, with the type of its resource; none where it has no policy.
fn policy_of(configuration: &Value) -> Option<(&str, &'static str)> {
    let of_key = || Some((configuration["kmsKey"]["keyPolicies"]["default"].as_str()?, "AWS::KMS::Key"));
    let mut all = POLICIES.into_iter();
    let plain = all.find_map(|(name, field, kind)| Some((configuration[name][field].as_str()?, kind)));
    plain.or_else(of_key)
}

/// Who is let in from outside: what the policy grants beside one that grants nothing, without the principals of the account.
fn found(call: &AnalyzerCall<'_>, arn: &str, policy: &str, kind: &str) -> Result<Vec<Value>, ApiRefusal> {
    let owner = Arn::parse(arn).and_then(|arn| arn.account_id()).map(|account| account.to_string());
    let owner = owner.unwrap_or_else(|| call.account());
    let texts = vec![("nothing", nothing(kind).to_string()), ("policy", policy.to_owned())];
    let granted = answer_of(&format!("check no-new-access nothing policy on {}", word(arn)), &texts)?;
    let mut found: Vec<Value> = Vec::new();
    for breach in granted["breaches"].as_array().into_iter().flatten() {
        for (principal, is_public) in outsiders(breach, &owner) {
            let id = format!("00000000-0000-4000-a000-{:012}", found.len() + 1);
            found.push(json!({
                "id": id, "resource": arn, "resourceType": kind, "resourceOwnerAccount": owner,
                "principal": principal, "isPublic": is_public, "action": breach["patterns"],
                "condition": condition(breach), "createdAt": call.time(), "changeType": "NEW", "status": "ACTIVE",
            }));
        }
    }
    Ok(found)
}

/// A policy of a type of resource that lets nobody do anything.
fn nothing(kind: &str) -> Value {
    let mut statement =
        json!({"Effect": "Allow", "Principal": "*", "Action": "iamwhy:Nothing", "Resource": "*"});
    if let Some(fields) = statement.as_object_mut().filter(|_| kind == "AWS::IAM::Role") {
        fields.remove("Resource");
    }
    json!({"Version": "2012-10-17", "Statement": [statement]})
}

/// Who is let in by a statement and is nobody of the account, nor a service of AWS; and whether it is everybody.
fn outsiders(breach: &Value, owner: &str) -> Vec<(Value, bool)> {
    let callers: Vec<&str> =
        breach["callers"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if callers.iter().any(|caller| ["anonymous callers", "any AWS account", "everybody"].contains(caller)) {
        return vec![(json!({"AWS": "*"}), true)];
    }
    let is_own = |caller: &str| {
        Arn::parse(caller).and_then(|arn| arn.account_id()).is_some_and(|id| id.as_str() == owner)
    };
    let principal = |caller: &str| match caller.strip_prefix("account ") {
        Some(account) => (account != owner).then(|| json!({"AWS": account})),
        None if caller.contains("-provider/") => Some(json!({"Federated": caller})),
        None => (caller.starts_with("arn:") && !is_own(caller)).then(|| json!({"AWS": caller})),
    };
    callers.into_iter().filter_map(principal).map(|found| (found, false)).collect()
}

/// The keys of the request that was found, each with its value.
fn condition(breach: &Value) -> Map<String, Value> {
    let context = breach["witness"]["request"]["context"].as_object().cloned().unwrap_or_default();
    let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    context.into_iter().map(|(key, value)| (key, text(value).into())).collect()
}
