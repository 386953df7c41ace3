//! Changes to a request under which a law says what may happen to the decision.

use serde_json::{Map, Value, json};

use crate::worlds::{KEYS, Layer, Tape, Target, statement};

/// Every policy of a request with the layer that it is of.
pub(crate) fn documents(request: &mut Value) -> Vec<(Layer, &mut Value)> {
    let trust = request["action"].as_str().is_some_and(|action| action.starts_with("sts:"));
    let task = request["context"]["aws:AssumedRoot"] == "true";
    let Some(policies) = request["policies"].as_object_mut() else { return Vec::new() };
    let mut found = Vec::new();
    for (name, value) in policies {
        let layer = match name.as_str() {
            "identity" => Layer::Identity,
            "permissions_boundary" => Layer::Boundary,
            "session" if task => Layer::Task,
            "session" => Layer::Session,
            "resource" if trust => Layer::Trust,
            "resource" => Layer::Resource,
            "vpc_endpoint" => Layer::Endpoint,
            "scp" => Layer::Scp,
            _ => Layer::Rcp,
        };
        collect(layer, value, &mut found);
    }
    found
}

fn collect<'v>(layer: Layer, value: &'v mut Value, found: &mut Vec<(Layer, &'v mut Value)>) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| collect(layer, item, found)),
        document => found.push((layer, document)),
    }
}

/// The statements of a policy as a list, whether they were one or not.
fn statements(document: &mut Value) -> &mut Vec<Value> {
    let element = &mut document["Statement"];
    if !element.is_array() {
        *element = json!([element.take()]);
    }
    element.as_array_mut().expect("it has just been made a list")
}

/// Adds a statement to one of the policies and tells to which kind; one that is about everything, or a random one.
pub(crate) fn add_statement(
    request: &mut Value,
    tape: &mut Tape,
    effect: &str,
    everything: bool,
) -> Option<Layer> {
    let target = Target::of(request);
    let mut documents = documents(request);
    documents.retain(|(layer, _)| effect == "Deny" || !matches!(layer, Layer::Rcp | Layer::Task));
    if documents.is_empty() {
        return None;
    }
    let at = tape.below(documents.len());
    let (layer, document) = &mut documents[at];
    let added = match everything {
        true => about_everything(*layer, effect, target),
        false => statement(tape, target, *layer, Some(effect)),
    };
    let list = statements(document);
    list.insert(tape.below(list.len() + 1), added);
    Some(*layer)
}

fn about_everything(layer: Layer, effect: &str, target: Target) -> Value {
    let service = target.action.split(':').next().unwrap_or_default();
    let action = if layer == Layer::Rcp { format!("{service}:*") } else { "*".to_owned() };
    let mut statement = json!({"Effect": effect, "Action": action});
    if names_principals(layer) {
        statement["Principal"] = json!("*");
    }
    if layer != Layer::Trust {
        statement["Resource"] = json!("*");
    }
    statement
}

fn names_principals(layer: Layer) -> bool {
    matches!(layer, Layer::Resource | Layer::Trust | Layer::Endpoint | Layer::Rcp)
}

/// Whether a Deny in that layer reaches every request that has it: not so SCPs and RCPs (D4, D6), nor the policy of
/// a resource whose owner's root user unlocks it (E12–E14).
pub(crate) fn always_binds(layer: Layer, request: &Value) -> bool {
    let unlocks = request["principal"].as_str().is_some_and(|arn| arn.ends_with(":root"));
    match layer {
        Layer::Scp | Layer::Rcp => false,
        Layer::Resource | Layer::Trust => !unlocks,
        _ => true,
    }
}

/// Reorders statements, lists of elements, and policies.
pub(crate) fn reorder(request: &mut Value, tape: &mut Tape) {
    shuffle_all(&mut request["policies"], tape);
    shuffle_object(&mut request["context"], tape);
}

fn shuffle_all(value: &mut Value, tape: &mut Tape) {
    match value {
        Value::Array(list) => {
            list.iter_mut().for_each(|item| shuffle_all(item, tape));
            shuffle(list, tape);
        }
        Value::Object(map) => {
            map.values_mut().for_each(|item| shuffle_all(item, tape));
            shuffle_object(value, tape);
        }
        _ => {}
    }
}

fn shuffle_object(value: &mut Value, tape: &mut Tape) {
    let Some(map) = value.as_object_mut() else { return };
    let mut members: Vec<(String, Value)> = std::mem::take(map).into_iter().collect();
    shuffle(&mut members, tape);
    *map = members.into_iter().collect();
}

fn shuffle<T>(list: &mut [T], tape: &mut Tape) {
    for last in (1..list.len()).rev() {
        list.swap(last, tape.below(last + 1));
    }
}

/// The request without a layer.
pub(crate) fn remove_layer(request: &Value, layer: &str) -> Value {
    let mut without = request.clone();
    without["policies"].as_object_mut().map(|policies| policies.remove(layer));
    without
}

/// Makes a policy of every statement of identity, SCP and session policies.
pub(crate) fn split_policies(request: &mut Value) {
    for layer in ["identity", "session"] {
        split(&mut request["policies"], layer);
    }
    for level in request["policies"]["scp"].as_array_mut().into_iter().flatten() {
        *level = pieces(level);
    }
    if request["policies"]["scp"].is_null() {
        request["policies"].as_object_mut().map(|policies| policies.remove("scp"));
    }
}

