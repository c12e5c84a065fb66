//! Rows in which another service says no: a queue to a transformed input, a key or an identity to a caller.

use eventbridge_sim::json::Value;
use serde_json::{Value as Json, json};

use crate::delivery::{ACCOUNT, KEY, Sim, equal};
use crate::placeholders::Bindings;
use crate::{Tally, text};

/// The rows of `transformer.jsonl` in which the queue says no.
pub fn replay_refused_queues(rows: &[Value], tally: &mut Tally) {
    for row in rows {
        let letter = row.get("dlq").and_then(|dlq| Some((dlq.get("body")?.as_str()?, dlq.get("attributes")?)));
        let Some((body, wanted)) = letter else { continue };
        let declared = match text(wanted, "ERROR_CODE") {
            "NO_PERMISSIONS" => json!({ "policy": [] }),
            "NO_RESOURCE" => json!({ "exists": false }),
            _ => continue,
        };
        let (queue, rule) = (text(wanted, "TARGET_ARN"), text(wanted, "RULE_ARN"));
        let (bus, name) = rule.split_once("rule/").and_then(|(_, rest)| rest.split_once('/')).unwrap();
        let mut sim = Sim::new("111111111111", json!({ queue: declared }));
        let mut call =
            |operation: &str, input: Json| sim.call_in("us-east-1", "111111111111", operation, &input).unwrap();
        call("CreateEventBus", json!({ "Name": bus }));
        call(
            "PutRule",
            json!({ "Name": name, "EventBusName": bus, "EventPattern": r#"{"account":[{"exists":true}]}"# }),
        );
        let mut target =
            json!({ "Id": "t", "Arn": queue, "DeadLetterConfig": { "Arn": "arn:aws:sqs:us-east-1:111111111111:dlq" } });
        match row.get("template").filter(|template| !template.is_null()) {
            Some(template) => {
                let paths: Json = serde_json::from_str(&row.get("paths").unwrap().to_string()).unwrap();
                target["InputTransformer"] = json!({ "InputPathsMap": paths, "InputTemplate": template.as_str() });
            }
            None => target["Input"] = json!(text(row, "input")),
        }
        call("PutTargets", json!({ "Rule": name, "EventBusName": bus, "Targets": [target] }));
        sim.verb("emit", &json!({ "event": serde_json::from_str::<Json>(text(row, "event")).unwrap(), "bus": bus }));
        let seen = sim.invocations();
        let letter = &seen[0]["deadLetter"];
        let mut bindings = Bindings::new();
        let verdict = equal(letter["body"].as_str().unwrap_or_default(), body).and_then(|()| {
            wanted.as_object().unwrap().iter().try_for_each(|member| {
                let found = letter["attributes"][&*member.name].as_str().unwrap_or_default();
                let wanted = member.value.as_str().unwrap();
                if bindings.matches(wanted, found) { Ok(()) } else { Err(format!("wanted {wanted}\n  found  {found}")) }
            })
        });
        tally.judge(&format!("transformer {}", text(row, "id")), verdict);
    }
}

/// The rows of `policies.jsonl` in which somebody else's policy says no.
pub fn replay_access(rows: &[Value], tally: &mut Tally) {
    for row in rows.iter().filter(|row| text(row, "kind") == "access") {
        let but = |action: &str| json!([{ "Effect": "Allow", "Principal": "*", "NotAction": action }]);
        let root = "arn:aws:iam::123456789012:root";
        let bus = json!({ "Name": "b", "KmsKeyIdentifier": KEY });
        let (resources, operation, input) = match text(row, "id") {
            "caller-denied-put-events" => (
                json!({ root: { "permissions": [] } }),
                "PutEvents",
                json!({ "Entries": [{ "Source": "s", "DetailType": "t", "Detail": "{}" }] }),
            ),
            "bus-key-policy-no-GenerateDataKey" => {
                (json!({ KEY: { "policy": but("kms:GenerateDataKey") } }), "CreateEventBus", bus)
            }
            "bus-key-policy-no-Decrypt" => (json!({ KEY: { "policy": but("kms:Decrypt") } }), "CreateEventBus", bus),
            id => {
                tally.leave(format!("access of kind {id}"));
                continue;
            }
        };
        let mut sim = Sim::new(ACCOUNT, resources);
        let answer = sim.call_in("us-east-1", ACCOUNT, operation, &input).err().unwrap_or_default();
        let answer: Json = serde_json::from_str(&answer).unwrap_or_default();
        let wanted = row.get("error").unwrap();
        let message = answer["message"].as_str().unwrap_or_default();
        let verdict = equal(answer["__type"].as_str().unwrap_or_default(), text(wanted, "code")).and_then(|()| {
            let matches = Bindings::new().matches(text(wanted, "message"), message);
            if matches { Ok(()) } else { Err(format!("wanted {wanted}, found {message}")) }
        });
        tally.judge(&format!("access {}", text(row, "id")), verdict);
    }
}
