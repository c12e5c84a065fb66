//! PutPermission and RemovePermission: the resource policy of a bus, statement by statement or as a whole.
//!
//! The short form takes twelve digits or `*` and one kind of condition, an organization; a second statement with the same
//! Sid replaces the first. The whole form replaces the policy and is stored in its normal form. Only the bus's own
//! account gets here: these two are governed by identity policies alone.
//!
//! Source: recorded 2026, (a) 1-2, (b) and "Policies".

use crate::policy::{Owner, Policy, Principal, Statement, Without};
use crate::simulator::state::EventBus;

use crate::api::call::{Answer, Call};
use crate::api::errors::ServiceError;
use crate::api::input::Input;
use crate::api::output::Output;

/// Puts a statement or a whole policy.
pub fn put(call: &mut Call) -> Answer {
    let (input, now) = (call.input, call.now());
    let given = ["Action", "Principal", "StatementId", "Condition"].iter().any(|name| input.get(name).is_some());
    if given && input.get("Policy").is_some() {
        return Err(ServiceError::validation(
            "Action, Principal, StatementId and Condition could not be combined with Policy parameter.",
        ));
    }
    let short = if input.get("Policy").is_none() { Some(check_short(input)?) } else { None };
    let owner = call.caller.account.clone();
    let most = call.sim.options().quotas.policy_size;
    let bus = own_bus(call)?;
    let policy = match short {
        Some(short) => with_statement(bus, short),
        None => {
            let owner = Owner { account: owner.as_str(), bus: bus.name().as_str() };
            let read = Policy::read(input.required("Policy"), &owner);
            read.map_err(|error| ServiceError::validation(error.0))?
        }
    };
    let length = policy.text().chars().count();
    if length > most {
        let help = format!("the stored policy would have {length} characters; {most} are allowed");
        return Err(ServiceError::policy_length().with_help(help));
    }
    bus.policy = Some(policy);
    bus.modified = now;
    Ok(Output::new().value())
}

/// Removes a statement, or all of them.
pub fn remove(call: &mut Call) -> Answer {
    let (input, now) = (call.input, call.now());
    let (sid, all) = (input.text("StatementId"), input.is_set("RemoveAllPermissions"));
    if sid.is_some() && all {
        return Err(ServiceError::validation("StatementId could not be combined with All parameter."));
    }
    if sid.is_none() && !all {
        return Err(ServiceError::validation("Parameter(s) StatementId must be specified."));
    }
    let bus = own_bus(call)?;
    let rest = match sid {
        None => None,
        Some(sid) => match bus.policy.as_ref().map_or(Without::Unknown, |policy| policy.without(sid)) {
            Without::Unknown => return Err(ServiceError::not_found("Statement with the provided id does not exist.")),
            Without::Nothing => None,
            Without::Rest(policy) => Some(policy),
        },
    };
    bus.policy = rest;
    bus.modified = now;
    Ok(Output::new().value())
}

fn own_bus<'a>(call: &'a mut Call) -> Result<&'a mut EventBus, ServiceError> {
    let bus = call.bus_ref("EventBusName");
    let arn = bus.arn();
    call.bus(&bus, "events:PutPermission", &arn)
}

/// The short form, checked.
struct Short<'a> {
    sid: &'a str,
    principal: Principal,
    condition: Option<Input<'a>>,
}

fn check_short(input: Input) -> Result<Short, ServiceError> {
    let required = |name: &str| {
        let missing = || ServiceError::validation(format!("Parameter(s) {name} must be specified."));
        input.text(name).ok_or_else(missing)
    };
    let (action, principal, sid) = (required("Action")?, required("Principal")?, required("StatementId")?);
    let unsupported =
        |what: &str| ServiceError::validation(format!("Provided value in parameter '{what}' is not supported."));
    if action != "events:PutEvents" {
        return Err(unsupported("action").with_help("only `events:PutEvents`; a whole `Policy` may name others"));
    }
    let condition = input.object("Condition");
    if let Some(condition) = condition {
        if condition.required("Type") != "StringEquals" {
            return Err(unsupported("condition.type"));
        }
        if condition.required("Key") != "aws:PrincipalOrgID" {
            return Err(unsupported("condition.key"));
        }
        if !is_organization(condition.required("Value")) {
            let message = "Provided value in parameter 'condition.value' is invalid.";
            return Err(ServiceError::validation(message)
                .with_help("the id of an organization: `o-` and 10 to 32 letters and digits"));
        }
    }
    Ok(Short { sid, principal: Principal::short(principal), condition })
}

fn is_organization(text: &str) -> bool {
    let id = text.strip_prefix("o-").unwrap_or_default();
    (10..=32).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn with_statement(bus: &EventBus, short: Short) -> Policy {
    let statement = Statement::put_events(short.sid, short.principal, bus.arn());
    let statement = match short.condition {
        Some(given) => statement.with_condition(given.required("Type"), given.required("Key"), given.required("Value")),
        None => statement,
    };
    match bus.policy.clone() {
        Some(mut policy) => {
            policy.put(statement);
            policy
        }
        None => Policy::of(statement),
    }
}
