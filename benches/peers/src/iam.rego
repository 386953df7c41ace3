# Identity-based IAM statements, as far as the benchmark's workloads use the language: no negated elements and
# operators, no IfExists. Patterns are told apart by their kind when the data is made.
package iam

import rego.v1

default allowed := false

allowed if {
	not denied
	some group in input.groups
	some statement in data.allows[group]
	acts(statement)
	covers(statement)
	every test in statement.tests { holds(test) }
}

denied if {
	some group in input.groups
	some statement in data.denies[group]
	acts(statement)
	covers(statement)
	every test in statement.tests { holds(test) }
}

acts(statement) if statement.actions.exact[input.action]

acts(statement) if {
	some stem in statement.actions.stems
	startswith(input.action, stem)
}

acts(statement) if {
	some pattern in statement.actions.globs
	glob.match(pattern, null, input.action)
}

covers(statement) if statement.resources.exact[input.resource]

covers(statement) if {
	some stem in statement.resources.stems
	startswith(input.resource, stem)
}

covers(statement) if {
	some pattern in statement.resources.globs
	glob.match(pattern, null, input.resource)
}

# A key that is absent fails.
holds(test) if {
	test.operator in {"StringEquals", "Bool"}
	test.values.exact[input.context[test.key]]
}

holds(test) if {
	test.operator == "StringLike"
	like(test.values, input.context[test.key])
}

holds(test) if {
	test.operator == "IpAddress"
	some range, _ in test.values.exact
	net.cidr_contains(range, input.context[test.key])
}

like(patterns, value) if patterns.exact[value]

like(patterns, value) if {
	some stem in patterns.stems
	startswith(value, stem)
}

like(patterns, value) if {
	some pattern in patterns.globs
	glob.match(pattern, null, value)
}
