//! Notes: what a person should know about a document that was read all the same.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use spatial::FeatureId;

/// What happened to the data because of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Everything after this place was left unread.
    RestUnread,
    /// One feature was left out.
    FeatureSkipped,
    /// Something was read as other than it was written; the message says how.
    Changed,
    /// Nothing: the data was taken as it stands.
    Kept,
}

macro_rules! note_kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $effect:ident;)*) => {
        /// The kinds of note. Each has a stable code for translation and one effect.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum NoteKind { $($(#[$doc])* $name,)* }

        impl NoteKind {
            /// Every kind, in the order of their weight.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What notes of this kind mean for the data.
            pub fn effect(self) -> Effect {
                match self { $(Self::$name => Effect::$effect,)* }
            }
        }
    };
}

note_kinds! {
    /// The document ends in the middle.
    Truncated = "truncated", RestUnread;
    /// The text is broken and no further feature could be found after it.
    RestUnreadable = "rest_unreadable", RestUnread;
    /// Something other than white space follows the document.
    TrailingData = "trailing_data", RestUnread;
    /// The document ends in the middle of a feature.
    FeatureCutOff = "feature_cut_off", FeatureSkipped;
    /// A feature's text is not JSON.
    Syntax = "syntax", FeatureSkipped;
    /// A feature's bytes are not encoded as its format asks.
    BrokenFeature = "broken_feature", FeatureSkipped;
    /// A feature's text is not UTF-8.
    InvalidUtf8 = "invalid_utf8", FeatureSkipped;
    /// A feature's text is longer than [`Limits::feature_bytes`](crate::Limits::feature_bytes).
    FeatureTooLarge = "feature_too_large", FeatureSkipped;
    /// A feature has more positions than [`Limits::vertices`](crate::Limits::vertices).
    TooManyVertices = "too_many_vertices", FeatureSkipped;
    /// A feature nests deeper than [`Limits::depth`](crate::Limits::depth).
    TooDeep = "too_deep", FeatureSkipped;
    /// A feature has more properties than [`Limits::properties`](crate::Limits::properties).
    TooManyProperties = "too_many_properties", FeatureSkipped;
    /// A text is longer than [`Limits::text_bytes`](crate::Limits::text_bytes).
    TextTooLong = "text_too_long", FeatureSkipped;
    /// An element of the list of features is not an object.
    NotAnObject = "not_an_object", FeatureSkipped;
    /// An element of the list of features has another `type` than `Feature`, or none.
    WrongType = "wrong_type", FeatureSkipped;
    /// The geometry is not an object with a known `type` and its coordinates.
    BadGeometry = "bad_geometry", FeatureSkipped;
    /// The geometry is of a type that is not read: an arc, a surface in space.
    UnsupportedGeometry = "unsupported_geometry", FeatureSkipped;
    /// The brackets of the coordinates nest otherwise than the geometry's type asks.
    BadNesting = "bad_nesting", FeatureSkipped;
    /// A position is not made of two numbers or more.
    BadPosition = "bad_position", FeatureSkipped;
    /// A coordinate is NaN, infinite, or too large for a number.
    NotFinite = "not_finite", FeatureSkipped;
    /// A feature names another CRS than the features before it.
    MixedCrs = "mixed_crs", FeatureSkipped;
    /// The properties are neither an object nor null.
    BadProperties = "bad_properties", Changed;
    /// The identifier is neither text nor a number.
    BadId = "bad_id", Changed;
    /// A ring's last position is not its first.
    UnclosedRing = "unclosed_ring", Changed;
    /// Empty parts of a geometry were left out.
    EmptyPart = "empty_part", Changed;
    /// The coordinates are empty: taken as no geometry.
    EmptyGeometry = "empty_geometry", Changed;
    /// An object has two members of one name; the later one was taken.
    DuplicateKey = "duplicate_key", Changed;
    /// NaN or an infinity as the value of a property: taken as null.
    PropertyNotFinite = "property_not_finite", Changed;
    /// Text was brought to Unicode NFC.
    TextNormalised = "text_normalised", Changed;
    /// Positions have more than two numbers: the others were left out.
    ExtraDimensions = "extra_dimensions", Changed;
    /// Curves became straight pieces.
    Straightened = "straightened", Changed;
    /// A list's columns, or a row's, hold X and Y the other way round.
    AxesExchanged = "axes_exchanged", Changed;
    /// The point that closes a ring lies elsewhere than the first.
    ClosingPoint = "closing_point", Changed;
    /// A ring of a list has too few points.
    RingLeftOut = "ring_left_out", Changed;
    /// A sheet, a column or a row of a list has nothing that is read.
    PassedOver = "passed_over", Changed;
    /// Members of features that are neither geometry, properties nor id were left out.
    MembersLeftOut = "members_left_out", Changed;
    /// The geometry is null or absent.
    NullGeometry = "null_geometry", Kept;
    /// A ring or line has too few positions for its type.
    TooFewPositions = "too_few_positions", Kept;
    /// Two features have the same identifier.
    DuplicateId = "duplicate_id", Kept;
    /// The geometry is a collection.
    GeometryCollection = "geometry_collection", Kept;
    /// An edge spans more than 180 degrees of longitude.
    Antimeridian = "antimeridian", Kept;
    /// Longitudes or latitudes are out of range.
    OutOfRange = "out_of_range", Kept;
    /// Rings turn the other way than RFC 7946 asks.
    Winding = "winding", Kept;
    /// Points, lines and polygons are mixed in one layer.
    MixedTypes = "mixed_types", Kept;
    /// Texts hold raw control characters.
    ControlCharacter = "control_character", Kept;
    /// A comma is missing between two features.
    CommaMissing = "comma_missing", Kept;
    /// A comma too many stands between two features or behind the last.
    CommaExtra = "comma_extra", Kept;
    /// The collection's own `type` is missing or wrong.
    CollectionType = "collection_type", Kept;
    /// Which column of a list is north.
    ListAxes = "list_axes", Kept;
    /// The length of a side is not what the coordinates say.
    SideDiffers = "side_differs", Kept;
    /// The area that a list states is not what its coordinates say.
    StatedArea = "stated_area", Kept;
    /// A point lies where the one before it does.
    RepeatedPoint = "repeated_point", Kept;
    /// A ring lies inside another of its zone.
    RingAsHole = "ring_as_hole", Kept;
    /// GDAL said something while it read.
    GdalSaid = "gdal_said", Kept;
    /// Features fit no row of a table of levels and colours.
    WithoutCode = "without_code", Kept;
    /// Zones that name no kind were given one.
    GivenKind = "given_kind", Kept;
    /// A code is none that is known.
    UnknownCode = "unknown_code", Kept;
    /// The declared encoding is not known.
    Encoding = "encoding", Kept;
    /// The document has no features.
    NoFeatures = "no_features", Kept;
    /// No CRS is named, or in an unusual way; the message says how it was taken.
    CrsMember = "crs_member", Kept;
    /// The document starts with a byte order mark.
    ByteOrderMark = "byte_order_mark", Kept;
    /// Lines end with CR LF.
    CarriageReturns = "carriage_returns", Kept;
    /// The document is a bare feature or geometry.
    BareObject = "bare_object", Kept;
    /// The document is a sequence of features, not a collection.
    Sequence = "sequence", Kept;
}

