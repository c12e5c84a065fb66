//! Is the answer what was recorded? Member order does not count, a policy's statements are a set.

use std::collections::BTreeSet;

use eventbridge_sim::json::{self, Kind, Member, Value};

use eventbridge_sim::time::Instant;

use crate::placeholders::Bindings;

pub fn same(wanted: &Value, found: &Value, bindings: &mut Bindings) -> Result<(), String> {
    let differs = || Err(format!("\n  wanted {wanted}\n  found  {found}"));
    match (&wanted.kind, &found.kind) {
        (Kind::String(text), Kind::Number(_)) if &**text == "{time}" => Ok(()),
        // The recorder wrote times as texts; here they are seconds.
        (Kind::String(text), Kind::Number(_)) => match Instant::parse(text) {
            Ok(time) if found.as_i64() == Some(time.seconds()) => Ok(()),
            _ => differs(),
        },
        (Kind::String(text), Kind::String(other)) => match bindings.matches(text, other) {
            true => Ok(()),
            false => differs(),
        },
        (Kind::Array(items), Kind::Array(others)) if items.len() == others.len() => {
            items.iter().zip(others).try_for_each(|(item, other)| same(item, other, bindings))
        }
        (Kind::Object(members), Kind::Object(others)) => {
            let names = |members: &[Member]| -> BTreeSet<String> {
                members.iter().map(|member| member.name.to_string()).collect()
            };
            if names(members) != names(others) {
                return differs();
            }
            members.iter().try_for_each(|member| {
                let other = found.get(&member.name).expect("both have the same names");
                match member.name.as_str() {
                    "Policy" => same_policy(&member.value, other, bindings),
                    _ => same(&member.value, other, bindings),
                }
            })
        }
        (one, other) if one == other => Ok(()),
        _ => differs(),
    }
}

fn same_policy(wanted: &Value, found: &Value, bindings: &mut Bindings) -> Result<(), String> {
    let parse = |value: &Value| json::parse(value.as_str().expect("a policy is a text")).expect("a policy is JSON");
    same(&by_sid(parse(wanted)), &by_sid(parse(found)), bindings)
}

fn by_sid(policy: Value) -> Value {
    let Kind::Object(mut members) = policy.kind else { panic!("a policy is an object") };
    for member in &mut members {
        if let Kind::Array(statements) = &mut member.value.kind {
            statements.sort_by_key(|statement| statement.get("Sid").map(Value::to_string));
        }
    }
    Value { span: policy.span, kind: Kind::Object(members) }
}
