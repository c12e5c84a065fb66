//! Requests with nothing wrong in them, which most are, seen in one walk.
//!
//! Which members there are is asked once, where the [two passes](super::validate) ask it for each member of the model. They
//! gather what is wrong with the others, and have the last word where this one would have to look closer: nulls, unknown
//! members, members that come twice, empty texts and maps.

use crate::json::{Kind, Value};

use super::shape::{Bounds, Shape};
use super::validate::{BASE64_TOKENS, count, instant, out_of, text_violations};

/// Whether nothing is wrong, as far as one walk can tell. Shapes nest six deep at most, so it may call itself.
pub(super) fn is_right(shape: &Shape, value: &Value) -> bool {
    match (shape, &value.kind) {
        (Shape::Structure(structure), Kind::Object(members)) => {
            let mut seen = 0_u64;
            let all = members.iter().all(|member| {
                let mut known = structure.members.iter().enumerate();
                let Some((place, (_, shape))) = known.find(|(_, (name, _))| member.name == **name) else {
                    return false;
                };
                let is_new = seen & 1 << place == 0;
                seen |= 1 << place;
                is_new && is_right(shape, &member.value)
            });
            all && structure.required.iter().all(|name| value.get(name).is_some())
                && !BASE64_TOKENS.contains(&structure.name)
        }
        (Shape::List(list), Kind::Array(items)) => {
            out_of(list.bounds, count(items.len()), "").is_none() && items.iter().all(|item| is_right(list.item, item))
        }
        (Shape::Text(text), Kind::String(found)) => !found.is_empty() && text_violations(text, found).is_empty(),
        (Shape::Integer(Bounds(least, most)), Kind::Number(number)) => {
            number.as_i64().is_some_and(|number| (i64::from(*least)..=i64::from(*most)).contains(&number))
        }
        (Shape::Boolean, Kind::Bool(_)) => true,
        (Shape::Timestamp, _) => instant(value).is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_right;
    use crate::api::model::Operation;
    use crate::api::shape::Shape;
    use crate::api::validate::{Path, check, check_types};
    use crate::json::{Kind, Value, parse};

    /// Requests with nothing wrong in them, in whatever order.
    const RIGHT: [(&str, &str); 6] = [
        ("PutEvents", r#"{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}","Time":1.5,"Resources":["a"]}]}"#),
        ("PutEvents", r#"{"Entries":[{"Detail":"{}","DetailType":"t","EventBusName":"b"},{}],"EndpointId":"ab.cde"}"#),
        (
            "PutRule",
            r#"{"State":"ENABLED","Tags":[{"Value":"v","Key":"k"}],"Name":"r","ScheduleExpression":"rate(1 day)"}"#,
        ),
        ("PutTargets", r#"{"Targets":[{"Id":"t","Arn":"a","RetryPolicy":{"MaximumRetryAttempts":3}}],"Rule":"r"}"#),
        (
            "CreateArchive",
            r#"{"RetentionDays":3,"ArchiveName":"a","EventSourceArn":"arn:aws:events:us-east-1:123456789012:event-bus/b"}"#,
        ),
        ("ListRules", r#"{"Limit":100,"NamePrefix":"r"}"#),
    ];

    fn is_refused(shape: &Shape, value: &Value) -> bool {
        let mut violations = Vec::new();
        check(shape, Some(value), Path::Root, &mut violations);
        check_types(shape, value, Path::Root).is_err() || !violations.is_empty()
    }

    /// Every value that differs from this one in one place.
    fn spoilt(value: &Value) -> Vec<Value> {
        let odd =
            ["null", "true", "-7", "5e9", "1.5", "\"\"", "\"?\"", "[]", "[null]", "{}", "{\"Name\":\"n\",\"x\":1}"];
        let mut all: Vec<Value> = odd.iter().map(|odd| parse(odd).unwrap()).collect();
        all.push(Value::string("n".repeat(20_000)));
        match &value.kind {
            Kind::Array(items) => {
                for (place, item) in items.iter().enumerate() {
                    let with = |other: Value| [&items[..place], &[other], &items[place + 1..]].concat();
                    all.extend(spoilt(item).into_iter().map(|other| Value::array(with(other))));
                }
                all.push(Value::array(vec![items.first().cloned().unwrap_or_else(Value::null); 101]));
            }
            Kind::Object(members) => {
                let object = |members: Vec<_>| Value { kind: Kind::Object(members), ..value.clone() };
                for (place, member) in members.iter().enumerate() {
                    let (mut without, mut twice) = (members.clone(), members.clone());
                    without.remove(place);
                    twice.push(member.clone());
                    for other in spoilt(&member.value) {
                        let mut with = members.clone();
                        with[place].value = other.clone();
                        twice[place].value = other;
                        all.extend([object(with), object(twice.clone())]);
                    }
                    all.push(object(without));
                }
            }
            _ => {}
        }
        all
    }

    #[test]
    fn what_is_seen_to_be_right_is_not_refused() {
        for (name, body) in RIGHT {
            let shape = Operation::ALL.into_iter().find(|operation| operation.name() == name).unwrap().input();
            let body = parse(body).unwrap();
            assert!(is_right(shape, &body) && !is_refused(shape, &body), "{name} {body}");
            let (mut right, mut refused) = (0, 0);
            for other in spoilt(&body) {
                let (is_right, is_refused) = (is_right(shape, &other), is_refused(shape, &other));
                assert!(!(is_right && is_refused), "{name} {other}");
                (right, refused) = (right + usize::from(is_right), refused + usize::from(is_refused));
            }
            assert!(right > 0 && refused > 20, "{name}: {right} right, {refused} refused");
        }
    }

    #[test]
    fn structures_have_few_enough_members_to_mark_each() {
        fn hold(shape: &Shape) {
            match shape {
                Shape::Structure(structure) => {
                    assert!(structure.members.len() < 64, "{}", structure.name);
                    structure.members.iter().for_each(|(_, shape)| hold(shape));
                }
                Shape::List(list) => hold(list.item),
                Shape::Map(map) => hold(map.value),
                _ => {}
            }
        }
        Operation::ALL.into_iter().for_each(|operation| hold(operation.input()));
    }
}
