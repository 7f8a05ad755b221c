//! Several changes at once (OGC API Features part 11, draft 26-018).

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// Changes of features of one collection: all of them are made, as one revision, or none.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transaction {
    /// What the sender calls it.
    pub id: Option<String>,
    /// What the sender calls it, for people.
    pub title: Option<String>,
    /// Why; kept with the revision unless the query has a reason.
    pub description: Option<String>,
    /// All or none, which is the only way here.
    #[serde(default)]
    pub semantic: TransactionSemantic,
    /// The actions. Each sees the features as they were before the transaction, and no feature may be changed by two.
    #[schema(value_type = Vec<TransactionAction>, min_items = 1)]
    pub transaction: Vec<Box<RawValue>>,
}

/// What becomes of a transaction of which a part cannot be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TransactionSemantic {
    /// Nothing is done.
    #[default]
    Atomic,
}

/// What an action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TransactionVerb {
    /// Adds `items`.
    Insert,
    /// Puts `feature` in the place of the one feature that `filter` chooses.
    Replace,
    /// Changes `properties` of the features that `filter` chooses.
    Update,
    /// Takes the features away that `filter` chooses.
    Delete,
}

/// One action of a transaction.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransactionAction {
    /// What is done.
    pub action: TransactionVerb,
    /// Collection id, the same in all actions.
    pub collection: String,
    /// What the sender calls the action; told again where it cannot be done.
    pub id: Option<String>,
    /// The same for people.
    pub title: Option<String>,
    /// More of it.
    pub description: Option<String>,
    /// GeoJSON features to add.
    #[schema(value_type = Option<Vec<Object>>)]
    pub items: Option<Vec<Box<RawValue>>>,
    /// GeoJSON feature to put in the place of another.
    #[schema(value_type = Option<Object>)]
    pub feature: Option<Box<RawValue>>,
    /// What an update changes; the draft has a replacement's `feature` in here, which is taken too.
    pub properties: Option<TransactionChanges>,
    /// CQL2 expression that chooses features. It must choose at least one. For a replacement it may be left out where
    /// the feature has its id.
    #[schema(value_type = Option<Value>)]
    pub filter: Option<serde_json::Value>,
    /// `cql2-json` (an object) or `cql2-text` (a text).
    #[serde(rename = "filter-lang")]
    pub filter_lang: Option<String>,
    /// CRS of the coordinates in the filter; usually CRS84.
    #[serde(rename = "filter-crs")]
    pub filter_crs: Option<String>,
    /// Entity tags of the chosen features as they were read, separated by commas, or `*`: the action is done only while
    /// each of the features has one of them. (Not in the draft.)
    #[serde(rename = "if-match")]
    pub if_match: Option<String>,
}

/// Changes of properties; the name `geometry` stands for the feature's geometry.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransactionChanges {
    /// Properties that the features do not have yet.
    #[serde(default)]
    pub add: Vec<TransactionValue>,
    /// Properties, whether the features have them or not.
    #[serde(default)]
    pub modify: Vec<TransactionValue>,
    /// Names of properties that go.
    #[serde(default)]
    pub delete: Vec<String>,
    /// The feature of a replacement, where the action itself has none.
    #[schema(value_type = Option<Object>)]
    pub feature: Option<Box<RawValue>>,
}

/// A property's name and value.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransactionValue {
    /// Name.
    pub name: String,
    /// Value, as it shall be.
    #[schema(value_type = Value)]
    pub value: serde_json::Value,
}

/// What a transaction has done.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TransactionResult {
    /// All or none.
    pub semantic: TransactionSemantic,
    /// How many features it changed.
    pub summary: TransactionSummary,
    /// The revision of the store that it made.
    pub revision: u64,
    /// Addresses of features that are new, in the order of the actions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub insert_results: Vec<String>,
    /// Addresses of features with other properties.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub update_results: Vec<String>,
    /// Addresses of features that stand in the place of others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replace_results: Vec<String>,
    /// Addresses at which there is no feature any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub delete_results: Vec<String>,
}

/// How many features a transaction changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TransactionSummary {
    /// New ones.
    pub total_inserted: usize,
    /// Those with other properties.
    pub total_updated: usize,
    /// Those in the place of others.
    pub total_replaced: usize,
    /// Those that are gone.
    pub total_deleted: usize,
}
