//! The JSON of the wire. Areas are m² unless the name says hectares; coordinates are longitude, latitude (WGS 84);
//! times are RFC 3339. The command line writes the same types.

mod check;
mod collections;
mod decision;
mod difference;
mod features;
mod finding;
mod formats;
mod geometry;
mod history;
mod land;
mod map;
mod problem;
mod processes;
mod register;
mod registers;
mod tables;
mod text;
mod tiles;
mod transaction;
mod trial;
mod unit_changes;
mod upload;
mod what_if;
mod zone;
mod zone_table;

pub use check::{CheckRequest, CheckSummary, Counts, SkippedRule, SliverSum};
pub(crate) use collections::role_name;
pub use collections::{
    Collection, CollectionFacts, Collections, Conformance, Extent, Health, Landing, Link, SpatialExtent,
    StoreFacts,
};
pub use decision::{
    CheckChanges, DecisionRequest, FindingDecision, FindingEvent, FindingHistory, FindingStanding,
    ReopenedFinding,
};
pub use difference::{PlanChange, PlanChangeFacts, PlanChanges, PlanDifference, PlanTransition};
pub use features::{Feature, FeatureCollection};
pub use finding::{
    Finding, FindingExplanation, FindingFix, FindingList, FindingOther, FindingTableLine, FindingZone,
    Tolerance,
};
pub use formats::{ExportNotes, FormatFacts, FormatList, ProvinceFacts, ProvinceList};
pub(crate) use geometry::{Coordinates, bbox_json, geometry_json, geometry_json_as, round7};
pub use history::{FeatureHistory, FeatureVersion};
pub use land::{LandClearance, LandInCommune, LandInZone, LandInZones, LandOfCode, LandPart};
pub use map::{
    EdgeLine, Edges, Legend, LegendLine, Pick, Picked, SearchResult, SearchResults, TileJson,
    TilePreparation, VectorLayer,
};
pub use problem::{ProblemJson, ProblemPart};
pub use processes::{
    Execute, InputDescription, JobList, OutputDescription, ProcessDescription, ProcessList, ProcessSummary,
    ProcessTexts, ResponseForm, StatusInfo,
};
pub use register::{
    AreaSum, Quantity, RegisterDocument, RegisterDocuments, RegisterFeature, RegisterFill, RegisterList,
    RegisterStatistics, RegisterZone, RegisterZoneDetail, RegisterZones, ReportedTotal, StatisticsLine,
    ZoneTally,
};
pub use registers::{
    FiguresEntered, FiguresEntry, ProjectFigures, RegisterFacts, Registers, ReportForms, ReportPeriod,
    ZoneFigures, ZoneVersion, ZoneVersions,
};
pub use tables::{Code, Codes, Kinds, Named, PackFacts, Rule, RuleBasis, Rules};
pub use text::Text;
pub use tiles::{
    MatrixLimits, TileBox, TileLayerSchema, TileLink, TileMatrix, TileMatrixSet, TileMatrixSetItem,
    TileMatrixSets, Tileset, Tilesets,
};
pub use transaction::{
    Transaction, TransactionAction, TransactionChanges, TransactionResult, TransactionSemantic,
    TransactionSummary, TransactionValue, TransactionVerb,
};
pub use trial::{LeastArea, Redrawn, RedrawnPart, Trial, TriedZone};
pub use unit_changes::{ContestedPlace, UnitChanges, UnitMove, UnitName, UnitVersion, ZoneUnit, ZoneUnits};
pub use upload::{DrawnLevel, ImportResult, UploadDocument, UploadLayer, UploadPreview, UploadSource};
pub use what_if::{AreaLimit, FillLimit, WhatIf, WhatIfState};
pub use zone::{CodeArea, CommuneArea, Conversion, ConversionLine, Coverage, ZoneSummary};
pub use zone_table::{
    HalfYear, ZoneChoice, ZoneChoices, ZoneCommune, ZoneGroup, ZoneRecordRef, ZoneRow, ZoneSums, ZoneTable,
};
