//! What the service demands of a target before it looks at the rule: its ARN, its role, its input, and what the kind of
//! target allows.
//!
//! Words are recorded where not marked otherwise. Nothing is asked of what the ARN names: a queue or bus that does not
//! exist is accepted here and shows at delivery.

use crate::arn::Arn;
use crate::json;
use crate::sets::Listed as _;
use crate::transform::{InputTransformer, JsonPath, TransformerError};

use crate::api::call::BusRef;
use crate::api::errors::ServiceError;
use crate::api::input::Input;

/// Services that are invoked with the role of the target, so that PutTargets demands one.
///
/// Recorded for event buses, Firehose, CodePipeline, Kinesis, ECS and Step Functions; the others by the documentation,
/// which names only a role for them (2.3).
const ROLE_NEEDED: [&str; 13] = [
    "firehose",
    "codepipeline",
    "kinesis",
    "ecs",
    "states",
    "batch",
    "codebuild",
    "redshift",
    "redshift-serverless",
    "sagemaker",
    "glue",
    "appsync",
    "inspector",
];

/// Services whose targets may lie in another account (documentation, 2.2).
const ACROSS_ACCOUNTS: [&str; 6] = ["execute-api", "kinesis", "lambda", "sns", "sqs", "events"];

/// Services that need no role in their own account but do in another (recorded).
const ROLE_ACROSS_ACCOUNTS: [&str; 3] = ["lambda", "sns", "sqs"];

/// The target's ARN, if a rule of `bus` may have this target.
pub fn admit(target: Input, bus: &BusRef) -> Result<Arn, ServiceError> {
    let arn = read_arn(target.required("Arn"))?;
    let id = target.required("Id");
    check_one_input(target, id)?;
    check_account(&arn, bus)?;
    check_role(&arn, target, bus)?;
    if arn.event_bus_name().is_some() {
        check_bus(&arn, target, id, bus)?;
    }
    check_kind(&arn, target, id)?;
    check_input(target, id)?;
    Ok(arn)
}

/// An ARN that is none, in the service's words: its text takes the place of the parameter's name.
pub fn malformed_arn(text: &str) -> ServiceError {
    ServiceError::validation(format!("Parameter {text} is not valid. Reason: Provided Arn is not in correct format."))
}

/// The ARN, if the service would call it one.
pub fn well_formed(text: &str) -> Result<Arn, ServiceError> {
    let arn = Arn::parse(text).filter(|arn| arn.partition().starts_with("aws"));
    let arn = arn.filter(|arn| is_region(arn.region()) && is_account(arn.account()));
    arn.ok_or_else(|| malformed_arn(text))
}

fn read_arn(text: &str) -> Result<Arn, ServiceError> {
    let arn = well_formed(text)?;
    let resource = arn.resource();
    let invocable = ["event-bus/", "api-destination/", "target/"].iter().any(|kind| resource.starts_with(kind));
    if arn.service() == "events" && !invocable {
        return Err(ServiceError::validation(format!(
            "Parameter {text} is not valid. Reason: Service as target config for ARN: {text} not found. The API call hasn't been recognized as managed rules call"
        )));
    }
    Ok(arn)
}

/// `us-east-1`, `us-gov-west-1`, or none. A list of the regions there are would be old before long; that all of them say where
/// they lie will do.
fn is_region(text: &str) -> bool {
    let mut parts: Vec<&str> = text.split('-').listed();
    let (number, way) = (parts.pop().unwrap_or_default(), parts.pop().unwrap_or_default());
    let words = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let ways = ["", "north", "south", "east", "west", "central"];
    let split = |end: &str| way.strip_suffix(end).is_some_and(|start| way != end && ways.contains(&start));
    let is_way = !way.is_empty() && ways.iter().any(|end| split(end) || way == *end);
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    text.is_empty() || (!parts.is_empty() && words && is_way && digits)
}

