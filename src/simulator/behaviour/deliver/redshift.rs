//! Redshift Data: SQL is run on a cluster or workgroup; with `WithEvent` an event tells when it is done.
//!
//! One statement is `ExecuteStatement`, several (`Sqls`) are a batch. Texts may be paths into the event.

use super::Sending;
use super::sending::present;
use crate::json::Value;

/// `redshift-data:ExecuteStatement`
pub fn request(sending: &mut Sending<'_>) -> Value {
    let parameters = sending.filled("RedshiftDataParameters");
    let given = |name: &str| parameters.get(name).cloned();
    let place = if sending.arn().service() == "redshift" { "ClusterIdentifier" } else { "WorkgroupName" };
    present(vec![
        (place, Some(sending.name())),
        ("Database", given("Database")),
        ("DbUser", given("DbUser")),
        ("SecretArn", given("SecretManagerArn")),
        ("Sql", given("Sql")),
        ("Sqls", given("Sqls")),
        ("StatementName", given("StatementName")),
        ("WithEvent", given("WithEvent")),
    ])
}
