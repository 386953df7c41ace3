# Lines that collect a world: calls that read, nothing else. Run the first part with credentials of the management account (or a
# delegated administrator), the second with those of each account, with REGIONS set to the Regions in use. Then:
#   iamwhy import collected/ -o world.iam
set -u
REGIONS="${REGIONS:-us-east-1}"
mkdir -p collected && cd collected || exit 1
each() { tr '\t' '\n' | grep -v '^None$' || true; }

# The organization: its tree, its SCPs and RCPs, and to what they are attached.
below() {
  aws organizations list-accounts-for-parent --parent-id "$1" --query "{ParentId:'$1',Accounts:Accounts}" > "accounts-$1.json"
  aws organizations list-organizational-units-for-parent --parent-id "$1" \
    --query "{ParentId:'$1',OrganizationalUnits:OrganizationalUnits}" > "units-$1.json"
  aws organizations list-organizational-units-for-parent --parent-id "$1" --query 'OrganizationalUnits[].Id' --output text |
    each | while read -r unit; do below "$unit"; done
}
if aws organizations describe-organization > organization.json; then
  aws organizations list-roots > roots.json
  aws organizations list-roots --query 'Roots[].Id' --output text | each | while read -r root; do below "$root"; done
  for type in SERVICE_CONTROL_POLICY RESOURCE_CONTROL_POLICY; do
    aws organizations list-policies --filter "$type" --query 'Policies[].Id' --output text | each | while read -r p; do
      aws organizations describe-policy --policy-id "$p" > "policy-$p.json"
      aws organizations list-targets-for-policy --policy-id "$p" --query "{PolicyId:'$p',Targets:Targets}" > "targets-$p.json"
    done
  done
  aws organizations list-delegated-administrators --query 'DelegatedAdministrators[].Id' --output text | each | while read -r a; do
    aws organizations list-delegated-services-for-account --account-id "$a" \
      --query "{AccountId:'$a',DelegatedServices:DelegatedServices}" > "delegated-$a.json"
  done
  aws iam list-organizations-features > root-access.json
fi

# One account: its users, groups, roles and policies, and the policies of its resources.
A=$(aws sts get-caller-identity --query Account --output text)
aws iam get-account-authorization-details > "account-$A.json"
aws s3control get-public-access-block --account-id "$A" \
  --query "{AccountId:'$A',PublicAccessBlockConfiguration:PublicAccessBlockConfiguration}" > "block-$A.json"
aws s3api list-buckets --query 'Buckets[].Name' --output text | each | while read -r b; do
  aws s3api get-bucket-policy --bucket "$b" --query "{ResourceArn:'arn:aws:s3:::$b',Policy:Policy}" > "bucket-$b.json"
  aws s3api get-public-access-block --bucket "$b" \
    --query "{ResourceArn:'arn:aws:s3:::$b',PublicAccessBlockConfiguration:PublicAccessBlockConfiguration}" > "block-$b.json"
done
for R in $REGIONS; do
  export AWS_DEFAULT_REGION="$R"
  aws ec2 describe-vpc-endpoints --query "{AccountId:'$A',VpcEndpoints:VpcEndpoints}" > "endpoints-$A-$R.json"
  aws resourcegroupstaggingapi get-resources \
    --query "{AccountId:'$A',ResourceTagMappingList:ResourceTagMappingList}" > "tags-$A-$R.json"
  aws kms list-keys --query 'Keys[].KeyArn' --output text | each | while read -r k; do
    aws kms get-key-policy --key-id "$k" --policy-name default --query "{ResourceArn:'$k',Policy:Policy}" > "key-${k##*/}.json"
    aws kms list-grants --key-id "$k" > "grants-${k##*/}.json"
  done
  aws sqs list-queues --query 'QueueUrls[]' --output text | each | while read -r q; do
    aws sqs get-queue-attributes --queue-url "$q" --attribute-names Policy QueueArn > "queue-$R-${q##*/}.json"
  done
  aws sns list-topics --query 'Topics[].TopicArn' --output text | each | while read -r t; do
    aws sns get-topic-attributes --topic-arn "$t" > "topic-$R-${t##*:}.json"
  done
  aws secretsmanager list-secrets --query 'SecretList[].ARN' --output text | each | while read -r s; do
    aws secretsmanager get-resource-policy --secret-id "$s" > "secret-$R-${s##*:}.json"
  done
  aws lambda list-functions --query 'Functions[].FunctionArn' --output text | each | while read -r f; do
    aws lambda get-policy --function-name "$f" --query "{ResourceArn:'$f',Policy:Policy}" > "function-$R-${f##*:}.json"
  done
  aws dynamodb list-tables --query 'TableNames[]' --output text | each | while read -r t; do
    T="arn:aws:dynamodb:$R:$A:table/$t"
    aws dynamodb get-resource-policy --resource-arn "$T" --query "{ResourceArn:'$T',Policy:Policy}" > "table-$R-$t.json"
  done
  aws ecr describe-repositories --query 'repositories[].repositoryName' --output text | each | while read -r r; do
    aws ecr get-repository-policy --repository-name "$r" \
      --query "{ResourceArn:'arn:aws:ecr:$R:$A:repository/$r',Policy:policyText}" > "repository-$R-$(echo "$r" | tr / _).json"
  done
  aws events list-event-buses --query 'EventBuses[].Name' --output text | each | while read -r e; do
    aws events describe-event-bus --name "$e" > "bus-$R-$(echo "$e" | tr / _).json"
  done
done