/// Twelve digits, or none (documents that AWS owns).
fn is_account(text: &str) -> bool {
    text.is_empty() || (text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn check_one_input(target: Input, id: &str) -> Result<(), ServiceError> {
    let ways = ["Input", "InputPath", "InputTransformer"].iter().filter(|way| target.get(way).is_some()).count();
    if ways > 1 {
        let message = format!("Only one of Input, InputPath, or InputTransformer must be provided for target {id}.");
        return Err(ServiceError::validation(message));
    }
    Ok(())
}

/// Reported: AccessDeniedException for kinds of targets that cannot lie in another account.
fn check_account(arn: &Arn, bus: &BusRef) -> Result<(), ServiceError> {
    if is_foreign(arn, bus) && !ACROSS_ACCOUNTS.contains(&arn.service()) {
        return Err(ServiceError::denied(format!(
            "Access to the resource {arn} is denied. Reason: Adding cross-account target is not permitted."
        )));
    }
    Ok(())
}

fn check_role(arn: &Arn, target: Input, bus: &BusRef) -> Result<(), ServiceError> {
    let service = arn.service();
    let needed = ROLE_NEEDED.contains(&service)
        || (service == "ssm" && !arn.resource().starts_with("opsitem"))
        || (service == "events" && !arn.resource().starts_with("target/"))
        || (ROLE_ACROSS_ACCOUNTS.contains(&service) && is_foreign(arn, bus));
    if needed && target.text("RoleArn").is_none() {
        return Err(ServiceError::validation(format!("RoleArn is required for target {arn}.")));
    }
    Ok(())
}

fn check_bus(arn: &Arn, target: Input, id: &str, bus: &BusRef) -> Result<(), ServiceError> {
    let changed = ["Input", "InputPath", "InputTransformer"].iter().any(|way| target.get(way).is_some());
    let message = if target.get("RetryPolicy").is_some() {
        "Retry policy is not supported for Event bus targets.".to_owned()
    } else if changed {
        format!("Modifying the input for target {id} is not supported.")
    } else if arn.as_str() == bus.arn() {
        "Source EventBus and Target EventBus must not be the same.".to_owned()
    } else {
        return Ok(());
    };
    Err(ServiceError::validation(message))
}

/// FIFO queues: reported. Logs and ECS: recorded that they are refused, not with which words.
fn check_kind(arn: &Arn, target: Input, id: &str) -> Result<(), ServiceError> {
    let first = |names: &[&'static str]| names.iter().copied().find(|name| target.get(name).is_some());
    let refused = match arn.service() {
        "sqs" if arn.resource().ends_with(".fifo") && target.get("SqsParameters").is_none() => {
            Some(format!("Parameter(s) SqsParameters must be specified for target: {id}."))
        }
        "logs" => {
            first(&["Input", "InputPath", "RoleArn"]).map(|name| format!("{name} is not supported for target {arn}."))
        }
        "ecs" => first(&["InputPath"])
            .map(|name| format!("{name} is not supported for target {arn}."))
            .or_else(|| task_refused(target, id)),
        _ => None,
    };
    let refused = refused.or_else(|| parameters_refused(arn, target, id));
    refused.map_or(Ok(()), |message| Err(ServiceError::validation(message)))
}

/// Kinds that cannot be called without parameters of their own, and the bounds of a batch job (documentation, 2.6). The words
/// are those for queues, and the model's.
fn parameters_refused(arn: &Arn, target: Input, id: &str) -> Option<String> {
    let member = match (arn.service(), arn.resource()) {
        ("ecs", _) => "EcsParameters",
        ("batch", _) => "BatchParameters",
        ("redshift" | "redshift-serverless", _) => "RedshiftDataParameters",
        ("ssm", resource) if resource.starts_with("document/") => "RunCommandParameters",
        _ => return None,
    };
    let Some(parameters) = target.object(member) else {
        return Some(format!("Parameter(s) {member} must be specified for target: {id}."));
    };
    let bounds = [("ArrayProperties", "Size", 2, 10_000), ("RetryStrategy", "Attempts", 1, 10)];
    bounds.into_iter().find_map(|(outer, inner, least, most)| {
        let number = parameters.object(outer)?.integer(inner)?;
        let why = format!("{outer}.{inner} of target {id} must be between {least} and {most}.");
        (!(least..=most).contains(&number)).then_some(why)
    })
}

/// By the documentation (2.6); the words are ours.
fn task_refused(target: Input, id: &str) -> Option<String> {
    let task = target.object("EcsParameters")?;
    let is_given = |name: &str| task.get(name).is_some();
    if is_given("LaunchType") && is_given("CapacityProviderStrategy") {
        return Some(format!("LaunchType and CapacityProviderStrategy cannot be combined for target {id}."));
    }
    let alone = task.text("LaunchType") == Some("FARGATE") && !is_given("NetworkConfiguration");
    alone.then(|| format!("NetworkConfiguration is required for target {id} with LaunchType FARGATE."))
}

/// `Input` must be JSON, `InputPath` a path; both may be empty (recorded: nothing or `{}` is delivered then).
fn check_input(target: Input, id: &str) -> Result<(), ServiceError> {
    if let Some(path) = target.text("InputPath").filter(|path| !path.is_empty()) {
        let refused = JsonPath::parse(path).err().map(|error| error.message);
        if let Some(help) = refused {
            return Err(ServiceError::validation(format!("InputPath for target {id} is invalid.")).with_help(help));
        }
    }
    if let Some(text) = target.text("Input").filter(|text| !text.is_empty())
        && let Err(error) = json::parse(text)
    {
        let place = json::source_suffix(text, error.span.start as usize);
        let place = place.trim_start_matches("\n at ");
        let message = format!("JSON syntax error in input for target {id}: {place}");
        return Err(ServiceError::validation(message).with_help(error.to_diagnostic("input").to_string()));
    }
    Ok(())
}

/// The transformer of a target, if it has one that the service would admit. Recorded: each refusal's words.
pub fn transformer(target: Input) -> Result<Option<InputTransformer>, ServiceError> {
    let Some(given) = target.object("InputTransformer") else { return Ok(None) };
    let id = target.required("Id");
    let map: Option<Vec<(&str, &str)>> = given.object("InputPathsMap").map(|map| {
        let members = map.value().as_object().unwrap_or_default();
        members.iter().map(|member| (member.name.as_str(), member.value.as_str().unwrap_or_default())).listed()
    });
    let refused = |error| match error {
        TransformerError::Path(help) => {
            ServiceError::validation(format!("InputPath for target {id} is invalid.")).with_help(help)
        }
        TransformerError::UnknownPlaceholder(name) => {
            let message = format!("InputTemplate for target {id} contains invalid placeholder {name}.");
            ServiceError::validation(message)
                .with_help(format!("add `{name}` to InputPathsMap, or take `<{name}>` out of the template"))
        }
        TransformerError::JsonOnly(name) => {
            let message =
                format!("InputTemplate for target {id} contains placeholder {name} valid only for JSON template.");
            ServiceError::validation(message)
                .with_help("begin the template with `{` and use the placeholder as a value")
        }
        TransformerError::Syntax(text, error) => {
            let place = json::source_suffix(&text, error.span.start as usize);
            let message = format!("Invalid InputTemplate for target {id} : {}.", place.trim_start_matches("\n at "));
            ServiceError::validation(message)
                .with_help("text must stand in quotes, one string a line; or begin with `{`")
        }
    };
    InputTransformer::parse(map.as_deref(), given.required("InputTemplate")).map(Some).map_err(refused)
}

fn is_foreign(arn: &Arn, bus: &BusRef) -> bool {
    !arn.account().is_empty() && arn.account() != bus.account.as_str()
}
