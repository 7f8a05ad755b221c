//! Colours and widths of everything on the map that no law prescribes. The web's design tokens `--map-*` are the
//! same values; prescribed land-use colours come from the table of codes.

/// Ground where nothing is drawn.
pub(crate) const PAPER: &str = "#ffffff";
/// Land-use colours over the paper.
pub(crate) const FILL_OPACITY: f64 = 0.64;
/// A land-use code for which no colour is prescribed.
pub(crate) const NO_COLOUR: &str = "#ececea";
/// Parcel borders.
pub(crate) const PARCEL: &str = "#5e553f";
pub(crate) const PARCEL_WIDTH: f64 = 0.6;
pub(crate) const PARCEL_OPACITY: f64 = 0.5;
/// Water's edge.
pub(crate) const WATER_LINE: &str = "#3f8fa6";
pub(crate) const WATER_WIDTH: f64 = 0.8;
/// Commune borders.
pub(crate) const COMMUNE: &str = "#3d4046";
pub(crate) const COMMUNE_WIDTH: f64 = 1.3;
pub(crate) const COMMUNE_DASH: [f64; 4] = [11.0, 3.5, 1.6, 3.5];
pub(crate) const COMMUNE_CASE: f64 = 4.0;
/// Zones.
pub(crate) const ZONE: &str = "#6425cf";
pub(crate) const ZONE_WIDTH: f64 = 2.5;
pub(crate) const ZONE_CASE: f64 = 5.5;
pub(crate) const CCN_DASH: [f64; 2] = [7.0, 4.0];
pub(crate) const KCX_DASH: [f64; 2] = [2.0, 3.0];
pub(crate) const KKT_BAND: f64 = 13.0;
pub(crate) const KKT_OPACITY: f64 = 0.17;
/// Functional areas inside an economic zone, and the economic zone's own edge.
pub(crate) const THIN_WIDTH: f64 = 1.2;
/// Zones that are no more.
pub(crate) const PAST_OPACITY: f64 = 0.45;
/// Conflicts.
pub(crate) const CONFLICT: &str = "#d0131a";
pub(crate) const CONFLICT_WIDTH: f64 = 1.6;
pub(crate) const CONFLICT_CASE: f64 = 3.6;
pub(crate) const CONFLICT_FILL: f64 = 0.12;
/// Casings, and halos of labels.
pub(crate) const CASE: &str = "#ffffff";
/// Labels.
pub(crate) const LABEL: &str = "#23262b";
/// First zoom at which a screen shows 1:100,000 in Viet Nam; before it, no parcel borders or codes.
pub(crate) const PARCEL_ZOOM: f64 = 11.4;
