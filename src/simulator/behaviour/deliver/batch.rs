//! Batch: a job is submitted to the queue as `BatchParameters` say.
//!
//! Of the input, `ContainerOverrides`, `DependsOn` and `Parameters` are used, spelled either way (documentation, 2.6).

use super::Sending;
use super::sending::present;
use crate::json::Value;

/// `batch:SubmitJob`
pub fn request(sending: &mut Sending<'_>) -> Value {
    let parameters = sending.parameters("BatchParameters");
    let input = sending.input_object();
    let used = |upper: &str, lower: &str| {
        let input = input.as_ref()?;
        input.get(upper).or(input.get(lower)).cloned()
    };
    let inner = |member: &str, name: &'static str, from: &str| {
        Some(Value::object(vec![(name, parameters.get(member)?.get(from)?.clone())]))
    };
    present(vec![
        ("jobQueue", Some(Value::string(sending.arn().as_str()))),
        ("jobDefinition", parameters.get("JobDefinition").cloned()),
        ("jobName", parameters.get("JobName").cloned()),
        ("arrayProperties", inner("ArrayProperties", "size", "Size")),
        ("retryStrategy", inner("RetryStrategy", "attempts", "Attempts")),
        ("containerOverrides", used("ContainerOverrides", "containerOverrides")),
        ("dependsOn", used("DependsOn", "dependsOn")),
        ("parameters", used("Parameters", "parameters")),
    ])
}
