//! The resource policy of an event bus: who beside its owner may use it.
//!
//! Two doors lead in: PutPermission's short form (one statement, put under its Sid) and its whole-document form, which
//! is checked and normalised as the service does ([`document`]). What is stored prints compactly in the service's member
//! order, and [`Policy::decide`] judges a caller by it: an explicit Deny beats every Allow, and nothing said is a no.
//!
//! [`outside`] reads the policies of other services' resources and of identities, as scenarios declare them; they are judged
//! by the same rules. Where nothing is declared of a caller, the account that owns a bus may always use it.
//!
//! Source: service behaviour, section 6; recorded 2026, "Policies"; documentation, 1.4.

mod condition;
mod decide;
mod document;
pub mod outside;
mod principal;
mod statement;

pub use condition::Context;
pub use condition::ORGANIZATION;
pub use decide::{Decision, Request, Words, decide, decide_of, names_key};
pub use document::{DocumentError, Owner};
pub use principal::Principal;
pub use statement::{Effect, Except, Statement, Texts};

use crate::json::Value;
use crate::sets::Listed as _;

/// The longest stored policy, in characters (quota; counted on the normalised document, recorded).
pub const MAX_LENGTH: usize = 10_240;

const VERSION: &str = "2012-10-17";

/// A policy with at least one statement. A bus whose last statement goes has no policy at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    version: String,
    id: Option<String>,
    statements: Vec<Statement>,
}

impl Policy {
    /// The policy of one statement.
    pub fn of(statement: Statement) -> Self {
        Self { version: VERSION.to_owned(), id: None, statements: vec![statement] }
    }

    /// The policy of a whole document, checked and normalised as PutPermission does.
    pub fn read(text: &str, owner: &Owner) -> Result<Self, DocumentError> {
        document::read(text, owner)
    }

    /// The statements in the order of the document.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Puts a statement: in the place of the one with its Sid, else last.
    pub fn put(&mut self, statement: Statement) {
        match self.statements.iter_mut().find(|known| known.sid == statement.sid) {
            Some(known) => *known = statement,
            None => self.statements.push(statement),
        }
    }

    /// The policy without the statement of this Sid.
    pub fn without(&self, sid: &str) -> Without {
        let statements: Vec<_> = self.statements.iter().filter(|known| known.sid != sid).cloned().listed();
        if statements.len() == self.statements.len() {
            Without::Unknown
        } else if statements.is_empty() {
            Without::Nothing
        } else {
            Without::Rest(Self { statements, ..self.clone() })
        }
    }

    /// What may happen to this request, and why.
    pub fn decide(&self, request: &Request) -> Decision {
        decide(Some(self), request)
    }

    /// The compact document, as DescribeEventBus shows it.
    pub fn text(&self) -> String {
        let mut members = vec![("Version", Value::string(&self.version))];
        members.extend(self.id.as_ref().map(|id| ("Id", Value::string(id))));
        members.push(("Statement", Value::array(self.statements.iter().map(Statement::to_json).listed())));
        crate::json::print(&Value::object(members))
    }
}

/// What is left of a policy after the removal of a Sid.
#[derive(Debug, Clone, PartialEq)]
pub enum Without {
    /// No statement had that Sid.
    Unknown,
    /// It was the last one.
    Nothing,
    /// The others.
    Rest(Policy),
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUS: &str = "arn:aws:events:us-east-1:123456789012:event-bus/orders";

    fn statement(sid: &str, principal: &str) -> Statement {
        Statement::put_events(sid, Principal::short(principal), BUS)
    }

    #[test]
    fn the_short_form_is_stored_as_recorded() {
        let mut policy = Policy::of(statement("first", "222222222222"));
        assert_eq!(
            policy.text(),
            format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"first","Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::222222222222:root"}},"Action":"events:PutEvents","Resource":"{BUS}"}}]}}"#
            )
        );
        policy.put(statement("first", "*").with_condition("StringEquals", "aws:PrincipalOrgID", "o-1"));
        assert!(policy.text().contains(r#""Principal":"*","Action":"events:PutEvents""#));
        assert!(policy.text().ends_with(r#""Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}]}"#));
    }

    #[test]
    fn a_policy_without_statements_is_none() {
        let mut policy = Policy::of(statement("first", "*"));
        assert_eq!(policy.without("other"), Without::Unknown);
        assert_eq!(policy.without("first"), Without::Nothing);
        policy.put(statement("second", "*"));
        assert_eq!(policy.without("first"), Without::Rest(Policy::of(statement("second", "*"))));
    }
}