fn split(policies: &mut Value, layer: &str) {
    if let Some(list) = policies.as_object_mut().and_then(|policies| policies.get_mut(layer)) {
        *list = pieces(list);
    }
}

fn pieces(list: &mut Value) -> Value {
    let mut pieces = Vec::new();
    for document in list.as_array_mut().into_iter().flatten() {
        let version = document["Version"].take();
        for statement in statements(document).drain(..) {
            let mut piece = json!({"Statement": statement});
            if !version.is_null() {
                piece["Version"] = version.clone();
            }
            pieces.push(piece);
        }
    }
    pieces.into()
}

/// Changes the letter case of actions and of condition keys, in policies and request. The name of a request tag
/// stays as it is: it is a value of `aws:TagKeys`, too (C.5).
pub(crate) fn change_case(request: &mut Value, tape: &mut Tape) {
    for (_, document) in documents(request) {
        for statement in statements(document) {
            for element in ["Action", "NotAction"] {
                if let Some(patterns) = statement.get_mut(element) {
                    case_texts(patterns, tape);
                }
            }
            for block in statement.get_mut("Condition").and_then(Value::as_object_mut).into_iter().flatten() {
                case_keys(block.1, tape);
            }
        }
    }
    case_keys(&mut request["context"], tape);
    case_texts(&mut request["action"], tape);
}

fn case_texts(value: &mut Value, tape: &mut Tape) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| case_texts(item, tape)),
        text => *text = json!(cased(text.as_str().unwrap_or_default(), tape)),
    }
}

fn case_keys(object: &mut Value, tape: &mut Tape) {
    let Some(map) = object.as_object_mut() else { return };
    let members: Map<String, Value> = std::mem::take(map)
        .into_iter()
        .map(|(key, value)| match is_request_tag(&key) || key == "aws:AssumedRoot" {
            true => (key, value),
            false => (cased(&key, tape), value),
        })
        .collect();
    *map = members;
}

fn cased(text: &str, tape: &mut Tape) -> String {
    text.chars()
        .map(|c| if tape.one_in(2) { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect()
}

/// Adds so many statements about other things to every policy that its set gets an index.
pub(crate) fn enlarge(request: &mut Value, tape: &mut Tape) {
    let action = request["action"].as_str().unwrap_or_default().to_owned();
    for (layer, document) in documents(request) {
        let list = statements(document);
        for number in 0..10 {
            let effect = if layer == Layer::Rcp || tape.one_in(2) { "Deny" } else { "Allow" };
            let mut other =
                about_everything(layer, effect, Target { action: "", resource: "*", has_policy: true });
            other["Action"] = match tape.below(5) {
                0 => json!(format!("zzz:Other{number}")),
                1 => json!([format!("zzz:Other{number}*"), "zzz:*"]),
                2 => json!("z?z:Other"),
                3 => json!(format!("{action}Other")),
                _ => json!(format!("{action}?*")),
            };
            if layer == Layer::Resource {
                // An Allow for everybody makes a bucket public, which cuts other accounts off (D36, I26).
                other["Principal"] = json!({"AWS": "333333333333"});
            }
            list.insert(tape.below(list.len() + 1), other);
        }
    }
}

/// Gives some keys that nobody gave, and that a request of this principal for this action can carry. Whoever gives
/// the request tags gives all of them, and with them `aws:TagKeys` (C.5).
pub(crate) fn give_random_keys(request: &mut Value, tape: &mut Tape) {
    let principal = request["principal"].as_str().unwrap_or_default();
    let in_account = principal.contains("::111111111111:") || principal.contains("::222222222222:");
    let in_account = in_account && !principal.contains("oidc-provider");
    let listing = request["action"] == "s3:ListBucket";
    let has_tags = in_account && !principal.ends_with(":root");
    // C.3: a request through an endpoint carries no address.
    let direct = request["policies"].get("vpc_endpoint").is_none();
    let carried = |name: &str| match name {
        "aws:PrincipalTag/t" => has_tags,
        "aws:PrincipalOrgPaths" => in_account,
        "s3:prefix" | "s3:max-keys" => listing,
        "aws:RequestTag/a" | "aws:TagKeys" | "x:bin" => true,
        "aws:SourceIp" => direct,
        _ => false,
    };
    let tagged = request["context"].as_object().into_iter().flatten();
    let tagged = tagged.filter(|(_, value)| !value.is_null()).any(|(key, _)| is_request_tag(key));
    let context = request["context"].as_object_mut().expect("a context");
    for key in KEYS.iter().filter(|key| carried(key.name) && !key.given.is_empty()) {
        let given = context.keys().any(|known| known.eq_ignore_ascii_case(key.name));
        let follows = tagged && key.name == "aws:TagKeys";
        if !given && !follows && !tape.one_in(2) {
            let value = serde_json::from_str(tape.of(key.given)).expect("the value of a key is JSON");
            context.insert(key.name.to_owned(), value);
        }
    }
}

fn is_request_tag(key: &str) -> bool {
    key.to_lowercase().starts_with("aws:requesttag/")
}
