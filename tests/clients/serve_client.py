"""The door of AWS's own clients, by boto3: what it answers, page by page, and what it refuses.

Takes the program as its argument; needs the package `boto3`."""

import json
import pathlib
import subprocess
import sys
import tempfile

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

WORLD = """
account 111122223333 "Acme" alias acme
user alice
user bob
group devs members bob
attach AdministratorAccess to user alice
attach AmazonS3ReadOnlyAccess to group devs
inline Own on user bob {"Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}}
role Deploy trust {"Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}
resource arn:aws:s3:::reports policy {"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::reports/*"}}
account 444455556666 "Other"
organization o-exampleorg management 111122223333
move account 444455556666 to organization-root
scp NoQueues {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}}
attach NoQueues to account 444455556666
"""
BOB = "arn:aws:iam::111122223333:user/bob"
ALLOW = '{"Version": "2012-10-17",\n "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'


def client(service, address):
    return boto3.client(service, endpoint_url=address, region_name="us-east-1", aws_access_key_id="111122223333",
                        aws_secret_access_key="none", config=Config(retries={"max_attempts": 0}))


def decisions(answer):
    return [one["EvalDecision"] for one in answer["EvaluationResults"]]


def refused(code, call, **given):
    try:
        call(**given)
    except ClientError as wrong:
        assert wrong.response["Error"]["Code"] == code, wrong.response
    else:
        raise AssertionError(f"{given} was not refused")


def simulate(iam):
    actions = ["s3:GetObject", "s3:PutObject", "sqs:SendMessage"]
    answer = iam.simulate_principal_policy(PolicySourceArn=BOB, ActionNames=actions)
    assert decisions(answer) == ["allowed", "implicitDeny", "implicitDeny"], answer
    assert answer["EvaluationResults"][2]["MissingContextValues"] == ["aws:SourceIp"]
    context = [{"ContextKeyName": "aws:SourceIp", "ContextKeyValues": ["10.1.2.3"], "ContextKeyType": "ip"}]
    answer = iam.simulate_principal_policy(PolicySourceArn=BOB, ActionNames=actions, ContextEntries=context,
                                           PolicyExclusionList=[{"PolicyType": "aws-managed"}])
    assert decisions(answer) == ["implicitDeny", "implicitDeny", "allowed"], answer
    pages = iam.get_paginator("simulate_principal_policy").paginate(
        PolicySourceArn=BOB, ActionNames=actions, PaginationConfig={"PageSize": 2})
    assert [len(page["EvaluationResults"]) for page in pages] == [2, 1]
    custom(iam)
    refused("NoSuchEntity", iam.simulate_principal_policy, PolicySourceArn=BOB + "y", ActionNames=actions)
    refused("InvalidInput", iam.simulate_custom_policy, PolicyInputList=["{}x"], ActionNames=actions)
    keys = iam.get_context_keys_for_principal_policy(PolicySourceArn=BOB)["ContextKeyNames"]
    assert keys == ["aws:SourceIp"], keys
    assert iam.get_context_keys_for_custom_policy(PolicyInputList=[ALLOW])["ContextKeyNames"] == []


def custom(iam):
    level = lambda text: {"ServiceControlPolicyInputList": [text]}
    answer = iam.simulate_custom_policy(
        PolicyInputList=[ALLOW], ActionNames=["s3:GetObject"], ResourceArns=["arn:aws:s3:::a/k", "arn:aws:s3:::b/k"],
        OrderedOrganizationPolicyInputList=[level(ALLOW), level(ALLOW.replace("s3:*", "s3:Put*"))])
    [result] = answer["EvaluationResults"]
    assert result["EvalDecision"] == "implicitDeny" and len(result["ResourceSpecificResults"]) == 2, result
    assert result["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": False}
    answer = iam.simulate_custom_policy(PolicyInputList=[ALLOW], ActionNames=["s3:GetObject"])
    [statement] = answer["EvaluationResults"][0]["MatchedStatements"]
    assert statement["SourcePolicyId"] == "PolicyInputList.1", statement
    assert statement["StartPosition"] == {"Line": 2, "Column": 16}, statement
    assert statement["EndPosition"] == {"Line": 2, "Column": 70}, statement


