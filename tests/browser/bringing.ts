/** What people bring to the page, one of each kind. */
export const EVENT = {
  source: "shop",
  "detail-type": "Order Paid",
  detail: { total: 300 },
};
const AWS_EVENT = {
  version: "0",
  id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
  "detail-type": "EC2 Instance State-change Notification",
  source: "aws.ec2",
  account: "111122223333",
  time: "2017-12-22T18:43:48Z",
  region: "us-west-1",
  resources: ["arn:aws:ec2:us-west-1:111122223333:instance/i-1234567890abcdef0"],
  detail: { "instance-id": "i-1234567890abcdef0", state: "terminated" },
};
export const PATTERN = { source: ["shop"], detail: { total: [{ numeric: [">", 100] }] } };
const ENTRY = { Source: "shop", DetailType: "Order Paid", Detail: '{"total": 300}' };
const RULE = { Name: "paid", EventPattern: JSON.stringify(PATTERN), State: "ENABLED", EventBusName: "default" };
const DESCRIBED = { ...RULE, Arn: "arn:aws:events:eu-west-1:444455556666:rule/paid", CreatedBy: "444455556666" };
const TARGET = { Id: "ship", Arn: "arn:aws:lambda:us-east-1:123456789012:function:ship" };
const POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "shop",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Action: "events:PutEvents",
      Resource: "arn:aws:events:us-east-1:123456789012:event-bus/default",
    },
  ],
};
export const SCENARIO = {
  version: 1,
  title: "A shop",
  calls: [
    { operation: "PutRule", input: RULE },
    { operation: "PutTargets", input: { Rule: "paid", Targets: [TARGET] } },
  ],
  events: [ENTRY],
};

/** The text, and the kinds of what is in it. */
export const KINDS: [string, string, string[]][] = [
  ["an event", JSON.stringify(EVENT), ["events"]],
  ["an event of AWS", JSON.stringify(AWS_EVENT, null, 2), ["events"]],
  ["a list of events", JSON.stringify([EVENT, AWS_EVENT]), ["events"]],
  ["events one a line", `${JSON.stringify(EVENT)}\n${JSON.stringify(AWS_EVENT)}\n`, ["events"]],
  ["a PutEvents entry", JSON.stringify(ENTRY), ["events"]],
  ["PutEvents input", JSON.stringify({ Entries: [ENTRY, ENTRY] }), ["events"]],
  ["a pattern", JSON.stringify(PATTERN), ["pattern"]],
  ["a pattern of $or", '{"$or": [{"source": ["a"]}, {"detail": {"n": [1]}}]}', ["pattern"]],
  ["PutRule input", JSON.stringify(RULE), ["rules"]],
  ["what describe-rule prints", JSON.stringify(DESCRIBED), ["rules"]],
  ["what list-rules prints", JSON.stringify({ Rules: [DESCRIBED, { ...DESCRIBED, Name: "other" }] }), ["rules"]],
  ["a list of rules", JSON.stringify([RULE]), ["rules"]],
  ["patterns by name", JSON.stringify({ paid: PATTERN, other: { source: ["x"] } }), ["rules"]],
  ["patterns by name, as texts", JSON.stringify({ paid: JSON.stringify(PATTERN) }), ["rules"]],
  ["PutTargets input", JSON.stringify({ Rule: "paid", Targets: [TARGET] }), ["targets"]],
  ["a list of targets", JSON.stringify([TARGET]), ["targets"]],
  ["a bus policy", JSON.stringify(POLICY), ["policy"]],
  [
    "what describe-event-bus prints",
    JSON.stringify({
      Name: "orders",
      Arn: "arn:aws:events:us-east-1:123456789012:event-bus/orders",
      Policy: JSON.stringify(POLICY),
    }),
    ["bus"],
  ],
  ["effects", '[{"target": "arn:aws:lambda:*:*:function:f", "preset": "s3-put-object"}]', ["effects"]],
  [
    "test-event-pattern input",
    JSON.stringify({ EventPattern: JSON.stringify(PATTERN), Event: EVENT }),
    ["pattern", "events"],
  ],
  ["a scenario", JSON.stringify(SCENARIO), ["scenario"]],
];

/** Recognised, and refused with these words. */
export const REFUSED: [string, string, RegExp][] = [
  [
    "a CloudFormation template",
    '{"Resources": {"R": {"Type": "AWS::Events::Rule", "Properties": {}}}}',
    /CloudFormation template/,
  ],
  [
    "a CloudFormation template in YAML",
    "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  R:\n    Type: AWS::Events::Rule\n",
    /CloudFormation or SAM/,
  ],
  ["a Serverless file", "service: shop\nprovider:\n  name: aws\nfunctions:\n  f:\n    handler: x\n", /Serverless/],
  ["Terraform", 'resource "aws_cloudwatch_event_rule" "r" {\n  name = "x"\n}\n', /Terraform/],
  ["a pattern in YAML", "source:\n  - shop\ndetail-type:\n  - Order Paid\n", /YAML/],
  [
    "a scenario with a bad call",
    '{"version": 1, "calls": [{"operation": 1}]}',
    /looks like a scenario, but its `calls`/,
  ],
];
