//! API Gateway: an HTTP request whose body is the input.
//!
//! The ARN is `execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH`; the path gets a slash at its end, and the headers tell where
//! the request comes from (both recorded).

use super::Sending;
use super::http;
use crate::json::Value;
use crate::sets::Listed as _;

/// `execute-api:Invoke`
pub fn request(sending: &mut Sending<'_>) -> Value {
    let parameters = sending.filled("HttpParameters");
    let trace = match sending.trace_header {
        Some(header) => header.to_owned(),
        None => format!("Root=1-{:08x}-{}", sending.now.seconds() & 0xffff_ffff, sending.ids.hex(24)),
    };
    let parts: Vec<&str> = sending.arn().resource().splitn(4, '/').listed();
    let part = |index: usize| parts.get(index).copied().unwrap_or_default();
    let (api, stage, method, path) = (part(0), part(1), part(2), part(3));
    let path = http::with_path(path.trim_matches('/'), &parameters);
    let slash = if path.is_empty() { "" } else { "/" };
    let url = format!("https://{api}.execute-api.{}.amazonaws.com/{stage}/{path}{slash}", sending.arn().region());
    let url = http::with_query(url, &http::pairs(&parameters, "QueryStringParameters"));
    let mut headers = http::pairs(&parameters, "HeaderParameters");
    http::set(&mut headers, "Content-Type", "application/json");
    http::set(&mut headers, "X-Amz-Source-Account", sending.bus.account.as_str());
    http::set(&mut headers, "X-Amz-Source-Arn", sending.rule_arn);
    http::set(&mut headers, "X-Amzn-Trace-Id", &trace);
    Value::object(vec![
        ("method", Value::string(if method == "*" { "POST" } else { method })),
        ("url", Value::string(url)),
        ("headers", http::object(headers)),
        ("body", Value::string(sending.input)),
    ])
}
