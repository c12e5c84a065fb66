//! Systems Manager: Run Command sends a document to instances, Automation runs one; the input is the parameters.
//!
//! Run Command gets nothing of the event by default: its parameters are those that `Input` or a transformer gives.

use super::Sending;
use super::sending::present;
use crate::json::Value;

/// `ssm:SendCommand`
pub fn run_command(sending: &mut Sending<'_>) -> Value {
    let parameters = sending.parameters("RunCommandParameters");
    present(vec![
        ("DocumentName", Some(document(sending))),
        ("Targets", parameters.get("RunCommandTargets").cloned()),
        ("Parameters", sending.input_object()),
    ])
}

/// `ssm:StartAutomationExecution`: the ARN ends in `NAME:VERSION`.
pub fn automation(sending: &mut Sending<'_>) -> Value {
    let resource = sending.arn().resource();
    let definition = resource.strip_prefix("automation-definition/").unwrap_or(resource);
    let (name, version) = definition.split_once(':').unwrap_or((definition, "$DEFAULT"));
    present(vec![
        ("DocumentName", Some(Value::string(name))),
        ("DocumentVersion", Some(Value::string(version))),
        ("Parameters", sending.input_object()),
    ])
}

fn document(sending: &Sending<'_>) -> Value {
    let resource = sending.arn().resource();
    Value::string(resource.strip_prefix("document/").unwrap_or(resource))
}
