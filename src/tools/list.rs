//! The tools: what each is for, what it takes, and the statement that it is.

use serde_json::{Map, Value, json};

use super::arguments::CallArguments;
use super::inputs::{InputKind, ToolInput};
use super::statements::{self, CallStatement};

/// A question that may be asked by its name.
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    title: &'static str,
    about: &'static str,
    inputs: &'static [ToolInput],
    /// The member of the structured answer that is always there, and what it is.
    answers: (&'static str, &'static str),
    pub(super) statement: fn(&CallArguments<'_>) -> CallStatement,
}

const fn needed(name: &'static str, about: &'static str) -> ToolInput {
    ToolInput { name, about, kind: InputKind::Text, is_needed: true }
}

const fn optional(name: &'static str, kind: InputKind, about: &'static str) -> ToolInput {
    ToolInput { name, about, kind, is_needed: false }
}

const PRINCIPAL: ToolInput =
    needed("principal", "who asks: `alice`, `role app/Worker`, an ARN, `root of 111122223333`");
const ACTION: ToolInput =
    needed("action", "an action such as s3:GetObject; `*` and `?` ask about all that they cover");
const RESOURCE: ToolInput =
    optional("resource", InputKind::Text, "the ARN that is asked for: arn:aws:s3:::reports/q1.csv");
const CONTEXT: ToolInput =
    optional("context", InputKind::Context, "context keys: {\"aws:SourceIp\": \"203.0.113.7\"}");
const POLICIES: ToolInput = optional(
    "policies",
    InputKind::Texts,
    "identity-based policies in place of the principal's: JSON texts, or files",
);

/// Which world is asked: every tool takes it.
pub(super) const WORLD: ToolInput = optional(
    "world",
    InputKind::Text,
    "a file: a script (.iam) or a dump of an account; without it the world of the start",
);

const DECISION: (&str, &str) =
    ("decision", "allowed, implicitDeny, explicitDeny or depends; of a pattern also some");

/// All of them, in the order in which they are listed.
pub static TOOLS: [Tool; 9] = [
    Tool {
        name: "can",
        title: "May somebody do something?",
        about: "Whether a principal may do something, under all policies of the world; or by the policies that are given",
        inputs: &[PRINCIPAL, ACTION, RESOURCE, CONTEXT, POLICIES],
        answers: DECISION,
        statement: |given| statements::question("can", given),
    },
    Tool {
        name: "why",
        title: "Why is it so?",
        about: "The same with the reasons, what would turn it, who can do that and what it opens. Or explains a message of AWS, \
                a CloudTrail event, or what sts decode-authorization-message prints",
        inputs: &[
            optional("message", InputKind::Text, "what AWS said; then principal and action are left out"),
            ToolInput { is_needed: false, ..PRINCIPAL },
            ToolInput { is_needed: false, ..ACTION },
            RESOURCE,
            CONTEXT,
            POLICIES,
        ],
        answers: DECISION,
        statement: statements::why,
    },
    Tool {
        name: "when",
        title: "When is it allowed?",
        about: "The conditions under which a principal may do something: which values of which keys turn the answer",
        inputs: &[PRINCIPAL, ACTION, RESOURCE, CONTEXT, POLICIES],
        answers: DECISION,
        statement: |given| statements::question("when", given),
    },
    Tool {
        name: "who_can",
        title: "Who may do something?",
        about: "Everybody who may do something, in all accounts of the world, and by what",
        inputs: &[ACTION, ToolInput { is_needed: true, ..RESOURCE }],
        answers: ("allowed", "one row for each principal"),
        statement: statements::who_can,
    },
    Tool {
        name: "what_can",
        title: "What may somebody do?",
        about: "What a principal may do: actions by service and access level, by which statement, where and when",
        inputs: &[PRINCIPAL],
        answers: ("services", "actions by service and access level"),
        statement: statements::what_can,
    },
    Tool {
        name: "diff",
        title: "What does a change change?",
        about: "What is newly allowed and newly denied between two versions of a policy or of a world, over all requests, each \
                with a request as proof",
        inputs: &[
            needed("old", "the old version: the JSON text of a policy, or a file"),
            needed("new", "the new version: the JSON text of a policy, or a file"),
            optional(
                "type",
                InputKind::Text,
                "identity, resource, trust, scp, rcp, boundary, session or endpoint",
            ),
        ],
        answers: ("verdict", "equal, wider, narrower, both or unknown"),
        statement: statements::diff,
    },
    Tool {
        name: "lint",
        title: "Is the policy right?",
        about: "What is wrong with a policy, or probably not meant, with line and column",
        inputs: &[needed(
            "policy",
            "the JSON text of a policy, a file, or the name of a policy of the world or of AWS",
        )],
        answers: ("verdict", "clean or findings"),
        statement: statements::lint,
    },
    Tool {
        name: "test",
        title: "Do the expectations hold?",
        about: "Runs a script with expectations, such as `expect bob denied s3:DeleteObject on arn:aws:s3:::b/k`",
        inputs: &[needed("script", "the text of a script, or a file that ends in .iam")],
        answers: ("passed", "how many expectations hold"),
        statement: statements::test,
    },
    Tool {
        name: "info",
        title: "What is it?",
        about: "What is known of an action, a context key, a resource type, a rule, a code of lint, or a word such as root user",
        inputs: &[needed("name", "s3:GetObject, aws:SourceIp, D24, root user")],
        answers: ("text", "what is known"),
        statement: statements::info,
    },
];

impl Tool {
    /// The tool of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TOOLS.iter().find(|tool| tool.name == name)
    }

    /// What it takes.
    pub(super) fn inputs(&self) -> Vec<&ToolInput> {
        self.inputs.iter().chain([&WORLD]).collect()
    }

    /// What an assistant is told of it.
    pub fn described(&self) -> Value {
        let inputs = self.inputs();
        let schemas: Map<String, Value> =
            inputs.iter().map(|input| (input.name.to_owned(), input.schema())).collect();
        let needed: Vec<&str> =
            inputs.iter().filter(|input| input.is_needed).map(|input| input.name).collect();
        let (answer, about) = self.answers;
        json!({
            "name": self.name,
            "title": self.title,
            "description": self.about,
            "inputSchema": {
                "type": "object",
                "properties": schemas,
                "required": needed,
                "additionalProperties": false,
            },
            "outputSchema": {
                "type": "object",
                "properties": {answer: {"description": about}},
                "required": [answer],
            },
            "annotations": {"readOnlyHint": true, "idempotentHint": true, "openWorldHint": false},
        })
    }
}
