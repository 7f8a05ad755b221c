//! What a format could not carry as it was, each with how often.

use std::fmt;

/// What a person should know about a file that was written.
#[derive(Clone, Debug, PartialEq)]
pub enum WriteNote {
    /// A column has another name there.
    Renamed {
        /// Its name.
        from: String,
        /// Its name there.
        to: String,
    },
    /// The format has no attributes.
    AttributesLeftOut {
        /// The columns.
        columns: Vec<String>,
        /// Values that are not null, over all columns.
        values: u64,
    },
    /// A drawing has levels or layers for codes.
    LevelsGiven {
        /// Each with what lies on it.
        levels: Vec<(String, String)>,
    },
    /// Rows of a table of levels that the drawing cannot have.
    LevelsPassedOver {
        /// The levels, or colours.
        levels: Vec<String>,
    },
    /// True and false are written as 1 and 0.
    BooleanAsNumber {
        /// The column.
        column: String,
    },
    /// Values of several kinds, or too large for a number there, are written as text.
    AsText {
        /// The column.
        column: String,
    },
    /// Texts were cut.
    TextsShortened {
        /// The column.
        column: String,
        /// How many.
        count: u64,
        /// Bytes of a text, at most.
        bytes: usize,
    },
    /// Characters that the format cannot hold became blanks.
    TextsChanged {
        /// The column.
        column: String,
        /// How many texts.
        count: u64,
    },
    /// Values that are none are read back as empty texts.
    NullAsEmpty {
        /// The columns.
        columns: Vec<String>,
        /// How many, over all columns.
        values: u64,
        /// Whether numbers are read back as 0.
        zeros: bool,
    },
    /// Texts without letters are read back as no value.
    EmptyAsNull {
        /// The columns.
        columns: Vec<String>,
        /// How many, over all columns.
        values: u64,
    },
    /// Numbers lost digits at their end.
    NumbersRounded {
        /// The column.
        column: String,
        /// How many.
        count: u64,
    },
    /// Collections of several kinds are written without geometry.
    CollectionsLeftOut {
        /// How many.
        features: u64,
    },
    /// Features without geometry, which a drawing cannot hold.
    FeaturesLeftOut {
        /// How many.
        features: u64,
    },
    /// Parts of features became features of their own.
    PartsApart {
        /// Features with several parts.
        features: u64,
    },
    /// Holes became polygons of their own.
    HolesApart {
        /// How many.
        holes: u64,
    },
    /// Coordinates are rounded to a grid.
    Grid {
        /// Its width, in units of the CRS.
        width: f64,
        /// Whether these are degrees.
        degrees: bool,
    },
    /// The file has no place for its CRS.
    CrsNotNamed {
        /// The CRS.
        crs: String,
    },
    /// What GDAL said.
    GdalSaid(String),
}

impl fmt::Display for WriteNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Renamed { from, to } => write!(f, "the column \"{from}\" is called \"{to}\" there"),
            Self::AttributesLeftOut { columns, values } => write!(
                f,
                "the format has no attributes: {values} values were left out ({})",
                columns.join(", ")
            ),
            Self::BooleanAsNumber { column } => {
                write!(f, "true and false of \"{column}\" are written as 1 and 0")
            }
            Self::AsText { column } => {
                write!(
                    f,
                    "\"{column}\" has values of several kinds, or too large for a number there: written as text"
                )
            }
            Self::TextsShortened { column, count, bytes } => {
                write!(
                    f,
                    "{count} texts of \"{column}\" were cut to {bytes} bytes, the most that the format holds"
                )
            }
            Self::TextsChanged { column, count } => {
                write!(
                    f,
                    "{count} texts of \"{column}\" had characters that the format cannot hold: blanks now"
                )
            }
            Self::NumbersRounded { column, count } => {
                write!(f, "{count} numbers of \"{column}\" lost digits at their end")
            }
            Self::CollectionsLeftOut { features } => {
                write!(
                    f,
                    "{features} features are collections of several kinds, which the format cannot hold: written without geometry"
                )
            }
            Self::FeaturesLeftOut { features } => {
                write!(f, "{features} features have no geometry that a drawing could hold: left out")
            }
            Self::PartsApart { features } => {
                write!(f, "{features} features of several parts became one element for each part")
            }
            Self::HolesApart { holes } => {
                write!(
                    f,
                    "{holes} holes became elements of their own, which lie over the polygon that they are holes of"
                )
            }
            Self::Grid { width, degrees } => {
                write!(f, "coordinates are rounded to {width} {}", if *degrees { "degrees" } else { "m" })
            }
            Self::CrsNotNamed { crs } => {
                write!(f, "the format has no place for the CRS: it is {crs}; say it to whoever gets the file")
            }
            Self::LevelsGiven { .. }
            | Self::LevelsPassedOver { .. }
            | Self::NullAsEmpty { .. }
            | Self::EmptyAsNull { .. } => self.fmt_lists(f),
            Self::GdalSaid(message) => write!(f, "GDAL says: {message}"),
        }
    }
}

impl WriteNote {
    /// What lists levels, or columns with values that are none.
    fn fmt_lists(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LevelsGiven { levels } => {
                let levels: Vec<String> =
                    levels.iter().map(|(level, code)| format!("{level} for {code}")).collect();
                write!(f, "levels that were given: {}", levels.join(", "))
            }
            Self::LevelsPassedOver { levels } => write!(
                f,
                "the drawing cannot have these levels or colours of the table, which were passed over: {}",
                levels.join(", ")
            ),
            Self::NullAsEmpty { columns, values, zeros } => write!(
                f,
                "the format has no place for no value: {values} of them are read back as empty text{} ({})",
                if *zeros { ", numbers as 0" } else { "" },
                columns.join(", ")
            ),
            Self::EmptyAsNull { columns, values } => write!(
                f,
                "the format has no empty texts: {values} of them are read back as no value ({})",
                columns.join(", ")
            ),
            _ => Ok(()),
        }
    }
}
