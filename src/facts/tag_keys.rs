//! Whose tags the condition keys hold by which services tell tags (I7), where the catalog does not tell: the Service
//! Authorization Reference, as of 2026-11-23.

/// The tags that a family of condition keys holds, one key a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TagKeys<'k> {
    /// What the keys begin with: `ec2:ResourceTag/`.
    pub start: &'k str,
    /// The only tag that there is a key for.
    pub only: Option<&'k str>,
    /// Whose tags they are.
    pub of: TagsOf,
}

/// Whose tags a condition key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagsOf {
    /// Those of the resource.
    Resource,
    /// Those of what the resource lies in.
    Container,
    /// Those of the bucket: that of an object, or behind an access point.
    Bucket,
    /// Those of the object itself, also behind an access point.
    Object,
}

/// The tags that a condition key of a service holds for a resource of that type, the key named as in the catalog:
/// `ec2:ResourceTag/${TagKey}`. `None` where it does not tell tags of a resource.
pub fn tag_keys<'k>(key: &'k str, resource_type: Option<&str>) -> Option<TagKeys<'k>> {
    let (start, tag) = key.split_at(key.find('/')? + 1);
    if ONE_TAG.contains(&key) {
        return Some(TagKeys { start, only: Some(tag), of: TagsOf::Resource });
    }
    let is_family = matches!(tag, "${TagKey}" | "<key>") && !start.starts_with("aws:");
    let of = || {
        let row = OF_OTHERS.iter().find(|(own, types, _)| {
            *own == start && resource_type.is_some_and(|resource_type| types.contains(&resource_type))
        });
        row.map_or(TagsOf::Resource, |(_, _, of)| *of)
    };
    (is_family && !OF_REQUESTS.contains(&start)).then(|| TagKeys { start, only: None, of: of() })
}

/// Whether a key holds the tags of every resource of its service, though the reference lists it for no type.
pub fn is_of_every_resource(key: &str) -> bool {
    key.starts_with("glacier:ResourceTag/")
}

/// Keys that tell tags given with the request, or looked for, not those of its resource.
static OF_REQUESTS: &[&str] = &[
    "account:AccountResourceOrgTags/", "connect:SearchTag/", "dms:req-tag/", "elasticmapreduce:RequestTag/",
    "imagebuilder:CreatedResourceTag/", "rds:req-tag/", "s3-outposts:RequestObjectTag/",
    "s3:RequestObjectTag/",
];

/// Keys that tell the tags of what a resource of these types lies in, and those that hold an object's own.
static OF_OTHERS: &[(&str, &[&str], TagsOf)] = &[
    ("s3-outposts:ExistingObjectTag/", &["object"], TagsOf::Object),
    ("s3:AccessPointTag/", &["accesspointobject"], TagsOf::Container),
    ("s3:BucketTag/", &["accesspointobject", "object"], TagsOf::Bucket),
    ("s3:ExistingObjectTag/", &["accesspointobject", "object"], TagsOf::Object),
    ("s3tables:TableBucketTag/", &["Table"], TagsOf::Container),
    ("s3vectors:VectorBucketTag/", &["Index"], TagsOf::Container),
];

/// Keys for a single tag, which is part of their name: those of a session.
static ONE_TAG: &[&str] =
    &["ssm:resourceTag/aws:ssmmessages:session-id", "ssm:resourceTag/aws:ssmmessages:target-id"];
