//! What each format that GDAL writes can carry, as found out with GDAL 3.6.

use crate::Foreign;

/// What a format can carry.
pub(super) struct Ability {
    /// Attributes at all; drawings have none.
    pub(super) attributes: bool,
    /// What a drawing has in their place, by the names under which it is read.
    pub(super) drawn: &'static [&'static str],
    /// Whole numbers of more than 32 bits.
    pub(super) long: bool,
    /// True and false, apart from 1 and 0.
    pub(super) boolean: bool,
    /// Digits of a number, where it is written as text.
    pub(super) digits: Option<usize>,
    /// Bytes of a text.
    pub(super) text_bytes: Option<usize>,
    /// Several lines in a text.
    pub(super) lines: bool,
    /// Characters that XML has no place for.
    pub(super) controls: bool,
    /// One kind of geometry in a layer.
    pub(super) one_kind: bool,
    /// Geometries of several kinds in one.
    pub(super) collections: bool,
    /// Several parts in one feature.
    pub(super) parts: bool,
    /// Holes in a polygon.
    pub(super) holes: bool,
    /// No value, and a text without letters, apart.
    pub(super) nothing: Nothing,
    /// The name of a CRS.
    pub(super) crs: bool,
}

/// What becomes of no value and of a text without letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nothing {
    /// Both stay what they are.
    Kept,
    /// An empty text is read back as no value.
    IsNull,
    /// No value is read back as an empty text, a number as 0.
    IsEmptyOrZero,
}

/// All of it.
const WHOLE: Ability = Ability {
    attributes: true,
    drawn: &[],
    long: true,
    boolean: true,
    digits: None,
    text_bytes: None,
    lines: true,
    controls: true,
    one_kind: false,
    collections: true,
    parts: true,
    holes: true,
    nothing: Nothing::Kept,
    crs: true,
};

/// What a drawing carries.
const DRAWING: Ability = Ability { attributes: false, collections: false, parts: false, crs: false, ..WHOLE };

impl Ability {
    pub(super) fn of(format: Foreign) -> Self {
        match format {
            Foreign::GeoPackage => WHOLE,
            Foreign::Shapefile => Self {
                boolean: false,
                text_bytes: Some(254),
                one_kind: true,
                collections: false,
                nothing: Nothing::IsNull,
                ..WHOLE
            },
            Foreign::Kml | Foreign::Kmz => Self { boolean: false, long: false, controls: false, ..WHOLE },
            Foreign::Gml | Foreign::Csv => Self { controls: false, ..WHOLE },
            Foreign::MapInfoTab => Self {
                boolean: false,
                long: false,
                text_bytes: Some(254),
                collections: false,
                nothing: Nothing::IsEmptyOrZero,
                ..WHOLE
            },
            Foreign::MapInfoMif => Self { digits: Some(15), lines: false, ..Self::of(Foreign::MapInfoTab) },
            Foreign::FileGeodatabase => {
                Self { boolean: false, long: false, one_kind: true, collections: false, ..WHOLE }
            }
            Foreign::Dxf => Self { drawn: &["Layer", "ogr_style"], ..DRAWING },
            Foreign::Dgn => Self { holes: false, drawn: &["Level", "ColorIndex"], ..DRAWING },
        }
    }
}
