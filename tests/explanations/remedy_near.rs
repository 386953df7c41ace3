//! The statement that comes nearest is the one that is most like the request, and it is what a fix mends: the name that is
//! misspelt, the list that lacks an action.

use iamwhy::explain::Explanation;

use super::remedy_laws::{bobs, edits, why};

const QUERY: &str = "bob dynamodb:Query on arn:aws:dynamodb:eu-west-2:111122223333:table/enrolments";

/// Bob's policy on two tables, one of them named as given.
fn tables(name: &str) -> String {
    let arn = |table: &str| format!("arn:aws:dynamodb:eu-west-2:111122223333:table/{table}");
    let statement = |sid: &str, table: &str| {
        let index = arn(&format!("{table}/index/*"));
        format!(
            r#"{{ "Sid": "{sid}", "Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query"], "Resource": ["{}", "{index}"] }}"#,
            arn(table)
        )
    };
    bobs(&format!("[ {}, {} ]", statement("Modules", "modules"), statement("Enrolments", name)))
}

fn nearest(why: &Explanation) -> &str {
    why.causes[0].title.rsplit("nearest is ").next().unwrap_or_default()
}

#[test]
fn of_two_statements_the_one_that_is_off_by_a_letter_is_nearest_and_that_letter_is_mended() {
    let known = "resource arn:aws:dynamodb:eu-west-2:111122223333:table/enrolments";
    let found = why(&format!("{known}\n{}", tables("enrollments")), QUERY);
    assert_eq!(nearest(&found), "P · Enrolments");
    let all = edits(&found);
    assert_eq!(
        all[0].words,
        "in P · Enrolments (identity-based), write `enrolments` instead of `enrollments`, in both ARNs"
    );
    assert_eq!(all.len(), 1, "{all:?}");
    // It is not only what was asked for that works then.
    assert!(all[0].document.as_ref().is_some_and(|text| !text.contains("enrollments")));
    assert!(all[0].so.as_ref().is_some_and(|so| so.contains("table/enrolments/index/*")), "{:?}", all[0].so);
}

#[test]
fn a_name_that_is_there_is_no_misspelling() {
    let both = ["enrolments", "enrollments"]
        .map(|table| format!("resource arn:aws:dynamodb:eu-west-2:111122223333:table/{table}\n"));
    let found = why(&format!("{}{}", both.concat(), tables("enrollments")), QUERY);
    assert!(edits(&found).iter().all(|edit| !edit.words.contains("write `")), "{:?}", edits(&found));
    // A pattern for several tables that misses by more than a slip is none either.
    let found = why(&tables("students-*"), QUERY);
    assert!(edits(&found)[0].words.starts_with("add to P"), "{}", edits(&found)[0].words);
}

const TABLE: &str = "arn:aws:glue:eu-west-1:111122223333:table/sales/lines";

#[test]
fn a_call_that_is_authorized_on_several_resources_has_a_fix_that_names_them_all() {
    let statement = format!(r#"{{ "Effect": "Allow", "Action": "glue:GetTable", "Resource": "{TABLE}" }}"#);
    let found = why(&bobs(&statement), &format!("bob glue:GetPartitions on {TABLE}"));
    let words = &edits(&found)[0].words;
    for named in [TABLE, "database/sales\"", ":catalog\""] {
        assert!(words.contains(named), "{words}");
    }
    // What its policies name already is not named again.
    let some = bobs(
        r#"{ "Effect": "Allow", "Action": "glue:GetPartitions", "Resource": ["arn:aws:glue:eu-west-1:111122223333:catalog", "arn:aws:glue:eu-west-1:111122223333:database/sales"] }"#,
    );
    let found = why(&some, &format!("bob glue:GetPartitions on {TABLE}"));
    assert!(!edits(&found)[0].words.contains("catalog"), "{}", edits(&found)[0].words);
}

#[test]
fn an_action_joins_the_statement_of_a_group_that_is_about_just_what_it_acts_on() {
    let statement = r#"{ "Version": "2012-10-17", "Statement": { "Sid": "ReadCatalog", "Effect": "Allow", "Action": ["glue:GetTable", "glue:GetDatabase"], "Resource": [
        "arn:aws:glue:eu-west-1:111122223333:catalog", "arn:aws:glue:eu-west-1:111122223333:database/sales", "arn:aws:glue:eu-west-1:111122223333:table/sales/*" ] } }"#;
    let script =
        format!("group analysts members bob\npolicy Athena {statement}\nattach Athena to group analysts");
    let found = why(&script, &format!("bob glue:GetPartitions on {TABLE}"));
    assert_eq!(
        edits(&found)[0].words,
        r#"in Athena · ReadCatalog (identity-based), add "glue:GetPartitions" to "Action""#
    );
    // Who only reads is not made to write with all others of the group: that comes second.
    let found = why(&script, &format!("bob glue:UpdateTable on {TABLE}"));
    assert!(edits(&found)[0].words.starts_with("give bob a policy"), "{}", edits(&found)[0].words);
    // A statement about everything is no place for one action.
    let wide = script.replace("table/sales/*", "*/*");
    let found = why(&wide, &format!("bob glue:GetPartitions on {TABLE}"));
    assert!(edits(&found)[0].words.starts_with("give bob a policy"), "{}", edits(&found)[0].words);
}

#[test]
fn what_a_resource_lies_in_is_asked_with_it_and_needs_no_telling() {
    let statement = r#"{ "Effect": "Allow", "Action": "glue:GetTable", "Resource": "*" }"#;
    let found = why(&bobs(statement), &format!("bob glue:GetTable on {TABLE}"));
    assert!(found.also.is_empty(), "{:?}", found.also);
}

#[test]
fn of_many_actions_those_of_the_service_that_was_asked_are_shown() {
    let found = why(
        "attach ViewOnlyAccess to user bob",
        "bob dynamodb:GetItem on arn:aws:dynamodb:us-east-1:111122223333:table/orders",
    );
    let sides = found.causes[0].comparison.as_ref().expect("two sides");
    assert!(sides.policy.starts_with("dynamodb:"), "{}", sides.policy);
}
