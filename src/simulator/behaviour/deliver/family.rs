//! The kinds of targets: one line each, with the call that delivers to it and what that call's refusals look like.
//!
//! Which permission a kind needs is the documentation's table (2.3). The words of missing and denied are recorded for SQS;
//! the others are the services' own as far as they are known, marked nowhere but here: ours. Targets of no known kind are
//! delivered as plain JSON.

use super::Sending;
use super::{
    api_destination, api_gateway, batch, containers, lambda, logs, others, redshift, sns, sqs, step_functions, streams,
    systems_manager,
};
use crate::arn::Arn;
use crate::json::Value;

/// How EventBridge is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// By the resource's policy, or by a role if the target has one.
    Policy,
    /// By the target's role.
    Role,
}

/// A kind of target.
pub struct Family {
    /// The service of the ARN.
    service: &'static str,
    /// How the resource of the ARN begins.
    resource: &'static str,
    /// The call, as policies name it.
    pub action: &'static str,
    /// The same in the words of a denial.
    pub named: &'static str,
    /// The service, as its errors name it.
    pub label: &'static str,
    /// Which permission it takes.
    pub grant: Grant,
    /// A denial's status and code.
    pub denied: (u16, &'static str),
    /// What is said of a target that is not there: words, status, code.
    pub missing: (&'static str, u16, &'static str),
    /// The request, beside the input.
    pub request: fn(&mut Sending<'_>) -> Value,
}

impl Family {
    /// The kind of the target with this ARN.
    pub fn of(arn: &Arn) -> Option<&'static Family> {
        let fits =
            |family: &&'static Family| arn.service() == family.service && arn.resource().starts_with(family.resource);
        FAMILIES.iter().copied().find(fits)
    }
}

const DENIED: (u16, &str) = (400, "AccessDeniedException");
const FORBIDDEN: (u16, &str) = (403, "AccessDeniedException");
const GONE: (&str, u16, &str) = ("Resource {arn} not found.", 400, "ResourceNotFoundException");

macro_rules! family {
    ($service:literal, $resource:literal, $action:literal, $label:literal, $grant:ident, $denied:expr, $missing:expr, $request:expr) => {
        Family {
            service: $service,
            resource: $resource,
            action: $action,
            named: $action,
            label: $label,
            grant: Grant::$grant,
            denied: $denied,
            missing: $missing,
            request: $request,
        }
    };
}

/// Queues: the service spells the action in lower case (recorded).
pub static QUEUE: Family = Family {
    service: "sqs",
    resource: "",
    action: "sqs:SendMessage",
    named: "sqs:sendmessage",
    label: "AmazonSQS",
    grant: Grant::Policy,
    denied: (403, "AccessDenied"),
    missing: (
        "The specified queue does not exist or you do not have access to it.",
        400,
        "AWS.SimpleQueueService.NonExistentQueue",
    ),
    request: sqs::request,
};

static FAMILIES: [&Family; 26] = [
    &family!(
        "lambda",
        "function:",
        "lambda:InvokeFunction",
        "AWSLambda",
        Policy,
        FORBIDDEN,
        ("Function not found: {arn}", 404, "ResourceNotFoundException"),
        lambda::request
    ),
    &QUEUE,
    &family!(
        "sns",
        "",
        "sns:Publish",
        "AmazonSNS",
        Policy,
        (403, "AuthorizationError"),
        ("Topic does not exist", 404, "NotFound"),
        sns::request
    ),
    &family!(
        "states",
        "stateMachine:",
        "states:StartExecution",
        "AWSStepFunctions",
        Role,
        DENIED,
        ("State Machine Does Not Exist: '{arn}'", 400, "StateMachineDoesNotExist"),
        step_functions::request
    ),
    &family!(
        "events",
        "api-destination/",
        "events:InvokeApiDestination",
        "AmazonEventBridge",
        Role,
        DENIED,
        GONE,
        api_destination::request
    ),
    &family!("kinesis", "stream/", "kinesis:PutRecord", "AmazonKinesis", Role, DENIED, GONE, streams::kinesis),
    &family!(
        "logs",
        "log-group:",
        "logs:PutLogEvents",
        "AWSLogs",
        Policy,
        DENIED,
        ("The specified log group does not exist.", 400, "ResourceNotFoundException"),
        logs::request
    ),
    &family!(
        "firehose",
        "deliverystream/",
        "firehose:PutRecord",
        "AmazonKinesisFirehose",
        Role,
        DENIED,
        GONE,
        streams::firehose
    ),
    &family!(
        "ecs",
        "cluster/",
        "ecs:RunTask",
        "AmazonECS",
        Role,
        DENIED,
        ("Cluster not found.", 400, "ClusterNotFoundException"),
        containers::ecs
    ),
    &family!(
        "ssm",
        "document/",
        "ssm:SendCommand",
        "AWSSimpleSystemsManagement",
        Role,
        DENIED,
        ("Document {arn} does not exist.", 400, "InvalidDocument"),
        systems_manager::run_command
    ),
    &family!(
        "ssm",
        "automation-definition/",
        "ssm:StartAutomationExecution",
        "AWSSimpleSystemsManagement",
        Role,
        DENIED,
        ("Automation definition {arn} not found.", 400, "AutomationDefinitionNotFoundException"),
        systems_manager::automation
    ),
    &family!("ssm", "opsitem", "ssm:CreateOpsItem", "AWSSimpleSystemsManagement", Role, DENIED, GONE, others::plain),
    &family!(
        "ssm-incidents",
        "response-plan/",
        "ssm-incidents:StartIncident",
        "AWSSSMIncidents",
        Role,
        DENIED,
        GONE,
        others::incident
    ),
    &family!(
        "batch",
        "job-queue/",
        "batch:SubmitJob",
        "AWSBatch",
        Role,
        FORBIDDEN,
        ("JobQueue {arn} not found.", 400, "ClientException"),
        batch::request
    ),
    &family!(
        "execute-api",
        "",
        "execute-api:Invoke",
        "AmazonApiGateway",
        Policy,
        FORBIDDEN,
        ("Not Found", 404, "NotFoundException"),
        api_gateway::request
    ),
    &family!(
        "codebuild",
        "project/",
        "codebuild:StartBuild",
        "AWSCodeBuild",
        Role,
        DENIED,
        ("Project cannot be found: {arn}", 400, "ResourceNotFoundException"),
        others::code_build
    ),
    &family!(
        "codepipeline",
        "",
        "codepipeline:StartPipelineExecution",
        "AWSCodePipeline",
        Role,
        DENIED,
        ("The pipeline {arn} does not exist.", 400, "PipelineNotFoundException"),
        others::code_pipeline
    ),
    &family!(
        "redshift",
        "cluster:",
        "redshift-data:ExecuteStatement",
        "RedshiftDataAPIService",
        Role,
        DENIED,
        GONE,
        redshift::request
    ),
    &family!(
        "redshift-serverless",
        "workgroup/",
        "redshift-data:ExecuteStatement",
        "RedshiftDataAPIService",
        Role,
        DENIED,
        GONE,
        redshift::request
    ),
    &family!(
        "sagemaker",
        "pipeline/",
        "sagemaker:StartPipelineExecution",
        "AmazonSageMaker",
        Role,
        DENIED,
        ("Pipeline '{arn}' does not exist.", 400, "ResourceNotFound"),
        others::sage_maker
    ),
    &family!(
        "appsync",
        "endpoints/graphql-api/",
        "appsync:GraphQL",
        "AWSAppSync",
        Role,
        FORBIDDEN,
        GONE,
        others::app_sync
    ),
    &family!(
        "glue",
        "workflow/",
        "glue:NotifyEvent",
        "AWSGlue",
        Role,
        DENIED,
        ("Entity not found: {arn}", 400, "EntityNotFoundException"),
        others::glue
    ),
    &family!(
        "inspector",
        "target/",
        "inspector:StartAssessmentRun",
        "AmazonInspector",
        Role,
        DENIED,
        GONE,
        others::inspector
    ),
    &family!(
        "imagebuilder",
        "image-pipeline/",
        "imagebuilder:StartImagePipelineExecution",
        "imagebuilder",
        Role,
        DENIED,
        GONE,
        others::image_builder
    ),
    &family!("events", "target/", "ec2:*", "AmazonEC2", Role, (403, "UnauthorizedOperation"), GONE, others::built_in),
    &family!("events", "event-bus/", "events:PutEvents", "AmazonEventBridge", Role, DENIED, GONE, others::event_bus),
];
