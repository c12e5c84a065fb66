//! The judgement: may this account, or this service, do this here? And if not, why not, and what would make it so.
//!
//! An explicit Deny that applies ends it. Else any Allow that applies allows. Else the answer is no, and the reason names
//! the statement that came nearest, because that is the one to repair. A service as caller has no account: it is known by
//! `aws:PrincipalServiceName` of the context.

use super::condition::{keys, unjudged, unmet};
use crate::sets::{Listed as _, glob};

use super::{Context, Effect, Policy, Statement};

/// Who wants to do what, where.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `events:PutEvents`.
    pub action: &'a str,
    /// The account of the caller, not the one that owns the resource; empty for a service.
    pub account: &'a str,
    /// The ARN of the resource.
    pub resource: &'a str,
    /// What else is known. `aws:PrincipalArn` is the caller's own ARN.
    pub context: &'a Context,
}

/// The judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Allowed by this statement.
    Allowed {
        /// Its Sid.
        sid: String,
    },
    /// A Deny applies: not even the owner's own callers may.
    Denied {
        /// Names the statement.
        why: String,
    },
    /// No Allow applies: nobody but the owner's own callers may.
    NotAllowed {
        /// Names the statement that came nearest and what would allow it.
        why: String,
    },
}

/// What a policy is called in reasons, and what is to be done to it.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// `the bus policy`, `` the policy of `arn:aws:sqs:…` ``.
    pub policy: &'a str,
    /// What would allow it when no statement comes near.
    pub remedy: &'a str,
}

/// Judges a request by the policy of a bus, if it has one.
pub fn decide(policy: Option<&Policy>, request: &Request) -> Decision {
    let Request { action, account, .. } = request;
    let remedy = format!("`PutPermission` with principal `{account}` would allow `{action}`");
    if policy.is_none() {
        let why = format!("the bus has no resource policy, so only its own account may use it; {remedy}");
        return Decision::NotAllowed { why };
    }
    decide_of(policy, request, Words { policy: "the bus policy", remedy: &remedy })
}

/// Judges a request by any policy.
pub fn decide_of(policy: Option<&Policy>, request: &Request, words: Words) -> Decision {
    let statements = policy.map(Policy::statements).unwrap_or_default();
    let verdicts: Vec<_> = statements.iter().map(|statement| (statement, judge(statement, request))).listed();
    let applies = |effect: Effect| {
        let mut found = verdicts.iter().filter(move |(statement, _)| statement.effect == effect);
        found.find(|(_, verdict)| *verdict == Verdict::Applies).map(|(statement, _)| *statement)
    };
    if let Some(deny) = applies(Effect::Deny) {
        let why = format!(
            "statement `{}` of {} denies `{}` to {}; a Deny beats every Allow, so change or remove it",
            deny.sid,
            words.policy,
            request.action,
            whom(request)
        );
        return Decision::Denied { why };
    }
    if let Some(allow) = applies(Effect::Allow) {
        return Decision::Allowed { sid: allow.sid.clone() };
    }
    Decision::NotAllowed { why: not_allowed(&verdicts, request, words) }
}

/// Whether any condition of a policy names a key that fits this glob, in lower case.
pub fn names_key(policy: &Policy, glob: &str) -> bool {
    let conditions = policy.statements().iter().filter_map(|statement| statement.condition.as_ref());
    conditions.into_iter().any(|condition| keys(condition).any(|key| glob::matches(glob, &key)))
}

/// How a statement relates to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    /// It is about another action, resource or principal.
    Elsewhere(&'static str),
    /// It would apply, were its condition met.
    Unmet(String),
    Applies,
}

fn judge(statement: &Statement, request: &Request) -> Verdict {
    let action = request.action.to_ascii_lowercase();
    let except = statement.except;
    if statement.principal.covers(request.account, request.context) == except.principal {
        return Verdict::Elsewhere("principal");
    }
    if statement.action.iter().any(|glob| glob::matches(&glob.to_ascii_lowercase(), &action)) == except.action {
        return Verdict::Elsewhere("action");
    }
    if statement.resource.iter().any(|glob| glob::matches(glob, request.resource)) == except.resource {
        return Verdict::Elsewhere("resource");
    }
    let condition = statement.condition.as_ref();
    // What cannot be judged must not let anything pass.
    match (condition.and_then(|condition| unjudged(condition, request.context)), statement.effect) {
        (Some(_), Effect::Deny) => return Verdict::Applies,
        (Some(what), Effect::Allow) => return Verdict::Unmet(format!("{what}, so its condition counts as not met")),
        (None, _) => {}
    }
    match condition.and_then(|condition| unmet(condition, request.context)) {
        Some(why) => Verdict::Unmet(why),
        None => Verdict::Applies,
    }
}

