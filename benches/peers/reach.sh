#!/bin/sh
# reach-security beside iamwhy: who of an account may do what does most, of a dump by get-account-authorization-details.
#
#     benches/peers/reach.sh account.json
#
# Needs `reach` (reach-security 0.2.1 from PyPI, AGPL: it is run as a program and nothing of it is here) and `iamwhy` on the PATH.
# Nothing runs this by itself.
set -eu
dump=${1:?the file of a dump}

echo "reach audit: nine questions for each user and role, each a proof or a request"
time reach audit --no-colour --authz "$dump" | tail -3

echo "iamwhy who-can: for everybody, by which statement, the root user too"
time for action in secretsmanager:GetSecretValue ssm:GetParameter kms:Decrypt s3:GetObject s3:PutObject \
    iam:AttachRolePolicy sts:AssumeRole ec2:RunInstances lambda:InvokeFunction; do
    iamwhy --world "$dump" --format plain who-can "$action" | head -1
done

echo "iamwhy check access-not-granted: over all resources at once, with a request for each statement"
time iamwhy check access-not-granted "$dump" 'secretsmanager:GetSecretValue' '*' | head -1 || true
