//! Which actions the account's switch "IAM access to Billing" closes (E16a).

use super::services::{contains, is};

/// Whether the action opens a billing page of the console, so that it is refused to IAM users and roles while IAM
/// access to Billing is off.
///
/// The list of pages is AWS's; which actions they are is our reading: all of these services that no SDK offers.
/// Cost Explorer, Budgets, Cost and Usage Reports and Savings Plans are never gated.
pub fn is_billing_console_action(service: &str, action: &str) -> bool {
    contains(CONSOLE, service)
        && !APIS.iter().any(|(known, calls)| is(known, service) && contains(calls, action))
}

/// The service prefixes that hold such actions.
pub fn billing_console_services() -> &'static [&'static str] {
    CONSOLE
}

static CONSOLE: &[&str] = &[
    "aws-portal", "billing", "payments", "tax", "invoicing", "consolidatedbilling", "freetier",
    "purchase-orders",
];

/// Calls of the SDKs among them (general knowledge, 2026).
#[rustfmt::skip]
static APIS: &[(&str, &[&str])] = &[
    ("billing", &[
        "AssociateSourceViews", "CreateBillingView", "DeleteBillingView", "DisassociateSourceViews", "GetBillingView",
        "GetResourcePolicy", "ListBillingViews", "ListSourceViewsForBillingView", "ListTagsForResource", "TagResource",
        "UntagResource", "UpdateBillingView",
    ]),
    ("tax", &[
        "BatchDeleteTaxRegistration", "BatchPutTaxRegistration", "DeleteSupplementalTaxRegistration",
        "DeleteTaxRegistration", "GetTaxInheritance", "GetTaxRegistration", "GetTaxRegistrationDocument",
        "ListSupplementalTaxRegistrations", "ListTaxRegistrations", "PutSupplementalTaxRegistration",
        "PutTaxInheritance", "PutTaxRegistration",
    ]),
    ("invoicing", &[
        "BatchGetInvoiceProfile", "CreateInvoiceUnit", "DeleteInvoiceUnit", "GetInvoicePDF", "GetInvoiceUnit",
        "ListInvoiceSummaries", "ListInvoiceUnits", "ListTagsForResource", "TagResource", "UntagResource",
        "UpdateInvoiceUnit",
    ]),
    ("freetier", &[
        "GetAccountActivity", "GetAccountPlanState", "GetFreeTierUsage", "ListAccountActivities", "UpgradeAccountPlan",
    ]),
];