impl Serialize for NoteKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// One remark on a document, on one feature of it where `position` is given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Note {
    /// The kind, which also says the effect.
    pub kind: NoteKind,
    /// The feature's position in the document, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// The feature's identifier, when it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<FeatureId>,
    /// The line, from 1: where the text is broken, else where the feature starts. Absent where the format has no
    /// lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The column in bytes, from 1, where the text is broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// How many things this note speaks of: features, rings, texts, as the message says.
    pub count: u64,
    /// What is the matter and what was done, in English.
    pub message: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line.map(|line| match self.column {
            Some(column) => format!("line {line}, column {column}"),
            None => format!("line {line}"),
        });
        let feature = self.position.map(|position| match &self.id {
            Some(id) => format!("feature {position} (id {id})"),
            None => format!("feature {position}"),
        });
        let place: Vec<String> = line.into_iter().chain(feature).collect();
        if !place.is_empty() {
            write!(f, "{}: ", place.join(", "))?;
        }
        f.write_str(&self.message)
    }
}

/// The notes of one reading, in the order in which they came up, and how many there were of each kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Notes {
    /// The notes kept, at most [`Limits::notes_per_kind`](crate::Limits::notes_per_kind) of a kind.
    pub list: Vec<Note>,
    /// How many notes of each kind came up, those not kept included.
    pub counts: BTreeMap<NoteKind, u64>,
}

impl Notes {
    /// Takes a note in; keeps it if its kind has fewer than `per_kind` so far.
    pub(crate) fn push(&mut self, note: Note, per_kind: u64) {
        let count = self.counts.entry(note.kind).or_default();
        *count += 1;
        if *count <= per_kind {
            self.list.push(note);
        }
    }

    /// Takes in a note about the whole document.
    pub fn add(&mut self, kind: NoteKind, count: u64, message: impl Into<String>) {
        let message = message.into();
        self.list.push(Note { kind, position: None, id: None, line: None, column: None, count, message });
        *self.counts.entry(kind).or_default() += 1;
    }

    /// Takes in the notes of another, already limited, list.
    pub(crate) fn merge(&mut self, other: Self) {
        self.list.extend(other.list);
        for (kind, count) in other.counts {
            *self.counts.entry(kind).or_default() += count;
        }
    }

    /// Puts the list in the order of the document.
    pub(crate) fn sort(&mut self) {
        self.list.sort_by_key(|note| (note.line, note.position.is_none(), note.position, note.kind));
    }

    /// How many notes of a kind came up.
    pub fn count(&self, kind: NoteKind) -> u64 {
        self.counts.get(&kind).copied().unwrap_or(0)
    }

    /// How many features were left out.
    pub fn skipped(&self) -> u64 {
        let skipped = |kind: &NoteKind| kind.effect() == Effect::FeatureSkipped;
        self.counts.iter().filter(|(kind, _)| skipped(kind)).map(|(_, count)| count).sum()
    }

    /// How many notes were counted but not kept.
    pub fn left_out(&self) -> u64 {
        self.counts.values().sum::<u64>().saturating_sub(self.list.len() as u64)
    }

    /// The first note of a kind, if one was kept.
    pub fn first(&self, kind: NoteKind) -> Option<&Note> {
        self.list.iter().find(|note| note.kind == kind)
    }
}
