//! The rules on squares drawn by hand in EPSG:9215 metres. Every expected figure is worked out beside the drawing:
//! with a zone at 1:2,000 and a reference at 1:10,000, W_min = √(1² + 5²) = 5.099 m and A_min = 16 mm² = 1,600 m².
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]
#![allow(clippy::wildcard_imports, reason = "every file draws with the same dozen words")]
#![allow(clippy::panic, reason = "tests")]
#![allow(clippy::needless_pass_by_value, reason = "drawings read better with json!() than with &json!()")]

mod administrative;
mod belts;
mod borders;
mod catalogue;
mod coordinates;
mod coverage;
mod difference;
mod drawing;
mod family;
mod files;
mod fixes;
mod forest;
mod geometry;
mod growth;
mod land_use;
mod life;
mod nearby;
mod order;
mod outcome;
mod plan;
mod planes;
mod public;
mod recheck;
mod sizes;
mod trial;
mod versions;
mod zones;