fn whom(request: &Request) -> String {
    match request.context.get("aws:PrincipalServiceName").filter(|_| request.account.is_empty()) {
        Some(service) => format!("`{service}`"),
        None => format!("account `{}`", request.account),
    }
}

fn not_allowed(verdicts: &[(&Statement, Verdict)], request: &Request, words: Words) -> String {
    let (action, whom) = (request.action, whom(request));
    let allows = || verdicts.iter().filter(|(statement, _)| statement.effect == Effect::Allow);
    let unmet = allows().find_map(|(statement, verdict)| match verdict {
        Verdict::Unmet(why) => Some((statement, why)),
        _ => None,
    });
    if let Some((statement, why)) = unmet {
        return format!("statement `{}` would allow `{action}` to {whom}, but {why}", statement.sid);
    }
    let near = allows().find_map(|(statement, verdict)| match verdict {
        Verdict::Elsewhere(part) if *part != "principal" => Some((statement, *part)),
        _ => None,
    });
    match near {
        Some((statement, part)) => format!(
            "statement `{}` allows {whom} something else: its {part} does not cover `{action}` here",
            statement.sid
        ),
        None => format!("no statement of {} names {whom}; {}", words.policy, words.remedy),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Principal, Texts};

    const BUS: &str = "arn:aws:events:us-east-1:123456789012:event-bus/orders";

    fn asked(policy: Option<&Policy>, context: &Context) -> Decision {
        let request = Request { action: "events:PutEvents", account: "222222222222", resource: BUS, context };
        decide(policy, &request)
    }

    fn reason(decision: Decision) -> String {
        match decision {
            Decision::Denied { why } | Decision::NotAllowed { why } => why,
            Decision::Allowed { sid } => panic!("allowed by {sid}"),
        }
    }

    #[test]
    fn what_cannot_be_judged_lets_nothing_pass() {
        let context = Context::new();
        for operator in ["StringEquals", "StringNotEquals", "StringEqualsIfExists", "NumericEquals", "Null"] {
            for effect in [Effect::Allow, Effect::Deny] {
                let condition = (operator, "events:source", "shop");
                let mut judged = Statement::put_events("judged", Principal::short("*"), BUS).with_condition(
                    condition.0,
                    condition.1,
                    condition.2,
                );
                judged.effect = effect;
                let mut policy = Policy::of(judged);
                if effect == Effect::Deny {
                    policy.put(Statement::put_events("all", Principal::short("*"), BUS));
                }
                assert!(
                    !matches!(asked(Some(&policy), &context), Decision::Allowed { .. }),
                    "{operator} in {effect:?}"
                );
            }
        }
    }

    #[test]
    fn an_account_or_anyone_is_allowed() {
        let context = Context::new();
        for principal in ["222222222222", "*"] {
            let policy = Policy::of(Statement::put_events("s", Principal::short(principal), BUS));
            assert_eq!(asked(Some(&policy), &context), Decision::Allowed { sid: "s".to_owned() });
        }
        let other = Policy::of(Statement::put_events("s", Principal::short("333333333333"), BUS));
        assert!(reason(asked(Some(&other), &context)).contains("no statement of the bus policy names account"));
        assert!(reason(asked(None, &context)).contains("has no resource policy"));
    }

    #[test]
    fn deny_beats_allow() {
        let mut policy = Policy::of(Statement::put_events("open", Principal::Anyone, BUS));
        policy.put(Statement { effect: Effect::Deny, ..Statement::put_events("shut", Principal::Anyone, "*") });
        assert!(reason(asked(Some(&policy), &Context::new())).starts_with("statement `shut`"));
    }

    #[test]
    fn a_condition_on_an_absent_key_is_not_met() {
        let statement = Statement::put_events("org", Principal::Anyone, BUS);
        let policy = Policy::of(statement.with_condition("StringEquals", "aws:PrincipalOrgID", "o-1"));
        let why = reason(asked(Some(&policy), &Context::new()));
        assert!(why.contains("`org`") && why.contains("no declared organization"), "{why}");
        let known = Context::new().with("aws:PrincipalOrgID", "o-1");
        assert_eq!(asked(Some(&policy), &known), Decision::Allowed { sid: "org".to_owned() });
    }

    #[test]
    fn another_action_is_named_as_the_near_miss() {
        let statement = Statement::put_events("rules", Principal::Anyone, BUS);
        let policy = Policy::of(Statement { action: Texts::One("events:PutRule".to_owned()), ..statement });
        assert!(reason(asked(Some(&policy), &Context::new())).contains("its action does not cover"));
    }
}
