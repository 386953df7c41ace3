//! Decides and explains with iamwhy as a library: a question that brings its policy, and one in the world of a script.

use std::error::Error;

use iamwhy::{Principal, Question, World, commands};

const SCRIPT: &str = r#"
account 111122223333 "Acme" alias acme
user alice
attach AdministratorAccess to user alice
"#;

const POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }
}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let alice: Principal = "arn:aws:iam::111122223333:user/alice".parse()?;

    // A policy that comes with the question, and no world around it.
    let put = Question::new(alice.clone(), "s3:PutObject").on("arn:aws:s3:::reports/q1.csv");
    let put = put.policy("Reports", POLICY);
    show(&put, &World::new())?;

    // A world that a script declares: an administrator is not the root user.
    let acme = commands::world(SCRIPT)?;
    show(&Question::new(alice, "account:CloseAccount"), &acme)
}

/// Asks once, and prints the decision and its reasons.
fn show(question: &Question, world: &World) -> Result<(), Box<dyn Error>> {
    let answer = question.ask(world)?;
    println!("{} may do it: {}", question.principal.arn(), answer.decision.is_allowed());
    println!("{}", answer.explain());
    Ok(())
}
