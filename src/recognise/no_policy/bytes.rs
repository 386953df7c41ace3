//! Files that are no text, known by their first bytes.

/// What a file is that is no text in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BinaryForm {
    /// What it is: `a zip archive`.
    pub what: &'static str,
    /// What to do with it.
    pub instead: &'static str,
}

const UNPACK: &str = "unpack it first";
const SAVE_AS_TEXT: &str = "save what is in it as text";
const UTF_16: BinaryForm = BinaryForm {
    what: "text in UTF-16, which PowerShell writes behind `>`",
    instead: "write it as UTF-8: `… | Out-File -Encoding utf8 FILE`",
};

/// The first bytes of each form.
const FORMS: [(&[u8], &str, &str); 9] = [
    (b"PK\x03\x04", "a zip archive", UNPACK),
    (b"\x1f\x8b", "packed with gzip", "unpack it first: `gunzip FILE`"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "unpack it first: `unzstd FILE`"),
    (b"%PDF-", "a PDF", SAVE_AS_TEXT),
    (b"\x89PNG", "a picture", SAVE_AS_TEXT),
    (b"\xff\xd8\xff", "a picture", SAVE_AS_TEXT),
    (b"\x7fELF", "a program", "name the file that is meant"),
    (b"SQLite format 3\0", "a database", SAVE_AS_TEXT),
    (b"PAR1", "a table in Parquet", "export it as JSON"),
];

impl BinaryForm {
    /// What bytes are that are no text in UTF-8, if it is something that people have.
    ///
    /// ```
    /// use iamwhy::recognise::BinaryForm;
    /// assert_eq!(BinaryForm::of(b"PK\x03\x04\xff").unwrap().what, "a zip archive");
    /// assert!(BinaryForm::of(b"{}").is_none());
    /// ```
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"PK\x03\x04") && bytes.windows(6).take(200).any(|part| part == b"tfplan") {
            let what = "a plan in Terraform's own form";
            return Some(Self { what, instead: "`terraform show -json FILE > plan.json` writes it as JSON" });
        }
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Some(UTF_16);
        }
        let found = FORMS.iter().find(|(begin, ..)| bytes.starts_with(begin));
        found.map(|(_, what, instead)| Self { what, instead })
    }
}
