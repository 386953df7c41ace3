//! What a call on a resource is authorized on beside it: what it lies in (D44, I1), as of 2026-11-29.
//!
//! Source: the Glue guide (2026), glue-specifying-resource-arns: a call of the Data Catalog needs the permission on the
//! resource and on each of its ancestors. Which ancestors an action asks for is told by its resource types in the
//! Service Authorization Reference. That a catalog in a catalog asks for the root catalog alone is inferred (M).

use super::arn_template::{filled, names_in};
use crate::names::Arn;

/// A form of resources, and the forms of what they lie in, the nearest first.
struct Lineage {
    service: &'static str,
    own: &'static str,
    ancestors: &'static [&'static str],
}

/// The ARNs of what a resource lies in and on which a call on it is authorized, too; the nearest first.
pub fn ancestors(arn: &Arn<'_>) -> Vec<String> {
    let of_service = LINEAGES.iter().filter(|one| one.service == arn.service());
    let mut found = of_service.filter_map(|one| Some((one, names_in(one.own, arn.resource())?)));
    let Some((lineage, names)) = found.next() else { return Vec::new() };
    let front = &arn.text()[..arn.text().len() - arn.resource().len()];
    lineage.ancestors.iter().map(|form| [front, &filled(form, &names)].concat()).collect()
}

const fn glue(own: &'static str, ancestors: &'static [&'static str]) -> Lineage {
    Lineage { service: "glue", own, ancestors }
}

/// The catalog of a federated database stands before its name.
static LINEAGES: &[Lineage] = &[
    glue("catalog/*", &["catalog"]),
    glue("connection/{N}", &["catalog"]),
    glue("database/{D}", &["catalog"]),
    glue("database/{C+}/{D}", &["catalog/{C+}", "catalog"]),
    glue("table/{D}/{T}", &["database/{D}", "catalog"]),
    glue("table/{C+}/{D}/{T}", &["database/{C+}/{D}", "catalog/{C+}", "catalog"]),
    glue("tableVersion/{D}/{T}/{V}", &["table/{D}/{T}", "database/{D}", "catalog"]),
    glue(
        "tableVersion/{C+}/{D}/{T}/{V}",
        &["table/{C+}/{D}/{T}", "database/{C+}/{D}", "catalog/{C+}", "catalog"],
    ),
    glue("userDefinedFunction/{D}/{F}", &["database/{D}", "catalog"]),
    glue("userDefinedFunction/{C+}/{D}/{F}", &["database/{C+}/{D}", "catalog/{C+}", "catalog"]),
];

#[cfg(test)]
mod tests {
    use super::ancestors;
    use crate::names::Arn;

    #[test]
    fn a_table_lies_in_its_database_and_its_catalogs() {
        let cases: &[(&str, &[&str])] = &[
            ("table/d/t", &["database/d", "catalog"]),
            ("table/c/d/t", &["database/c/d", "catalog/c", "catalog"]),
            ("tableVersion/d/t/7", &["table/d/t", "database/d", "catalog"]),
            (
                "table/s3tablescatalog/b/n/t",
                &["database/s3tablescatalog/b/n", "catalog/s3tablescatalog/b", "catalog"],
            ),
            ("userDefinedFunction/d/f", &["database/d", "catalog"]),
            ("catalog/c", &["catalog"]),
            ("catalog", &[]),
            ("job/j", &[]),
        ];
        for (resource, expected) in cases {
            let text = format!("arn:aws:glue:us-east-1:111122223333:{resource}");
            let arn = Arn::parse(&text).expect("an ARN");
            let expected: Vec<String> =
                expected.iter().map(|one| format!("arn:aws:glue:us-east-1:111122223333:{one}")).collect();
            assert_eq!(ancestors(&arn), expected, "{resource}");
        }
    }
}
