//! OGC API landing page, conformance and collections.

use planning::Role;
use serde::Serialize;
use utoipa::ToSchema;

use super::{CheckSummary, Text};

/// A link (OGC API Common).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Link {
    /// Where to.
    #[serde(serialize_with = "crate::base::link")]
    pub href: String,
    /// What it is to this document.
    pub rel: String,
    /// Media type of what is there.
    #[serde(rename = "type")]
    pub media_type: String,
    /// For people.
    pub title: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, rel: &str, media_type: &str, title: &str) -> Self {
        Self { href: href.into(), rel: rel.into(), media_type: media_type.into(), title: title.into() }
    }
}

/// The landing page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Landing {
    /// Title of the service.
    pub title: String,
    /// What it serves.
    pub description: String,
    /// Where to go on.
    pub links: Vec<Link>,
}

/// Conformance declaration.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Conformance {
    /// Conformance classes, as URIs.
    #[serde(rename = "conformsTo")]
    pub conforms_to: Vec<String>,
}

/// Whether the server is well.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`.
    pub status: String,
    /// Revision of the store that is served.
    pub revision: u64,
}

/// All collections.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Collections {
    /// Links to this document.
    pub links: Vec<Link>,
    /// The collections.
    pub collections: Vec<Collection>,
    /// What is known of the store as a whole.
    pub ranh: StoreFacts,
}

/// What is known of the store as a whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StoreFacts {
    /// Revision of the store.
    pub revision: u64,
    /// Whether any collection holds generated data.
    pub generated: bool,
    /// The last check; null before the first.
    pub check: Option<CheckSummary>,
}

/// One collection.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Collection {
    /// Identifier.
    pub id: String,
    /// Title, Vietnamese.
    pub title: String,
    /// Source, Vietnamese.
    pub description: String,
    /// Where its features lie; absent when it has none with a geometry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extent: Option<Extent>,
    /// Always `feature`.
    #[serde(rename = "itemType")]
    pub item_type: String,
    /// CRSs in which items can be asked.
    pub crs: Vec<String>,
    /// CRS in which it is stored: asked in it, coordinates are those that were imported. Absent for one without a URI.
    #[serde(rename = "storageCrs", skip_serializing_if = "Option::is_none")]
    pub storage_crs: Option<String>,
    /// Links to its items, tiles and exports.
    pub links: Vec<Link>,
    /// What OGC API has no place for.
    pub ranh: CollectionFacts,
}

/// Extent of a collection.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Extent {
    /// In space.
    pub spatial: SpatialExtent,
}

/// Extent in space.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SpatialExtent {
    /// West, south, east, north in degrees.
    #[schema(value_type = Vec<Vec<f64>>)]
    pub bbox: Vec<[f64; 4]>,
    /// CRS of the box.
    pub crs: String,
}

/// What a collection is, in planners' terms.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CollectionFacts {
    /// `zone`, `land_use_plan`, `land_use`, `admin`, `constraint`; `finding` and `sliver` for the check's answers.
    pub role: String,
    /// Title.
    pub title: Text,
    /// Whether the data are generated.
    pub generated: bool,
    /// Where it comes from.
    pub source: Text,
    /// Date at which the content held.
    pub as_of: Option<String>,
    /// Map scale denominator.
    pub scale: Option<u32>,
    /// How many features it has, those without geometry included.
    pub count: usize,
    /// How many of them cannot be drawn.
    pub undrawable: usize,
    /// Revision of the store that last changed it.
    pub revision: u64,
    /// Administrative level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Plan period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Day of approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<String>,
    /// Approving decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Whether this is the land-use plan that the check judges against.
    pub in_force: bool,
}

/// The role's name on the wire.
pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Zone => "zone",
        Role::LandUsePlan => "land_use_plan",
        Role::LandUse => "land_use",
        Role::Admin => "admin",
        Role::Constraint => "constraint",
    }
}
