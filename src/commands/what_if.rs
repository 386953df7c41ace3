//! `what-if { … }`

use crate::explain::Explanation;
use crate::reason::{ListedActions, TwoWorlds};
use crate::session::{
    Failure, Heading, Mode, Outcome, Outside, Part, Posed, REMEMBERED, ReadOnly, Row, Session, Status,
    command,
};
use crate::source::{Place, one_line};
use crate::syntax::script::split_within;

pub(super) const ROW: Row = Heading::Question.row(
    "what-if BLOCK [for all]",
    "does the commands on a copy of the world, and shows which answers are others there; `for all`: of all requests",
    "what-if {\n  detach AdministratorAccess from user alice\n  can alice ec2:RunInstances\n}",
    |words, context| {
        let block = context.place(words.block("BLOCK").unwrap_or_default());
        let of_all = words.has("all");
        Ok(command(move |session, _, outside| what_if(session, &block, of_all, outside)))
    },
);

/// Does the commands of a block on a copy of the session, and says which answers are others there: those to the
/// questions of the block, or, if it has none, to the questions that were asked before; or to all that there are.
fn what_if(
    session: &Session,
    block: &Place,
    of_all: bool,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    let mut copy = session.clone();
    copy.questions.clear();
    let mut outcome = Outcome::default();
    let now = outside.now();
    for statement in split_within(&block.source, block.span) {
        let mut reading = ReadOnly(outside);
        let done = copy.run(&block.source, statement.span, &mut reading, Mode::Script);
        let refused = done.status == Status::Refused;
        outcome.add(without_answers(done));
        if refused {
            return Ok(outcome);
        }
    }
    if of_all {
        let found = difference_of_all(session, &copy, now);
        let status = found.status;
        outcome.add(found);
        return Ok(Outcome { status, ..outcome });
    }
    let asked = if copy.questions.is_empty() { &session.questions } else { &copy.questions };
    Ok(compared(session, &copy, &each_once(asked, now))?.into_iter().fold(outcome, Outcome::and))
}

/// What differs between the world and its copy, over all requests.
fn difference_of_all(session: &Session, copy: &Session, now: i64) -> Outcome {
    let (worlds, catalog) = ([&session.world, &copy.world], session.world.catalog());
    let difference = TwoWorlds { worlds, listed: &ListedActions::of(catalog), now }.difference();
    let status = Status::Compared(difference.verdict());
    let told = Outcome::of(Part::Difference(Box::new(difference), catalog.date().to_owned()));
    Outcome { status, ..told.note("nothing in the world has changed") }
}

/// What a command says, but for answers: of them only the others are shown.
fn without_answers(mut done: Outcome) -> Outcome {
    let is_answer = |part: &Part| {
        matches!(part, Part::Verdict(_) | Part::Explanation(_) | Part::Explained(..) | Part::When(_))
    };
    done.parts.retain(|part| !is_answer(part));
    done
}

fn compared(session: &Session, copy: &Session, questions: &[Posed]) -> Result<Vec<Part>, Failure> {
    if questions.is_empty() {
        return Ok(vec![Part::Note(
            "nothing was asked: put a question into the braces, or ask one before".to_owned(),
        )]);
    }
    let mut others: Vec<String> = Vec::new();
    let mut same = 0;
    for question in questions {
        let before = question.explained(&session.world, |asked| asked.explain_briefly())?;
        let after = question.explained(&copy.world, |asked| asked.explain_briefly())?;
        let other = difference(&before, &after);
        match before.answer.decision == after.answer.decision {
            true => same += 1,
            false if others.contains(&other) => {} // asked by name and while signed in, it reads alike
            false => others.push(other),
        }
    }
    let note = Part::Note(summary(same, others.len()));
    Ok(others.into_iter().map(Part::Prose).chain([note]).collect())
}

fn summary(same: usize, others: usize) -> String {
    match (same, others) {
        (1, 0) => "the answer stays as it is".to_owned(),
        (same, 0) => format!("all {same} answers stay as they are"),
        (0, 1) => "nothing in the world has changed".to_owned(),
        (0, _) => "every answer is another; nothing in the world has changed".to_owned(),
        (1, _) => "1 answer stays as it is; nothing in the world has changed".to_owned(),
        (same, _) => format!("{same} answers stay as they are; nothing in the world has changed"),
    }
}

fn difference(before: &Explanation, after: &Explanation) -> String {
    let line = |word: &str, explanation: &Explanation| {
        format!("  {word} {}: {}\n", explanation.answer.decision.word(), one_line(&explanation.headline))
    };
    format!(
        "{}\n{}{}",
        one_line(&before.question.to_string()),
        line("before:", before),
        line("then:  ", after)
    )
}

/// The last questions as they are asked now, each once, in the order in which they were last asked.
fn each_once(questions: &[Posed], now: i64) -> Vec<Posed> {
    let recent = &questions[questions.len().saturating_sub(REMEMBERED)..];
    let at_once = |posed: &Posed| Posed { question: posed.question.clone().at(now), ..posed.clone() };
    let recent: Vec<Posed> = recent.iter().map(at_once).collect();
    let keys: Vec<String> = recent.iter().map(|question| format!("{question:?}")).collect();
    let last = |i: &usize| !keys[i + 1..].contains(&keys[*i]);
    (0..recent.len()).filter(last).map(|i| recent[i].clone()).collect()
}
