//! What the condition keys of a policy find in a call: the keys that the service fills in from the request itself.
//!
//! PutTargets has `events:TargetArn`, the ARNs of its targets. PutRule has what its pattern wants of `source`, `detail-type`
//! and three members of `detail`, each as a list of texts; a key that the pattern does not name is absent. A pattern with
//! `$or`, or with anything but texts in such a place, leaves the key unjudged, so that nothing passes by it that the service
//! might refuse. Every other call has none of these keys.
//!
//! Source: documentation, 1.4, names the keys; that they hold lists and what they are taken from is its reference of
//! condition keys.

use crate::json::{self, Value};
use crate::policy::Context;
use crate::sets::Listed as _;

use super::input::Input;

/// The keys that PutRule fills in, in lower case, with their places in the pattern.
const OF_PATTERN: [(&str, &[&str]); 5] = [
    ("events:source", &["source"]),
    ("events:detail-type", &["detail-type"]),
    ("events:detail.service", &["detail", "service"]),
    ("events:detail.eventtypecode", &["detail", "eventTypeCode"]),
    ("events:detail.useridentity.principalid", &["detail", "userIdentity", "principalId"]),
];

/// The same context with what the request itself says.
pub fn with_request(context: Context, action: &str, input: Input) -> Context {
    match action {
        "events:PutTargets" => {
            let arns = input.objects("Targets").filter_map(|target| target.text("Arn")).map(str::to_owned);
            of_pattern(context.with_all("events:TargetArn", arns.listed()), None)
        }
        "events:PutRule" => {
            let pattern = input.text("EventPattern").and_then(|text| json::parse(text).ok());
            of_pattern(context.without("events:targetarn"), pattern.as_ref())
        }
        _ => of_pattern(context.without("events:targetarn"), None),
    }
}

fn of_pattern(mut context: Context, pattern: Option<&Value>) -> Context {
    for (key, path) in OF_PATTERN {
        context = match wanted(pattern, path) {
            Wanted::Nothing => context.without(key),
            Wanted::Texts(texts) => context.with_all(key, texts),
            Wanted::Otherwise => context,
        };
    }
    context
}

/// What a pattern wants of a field.
enum Wanted {
    Nothing,
    Texts(Vec<String>),
    Otherwise,
}

fn wanted(pattern: Option<&Value>, path: &[&str]) -> Wanted {
    let Some(mut at) = pattern else { return Wanted::Nothing };
    for name in path {
        let dotted = |members: &[json::Member]| members.iter().any(|it| it.name == "$or" || it.name.contains('.'));
        if at.as_object().is_some_and(dotted) {
            return Wanted::Otherwise;
        }
        match at.get(name) {
            None => return Wanted::Nothing,
            Some(inner) => at = inner,
        }
    }
    let texts = at.as_array().map(|items| items.iter().map(|item| item.as_str().map(str::to_owned)).collect());
    match texts {
        Some(Some(texts)) => Wanted::Texts(texts),
        _ => Wanted::Otherwise,
    }
}
