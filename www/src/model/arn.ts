/** What people call a thing that an ARN names. */

/** The last part of an ARN: `set-private-acl`, `orders/paid` for a rule of another bus than the default one. */
export function shortArn(arn: string): string {
  const parts = arn.split(":");
  if (parts.length < 6 || parts[0] !== "arn") return arn;
  const name = parts.slice(5).join(":");
  return name.replace(/^(rule|event-bus|function|stateMachine)[/:]/, "");
}

/** The service of a target: `lambda`, `sqs`. */
export function serviceOf(arn: string): string {
  return arn.split(":")[2] ?? "";
}
