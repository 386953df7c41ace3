//! A line of the AWS command line, understood.

use super::given::{Given, Raw, RawValue, given, options};
use super::global::{self, Global};
use super::help;
use super::modelled::{operation, operation_names};
use super::names::{prefix_of, service_names};
use super::operation::Operation;
use super::other::Other;
use super::signature::Signature;
use crate::catalog::AccessLevel;
use crate::session::{Context, Failure};
use crate::source::{Diagnostic, Place};
use crate::syntax::script;
use crate::syntax::shell::shell_words;

/// A call of the AWS command line.
#[derive(Clone, Debug)]
pub struct CommandLine {
    pub(super) what: What,
    pub(super) global: Global,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// An operation that is modelled, with its options.
    Modelled(&'static Operation, Given),
    /// Another operation of the catalog.
    Other(Other),
    /// `aws help`, `aws iam help`, `aws iam create-user help`: what it says.
    Help(String),
}

impl CommandLine {
    pub(crate) fn changes_world(&self) -> bool {
        let What::Modelled(operation, _) = &self.what else { return false };
        let level = operation.signature.action().map(|action| action.level());
        operation.signature.service != "sts" && !matches!(level, Some(AccessLevel::List | AccessLevel::Read))
    }
}

/// Understands the words behind `aws`.
pub(crate) fn read(words: &script::Words<'_>, context: &mut Context<'_>) -> Result<CommandLine, Failure> {
    let span = words.get("COMMAND").map_or(words.span(), |word| word.span);
    let cut = shell_words(context.source, span)?;
    let (front, behind) = cut.split_at(global::leading(&cut));
    let (mut free, mut raw) = options(context.source, behind);
    raw.extend(options(context.source, front).1);
    if let Some(first) = cut.first().filter(|_| free.is_empty()) {
        return Err(option_first(context.place(first.span)).into());
    }
    let (global, raw) = global::take(raw)?;
    let behind = free.split_off(2.min(free.len()));
    let statement = context.place(span);
    let what = match free[..] {
        [word] if word.text() != "help" => return Err(no_operation(word, context).into()),
        [service, name] if name.text() == "help" => What::Help(help_on(service, context)?),
        [service, name] => understood((service, name), behind, raw, context, &statement)?,
        _ => What::Help(help::overview()),
    };
    Ok(CommandLine { what, global })
}

fn option_first(place: Place) -> Diagnostic {
    Diagnostic::error("option-first", "the service and the operation come first")
        .at(place, "")
        .help("for example `aws iam create-user --user-name carol`")
}

fn no_operation(service: RawValue<'_>, context: &Context<'_>) -> Diagnostic {
    let Some(_) = prefix_of(context.world().catalog(), service.text()) else {
        return unknown_service(service, context);
    };
    let what = format!("aws: error: expected an operation of `{}`", service.text());
    let help = format!("`aws {} help` lists those that are modelled", service.text());
    Diagnostic::error("missing-operation", what).at(context.place(service.span()), "").help(help)
}

fn help_on(service: RawValue<'_>, context: &Context<'_>) -> Result<String, Diagnostic> {
    match prefix_of(context.world().catalog(), service.text()) {
        Some(_) => Ok(help::service(service.text())),
        None => Err(unknown_service(service, context)),
    }
}

fn understood(
    (service, name): (RawValue<'_>, RawValue<'_>),
    free: Vec<RawValue<'_>>,
    raw: Vec<Raw<'_>>,
    context: &mut Context<'_>,
    statement: &Place,
) -> Result<What, Failure> {
    if prefix_of(context.world().catalog(), service.text()).is_none() {
        return Err(unknown_service(service, context).into());
    }
    if let Some(operation) = operation(service.text(), name.text()) {
        if free.first().is_some_and(|word| word.text() == "help") {
            return Ok(What::Help(help::one(&operation.signature)));
        }
        let (own, extra) =
            free.split_at(usize::from(operation.signature.positional().is_some()).min(free.len()));
        if let Some(extra) = extra.first() {
            return Err(stray(*extra, &operation.signature, &raw, context).into());
        }
        return Ok(What::Modelled(operation, given(&operation.signature, own, raw, context, statement)?));
    }
    match Other::read((service.text(), name.text()), &free, &raw, context)? {
        Some(other) => Ok(What::Other(other)),
        None => Err(unknown_operation(service.text(), name, context).into()),
    }
}

fn unknown_service(word: RawValue<'_>, context: &Context<'_>) -> Diagnostic {
    if word.text() == "configure" {
        let what = "there are no credentials and profiles to configure here";
        let help = "sign in instead, `sign-in alice at acme`; `--region` of a call sets its Region";
        return Diagnostic::error("not-modelled", what).at(context.place(word.span()), "").help(help);
    }
    let what = format!("aws: error: there is no service `{}`", word.text());
    let diagnostic = Diagnostic::error("unknown-service", what).at(context.place(word.span()), "");
    let names = service_names(context.world().catalog());
    suggested(diagnostic, word.text(), names.iter().map(|name| &**name), "`help aws` lists what is modelled")
}

fn unknown_operation(service: &str, word: RawValue<'_>, context: &Context<'_>) -> Diagnostic {
    let what = format!("aws: error: `{service}` has no operation `{}`", word.text());
    let diagnostic = Diagnostic::error("unknown-operation", what).at(context.place(word.span()), "");
    let names = operation_names(context.world().catalog(), service);
    suggested(diagnostic, word.text(), names.iter().map(String::as_str), "`help aws` lists what is modelled")
}

fn suggested<'n>(
    diagnostic: Diagnostic,
    word: &str,
    names: impl Iterator<Item = &'n str>,
    otherwise: &str,
) -> Diagnostic {
    let diagnostic = diagnostic.suggest(word, names);
    if diagnostic.help.is_some() { diagnostic } else { diagnostic.help(otherwise) }
}

/// What is said of a word without an option; it is probably the value of the first option that is missing.
fn stray(word: RawValue<'_>, operation: &Signature, raw: &[Raw<'_>], context: &Context<'_>) -> Diagnostic {
    let what = format!("aws: error: unexpected `{}`", word.text());
    let usage = format!("usage: `{}`", operation.usage());
    let parameters = operation.parameters();
    let given = |name: &str| raw.iter().any(|one| one.name == name);
    let missing = parameters.iter().find(|one| one.required && !one.takes.is_empty() && !given(one.name));
    let help = match missing {
        Some(one) => format!("did you mean `--{} {}`? {usage}", one.name, word.text()),
        None => usage,
    };
    Diagnostic::error("unexpected-word", what).at(context.place(word.span()), "").help(help)
}
