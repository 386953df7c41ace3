//! Statements of every kind that says what there is or changes it, as many as one likes: for laws on what they cost.

/// A statement that is said many times, each time of something else.
///
/// In the texts `%` stands for a number and `^` for the id of an account, which are others every time.
pub(crate) struct Kind {
    /// What is said before, once.
    pub(crate) once: &'static str,
    /// What is said before, as often as the statement.
    pub(crate) each: &'static str,
    /// The statement.
    pub(crate) statement: &'static str,
}

impl Kind {
    /// A script with so many of the statement.
    pub(crate) fn script(&self, many: usize) -> String {
        let all = |text: &str| (0..many).map(|number| one(text, number)).collect::<String>();
        format!("{HOME}\n{}\n{}{}", self.once, all(self.each), all(self.statement))
    }
}

fn one(text: &str, number: usize) -> String {
    if text.is_empty() {
        return String::new();
    }
    let account = format!("{}", 222_200_000_000_usize + number);
    format!("{}\n", text.replace('%', &number.to_string()).replace('^', &account))
}

const HOME: &str = "account 111122223333";
const ORGANIZATION: &str = "organization o-exampleorg management 111122223333";
const MEMBERS: &str = "account ^\naccount 111122223333\nmove account ^ to organization-root";

macro_rules! document {
    () => {
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#
    };
}

macro_rules! trust {
    () => {
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/u%"}, "Action": "sts:AssumeRole"}}"#
    };
}

macro_rules! kinds {
    ($($once:expr, $each:expr => $statement:expr;)*) => {
        [$(Kind { once: $once, each: $each, statement: $statement }),*]
    };
}

/// At least one of every kind of statement that declares or changes.
pub(crate) const KINDS: &[Kind] = &kinds! {
    "", "" => "account ^ \"Acme %\" alias acme-%";
    "", "account ^" => "account ^\nroot root%@acme.example mfa";
    "", "" => "user u% path /p%/ tags a=b";
    "", "" => "group g%";
    "", "user u%" => "group g% members u%";
    "", "user u%" => concat!("role r% path /p%/ trust ", trust!(), " tags a=b");
    "", "" => concat!("policy Policy% ", document!());
    ORGANIZATION, "" => concat!("scp Policy% ", document!());
    ORGANIZATION, "" => concat!("rcp Policy% ", r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}}"#);
    "", "user u%" => concat!("inline Policy on user u% ", document!());
    concat!("policy P ", document!()), "user u%" => "boundary P on user u%";
    "", concat!("role r% trust ", trust!()) => "instance-profiles of role r% are p%";
    "", "" => concat!("resource arn:aws:s3:::bucket-% policy ", r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket-%/*"}}"#, " tags a=b");
    "", "" => concat!("endpoint vpce-% vpc vpc-% service s3 policy ", r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}"#);
    "resource arn:aws:s3:::bucket", "" => "access-point arn:aws:s3:us-east-1:111122223333:accesspoint/p% of arn:aws:s3:::bucket";
    "", "resource arn:aws:kms:us-east-1:111122223333:key/%" => "grant arn:aws:iam::111122223333:role/r on arn:aws:kms:us-east-1:111122223333:key/% actions kms:Decrypt";
    "", "account ^" => "organization o-exampleorg% management ^";
    ORGANIZATION, "" => "ou Unit%";
    ORGANIZATION, MEMBERS => "delegate iam.amazonaws.com to account ^";
    ORGANIZATION, "account ^\naccount 111122223333" => "invite ^";
    ORGANIZATION, "" => "root-access sessions on";
    "", "" => "billing-access on";
    "", "" => "change-own-password on";
    "", "resource arn:aws:s3:::bucket-%" => "public-access-block on for arn:aws:s3:::bucket-%";
    ORGANIZATION, "ou Unit%" => "public-access-block on for organization ou Unit%";
    "", "account ^" => "account ^\npublic-access-block on";
    "", "resource arn:aws:s3:::bucket-%" => "bucket-abac on for arn:aws:s3:::bucket-%";
    "", "resource arn:aws:s3:::bucket-%" => "bucket-sse-c on for arn:aws:s3:::bucket-%";
    "", "account ^" => "account ^\naccount-state closed";
    "", "account ^" => "account ^\nregion eu-south-1 off";
    "", "user u%" => "attach AdministratorAccess to user u%";
    "", concat!("role r% trust ", trust!(), "\npolicy Policy% ", document!()) => "attach Policy% to role r%";
    concat!("organization o-exampleorg management 111122223333\nscp P ", document!()), MEMBERS => "attach P to account ^";
    "", "user u%\nattach AdministratorAccess to user u%" => "detach AdministratorAccess from user u%";
    "group g", "user u%" => "add user u% to group g";
    "group g", "user u%\nadd user u% to group g" => "remove user u% from group g";
    "", "user u%" => "tag user u% a=b";
    "", "user u%" => "delete user u%";
    "", "user u%\ngroup g% members u%" => "delete group g%";
    "", concat!("user u%\npolicy Policy% ", document!(), "\nattach AdministratorAccess to user u%") => "delete policy Policy%";
    ORGANIZATION, concat!("ou Unit%\nscp Policy% ", document!()) => "delete policy Policy%";
    "", "resource arn:aws:s3:::bucket-%" => "delete resource arn:aws:s3:::bucket-%";
    "", "account ^\nresource arn:aws:s3:::bucket-%" => "account 111122223333\ndelete account ^";
    ORGANIZATION, "ou Unit%" => "delete ou Unit%";
    ORGANIZATION, "account ^\naccount 111122223333" => "move account ^ to organization-root";
};
