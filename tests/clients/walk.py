"""Walks through lists of calls with boto3 or with the AWS CLI, and prints what came of each as a JSON line.

usage: walk.py (boto3|cli) ENDPOINT, a JSON list of steps on standard input
"""

import contextlib
import datetime
import io
import json
import os
import sys

import boto3
from awscli.clidriver import create_clidriver
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv[2]
os.environ.update(
    AWS_ENDPOINT_URL=ENDPOINT,
    AWS_DEFAULT_REGION="us-east-1",
    AWS_ACCESS_KEY_ID="123456789012",
    AWS_SECRET_ACCESS_KEY="test",
    AWS_PAGER="",
    AWS_CONFIG_FILE=os.devnull,
    AWS_SHARED_CREDENTIALS_FILE=os.devnull,
)


def boto3_steps():
    client = boto3.client("events", config=Config(retries={"max_attempts": 0}))
    for step in yield_steps():
        method = xform_name(step["operation"])
        try:
            if "pages" in step:
                yield {"items": boto3_pages(client, method, step), "own": client.can_paginate(method)}
            else:
                output = getattr(client, method)(**step["input"])
                output.pop("ResponseMetadata")
                yield {"output": save(step, output)}
        except ClientError as error:
            # The class is the one that `except client.exceptions.X` names, where the model has it.
            code = error.response["Error"]["Code"]
            own = getattr(client.exceptions, code) if code in dir(client.exceptions) else ClientError
            yield {"error": code, "message": error.response["Error"]["Message"], "isOwn": type(error) is own}


def boto3_pages(client, method, step):
    member, limit = step["pages"]["list"], step["pages"]["limit"]
    if client.can_paginate(method):
        pages = client.get_paginator(method).paginate(**step["input"], PaginationConfig={"PageSize": limit})
        return [item for page in pages for item in page[member]]
    items, token = [], {}
    while True:
        page = getattr(client, method)(**step["input"], Limit=limit, **token)
        assert len(page[member]) <= limit
        items += page[member]
        if "NextToken" not in page:
            return items
        token = {"NextToken": page["NextToken"]}


def cli_steps():
    for step in yield_steps():
        command = xform_name(step["operation"], "-")
        if "pages" in step:
            yield cli_pages(command, step)
            continue
        code, out, err = aws(command, "--cli-input-json", json.dumps(step["input"]))
        if code == 0:
            yield {"output": save(step, json.loads(out) if out.strip() else {})}
        else:
            # An error occurred (ResourceNotFoundException) when calling the DescribeRule operation: ...
            yield {
                "error": err.partition("(")[2].partition(")")[0],
                "message": err.partition("operation: ")[2].strip(),
                "isOwn": "An error occurred" in err and code in (254, 255),
            }


def cli_pages(command, step):
    """The CLI follows tokens by itself where botocore knows the pages; `--page-size` says how large they are."""
    member, limit = step["pages"]["list"], step["pages"]["limit"]
    if command in ("list-rules", "list-targets-by-rule", "list-rule-names-by-target"):
        code, out, err = aws(command, "--cli-input-json", json.dumps(step["input"]), "--page-size", str(limit))
        assert code == 0, err
        return {"items": json.loads(out)[member], "own": True}
    items, token = [], []
    while True:
        given = json.dumps({**step["input"], "Limit": limit})
        code, out, err = aws(command, "--cli-input-json", given, *token)
        assert code == 0, err
        page = json.loads(out)
        items += page[member]
        if "NextToken" not in page:
            return {"items": items, "own": False}
        token = ["--next-token", page["NextToken"]]


DRIVER = create_clidriver()


def aws(*args):
    """The CLI's own entry, in this process: starting it anew for each call would take most of the time."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = DRIVER.main(["events", *args, "--output", "json"])
    return code, out.getvalue(), err.getvalue()


SAVED = {}


def yield_steps():
    for step in json.load(sys.stdin):
        yield {**step, "input": filled(step["input"])}


def filled(value):
    if isinstance(value, str) and value.startswith("@"):
        moment = datetime.datetime.fromtimestamp(int(value[1:]), datetime.timezone.utc)
        return moment.isoformat() if sys.argv[1] == "cli" else moment
    if isinstance(value, str):
        return SAVED.get(value[1:], value) if value.startswith("$") else value
    if isinstance(value, list):
        return [filled(item) for item in value]
    if isinstance(value, dict):
        return {name: filled(member) for name, member in value.items()}
    return value


def save(step, output):
    for name, member in step.get("save", {}).items():
        SAVED[name] = output[member]
    return output


for result in {"boto3": boto3_steps, "cli": cli_steps}[sys.argv[1]]():
    print(json.dumps(result, default=str), flush=True)
