# Identity-based IAM statements, as far as the benchmark's workloads use the language.
package iam

import rego.v1

default allowed := false

allowed if {
	not denied
	some statement in data.allows
	applies(statement)
}

denied if {
	some statement in data.denies
	applies(statement)
}

applies(statement) if {
	acts(statement)
	covers(statement)
	every test in statement.tests { holds(test) }
}

acts(statement) if {
	some pattern in statement.actions
	matches(pattern, input.action)
}

covers(statement) if {
	some pattern in statement.resources
	matches(pattern, input.resource)
}

matches(pattern, text) if {
	pattern.kind == "exact"
	pattern.text == text
}

matches(pattern, text) if {
	pattern.kind == "prefix"
	startswith(text, pattern.text)
}

matches(pattern, text) if {
	pattern.kind == "glob"
	glob.match(pattern.text, null, text)
}

# A key that is absent fails: the workloads have no negated operators, and no IfExists.
holds(test) if {
	value := input.context[test.key]
	compares(test, value)
}

compares(test, value) if {
	test.operator in {"StringEquals", "Bool"}
	value in test.values
}

compares(test, value) if {
	test.operator == "StringLike"
	some pattern in test.patterns
	matches(pattern, value)
}

compares(test, value) if {
	test.operator == "IpAddress"
	some range in test.values
	net.cidr_contains(range, value)
}
