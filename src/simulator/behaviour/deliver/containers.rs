//! ECS: a task is run on the cluster as `EcsParameters` say; the input, if any, overrides the task's definition.
//!
//! Without an input of its own a task gets nothing of the event. Parameters that are texts may be paths into the event.

use super::Sending;
use crate::json::Value;

/// `ecs:RunTask`
pub fn ecs(sending: &mut Sending<'_>) -> Value {
    let parameters = sending.filled("EcsParameters");
    let mut members = vec![
        ("cluster".to_owned(), Value::string(sending.arn().as_str())),
        ("startedBy".to_owned(), Value::string(format!("events-rule/{}", sending.rule_name))),
    ];
    let given = parameters.as_object().unwrap_or_default();
    members.extend(given.iter().map(|member| (ours(&member.name), member.value.clone())));
    if parameters.get("TaskCount").is_none() {
        members.push(("count".to_owned(), Value::number(1)));
    }
    members.extend(sending.input_object().map(|overrides| ("overrides".to_owned(), overrides)));
    Value::object(members)
}

/// The member of RunTask that a member of `EcsParameters` becomes.
fn ours(name: &str) -> String {
    match name {
        "TaskDefinitionArn" => "taskDefinition".to_owned(),
        "TaskCount" => "count".to_owned(),
        "EnableECSManagedTags" => "enableECSManagedTags".to_owned(),
        _ => {
            let mut letters = name.chars();
            letters.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + letters.as_str())
        }
    }
}
