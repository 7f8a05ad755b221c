//! Documents, and where in one a figure stands.

use serde::{Deserialize, Serialize};

use super::PartialDate;

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A law or resolution of the National Assembly.
    Law,
    /// A decree of the Government (nghị định).
    Decree,
    /// A resolution (nghị quyết).
    Resolution,
    /// A decision (quyết định).
    Decision,
    /// A plan of work or a programme (kế hoạch, chương trình).
    Programme,
    /// A land-use or development plan (quy hoạch).
    Plan,
    /// An official letter (công văn).
    OfficialLetter,
    /// A news report or a page of a portal.
    Report,
    /// A table that a user brought.
    Table,
}

/// A document: the thing a figure, a state or a list rests on. Its three dates are kept apart: what it says held on
/// `as_of`, was decided on `decided` and became public on `published`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentRecord {
    /// Identifier in the register.
    pub id: String,
    /// Kind.
    pub kind: DocumentKind,
    /// Title as it stands on the document.
    pub title: String,
    /// Official number, such as `32/2024/NĐ-CP`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The body that issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Name of the file in which it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Day at which its content held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<PartialDate>,
    /// Day on which it was signed or the meeting was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<PartialDate>,
    /// Day on which it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<PartialDate>,
    /// First day in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<PartialDate>,
    /// Last day in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<PartialDate>,
    /// What a reader should know of it, such as a date that contradicts another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// The document that names it, where it was not itself read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Citation>,
}

impl DocumentRecord {
    /// A document of which nothing is known but what it is called.
    pub fn named(id: impl Into<String>, kind: DocumentKind, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            kind,
            title: title.into(),
            number: None,
            body: None,
            file: None,
            as_of: None,
            decided: None,
            published: None,
            valid_from: None,
            valid_to: None,
            remark: None,
            source: None,
        }
    }
}

/// Where a statement stands: a document of the register and its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// Identifier of the document.
    pub document: String,
    /// A short fragment of the sentence, word for word; empty where a table was read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
}
