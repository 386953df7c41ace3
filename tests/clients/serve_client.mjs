// The door of AWS's own clients, by the SDK for JavaScript.

import assert from "node:assert";
import { AccessAnalyzerClient, ValidatePolicyCommand } from "@aws-sdk/client-accessanalyzer";
import { GetRoleCommand, IAMClient, paginateSimulatePrincipalPolicy, SimulateCustomPolicyCommand } from "@aws-sdk/client-iam";

const iam = new IAMClient({});
const analyzer = new AccessAnalyzerClient({});
const policy = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}]}';
const PolicySourceArn = "arn:aws:iam::111122223333:user/alice";

const custom = await iam.send(new SimulateCustomPolicyCommand({ PolicyInputList: [policy], ActionNames: ["s3:GetObject"] }));
assert.equal(custom.EvaluationResults[0].EvalDecision, "implicitDeny");
const pages = [];
const ActionNames = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"];
for await (const page of paginateSimulatePrincipalPolicy({ client: iam, pageSize: 2 }, { PolicySourceArn, ActionNames })) {
    pages.push(page.EvaluationResults.length);
}
assert.deepEqual(pages, [2, 1]);
await assert.rejects(iam.send(new GetRoleCommand({ RoleName: "nobody" })), { name: "NoSuchEntityException" });
const asked = { policyDocument: policy, policyType: "IDENTITY_POLICY" };
const validated = await analyzer.send(new ValidatePolicyCommand(asked));
assert.equal(validated.findings[0].issueCode, "INVALID_ACTION");
const wrong = analyzer.send(new ValidatePolicyCommand({ ...asked, policyType: "NONE" }));
await assert.rejects(wrong, { name: "ValidationException" });
console.log("serve: simulations and findings, by the SDK for JavaScript");
