//! API destinations: an HTTP request to anywhere, with what the connection adds.
//!
//! The body is the input. Headers, query and path come from the target, then from the connection, which wins where both name
//! the same; what authorises the request is masked.

use super::Sending;
use super::http;
use crate::json::Value;

/// `events:InvokeApiDestination`
pub fn request(sending: &mut Sending<'_>) -> Value {
    let parameters = sending.filled("HttpParameters");
    let mut headers = http::pairs(&parameters, "HeaderParameters");
    http::set(&mut headers, "User-Agent", "Amazon/EventBridge/ApiDestinations");
    http::set(&mut headers, "Content-Type", "application/json; charset=utf-8");
    http::set(&mut headers, "Range", "bytes=0-1048575");
    http::set(&mut headers, "Accept-Encoding", "gzip,deflate");
    http::set(&mut headers, "Connection", "close");
    http::set(&mut headers, "Content-Length", &sending.input.len().to_string());
    Value::object(vec![("headers", http::object(headers)), ("body", Value::string(sending.input))])
}
