//! Kinds of targets of which little is to be said: a name out of the ARN, and the input.
//!
//! What nothing is known about is delivered as plain JSON; a bus target is a hop and written in `bus`.

use super::Sending;
use super::sending::present;
use crate::json::Value;

/// Nothing beside the input.
pub fn plain(_: &mut Sending<'_>) -> Value {
    present(Vec::new())
}

/// `events:PutEvents`, as a hop.
pub fn event_bus(sending: &mut Sending<'_>) -> Value {
    of("EventBusName", Value::string(sending.arn().as_str()))
}

/// `ssm-incidents:StartIncident`
pub fn incident(sending: &mut Sending<'_>) -> Value {
    of("responsePlanArn", Value::string(sending.arn().as_str()))
}

/// `codebuild:StartBuild`: the input is the request, where it is an object and was chosen.
pub fn code_build(sending: &mut Sending<'_>) -> Value {
    of("projectName", sending.name())
}

/// `codepipeline:StartPipelineExecution`
pub fn code_pipeline(sending: &mut Sending<'_>) -> Value {
    of("name", sending.name())
}

/// `sagemaker:StartPipelineExecution`: values may be paths into the event.
pub fn sage_maker(sending: &mut Sending<'_>) -> Value {
    let parameters = sending.filled("SageMakerPipelineParameters");
    present(vec![
        ("PipelineName", Some(sending.name())),
        ("PipelineParameters", parameters.get("PipelineParameterList").cloned()),
    ])
}

/// `appsync:GraphQL`: the operation of the target, the input as its variables.
pub fn app_sync(sending: &mut Sending<'_>) -> Value {
    let parameters = sending.parameters("AppSyncParameters");
    present(vec![
        ("apiId", Some(sending.name())),
        ("query", parameters.get("GraphQLOperation").cloned()),
        ("variables", sending.input_object()),
    ])
}

/// `glue:NotifyEvent`
pub fn glue(sending: &mut Sending<'_>) -> Value {
    of("WorkflowName", sending.name())
}

/// `inspector:StartAssessmentRun`
pub fn inspector(sending: &mut Sending<'_>) -> Value {
    of("assessmentTemplateArn", Value::string(sending.arn().as_str()))
}

/// `imagebuilder:StartImagePipelineExecution`
pub fn image_builder(sending: &mut Sending<'_>) -> Value {
    of("imagePipelineArn", Value::string(sending.arn().as_str()))
}

/// Built-in calls of EC2: `target/stop-instance` and its like.
pub fn built_in(sending: &mut Sending<'_>) -> Value {
    of("call", sending.name())
}

fn of(name: &str, value: Value) -> Value {
    Value::object(vec![(name, value)])
}
