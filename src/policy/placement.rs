//! Which element may stand in which kind of policy (A.3, A33, A53).

use super::ast::{Effect, PrincipalForm, Statement};
use super::lower::Lower;
use super::{PolicyType, error};
use crate::source::{Diagnostic, Place, Span};
use crate::syntax::json::Cursor;

impl PolicyType {
    /// Whether a statement may leave out the resource and means what the policy is attached to (A19).
    pub(super) fn may_omit_resource(self) -> bool {
        matches!(self, Self::ResourceBased | Self::Key)
    }
}

impl Lower {
    /// Checks a statement against the kind of its policy.
    pub(super) fn check_kind(&mut self, value: Cursor<'_>, statement: &Statement) {
        self.check_principal_element(value, statement);
        if self.kind == PolicyType::ResourceControl {
            self.check_resource_control(value, statement);
        }
    }

    fn check_principal_element(&mut self, value: Cursor<'_>, statement: &Statement) {
        let Some(element) = &statement.principal else {
            if self.kind.names_principals()
                && value.member("Principal").is_none()
                && value.member("NotPrincipal").is_none()
            {
                self.no_principal(value);
            }
            return;
        };
        let key = if element.negated { "NotPrincipal" } else { "Principal" };
        let not_here =
            element.negated && matches!(self.kind, PolicyType::Trust | PolicyType::ResourceControl);
        if !self.kind.names_principals() || not_here {
            let key_cursor = value.members().map(|(key, _)| key).find(|k| k.span() == element.key);
            self.found.extend(key_cursor.map(|cursor| error::forbidden(cursor, key, self.kind)));
        } else if element.negated && statement.effect == Effect::Allow {
            // A33
            let what =
                "`NotPrincipal` with `Allow` grants everybody who is not listed, anonymous callers included";
            let place = place(value, element.key);
            self.found.push(Diagnostic::warning("not-principal-allow", what).at(place, ""));
        }
    }

    /// A18: such a statement never applies.
    fn no_principal(&mut self, value: Cursor<'_>) {
        let place = Place::new(value.source(), Span::new(value.span().start, value.span().start + 1));
        let what =
            format!("a statement of {} that names no principal applies to nobody", self.kind.with_article());
        let refused = self.kind == PolicyType::ResourceControl;
        let diagnostic = match refused {
            true => Diagnostic::error("missing-principal", what),
            false => Diagnostic::warning("missing-principal", what),
        };
        self.found.push(diagnostic.at(place, "in this statement").help("add `\"Principal\"`"));
    }

    /// A53: what customers may write in an RCP. AWS's own RCPFullAWSAccess is read as an SCP's twin elsewhere.
    fn check_resource_control(&mut self, value: Cursor<'_>, statement: &Statement) {
        if is_full_access(value) {
            return; // AWS's own RCPFullAWSAccess
        }
        let mut refuse = |span: Span, what: &str| {
            self.found.push(Diagnostic::error("not-in-rcp", what).at(place(value, span), ""));
        };
        if statement.effect == Effect::Allow {
            refuse(statement.effect_text.token(), "a resource control policy can only deny");
        }
        if statement.action.negated {
            refuse(statement.action.key, "`NotAction` may not stand in a resource control policy");
        }
        let bare = matches!(&statement.principal, Some(p) if matches!(p.form, PrincipalForm::Map(_)));
        if let (true, Some(principal)) = (bare, &statement.principal) {
            refuse(principal.key, "the principal of a resource control policy can only be `\"*\"`");
        }
        let texts = self.texts
            [statement.action.patterns.start as usize..statement.action.patterns.end as usize]
            .to_vec();
        for text in texts.iter().filter(|text| value.source().slice(text.span) == "*") {
            let what = "an action of a resource control policy needs a service: `s3:*` will do, `*` will not";
            self.found.push(Diagnostic::error("not-in-rcp", what).at(place(value, text.token()), ""));
        }
    }
}

/// The statement of RCPFullAWSAccess: everybody may do everything everywhere.
fn is_full_access(statement: Cursor<'_>) -> bool {
    let is = |name: &str, text: &str| {
        statement.member(name).is_some_and(|value| value.string().is_some_and(|v| v == text))
    };
    is("Effect", "Allow") && is("Principal", "*") && is("Action", "*") && is("Resource", "*")
}

fn place(value: Cursor<'_>, span: Span) -> Place {
    Place::new(value.source(), span)
}