def read(address):
    iam = client("iam", address)
    assert [user["UserName"] for user in iam.list_users()["Users"]] == ["alice", "bob"]
    assert iam.get_role(RoleName="Deploy")["Role"]["AssumeRolePolicyDocument"]["Statement"]["Effect"] == "Allow"
    assert iam.get_user_policy(UserName="bob", PolicyName="Own")["PolicyDocument"]["Statement"]["Effect"] == "Allow"
    assert iam.list_groups_for_user(UserName="bob")["Groups"][0]["GroupName"] == "devs"
    assert iam.list_account_aliases()["AccountAliases"] == ["acme"]
    assert iam.list_user_policies(UserName="alice")["PolicyNames"] == []
    version = iam.get_policy_version(PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess", VersionId="v1")
    assert version["PolicyVersion"]["Document"]["Statement"][0]["Action"] == "*"
    refused("NoSuchEntity", iam.get_user, UserName="eve")
    refused("InvalidAction", iam.create_user, UserName="eve")
    organizations = client("organizations", address)
    assert organizations.describe_organization()["Organization"]["MasterAccountId"] == "111122223333"
    [root] = organizations.list_roots()["Roots"]
    pages = organizations.get_paginator("list_accounts_for_parent").paginate(
        ParentId=root["Id"], PaginationConfig={"PageSize": 1})
    assert {one["Id"] for page in pages for one in page["Accounts"]} == {"111122223333", "444455556666"}
    assert organizations.list_organizational_units_for_parent(ParentId=root["Id"])["OrganizationalUnits"] == []
    listed = organizations.list_policies_for_target(TargetId="444455556666", Filter="SERVICE_CONTROL_POLICY")["Policies"]
    [scp] = [one["Id"] for one in listed if one["Name"] == "NoQueues"]
    assert "sqs:*" in organizations.describe_policy(PolicyId=scp)["Policy"]["Content"]
    s3 = client("s3", address)
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["reports"]
    assert json.loads(s3.get_bucket_policy(Bucket="reports")["Policy"])["Statement"]["Effect"] == "Deny"
    refused("NoSuchBucket", s3.get_bucket_policy, Bucket="nothing")


def dump(address, program, folder):
    """What is read of an account is an account again."""
    pages = client("iam", address).get_paginator("get_account_authorization_details").paginate(PaginationConfig={"PageSize": 2})
    whole = pages.build_full_result()
    assert len(whole["UserDetailList"]) == 2 and whole["RoleDetailList"], whole
    path = pathlib.Path(folder, "dump.json")
    path.write_text(json.dumps(whole, default=str))
    asked = [program, "can", "bob", "s3:GetObject", "on", "arn:aws:s3:::b/k", "--world", str(path)]
    assert subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True).stdout.startswith("allowed")


def check(address):
    analyzer = client("accessanalyzer", address)
    identity = {"policyType": "IDENTITY_POLICY"}
    [finding] = analyzer.validate_policy(policyDocument=ALLOW.replace("s3:*", "s3:GetObjct"), **identity)["findings"]
    assert finding["issueCode"] == "INVALID_ACTION", finding
    assert finding["locations"][0]["span"]["start"] == {"line": 2, "column": 45, "offset": 71}, finding
    broken = analyzer.validate_policy(policyDocument='{"Statement":', **identity)["findings"]
    assert {finding["issueCode"] for finding in broken} == {"JSON_SYNTAX_ERROR"}, broken
    old = ALLOW.replace("s3:*", "s3:Get*")
    wider = analyzer.check_no_new_access(existingPolicyDocument=old, newPolicyDocument=ALLOW, **identity)
    assert wider["result"] == "FAIL" and wider["reasons"][0]["statementIndex"] == 0, wider
    same = analyzer.check_no_new_access(existingPolicyDocument=old, newPolicyDocument=old, **identity)
    assert same["result"] == "PASS", same
    access = [{"actions": ["s3:PutObject"], "resources": ["arn:aws:s3:::b/*"]}]
    assert analyzer.check_access_not_granted(policyDocument=ALLOW, access=access, **identity)["result"] == "FAIL"
    assert analyzer.check_access_not_granted(policyDocument=old, access=access, **identity)["result"] == "PASS"
    bucket = old.replace('"Action"', '"Principal": "*", "Action"').replace('"*"}]', '"arn:aws:s3:::b/*"}]')
    public = analyzer.check_no_public_access(policyDocument=bucket, resourceType="AWS::S3::Bucket")
    assert public["result"] == "FAIL", public
    refused("ValidationException", analyzer.check_no_public_access, policyDocument=bucket, resourceType="AWS::X::Y")
    arn = analyzer.list_analyzers(type="ACCOUNT")["analyzers"][0]["arn"]
    made = analyzer.create_access_preview(analyzerArn=arn, configurations={"arn:aws:s3:::b": {"s3Bucket": {"bucketPolicy": bucket}}})
    assert analyzer.get_access_preview(accessPreviewId=made["id"], analyzerArn=arn)["accessPreview"]["status"] == "COMPLETED"
    found = analyzer.list_access_preview_findings(accessPreviewId=made["id"], analyzerArn=arn)["findings"]
    assert found and found[0]["isPublic"], found
    refused("ResourceNotFoundException", analyzer.get_access_preview, accessPreviewId="x", analyzerArn=arn)


def main():
    with tempfile.TemporaryDirectory() as folder:
        world = pathlib.Path(folder, "world.iam")
        world.write_text(WORLD)
        command = [sys.argv[1], "serve", "--port", "0", "--world", str(world)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
            try:
                lines = [program.stdout.readline() for _ in range(4)]
                address = next(line.split("=", 1)[1].strip() for line in lines if "ENDPOINT_URL" in line)
                identity = client("sts", address).get_caller_identity()
                assert identity["Arn"] == "arn:aws:iam::111122223333:root", identity
                simulate(client("iam", address))
                read(address)
                check(address)
                dump(address, sys.argv[1], folder)
            finally:
                program.terminate()
        assert program.returncode == 0, program.returncode
    print("serve: simulations, reads and checks, by boto3")


main()
